"""Rows of a table whose cells a capture has run together on a line: the grade that ends each, and the cell of whom before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Fact
from betony.nlp import grades
from betony.nlp.recommendations import graded_below
from betony.nlp.strength.reading import sentence_wording

_HEAD = re.compile(r"(?:[\w#]+\s){0,4}?Recommendations?\s(?:Grade|Category|Class|Strength)")
"""The heads of the columns on one line: "Population Recommendation Grade"."""
_HEAD_LONGEST = 60
_CODE = re.compile(r"(?<=[\w.;)\]])\s(?P<code>I[ABC]|I{1,3}|[A-D]|[12][A-D])$")
_AUTHORS = r"(?=The\s(?:USPSTF|Task\sForce)\s(?:\w+ly\s)?(?:recommends?|suggests?|concludes?|does\snot\srecommend)\b)"
_WHOM = re.compile(
    rf"(?:(?!(?<!\bwho\s)\b(?:is|are)\s|\b(?:should|must|may|can|recommends?|suggests?)\b)[^.;:]){{3,160}}?\s{_AUTHORS}"
)
"""The cell that names whom a row is for, before the words of its authors."""
_NAME = re.compile(rf"(?:[A-Z][\w-]+\s){{1,4}}{_AUTHORS}")
"""The cell that names what a row is about: "Screening Tests The USPSTF recommends"."""


def with_grades(text: str, blocks: Sequence[Block], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those in such rows with the grade of their row, and without the cells before and behind their words."""
    rows = dict(_rows(text, blocks))
    return [_of_row(text, fact, rows) for fact in facts] if rows else list(facts)


def _rows(text: str, blocks: Sequence[Block]) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    """The lines below such a head that end in a code, each with its code."""
    below = False
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW:
            below = False
        elif block.end - block.start <= _HEAD_LONGEST and _HEAD.fullmatch(text, block.start, block.end):
            below = True
        elif below and (code := _CODE.search(text, max(block.start, block.end - len(" III")), block.end)):
            yield (block.start, block.end), code
        elif block.kind is BlockKind.HEADING:
            below = False


def _of_row(text: str, fact: Fact, rows: dict[tuple[int, int], re.Match[str]]) -> Fact:
    start, end = fact.spans[0]
    code = next((code for row, code in rows.items() if row[0] <= start and end <= row[1]), None)
    if cell := (_WHOM if code else _NAME).match(text, start, end):
        start, words = cell.end(), fact.value[len(cell.group()) :]
        said = sentence_wording(words)
        detail = {**fact.detail, "population": fact.detail["population"] or (said.population if said else None)}
        fact = replace(fact, value=words, spans=((start, end), *fact.spans[1:]), detail=detail)
    if code is None or fact.detail["grade"] is not None:
        return fact
    own = replace(
        fact, value=fact.value.removesuffix(code.group()), spans=((start, min(end, code.start())), *fact.spans[1:])
    )
    return graded_below.graded(own, grades.Grade(code["code"], None), code.span("code"))
