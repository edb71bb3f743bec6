"""From a tree of elements to passages in reading order: one loop over the page, without recursion."""

from __future__ import annotations

from enum import IntEnum

from lxml import etree

from betony.model import BlockKind, Layer
from betony.readers import headings, landmarks, tables
from betony.readers.landmarks import Mark
from betony.readers.passage import Grid, Passage
from betony.text import collapse, repair, strip_span


class Role(IntEnum):
    """What an element does to the text around it. Elements without a role are inline."""

    BLOCK = 1
    HEADING = 2
    LIST = 3
    ITEM = 4
    TERM = 5
    DETAIL = 6
    TABLE = 7
    ROW = 8
    CELL = 9
    CAPTION = 10
    BREAK = 11
    IMAGE = 12
    UNREAD = 13
    """Never text: scripts, styles, templates, the page's title."""
    AROUND = 14
    """A block of page furniture."""
    CONTROL = 15
    """Furniture within a line: a button, a choice, what stands in for a frame."""
    LINK = 16
    CONTENT = 17
    EDGE = 18
    """A header, footer or aside: furniture outside the content, the document's own inside it."""
    PRE = 19


_INLINE = 0
_ROLES: dict[str, int] = {
    **dict.fromkeys(
        (
            "html", "body", "p", "div", "section", "address", "blockquote", "center", "details", "summary", "fieldset",
            "legend", "figure", "figcaption", "form", "hr", "hgroup", "search", "dl", "dir", "frameset", "noframes",
            "optgroup", "thead", "tbody", "tfoot", "colgroup", "foreignobject", "multicol", "listing",
        ),
        Role.BLOCK,
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("ul", "ol", "menu"), Role.LIST),
    **dict.fromkeys(("script", "style", "template", "title", "desc", "metadata", "annotation", "annotation-xml"), Role.UNREAD),
    **dict.fromkeys(("nav", "dialog", "head", "noscript"), Role.AROUND),
    **dict.fromkeys(
        ("select", "button", "textarea", "datalist", "iframe", "object", "video", "audio", "canvas", "noembed", "applet"),
        Role.CONTROL,
    ),
    **dict.fromkeys(("main", "article"), Role.CONTENT),
    **dict.fromkeys(("header", "footer", "aside"), Role.EDGE),
    **dict.fromkeys(("td", "th"), Role.CELL),
    **dict.fromkeys(("pre", "xmp", "plaintext"), Role.PRE),
    "li": Role.ITEM,
    "dt": Role.TERM,
    "dd": Role.DETAIL,
    "table": Role.TABLE,
    "tr": Role.ROW,
    "caption": Role.CAPTION,
    "br": Role.BREAK,
    "img": Role.IMAGE,
    "a": Role.LINK,
}  # fmt: skip
_IN_LINE = frozenset((_INLINE, Role.CONTROL, Role.LINK))
_TELLS_LAYER = frozenset((Role.AROUND, Role.CONTROL, Role.CONTENT, Role.EDGE))
_RANK = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LONGEST_HEADING = 400
"""A longer heading is text whose heading was never closed."""
_LINE_BREAK = " \n "
_SPACES = ("\n", "\t", "  ", "\r", "\f")
_NO_BREAK_SPACES = ("\xa0", "\u202f", "\u2007")

Links = list[tuple[int, int, str]]


class Frame:
    """What held before an element was opened, to be put back when it closes."""

    __slots__ = ("furniture", "inside", "kind", "level", "outer", "role", "sets_kind")

    def __init__(self, role: int, walk: Walk) -> None:
        self.role = role
        self.kind = walk.kind
        self.level = walk.level
        self.sets_kind = False
        self.furniture = walk.furniture
        self.inside = walk.inside
        self.outer: Line | None = None
        """The line that goes on after an element of another layer within it."""


class Line:
    """What has been read of a block that is not finished."""

    __slots__ = ("into", "later", "links", "pieces")

    def __init__(self, into: list[Passage]) -> None:
        self.pieces: list[str] = []
        self.links: list[tuple[int, str | None]] = []
        """Where in `pieces` a link begins (its address) or ends (None)."""
        self.later: list[Passage] = []
        """What stands within the line but is no part of it: images and hidden words. It comes after it."""
        self.into = into


class Walk:
    """The state of the walk; `passages` and `grids` are what it found."""

    def __init__(
        self,
        *,
        content: frozenset[etree._Element] = frozenset(),
        furniture: frozenset[etree._Element] = frozenset(),
        controlled: frozenset[str] = frozenset(),
        references: bool = True,
    ) -> None:
        self.content = content
        """Elements that hold the document; where there are any, all outside them is furniture."""
        self.named = furniture
        """Elements that the publisher's own rules name as furniture."""
        self.controlled = controlled
        """Ids of elements that something on the page opens."""
        self.references = references
        """The page holds numeric character references, which may name what no text may hold."""
        self.repaired = 0
        self.passages: list[Passage] = []
        self.grids: list[Grid] = []
        self.landmarks = 0

        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.furniture = bool(content)
        self.inside = False
        self.line = Line(self.passages)
        self.pieces = self.line.pieces
        self.link: str | None = None
        self.owner: etree._Element | None = None
        """The element that the current line began with, while it has held nothing else."""
        self.joins = 0
        """Inside cells and headings blocks do not break the line."""
        self.lists = 0
        self.group = 0
        self.groups = 0
        self.grid: Grid | None = None
        self.rows: list[tables.Row] = []
        self.row: tables.Row | None = None
        self.row_links: Links = []
        self.cell: tables.Cell | None = None
        self.preformatted = 0
        self._marks: dict[tuple[str, str], Mark] = {}

    def run(self, root: etree._Element) -> None:
        """Reads the page below `root`."""
        role_of = _ROLES.get
        stack: list[tuple[etree._Element, Frame | None]] = []
        top: etree._Element | None = None
        frame: Frame | None = None
        unread: etree._Element | None = None
        plain = Frame(Role.BLOCK, self)
        look = bool(self.named or self.content)
        for element in root.iter():
            parent = element.getparent()
            while top is not None and top is not parent:
                if frame is not None:
                    self._close(frame, top, plain)
                if top is unread:
                    unread = None
                tail = top.tail
                if tail and unread is None:
                    self.pieces.append(tail)
                top, frame = stack.pop()
            if top is not None:
                stack.append((top, frame))
            top = element
            frame = None
            if unread is not None:
                continue
            role = role_of(element.tag, _INLINE)
            attributes = element.items()
            if attributes or look or role > Role.BLOCK:
                if role == Role.UNREAD:
                    unread = element
                    continue
                frame = self._open(element, role, attributes)
            elif role:
                if self.joins:
                    self.pieces.append(" ")
                else:
                    self._flush(None)
                    self.owner = element
                frame = plain
            text = element.text
            if text:
                self.pieces.append(text)
        while top is not None:
            if frame is not None:
                self._close(frame, top, plain)
            if not stack:
                break
            tail = top.tail
            if top is unread:
                unread = None
            if tail and unread is None:
                self.pieces.append(tail)
            top, frame = stack.pop()
        self._flush(None)

    def _open(self, element: etree._Element, role: int, attributes: list[tuple[str, str]]) -> Frame | None:
        if role == Role.BREAK:
            self._line_break()
            return None
        furniture, inside = self.furniture, self.inside
        if attributes or role in _TELLS_LAYER or self.named or self.content:
            furniture, inside = self._layer(element, role, attributes)
        if role == Role.IMAGE:
            self._image(element, furniture)
            return None
        flips = furniture is not self.furniture
        if attributes and role in (_INLINE, Role.BLOCK) and element.get("role") == "heading":
            role = Role.HEADING
        if role == _INLINE and not flips:
            return None
        frame = Frame(role, self)
        in_line = role in _IN_LINE
        if role == Role.CELL and self.grid is not None and not self.joins:
            self._open_cell(element)
            in_line = True
        elif self.joins:
            if not in_line:
                self.pieces.append(" ")
                frame.role = role = Role.BLOCK
                in_line = True
        elif not in_line:
            self._flush(None)
            self.owner = element
        if flips and in_line:
            self._suspend(frame)
        self.furniture, self.inside = furniture, inside
        if role > Role.BLOCK:
            self._begin(element, role, frame)
        return frame

    def _begin(self, element: etree._Element, role: int, frame: Frame) -> None:  # noqa: PLR0912 - one case a role
        if role == Role.LINK:
            self._open_link(element.get("href"))
        elif role == Role.HEADING:
            self._set_kind(frame, BlockKind.HEADING, _rank(element))
            self.joins += 1
        elif role == Role.ITEM:
            self._set_kind(frame, BlockKind.LIST_ITEM, max(self.lists, 1))
            if not self.lists:
                self._next_group()
        elif role == Role.LIST:
            if not self.lists:
                self._next_group()
            self.lists += 1
        elif role == Role.DETAIL:
            self._set_kind(frame, BlockKind.LIST_ITEM, self.lists + 1)
            if not self.lists:
                self._next_group()
        elif role in (Role.TERM, Role.CAPTION):
            self._set_kind(frame, BlockKind.PARAGRAPH, 0)
            if role == Role.CAPTION and self.grid is not None:
                self._flush_row()
                frame.level = len(self.passages)
        elif role == Role.TABLE:
            if tables.holds_data(element):
                self.grid = Grid()
                self.rows = []
                self._next_group()
            else:
                frame.role = Role.BLOCK
        elif role == Role.ROW:
            if self.grid is None:
                frame.role = Role.BLOCK
            else:
                self._flush_row()
                parent = element.getparent()
                self.row = tables.Row([], parent is not None and parent.tag == "thead")
        elif role == Role.CELL and self.grid is None:
            frame.role = Role.BLOCK
        elif role == Role.PRE:
            self.preformatted += 1

    def _close(self, frame: Frame, element: etree._Element, plain: Frame) -> None:
        role = frame.role
        if role == Role.LINK:
            self._close_link()
        elif role == Role.HEADING:
            self._flush(element)
            self.joins -= 1
        elif role not in (_INLINE, Role.CONTROL, Role.CELL):
            if self.joins:
                self.pieces.append(" ")
            else:
                self._flush(element)
        if frame is plain:
            return
        if frame.outer is not None:
            self._resume(frame.outer)
        if role > Role.TERM:
            self._end(role, frame)
        elif role == Role.LIST:
            self.lists -= 1
        if frame.sets_kind:
            self.kind, self.level = frame.kind, frame.level
        self.furniture, self.inside = frame.furniture, frame.inside

    def _end(self, role: int, frame: Frame) -> None:
        if role == Role.CELL:
            self._close_cell()
        elif role == Role.ROW:
            self._flush_row()
        elif role == Role.TABLE:
            self._close_table()
        elif role == Role.PRE:
            self.preformatted -= 1
        elif role == Role.CAPTION and self.grid is not None:
            captions = self.passages[frame.level :]
            frame.level = 0
            self.grid.caption = " ".join(passage.text for passage in captions) or None
            self.grid.passages += captions

    def _set_kind(self, frame: Frame, kind: BlockKind, level: int) -> None:
        frame.sets_kind = True
        self.kind, self.level = kind, level

    def _next_group(self) -> None:
        self.groups += 1
        self.group = self.groups

    # Layers

    def _layer(self, element: etree._Element, role: int, attributes: list[tuple[str, str]]) -> tuple[bool, bool]:
        """Whether the element is furniture, and whether it stands inside the content."""
        furniture, inside = self.furniture, self.inside
        tag = element.tag
        if role == Role.AROUND:
            furniture = True
            self.landmarks += tag == "nav"
        elif role == Role.CONTROL:
            furniture = furniture or not self._holds_a_heading(element)
        elif role == Role.EDGE and not inside:
            self.landmarks += 1
            furniture = furniture or not (tag == "header" and landmarks.heads_the_document(element))
        if attributes and not furniture and tag not in ("html", "body"):
            furniture = self._marked(element, attributes)
        if role == Role.CONTENT:
            inside = True
            if tag == "main" and not self.content:
                furniture = False
        if element in self.content:
            furniture, inside = False, True
        if element in self.named:
            furniture = True
        return furniture, inside

    def _marked(self, element: etree._Element, attributes: list[tuple[str, str]]) -> bool:
        marks = self._marks
        for attribute in attributes:
            rule = landmarks.RULES.get(attribute[0])
            if rule is None:
                continue
            mark = marks.get(attribute)
            if mark is None:
                mark = marks[attribute] = rule(attribute[1])
            if not mark:
                continue
            if mark is Mark.HIDDEN:
                if not landmarks.opens_on_demand(element, self.controlled):
                    return True
            elif mark is Mark.FURNITURE:
                self.landmarks += attribute[0] == "role"
                return True
            elif not self.inside and not landmarks.heads_the_document(element):
                self.landmarks += 1
                return True
        return False

    def _holds_a_heading(self, element: etree._Element) -> bool:
        """Whether a button is the heading of an accordion, or stands in one."""
        if element.tag != "button":
            return False
        if self.kind is BlockKind.HEADING and self.joins:
            return True
        return next(element.iterdescendants(*_RANK), None) is not None

    # Lines

    def _line_break(self) -> None:
        pieces = self.pieces
        if self.joins or self.preformatted:
            pieces.append("\n")
            return
        for piece in reversed(pieces):
            if piece is _LINE_BREAK:
                self._flush(None)
                return
            if not piece.isspace():
                break
        pieces.append(_LINE_BREAK)

    def _image(self, element: etree._Element, furniture: bool) -> None:
        text = self._clean(element.get("alt") or "")
        if text:
            layer = Layer.FURNITURE if furniture else Layer.BODY
            links: Links | None = [(0, len(text), self.link)] if self.link is not None else None
            self.line.later.append(Passage(BlockKind.IMAGE, 0, layer, text, links))

    def _suspend(self, frame: Frame) -> None:
        frame.outer = self.line
        self.line = Line([])
        self.pieces = self.line.pieces
        self._set_kind(frame, BlockKind.PARAGRAPH, 0)
        if self.link is not None:
            self.line.links.append((0, self.link))

    def _resume(self, outer: Line) -> None:
        self._flush(None)
        outer.later += self.line.into
        self.line = outer
        self.pieces = outer.pieces

    def _flush(self, element: etree._Element | None) -> None:
        """Ends the line; `element` is the one that ends with it."""
        line = self.line
        if self.pieces:
            if self.preformatted and not self.joins:
                self._split_blank_lines()
            text, links = self._take()
            if text:
                self._add(text, links, element)
        if line.later:
            line.into += line.later
            line.later = []
        self.owner = None

    def _add(self, text: str, links: Links | None, element: etree._Element | None) -> None:
        kind, level, group, style = self.kind, self.level, 0, 0
        holder: etree._Element | None = None
        if kind is BlockKind.LIST_ITEM:
            group = self.group
            self.kind, self.level = BlockKind.PARAGRAPH, 0  # what follows in the item is no item of its own
        elif kind is BlockKind.HEADING:
            holder = element
            if len(text) > _LONGEST_HEADING:
                kind, level = BlockKind.PARAGRAPH, 0
        elif element is not None and element is self.owner and not self.furniture:
            holder = element
            if len(text) <= headings.LONGEST:
                style = headings.style(element, text)
        layer = Layer.FURNITURE if self.furniture else Layer.BODY
        self.line.into.append(Passage(kind, level, layer, text, links, group, holder, style))

    def _split_blank_lines(self) -> None:
        """Passes on all but the last of the paragraphs that blank lines part in preformatted text."""
        if self.line.links or self.kind is not BlockKind.PARAGRAPH:
            return
        *paragraphs, last = headings.BLANK_LINE.split("".join(self.pieces))
        for paragraph in paragraphs:
            if text := self._clean(paragraph):
                self._add(text, None, None)
        self.pieces[:] = [last]

    def _take(self) -> tuple[str, Links | None]:
        """The line so far as clean text, and its links."""
        line = self.line
        if line.links:
            text, links = _with_links(self.pieces, line.links)
            line.links = [(0, self.link)] if self.link is not None else []
            self.pieces.clear()
            return self._repair(text), links
        text = "".join(self.pieces)
        self.pieces.clear()
        return self._clean(text), None

    def _clean(self, text: str) -> str:
        if not text.isascii():
            for space in _NO_BREAK_SPACES:
                if space in text:
                    return self._repair(collapse(text).strip())
            return self._repair(" ".join(text.split()))
        for space in _SPACES:
            if space in text:
                return self._repair(" ".join(text.split()))
        return self._repair(text.strip())

    def _repair(self, text: str) -> str:
        if not self.references:
            return text
        text, count = repair(text)
        self.repaired += count
        return text

    def _open_link(self, href: str | None) -> None:
        line = self.line
        if self.link is not None:
            line.links.append((len(self.pieces), None))
        self.link = href.strip() or None if href else None
        if self.link is not None:
            line.links.append((len(self.pieces), self.link))

    def _close_link(self) -> None:
        if self.link is not None:
            self.line.links.append((len(self.pieces), None))
            self.link = None

    # Tables

    def _open_cell(self, element: etree._Element) -> None:
        self._flush(None)
        if self.row is None:
            self.row = tables.Row([], in_head=False)
        self.cell = tables.Cell(
            "", element.tag == "th", tables.span(element.get("colspan")), tables.span(element.get("rowspan"))
        )
        self.joins += 1

    def _close_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        offset = sum(len(cell.text) + 1 for cell in self.row.cells)
        text, links = self._take()
        if links:
            self.row_links += [(offset + start, offset + end, href) for start, end, href in links]
        self.cell.text = text
        self.row.cells.append(self.cell)
        self.cell = None
        self.joins -= 1

    def _flush_row(self) -> None:
        row, self.row = self.row, None
        if row is None or self.grid is None:
            self._flush(None)
            return
        if row.cells:
            self.rows.append(row)
        joined = "\t".join([cell.text for cell in row.cells])
        text = joined.strip()
        if text:
            lead = len(joined) - len(joined.lstrip())
            links = [(start - lead, end - lead, href) for start, end, href in self.row_links] or None
            layer = Layer.FURNITURE if self.furniture else Layer.BODY
            passage = Passage(BlockKind.TABLE_ROW, 0, layer, text, links, self.group)
            self.line.into.append(passage)
            self.grid.passages.append(passage)
        self.row_links = []
        self._flush(None)

    def _close_table(self) -> None:
        grid = self.grid
        if grid is not None:
            self._flush_row()
            grid.header, grid.rows = tables.fill(self.rows)
            self.grids.append(grid)
        self.grid = None
        self._next_group()


def _rank(element: etree._Element) -> int:
    """A heading's level as marked; one marked by its role alone is of the second unless it says otherwise."""
    level = (element.get("aria-level") or "").strip()
    if level.isascii() and level.isdigit():
        return min(max(int(level[:3]), 1), 6)
    return _RANK.get(element.tag, 2)


def _squash(text: str) -> str:
    for space in _SPACES:
        if space in text:
            return collapse(text)
    return text if text.isascii() else collapse(text)


def _with_links(pieces: list[str], marks: list[tuple[int, str | None]]) -> tuple[str, Links | None]:
    """Clean text of a line, and where in it each link stands."""
    parts: list[str] = []
    found: Links = []
    length = last = begun = 0
    spaced = True
    href: str | None = None
    for index, mark in (*marks, (len(pieces), None)):
        part = _squash("".join(pieces[last:index]))
        if spaced and part[:1] == " ":
            part = part[1:]
        if part:
            parts.append(part)
            length += len(part)
            spaced = part[-1] == " "
        if href is not None and length > begun:
            found.append((begun, length, href))
        href, begun, last = mark, length, index
    whole = "".join(parts)
    text = whole.strip()
    lead = len(whole) - len(whole.lstrip())
    links: Links = []
    for start, end, address in found:
        left, right = strip_span(text, max(start - lead, 0), max(end - lead, 0))
        if right > left:
            links.append((left, right, address))
    return text, links or None
