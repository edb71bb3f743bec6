"""What a sentence says by the rules of the vocabulary, and what keeps a rule from being followed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from betony.nlp import phrases, references, subject
from betony.nlp.looks import has_any
from betony.nlp.status.another import (
    is_anothers,
    is_of_listed,
    is_on_another,
    is_on_something_else,
    is_others,
    is_told_of,
    subject_of,
)
from betony.nlp.status.statement import OUT_OF_FORCE
from betony.nlp.status.wording import WORDS


class Rule(NamedTuple):
    currency: str
    """What it tells."""
    signs: tuple[str, ...]
    """One of them stands in all that fits."""
    patterns: tuple[str, ...]
    """Most texts need few of them, and to compile them all takes longer than a document."""


def rules_for(words: str) -> list[Rule]:
    """Those that may be followed in a passage of these words."""
    return [rule for rule in _rules() if has_any(words, rule.signs)]


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(Rule(rule["currency"], tuple(rule["cues"]), tuple(rule["patterns"])) for rule in WORDS["rules"])


def currency_of(text: str, start: int, end: int, reference: str | None, rules: Iterable[Rule]) -> tuple[str, str]:
    """The standing that the sentence states by one of the rules, and which; empty where it states none of the page's own
    document."""
    words = text[start:end]
    for rule in rules:
        if not has_any(words, rule.signs):
            continue
        for wording in rule.patterns:
            match = phrases.pattern(wording).search(text, start, end)
            if match and (currency := _told(text, start, end, match, rule.currency, reference)):
                return currency, f"says:{currency}"
    return "", ""


def _told(text: str, start: int, end: int, match: re.Match[str], currency: str, reference: str | None) -> str:
    """The standing that the match of a rule for `currency` tells of the page's own document: that, a part's, or none."""
    groups = match.groupdict()
    if groups.get("verb"):
        currency = _told_of_subject(text, start, end, match, currency, reference)
    elif _is_not_told(text, start, end, match, currency, reference):
        return ""
    if "of" in groups and not is_told_of(text, *match.span("of")):
        return ""
    return currency


def _told_of_subject(
    text: str, start: int, end: int, match: re.Match[str], currency: str, reference: str | None
) -> str:
    """The same where the match ends with a verb whose subject stands before it: "The guidance on heels" was withdrawn."""
    verb, behind = match.span("verb")
    if is_others(text, start, verb):
        return ""
    if currency == "static_list" and (_proposed(text, start, match) or _GENERAL.match(text, start, end)):
        return ""
    named = subject.is_named(text, start, verb, reference)
    own = named or (currency == "current" and _names_its_procedure(text, start, verb, reference))
    about = subject.OWN if own else subject_of(text, start, verb)
    if not about.own or (currency in OUT_OF_FORCE and _SOME_OF_IT.match(text, start, verb)):
        return ""
    if currency == "replaced" and _BY_A_NUMBER.match(text, behind, end):
        return ""
    if currency in _BACK_AGAIN and _REINSTATED.search(text, behind, end):
        return ""
    if _ELSEWHERE.match(text, behind, end):
        return ""
    if not about.part:
        return currency
    if currency != "replaced" or _BY_ITS_OWN.match(text, behind, end) or _REWORDED.match(text, behind, end):
        return ""
    return "partially_replaced" if _BY_WHAT.match(text, behind, end) else ""


def _is_not_told(text: str, start: int, end: int, match: re.Match[str], currency: str, reference: str | None) -> bool:
    """Whether the sentence only supposes, denies or proposes what matched, or says it of other documents."""
    if _SUPPOSED.match(text, start) or _negated(text, start, match.start()) or _proposed(text, start, match):
        return True
    if is_of_listed(text, start, match.start() + 1):
        return True
    if currency == "checked_no_update" and _GIVEN_UP.search(text, match.start(), end):
        return True
    if currency in _OF_AN_UPDATE:
        return is_on_another(text, match.start(), end, reference)
    return currency == "static_list" and (
        _GENERAL.match(text, start, end) is not None
        or is_anothers(text, start, match.start())
        or is_on_something_else(text, start, match.end())
    )


def _names_its_procedure(text: str, start: int, verb: int, reference: str | None) -> bool:
    """Whether what stands before the verb is how a page on a procedure names its own guidance."""
    if references.document_type((reference or "").rstrip("0123456789")) != "interventional_procedures_guidance":
        return False
    named = _OF_PROCEDURES.fullmatch(text, start, verb)
    return named is not None and is_told_of(text, *named.span("topic"))


_OF_PROCEDURES = re.compile(
    r"The\s(?:NICE\s)?(?:IP|interventional\sprocedures?)\sguidance\son\s(?P<topic>[^.;:()]{3,160})\s"
)
"""How a page on a procedure names its own guidance beside that of other kinds: "The IP guidance on heel pressing"."""
_GIVEN_UP = re.compile(
    r"\b(?:due\sto|because\sof|following|in\sview\sof|given)\sthe\s(?:\w+\s)?(?:publication|release|existence)\sof\b"
)
"""Why a document is not updated that another one takes the place of: "due to the publication of NICE's guideline"."""
_OF_AN_UPDATE = frozenset({"checked_no_update", "update_in_progress", "partial_update_in_progress"})
_BY_ITS_OWN = re.compile(
    r"\sby\s(?:(?:\d{1,2}|an?|the|one|two|three|four|several)\s)?(?:new\s|revised\s)?(?:quality\s)?(?:statements?|recommendations?)(?!\s\d)(?!\s(?:in|of|from)\s)\b"
)
"""What took a part's place within the same document: "statement 11 was replaced" by 2 statements."""
_REWORDED = re.compile(
    r"(?:,?\sand)\s(?:(?:is|are|was|were|have\sbeen|has\sbeen)\s)?(?:now\s|also\s)?(?:adapted|taken|drawn|derived|based|reworded|rewritten|renumbered|moved|merged|incorporated)\b"
)
"""How a sentence goes on that tells of parts worded anew within the same document: "have been replaced" and are adapted from another."""
_ELSEWHERE = re.compile(
    r"\s(?:(?:only\s)?in\s(?:England|Wales|Scotland|Northern\sIreland|print)\b|from\s(?:sale|print)|by\sthe\s(?:[A-Z]\w+\s){1,3}(?:Library|Archives?)\b)"
)
"""Where alone, or from what, it is out of force or gone: "is no longer in effect in Scotland", "withdrawn from sale"."""
_BACK_AGAIN = {"withdrawn", "temporarily_withdrawn"}
_REINSTATED = re.compile(r"\b(?:and|but|then|until)\s[^.;]{0,80}?\b(?:reinstated|restored|brought\sback)\b")
"""What a sentence goes on to say of what was out of force for a while."""
_BY_WHAT = re.compile(r"\s(?:(?:in|on)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\s)?(?:by|with)\s")
"""What tells that something else stands in a part's place: without it the document itself may have it anew."""
_BY_A_NUMBER = re.compile(
    r"(?>\s(?:by|with)\s(?:the\s)?(?:new\s|revised\s|updated\s|current\s)?"
    r"(?:\d{1,2}(?:\.\d{1,3}){1,4}\b|(?:recommendation|statement|section|paragraph|footnote|table)s?\s\d{1,2}(?:\.\d{1,3}){0,4}\b)"
    r"(?:(?:,|,?\sand|\sto|\s?[–-])\s?\d{1,2}(?:\.\d{1,3}){0,4}\b){0,12})(?!\s(?:in|of|from)\s)"
)
"""What takes the place of no document but of a part of one: "This was replaced" by 1.1.5."""
_SUPPOSED = re.compile(
    r"(?:If|Unless|The\sfollowing)\s|(?:An?|The|In\s(?:an?|the))\s(?:previous|earlier|former|prior)\s(?:[\w-]+\s){0,3}?(?:surveillance|reviews?|checks?|decisions?|updates?)\b"
)
"""How a sentence opens on what would be, on documents that are listed below it, or on an earlier decision: "A previous surveillance
decision in 2014"."""
_SOME_OF_IT = re.compile(r"(?:These|The\sabove)\s(?:\w+\s)?recommendations?\s")
"""What may be no more than the recommendations just spoken of, when they are said to be withdrawn."""
_GENERAL = re.compile(
    r"(?:(?:Published|Technology|NICE|All|Any|Clinical)\s){0,2}(?:[Tt]opics?|[Gg]uidance|[Gg]uidelines|[Aa]ppraisals)\s"
    r"(?:(?:that|which)\s|on\s|(?:is|are|may|can|will|would|should|has|have)\s(?=[^.]{0,200}?\s(?:if|when|where|once|unless|after|until|following)\s))"
)
"""How a sentence opens on what becomes of any guidance: "Guidance is moved to the static list when"."""
_NOT = re.compile(r"\b(?:not|if|when|whether|unless|before)\s(?:\w+\s){0,2}$", re.IGNORECASE)


def _negated(text: str, start: int, at: int) -> bool:
    return _NOT.search(text, max(start, at - 30), at) is not None


def _proposed(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence only proposes what the match says: "it is proposed that the guidance is placed on the static list"."""
    return (
        has_any(text[start : match.start()], ("propos", "Propos"))
        and _PROPOSAL.search(text, start, match.start()) is not None
    )


_PROPOSAL = re.compile(r"\b[Pp]ropos(?:ed?|es|ing|als?)\b")
