"""Plain text whose lines have run into one another, taken apart again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from betony import lines
from betony.model import SectionType
from betony.nlp import flattened, heading_words

KNOWN = {"purpose": SectionType.SCOPE, "how it was made": SectionType.DEVELOPMENT, "references": SectionType.REFERENCES}


def type_of(words: str) -> SectionType | None:
    return KNOWN.get(heading_words.normalise(words))


def taken_apart(text: str) -> list[str]:
    return [
        f"{block.kind}: {text[block.start : block.end]}" for block in flattened.apart(text, lines.blocks(text), type_of)
    ]


def test_numbered_headings_within_a_line_are_found_where_they_follow_one_another() -> None:
    end = "In adults it goes by itself, and in children too, where nobody scratches it for a day or two or even three."
    line = f"The rash ward, May 2020 1. Purpose This tells nurses what helps. 2. How it was made Ten nurses met. {end}"
    assert taken_apart(line) == [
        "paragraph: The rash ward, May 2020",
        "heading: 1. Purpose",
        "paragraph: This tells nurses what helps.",
        "heading: 2. How it was made",
        f"paragraph: Ten nurses met. {end}",
    ]
    assert len(taken_apart(line.replace("2. How", "7. How"))) == 1
    assert len(taken_apart(line.replace("How it was made Ten", "How it was made in ten"))) == 1


def test_headings_in_capitals_within_a_line_are_found() -> None:
    prose = (
        "The rash is common in May, when nettles are tall and legs are bare, and goes by itself within a day or two."
    )
    line = f"{prose} HOW IT WAS MADE RCN nurses met in May. REFERENCES 1. Dock A. Nettles. 1999."
    assert taken_apart(line) == [
        f"paragraph: {prose}",
        "heading: HOW IT WAS MADE",
        "paragraph: RCN nurses met in May.",
        "heading: REFERENCES",
        "paragraph: 1. Dock A. Nettles. 1999.",
    ]
    assert len(taken_apart(f"{prose} HOW IT WAS MADE SIMPLE For nurses.")) == 1
    assert len(taken_apart(f"{prose} The list of REFERENCES Dr Dock made is long.")) == 1


def test_headings_between_the_sentences_of_a_long_line_are_found_where_there_are_some() -> None:
    prose = "The rash is common in May, when nettles are tall and legs are bare. " * 8
    line = (
        f"{prose}How It was Made Ten nurses met in May. How It was Made Ten others met in June, and wrote it all anew."
    )
    assert taken_apart(line)[1::2] == ["heading: How It was Made", "heading: How It was Made"]
    assert len(taken_apart(line.replace("May. How It was Made Ten", "May. How it was made, ten"))) == 1


def test_in_a_long_text_only_long_lines_show_that_lines_ran_into_one_another() -> None:
    prose = (
        "The rash is common in May, when nettles are tall and legs are bare, and goes by itself within a day or two."
    )
    line = f"{prose} HOW IT WAS MADE RCN nurses met in May. REFERENCES 1. Dock A. Nettles. 1999."
    assert "heading: REFERENCES" not in taken_apart("\n".join(["It itches."] * 70 + [line]))
    assert "heading: REFERENCES" in taken_apart("\n".join([f"{prose} {prose} {prose}"] * 70 + [line]))


def test_labels_of_a_structured_abstract_head_what_stands_behind_them() -> None:
    prose = "It itches where the leaf was, for an hour in most people, and for a day in those who have scratched it."
    text = f"Purpose: {prose}\n\nHow it was made: {prose}\n\nReferences: {prose}"
    assert taken_apart(text)[::2] == ["heading: Purpose:", "heading: How it was made:", "heading: References:"]
    assert len(taken_apart(f"Purpose: {prose}\n\nPurpose: {prose}\n\nReferences: {prose}")) == 3


@given(
    st.lists(
        st.sampled_from(["1. ", "2. ", "Purpose ", "REFERENCES ", "HOW IT WAS MADE ", "Purpose: ", "It itches. ", "\n"])
    )
)
def test_blocks_hold_every_character_of_a_flattened_text(pieces: list[str]) -> None:
    text = "".join(pieces) * 4
    at = 0
    for block in flattened.apart(text, lines.blocks(text), type_of):
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()


def test_names_in_a_row_with_numbers_are_a_sentence_and_no_headings() -> None:
    text = (
        "Each leaflet that the ward hands out to people who were stung by nettles or by bees has three parts, namely 1. Purpose "
        "2. How it was made 3. References. All three are looked over by the nurse who is named for it."
    )
    assert taken_apart(text) == [f"paragraph: {text}"]
