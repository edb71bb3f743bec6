"""Names above their values, told from headings above their text."""

from __future__ import annotations

from betony import lines
from betony.nlp import fields, headings, sections
from betony.nlp.typer.shipped import load

FACTS = "Status:\nIn progress\nTechnology type:\nProcedure\nDecision:\nNot selected"


def runs(text: str) -> list[str]:
    blocks = lines.blocks(text)
    return [text[blocks[start].start : blocks[end - 1].end] for start, end in fields.runs(text, blocks)]


def test_three_names_each_above_its_value_are_a_list_of_facts() -> None:
    assert runs(f"{FACTS}\n\nThe office will write to all whom it asks.") == [FACTS]
    assert runs("Status:\nIn progress\nDecision:\nNot selected") == []


def test_names_a_line_apart_from_their_values_may_be_headings() -> None:
    assert runs(FACTS.replace("\n", "\n\n")) == []


def test_a_name_above_a_name_has_no_value() -> None:
    assert runs("Status:\nTechnology type:\nDecision:\nReason for decision:\nProcess:\nNumber:") == []


def test_a_value_is_no_heading_whatever_it_is_called() -> None:
    found = headings.find(FACTS, lines.blocks(FACTS), plain=True)
    typed, _ = sections.find(FACTS, found, typer=load())
    assert {section.type.value for section in typed} == {"status"}
