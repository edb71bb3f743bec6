"""Who acts, without what stands around the name: dates, habits, circumstances, who says it."""

from __future__ import annotations

import re
from dataclasses import replace

from betony.nlp import actors
from betony.nlp.clauses.clause import Clause
from betony.nlp.strength.verbs import starts_with_verb

HABITUAL = re.compile(
    r"(?:Sometimes|Often|Usually|Normally|Generally|Occasionally|Typically|Frequently),?\s", re.IGNORECASE
)
"""How a sentence opens on what is done as a rule, not on what is to be done."""
_SAYING = re.compile(
    r"\b(?:agrees?|recommends?|states?|notes?|advises?|emphasi[sz]es?|stress(?:es)?|suggests?|specif(?:y|ies)|provides?|sets?\s+out\s+an?\s+(?:\w+\s+)?expectation)\s+that\s+"
)
"""Who says it, before the subject of what is to be done."""
_SINCE = re.compile(
    r"(?:From|Since|By|In|Until|After|Before)\s(?:(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s", re.IGNORECASE
)
"""The date from which it is to be done, before the subject."""
_TOLD_FIRST = re.compile(r"[A-Z][a-z]+\b[^.;]{0,80}?,\s(?:and|so)\s")
"""An instruction joined to the subject of another clause: "Ignore the score, and anyone with symptoms"."""
_TELLING = ("Ignore ", "Disregard ", "Stop", "Remember", "Note ", "Count ", "Score ")
"""How an instruction opens, besides by the verbs of recommendations."""
_CIRCUMSTANCES = re.compile(
    r",?\s+in\s+(?:the\s+)?(?:light|context|view)\s+of\s|,\s+(?:(?:and|but)\s+)?not\s|,?\s+rather\s+than\s",
    re.IGNORECASE,
)


def without_circumstances(sentence: str, actor: tuple[int, int]) -> tuple[int, int]:
    """Who acts, without what is told behind: "the clinician, in light of the facts", "the maker, and not the owner"."""
    told = _CIRCUMSTANCES.search(sentence, *actor)
    return (actor[0], told.start()) if told and told.start() > actor[0] else actor


def with_its_subject(sentence: str, clause: Clause) -> Clause:
    """The clause, its subject without the date or the habit that opens the sentence, and without who says it."""
    start, end = clause.subject
    for opener in (_SINCE, HABITUAL):
        if match := opener.match(sentence, start, end):
            start = match.end()
    if said := _SAYING.search(sentence, start, end):
        start = said.end()
    if (told := _TOLD_FIRST.match(sentence, start, end)) and _is_told(sentence[start : told.end()]):
        start = told.end()
    return replace(clause, subject=(start, end)) if start < end else clause


def _is_told(words: str) -> bool:
    """Whether the words up to an "and" tell the reader to do something, rather than name the first of those who act."""
    return (starts_with_verb(words) or words.startswith(_TELLING)) and not actors.kinds(words.rpartition(",")[0])
