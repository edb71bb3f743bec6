"""Headings that the typer has met, with what the first look makes of their words."""

from __future__ import annotations

import threading
from collections.abc import Sequence, Set

import numpy as np

from .features import N_MEASURES, Floats
from .linear import softmax

_KNOWN_AT_MOST = 5_000
"""Headings that are remembered, at some 700 bytes each."""
_TELLING = 0.4
"""So probable must a heading make a label to be looked at: `Visiting` says nothing of what stands below."""
NONE = 0
"""The row of no heading: of zeros, and it tells nothing."""


class Heard(threading.local):
    """What the first look makes of headings, a row each: publishers use the same ones again and again.

    Rows of a few tables, so that those of a page are taken at once and not put together from as many small arrays. Each
    thread has its own, as two could give the same row to different headings.
    """

    def __init__(self, labels: int) -> None:
        self._labels = labels
        self.rows: dict[str, int] = {}
        self._forget(_KNOWN_AT_MOST)

    def _forget(self, room: int) -> None:
        self.rows.clear()
        self.scores: Floats = np.zeros((room + 1, self._labels), np.float32)
        self.probabilities: Floats = np.zeros((room + 1, self._labels), np.float32)
        self.measures: Floats = np.zeros((room + 1, N_MEASURES), np.float32)
        self.tells = np.zeros(room + 1, np.bool_)
        """It makes a label so probable that what stands below is told by it."""

    def new(self, headings: Set[str]) -> list[str]:
        """Those that are not remembered: all of them where there would be no room for the new ones."""
        new = sorted(heading for heading in headings if heading not in self.rows)
        if len(self.rows) + len(new) > _KNOWN_AT_MOST:
            new = sorted(headings)
            self._forget(max(_KNOWN_AT_MOST, len(new)))
        return new

    def remember(self, headings: Sequence[str], scores: Floats, measures: Floats) -> None:
        """Remember the first look's scores of new headings, and their measures."""
        begin = 1 + len(self.rows)
        end = begin + len(headings)
        self.rows.update(zip(headings, range(begin, end), strict=True))
        probabilities = softmax(scores)
        self.scores[begin:end] = scores
        self.probabilities[begin:end] = probabilities
        self.measures[begin:end] = measures
        self.tells[begin:end] = probabilities.max(axis=1) >= _TELLING
