"""Whether a page goes on about what its first line names."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary

_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 4
"""Letters that tell a word by its beginning, whatever its ending."""
_TELLING = 800
"""Characters below a line of which a few words may well come again; a shorter page proves nothing."""


def is_taken_up(words: str, below: str) -> bool:
    """Whether a word of the line that names a subject comes again below it; of a line without one, and above little text,
    it is taken to be so."""
    named = _stems(words)
    if not named or len(below) < _TELLING:
        return True
    told = below.lower()
    return any(stem in told for stem in named)


def taken_up_of(words: str, below: str) -> tuple[int, int]:
    """How many words of the line that name a subject come again below it, and how many there are."""
    named, told = _stems(words), below.lower()
    return sum(stem in told for stem in named), len(named)


def shares_a_word(words: str, others: str) -> bool:
    """Whether a word that names a subject stands in both."""
    return not _stems(words).isdisjoint(_stems(others))


def _stems(words: str) -> set[str]:
    return {word[:_STEM].lower() for word in _WORD.findall(words) if word.lower() not in _common()}


@cache
def _common() -> frozenset[str]:
    return frozenset(vocabulary.read("titles")["common"])
