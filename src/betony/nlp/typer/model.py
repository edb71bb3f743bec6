"""The trained typer: load it, give it passages, get the probability of each type for each."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import context
from .chains import Chains
from .corpus import OWN
from .features import N_MEASURES, Floats, extract
from .heard import NONE, Heard
from .linear import Table
from .one_core import on_one_core
from .passages import Passage

FORMAT = 1
HINT = 3.0
"""What a hint adds to a label's score, passage by passage: twenty to one for it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the typer makes of a document."""

    probabilities: Floats
    """Passages × types."""
    ordered: float
    """How far the document follows the order of the form that the typer has learned (0 to 1)."""
    strange: float = 0.0
    """How much of it is like no field of that form (0 to 1)."""


@dataclass(frozen=True, slots=True)
class Typer:
    """Words, then neighbours, then the whole sequence."""

    labels: tuple[str, ...]
    """The latent labels: fields of forms, finer than the types."""
    types: tuple[str, ...]
    type_of: NDArray[np.int64]
    """Of each label the position of its type."""
    words: Table
    heading_words: Table
    network: context.Params
    chains: Chains
    temperature: float = 1.0
    """The power that the marginals are raised to, so that they say how often they are right."""
    threshold: float = 0.0
    """A passage whose best type is less probable should be `other`."""
    card: dict[str, object] = field(default_factory=dict)
    heard: Heard = field(init=False, repr=False, compare=False)
    """The headings that it has met."""
    of_forms: NDArray[np.bool_] = field(init=False, repr=False, compare=False)
    """Of each label whether it is a field of a form."""
    first: tuple[context.First, context.First] = field(init=False, repr=False, compare=False)
    """The network's weights of what it is given: of the hidden units, and of what skips them."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "heard", Heard(len(self.labels)))
        object.__setattr__(self, "of_forms", np.array([not label.startswith(OWN) for label in self.labels]))
        first = tuple(context.First.of(self.network[name], len(self.labels)) for name in ("in_w", "skip_w"))
        object.__setattr__(self, "first", first)

    def read(self, passages: Sequence[Passage], title: str = "") -> Reading:
        """The probability of each type for each passage."""
        if not passages:
            return Reading(np.zeros((0, len(self.types)), np.float32), 0.0)
        with on_one_core():
            z = context.scores(self.network, *self.first, self.inputs(passages, title))
            self._lean(z, passages)
            marginals, ordered = self.chains.read(z, self.of_forms)
            strange = float(marginals[:, ~self.of_forms].sum(axis=1).mean())
            return Reading(self.calibrated(self.pool(marginals)), ordered, strange)

    def _lean(self, z: Floats, passages: Sequence[Passage]) -> None:
        """Raise the scores of the labels that a hint speaks for: a strong prior that clear content can outvote."""
        for i, passage in enumerate(passages):
            if passage.hint is not None:
                z[i, self.type_of == self.types.index(passage.hint)] += HINT

    def pool(self, marginals: Floats) -> Floats:
        """The probabilities of labels, summed to types."""
        return marginals @ np.eye(len(self.types), dtype=np.float32)[self.type_of]

    def calibrated(self, p: Floats) -> Floats:
        p = np.maximum(p, 1e-9) ** np.float32(self.temperature)
        calibrated: Floats = p / p.sum(axis=1, keepdims=True)
        return calibrated

    def inputs(self, passages: Sequence[Passage], title: str) -> context.Seen:
        """What the second look is given of each passage."""
        prose = [p.text for p in passages if not p.is_heading]
        paths = {p.headings for p in passages}
        new = self.heard.new(
            {heading for path in paths for heading in path} | {p.text for p in passages if p.is_heading}
        )
        scores = np.zeros((0, len(self.labels)), np.float32)
        measures = np.zeros((0, N_MEASURES), np.float32)
        if prose or new:
            of_prose, of_new = extract([*prose, *new], title, compared=len(prose)).cut(len(prose))
            if prose:
                scores, measures = self.words.scores(of_prose), of_prose.measures
            if new:
                self.heard.remember(new, self.heading_words.scores(of_new), of_new.measures)
        return assemble(passages, scores, measures, self.heard)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model as one .npz without pickles; the same model, the same bytes."""
        arrays: dict[str, Any] = {
            "start": self.chains.start.astype(np.float32),
            "step": self.chains.step.astype(np.float32),
            "end": self.chains.end.astype(np.float32),
        }
        for name, table in (("words", self.words), ("heading_words", self.heading_words)):
            scale = np.maximum(np.abs(table.weights).max(axis=1), 1e-8) / 127
            arrays[f"{name}.keys"] = np.diff(table.keys, prepend=0).astype(np.uint32)
            arrays[f"{name}.scale"] = scale.astype(np.float16)
            arrays[f"{name}.weights"] = np.round(table.weights / scale[:, None]).astype(np.int8)
        arrays |= {f"network.{k}": v.astype(np.float16) for k, v in self.network.items()}
        meta = {
            "format": FORMAT,
            "labels": self.labels,
            "types": self.types,
            "type_of": self.type_of.tolist(),
            "temperature": self.temperature,
            "threshold": self.threshold,
            "card": self.card,
        }
        arrays["meta"] = np.frombuffer(json.dumps(meta, sort_keys=True).encode(), np.uint8)
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        Path(path).write_bytes(buffer.getvalue())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Typer:
        with np.load(path, allow_pickle=False) as arrays:
            meta = json.loads(arrays["meta"].tobytes())
            if meta["format"] != FORMAT:
                raise ValueError(f"{path} is in format {meta['format']}; this version reads {FORMAT}")
            tables = []
            for name in ("words", "heading_words"):
                weights = arrays[f"{name}.weights"].astype(np.float32)
                weights *= arrays[f"{name}.scale"].astype(np.float32)[:, None]
                tables.append(Table.of(np.cumsum(arrays[f"{name}.keys"]).astype(np.int32), weights))
            network = {
                k.removeprefix("network."): arrays[k].astype(np.float32) for k in arrays if k.startswith("network.")
            }
            return cls(
                labels=tuple(meta["labels"]),
                types=tuple(meta["types"]),
                type_of=np.array(meta["type_of"]),
                words=tables[0],
                heading_words=tables[1],
                network=network,
                chains=Chains(arrays["start"], arrays["step"], arrays["end"]),
                temperature=meta["temperature"],
                threshold=meta["threshold"],
                card=meta["card"],
            )


def assemble(passages: Sequence[Passage], scores: Floats, measures: Floats, heard: Heard) -> context.Seen:
    """The second look's inputs, from the first look's scores and measures of the prose and what it has heard in the headings."""
    paths: dict[tuple[str, ...], int] = {}
    path_of = np.array([paths.setdefault(passage.headings, len(paths)) for passage in passages])
    own = np.array([heard.rows[path[-1]] if path else NONE for path in paths])
    told = heard.tells[own]
    own[~told] = NONE
    is_heading = np.array([passage.is_heading for passage in passages])
    shown = [heard.rows[passage.text] for passage in passages if passage.is_heading]
    flags = np.zeros((len(passages), context.N_FLAGS), np.float32)
    flags[:, 0], flags[:, 1:] = told[path_of], is_heading[:, None]
    return context.seen(
        _placed(is_heading, heard.scores[shown], scores),
        _placed(is_heading, heard.measures[shown], measures),
        flags,
        heard.probabilities[own],
        _said_above(paths, told.tolist(), heard),
        path_of,
    )


def _said_above(paths: Collection[tuple[str, ...]], told: Sequence[bool], heard: Heard) -> Floats:
    """The mean of what the headings above the last one of each path say, where that one tells anything."""
    above = [path[:-1] if tells else () for path, tells in zip(paths, told, strict=True)]
    total = np.zeros((len(above), heard.probabilities.shape[1]), np.float32)
    for depth in range(max(map(len, above))):
        total += heard.probabilities[[heard.rows[path[depth]] if depth < len(path) else NONE for path in above]]
    total /= np.array([max(len(path), 1) for path in above], np.float32)[:, None]
    return total


def _placed(where: NDArray[np.bool_], rows: Floats, others: Floats) -> Floats:
    """The rows at the places where `where` is true, between them the others."""
    out = np.empty((len(where), others.shape[1]), np.float32)
    out[where] = rows
    out[~where] = others
    return out
