"""What stands on the pages of a PDF: fragments of text with place and type, ruled lines, and the structure tree."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

MOST_CHARACTERS = 5_000_000
"""About two thousand close-set pages."""
_MOST_LINKS = 500
_MOST_OBJECTS = 20_000
_MOST_TREE_NODES = 200_000
_DEEPEST = 60
"""pdfium itself follows a structure tree no deeper than 32 levels."""
_FORCE_BOLD = 1 << 18
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
LINE_END_HYPHEN = "\x02"
"""What pdfium writes for a hyphen at the end of a line whose word goes on below."""


@dataclass(slots=True)
class Fragment:
    """Characters of one type on one line without a wide gap; y counts down from the top of the page."""

    text: str
    x0: float
    x1: float
    y: float
    """The base line."""
    size: float
    bold: bool
    mcid: int
    """The number of its marked content; -1 where it has none."""
    artifact: bool
    url: str | None
    page: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn on the page, horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Node:
    """An element of the structure tree as far as it lies on one page.

    `path` is its place in the whole document's tree, the same on every page that it spans.
    """

    type: str
    path: tuple[int, ...]
    kids: list[Node | int]
    """Elements, and numbers of marked content."""
    alt: str = ""
    actual: str = ""


@dataclass(slots=True)
class Page:
    """One page, counted from 1."""

    number: int
    width: float
    height: float
    fragments: list[Fragment] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signs: list[tuple[float, float]] = field(default_factory=list)
    """Middles of small discs, rings and squares that are drawn: the signs of lists, among others."""
    tree: list[Node] = field(default_factory=list)
    images: int = 0
    drawn: bool = False
    """Whether anything at all is drawn on it."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What all characters of one text object share."""

    size: float
    bold: bool
    mcid: int
    artifact: bool
    turned: bool
    """It does not run as most of the page does."""


class _Turn:
    """From the page's own coordinates to those of a reader: its words upright, y downwards.

    `quarter` is how many quarters of a circle the page is turned for that.
    """

    def __init__(self, page: Any, quarter: int | None) -> None:
        shown = pdfium.FPDFPage_GetRotation(page)
        self.quarter = shown if quarter is None else quarter
        self.width = pdfium.FPDF_GetPageWidthF(page)
        self.height = pdfium.FPDF_GetPageHeightF(page)
        if (self.quarter - shown) % 2:
            self.width, self.height = self.height, self.width
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.bottom = box.left, box.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        if self.quarter == 1:
            return y, x
        if self.quarter == 2:
            return self.width - x, y
        if self.quarter == 3:
            return self.width - y, self.height - x
        return x, self.height - y


def read(document: Any, page: Any, number: int, *, tagged: bool) -> Page:
    """The page's content; `document` and `page` are pdfium's handles, which the caller closes."""
    handle = pdfium.FPDFText_LoadPage(page)
    try:
        turn = _Turn(page, _upright(handle) if handle else None)
        found = Page(number, turn.width, turn.height)
        _read_objects(page, turn, found)
        if handle:
            links = list(_links(document, page, turn))
            found.fragments = _Reader(handle, turn, links, found).fragments()
    finally:
        if handle:
            pdfium.FPDFText_ClosePage(handle)
    if tagged:
        found.tree = _tree(page)
    return found


_SAMPLE = 400
"""So many characters tell how a page's words run."""


def _upright(handle: Any) -> int | None:
    """How many quarters of a circle a page is to be turned for most of its words to stand upright: a table may lie on its
    side. None where it has no words, or most are slanted."""
    count = pdfium.FPDFText_CountChars(handle)
    quarters = Counter(_quarter(handle, i) for i in range(0, count, max(1, count // _SAMPLE)))
    return quarters.most_common(1)[0][0] if quarters else None


def _quarter(handle: Any, i: int) -> int | None:
    """How many quarters of a circle a character is turned to the left; None where it is slanted."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(handle, i, matrix) or not (matrix.a or matrix.b):
        return 0
    quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _SLANT else None


_SLANT = 0.1
"""Quarters of a circle; scans are a little askew."""


class _Reader:
    """Gathers the characters of a text page into fragments."""

    def __init__(self, handle: Any, turn: _Turn, links: list[tuple[Rule, str]], page: Page) -> None:
        self.handle = handle
        self.page = page.number
        self.down = [rule for rule in page.rules if rule.y1 - rule.y0 > rule.x1 - rule.x0][:2000]
        self.turn = turn
        self.links = links
        self.looks: dict[int, _Look] = {}
        self.found: list[Fragment] = []
        self.text: list[str] = []
        self.last: Fragment | None = None
        self.turned = False
        """The words that are being gathered run up or down the page, or slant."""
        self.before = (0.0, 0.0)
        """The place of their last letter."""
        self.sideways: list[int] = []
        """Which of those found do so."""

    def fragments(self) -> list[Fragment]:
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        handle = self.handle
        for i in range(min(pdfium.FPDFText_CountChars(handle), MOST_CHARACTERS + 1)):
            code = pdfium.FPDFText_GetUnicode(handle, i)
            if code in (10, 13):
                self._end()
            elif code == 32 and pdfium.FPDFText_IsGenerated(handle, i) == 1:
                if self.last is not None:
                    self.text.append(" ")
            else:
                pdfium.FPDFText_GetCharOrigin(handle, i, x, y)
                pdfium.FPDFText_GetLooseCharBox(handle, i, box)
                left, base = self.turn.point(x.value, y.value)
                one, other = self.turn.point(box.left, box.bottom)[0], self.turn.point(box.right, box.top)[0]
                look = self._look(i)
                add = self._add_turned if look.turned else self._add
                add(chr(code) if code else "\ufffd", look, min(left, one, other), max(one, other), base)
        self._end()
        self._set_margins_apart()
        self._set_unseen_apart()
        return self.found

    def _add(self, sign: str, look: _Look, left: float, right: float, base: float) -> None:
        url = self._url((left + right) / 2, base - look.size / 4) if self.links else None
        last = self.last
        if (
            last is None
            or self.turned
            or (last.mcid, last.artifact, last.bold, last.url) != (look.mcid, look.artifact, look.bold, url)
            or abs(last.size - look.size) > 0.1
            or abs(last.y - base) > 0.2 * look.size
            or (not last.x0 - look.size < left < last.x1 + look.size and not sign.isspace() and not _is_rtl(sign))
            or (left - last.x1 > 1 and self._is_ruled_off(last.x1, left, base))
        ):
            self._end()
            last = Fragment("", left, right, base, look.size, look.bold, look.mcid, look.artifact, url, self.page)
            self.last = last
        self.text.append(sign)
        last.x0 = min(last.x0, left)
        last.x1 = max(last.x1, right) if not sign.isspace() else last.x1

    def _add_turned(self, sign: str, look: _Look, left: float, right: float, base: float) -> None:
        """Goes on with words that run up or down the page: they stand where their lowest letter does."""
        last, (x, y) = self.last, self.before
        near = 3 * look.size
        if (
            last is None
            or not self.turned
            or (last.mcid, last.artifact, last.bold, last.size) != (look.mcid, look.artifact, look.bold, look.size)
            or max(abs(left - x), abs(base - y)) > near
        ):
            self._end()
            last = Fragment("", left, right, base, look.size, look.bold, look.mcid, look.artifact, None, self.page)
            self.last, self.turned = last, True
        self.text.append(sign)
        self.before = left, base
        last.x0, last.x1, last.y = min(last.x0, left), max(last.x1, right), max(last.y, base)

    def _set_margins_apart(self) -> None:
        """What runs up or down the page beside all else is an artifact: where a copy came from, a journal's name."""
        straight = [
            fragment for i, fragment in enumerate(self.found) if i not in self.sideways and fragment.text.strip()
        ]
        left, right = min((f.x0 for f in straight), default=math.inf), max((f.x1 for f in straight), default=-math.inf)
        for i in self.sideways:
            fragment = self.found[i]
            fragment.artifact = fragment.artifact or fragment.x1 <= left or right <= fragment.x0

    def _set_unseen_apart(self) -> None:
        """What lies off the page, where all does not, is an artifact: a printer's notes, which no reader sees."""
        unseen = [fragment for fragment in self.found if not self._is_on_page(fragment)]
        if len(unseen) < len(self.found):
            for fragment in unseen:
                fragment.artifact = True

    def _is_on_page(self, fragment: Fragment) -> bool:
        middle = (fragment.x0 + fragment.x1) / 2
        width, height = float(self.turn.width), float(self.turn.height)
        return 0 <= middle <= width and 0 <= fragment.y <= height + fragment.size

    def _is_ruled_off(self, left: float, right: float, y: float) -> bool:
        """Whether a vertical rule runs between two characters: they stand in different cells."""
        return any(left <= rule.x0 <= right and rule.y0 <= y <= rule.y1 for rule in self.down)

    def _end(self) -> None:
        if self.last is not None:
            # Characters outside the basic plane may come as two halves.
            self.last.text = "".join(self.text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if self.turned:
                self.sideways.append(len(self.found))
            self.found.append(self.last)
        self.last = None
        self.turned = False
        self.text = []

    def _url(self, x: float, y: float) -> str | None:
        return next((url for box, url in self.links if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1), None)

    def _look(self, i: int) -> _Look:
        item = pdfium.FPDFText_GetTextObject(self.handle, i)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        look = self.looks.get(key)
        if look is None:
            look = self.looks[key] = self._new_look(item if key else None, i)
        return look

    def _new_look(self, item: Any, i: int) -> _Look:
        matrix = pdfium.FS_MATRIX()
        scale = 1.0
        if pdfium.FPDFText_GetMatrix(self.handle, i, matrix):
            scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = pdfium.FPDFText_GetFontSize(self.handle, i) * scale
        size = round(size, 1) if math.isfinite(size) and 0 < size < 2000 else 1.0
        flags = ctypes.c_int()
        name = ctypes.create_string_buffer(128)
        pdfium.FPDFText_GetFontInfo(self.handle, i, name, len(name), flags)
        font = name.value.decode("latin-1").lower()
        bold = any(word in font for word in _BOLD_NAMES) or bool(flags.value & _FORCE_BOLD)
        quarter = _quarter(self.handle, i)
        turned = quarter != self.turn.quarter
        if item is None:
            return _Look(size, bold, -1, False, turned)
        marks = range(pdfium.FPDFPageObj_CountMarks(item))
        artifact = any(_name(pdfium.FPDFPageObj_GetMark(item, mark)) == "Artifact" for mark in marks)
        # What slants across a page lies over its words: a stamp that it is a draft or a copy.
        artifact = artifact or (quarter is None and turned)
        return _Look(size, bold, pdfium.FPDFPageObj_GetMarkedContentID(item), artifact, turned)


def _is_rtl(sign: str) -> bool:
    return "\u0590" <= sign <= "\u08ff" or "\ufb1d" <= sign <= "\ufefc"


def _name(mark: Any) -> str:
    needed = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 64)()
    if not mark or not pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), needed):
        return ""
    return bytes(buffer).decode("utf-16-le", "replace").split("\0")[0]


def _string(function: Callable[..., int], *arguments: Any) -> str:
    """What one of pdfium's functions with a UTF-16 buffer says; at most a hundred thousand characters."""
    size = function(*arguments, None, 0)
    if not 2 < size <= 200_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    function(*arguments, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def catalog_language(document: Any) -> str | None:
    """The language that the document's catalog names."""
    return _string(pdfium.FPDFCatalog_GetLanguage, document) or None


def _links(document: Any, page: Any, turn: _Turn) -> Iterator[tuple[Rule, str]]:
    """The places on the page that are linked to an address outside the document."""
    position = ctypes.c_int(0)
    link = pdfium.FPDF_LINK()
    for _ in range(_MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, position, link):
            return
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        url = _address(document, action)
        box = pdfium.FS_RECTF()
        if url and pdfium.FPDFLink_GetAnnotRect(link, box):
            (a, b), (c, d) = turn.point(box.left, box.top), turn.point(box.right, box.bottom)
            yield Rule(min(a, c), min(b, d), max(a, c), max(b, d)), url


def _address(document: Any, action: Any) -> str:
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= 8_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, buffer, size)
    address = buffer.value.decode("utf-8", "replace").strip()
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""


def _read_objects(page: Any, turn: _Turn, found: Page) -> None:
    """The ruled lines of the page, the signs that are drawn on it, and how many images it holds."""
    count = pdfium.FPDFPage_CountObjects(page)
    found.drawn = count > 0
    for i in range(min(count, _MOST_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, i)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            found.images += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            box = _box(item, turn)
            if box is not None:
                found.rules.extend(_rules(item, turn, box))
                found.signs.extend(_signs(box))


_THIN = 2.5
"""Points; a filled shape no thicker is a line."""


_SIGN_SMALLEST, _SIGN_LARGEST = 1.5, 7.0
"""Points; the sides of what may be the sign of a list."""


def _box(item: Any, turn: _Turn) -> Rule | None:
    """The corners of a path, the upper left one first; None for one of too many parts to be a line or a sign."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    segments = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= segments <= 200 or not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    (xa, ya), (xb, yb) = turn.point(left.value, top.value), turn.point(right.value, bottom.value)
    return Rule(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _signs(box: Rule) -> Iterator[tuple[float, float]]:
    """The middle of a path that is small and as wide as it is high."""
    width, height = box.x1 - box.x0, box.y1 - box.y0
    if _SIGN_SMALLEST <= width <= _SIGN_LARGEST and 0.8 * height <= width <= 1.25 * height:
        yield (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _rules(item: Any, turn: _Turn, box: Rule) -> Iterator[Rule]:
    """The horizontal and vertical lines of a path; a rectangle gives its four sides."""
    segments = pdfium.FPDFPath_CountSegments(item)
    x0, y0, x1, y1 = box.x0, box.y0, box.x1, box.y1
    if y1 - y0 <= _THIN < x1 - x0:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif x1 - x0 <= _THIN < y1 - y0:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
    elif segments in (4, 5) and _is_rectangle(item, segments):
        yield from (Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
    else:
        yield from _lines(item, segments, turn)


def _is_rectangle(item: Any, segments: int) -> bool:
    points = _points(item, segments)
    return len({round(x, 1) for x, _, _ in points}) == 2 == len({round(y, 1) for _, y, _ in points})


def _lines(item: Any, segments: int, turn: _Turn) -> Iterator[Rule]:
    """The straight parts of a path that is drawn in the page's own coordinates."""
    points = _points(item, segments)
    for (xa, ya, _), (xb, yb, kind) in pairwise(points):
        if kind == pdfium.FPDF_SEGMENT_LINETO and (abs(xa - xb) < 0.5 or abs(ya - yb) < 0.5):
            (x0, y0), (x1, y1) = turn.point(xa, ya), turn.point(xb, yb)
            yield Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _points(item: Any, segments: int) -> list[tuple[float, float, int]]:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    found = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(item, i)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            across = matrix.a * x.value + matrix.c * y.value + matrix.e
            down = matrix.b * x.value + matrix.d * y.value + matrix.f
            found.append((across, down, pdfium.FPDFPathSegment_GetType(segment)))
    return found


def _tree(page: Any) -> list[Node]:
    handle = pdfium.FPDF_StructTree_GetForPage(page)
    if not handle:
        return []
    try:
        left = [_MOST_TREE_NODES]
        found = []
        for i in range(min(pdfium.FPDF_StructTree_CountChildren(handle), _MOST_TREE_NODES)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(handle, i)
            if element:
                found.append(_node(element, (i,), left))
        return found
    finally:
        pdfium.FPDF_StructTree_Close(handle)


def _node(element: Any, path: tuple[int, ...], left: list[int]) -> Node:
    node = Node(
        _string(pdfium.FPDF_StructElement_GetType, element),
        path,
        [],
        _string(pdfium.FPDF_StructElement_GetAltText, element),
        _string(pdfium.FPDF_StructElement_GetActualText, element),
    )
    for i in range(pdfium.FPDF_StructElement_CountChildren(element)):
        left[0] -= 1
        if left[0] < 0 or len(path) > _DEEPEST:
            break
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
        if child:
            node.kids.append(_node(child, (*path, i), left))
        elif (mcid := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)) >= 0:
            node.kids.append(mcid)
    return node
