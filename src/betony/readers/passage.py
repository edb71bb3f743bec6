"""Blocks on their way: what the readers of markup pass between them before offsets are known."""

from __future__ import annotations

from typing import cast

from lxml import etree

from betony.model import Block, BlockKind, Layer, Link, SectionType, Table

# Before Python 3.12 looking up an enum's member costs as much as cleaning a short line; every block asks for several.
HEADING, PARAGRAPH, LIST_ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TABLE_ROW, IMAGE = BlockKind.TABLE_ROW, BlockKind.IMAGE
BODY, FURNITURE = Layer.BODY, Layer.FURNITURE


class Passage:
    """A block whose place in the text is not known yet. Mutable: later rules merge, promote and judge it."""

    __slots__ = ("element", "end", "group", "kind", "layer", "level", "links", "start", "style", "text")

    start: int
    end: int
    """Half-open offsets in the canonical text, once it is laid out."""

    def __init__(
        self,
        kind: BlockKind,
        level: int,
        layer: Layer,
        text: str,
        links: list[tuple[int, int, str]] | None = None,
        group: int = 0,
        element: etree._Element | None = None,
        style: int = 0,
    ) -> None:
        self.kind = kind
        self.level = level
        self.layer = layer
        self.text = text
        self.links = links
        """Start and end within `text`, and the address as the page gives it."""
        self.group = group
        """Passages that follow each other in one group stand on consecutive lines; 0 for none."""
        self.element = element
        """A heading's own element, or the element that holds this passage and nothing else."""
        self.style = style
        """How the page sets it off as a heading without saying so (see headings.py); 0 for not at all."""


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


def lay_out(passages: list[Passage]) -> str:
    """The canonical text; each passage learns its place in it."""
    parts: list[str] = []
    position = group = 0
    layer = None
    for passage in passages:
        text = passage.text
        if layer is not None:
            if passage.group and passage.group == group and passage.layer is layer:
                parts.append("\n")
                position += 1
            else:
                parts.append("\n\n")
                position += 2
        parts.append(text)
        passage.start = position
        position += len(text)
        passage.end = position
        group, layer = passage.group, passage.layer
    return "".join(parts)


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


def to_blocks(passages: list[Passage], paths: dict[int, str]) -> tuple[Block, ...]:
    """The blocks; `paths` holds the XPath of some passages by their position."""
    path_of = paths.get
    blocks: list[_Unfrozen] = []
    for index, passage in enumerate(passages):
        block = _Unfrozen()
        block.kind = passage.kind
        block.start = passage.start
        block.end = passage.end
        block.level = passage.level
        block.layer = passage.layer
        block.hint = None
        block.xpath = path_of(index)
        block.__class__ = Block  # type: ignore[assignment] # of the same fields
        blocks.append(block)
    return cast(tuple[Block, ...], tuple(blocks))


def to_tables(grids: list[Grid]) -> tuple[Table, ...]:
    """The tables of which anything is left to show."""
    return tuple(
        Table(grid.passages[0].start, grid.passages[-1].end, grid.header, grid.rows, grid.caption)
        for grid in grids
        if grid.passages and grid.rows
    )


def to_links(passages: list[Passage], addresses: dict[str, str | None]) -> tuple[Link, ...]:
    """The links; `addresses` holds what each address of the page is in full."""
    return tuple(
        [
            Link(passage.start + start, passage.start + end, addresses[href])
            for passage in passages
            if passage.links
            for start, end, href in passage.links
        ]
    )
