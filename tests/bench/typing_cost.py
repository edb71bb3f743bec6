"""python -m tests.bench.typing_cost [--documents N]: what typing adds to stock blank tokenising of the same text, on one core.

Each document of data/gold, without headings and with them, is tokenised by `spacy.blank("en")` and typed, by turns, in
processor time, both when they have seen the texts before; the table gives the ratio of the sums, the median ratio of a document, and what the model takes to
load.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from betony import readers
from betony.identity import identify
from betony.model import Block, Capture, Document
from betony.nlp import headings, sections
from betony.nlp.typer import shipped
from tests.conftest import ROOT


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


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
    return [(seconds(lambda: blank.make_doc(d.text)), seconds(lambda: typed(d))) for d in documents]  # noqa: B023 - called at once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    chosen = parser.parse_args()
    print(f"model loaded in {seconds(shipped.load):.2f} s")
    folder = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data" / "gold"
    for suffix in (".nohead.txt", ".txt", ".html"):
        paths = [p for p in sorted(folder.glob(f"*{suffix}")) if suffix != ".txt" or not p.name.endswith(".nohead.txt")]
        spent = measure(paths[:: max(len(paths) // chosen.documents, 1)])
        whole = sum(t for _, t in spent) / sum(s for s, _ in spent)
        print(f"{suffix:12} typing / tokenising {whole:.2f}, median {statistics.median(t / s for s, t in spent):.2f}")


if __name__ == "__main__":
    main()
