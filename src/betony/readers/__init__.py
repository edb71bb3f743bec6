"""From raw bytes to a Document, by media type."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

from betony.errors import DocumentError, Reason
from betony.model import BlockKind, Capture, Document, Head
from betony.publisher import Publisher
from betony.readers import contents, head, html, plain

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
JSON = "application/json"
_BY_SUFFIX = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".pdf": PDF,
    ".docx": DOCX,
    ".json": JSON,
}
_HTML = {"text/html", "application/xhtml+xml"}
_PLAIN = {"text/plain", "text/markdown"}
_VAGUE = {
    "application/octet-stream",
    "binary/octet-stream",
    "application/download",
    "application/force-download",
    "application/x-download",
    "application/zip",
    "application/x-zip-compressed",
}
"""What servers say of bytes that they know nothing about."""
_MAIL = re.compile(rb"MIME-Version: 1\.\d\s*$", re.IGNORECASE | re.MULTILINE)
_MAIL_SHOWS = 2_000
"""Bytes of a message within which it says that it is one."""


def media_type(capture: Capture) -> str:
    """What the bytes are: by PDF's and Word's signature, as stated with them, by their name's suffix, by their look.

    A name that ends in `.html` says nothing of bytes without a single tag.
    """
    stated = (capture.media_type or "").split(";")[0].strip().lower()
    if capture.body.startswith(b"%PDF-"):
        return PDF
    if capture.body.startswith(b"PK\x03\x04") and _holds_word(capture.body):
        return DOCX
    if other := _marked_up_otherwise(capture.body):
        return other
    if stated and stated not in _VAGUE:
        return JSON if stated.endswith("+json") else _if_not_a_page(stated, capture.body)
    name = capture.uri.split("#")[-1].split("?")[0]
    if known := _BY_SUFFIX.get(f".{name.rpartition('.')[2].lower()}"):
        if known in _HTML and b"<" not in capture.body:
            return "text/plain"  # a capture of the page's text, saved under the page's name
        return _if_not_a_page(known, capture.body)
    if b"%PDF-" in capture.body[:1024]:
        return PDF
    if html.looks_like_html(capture.body):
        return "text/html"
    return "application/xml" if capture.body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") else "text/plain"


def _if_not_a_page(kind: str, body: bytes) -> str:
    """The kind, unless it is PDF or Word and the bytes are a page: what a site answers in place of the file."""
    page = kind in (PDF, DOCX) and b"%PDF-" not in body[:1024] and html.looks_like_html(body)
    return "text/html" if page else kind


def _marked_up_otherwise(body: bytes) -> str | None:
    """The media type of what is text to look at, but whose words stand between marks that nothing here reads."""
    if body.startswith(b"{\\rtf"):
        return "application/rtf"
    start = body[:_MAIL_SHOWS]
    # The plain look first: every page is asked, and of most the pattern would try each letter.
    return "message/rfc822" if b"mime-version" in start.lower() and _MAIL.search(start) else None


def read_head(capture: Capture) -> Head:
    """What a page says about itself; bounded work whatever the bytes, and an empty Head for what is no page."""
    kind = media_type(capture)
    if kind in _HTML:
        return head.read(capture)
    if kind == JSON:
        from betony.readers import govuk_json  # noqa: PLC0415 - few captures need it

        return govuk_json.read_head(capture)
    return plain.read_head(capture) if kind in _PLAIN else Head()


def read(capture: Capture, publisher: Publisher) -> Document:
    """The capture as a Document; DocumentError where it is none, or of a kind that nothing here reads."""
    return _hinted(contents.set_apart(_read(capture, publisher)), publisher)


def _hinted(document: Document, publisher: Publisher) -> Document:
    """The document with what its publisher means by headings of its own."""
    if not publisher.headings:
        return document
    headings = [(i, block) for i, block in enumerate(document.blocks) if block.kind is BlockKind.HEADING]
    meant = {i: publisher.heading_type(document.text[block.start : block.end]) for i, block in headings}
    if not any(meant.values()):
        return document
    blocks = (replace(block, hint=meant.get(i)) if meant.get(i) else block for i, block in enumerate(document.blocks))
    return replace(document, blocks=tuple(blocks))


def _read(capture: Capture, publisher: Publisher) -> Document:
    kind = media_type(capture)
    if kind in _HTML:
        return html.read(capture, publisher)
    if kind in _PLAIN:
        return plain.read(capture, marked=kind == "text/markdown")
    if reader := _READERS.get(kind):
        return reader(capture, publisher)
    raise DocumentError(
        f"nothing here reads {kind}",
        reason=Reason.UNSUPPORTED,
        document=capture.uri,
        advice="give it as HTML, plain text, PDF or docx",
    )


def _pdf(capture: Capture, _: Publisher) -> Document:
    try:
        from betony.readers import pdf  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise _missing(capture, "PDF", "pdf", error) from error
    return pdf.read(capture)


def _docx(capture: Capture, publisher: Publisher) -> Document:
    try:
        from betony.readers import docx  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise _missing(capture, "Word", "docx", error) from error
    return docx.read(capture, publisher)


def _json(capture: Capture, publisher: Publisher) -> Document:
    from betony.readers import govuk_json  # noqa: PLC0415 - few captures need it

    return govuk_json.read(capture, publisher)


_READERS: dict[str, Callable[[Capture, Publisher], Document]] = {PDF: _pdf, DOCX: _docx, JSON: _json}


def _missing(capture: Capture, format_name: str, extra: str, error: ModuleNotFoundError) -> DocumentError:
    if (error.name or "").startswith("betony"):
        raise error
    return DocumentError(
        f"{format_name} files need a part that is not installed ({error.name})",
        reason=Reason.UNSUPPORTED,
        document=capture.uri,
        advice=f"pip install 'betony[{extra}]'",
    )


def _holds_word(body: bytes) -> bool:
    """Whether a zip file holds a Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "word/document.xml" in archive.NameToInfo
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
