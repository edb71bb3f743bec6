"""PDF: by its structure tree where it is tagged, else by the layout of its pages."""

from __future__ import annotations

import re
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from betony.errors import DocumentError, Reason
from betony.model import BlockKind, Capture, Document, Head, Layer, Notice, WarningCode, WarningLevel
from betony.readers import pdf_layout, pdf_notes, pdf_pages, pdf_tags
from betony.readers.compose import Piece, compose
from betony.readers.pdf_pages import Page
from betony.readers.pdf_words import vocabulary
from betony.text import collapse, repair

MOST_BYTES = 50_000_000
MOST_PAGES = 3_000
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|document\d*|slide \d+|about:blank"
    r"|.*\.(?:docx?|pdf|indd|qxp|qxd|pptx?|rtf|html?))$",
    re.IGNORECASE,
)
_LOCK = threading.Lock()
"""pdfium must not be called from two threads at once."""


def read(capture: Capture) -> Document:
    """The text and blocks of a PDF, with the page that each passage begins on.

    Running heads, page numbers and what the PDF marks as artifacts are furniture: they stand before the next
    heading, where they part no paragraph, list or table. The sign before a list item is not text, as in HTML; a number
    or letter is. DocumentError where the file is encrypted, broken, too long, or holds only images.
    """
    if len(capture.body) > MOST_BYTES:
        raise DocumentError(
            f"the PDF has {len(capture.body):,} bytes",
            reason=Reason.TOO_LARGE,
            advice=f"at most {MOST_BYTES:,} are read",
        )
    _refuse_bombs(capture.body)
    with _LOCK:
        document = _open(capture.body)
        try:
            head = _head(document)
            pages, notices = _pages(document)
        finally:
            document.close()
    _refuse_without_text(pages)
    pieces = list(_pieces(pages))
    composed = compose(pieces)
    if not composed.text:
        raise DocumentError("the PDF holds no words", reason=Reason.EMPTY)
    return Document(
        text=composed.text,
        blocks=composed.blocks,
        media_type="application/pdf",
        head=head,
        links=composed.links,
        tables=composed.tables,
        pages=composed.pages,
        notices=(*notices, *_without_words(pages, pieces), *composed.notices),
    )


_FILTERS = re.compile(rb"/Filter\s*\[([^\]]{0,300})\]")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_MOST_UNPACKED = 300_000_000


def _refuse_bombs(body: bytes) -> None:
    """Refuses streams packed several times over that unpack to more than memory holds: pdfium would end the process."""
    for match in _FILTERS.finditer(body):
        layers = len(_FLATE.findall(match[1]))
        if layers < 2:
            continue
        start = body.find(b"stream", match.end(), match.end() + 2_000)
        content = body[start + 6 : start + 6 + MOST_BYTES].lstrip(b"\r\n") if start >= 0 else b""
        for _ in range(layers):
            try:
                content = zlib.decompressobj().decompress(content, _MOST_UNPACKED + 1)
            except zlib.error:
                break
            if len(content) > _MOST_UNPACKED:
                raise DocumentError(
                    f"a part of the PDF unpacks to more than {_MOST_UNPACKED:,} bytes", reason=Reason.TOO_LARGE
                )


def _open(body: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(body)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise DocumentError(
                "the PDF is encrypted and asks for a password",
                reason=Reason.UNSUPPORTED,
                advice="save it without a password first",
            ) from error
        raise DocumentError("the PDF is broken: no page of it can be found", reason=Reason.MALFORMED) from error
    if count > MOST_PAGES:
        document.close()
        raise DocumentError(
            f"the PDF has {count:,} pages", reason=Reason.TOO_LARGE, advice=f"at most {MOST_PAGES:,} are read; split it"
        )
    return document


def _head(document: pypdfium2.PdfDocument) -> Head:
    title = _clean(document.get_metadata_value("Title"))
    return Head(
        title=title if title and not _NO_TITLE.match(title) else None,
        language=_clean(pdf_pages.catalog_language(document.raw)),
    )


def _clean(words: str | None) -> str | None:
    return repair(collapse(words).strip())[0] or None if words else None


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[Page], list[Notice]]:
    tagged = bool(pdfium.FPDFCatalog_IsTagged(document.raw))
    found: list[Page] = []
    lost: list[int] = []
    over: list[tuple[int, set[str]]] = []
    characters = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            lost.append(number)
            continue
        try:
            found.append(pdf_pages.read(document.raw, page.raw, number, tagged=tagged))
            over.append((number, pdf_notes.on_page(page.raw)))
        finally:
            page.close()
        characters += sum(len(fragment.text) for fragment in found[-1].fragments)
        if characters > pdf_pages.MOST_CHARACTERS:
            raise DocumentError(
                f"the PDF holds more than {pdf_pages.MOST_CHARACTERS:,} characters",
                reason=Reason.TOO_LARGE,
                advice="split the document",
            )
    if not found:
        raise DocumentError("the PDF is broken: no page of it can be read", reason=Reason.MALFORMED)
    return found, [*([_unread(lost)] if lost else []), *pdf_notes.unread(over)]


def _unread(lost: Sequence[int]) -> Notice:
    message = f"these pages cannot be read and are missing: {_numbers(lost)}"
    return Notice(WarningCode.TRUNCATED, message, WarningLevel.REVIEW)


def _without_words(pages: Iterable[Page], pieces: Iterable[Piece]) -> Iterator[Notice]:
    """A warning of pages that show something and say nothing: an image may hold words, a drawing hardly does."""
    read_on = {piece.page for piece in pieces}
    mute = [page for page in pages if page.drawn and page.number not in read_on]
    for level, what, found in (
        (WarningLevel.REVIEW, "images", [page.number for page in mute if page.images]),
        (WarningLevel.INFO, "drawings", [page.number for page in mute if not page.images]),
    ):
        if found:
            subject = "these pages hold" if len(found) > 1 else "this page holds"
            message = f"{subject} no words, only {what}, which nothing here reads: {_numbers(found)}"
            yield Notice(WarningCode.TRUNCATED, message, level)


def _numbers(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages[:20])) + (" and more" if len(pages) > 20 else "")


def _refuse_without_text(pages: Sequence[Page]) -> None:
    if any(fragment.text.strip() for page in pages for fragment in page.fragments):
        return
    if any(page.images for page in pages):
        raise DocumentError(
            "the PDF holds only images of its pages, no text",
            reason=Reason.NOT_A_DOCUMENT,
            advice="run text recognition (OCR) on it first",
        )
    raise DocumentError("the PDF holds no words", reason=Reason.EMPTY)


def _pieces(pages: Sequence[Page]) -> Iterator[Piece]:
    known = vocabulary(fragment for page in pages for fragment in page.fragments)
    tagged = [pdf_tags.read(page, known) for page in pages]
    if _covers(pages, tagged):
        body = list(pdf_tags.joined(tagged))
        pdf_tags.promote(body)
        # What a well tagged document leaves untagged is no part of what it says.
        rest = [
            [fragment for fragment in page.fragments if fragment.mcid not in found.used]
            for page, found in zip(pages, tagged, strict=True)
        ]
    else:
        pdf_layout.running(pages)
        body = pdf_layout.read(pages, known)
        rest = [[f for f in page.fragments if f.artifact] for page in pages]
    apart = [p for page, found in zip(pages, rest, strict=True) for p in pdf_layout.furniture(page, found, known)]
    return _interleaved(body, apart)


def _covers(pages: Sequence[Page], tagged: Sequence[pdf_tags.Tagged]) -> bool:
    """Whether the structure tree holds nearly all words of the document."""
    inside = outside = 0
    for page, found in zip(pages, tagged, strict=True):
        for fragment in page.fragments:
            if fragment.mcid in found.used:
                inside += len(fragment.text.strip())
            elif not fragment.artifact:
                outside += len(fragment.text.strip())
    return inside > 0 and outside <= 0.1 * (inside + outside)


def _interleaved(body: Iterable[Piece], apart: Sequence[Piece]) -> Iterator[Piece]:
    """The furniture of a page before the first heading of a later page, so that it parts no section."""
    waiting = deque(apart)
    for piece in body:
        if piece.kind is BlockKind.HEADING and piece.layer is Layer.BODY:
            while waiting and waiting[0].page < piece.page:
                yield waiting.popleft()
        yield piece
    yield from waiting
