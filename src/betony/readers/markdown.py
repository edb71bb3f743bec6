"""Markdown: plain text with signs that are no words, told apart so that rules read the words alone.

The canonical text stays the decoded source, sign for sign: signs are spans of it (`Document.marks`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony import lines
from betony.model import Block, BlockKind, Document, Head, Layer, Link, Table
from betony.readers import front_matter
from betony.readers.head import absolute
from betony.readers.markdown_islands import Island, Kind, barred, islands
from betony.readers.markdown_signs import Signs, definitions, signs

_SHOWS = re.compile(
    r"^#{1,6} \S|\]\((?:https?:/|[/#.])|^\[[^\[\]\n]{1,80}\]: <?https?://|^[^|\n]{0,80}\|.*\n[ \t]{0,3}\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*\r?$",
    re.MULTILINE,
)


def is_markdown(text: str) -> bool:
    """Whether a text that nobody calls Markdown shows that it is: a heading behind `#`, a link in brackets, or the rule of a
    table."""
    likely = "](" in text or "\n#" in text or text.startswith("#") or "]: " in text or ("--" in text and "|" in text)
    return likely and _SHOWS.search(text) is not None


def enrich(document: Document, *, base: str | None = None) -> Document:
    """The document with front matter, code, tables, comments and definitions in blocks of their own, and its signs marked.

    What no reader of the page sees (front matter, comments, definitions of links) is furniture. Relative addresses are
    relative to `base`.
    """
    text = document.text
    about, ends = front_matter.read(text)
    apart = islands(text, ends)
    blocks = _around(document.blocks, apart, text)
    shown = [block for block in blocks if block.layer is Layer.BODY]
    code = [(island.start, island.end) for island in apart if island.kind is Kind.CODE]
    found = signs(text, shown, definitions(text), code)
    marks = sorted({*found.marks, *(mark for island in apart for mark in island.marks)})
    return replace(
        document,
        blocks=tuple(blocks),
        head=about,
        links=_links(found, base or about.canonical),
        tables=_tables(document, blocks, [_table(text, one, marks) for one in apart if one.kind is Kind.TABLE]),
        marks=_that_leave_words(text, blocks, marks),
    )


def with_rows(document: Document) -> Document:
    """The document, of which nothing else is Markdown, with the tables whose cells bars part."""
    text = document.text
    apart = barred(text)
    if not apart:
        return document
    blocks = _around(document.blocks, apart, text)
    marks = sorted(mark for island in apart for mark in island.marks)
    return replace(
        document,
        blocks=tuple(blocks),
        tables=_tables(document, blocks, [_table(text, island, marks) for island in apart]),
        marks=_that_leave_words(text, blocks, marks),
    )


def _tables(document: Document, blocks: Sequence[Block], drawn: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of the source: those drawn in Markdown, and those of rows that it has made nothing else of."""
    known = {block for block in document.blocks if block.kind is BlockKind.TABLE_ROW}
    others = lines.tables(document.text, [block for block in blocks if block in known]) if known else ()
    return tuple(sorted((*drawn, *others), key=lambda table: table.start))


def read_head(text: str) -> Head:
    """What the front matter says of the document; an empty Head where there is none."""
    return front_matter.read(text)[0]


def _around(blocks: Sequence[Block], apart: Sequence[Island], text: str) -> list[Block]:
    """The blocks with the islands' own in the places of what covers them."""
    if not apart:
        return list(blocks)
    starts = [island.start for island in apart]
    kept: list[Block] = []
    for block in blocks:
        at = block.start
        for island in apart[max(bisect_right(starts, block.start) - 1, 0) :]:
            if island.start >= block.end:
                break
            if island.end <= at:
                continue
            kept += _piece(text, block, at, island.start)
            at = island.end
        if at == block.start:
            kept.append(block)
        else:
            kept += _piece(text, block, at, block.end)
    own = [block for island in apart for block in island.blocks]
    return sorted([*kept, *own], key=lambda block: block.start)


def _piece(text: str, block: Block, start: int, end: int) -> Iterator[Block]:
    """What is left of a block between two places, if there are words."""
    words = text[start:end] if start < end else ""
    if words.strip():
        start += len(words) - len(words.lstrip())
        whole = start == block.start
        kind, level = (block.kind, block.level) if whole else (BlockKind.PARAGRAPH, 0)
        yield replace(block, kind=kind, level=level, start=start, end=start + len(words.strip()))


def _links(found: Signs, base: str | None) -> tuple[Link, ...]:
    """The links; one to a place within the page keeps its `#name` where no address of the page is known."""
    return tuple(Link(start, end, absolute(address, base)) for start, end, address in sorted(found.links))


def _table(text: str, island: Island, marks: Sequence[tuple[int, int]]) -> Table:
    rows = [tuple(_words(text, start, end, marks) for start, end in row) for row in island.cells]
    if not island.ruled:
        return Table(island.start, island.end, (), tuple(rows))
    width = len(rows[0])
    body = tuple((*row, *[""] * (width - len(row)))[: max(width, len(row))] for row in rows[1:])
    return Table(island.start, island.end, rows[0], body)


def _words(text: str, start: int, end: int, marks: Sequence[tuple[int, int]]) -> str:
    """The words between two places without the signs among them."""
    parts, at = [], start
    for i in range(bisect_right(marks, (start, start)), bisect_left(marks, (end,))):
        begin, close = marks[i]
        parts.append(text[at:begin])
        at = close
    return " ".join("".join([*parts, text[at:end]]).split())


def _that_leave_words(
    text: str, blocks: Sequence[Block], marks: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], ...]:
    """The marks, less those in blocks that hold nothing else, and less what overlaps another."""
    kept: list[tuple[int, int]] = []
    starts = [block.start for block in blocks]
    by_block: dict[int, list[tuple[int, int]]] = {}
    for mark in marks:
        by_block.setdefault(bisect_right(starts, mark[0]) - 1, []).append(mark)
    for i, those in by_block.items():
        block = blocks[i]
        apart: list[tuple[int, int]] = []
        at = block.start
        words = []
        for start, end in those:
            if start < at or end > block.end:
                continue
            words.append(text[at:start])
            apart.append((start, end))
            at = end
        words.append(text[at : block.end])
        if "".join(words).strip():
            kept += apart
    return tuple(kept)
