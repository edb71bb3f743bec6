"""python -m tests.bench.typing_cost [--documents N]: what typing adds to stock blank tokenising of the same text, on one core.

Each document of data/gold, without headings and with them, is tokenised by `spacy.blank("en")` and typed, by turns, in
processor time, both when they have seen the texts before: the best of three turns. Python's collector of cycles waits, as
it does while the pipeline makes a record. The table gives the ratio of the sums, the median ratio of a document, and what
the model takes to load. The stock tokeniser is the quicker the more words it has met, so the ratio rises with the number of
documents: on pages from .48 over fifty to .8 over all.
"""

from __future__ import annotations

import argparse
import os
import statistics
from pathlib import Path

import spacy

from betony import collector, readers
from betony.identity import identify
from betony.model import Block, Capture, Document
from betony.nlp import headings, sections
from betony.nlp.typer import shipped
from tests.bench.stages import timed
from tests.conftest import ROOT

ROUNDS = 3
WANTED = 0.5


def _read(path: Path) -> Document:
    capture = Capture(path.read_bytes(), path.name)
    return readers.read(capture, identify(capture).publisher)


def typed(document: Document) -> None:
    """What the pipeline does to type a document: find the headings that no markup shows, and type the sections."""
    plain = document.media_type == "text/plain"
    blocks: list[Block] = headings.find(document.text, document.blocks, document.parts, plain=plain)
    sections.find(document.text, blocks, document.parts, document.head.language, shipped.load())


def measure(paths: list[Path]) -> list[tuple[float, float]]:
    """Of each document the seconds of stock tokenising, and of typing."""
    blank = spacy.blank("en")
    documents = [_read(path) for path in paths]
    for document in documents:
        blank.make_doc(document.text)
        typed(document)
    found = []
    for d in documents:
        with collector.at_rest():
            turns = [
                (timed(lambda: blank.make_doc(d.text))[0], timed(lambda: typed(d))[0])  # noqa: B023 - called at once
                for _ in range(ROUNDS)
            ]
        found.append((min(stock for stock, _ in turns), min(own for _, own in turns)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    chosen = parser.parse_args()
    print(f"model loaded in {timed(shipped.load)[0]:.2f} s (wanted: under 0.5)")
    folder = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data" / "gold"
    for suffix in (".nohead.txt", ".txt", ".html"):
        paths = [p for p in sorted(folder.glob(f"*{suffix}")) if suffix != ".txt" or not p.name.endswith(".nohead.txt")]
        spent = measure(paths[:: max(len(paths) // chosen.documents, 1)])
        whole = sum(t for _, t in spent) / sum(s for s, _ in spent)
        median = statistics.median(t / s for s, t in spent)
        print(
            f"{suffix:12} typing / tokenising {whole:.2f}, median {median:.2f} (wanted: at most {WANTED:.2f})",
            flush=True,
        )


if __name__ == "__main__":
    main()
