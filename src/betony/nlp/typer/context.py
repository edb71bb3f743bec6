"""The second look: each passage again, with what the first look said of its neighbours and of the whole document.

A small residual network of dilated convolutions over the passages of a document. It sees no words, only the first
look's scores, those of the headings above and a few measures of shape, and therefore nothing of one document's wording
or of its place in the file.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .features import N_MEASURES, Floats, Ints
from .linear import softmax

Params = dict[str, Floats]

OFFSETS = (-2, -1, 0, 1, 2)
DILATIONS = (1, 3, 9)
N_FLAGS = 3


def width(labels: int) -> int:
    """How many inputs a passage has."""
    return 4 * labels + N_MEASURES + N_FLAGS


def inputs(scores: Floats, measures: Floats, inner: Floats, outer: Floats, flags: Floats) -> Floats:
    """The inputs: first look, headings (rows of zeros where there is none), shape."""
    return np.concatenate([*_likely(scores), measures, inner, outer, flags], axis=1, dtype=np.float32)


class Seen(NamedTuple):
    """The inputs of a document, what its passages share but once."""

    own: Floats
    """Of each passage what is its own: first look, shape, flags."""
    over: Floats
    """What the headings above say: a row for each path of headings."""
    path_of: Ints
    """Of each passage the row of its path."""


def seen(scores: Floats, measures: Floats, flags: Floats, inner: Floats, outer: Floats, path_of: Ints) -> Seen:
    """The same inputs; `inner` and `outer` have a row for each path of headings."""
    own = np.concatenate([*_likely(scores), measures, flags], axis=1, dtype=np.float32)
    return Seen(own, np.concatenate([inner, outer], axis=1, dtype=np.float32), path_of)


def _likely(scores: Floats) -> tuple[Floats, Floats]:
    """How likely the first look makes each label, as a logarithm and as it is."""
    p = softmax(scores)
    return np.maximum(np.log(p + 1e-9), -8) / 4, p


def initial(labels: int, hidden: int, random: np.random.Generator) -> Params:
    def matrix(rows: int, columns: int, gain: float) -> Floats:
        values: Floats = (random.standard_normal((rows, columns)) * gain * np.sqrt(2 / rows)).astype(np.float32)
        return values

    n_in = width(labels)
    p: Params = {
        "in_w": matrix(n_in, hidden, 1.3),
        "in_b": np.zeros(hidden, np.float32),
        "doc_w": matrix(2 * hidden, hidden, 0.5),
        "out_w": matrix(hidden, labels, 0.5),
        "skip_w": np.zeros((n_in, labels), np.float32),
        "out_b": np.zeros(labels, np.float32),
    }
    for i in range(len(DILATIONS)):
        p[f"conv{i}_w"] = matrix(len(OFFSETS) * hidden, hidden, 0.7)
        p[f"conv{i}_b"] = np.zeros(hidden, np.float32)
    return p


class Trace(NamedTuple):
    """What a forward pass leaves for the backward pass."""

    x: Floats
    h: Floats
    pooled: Floats
    steps: list[tuple[Floats, Floats, Floats | None]]
    last: Floats


class First(NamedTuple):
    """Weights of the inputs, as the fields of `Seen` have them."""

    own: Floats
    over: Floats

    @classmethod
    def of(cls, weights: Floats, labels: int) -> First:
        begin, end = 2 * labels + N_MEASURES, 4 * labels + N_MEASURES
        return cls(np.concatenate([weights[:begin], weights[end:]]), np.ascontiguousarray(weights[begin:end]))

    def sums(self, seen: Seen) -> Floats:
        """The inputs of each passage, weighed."""
        total = _product(seen.own, self.own)
        total += _product(seen.over, self.over)[seen.path_of]
        return total


def _product(rows: Floats, weights: Floats) -> Floats:
    """The matrix product, so many columns at a time."""
    total: Floats = rows[:, :_AT_ONCE] @ weights[:_AT_ONCE]
    for begin in range(_AT_ONCE, rows.shape[1], _AT_ONCE):
        total += rows[:, begin : begin + _AT_ONCE] @ weights[begin : begin + _AT_ONCE]
    return total


_AT_ONCE = 96
"""Columns: in many a process products of more take twice to three times as long, for OpenBLAS goes through all of them
again and again, and they no longer fit the processor's nearest memory."""


def scores(p: Params, into: First, past: First, seen: Seen) -> Floats:
    """The scores of each passage's labels; `into` are the weights of the hidden units, `past` of what skips them."""
    return _beyond(p, into.sums(seen) + p["in_b"], past.sums(seen))[0]


def forward(p: Params, x: Floats, random: np.random.Generator | None = None, drop: float = 0.0) -> tuple[Floats, Trace]:
    """The scores of each passage's labels, and what the backward pass needs."""
    z, steps = _beyond(p, x @ p["in_w"] + p["in_b"], x @ p["skip_w"], random, drop)
    return z, Trace(x, *steps)


def _beyond(
    p: Params, h: Floats, skipped: Floats, random: np.random.Generator | None = None, drop: float = 0.0
) -> tuple[Floats, tuple[Floats, Floats, list[tuple[Floats, Floats, Floats | None]], Floats]]:
    """The scores, from what the first layer gives (changed in place), and all but the first field of a Trace."""
    np.maximum(h, 0, out=h)
    pooled = np.concatenate([h.mean(axis=0), h.max(axis=0)], dtype=np.float32)
    now: Floats = h + pooled @ p["doc_w"]
    steps: list[tuple[Floats, Floats, Floats | None]] = []
    for i, dilation in enumerate(DILATIONS):
        mask: Floats | None = None
        seen: Floats = now
        if random is not None and drop:
            mask = (random.random(now.shape, dtype=np.float32) >= drop).astype(np.float32) / np.float32(1 - drop)
            seen = now * mask
        a = _convolved(seen, p[f"conv{i}_w"], dilation)
        a += p[f"conv{i}_b"]
        np.maximum(a, 0, out=a)
        steps.append((seen, a, mask))
        now = now + a
    z: Floats = now @ p["out_w"]
    z += skipped
    z += p["out_b"]
    return z, (h, pooled, steps, now)


def backward(p: Params, trace: Trace, dz: Floats, gradient: Params) -> None:
    """Add to `gradient` what the scores' gradient `dz` means for each parameter."""
    gradient["out_w"] += trace.last.T @ dz
    gradient["skip_w"] += trace.x.T @ dz
    gradient["out_b"] += dz.sum(axis=0)
    dh: Floats = dz @ p["out_w"].T
    hidden = dh.shape[1]
    for i in range(len(DILATIONS) - 1, -1, -1):
        seen, a, mask = trace.steps[i]
        da = dh * (a > 0)
        gradient[f"conv{i}_w"] += _spread(seen, DILATIONS[i]).T @ da
        gradient[f"conv{i}_b"] += da.sum(axis=0)
        back = _gather(da @ p[f"conv{i}_w"].T, DILATIONS[i], hidden)
        dh = dh + (back if mask is None else back * mask)
    d_shared = dh.sum(axis=0)
    gradient["doc_w"] += np.outer(trace.pooled, d_shared)
    d_pooled = p["doc_w"] @ d_shared
    dh = dh + d_pooled[:hidden] / np.float32(len(dh))
    dh[trace.h.argmax(axis=0), np.arange(hidden)] += d_pooled[hidden:]
    dh *= trace.h > 0
    gradient["in_w"] += trace.x.T @ dh
    gradient["in_b"] += dh.sum(axis=0)


def _convolved(h: Floats, weights: Floats, dilation: int) -> Floats:
    """What each row and its neighbours at OFFSETS × dilation add up to, weighed; beyond the ends are zeros. A product for each
    neighbour, for the same reason as `_AT_ONCE`."""
    n, hidden = h.shape
    total: Floats = np.zeros((n, hidden), np.float32)
    for offset, own in zip(OFFSETS, weights.reshape(len(OFFSETS), hidden, hidden), strict=True):
        k = offset * dilation
        if abs(k) < n:
            total[max(-k, 0) : n - max(k, 0)] += h[max(k, 0) : n - max(-k, 0)] @ own
    return total


def _spread(h: Floats, dilation: int) -> Floats:
    """Beside each row its neighbours at OFFSETS × dilation; beyond the ends zeros."""
    n, hidden = h.shape
    out = np.empty((n, len(OFFSETS), hidden), np.float32)
    for i, offset in enumerate(OFFSETS):
        k = min(max(offset * dilation, -n), n)
        first, last = max(-k, 0), n - max(k, 0)
        out[first:last, i] = h[first + k : last + k]
        out[:first, i] = out[last:, i] = 0
    return out.reshape(n, len(OFFSETS) * hidden)


def _gather(d: Floats, dilation: int, hidden: int) -> Floats:
    """The transpose of `_spread`."""
    n = len(d)
    out = np.zeros((n, hidden), np.float32)
    for i, offset in enumerate(OFFSETS):
        k = offset * dilation
        if abs(k) < n:
            out[max(k, 0) : n - max(-k, 0)] += d[max(-k, 0) : n - max(k, 0), i * hidden : (i + 1) * hidden]
    return out


class Adam:
    """Adam with decoupled decay; the gradient is clipped to a norm of 5."""

    def __init__(self, p: Params, decay: float) -> None:
        self._decay, self._t = np.float32(decay), 0
        self._m = {k: np.zeros_like(v) for k, v in p.items()}
        self._v = {k: np.zeros_like(v) for k, v in p.items()}

    def step(self, p: Params, gradient: Params, rate: float) -> None:
        self._t += 1
        norm = np.sqrt(sum(float((g * g).sum()) for g in gradient.values()))
        clip = np.float32(min(1.0, 5.0 / (norm + 1e-9)))
        first, second = np.float32(1 - 0.9**self._t), np.float32(1 - 0.99**self._t)
        for k in p:
            g = gradient[k] * clip
            m, v = self._m[k], self._v[k]
            m += np.float32(0.1) * (g - m)
            v += np.float32(0.01) * (g * g - v)
            p[k] -= np.float32(rate) * (m / first / (np.sqrt(v / second) + np.float32(1e-8)) + self._decay * p[k])
