"""Word for word: how one wording differs from another, and how alike two wordings are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORD = re.compile(r"\S+")
_MOST = 4_000_000
"""Pairs of words that are compared; wordings beyond, once their common ends are off, count as wholly different."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that both wordings have, or one alone."""

    kind: Literal["same", "removed", "added"]
    text: str


def diff(before: str, after: str) -> list[Piece]:
    """The two wordings as runs of words, in order; white space counts for nothing."""
    old, new = before.split(), after.split()
    pieces: list[Piece] = []
    for same, (a, b), (c, d) in runs(old, new):
        if same:
            pieces.append(Piece("same", " ".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("removed", " ".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", " ".join(new[c:d])))
    return pieces


def runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """What stands in both and what differs, as (same, span in old, span in new), in order."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield True, (0, head), (0, head)
    middle_old, middle_new = old[head:old_end], new[head:new_end]
    if len(middle_old) * len(middle_new) > _MOST:
        yield False, (head, old_end), (head, new_end)
    else:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            yield tag == "equal", (head + a, head + b), (head + c, head + d)
    if tail:
        yield True, (old_end, len(old)), (new_end, len(new))


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words both begin with."""
    for i, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return i
    return min(len(one), len(other))


def count(text: str) -> Counter[str]:
    """The words of a text, in lower case, and how often each stands there."""
    return Counter(word.lower() for word in _WORD.findall(text))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two counts of words: 1.0 where they are the same, 0.0 where they share none."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def beginning(text: str) -> str:
    """The first words of a text, to name it by."""
    return text if len(text) <= 60 else f"{text[:60].rpartition(' ')[0]}…"
