"""Whether a first line is only the beginning of a name that the page gives whole elsewhere."""

from __future__ import annotations

import re

_FEWEST_WORDS = 3


def is_cut(words: str, below: str) -> bool:
    """Whether the line comes again below, and each time on the same line a word with a capital goes on with it."""
    if len(words.split()) < _FEWEST_WORDS or not words[-1].isalnum():
        return False
    again = [match.end() for match in re.finditer(re.escape(words), below)]
    return bool(again) and all(_GOES_ON.match(below, end) for end in again)


_GOES_ON = re.compile(r" (?:(?:and|of|for|in|the) )?[A-Z][a-z]{2}")
