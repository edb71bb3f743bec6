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
