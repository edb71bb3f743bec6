"""The measures themselves, on plain sequences of type codes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from betony.evaluate.characters import FURNITURE, NO_TYPE, OTHER, TYPES, UNSCORED, Characters, Codes

BINS = 10
Run = tuple[int, int, int]
"""First line, the line behind the last, type code."""


def boundary_errors(gold: Codes, predicted: Codes) -> tuple[float, float] | None:
    """Pk (Beeferman, Berger and Lafferty 1999) and WindowDiff (Pevzner and Hearst 2002) between two labellings of lines.

    A boundary is a change of label. A window of k steps, k being half the mean gold section, at least 2, slides over
    the lines: Pk is the share of its places where the two disagree whether there is any boundary in it, WindowDiff
    where they disagree how many. 0 is perfect; None for a text too short to hold a window.
    """
    marks = [np.concatenate(([0], np.cumsum(codes[1:] != codes[:-1]))) for codes in (gold, predicted)]
    k = max(2, round(len(gold) / (int(marks[0][-1]) + 1) / 2))
    places = len(gold) - k
    if places < 1:
        return None
    ours, theirs = (mark[k : k + places] - mark[:places] for mark in marks)
    return int(np.sum((ours == 0) != (theirs == 0))) / places, int(np.sum(ours != theirs)) / places


def runs(codes: Codes) -> set[Run]:
    """The sections that a labelling of lines makes: neighbours of one label are one; unscored lines make none."""
    edges = [0, *(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]
    found = ((start, end, int(codes[start])) for start, end in pairwise(edges) if start < end)
    return {run for run in found if run[2] != UNSCORED}


def confusion(characters: Characters) -> NDArray[np.int64]:
    """How many scored characters of each gold type (row) were given each type (column; the last: none)."""
    scored = characters.solid & (characters.gold != UNSCORED)
    width = NO_TYPE + 1
    key = characters.gold[scored] * width + characters.predicted[scored]
    return np.bincount(key, minlength=len(TYPES) * width).reshape(-1, width)


def reliability(characters: Characters) -> NDArray[np.float64]:
    """Characters, summed confidence and right ones, for each tenth of confidence (the upper end belongs to it).

    Only what was given a type counts: `other` claims nothing that could be right.
    """
    judged = characters.solid & (characters.gold != UNSCORED)
    judged &= (characters.predicted != OTHER) & (characters.predicted != NO_TYPE)
    confidence = characters.confidence[judged]
    right = characters.gold[judged] == characters.predicted[judged]
    bins = np.clip(np.ceil(np.round(confidence * BINS, 9)).astype(np.int64) - 1, 0, BINS - 1)
    columns = (np.bincount(bins, weights, BINS) for weights in (np.ones_like(confidence), confidence, right))
    return np.stack(list(columns), axis=1)


def expected_calibration_error(table: NDArray[np.float64]) -> float | None:
    """ECE (Guo, Pleiss, Sun and Weinberger 2017): the mean gap between confidence and share right, by characters."""
    total = table[:, 0].sum()
    return float(np.abs(table[:, 1] - table[:, 2]).sum() / total) if total else None


@dataclass(frozen=True, slots=True)
class Abstention:
    """What it costs and brings to say `other`, over scored characters that are no furniture."""

    other_share: float | None
    """The share that was typed `other`."""
    typed_accuracy: float | None
    """The share right of what was given another type."""


def abstention(table: NDArray[np.int64]) -> Abstention:
    """From the confusion table; None where nothing stands to be counted."""
    body = np.delete(table, FURNITURE, axis=0)
    total, other, nothing = int(body.sum()), int(body[:, OTHER].sum()), int(body[:, NO_TYPE].sum())
    typed = total - other - nothing
    right = int(np.trace(table)) - int(table[FURNITURE, FURNITURE])
    return Abstention(other / total if total else None, right / typed if typed else None)
