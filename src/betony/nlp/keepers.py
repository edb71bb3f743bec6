"""What the sites that keep other people's documents write around them: sizes, counts, buttons, the numbers of pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block, BlockKind

_AT_MOST = 40
"""So many blocks may stand above the words that a keeper has taken off a document."""
_LONGEST = 1000
"""Characters of the extract that a keeper may set above them."""
_SHORT = 200
_BEGINS = re.compile(r"(?:transcript(?:ion)?|citation preview|full text|document text)[:.]?", re.IGNORECASE)
"""A line above what was taken off the document."""
_SIGN = re.compile(
    r"(?:embed )?size ?(?:\(px\)|: ?px)|start display at page:?|(?:up|down)load(?: |: ?)\S.{0,150}|\d+ (?:view|download)s?"
    r"|(?:view|download)s?\s+\d+|post(?:ed)? on \d.{0,20}|loading ?\.{2,}.{0,40}|category: ?.{0,40}|report this document"
    r"|document related concepts|.{1,60} wikipedia ?, ?lookup|you are on page .{1,20}",
    re.IGNORECASE,
)
"""A line that only such a site writes: counts, buttons, a viewer's fields."""
_PAGE = re.compile(r"page \d{1,4}: \S.{0,190}", re.IGNORECASE)
"""A running header with its number before it: such a site writes one above each page that it has taken off."""
_OF_PAGES = re.compile(r"(?<!\bsee )(?<!\bon )\bpage:? (?:page )?\d{1,4} of \d{1,4}$", re.IGNORECASE)
_LONGEST_FOOT = 120
_NUMBER = re.compile(r"\W{0,3}\d{0,3}\W{0,3}")


def around(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks that are a keeper's and not the document's."""
    yield from _above(text, blocks)
    if len(blocks) > 1 and blocks[1].kind is BlockKind.PARAGRAPH and is_number(text[blocks[1].start : blocks[1].end]):
        yield 1
    pages = [i for i, block in enumerate(blocks) if _is_short(block) and _heads_a_page(text, block)]
    if len(pages) > 1 or (pages and any(_is_sign(text, block) for block in blocks[:_AT_MOST])):
        yield from pages
    for i, block in enumerate(blocks):
        if text[block.end - 1].isdigit() and block.end - block.start <= _LONGEST_FOOT and _foots_a_page(text, block):
            yield i


def _above(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """What stands between the name of a document and the line that begins what was taken off it, where at least one line is
    such as only keepers write."""
    top = blocks[:_AT_MOST]
    begins = next((i for i, block in enumerate(top) if _BEGINS.fullmatch(text, block.start, block.end)), 0)
    if not any(_is_sign(text, block) for block in top[:begins]):
        return
    if any(block.end - block.start > _LONGEST for block in top[:begins]):
        return
    name = next((i for i, block in enumerate(top) if not is_number(text[block.start : block.end])), begins)
    for i in range(begins + 1):
        if i != name or _is_sign(text, top[i]):
            yield i


def is_number(words: str) -> bool:
    """Whether a line holds the number of a page, or signs, and no word."""
    return _NUMBER.fullmatch(words) is not None


def _is_short(block: Block) -> bool:
    return block.end - block.start <= _SHORT


def _is_sign(text: str, block: Block) -> bool:
    """Whether only a keeper of documents writes such a line."""
    start = block.start + 1 if block.kind is BlockKind.LIST_ITEM else block.start
    return _is_short(block) and _SIGN.fullmatch(" ".join(text[start : block.end].split())) is not None


def _heads_a_page(text: str, block: Block) -> bool:
    return text[block.start] in "Pp" and _PAGE.fullmatch(text, block.start, block.end) is not None


def _foots_a_page(text: str, block: Block) -> bool:
    """Whether a line says at its end which page of how many it stands on."""
    return _OF_PAGES.search(text, block.start, block.end) is not None
