"""python -m tests.bench.stages [--documents N]: what each stage costs beside the floor, lxml's parse and stock spaCy
tokenising of the same text, each the best of three turns taken by turns; and how the whole grows with the page.

The floor falls with the number of documents: stock spaCy keeps how it cut the words that it has met, and tokenises a text
after some hundred others in less than half the time that it takes among the first.
"""

from __future__ import annotations

import argparse
import math
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import lxml.html
import spacy
from spacy.language import Language

from betony import assembly, nlp, readers
from betony.identity import identify
from betony.model import Capture
from betony.pipeline import processing, structure
from betony.product import Part

Result = TypeVar("Result")
ROUNDS = 3


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds, and what came out."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def measure(paths: list[Path]) -> dict[str, list[float]]:
    """Seconds a document of each stage, all on one document before the next, so that noise meets all alike."""
    blank = spacy.blank("en")
    structure([Capture(paths[0].read_bytes(), paths[0].name)])
    seconds: dict[str, list[float]] = {}
    for path in paths:
        best: dict[str, float] = {}
        for _ in range(ROUNDS):
            turn = _turn(Capture(path.read_bytes(), path.name), blank)
            best = {stage: min(spent, best.get(stage, spent)) for stage, spent in turn.items()}
        for stage, spent in best.items():
            seconds.setdefault(stage, []).append(spent)
    return seconds


def _turn(capture: Capture, blank: Language) -> dict[str, float]:
    """Seconds of each stage on one document."""
    identity = identify(capture)
    turn: dict[str, float] = {}
    turn["read"], document = timed(lambda: readers.read(capture, identity.publisher))
    parse, _ = timed(lambda: lxml.html.fromstring(capture.body))
    turn["stock tokenising"], _ = timed(lambda: blank.make_doc(document.text))
    turn["floor"] = parse + turn["stock tokenising"]
    turn["language"], findings = timed(lambda: nlp.analyse(document))
    part = Part(capture, identity, document, readers.media_type(capture))
    turn["assembly"], record = timed(lambda: assembly.record([part], document, findings, processing()))
    turn["JSON"], _ = timed(record.model_dump_json)
    turn["whole"], _ = timed(lambda: structure([capture]).model_dump_json())
    return turn


def growth(paths: list[Path]) -> None:
    """Print how the time from bytes to record grows from a page of 10 KB to one of 10 MB."""
    from tests.bench.reading import large  # noqa: PLC0415 - it takes `timed` from here

    sizes, spent = [], []
    for megabytes, rounds in ((0.01, 9), (0.1, 5), (1, 3), (10, 1)):
        capture = Capture(large(paths, megabytes), "large.html")
        sizes.append(len(capture.body))
        spent.append(min(timed(lambda: structure([capture]).model_dump_json())[0] for _ in range(rounds)))  # noqa: B023 - called at once
        print(f"  {sizes[-1] / 1e6:6.2f} MB page: {spent[-1]:.3f} s", flush=True)
    exponent, _ = statistics.linear_regression(list(map(math.log, sizes)), list(map(math.log, spent)))
    print(f"time grows with the {exponent:.2f}th power of the size (wanted: at most 1.05)")


def report(paths: list[Path]) -> None:
    """Print the table."""
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    seconds = measure(paths)
    print(f"{len(paths)} documents, {megabytes:.1f} MB")
    print(f"{'stage':18} {'documents/s':>12} {'MB/s':>8} {'× tokenising':>14} {'× floor':>9}   (medians of a document)")
    for stage, spent in seconds.items():
        total = sum(spent)
        against = [
            statistics.median(a / b for a, b in zip(spent, seconds[other], strict=True))
            for other in ("stock tokenising", "floor")
        ]
        wanted = "   (wanted: at most 1.2 × floor)" if stage == "whole" else ""
        print(
            f"{stage:18} {len(paths) / total:12.1f} {megabytes / total:8.2f} {against[0]:14.2f} {against[1]:9.2f}{wanted}"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    from tests.bench.reading import pages  # noqa: PLC0415 - it takes `timed` from here

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=395)
    paths = pages()
    # Spread over all of them: neighbours are of one publisher.
    chosen = paths[:: max(len(paths) // parser.parse_args().documents, 1)]
    report(chosen)
    growth(paths)


if __name__ == "__main__":
    main()
