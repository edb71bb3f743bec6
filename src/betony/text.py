"""Characters, white space and hashes of text; knows no markup."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_BREAKING_SPACE = re.compile(r"[^\S\u00a0\u202f\u2007\ufeff]+")
_ANY_SPACE = re.compile(r"\s+")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def repair(text: str) -> tuple[str, int]:
    """The text without characters that no text may hold, and how many there were.

    NUL, the C0 controls other than tab, LF, CR and FF, and lone surrogates each become U+FFFD, one for one, so
    that offsets stay true.
    """
    return _FORBIDDEN.subn("\ufffd", text)


def collapse(text: str) -> str:
    """Runs of breaking white space as one space; no-break spaces stay."""
    return _BREAKING_SPACE.sub(" ", text)


def squeeze(text: str) -> str:
    """Every run of white space, no-break included, as one space, none at the ends: for comparing words."""
    return _ANY_SPACE.sub(" ", text).strip()


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; empty where the text holds none."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return _NOT_SLUG.sub("-", ascii_text.lower()).strip("-")


def strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The span less the white space at its ends (`str.isspace`); start == end where nothing else is there."""
    body = text[start:end]
    left = len(body) - len(body.lstrip())
    right = len(body.rstrip())
    return (start + left, start + right) if right > left else (start, start)


def text_hash(passages: Iterable[str]) -> str:
    """sha256 of the passages in order, in NFC with white-space runs as one space."""
    joined = squeeze(unicodedata.normalize("NFC", " ".join(passages)))
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()
