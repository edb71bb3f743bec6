"""Which passages hold one of a few words at all: the cheap question before the dear ones."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence

from betony.model import Block, Section, SectionType
from betony.nlp.sentences import sentences


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


def sentences_with(
    text: str, block: Block, cue: re.Pattern[str], reach: tuple[int, int] = (500, 900)
) -> list[tuple[int, int]]:
    """The sentences of the block that hold the cue, in order; of a long block only what stands around the cue is read,
    and a sentence longer than that is left out."""
    if block.end - block.start <= sum(reach):
        hits = cue.search(text, block.start, block.end)
        return [span for span in sentences(text, block.start, block.end) if cue.search(text, *span)] if hits else []
    found: dict[tuple[int, int], None] = {}
    done = block.start
    for match in cue.finditer(text, block.start, block.end):
        if match.start() < done:
            continue
        left, right = max(block.start, match.start() - reach[0]), min(block.end, match.start() + reach[1])
        for start, end in sentences(text, left, right):
            whole = (start > left or left == block.start) and (end < right or right == block.end)
            if start <= match.start() < end:
                done = end
                if whole:
                    found[start, end] = None
    return list(found)


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
