"""Clauses that "nor" opens, whose subject stands behind the modal word: "nor should it be heated"."""

from __future__ import annotations

import re
from dataclasses import replace

from betony.nlp import actors
from betony.nlp.clauses.clause import Clause, Modal

_NOR = re.compile(r"(?:^|(?<=[\s,;]))[Nn]or\s{1,3}$")
_LONGEST_NOR = 8
_SUBJECT = re.compile(
    r"\s{1,3}(?:(?P<pronoun>(?:it|they|he|she|you|we)(?=\s)|(?:this|these)(?=\s(?:also\s|ever\s|\w+ly\s)?(?:be|have|replace|prevent|delay|constitute|imply|preclude)\s))|(?P<named>(?:[\w’'-]+\s){0,7}?[\w’'-]+)(?=\s(?:also\s|ever\s)?be\s))"
)


def opens(sentence: str, modal: Modal) -> Modal | None:
    """The modal expression with the "nor" that stands right before it; None where none does."""
    nor = _NOR.search(sentence, max(0, modal.start - _LONGEST_NOR), modal.start)
    if nor is None or modal.modality not in ("should", "must"):
        return None
    return replace(modal, start=nor.start(), modality=f"{modal.modality}_not")


def clause(sentence: str, modal: Modal, before: Clause | None, end: int) -> Clause | None:
    """The clause of "nor should …"; one whose pronoun may mean something else than the subject before keeps the pronoun."""
    found = _SUBJECT.match(sentence, modal.end, end)
    if found is None or (before is None and found["pronoun"]):
        return None
    if before is None or found["named"]:
        return Clause(found.span("named"), modal, (found.end(), end), None)
    acts = bool(actors.kinds(sentence[slice(*before.subject)]))
    same = acts == (found["pronoun"] not in ("it", "this")) and not (acts and sentence.startswith(" be ", found.end()))
    same = same or (not acts and found["pronoun"] in ("they", "these"))
    subject = before.subject if same else found.span("pronoun")
    return Clause(subject, modal, (found.end(), end), before.condition)
