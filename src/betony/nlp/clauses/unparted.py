"""Conditions that no comma parts from the subject behind them."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.clause import Modal
from betony.nlp.clauses.signs import EMBEDDED, FINITE, PRONOUNS, RELATIVE
from betony.nlp.clauses.subjects import SPEAKERS, is_subject

_WITHIN = re.compile(rf"{RELATIVE.pattern}|{EMBEDDED.pattern}", re.IGNORECASE)
_WHEN = re.compile(
    r"(?:If|When(?:ever)?|Where(?:ver)?|Once|Before|After|Until|Unless|While|Whilst|As\ssoon\sas|As\slong\sas)\s"
)
_THEN_SUBJECT = re.compile(r"\sthen\s(?P<subject>[^,;:]{1,80})$")
_SUBJECT_AT_END = re.compile(
    r"\s(?P<subject>(?:the|an?|all|any|each|every|your|their)\s(?:[\w’'-]+\s){0,2}[\w’'-]+|[\w’'-]+)$"
)
_THAT_ONE = re.compile(r"\s(?P<subject>(?:that|this)\s(?:[\w’'-]+\s)?[a-z]+(?<!s))$")
"""Those who act, named a second time behind a condition that names them: "if a team is there that team"."""
_GOES_ON = re.compile(
    r"\b(?:not|also|often|still|already|sure|unsure|certain|aware|clear|worried|concerned|confident|told|advised|asked"
    r"|than|that|as|of|to|for|in|on|at|by|with|from|and|or|the|an?)$"
)
"""How a condition ends that is not over yet: "if you are sure", "if it is worse than"."""
_YOU_DO = re.compile(r"(?:If|When(?:ever)?|Before|After)\s(?:you|they|we)\s(?!\w+ly\b)[a-z]+\b")
"""A condition whose verb stands right behind "you", whatever verb it is."""
_THEY_DO = re.compile(
    r"(?:If|When(?:ever)?)\s(?P<who>(?:[\w’'-]+\s){1,4}?)(?:wish|want|need|intend|plan|choose|decide|consider|use|prescribe|suspect|find|think)\b"
)
"""A condition that names those who act before its verb: "If clinics wish to wax"."""
_LONGEST_SUBJECT = 60
_PURPOSE_YOU = re.compile(r"(?P<purpose>(?:To|In\sorder\sto)\s[a-z][^,;:]{3,120}?)\s(?P<subject>you|we)")


def unparted(
    sentence: str, start: int, end: int, modal: Modal
) -> tuple[tuple[int, int] | None, tuple[int, int]] | None:
    """Condition and subject where no comma parts them: "If it hurts then this should stop". None where the modal may as
    well be part of the condition, which is where a comma follows it."""
    if purpose := _PURPOSE_YOU.fullmatch(sentence, start, end):
        return None, purpose.span("subject")
    if _WHEN.match(sentence, start, end) and (again := _again(sentence, start, end)):
        return again
    if not _WHEN.match(sentence, start, end) or "," in sentence[start:end] or "," in sentence[modal.end :]:
        return None
    if then := _THEN_SUBJECT.search(sentence, start, end):
        return ((start, then.start()), then.span("subject")) if is_subject(then["subject"]) else None
    at = max(start, end - _LONGEST_SUBJECT)
    while split := _SUBJECT_AT_END.search(sentence, at, end):
        if _is_over(sentence, start, split.start()) and _begins_anew(sentence, split["subject"], modal.end):
            return (start, split.start()), split.span("subject")
        at = split.start() + 1
    return None


def _again(sentence: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Condition and subject where the condition has named those who act before: "If a team is there that team should"."""
    that = _THAT_ONE.search(sentence, start, end)
    if that is None or not set(actors.kinds(that["subject"])) - {"patient"}:
        return None
    noun = that["subject"].rpartition(" ")[2]
    named = re.search(rf"\b(?:an?|the|any)\s(?:[\w’'-]+\s){{0,4}}?{noun}\b", sentence[start : that.start()])
    if named is None or not _is_over(sentence, start, that.start()):
        return None
    return (start, that.start()), (start + named.start(), start + named.end())


def _begins_anew(sentence: str, subject: str, after: int) -> bool:
    """Whether the words are a subject of their own; one that is "you" may as well belong to "something you must do"."""
    if not is_subject(subject) or any(f" {speaker}" in subject for speaker in SPEAKERS):
        return False
    if subject in SPEAKERS:
        inside = min((match.start() for match in _WITHIN.finditer(sentence, after)), default=len(sentence))
        return FINITE.search(sentence, after, inside) is None
    return " " in subject or subject in PRONOUNS or bool(actors.kinds(subject))


def _is_over(sentence: str, start: int, end: int) -> bool:
    """Whether sentence[start:end] is a whole condition: its verb, and something behind it, none of it another clause."""
    verb = FINITE.search(sentence, start, end) or _YOU_DO.match(sentence, start, end) or _they_do(sentence, start, end)
    return (
        verb is not None
        and sentence[verb.end() : end].strip() != ""
        and not _GOES_ON.search(sentence, verb.end() - 1, end)
        and not EMBEDDED.search(sentence, verb.end(), end)
        and not RELATIVE.search(sentence, verb.end(), end)
    )


def _they_do(sentence: str, start: int, end: int) -> re.Match[str] | None:
    verb = _THEY_DO.match(sentence, start, end)
    return verb if verb and actors.kinds(verb["who"]) else None
