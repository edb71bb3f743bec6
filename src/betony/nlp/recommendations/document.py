"""What the document as a whole tells about its recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from betony.model import Section
from betony.nlp.recommendations.entry import Entry, pieces_of

_CHAPTER = re.compile(
    r"(\d{1,2})\s+(?:(?:The\s)?[Cc]ommittee(?:'s|’s)?\s(?:discussion|considerations?|comments)|(?:The\s|Clinical\s)?[Ee]vidence\b"
    r"|Information\sabout\b|The\s(?:condition|technology|procedure)\b)"
)
"""The heading of a numbered chapter that does not recommend."""


def other_chapters(text: str, sections: Sequence[Section]) -> frozenset[str]:
    """The numbers of the chapters whose headings say that they do not recommend, whatever stands further down in them."""
    found = (_CHAPTER.match(text, *section.heading) for section in sections if section.heading)
    return frozenset(match[1] for match in found if match)


def is_in_chapter(entry: Entry, chapters: frozenset[str]) -> bool:
    """Whether the entry's number is one of these chapters'."""
    return entry.decimal and entry.number is not None and entry.number.partition(".")[0] in chapters


def repeated(text: str, entries: Iterable[Entry]) -> Entry | None:
    """The entry that says again without a number what the only numbered one says: the capture has lost all numbers but the
    first, and what has none may recommend after all."""
    decimal: list[Entry] = []
    others: list[Entry] = []
    for entry in entries:
        (decimal if entry.decimal else others).append(entry)
    if len(decimal) != 1:
        return None
    words = [piece for piece in pieces_of(text, decimal[0]) if piece]
    return next((entry for entry in others if pieces_of(text, entry)[: len(words)] == words), None)


@dataclass(frozen=True, slots=True)
class About:
    """What the document as a whole tells about its recommendations."""

    appraisal: bool
    procedures: bool
    decimals: bool
