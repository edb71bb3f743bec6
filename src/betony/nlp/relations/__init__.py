"""betony_relations: what the guidance replaces, updates, rests on or is to be read with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, Fact, Section, SectionType
from betony.nlp import carry, cues, elided, lists, phrases, references, subject
from betony.nlp.looks import has_any
from betony.nlp.relations import cited_target
from betony.nlp.relations.facts import fact_of
from betony.nlp.relations.made_from import adapted, adapted_to, listed_sources, source_guidance
from betony.nlp.relations.targets import CITED, PART_IN, SOURCE, citation, targets_of
from betony.nlp.relations.verbs import (
    CARRIED,
    Verb,
    as_carried,
    find_verbs,
    in_full,
    instructed,
    line_of_origin,
    opening_passive,
)
from betony.nlp.relations.whole_sentences import by_another, given_up, joined, named_next, read_beside, with_own_name
from betony.nlp.relations.wording import STEMS, WORDS
from betony.nlp.stems import Places, Stems, places_in

_SKIPPED = frozenset(
    {SectionType.EVIDENCE, SectionType.RESEARCH, SectionType.LEGAL, SectionType.CODING, SectionType.DISCUSSION}
)
"""Sections that speak of treatments and studies replaced, not of documents."""
_LEAD = 6
_NOT = re.compile(r"\b(?:not|never|nor|cannot|rather\sthan)\s{1,3}(?:\w{1,12}\s)?$")
_TARGETS = (
    "tandard", "apprais", "version", "briefing", "statement", "‘", "“", "'", '"', "following:", "no.", "No.", "Number", "Guid", "ecommendation",
    "Policy", "Protocol", "Pathway", "Statement", "Circular", "Strategy", "Plan", "Framework", "Procedure", "Handbook", "Manual", "Code of", "edition)", "Report of the ", "Safety Notice", "webpage", "web page",
)  # fmt: skip
_NUMBERED = re.compile(r"[A-Z](?:[A-Z]{1,3}-?\d|[A-Z]{1,4}/\d|[A-Z]\s?\([A-Z\d]|\s\d{1,3}/\d)")
_GUIDANCE = re.compile(r"guid(?:ance|eline)s?\b")
"""What may be a target, with the letters above; a sentence with none of these has none."""
_VERBAL = (
    "eplace",
    "pdate",
    "uperse",
    "onjunction",
    "longside",
    "tandards that should ",
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
_BASED = re.compile(
    r"(?:ased(?: up)?|erived|dapted)\s(?:on|from)\s(?:[^.]{0,60}?(?:NICE|guid|standard|[A-Z]{2,3}\d)|(?P<titled>an?\s(?:[Ee]vidence|[Ss]ystematic)\s[Rr]e(?:view|port)|(?:the\s)?[A-Z]{3,8}(?:['’]s)?\s[A-Z][^.\n]{0,170}\s\((?:19|20)\d\d\)))"
)
_ORIGINS = ("ased", "erived", "dapted")
_PRONOUN = re.compile(r"\s(?:it|them)\b")
"""What stands for the document named before in the sentence."""
_PART_OF_NAMED = re.compile(
    r"\s(?P<scope>(?:the|its|those)\s(?:guidance|advice|recommendations|sections?|parts?)\s(?:for|on|about|covering)\s(?![^.;]{0,80}(?:NICE|\d))[^.;,(]{3,80}?)"
    r"(?=\s?[.;,(]|\s(?:which|that)\b|\sand\b(?!\s(?:(?:young|younger|older|disabled|pregnant|breastfeeding)\s)?(?:people|adults|children|adolescents|infants|babies|women|men)\b)|$)"
)
"""What of a document named before in the sentence is replaced: "is an update of CG1 and replaces the guidance for adults"."""
_WITHDREW = re.compile(
    r"(?:(?:[^.;:]{0,40}:\s)?(?P<parts>(?:[Rr]ecommendations?|[Ss]ections?)\s(?:[^.;]|\.(?=\d)){1,200}?)\s(?:were|was|have\sbeen|has\sbeen)\s(?:withdrawn|removed|deleted|stood\sdown)|(?:[^.;:]{0,40}:\s|In\s(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s)?[Ww]e\s(?:have\s)?(?:withdrew|withdrawn|removed|deleted|taken\sout|took\sout|stood\sdown)\s(?P<scope>(?:some\s|the\s)?(?:recommendations?|sections?)\s(?:[^.;]|\.(?=\d)){1,160}?)"
    r"(?:\s(?:in|of|from)\sthis\s\w+)?)\s(?:because|as|since)\s(?:they|it)\s(?:have|has)\s(?:now\s)?been\s(?:updated\sand\s)?(?:replaced|superseded)\sby(?:\s(?:the\s)?publication\sof)?\b"
)
"""What was withdrawn of the document because another stands in its place."""
_WITHDRAWN_FOR = re.compile(
    r"(?:This\s(?:[a-z]+\s){1,3}(?:was|has\sbeen|is)\s(?:now\s)?(?:withdrawn|removed|retired)|We\s(?:have\s)?(?:withdrew|withdrawn|removed|retired)\sthis\s(?:[a-z]++\s?){1,3})"
    r"(?:\s?(?:in|on)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)?,?\s?(?:because|as|since)\sit\s(?:(?:has|had)\s(?:now\s|since\s)?been|was|is(?:\snow)?)\s"
    r"(?:(?:updated|reviewed)\sand\s)?(?:replaced|superseded)\sby\b"
)
"""The withdrawal of the whole document because another stands in its place."""
_SUMMARY = Stems(("NGC summary", "National Guideline Clearinghouse", "ECRI Institute"))
"""Words of a page that summarises another publisher's guideline."""
DRAFTS = frozenset({"in_consultation", "in_development", "awaiting_development"})
"""Standings of what is not yet published: what it replaces stands until then."""
_DONE_TO_OTHERS = frozenset({"replaces", "partially_replaces", "updates"})
_CITATION = re.compile(r"\bPubMed\s*$|\[\d{1,5}\sreferences?\]|\b(?:19|20)\d\d\b[^;\n]{0,12};|;\s?(?:19|20)\d\d\b")


@Language.component("betony_relations", requires=["doc.spans"], assigns=["doc.spans"])
def relations(doc: Doc) -> Doc:
    """Add facts of the kind relation."""
    standings = [fact.value for fact in carry.facts(doc, "status")]
    is_draft = any(standing in DRAFTS for standing in standings)
    found = find(
        carry.text(doc),
        carry.blocks(doc),
        carry.sections(doc),
        is_draft=is_draft,
        reference=carry.reference(doc),
        places=places_in(doc),
    )
    carry.add_facts(doc, found)
    gone = next((fact for fact in found if fact.value == "is_partially_replaced_by" and not fact.detail["draft"]), None)
    if gone and not standings:
        carry.add_facts(doc, [_standing(carry.text(doc), gone)])
    return doc


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of the page's own document beside its words."""

    reference: str | None
    """As its address has it."""
    is_draft: bool


def _standing(text: str, gone: Fact) -> Fact:
    """What a page that says nothing else of its standing says by the part of it in whose place another document stands."""
    start, end = gone.spans[-1]
    detail = {"notice": text[start:end], "checked": None, "checked_span": None}
    return Fact("status", "partially_replaced", ((start, end),), Basis.INFERRED, "relation", detail=detail)


_OF_AN_ENTRY = ("(Replaces ", "(Updates ", "(Replaced by ")
"""How a line in brackets begins that tells of the title above it; where several do, they tell of what a page lists."""


def find(
    text: str,
    blocks: Sequence[Block],
    sections: Sequence[Section] = (),
    *,
    is_draft: bool = False,
    reference: str | None = None,
    places: Places | None = None,
) -> list[Fact]:
    """The relations that the page states of its own document, in the order of the text.

    A relation needs a subject that is the page's own document or a part of it: what is said of two other documents is
    none. The date is the one that the words give with the target. What a draft replaces or updates, it only will. `reference` is
    the document's own, where its address tells it; `places` are those of stems in the text, where somebody has looked.
    """
    found: list[Fact] = []
    own = Own(reference, is_draft)
    runs = cues.outside(blocks, sections, _SKIPPED)
    places = places or Places(text)
    lists_others = sum(text.startswith(_OF_AN_ENTRY, block.start) for block in blocks) > 1
    for i, stems in cues.around(blocks, runs, places.spans(STEMS)).items():
        block = blocks[i]
        if lists_others and text.startswith(_OF_AN_ENTRY, block.start):
            continue
        if not _may_relate(text[block.start : block.end]) and not _follows_a_withdrawal(text, block.start, block.end):
            continue
        for left, end in cues.sentences_at(text, block, stems):
            start = left + lists.bullet(text[left:end])
            if _may_relate(text[start:end]) or _follows_a_withdrawal(text, start, end):
                heads = start <= block.start + 1 and elided.is_own(text, blocks, sections, i)
                found.extend(_of_sentence(text, blocks, i, start, end, own, heads=heads))
    found.extend(_sources(text, blocks, sections, places))
    found.extend(listed_sources(text, blocks, places))
    found.extend(adapted(text, blocks[: 2 * _LEAD]))
    found.extend(adapted_to(text, blocks))
    found.extend(cited_target.find(text, blocks))
    found.extend(source_guidance(text, blocks, sections))
    return _unique([_planned(fact) if is_draft else fact for fact in found])


def _planned(fact: Fact) -> Fact:
    """The fact of a draft's page, as a plan where it says what the document does to another."""
    return replace(fact, detail={**fact.detail, "draft": True}) if fact.value in _DONE_TO_OTHERS else fact


def _may_relate(words: str) -> bool:
    """A cheap look that passes every passage that could relate two documents."""
    if has_any(words, _VERBAL):
        return _may_name(words) or (has_any(words, _BY) and words.startswith(_OWN_OPENINGS)) or words.endswith(":")
    based = _BASED.search(words) if has_any(words, _ORIGINS) else None
    return based is not None and (based["titled"] is not None or _may_name(words))


def _follows_a_withdrawal(text: str, start: int, end: int) -> bool:
    """Whether it says what stands instead, right behind the notice that the document was withdrawn or is out of date: "It has been
    replaced by"."""
    said = text.startswith("It ", start) and has_any(text[start:end], ("replaced by", "superseded by"))
    return said and has_any(text[max(start - _NOTICE_BEFORE, 0) : start], _GONE)


_NOTICE_BEFORE = 100
_GONE = ("withdrawn", "out of date", "out-of-date", "outdated", "obsolete")


def _may_name(words: str) -> bool:
    """A cheap look that passes every passage that could name a document."""
    return has_any(words, _TARGETS) or _NUMBERED.search(words) is not None or _GUIDANCE.search(words) is not None


def _of_sentence(
    text: str, blocks: Sequence[Block], i: int, start: int, end: int, own: Own, *, heads: bool
) -> Iterator[Fact]:
    """The relations that a sentence states; `heads` says that it may be of the page's own document without naming it."""
    verbs = [in_full(text, verb, end) for verb in find_verbs(text, start, end)]
    verbs = [as_carried(text, verbs[:n], verb) for n, verb in enumerate(verbs)]
    if not verbs and (
        told := instructed(text, start, end)
        or (line_of_origin(text, start, end) or opening_passive(text, start, end) if heads else None)
    ):
        yield from targets_of(text, blocks, i, (start, end), told, subject.OWN, end)
    if other := given_up(text, start, end, is_draft=own.is_draft):
        reference, gone = other
        yield fact_of(text, gone, ((start, end),), reference=reference)
        return
    if found := (
        named_next(text, start, end, blocks[i].end)
        or by_another(text, start, end)
        or joined(text, start, end)
        or with_own_name(text, start, end, own.reference)
        or read_beside(text, start, end)
    ):
        yield from found
        return
    withdrew = _WITHDREW.match(text, start, end)
    if withdrew and not _is_of_another(text, *withdrew.span("parts"), own):
        gone = Verb(start, withdrew.end(), "is_replaced_by", partial=False, draft=False)
        yield from targets_of(
            text,
            blocks,
            i,
            (start, end),
            gone,
            subject.Subject(own=True, part=withdrew.span("parts" if withdrew["parts"] else "scope")),
            end,
        )
        return
    if withdrawn := _WITHDRAWN_FOR.match(text, start, end):
        gone = Verb(start, withdrawn.end(), "is_replaced_by", partial=False, draft=False)
        yield from targets_of(text, blocks, i, (start, end), gone, subject.OWN, end)
        return
    about = subject.OTHER
    named: list[references.Reference] = []
    titled: Fact | None = None
    for n, verb in enumerate(verbs):
        if not (n and CARRIED.search(text, verbs[n - 1].end, verb.start)):
            about = _spoken_of(
                text,
                blocks[i],
                (start, end),
                verb,
                own,
                lead=i < _LEAD,
                elides=not n and heads and elided.active(text, start, end),
            )
        if not about.own or _NOT.search(text, max(start, verb.start - 30), verb.start):
            continue
        limit = verbs[n + 1].start if n + 1 < len(verbs) else end
        if stop := phrases.pattern(WORDS["stop"].strip()).search(text, verb.end, limit):
            limit = stop.start()
        if named and verb.type == "replaces" and (part := _PART_OF_NAMED.match(text, verb.end, limit)):
            yield from (fact_of(text, verb, ((start, end),), reference=one, scope=part.span("scope")) for one in named)
            continue
        about = _by_its_number(text, blocks, i, about)
        found = list(targets_of(text, blocks, i, (start, end), verb, about, limit))
        if not found and _PRONOUN.match(text, verb.end, limit):
            found = [fact_of(text, verb, ((start, end),), reference=reference) for reference in named]
            if not named and titled and verb.type == "replaces":
                found = [replace(titled, value="replaces", rule=f"verb:{verb.type}", spans=((start, end),))]
        named = references.find(text, verb.end, limit) or named
        titled = found[0] if len(found) == 1 and found[0].value == "updates" and not named else None
        yield from found


def _by_its_number(text: str, blocks: Sequence[Block], i: int, about: subject.Subject) -> subject.Subject:
    """The subject, "This recommendation" by the number with which the paragraph begins, or one a little above it."""
    if about.part is None or text[slice(*about.part)].lower() != "this recommendation":
        return about
    for block in reversed(blocks[max(i - _BLOCKS_ABOVE, 0) : i + 1]):
        if number := _OWN_NUMBER.match(text, block.start, block.end):
            return subject.Subject(own=about.own, part=number.span("number"))
    return about


_BLOCKS_ABOVE = 3
_OWN_NUMBER = re.compile(r"\s{0,9}(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\b")


def _is_of_another(text: str, start: int, end: int, own: Own) -> bool:
    """Whether the parts that text[start:end] names are of another document than the page's own: "Recommendation 1.2 of CG87"."""
    named = references.find(text, start, end) if start >= 0 else []
    return any(one.identifier != own.reference and _OF_A_DOCUMENT.search(text, start, one.start) for one in named)


_OF_A_DOCUMENT = re.compile(r"\s(?:of|in|from)\s(?:the\s)?(?:NICE\s)?(?:[a-z]+\s){0,3}$")
"""What stands between parts and the document that they are of."""


_FOR_SOME = re.compile(
    r"For\s(?:people|adults|children|women|men|patients|babies|infants|those|anyone|young\speople)\s[^,;:.]{3,120}?,?\s(?=this\s)"
)
"""Those for whom a document is to be read with another: "For adults with gout this guideline should be read with"."""


def _spoken_of(
    text: str, block: Block, sentence: tuple[int, int], verb: Verb, own: Own, *, lead: bool, elides: bool
) -> subject.Subject:
    """Of what the verb of a sentence is told; `lead` says that it stands near the top of the page, `elides` that it opens a line
    there that names nothing."""
    start, end = sentence
    some = _THE_RECOMMENDATIONS.fullmatch(text, start, verb.start) and PART_IN.match(text, verb.end, end)
    if verb.type == "replaces" and some:
        return subject.OWN
    some = _FOR_SOME.match(text, start, verb.start) if verb.type == "read_in_conjunction_with" else None
    about = subject.of(text, some.end() if some else start, verb.start)
    if about.own:
        return about
    beside = verb.type == "read_in_conjunction_with" and _THESE_PAGES.fullmatch(text, start, verb.start)
    if (
        elides
        or beside
        or (lead and subject.is_own_name(text, start, verb.start))
        or subject.is_named(text, start, verb.start, own.reference)
        or _shared().fullmatch(text, start, verb.start)
        or _it_was_made(text, start, verb.start)
    ):
        return subject.OWN
    if one := _THIS_ONE.fullmatch(text, start, verb.start):
        whole = not one["number"] and _ITS_LIKE.match(text, verb.end, end)
        return subject.OWN if whole else subject.Subject(own=True, part=_number_of(text, block, one))
    if (clause := _OF_A_PART.search(text, start, verb.start)) and (
        part := subject.of(text, clause.end(), verb.start)
    ).own:
        return part
    return subject.OWN if _is_its_kind(text, start, verb, end) else about


_THESE_PAGES = re.compile(r"(?:The|These)\s(?:web)?pages\s")
"""What a page calls itself and those beside it: "The pages should be read alongside our"."""
_THIS_ONE = re.compile(
    r"(?:(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})\s{1,4})?(?P<self>[Tt]his\s(?:part-?\s?)?recommendation)\s{0,3}"
)
_ITS_LIKE = re.compile(
    r"\s?(?:the\s|its\s|our\s)(?:(?:previous|prior|earlier)\s)?(?:(?:19|20)\d\d\s)?(?:[A-Z][A-Z/&-]{1,9}\s)?recommendation(?:\sstatement)?\s(?:on|for|about)\s(?:(?!\s(?:in|of|from)\s)[^.;])+(?=[.;]|$)"
)
"""What a body's single recommendation, a document of its own, stands in the place of: "the 2015 USPSTF recommendation on wax"."""
_OF_A_PART = re.compile(
    r"\b(?:was|were|been)\s[^.;]{3,80}\sand\s(?=(?:quality\s)?(?:statements?|recommendations?|sections?)\s\d)"
)
"""What stands before the part of a document of which the second of two clauses is told."""
_OPENS_WITH_NUMBER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,3}){1,3})\s")


def _number_of(text: str, block: Block, one: re.Match[str]) -> tuple[int, int]:
    """Where the number of "this recommendation" stands, at the head of its passage; else where it calls itself so."""
    number = _OPENS_WITH_NUMBER.match(text, block.start, block.end)
    return one.span("number") if one["number"] else number.span("number") if number else one.span("self")


def _is_its_kind(text: str, start: int, verb: Verb, end: int) -> bool:
    """Whether the verb is said of "this letter" or "this recommendation", as pages speak of themselves that are no more, and
    the document that it replaces is none of those in which one letter or recommendation stands among many."""
    return (
        verb.type == "replaces"
        and _its_kind().fullmatch(text, start, verb.start) is not None
        and not references.find(text, start, end)
    )


def _its_kind() -> re.Pattern[str]:
    return phrases.pattern(
        r"(?:(?:When|Once) (?:published|final|finali[sz]ed|approved),? )?(?:the (?:advice|information) in )?this "
        r"(?:(?:[\w-]{1,20} ){0,2}?(?:recommendation|letter|alert|bulletin|memo(?:randum)?|digest)|(?:(?:new|latest|current|revised|updated) )?"
        r"(?:(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth) )?edition)\s*"
    )


def _it_was_made(text: str, start: int, verb: int) -> bool:
    """Whether what stands before a verb tells how the document was made, of the one that the sentence before begins with: "This guidance
    is for walkers. It was developed using wax and" is based on another."""
    before = text[max(start - _SENTENCE_BEFORE, 0) : start].rstrip()
    last = max(before.rfind(". "), before.rfind("\n")) + 1
    made = phrases.pattern(
        r"it (?:was|has been) (?:developed|produced|prepared|written) (?:using|with|by|through|following) [^.;:()]{3,120}? and "
    )
    if not made.fullmatch(text, start, verb):
        return False
    return phrases.pattern(r"\s{0,3}{self} (?:is|was|has|aims|provides|covers|gives)\b").match(before, last) is not None


_SENTENCE_BEFORE = 400


def _shared() -> re.Pattern[str]:
    """What stands before the second verb of the page's own document: "This report is a revision of X and" updates Y."""
    return phrases.pattern(
        r"{self} (?:is|was|provides|gives|describes|summari[sz]es|contains|presents)\b"
        r"(?:(?! (?:that|which|who|whose|but|while|whereas)\b)(?:[^.;:()]|\([A-Z]{2,8}\)|(?-i:(?<=\b[A-Z])\.(?=[A-Z]\.|\s)))){3,250},? and (?:also )?"
        r"|{self} (?:covers|deals with|addresses|describes|reviews|sets out|gives|provides) [^.;:()]{3,160},? and (?:thus|therefore|so|hence|consequently),? it (?:also )?"
        r"|{self} (?:is|forms|provides|gives|offers|contains) an? (?:(?:new|single|joint|combined|comprehensive|updated|full) ){0,2}"
        r"(?:source of (?:advice|guidance|information|recommendations)|set of (?:recommendations|statements)|guideline|guidance|document|resource)"
        r"(?: (?:on|for|about) [^,;.()]{3,100}?)? (?:that|which) (?:also )?"
    )


def _sources(text: str, blocks: Sequence[Block], sections: Sequence[Section], places: Places) -> Iterator[Fact]:
    """The document that a page summarises, where the page cites it as its source."""
    verb = Verb(0, 0, "is_based_on", partial=False, draft=False)
    if not places.spans(_SUMMARY):
        for field, below in pairwise(blocks):
            if _SOURCE_FIELD.fullmatch(text, field.start, field.end) and SOURCE.search(text, below.start, below.end):
                yield citation(text, verb, below.start, below.start, below.end)
                return
        return
    for section in sections:
        if section.heading and _SOURCE_HEADING.match(text, *section.heading):
            for block in blocks:
                if (
                    section.heading[1] <= block.start
                    and block.end <= section.end
                    and CITED.search(text, block.start, block.end)
                ):
                    yield citation(text, verb, block.start, block.start, block.end)
            return
    for block in blocks[1:2]:
        # A sentence of the document's own there says something else of what it cites.
        if _CITATION.search(text, block.start, block.end) and not text.startswith(("This ", "The "), block.start):
            yield citation(text, verb, block.start, block.start, block.end)


def _unique(facts: Sequence[Fact]) -> list[Fact]:
    """Each relation once: a page's chapters repeat them."""
    kept: dict[tuple[str, str, str | None, bool], Fact] = {}
    for fact in facts:
        target = fact.detail["target"]
        kept.setdefault((fact.value, target["id"] or target["label"], fact.detail["scope"], fact.detail["draft"]), fact)
    for name in [name for name in kept if name[2] and _POINTS.fullmatch(name[2])]:
        same = [other for other in kept if (other[0], other[1], other[3]) == (name[0], name[1], name[3])]
        if any(other[2] and not _POINTS.fullmatch(other[2]) for other in same):
            del kept[name]  # where it stands it is plain which, and here it is told of already
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


_POINTS = re.compile(r"[Tt]h(?:is|ese)\s(?:recommendation|statement|section)s?")
"""A part that only the place of its words tells."""


def _with_date(fact: Fact, other: Fact | None) -> Fact:
    """What replaces a document, with the date that its update was told with: "an update of CG1 (2031) and replaces it"."""
    if other is None or fact.detail["date"]:
        return fact
    told = {"date": other.detail["date"], "date_span": other.detail["date_span"]}
    return replace(fact, detail={**fact.detail, **told})


_THE_RECOMMENDATIONS = re.compile(r"(?:The|Its|Our)\s(?:new\s|updated\s|revised\s)?recommendations\s(?:here\s|also\s)?")
"""What a document may call itself where it says of what part of another one it takes the place."""
_SOURCE_FIELD = re.compile(r"Bibliographic\sSource\(s\)")
"""The field over the source of a summary, which says so with this word alone where no line of it names who made it."""
_SOURCE_HEADING = re.compile(r"(?:\d{1,2}\s)?Bibliographic\sSource")
