"""What is looked at in a passage: its words, its first and last words, its shape, its kin with the title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .words import BETWEEN, Hashes, hashed, joined, words

Ints = NDArray[np.int64]
Ids = NDArray[np.int32]
Floats = NDArray[np.float32]


def _kind_of_first(sign: str) -> int:
    return 0 if sign.islower() else 1 if sign.isupper() else 2 if sign.isdigit() else 3 if sign in "([" else 4


BITS = 18
SIZE = 1 << BITS
HEAD = 56
"""Words of a passage that are read from its start; a longer one is known by then."""
TAIL = 8
"""Words that are read from its end."""

_LOW = np.uint64(0xFFFFFFFF)
_PRIME = np.uint64(0x100000001B3)
_COMMON = "of the and in for on to a an with by or from guideline guidelines clinical practice management guidance"
_COMMON_IDS = frozenset(hashed(word) & 0xFFFFFFFF for word in _COMMON.split())
_LENGTHS = np.array([1, 2, 3, 4, 5, 7, 10, 15, 22, 35, 60, 100])
_COARSE = np.array([2, 5, 12, 30])
_COMMAS, _STOPS = np.array([1, 2, 4, 8]), np.array([1, 2, 4])
_LAST = "\0.:;,?)]"
_FIRST = np.array([_kind_of_first(chr(sign)) if sign < 0x80 else -1 for sign in range(256)])
"""What kind of sign a passage begins with, by its first byte; beyond ASCII that does not tell."""
_LAST_OF = np.array([0 if chr(sign) == BETWEEN else _LAST.find(chr(sign)) for sign in range(256)])
_COUNTED = ";,.[(-"
"""A full stop counts before a space, a dash between two."""
_STOP, _DASH = _COUNTED.index("."), _COUNTED.index("-")
_KIND = np.array([_COUNTED.find(chr(sign)) for sign in range(256)])
_IS_COUNTED = bytes(chr(sign) in _COUNTED for sign in range(256))
_WORD, _TWO_WORDS, _BEGINNING = [1], [2], [12]
_EDGES, _KINSHIP, _SHAPE = [3, 4, 5, 6, 7], [8, 9], [11] * 7
"""The salts of the features of each kind."""
N_MEASURES = 9


class Features(NamedTuple):
    """What was seen in a document's passages."""

    ids: Ids
    """Feature numbers of all passages, one after another."""
    offsets: Ints
    """Where each passage's begin, and where the last one's end."""
    measures: Floats
    """A few numbers on the shape of each passage."""

    def cut(self, at: int) -> tuple[Features, Features]:
        """Those of the passages before `at`, and those of the others."""
        begin = self.offsets[at]
        return (
            Features(self.ids[:begin], self.offsets[: at + 1], self.measures[:at]),
            Features(self.ids[begin:], self.offsets[at:] - begin, self.measures[at:]),
        )


def extract(texts: Sequence[str], title: str = "", *, compared: int | None = None) -> Features:
    """The features of each passage; of all or the first `compared` ones, how much they share with the title."""
    text = joined(texts)
    both, n_words, length = words(texts, text, HEAD, TAIL)
    ids = both & _LOW
    end = np.cumsum(n_words)
    start = end - n_words
    passage_of = np.repeat(np.arange(len(texts)), n_words)
    within = passage_of[1:] == passage_of[:-1]
    signs = _marks(texts, text)
    fixed = _fold(
        np.concatenate(
            [
                _edges(ids, start, end, n_words),
                _kinship(ids, start, n_words, title, len(texts) if compared is None else compared),
                _shape(signs, length),
            ]
        ).T,
        _EDGES + _KINSHIP + _SHAPE,
    )
    ids_out, offsets = _interleave(
        [
            (fixed.ravel(), np.full(len(texts), fixed.shape[1])),
            (_fold(ids, _WORD), n_words),
            (_fold((ids[:-1] * _PRIME ^ ids[1:])[within], _TWO_WORDS), n_words - 1),
            (_fold(both >> np.uint64(32), _BEGINNING), n_words),
        ]
    )
    return Features(ids_out, offsets, _measures(signs, length))


def _fold(values: Hashes, salts: Sequence[int]) -> Ids:
    """Spread the values over the features; another salt, another place. As many salts as columns, or one."""
    mixed = (values + np.array(salts, np.uint64) * np.uint64(0xD1B54A32D192ED03)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(64 - BITS)).astype(np.int32)


def _edges(ids: Hashes, start: Ints, end: Ints, n_words: Ints) -> Hashes:
    """The first one, two and three words, the last one, and the words as a whole: a row each."""
    first, last = ids[start], ids[end - 1]
    beyond = len(ids) - 1
    second = np.where(n_words > 1, ids[np.minimum(start + 1, beyond)], 7)
    third = np.where(n_words > 2, ids[np.minimum(start + 2, beyond)], 7)
    two = first * _PRIME ^ second
    place = (np.arange(len(ids)) - np.repeat(start, n_words) + 11).astype(np.uint64)
    whole = np.add.reduceat(ids * place, start)
    return np.array([first, last, two, two * _PRIME ^ third, whole])


def _kinship(ids: Hashes, start: Ints, n_words: Ints, title: str, compared: int) -> Hashes:
    """How much of the passage is words of the title, and how much of the title it holds: a row each."""
    known = {hashed(word) & 0xFFFFFFFF for word in title.replace("-", " ").split()} - _COMMON_IDS
    shared = np.add.reduceat(np.isin(ids, np.array(sorted(known), np.uint64)).astype(np.int64), start)
    shared[compared:] = 0
    long = np.searchsorted(_COARSE, n_words)
    share_of_passage = np.minimum(shared * 5 // n_words, 4)
    share_of_title = np.minimum(shared * 4 // max(len(known), 1), 4)
    return np.array([share_of_passage * 100 + long, share_of_title * 100 + long], np.uint64)


def _marks(texts: Sequence[str], text: bytes) -> Ints:
    """Of each passage (as they are, and `joined`) its first and last sign, how often some marks stand in it, and its case: a row
    each."""
    signs = np.frombuffer(text, np.uint8)
    between = np.flatnonzero(signs == ord(BETWEEN))
    first, last = _FIRST[signs[between[:-1] + 1]], _LAST_OF[signs[between[1:] - 1]]
    for i in np.flatnonzero(first < 0).tolist():
        first[i] = _kind_of_first(texts[i][0])
    case = [2 if line.istitle() else 1 if line.isupper() else 0 for line in texts]
    return np.array([first, last, *_counts(texts, text, between).T, case])


def _counts(texts: Sequence[str], text: bytes, between: Ints) -> Ints:
    """Of each passage how often each of `_COUNTED` stands in it: a column each."""
    signs = np.frombuffer(text, np.uint8)
    where = np.flatnonzero(np.frombuffer(text.translate(_IS_COUNTED), np.bool_))
    kind = _KIND[signs[where]]
    before, behind = signs[where - 1] == ord(" "), signs[where + 1] == ord(" ")
    counts = (behind | (kind != _STOP)) & (before & behind | (kind != _DASH))
    passage = np.searchsorted(between, where[counts]) - 1
    kinds = len(_COUNTED)
    found = np.bincount(passage * kinds + kind[counts], minlength=len(texts) * kinds).reshape(-1, kinds)
    for i in np.flatnonzero(found[:, _DASH] > 1).tolist():
        found[i, _DASH] = texts[i].count(" - ")  # of two that share a space one counts
    return found


def _measures(marks: Ints, lengths: Ints) -> Floats:
    """The same for the second look, as numbers about 0 to 1."""
    first, last, semicolons, _, _, square, _, _, case = marks
    out = np.array(
        [
            np.log1p(lengths) / 4,
            last == _LAST.index("."),
            last == _LAST.index(":"),
            first == 0,
            first == 2,
            case == 2,
            lengths <= 3,
            square > 0,
            semicolons > 1,
        ],
        np.float32,
    )
    return out.T


def _shape(marks: Ints, lengths: Ints) -> Hashes:
    """What kind of line it is: length, first and last sign, marks of lists and citations, capitals: a row each."""
    first, last, semicolons, commas, stops, square, round_, dashes, case = marks
    length = np.searchsorted(_LENGTHS, lengths, side="right")
    return np.array(
        [
            length,
            100 + first * 10 + last,
            200 + length * 10 + last,
            400
            + np.minimum(semicolons, 3) * 40
            + np.searchsorted(_COMMAS, commas, side="right") * 4
            + np.searchsorted(_STOPS, stops, side="right"),
            600 + np.minimum(square, 2) * 3 + np.minimum(round_, 2),
            700 + case * 20 + length,
            800 + np.minimum(dashes, 2) * 20 + length,
        ],
        np.uint64,
    )


def _interleave(parts: Sequence[tuple[Ids, Ints]]) -> tuple[Ids, Ints]:
    """The parts of each passage put side by side; a part is its values and how many each passage has of them."""
    total = np.sum([count for _, count in parts], axis=0)
    offsets = np.zeros(len(total) + 1, np.int64)
    np.cumsum(total, out=offsets[1:])
    out = np.empty(offsets[-1], np.int32)
    at = offsets[:-1]
    for values, count in parts:
        end = np.cumsum(count)
        out[np.arange(len(values)) - np.repeat(end - count - at, count)] = values
        at = at + count
    return out, offsets
