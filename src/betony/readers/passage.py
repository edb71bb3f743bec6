"""Blocks on their way: what the readers of markup pass between them before offsets are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree

from betony.model import Block, BlockKind, Layer, Link, SectionType, Table
from betony.readers.line import Links

# Before Python 3.12 looking up an enum's member costs as much as cleaning a short line; every block asks for several.
HEADING, PARAGRAPH, LIST_ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TABLE_ROW, IMAGE = BlockKind.TABLE_ROW, BlockKind.IMAGE
BODY, FURNITURE = Layer.BODY, Layer.FURNITURE


class Passage:
    """A block whose place in the text is not known yet. Mutable: later rules merge, promote and judge it."""

    __slots__ = ("element", "group", "kind", "layer", "level", "links", "start", "style", "text")

    kind: BlockKind
    level: int
    layer: Layer
    text: str
    links: Links | None
    """Start and end within `text`, and the address as the page gives it."""
    group: int
    """Passages that follow each other in one group stand on consecutive lines; 0 for none."""
    element: etree._Element | None
    """A heading's own element, or the element that holds this passage and nothing else."""
    style: int
    """How the page sets it off as a heading without saying so (see headings.py); 0 for not at all."""
    start: int
    """Its offset in the canonical text, once it is laid out."""


def passage(
    kind: BlockKind,
    level: int,
    layer: Layer,
    text: str,
    links: Links | None = None,
    group: int = 0,
    element: etree._Element | None = None,
    style: int = 0,
) -> Passage:
    """A new passage. By an `__init__`, which Python 3.11 calls by a detour, it would take twice as long to make one."""
    made = Passage()
    made.kind = kind
    made.level = level
    made.layer = layer
    made.text = text
    made.links = links
    made.group = group
    made.element = element
    made.style = style
    return made


class Grid:
    """A table whose place in the text is not known yet."""

    __slots__ = ("caption", "has_head", "header", "passages", "rows")

    def __init__(self) -> None:
        self.caption: str | None = None
        self.header: tuple[str, ...] = ()
        self.has_head = False
        """It marks its head (`thead`)."""
        self.rows: tuple[tuple[str, ...], ...] = ()
        self.passages: list[Passage] = []


class _Unfrozen:
    """A block while it is filled. A frozen value sets each field by a call of its own, which takes five times as long."""

    __slots__ = Block.__slots__

    kind: BlockKind
    start: int
    end: int
    level: int
    layer: Layer
    hint: SectionType | None
    xpath: str | None


def lay_out(passages: list[Passage], path: Callable[[etree._Element], str | None]) -> tuple[str, tuple[Block, ...]]:
    """The canonical text and the blocks that tile it; each passage learns where it begins.

    `path` tells the XPath of an element: it is asked for headings, and for the first passage's own element if it has one.
    """
    if not passages:
        return "", ()
    parts: list[str] = []
    blocks: list[_Unfrozen] = []
    position = -len("\n\n")  # for none stands before the first
    last_group, last_layer = 0, BODY
    for passage in passages:
        group = passage.group
        layer = passage.layer
        if group and group == last_group and layer is last_layer:
            parts.append("\n")
            position += 1
        else:
            parts.append("\n\n")
            position += 2
        last_group, last_layer = group, layer
        text = passage.text
        parts.append(text)
        passage.start = position
        block = _Unfrozen()
        block.start = position
        position += len(text)
        block.end = position
        block.kind = kind = passage.kind
        block.level = passage.level
        block.layer = layer
        block.hint = None
        element = passage.element
        block.xpath = path(element) if element is not None and (kind is HEADING or not blocks) else None
        block.__class__ = Block  # type: ignore[assignment] # of the same fields
        blocks.append(block)
    parts[0] = ""
    return "".join(parts), cast(tuple[Block, ...], tuple(blocks))


def to_tables(grids: list[Grid]) -> tuple[Table, ...]:
    """The tables of which anything is left to show."""
    return tuple(
        Table(grid.passages[0].start, _end(grid.passages[-1]), grid.header, grid.rows, grid.caption)
        for grid in grids
        if grid.passages and grid.rows
    )


def to_links(linked: list[Passage], addresses: dict[str, str | None]) -> tuple[Link, ...]:
    """The links of the passages that hold some; `addresses` holds what each address of the page is in full."""
    return tuple(
        [
            Link(passage.start + start, passage.start + end, addresses[href])
            for passage in linked
            for start, end, href in passage.links or ()
        ]
    )


def _end(passage: Passage) -> int:
    return passage.start + len(passage.text)
