"""What a page shows and its tree does not hold is told."""

from __future__ import annotations

import pytest

from betony.model import Capture, WarningCode, WarningLevel
from betony.publisher import Publisher
from betony.readers import html
from tests.readers.pages import blocks, read

FRAME = '<iframe srcdoc="&lt;p&gt;Cream both heels.&lt;/p&gt;"></iframe>'
EMPTY = '<iframe srcdoc="&lt;script&gt;run()&lt;/script&gt;"></iframe>'


def told(markup: str) -> list[tuple[WarningLevel, str]]:
    notices = [notice for notice in read(markup).notices if notice.code is WarningCode.TRUNCATED]
    return [(notice.level, notice.message.rpartition(": ")[2]) for notice in notices]


@pytest.mark.parametrize(
    "markup",
    [
        "<main><p>Dry it.</p><!-- more <p>Cream both heels.</p></main>",
        "<main><p>Dry it.</p><script><!-- run() --></script><!-- <p>Cream both heels.</p></main>",
        "<main><p>Dry it.</p><!-- <script>run()</script></main>",
    ],
)
def test_a_comment_without_an_end(markup: str) -> None:
    assert told(markup) == [(WarningLevel.REVIEW, "the rest of the page")]
    assert blocks(read(markup)) == ["p Dry it."]


def test_a_script_without_an_end() -> None:
    assert told("<main><p>Dry it.</p><script>run() <p>Cream both heels.</p></main>") == [
        (WarningLevel.REVIEW, "the rest of the page")
    ]
    assert not told("<main><p>Dry it.</p><script>run()</script><!-- <script> --></main>")


@pytest.mark.parametrize(
    "markup",
    [
        "<main><p>Dry it.</p><!-- more --><p>Cream both heels.</p></main>",
        "<main><p>Dry it.</p><script><!-- run() </script><p>Cream both heels.</p></main>",
        "<main><p title='<!-- no'>Dry it.</p><p>Cream both heels.</p></main>",
        "<main><p>Dry it.</p><!--><p>Cream both heels.</p></main>",
        "<main><p>Dry it.</p><p>Cream both heels.</p></main><!-- ",
    ],
)
def test_a_comment_that_hides_no_words(markup: str) -> None:
    assert told(markup) == []
    assert blocks(read(markup)) == ["p Dry it.", "p Cream both heels."]


@pytest.mark.parametrize(
    ("markup", "level"),
    [
        (f"<main><p>Dry it.</p>{FRAME}</main>", WarningLevel.REVIEW),
        (f"<p>Dry it.</p>{FRAME}", WarningLevel.REVIEW),
        (f"<main><p>Dry it.</p></main>{FRAME}", WarningLevel.INFO),
        (f"<main><p>Dry it.</p>{EMPTY}</main>", None),
    ],
)
def test_a_page_that_is_written_into_a_frame(markup: str, level: WarningLevel | None) -> None:
    assert told(markup) == ([(level, "a page that is written into a frame of the page")] if level else [])


@pytest.mark.parametrize(
    ("name", "stated", "words"),
    [
        ("a.xhtml", None, ["p Dry it & < 1 cm.", "p Wet it."]),
        ("a", "application/xhtml+xml; charset=utf-8", ["p Dry it & < 1 cm.", "p Wet it."]),
        ("a.xhtml", "text/html", ["p Dry it", "p Wet it."]),
    ],
)
def test_words_that_are_no_markup_in_xhtml(name: str, stated: str | None, words: list[str]) -> None:
    script = "<script src='a.js'/><script>//<![CDATA[\nif (1 < 2) run();\n//]]></script>"
    page = f"<html><body>{script}<p>Dry it <![CDATA[& < 1 cm.]]></p>{script}<p>Wet it.</p></body></html>"
    assert blocks(html.read(Capture(page.encode(), name, media_type=stated), Publisher())) == words
