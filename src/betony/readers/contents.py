"""Tables of contents without landmarks: lines under "Contents" that the headings below them say again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from betony.model import Block, Document, Layer, Link

_TITLES = frozenset(
    ("contents", "table of contents", "contents page", "page contents", "on this page", "in this guide")
)
_TITLES_START = frozenset("CcTtPpOoIi")
_TITLE_LONGEST = 20
_ENTRY_LONGEST = 200
"""Characters."""
_FEWEST = 3
_FEWEST_LINKED = 2
"""Entries that are enough where nothing else stands among them, and each is a link to a place within a page."""
_MOST_MISSES = 2
"""Lines on end that no heading says again: what runs over two lines, and what the headings word otherwise."""
_NUMBER = re.compile(
    r"^(?:(?:section|part|chapter|appendix)\s)?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[ivx]{1,4}|[a-z])[.):]?\s+(?=\S)"
)
_PAGE = re.compile(r"[\s.…·_]{0,200}\s\d{1,4}$|[.…·_]{3,200}\d{1,4}$")


def set_apart(document: Document) -> Document:
    """The document with each table of contents in the furniture layer: it leads about the document and says nothing.

    It begins with a line that says so, and goes on while its lines, less number and page, stand below once more, each
    but once; there are three at least, or two that are links within a page, and most of the lines do.
    """
    text, blocks = document.text, document.blocks
    titles = [
        at
        for at, block in enumerate(blocks)
        if block.end - block.start <= _TITLE_LONGEST
        and text[block.start] in _TITLES_START
        and text[block.start : block.end].rstrip(" :").lower() in _TITLES
    ]
    if not titles:
        return document
    words = [_words(text, block) for block in blocks]
    last_said = {said: at for at, said in enumerate(words)}
    found: set[int] = set()
    for title in titles:
        if title not in found:
            found.update(_entries(document, words, last_said, title))
    if not found:
        return document
    layers = (replace(b, layer=Layer.FURNITURE) if at in found else b for at, b in enumerate(blocks))
    return replace(document, blocks=tuple(layers))


def _entries(document: Document, words: Sequence[str], last_said: Mapping[str, int], title: int) -> range:
    """The title with its entries; nothing where too few of them are said again below."""
    text, blocks, links = document.text, document.blocks, document.links
    said: set[str] = set()
    misses = missed = 0
    last = title
    for at in range(title + 1, len(blocks)):
        if words[at] in said:
            break
        if words[at] and last_said[words[at]] > at:
            said.add(words[at])
            last, missed, misses = at, missed + misses, 0
        elif blocks[at].layer is Layer.BODY:
            misses += 1
            if misses > _MOST_MISSES or not words[at] or text[blocks[at].end - 1] in ".:":
                break
    entries = blocks[title + 1 : last + 1]
    few = _FEWEST_LINKED <= len(said) < _FEWEST and len(entries) == len(said)
    enough = len(said) >= _FEWEST or (few and all(_leads_within(block, links) for block in entries))
    return range(title, last + 1) if enough and missed <= len(said) else range(0)


def _leads_within(block: Block, links: Sequence[Link]) -> bool:
    return any(link.start == block.start and link.end == block.end and "#" in (link.url or "#") for link in links)


def _words(text: str, block: Block) -> str:
    """What the block says, without the number before it and that of a page after it; nothing for a long one."""
    if block.end - block.start > _ENTRY_LONGEST:
        return ""
    words = " ".join(text[block.start : block.end].lower().split())
    return _PAGE.sub("", _NUMBER.sub("", words, count=1)).strip(" .:•-")
