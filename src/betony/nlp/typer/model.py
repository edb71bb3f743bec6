"""The trained typer: load it, give it passages, get the probability of each type for each."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import context
from .chains import Chains
from .corpus import OWN
from .features import N_MEASURES, Features, Floats, extract
from .linear import Table, softmax
from .one_core import on_one_core
from .passages import Passage

FORMAT = 1
_KNOWN_AT_MOST = 5_000
"""Headings that are remembered with what is made of them, at some 1,100 bytes each."""
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


class Heading(NamedTuple):
    """What the first look makes of a heading's words."""

    scores: Floats
    probabilities: Floats
    measures: Floats
    tells: bool
    """It makes a label so probable that what stands below is told by it."""


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
    known: dict[str, Heading] = field(default_factory=dict, repr=False, compare=False)
    """The headings that it has met."""

    def read(self, passages: Sequence[Passage], title: str = "") -> Reading:
        """The probability of each type for each passage."""
        if not passages:
            return Reading(np.zeros((0, len(self.types)), np.float32), 0.0)
        with on_one_core():
            z = context.scores(self.network, self.inputs(passages, title))
            self._lean(z, passages)
            fields = np.array([not label.startswith(OWN) for label in self.labels])
            marginals, ordered = self.chains.read(z, fields)
            strange = float(marginals[:, ~fields].sum(axis=1).mean())
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

    def inputs(self, passages: Sequence[Passage], title: str) -> Floats:
        """What the second look is given of each passage."""
        prose = [p.text for p in passages if not p.is_heading]
        paths = {p.headings for p in passages}
        headings = {heading for path in paths for heading in path} | {p.text for p in passages if p.is_heading}
        new = self._unheard(headings)
        scores = np.zeros((0, len(self.labels)), np.float32)
        measures = np.zeros((0, N_MEASURES), np.float32)
        if prose or new:
            of_prose, of_new = extract([*prose, *new], title, compared=len(prose)).cut(len(prose))
            if prose:
                scores, measures = self.words.scores(of_prose), of_prose.measures
            if new:
                self._hear(new, of_new)
        return assemble(passages, scores, measures, {text: self.known[text] for text in headings})

    def _unheard(self, headings: set[str]) -> list[str]:
        """Those that are not remembered; publishers use the same ones again and again."""
        new = sorted(heading for heading in headings if heading not in self.known)
        if len(self.known) + len(new) > _KNOWN_AT_MOST:
            self.known.clear()
            new = sorted(headings)
        return new

    def _hear(self, headings: Sequence[str], features: Features) -> None:
        """Remember what the first look says of the headings."""
        scores = self.heading_words.scores(features)
        p = softmax(scores)
        tells = (p.max(axis=1) >= _TELLING).tolist()
        self.known.update(zip(headings, map(Heading, scores, p, features.measures, tells), strict=True))

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


_HEADINGS = attrgetter("headings")
_TELLING = 0.4
"""So probable must a heading make a label to be looked at: `Visiting` says nothing of what stands below."""


def assemble(passages: Sequence[Passage], scores: Floats, measures: Floats, heard: Mapping[str, Heading]) -> Floats:
    """The second look's inputs, from the first look's scores and measures of the prose and of the headings."""
    n, labels = len(passages), scores.shape[1]
    inner = outer = np.zeros((n, labels), np.float32)
    flags = np.zeros((n, context.N_FLAGS), np.float32)
    if heard:
        paths: dict[tuple[str, ...], int] = {}
        path_of: list[int] = []
        for path, run in groupby(passages, _HEADINGS):
            path_of += [paths.setdefault(path, len(paths))] * len(list(run))
        of_own, of_above = np.zeros((2, len(paths), labels), np.float32)
        told = np.zeros(len(paths), bool)
        for path, i in paths.items():
            if path and heard[path[-1]].tells:
                told[i], of_own[i] = True, heard[path[-1]].probabilities
                if above := [heard[heading].probabilities for heading in path[:-1]]:
                    of_above[i] = above[0] if len(above) == 1 else sum(above) / np.float32(len(above))
        inner, outer, flags[:, 0] = of_own[path_of], of_above[path_of], told[path_of]
        shown = [heard[passage.text] for passage in passages if passage.is_heading]
        where = np.array([passage.is_heading for passage in passages])
        scores = _placed(where, [heading.scores for heading in shown], scores)
        measures = _placed(where, [heading.measures for heading in shown], measures)
        flags[where, 1:] = 1
    return context.inputs(scores, measures, inner, outer, flags)


def _placed(where: NDArray[np.bool_], rows: Sequence[Floats], others: Floats) -> Floats:
    """The rows at the places where `where` is true, between them the others."""
    out = np.empty((len(where), others.shape[1]), np.float32)
    if rows:
        out[where] = rows
    out[~where] = others
    return out
