"""What each character of a text is: labels of spans laid over it, and over the same words spaced differently."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from betony.evaluate.predictions import Prediction
from betony.gold import Labelled
from betony.model import SectionType

TYPES = tuple(SectionType)
NO_TYPE = len(TYPES)
"""The code of a character that lies in no section; the others are places in TYPES."""
UNSCORED = -1
"""The gold code of a character that nobody labelled."""
OTHER = TYPES.index(SectionType.OTHER)
FURNITURE = TYPES.index(SectionType.FURNITURE)

Codes = NDArray[np.int64]
_NOBODY = -1
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Characters:
    """Gold and predicted type code, and confidence, of every character of a text."""

    text: str
    gold: Codes
    predicted: Codes
    confidence: NDArray[np.float64]
    solid: NDArray[np.bool_]
    """Which characters are no white space: only these count."""


def compare(labelled: Labelled, prediction: Prediction, *, by_words: bool) -> Characters:
    """Both labellings over the gold text; `by_words` where the record's own text is spaced differently."""
    text = labelled.text
    codes = [UNSCORED if s.type is None else TYPES.index(s.type) for s in labelled.segments]
    gold = _of(paint(len(text), [(s.start, s.end) for s in labelled.segments]), codes, UNSCORED)
    spans = [(s.start, s.end) for s in prediction.sections]
    if by_words:
        source = prediction.text or ""
        owner = overlay(paint(len(source), spans), source, text)
    else:
        owner = paint(len(text), spans)
    return Characters(
        text,
        gold,
        _of(owner, [TYPES.index(s.type) for s in prediction.sections], NO_TYPE),
        np.array([*(s.confidence for s in prediction.sections), 0.0])[owner],
        solid(text),
    )


def paint(length: int, spans: Sequence[tuple[int, int]]) -> Codes:
    """Which span each character lies in, as its place in `spans`: of nested ones the innermost; -1 for none."""
    owner = np.full(length, _NOBODY, np.int64)
    for i in sorted(range(len(spans)), key=lambda i: spans[i][0] - spans[i][1]):
        owner[slice(*spans[i])] = i
    return owner


def overlay(owner: Codes, source: str, target: str) -> Codes:
    """The owners of target's characters, from those of source's: both hold the same words, spaced differently.

    Words that only one of them holds have no owner in the target. The longest common runs of words are matched first
    (difflib, without its heuristic for frequent words).
    """
    out = np.full(len(target), _NOBODY, np.int64)
    ours, theirs = list(_WORD.finditer(source)), list(_WORD.finditer(target))
    words = [match[0] for match in ours]
    wanted = [match[0] for match in theirs]
    if words == wanted:
        out[solid(target)] = owner[solid(source)]
        return out
    for i, j, count in SequenceMatcher(None, words, wanted, autojunk=False).get_matching_blocks():
        for one, other in zip(ours[i : i + count], theirs[j : j + count], strict=True):
            out[other.start() : other.end()] = owner[one.start() : one.end()]
    return out


def solid(text: str) -> NDArray[np.bool_]:
    """Which characters are no white space."""
    return ~np.fromiter(map(str.isspace, text), np.bool_, len(text))


def lines(characters: Characters, codes: Codes) -> Codes:
    """The commonest code of each line that holds more than white space; of equals the one that comes first."""
    numbers = [len(line) for line in characters.text.splitlines(keepends=True)]
    line = np.repeat(np.arange(len(numbers)), numbers)[characters.solid]
    width = NO_TYPE + 2
    key = line * width + codes[characters.solid] + 1
    counts = np.bincount(key, minlength=len(numbers) * width)
    first = np.zeros(len(numbers) * width, np.int64)
    first[key[::-1]] = np.arange(len(key))[::-1]  # of repeated places the last assignment stays: the first character
    rank = np.where(counts > 0, counts * (len(key) + 1) - first, -1).reshape(-1, width)
    commonest: Codes = rank.argmax(axis=1)[rank.max(axis=1, initial=-1) >= 0] - 1
    return commonest


def _of(owner: Codes, codes: Sequence[int], nobody: int) -> Codes:
    return np.array([*codes, nobody], np.int64)[owner]
