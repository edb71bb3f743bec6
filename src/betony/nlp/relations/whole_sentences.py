"""Sentences that are read as a whole: another document gives way, does something to this one, or is merged into it."""

from __future__ import annotations

import re

from betony.model import Fact
from betony.nlp import phrases, references, when
from betony.nlp.looks import has_any
from betony.nlp.relations.facts import date_behind, fact_of
from betony.nlp.relations.verbs import Verb


def given_up(text: str, start: int, end: int, *, is_draft: bool = False) -> tuple[references.Reference, Verb] | None:
    """The document of which a sentence says that this one stands in its place, or will: "TA1 has been replaced by this guidance",
    "Diagnostics guidance 2 has been migrated to HealthTech guidance 3", and on a draft's page "DG1 will be withdrawn and
    replaced with new guidance"."""
    if not has_any(text[start:end], _GIVEN_UP):
        return None
    named = references.find(text, start, end)
    if not named or not _OPENING_NAME.fullmatch(text, start, named[0].start):
        return None
    said = _by_own().match(text, named[0].end, end)
    if not said or not (said["own"] or said["this"] or (said["planned"] and is_draft) or len(named) == 2):
        return None
    return named[0], Verb(named[0].start, said.end(), "replaces", partial=False, draft=bool(said["planned"]))


_GIVEN_UP = ("eplaced by th", "eplaced with th", "uperseded by th", "eplaced by new", "eplaced with new", "igrated to ")


_OPENING_NAME = re.compile(r"(?:[A-Z][a-z]{2,8}\s(?:19|20)\d\d\s?[:–—-]\s)?(?:(?:The\s)?NICE(?:['’]s)?\s)?")
"""What may stand before a document's name that opens a sentence."""


def _by_own() -> re.Pattern[str]:
    return phrases.pattern(
        r"[\])]?,? (?:has|have|was|were) (?:now )?(?:been )?(?:(?:(?:updated|withdrawn|reviewed) and )?(?:replaced|superseded) by "
        r"(?P<own>this (?:new |updated )?\w|{self})|migrated to (?:the )?(?:NICE )?HealthTech)"
        r"|[\])]? (?P<planned>(?:will|would) (?:then )?be (?:(?:withdrawn|updated) and )?(?:replaced|superseded) (?:by|with) "
        r"(?:(?P<this>this (?:new |updated )?(?:guid|quality|evaluation|appraisal|assessment|document))|(?:the )?new (?:guidance|guideline)\b(?! on)))"
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


def with_own_name(text: str, start: int, end: int, reference: str | None) -> list[Fact]:
    """What a sentence says of another document, which it opens with, and of this one by the `reference` of its address: on the page of
    NG2 "NG1 has been replaced by NG2", on that of NG1 "NG2 updates and replaces NG1"."""
    if reference is None or reference not in text[start:end]:
        return []
    named = references.find(text, start, end)
    if len(named) != 2 or named[1].identifier != reference or named[0].identifier == reference:
        return []
    said = _between_names().fullmatch(text, named[0].end, named[1].start)
    if not said or not _OPENING_NAME.fullmatch(text, start, named[0].start):
        return []
    replaced = (said["done"] or said["does"]).lower() != ("updated" if said["done"] else "updates")
    if said["done"]:
        type_ = "replaces" if replaced else "updates"
    else:
        type_ = "is_replaced_by" if replaced else "is_updated_by"
    verb = Verb(named[0].end, named[1].start, type_, partial=bool(said["part"]), draft=False)
    return [fact_of(text, verb, ((start, end),), reference=named[0])]


def _between_names() -> re.Pattern[str]:
    return phrases.pattern(
        r"[\])]?(?: ?\([^()\n]{3,200}\))?,? (?:(?:has|have|was|were|is) (?:now )?(?:been )?(?P<part>partially )?"
        r"(?P<done>(?:(?:updated|withdrawn|reviewed) and )?(?:replaced|superseded)|updated) by|(?:now )?(?P<does>updates and replaces|updates|replaces|supersedes))"
        r" (?:the )?(?:NICE(?:'s)? )?(?:[a-z]{1,16} ){0,3}[\[(]?"
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


def read_beside(text: str, start: int, end: int) -> list[Fact]:
    """What a sentence says of another document that its publisher has made: "NICE has also produced a guideline on wax, which should
    be read alongside this guideline"."""
    if "this " not in text[start:end] or not has_any(text[start:end], ("hich should", "hat should", "hould also")):
        return []
    said = _made_beside().match(text, start, end)
    if not said:
        return []
    named = references.find(text, *said.span("label"))
    verb = Verb(said.start("verb"), said.end("verb"), "read_in_conjunction_with", partial=False, draft=False)
    if named:
        return [fact_of(text, verb, ((start, end),), reference=one) for one in named]
    return [fact_of(text, verb, ((start, end),), label=" ".join(said["label"].split()))]


def _made_beside() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:NICE|We) (?:has|have) (?:also )?(?:produced|published|issued|developed) (?!no )(?:an? |the )?(?P<label>(?:[\w-]+ ){0,4}?(?:guidelines?|guidance|quality standard|advice) (?:on|for|about) [^.;,]{3,160}?),? "
        r"(?:which|that) should (?:also )?be (?P<verb>read|used|considered) (?:alongside|in conjunction with|together with|with) this (?:guid|quality|standard|advice)"
    )


def named_next(text: str, start: int, end: int, limit: int) -> list[Fact]:
    """What a sentence says the document is based on, which the next one, before text[limit:], names: "This draft statement is based on an
    evidence review that is also open for comment. To read the draft evidence review on wax, go to"."""
    said = _based_on_a_review().match(text, start, end)
    if not said:
        return []
    kind = re.escape(" ".join(said["kind"].split())).replace(r"\ ", " ")
    next_ = phrases.pattern(
        rf"(?:to )?(?:read|see|view|find|download) the (?:(?:accompanying|full|draft|final) ){{0,3}}(?P<label>{kind} (?:on|of|for) [^.,;:\n]{{3,160}}?)"
        r"(?=[.,;:]| and (?:provide|comment|send|to)\b| (?:at|is|can|here)\b|$)"
    ).match(text, end + 1, limit)
    if not next_:
        return []
    verb = Verb(said.start("verb"), said.end("verb"), "is_based_on", partial=False, draft=False)
    label = " ".join(next_["label"].split())
    return [fact_of(text, verb, ((start, end), next_.span("label")), label=label)]


def _based_on_a_review() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:{self}|this (?:draft |final )?recommendation(?: statement)?) (?P<verb>(?:is|are) (?:largely |primarily |mainly )?based on) "
        r"an? (?:new |recent |updated )?(?P<kind>(?:evidence|systematic) re(?:view|port))\b"
    )
