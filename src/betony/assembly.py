"""Puts a record together from what the stages before it found; decides nothing but which source a field trusts."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from betony import publishers, terms
from betony import record as r
from betony.lines import heading_end
from betony.model import (
    Basis,
    Document,
    Fact,
    Findings,
    Layer,
    Notice,
    PageKind,
    Section,
    SectionType,
    WarningCode,
    WarningLevel,
)
from betony.nlp import when
from betony.nlp.when import When
from betony.product import Part, chapters
from betony.publisher import Publisher
from betony.text import clean, mojibake, slug, squeeze, strip_span, text_hash

_NUMBER = re.compile(r"^(?:section\s+|chapter\s+)?(\d{1,3}(?:\.\d{1,3})*)\.?\s", re.IGNORECASE)
_LONGEST_SLUG = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one record is made from."""

    parts: Sequence[Part]
    product: Document
    sections: list[r.SectionRecord]
    starts: list[int]
    """Where each section starts."""
    by_kind: Mapping[str, list[Fact]]
    """The facts found, of each kind in order."""

    @property
    def text(self) -> str:
        return self.product.text

    def evidence(self, spans: Iterable[tuple[int, int]]) -> list[r.Evidence]:
        text = self.product.text
        return [
            r.Evidence(start=start, end=end, quote=text[start:end], page=self.page_at(start))
            for start, end in spans
            if end > start
        ]

    def page_at(self, offset: int) -> int | None:
        """The page of a paged source that the character stands on, counted from 1."""
        pages = self.product.pages
        i = bisect_right(pages, offset, key=lambda entry: entry[0]) - 1
        return pages[i][1] or None if i >= 0 else None

    def facts(self, kind: str) -> list[Fact]:
        return self.by_kind.get(kind, [])

    def first(self, kind: str) -> Fact | None:
        return next(iter(self.facts(kind)), None)

    def section_at(self, offset: int) -> str:
        """The id of the section that the character lies in."""
        i = bisect_right(self.starts, offset) - 1
        return self.sections[max(i, 0)].id


def record(parts: Sequence[Part], product: Document, findings: Findings, processing: r.Processing) -> r.Record:
    """The record of one product, from its parts in order and what was found in their joined text."""
    sections = _sections(product.text, findings.sections)
    starts = [section.start for section in findings.sections]
    draft = Draft(parts, product, sections, starts, _by_kind(findings.facts))
    notices = (*product.notices, *_garbled(product.text), *findings.notices)
    warnings: list[r.Warning] = [_warning(draft, notice) for notice in notices]
    identity = parts[0].identity
    publisher, publisher_ground = _publisher(draft)
    title, title_warnings = _title(draft)
    identifier, identifier_ground = _identifier(draft)
    document_type, type_ground = _document_type(draft, publisher)
    jurisdictions, jurisdictions_ground = _named(draft, "jurisdiction")
    audience, audience_ground = _named(draft, "audience")
    url = identity.page.product if identity.page else None
    dates, date_warnings = _dates(draft)
    status, status_warnings = _status(draft)
    page_kind, kind_ground = _page_kind(draft, status)
    relations = [_relation(draft, fact) for fact in draft.facts("relation")]
    guides = parts[0].kind is not PageKind.OTHER  # what news and corporate pages say in passing is no guidance
    manual = document_type in _MANUALS
    recommendations = _recommendations(draft, identity.record_id) if guides and not manual else []
    responsibilities = _responsibilities(draft, identity.record_id) if guides else []
    codes = [
        r.Code(section=draft.section_at(_start(fact)), **_ground(draft, fact), **_clean(fact.detail))
        for fact in draft.facts("code")
    ]
    warnings += _missing(identifier, url, publisher) + title_warnings + date_warnings + status_warnings
    warnings += _chapters_amiss(draft)
    warnings += _truncated(parts)
    language = _language(product.head.language)
    passages = [squeeze(product.text[section.start : section.end]) for section in findings.sections]
    body_hash = text_hash(
        own for own, section in zip(passages, findings.sections, strict=True) if section.layer is Layer.BODY
    )
    return r.Record(
        id=identity.record_id,
        identifier=identifier,
        url=url,
        title=title,
        publisher=publisher,
        creators=_creators(draft),
        license=_license(draft),
        document_type=document_type,
        page_kind=page_kind,
        language=language,
        jurisdictions=jurisdictions,
        audience=audience,
        provenance=r.Provenance(
            identifier=identifier_ground,
            url=r.Judged(basis=Basis.GIVEN, rule=identity.rule) if url else None,
            publisher=publisher_ground,
            document_type=type_ground,
            page_kind=kind_ground,
            language=r.Judged(basis=Basis.GIVEN, rule="html lang") if language else None,
            jurisdictions=jurisdictions_ground,
            audience=audience_ground,
        ),
        dates=dates,
        status=status,
        relations=relations,
        sections=sections,
        recommendations=recommendations,
        responsibilities=responsibilities,
        codes=codes,
        definitions=[
            r.Definition(
                text=fact.value,
                section=draft.section_at(_start(fact)),
                **_ground(draft, fact),
                **{**fact.detail, "term": clean(str(fact.detail["term"]))},
            )
            for fact in draft.facts("definition")
        ],
        links=_links(draft),
        tables=_tables(draft),
        text=product.text,
        parts=_parts(draft, title, page_kind),
        source=_source(parts[0]),
        text_hash=body_hash,
        content_hash=r.content_hash(
            text_hash=body_hash,
            title=title,
            status=status,
            dates=dates,
            relations=relations,
            sections=sections,
            recommendations=recommendations,
            responsibilities=responsibilities,
            codes=codes,
        ),
        quality=_quality(product.text, findings.sections, passages, warnings),
        processing=processing,
    )


def _by_kind(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.kind, []).append(fact)
    return found


def _sections(text: str, found: Sequence[Section]) -> list[r.SectionRecord]:
    ids: list[str] = []
    taken: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for section in found:
        parent = ids[section.parent] if section.parent is not None else None
        start, end = section.heading or (section.start, section.start)
        heading = text[start : heading_end(text, start, end)]
        own = _short_slug(clean(heading)) or section.type.value
        path = f"{parent}/{own}" if parent else own
        taken[path] = taken.get(path, 0) + 1
        while (name := path if taken[path] == 1 else f"{path}~{taken[path]}") in taken and name != path:
            taken[path] += 1
        taken.setdefault(name, 1)
        ids.append(name)
        number = _NUMBER.match(heading)
        rows.append(
            {
                "id": name,
                "type": section.type,
                "subtype": section.subtype,
                "heading": {"text": heading, "start": start, "end": start + len(heading)} if heading else None,
                "level": section.level,
                "parent": parent,
                "number": number[1] if number else None,
                "start": section.start,
                "end": section.end,
                "text": text[end : section.end].strip(),
                "layer": section.layer,
                "basis": section.basis,
                "rule": section.rule,
                "confidence": section.confidence,
                "xpath": section.xpath,
            }
        )
    return _SECTIONS.validate_python(rows)


_SECTIONS = TypeAdapter(list[r.SectionRecord])
"""Checks all sections of a record in one call; a call for each takes half as long again."""


@lru_cache(maxsize=4096)  # the same headings stand on most pages of a publisher
def _short_slug(heading: str) -> str:
    """The heading's slug, cut at a word within 80 characters."""
    whole = slug(heading)
    return whole if len(whole) <= _LONGEST_SLUG else whole[:_LONGEST_SLUG].rsplit("-", 1)[0]


def _ground(draft: Draft, fact: Fact) -> dict[str, Any]:
    return {"basis": fact.basis, "evidence": draft.evidence(fact.spans), "rule": fact.rule}


_NORMALISED = frozenset(("actor", "recipient", "population", "label", "display", "role"))
"""What a fact names beside what it quotes."""


def _clean(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail with its names cleaned; its quotations stand as they came."""
    return {
        key: clean(value) if key in _NORMALISED and isinstance(value, str) else value for key, value in detail.items()
    }


_MANUALS = frozenset({"process_and_methods", "process_and_methods_guide"})
"""Types of documents that say how guidance is made, and recommend nothing."""
_MOST_GARBLED = 20  # places that a warning shows; the first few tell what is wrong with all


def _garbled(text: str) -> list[Notice]:
    spans = mojibake(text)
    if not spans:
        return []
    sample = ", ".join(dict.fromkeys(repr(text[start:end]) for start, end in spans[:3]))
    message = f"garbled before it came, in {len(spans):,} {'place' if len(spans) == 1 else 'places'}: {sample}"
    return [Notice(WarningCode.MOJIBAKE, message, spans=tuple(spans[:_MOST_GARBLED]))]


def _judged(draft: Draft, fact: Fact) -> r.Judged:
    return r.Judged(**_ground(draft, fact), confidence=fact.confidence)


def _start(fact: Fact) -> int:
    return fact.spans[0][0] if fact.spans else 0


def _publisher(draft: Draft) -> tuple[r.Publisher | None, r.Judged | None]:
    """By the caller or the host, else by the page's own words."""
    first = draft.parts[0]
    given = first.identity.publisher
    if given.hosts:
        rule = "caller" if first.capture.publisher else "host" if first.identity.page else "meta"
        return r.Publisher(id=given.id, name=given.name), r.Judged(basis=Basis.GIVEN, rule=rule)
    fact = draft.first("publisher")
    if fact is None:
        return None, None
    known = publishers.by_id(fact.value)
    return r.Publisher(id=known.id, name=known.name), _judged(draft, fact)


def _creators(draft: Draft) -> list[r.Creator]:
    """By the page's own words, else the bodies that its header links to, from which a publisher of many has it."""
    said = [r.Creator(name=clean(fact.value), **_ground(draft, fact)) for fact in draft.facts("creator")]
    pattern = draft.parts[0].identity.publisher.bodies
    if said or not pattern:
        return said
    found: list[r.Creator] = []
    end: int | None = None
    for link in draft.product.links:
        between = draft.text[max(link.start - 20, 0) if end is None else end : link.start]
        follows = between.rstrip().endswith(_FROM) if end is None else between.strip() in _JOINED
        if link.url and re.fullmatch(pattern, urlsplit(link.url).path) and follows:
            end = link.end
            evidence = draft.evidence([(link.start, link.end)])
            name = clean(draft.text[link.start : link.end])
            found.append(r.Creator(name=name, basis=Basis.EXPLICIT, evidence=evidence, rule="from"))
        elif found:
            break
    return found


_FROM = "From:"
_JOINED = {"", ",", "and", ", and"}
"""What stands between the names of several bodies."""


def _title(draft: Draft) -> tuple[r.Title | None, list[r.Warning]]:
    """The printed heading, else what the head says (`<title>`, Open Graph, Dublin Core), else the lead's wording."""
    fact = draft.first("title")
    if fact is not None and fact.basis is Basis.EXPLICIT and not _heads_a_chapter(draft, fact):
        return r.Title(value=clean(fact.value), **_ground(draft, fact), confidence=fact.confidence), []
    head = draft.product.head
    for rule, value in (
        ("title element", draft.parts[0].identity.publisher.title(head)),
        ("meta", head.get("og:title", "dc.title", "dcterms.title")),
    ):
        if value and clean(value).strip():
            return r.Title(value=clean(value).strip(), basis=Basis.GIVEN, rule=rule), []
    if fact is not None and not _heads_a_chapter(draft, fact):
        return r.Title(value=clean(fact.value), **_ground(draft, fact), confidence=fact.confidence), []
    return None, [r.Warning(code=WarningCode.TITLE_UNKNOWN, message="no title was found", level=WarningLevel.REVIEW)]


def _heads_a_chapter(draft: Draft, fact: Fact) -> bool:
    """Whether the title found is a chapter's own heading: in plain text what a chapter begins with, no header above it."""
    first = draft.parts[0]
    plain = first.kind is PageKind.CHAPTER and first.media_type == "text/plain"
    return plain and bool(fact.detail.get("first"))


def _identifier(draft: Draft) -> tuple[str | None, r.Judged | None]:
    """The address's reference, else the one that the text prints as its own."""
    page = draft.parts[0].identity.page
    if page and page.reference:
        return page.reference, r.Judged(basis=Basis.GIVEN, rule="address")
    fact = draft.first("identifier")
    return (fact.value, _judged(draft, fact)) if fact else (None, None)


def _document_type(draft: Draft, publisher: r.Publisher | None) -> tuple[str | None, r.Judged | None]:
    """By the reference's prefix in the address, else as the head says, else by the text's own words."""
    page = draft.parts[0].identity.page
    known: Publisher = draft.parts[0].identity.publisher
    if page and page.reference and (named := known.document_type(page.reference)):
        return named, r.Judged(basis=Basis.GIVEN, rule="address")
    if stated := known.stated_type(draft.parts[0].document.head):
        return stated, r.Judged(basis=Basis.GIVEN, rule="meta")
    fact = draft.first("document_type")
    if fact is not None and publisher is not None:
        return fact.value, _judged(draft, fact)
    return (fact.value, _judged(draft, fact)) if fact else (None, None)


def _named(draft: Draft, kind: str) -> tuple[list[str], r.Judged | None]:
    """All facts of one kind as a list of names, each once, and their common ground."""
    facts = draft.facts(kind)
    if not facts:
        return [], None
    spans = dict.fromkeys(span for fact in facts for span in fact.spans)
    ground = r.Judged(
        basis=facts[0].basis, evidence=draft.evidence(spans), rule=facts[0].rule, confidence=facts[0].confidence
    )
    return list(dict.fromkeys(fact.value for fact in facts)), ground


_META_DATES: Mapping[str, tuple[str, ...]] = {
    "published": (
        "cdc:first_published",
        "govuk:first-published-at",
        "dcterms.issued",
        "article:published_time",
        "dc.date.issued",
        "datepublished",
        "citation_publication_date",
        "jsonld.datepublished",
    ),
    "modified": (
        "cdc:last_updated",
        "govuk:public-updated-at",
        "dcterms.modified",
        "article:modified_time",
        "dc.date.modified",
        "datemodified",
        "jsonld.datemodified",
    ),
    "last_reviewed": ("cdc:last_reviewed", "jsonld.lastreviewed"),
}
"""Where a head says it. What a publisher calls so itself comes first: its other names may hold when the file was written."""
_ISO_DATE = re.compile(r"^(\d{4})(?:([-/])(\d{2})(?:\2(\d{2}))?)?(?=$|[T ])")
_PRECISIONS = ("year", "month", "day")
_LONGEST_DATE = 60


def _dates(draft: Draft) -> tuple[r.Dates, list[r.Warning]]:
    """What the page prints, else what its head says; where both speak and differ, a warning names the head's."""
    printed: dict[str, r.Date] = {}
    warnings = []
    for fact in draft.facts("date"):
        field = str(fact.detail["field"])
        if field not in printed:
            printed[field] = _date(draft, fact, fact.detail)
    for field, names in _META_DATES.items():
        trusted = [name for name in names if name not in draft.parts[0].identity.publisher.untrusted_meta]
        said = ((words, _head_date(words)) for name in trusted if (words := draft.product.head.get(name)))
        words, value = next(((words, value) for words, value in said if value), ("", None))
        if not value:
            continue
        if field not in printed:
            precision = _PRECISIONS[value.count("-")]
            printed[field] = r.Date(value=value, precision=precision, text=words, basis=Basis.GIVEN, rule="meta")
        elif not value.startswith(printed[field].value) and not printed[field].value.startswith(value):
            warnings.append(
                r.Warning(
                    code=WarningCode.CONFLICT,
                    message=f"{field}: the page prints {printed[field].value}, its head says {value}",
                    evidence=printed[field].evidence,
                )
            )
    return r.Dates(**printed), warnings


def _head_date(words: str) -> str | None:
    """The date that the words begin with, where it is one of the calendar: `2016-20-06` is none.

    Its month may be a word, as in `August 2, 2024`. Of numbers alone with the year behind nobody knows which is the month.
    """
    match = _ISO_DATE.match(words)
    if not match:
        found = when.at(words, 0, min(len(words), _LONGEST_DATE))
        in_words = isinstance(found, When) and any(map(str.isalpha, words[found.start : found.end]))
        return found.value if isinstance(found, When) and in_words else None
    value = "-".join(part for part in (match[1], match[3], match[4]) if part)
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return None
    return value


def _date(draft: Draft, fact: Fact, detail: Mapping[str, Any]) -> r.Date:
    return r.Date(value=fact.value, precision=detail["precision"], text=detail["text"], **_ground(draft, fact))


def _dated(draft: Draft, fact: Fact, key: str) -> r.Date | None:
    """A date that rides on another fact: its value under `key`, its span under `<key>_span`."""
    detail = fact.detail.get(key)
    if not detail:
        return None
    span = fact.detail.get(f"{key}_span")
    return r.Date(
        value=detail["value"],
        precision=detail["precision"],
        text=detail["text"],
        basis=fact.basis,
        evidence=draft.evidence([tuple(span)] if span else fact.spans),
        rule=fact.rule,
    )


def _status(draft: Draft) -> tuple[r.Status, list[r.Warning]]:
    """What the page's words say; where they say nothing, or say of what is no longer in force that it is, its place."""
    page = draft.parts[0].identity.page
    place: Any = page.standing if page else None
    fact = draft.first("status")
    # Every project's page has "In development" in its header until its end.
    if fact is None or (fact.value == "in_development" and fact.rule == "label" and place):
        return _status_of_place(place), []
    currency: Any = fact.value
    if place and r.CODE_OF_CURRENCY[place] == "retired" != r.CODE_OF_CURRENCY[currency]:
        message = f"status: the page says {currency}, its address {place}, which was taken"
        notice = Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, fact.spans)
        return _status_of_place(place), [_warning(draft, notice)]
    status = r.Status(
        code=r.CODE_OF_CURRENCY[currency],
        currency=currency,
        checked=_dated(draft, fact, "checked"),
        notice=fact.detail.get("notice"),
        **_ground(draft, fact),
    )
    return status, []


def _status_of_place(place: Any) -> r.Status:
    """By its place a page of a project, or of a consultation, is a draft, and what was retired is no longer in force."""
    if place is None:
        return r.Status()
    return r.Status(code=r.CODE_OF_CURRENCY[place], currency=place, basis=Basis.GIVEN, rule="page kind")


def _page_kind(draft: Draft, status: r.Status) -> tuple[PageKind, r.Judged | None]:
    """By the address or the head; where they say no more than that it is a page, by its words on its own standing.

    A field "Status: In progress" is a project's, and a page that says it is out for consultation is the consultation's.
    """
    first = draft.parts[0]
    said = None
    if status.currency == "in_consultation":
        said = PageKind.CONSULTATION
    elif status.code == "draft" and status.rule == "field":
        said = PageKind.IN_DEVELOPMENT
    if said is None or not status.evidence or first.kind not in {PageKind.DOCUMENT, PageKind.RESOURCE}:
        return first.kind, r.Judged(basis=Basis.GIVEN, rule="address") if first.identity.page else None
    return said, r.Judged(basis=Basis.INFERRED, evidence=status.evidence, rule="status", confidence=0.9)


def _language(code: str | None) -> str | None:
    """The language tag in the case that BCP 47 recommends: `en-us` is `en-US`."""
    if not code:
        return None
    language, *rest = code.replace("_", "-").split("-")
    return "-".join([language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def _relation(draft: Draft, fact: Fact) -> r.Relation:
    kind: Any = fact.value
    return r.Relation(
        type=kind,
        target=_led_to(draft, r.Target(**_clean(fact.detail["target"])), fact.spans),
        scope=fact.detail.get("scope"),
        draft=bool(fact.detail.get("draft", False)),
        date=_dated(draft, fact, "date"),
        **_ground(draft, fact),
    )


def _led_to(draft: Draft, target: r.Target, spans: Sequence[tuple[int, int]]) -> r.Target:
    """The target with the address that its words are linked to, and where the words hold no reference the id of the record
    that the address gives.
    """
    if not target.label or target.url:
        return target
    for start, end in spans:
        at = draft.text.find(target.label, start, end)
        if at < 0:
            continue
        link = next(
            (link for link in draft.product.links if link.start < at + len(target.label) and at < link.end), None
        )
        if link and link.url:
            known = target.id or _target(link.url)
            own = draft.parts[0].identity.record_id
            return target.model_copy(update={"url": link.url, "id": None if known == own else known})
    return target


def _recommendations(draft: Draft, record_id: str) -> list[r.Recommendation]:
    names = _Names()
    return [
        r.Recommendation(
            id=names.take(record_id, fact.detail.get("number") or f"r-{_short_hash(fact.value)}"),
            text=fact.value,
            section=draft.section_at(_start(fact)),
            **_ground(draft, fact),
            **_clean(fact.detail),
        )
        for fact in draft.facts("recommendation")
    ]


def _responsibilities(draft: Draft, record_id: str) -> list[r.Responsibility]:
    names = _Names()
    return [
        r.Responsibility(
            id=names.take(record_id, f"d-{_short_hash(str(fact.detail.get('actor')) + fact.value)}"),
            action=fact.value,
            section=draft.section_at(_start(fact)),
            confidence=fact.confidence,
            **_ground(draft, fact),
            **_clean(fact.detail),
        )
        for fact in draft.facts("responsibility")
    ]


class _Names:
    """Ids within one record: the same name a second time gets `~2`."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, record_id: str, name: str) -> str:
        self._taken[name] = self._taken.get(name, 0) + 1
        again = f"~{self._taken[name]}" if self._taken[name] > 1 else ""
        return f"{record_id}#{name}{again}"


def _short_hash(words: str) -> str:
    return hashlib.sha256(squeeze(words).encode()).hexdigest()[:8]


def _links(draft: Draft) -> list[r.LinkRecord]:
    found = []
    for link in draft.product.links:
        start, end = strip_span(draft.text, link.start, link.end)
        if start == end:
            continue
        found.append(
            r.LinkRecord(
                text=draft.text[start:end],
                url=link.url,
                target_id=_target(link.url),
                section=draft.section_at(start),
                evidence=draft.evidence([(start, end)]),
            )
        )
    return found


@lru_cache(maxsize=4096)  # the menus of a site lead to the same places from all its pages
def _target(url: str | None) -> str | None:
    """The id of the guidance that the address leads to, where it holds a reference of a known publisher."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    publisher = publishers.of_address(url)
    if publisher is publishers.UNKNOWN:
        return None
    page = publisher.page(publisher.canonical(url))
    return publisher.record_id(page) if page.reference else None


def _tables(draft: Draft) -> list[r.TableRecord]:
    return [
        r.TableRecord(
            caption=table.caption,
            header=list(table.header),
            rows=[list(row) for row in table.rows],
            section=draft.section_at(table.start),
            evidence=draft.evidence([(table.start, table.end)]),
        )
        for table in draft.product.tables
        if table.end > table.start
    ]


def _parts(draft: Draft, title: r.Title | None, first: PageKind) -> list[r.Part]:
    starts = [*draft.product.parts, len(draft.text)]
    found = []
    for i, part in enumerate(draft.parts):
        start, end = strip_span(draft.text, starts[i], starts[i + 1])
        found.append(
            r.Part(
                uri=part.capture.uri,
                url=part.identity.url,
                page_kind=part.kind if i else first,
                title=_part_title(draft, title, start, end),
                sha256=part.capture.digest,
                start=start,
                end=end,
            )
        )
    return found


def _part_title(draft: Draft, title: r.Title | None, start: int, end: int) -> str | None:
    """A chapter's first heading that is not the product's title; of the first part the product's title."""
    if start <= draft.sections[0].start if draft.sections else True:
        return title.value if title else None
    product = title.value.casefold() if title else None
    headings = (
        clean(section.heading.text)
        for section in draft.sections
        if section.heading and section.layer is Layer.BODY and start <= section.start < end
    )
    return next((heading for heading in headings if heading.casefold() != product), None)


def _license(draft: Draft) -> r.LicenseStatement:
    """As the side file gives it, else as the document states it."""
    given = draft.parts[0].capture.license
    if given is not None:
        return r.LicenseStatement(
            text=given.text,
            url=given.url,
            attribution=given.attribution,
            synthetic=given.synthetic,
            basis=Basis.GIVEN,
        )
    found = terms.stated(draft.product)
    if found is None:
        return r.LicenseStatement()
    return r.LicenseStatement(
        text=found.license.text,
        url=found.license.url,
        attribution=found.license.attribution,
        basis=Basis.EXPLICIT,
        evidence=draft.evidence(found.spans),
    )


def _source(part: Part) -> r.Source:
    capture = part.capture
    http = capture.http
    return r.Source(
        uri=capture.uri,
        final_uri=capture.final_uri,
        media_type=part.media_type,
        charset=part.document.charset,
        sha256=capture.digest,
        bytes=len(capture.body),
        retrieved_at=capture.retrieved_at,
        http=r.HttpRecord(status=http.status, etag=http.etag, last_modified=http.last_modified) if http else None,
        truncated=capture.truncated,
    )


def _warning(draft: Draft, notice: Notice) -> r.Warning:
    return r.Warning(
        code=notice.code, level=notice.level, message=notice.message, evidence=draft.evidence(notice.spans)
    )


def _missing(identifier: str | None, url: str | None, publisher: r.Publisher | None) -> list[r.Warning]:
    found = []
    if identifier is None:
        message = "neither the address nor the text gives the publisher's reference"
        found.append(r.Warning(code=WarningCode.IDENTIFIER_UNKNOWN, message=message))
    if url is None:
        message = "no address came with the document and none stands in its head"
        found.append(r.Warning(code=WarningCode.URL_UNKNOWN, message=message))
    if publisher is None:
        message = "neither address nor text names a publisher that betony knows"
        found.append(r.Warning(code=WarningCode.PUBLISHER_UNKNOWN, message=message))
    return found


def _truncated(parts: Sequence[Part]) -> list[r.Warning]:
    message = "the capture of {} ended before the document did"
    return [
        r.Warning(code=WarningCode.TRUNCATED, message=message.format(part.capture.uri), level=WarningLevel.REVIEW)
        for part in parts
        if part.capture.truncated
    ]


def _chapters_amiss(draft: Draft) -> list[r.Warning]:
    """Chapters that the overview names and nobody brought, and older ones that it names no longer."""
    first = draft.parts[0]
    if first.kind is not PageKind.OVERVIEW:
        return []
    named, here = chapters(first), {part.identity.url for part in draft.parts}
    missing = [
        r.Warning(
            code=WarningCode.CHAPTER_MISSING,
            message=f"nobody brought the chapter {draft.text[link.start : link.end].strip()!r} that the overview names",
            evidence=draft.evidence([strip_span(draft.text, link.start, link.end)]),
        )
        for url, link in named.items()
        if url not in here
    ]
    unlisted = [
        r.Warning(
            code=WarningCode.CHAPTER_UNLISTED,
            message=f"the overview, which is newer, no longer names the chapter at {part.identity.url}",
            level=WarningLevel.REVIEW,
        )
        for part in draft.parts
        if named and part.kind is PageKind.CHAPTER and part.identity.url not in named and "" < _day(part) < _day(first)
    ]
    return missing + unlisted


def _day(part: Part) -> str:
    """When it was captured, to the day: pages of one visit are of one time. Empty where nobody knows."""
    return (part.capture.retrieved_at or "")[:10]


def _quality(text: str, sections: Sequence[Section], passages: Sequence[str], warnings: list[r.Warning]) -> r.Quality:
    """`passages` are the sections' words with single spaces between them; what counts is all that is not white space."""
    inside = body = known = 0
    for section, own in zip(sections, passages, strict=True):
        solid = len(own) - own.count(" ")
        inside += solid
        if section.layer is Layer.BODY:
            body += solid
            known += solid if section.type is not SectionType.OTHER else 0
    ends, starts = (0, *(section.end for section in sections)), (*(section.start for section in sections), len(text))
    between = " ".join([text[end:start] for end, start in zip(ends, starts, strict=True)])
    total = inside + sum(map(len, between.split()))
    return r.Quality(
        coverage=inside / total if total else 1.0,
        classified=known / body if body else 1.0,
        warnings=warnings,
        needs_review=any(warning.level is WarningLevel.REVIEW for warning in warnings),
    )
