"""Lines that the vocabulary knows as headings, and where they are none all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind, Layer, SectionType
from betony.nlp import furniture
from betony.nlp.heading_words import NUMBER, Reading, is_exact, normalise, over_lists, read
from betony.nlp.headings.lines import (
    A_LINE,
    PROSE_END,
    SENTENCE_END,
    after_an_end,
    blank_above,
    goes_on_below,
    is_item,
    over_more,
)
from betony.nlp.passages import judge

_FIRST_ITEMS = re.compile(r"\s{1,9}(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[•▪●*-])[ \t\u00a0]{1,9}[A-Z]")
_FOLDED = re.compile(r"[•*-]\s{1,3}(?P<heading>[A-Z][^\n:;,]{3,60})")
_A_PHRASE = 4
"""Words of a known heading that stands out though it stands close."""
_SELDOM_SAID_OTHERWISE = frozenset(
    SectionType(name)
    for name in (
        "scope",
        "status",
        "development",
        "references",
        "responsibilities",
        "implementation",
        "definitions",
        "legal",
    )
)


def is_known_in_plain(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the vocabulary knows a line of plain text for a heading, and it does not go on in the next one."""
    reading = read(text[blocks[i].start : blocks[i].end])
    return (
        reading is not None
        and (reading.exact or _is_plain_enough(reading, text, blocks, i))
        and not goes_on_below(text, blocks, i)
    )


def _is_plain_enough(reading: Reading, text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line that only begins or ends like a known heading is one: it stands over a list, or over a longer sentence
    and names no topic that the text itself may speak of."""
    if i + 1 >= len(blocks):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    above = text[blocks[i].start : blocks[i].end]
    if is_item(text, blocks[i + 1]) and not SENTENCE_END.search(above):
        return reading.whole or normalise(above).startswith(over_lists())
    if not reading.whole or reading.type not in _SELDOM_SAID_OTHERWISE:
        return False
    return len(below) > len(above) and not SENTENCE_END.search(above) and bool(PROSE_END.search(below))


def is_all_that_is_said(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line that reads like a known heading is the text of the known heading right above: both are for the same,
    and words below it are for something else."""
    above = blocks[i - 1]
    if above.kind is not BlockKind.HEADING or i + 1 >= len(blocks) or blocks[i + 1].kind is not BlockKind.PARAGRAPH:
        return False
    heading, own = read(text[above.start : above.end]), read(text[blocks[i].start : blocks[i].end])
    if heading is None or own is None or not heading.exact or not own.gapped or heading.type is not own.type:
        return False
    said = judge(text[blocks[i + 1].start : blocks[i + 1].end])
    return said is not None and not said.faint and said.type is not own.type


def named(words: str) -> SectionType | None:
    """The type of the words where the vocabulary holds them as a heading, be it a common one, and holds no others in it."""
    reading = read(words)
    if reading is None or "*" in reading.rule or not (reading.exact or reading.common):
        return None
    return reading.type


def heads_more(blocks: Sequence[Block], i: int) -> bool:
    """Whether something longer, and no other heading, stands right under a paragraph that reads like a heading."""
    if i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    return (
        below.kind is not BlockKind.HEADING
        and below.layer is Layer.BODY
        and below.end - below.start > blocks[i].end - blocks[i].start
    )


def stands_free(text: str, blocks: Sequence[Block], i: int, *, spaced: bool, dense: bool) -> bool:
    """Whether a line of plain text stands apart as headings do: below a blank line, or where the text has none,
    below a finished sentence, with words enough to be no entry of a list. A word within a list is no heading."""
    if blank_above(text, blocks, i):
        return True
    words = text[blocks[i].start : blocks[i].end]
    above = blocks[i - 1]
    if above.kind is BlockKind.HEADING and _FIRST_ITEMS.match(text[blocks[i].end : blocks[i].end + 20]):
        return True
    if _heads_a_list(text, blocks, i):
        return True
    if dense and not furniture.is_label(words) and (over_more(text, blocks, i) or _between_long_lines(blocks, i)):
        return True
    if len(words.split()) < (_A_PHRASE if spaced else 2):
        return False
    if dense and (above.kind is BlockKind.LIST_ITEM or NUMBER.match(words)):
        return True
    return after_an_end(text, above)


def _heads_a_list(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a list begins right below a line, and what stands above it is finished, or is a list itself."""
    if i + 1 >= len(blocks) or not is_item(text, blocks[i + 1]) or blank_above(text, blocks, i + 1):
        return False
    if is_item(text, blocks[i - 1]):
        return text.count(" ", blocks[i].start, blocks[i].end) > 0
    return after_an_end(text, blocks[i - 1])


def _between_long_lines(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line stands between two that are long enough for sentences, though none may end as one."""
    around = blocks[i - 1 : i + 2 : 2]
    return len(around) == 2 and all(block.end - block.start > A_LINE for block in around)


def heading_items(text: str, blocks: Sequence[Block]) -> list[int]:
    """The parts of a page that folds them up, which a capture shows as items of a list with paragraphs under each ("• Description",
    "• OPCS-4 codes"): no page has those of codes for anything else."""
    found: dict[int, Reading] = {}
    for i, block in enumerate(blocks[:-1]):
        if block.kind is not BlockKind.LIST_ITEM or text[blocks[i + 1].start] in "•*-":
            continue
        item = _FOLDED.fullmatch(text, block.start, block.end)
        if item and is_exact(item["heading"]) and (reading := read(item["heading"])):
            found[i] = reading
    return list(found) if any(reading.type is SectionType.CODING for reading in found.values()) else []
