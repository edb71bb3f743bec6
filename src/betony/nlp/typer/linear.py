"""The first look: a softmax over hashed features of one passage. Sparse AdaGrad; the same input, the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from thinc.backends import NumpyOps

from .features import SIZE, Features, Floats, Ids, Ints


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of the features that are known; row 0 is for every passage (its bias)."""

    keys: Ids
    """The known features in ascending order; their weights stand in rows 1, 2, …"""
    weights: Floats
    """Rows × labels."""
    places: Ids
    """Of each feature its row, 0 where it is not known."""

    @classmethod
    def of(cls, keys: Ids, weights: Floats) -> Table:
        places = np.zeros(SIZE, np.int32)
        places[keys] = np.arange(1, len(keys) + 1)
        return cls(keys, weights, places)

    def scores(self, features: Features) -> Floats:
        """Of each passage the score of each label: the same to the last bit, whatever stands beside it."""
        rows, offsets = select(features.ids, features.offsets, self.places)
        return sums(self.weights, rows, offsets)


def sums(weights: Floats, rows: Ids, offsets: Ints) -> Floats:
    """Of each passage the sum of its features' weights over the root of their number."""
    total = _runs(weights, rows, offsets)
    total /= np.sqrt(np.diff(offsets), dtype=np.float32)[:, None]
    return total


def _runs(matrix: Floats, rows: NDArray[np.integer], offsets: Ints) -> Floats:
    """The sum of the matrix's rows over each run of row numbers; none is empty."""
    counts = np.diff(offsets).astype(np.int32)
    out = np.empty((len(counts), matrix.shape[1]), np.float32)
    begin = 0
    while begin < len(counts):
        end = max(int(np.searchsorted(offsets, offsets[begin] + _FETCHED, side="right")) - 1, begin + 1)
        fetched = matrix.take(rows[offsets[begin] : offsets[end]], axis=0)
        out[begin:end] = _OPERATIONS.reduce_sum(fetched, counts[begin:end])
        begin = end
    return out


_OPERATIONS = NumpyOps()
"""Thinc's, compiled: `np.add.reduceat` adds up rows ten to thirty times more slowly."""
_FETCHED = 8_000
"""Rows at once: some two megabytes, so that a long document does not fill the memory."""


def softmax(scores: Floats) -> Floats:
    out: Floats = np.exp(scores - scores.max(axis=1, keepdims=True))
    out /= out.sum(axis=1, keepdims=True)
    return out


def select(ids: Ids, offsets: Ints, places: Ids) -> tuple[Ids, Ints]:
    """Features as rows of a table, the unknown ones left out; each passage has row 0 once."""
    place = places.take(ids)
    known = place > 0
    counts = np.add.reduceat(known.astype(np.int64), offsets[:-1]) + 1
    begins = np.zeros(len(offsets), np.int64)
    np.cumsum(counts, out=begins[1:])
    free = np.ones(begins[-1], bool)
    free[begins[:-1]] = False
    out = np.zeros(begins[-1], np.int32)
    out[free] = place[known]
    return out, begins


@dataclass(frozen=True, slots=True)
class Settings:
    """What shapes the training of a first look; `training.cfg` gives the values and their meaning."""

    epochs: int
    rate: float
    decay: float
    drop: float
    batch: int
    least_groups: int
    at_most: int


def train(
    documents: Sequence[Features],
    groups: Sequence[int],
    targets: NDArray[np.int64],
    row_weights: Floats,
    labels: int,
    settings: Settings,
    seed: int,
) -> Table:
    """Weights by AdaGrad over mini-batches; `targets` and `row_weights` of all passages, document after document."""
    keys = _common(documents, groups, settings)
    places = Table.of(keys, np.zeros((0, 0), np.float32)).places
    chosen = [select(d.ids, d.offsets, places) for d in documents]
    rows = np.concatenate([r for r, _ in chosen])
    counts = np.concatenate([np.diff(o) for _, o in chosen])
    offsets = np.concatenate([[0], np.cumsum(counts)])
    random = np.random.default_rng(seed)
    weights = np.zeros((len(keys) + 1, labels), np.float32)
    squares = np.full(len(keys) + 1, 1e-3, np.float32)
    for _ in range(settings.epochs):
        for batch in _batches(random.permutation(len(targets)), settings.batch):
            x, begins = _drop(*_take(rows, offsets, batch), settings.drop, random)
            error = softmax(sums(weights, x, begins))
            error[np.arange(len(batch)), targets[batch]] -= 1
            n = np.diff(begins)
            error *= (row_weights[batch] / np.sqrt(n))[:, None].astype(np.float32)
            order = np.argsort(x, kind="stable")
            x = x[order]
            first = np.flatnonzero(np.concatenate([[True], x[1:] != x[:-1]]))
            where = x[first]
            gradient = _runs(error, np.repeat(np.arange(len(batch)), n)[order], np.append(first, len(x)))
            gradient += np.float32(settings.decay) * weights[where]
            squares[where] += (gradient * gradient).mean(axis=1)
            weights[where] -= np.float32(settings.rate) * gradient / np.sqrt(squares[where])[:, None]
    return Table.of(keys, weights)


def _common(documents: Sequence[Features], groups: Sequence[int], settings: Settings) -> Ids:
    """The features that stand in the documents of enough groups, the most widespread first if there are too many."""
    seen = np.zeros(SIZE, np.int32)
    for group in sorted(set(groups)):
        mine = np.zeros(SIZE, bool)
        for document, its_group in zip(documents, groups, strict=True):
            if its_group == group:
                mine[document.ids] = True
        seen += mine
    order = np.argsort(-seen, kind="stable")[: settings.at_most]
    return np.sort(order[seen[order] >= settings.least_groups]).astype(np.int32)


def _take(rows: Ids, offsets: Ints, which: Ints) -> tuple[Ids, Ints]:
    counts = (offsets[1:] - offsets[:-1])[which]
    begins = np.concatenate([[0], np.cumsum(counts)])
    return rows[np.arange(begins[-1]) + np.repeat(offsets[which] - begins[:-1], counts)], begins


def _drop(rows: Ids, offsets: Ints, share: float, random: np.random.Generator) -> tuple[Ids, Ints]:
    keep = random.random(len(rows), dtype=np.float32) >= share
    keep[offsets[:-1]] = True
    counts = np.add.reduceat(keep.astype(np.int64), offsets[:-1])
    return rows[keep], np.concatenate([[0], np.cumsum(counts)])


def _batches(order: Ints, size: int) -> Iterator[Ints]:
    for at in range(0, len(order), size):
        yield np.sort(order[at : at + size])
