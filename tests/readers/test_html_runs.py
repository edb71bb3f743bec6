"""Runs of tags: what they ask for is worked out once, and said in one where they ask for no more than a new line."""

from __future__ import annotations

import random

import pytest

from betony.model import Capture, Document
from betony.publisher import Publisher
from betony.readers import html, runs

_PARTS = (
    "<h2>{}</h2>", "<h3 class='x'>{}", "</h3>", "<p>{}</p>", "<p>{}", "<div>{}<p>{}</p></div>", "<ul><li>{}<li>{}</ul>", "<ol>",
    "</ol>", "<li>{}", "<li><p>{}</p>{}</li>", "<li>{}<ul><li>{}</ul>", "<dl><dt>{}<dd>{}</dl>", "<h2><span>{}</span></h2>",
    "<table><tr><th>{}<h4>{}</h4><td>{}</table>", "<main>", "</main>", "<nav>{}</nav>", "<b>{}</b>", "<img alt='{}'>", "{}",
    "<div role='heading'>{}</div>", "<div role='heading'>{}<h3>{}</h3></div>", "<a href='#'>{}</a>", "<br>", "<button>{}</button>", "<pre>{}\n\n{}</pre>",
)  # fmt: skip


def _page(seed: int) -> bytes:
    choose = random.Random(seed)  # noqa: S311 - it makes up pages
    body = "".join(choose.choices(_PARTS, k=choose.randint(1, 40)))
    words = (choose.choice((f"Words {number} of it.", f"Part {number}", " ", "1.2")) for number in range(100))
    return body.format(*words).encode()


def _read(page: bytes) -> Document:
    runs.PROGRAMS.clear()
    return html.read(Capture(b"<!DOCTYPE html>" + page, "made-up.html"), Publisher())


def test_what_a_run_comes_to_is_what_its_steps_come_to_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = list(map(_page, range(400)))
    in_one = list(map(_read, pages))
    monkeypatch.setattr(runs, "_after", lambda *_: None)
    assert in_one == list(map(_read, pages))
    assert sum(len(document.blocks) for document in in_one) > 4_000


def test_a_run_that_is_too_long_to_be_kept_is_cut_into_pieces() -> None:
    page = b"<p>Above.</p>" + b"<div><i></i></div>" * 3_000 + b"<h2>Below</h2><p>Words.</p>"
    assert _read(page).text == "Above.\n\nBelow\n\nWords."
    assert runs.PROGRAMS
    assert max(map(len, runs.PROGRAMS)) < 4_000
