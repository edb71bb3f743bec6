"""A recommendation by how it stands: a number of three parts, then what to do, as in `1.2.3 Offer …`."""

from __future__ import annotations

import re

from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording

_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\.?\s+(?=[A-Z])")
_TOLD = ("strong", "conditional")


def instructs(passage: str) -> bool:
    """Whether the passage bears such a number and its first sentence tells its reader what to do, naming no one who should."""
    number = _NUMBER.match(passage)
    if number is None:
        return False
    start, end = next(iter(sentences(passage, number.end(), len(passage))), (number.end(), len(passage)))
    wording = sentence_wording(passage[start:end])
    return wording is not None and wording.actor is None and wording.code in _TOLD
