"""Writes a PDF as word processors do: lines set in Helvetica, with or without tags."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.writing import Item

_WIDTHS = dict(
    zip(
        range(32, 127),
        [
            278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, *[556] * 10, 278, 278, 584,
            584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778,
            722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,
            556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
            260, 334, 584,
        ],
        strict=True,
    )
)  # fmt: skip
"""Helvetica's, from its public metrics."""
_SIZES = {"h1": 22.0, "h2": 17.0, "h3": 14.0, "h4": 12.5}
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 523.0, 770.0, 72.0
_TAGS = {"p": "P", "li": "LBody", "row": "TR"}


@dataclass
class Page:
    """Drawing commands, and for each marked content the struct element that owns it."""

    out: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    y: float = _TOP


@dataclass
class Element:
    """An element of the structure tree: its type, its parent and its marked content as (page, mcid)."""

    type: str
    parent: int
    kids: list[int] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)


class Writer:
    """Lays items out on pages; `running` is printed at the head of each."""

    def __init__(self, *, tagged: bool, running: str = "", ruled: bool = True) -> None:
        self.tagged = tagged
        self.running = running
        self.ruled = ruled
        self.pages = [Page()]
        self.elements = [Element("Document", -1)]

    def add(self, items: Sequence[Item]) -> None:
        above = ""
        group = 0
        for item in items:
            if item.tag != above and item.tag in ("li", "row"):
                group = self._element("L" if item.tag == "li" else "Table", 0)
            if item.tag == "row":
                self._row(item, group)
            else:
                self._block(item, group)
            above = item.tag

    def bytes(self, *, compress: bool = True) -> bytes:
        objects = ["", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
        objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
        kids = []
        streams: dict[int, bytes] = {}
        first_element = 5 + 2 * len(self.pages)
        for i, page in enumerate(self.pages):
            self._furniture(page, i)
            content = "\n".join(page.out).encode("cp1252", "replace")
            content = zlib.compress(content) if compress else content
            number = len(objects) + 1
            kids.append(f"{number + 1} 0 R")
            streams[number] = content
            objects.append(f"<< /Length {len(content)}{' /Filter /FlateDecode' if compress else ''} >>")
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F0 3 0 R /F1 4 0 R >> >>"
                f" /Contents {number} 0 R /StructParents {i} >>"
            )
        root = first_element + len(self.elements)
        for element in self.elements:
            parent = f"{first_element + element.parent} 0 R" if element.parent >= 0 else f"{root} 0 R"
            inner = " ".join(
                [f"{first_element + kid} 0 R" for kid in element.kids]
                + [f"<< /Type /MCR /Pg {6 + 2 * page} 0 R /MCID {mcid} >>" for page, mcid in element.content]
            )
            objects.append(f"<< /Type /StructElem /S /{element.type} /P {parent} /K [{inner}] >>")
        nums = " ".join(
            f"{i} [{' '.join(f'{first_element + owner} 0 R' for owner in page.owners)}]"
            for i, page in enumerate(self.pages)
        )
        objects.append(f"<< /Type /StructTreeRoot /K {first_element} 0 R /ParentTree << /Nums [{nums}] >> >>")
        tags = f" /MarkInfo << /Marked true >> /StructTreeRoot {root} 0 R" if self.tagged else ""
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB){tags} >>"
        objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
        return assemble(objects, streams)

    def _element(self, kind: str, parent: int) -> int:
        self.elements.append(Element(kind, parent))
        self.elements[parent].kids.append(len(self.elements) - 1)
        return len(self.elements) - 1

    def _block(self, item: Item, group: int) -> None:
        size, bold = _SIZES.get(item.tag, 11.0), item.tag.startswith("h")
        left = _LEFT + (24.0 if item.tag == "li" else 0.0)
        if item.tag == "li":
            entry = self._element("LI", group)
            sign = self._element("Lbl", entry)
            owner = self._element("LBody", entry)
        else:
            owner = self._element(item.tag.upper() if bold else "P", 0)
        self._space(size * 0.8 if item.tag != "li" else 2.0)
        for i, line in enumerate(wrapped(item.text, _RIGHT - left, size, bold=bold)):
            page = self._line(size * 1.25)
            if item.tag == "li" and i == 0:
                self._text(page, "\u2022", _LEFT + 10, size, bold=False, owner=sign)
            self._text(page, line, left, size, bold=bold, owner=owner)

    def _row(self, item: Item, group: int) -> None:
        owner = self._element("TR", group)
        cells = item.text.split("\t")
        width = (_RIGHT - _LEFT) / len(cells)
        lines = [wrapped(cell, width - 8, 11.0, bold=False) for cell in cells]
        height = 14.0 * max(map(len, lines)) + 6
        if self.pages[-1].y - height < _BOTTOM:
            self.pages.append(Page())
        page = self.pages[-1]
        top = page.y
        for i, cell in enumerate(lines):
            data = self._element("TD", owner)
            for j, line in enumerate(cell):
                page.y = top - 12 - 14 * j
                self._text(page, line, _LEFT + i * width + 4, 11.0, bold=False, owner=data)
            if self.ruled:
                page.out.append(f"{_LEFT + i * width:.1f} {top - height:.1f} {width:.1f} {height:.1f} re S")
        page.y = top - height

    def _space(self, height: float) -> None:
        self.pages[-1].y -= height

    def _line(self, height: float) -> Page:
        if self.pages[-1].y - height < _BOTTOM:
            self.pages.append(Page())
        self.pages[-1].y -= height
        return self.pages[-1]

    def _text(self, page: Page, words: str, x: float, size: float, *, bold: bool, owner: int) -> None:
        safe = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        draw = f"BT /F{int(bold)} {size} Tf {x:.2f} {page.y:.2f} Td ({safe}) Tj ET"
        if not self.tagged:
            page.out.append(draw)
        elif owner < 0:
            page.out.append(f"/Artifact BMC {draw} EMC")
        else:
            mcid = len(page.owners)
            page.owners.append(owner)
            self.elements[owner].content.append((self.pages.index(page), mcid))
            page.out.append(f"/Span << /MCID {mcid} >> BDC {draw} EMC")

    def _furniture(self, page: Page, i: int) -> None:
        if self.running:
            for y, words in ((810.0, self.running), (40.0, f"Page {i + 1} of {len(self.pages)}")):
                page.y = y
                self._text(page, words, _LEFT, 8.0, bold=False, owner=-1)


def assemble(objects: Sequence[str], streams: dict[int, bytes]) -> bytes:
    """The file of these objects, numbered from 1, the first the catalog; some have a stream."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\n".encode("cp1252")
        if number in streams:
            out += b"stream\n" + streams[number] + b"\nendstream\n"
        out += b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def wrapped(text: str, room: float, size: float, *, bold: bool) -> list[str]:
    """The text cut into lines at its spaces."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width(longer, size, bold=bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _width(text: str, size: float, *, bold: bool) -> float:
    return sum(_WIDTHS.get(ord(sign), 556) for sign in text) * size / (930 if bold else 1000)


def write(items: Sequence[Item], *, tagged: bool, running: str = "NG9001: leg cramps", ruled: bool = True) -> bytes:
    """The items as a PDF."""
    writer = Writer(tagged=tagged, running=running, ruled=ruled)
    writer.add(items)
    return writer.bytes()
