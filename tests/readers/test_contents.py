"""Tables of contents lead about the document: furniture, but only where the headings below bear them out."""

from __future__ import annotations

from betony import readers
from betony.model import Capture, Document, Layer
from betony.publishers import UNKNOWN

POLICY = """Keys: a policy

Contents

1. Introduction .......... 3
2. Scope 4
2.1 Who must know
of this policy 5
3 Duties of managers\t6

1. Introduction

Keys are lost now and then.

2. Scope

All wards.

Who must know of this policy

3. Duties of Managers

Managers must count the keys each Monday.
"""


def read(text: str) -> Document:
    return readers.read(Capture(text.encode(), "a.txt"), UNKNOWN)


def furniture(text: str) -> list[str]:
    document = read(text)
    assert document.text == text
    return [text[block.start : block.end] for block in document.blocks if block.layer is Layer.FURNITURE]


def test_entries_are_furniture_with_numbers_pages_and_one_that_runs_over_two_lines() -> None:
    assert furniture(POLICY) == [
        "Contents",
        "1. Introduction .......... 3",
        "2. Scope 4",
        "2.1 Who must know",
        "of this policy 5",
        "3 Duties of managers\t6",
    ]


def test_a_heading_below_stays_though_its_entry_is_the_same_word_for_word() -> None:
    text = (
        "Contents\n\nScope\n\nDuties\n\nAudit\n\nScope\n\nAll wards.\n\nDuties\n\nCount keys.\n\nAudit\n\nEach May.\n"
    )
    assert furniture(text) == ["Contents", "Scope", "Duties", "Audit"]


def test_what_is_not_said_again_is_no_table_of_contents() -> None:
    text = "First aid box\n\nContents\n\n4 plasters\n2 bandages\n1 pair of scissors\n\nScissors\n\nKeep them clean.\n"
    assert furniture(text) == []


def test_long_paragraphs_and_lines_of_nothing_but_pages_are_no_entries() -> None:
    long = "Keys are counted each Monday, and lost ones are made known to the porters. " * 4
    text = f"Contents\n\nScope\n\n.... 1\n\n{long}\n\nDuties\n\nAudit\n\n.... 2\n\nScope\n\nDuties\n\nAudit\n"
    assert furniture(text) == []


def test_a_sentence_ends_the_entries() -> None:
    text = "Contents\n\nKeys are counted.\n\nScope\n\nDuties\n\nAudit\n\nScope\n\nDuties\n\nAudit\n"
    assert furniture(text) == []


def test_lines_that_all_say_contents_take_no_time() -> None:
    assert len(read("Contents\n\nPage contents\n\n" * 20_000).blocks) == 40_000


def test_two_entries_are_too_few() -> None:
    text = "Contents\n\nScope\nDuties\n\nScope\n\nAll wards.\n\nDuties\n\nCount the keys.\n"
    assert furniture(text) == []
