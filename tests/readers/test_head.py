"""What a page says about itself in its head."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.model import Capture, Head
from betony.publishers import UNKNOWN
from betony.readers import html
from betony.readers.head import looks_like_html, read

PAGE = b"""<!DOCTYPE html><html lang="en-GB"><head><title>
  Cough &amp; cold </title><link rel="stylesheet canonical" href="/guidance/ng1">
<meta name="DC.Issued" content=" 2020-01-02 "><meta property="og:title" content="Cough">
<meta http-equiv="Content-Language" content="en"><meta itemprop="dateModified" content="2021"><meta name="empty">
</head><body><title>Not this</title><meta name="late" content="no">"""


def test_a_head_is_read_whole() -> None:
    assert read(Capture(PAGE, "x", url="https://x.org/a/b")) == Head(
        title="Cough & cold",
        canonical="https://x.org/guidance/ng1",
        language="en-GB",
        meta=(
            ("dc.issued", "2020-01-02"),
            ("og:title", "Cough"),
            ("content-language", "en"),
            ("datemodified", "2021"),
        ),
    )


def test_a_relative_canonical_link_needs_a_base() -> None:
    assert read(Capture(PAGE, "x")).canonical is None
    based = b'<head><base href="https://y.org/d/"><link rel=canonical href="e">'
    assert read(Capture(based, "x")).canonical == "https://y.org/d/e"


@pytest.mark.parametrize(
    "capture",
    [
        Capture(b"just words", "x"),
        Capture(b'{"html": "<html><title>T</title>"}', "x"),
        Capture(PAGE, "x", media_type="text/plain"),
        Capture(b"", "x"),
        Capture(b"\x00" * 50 + b"<html>", "x"),
    ],
)
def test_what_is_no_page_has_an_empty_head(capture: Capture) -> None:
    assert read(capture) == Head()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"<!DOCTYPE html><p>x", True),
        (b"\xef\xbb\xbf\n<html>", True),
        (b"<p>x</p>", True),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', True),
        (b'<?xml version="1.0"?><rss>', False),
        (b"a < b and c > d", False),
        (b"[1, 2]", False),
        (b"", False),
    ],
)
def test_looks_like_html(body: bytes, expected: bool) -> None:
    assert looks_like_html(body) is expected


@given(st.binary(max_size=400))
def test_no_bytes_raise(noise: bytes) -> None:
    read(Capture(b"<html><head>" + noise, "x"))


@pytest.mark.parametrize(
    "body",
    [
        b"<html><meta " + b" ".join(b"a%d" % number for number in range(40_000)) + b"><title>T</title>",
        b"<html><title>T</title>" + b"<div>" * 100_000,
        b"<html><title>T</title>" + b"<" * 500_000,
        b"<html><title>T</title>" + b"x" * 30_000_000,
    ],
)
def test_the_work_is_bounded(body: bytes) -> None:
    start = time.perf_counter()
    assert read(Capture(body, "x")).title in ("T", None)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("above", "canonical"),
    [
        (
            "<!-- saved from url=(0040)https://www.nice.org.uk/guidance/ng9999/ -->",
            "https://www.nice.org.uk/guidance/ng9999/",
        ),
        ("<!-- saved from url=(0039)https://www.nice.org.uk/guidance/ng9999/ -->", None),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from url=(0022)file:///C:/Users/a.htm -->", None),
    ],
)
def test_the_address_that_a_browser_saved_the_page_from(above: str, canonical: str | None) -> None:
    page = f"<!DOCTYPE html>\n{above}\n<html><head><title>x</title></head><body><h1>Cough</h1><p>Offer honey.</p></body></html>"
    capture = Capture(page.encode(), "x.html")
    assert read(capture).canonical == canonical
    assert html.read(capture, UNKNOWN).head.canonical == canonical
    own = page.replace("<title>", '<link rel=canonical href="https://www.nhs.uk/a"><title>')
    assert read(Capture(own.encode(), "x.html")).canonical == "https://www.nhs.uk/a"
