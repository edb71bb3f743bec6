"""Words as 64-bit hashes: normalised once, remembered, never stored in a model."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from betony.text import beyond_ascii

Hashes = NDArray[np.uint64]
Ints = NDArray[np.int64]

_EDGE = "()[]{}<>\"'“”‘’.,;:!?*•▪–—-"
_DIGITS = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PREFIX = 5

BETWEEN = "\x1e"
"""Stands before, between and behind passages: a sign of ASCII for which words end, as for white space."""
_ENCODED = ("utf-8", "surrogatepass")
_GAPS = bytes(sign < 0x80 and (chr(sign).isspace() or chr(sign) == "-") for sign in range(256))


def normal(token: str) -> str:
    """The word as the features see it: lower case, bare of punctuation at its edges, numbers by their shape."""
    word = token.lower() if token.isalpha() else token.strip(_EDGE).lower()
    if not word:
        return token[:3]
    if word.isdigit():
        return "<year>" if _YEAR.fullmatch(word) else f"<{min(len(word), 5)}>"
    if word.startswith(("http", "www.")) or "://" in word:
        return "<url>"
    return word if word.isalpha() else _DIGITS.sub("0", word)


@lru_cache(maxsize=4096)
def hashed(token: str) -> int:
    """Of a word the hash of the normal word (low 32 bits) and of its first letters (high 32 bits)."""
    word = normal(token).encode(*_ENCODED)
    return crc32(word) | crc32(word[:_PREFIX]) << 32


class Words(NamedTuple):
    """The words of some passages, one after another."""

    hashes: Hashes
    """As `hashed` gives them."""
    kept: Ints
    """How many of them each passage has."""
    length: Ints
    """How many words each passage has in the text."""


def joined(texts: Sequence[str]) -> bytes:
    """The passages as UTF-8, one behind another with BETWEEN around each, white space beyond ASCII as spaces."""
    text = BETWEEN.join(["", *texts, ""])
    if text.count(BETWEEN) > len(texts) + 1:
        text = BETWEEN.join(["", *(line.replace(BETWEEN, " ") for line in texts), ""])
    for space in set(filter(str.isspace, beyond_ascii(text))):
        text = text.replace(space, " ")
    return text.encode(*_ENCODED)


def words(texts: Sequence[str], text: bytes, head: int, tail: int) -> Words:
    """The words of the passages (as they are, and `joined`), as white space and hyphens part them; of long passages the
    first and the last ones; a passage without any is one word."""
    is_gap = np.frombuffer(text.translate(_GAPS), np.bool_)
    edges = np.flatnonzero(is_gap[1:] != is_gap[:-1]) + 1
    begin, end = edges[::2], edges[1::2]
    first = np.searchsorted(begin, np.flatnonzero(np.frombuffer(text, np.uint8) == ord(BETWEEN)))
    length = np.diff(first)
    place = np.arange(len(begin)) - np.repeat(first[:-1], length)
    chosen = (place < head) | (place >= np.repeat(length - tail, length))
    hashes, kept = _memory.hashes(text, begin[chosen], end[chosen]), np.minimum(length, head + tail)
    empty = np.flatnonzero(length == 0)
    if len(empty):
        whole = [hashed(texts[i]) for i in empty.tolist()]
        hashes = np.insert(hashes, (np.cumsum(kept) - kept)[empty], np.array(whole, np.uint64))
        kept[empty] = length[empty] = 1
    return Words(hashes, kept, length)


class _Memory(threading.local):
    """The hashes of words met before, found for all words of a document at once.

    A table of fixed size (1.5 MB) with two places for the words that share a slot: the last one that was new, and the one
    before. A word that has lost its place is hashed anew. Each thread has its own, for rows are not written in one stroke.
    """

    BITS = 15
    LONGEST = 15
    """Bytes of a word that is kept: with its length it fills two numbers."""

    def __init__(self) -> None:
        self._rows = np.zeros((1 << self.BITS, 6), np.uint64)
        """Of each of the two words its first eight bytes, the rest with its length, and its hash."""

    def hashes(self, text: bytes, begin: Ints, end: Ints) -> Hashes:
        """The hash of each word, by where it begins and ends in the text."""
        length = np.minimum(end - begin, self.LONGEST + 1)
        eights: Hashes = np.ndarray((len(text) + 8,), "<u8", text + bytes(15), strides=(1,))
        first = eights[begin] & _FIRST.take(length)
        rest = eights[begin + 8] & _REST.take(length) | _LENGTH.take(length)
        mixed = (first * _SPREAD ^ rest) * _SPREAD
        slot = (((mixed ^ mixed >> np.uint64(32)) * _SPREAD) >> np.uint64(64 - self.BITS)).view(np.int64)
        rows = self._rows.take(slot, axis=0)
        is_last = (rows[:, 0] == first) & (rows[:, 1] == rest)
        is_before = (rows[:, 3] == first) & (rows[:, 4] == rest)
        found: Hashes = np.where(is_before, rows[:, 5], rows[:, 2])
        new = np.flatnonzero(~(is_last | is_before))
        if len(new):
            places = zip(begin[new].tolist(), end[new].tolist(), strict=True)
            found[new] = [hashed(text[i:j].decode(*_ENCODED)) for i, j in places]
            short = new[length[new] <= self.LONGEST]
            met = np.stack([first[short], rest[short], found[short]], axis=1)
            self._rows[slot[short]] = np.concatenate([met, rows[short, :3]], axis=1)
        return found


_LENGTHS = range(_Memory.LONGEST + 2)
"""How long a word is; one that is longer than those that are kept counts as one byte longer."""
_FIRST = np.array([(1 << 8 * min(n, 8)) - 1 for n in _LENGTHS], np.uint64)
_REST = np.array([(1 << 8 * min(max(n - 8, 0), 7)) - 1 for n in _LENGTHS], np.uint64)
"""What of its first eight bytes, and of the next, belongs to a word of that length."""
_LENGTH = np.array([n << 56 for n in _LENGTHS], np.uint64)
"""Its length, behind the seven bytes that may be the rest of a word."""
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""Multiplies the numbers so that words fall into all slots alike."""
_memory = _Memory()
