"""python -m tests.bench.reading: what reading a page costs beside tokenising its text, and how it grows with the page."""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
from itertools import cycle
from pathlib import Path

import spacy

from betony import readers
from betony.identity import identify
from betony.model import Capture
from betony.publisher import Publisher
from tests.bench.stages import timed
from tests.conftest import ROOT

ROUNDS = 3


def pages() -> list[Path]:
    """The labelled pages, or the samples where those are absent."""
    shared = Path(os.environ.get("BETONY_SHARED", ROOT.parent / "shared")) / "data"
    return sorted((shared / "gold").glob("*.html")) or sorted((ROOT / "samples").rglob("*.html"))


def ratios(paths: list[Path], run: int, rounds: int = ROUNDS) -> list[float]:
    """Of each page, processor seconds of reading over those of tokenising: the best of some, taken by turns.

    A turn is a `run` of the same work. In runs of one each finds the processor's caches full of the other's data, as in
    a batch; in longer ones each is at its own best.
    """
    blank = spacy.blank("en")
    found = []
    for path in paths:
        capture = Capture(path.read_bytes(), path.name)
        publisher = identify(capture).publisher
        text = readers.read(capture, publisher).text
        blank.make_doc(text)
        read, tokenise = [], []
        for _ in range(rounds):
            read += [timed(lambda: readers.read(capture, publisher))[0] for _ in range(run)]  # noqa: B023 - called at once
            tokenise += [timed(lambda: blank.make_doc(text))[0] for _ in range(run)]  # noqa: B023 - called at once
        found.append(min(read) / min(tokenise))
    return found


def large(paths: list[Path], megabytes: float) -> bytes:
    """A page of the size, made of the bodies of the others."""
    parts: list[bytes] = []
    size = 0
    for path in cycle(paths):
        body = path.read_bytes()
        start, end = body.find(b"<body"), body.rfind(b"</body")
        part = body[body.find(b">", start) + 1 : end] if 0 <= start < end else body
        parts.append(part[: int(megabytes * 1_000_000) - size] if megabytes < 1 else part)
        size += len(parts[-1])
        if size >= int(megabytes * 1_000_000):
            break
    return b'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Large</title></head><body>%s</body></html>' % (
        b"\n".join(parts)
    )


def growth(paths: list[Path]) -> dict[int, float]:
    """Processor seconds a megabyte of a page of 1 MB and one of 10 MB: the best of five turns, taken by turns.

    A turn is ten megabytes of either: the best of many short looks would be luckier than the best of few long ones.
    """
    captures = {size: Capture(large(paths, size), "large.html") for size in (1, 10)}
    spent: dict[int, list[float]] = {size: [] for size in captures}
    for _ in range(5):
        for size, capture in captures.items():
            times = 10 // size
            seconds = sum(timed(lambda: readers.read(capture, Publisher()))[0] for _ in range(times))  # noqa: B023 - called at once
            spent[size].append(seconds / (times * len(capture.body)) * 1e6)
    return {size: min(seconds) for size, seconds in spent.items()}


def peak() -> None:
    """Print how much memory a process that reads a page of 10 MB takes, and how much of it before it read."""
    capture = Capture(large(pages(), 10), "large.html")
    before = _peak_megabytes()
    document = readers.read(capture, Publisher())
    after = _peak_megabytes()
    print(
        f"{len(capture.body) / 1e6:.1f} MB page, {len(document.blocks):,} blocks: "
        f"peak {after:.0f} MB of memory ({before:.0f} MB before reading; wanted: under 600)"
    )


def _peak_megabytes() -> float:
    """Linux counts what a process inherits at its start into `ru_maxrss`, but not into this."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024  # type: ignore[index] # always there
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(paths: list[Path]) -> None:
    """Print the figures."""
    print(f"{len(paths)} pages: what reading costs × stock tokenising of the same text")
    for run in (1, 3):
        found = sorted(ratios(paths, run))
        low, high = found[len(found) // 4], found[3 * len(found) // 4]
        print(
            f"  in turns of {run}: median {statistics.median(found):.3f}, quartiles {low:.3f} and {high:.3f} (wanted: at most .10)",
            flush=True,
        )
    each = growth(paths)
    print(
        f"1 MB page {1 / each[1]:.1f} MB/s, 10 MB page {1 / each[10]:.1f} MB/s: "
        f"time per MB of the larger {each[10] / each[1]:.2f} × that of the smaller (wanted: at most 1.3)",
        flush=True,
    )
    subprocess.run([sys.executable, "-m", "tests.bench.reading", "--peak"], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=395)
    parser.add_argument("--peak", action="store_true", help="only the memory, of this process")
    arguments = parser.parse_args()
    if arguments.peak:
        peak()
    else:
        paths = pages()
        # Spread over all of them: neighbours are of one publisher.
        report(paths[:: max(len(paths) // arguments.documents, 1)][: arguments.documents])


if __name__ == "__main__":
    main()
