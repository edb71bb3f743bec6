"""The second look: each passage again, with what the first look said of its neighbours and of the whole document.

A small residual network of dilated convolutions over the passages of a document. It sees no words, only the first
look's scores, those of the headings above and a few measures of shape, and therefore nothing of one document's wording
or of its place in the file.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .features import N_MEASURES, Floats
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
    p = softmax(scores)
    return np.concatenate(
        [np.maximum(np.log(p + 1e-9), -8) / 4, p, measures, inner, outer, flags], axis=1, dtype=np.float32
    )


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


def scores(p: Params, x: Floats) -> Floats:
    """The scores of each passage's labels."""
    return forward(p, x)[0]


def forward(p: Params, x: Floats, random: np.random.Generator | None = None, drop: float = 0.0) -> tuple[Floats, Trace]:
    h = x @ p["in_w"]
    h += p["in_b"]
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
        around = _spread(seen, dilation)
        a: Floats = around @ p[f"conv{i}_w"]
        a += p[f"conv{i}_b"]
        np.maximum(a, 0, out=a)
        steps.append((around, a, mask))
        now = now + a
    z = now @ p["out_w"] + x @ p["skip_w"] + p["out_b"]
    return z, Trace(x, h, pooled, steps, now)


def backward(p: Params, trace: Trace, dz: Floats, gradient: Params) -> None:
    """Add to `gradient` what the scores' gradient `dz` means for each parameter."""
    gradient["out_w"] += trace.last.T @ dz
    gradient["skip_w"] += trace.x.T @ dz
    gradient["out_b"] += dz.sum(axis=0)
    dh: Floats = dz @ p["out_w"].T
    hidden = dh.shape[1]
    for i in range(len(DILATIONS) - 1, -1, -1):
        around, a, mask = trace.steps[i]
        da = dh * (a > 0)
        gradient[f"conv{i}_w"] += around.T @ da
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
