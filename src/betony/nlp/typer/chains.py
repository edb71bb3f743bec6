"""One consistent reading of a whole sequence: two Markov chains over the latent labels, weighed against each other.

`ordered` has learned in which order a form's fields stand; `free` only that a field goes on for a while and that some
are more frequent than others. Nobody says which of the two a document follows: each explains the scores as well as it
can, and the reading is the mixture of both by how well they do. In a document of the form each field stands once, which
no chain can know: where one sees a field twice, it looks again (once.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import once
from .features import Floats, Ints

Reals = NDArray[np.float64]
FLOOR = -40.0
ORDERED, FREE = 0, 1
BOTH = slice(None)
_COUNTS = 0.01
"""A chain that less of the mixture comes from is not looked at again."""
_SCALED_EVERY = 16
"""Steps; each makes the numbers at worst a thousand-millionth of what they were, the share of the rarest jump."""


@dataclass(frozen=True, slots=True)
class Chains:
    """Both chains, stacked."""

    start: Floats
    """Chains × labels."""
    step: Floats
    """Chains × labels × labels: from, to."""
    end: Floats
    """Chains × labels."""
    ways: Reals = field(init=False, repr=False, compare=False)
    """Chains × 2 × labels × labels: the steps from the start on, and those from the end back."""

    def __post_init__(self) -> None:
        step = self.step.astype(np.float64)
        object.__setattr__(self, "ways", np.stack([step, step.transpose(0, 2, 1)], axis=1))

    def marginals(self, scores: Floats, chain: int) -> Floats:
        """The chain's probabilities of each passage's label."""
        passes = _Passes(self, scores)
        passes.go_on(len(scores), slice(chain, chain + 1))
        return passes.marginals(chain)

    def read(self, scores: Floats, fields: NDArray[np.bool_]) -> tuple[Floats, float]:
        """The probabilities of each passage's label, and how far the document follows the ordered chain (0 to 1).

        `fields` are the labels that stand once in a document of the form.
        """
        passes = _Passes(self, scores)
        passes.go_on(passes.meeting, BOTH)
        likelihood = passes.likelihood()
        ordered = float(1 / (1 + np.exp(np.clip(float(likelihood[FREE] - likelihood[ORDERED]), -500, 500))))
        weights = {ORDERED: ordered, FREE: 1 - ordered}
        heard = [chain for chain, weight in weights.items() if np.float32(weight) > 0]
        passes.go_on(len(scores), slice(heard[0], heard[-1] + 1))
        mixture = np.zeros(scores.shape, np.float32)
        for chain in heard:
            m = passes.marginals(chain)
            labels = m.argmax(axis=1)
            if weights[chain] > _COUNTS and once.repeats(labels, fields) and once.is_of_a_form(labels, fields):
                found = once.settled(scores, labels, self.step[chain], fields)
                m = self.marginals(once.apart(scores, found, fields), chain)
            mixture += np.float32(weights[chain]) * m
        return mixture, ordered


class _Passes:
    """Each of the chains at once from the start and from the end of the passages: a step costs two calls of numpy, and only every
    so often are the numbers scaled, before they can become too small.

    Where the two ways meet, in the middle, shows how likely each chain makes the scores; which often spares the rest of one.
    """

    def __init__(self, chains: Chains, scores: Floats) -> None:
        e = np.exp(np.maximum(scores - scores.max(axis=1, keepdims=True), FLOOR)).astype(np.float64)
        n, labels = e.shape
        self._e = e
        self._step = chains.ways
        shape = (n, len(chains.step), 2, 1, labels)
        self._weights = np.empty(shape)  # in full, for numpy multiplies like shapes twice as fast
        self._weights[:, :, 0], self._weights[:, :, 1] = e[:, None, None], e[::-1, None, None]
        self._seen = np.empty(shape)
        self._seen[0, :, 0, 0], self._seen[0, :, 1, 0] = chains.start, chains.end
        self._seen[0] *= self._weights[0]
        self._logs = np.zeros((len(chains.step), 2, 1, 1))
        self._done = 1
        self.meeting = (n + 1) // 2
        """So many passages from either end, and the two ways have met."""

    def go_on(self, end: int, which: slice) -> None:
        """Take the chains so many passages from either end, in all."""
        step, logs, before = self._step[which], self._logs[which], self._seen[self._done - 1, which]
        ways = zip(self._seen[self._done : end, which], self._weights[self._done : end, which], strict=True)
        for t, (now, weight) in enumerate(ways, self._done):
            np.matmul(before, step, now)
            np.multiply(now, weight, now)
            if t % _SCALED_EVERY == 0:
                total = now.sum(axis=3, keepdims=True)
                np.divide(now, total, now)
                logs += np.log(total)
            before = now
        self._done = end

    def likelihood(self) -> Reals:
        """Of each chain its log-likelihood, once the two ways have met."""
        last = self.meeting - 1
        forward, backward = self._seen[last, :, 0], self._seen[last, :, 1]
        shared = len(self._e) % 2  # the passage in the middle, which both ways have seen
        ahead = forward / self._e[last] if shared else forward @ self._step[:, 0]
        likelihood: Reals = np.log((ahead * backward).sum(axis=(1, 2))) + self._logs.sum(axis=(1, 2, 3))
        return likelihood

    def marginals(self, chain: int) -> Floats:
        """The probabilities of each passage's label, once the chain has gone all the way."""
        joint: Reals = self._seen[:, chain, 0, 0] * self._seen[::-1, chain, 1, 0]
        joint /= self._e
        joint /= joint.sum(axis=1, keepdims=True)
        return joint.astype(np.float32)


def count(
    sequences: Sequence[tuple[Ints, Ints, bool]],
    family: Ints,
    jump: float = 1e-4,
    skip: float = 5e-3,
    stray: float = 0.5,
) -> Chains:
    """Chains from labelled sequences: labels, segment numbers, and whether the sequence follows the form's order.

    `skip` is the share of steps that leave out one or two fields, `jump` of those that go anywhere. Labels of one
    `family` (the fields of one form) stand together: in the free chain only the share `stray` of steps leads to another.
    """
    labels = len(family)
    follow = np.zeros((labels, labels))
    stay, leave, frequency = np.ones(labels), np.full(labels, 0.3), np.full(labels, 0.5)
    start, end = np.zeros(labels), np.full(labels, 0.5)
    for label, segment, in_order in sequences:
        change = segment[1:] != segment[:-1]
        np.add.at(stay, label[1:][~change], 1)
        np.add.at(leave, label[:-1][change], 1)
        np.add.at(frequency, label[1:][change], 1)
        frequency[label[0]] += 1
        if in_order:
            np.add.at(follow, (label[:-1][change], label[1:][change]), 1)
            start[label[0]] += 1
            end[label[-1]] += 1
    anywhere = frequency / frequency.sum()
    p = follow / np.maximum(follow.sum(axis=1, keepdims=True), 1)
    ordered = (1 - skip - jump) * p + skip * (0.7 * p @ p + 0.3 * p @ p @ p) + jump * anywhere
    ordered /= ordered.sum(axis=1, keepdims=True)
    near = np.where(family[:, None] == family, anywhere, 0.0)
    near /= near.sum(axis=1, keepdims=True)
    free = (1 - stray) * near + stray * anywhere
    free[family < 0] = anywhere
    remain = (stay / (stay + leave))[:, None]
    steps = [np.diag(remain[:, 0]) + (1 - remain) * move for move in (ordered, free)]
    starts = [0.95 * start / max(start.sum(), 1) + 0.05 * anywhere, anywhere]
    ends = [end / end.sum(), np.full(labels, 1 / labels)]
    return Chains(*(np.stack(x).astype(np.float32) for x in (starts, steps, ends)))
