"""The pages of one product: which captures are current, in which order they stand, and their text as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from betony.identity import Identity
from betony.model import Block, Capture, Document, Link, Notice, PageKind, Table

_CHAPTER_NUMBER = re.compile(r"/(\d{1,3})-[^/]*$")
PART_SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a product, read."""

    capture: Capture
    identity: Identity
    document: Document
    media_type: str

    @property
    def kind(self) -> PageKind:
        """The page's role; a document of its own where no address tells."""
        return self.identity.publisher.page_kind(self.identity.page, self.document.head)

    @property
    def is_chapter(self) -> bool:
        """Whether it is one page of several, of a product or of a document that belongs to one."""
        page = self.identity.page
        return self.kind is PageKind.CHAPTER or (page is not None and page.part.lower().startswith("chapter"))


def current(placed: Sequence[tuple[Capture, Identity]]) -> list[tuple[Capture, Identity]]:
    """The newest capture of each page: later `retrieved_at`, without one the later in the sequence."""
    newest: dict[str, tuple[Capture, Identity]] = {}
    for capture, identity in placed:
        page = identity.url or capture.digest
        before = newest.get(page)
        if before is None or (capture.retrieved_at or "") >= (before[0].retrieved_at or ""):
            newest[page] = (capture, identity)
    return list(newest.values())


def in_order(parts: Sequence[Part]) -> list[Part]:
    """The overview first, then by the overview's own list of chapters, else by chapter number, else by address."""
    if len(parts) == 1:
        return list(parts)
    first = next((part for part in parts if part.identity.page and not part.identity.page.part), None)
    listed = {url: i for i, url in enumerate(chapters(first))} if first else {}

    def place(part: Part) -> tuple[bool, int, int, str]:
        url = part.identity.url or ""
        number = _CHAPTER_NUMBER.search(urlsplit(url).path)
        return (part is not first, listed.get(url, len(listed)), int(number[1]) if number else 1000, url)

    return sorted(parts, key=place)


def chapters(overview: Part) -> dict[str, Link]:
    """The chapters of the same product that the overview links to, by canonical address, in its order."""
    found: dict[str, Link] = {}
    publisher, own = overview.identity.publisher, overview.identity.page
    for link in overview.document.links:
        if own is None or link.url is None or not link.url.startswith(("http://", "https://")):
            continue
        url = publisher.canonical(link.url)
        page = publisher.page(url)
        if page.part and page.product == own.product:
            found.setdefault(url, link)
    return found


def join(documents: Sequence[Document]) -> Document:
    """The documents as one, their texts joined by a blank line, every offset moved along."""
    if len(documents) == 1:
        return documents[0]
    starts = []
    at = 0
    for document in documents:
        starts.append(at)
        at += len(document.text) + len(PART_SEPARATOR)
    pairs = list(zip(documents, starts, strict=True))
    return replace(
        documents[0],
        text=PART_SEPARATOR.join(document.text for document in documents),
        parts=tuple(starts),
        series=tuple(purpose for document in documents for purpose in document.series or (None,)),
        pages=_pages(pairs),
        blocks=tuple(_block(block, by) for document, by in pairs for block in document.blocks),
        links=tuple(Link(x.start + by, x.end + by, x.url) for document, by in pairs for x in document.links),
        tables=tuple(_table(table, by) for document, by in pairs for table in document.tables),
        notices=tuple(_notice(notice, by) for document, by in pairs for notice in document.notices),
        marks=tuple((start + by, end + by) for document, by in pairs for start, end in document.marks),
    )


def _pages(pairs: Sequence[tuple[Document, int]]) -> tuple[tuple[int, int], ...]:
    """Where pages begin in the joined text; a part without pages stands on none."""
    if not any(document.pages for document, _ in pairs):
        return ()
    return tuple((start + by, page) for document, by in pairs for start, page in document.pages or ((0, 0),))


def _block(block: Block, by: int) -> Block:
    return replace(block, start=block.start + by, end=block.end + by) if by else block


def _table(table: Table, by: int) -> Table:
    return replace(table, start=table.start + by, end=table.end + by)


def _notice(notice: Notice, by: int) -> Notice:
    return replace(notice, spans=tuple((start + by, end + by) for start, end in notice.spans))
