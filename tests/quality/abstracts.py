"""The typer's method on a public benchmark of sequential sentence classification, beside what others have reached on it.

    python -m tests.quality.abstracts CSABSTRUCT [--config FILE] [--split dev]

learns from `train.jsonl` of that folder with the recipe of the shipped typer, as far as it can be used where there are no
headings (abstracts.cfg says what differs), types the sentences of another part, and prints accuracy, which for one label a
sentence is micro-averaged F1, macro-averaged F1, and each label's. The format is that of CSAbstruct (Cohan et al. 2019,
"Pretrained Language Models for Sequential Sentence Classification", arXiv:1909.04054; data/CSAbstruct of their repository):
a line is an abstract with its `sentences` and their `labels`. Nothing is fetched, and nothing of it is kept here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from betony.nlp.typer import Passage, Typer, config, train
from betony.nlp.typer.corpus import OWN, Example, Segment

CONFIG = Path(__file__).with_name("abstracts.cfg")
PUBLISHED = {"SciBERT over all sentences at once, pretrained on scientific papers (Cohan et al. 2019)": 0.831}
"""Micro-averaged F1 on the test part."""


class Abstract(NamedTuple):
    """Sentences, and what each of them is for."""

    sentences: tuple[str, ...]
    labels: tuple[str, ...]


class Figures(NamedTuple):
    """How many labels are right."""

    accuracy: float
    macro_f1: float
    f1: dict[str, float]
    """Of each label."""


def read(path: Path) -> list[Abstract]:
    """The abstracts of a part, without those of which not every sentence has one label."""
    with path.open(encoding="utf-8") as lines:
        values = [json.loads(line) for line in lines if line.strip()]
    abstracts = [Abstract(tuple(value["sentences"]), tuple(value["labels"])) for value in values]
    return [abstract for abstract in abstracts if len(abstract.sentences) == len(abstract.labels)]


def example(number: int, abstract: Abstract) -> Example:
    """The abstract to learn from: each sentence counts alike, and its label may come back, as a form's may not."""
    said = zip(abstract.labels, abstract.sentences, strict=True)
    segments = tuple(Segment(OWN + label, label, (sentence,)) for label, sentence in said)
    return Example(str(number), str(number), "", segments, in_order=True)


def learned(abstracts: Sequence[Abstract], settings: config.Training) -> Typer:
    return train.fit([example(i, abstract) for i, abstract in enumerate(abstracts)], settings.training, _log)


def labelled(typer: Typer, abstract: Abstract) -> tuple[str, ...]:
    """The likeliest label of each sentence."""
    probabilities = typer.read([Passage(sentence) for sentence in abstract.sentences]).probabilities
    return tuple(typer.types[i] for i in probabilities.argmax(axis=1).tolist())


def figures(wanted: Sequence[str], got: Sequence[str]) -> Figures:
    """The figures of all sentences together."""
    right = Counter(want for want, its in zip(wanted, got, strict=True) if want == its)
    there, said = Counter(wanted), Counter(got)
    f1 = {label: 2 * right[label] / (there[label] + said[label]) for label in sorted(there)}
    return Figures(right.total() / len(wanted), sum(f1.values()) / len(f1), f1)


def _log(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where train.jsonl, dev.jsonl and test.jsonl are")
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    chosen = parser.parse_args(arguments)
    abstracts = read(chosen.folder / "train.jsonl")
    typer = learned(abstracts, config.read(chosen.config))
    asked = read(chosen.folder / f"{chosen.split}.jsonl")
    wanted = [label for abstract in asked for label in abstract.labels]
    found = figures(wanted, [label for abstract in asked for label in labelled(typer, abstract)])
    print(f"{chosen.split}: {len(asked)} abstracts, {len(wanted)} sentences; learned from {len(abstracts)} abstracts")
    print(f"accuracy (micro F1) {found.accuracy:.4f}, macro F1 {found.macro_f1:.4f}")
    for label, value in found.f1.items():
        print(f"  {label:12} F1 {value:.3f}")
    for name, value in PUBLISHED.items():
        print(f"published, test: {value:.3f} {name}")


if __name__ == "__main__":
    main()
