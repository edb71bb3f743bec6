"""The language pipeline in a process that goes on for long: what it has met does not fill the memory."""

from __future__ import annotations

import pytest

from betony import nlp, readers
from betony.model import Capture, Document
from betony.publishers import UNKNOWN


def _page(words: str) -> Document:
    return readers.read(
        Capture(f"<h1>Care of wounds</h1><h2>Scope</h2><p>For {words}.</p>".encode(), "page.html"), UNKNOWN
    )


def test_with_many_words_the_pipeline_is_made_anew_and_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    first, page = nlp.load(), _page("nurses in community teams")
    expected = nlp.analyse(page)
    nlp.analyse(_page(" ".join(f"ward{number}" for number in range(500))))
    monkeypatch.setattr(nlp, "MOST_STRINGS", len(first.vocab.strings) - 1)
    assert nlp.analyse(page) == expected
    assert nlp.load() is not first
    assert len(nlp.load().vocab.strings) < len(first.vocab.strings)


def test_with_few_words_the_pipeline_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    first = nlp.load()
    monkeypatch.setattr(nlp, "MOST_STRINGS", len(first.vocab.strings) + 10_000)
    nlp.analyse(_page("midwives"))
    assert nlp.load() is first


def test_in_a_memory_zone_the_pipeline_stays_for_the_zone_forgets_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    first = nlp.load()
    monkeypatch.setattr(nlp, "MOST_STRINGS", 0)
    with first.memory_zone():
        nlp.analyse(_page("pharmacists"))
        assert nlp.load() is first
