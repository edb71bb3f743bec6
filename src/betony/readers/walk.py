"""From a tree of elements to passages in reading order: one loop over the page, without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from betony.model import Layer
from betony.readers import headings, parts, runs, tables
from betony.readers.elements import INLINE, ROLES, UNREAD, Role
from betony.readers.layers import Layers
from betony.readers.line import REPAIRED, Links, clean, unescape, with_links
from betony.readers.passage import (
    BODY,
    FURNITURE,
    HEADING,
    IMAGE,
    LIST_ITEM,
    PARAGRAPH,
    TABLE_ROW,
    Grid,
    Passage,
    passage,
)
from betony.readers.runs import BREAK, END, HEAD, HEAD_END, ITEM, LINE_BREAK, OPEN, OPENS, PLAIN, SHUTS, SPACE
from betony.text import repair

_IN_LINE = frozenset((INLINE, Role.CONTROL, Role.STRUCK, Role.LINK))
_RANK = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_LONGEST_HEADING = 400
"""A longer heading is text whose heading was never closed."""
_LINE_BREAK = " \n "
_RAISED = re.compile(
    rb"<sup(?<=[0-9]<sup)(?: [^<>]*+)?>(?:<[a-z][^<>]*+>){0,3}(?=(?:-|\xe2\x88\x92|\xe2\x80\x93|&#8722;|&#8211;)?[0-9])"
)
"""Where a number is raised right behind a digit: without a sign between them, `10<sup>9</sup>` would say 109."""
_KEEP_LINES = ("pre", "xmp", "plaintext")


class Frame:
    """What held before an element was opened, to be put back when it closes."""

    __slots__ = ("depth", "heads", "inside", "layer", "outer")

    def __init__(self, depth: int, *, layer: Layer, inside: bool) -> None:
        self.depth = depth
        self.layer = layer
        self.inside = inside
        self.heads = False
        """The element is a heading by its role alone."""
        self.outer: Line | None = None
        """The line that goes on after the element, where it is a part of a line in another layer."""


class Line:
    """What has been read of a block that is not finished."""

    __slots__ = ("into", "kind", "later", "level", "links", "pieces")

    def __init__(self, into: list[Passage]) -> None:
        self.kind = PARAGRAPH
        self.level = 0
        self.pieces: list[str] = []
        self.links: list[tuple[int, str | None]] = []
        """Where in `pieces` a link begins (its address) or ends (None)."""
        self.later: list[Passage] = []
        """What stands within the line but is no part of it: images and hidden words. It comes after it."""
        self.into = into


class Walk:
    """The state of the walk; `passages` and `grids` are what it found.

    The tree is not asked element by element, which would cost more than all else together: it is written out once,
    well-formed, and cut where tags stand between two texts. What a run of tags asks for is known after the first time.
    """

    def __init__(
        self,
        root: etree._Element,
        *,
        content: frozenset[etree._Element] = frozenset(),
        furniture: frozenset[etree._Element] = frozenset(),
    ) -> None:
        etree.strip_elements(root, *UNREAD, with_tail=False)
        self.root = root
        self.layers = Layers(root, content, furniture)
        self.elements: list[etree._Element] = list(root.iter(etree.Element))
        self.passages: list[Passage] = []
        self.grids: list[Grid] = []
        self.spaced = False
        """The page's white space is spaces and no-break spaces, as far as it is ASCII."""
        self.repaired = 0

        self.layer = FURNITURE if content else BODY
        self.inside = False
        self.frames: list[Frame] = []
        self.line = Line(self.passages)
        self.link: str | None = None
        self.owner = -1
        """The element that the current line began with, while it has held nothing else."""
        self.joins = 0
        """Inside cells and headings blocks do not break the line."""
        self.preformatted = 0
        self.lists = 0
        self.group = 0
        self.groups = 0
        self.tables: list[Grid | None] = []
        self.grid: Grid | None = None
        self.captioned = 0
        self.rows: list[tables.Row] = []
        self.row: tables.Row | None = None
        self.row_links: Links = []
        self.cell: tables.Cell | None = None
        self._run()

    def _run(self) -> None:  # noqa: PLR0915 - the one loop that every tag of every page passes
        texts, programs = runs.cut(self._written())
        openers, shutters, spaced = _OPENERS, _SHUTTERS, self.spaced
        line = self.line
        pieces = line.pieces
        index = depth = 0
        closing = -1
        """The depth at which the innermost layer ends."""
        owner_tag = ""
        for text, program in zip(map(bytes.decode, texts), programs, strict=True):
            elements, deeper, lowest, ends, owns, after, steps, each = program
            if text:
                if pieces or self.joins != ends or line.links or self.preformatted:
                    if pieces or not text.isspace():
                        pieces.append(text)
                else:  # what most lines are: one text, which this run ends
                    if spaced and "&" not in text and "  " not in text and (text.isascii() or text.isprintable()):
                        text = text.strip()  # noqa: PLW2901 - by far the commonest, and costs no call
                    else:
                        text = clean(self._unescaped(text))  # noqa: PLW2901 - as above
                    if text:
                        owner = self.owner if owns else -1
                        if line.kind is not PARAGRAPH:
                            self._add(text, None, owner)
                        elif owner < 0 or (owner == index - 1 and not ends and "class=" not in owner_tag and line.into):
                            # No element's own words, or bare words in a bare element: nothing sets them off.
                            line.into.append(passage(PARAGRAPH, 0, self.layer, text))
                        else:
                            self._add(text, None, owner)
            if after is not None and self.joins == ends and (closing < 0 or depth + lowest > closing):
                if pieces or line.later:
                    self._flush(self.owner if owns else -1)
                kind, level, self.joins, at, owner_tag = after  # in place of the steps, which come to this
                self.owner = index + at if at >= 0 else -1
                if kind is LIST_ITEM:
                    self._item()
                elif kind is not None:
                    line.kind, line.level = kind, level
                index += elements
                depth += deeper
                continue
            for code, tag, at, place in steps if closing < 0 or depth + lowest > closing else each:
                if code <= BREAK:
                    if self.joins:
                        if pieces:
                            pieces.append(" ")
                        continue
                    if pieces or line.later:
                        self._flush(self.owner if code == END else -1)
                    owner_tag = tag
                    self.owner = index + place if tag else -1
                elif code == HEAD:
                    if self.joins:
                        pieces.append(" ")
                    else:
                        if pieces or line.later:
                            self._flush(-1)
                        self.owner = index + at
                        line.kind, line.level = HEADING, place or _rank(self.elements[index + at])
                    self.joins += 1
                elif code == HEAD_END:
                    if self.joins == 1:
                        if pieces or line.later:
                            self._flush(self.owner)
                        self.owner = -1
                        line.kind, line.level = PARAGRAPH, 0
                    self.joins -= 1
                elif code == ITEM:
                    if not self.joins:
                        self._item()
                elif code == PLAIN:
                    if not self.joins:
                        line.kind, line.level = PARAGRAPH, 0
                elif code >= SHUTS:
                    shutters[code](self)
                elif code >= OPENS:
                    openers[code](self, tag, index + at)
                    owner_tag = tag
                elif code == SPACE:
                    if pieces:
                        pieces.append(tag)
                elif code == LINE_BREAK:
                    self._line_break(index + at if tag else -1)
                elif code == OPEN or depth + place == closing:
                    if code == OPEN:
                        self._open(tag, index + at, depth + place)
                        owner_tag = tag
                    else:
                        self._leave()
                    line = self.line
                    pieces = line.pieces
                    closing = self.frames[-1].depth if self.frames else -1
            index += elements
            depth += deeper
        self._flush(-1)

    def _written(self) -> bytes:
        """The page written out, in UTF-8."""
        # With an XHTML doctype the page would be written by other rules, and with elements it does not have.
        self.root.getroottree().docinfo.clear()
        for element in self.layers.content:
            element.set(runs.CONTENT, "")
        for element in self.layers.named:
            element.set(runs.NAMED, "")
        try:
            written = etree.tostring(self.root, encoding="utf-8", with_tail=False)
        finally:
            for element in self.layers.content:
                del element.attrib[runs.CONTENT]
            for element in self.layers.named:
                del element.attrib[runs.NAMED]
        if next(self.root.iter(*_KEEP_LINES), None) is None:
            # Once over the page is faster than a look at each line for each of them; tags do not mind it.
            written = written.replace(b"\n", b" ").replace(b"\t", b" ")
            self.spaced = True
        # The tree is asked, for that is far faster than to look for three letters in all that is written.
        return _RAISED.sub(rb"\g<0>^", written) if next(self.root.iter("sup"), None) is not None else written

    # Tags that do more than break the line

    def _open(self, tag: str, index: int, depth: int) -> None:
        """An opening tag that may change the layer, or is empty."""
        element = self.elements[index]
        role = ROLES.get(str(element.tag), INLINE)
        controls = role == Role.CONTROL and self.layer is BODY and not self._holds_a_heading(element)
        layer, inside = self.layers.of(element, role, self.layer, inside=self.inside, controls=controls)
        if role == Role.IMAGE:
            self._image(element, layer)
            return
        if tag[-2] == "/":
            self._empty(role, tag, index)
            return
        level = self._heading_level(element, role, layer)
        heads = level is not None
        in_line = self.joins > 0 or (role in _IN_LINE and not heads)
        if role == Role.CELL and self.grid is not None:
            self._open_cell(tag, index)
            in_line = True
        elif not in_line:
            self._flush(-1)
        elif role not in _IN_LINE:
            self.line.pieces.append(" ")
        heads = heads and not in_line
        if layer is not self.layer or inside is not self.inside or heads:
            frame = Frame(depth, layer=self.layer, inside=self.inside)
            self.frames.append(frame)
            if in_line and layer is not self.layer:
                if role == Role.CONTROL:
                    self.line.pieces.append(" ")  # a button or a frame parts the words beside it
                self._suspend(frame)
            self.layer, self.inside = layer, inside
            if heads:
                frame.heads = True
                self.owner = index
                self.line.kind, self.line.level = HEADING, level or headings.BELOW
                self.joins += 1
                return
        if not in_line:
            self.owner = index
        self._begin(role, tag, index)

    def _heading_level(self, element: etree._Element, role: int, layer: Layer) -> int | None:
        """The level of the heading that an element is by more than its name; None for what is none."""
        may = role in (Role.SUMMARY, Role.CONTROL)
        if role in (INLINE, Role.BLOCK) and (said := element.get("role")):
            said = said.strip().lower()
            if said == "heading":
                return _rank(element)
            may = said in runs.HEADS
        if may and layer is BODY and not self.joins and parts.titles_a_part(element) and parts.is_heading(element):
            return headings.BELOW
        return None

    def _begin(self, role: int, tag: str, index: int) -> None:
        """What the role of an element asks for besides a break of the line, and a layer."""
        if role == Role.HEADING:
            if not self.joins:
                self.line.kind, self.line.level = HEADING, _rank(self.elements[index])
            self.joins += 1
        elif role == Role.ITEM:
            if not self.joins:
                self._item()
        elif role == Role.TERM:
            if not self.joins:
                self.line.kind, self.line.level = PARAGRAPH, 0
        elif (role != Role.CELL or self.grid is None) and (opener := _OPENERS.get(OPENS + role)):
            opener(self, tag, index)

    def _open_list(self, _tag: str, _index: int) -> None:
        if not self.lists:
            self._next_group()
        self.lists += 1

    def _shut_list(self) -> None:
        self.lists -= 1

    def _open_detail(self, _tag: str, _index: int) -> None:
        if not self.joins:
            if not self.lists:
                self._next_group()
            self.line.kind, self.line.level = LIST_ITEM, self.lists + 1

    def _open_pre(self, _tag: str, _index: int) -> None:
        self.preformatted += 1

    def _shut_pre(self) -> None:
        self.preformatted -= 1

    def _empty(self, role: int, tag: str, index: int) -> None:
        """An element without content: it breaks the line, and a cell takes its place."""
        if role in _IN_LINE:
            return
        if role == Role.CELL and self.grid is not None:
            self._open_cell(tag, index)
            self._shut_cell()
        elif self.joins:
            self.line.pieces.append(" ")
        else:
            self._flush(-1)

    def _leave(self) -> None:
        """Puts back what held before the innermost element of a layer of its own."""
        frame = self.frames.pop()
        if frame.heads:
            self._flush(self.owner)
            self.joins -= 1
            self.line.kind, self.line.level = PARAGRAPH, 0
        if frame.outer is not None:
            self._flush(-1)
            outer = frame.outer
            # Words before the first of the line stand before it: what nobody sees at the head of a heading is no text below it.
            # Those within a heading do too: between it and what it heads they would part the two.
            blank = all(map(str.isspace, outer.pieces))
            many = blank and len(outer.pieces) > 1 and not outer.links and not self.preformatted
            if many and not any(piece is _LINE_BREAK for piece in outer.pieces):
                del outer.pieces[1:]  # or a page of buttons would be looked through for each of them
            begun = outer.kind is not HEADING and not blank
            (outer.later if begun or outer.later else outer.into).extend(self.line.into)
            if outer.pieces and any(_parts_words(hidden.text) for hidden in self.line.into):
                outer.pieces.append(" ")
            self.line = outer
        self.layer, self.inside = frame.layer, frame.inside

    def _item(self) -> None:
        if not self.lists:
            self._next_group()
        self.line.kind, self.line.level = LIST_ITEM, self.lists or 1

    def _next_group(self) -> None:
        self.groups += 1
        self.group = self.groups

    def _holds_a_heading(self, element: etree._Element) -> bool:
        """Whether a button is the title of an accordion, or stands in one."""
        if element.tag != "button":
            return False
        if self.line.kind is HEADING and self.joins:
            return True
        if any(
            child.tag in _RANK or child.get("role") == "heading" for child in element.iterdescendants(etree.Element)
        ):
            return True
        return (not self.joins or self.cell is not None) and parts.titles_a_part(element)

    # Lines

    def _line_break(self, after_bold: int) -> None:
        """A break of the line; `after_bold` is its element where the words before it are bold, else -1."""
        pieces = self.line.pieces
        if self.joins or self.preformatted:
            pieces.append("\n")
            return
        alone = after_bold >= 0 and bool(pieces) and all(map(str.isspace, pieces[1:]))
        if alone and not _goes_on(self.elements[after_bold]) and self._set_off():
            return
        for piece in reversed(pieces):
            if piece is _LINE_BREAK:
                self._flush(-1)
                return
            if not piece.isspace():
                break
        pieces.append(_LINE_BREAK)

    def _set_off(self) -> bool:
        """Makes a passage of its own of a line that is bold throughout and may be a heading: `<b>Dose</b><br>Two a day.`"""
        line = self.line
        if line.kind is not PARAGRAPH or line.links or self.layer is FURNITURE:
            return False
        text = self._cleaned("".join(line.pieces))
        if not headings.may_be(text) or text.endswith(":") or headings.instructs(text):
            return False
        line.pieces.clear()
        line.into.append(passage(PARAGRAPH, 0, self.layer, text, style=headings.RUN_IN))
        self.owner = -1
        return True

    def _image(self, element: etree._Element, layer: Layer) -> None:
        text = repair(clean(element.get("alt") or ""))[0]
        if text:
            links: Links | None = [(0, len(text), self.link)] if self.link is not None else None
            self.line.later.append(passage(IMAGE, 0, layer, text, links))

    def _suspend(self, frame: Frame) -> None:
        frame.outer = self.line
        self.line = Line([])
        if self.link is not None:
            self.line.links.append((0, self.link))

    def _break(self, owner: int) -> None:
        """Ends the line, or parts the words where blocks do not."""
        if self.joins:
            self.line.pieces.append(" ")
        else:
            self._flush(owner)

    def _flush(self, owner: int) -> None:
        """Ends the line; `owner` is the element that held it and nothing else, if there is one."""
        line = self.line
        pieces = line.pieces
        self.owner = -1
        if pieces:
            text, links = self._joined()
            if text:
                self._add(text, links, owner)
        if line.later:
            line.into += line.later
            line.later = []

    def _joined(self) -> tuple[str, Links | None]:
        """The pieces of the line, which are none of it any more, as clean text, and the links in it."""
        line = self.line
        pieces = line.pieces
        if len(pieces) == 1 and not line.links and not self.preformatted:
            return self._cleaned(pieces.pop()), None
        if self.preformatted and not self.joins:
            self._split_blank_lines()
        if len(pieces) > 1 and pieces[0][-1].isdigit() and pieces[1][0].isupper() and headings.is_number(pieces[0]):
            # A number in an element of its own stands apart on the page, by its style.
            pieces[0] += " "
        links: Links | None = None
        if line.links:
            text, links = with_links([self._unescaped(piece) for piece in pieces], line.links)
            line.links = [(0, self.link)] if self.link is not None else []
        else:
            text = self._cleaned("".join(pieces))
        pieces.clear()
        return text, links

    def _cleaned(self, text: str) -> str:
        """The text unescaped, its runs of white space as one space each."""
        if self.spaced and text.isascii() and "&" not in text and "  " not in text and "\n" not in text:
            return text.strip()
        return clean(self._unescaped(text))

    def _unescaped(self, text: str) -> str:
        if "&" not in text:
            return text
        self.repaired += text.count(REPAIRED)
        return unescape(text)

    def _add(self, text: str, links: Links | None, owner: int) -> None:
        line = self.line
        kind, layer = line.kind, self.layer
        if kind is LIST_ITEM:
            line.into.append(passage(kind, line.level, layer, text, links, self.group))
            line.kind, line.level = PARAGRAPH, 0  # what follows in the item is no item of its own
        elif kind is HEADING and len(text) <= _LONGEST_HEADING:
            line.into.append(
                passage(kind, line.level, layer, text, links, 0, self.elements[owner] if owner >= 0 else None)
            )
        elif owner < 0 or layer is FURNITURE or len(text) > headings.LONGEST:
            line.into.append(passage(PARAGRAPH, 0, layer, text, links))
        else:
            holder = self.elements[owner]
            line.into.append(passage(PARAGRAPH, 0, layer, text, links, 0, holder, headings.style(holder, text)))

    def _split_blank_lines(self) -> None:
        """Passes on all but the last of the paragraphs that blank lines part in preformatted text."""
        line = self.line
        if line.links or line.kind is not PARAGRAPH:
            return
        *paragraphs, last = headings.BLANK_LINE.split("".join(line.pieces))
        for paragraph in paragraphs:
            if text := clean(self._unescaped(paragraph)):
                self._add(text, None, -1)
        line.pieces[:] = [last]

    def _open_link(self, _tag: str, index: int) -> None:
        line = self.line
        href = self.elements[index].get("href")
        if self.link is not None:
            line.links.append((len(self.line.pieces), None))
        self.link = href.strip() or None if href else None
        if self.link is not None:
            line.links.append((len(self.line.pieces), self.link))

    def _shut_link(self) -> None:
        if self.link is not None:
            self.line.links.append((len(self.line.pieces), None))
            self.link = None

    # Tables

    def _open_table(self, _tag: str, index: int) -> None:
        self.grid = Grid() if not self.joins and tables.holds_data(self.elements[index]) else None
        self.tables.append(self.grid)
        if self.grid is not None:
            self.rows = []
            self.grid.has_head = next(self.elements[index].iterdescendants("thead"), None) is not None
            self._next_group()

    def _shut_table(self) -> None:
        grid = self.tables.pop()
        if grid is not None:
            self._flush_row()
            grid.header, grid.rows = tables.fill(self.rows)
            self.grids.append(grid)
            self._next_group()
        self.grid = self.tables[-1] if self.tables else None

    def _open_row(self, _tag: str, index: int) -> None:
        if self.grid is not None and not self.joins:
            if self.row is not None:
                self._flush_row()
            parent = self.elements[index].getparent() if self.grid.has_head else None
            self.row = tables.Row([], parent is not None and parent.tag == "thead")

    def _shut_row(self) -> None:
        if self.joins or self.row is None:
            self._break(self.owner)
        else:
            self._flush_row()  # before what stands in its cells but is no part of their text

    def _open_caption(self, _tag: str, _index: int) -> None:
        if self.grid is not None and not self.joins:
            self._flush_row()
            self.captioned = len(self.line.into)

    def _shut_caption(self) -> None:
        if self.grid is not None and not self.joins:
            captions = self.line.into[self.captioned :]
            self.grid.caption = " ".join(caption.text for caption in captions) or None
            self.grid.passages += captions

    def _open_cell(self, tag: str, index: int) -> None:
        if self.grid is None or self.joins:
            self._break(-1)
            if not self.joins:
                self.owner = index
            return
        if self.line.pieces:
            self._flush(-1)
        if self.row is None:
            self.row = tables.Row([], in_head=False)
        self.cell = cell = tables.Cell("", tag[2] == "h")
        if "span=" in tag:
            element = self.elements[index]
            cell.columns, cell.rows = tables.span(element.get("colspan")), tables.span_down(element.get("rowspan"))
        self.joins = 1

    def _shut_cell(self) -> None:
        cell, row = self.cell, self.row
        if cell is None or row is None:
            self._break(self.owner)
            return
        if self.line.pieces:
            cell.text, links = self._joined()
            if links:
                offset = sum([len(before.text) + 1 for before in row.cells])
                self.row_links += [(offset + start, offset + end, href) for start, end, href in links]
        row.cells.append(cell)
        self.cell = None
        self.joins = 0

    def _flush_row(self) -> None:
        row, self.row = self.row, None
        if row is not None and row.cells and self.grid is not None:
            self.rows.append(row)
            joined = "\t".join([cell.text for cell in row.cells])
            text = joined.strip()
            if text:
                lead = len(joined) - len(joined.lstrip()) if self.row_links else 0
                links = [(start - lead, end - lead, href) for start, end, href in self.row_links] or None
                line = passage(TABLE_ROW, 0, self.layer, text, links, self.group)
                self.line.into.append(line)
                self.grid.passages.append(line)
            self.row_links = []
        if self.line.pieces or self.line.later:
            self._flush(-1)


_OPENERS: dict[int, Callable[[Walk, str, int], None]] = {
    OPENS + Role.LIST: Walk._open_list,
    OPENS + Role.DETAIL: Walk._open_detail,
    OPENS + Role.TABLE: Walk._open_table,
    OPENS + Role.ROW: Walk._open_row,
    OPENS + Role.CELL: Walk._open_cell,
    OPENS + Role.CAPTION: Walk._open_caption,
    OPENS + Role.LINK: Walk._open_link,
    OPENS + Role.PRE: Walk._open_pre,
}
_SHUTTERS: dict[int, Callable[[Walk], None]] = {
    SHUTS + Role.LIST: Walk._shut_list,
    SHUTS + Role.TABLE: Walk._shut_table,
    SHUTS + Role.ROW: Walk._shut_row,
    SHUTS + Role.CELL: Walk._shut_cell,
    SHUTS + Role.CAPTION: Walk._shut_caption,
    SHUTS + Role.LINK: Walk._shut_link,
    SHUTS + Role.PRE: Walk._shut_pre,
}


def _goes_on(line_break: etree._Element) -> bool:
    """Whether what stands behind a line break goes on in lower case: `<b>Do not</b><br>give it.` is one sentence."""
    if line_break.tail and not line_break.tail.isspace():
        return line_break.tail.lstrip()[0].islower()
    following = line_break.getnext()
    if following is None or not isinstance(following.tag, str) or following.tag == "br":
        return False
    words = next((words for words in following.itertext() if not words.isspace()), following.tail or "")
    return words.lstrip()[:1].islower()


def _parts_words(hidden: str) -> bool:
    """Whether words that nobody sees are there to part what stands around them: `Step 1<hidden>:</hidden>Wash`."""
    return not (hidden[0].isalnum() and hidden[-1].isalnum())


def _rank(element: etree._Element) -> int:
    """A heading's level as marked; one marked by its role alone is of the second unless it says otherwise."""
    level = (element.get("aria-level") or "").strip()
    if level.isascii() and level.isdigit():
        return min(max(int(level[:3]), 1), 6)
    return _RANK.get(str(element.tag), 2)
