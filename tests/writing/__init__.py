"""The same made-up guidance written in several formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from betony import publishers, readers
from betony.model import BlockKind, Capture, Layer
from tests.conftest import SAMPLES

URL = "https://www.nice.org.uk/guidance/ng9001/chapter/Recommendations"


@dataclass(frozen=True)
class Item:
    """A block: `h1` to `h6`, `p`, `li` or `row`; of a row its cells are parted by tabs."""

    tag: str
    text: str


def sample(name: str) -> list[Item]:
    """The body of a sample page, in characters that every format can hold."""
    capture = Capture((SAMPLES / name).read_bytes(), name, url=URL)
    document = readers.read(capture, publishers.by_id("nice"))
    tags = {BlockKind.PARAGRAPH: "p", BlockKind.LIST_ITEM: "li", BlockKind.TABLE_ROW: "row", BlockKind.IMAGE: "p"}
    return [
        Item(
            f"h{block.level}" if block.kind is BlockKind.HEADING else tags[block.kind],
            document.text[block.start : block.end].replace("\u00a0", " ").replace("\u2011", "-"),
        )
        for block in document.blocks
        if block.layer is Layer.BODY
    ]


def html(items: Sequence[Item]) -> bytes:
    """The items as a plain page."""
    out: list[str] = []
    above = ""
    for item in items:
        wraps = {"li": "ul", "row": "table"}
        if above in wraps and item.tag != above:
            out.append(f"</{wraps[above]}>")
        if item.tag in wraps and item.tag != above:
            out.append(f"<{wraps[item.tag]}>")
        if item.tag == "row":
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in item.text.split("\t"))
            out.append(f"<tr>{cells}</tr>")
        else:
            out.append(f"<{item.tag}>{escape(item.text)}</{item.tag}>")
        above = item.tag
    return f"<!DOCTYPE html><html lang='en-GB'><body><main>{''.join(out)}</main></body></html>".encode()
