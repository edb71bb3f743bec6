"""The duties of one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from betony.nlp import actors
from betony.nlp.clauses.clause import Clause
from betony.nlp.clauses.doers import is_passive
from betony.nlp.clauses.modals import QUOTES, modals
from betony.nlp.clauses.reading import clauses
from betony.nlp.clauses.signs import LONGEST
from betony.nlp.history import is_entry
from betony.nlp.looks import has_any
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.responsibilities.duty import THEY, Duty
from betony.nlp.responsibilities.modal_clauses import of_clause, of_unnamed
from betony.nlp.responsibilities.set_phrases import in_set_phrases
from betony.nlp.strength.verbs import verb_set

_NO_DUTY = re.compile(
    r"(?:See|Refer to|For (?:more|further|full|details)|Read|Visit|Should(?!\s[^.?]{3,160},\s[^.?]*\b(?:should|must|shall|ought|needs?|ha(?:s|ve)\sto|required|expected|responsib\w+|accountable|duty|obliged|advised|encouraged|reminded|asked|urged|requested|allowed|permitted|prohibited|may)\b)|Note from|Copyright)\b.*"
    r"|.*\?[\"'”’)]*$|Comments?\b.*|You\s(?:should|must)\s[^.]{1,160}\bcomments?\b.*"
    r"|(?:You|Users|Visitors)\s[^.]{0,120}\b(?:cookies|JavaScript|browser|log\s?in|log\son|sign\s(?:in|up)|signed\sin|password|this\s(?:web)?site"
    r"|these\spages|your\saccount)\b.*"
    r"|[^.]{0,120}\b(?:disputes?|mediation|arbitration)\s[^.]{0,60}\barising\s(?:under|from|out\sof)\b.*",
    re.DOTALL,
)
"""Sentences that point somewhere, ask, say where comments go, or how a web site is used."""
_OF_WORDS = re.compile(r"\b[WwTt](?:ords|erms)\s(?:like|such\sas|as)\s[\"“'‘]?(?:must|should|may|shall)\b")
"""What speaks of modal words and uses none: "words like must, must not"."""
_CHANGED = re.compile(
    r"\b[Ww]e\s(?:have\s)?(?:clarified|amended|added|changed|reworded|rephrased|corrected|revised)\s(?:[^.;]{0,80}?\s)?(?:that|to\s(?:say|state|clarify|make))\b"
    r"|\b(?:was|were|(?:has|have)\sbeen)\s(?:amended|changed|reworded|rephrased|updated|corrected|clarified|revised)\sto\s(?:clarify|say|state|show|make|reflect|add|include)\b"
)
"""What was done to the guidance: what its words now say is told elsewhere."""
_CHANGED_SIGNS = (
    "clarified", "amended", "added", "changed", "reworded", "rephrased", "corrected", "revised", "updated",
)  # fmt: skip
"""Letters without one of which nothing was done to it."""
_REMINDED = re.compile(
    r"(?:(?P<condition>(?:When|If|Where|Before|After)\s[^,;:.]{3,160}),\s)?(?P<who>[^,;:.]{3,120}?)\s(?:is|are)\s(?:also\s|strongly\s)?reminded\sthat\s(?!it\sis\stheir\s)"
)

_AND_FOR = re.compile(r"(?:,?\s(?:and|while)|;(?:\sand)?)\s(?P<who>(?!for\s|\w+ing\s)[^,;:.]{3,60}?),?\sfor\s")
"""What somebody else is responsible for, whose verb stands before."""


def duties(sentence: str) -> list[Duty]:
    """The duties of one sentence; spans are offsets into it."""
    if len(sentence) > LONGEST or not has_cue(sentence) or sentence[0] in QUOTES or _NO_DUTY.fullmatch(sentence):
        return []
    if is_entry(sentence) or _tells_of_words(sentence):
        return []
    if "reminded that" in sentence and (reminded := _REMINDED.match(sentence)):
        return list(_reminded_of(sentence, reminded))
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
            found.extend(_each(sentence, duty))
    return found


def _tells_of_words(sentence: str) -> bool:
    """Whether the sentence tells how the guidance was reworded, or speaks of modal words and uses none."""
    if has_any(sentence, _CHANGED_SIGNS) and _CHANGED.search(sentence):
        return True
    return has_any(sentence, ("ords", "erms")) and _OF_WORDS.search(sentence) is not None


def _each(sentence: str, duty: Duty) -> Iterator[Duty]:
    """The duty, or two where a second one behind it lacks its verb: "is responsible for the keys and the cook for the pans"."""
    second = (
        _AND_FOR.search(sentence, *duty.action[0]) if duty.term.endswith(" for") and len(duty.action) == 1 else None
    )
    if second is None or not actors.kinds(second["who"]):
        yield duty
        return
    start, end = duty.action[0]
    yield replace(duty, action=((start, second.start()),))
    yield replace(duty, action=((second.end(), end),), actor=second.span("who"))


def unnamed(sentence: str) -> Duty | None:
    """The duty of a sentence that begins with its modal words, so that somebody named above is to do it: an active one."""
    if not sentence[:1].isupper() or sentence.endswith("?") or len(sentence) > LONGEST:
        return None
    first = next(modals(sentence), None)
    if first is None or first.start or first.modality == "may" or is_passive(sentence[first.end :]):
        return None
    if first.modality == "should" and not _is_active(sentence[first.end :]):
        return None
    end = len(sentence.rstrip(" .;:–—"))
    return of_unnamed(sentence, Clause((0, 0), first, (first.end, end), None))


def _is_active(words: str) -> bool:
    """Whether what stands behind "Should" is what to do, and not who does it: "Should burns appear, call"."""
    verb = words.lstrip().removeprefix("always ").removeprefix("also ").removeprefix("only ")
    return verb.startswith(("be ", "have ")) or verb.partition(" ")[0].rstrip(":") in verb_set()


def _reminded_of(sentence: str, reminded: re.Match[str]) -> Iterator[Duty]:
    """The duties of which the sentence reminds somebody, who are the "they" of them."""
    by = reminded.end()
    for duty in duties(sentence[by:]):
        actor = duty.actor and _moved(duty.actor, by)
        yield replace(
            duty,
            action=tuple(_moved(piece, by) for piece in duty.action),
            actor=reminded.span("who") if actor and THEY.match(sentence[slice(*actor)]) else actor,
            recipient=duty.recipient and _moved(duty.recipient, by),
            condition=_moved(duty.condition, by) if duty.condition else _opened(reminded),
            closing=duty.closing and _moved(duty.closing, by),
        )


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


def _opened(reminded: re.Match[str]) -> tuple[int, int] | None:
    return reminded.span("condition") if reminded["condition"] else None
