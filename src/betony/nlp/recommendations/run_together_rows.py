"""Rows of a table whose cells a capture has run together on a line: the grade that ends each, and the cell of whom before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from betony.model import Block, BlockKind, Fact, Section
from betony.nlp import grades, vocabulary
from betony.nlp.recommendations.fact import graded

Passages = list[tuple[Section, list[Block]]]

_HEAD = re.compile(r"(?:[\w#]+\s){0,4}?Recommendations?\s(?:Grade|Category|Class|Strength)")
"""The heads of the columns on one line: "Population Recommendation Grade"."""
_HEAD_LONGEST = 60
_CODE = re.compile(r"(?<=[.;)\]])\s(?P<code>I[ABC]|[12][A-D]|I{1,3}|[A-D])$")
"""The code that ends a row, behind the sentence's end: words may end in one as well, "hepatitis B", "from Table 1B"."""
_CODE_LONGEST = len(" III")


@cache
def _authors() -> str:
    """The words of a body that recommends, as a row begins with them."""
    bodies = "|".join(vocabulary.read("duties")["recommending"]["bodies"])
    return (
        rf"(?=The\s(?:{bodies}|Task\sForce)\s(?:\w+ly\s)?(?:recommends?|suggests?|concludes?|does\snot\srecommend)\b)"
    )


@cache
def _whom() -> re.Pattern[str]:
    """The cell that names whom a row is for, before the words of its authors."""
    return re.compile(
        rf"(?:(?!(?<!\bwho\s)\b(?:is|are)\s|\b(?:should|must|may|can|recommends?|suggests?)\b)[^.;:]){{3,160}}?\s{_authors()}"
    )


@cache
def _name() -> re.Pattern[str]:
    """The cell that names what a row is about: "Screening Tests The USPSTF recommends"."""
    return re.compile(rf"(?:[A-Z][\w-]+\s){{1,4}}{_authors()}")


def apart(text: str, passages: Passages) -> tuple[Passages, dict[int, re.Match[str]]]:
    """The passages, of their rows the words alone; and of each row with a grade its code, by where its words start."""
    codes: dict[int, re.Match[str]] = {}
    return [(section, list(_apart(text, blocks, codes))) for section, blocks in passages], codes


def _apart(text: str, blocks: Sequence[Block], codes: dict[int, re.Match[str]]) -> Iterator[Block]:
    below = False
    for block in blocks:
        head = block.end - block.start <= _HEAD_LONGEST and _HEAD.fullmatch(text, block.start, block.end)
        below = bool(head) or (below and block.kind is not BlockKind.HEADING)
        code = _CODE.search(text, max(block.start, block.end - _CODE_LONGEST), block.end) if below else None
        cell = (_whom() if code else _name()).match(text, block.start, block.end)
        if code is None and cell is None:
            yield block
            continue
        start = cell.end() if cell else block.start
        if code:
            codes[start] = code
        yield replace(block, start=start, end=code.start() if code else block.end)


def with_grades(facts: Sequence[Fact], codes: dict[int, re.Match[str]]) -> list[Fact]:
    """The facts, those in a row with a grade with that."""
    return [_graded(fact, codes) for fact in facts] if codes else list(facts)


def _graded(fact: Fact, codes: dict[int, re.Match[str]]) -> Fact:
    start, end = fact.spans[0]
    code = next((code for at, code in codes.items() if at <= start and end <= code.start()), None)
    if code is None or fact.detail["grade"] is not None:
        return fact
    return graded(fact, grades.Grade(code["code"], None), code.span("code"))
