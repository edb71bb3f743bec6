"""Blocks of a tagged PDF page, by its structure tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from betony.model import BlockKind, Layer
from betony.readers.compose import Piece, Run
from betony.readers.headings import LONGEST
from betony.readers.pdf_pages import Fragment, Node, Page
from betony.readers.pdf_words import Words

_HEADING = re.compile(r"H([1-6])?$")
_INLINE = frozenset(
    (
        "Span", "Quote", "Em", "Strong", "Link", "Reference", "Annot", "Code", "Sub", "Ruby", "RB", "RT", "RP",
        "Warichu", "WT", "WP", "Form", "BibEntry", "Formula",
    )
)  # fmt: skip
_GROUPING = frozenset(("NonStruct", "Div", "Private"))
"""Types that say nothing: a block round blocks, else part of a line."""
_AS_IMAGE = frozenset(("Figure", "Formula"))
_CONTAINERS = frozenset(("Document", "DocumentFragment", "Part", "Art", "Sect", "Aside", "TOC", *_GROUPING))
_AS_FURNITURE = frozenset(("Artifact", "TOC"))
"""A table of contents only leads about the document."""
_SIGN = re.compile(r"[\s•◦▪▫‣⁃●○■□·∙–—*\uf0b7\uf0a7\uf06f\u2610-]*$|\s*o\s*$")
"""A list label that is only drawn, as a browser draws one; numbers and letters are words and stay."""


@dataclass(slots=True)
class _Place:
    """Where the walk is: what blocks begun here are."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    lists: int = 0
    layer: Layer = Layer.BODY
    table: tuple[int, ...] | None = None


@dataclass(slots=True)
class Tagged:
    """The pieces of one page, each with the path of its element, and the marked content that they used up."""

    pieces: list[tuple[tuple[int, ...], Piece]] = field(default_factory=list)
    used: set[int] = field(default_factory=set)


def read(page: Page, known: frozenset[str]) -> Tagged:
    """The page's blocks in the order of its structure tree; `known` are the words of the document."""
    return _Walk(page, known).run()


class _Walk:
    def __init__(self, page: Page, known: frozenset[str]) -> None:
        self.page = page
        self.tagged = Tagged()
        self.content: dict[int, list[Fragment]] = {}
        for fragment in page.fragments:
            if fragment.mcid >= 0:
                self.content.setdefault(fragment.mcid, []).append(fragment)
        self.words = Words(known)
        self.bold = True
        self.parted: dict[tuple[int, ...], bool] = {}
        self.only_label = False
        """Nothing but a list item's label has been gathered: what comes next belongs to it."""

    def run(self) -> Tagged:
        for node in self.page.tree:
            self._block(node, _Place())
        return self.tagged

    def _block(self, node: Node, place: _Place) -> None:
        """An element whose content begins a block of its own."""
        inside = _inside(node, place)
        if node.type == "TR":
            self._row(node, inside)
            return
        parted = self._is_parted(node)
        if _is_image(node):
            self._emit(node.path, replace(inside, kind=BlockKind.IMAGE, level=0), [[Run(node.alt)]])
        if node.actual.strip():
            self._replaced(node)
        else:
            for kid in node.kids:
                self._kid(kid, node, inside, parted=parted)
        self._flush(node.path, inside)

    def _kid(self, kid: Node | int, node: Node, inside: _Place, *, parted: bool) -> None:
        if isinstance(kid, int):
            self._marked(kid)
        elif not self._is_parted(kid) and (
            (kid.type in _INLINE and not _is_image(kid))
            or (kid.type in _GROUPING and (not parted or node.type not in _CONTAINERS))
        ):
            self._inline(kid)
        elif kid.type == "Lbl":
            self._label(kid)
        else:
            if not self.only_label:
                self._flush(node.path, inside)
            self._block(kid, inside)

    def _is_parted(self, node: Node) -> bool:
        """Whether the element holds blocks."""
        known = self.parted.get(node.path)
        if known is None:
            known = any(
                kid.type not in _INLINE | _GROUPING | {"Lbl"} or _is_image(kid) or self._is_parted(kid)
                for kid in node.kids
                if not isinstance(kid, int)
            )
            self.parted[node.path] = known
        return known

    def _inline(self, node: Node) -> None:
        if node.actual.strip():
            self._replaced(node)
            return
        for kid in node.kids:
            if isinstance(kid, int):
                self._marked(kid)
            else:
                self._inline(kid)

    def _replaced(self, node: Node) -> None:
        """The words that the author gives in place of what is drawn."""
        drawn = [fragment for mcid in _marks(node) for fragment in self._take(mcid)]
        if drawn:
            self.words.add(replace(drawn[0], text=node.actual, x1=drawn[-1].x1))
        else:
            self.words.add_text(node.actual)
        self.only_label = False

    def _label(self, node: Node) -> None:
        drawn = "".join(fragment.text for mcid in _marks(node) for fragment in self.content.get(mcid, []))
        if _SIGN.match(drawn):
            self.tagged.used.update(_marks(node))
            return
        self._inline(node)
        self.words.add_text(" ")
        self.only_label = True

    def _row(self, node: Node, place: _Place) -> None:
        cells, heads = [], []
        for kid in node.kids:
            if isinstance(kid, int):
                self._marked(kid)
            else:
                self._cell(kid)
                heads.append(kid.type == "TH")
            cells.append(self.words.take())
        if any(cells):
            self._emit(node.path, replace(place, kind=BlockKind.TABLE_ROW, level=0), cells, header=all(heads))

    def _cell(self, node: Node) -> None:
        """All that a cell holds, in one line, whatever blocks it is made of."""
        if _is_image(node):
            self.words.add_text(f" {node.alt} ")
        if node.actual.strip():
            self._replaced(node)
            return
        for kid in node.kids:
            if isinstance(kid, int):
                self._marked(kid)
            elif kid.type == "Lbl":
                self._label(kid)
            else:
                if kid.type not in _INLINE and self.words:
                    self.words.add_text(" ")
                self._cell(kid)

    def _marked(self, mcid: int) -> None:
        for fragment in self._take(mcid):
            self.words.add(fragment)
            self.bold = self.bold and (fragment.bold or not fragment.text.strip())
            self.only_label = self.only_label and fragment.text.isspace()

    def _take(self, mcid: int) -> list[Fragment]:
        if mcid in self.tagged.used:
            return []
        self.tagged.used.add(mcid)
        return self.content.get(mcid, [])

    def _flush(self, path: tuple[int, ...], place: _Place) -> None:
        self.only_label = False
        if runs := self.words.take():
            self._emit(path, place, [runs])
        self.bold = True

    def _emit(self, path: tuple[int, ...], place: _Place, cells: list[list[Run]], *, header: bool = False) -> None:
        piece = Piece(place.kind, cells, self.page.number, place.level, place.layer, place.table, header)
        piece.bold = place.kind is BlockKind.PARAGRAPH and self.bold
        self.tagged.pieces.append((path, piece))


def _is_image(node: Node) -> bool:
    return node.type in _AS_IMAGE and bool(node.alt.strip())


def _inside(node: Node, place: _Place) -> _Place:
    """What blocks inside the element are."""
    if node.type in _AS_FURNITURE:
        return replace(place, layer=Layer.FURNITURE)
    if match := _HEADING.match(node.type):
        return replace(place, kind=BlockKind.HEADING, level=int(match[1] or 0))
    if node.type == "Title":
        return replace(place, kind=BlockKind.HEADING, level=1)
    if node.type == "L":
        return replace(place, lists=place.lists + 1)
    if node.type == "LI":
        return replace(place, kind=BlockKind.LIST_ITEM, level=max(1, place.lists))
    if node.type == "Table":
        return replace(place, kind=BlockKind.PARAGRAPH, level=0, table=node.path)
    return place


def _marks(node: Node) -> Iterator[int]:
    for kid in node.kids:
        if isinstance(kid, int):
            yield kid
        else:
            yield from _marks(kid)


def joined(pages: Iterable[Tagged]) -> Iterator[Piece]:
    """The pieces of all pages; of an element that goes on over pages, the first holds the words of all."""
    last: tuple[tuple[int, ...], Piece] | None = None
    for page in pages:
        for i, (path, piece) in enumerate(page.pieces):
            if i == 0 and last and last[0] == path and last[1].kind is piece.kind:
                _append(last[1], piece)
                continue
            if last:
                yield last[1]
            last = (path, piece)
    if last:
        yield last[1]


def _append(onto: Piece, more: Piece) -> None:
    for i, cell in enumerate(more.cells):
        if i < len(onto.cells):
            onto.cells[i] += [Run(" "), *cell]
        else:
            onto.cells.append(cell)


def promote(pieces: Sequence[Piece]) -> None:
    """Makes headings of short bold paragraphs that have something under them, as the HTML reader does."""
    level = 0
    for piece, below in zip(pieces, [*pieces[1:], None], strict=True):
        if piece.kind is BlockKind.HEADING:
            level = piece.level
        elif piece.bold and below is not None and below.kind is not BlockKind.HEADING and below.layer is piece.layer:
            words = "".join(run.text for cell in piece.cells for run in cell).strip()
            linked = all(run.url for cell in piece.cells for run in cell if run.text.strip())
            if 2 <= len(words) <= LONGEST and not words.endswith((".", ";", ",", "!")) and not linked:
                piece.kind, piece.level = BlockKind.HEADING, level + 1
