"""The net under the parser: what neither of its readings holds whole, a soup still reads."""

from __future__ import annotations

import pytest

from betony.errors import DocumentError, Reason
from betony.model import Capture, WarningCode
from betony.publisher import Publisher
from betony.readers import html, markup


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of lxml's readings say that they hit a limit."""
    monkeypatch.setattr(markup, "_hit_a_limit", lambda _: True)


def test_the_soup_keeps_every_word_and_the_structure(limited: None) -> None:
    page = b"<main><h1>Care</h1><p class='a b'>One <b>two</b></p><script>no</script><!-- no --><ul><li>three</ul></main>four"
    document = html.read(Capture(page, "page.html"), Publisher())
    words = [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]
    assert words == [("heading", "Care"), ("paragraph", "One two"), ("list_item", "three"), ("paragraph", "four")]
    assert WarningCode.FALLBACK_PARSER in {notice.code for notice in document.notices}


def test_the_soup_reads_what_is_deep(limited: None) -> None:
    page = b"START" + b"<div>" * 3000 + b"MIDDLE" + b"</div>" * 3000 + b"END"
    document = html.read(Capture(page, "page.html"), Publisher())
    assert document.text.split() == ["START", "MIDDLE", "END"]


def test_what_not_even_the_soup_reads_is_refused(limited: None) -> None:
    with pytest.raises(DocumentError) as caught:
        html.read(Capture(b"<p><!-- nothing -->", "page.html"), Publisher())
    assert caught.value.reason is Reason.MALFORMED


AFTER_THE_END = {
    "an element": b"<html><body><p>START</body></html><p>MIDDLE</p>END",
    "text": b"<p>START</p></html>MIDDLE <p>END",
    "another page": b"<html><body>START</body></html>\n<html lang=en><head><title>x</title></head><body>MIDDLE</body></html>END",
    "twice": b"START</html><div>MIDDLE</div></html></html>END",
    "deep": b"START</html>MIDDLE" + b"<div>" * 3000 + b"END",
}


@pytest.mark.parametrize("name", AFTER_THE_END)
def test_what_stands_after_the_end_of_the_page_is_kept(name: str) -> None:
    assert html.read(Capture(AFTER_THE_END[name], "page.html"), Publisher()).text.split() == ["START", "MIDDLE", "END"]


def test_the_soup_keeps_it_too(limited: None) -> None:
    test_what_stands_after_the_end_of_the_page_is_kept("another page")
