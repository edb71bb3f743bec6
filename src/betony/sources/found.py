"""What looking for documents can come to."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePosixPath

from betony.errors import Reason
from betony.model import Capture

MAX_BYTES = 50_000_000
"""Longer inputs are set aside unread: one such text would take a worker's whole memory and time."""


SUFFIXES = (".txt", ".md", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".pdf", ".docx", ".json")
"""Of documents that folders and archives are searched for; a file named outright is read whatever its suffix."""
JSON_LINES = ".jsonl"
IN_A_FRAME = "a page in a frame of the page"
_PAGES = (".html", ".htm", ".xhtml")


def why_no_document(name: str, archives: tuple[str, ...] = ()) -> str | None:
    """Why a file in a folder or an archive is no document by its name, or none of its own; None where it may be one, or
    an archive with one of these endings."""
    path = PurePosixPath(name)
    if path.name.startswith("._"):
        return "a note of macOS about another file"
    if path.name.startswith("~$"):
        return "a note of Word that another file is open"
    suffix = path.suffix.lower()
    if suffix in (*SUFFIXES, JSON_LINES) or path.name.lower().endswith(archives):
        return None
    return f"no document by its suffix {suffix}" if suffix else "no document by its name: no suffix"


def is_framed(name: str, there: Container[str]) -> bool:
    """Whether a browser saved the page with another one that shows it in a frame: in the folder `X_files` beside
    `X.html`. `there` are the names of all files."""
    path = PurePosixPath(name)
    page = str(path.parent).removesuffix("_files")
    beside = page != str(path.parent) and any(page + suffix in there for suffix in _PAGES)
    return beside and path.suffix.lower() in _PAGES


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
