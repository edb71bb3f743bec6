"""The sentences of a stretch of text, by punctuation."""

from __future__ import annotations

import re

_MARK = re.compile(r"[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\Wa-z_]|\s*$)|\n(?=[^\S\n]*\n)")
_NO_END = re.compile(
    r"(?:[A-Z]|\b(?:[Nn]o|e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Prof|St|al|approx|p|pp|vol|ed|eds|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep"
    r"|Oct|Nov|Dec))$"
)
_INITIALS = re.compile(r"[A-Z]{2}$")
_LOOK_BACK = 10
"""Characters before a mark that tell whether it ends a sentence: more than the longest abbreviation holds."""


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open spans of the sentences within text[start:end], without white space at their ends.

    A sentence ends at `.`, `!` or `?` before white space and a capital, digit or bracket, unless an abbreviation
    stands there, and at a blank line.
    """
    spans: list[tuple[int, int]] = []
    at = start
    for match in _MARK.finditer(text, start, end):
        if text[match.start()] != "\n" and _is_abbreviation(text[max(0, match.start() - _LOOK_BACK) : match.start()]):
            continue
        _append(spans, text, at, match.end())
        at = match.end()
    _append(spans, text, at, end)
    return spans


def _is_abbreviation(before: str) -> bool:
    return bool(_NO_END.search(before)) and not _INITIALS.search(before)


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    body = text[start:end]
    stripped = body.strip()
    if stripped:
        left = start + len(body) - len(body.lstrip())
        spans.append((left, left + len(stripped)))
