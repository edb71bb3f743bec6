"""A date that the page gives of itself, and the words that announce it."""

from __future__ import annotations

from dataclasses import dataclass

from betony.nlp import vocabulary
from betony.nlp.when import When

WORDS = vocabulary.read("dates")


@dataclass(frozen=True, slots=True)
class Found:
    """A date that the page states, of one of the fields of RECORD.md's `dates`."""

    field: str
    rule: str
    """Which source gave it, before a colon: `label`, `sentence`, `timeline`, `history` or `title`; and which of its words."""
    span: tuple[int, int]
    """The words that announce the date."""
    date: When | None
    """None where the date is announced and cannot be read."""
