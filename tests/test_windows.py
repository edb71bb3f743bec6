"""Long texts in windows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from betony import lines, product
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


def test_a_part_that_begins_within_a_window_leaves_what_stands_before_it() -> None:
    whole = "\n\n".join(f"Paragraph {number} tells how to look after ears in winter." for number in range(18_000))
    texts = (whole, "Ears\n\nRecommendations\n\nOffer soap to all staff.")
    document = product.join([Document(text, lines.blocks(text), "text/plain") for text in texts])
    assert len(document.text) > windows.LONGEST
    sections = analyse(document).sections
    inside = [any(section.start <= block.start < section.end for section in sections) for block in document.blocks]
    assert all(inside)
    assert any(section.start == document.parts[1] for section in sections)


def test_a_run_of_one_character_takes_no_time() -> None:
    text = "Overview\n\n" + "(" * 200_000
    found = analyse(Document(text, lines.blocks(text), "text/plain"))
    assert found.sections[0].end == len(text)


def test_what_opens_a_later_window_is_no_head_of_a_document() -> None:
    opening = "9 October 2033\n\nDear Colleague\n\nGuidance for heel nurses\n\nPublishing approval reference: H2417\n\n"
    jointly = "This guidance is issued jointly by the Heel Office and the Boot Board.\n"
    letter = f"Wax for sore heels\n\n{opening}{jointly}"

    def told(before: str) -> set[str]:
        text = before + letter
        return {fact.kind for fact in analyse(Document(text, lines.blocks(text), "text/plain")).facts}

    before = "Walkers wax their heels. " * (windows.LONGEST // 25)
    assert {"date", "audience", "identifier", "creator"} <= told("")
    assert not {"title", "date", "audience", "identifier", "creator", "page_kind"} & told(before[:-2] + "\n\n")
