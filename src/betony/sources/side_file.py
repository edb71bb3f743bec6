"""`<name>.source.json`: what is known about a document from outside its bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from betony.errors import said
from betony.model import Capture, License
from betony.sources.dates import retrieval

SUFFIX = ".source.json"
_MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class SideFile:
    """The facts of one side file, or of one line of JSON Lines."""

    url: str | None = None
    retrieved_at: str | None = None
    license: License | None = None
    media_type: str | None = None
    charset: str | None = None
    publisher: str | None = None

    def applied(self, capture: Capture) -> Capture:
        """The capture with these facts added."""
        return replace(
            capture,
            url=self.url or capture.url,
            retrieved_at=self.retrieved_at or capture.retrieved_at,
            license=self.license or capture.license,
            media_type=self.media_type or capture.media_type,
            charset=self.charset or capture.charset,
            publisher=self.publisher or capture.publisher,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a side file was not taken."""

    path: str
    message: str


def beside(document: Path) -> tuple[SideFile, Problem | None]:
    """The side file of a document, `page.source.json` or `page.html.source.json`; empty where there is none."""
    for name in (document.name + SUFFIX, document.stem + SUFFIX):
        path = document.with_name(name)
        try:
            with path.open("rb") as file:
                return parsed(json.loads(file.read(_MAX_BYTES + 1))), None
        except FileNotFoundError:
            continue
        except (OSError, ValueError, RecursionError) as error:
            message = f"the side file cannot be used, the document is read without it: {_words(error)}"
            return SideFile(), Problem(path.as_posix(), message)
    return SideFile(), None


def parsed(facts: object) -> SideFile:
    """The facts of a JSON object; ValueError where one has the wrong type, the address is none, or the time cannot be
    read. Unknown names are left alone."""
    if not isinstance(facts, Mapping):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - all that is wrong with a side file is one kind
    return SideFile(
        url=_address(facts),
        retrieved_at=_retrieval(facts),
        license=_license(facts),
        media_type=_text(facts, "media_type"),
        charset=_text(facts, "charset"),
        publisher=_text(facts, "publisher"),
    )


def _address(facts: Mapping[str, Any]) -> str | None:
    url = _text(facts, "url")
    if url and not urlsplit(url).hostname:
        raise ValueError(f"`url` {url!r} is no address; write it whole, as https://www.nice.org.uk/guidance/ng1")
    return url


def _retrieval(facts: Mapping[str, Any]) -> str | None:
    written = _text(facts, "retrieved", "retrieved_at")
    try:
        return written and retrieval(written)
    except ValueError as error:
        raise ValueError(f"`retrieved` {error}") from error


def _license(facts: Mapping[str, Any]) -> License | None:
    terms = facts.get("licence", facts.get("license"))
    synthetic = facts.get("synthetic")
    if not isinstance(synthetic, bool | None):
        raise ValueError("`synthetic` is neither true nor false")  # noqa: TRY004 - as above
    if terms is None and synthetic is None:
        return None
    if isinstance(terms, str | None):
        return License(text=clean(terms), synthetic=synthetic)
    if not isinstance(terms, Mapping):
        raise ValueError("`licence` is neither text nor an object")  # noqa: TRY004 - as above
    return License(_text(terms, "text"), _text(terms, "url"), _text(terms, "attribution"), synthetic)


def _text(facts: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = facts.get(name)
        if not isinstance(value, str | None):
            raise ValueError(f"`{name}` is not text")  # noqa: TRY004 - as above
        if value and value.strip():
            return clean(value.strip())
    return None


def clean(text: str | None) -> str | None:
    """The text with lone surrogates, which no file may hold, as U+FFFD."""
    return text and text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _words(error: Exception) -> str:
    if isinstance(error, OSError):
        return said(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).splitlines()[0] if str(error) else "it is no JSON"
