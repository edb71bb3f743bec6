"""Where words begin in a text that are known by a piece of them: what all components look for is found in one pass."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from betony.nlp import carry, cues

_FEW, _MORE = 4, 6
"""Signs in a row of which hashes are made: few for short stems, and more for the others, which fewer other words begin like."""
_FACTORS = (np.uint16(0x9E37), np.uint16(0x6A4D), np.uint16(0xB5C3))


class Stems:
    """Pieces of words that a component looks for: made with its module, for each text is looked through for all of them."""

    def __init__(self, stems: Iterable[str]) -> None:
        self.stems = tuple(dict.fromkeys(stems))
        for stem in self.stems:
            _all.add(stem)


class Places:
    """Where stems begin in a text, whichever component looks for them.

    Hashes of a few signs in a row tell the places at which one may begin. Why: to hash the text, once for all of them,
    takes no longer than to look through it for three.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[str, list[int]] = {}
        self._looked_for = 0

    def spans(self, stems: Stems) -> list[tuple[int, int]]:
        """Where the stems stand in the text, in order; none that overlaps the one before of the same stem."""
        if self._looked_for < len(_all):
            self._found, self._looked_for = _all.places(self._text), len(_all)
        return sorted((at, at + len(stem)) for stem in stems.stems for at in self._found.get(stem, ()))


_places: WeakKeyDictionary[Doc, Places] = WeakKeyDictionary()


def places_in(doc: Doc) -> Places:
    """Where stems begin in the Doc's text, the same for all components."""
    if doc not in _places:
        _places[doc] = Places(carry.text(doc))
    return _places[doc]


class _All:
    """Every stem that somebody looks for."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._tiny: list[str] = []
        """Those with too few signs for a hash."""
        self._by_hash: dict[int, dict[int, list[str]]] = {_FEW: {}, _MORE: {}}
        """The others, by how many of their first signs are hashed, and by the hash of these."""
        self._begins = {signs: np.zeros(1 << 16, np.bool_) for signs in self._by_hash}
        """Of each hash whether a stem begins with it."""

    def __len__(self) -> int:
        return len(self._known)

    def add(self, stem: str) -> None:
        if stem in self._known:
            return
        self._known.add(stem)
        if len(stem) < _FEW:
            self._tiny.append(stem)
        else:
            signs = _FEW if len(stem) < _MORE else _MORE
            first = int(_hashes(stem)[signs][0])
            self._by_hash[signs].setdefault(first, []).append(stem)
            self._begins[signs][first] = True

    def places(self, text: str) -> dict[str, list[int]]:
        """Where each of them begins that the text holds."""
        found = {stem: places for stem in self._tiny if (places := cues.positions(text, (stem,)))}
        for signs, hashes in _hashes(text).items():
            at = np.flatnonzero(self._begins[signs].take(hashes))
            for place, first in zip(at.tolist(), hashes[at].tolist(), strict=True):
                for stem in self._by_hash[signs][first]:
                    if text.startswith(stem, place):
                        before = found.setdefault(stem, [])
                        if not before or before[-1] + len(stem) <= place:
                            before.append(place)
        return found


_all = _All()


def _hashes(text: str) -> dict[int, NDArray[np.uint16]]:
    """A number for each few signs in a row, by where they begin; the same signs have the same number."""
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint16)
    twos = signs[:-1] * _FACTORS[0] + signs[1:]
    fours = twos[:-2] * _FACTORS[1] + twos[2:]
    return {_FEW: fours, _MORE: fours[:-2] * _FACTORS[2] + twos[4:]}
