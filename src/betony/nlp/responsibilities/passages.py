"""Stretches of text that state duties whole: leads with their items, lines joined again, halves of sentences left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind
from betony.nlp import lists
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.sentences import sentences

_NAMES_ITEMS = re.compile(r"\b(?:They|These)\sare\s?:$")
"""How a lead ends that says nothing of its items but that they are what it spoke of: each is then a passage of its own."""


def without_halves(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, less the sentences that a blank line cuts in two, as at the foot of a printed page: half of one misleads."""
    found = list(blocks)
    for i in range(len(found) - 1):
        if text[found[i + 1].start].islower() and _is_cut(text, found[i], found[i + 1]):
            above, below = found[i], found[i + 1]
            starts = sentences(text, above.start, above.end)
            ends = sentences(text, below.start, below.end)
            found[i] = replace(above, end=starts[-2][1] if len(starts) > 1 else above.start)
            found[i + 1] = replace(below, start=ends[1][0] if len(ends) > 1 else below.end)
    return [block for block in found if block.start < block.end]


def _is_cut(text: str, block: Block, below: Block) -> bool:
    """Whether a sentence runs over from one paragraph into the next, that begins in lower case, over a blank line."""
    return (
        block.kind is BlockKind.PARAGRAPH is below.kind
        and block.end - block.start > 40
        and text[block.end - 1] not in ".!?:;)"
        and text.count("\n", block.end, below.start) > 1
    )


def passages(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, list[Block]]]:
    """Each block with what completes it: the lines that a hard line break cut off, the items below its colon."""
    i = 0
    while i < len(blocks):
        first = i
        while i + 1 < len(blocks) and (
            lists.runs_on(text, blocks[i], blocks[i + 1])
            or (
                lists.is_cut_in_a_name(text, blocks[i], blocks[i + 1])
                and has_cue(text[blocks[i].start : blocks[i].end])
            )
        ):
            i += 1
        stand_alone = _NAMES_ITEMS.search(text, blocks[i].start, blocks[i].end)
        count = 0 if stand_alone else lists.items_after(text, blocks, i)
        yield blocks[first].start, blocks[i].end, list(blocks[i + 1 : i + 1 + count])
        i += 1 + count
