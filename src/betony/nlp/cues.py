"""Which passages hold one of a few words at all: the cheap question before the dear ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from betony.model import Block, Section, SectionType


def positions(text: str, stems: Iterable[str]) -> list[int]:
    """Where any of the stems begins in the text, in order."""
    found = []
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            found.append(at)
            at = text.find(stem, at + len(stem))
    return sorted(found)


def holding(text: str, blocks: Sequence[Block], stems: Iterable[str]) -> list[int]:
    """The positions of the blocks that hold one of the stems, in order."""
    starts = [block.start for block in blocks]
    found = {bisect_right(starts, at) - 1 for at in positions(text, stems)}
    return sorted(i for i in found if i >= 0)


def outside(
    chosen: Iterable[int], blocks: Sequence[Block], sections: Sequence[Section], types: Collection[SectionType]
) -> list[int]:
    """Those of the chosen blocks that stand in no section of the types."""
    starts = [section.start for section in sections]
    kept = []
    for i in chosen:
        at = bisect_right(starts, blocks[i].start) - 1
        if at < 0 or sections[at].type not in types:
            kept.append(i)
    return kept
