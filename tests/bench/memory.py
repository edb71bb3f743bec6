"""python -m tests.bench.memory [--documents 20000] [--no-zones] [--plot memory.svg]: does memory stay flat over many documents?

Made-up pages, each with words that no other has, are tokenised and typed, a `memory_zone` to every fifty; with `--no-zones` they
go through all components without one, as in a run. Resident memory is read after each batch; the plot shows it, and what is
printed compares the last tenth with the second.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import psutil

from betony import nlp, readers
from betony.identity import identify
from betony.model import Capture
from betony.nlp.typer import madeup

BATCH = 50
LINES = 20
TYPING = ["betony_blocks", "betony_headings", "betony_sections"]


def pages(documents: int) -> list[str]:
    """Some pages to vary; the variation gives each document its own words."""
    return [
        "\n\n".join([line for segment in example.segments for line in segment.lines][:LINES])
        for example in madeup.examples(min(documents, 300), 5)
    ]


@contextmanager
def _typing_in_a_zone() -> Iterator[None]:
    language = nlp.load()
    with language.select_pipes(enable=TYPING), language.memory_zone():
        yield


def measure(documents: int, *, zones: bool = True) -> list[float]:
    """Resident megabytes after each batch."""
    texts = pages(documents)
    process = psutil.Process()
    found = []
    for start in range(0, documents, BATCH):
        with _typing_in_a_zone() if zones else nullcontext():
            for number in range(start, min(start + BATCH, documents)):
                draw = random.Random(number)  # noqa: S311 - made-up words, no secret
                words = " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=9)) for _ in range(40))
                text = f"{texts[number % len(texts)]}\n\nDocument {number} is about {words}.\n"
                capture = Capture(text.encode(), f"{number}.txt")
                nlp.analyse(readers.read(capture, identify(capture).publisher))
        found.append(process.memory_info().rss / 1e6)
    return found


def plot(megabytes: list[float], documents: int) -> str:
    """The measurements as an SVG line, from nought up."""
    width, height, top = 800, 300, max(megabytes) * 1.1
    points = " ".join(
        f"{60 + i * (width - 80) / max(len(megabytes) - 1, 1):.1f},{height - 40 - m / top * (height - 60):.1f}"
        for i, m in enumerate(megabytes)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<path d="M60 20V{height - 40}H{width - 20}" fill="none" stroke="#888"/>'
        f'<text x="8" y="26">{top:.0f} MB</text><text x="30" y="{height - 40}">0</text>'
        f'<text x="{width - 130}" y="{height - 20}">{documents:,} documents</text>'
        f'<polyline points="{points}" fill="none" stroke="#05c" stroke-width="1.5"/></svg>\n'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--no-zones", action="store_true")
    parser.add_argument("--plot", type=Path)
    chosen = parser.parse_args()
    megabytes = measure(chosen.documents, zones=not chosen.no_zones)
    tenth = max(len(megabytes) // 10, 1)
    early, late = statistics.mean(megabytes[tenth : 2 * tenth] or megabytes), statistics.mean(megabytes[-tenth:])
    print(f"{chosen.documents} documents: {early:.0f} MB in the second tenth, {late:.0f} MB in the last")
    if chosen.plot:
        chosen.plot.write_text(plot(megabytes, chosen.documents), "utf-8")


if __name__ == "__main__":
    main()
