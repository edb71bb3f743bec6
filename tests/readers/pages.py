"""Short pages in, readable blocks out."""

from __future__ import annotations

from betony.model import BlockKind, Capture, Document, Layer
from betony.publisher import Publisher
from betony.readers import html

_SIGNS = {BlockKind.PARAGRAPH: "p", BlockKind.TABLE_ROW: "row", BlockKind.IMAGE: "img"}


def read(markup: str, *, url: str | None = None, publisher: Publisher | None = None) -> Document:
    """The page with a UTF-8 declaration, as a Document."""
    body = f'<!DOCTYPE html><meta charset="utf-8">{markup}'.encode()
    return html.read(Capture(body, "page.html", url=url), publisher or Publisher())


def blocks(document: Document) -> list[str]:
    """One line a block: `h2 Scope`, `li1 adults`, `- p Menu` for furniture."""
    lines = []
    for block in document.blocks:
        sign = _SIGNS.get(block.kind) or f"{'h' if block.kind is BlockKind.HEADING else 'li'}{block.level}"
        furniture = "- " if block.layer is Layer.FURNITURE else ""
        lines.append(f"{furniture}{sign} {document.text[block.start : block.end]}")
    return lines


def tiles(document: Document) -> bool:
    """Whether every non-space character lies in exactly one block, and blocks are in order and stripped."""
    position = 0
    for block in document.blocks:
        words = document.text[block.start : block.end]
        if (
            block.start < position
            or not words
            or words != words.strip()
            or document.text[position : block.start].strip()
        ):
            return False
        position = block.end
    return not document.text[position:].strip()
