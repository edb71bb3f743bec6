"""Pages made to break a reader lose nothing, and cost no more than their length."""

from __future__ import annotations

import time

import pytest

from betony.model import Capture, Document, WarningCode
from betony.publisher import Publisher
from betony.readers import html
from tests.readers.pages import tiles

HOSTILE = {
    "depth 300": b"START" + b"<div>" * 300 + b"MIDDLE" + b"</div>" * 300 + b"END",
    "depth 3,000": b"START" + b"<div>" * 3000 + b"MIDDLE" + b"</div>" * 3000 + b"END",
    "depth 100,000": b"START" + b"<div>" * 100_000 + b"MIDDLE" + b"</div>" * 100_000 + b"END",
    "inline depth 100,000": b"START" + b"<b>" * 100_000 + b"MIDDLE" + b"</b>" * 100_000 + b"<p>END",
    "lists in lists": b"START" + b"<ul><li>x" * 20_000 + b"MIDDLE" + b"</ul>" * 20_000 + b"<p>END",
    "tables in tables": b"START" + b"<table><tr><th>x<td>" * 2000 + b"MIDDLE" + b"</table>" * 2000 + b"<p>END",
    "11 MB of one word": b"START<p>" + b"a" * 11_000_000 + b" MIDDLE</p>END",
    "11 MB attribute": b'START<p title="' + b"a" * 11_000_000 + b'">MIDDLE</p>END',
    "11 MB comment": b"START<!--" + b"a" * 11_000_000 + b"--><p>MIDDLE</p>END",
    "200,000 line breaks": b"START" + b"<br>" * 100_000 + b"MIDDLE" + b"a<br>" * 100_000 + b"END",
    "50,000 rows": b"START<table>" + b"<tr><td>a<td>b" * 50_000 + b"<tr><td>MIDDLE<td>c</table>END",
    "spans of 9007199254740991": b"START<table>" + b"<tr>" + b"<td colspan=9007199254740991 rowspan=99999>a" * 999
    + b"<tr><td>MIDDLE</table>END",
    "50,000 links in a line": b"START<p>" + b'<a href="/x">y</a> ' * 50_000 + b"MIDDLE<p>END",
    "30,000 headings": b"START" + b"<h2>a</h2><p>b</p>" * 30_000 + b"MIDDLE<p>END",
    "hidden in hidden": b"START<p>" + b"<i hidden>y<i hidden>" * 900 + b"MIDDLE" + b"</i></i>" * 900 + b"<p>END",
    "tags that never end": b"START MIDDLE " + b"<a " * 10_000 + b"> END",
}  # fmt: skip


def read(body: bytes) -> Document:
    return html.read(Capture(body, "x"), Publisher())


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_keep_every_word_once(name: str) -> None:
    document = read(HOSTILE[name])
    assert [document.text.count(word) for word in ("START", "MIDDLE", "END")] == [1, 1, 1]
    assert tiles(document)


def test_a_second_reading_is_told() -> None:
    assert WarningCode.FALLBACK_PARSER in {notice.code for notice in read(HOSTILE["depth 3,000"]).notices}
    assert WarningCode.FALLBACK_PARSER not in {notice.code for notice in read(HOSTILE["depth 300"]).notices}


REPEATED = {
    "of all kinds": (b"<h2>Head</h2><p>Text with <b>bold</b> and <a href='/x'>links</a>.</p><ul><li>a<li>b</ul>", 1000),
    "wrappers called like menus": (b'<div class="with-toc">%s</div>' % (b"<p>%s</p>" % (b"Text. " * 20) * 20), 60),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", REPEATED)
def test_time_grows_with_length(name: str) -> None:
    section, few = REPEATED[name]

    def seconds(times: int) -> float:
        body = section * times
        best = 1e9
        for _ in range(3):
            start = time.perf_counter()
            read(body)
            best = min(best, time.perf_counter() - start)
        return best

    # Eight times the length; a square law would take 64 times as long.
    assert seconds(8 * few) < 24 * seconds(few)
