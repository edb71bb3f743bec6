"""What a line of plain text looks like, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind
from betony.nlp.heading_words import normalise
from betony.nlp.passages import is_date

SENTENCE_END = re.compile(r"[.!;,:][\"'”’)\]]*(?:\s*\[[^\]]{1,160}\])?$")
PROSE_END = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s*\[[^\]]{1,160}\])?$")
_IN_BRACKETS = re.compile(r"\[[A-Z][^\[\]]{2,200}\]")
"""A line that is in brackets whole: where what stands above it was taken from."""
_SOURCE_END = re.compile(
    r"\b[A-Z]{2,4}\d{1,4}\s\((?:19|20)\d\d\),\s(?:recommendations?|sections?|statements?)\s\d[\d.]{0,9}(?:(?:,\s|,?\s(?:and|to)\s)\d[\d.]{0,9}){0,20}$"
)
"""How a line ends that says where in another document something stands: "NG1 (2031), recommendations 1.2 and 1.3"."""
_ITEM = re.compile(r"\(?\d{1,3}[.)]\s{1,9}(?=\S)")
"""How an item with a number begins."""
LONGEST = 110
"""Characters of a line that may be a heading."""
A_PAGE = 60
"""So many blocks has a page, or what a short capture kept of one: in longer texts without blank lines, lines that stand like
headings are mostly parts of sections whose own headings are lost."""
A_LINE = 60
"""Characters of a line that may have been wrapped."""
_A_SENTENCE = 120
"""Characters of a line that is no heading and no entry of a list, though no sentence ends in it."""


def blank_above(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a blank line or the end of a page stands right above the block."""
    gap = text[blocks[i - 1].end : blocks[i].start]
    return gap.count("\n") > 1 or "\f" in gap


def after_an_end(text: str, above: Block) -> bool:
    """Whether what stands above a line is finished: a heading, a date, a sentence, a source in brackets of its own."""
    words = text[max(above.start, above.end - 170) : above.end]
    finished = (
        above.kind is BlockKind.HEADING
        or PROSE_END.search(words) is not None
        or _IN_BRACKETS.fullmatch(text, above.start, above.end) is not None
        or _SOURCE_END.search(words) is not None
    )
    return finished or is_date(text[above.start : above.end])


def goes_on_below(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the line right below goes on in lower case, and with no letter that counts an item: `a) The nurse`."""
    if i + 1 >= len(blocks) or blocks[i + 1].kind is not BlockKind.PARAGRAPH:
        return False
    below = blocks[i + 1].start
    lower = text[below].islower() and text[below + 1 : below + 2] not in (")", ".")
    return lower and text[blocks[i].end : below].count("\n") == 1


def over_more(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a longer sentence stands right below the line."""
    if i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    longer = below.kind is BlockKind.PARAGRAPH and below.end - below.start > blocks[i].end - blocks[i].start
    return longer and (ends_as_prose(text, below.start, below.end) or is_cut(blocks, i + 1))


def ends_as_prose(text: str, start: int, end: int) -> bool:
    """Whether the words end as a sentence does, or as what leads to a list."""
    return PROSE_END.search(text[max(start, end - 70) : end]) is not None


def is_cut(blocks: Sequence[Block], i: int) -> bool:
    """Whether the block is the last, and long: a capture may end in the middle of it."""
    return i + 1 == len(blocks) and blocks[i].end - blocks[i].start > _A_SENTENCE


def is_item(text: str, block: Block) -> bool:
    """Whether the block is an item of a list, by its sign or its number."""
    return block.kind is BlockKind.LIST_ITEM or (
        block.kind is BlockKind.PARAGRAPH and _ITEM.match(text, block.start) is not None
    )


def same(text: str, one: Block, other: Block) -> bool:
    """Whether two lines say the same but for case, spaces and signs."""
    return normalise(text[one.start : one.end]) == normalise(text[other.start : other.end])
