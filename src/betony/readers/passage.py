"""Blocks on their way: what the readers of markup pass between them before offsets are known."""

from __future__ import annotations

from collections import deque
from itertools import repeat

from lxml import etree

from betony.model import Block, BlockKind, Layer, Link, Table

# Before Python 3.12 looking up an enum's member costs as much as cleaning a short line; every block asks for several.
HEADING, PARAGRAPH, LIST_ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
TABLE_ROW, IMAGE = BlockKind.TABLE_ROW, BlockKind.IMAGE
BODY, FURNITURE = Layer.BODY, Layer.FURNITURE


class Passage:
    """A block whose place in the text is not known yet. Mutable: later rules merge, promote and judge it."""

    __slots__ = ("element", "end", "group", "kind", "layer", "level", "links", "start", "style", "text")

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
        self.start = self.end = 0


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
    position = 0
    before: Passage | None = None
    for passage in passages:
        if before is not None:
            together = passage.group and passage.group == before.group and passage.layer is before.layer
            separator = "\n" if together else "\n\n"
            parts.append(separator)
            position += len(separator)
        parts.append(passage.text)
        passage.start = position
        position += len(passage.text)
        passage.end = position
        before = passage
    return "".join(parts)


_FILL = [getattr(Block, name).__set__ for name in ("kind", "start", "end", "level", "layer", "hint", "xpath")]


def to_blocks(passages: list[Passage], paths: dict[int, str]) -> tuple[Block, ...]:
    """The blocks; `paths` holds the XPath of some passages by their position.

    They are filled column by column: a frozen value's own constructor would take three times as long for each.
    """
    blocks = list(map(object.__new__, repeat(Block, len(passages))))
    columns = (
        [passage.kind for passage in passages],
        [passage.start for passage in passages],
        [passage.end for passage in passages],
        [passage.level for passage in passages],
        [passage.layer for passage in passages],
        repeat(None),
        map(paths.get, range(len(passages))),
    )
    for fill, column in zip(_FILL, columns, strict=True):
        deque(map(fill, blocks, column), maxlen=0)
    return tuple(blocks)


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
