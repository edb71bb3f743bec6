"""Duties of sentences put together from parts, value by value."""

from __future__ import annotations

import pytest

from betony import lines
from betony.model import Basis, Fact, Layer, Section, SectionType
from betony.nlp import responsibilities
from tests import composed_duties

SEED = 20300612
EACH = 120
"""Sentences of each kind; another seed takes others, and all of them hold."""


def read(text: str) -> list[Fact]:
    section = Section(SectionType.RESPONSIBILITIES, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test")
    return responsibilities.find(text, lines.blocks(text), [section])


@pytest.mark.parametrize("sentence", composed_duties.sample(SEED, EACH), ids=lambda sentence: sentence.text)
def test_a_sentence_of_known_parts_gives_each_of_them(sentence: composed_duties.Sentence) -> None:
    found = read(sentence.text)
    assert len(found) == 1
    fact, row = found[0], sentence.row
    assert fact.detail["actor"] == row.actor
    assert fact.detail["modality"] == row.modality
    assert fact.value == row.action
    assert fact.detail["recipient"] == row.recipient
    assert fact.detail["condition"] == row.condition
    assert bool(fact.detail["actor_kinds"]) == (row.actor is not None)


@pytest.mark.parametrize("text", composed_duties.sample_of_nothing(SEED, EACH))
def test_words_of_obligation_that_oblige_nobody_give_nothing(text: str) -> None:
    assert read(text) == []
