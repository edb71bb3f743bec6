"""Values of GOV.UK's JSON as HTML: forms of a text, links, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from betony.readers import markup
from betony.text import repair, squeeze

SITE = "https://www.gov.uk"
Json = Mapping[str, Any]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def is_forms(value: object) -> bool:
    """Whether a field is one text in several forms, each with its content type."""
    return isinstance(value, list) and any("content_type" in form and "content" in form for form in mappings(value))


def content(field: object) -> str:
    """A field's HTML: a string, or of several forms the one that is HTML."""
    if isinstance(field, str):
        return field
    forms = {string(form, "content_type"): string(form, "content") for form in mappings(field)}
    if html := forms.get("text/html"):
        return html
    source = forms.get("text/govspeak") or next(filter(None, forms.values()), "")
    return f"<p>{escape(source)}</p>" if source else ""


def fragment(source: str, *, deeper: int = 0) -> str:
    """HTML that cannot close what it did not open, each heading `deeper` levels down."""
    if not source.strip():
        return ""
    root = markup.parse(source.encode("utf-8", "replace"))[0]
    if deeper:
        for element in list(root.iter(*_HEADINGS)):
            element.tag = f"h{min(int(str(element.tag)[1]) + deeper, 6)}"
    body = root.find("body")
    scope = root if body is None else body
    scope.tag, scope.tail = "div", None
    for element in scope.iter("main"):
        element.tag = "div"
    return etree.tostring(scope, encoding="unicode", method="html")


def plain(source: str) -> str:
    """The words of a piece of HTML."""
    if not source:
        return ""
    return squeeze(" ".join(map(str, markup.parse(source.encode("utf-8", "replace"))[0].itertext())))


def texts(source: str) -> Iterator[str]:
    """The words of a piece of HTML, as its tags part them."""
    yield from map(squeeze, map(str, markup.parse(source.encode("utf-8", "replace"))[0].itertext()))


def paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>" if words else ""


def paragraphs(words: str) -> str:
    """Plain words, of which blank lines make paragraphs."""
    return "".join(paragraph(piece.strip()) for piece in _BLANK_LINE.split(words))


def anchor(words: str, url: str) -> str:
    return f'<a href="{escape(_absolute(url))}">{escape(words)}</a>' if url else escape(words)


def _absolute(url: str) -> str:
    try:
        return urljoin(SITE, url)
    except ValueError:  # a bracketed host that is no address
        return ""


def string(item: Json, name: str) -> str:
    value = item.get(name)
    return repair(value)[0].strip() if isinstance(value, str) else ""


def mapping(item: Json, name: str) -> Json:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def mappings(value: object) -> list[Json]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def strings(value: object) -> Iterable[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
