"""Recommendations that stand in a table: the cells that recommend, and the grades in the column beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from betony import lines
from betony.model import Block, BlockKind, Fact
from betony.nlp import cells, grades
from betony.nlp.recommendations.fact import graded

_NUMBERED = re.compile(
    r"(?:Recommendation|Statement)\s\d{1,3}[a-z]?(?:\.\d{1,2})?[.:]?\s|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s|\d{1,2}\.\s(?=[A-Z])"
)
_LONGEST_CODE = 3
_SHORTEST = 40
"""A shorter cell names a recommendation, and is none."""
_BY_ITS_AUTHORS = re.compile(
    r"(?:(?:In|For|Among)\s[^,.;]{3,160},\s)?(?:[Ww]e|[Tt]he\s(?:USPSTF|Task\sForce))\s(?:\w+ly\s)?(?:recommends?|suggests?)\b"
)
"""How a cell without a number begins that recommends: what others recommend may stand beside it for comparison."""
_OF_A_GRADE = re.compile(r"\bth(?:e|is)\sservice\b")
"""Words of what explains the grades: "recommends offering this service to individual patients"."""
_GRADE_COLUMN = re.compile(
    r"(?:(?:Grade|Strength|Class)(?:\sof\s(?:the\s)?recommendation)?(?:\s\(COR\))?|Recommendation\s(?:grade|strength|class)|COR)s?",
    re.IGNORECASE,
)
_GRADE = re.compile(
    r"[A-D]|I{1,3}[ab]?|[123][A-C]?(?::\s(?:Harm|No\sBenefit))?|Strong|Moderate|Weak|Conditional", re.IGNORECASE
)


def recommending(text: str, block: Block) -> Iterator[Block]:
    """The block itself; of a row of a table the cells that recommend, each as a paragraph, and no others."""
    if block.kind is not BlockKind.TABLE_ROW:
        yield block
        return
    for start, end in cells.of_row(text, block):
        if end - start > _SHORTEST and (
            _NUMBERED.match(text, start, end)
            or (_BY_ITS_AUTHORS.match(text, start, end) and not _OF_A_GRADE.search(text, start, end))
        ):
            yield Block(BlockKind.PARAGRAPH, start, start + len(text[start:end].rstrip()))


def with_grades(text: str, blocks: Sequence[Block], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those of a table with the grade that stands in their row, below a head that says so."""
    head_of = {row.start: (run[0], row) for run in lines.row_runs(text, blocks) for row in run}
    starts = list(head_of)
    return [
        _with_grade(text, fact, *head_of[starts[i - 1]]) if (i := bisect_right(starts, fact.spans[0][0])) else fact
        for fact in facts
    ]


def _with_grade(text: str, fact: Fact, first: Block, row: Block) -> Fact:
    if fact.spans[0][0] >= row.end or fact.detail["grade"] is not None:
        return fact
    head, own = list(cells.of_row(text, first)), list(cells.of_row(text, row))
    if len(head) != len(own):
        return fact
    for (start, end), named in zip(own, head, strict=True):
        if _GRADE_COLUMN.fullmatch(text[slice(*named)].strip()) and _GRADE.fullmatch(code := text[start:end].strip()):
            grade = grades.Grade(code if len(code) <= _LONGEST_CODE or ":" in code else code.lower(), None)
            return graded(fact, grade, (start, end))
    return fact
