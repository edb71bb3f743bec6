"""What betony asks about a publisher's pages, with the usual answer to every question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree, html

from betony.model import Head, PageKind, SectionType
from betony.text import squeeze

_TRACKING = re.compile(
    r"^(utm_\w+|gclid|fbclid|msclkid|dclid|mc_[ce]id|_ga|_gl|ref_?src|igshid|s_cid|cmpid|autologincheck|cdc_aa_?ref_?val|ss_(?:source|campaign)\w*|_hs(?:enc|mi))$",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(r"^(?:untitled(?: document| page)?|new page|home|index|document ?\d*)?$", re.IGNORECASE)
"""What programs write into `<title>` when nobody did."""
_HEADING_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3})*[.):]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Page:
    """Which product an address belongs to, and which page of it."""

    product: str
    """Canonical address of the product's own page."""
    reference: str | None = None
    """The publisher's reference, upper case, where the address holds it (`IPG309`)."""
    part: str = ""
    """What distinguishes the page within the product; empty for the product's own page."""
    kind: PageKind = PageKind.DOCUMENT
    standing: str | None = None
    """What the place alone says of the document's standing, as a currency of RECORD.md (`discontinued`)."""
    document_type: str | None = None
    """The publisher's type of document, where the address tells it without a reference."""
    extract_of: str | None = None
    """The reference of the product of which the address holds an extract, a record of its own."""
    site_first: bool = False
    """The first line of such pages names the part of the site, and the title stands below it, where nothing else marks it."""
    series: SectionType | None = None
    """What all documents at such an address are for: a manual tells how guidance is made, whatever its chapters are called. A
    chapter that its address says recommends, or tells of implementation, does so where it has lost its headings, which would say more."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Where a page of a publisher leads to, as absolute addresses in the order of the page."""

    documents: tuple[str, ...] = ()
    """Other pages of the same product, or of a listing the products."""
    indexes: tuple[str, ...] = ()
    """Further pages of the same listing."""
    is_document: bool = True
    """False for a page that only lists others."""


class Publisher:
    """The usual answers. A publisher's own module overrides what differs, usually in a few lines."""

    id: ClassVar[str] = "web"
    name: ClassVar[str] = ""
    hosts: ClassVar[tuple[str, ...]] = ()
    """Host names; each stands for its subdomains too."""
    names: ClassVar[tuple[str, ...]] = ()
    """How the publisher names itself in the text of its own pages."""
    site_names: ClassVar[tuple[str, ...]] = ()
    """How its pages name it in their head (`DC.publisher`, `DC.creator`, `og:site_name`)."""
    types: ClassVar[Mapping[str, str]] = {}
    """The publisher's types of guidance, spelled out, by the letters their references begin with."""
    printed_types: ClassVar[tuple[str, ...]] = ()
    """The names of its types of document, as its pages print them on a line by the title or at the title's start."""
    headings: ClassVar[Mapping[str, SectionType]] = {}
    """Types of headings that mean something of their own here (lower case, without number, final stop or question mark)."""
    bodies: ClassVar[str] = ""
    """Pattern of the paths of the pages about the bodies whose documents the publisher publishes; `From:` links to them."""
    month_first: ClassVar[bool] = False
    """Of a date in numbers alone the first is the month, as in the United States."""
    untrusted_meta: ClassVar[tuple[str, ...]] = ()
    """Names of meta elements whose dates are not to be believed."""
    terms_end: ClassVar[str] = ""
    """Pattern of the words with which the terms of its documents end, for prints that run on with a title behind them."""
    content: ClassVar[str] = ""
    """XPath of the element that holds the document where the usual landmarks do not tell."""
    furniture: ClassVar[str] = ""
    """XPath of elements that are page furniture although they stand inside the content."""

    def owns(self, host: str) -> bool:
        """Whether the host is one of the publisher's own."""
        return any(host == own or host.endswith("." + own) for own in self.hosts)

    def canonical(self, url: str) -> str:
        """The address in its canonical form: lower-case host, no port, fragment or tracking query."""
        return canonical_address(url)

    def page(self, url: str) -> Page:
        """What a canonical address says about the page; by default each address is a product of its own."""
        return Page(product=url)

    def standing(self, address: str) -> str | None:  # noqa: ARG002 - for publishers that move a page when its standing changes
        """What the address that a page came from says of its standing, where the canonical address does not."""
        return None

    def page_kind(self, page: Page | None, head: Head) -> PageKind:  # noqa: ARG002 - some publishers need the head
        """The role of the page, from its address, or where it has none from its head."""
        return page.kind if page else PageKind.DOCUMENT

    def title(self, head: Head) -> str | None:
        """The product's title, from the page's `<title>`: without the site's name behind it."""
        words = (head.title or "").split(" | ")[0].strip()
        known = {*self.names, *self.site_names, self.name}
        if site := head.get("og:site_name"):
            known.add(site)
        for separator in (" - ", " – ", " — "):
            title, _, site = words.rpartition(separator)
            if title and site in known:
                words = title
        return None if _NO_TITLE.match(words) else words

    def stated_type(self, head: Head) -> str | None:  # noqa: ARG002 - few publishers' heads say it
        """The publisher's type of document that the page's head names."""
        return None

    def document_type(self, reference: str) -> str | None:
        """The publisher's type of guidance that the reference's letters stand for."""
        return self.types.get(reference.rstrip("0123456789").upper())

    def heading_type(self, words: str) -> SectionType | None:
        """What a heading of the publisher's own is for; None for all others."""
        return self.headings.get(_HEADING_NUMBER.sub("", squeeze(words)).rstrip(" .:?").lower())

    def leads(self, url: str, body: bytes) -> Leads:  # noqa: ARG002 - publishers that know more read them
        """The pages that belong with this one and are to be fetched too; by default a page stands alone."""
        return Leads()

    def request_headers(self, host: str, keys: Mapping[str, str]) -> Mapping[str, str]:  # noqa: ARG002 - as above
        """What a host wants to be told beside the usual, such as a key that the user has; sent to no other host."""
        return {}

    def record_id(self, page: Page) -> str:
        """The id that the address gives the record (RECORD.md, Identity)."""
        if page.reference:
            return f"{self.id}:{page.reference.lower()}"
        split = urlsplit(page.product)
        path = split.path.strip("/") + (f"?{split.query}" if split.query else "")
        if not self.hosts:
            return f"web:{split.hostname}/{path}"
        own = host_of(page.product) in self.hosts  # below them the same path may be another document
        return f"{self.id}:{path}" if own else f"{self.id}:{split.hostname}/{path}"


def of_classes(*names: str) -> str:
    """The XPath of the elements that bear one of the classes: as whole words, for what is called `contents-list-with-body`
    holds the document beside its `contents-list`.
    """
    tests = (f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)
    return f"//*[{' or '.join(tests)}]"


def chapters(publisher: Publisher, url: str, body: bytes) -> tuple[str, ...]:
    """Where a product's page leads to its other pages, as the page gives their addresses, in its order."""
    own = publisher.page(publisher.canonical(url)).product
    site = urlsplit(url).netloc.lower()
    there = (link for link in linked(url, body) if urlsplit(link).netloc.lower() == site)
    placed = ((link, publisher.page(publisher.canonical(link))) for link in there)
    found = (link for link, page in placed if page.kind is PageKind.CHAPTER and page.product == own)
    return tuple(dict.fromkeys(link.split("?")[0] for link in found))


def canonical_address(url: str, *, keep_query: bool = True) -> str:
    """The address with lower-case scheme and host, without credentials, port, fragment and tracking query."""
    split = urlsplit(url.strip())
    host = (split.hostname or "").rstrip(".")
    kept = [(key, value) for key, value in parse_qsl(split.query, True) if not _TRACKING.match(key)]
    path = re.sub(r"/{2,}", "/", split.path)
    path = path.rstrip("/") or "/"
    query = urlencode(sorted(kept)) if keep_query else ""
    return urlunsplit(SplitResult(split.scheme.lower(), host, path, query, ""))


def linked(url: str, body: bytes) -> list[str]:
    """The addresses that a page links to, absolute, without fragments, each once, in the order of the page."""
    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(huge_tree=True))
    except (etree.ParserError, ValueError):
        return []
    base = urljoin(url, next(iter(root.xpath("//base/@href")), ""))
    found: dict[str, None] = {}
    for link in root.xpath("//a/@href"):
        with suppress(ValueError):  # brackets that are no IPv6 address
            found[urljoin(base, str(link).strip()).split("#", 1)[0]] = None
    return [address for address in found if address.startswith(("http://", "https://"))]


def host_of(url: str) -> str:
    """The host name, lower case, without a leading `www.`."""
    return (urlsplit(url).hostname or "").rstrip(".").removeprefix("www.")
