"""Pages that a browser saved as one file (MHTML, RFC 2557): the page in it is the document."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email.errors import (
    CloseBoundaryNotFoundDefect,
    InvalidBase64CharactersDefect,
    InvalidBase64LengthDefect,
    InvalidBase64PaddingDefect,
    MessageError,
)
from email.message import Message

from betony.errors import Reason
from betony.model import Capture
from betony.sources.dates import of_mail
from betony.sources.found import IN_A_FRAME, Failure, Found, Skipped

SUFFIXES = (".mhtml", ".mht")
_PAGES = ("text/html", "application/xhtml+xml")
_BROKEN = (InvalidBase64CharactersDefect, InvalidBase64LengthDefect, InvalidBase64PaddingDefect)
_ADVICE = "save the page anew, as a single file or as HTML"


def opened(capture: Capture) -> Iterator[Found]:
    """The capture; where it is a saved page by its name the page, with the address and the moment it was saved from.

    Pages in frames of the page are skipped. A file without a page, or one that is broken, is a Failure; the page of one
    that was cut is marked as truncated.
    """
    if not capture.uri.lower().endswith(SUFFIXES):
        yield capture
        return
    try:
        message = email.message_from_bytes(capture.body)
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
        if pages:
            yield _page(message, pages[0], capture)
            for frame in pages[1:]:
                name = _header(frame, "Content-Location") or "frame"
                yield Skipped(f"{capture.uri}#{name}", IN_A_FRAME)
        else:
            what = "it holds no page that a browser saved"
            yield Failure(capture.uri, Reason.UNSUPPORTED, what, advice=_ADVICE, body=capture.body)
    except (MessageError, RecursionError, LookupError, ValueError) as error:
        what = f"it is no page that a browser saved: {error}"
        yield Failure(capture.uri, Reason.MALFORMED, what, advice=_ADVICE, body=capture.body)


def _page(message: Message, page: Message, capture: Capture) -> Capture:
    content = page.get_payload(decode=True)
    if any(isinstance(defect, _BROKEN) for defect in page.defects):
        raise ValueError("its transfer encoding is broken")
    saved_from = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    return replace(
        capture,
        body=content if isinstance(content, bytes) else b"",
        url=saved_from if saved_from.lower().startswith(("http://", "https://")) else None,
        media_type=page.get_content_type(),
        charset=page.get_content_charset(),
        retrieved_at=_moment(_header(message, "Date")),
        truncated=any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in message.defects),
    )


def _header(part: Message, name: str) -> str:
    return str(part.get(name, "")).strip()


def _moment(date: str) -> str | None:
    """When the page was saved; None where that is not said."""
    try:
        return of_mail(date)
    except ValueError:
        return None
