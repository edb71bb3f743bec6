"""The strength that the publisher prints behind a recommendation goes before that of its wording."""

from __future__ import annotations

from dataclasses import replace

from betony.nlp.grades import Grade
from betony.nlp.strength.wording import Wording

_OF_GRADE = {f"{number}{letter}": code for number, code in (("1", "strong"), ("2", "conditional")) for letter in "ABCD"}
"""Of the codes of GRADE (Guyatt et al., BMJ 2008;336:924) the number is the strength, the letter the quality of the evidence."""
_CODES = {"strong": "strong", "weak": "conditional", "conditional": "conditional"}


def as_printed(wording: Wording, grade: Grade | None) -> Wording:
    """The wording with the strength of its grade in words: "we recommend X (weak)" is conditional, whatever its verb.

    What must be done stays a duty, and words that give no strength stay without: a grade alone tells no direction.
    """
    code = (_CODES.get(grade.code.lower()) or _OF_GRADE.get(grade.code)) if grade else None
    return replace(wording, code=code) if code and wording.code in ("strong", "conditional") else wording
