"""Recommendations known by their number and their verb."""

from __future__ import annotations

import pytest

from betony import lines
from betony.nlp import headings, numbered, sections
from betony.nlp.passages import judge
from betony.nlp.typer.shipped import load


@pytest.mark.parametrize(
    "passage",
    [
        "1.1.1 Offer nettle balm to adults whose rash itches.",
        "4.1.2 For people who work in gardens, give information on:",
        "1.2.10 Do not offer balm to anyone who is allergic to dock.",
    ],
)
def test_a_number_of_three_parts_and_an_instruction_recommend(passage: str) -> None:
    assert numbered.instructs(passage)
    judgement = judge(passage)
    assert judgement is not None
    assert judgement.type.value == "recommendations"


@pytest.mark.parametrize(
    "passage",
    [
        "2.1.1 Nettle rash is a common complaint of those who weed.",
        "2.1 Offer nettle balm to adults whose rash itches.",
        "6.1.2 The committee should ask gardeners what they think.",
        "Offer nettle balm to adults whose rash itches.",
    ],
)
def test_descriptions_other_numbers_and_duties_of_someone_do_not(passage: str) -> None:
    assert not numbered.instructs(passage)


def test_below_a_heading_that_names_a_topic_two_of_them_make_it_one_of_recommendations() -> None:
    begin = (
        "Nettle rash: what gardeners need\n\nThe office wrote this with nurses.\n\n4 Sleep and nettles\n\n"
        "Nettle rash keeps half of all gardeners awake, and one in nine of them for longer than a week after the last sting."
    )
    text = f"{begin}\n\n4.1.1 Explain how balm works.\n\n4.1.2 Ask how they sleep."
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    assert (found[-1].type.value, found[-1].rule) == ("recommendations", "numbers")
    one = text.removesuffix("\n\n4.1.2 Ask how they sleep.")
    found, _ = sections.find(one, headings.find(one, lines.blocks(one), plain=True), typer=load())
    assert found[-1].rule != "numbers"
