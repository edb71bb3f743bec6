"""A record's text cut for a page: sections, blocks, and runs of words that the same facts stand on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from betony.report.facts import Fact

_BLOCK = re.compile(r"\S(?:.|\n(?!\s*\n))*", re.MULTILINE)
"""From a first sign to the next blank line."""


@dataclass(slots=True)
class Run:
    """Words that the same facts stand on."""

    text: str
    facts: tuple[int, ...] = ()
    """Numbers of the facts."""
    begins: list[str] = field(default_factory=list)
    """Names of the evidence whose first words these are, as `12` or, of a fact's second, `12-2`."""
    ends: list[Fact] = field(default_factory=list)
    """Facts that have evidence whose last words these are."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or lines that belong together."""

    runs: tuple[Run, ...]
    cells: bool
    """Whether it is rows of cells, which tabs part."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the record with its text."""

    number: int
    """From 1."""
    id: str
    type: str
    furniture: bool
    level: int
    """Of its heading on the page: 2 to 6."""
    heading: tuple[Run, ...]
    title: str
    """The heading in plain words, or none."""
    length: int
    certainty: float | None
    basis: str
    blocks: tuple[Block, ...]


def sections(record: Mapping[str, Any], facts: Iterable[Fact]) -> list[Section]:
    """The sections in order, with every fact's words marked in them."""
    text: str = record["text"]
    pieces = [_pieces(text, section) for section in record["sections"]]
    marked = _Marks(facts, (bound for own in pieces for piece in own for bound in piece))
    made = []
    for number, (section, own) in enumerate(zip(record["sections"], pieces, strict=True), 1):
        heading = section["heading"]
        cut = [marked.runs(text, *piece) for piece in own]
        blocks = cut[1:] if heading else cut
        bounds = own[1:] if heading else own
        made.append(
            Section(
                number=number,
                id=section["id"],
                type=section["type"],
                furniture=section["layer"] == "furniture",
                level=min(6, section["level"] + 1),
                heading=cut[0] if heading else (),
                title=" ".join(heading["text"].split()) if heading else "",
                length=section["end"] - section["start"],
                certainty=section["confidence"],
                basis=section["basis"],
                blocks=tuple(Block(runs, "\t" in text[a:b]) for runs, (a, b) in zip(blocks, bounds, strict=True)),
            )
        )
    marked.finish()
    return made


def _pieces(text: str, section: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where the heading and the blocks of a section stand; the heading first, where it has one."""
    start, end, heading = section["start"], section["end"], section["heading"]
    first = [(heading["start"], heading["end"])] if heading else []
    rest = [(start, heading["start"]), (heading["end"], end)] if heading else [(start, end)]
    return first + [
        (a + found.start(), a + len(text[a : a + found.end()].rstrip()))
        for a, b in rest
        for found in _BLOCK.finditer(text[a:b])
    ]


class _Marks:
    """Which facts stand on which words."""

    def __init__(self, facts: Iterable[Fact], bounds: Iterable[int]) -> None:
        self._spans: list[tuple[int, int, str, Fact]] = sorted(
            (
                (start, end, f"{fact.number}-{place}" if place > 1 else str(fact.number), fact)
                for fact in facts
                for place, (start, end) in enumerate(fact.spans, 1)
            ),
            key=lambda span: (span[0], -span[1], span[3].number),
        )
        self._cuts = sorted({*bounds, *(span[0] for span in self._spans), *(span[1] for span in self._spans)})
        self._last: dict[str, tuple[Run, Fact]] = {}
        self._over = _covering(self._cuts, self._spans)

    def runs(self, text: str, start: int, end: int) -> tuple[Run, ...]:
        """The runs of that piece of the text."""
        made: list[Run] = []
        first = bisect_left(self._cuts, start)
        for place in range(first, bisect_left(self._cuts, end)):
            over = self._over[place]
            run = Run(text[self._cuts[place] : self._cuts[place + 1]], tuple(sorted({fact.number for _, fact in over})))
            for name, fact in over:
                if name not in self._last:
                    run.begins.append(name)
                self._last[name] = run, fact
            made.append(run)
        return tuple(made)

    def finish(self) -> None:
        """Notes where each evidence ends, once all runs are made."""
        for run, fact in self._last.values():
            if fact not in run.ends:
                run.ends.append(fact)


def _covering(cuts: Sequence[int], spans: Sequence[tuple[int, int, str, Fact]]) -> list[tuple[tuple[str, Fact], ...]]:
    """For each stretch between two cuts the evidence over it."""
    found: list[tuple[tuple[str, Fact], ...]] = []
    active: list[tuple[int, int, str, Fact]] = []
    ahead = 0
    for cut in cuts:
        active = [span for span in active if span[1] > cut]
        while ahead < len(spans) and spans[ahead][0] <= cut:
            active.append(spans[ahead])
            ahead += 1
        found.append(tuple((name, fact) for _, _, name, fact in active))
    return found
