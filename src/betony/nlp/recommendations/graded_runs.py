"""Recommendations that run on without a stop, each with its grade in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.nlp import grades

_BEFORE_NEXT = re.compile(r"[(\[][^()\[\]]{3,120}[)\]](?=\s{1,3}[A-Z][a-z])")
"""What stands in brackets before a capital letter."""


def apart(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences, cut behind each grade that a further recommendation follows."""
    if not spans or _BEFORE_NEXT.search(text, spans[0][0], spans[-1][1]) is None:
        return list(spans)
    return [piece for span in spans for piece in _pieces(text, *span)]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for bracket in _BEFORE_NEXT.finditer(text, start, end):
        if bracket.start() > start and grades.in_words(bracket.group()):
            yield start, bracket.end()
            start = bracket.end() + len(text[bracket.end() : end]) - len(text[bracket.end() : end].lstrip())
    yield start, end
