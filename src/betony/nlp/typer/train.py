"""Learning the typer from labelled documents: first look, second look, chains. Fixed seeds; the same data, the same bytes."""

from __future__ import annotations

import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from . import chains as chain_module
from . import context, linear, madeup
from .chains import FREE, ORDERED, Chains
from .corpus import OWN, TITLE, Example, Variation, folds
from .features import Features, Floats, Ints, extract
from .linear import Table, softmax
from .model import Typer
from .one_core import on_one_core

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that shapes the training; `training.cfg` gives the values and their meaning."""

    seed: int
    words: linear.Settings
    heading_words: linear.Settings
    inner_folds: int
    balance: float
    own: float
    hidden: int
    epochs: int
    warm: float
    local: float
    rate: float
    decay: float
    drop: float
    batch: int
    variation: Variation


@dataclass(slots=True)
class _Sample:
    """A document while learning: its rows once, in the order of its segments."""

    example: Example
    features: Features
    label: Ints
    segment: Ints
    weight: Floats
    first: Ints
    """Row where each segment begins, and where the last ends."""
    fold: int = 0
    group_weight: float = 1.0
    scores: Floats = field(default_factory=lambda: np.zeros((0, 0), np.float32))

    def rows(self, segment: int) -> slice:
        return slice(int(self.first[segment]), int(self.first[segment + 1]))


@on_one_core()
def fit(examples: Sequence[Example], settings: Settings, log: Log = lambda _: None) -> Typer:
    """A typer that has learned from the examples; its probabilities as they come, and no threshold."""
    labels, types, type_of = _labels(examples)
    samples = [_sample(example, labels) for example in examples]
    _balance(samples, settings)
    log(f"{len(samples)} documents, {sum(len(s.label) for s in samples)} passages, {len(labels)} labels")
    words = _first_look(samples, len(labels), settings, log)
    headings = _Headings(labels, settings)
    chains = chain_module.count([(s.label, s.segment, s.example.in_order) for s in samples], _families(labels))
    network = _second_look(samples, len(labels), headings, chains, settings, log)
    return Typer(labels, types, type_of, words, headings.table, network, chains)


def _labels(examples: Sequence[Example]) -> tuple[tuple[str, ...], tuple[str, ...], Ints]:
    type_by_label = {s.label: s.type for e in examples for s in e.segments}
    labels = tuple(sorted(type_by_label, key=lambda name: (name != TITLE, name)))
    types = tuple(sorted(set(type_by_label.values())))
    return labels, types, np.array([types.index(type_by_label[name]) for name in labels])


def _families(labels: Sequence[str]) -> Ints:
    """The form's fields, our own sections, and the title, which stands with either."""
    return np.array([-1 if name == TITLE else int(name.startswith(OWN)) for name in labels])


def _sample(example: Example, labels: Sequence[str]) -> _Sample:
    sizes = np.array([len(s.lines) for s in example.segments])
    number = {name: i for i, name in enumerate(labels)}
    return _Sample(
        example,
        extract([line for s in example.segments for line in s.lines], example.title),
        np.repeat(np.array([number[s.label] for s in example.segments]), sizes),
        np.repeat(np.arange(len(sizes)), sizes),
        np.repeat([_weight(size) for size in sizes], sizes).astype(np.float32),
        np.concatenate([[0], np.cumsum(sizes)]),
    )


def _weight(size: int) -> float:
    """What a passage of a section of so many counts."""
    return float(np.clip(2 / np.sqrt(size), 0.2, 2))


def _balance(samples: Sequence[_Sample], settings: Settings) -> None:
    of_group = Counter(s.example.group for s in samples)
    weights = [
        of_group[s.example.group] ** -settings.balance * (settings.own if s.example.made_up else 1) for s in samples
    ]
    mean = sum(weights) / len(weights)
    for sample, weight in zip(samples, weights, strict=True):
        sample.group_weight = weight / mean


def _first_look(samples: Sequence[_Sample], labels: int, settings: Settings, log: Log) -> Table:
    """Train it on all; and give each sample the scores of one that was trained without the sample's group."""
    for sample, its_fold in zip(samples, folds([s.example.group for s in samples], settings.inner_folds), strict=True):
        sample.fold = its_fold
    for fold in range(settings.inner_folds):
        table = _table([s for s in samples if s.fold != fold], labels, settings)
        for sample in samples:
            if sample.fold == fold:
                sample.scores = table.scores(sample.features)
        log(f"first look without part {fold}: {len(table.keys)} features")
    return quantised(_table(samples, labels, settings))


def _table(samples: Sequence[_Sample], labels: int, settings: Settings) -> Table:
    groups = {name: i for i, name in enumerate(sorted({s.example.group for s in samples}))}
    return linear.train(
        [s.features for s in samples],
        [groups[s.example.group] for s in samples],
        np.concatenate([s.label for s in samples]),
        np.concatenate([s.weight * np.float32(s.group_weight) for s in samples]),
        labels,
        settings.words,
        settings.seed,
    )


def quantised(table: Table) -> Table:
    """The table as it will be after saving and loading: eight bits a weight."""
    scale = (np.maximum(np.abs(table.weights).max(axis=1), 1e-8) / 127)[:, None]
    return replace(table, weights=(np.round(table.weights / scale) * scale.astype(np.float16)).astype(np.float32))


class _Headings:
    """What the first look says of the headings' words: of the forms' own, and of others for the same that it has not seen."""

    parts = 4

    def __init__(self, labels: Sequence[str], settings: Settings) -> None:
        lists: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("headings.toml").read_text("utf-8"))
        lists |= {OWN + name: texts for name, texts in madeup.headings().items()}
        number = {name: i for i, name in enumerate(labels)}
        listed = {name for name in labels if name.startswith(OWN) and name in lists}
        pairs = [(name.removeprefix(OWN), number[name], -1) for name in labels if name != TITLE and name not in listed]
        for name in labels:
            pairs += [(text, number[name], i % self.parts) for i, text in enumerate(lists.get(name, []))]
        self.table = quantised(self._train(pairs, len(labels), settings))
        self.others: dict[int, list[Floats]] = defaultdict(list)
        for part in range(self.parts):
            table = self._train([p for p in pairs if p[2] != part], len(labels), settings)
            for text, label, its in pairs:
                if its == part:
                    self.others[label].append(table.scores(extract([text]))[0])
        self._known: dict[str, Floats] = {}

    def _train(self, pairs: Sequence[tuple[str, int, int]], labels: int, settings: Settings) -> Table:
        return linear.train(
            [extract([text]) for text, _, _ in pairs],
            list(range(len(pairs))),
            np.array([label for _, label, _ in pairs]),
            np.ones(len(pairs), np.float32),
            labels,
            settings.heading_words,
            settings.seed,
        )

    def scores(self, text: str) -> Floats:
        if text not in self._known:
            self._known[text] = self.table.scores(extract([text]))[0]
        return self._known[text]


def _second_look(
    samples: Sequence[_Sample], labels: int, headings: _Headings, chains: Chains, settings: Settings, log: Log
) -> context.Params:
    draw = random.Random(settings.seed)  # noqa: S311 - the order of training, no secret
    random_ = np.random.default_rng(settings.seed)
    p = context.initial(labels, settings.hidden, random_)
    adam = context.Adam(p, settings.decay)
    own = [s for s in samples if s.example.made_up]
    real = [s for s in samples if not s.example.made_up]
    steps = settings.epochs * (len(samples) // settings.batch)
    step = 0
    for epoch in range(settings.epochs):
        order = list(samples)
        draw.shuffle(order)
        loss = 0.0
        for at in range(0, len(order) - settings.batch + 1, settings.batch):
            gradient = {k: np.zeros_like(v) for k, v in p.items()}
            for sample in order[at : at + settings.batch]:
                others = real if sample.example.made_up else own
                x, label, weight, in_order = variant(sample, others, headings, settings.variation, draw)
                z, trace = context.forward(p, x, random_, settings.drop)
                q = softmax(z)
                if step >= steps * settings.warm:
                    which = ORDERED if in_order and sample.example.in_order else FREE
                    m = chains.marginals(z, which)
                    q = np.float32(1 - settings.local) * m + np.float32(settings.local) * q
                rows = np.arange(len(label))
                loss -= float(np.log(q[rows, label] + 1e-9) @ weight / weight.sum())
                q[rows, label] -= 1
                share = np.float32(settings.batch) * (weight.sum() / np.float32(sample.group_weight))
                context.backward(p, trace, q * (weight / share)[:, None], gradient)
            rate = settings.rate * min(1.0, (step + 1) / 100) * (1 - 0.95 * step / steps)
            adam.step(p, gradient, rate)
            step += 1
        log(f"second look, epoch {epoch + 1}: {loss / len(order):.4f}")
    return {k: v.astype(np.float16).astype(np.float32) for k, v in p.items()}


def variant(
    sample: _Sample, others: Sequence[_Sample], headings: _Headings, variation: Variation, draw: random.Random
) -> tuple[Floats, Ints, Floats, bool]:
    """The document in one of its forms: inputs, labels and weights of its passages, and whether the order is the form's.

    Sections of one of the `others` may be put among its own.
    """
    segments = sample.example.segments
    order, in_order = variation.arrange(len(segments), segments[0].label == TITLE, draw)
    chosen = [_Chosen(sample, i, sample, sample.rows(i)) for i in order]
    if sample.example.made_up:
        chosen = [_lent(its, others, draw) if draw.random() < variation.lent else its for its in chosen]
    if others and draw.random() < variation.mixed:
        in_order = False
        guest = draw.choice(others)
        able = [i for i, s in enumerate(guest.example.segments) if s.label != TITLE]
        for i in draw.sample(able, min(len(able), draw.randint(1, 4))):
            chosen.insert(draw.randint(1, len(chosen)), _Chosen(guest, i, guest, guest.rows(i)))
    mode = draw.choices(list(variation.headings), list(variation.headings.values()))[0]
    losing = mode != "none" and draw.random() < variation.lost
    with_outer = draw.random() < 0.4
    blank = np.zeros(sample.scores.shape[1], np.float32)
    rows = []
    for its in chosen:
        heading = over = None
        if mode != "none" and not (losing and draw.random() < 0.33):
            heading, over = _heading(its.sample, its.segment, headings, mode, variation, draw)
        rows.append(_rows(its, heading, over if with_outer else None, blank))
    own, measures, inner, outer, flags, label, weight = (np.concatenate(part) for part in zip(*rows, strict=True))
    return context.inputs(own, measures, inner, outer, flags), label, weight * np.float32(sample.group_weight), in_order


class _Chosen(NamedTuple):
    """A section of a variant: whose heading it has, and whose passages."""

    sample: _Sample
    segment: int
    words_of: _Sample
    rows: slice


_LENT = 12
"""Passages of another document's section that a made-up page may have in the place of its own."""


def _lent(its: _Chosen, others: Sequence[_Sample], draw: random.Random) -> _Chosen:
    """The section with passages of another document in its place, that are for the same; the heading stays."""
    wanted = its.sample.example.segments[its.segment].type
    for other in draw.sample(others, min(len(others), 4)):
        able = [i for i, s in enumerate(other.example.segments) if s.type == wanted and s.label != TITLE]
        if able:
            rows = other.rows(draw.choice(able))
            length = min(rows.stop - rows.start, draw.randint(1, _LENT))
            start = draw.randint(rows.start, rows.stop - length)
            return its._replace(words_of=other, rows=slice(start, start + length))
    return its


def _heading(
    sample: _Sample, i: int, headings: _Headings, mode: str, variation: Variation, draw: random.Random
) -> tuple[Floats | None, Floats | None]:
    """What the first look says of the section's heading and of the one above; now and then of another section's."""
    segments = sample.example.segments
    if segments[i].heading is None:
        return None, None
    shown = draw.randrange(len(segments)) if draw.random() < variation.misleading else i
    known = headings.others.get(int(sample.label[sample.first[shown]]), [])
    text, above = segments[shown].heading, segments[i].over
    if text is None:
        return None, None
    heading = headings.scores(text) if mode == "true" or not known else draw.choice(known)
    return heading, headings.scores(above) if above else None


_OF_A_HEADING = np.array([[0.35, 0, 0, 0, 0, 1, 1, 0, 0]], np.float32)
"""Measures of a heading's shape, much the same for all."""


def _rows(its: _Chosen, heading: Floats | None, over: Floats | None, blank: Floats) -> tuple[Floats, ...]:
    """The rows of a section, its heading's first: scores, measures, headings, flags, labels, weights."""
    sample, at = its.words_of, its.rows
    own, measures, weight = sample.scores[at], sample.features.measures[at], sample.weight[at]
    if sample is not its.sample:
        weight = np.full(len(own), _weight(len(own)), np.float32)
    flags = np.zeros((len(own), context.N_FLAGS), np.float32)
    inner, outer = blank, blank if over is None else softmax(over[None])[0]
    if heading is not None:
        flags[:, 0] = 1
        own, measures = np.concatenate([heading[None], own]), np.concatenate([_OF_A_HEADING, measures])
        flags = np.concatenate([np.ones((1, context.N_FLAGS), np.float32), flags])
        weight = np.concatenate([np.array([0.5], np.float32), weight])
        inner = softmax(heading[None])[0]
    n = len(own)
    return (
        own,
        measures,
        np.tile(inner, (n, 1)),
        np.tile(outer, (n, 1)),
        flags,
        np.full(n, sample.label[at.start]),
        weight,
    )
