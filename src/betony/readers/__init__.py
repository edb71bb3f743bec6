"""From raw bytes to a Document, by media type."""

from __future__ import annotations

from pathlib import PurePosixPath

from betony.errors import DocumentError, Reason
from betony.model import Capture, Document, Head
from betony.publisher import Publisher
from betony.readers import head, html, plain

_BY_SUFFIX = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
}
_HTML = {"text/html", "application/xhtml+xml"}
_PLAIN = {"text/plain", "text/markdown"}


def media_type(capture: Capture) -> str:
    """What the bytes are: as stated with them, else by the suffix of their name, else by their look."""
    if capture.media_type:
        return capture.media_type.split(";")[0].strip().lower()
    name = capture.uri.split("#")[0].split("?")[0]
    if known := _BY_SUFFIX.get(PurePosixPath(name).suffix.lower()):
        return known
    return "text/html" if html.looks_like_html(capture.body) else "text/plain"


def read_head(capture: Capture) -> Head:
    """What a page says about itself; bounded work whatever the bytes, and an empty Head for what is no page."""
    return head.read(capture) if media_type(capture) in _HTML else Head()


def read(capture: Capture, publisher: Publisher) -> Document:
    """The capture as a Document; DocumentError where it is none, or of a kind that nothing here reads."""
    kind = media_type(capture)
    if kind in _HTML:
        return html.read(capture, publisher)
    if kind in _PLAIN:
        return plain.read(capture)
    raise DocumentError(
        f"nothing here reads {kind}",
        reason=Reason.UNSUPPORTED,
        document=capture.uri,
        advice="give it as HTML or plain text",
    )
