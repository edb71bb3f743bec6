"""The duties of one sentence."""

from __future__ import annotations

import re

from betony.nlp.clauses.modals import QUOTES
from betony.nlp.clauses.reading import clauses
from betony.nlp.clauses.signs import LONGEST
from betony.nlp.history import is_entry
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.responsibilities.duty import Duty
from betony.nlp.responsibilities.modal_clauses import of_clause
from betony.nlp.responsibilities.set_phrases import in_set_phrases

_NO_DUTY = re.compile(
    r"(?:See|Refer to|For (?:more|further|full|details)|Read|Visit|Should|Note from|Copyright)\b.*"
    r"|.*\?[\"'”’)]*$|Comments?\b.*|You\s(?:should|must)\s[^.]{1,160}\bcomments?\b.*"
    r"|(?:You|Users|Visitors)\s[^.]{0,120}\b(?:cookies|JavaScript|browser|log\s?in|log\son|sign\s(?:in|up)|signed\sin|password|this\s(?:web)?site"
    r"|these\spages|your\saccount)\b.*"
    r"|[^.]{0,120}\b(?:disputes?|mediation|arbitration)\s[^.]{0,60}\barising\s(?:under|from|out\sof)\b.*",
    re.DOTALL,
)
"""Sentences that point somewhere, ask, say where comments go, or how a web site is used."""


def duties(sentence: str) -> list[Duty]:
    """The duties of one sentence; spans are offsets into it."""
    if len(sentence) > LONGEST or not has_cue(sentence) or sentence[0] in QUOTES or _NO_DUTY.fullmatch(sentence):
        return []
    if is_entry(sentence):
        return []
    framed = in_set_phrases(sentence)
    taken = max((end for duty in framed for _, end in duty.action), default=0)
    begin = min((duty.action[0][0] for duty in framed), default=0)
    found = list(framed)
    for clause in clauses(sentence):
        if framed and (
            (clause.modal.start < taken and clause.modal.end > begin) or clause.rest[1] > begin > clause.modal.start
        ):
            continue
        duty = of_clause(sentence, clause)
        if duty:
            found.append(duty)
    return found
