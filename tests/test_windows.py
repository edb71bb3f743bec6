"""Long texts in windows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from betony import lines
from betony.model import Document
from betony.nlp import analyse, windows


@given(st.text(alphabet="ab \n1.", max_size=200), st.integers(5, 40))
def test_windows_hold_every_character_and_are_short(text: str, longest: int) -> None:
    document = Document(text, lines.blocks(text), "text/plain")
    runs = list(windows.windows(document, longest))
    kept = "".join(text[block.start : block.end] for run in runs for block in run)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(run[-1].end - run[0].start <= longest for run in runs)


def test_a_section_longer_than_a_window_stays_one_section() -> None:
    text = "Overview\n\n" + "It covers adults with sleep trouble. " * 40_000 + "\n\nYour responsibility\n\nAll of it."
    found = analyse(Document(text, lines.blocks(text), "text/plain"))
    assert [section.type.value for section in found.sections] == ["summary", "responsibilities"]


def test_a_run_of_one_character_takes_no_time() -> None:
    text = "Overview\n\n" + "(" * 200_000
    found = analyse(Document(text, lines.blocks(text), "text/plain"))
    assert found.sections[0].end == len(text)
