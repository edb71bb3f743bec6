"""python -m tests.bench.facts: what each component of the language pipeline costs beside stock tokenising of the same text."""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from betony import nlp, readers
from betony.identity import identify
from betony.model import Capture, Document
from betony.nlp import carry
from tests.bench.reading import pages
from tests.bench.stages import timed

ROUNDS = 3
FACTS = nlp.PIPELINE[3:]
"""The components behind blocks, headings and sections."""


def measure(paths: list[Path], rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Of each component, a figure a page: its processor seconds over those of stock tokenising, each the best of some,
    taken by turns."""
    blank, pipeline = spacy.blank("en"), nlp.load()
    found: dict[str, list[float]] = {}
    for path in paths:
        capture = Capture(path.read_bytes(), path.name)
        document = readers.read(capture, identify(capture).publisher)
        blank.make_doc(document.text)
        best: dict[str, float] = {}
        for _ in range(rounds):
            turn = {"stock tokenising": timed(lambda: blank.make_doc(document.text))[0]}  # noqa: B023 - called at once
            turn["own tokenising"], doc = timed(lambda: pipeline.make_doc(document.text))  # noqa: B023 - called at once
            turn |= _components(pipeline, doc, document)
            best = {name: min(spent, best.get(name, spent)) for name, spent in turn.items()}
        best["all facts"] = sum(best[name] for name in FACTS)
        for name, spent in best.items():
            found.setdefault(name, []).append(spent / best["stock tokenising"])
    return found


def _components(pipeline: Language, doc: Doc, document: Document) -> dict[str, float]:
    doc.user_data |= {carry.TEXT: document.text, carry.MEDIA_TYPE: document.media_type}
    doc.user_data |= {carry.PARTS: list(document.parts), carry.LANGUAGE: document.head.language}
    carry.set_blocks(doc, document.blocks)
    return {name: timed(lambda: component(doc))[0] for name, component in pipeline.pipeline}  # noqa: B023 - called at once


def report(paths: list[Path]) -> None:
    """Print the table."""
    print(f"{len(paths)} pages: components × stock tokenising of the same text")
    for name, ratios in measure(paths).items():
        low, _, high = statistics.quantiles(ratios, n=4)
        wanted = " (wanted: at most .20)" if name == "all facts" else ""
        print(f"{name:24} median {statistics.median(ratios):6.3f}, quartiles {low:.3f} and {high:.3f}{wanted}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=395)
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    arguments = parser.parse_args()
    report(pages()[:: arguments.every][: arguments.documents])


if __name__ == "__main__":
    main()
