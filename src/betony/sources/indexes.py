"""Sitemaps, feeds and lists of addresses: what a file of addresses leads to."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import etree

MOST_ADDRESSES = 50_000
"""Of one file: what the sitemap protocol allows."""
_MOST_BYTES = 50_000_000
_XML = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, recover=True, huge_tree=False)


@dataclass(frozen=True, slots=True)
class Index:
    """The addresses in a file, in its order."""

    documents: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    """Files of further addresses."""


def read(url: str, body: bytes) -> Index | None:
    """The addresses in a sitemap (an index of them too), an RSS or an Atom feed, packed or not; None for what is none."""
    content = _unpacked(body)
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or _is_page(content):
        return None
    try:
        root = etree.fromstring(content, _XML)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    kind = etree.QName(root).localname.lower()
    if kind == "urlset":
        return Index(documents=_absolute(url, _texts(root, "url", "loc")))
    if kind == "sitemapindex":
        return Index(indexes=_absolute(url, _texts(root, "sitemap", "loc")))
    if kind in ("rss", "rdf"):
        return Index(documents=_absolute(url, _texts(root, "item", "link")))
    if kind == "feed":
        entries = [
            link.get("href", "")
            for entry in _named(root, "entry")
            for link in _named(entry, "link")
            if link.get("rel", "alternate") == "alternate"
        ]
        further = [link.get("href", "") for link in _named(root, "link") if link.get("rel") == "next"]
        return Index(_absolute(url, entries), _absolute(url, further))
    return None


def addresses(text: str) -> list[str]:
    """The addresses of a text file: one a line; a line that begins with `#` is a remark."""
    lines = (line.strip() for line in text.removeprefix("\ufeff").split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _absolute(base: str, found: list[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    for link in found[:MOST_ADDRESSES]:
        try:
            address = urljoin(base, link.strip()).split("#", 1)[0]
        except ValueError:  # brackets that are no IPv6 address
            continue
        if address.startswith(("http://", "https://")):
            kept[address] = None
    return tuple(kept)


def _texts(root: etree._Element, outer: str, inner: str) -> list[str]:
    return [(element.text or "") for group in root.iter(f"{{*}}{outer}") for element in _named(group, inner)]


def _named(element: etree._Element, name: str) -> list[etree._Element]:
    return list(element.iterchildren(f"{{*}}{name}"))


def _unpacked(body: bytes) -> bytes:
    """A sitemap that was packed before it was put on the server."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return zlib.decompressobj(31).decompress(body, _MOST_BYTES)
    except zlib.error:
        return b""


def _is_page(content: bytes) -> bool:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html"))
