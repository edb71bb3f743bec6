"""betony_relations: what the guidance replaces, updates, rests on or is to be read with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import carry, cues, lists, phrases, references, subject, vocabulary, when
from betony.nlp.clauses.signs import FINITE
from betony.nlp.looks import has_any

_WORDS = vocabulary.read("relations")
_SKIPPED = frozenset(
    {SectionType.EVIDENCE, SectionType.RESEARCH, SectionType.LEGAL, SectionType.CODING, SectionType.DISCUSSION}
)
"""Sections that speak of treatments and studies replaced, not of documents."""
_LEAD = 6
_NOT = re.compile(r"\b(?:not|never|nor|cannot|rather\sthan)\s{1,3}(?:\w{1,12}\s)?$")
_TARGETS = (
    "tandard", "apprais", "version", "briefing", "statement", "‘", "“", "'", '"', "following:", "no.", "No.", "Number", "Guid", "ecommendation",
    "Policy", "Protocol", "Pathway", "Statement", "Circular", "Strategy", "Plan", "Framework", "Procedure", "Handbook", "Manual", "Code of",
)  # fmt: skip
_TARGET = re.compile(r"[A-Z]{2,4}-?\d|[A-Z]{2,5}/\d|[A-Z]{2}\s?\([A-Z\d]|[A-Z]\s\d{1,3}/\d|guid(?:ance|eline)s?\b")
"""What may be a target, with the letters above; a sentence with neither has none."""
_VERBAL = (
    "eplace",
    "pdate",
    "uperse",
    "onjunction",
    "longside",
    "together with",
    "ead with",
    "used with",
    "eview of",
    "basis of",
    "basis for",
    "xplains the ",
    "igrated to ",
)
"""Letters of the verbs between two documents."""
_BY = ("eplaced by ", "uperseded by ")
_OWN_OPENINGS = ("This ", "The information ", "The advice ", "The content ")
"""How a notice begins that may name what stands instead by its title alone."""
_BASED = re.compile(r"(?:ased(?: up)?|erived|dapted)\s(?:on|from)\s[^.]{0,60}?(?:NICE|guid|standard|[A-Z]{2,3}\d)")
_ORIGINS = ("ased", "erived", "dapted")
_NEAR = 30
_DOCUMENT = re.compile(
    r"\b(?:guid\w+|standards?|advice|one|versions?|appraisals?|documents?|briefings?|summar\w+|recommendations?|sections?"
    r"|publications?|following|technolog\w+|procedures?|Institute)\b"
)
_NOUN = re.compile(r"\b(?:the|an?|this|its|our|of|for|each|next|last|latest)\s{1,3}$", re.IGNORECASE)
"""What makes "update" the noun."""
_PRONOUN = re.compile(r"\s(?:it|them)\b")
"""What stands for the document named before in the sentence."""
_PART_OF_NAMED = re.compile(
    r"\s(?P<scope>(?:the|its|those)\s(?:guidance|advice|recommendations|sections?|parts?)\s(?:for|on|about|covering)\s(?![^.;]{0,80}(?:NICE|\d))[^.;,(]{3,80}?)"
    r"(?=\s?[.;,(]|\s(?:which|that)\b|\sand\b(?!\s(?:(?:young|younger|older|disabled|pregnant|breastfeeding)\s)?(?:people|adults|children|adolescents|infants|babies|women|men)\b)|$)"
)
"""What of a document named before in the sentence is replaced: "is an update of CG1 and replaces the guidance for adults"."""
_CARRIED = re.compile(r"(?:,|\band)(?:\s{1,3}(?:it|also|partially|both))*\s*$")
_DATE_LEAD = re.compile(r"[\])]?[\s,;]{0,3}\(?(?:(?:first|published|issued|in|on|of|from|dated)\s{1,3}){0,3}")
_OPENS_LIST = re.compile(
    r"\b(?:following(?:\s(?:NICE\s)?(?:[\w-]+\s){0,2}(?:guid\w+|standards?|appraisals?|documents?|publications?|advice))?|replaces|updates|supersedes|(?:guidance|guidelines?|appraisals?|standards?|advice)\s(?:on|for|about))\s?:\s{0,3}$"
)
"""How a sentence ends whose targets are the items below it."""
_TOOK_ITS_PLACE = re.compile(
    r"[\])]?,?\s(?:and|which\sit)\s(?:has|have)\s(?:now\s|fully\s|also\s)?(?:replaced|superseded)\s(?:it|them|both|these|those)\b"
)
"""What is said of the targets of an update, behind them, that were replaced by it."""
_BEHIND = re.compile(r"\s?\((?:published\s|issued\s)?(?:in\s)?|,\s(?=[A-Z\d])")
"""What stands between a title and its date: "(2031)", ", May 2031"."""
_ELIDED = re.compile(r"\(?(?:Replaces|Supersedes|Updates\sand\sreplaces|Based\son)\b")
"""How a line at the head of a document begins that speaks of it without naming it."""
_BASED_ON = re.compile(r"\(?Based\son\s(?:the\s)?(?:NICE\s)?")
_NO_MORE = re.compile(r"\W*(?:(?:published|issued|updated)\s)?(?:(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d\W*)?")
_QUOTED = re.compile(r"\s{1,3}(?:‘[^’\n]{3,200}’|'[^'\n]{3,200}'|“[^”\n]{3,200}”|\"[^\"\n]{3,200}\"),?\s")
"""The title of a target, before its reference."""
_PART_OF_TITLED = re.compile(
    r"\s(?:the\s)?(?P<scope>(?:recommendations?|sections?|guidance|advice|parts?)\s(?:on|about|for|relating\sto|covering)\s[^,;.()]{3,100}?)\s(?:of|in|from)\s[^.;()]{3,160}\($"
)
"""A part of a target that its title names before the reference: "recommendations on wax in Care of heels (" NICE guideline 94."""
_PARTS_IN = re.compile(
    r"\s(?:the\s)?(?:recommendations?|sections?)\s\d[\d.]*(?:(?:,|\sand|\sto|,\sand)\s\d[\d.]*){0,12}\s(?:in|of)(?=\s)"
)
"""The parts of a target that stand instead, before its title: "by recommendations 1.2.9 and 1.2.10 in" the guideline on heels."""
_WITHDREW = re.compile(
    r"(?:[^.;:]{0,40}:\s|In\s(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s)?[Ww]e\s(?:have\s)?(?:withdrew|withdrawn|removed|deleted|taken\sout|took\sout|stood\sdown)\s(?P<scope>(?:some\s|the\s)?(?:recommendations?|sections?)\s(?:[^.;]|\.(?=\d)){1,160}?)"
    r"(?:\s(?:in|of|from)\sthis\s\w+)?\s(?:because|as|since)\s(?:they|it)\s(?:have|has)\s(?:now\s)?been\s(?:updated\sand\s)?(?:replaced|superseded)\sby(?:\s(?:the\s)?publication\sof)?\b"
)
"""What was withdrawn of the document because another stands in its place."""
_ISSUED = re.compile(r"\b(?:published|issued|released)\s(?:in|on)\s")
_READ = re.compile(r"(?:Please\s)?(?:[Rr]ead|[Uu]se)\s")
"""How a sentence begins that has its reader use the page's document with another."""
_CITED = re.compile(r"(?:19|20)\d\d")
_SUMMARY = ("NGC summary", "National Guideline Clearinghouse", "ECRI Institute")
"""Words of a page that summarises another publisher's guideline."""
DRAFTS = frozenset({"in_consultation", "in_development", "awaiting_development"})
"""Standings of what is not yet published: what it replaces stands until then."""
_DONE_TO_OTHERS = frozenset({"replaces", "partially_replaces", "updates"})
_CITATION = re.compile(r"\bPubMed\s*$|\[\d{1,5}\sreferences?\]|\b(?:19|20)\d\d\b[^;\n]{0,12};|;\s?(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb between two documents; `type` as it would be without a scope."""

    start: int
    end: int
    type: str
    partial: bool
    draft: bool


@Language.component("betony_relations", requires=["doc.spans"], assigns=["doc.spans"])
def relations(doc: Doc) -> Doc:
    """Add facts of the kind relation."""
    standings = [fact.value for fact in carry.facts(doc, "status")]
    is_draft = any(standing in DRAFTS for standing in standings)
    found = find(carry.text(doc), carry.blocks(doc), carry.sections(doc), is_draft=is_draft)
    carry.add_facts(doc, found)
    gone = next((fact for fact in found if fact.value == "is_partially_replaced_by" and not fact.detail["draft"]), None)
    if gone and not standings:
        carry.add_facts(doc, [_standing(carry.text(doc), gone)])
    return doc


def _standing(text: str, gone: Fact) -> Fact:
    """What a page that says nothing else of its standing says by the part of it in whose place another document stands."""
    start, end = gone.spans[-1]
    detail = {"notice": text[start:end], "checked": None, "checked_span": None}
    return Fact("status", "partially_replaced", ((start, end),), Basis.INFERRED, "relation", detail=detail)


def find(text: str, blocks: Sequence[Block], sections: Sequence[Section] = (), *, is_draft: bool = False) -> list[Fact]:
    """The relations that the page states of its own document, in the order of the text.

    A relation needs a subject that is the page's own document or a part of it: what is said of two other documents is
    none. The date is the one that the words give with the target. What a draft replaces or updates, it only will.
    """
    found: list[Fact] = []
    runs = cues.outside(blocks, sections, _SKIPPED)
    for i, places in cues.holding(text, blocks, runs, _WORDS["stems"]).items():
        block = blocks[i]
        if not _may_relate(text[block.start : block.end]) and not _follows_a_withdrawal(text, block.start, block.end):
            continue
        for left, end in cues.sentences_at(text, block, places):
            start = left + lists.bullet(text[left:end])
            if _may_relate(text[start:end]) or _follows_a_withdrawal(text, start, end):
                found.extend(_of_sentence(text, blocks, i, start, end))
    found.extend(_sources(text, blocks, sections))
    return _unique([_planned(fact) if is_draft else fact for fact in found])


def _planned(fact: Fact) -> Fact:
    """The fact of a draft's page, as a plan where it says what the document does to another."""
    return replace(fact, detail={**fact.detail, "draft": True}) if fact.value in _DONE_TO_OTHERS else fact


def _may_relate(words: str) -> bool:
    """A cheap look that passes every passage that could relate two documents."""
    if has_any(words, _VERBAL):
        return _may_name(words) or (has_any(words, _BY) and words.startswith(_OWN_OPENINGS))
    return has_any(words, _ORIGINS) and _may_name(words) and _BASED.search(words) is not None


def _follows_a_withdrawal(text: str, start: int, end: int) -> bool:
    """Whether it says what stands instead, right behind the notice that the document was withdrawn: "It has been replaced by"."""
    said = text.startswith("It ", start) and has_any(text[start:end], ("replaced by", "superseded by"))
    return said and "withdrawn" in text[max(start - _NOTICE_BEFORE, 0) : start]


_NOTICE_BEFORE = 100


def _may_name(words: str) -> bool:
    """A cheap look that passes every passage that could name a document."""
    return has_any(words, _TARGETS) or _TARGET.search(words) is not None


def _of_sentence(text: str, blocks: Sequence[Block], i: int, start: int, end: int) -> Iterator[Fact]:
    verbs = [_in_full(text, verb, end) for verb in _verbs(text, start, end)]
    verbs = [_as_carried(text, verbs[:n], verb) for n, verb in enumerate(verbs)]
    heads = i < _LEAD and start <= blocks[i].start + 1 and _ELIDED.match(text, start, end)
    if not verbs and (told := _told(text, start, end) or (_line_of_origin(text, start, end) if heads else None)):
        yield from _targets(text, blocks, i, (start, end), told, subject.OWN, end)
    if other := _given_up(text, start, end):
        reference, gone_by = other
        gone = _Verb(reference.start, gone_by, "replaces", partial=False, draft=False)
        yield _fact(text, gone, ((start, end),), reference=reference)
        return
    if found := _by_another(text, start, end) or _joined(text, start, end):
        yield from found
        return
    if withdrew := _WITHDREW.match(text, start, end):
        gone = _Verb(start, withdrew.end(), "is_replaced_by", partial=False, draft=False)
        yield from _targets(
            text, blocks, i, (start, end), gone, subject.Subject(own=True, part=withdrew.span("scope")), end
        )
        return
    about = subject.OTHER
    named: list[references.Reference] = []
    titled: Fact | None = None
    for n, verb in enumerate(verbs):
        if n and _CARRIED.search(text, verbs[n - 1].end, verb.start):
            pass
        else:
            about = subject.of(text, start, verb.start)
            if not about.own and i < _LEAD and subject.is_own_name(text, start, verb.start):
                about = subject.OWN
            if not about.own and _shared().fullmatch(text, start, verb.start):
                about = subject.OWN
            if not about.own and (one := _THIS_ONE.fullmatch(text, start, verb.start)):
                about = subject.Subject(own=True, part=_number_of(text, blocks[i], one))
            if not about.own and (clause := _OF_A_PART.search(text, start, verb.start)):
                about = subject.of(text, clause.end(), verb.start)
            if (
                verb.type == "replaces"
                and _THE_RECOMMENDATIONS.fullmatch(text, start, verb.start)
                and _PART_IN.match(text, verb.end, end)
            ):
                about = subject.OWN
            if not about.own and ((heads and not n) or _is_its_kind(text, start, verb, end)):
                about = subject.OWN
        if not about.own or _NOT.search(text, max(start, verb.start - 30), verb.start):
            continue
        limit = verbs[n + 1].start if n + 1 < len(verbs) else end
        if stop := phrases.pattern(_WORDS["stop"].strip()).search(text, verb.end, limit):
            limit = stop.start()
        if named and verb.type == "replaces" and (part := _PART_OF_NAMED.match(text, verb.end, limit)):
            yield from (_fact(text, verb, ((start, end),), reference=one, scope=part.span("scope")) for one in named)
            continue
        found = list(_targets(text, blocks, i, (start, end), verb, about, limit))
        if not found and _PRONOUN.match(text, verb.end, limit):
            found = [_fact(text, verb, ((start, end),), reference=reference) for reference in named]
            if not named and titled and verb.type == "replaces":
                found = [replace(titled, value="replaces", rule=f"verb:{verb.type}", spans=((start, end),))]
        named = references.find(text, verb.end, limit) or named
        titled = found[0] if len(found) == 1 and found[0].value == "updates" and not named else None
        yield from found


_THIS_ONE = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})\s{1,4})?(?P<self>[Tt]his\s(?:part-?\s?)?recommendation)\s{0,3}"
)
_OF_A_PART = re.compile(
    r"\b(?:was|were|been)\s[^.;]{3,80}\sand\s(?=(?:quality\s)?(?:statements?|recommendations?|sections?)\s\d)"
)
"""What stands before the part of a document of which the second of two clauses is told."""
_OPENS_WITH_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})\s")


def _number_of(text: str, block: Block, one: re.Match[str]) -> tuple[int, int]:
    """Where the number of "this recommendation" stands, at the head of its passage; else where it calls itself so."""
    number = _OPENS_WITH_NUMBER.match(text, block.start, block.end)
    return one.span("number") if one["number"] else number.span("number") if number else one.span("self")


def _given_up(text: str, start: int, end: int) -> tuple[references.Reference, int] | None:
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


def _by_another(text: str, start: int, end: int) -> list[Fact]:
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
    verb = _Verb(said.start("verb"), said.end("verb"), type_, partial=False, draft=False)
    dated = next((day for day in when.find(text, named[0].end, said.start("verb"))), None)
    return [_fact(text, verb, ((start, end),), reference=named[0], dated=dated)]


def _does_to_own() -> re.Pattern[str]:
    return phrases.pattern(
        r"[\])]?(?: ?\([^()\n]{3,200}\))? (?:now )?(?P<verb>updates and replaces|updates|replaces|supersedes) "
        r"(?:the (?:recommendations|guidance|advice) (?:contained |made |given |set out )?in )?(?=this )(?:{self})(?= ?[.;,]| \()"
    )


def _joined(text: str, start: int, end: int) -> list[Fact]:
    """What a document says it is made of that it also takes the place of: "amalgamates advice on heels with CG1, and replaces it"."""
    if not has_any(
        text[start:end], ("replaces it", "replaces them", "replaces both", "replaces these", "replaces all")
    ):
        return []
    said = _amalgamates().match(text, start, end)
    named = references.find(text, said.end("verb"), said.start("replaces")) if said else []
    if not said or not named or (len(named) > 1 and said["stands"] == "it"):
        return []
    verb = _Verb(said.start("replaces"), said.end("replaces"), "replaces", partial=False, draft=False)
    ends = [*(one.start for one in named[1:]), said.start("replaces")]
    return [
        _fact(text, verb, ((start, end),), reference=one, dated=_date(text, one.end, stop))
        for one, stop in zip(named, ends, strict=True)
    ]


def _amalgamates() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d ?: )?{self} (?P<verb>(?:amalgamates|combines|incorporates|merges|consolidates|brings together|joins))\b"
        r"[^.;]{3,300}?,? and (?:it )?(?:also )?(?:(?:partially )?updates and )?(?P<replaces>replaces) (?P<stands>it|them|both|these|all)\b"
    )


def _as_carried(text: str, before: Sequence[_Verb], verb: _Verb) -> _Verb:
    """The verb, as a plan where it stands under the "will" of the one before it: "will replace CG1 and update CG2"."""
    if not before or verb.draft or text[verb.start : verb.end].endswith("s"):
        return verb
    planned = any(one.draft for one in before) and _CARRIED.search(text, before[-1].end, verb.start)
    return replace(verb, draft=bool(planned))


def _is_its_kind(text: str, start: int, verb: _Verb, end: int) -> bool:
    """Whether the verb is said of "this letter" or "this recommendation", as pages speak of themselves that are no more, and
    the document that it replaces is none of those in which one letter or recommendation stands among many."""
    return (
        verb.type == "replaces"
        and _its_kind().fullmatch(text, start, verb.start) is not None
        and not references.find(text, start, end)
    )


def _its_kind() -> re.Pattern[str]:
    return phrases.pattern(
        "(?:(?:When|Once) (?:published|final|finali[sz]ed|approved),? )?this (?:recommendation|letter|alert|bulletin|memo(?:randum)?)\\s*"
    )


def _line_of_origin(text: str, start: int, end: int) -> _Verb | None:
    """The verb of a line that says no more than what the document is based on: "Based on NICE NG80 (November 2017)."."""
    lead = _BASED_ON.match(text, start, end)
    named = references.find(text, lead.end(), end) if lead else []
    if not lead or not named:
        return None
    rest = text[lead.end() : named[0].start] + text[named[-1].end : end]
    alone = len(named) == 1 and _NO_MORE.fullmatch(rest)
    return _Verb(start, lead.end(), "is_based_on", partial=False, draft=False) if alone else None


def _in_full(text: str, verb: _Verb, end: int) -> _Verb:
    """The verb, as "replaces" where the sentence goes on to say that what is updated has been replaced."""
    gone = verb.type == "updates" and not verb.draft and _TOOK_ITS_PLACE.search(text, verb.end, end)
    return replace(verb, type="replaces") if gone else verb


def _shared() -> re.Pattern[str]:
    """What stands before the second verb of the page's own document: "This report is a revision of X and" updates Y."""
    return phrases.pattern(
        r"{self} (?:is|was|provides|gives|describes|summari[sz]es|contains|presents)\b"
        r"(?:(?! (?:that|which|who|whose|but|while|whereas)\b)[^.;:()]){3,250},? and (?:also )?"
    )


def _told(text: str, start: int, end: int) -> _Verb | None:
    """The verb of "Read this guideline alongside …", "We replaced this guideline with …", "This guidance has been migrated to …"."""
    lead = _READ.match(text, start, end)
    match = _together().match(text, lead.end(), end) if lead else None
    if match:
        return _Verb(start, match.end(), "read_in_conjunction_with", partial=False, draft=False)
    ours = _we_replaced().match(text, start, end)
    return _Verb(start, ours.end(), "is_replaced_by", partial=False, draft=False) if ours else None


def _together() -> re.Pattern[str]:
    return phrases.pattern("{self} (?:alongside|together with|in conjunction with|with)\\b")


def _we_replaced() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:In (?:\d{1,2} )?(?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d,? )?(?:we|NICE) (?:have |has )?(?:(?:updated|withdrawn) and )?"
        r"(?:replaced|superseded) {self} (?:with|by)\b"
        r"|{self} (?:has|have) (?:now |since )?been migrated to (?=(?:the )?(?:NICE )?HealthTech)"
    )


def _verbs(text: str, start: int, end: int) -> Iterator[_Verb]:
    found = []
    for match in _ACTIVE.finditer(text, start, end):
        nominal = not (match["draft"] or match["replaces"] or match.group().startswith("is "))
        if nominal and _NOUN.search(text, max(start, match.start() - 12), match.start()):
            continue
        name = next(name for name in _ACTIVE_TYPES if match[name])
        partial = bool(match["part"] or match["part2"])
        found.append(_Verb(match.start(), match.end(), _ACTIVE_TYPES[name], partial, bool(match["draft"])))
    for match in _PASSIVE.finditer(text, start, end):
        type_ = "is_replaced_by" if match["replaced"] else "is_updated_by"
        partial = bool(match["part"]) or "partially" in match.group().lower()
        found.append(_Verb(match.start(), match.end(), type_, partial, bool(match["draft"])))
    yield from sorted(found, key=lambda verb: verb.start)


def _targets(
    text: str,
    blocks: Sequence[Block],
    i: int,
    sentence: tuple[int, int],
    verb: _Verb,
    about: subject.Subject,
    limit: int,
) -> Iterator[Fact]:
    own_part = about.part
    cited = references.find(text, verb.end, limit)
    if not cited and (version := _VERSION.match(text, verb.end, sentence[1] + 1)):
        yield from _versions(text, blocks, i, sentence, verb, version.end())
        return
    if not cited and (_OPENS_LIST.search(text, verb.end, limit) or text[verb.end : limit + 1].strip() == ":"):
        for span, reference in _listed(text, blocks, i):
            some = _PART_IN.match(text, span[0] + lists.bullet(text[slice(*span)]) - 1, span[1])
            yield _fact(
                text,
                verb,
                (sentence, span),
                reference=reference,
                scope=some.span("scope") if some else None,
                dated=_date(text, reference.end, span[1]),
            )
        return
    at = verb.end
    for reference in cited:
        if not _leads_to(text, at, reference.start, passive=verb.type == "is_replaced_by" and at == verb.end):
            break
        scope = _SCOPE.match(text, at, limit) if at == verb.end or text[at : at + 5].strip(" ,)") else None
        scope = scope or _SCOPE.search(text, at, reference.start)
        part = scope.span("scope") if scope and scope.end() <= reference.start + 6 else own_part
        if own_part and verb.type == "is_replaced_by":
            part = own_part
        if part == own_part and at == verb.end and verb.type == "replaces":
            titled = _PART_OF_TITLED.match(text, at, reference.start)
            part = titled.span("scope") if titled else part
        if part == own_part and at == verb.end and verb.type == "replaces":
            named = _OF_TARGET.match(text, at, reference.start)
            part = named.span("scope") if named else part
        dated = _date(text, reference.end, limit)
        yield _fact(text, verb, (sentence,), reference=reference, scope=part, dated=dated)
        at = dated.end if dated else reference.end
    parts = _PARTS_IN.match(text, verb.end, limit) if verb.type == "is_replaced_by" else None
    if not cited and verb.type == "replaces" and (some := _PART_IN.match(text, verb.end, limit)):
        parts, own_part = some, some.span("scope")
    if not cited and (
        title := _TITLE.match(text, parts.end() if parts else verb.end, limit)
        or _bare_title(text, verb, about, sentence[1])
    ):
        label = _label(text, *title.span("label"))
        tail = _ISSUED.search(text, title.start("label"), limit) or _BEHIND.match(text, title.end("label"), limit)
        read = when.at(text, tail.end(), limit) if tail else None
        known = read if isinstance(read, when.When) else None
        yield _fact(text, verb, (sentence,), label=label, scope=own_part, dated=known)


def _bare_title(text: str, verb: _Verb, about: subject.Subject, end: int) -> re.Match[str] | None:
    """A title that nothing marks as one: all that follows "this guidance has been superseded by", to the sentence's end."""
    if verb.type != "is_replaced_by" or not about.own:
        return None
    found = _BARE_TITLE.match(text, verb.end, end)
    if (
        found is None
        or len(found["label"].split()) < 4
        or _UNNAMED.match(found["label"])
        or FINITE.search(found["label"])
    ):
        return None
    return found


_NAMED_BEFORE = re.compile(r"\s(?:the\s)?[A-Z][^.;()]{5,160}\s")
"""The title of a target, before its reference and without marks: "replaced by Care of heels" NICE guideline 94."""


def _leads_to(text: str, start: int, end: int, *, passive: bool) -> bool:
    """Whether the words between a verb and a reference can be of the document referred to, and not of something in it."""
    if quoted := _QUOTED.match(text, start, end):
        start = quoted.end()
    if passive and _NAMED_BEFORE.fullmatch(text, start, end):
        return True
    return end - start <= _NEAR or text[end - 1] in "([" or _DOCUMENT.search(text, start, end) is not None


def _date(text: str, start: int, limit: int) -> when.When | None:
    lead = _DATE_LEAD.match(text, start, limit)
    dated = when.at(text, lead.end() if lead else start, limit)
    return dated if isinstance(dated, when.When) else None


def _label(text: str, start: int, end: int) -> str:
    words = " ".join(text[start:end].split())
    words = re.split(
        r",? (?:(?:published|issued|released) )?(?:in|from) (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b|, (?:and|which|published)| and (?=the NICE|NICE)",
        words,
    )[0]
    return words.removesuffix(" and:").strip(" ,:‘’“”\"'")


def _versions(
    text: str, blocks: Sequence[Block], i: int, sentence: tuple[int, int], verb: _Verb, start: int
) -> Iterator[Fact]:
    """The earlier versions whose sources stand behind a colon, in the same block or in those below."""
    end = blocks[i].end
    if text[start:end].strip():
        yield _cited(text, verb, sentence[0], start, end)
        return
    for block in blocks[i + 1 : i + 8]:
        words = text[block.start : block.end]
        if block.kind is BlockKind.HEADING or _OWN_START.match(words) or not _CITED.search(words):
            return
        yield _cited(text, verb, sentence[0], block.start, block.end)


def _cited(text: str, verb: _Verb, begin: int, start: int, end: int) -> Fact:
    cut = _BOILERPLATE.search(text, start, end)
    end = cut.start() if cut else end
    start += len(text[start:end]) - len(text[start:end].lstrip(" \t\n\u00a0•*·"))
    end = start + len(text[start:end].rstrip())
    start += lists.bullet(text[start:end])
    label = " ".join(text[start:end].split())
    named = references.find(text, start, end)
    spans = ((begin, end),) if begin <= start and start - begin < 200 else ((begin, verb.end), (start, end))
    return _fact(text, verb, spans, reference=named[-1] if named else None, label=label)


def _listed(text: str, blocks: Sequence[Block], i: int) -> Iterator[tuple[tuple[int, int], references.Reference]]:
    below = blocks[i + 1 : i + 20]
    marked = bool(below) and below[0].kind is BlockKind.LIST_ITEM
    for block in below:
        named = references.find(text, block.start, block.end)
        if block.kind is BlockKind.HEADING or not named or (marked and block.kind is not BlockKind.LIST_ITEM):
            return
        if any(subject.of(text, block.start, verb.start).own for verb in _verbs(text, block.start, block.end)):
            return  # it says more of the document, and is no item
        for reference in named:
            yield (block.start, block.end), reference


def _fact(
    text: str,
    verb: _Verb,
    spans: tuple[tuple[int, int], ...],
    *,
    reference: references.Reference | None = None,
    label: str | None = None,
    scope: tuple[int, int] | None = None,
    dated: when.When | None = None,
) -> Fact:
    type_ = verb.type
    if type_ in _PARTIAL and (verb.partial or scope):
        type_ = _PARTIAL[type_]
    if scope and not any(start <= scope[0] and scope[1] <= end for start, end in spans):
        spans = (scope, *spans)
    detail: dict[str, Any] = {
        "target": {"id": reference.id if reference else None, "label": label or _name(text, reference), "url": None},
        "scope": " ".join(text[slice(*scope)].split()) if scope else None,
        "draft": verb.draft,
        "date": None,
        "date_span": None,
    }
    if dated:
        words = text[dated.start : dated.end]
        detail["date"] = {"value": dated.value, "precision": dated.precision, "text": words}
        detail["date_span"] = [dated.start, dated.end]
    return Fact("relation", type_, spans, Basis.EXPLICIT, f"verb:{verb.type}", detail=detail)


def _name(text: str, reference: references.Reference | None) -> str | None:
    if reference is None:
        return None
    words = " ".join(text[reference.start : reference.end].split())
    return reference.identifier if words.isdigit() else words


def _sources(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """The document that a page summarises, where the page cites it as its source."""
    if not any(sign in text for sign in _SUMMARY):
        return
    verb = _Verb(0, 0, "is_based_on", partial=False, draft=False)
    for section in sections:
        if section.heading and _SOURCE_HEADING.match(text, *section.heading):
            for block in blocks:
                if (
                    section.heading[1] <= block.start
                    and block.end <= section.end
                    and _CITED.search(text, block.start, block.end)
                ):
                    yield _cited(text, verb, block.start, block.start, block.end)
            return
    for block in blocks[1:2]:
        if _CITATION.search(text, block.start, block.end):
            yield _cited(text, verb, block.start, block.start, block.end)


def _unique(facts: Sequence[Fact]) -> list[Fact]:
    """Each relation once: a page's chapters repeat them."""
    kept: dict[tuple[str, str, str | None, bool], Fact] = {}
    for fact in facts:
        target = fact.detail["target"]
        kept.setdefault((fact.value, target["id"] or target["label"], fact.detail["scope"], fact.detail["draft"]), fact)
    replaced = {relation[1] for relation in kept if relation[0] == "replaces" and not relation[3]}
    in_part = {(relation[1], fact.spans) for relation, fact in kept.items() if relation[0] == "partially_replaces"}
    dated: dict[str, Fact] = {}
    for (type_, target, scope, draft), fact in list(kept.items()):
        told_more = target in replaced or (target, fact.spans) in in_part
        if type_ == "updates" and told_more and scope is None and not draft:
            dated[target] = kept.pop((type_, target, scope, draft))
    return [
        _with_date(fact, dated.get(name[1])) if name[0] in ("replaces", "partially_replaces") else fact
        for name, fact in kept.items()
    ]


def _with_date(fact: Fact, other: Fact | None) -> Fact:
    """What replaces a document, with the date that its update was told with: "an update of CG1 (2031) and replaces it"."""
    if other is None or fact.detail["date"]:
        return fact
    told = {"date": other.detail["date"], "date_span": other.detail["date_span"]}
    return replace(fact, detail={**fact.detail, **told})


def _expanded(name: str) -> str:
    words = "".join(line.lstrip() for line in _WORDS[name].splitlines())
    for form in _FORMS_OF_TITLES:
        words = words.replace(f"{{{form}}}", _WORDS[form])
    return phrases.expand(words)


_ACTIVE_TYPES = {
    "replaces": "replaces",
    "updates": "updates",
    "with": "read_in_conjunction_with",
    "based": "is_based_on",
    "basis": "is_the_basis_of",
}
_FORMS_OF_TITLES = ("dated", "circular", "inherited", "numbered", "called", "document")
_PARTIAL = {"replaces": "partially_replaces", "is_replaced_by": "is_partially_replaced_by"}
_ACTIVE = re.compile(r"\b" + _expanded("active"), re.IGNORECASE)
_PASSIVE = re.compile(r"\b" + _expanded("passive"), re.IGNORECASE)
_VERSION = re.compile(r"\s{1,3}" + _expanded("version"), re.IGNORECASE)
_SCOPE = re.compile(r"(?:\s|,|\band\b|\)){0,6}" + _expanded("scope"), re.IGNORECASE)
_PART_IN = phrases.pattern(" (?:the )?(?P<scope>{part}) (?:of|in|from)(?= (?:the )?)")
_THE_RECOMMENDATIONS = re.compile(r"(?:The|Its|Our)\s(?:new\s|updated\s|revised\s)?recommendations\s(?:here\s|also\s)?")
"""What a document may call itself where it says of what part of another one it takes the place."""
_OF_TARGET = phrases.pattern(" (?:the )?(?P<scope>{part})")
"""The numbered part that a verb names right behind it, far from the document that it is of."""
_TITLE = re.compile(r"\s{1,3}" + _expanded("title"), re.IGNORECASE)
_BARE_TITLE = re.compile(
    r"\s(?:(?:the\s)?(?:information|advice|guidance|content)\s(?:in|on)\s)?(?P<label>[A-Z][\w,:;'’()/ –-]{15,200})\.?\s{0,2}$"
)
_UNNAMED = re.compile(r"(?:The|This|These|An?|New|Other)\b")
_OWN_START = re.compile(r"(?:This|The)\s(?:guideline|guidance)\b|Please\s|According\s")
_BOILERPLATE = re.compile(
    r"\s(?=This\sguideline\smeets\s)|(?<=[\]).;])\s(?=(?:PubMed|MEDLINE|Medline|Cross[Rr]ef|Google\sScholar|Full\s[Tt]ext|Abstract)\s*$)"
)
"""What a page prints behind a source that is none of it: a sentence on what it meets, and the link that leads to it."""
_SOURCE_HEADING = re.compile(r"(?:\d{1,2}\s)?Bibliographic\sSource")
