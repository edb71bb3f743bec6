"""The blocks that stand below a heading of some name, as a field or as a section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from betony.model import Block, BlockKind, Section
from betony.nlp import heading_words
from betony.nlp.looks import has_any

_NAME_LONGEST = 60
"""Characters of a line that may be a heading."""
_SIGNS = ("who ", " is for", "users", "audience", "develope")
"""Word parts of the headings over audience and developers."""


def under(text: str, blocks: Sequence[Block], sections: Sequence[Section], names: frozenset[str]) -> Iterator[Block]:
    """What stands in the first section whose heading is one of the names (normalised, lower case), else the items right below a line
    that is."""
    for section in sections:
        if section.heading is None or not has_any(text[slice(*section.heading)].lower(), _SIGNS):
            continue
        if heading_words.normalise(text[slice(*section.heading)]) in names:
            for block in blocks:
                if section.heading[1] <= block.start and block.end <= section.end:
                    yield block
            return
    yield from _items_under(text, blocks, names)


def _items_under(text: str, blocks: Sequence[Block], names: frozenset[str]) -> Iterator[Block]:
    """The items right below a line that is one of the names: lines without a blank one between them show no heading."""
    for i, block in enumerate(blocks):
        if block.end - block.start > _NAME_LONGEST or not has_any(text[block.start : block.end].lower(), _SIGNS):
            continue
        if heading_words.normalise(text[block.start : block.end]) in names:
            led = i + 1 < len(blocks) and text.startswith(":", blocks[i + 1].end - 1)
            yield from takewhile(lambda below: below.kind is BlockKind.LIST_ITEM, blocks[i + 2 if led else i + 1 :])
            return
