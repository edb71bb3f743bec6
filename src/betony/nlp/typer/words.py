"""Words as 64-bit hashes: normalised once, remembered, never stored in a model."""

from __future__ import annotations

import re
from zlib import crc32

_EDGE = "()[]{}<>\"'“”‘’.,;:!?*•▪–—-"
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PREFIX = 5

KNOWN_AT_MOST = 50_000
"""The memory of hashes is emptied at this many words, so that it cannot grow with the texts."""


def normal(token: str) -> str:
    """The word as the features see it: lower case, bare of punctuation at its edges, numbers by their shape."""
    word = token.strip(_EDGE).lower()
    if not word:
        return token[:3]
    if word.isdigit():
        return "<year>" if _YEAR.fullmatch(word) else f"<{min(len(word), 5)}>"
    if word.startswith(("http", "www.")) or "://" in word:
        return "<url>"
    return _DIGITS.sub("0", word)


class Hashes(dict[str, int]):
    """Token → hash of the normal word (low 32 bits) and of its first letters (high 32 bits).

    Fills itself, and forgets all when it is full.
    """

    def __missing__(self, token: str) -> int:
        if len(self) >= KNOWN_AT_MOST:
            self.clear()
        word = normal(token).encode("utf-8", "surrogatepass")
        value = self[token] = crc32(word) | crc32(word[:_PREFIX]) << 32
        return value
