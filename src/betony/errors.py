"""What can go wrong, said so that a person can act on it."""

from __future__ import annotations

import errno
from enum import StrEnum


class Reason(StrEnum):
    """Why an input was set aside instead of becoming a record."""

    EMPTY = "empty"
    """The input holds no bytes, or no text at all."""
    BINARY = "binary"
    """The bytes are no text in any encoding that guidance is published in."""
    UNSUPPORTED = "unsupported"
    """The media type has no reader here, or the reader's optional part is not installed."""
    NOT_A_DOCUMENT = "not_a_document"
    """The text is an error page, a sign-in page, a listing or another placeholder."""
    TOO_LARGE = "too_large"
    """The input is longer than betony reads."""
    UNREADABLE = "unreadable"
    """The bytes could not be had: missing, forbidden, or broken on disk."""
    REFUSED = "refused"
    """It is not fetched: robots.txt forbids it, or its address is none of the public internet."""
    MALFORMED = "malformed"
    """The bytes are of a known format and break its rules beyond repair."""
    CRASHED = "crashed"
    """The process that read the document died."""
    TIMED_OUT = "timed_out"
    """The document was not read within the limit of time."""
    OUT_OF_MEMORY = "out_of_memory"
    """The document was not read within the limit of memory."""
    TOO_DEEP = "too_deep"
    """The document is nested deeper than it can be followed."""
    FORGOTTEN = "forgotten"
    """Someone had the document forgotten: it is to be kept no more, and its bytes were not."""
    DEFECT = "defect"
    """betony itself failed on the document; its message is worth reporting."""


class BetonyError(Exception):
    """The root of every error that betony raises on purpose.

    `what` happened, to which `document` (None where there is none), and what to do next (`advice`).
    """

    def __init__(self, what: str, *, document: str | None = None, advice: str = "") -> None:
        self.what = what
        self.document = document
        self.advice = advice
        subject = f"{document}: " if document else ""
        super().__init__(f"{subject}{what}" + (f" ({advice})" if advice else ""))


class SourceError(BetonyError):
    """Something that was named as a source cannot be read."""

    def __init__(self, what: str, *, document: str, reason: Reason = Reason.UNREADABLE, advice: str = "") -> None:
        self.reason = reason
        super().__init__(what, document=document, advice=advice)


class DocumentError(BetonyError):
    """A document that was read cannot be made into a record; it goes to quarantine with its bytes."""

    def __init__(self, what: str, *, reason: Reason, document: str | None = None, advice: str = "") -> None:
        self.reason = reason
        super().__init__(what, document=document, advice=advice)


class StoreError(BetonyError):
    """The store cannot be opened, read or written."""


class StoreTimeoutError(StoreError):
    """The store took longer to answer one question than it was given."""


class UsageError(BetonyError):
    """The call itself is wrong: an unknown name, a setting outside its range."""


def said(error: OSError) -> str:
    """What the system says is wrong, as part of a message."""
    return (error.strerror or str(error)).lower()


def remedy(error: OSError, place: str = "another place") -> str:
    """What a person can do where a file cannot be written; `place` is what to name instead."""
    if error.errno in _FULL:
        return "make room"
    if error.errno in _FORBIDDEN:
        return f"make it writable, or name {place}"
    return f"check the disk, or name {place}" if error.errno == errno.EIO else f"name {place}"


_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
