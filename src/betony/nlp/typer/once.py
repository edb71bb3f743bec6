"""Each field of a form stands once: which of several runs of passages that look like the same field is the one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .features import Floats, Ints

Reals = NDArray[np.float64]
Mask = NDArray[np.bool_]

TWICE = 100.0
"""What a field that stands in one more place costs, in nats: more than the words of most passages can say for it."""
_ELSEWHERE = 20.0
"""By how much less a passage outside its run is like a field, in nats."""
_SHARE = 1 / 3
"""A document that shows so many of a form's fields …"""
_STRANGE = 0.1
"""… and no more than this of anything else is of the form, …"""
_RUNS = 4
"""… unless its fields change so much more often than it has any: then nothing stands where a form has it."""
_SURE = -12.0
"""No passage speaks against a label with more than this, in nats: its words are not as independent as they are counted."""


def repeats(labels: Ints, fields: Mask) -> bool:
    """Whether any of `fields` stands in more than one run."""
    return bool((np.bincount(_runs(labels)[1], minlength=len(fields))[fields] > 1).any())


def is_of_a_form(labels: Ints, fields: Mask) -> bool:
    """Whether passages that have these labels look like a document of the form, in whatever order it has its fields."""
    shown = np.zeros(len(fields), bool)
    shown[labels] = True
    return bool(
        (shown & fields).sum() >= _SHARE * fields.sum()
        and (~fields[labels]).mean() <= _STRANGE
        and len(_runs(labels)[0]) <= _RUNS * fields.sum()
    )


def settled(scores: Floats, labels: Ints, step: Floats, fields: Mask) -> Ints:
    """The labels of passages, changed run by run until each of `fields` stands in one run or not at all.

    `scores` are those of each passage's labels, `labels` the first reading, `step` the probabilities from label to label.
    Iterated conditional modes (Besag 1986) over runs of passages instead of single ones: of all runs and all labels that
    one could have instead, the change that gains most is made, until none gains anything.
    """
    z = scores - scores.max(axis=1, keepdims=True).astype(np.float64)
    z = np.maximum(z - np.log(np.exp(z).sum(axis=1, keepdims=True)), _SURE)
    total = np.vstack([np.zeros(z.shape[1]), np.cumsum(z, axis=0)])
    moves = np.log(np.maximum(step, 1e-12)).astype(np.float64)
    starts, of = _runs(labels)
    for _ in range(_RUNS * len(of)):
        gains = _gains(total, moves, starts, of, fields)
        run, label = divmod(int(gains.argmax()), gains.shape[1])
        if gains[run, label] < 1e-6:
            break
        of[run] = label
        kept, of = _runs(of)
        starts = starts[kept]
    return np.repeat(of, np.diff([*starts, len(labels)]))


def apart(scores: Floats, labels: Ints, fields: Mask) -> Floats:
    """The scores without what speaks for a field outside the run that is labelled so."""
    found = np.flatnonzero(fields & (np.bincount(labels, minlength=len(fields)) > 0))
    less = scores.copy()
    less[:, found] -= np.float32(_ELSEWHERE) * (labels[:, None] != found)
    return less


def _gains(total: Reals, moves: Reals, starts: Ints, of: Ints, fields: Mask) -> Reals:
    """Runs × labels: what is gained by giving a run that label, against the one it has.

    `total` holds the scores of all passages before each, `moves` the logarithms of the steps from label to label.
    """
    ends = np.append(starts[1:], len(total) - 1)
    every = np.arange(len(of))
    gains: Reals = total[ends] - total[starts] + (ends - starts - 1)[:, None] * np.diag(moves)
    gains[1:] += moves[of[:-1]]
    gains[:-1] += moves[:, of[1:]].T
    elsewhere = np.bincount(of, minlength=len(fields)) - (of[:, None] == np.arange(len(fields)))
    places = (elsewhere > 0).astype(np.float64)
    places[every[1:], of[:-1]] -= 1  # a run joins the one before it that has the same label, and the one behind it
    places[every[:-1], of[1:]] -= 1
    gains -= TWICE * fields * places
    gains -= gains[every, of][:, None]
    return gains


def _runs(labels: Ints) -> tuple[Ints, Ints]:
    """Where runs of one label start, and their labels."""
    starts = np.flatnonzero(np.append(True, labels[1:] != labels[:-1]))
    return starts, labels[starts]
