"""A recommendation by how it stands: a number, then what to do, as in `1.2.3 Offer …`."""

from __future__ import annotations

import re

from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording

_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\.?\s+(?=[A-Z])")
_NUMBER_WITHIN = re.compile(r"(?P<chapter>\d{1,2}(?:\.\d{1,3})?)\.\d{1,3}\.?\s+(?=[A-Z])")
_TOLD = ("strong", "conditional")


def instructs(passage: str) -> bool:
    """Whether the passage bears a number of three parts, and its first sentence tells its reader what to do, naming no one
    who should."""
    number = _NUMBER.match(passage)
    return number is not None and _instructs_from(passage, number.end())


def recommends(passage: str) -> bool:
    """Whether the passage bears a number of three parts, and its first sentence tells somebody, named or not, what to do."""
    number = _NUMBER.match(passage)
    return number is not None and _instructs_from(passage, number.end(), named=True)


def of_chapter(passage: str, chapter: str) -> bool | None:
    """Whether a passage that bears the next number within that chapter's, `1.2` within `1`, says what to do; None where it
    bears none. Within a number of two parts whoever should do it may be named."""
    number = _NUMBER_WITHIN.match(passage)
    if number is None or number["chapter"] != chapter:
        return None
    return _instructs_from(passage, number.end(), named="." in chapter)


def _instructs_from(passage: str, at: int, *, named: bool = False) -> bool:
    start, end = next(iter(sentences(passage, at, len(passage))), (at, len(passage)))
    wording = sentence_wording(passage[start:end])
    return wording is not None and (named or wording.actor is None) and wording.code in _TOLD
