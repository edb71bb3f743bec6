"""What stands in the text besides words: links, tables, and the parts that it is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from pydantic import TypeAdapter

from betony import publishers
from betony import record as r
from betony.assembly.draft import Draft
from betony.model import Layer, PageKind, SectionType
from betony.text import clean, strip_span

_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def links(draft: Draft) -> list[r.LinkRecord]:
    """Every link that has words, with the section it stands in."""
    spans = ((link, strip_span(draft.text, link.start, link.end)) for link in draft.product.links)
    rows = [
        {
            "text": draft.text[start:end],
            "url": link.url,
            "target_id": target_of(link.url),
            "section": draft.section_at(start),
            "evidence": draft.evidence([(start, end)]),
        }
        for link, (start, end) in spans
        if start < end
    ]
    return _LINKS.validate_python(rows)


_LINKS = TypeAdapter(list[r.LinkRecord])
"""Checks all links of a record in one call."""


@lru_cache(maxsize=4096)  # the menus of a site lead to the same places from all its pages
def target_of(url: str | None) -> str | None:
    """The id of the guidance that the address leads to, where it holds a reference of a known publisher."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    publisher = publishers.of_address(url)
    if publisher is publishers.UNKNOWN:
        return None
    page = publisher.page(publisher.canonical(url))
    return publisher.record_id(page) if page.reference else None


def tables(draft: Draft) -> list[r.TableRecord]:
    """The tables, cell by cell."""
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


def parts(draft: Draft, title: r.Title | None, first: PageKind) -> list[r.Part]:
    """The pages that the record is made of, and which stretch of the text each of them is; `first` is the kind of the first one."""
    starts = [*draft.product.parts, len(draft.text)]
    found = []
    for i, part in enumerate(draft.parts):
        start, end = strip_span(draft.text, starts[i], starts[i + 1])
        named = _named_in(part.identity.url, draft.text, start, end) if part.is_chapter else None
        alone = first is PageKind.CHAPTER and title is None  # its own words say that it is one
        own = named or (_own_title(draft, title, start, end) if i or part.is_chapter or alone else None)
        found.append(
            r.Part(
                uri=part.capture.uri,
                url=part.identity.url,
                page_kind=part.kind if i else first,
                title=own or (title.value if title and not i else None),
                sha256=part.capture.digest,
                start=start,
                end=end,
            )
        )
    return found


def _named_in(url: str | None, text: str, start: int, end: int) -> str | None:
    """A chapter's first line where the end of its address says the same: "Advice" at `…/chapter/advice`."""
    line = clean(text[start:end].partition("\n")[0])
    return (
        line
        if url and line and _BETWEEN_WORDS.sub("-", line.casefold()).strip("-") == url.rpartition("/")[2].casefold()
        else None
    )


_PROSE = 100
"""Characters of a section without a heading that is more than the lines above a title."""


def _own_title(draft: Draft, title: r.Title | None, start: int, end: int) -> str | None:
    """A chapter's first heading that is not the product's title; None where prose stands above it, for then it heads a part."""
    product = title.value.casefold() if title else None
    printed = title.evidence[0].start if title and title.evidence else None
    for section in draft.sections:
        if section.layer is not Layer.BODY or not start <= section.start < end:
            continue
        if section.heading is None:
            if section.end - section.start > _PROSE and section.type is not SectionType.STATUS:
                return None
        elif section.heading.start != printed and clean(section.heading.text).casefold() != product:
            return clean(section.heading.text)
    return None
