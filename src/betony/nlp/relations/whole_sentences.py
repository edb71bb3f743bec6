"""Sentences that are read as a whole: another document gives way, does something to this one, or is merged into it."""

from __future__ import annotations

import re

from betony.model import Fact
from betony.nlp import phrases, references, when
from betony.nlp.looks import has_any
from betony.nlp.relations.facts import date_behind, fact_of
from betony.nlp.relations.verbs import Verb


def given_up(text: str, start: int, end: int) -> tuple[references.Reference, int] | None:
    """The document of which a sentence says that this one stands in its place, "TA1 has been replaced by this guidance", "Diagnostics
    guidance 2 has been migrated to HealthTech guidance 3", and where the words end that say so."""
    if not has_any(text[start:end], ("eplaced by th", "uperseded by th", "igrated to ")):
        return None
    named = references.find(text, start, end)
    if not named or not _OPENING_NAME.fullmatch(text, start, named[0].start):
        return None
    said = _by_own().match(text, named[0].end, end)
    return (named[0], said.end()) if said and (said["own"] or len(named) == 2) else None


_OPENING_NAME = re.compile(r"(?:[A-Z][a-z]{2,8}\s(?:19|20)\d\d\s?[:–—-]\s)?(?:(?:The\s)?NICE(?:['’]s)?\s)?")
"""What may stand before a document's name that opens a sentence."""


def _by_own() -> re.Pattern[str]:
    return phrases.pattern(
        r"[\])]?,? (?:has|have|was|were) (?:now )?(?:been )?(?:(?:(?:updated|withdrawn|reviewed) and )?(?:replaced|superseded) by "
        r"(?P<own>this (?:new |updated )?\w|{self})|migrated to (?:the )?(?:NICE )?HealthTech)"
    )


def by_another(text: str, start: int, end: int) -> list[Fact]:
    """What a sentence says that another document, which it opens with, does to this one: "NICE guideline NG1 updates the
    recommendations in this appraisal"."""
    if not has_any(text[start:end], ("updates ", "replaces ", "supersedes ")):
        return []
    named = references.find(text, start, end)
    if len(named) != 1 or not _OPENING_NAME.fullmatch(text, start, named[0].start):
        return []
    said = _does_to_own().match(text, named[0].end, end)
    if not said:
        return []
    type_ = "is_updated_by" if said["verb"].lower() == "updates" else "is_replaced_by"
    verb = Verb(said.start("verb"), said.end("verb"), type_, partial=False, draft=False)
    dated = next((day for day in when.find(text, named[0].end, said.start("verb"))), None)
    return [fact_of(text, verb, ((start, end),), reference=named[0], dated=dated)]


def _does_to_own() -> re.Pattern[str]:
    return phrases.pattern(
        r"[\])]?(?: ?\([^()\n]{3,200}\))? (?:now )?(?P<verb>updates and replaces|updates|replaces|supersedes) "
        r"(?:the (?:recommendations|guidance|advice) (?:contained |made |given |set out )?in )?(?=this )(?:{self})(?= ?[.;,]| \()"
    )


def joined(text: str, start: int, end: int) -> list[Fact]:
    """What a document says it is made of that it also takes the place of: "amalgamates advice on heels with CG1, and replaces it"."""
    if not has_any(
        text[start:end], ("replaces it", "replaces them", "replaces both", "replaces these", "replaces all")
    ):
        return []
    said = _amalgamates().match(text, start, end)
    named = references.find(text, said.end("verb"), said.start("replaces")) if said else []
    if not said or not named or (len(named) > 1 and said["stands"] == "it"):
        return []
    verb = Verb(said.start("replaces"), said.end("replaces"), "replaces", partial=False, draft=False)
    ends = [*(one.start for one in named[1:]), said.start("replaces")]
    return [
        fact_of(text, verb, ((start, end),), reference=one, dated=date_behind(text, one.end, stop))
        for one, stop in zip(named, ends, strict=True)
    ]


def _amalgamates() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d ?: )?{self} (?P<verb>(?:amalgamates|combines|incorporates|merges|consolidates|brings together|joins))\b"
        r"[^.;]{3,300}?,? and (?:it )?(?:also )?(?:(?:partially )?updates and )?(?P<replaces>replaces) (?P<stands>it|them|both|these|all)\b"
    )
