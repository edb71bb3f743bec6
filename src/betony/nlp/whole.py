"""Headings that head nothing, for they say all there is to say: `Applies to England`, `Do not use cotton buds`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Layer

_FIRST = frozenset("ADNTadnt")
_APPLIES = re.compile(r"(?:This \w{1,20} )?applies (?:only )?to:? [A-Z][\w ,]{1,80}\.?", re.IGNORECASE)
_FORBIDS = re.compile(r"(?:Do not|Don['’]t|Never|Always) [a-z]\w{0,20}(?: \S{1,30}){1,20}", re.IGNORECASE)


def as_text(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, such headings among them as text: instructions as items, for mostly there are several of them.

    The title of a page is none of them, nor what the page gives no level: nobody knows what that heads.
    """
    found = list(blocks)
    heading, furniture = BlockKind.HEADING, Layer.FURNITURE  # an enum's members take long to look up before Python 3.12
    below: Block | None = None
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.layer is furniture:
            continue
        heads = below is not None and (below.kind is not heading or not 0 < below.level <= block.level)
        below = block
        if block.kind is not heading or block.level < 2 or heads or text[block.start] not in _FIRST:
            continue
        if _APPLIES.fullmatch(text, block.start, block.end):
            found[i] = replace(block, kind=BlockKind.PARAGRAPH, level=0)
        elif _FORBIDS.fullmatch(text, block.start, block.end):
            found[i] = replace(block, kind=BlockKind.LIST_ITEM, level=1)
    return found
