"""What a page says about itself in its head, from a bounded start of its bytes."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from betony.errors import DocumentError
from betony.model import Capture, Head
from betony.readers import encoding, linked_data, markup
from betony.text import collapse, repair

MOST_BYTES = 128 * 1024
_MOST_TAG = 20_000
"""Longer tags are left out: lxml's time grows with the square of the number of attributes."""
_NAMES = ("name", "property", "http-equiv", "itemprop")


def read(capture: Capture) -> Head:
    """The head of an HTML capture; an empty one for everything else. Bounded work, never an exception."""
    start = capture.body[:MOST_BYTES]
    if not _is_html(capture, start):
        return Head()
    end = start.find(b"</head")
    if end > 0:
        start = start[:end]  # so that the rest need not be made lower case to find one in capitals
    end = start.lower().find(b"</head")
    if end > 0:
        start = start[:end]
    try:
        text = encoding.decode(start, declared=capture.charset, html=True).text
    except DocumentError:
        return Head()
    try:
        root = etree.fromstring(_without_long_tags(text).encode("utf-8"), markup.own_parser())
    except etree.LxmlError:
        return Head()
    # lxml returns None for bytes that hold neither tag nor text, whatever its stubs say.
    return Head() if root is None else of_root(root, capture.url, saved_from(text))


_SAVED = re.compile(r"<!--\s{0,3}saved from url=\((?P<length>\d{1,5})\)(?P<url>https?://\S{1,2000}?)\s{0,3}-->")
_SAVED_WITHIN = 2_000


def saved_from(text: str) -> str | None:
    """The address that a browser which saved the page wrote above it, with its length; None where it did not."""
    found = _SAVED.search(text, 0, _SAVED_WITHIN) if "saved from url=" in text[:_SAVED_WITHIN] else None
    return found["url"] if found and int(found["length"]) == len(found["url"]) else None


def of_root(root: etree._Element, url: str | None, saved: str | None = None) -> Head:
    """The head of a parsed page whose address is `url`; it was `saved` from that one, if a browser says so."""
    scope = root  # not its `head` alone: an element out of place ends that for the parser, long before `</head>`
    title: str | None = None
    canonical: str | None = None
    base = base_of(scope, url)
    meta: list[tuple[str, str]] = []
    for element in scope.iter("title", "meta", "link", "script"):
        tag = element.tag
        if tag == "script":
            if (element.get("type") or "").strip().lower() == "application/ld+json":
                meta += linked_data.read("".join(element.itertext()))
            continue
        if tag == "meta":
            content = element.get("content")
            if content is None:
                continue
            for attribute in _NAMES:
                if name := element.get(attribute):
                    meta.append((_clean(name).lower(), _clean(content)))
        elif tag == "title":
            title = title or _clean("".join(element.itertext())) or None
        elif canonical is None and "canonical" in (element.get("rel") or "").lower().split():
            canonical = element.get("href")
    language = _language(root)
    if not language and (body := root.find("body")) is not None:
        language = _language(body)
    return Head(
        title=title,
        canonical=(absolute(canonical, base) if canonical else None) or saved,
        language=_clean(language) or None if language else None,
        meta=tuple(meta),
    )


def base_of(root: etree._Element, url: str | None) -> str | None:
    """What relative addresses of the page are relative to."""
    for element in root.iter("base"):
        if href := element.get("href"):
            return absolute(href, url) or url
    return url


def absolute(href: str, base: str | None) -> str | None:
    """The address made absolute; None where it is no address, or no base is known for it."""
    if _IN_FULL.fullmatch(href):
        return href  # as most are, and nothing below would change
    href = repair(href.strip().translate(_NO_BREAKS))[0]
    if not href or (base is None and href[0] in "#/"):
        return None
    try:
        joined = urljoin(base, href) if base else href
        scheme = urlsplit(joined).scheme.lower()
    except ValueError:  # a bracketed host that is no address
        return None
    return joined if scheme and scheme not in ("javascript", "data", "vbscript", "blob", "about", "file") else None


_IN_FULL = re.compile(
    r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9._~%+=&,@/-]*+)?+(?:\?[A-Za-z0-9._~%+=&,@/-]++)?+(?:#[A-Za-z0-9._~%+=&,@/-]++)?+"
)
"""An address that is whole, of common signs, and without an empty part that joining would drop."""
_NO_BREAKS = {9: None, 10: None, 13: None}
"""Browsers drop tabs and line ends inside an address."""


def _is_html(capture: Capture, start: bytes) -> bool:
    media_type = (capture.media_type or "").split(";")[0].strip().lower()
    if media_type:
        return media_type in ("text/html", "application/xhtml+xml")
    return looks_like_html(start)


def looks_like_html(body: bytes) -> bool:
    """Whether the bytes begin as an HTML page does: markup within the first kilobyte, and none of XML's own kinds."""
    start = body[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xfe\xff \t\r\n\f").lower()
    if start.startswith((b"{", b"[", b"%pdf")):
        return False
    if start.startswith(b"<?xml") and b"<html" not in start and b"<!doctype html" not in start:
        return False
    return any(mark in start for mark in _MARKS)


def _language(element: etree._Element) -> str | None:
    return element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("xml:lang")


_MARKS = (
    b"<!doctype html", b"<html", b"<head", b"<body", b"<title", b"<meta", b"<main", b"<div", b"<p>", b"<p ", b"<h1",
    b"<h2", b"<table", b"<article", b"<section", b"<ul", b"<script",
)  # fmt: skip


def _without_long_tags(text: str) -> str:
    pieces = text.split(">")
    if max(map(len, pieces)) < _MOST_TAG:
        return text
    return ">".join(
        piece.partition("<")[0] + "<br" if len(piece) >= _MOST_TAG and "<" in piece else piece for piece in pieces
    )


def _clean(text: str) -> str:
    if text.isprintable() and "  " not in text:  # then its white space is single spaces: most values, and far faster
        return text.strip()
    return repair(collapse(text).strip())[0]
