"""Grades between sentences, in brackets or named, and which sentence each is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.nlp import grades
from betony.nlp.recommendations.cues import may_recommend
from betony.nlp.strength.reading import sentence_wording
from betony.text import squeeze

_GRADE_FIRST = re.compile(r"[(\[][^)\]]{1,120}[)\]]\.?\s{1,3}(?=[A-Z])")
"""A grade in brackets that the next sentence follows without a stop."""
_BRACKETS = re.compile(r"(?:[(\[][^)\]]{1,150}[)\]][\s.,;]{0,3}){1,3}")


def grades_apart(text: str, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The sentences, less the grades at their start, which are the last words of the one before and stand apart; in a
    paragraph that begins with a grade each is of the sentence behind it."""
    if len(spans) < 2 or text[spans[0][0]] in "([":
        return spans
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        first = _GRADE_FIRST.match(text, start, end) if text[start] in "([" else None
        if first and grades.grade(first.group()):
            apart += [(start, start + len(first.group().rstrip())), (first.end(), end)]
        else:
            apart.append((start, end))
    return apart


def with_grades(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The sentences, each with where it ends together with the grade that follows it, in brackets or by its name."""
    joined = [(*span, span[1]) for span in spans[:1]]
    for start, end in spans[1:]:
        if is_grade(text, start, end):
            at = _graded(text, joined)
            joined[at:] = [(*joined[at][:2], end)]
        else:
            joined.append((start, end, end))
    return joined


def is_grade(text: str, start: int, end: int) -> bool:
    """Whether the words are nothing but a grade, or a bracket that rates the evidence."""
    if text[start] in "([":
        return _BRACKETS.fullmatch(text, start, end) is not None and grades.rates(text[start:end])
    return grades.line(text[start:end]) is not None


def _graded(text: str, spans: Sequence[tuple[int, int, int]]) -> int:
    """Which of the sentences before a bracketed grade it is of: the last that recommends, where the very last does not."""
    last = len(spans) - 1
    if last == 0 or not _may_lack_grade(text, spans[last - 1]):  # whatever the last one says, there is no other
        return last
    if _may_lack_grade(text, spans[last]) and _recommends(text, spans[last]):
        return last
    return last - 1 if _recommends(text, spans[last - 1]) else last


def _may_lack_grade(text: str, span: tuple[int, int, int]) -> bool:
    """Whether the sentence has no grade yet and could recommend, by a cheap look."""
    start, end, graded = span
    return graded == end and may_recommend(text[start:end])


def _recommends(text: str, span: tuple[int, int, int]) -> bool:
    """Whether the sentence recommends."""
    return sentence_wording(squeeze(text[span[0] : span[1]])) is not None
