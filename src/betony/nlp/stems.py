"""Where words begin in a text that are known by a piece of them: many pieces are looked for at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_FEWEST, _MORE = 4, 6
"""Signs in a row of which hashes are made: few for short stems, and more for the others, which fewer other words begin like."""
_FACTORS = (np.uint16(0x9E37), np.uint16(0x6A4D), np.uint16(0xB5C3))


def one_by_one(text: str, stems: Iterable[str]) -> list[int]:
    """Where any of the stems begins in the text, in order."""
    found = []
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            found.append(at)
            at = text.find(stem, at + len(stem))
    return sorted(found)


class Stems:
    """Many pieces of words that are looked for together.

    Hashes of a few signs in a row tell the places at which a piece may begin. Why: to hash a text takes no longer than to
    look through it for three pieces.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        self._tiny = []
        """Those with too few signs, each looked for by itself."""
        self._groups = {signs: _Group(signs) for signs in (_FEWEST, _MORE)}
        for stem in dict.fromkeys(stems):
            if len(stem) < _FEWEST:
                self._tiny.append(stem)
            else:
                self._groups[_FEWEST if len(stem) < _MORE else _MORE].add(stem)

    def positions(self, text: str) -> list[int]:
        """Where any of the stems begins in the text, in order."""
        found = one_by_one(text, self._tiny)
        for signs, hashes in _hashes(text).items():
            found += self._groups[signs].positions(text, hashes)
        return sorted(found)


class _Group:
    """Stems of which the first so many signs are hashed."""

    def __init__(self, signs: int) -> None:
        self._signs = signs
        self._stems: dict[int, list[str]] = {}
        """The stems by the hash that they begin with."""
        self._is_theirs = np.zeros(1 << 16, np.bool_)
        """Of each hash whether a stem begins with it."""

    def add(self, stem: str) -> None:
        first = int(_hashes(stem)[self._signs][0])
        self._stems.setdefault(first, []).append(stem)
        self._is_theirs[first] = True

    def positions(self, text: str, hashes: NDArray[np.uint16]) -> list[int]:
        """Where any of the stems begins in the text, which has these hashes."""
        places = np.flatnonzero(self._is_theirs.take(hashes)) if self._stems else np.array([], np.intp)
        found = []
        ends: dict[str, int] = {}
        for at, first in zip(places.tolist(), hashes[places].tolist(), strict=True):
            for stem in self._stems[first]:
                # Of a stem that begins with its own end, " means ", two may share that sign: the first counts.
                if text.startswith(stem, at) and at >= ends.get(stem, 0):
                    found.append(at)
                    ends[stem] = at + len(stem)
        return found


def _hashes(text: str) -> dict[int, NDArray[np.uint16]]:
    """A number for each few signs in a row, by where they begin; the same signs have the same number."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint16)
    twos = signs[:-1] * _FACTORS[0] + signs[1:]
    fours = twos[:-2] * _FACTORS[1] + twos[2:]
    return {_FEWEST: fours, _MORE: fours[:-2] * _FACTORS[2] + twos[4:]}
