"""What the components put on a Doc survives being written and read."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from betony import nlp
from betony.nlp import carry

TEXT = "Overview\n\nIt covers adults.\n\nIs this guidance up to date?\n\nWe checked this guidance in May 2024 and we are updating it."


def test_a_doc_survives_its_bytes() -> None:
    doc = nlp.load()(TEXT)
    read = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert carry.blocks(read) == carry.blocks(doc)
    assert carry.sections(read) == carry.sections(doc)
    assert carry.facts(read) == carry.facts(doc) != []
    assert [(span.text, span.label_) for span in read.spans[carry.SECTIONS]] == [
        (span.text, span.label_) for span in doc.spans[carry.SECTIONS]
    ]


def test_a_component_names_what_it_lacks() -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("betony_sections")
    with pytest.raises(ValueError, match="add 'betony_blocks'"):
        pipeline("Some text.")
