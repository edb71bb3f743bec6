"""Plain text and Markdown: the decoded source is the canonical text, exactly."""

from __future__ import annotations

from betony import lines
from betony.errors import DocumentError
from betony.model import Capture, Document, Head
from betony.readers import front_matter, markdown
from betony.readers.encoding import decode

_FRONT_MATTER = (b"---", b"+++", b"\xef\xbb\xbf---", b"\xef\xbb\xbf+++")
_HEAD = 20_000
"""Bytes within which front matter ends."""


def read(capture: Capture, *, marked: bool = False) -> Document:
    """The capture's text as it came, less a leading byte-order mark, with blocks from its lines.

    The signs of Markdown are told from words where the capture is `marked`, or shows that it is. DocumentError where
    the bytes are empty, binary or too many.
    """
    decoded = decode(capture.body, declared=capture.charset, html=False)
    text = decoded.text
    blocks = lines.blocks(text)
    document = Document(
        text=text,
        blocks=blocks,
        tables=lines.tables(text, blocks),
        media_type="text/plain",
        charset=decoded.charset,
        notices=decoded.notices,
    )
    if marked or front_matter.end_of(text) or markdown.is_markdown(text):
        return markdown.enrich(document, base=capture.url)
    return markdown.with_rows(document) if "|" in text else document


def read_head(capture: Capture) -> Head:
    """What the front matter says of the document; bounded work, and an empty Head where there is none."""
    if not capture.body.startswith(_FRONT_MATTER):
        return Head()
    try:
        text = decode(capture.body[:_HEAD].rpartition(b"\n")[0], declared=capture.charset, html=False).text
    except DocumentError:  # which reading the capture will tell
        return Head()
    return front_matter.read(text)[0]
