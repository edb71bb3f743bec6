"""What looking for documents can come to."""

from __future__ import annotations

from dataclasses import dataclass

from betony.errors import Reason
from betony.model import Capture

MAX_BYTES = 50_000_000
"""Longer inputs are set aside unread: one such text would take a worker's whole memory and time."""


SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx", ".json")
"""Of documents that folders and archives are searched for; a file named outright is read whatever its suffix."""
JSON_LINES = ".jsonl"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no document by its suffix or kind; not counted as an input."""

    uri: str
    why: str


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be had; it goes to quarantine with whatever bytes there are."""

    uri: str
    reason: Reason
    message: str
    advice: str = ""
    body: bytes = b""
    """The bytes where they fit: of a bad line of JSON Lines the line."""
    digest: str | None = None
    """sha256 where the bytes are not held here."""
    size: int | None = None
    url: str | None = None
    capture: Capture | None = None
    """Of what came in part, that part, marked as truncated."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know that concerns no input of its own."""

    uri: str
    message: str
    failed: bool = False
    """Whether the call cannot be said to have gone well."""


def too_large(uri: str, digest: str, size: int) -> Failure:
    """The verdict on an input past the limit; its bytes are not kept, only their digest and number."""
    return Failure(
        uri,
        Reason.TOO_LARGE,
        f"{size:,} bytes; betony reads up to {MAX_BYTES:,}, and kept only the digest",
        advice="split the document",
        digest=digest,
        size=size,
    )


Found = Capture | Failure | Skipped | Remark
