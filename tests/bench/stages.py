"""What each stage costs beside the floor: lxml's parse and stock spaCy tokenising of the same text."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import lxml.html
import spacy

from betony import assembly, nlp, readers
from betony.identity import identify
from betony.model import Capture
from betony.pipeline import processing, structure
from betony.product import Part

Result = TypeVar("Result")


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

    def note(stage: str, spent: float) -> None:
        seconds.setdefault(stage, []).append(spent)

    for path in paths:
        capture = Capture(path.read_bytes(), path.name)
        identity = identify(capture)
        spent, document = timed(lambda: readers.read(capture, identity.publisher))  # noqa: B023 - called at once
        note("read", spent)
        parse, _ = timed(lambda: lxml.html.fromstring(capture.body))  # noqa: B023 - called at once
        tokenise, _ = timed(lambda: blank.make_doc(document.text))  # noqa: B023 - called at once
        note("floor", parse + tokenise)
        note("stock tokenising", tokenise)
        spent, findings = timed(lambda: nlp.analyse(document))  # noqa: B023 - called at once
        note("language", spent)
        part = Part(capture, identity, document, readers.media_type(capture))
        spent, record = timed(lambda: assembly.record([part], document, findings, processing()))  # noqa: B023 - called at once
        note("assembly", spent)
        spent, _ = timed(record.model_dump_json)
        note("JSON", spent)
        spent, _ = timed(lambda: structure([capture]).model_dump_json())  # noqa: B023 - called at once
        note("whole", spent)
    return seconds


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
        print(f"{stage:18} {len(paths) / total:12.1f} {megabytes / total:8.2f} {against[0]:14.2f} {against[1]:9.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
