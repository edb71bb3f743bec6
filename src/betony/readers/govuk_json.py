"""GOV.UK's Content API: the JSON behind a page, rendered as the page and read as one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from betony.errors import DocumentError, Reason
from betony.model import Block, BlockKind, Capture, Document, Head
from betony.publisher import Publisher
from betony.readers import html, markup
from betony.text import repair, squeeze

MEDIA_TYPE = "application/json"
MOST_BYTES = 50_000_000
_SITE = "https://www.gov.uk"
_NO_PAGE = {
    "gone": "GOV.UK has taken the page down",
    "vanish": "GOV.UK has taken the page down",
    "redirect": "the page only leads on to another",
    "substitute": "another page has taken this one's place",
    "unpublishing": "GOV.UK has taken the page down",
}
_HTML_FIELDS = ("introduction", "body", "more_information", "final_outcome_detail", "public_feedback_detail")
_LISTS_OF_HTML = ("documents", "final_outcome_documents", "public_feedback_documents")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")

Json = Mapping[str, Any]


def read(capture: Capture, publisher: Publisher) -> Document:
    """The page that the JSON describes, as the HTML reader reads it; no XPath and no charset.

    Title, notice of withdrawal, description, dates, changes and nations stand first, as plain blocks; then the body,
    of a guide each part under its title, one level deeper. DocumentError where the JSON is none of GOV.UK's, or says
    itself that there is no page.
    """
    item = _item(capture)
    if item is None:
        raise DocumentError(
            "the JSON is no document of GOV.UK's Content API",
            reason=Reason.UNSUPPORTED,
            advice='give JSON Lines of {"url", "html"} as a .jsonl file',
        )
    _refuse_no_page(item)
    url = capture.url or _address(item)
    page = replace(capture, body=_page(item).encode(), url=url, media_type="text/html", charset="utf-8")
    document = html.read(page, publisher)
    headings = _listed(_details(item).get("headers"))
    return replace(
        document,
        media_type=MEDIA_TYPE,
        charset=None,
        blocks=tuple(_settled(block, document.text, headings) for block in document.blocks),
    )


def _listed(headers: object) -> set[str]:
    """The words of all headings that GOV.UK lists."""
    return {squeeze(_text(x, "text")) for x in _mappings(headers)}.union(
        *(_listed(x.get("headers")) for x in _mappings(headers))
    )


def _settled(block: Block, text: str, headings: set[str]) -> Block:
    """The block without an XPath; where GOV.UK lists the headings, its list is the tree."""
    heads = block.kind is BlockKind.HEADING and block.level > 1
    if headings and heads and squeeze(text[block.start : block.end]) not in headings:
        return replace(block, kind=BlockKind.PARAGRAPH, level=0, xpath=None)
    return replace(block, xpath=None)


def read_head(capture: Capture) -> Head:
    """What the JSON says about its page; an empty Head where it is none of GOV.UK's. Never an exception."""
    try:
        item = _item(capture)
    except DocumentError:
        return Head()
    if item is None:
        return Head()
    return Head(
        title=_text(item, "title") or None,
        canonical=_address(item),
        language=_text(item, "locale") or None,
        meta=tuple(_meta(item)),
    )


def _item(capture: Capture) -> Json | None:
    """The JSON object, or None where it is none of GOV.UK's."""
    if len(capture.body) > MOST_BYTES:
        raise DocumentError(
            f"the JSON has {len(capture.body):,} bytes",
            reason=Reason.TOO_LARGE,
            advice=f"at most {MOST_BYTES:,} are read",
        )
    try:
        item = json.loads(capture.body)
    except RecursionError as error:
        raise DocumentError("the JSON is nested too deeply", reason=Reason.TOO_DEEP) from error
    except ValueError as error:
        raise DocumentError(f"it is not JSON: {error}", reason=Reason.MALFORMED) from error
    known = isinstance(item, dict) and "document_type" in item and bool(item.keys() & {"content_id", "base_path"})
    return item if known else None


def _refuse_no_page(item: Json) -> None:
    for kind in (_text(item, "schema_name"), _text(item, "document_type")):
        if kind in _NO_PAGE or kind.startswith("placeholder"):
            said = _plain(_text(_details(item), "explanation"))
            raise DocumentError(
                _NO_PAGE.get(kind, "GOV.UK keeps only a placeholder of the page") + (f": {said}" if said else ""),
                reason=Reason.NOT_A_DOCUMENT,
            )


def _page(item: Json) -> str:
    """The page as HTML."""
    details = _details(item)
    metas = "".join(f'<meta name="{escape(name)}" content="{escape(value)}">' for name, value in _meta(item))
    address = _address(item)
    canonical = f'<link rel="canonical" href="{escape(address)}">' if address else ""
    title = escape(_text(item, "title"))
    body = "".join((*_notice(item), f"<h1>{title}</h1>", *_lead(item, details), *_body(item, details)))
    language = escape(_text(item, "locale"))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{canonical}{metas}'
        f"</head><body><main>{body}</main></body></html>"
    )


def _meta(item: Json) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("dcterms.issued", _text(item, "first_published_at") or _text(_details(item), "first_public_at")),
        ("dcterms.modified", _text(item, "public_updated_at")),
        ("govuk:document_type", _text(item, "document_type")),
    ):
        if value:
            yield name, value


def _address(item: Json) -> str | None:
    path = _text(item, "base_path")
    return _SITE + path if path.startswith("/") and not path.startswith("//") else None


def _notice(item: Json) -> Iterator[str]:
    """The withdrawal, in the words of GOV.UK's own pages (which say what kind of document it is)."""
    notice = item.get("withdrawn_notice")
    if not isinstance(notice, Mapping) or not (notice.get("explanation") or notice.get("withdrawn_at")):
        return
    kinds = f"{_text(item, 'schema_name')} {_text(item, 'document_type')}"
    noun = "guidance" if "guid" in kinds else "document"
    day = _day(notice.get("withdrawn_at"))
    yield _paragraph(f"This {noun} was withdrawn" + (f" on {day}" if day else ""))
    yield _fragment(_text(notice, "explanation"))


def _lead(item: Json, details: Json) -> Iterator[str]:
    yield _paragraph(_text(item, "description"))
    bodies = [
        (_text(x, "title"), _text(x, "base_path")) for x in _mappings(_mapping(item, "links").get("organisations"))
    ]
    if named := [_anchor(name, path) for name, path in bodies if name]:
        yield f"<p>From: {' and '.join(named)}</p>"
    yield from _nations(_mapping(details, "national_applicability"))
    first = _day(item.get("first_published_at") or details.get("first_public_at"))
    last = _day(item.get("public_updated_at"))
    yield _paragraph(f"Published {first}") if first else ""
    yield _paragraph(f"Last updated {last}") if last and last != first else ""
    if "consultation" in _text(item, "document_type"):
        for words, name in (("opens on", "opening_date"), ("closes on", "closing_date")):
            if day := _day(details.get(name)):
                yield _paragraph(f"This consultation {words} {day}")
    changes = [(_day(x.get("public_timestamp")), _text(x, "note")) for x in _mappings(details.get("change_history"))]
    if changes:
        entries = (f"<li>{escape(': '.join(filter(None, change)))}</li>" for change in changes)
        yield f"<ul>{''.join(entries)}</ul>"


def _nations(nations: Json) -> Iterator[str]:
    here = [_text(x, "label") for x in nations.values() if isinstance(x, Mapping) and x.get("applicable")]
    if any(here):
        words = ", ".join(here[:-1]) + " and " + here[-1] if len(here) > 1 else here[0]
        yield _paragraph(f"Applies to {words}")
    for nation in nations.values():
        if isinstance(nation, Mapping) and not nation.get("applicable") and _text(nation, "alternative_url"):
            label, url = escape(_text(nation, "label")), escape(_text(nation, "alternative_url"))
            yield f'<p><a href="{url}">Guidance for {label}</a></p>'


def _body(item: Json, details: Json) -> Iterator[str]:
    for name in _HTML_FIELDS:
        yield _fragment(_content(details.get(name)))
    for part in _mappings(details.get("parts")):
        yield f"<h2>{escape(_text(part, 'title'))}</h2>"
        yield _fragment(_content(part.get("body")), deeper=True)
    yield from _collection(item, details)
    documents = [entry for name in _LISTS_OF_HTML for entry in _strings(details.get(name))]
    yield from map(_fragment, dict.fromkeys(documents))
    titled = [x for x in _mappings(details.get("attachments")) if _text(x, "title")]
    if titled and not documents:
        yield f"<ul>{''.join(_linked(_text(x, 'title'), _text(x, 'url')) for x in titled)}</ul>"


def _collection(item: Json, details: Json) -> Iterator[str]:
    documents = {_text(x, "content_id"): x for x in _mappings(_mapping(item, "links").get("documents"))}
    for group in _mappings(details.get("collection_groups")):
        yield f"<h2>{escape(_text(group, 'title'))}</h2>" if _text(group, "title") else ""
        yield _fragment(_content(group.get("body")), deeper=True)
        named = [documents[name] for name in _strings(group.get("documents")) if name in documents]
        if named:
            yield f"<ul>{''.join(_linked(_text(x, 'title'), _text(x, 'base_path')) for x in named)}</ul>"
    for group in _mappings(details.get("child_section_groups")):
        yield f"<h2>{escape(_text(group, 'title'))}</h2>" if _text(group, "title") else ""
        sections = _mappings(group.get("child_sections"))
        yield f"<ul>{''.join(_linked(_text(x, 'title'), _text(x, 'base_path')) for x in sections)}</ul>"


def _content(field: object) -> str:
    """A field's HTML: a string, or of several forms the one that is HTML."""
    if isinstance(field, str):
        return field
    forms = {_text(form, "content_type"): _text(form, "content") for form in _mappings(field)}
    return forms.get("text/html") or (f"<p>{escape(forms['text/govspeak'])}</p>" if "text/govspeak" in forms else "")


def _fragment(source: str, *, deeper: bool = False) -> str:
    """HTML that cannot close what it did not open; with `deeper` each heading a level down."""
    if not source.strip():
        return ""
    root = markup.parse(source.encode("utf-8", "replace"))[0]
    if deeper:
        for element in list(root.iter(*_HEADINGS)):
            element.tag = f"h{int(str(element.tag)[1]) + 1}"
    body = root.find("body")
    scope = root if body is None else body
    scope.tag, scope.tail = "div", None
    for element in scope.iter("main"):
        element.tag = "div"
    return etree.tostring(scope, encoding="unicode", method="html")


def _plain(source: str) -> str:
    """The words of a piece of HTML."""
    if not source:
        return ""
    return squeeze(" ".join(map(str, markup.parse(source.encode("utf-8", "replace"))[0].itertext())))


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>" if words else ""


def _linked(words: str, url: str) -> str:
    return f"<li>{_anchor(words, url)}</li>"


def _anchor(words: str, url: str) -> str:
    return f'<a href="{escape(_absolute(url))}">{escape(words)}</a>' if url else escape(words)


def _absolute(url: str) -> str:
    try:
        return urljoin(_SITE, url)
    except ValueError:  # a bracketed host that is no address
        return ""


def _day(stamp: object) -> str:
    """The day of a time stamp as GOV.UK prints it; empty where there is none."""
    match = _DATE.match(stamp) if isinstance(stamp, str) else None
    if not match or not 1 <= int(match[2]) <= 12:
        return ""
    return f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}"


def _text(item: Json, name: str) -> str:
    value = item.get(name)
    return repair(value)[0].strip() if isinstance(value, str) else ""


def _details(item: Json) -> Json:
    return _mapping(item, "details")


def _mapping(item: Json, name: str) -> Json:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> list[Json]:
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []


def _strings(value: object) -> Iterable[str]:
    return [entry for entry in value if isinstance(entry, str)] if isinstance(value, list) else []
