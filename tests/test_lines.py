"""Plain text into blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony import lines
from betony.model import Block, Capture
from betony.pipeline import structure
from betony.readers import plain
from tests import cases


def described(text: str, block: Block) -> str:
    level = f" {block.level}" if block.level else ""
    return f"{block.kind}{level}: {text[block.start : block.end]}".replace("\n", "|")


@pytest.mark.parametrize("case", cases.read("lines"), ids=lambda case: case.title)
def test_lines_make_blocks(case: cases.Case) -> None:
    assert [described(case.text, block) for block in lines.blocks(case.text)] == list(case.expected)


@given(st.text(alphabet=st.sampled_from("ab1.•-#= \n\r\t\f\u00a0\u2028é") | st.characters(exclude_categories=["Cs"])))
def test_blocks_tile_any_text(text: str) -> None:
    at = 0
    for block in lines.blocks(text):
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        at = block.end
    assert not text[at:].strip()


def test_the_mark_below_a_heading_is_no_word_of_its_record() -> None:
    text = "Hand hygiene\n============\n\nThis guideline is for staff.\n\nYour responsibility\n-------------------\n\nStaff should wash.\n"
    record = structure([Capture(text.encode(), "a.md")])
    assert record.title is not None
    assert record.title.value == "Hand hygiene"
    assert [(s.type, s.heading and s.heading.text, s.text) for s in record.sections] == [
        ("summary", "Hand hygiene", "This guideline is for staff."),
        ("responsibilities", "Your responsibility", "Staff should wash."),
    ]
    assert all(s.heading and text[s.heading.start : s.heading.end] == s.heading.text for s in record.sections)


def test_rows_of_cells_parted_by_tabs_make_a_table() -> None:
    text = "Creams\n\nAge\tCream\tHow often\nUnder 12\turea\tdaily\nOver 12\turea or wax\ttwice daily\n\nA\tB\tC\nName\tvalue\n"
    document = plain.read(Capture(text.encode(), "a.txt"))
    (table,) = document.tables
    assert table.rows == (
        ("Age", "Cream", "How often"),
        ("Under 12", "urea", "daily"),
        ("Over 12", "urea or wax", "twice daily"),
    )
    assert text[table.start : table.end].startswith("Age")
    assert text[table.start : table.end].endswith("twice daily")
    assert table.header == ()


def test_a_table_in_the_code_of_a_markdown_page_is_none() -> None:
    rows = "Age\tCream\tHow often\nUnder 12\turea\tdaily\n"
    text = f"# Creams\n\n{rows}\n```\n{rows}```\n\n- one\n- two\n\n[a](https://example.org)\n"
    document = plain.read(Capture(text.encode(), "a.md"), marked=True)
    (table,) = document.tables
    assert table.start == text.index("Age")


@pytest.mark.parametrize("line", ["Role\tResponsibility\n", "Do:\nrest the foot\n", "rest the foot\n", "a) Rest.\n"])
def test_a_line_that_is_repeated_over_and_over_is_read_at_once(line: str) -> None:
    start = time.process_time()
    lines.blocks("Wear:\n" + line * 10_000)
    assert time.process_time() - start < 2
