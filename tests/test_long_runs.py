"""Long runs of one character cost no more than other text, whatever spaCy's tokenizer makes of them."""

from __future__ import annotations

import string
import time
from contextlib import suppress

import pytest

from betony.errors import DocumentError
from betony.model import Capture
from betony.pipeline import structure


@pytest.fixture(scope="module", autouse=True)
def _warmed() -> None:
    structure([Capture(b"A first document, that everything is loaded by.", "first.txt")])


@pytest.mark.parametrize("mark", [*string.punctuation, "…", "•"])
def test_8000_of_a_punctuation_mark_are_read_at_once(mark: str) -> None:
    start = time.process_time()
    record = structure([Capture(f"Before the run.\n\n{mark * 8_000} and more.\n\nAfter it.".encode(), "run.txt")])
    assert time.process_time() - start < 1
    assert "After it." in record.text


@pytest.mark.parametrize("run", ["a" * 100_000, "1" * 100_000, "a-" * 50_000, "." * 100_000, "a." * 50_000])
@pytest.mark.parametrize("page", ["{}", "<html lang=en><body><main><h1>Run</h1><p>{}</p></main></body></html>"])
def test_a_document_that_is_one_long_run_is_read_at_once(run: str, page: str) -> None:
    start = time.process_time()
    with suppress(DocumentError):  # of stops alone there is nothing to read
        structure([Capture(page.format(run).encode(), "run.html" if "<" in page else "run.txt")])
    assert time.process_time() - start < 2
