"""A recommendation by how it stands: a number, then what to do, as in `1.2.3 Offer …`."""

from __future__ import annotations

import re

from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording

_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\.?\s+(?=[A-Z])")
_OF_TWO = re.compile(r"(?P<chapter>\d{1,2})\.\d{1,3}\.?\s+(?=[A-Z])")
_TOLD = ("strong", "conditional")


def instructs(passage: str) -> bool:
    """Whether the passage bears a number of three parts, and its first sentence tells its reader what to do, naming no one
    who should."""
    number = _NUMBER.match(passage)
    return number is not None and _instructs_from(passage, number.end())


def of_chapter(passage: str, chapter: str) -> bool | None:
    """Whether a passage that bears a number of that chapter in two parts, `1.2`, says what to do; None where it bears none."""
    number = _OF_TWO.match(passage)
    return _instructs_from(passage, number.end()) if number and number["chapter"] == chapter else None


def _instructs_from(passage: str, at: int) -> bool:
    start, end = next(iter(sentences(passage, at, len(passage))), (at, len(passage)))
    wording = sentence_wording(passage[start:end])
    return wording is not None and wording.actor is None and wording.code in _TOLD
