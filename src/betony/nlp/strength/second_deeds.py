"""Conditions of one deed of several, and how long something is not to be done."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.clauses.signs import depth
from betony.nlp.looks import has_any
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.verbs import deeds, verb_set

_SECOND = re.compile(
    r",\s(?:(?:and|or)\s(?:(?:with|to|for)\s)?(?:their|his|her)\s|(?:and|but|then)\s(?:(?:then|also)\s)?(?P<verb>[a-z]+)\s(?P<object>(?:it|them|him|her|the|their|an?|any|all|this|these)\b)?|(?:with|plus)\s"
    r"|(?!including|depending|following|considering|using)[a-z]+ing\s(?:the|their|an?|any|it|them|this)\s)[^,;:.]*$"
)
"""What is done besides, up to its condition: "measure urate, and stop wax" if it is low, "give wax, with balm" if it is dry, and to
whom besides: "adults with gout, and their carers" if they wish."""
_JOINED = re.compile(
    r"[^\s,;:.]{2,}\s[^,;:.]{3,}?\sand\s(?:(?:then|also)\s)?(?:(?P<only>only\s[a-z]+)|(?P<verb>[a-z]+)\s(?P<object>(?:it|them|him|her|the|your|their|an?|any|all|this|that)\b)?[^,;:.]*)$"
)
"""What is done besides to something else, without a comma: "check the heel and refer the patient" if it bleeds."""
_APART = re.compile(r";\s(?:(?:and|but|then)\s)?(?P<verb>[a-z]+)\s[^;:.]*$")
"""What is done besides, behind a semicolon: "offer wax; stop it" if it hurts."""
_BUT_NOT = re.compile(r"\bbut\s(?:should|must|may|do)\snot\b[^,;:.]*$")
"""What is not to be done besides: "wax may be added but should not be used alone" unless oil is lacking."""
_OF_A_TOPIC = re.compile(r"\babout\s[^;:.]{2,120},\sand\s(?!(?:give|offer|refer|advise|provide)\b)[^,;:.]{2,50}$")
"""One of several things that people are told about: "tell people about walking, and wax" if they are dry."""
_OR_ELSE = re.compile(r"\sor\s[a-z]+\s(?:an?|the|another)\s[^,;:.]*$")
_IF_IT_DOES_NOT = re.compile(r"if\s(?:it|they|this)\s(?:(?:will|can|does|do|is|are|has|have)\snot|cannot)\b")
"""When something else is to be done instead: "see that the mark shows or use a drawing" if it does not."""
WHILE_DOING = re.compile(r"(?:when|while|before|after)\s(?:\w+ly\s)?\w+ing\b")
"""A condition that is of all that is done, for it tells what those who do it are about."""
_LOOKS = (" and ", " but ", " or ", ", then ", ", with ", ", plus ", "ing ")
"""Letters without one of which nothing is told to be done besides."""
_UNTIL = re.compile(
    r"(?P<before>[^,;:.]*?)\s(?P<until>until\s(?!then\b|now\b|further\snotice\b)[^,;:.]{3,200})(?=[,;:.]|$)"
)
_PART_OF_DEED = re.compile(
    r"\b(?:wait\w*|delay\w*|defer\w*|postpon\w*|put\soff|continu\w*|leave|left|keep|kept|stay\w*|remain\w*|persist\w*|last\w*|withh\w+|carry\son|reserv\w+|who|whose|whom|that|which|from|up)\b"
)
"""What stands before an "until" that tells how long something goes on, or is told of a group: "do not wait until"."""


def is_of_second(sentence: str, start: int, at: int) -> bool:
    """Whether the condition at sentence[at:] is that of what is done second, and not of all that sentence[start:] tells to do."""
    between = sentence[start:at].rstrip()
    if (apart := _APART.search(between)) and apart["verb"] in _deeds() and depth(between, 0, apart.start()) == 0:
        return True
    if between.endswith(",") or not has_any(between, _LOOKS):
        return False
    if (
        _BUT_NOT.search(between)
        or _OF_A_TOPIC.search(between)
        or (_OR_ELSE.search(between) and _IF_IT_DOES_NOT.match(sentence, at))
    ):
        return True
    joined = _JOINED.fullmatch(between.lstrip())
    if joined and not WHILE_DOING.match(sentence, at) and depth(sentence, start, at) == 0:
        verb = joined["verb"]
        if joined["only"] or verb in _never_nouns() or (joined["object"] and verb in verb_set()):
            return True
    second = _SECOND.search(f"{between} ")
    return (
        second is not None
        and depth(sentence, start, start + second.start()) == 0
        and (
            second["verb"] is None
            or second["verb"] in _deeds()
            or (second["object"] is not None and second["verb"] in verb_set())
        )
    )


def until(sentence: str, start: int) -> tuple[int, int] | None:
    """Until when that is not to be done which sentence[start:] tells: "do not give wax until the cut has healed"."""
    if " until " not in sentence:
        return None
    end = content_end(sentence)
    told = _UNTIL.match(sentence, start, end)
    if told is None or _PART_OF_DEED.search(told["before"]) or depth(sentence, start, told.start("until")):
        return None
    return told.span("until")


@cache
def _deeds() -> frozenset[str]:
    """Verbs that begin a second deed behind "and"."""
    return deeds() | frozenset(vocabulary.read("recommendations")["conditions"]["second_deeds"])


@cache
def _never_nouns() -> frozenset[str]:
    return frozenset(vocabulary.read("recommendations")["conditions"]["never_nouns"])
