"""From the pieces of a paged or converted document to its canonical text, blocks, tables and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from betony.model import Block, BlockKind, Layer, Link, Notice, Table
from betony.readers.encoding import text_repaired
from betony.text import collapse, repair

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LETTERS = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_CLOSE = frozenset((BlockKind.LIST_ITEM, BlockKind.TABLE_ROW))
"""Kinds that follow one of their own by a line feed, not by a blank line."""


@dataclass(slots=True)
class Run:
    """Words as they stand on a page, and the address they are linked to."""

    text: str
    url: str | None = None


@dataclass(slots=True)
class Piece:
    """A block on its way into the text: one list of runs, or one for each cell of a row."""

    kind: BlockKind
    cells: list[list[Run]]
    page: int
    level: int = 0
    layer: Layer = Layer.BODY
    table: tuple[int, ...] | None = None
    """Which table a row or caption belongs to."""
    header: bool = False
    """A row of nothing but header cells."""
    bold: bool = False
    """A paragraph in nothing but bold type."""


@dataclass(slots=True)
class Composed:
    """A text and what tiles it; offsets are half-open code points into `text`."""

    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    tables: tuple[Table, ...]
    pages: tuple[tuple[int, int], ...]
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class _Rows:
    """A table while its rows come in."""

    start: int = 0
    end: int = 0
    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    caption: str | None = None


def compose(pieces: Iterable[Piece]) -> Composed:
    """The canonical text of the pieces in their order.

    Blocks are joined by a blank line, neighbouring list items and rows of one table by a line feed, cells by a tab;
    runs of white space are one space; ligatures of Latin letters are written out. Pieces without words are left out.
    """
    out: list[str] = []
    at = repaired = 0
    blocks: list[Block] = []
    links: list[Link] = []
    pages: list[tuple[int, int]] = []
    tables: dict[tuple[int, ...], _Rows] = {}
    last: Piece | None = None
    for piece in pieces:
        words, cells, linked, bad = _words(piece.cells)
        if not words.strip():
            continue
        gap = "" if last is None else "\n" if _is_close(last, piece) else "\n\n"
        start = at + len(gap)
        out += (gap, words)
        at = start + len(words)
        repaired += bad
        blocks.append(Block(piece.kind, start, at, piece.level, piece.layer))
        links += [Link(start + link.start, start + link.end, link.url) for link in linked]
        if not pages or pages[-1][1] != piece.page:
            pages.append((start, piece.page))
        if piece.table is not None:
            _add(tables.setdefault(piece.table, _Rows()), piece, words, cells, (start, at))
        last = piece
    return Composed(
        "".join(out),
        tuple(blocks),
        tuple(links),
        tuple(Table(t.start, t.end, t.header, tuple(t.rows), t.caption) for t in tables.values() if t.end),
        tuple(pages),
        (text_repaired(repaired),) if repaired else (),
    )


def _is_close(above: Piece, below: Piece) -> bool:
    return (
        above.kind is below.kind and above.kind in _CLOSE and above.table == below.table and above.layer is below.layer
    )


def _add(table: _Rows, piece: Piece, words: str, cells: tuple[str, ...], span: tuple[int, int]) -> None:
    if piece.kind is not BlockKind.TABLE_ROW:
        table.caption = table.caption or words
        return
    if not table.end:
        table.start = span[0]
    table.end = span[1]
    if piece.header and not table.header and not table.rows:
        table.header = cells
    else:
        table.rows.append(cells)


def _words(cells: Sequence[Sequence[Run]]) -> tuple[str, tuple[str, ...], list[Link], int]:
    """The text of a block, of each of its cells, its links, and how many characters had to be replaced."""
    texts: list[str] = []
    links: list[Link] = []
    at = repaired = 0
    for cell in cells:
        text, linked, bad = _cell(cell)
        links += [Link(at + link.start, at + link.end, link.url) for link in linked]
        texts.append(text)
        at += len(text) + 1
        repaired += bad
    # A row may begin with empty cells: its text begins with their tabs only in the table, not in the block.
    joined = "\t".join(texts)
    words = joined.strip("\t ")
    lead = len(joined) - len(joined.lstrip("\t "))
    inside = [Link(link.start - lead, link.end - lead, link.url) for link in links if link.start >= lead]
    return words, tuple(texts), inside, repaired


def _cell(runs: Iterable[Run]) -> tuple[str, list[Link], int]:
    out: list[str] = []
    links: list[Link] = []
    at = repaired = 0
    for run in _merged(runs):
        text, bad = repair(_LIGATURE.sub(lambda match: _LETTERS[match[0]], run.text).replace("\f", " "))
        repaired += bad
        text = collapse(text)
        if text.startswith(" ") and (not out or out[-1].endswith(" ")):
            text = text[1:]
        if not text:
            continue
        if run.url:
            lead = len(text) - len(text.lstrip())
            links.append(Link(at + lead, at + len(text.rstrip()), run.url))
        out.append(text)
        at += len(text)
    joined = "".join(out)
    words = joined.rstrip(" ")
    inside = [Link(x.start, min(x.end, len(words)), x.url) for x in links]
    return words, [link for link in inside if link.start < link.end], repaired


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """Neighbouring runs with the same address as one."""
    held: list[str] = []
    url: str | None = None
    for run in runs:
        if held and run.url != url and not (run.text.isspace() and url):
            yield Run("".join(held), url)
            held = []
        if not held:
            url = run.url
        held.append(run.text)
    if held:
        yield Run("".join(held), url)
