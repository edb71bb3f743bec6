"""GOV.UK's Content API: the JSON behind a page, rendered as the page and read as one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape

from betony.errors import DocumentError, Reason
from betony.model import Block, BlockKind, Capture, Document, Head
from betony.publisher import Publisher
from betony.readers import html
from betony.readers.govuk_rest import rest
from betony.readers.govuk_values import (
    SITE,
    Json,
    anchor,
    content,
    fragment,
    is_forms,
    mapping,
    mappings,
    paragraph,
    plain,
    string,
    strings,
    texts,
)
from betony.text import squeeze

MEDIA_TYPE = "application/json"
MOST_BYTES = 50_000_000
_NO_PAGE = {
    "gone": "GOV.UK has taken the page down",
    "vanish": "GOV.UK has taken the page down",
    "redirect": "the page only leads on to another",
    "substitute": "another page has taken this one's place",
    "unpublishing": "GOV.UK has taken the page down",
}
_HTML_FIELDS = (
    "introduction", "introductory_paragraph", "licence_overview", "summary", "body", "need_to_know", "more_information",
    "what_you_need_to_know", "other_ways_to_apply", "final_outcome_detail", "public_feedback_detail",
)  # fmt: skip
_LISTS_OF_HTML = ("documents", "final_outcome_documents", "public_feedback_documents")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LISTS_OF_PARTS = ("parts", "collection_groups", "child_section_groups", "attachments", "change_history")
_READ_ELSEWHERE = ("national_applicability", "opening_date", "closing_date", "first_public_at")


def read(capture: Capture, publisher: Publisher) -> Document:
    """The page that the JSON describes, as the HTML reader reads it; no XPath and no charset.

    Title, notice of withdrawal, description, dates, changes and nations stand first, as plain blocks; then the body,
    of a guide each part under its title, one level deeper; last what stands in fields that are not known. DocumentError where the JSON is none of GOV.UK's, or says
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
    try:
        source = _page(item)
    except RecursionError as error:
        raise DocumentError("the JSON is nested too deeply", reason=Reason.TOO_DEEP) from error
    page = replace(capture, body=source.encode(), url=url, media_type="text/html", charset="utf-8")
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
    return {squeeze(string(x, "text")) for x in mappings(headers)}.union(
        *(_listed(x.get("headers")) for x in mappings(headers))
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
        title=string(item, "title") or None,
        canonical=_address(item),
        language=string(item, "locale") or None,
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
    for kind in (string(item, "schema_name"), string(item, "document_type")):
        if kind in _NO_PAGE or kind.startswith("placeholder"):
            said = plain(string(_details(item), "explanation"))
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
    title = escape(string(item, "title"))
    body = "".join((*_notice(item), f"<h1>{title}</h1>", *_lead(item, details), *_body(item, details), _rest(item)))
    language = escape(string(item, "locale"))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{canonical}{metas}'
        f"</head><body><main>{body}</main></body></html>"
    )


def _meta(item: Json) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("dcterms.issued", string(item, "first_published_at") or string(_details(item), "first_public_at")),
        ("dcterms.modified", string(item, "public_updated_at")),
        ("govuk:document_type", string(item, "document_type")),
    ):
        if value:
            yield name, value


def _address(item: Json) -> str | None:
    path = string(item, "base_path")
    return SITE + path if path.startswith("/") and not path.startswith("//") else None


def _notice(item: Json) -> Iterator[str]:
    """The withdrawal, in the words of GOV.UK's own pages (which say what kind of document it is)."""
    notice = item.get("withdrawn_notice")
    if not isinstance(notice, Mapping) or not (notice.get("explanation") or notice.get("withdrawn_at")):
        return
    kinds = f"{string(item, 'schema_name')} {string(item, 'document_type')}"
    noun = "guidance" if "guid" in kinds else "document"
    day = _day(notice.get("withdrawn_at"))
    yield paragraph(f"This {noun} was withdrawn" + (f" on {day}" if day else ""))
    yield fragment(string(notice, "explanation"))


def _lead(item: Json, details: Json) -> Iterator[str]:
    yield paragraph(string(item, "description")) or fragment(content(item.get("description")))
    bodies = [
        (string(x, "title"), string(x, "base_path")) for x in mappings(mapping(item, "links").get("organisations"))
    ]
    if named := [anchor(name, path) for name, path in bodies if name]:
        yield f"<p>From: {' and '.join(named)}</p>"
    yield from _nations(mapping(details, "national_applicability"))
    first = _day(item.get("first_published_at") or details.get("first_public_at"))
    last = _day(item.get("public_updated_at"))
    yield paragraph(f"Published {first}") if first else ""
    yield paragraph(f"Last updated {last}") if last and last != first else ""
    if "consultation" in string(item, "document_type"):
        for words, name in (("opens on", "opening_date"), ("closes on", "closing_date")):
            if day := _day(details.get(name)):
                yield paragraph(f"This consultation {words} {day}")
    changes = [(_day(x.get("public_timestamp")), string(x, "note")) for x in mappings(details.get("change_history"))]
    if changes:
        entries = (f"<li>{escape(': '.join(filter(None, change)))}</li>" for change in changes)
        yield f"<ul>{''.join(entries)}</ul>"


def _nations(nations: Json) -> Iterator[str]:
    here = [string(x, "label") for x in nations.values() if isinstance(x, Mapping) and x.get("applicable")]
    if any(here):
        words = ", ".join(here[:-1]) + " and " + here[-1] if len(here) > 1 else here[0]
        yield paragraph(f"Applies to {words}")
    for nation in nations.values():
        if isinstance(nation, Mapping) and not nation.get("applicable") and string(nation, "alternative_url"):
            label, url = escape(string(nation, "label")), escape(string(nation, "alternative_url"))
            yield f'<p><a href="{url}">Guidance for {label}</a></p>'


def _body(item: Json, details: Json) -> Iterator[str]:
    for name in _HTML_FIELDS:
        yield fragment(content(details.get(name)))
    for part in mappings(details.get("parts")):
        yield from _group(part, "slug")
    documents = {string(x, "content_id"): x for x in mappings(mapping(item, "links").get("documents"))}
    for group in mappings(details.get("collection_groups")):
        yield from _group(group, "documents")
        yield _links(documents[name] for name in strings(group.get("documents")) if name in documents)
    for group in mappings(details.get("child_section_groups")):
        yield from _group(group, "child_sections")
        yield _links(mappings(group.get("child_sections")), said=("description",))
    yield from _attachments(details)


def _group(group: Json, *read_elsewhere: str) -> Iterator[str]:
    """A part of the page: its title, what it says, and what else there is of it."""
    yield f"<h2>{escape(string(group, 'title'))}</h2>" if string(group, "title") else ""
    yield fragment(content(group.get("body")), deeper=1)
    yield rest(_without(group, "title", "body", *read_elsewhere), level=3)


def _attachments(details: Json) -> Iterator[str]:
    """The documents as GOV.UK lists them; those that it does not list by their titles, or with what they hold."""
    documents = list(dict.fromkeys(entry for name in _LISTS_OF_HTML for entry in strings(details.get(name))))
    yield from map(fragment, documents)
    plain_ones, told = [], None
    for attachment in mappings(details.get("attachments")):
        more = rest(_without(attachment, "title", "url"), level=3)
        title = string(attachment, "title")
        if more:
            yield f"<h2>{escape(title)}</h2>{more}" if title else more
        elif title:
            told = {words for document in documents for words in texts(document)} if told is None else told
            plain_ones += [attachment] if squeeze(title) not in told else []
    yield _links(plain_ones)


def _links(entries: Iterable[Json], *, said: tuple[str, ...] = ()) -> str:
    """A list of pages, each with what stands in the fields `said`."""
    items = [
        f"<li>{anchor(string(x, 'title'), string(x, 'url') or string(x, 'base_path'))}"
        f"{rest({name: x[name] for name in said if name in x}, level=3)}</li>"
        for x in entries
    ]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _rest(item: Json) -> str:
    """What the page says in fields that are not known."""
    details = item.get("details")
    if not isinstance(details, Mapping):
        return rest({"body": details}, level=2)
    unread = {name: value for name, value in details.items() if not _is_read(name, value)}
    if mappings(details.get("change_history")):
        unread.pop("change_note", None)  # the last of them
    return rest(unread, level=2, title=string(item, "title"))


def _is_read(name: str, value: object) -> bool:
    """Whether a field is one of those that are known, and is built as they are."""
    if name in _HTML_FIELDS:
        return isinstance(value, str) or is_forms(value)
    if name in _LISTS_OF_HTML or name in _LISTS_OF_PARTS:
        kind = str if name in _LISTS_OF_HTML else Mapping
        return isinstance(value, list) and all(isinstance(entry, kind) for entry in value)
    return name in _READ_ELSEWHERE


def _without(fields: Json, *names: str) -> Json:
    return {name: value for name, value in fields.items() if name not in names}


def _day(stamp: object) -> str:
    """The day of a time stamp as GOV.UK prints it; empty where there is none."""
    match = _DATE.match(stamp) if isinstance(stamp, str) else None
    if not match or not 1 <= int(match[2]) <= 12:
        return ""
    return f"{int(match[3])} {_MONTHS[int(match[2]) - 1]} {match[1]}"


def _details(item: Json) -> Json:
    return mapping(item, "details")
