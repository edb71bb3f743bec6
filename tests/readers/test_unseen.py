"""What a page shows and its tree does not hold is told."""

from __future__ import annotations

import pytest

from betony.model import WarningCode, WarningLevel
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
