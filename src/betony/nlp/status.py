"""betony_status: whether the guidance stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, Fact, Notice, Section, SectionType, WarningCode, WarningLevel
from betony.nlp import carry, cues, elided, key_events, phrases, references, subject, vocabulary, when
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.stems import Places, Stems, places_in

_WORDS = vocabulary.read("status")
_STEMS = Stems(_WORDS["stems"])
_SKIPPED = frozenset(
    {
        SectionType.EVIDENCE,
        SectionType.RESEARCH,
        SectionType.LEGAL,
        SectionType.CODING,
        SectionType.DEFINITIONS,
        SectionType.RECOMMENDATIONS,
        SectionType.PROCEDURE,
        SectionType.IMPLEMENTATION,
        SectionType.DEVELOPMENT,
    }
)
"""Sections whose words are about care, or about how the document was made, not about its standing."""
_LEAD = 8
"""Passages at the head of a page, in which a notice may stand whatever the section: a stub's heading is "Guidance"."""
_LONGEST = 6000
"""A passage longer than this is no notice."""
_IS_OVER = re.compile(r"onsultation\b[^.\n]{0,100}?\s(?:has|is)\s(?:now\s)?(?:closed|ended|over)\b")
"""What a sentence says of a consultation that is over; the line "This consultation ended on" stands on the pages of its draft."""
AFTER_CONSULTATION = "says:in_consultation, which is over"
"""The rule for a draft that the page says was consulted on."""
_OWN_WORDS = re.compile(
    r"[Tt]h(?:is|ese) |pdate in progress|he consultation|guid|NICE|[Ww]e\b|standard|apprais|evaluat|ocument|dvice|opic|raft|ecision|ublication|evelopment|rocedure|summar|tatic list|[A-Z]{2}\d"
)
"""A passage without one of these speaks of nothing that could be the page's document."""
ORDER = (
    "in_consultation",
    "replaced",
    "withdrawn",
    "temporarily_withdrawn",
    "terminated",
    "discontinued",
    "suspended",
    "deferred",
    "delayed",
    "awaiting_development",
    "in_development",
    "partial_update_in_progress",
    "update_in_progress",
    "under_review",
    "partially_replaced",
    "static_list",
    "checked_no_update",
    "current",
    "unknown",
)
"""Which statement wins where a page makes several: the field "Status", then the newest of those dated, then this order."""
_IN = re.compile(r"\bin\s(?=(?:19|20)\d\d\b)")
_PUBLISHED = re.compile(r"\b(?:publish|issued|updat|produc|releas)")
"""What stands before a year that is not that of the check."""
_COMPATIBLE = {"current", "checked_no_update", "partially_replaced", "static_list"}
"""What does not contradict another statement about guidance in force."""
_SAYS_LITTLE = {"", "unknown"}
"""What a sentence beside another is read as that lends it its date."""
_OUT_OF_FORCE = {"withdrawn", "replaced"}
"""What is replaced may be called withdrawn as well; the statement with a date says more."""
_FIELD_NAME = Stems(("Status",))
_FIELD = re.compile(
    r"^[ \t•|*-]{0,6}Status[ \t]{0,3}:?[ \t]{0,3}(?:\n{1,2}[ \t•|*-]{0,6}|[|\t] ?)?(?P<value>[A-Z][\w -]{3,40}?)[ \t|]{0,6}$",
    re.MULTILINE,
)

_REFUSED = re.compile(
    r"^[ \t•|*-]{0,6}(?P<words>Decision[ \t]{0,3}:?[ \t]{0,3}(?:\n{1,2}[ \t•|*-]{0,6}|[|\t] ?)?Not selected)[ \t|]{0,6}$",
    re.MULTILINE,
)
"""The field of a project's page that says that no guidance will come of the topic: of no standing, whatever its address."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says of the page's own document."""

    currency: str
    spans: tuple[tuple[int, int], ...]
    rule: str
    checked: when.When | None = None
    dated: str = ""
    """The date under which it stands, ISO, or empty."""


class _Rule(NamedTuple):
    currency: str
    """What it tells."""
    signs: tuple[str, ...]
    """One of them stands in all that fits."""
    patterns: tuple[str, ...]
    """Most texts need few of them, and to compile them all takes longer than a document."""


@Language.component("betony_status", requires=["doc.spans"], assigns=["doc.spans"])
def status(doc: Doc) -> Doc:
    """Add the fact `status`."""
    facts, notices = find(carry.text(doc), carry.blocks(doc), carry.sections(doc), carry.reference(doc), places_in(doc))
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str,
    blocks: Sequence[Block],
    sections: Sequence[Section] = (),
    reference: str | None = None,
    places: Places | None = None,
) -> tuple[list[Fact], list[Notice]]:
    """The guidance's standing as the text states it (none where it states none), and statements it did not follow; `reference` is
    its own, where its address tells it; `places` are those of stems in the text, where somebody has looked."""
    found = list(statements(text, blocks, sections, reference, places or Places(text)))
    if not found:
        return [], []
    best = min(
        found,
        key=lambda said: (_rank(said), text[said.spans[0][1] - 1] != ".", _is_reason(text[slice(*said.spans[0])])),
    )
    best = _after_consultation(text, found, best) or _goes_on(text, blocks, best) or best
    told = set(best.spans)
    notices = [
        _conflict(best, other)
        for other in found
        if _contradict(best, other) and told.isdisjoint(other.spans) and not _is_over(best, other)
    ]
    return [_fact(text, best)], notices


_OUTDATED = re.compile(r"\bno\slonger\s(?:current|valid|in\sforce|in\suse)\b")


def _is_reason(words: str) -> bool:
    """Whether the words only tell why a document is out of force: "The guidance is no longer valid"."""
    return _OUTDATED.search(words) is not None and not has_any(words, ("withdrawn", "eplaced", "uperseded", "retired"))


_INTERRUPTED = {"suspended", "deferred", "delayed", "awaiting_development"}
"""Standings of a project that end when work on it goes on."""


def _goes_on(text: str, blocks: Sequence[Block], best: Statement) -> Statement | None:
    """What a timeline tells whose newest row says that work goes on, of a project that one of its older rows calls interrupted."""
    if best.currency not in _INTERRUPTED or best.rule == "field":
        return None
    newest = key_events.goes_on(text, blocks, best.spans[0][0])
    return newest and Statement("in_development", (newest[0],), "timeline", None, newest[1].value)


def _is_over(best: Statement, other: Statement) -> bool:
    """Whether the other statement only tells of an interruption before the row of a timeline that was taken."""
    return best.rule == "timeline" and other.currency in _INTERRUPTED and "" < other.dated < best.dated


def _after_consultation(text: str, found: Sequence[Statement], best: Statement) -> Statement | None:
    """What a page says that calls its document a draft and tells that the consultation on it is over: it is still in development."""
    if best.rule != "says:in_consultation":
        return None
    unknown = (said for said in found if said.rule == "says:unknown")
    over = next((said for said in unknown if _IS_OVER.search(text, *said.spans[0])), None)
    return over and Statement("in_development", (*over.spans, *best.spans), AFTER_CONSULTATION)


def statements(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], reference: str | None, places: Places
) -> Iterator[Statement]:
    """Everything that the page says of its own standing, in the order of the text."""
    fields = (_FIELD.match(text, text.rfind("\n", 0, at) + 1) for at, _ in places.spans(_FIELD_NAME))
    if (field := next(filter(None, fields), None)) and field["value"].lower() in _WORDS["field"]:
        yield from _field(field)
        if refused := next(
            filter(
                None, (_REFUSED.search(text, max(at - 40, 0), at + 20) for at in cues.positions(text, ("ot selected",)))
            ),
            None,
        ):
            yield Statement("unknown", (refused.span("words"),), "field")
        return
    lead = min(_LEAD, len(blocks))
    for block in blocks[:lead]:
        yield from _label(text, block)
    runs = [range(max(run.start, lead), run.stop) for run in cues.outside(blocks, sections, _SKIPPED)]
    proposes = any(_PROPOSES.match(text, block.start, block.end) for block in blocks[:lead])
    for i in cues.around(blocks, [range(lead), *runs], places.spans(_STEMS)):
        if (decided := _decision(text, blocks, i, reference)) and not _is_on_another(
            text, *decided.spans[0], reference
        ):
            yield decided
        if elided.is_own(text, blocks, sections, i) and (said_of_it := _without_subject(text, blocks[i])):
            yield said_of_it
        if _RELATED.match(text, blocks[i].start, blocks[i].end):
            continue
        for said in _of_passage(text, blocks[i].start, blocks[i].end, reference):
            if said.currency == "static_list" and (proposes or (_only_should(text, said) and _consults(text))):
                continue
            if not _is_below_a_part(text, blocks, i, said):
                yield said


_RELATED = re.compile(
    r"[\s•*|-]{0,4}(?:Related|Terminated|Suspended|Proposed|In[- ]development|Discontinued)\s(?:[\w-]{1,20}\s){0,3}(?:guidance|guidelines?|appraisals?|standards?|procedures?)\b[^:.\n]{0,40}:\s"
)
"""How an entry begins that lists what there is on related topics, and tells how each stands."""


def _consults(text: str) -> bool:
    """Whether a paper asks to be consulted on, or tells of no decision."""
    return has_any(text, ("consult on this proposal", "consult on the proposal")) or "ecision" not in text


def _only_should(text: str, said: Statement) -> bool:
    """Whether it says no more than what should become of the guidance."""
    start, end = said.spans[0]
    return " should " in text[start:end] and not has_any(text[start:end], ("agreed", "decided", "ecision"))


def _without_subject(text: str, block: Block) -> Statement | None:
    """What a notice says that begins with its verb, "Updated and replaced by NICE guideline NG1", where it names what stands instead."""
    said = elided.passive(text, block.start, block.end)
    if said is None or not (said["replaced"] or said["part"]) or not _INSTEAD.match(text, said.end(), block.end):
        return None
    currency = "partially_replaced" if said["part"] else "replaced"
    start, end = sentences(text, block.start, block.end)[0]
    return Statement(currency, ((start, end),), f"says:{currency}")


_INSTEAD = re.compile(
    r"\s(?:(?:the|our|a)\s)?(?:new\s|updated\s)?(?:[A-Z]|guid|technology|interventional|medical|quality|public|clinical)"
)
"""How what stands instead begins, behind "replaced by"."""


def _rank(statement: Statement) -> tuple[bool, int, bool, str, int]:
    order = ORDER.index(statement.currency)
    if statement.currency == "unknown":
        return statement.rule != "field", 99, True, "", order
    retired = order < ORDER.index("discontinued")
    newest = "".join(chr(255 - ord(sign)) for sign in statement.dated)
    if statement.currency in _OUT_OF_FORCE:
        return statement.rule != "field", min(map(ORDER.index, _OUT_OF_FORCE)), not statement.dated, "", order
    return statement.rule != "field", order if retired else 99, not statement.dated, newest, order


def _contradict(best: Statement, other: Statement) -> bool:
    if other.currency in (best.currency, "unknown") or {other.currency, best.currency} <= {
        "update_in_progress",
        "partial_update_in_progress",
    }:
        return False
    if {other.currency, best.currency} <= _OUT_OF_FORCE:
        return False
    return not (other.currency in _COMPATIBLE and best.currency != "checked_no_update")


def _conflict(best: Statement, other: Statement) -> Notice:
    return Notice(
        WarningCode.CONFLICT,
        f"status: the page also says {other.currency}; {best.currency} was taken",
        WarningLevel.REVIEW,
        other.spans,
    )


def _fact(text: str, statement: Statement) -> Fact:
    checked = statement.checked
    start, end = statement.spans[0]
    detail = {
        "notice": text[start:end],
        "checked": None
        if checked is None
        else {"value": checked.value, "precision": checked.precision, "text": text[checked.start : checked.end]},
        "checked_span": None if checked is None else [checked.start, checked.end],
    }
    return Fact("status", statement.currency, statement.spans, Basis.EXPLICIT, statement.rule, detail=detail)


def _field(match: re.Match[str]) -> Iterator[Statement]:
    """The field "Status" of a project's page; a topic that may never be taken up is of no standing yet."""
    currency = _WORDS["field"][match["value"].lower()]
    if currency:
        start = match.start() + len(match.group()) - len(match.group().lstrip(" \t•|*-"))
        yield Statement(currency, ((start, match.end("value")),), "field")


def _label(text: str, block: Block) -> Iterator[Statement]:
    """A line of the page's header: `Terminated: 3 May 2031`, `In development [GID-NG10099]`, `ARCHIVED - Care of heels`."""
    named = text.find("GID-", block.start, block.end) >= 0
    if named and (project := references.project().match(text, block.start, block.end)):
        span = (project.start("standing"), project.end())
        yield Statement(_WORDS["project"][project["standing"].lower()], (span,), "label")
    for stamp, currency in _stamps():
        if stamped := stamp.match(text, block.start, block.end):
            yield Statement(currency, (stamped.span(),), "stamp")
    label = _labels().match(text, block.start, block.end)
    since = label and when.at(text, label.end(), block.end)
    if label and isinstance(since, when.When):
        span = (label.start("label"), since.end)
        yield Statement(_WORDS["label"][label["label"].lower()], (span,), "label", None, since.value)


def _of_passage(text: str, start: int, end: int, reference: str | None) -> Iterator[Statement]:
    """The statements of one passage; sentences side by side that say when it was looked at belong to one notice."""
    if end - start > _LONGEST or not _OWN_WORDS.search(text, start, end):
        return
    words = text[start:end]
    rules = [rule for rule in _rules() if has_any(words, rule.signs)]
    if not rules:
        return
    spans = sentences(text, start, end)
    row = when.at(text, start, end)
    read = [_currency(text, *span, reference, rules) for span in spans]
    read = [_settled(text, spans, i) or said if i and not said[0] else said for i, said in enumerate(read)]
    read = [("", "") if i and _is_of_a_part(text, spans, i, said[0]) else said for i, said in enumerate(read)]
    read = [
        ("", "") if i and _is_of_the_entry(text, start, spans[i], said[0], reference) else said
        for i, said in enumerate(read)
    ]
    read = [
        ("replaced", "says:replaced") if _is_followed(text, spans, i, said[0]) else said for i, said in enumerate(read)
    ]
    read = [("unknown", "says:unknown") if _is_done(text, spans, i, said[0]) else said for i, said in enumerate(read)]
    for i, (said, rule) in enumerate(read):
        if not said:
            continue
        first, last = i, i
        if i and read[i - 1][0] in _SAYS_LITTLE and _is_looked(text, *spans[i - 1]):
            first = i - 1
        elif i > 1 and _OCCASION.match(text, *spans[i - 1]) and _is_looked(text, *spans[i - 2]):
            first = i - 2
        if _is_followed(text, spans, i, "withdrawn"):
            last = i + 1
        while (
            last + 1 < len(spans)
            and not read[last + 1][0]
            and phrases.pattern(_WORDS["pointer"]["pattern"]).match(text, *spans[last + 1])
        ):
            last += 1
        notice = (spans[first][0], _before_button(text, *spans[last]))
        partly = phrases.pattern(_WORDS["partial"]["pattern"]).search(text, *notice)
        currency = "partial_update_in_progress" if said == "update_in_progress" and partly else said
        dates = when.find(text, spans[first][0], spans[i][1])
        looked = any(_is_looked(text, *spans[n]) for n in range(first, i + 1))
        checked = (dates[0] if dates else _in_a_year(text, spans[first][0], spans[i][1])) if looked else None
        dated = dates[0] if dates else row
        yield Statement(currency, (notice,), rule, checked, dated.value if isinstance(dated, when.When) else "")


def _before_button(text: str, start: int, end: int) -> int:
    """Where the sentence ends, without the words of a button or the bar of a table's cell that a capture has put on its line."""
    button = phrases.pattern(_WORDS["button"]["pattern"]).search(text, start, end)
    end = button.start() if button else end
    return start + len(text[start:end].removesuffix("|").rstrip())


def _currency(text: str, start: int, end: int, reference: str | None, rules: Iterable[_Rule]) -> tuple[str, str]:
    """The standing that the sentence states by one of the rules, and which; empty where it states none of the page's own
    document."""
    words = text[start:end]
    for currency, signs, patterns in rules:
        if not has_any(words, signs):
            continue
        for wording in patterns:
            pattern = phrases.pattern(wording)
            match = pattern.search(text, start, end)
            if match is None:
                continue
            about_own = "verb" in pattern.groupindex and bool(match["verb"])
            if about_own:
                named = subject.is_named(text, start, match.start("verb"), reference) or (
                    currency == "current"
                    and _is_procedures(reference)
                    and (procedure := _OF_PROCEDURES.fullmatch(text, start, match.start("verb"))) is not None
                    and _is_told_of(text, *procedure.span("topic"))
                )
                about = subject.OWN if named else _subject(text, start, match.start("verb"))
                if _is_others(text, start, match.start("verb")):
                    continue
                if currency == "static_list" and (_proposed(text, start, match) or _GENERAL.match(text, start, end)):
                    continue
                if not about.own or (currency in _OUT_OF_FORCE and _SOME_OF_IT.match(text, start, match.start("verb"))):
                    continue
                if currency == "replaced" and _BY_A_NUMBER.match(text, match.end("verb"), end):
                    continue
                if currency in _BACK_AGAIN and _REINSTATED.search(text, match.end("verb"), end):
                    continue
                if about.part:
                    if currency != "replaced" or _BY_ITS_OWN.match(text, match.end("verb"), end):
                        continue
                    if _REWORDED.match(text, match.end("verb"), end) or not _BY_WHAT.match(
                        text, match.end("verb"), end
                    ):
                        continue
                    return "partially_replaced", f"says:{currency}"
            elif (
                _SUPPOSED.match(text, start)
                or (currency == "static_list" and _GENERAL.match(text, start, end))
                or (currency == "static_list" and _is_anothers(text, start, match.start()))
                or (currency == "static_list" and _is_on_something_else(text, start, match.end()))
                or _negated(text, start, match.start())
                or _proposed(text, start, match)
                or _is_of_listed(text, start, match.start() + 1)
            ):
                continue
            if "of" in pattern.groupindex and not _is_told_of(text, *match.span("of")):
                continue
            if currency in _OF_AN_UPDATE and not about_own and _is_on_another(text, match.start(), end, reference):
                continue
            return currency, f"says:{currency}"
    return "", ""


def _is_told_of(text: str, start: int, end: int) -> bool:
    """Whether the page is about what text[start:end] names: its first word, its longest and whom it is for stand elsewhere near the
    top, and no reference in it."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", text[start:end].lower()) if word not in _TELLS_NOTHING]
    longest = max(words, key=len, default="")
    head = f"{text[:start]} {text[end:]}"[:_HEAD].lower()
    told = all(word in head for word in (*words[:1], longest, *_PEOPLE.intersection(words)))
    return len(longest) >= _TELLING and told and not references.find(text, start, end)


_TELLING = 7
"""Letters of a word from which on it tells what a page is about."""
_TELLS_NOTHING = frozenset(
    [
        "the",
        "use",
        "using",
        "and",
        "for",
        "with",
        "managing",
        "management",
        "treating",
        "treatment",
        "preventing",
        "prevention",
        "diagnosing",
        "diagnosis",
    ]
)
"""Words of a topic that many topics share."""
_PEOPLE = frozenset({"children", "adults", "babies", "infants", "adolescents", "pregnancy"})
"""Words that set guidance on an illness apart from other guidance on it."""


def _is_procedures(reference: str | None) -> bool:
    """Whether the reference is one of interventional procedures guidance."""
    return references.document_type((reference or "").rstrip("0123456789")) == "interventional_procedures_guidance"


_OF_PROCEDURES = re.compile(
    r"The\s(?:NICE\s)?(?:IP|interventional\sprocedures?)\sguidance\son\s(?P<topic>[^.;:()]{3,160})\s"
)
"""How a page on a procedure names its own guidance beside that of other kinds: "The IP guidance on heel pressing"."""
_OF_AN_UPDATE = frozenset({"checked_no_update", "update_in_progress", "partial_update_in_progress"})
_TITLED = r"(?:the|our|its)\s(?:NICE\s)?guid(?:eline|ance)\son\s[^.;()\n]{3,160}\((?=[^()\n]{3,60}\))"
_ON_A_GUIDELINE = re.compile(rf"\b(?:updat|amend|revis|review|check|chang)(?:e|es|ed|ing|s)?\s(?:of\s|to\s)?{_TITLED}")
"""What is decided on a guideline that its title and its reference name, right behind the verb."""
_UPDATE_ONE = re.compile(rf"\bupdate\s{_TITLED}")
_ITS_KIND = re.compile(r"(?<=\()(?!(?:which|that|now|formerly|previously)\b)(?:NICE\s)?(?:[\w-]{1,20}\s){0,3}")
"""What may stand before the reference with which a bracket opens."""


def _is_on_another(text: str, start: int, end: int, reference: str | None) -> bool:
    """Whether what is decided there is on another guideline than the page's, by the reference behind its title: "We will update the
    guideline on wax (NICE guideline PH31)"; where the address has none, whether the page decides on several in this way."""
    titled = _ON_A_GUIDELINE.search(text, start, end)
    if titled is None or phrases.pattern(r"\b(?:{self}|it\b)").search(text, start, titled.start()):
        return False
    if reference:
        named = _bracketed(text, titled.end())
        return bool(named) and reference not in named
    return len({one for found in _UPDATE_ONE.finditer(text) for one in _bracketed(text, found.end())}) > 1


def _bracketed(text: str, start: int) -> set[str]:
    """The references in the bracket that has opened before text[start:], where it opens with one."""
    named = references.find(text, start, text.find(")", start))
    if not named or not _ITS_KIND.fullmatch(text, start, named[0].start):
        return set()
    return {one.identifier for one in named}


def _settled(text: str, spans: Sequence[tuple[int, int]], i: int) -> tuple[str, str] | None:
    """What the sentence says a check led to, if the one before it is about the check."""
    if phrases.pattern(_WORDS["settled"]["pattern"]).match(text, *spans[i]) and _is_looked(text, *spans[i - 1]):
        return "checked_no_update", "says:checked_no_update"
    return None


def _in_a_year(text: str, start: int, end: int) -> when.When | None:
    """The one year of a sentence that says when it was looked at: "We checked this guideline in 2031"."""
    years = [
        said
        for match in _IN.finditer(text, start, end)
        if isinstance(said := when.at(text, match.end(), end), when.When)
    ]
    return years[0] if len(years) == 1 and not _PUBLISHED.search(text, start, years[0].start) else None


def _is_of_a_part(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence says with a bare "this" that something was replaced or withdrawn of which the one before it speaks:
    "We amended recommendation 1.4 to remove a reference. This was replaced with …"."""
    return (
        currency in _OUT_OF_FORCE
        and _BARE.match(text, *spans[i]) is not None
        and (_A_PART.search(text, *spans[i - 1]) or _PART_FIRST.match(text, *spans[i - 1])) is not None
    )


def _is_followed(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence says that the document is not the current one, and the next one what stands in its place: "This is not
    the current manual. From May 2031, leaflets were written by the leaflets guide"."""
    return (
        currency == "withdrawn"
        and i + 1 < len(spans)
        and _NOT_CURRENT.search(text, *spans[i]) is not None
        and _FROM_THEN.match(text, *spans[i + 1]) is not None
    )


def _is_done(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence tells of an update that was decided on, and the next one that it was made: "We checked this guideline and
    decided that it should be updated. This guideline was updated in May 2031"."""
    return (
        currency == "update_in_progress"
        and i + 1 < len(spans)
        and _TO_BE_DONE.search(text, *spans[i]) is not None
        and phrases.pattern(_WAS_DONE).match(text, *spans[i + 1]) is not None
    )


_TO_BE_DONE = re.compile(
    r"\b(?:decided|concluded|agreed)\sthat\s[^.;]{2,80}?\s(?:should|needs\sto)\sbe\s(?:fully\s)?updated\b"
)
_WAS_DONE = r"(?:{self}|it) (?:was|has been) (?:then |since |now |fully )?updated\b"
"""What tells that an update was made on which the sentence before decides."""


def _is_of_the_entry(text: str, start: int, span: tuple[int, int], currency: str, reference: str | None) -> bool:
    """Whether a sentence without a subject stands in an entry, which begins at `start`, on another document than the page's own:
    "Heel cream (2007) NICE guideline PH9. Placed on the static list in October 2015."."""
    if currency != "static_list" or _MOVED.match(text, *span) is None:
        return False
    if phrases.pattern(r"\b{self}").search(text, start, span[0]):
        return False
    named = references.find(text, start, span[0])
    decided = None if reference else _decided_of(text)
    return bool(named) and all(one.identifier != reference and one.id != decided for one in named)


_MOVED = re.compile(r"(?:Now\s)?(?:[Mm]oved|[Tt]ransferred|[Pp]laced|[Pp]ut|[Aa]dded)\s")
"""How a sentence begins that says what was done, and not with what."""
_OCCASION = re.compile(
    r"This\s(?:[\w-]+\s){0,3}(?:review|check|surveillance)\s(?:was|is|has|had|followed|looked|focus)"
)
"""How a sentence begins that says why it was looked at: "This exceptional review was prompted by"."""
_NOT_CURRENT = re.compile(r"\b(?:not|no\slonger)\sthe\s(?:current|latest)\s")
_FROM_THEN = re.compile(
    r"(?:From|Since|After)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s[^.]{3,120}?\s(?:using|by|with|to|following)\s"
)


def _is_below_a_part(text: str, blocks: Sequence[Block], i: int, said: Statement) -> bool:
    """Whether a bare "this" is said to be replaced or withdrawn right below a recommendation that its number opens, as a table of
    changes prints the two."""
    start = said.spans[0][0]
    if said.currency not in _OUT_OF_FORCE or start - blocks[i].start > 3 or not _BARE.match(text, start):
        return False
    return any(_OPENS_WITH_NUMBER.match(text, block.start, block.end) for block in blocks[max(i - 2, 0) : i])


_OPENS_WITH_NUMBER = re.compile(r"[\s•*|-]{0,4}(?:Recommendation\s)?\d{1,2}(?:\.\d{1,3}){1,4}\s")


def _decision(text: str, blocks: Sequence[Block], i: int, reference: str | None) -> Statement | None:
    """What was decided, behind "Review decision:" or below a line that says no more than "Surveillance decision"; what it names by
    a reference is the page's own, where its address has one."""
    label = _DECISION_LABEL.match(text, blocks[i].start, blocks[i].end)
    if not label and i:
        label = _DECISION_LINE.fullmatch(text, blocks[i - 1].start, blocks[i - 1].end)
    if not label:
        return None
    at = max(label.end(), blocks[i].start)
    for currency, pattern in _decisions():
        if found := pattern.match(text, at, blocks[i].end):
            if reference and (found.groupdict().get("named") or reference) != reference:
                continue
            stop = found.end() + text.startswith(".", found.end(), blocks[i].end)
            still = _STILL_CURRENT.match(text, stop, blocks[i].end) if currency == "checked_no_update" else None
            stop = still.end() if still else stop
            start = label.start("label") if label.end() > blocks[i].start else at
            return Statement(currency, ((start, stop),), "decision")
    return None


_STILL_CURRENT = re.compile(r"\s{1,3}(?:The\s)?[Pp]ublished\sguidance\s(?:is\s|remains\s)?(?:still\s)?current\.?")
"""What is said besides where nothing is to be updated."""
_DECISION_LABEL = re.compile(r"[ \t•|*-]{0,6}(?P<label>Review\s[Dd]ecision)\s?[:–-]?\s{0,4}")
_DECISION_LINE = re.compile(
    r"[ \t•|*-]{0,6}(?P<label>(?:(?!Provisional|Draft|Proposed)[A-Z\d][\w ]{1,40}\s)?[Dd]ecision)\s?:?\s{0,4}"
)


def _subject(text: str, start: int, verb: int) -> subject.Subject:
    """The verb's subject: the sentence's, or that of the clause that ends at the verb."""
    about = subject.of(text, start, verb)
    if not about.own and _is_decided_on(text, start, verb):
        return subject.OWN
    if about.own and not _is_of_listed(text, start, verb):
        return about
    clause = max((match.end() for match in _CLAUSE.finditer(text, start, verb)), default=start)
    if _is_of_listed(text, start, clause):
        return subject.OTHER
    if clause >= verb and _own_start().match(text, start, clause) and not references.find(text, start, clause):
        return subject.OWN
    if clause > start and not _stands_for_another(text, start, clause):
        about = subject.OWN if _is_decided_on(text, clause, verb) else subject.of(text, clause, verb)
    if not about.own and _BY_TITLE.match(text, clause, verb) and not references.find(text, clause, verb):
        title = " ".join(text[clause:verb].split()).lower()
        name = title.partition(" on ")[2]
        if len(name) > 8 and text[:2000].lower().count(name) > 1:
            return subject.OWN
    return about


_DECISION = re.compile(r"[^\n]{3,400}?\b[Dd]ecision\b")
"""How a page begins that tells what was decided of the guidance that its first line names."""
_SO = re.compile(r"(?:(?:Consequently|Therefore|Accordingly|As\sa\sresult|Hence|So),?\s)?")


def _is_decided_on(text: str, start: int, verb: int) -> bool:
    """Whether the verb's subject is the reference that the page's first line begins with, on a page that tells a decision on it."""
    start = so.end() if (so := _SO.match(text, start, verb)) else start
    named = references.find(text, start, verb)
    if named and (some := _ADVICE_OF.match(text, start, verb)) and some.end() == named[0].start:
        return _decided_of(text) in {one.id for one in named} and not _ANOTHER_CLAUSE.search(text, some.end(), verb)
    if len(named) != 1 or named[0].start != start or not _TITLE_OF_IT.fullmatch(text, named[0].end, verb):
        return False
    return named[0].id == _decided_of(text)


def _decided_of(text: str) -> str | None:
    """The one document that the first lines name of a page that tells what was decided of it; one that lists several has none."""
    if _DECISION.match(text):
        first = references.find(text, 0, _REFERENCE_LONGEST)
        return first[0].id if first and first[0].start == 0 else None
    if _REVIEW.match(text) is None:
        return None
    named = {reference.id for reference in references.find(text, 0, _LINES_LONGEST)}
    return named.pop() if len(named) == 1 else None


_ADVICE_OF = re.compile(r"(?:The|the)\s(?:recommendations?|guidance|advice)\s(?:from|in|of)\s(?:NICE\s)?")
"""What a decision may be on that moves the advice of several documents at once: "the recommendations from TA1, TA2 and TA3"."""
_ANOTHER_CLAUSE = re.compile(r"[.;:]\s|,\s(?:which|but|while|whereas)\b")
_TITLE_OF_IT = re.compile(r"[\])]?(?:\s?[;:,–-]\s[^.;:\n]{3,200})?\s*")
"""What may stand between a reference and its verb: the title, "TA1; Heel cream" was moved."""
_REVIEW = re.compile(r"(?:[A-Z][\w ]{0,40}\s)?(?:[Rr]eview|[Dd]ecision)\b[^\n]{0,60}\n")
_REFERENCE_LONGEST = 80
_LINES_LONGEST = 400


def _is_of_listed(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] speaks of documents that the page lists, or of many: "Guidelines placed on the static list"."""
    return _OF_LISTED.search(text, start, end) is not None or _OF_MANY.match(text, start, end) is not None


def _stands_for_another(text: str, start: int, clause: int) -> bool:
    """Whether a bare pronoun at `clause` stands for a document named before it: "We issued advice in 2031 (IPG1) and this was"."""
    if _BARE.match(text, clause) is None or _own_start().match(text, start, clause):
        return False
    return bool(references.find(text, start, clause))


def _own_start() -> re.Pattern[str]:
    return phrases.pattern("{self}(?! (?:on|and|or) )")


def _is_others(text: str, start: int, verb: int) -> bool:
    """Whether the verb's clause is what someone else said or thought, not the publisher: "Two experts agreed that the"."""
    said = _SAID.match(text, start, verb)
    return said is not None and _PUBLISHERS.search(said["who"]) is None


_SAID = re.compile(
    r"(?P<who>[^.;:\n]{2,120}?)\s(?:said|thought|felt|agreed|noted|commented|stated|suggested|believed|argued|indicated|responded|told\sus)\s(?:that\s)?"
)
_PUBLISHERS = re.compile(
    r"\b(?:[Ww]e|NICE|[Ii]t\swas|[Ii]t\shas\sbeen|committee|[Dd]evelopment\s[Gg]roup|GDG|panel|review|surveillance|programme|Institute|Executive|Agency)"
    r"(?:,?\s(?:has|have|had|also|all|then|therefore|now|\w+ly))*$"
)
_CLAUSE = re.compile(r",\s(?:and\s|but\s|so\s)?(?:therefore\s)?|;\s|:\s|\band\s|\bthat\s|\.(?=[A-Z])")
_OF_LISTED = re.compile(
    r"\b(?:lists?|shows?|contains?|covers?|details?|links?\sto|all|following)\s(?:[\w’'-]+\s){0,5}?(?:guid\w+|appraisals|documents|standards|statements|recommendations|topics)\s(?:that|which)\s(?:(?:has|have|had|was|were|are|is)\s(?:now\s|since\s)?(?:been\s)?\w*)?$"
    r"|\b(?:guidelines|appraisals|documents|standards)\s(?:to\sbe\s)?\w?$"
)
"""Others that the page only lists: "This table lists guidelines that" have been withdrawn."""
_OF_MANY = re.compile(
    r"(?:(?:The|All|Some|Any|NICE|Clinical|Published)\s){0,3}(?:[Gg]uidelines|[Dd]ocuments)\s(?![^,;]*\bth(?:is|ese)\b)"
)
"""What speaks of many documents, and not of "this" one."""
_BY_ITS_OWN = re.compile(
    r"\sby\s(?:(?:\d{1,2}|an?|the|one|two|three|four|several)\s)?(?:new\s|revised\s)?(?:quality\s)?(?:statements?|recommendations?)(?!\s\d)(?!\s(?:in|of|from)\s)\b"
)
"""What took a part's place within the same document: "statement 11 was replaced" by 2 statements."""
_REWORDED = re.compile(
    r"(?:,?\sand)\s(?:(?:is|are|was|were|have\sbeen|has\sbeen)\s)?(?:now\s|also\s)?(?:adapted|taken|drawn|derived|based|reworded|rewritten|renumbered|moved|merged|incorporated)\b"
)
"""How a sentence goes on that tells of parts worded anew within the same document: "have been replaced" and are adapted from another."""
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
_BY_TITLE = re.compile(r"The\s(?!source\b)[\w\s-]{3,40}?guid(?:ance|eline)\son\s")
_SUPPOSED = re.compile(
    r"(?:If|Unless|The\sfollowing)\s|(?:An?|The|In\s(?:an?|the))\s(?:previous|earlier|former|prior)\s(?:[\w-]+\s){0,3}?(?:surveillance|reviews?|checks?|decisions?|updates?)\b"
)
"""How a sentence opens on what would be, on documents that are listed below it, or on an earlier decision: "A previous surveillance
decision in 2014"."""
_SOME_OF_IT = re.compile(r"(?:These|The\sabove)\s(?:\w+\s)?recommendations?\s")
"""What may be no more than the recommendations just spoken of, when they are said to be withdrawn."""
_BARE = re.compile(r"(?:this|it|these|they)\s(?:was|were|has|have|is|are)\b", re.IGNORECASE)
_A_PART = re.compile(
    r"\b(?:[Aa]mend|[Cc]hang|[Cc]orrect|[Rr]emov|[Dd]elet|[Rr]eword|[Rr]evis|[Uu]pdat|[Aa]dd|[Cc]larifi)ed\b.{0,200}?"
    r"\b(?:recommendation|section|paragraph|reference|wording|sentence|statement|footnote|table|figure|definition|term|link|name)s?\b"
)
_PART_FIRST = re.compile(
    r"(?:Recommendation|Section|Paragraph|Footnote|Table|Figure)s?\s\d|\d{1,2}(?:\.\d{1,3}){1,4}\s"
)
"""A part that was changed, or that the sentence begins with: a bare pronoun in the next may stand for it, rather than for the
document."""
_NOT = re.compile(r"\b(?:not|if|when|whether|unless|before)\s(?:\w+\s){0,2}$", re.IGNORECASE)


_GENERAL = re.compile(
    r"(?:(?:Published|Technology|NICE|All|Any|Clinical)\s){0,2}(?:[Tt]opics?|[Gg]uidance|[Gg]uidelines|[Aa]ppraisals)\s"
    r"(?:(?:that|which)\s|on\s|(?:is|are|may|can|will|would|should|has|have)\s(?=[^.]{0,200}?\s(?:if|when|where|once|unless|after|until|following)\s))"
)
"""How a sentence opens on what becomes of any guidance: "Guidance is moved to the static list when"."""


def _is_anothers(text: str, start: int, at: int) -> bool:
    """Whether the words before what is said name a document that is not the one whose decision the page tells."""
    named = references.find(text, start, at)
    return bool(named) and any(one.id != _decided_of(text) for one in named)


def _is_on_something_else(text: str, start: int, end: int) -> bool:
    """Whether the sentence begins with guidance on what the head of the page does not name: "The NICE guideline on wax was moved"."""
    about = _ON_A_TOPIC.match(text, start, end)
    return about is not None and text[:_HEAD].lower().count(about["topic"].lower()) < 2


_ON_A_TOPIC = re.compile(
    r"The\s(?:NICE\s)?guid(?:ance|eline)\son\s(?P<topic>(?!th(?:is|ese)\b)[^.;:,\n]{4,120}?)\s(?:was|is|has|will|should)\s"
)
_HEAD = 2000


def _proposed(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the sentence only proposes what the match says: "it is proposed that the guidance is placed on the static list"."""
    return (
        has_any(text[start : match.start()], ("propos", "Propos"))
        and _PROPOSAL.search(text, start, match.start()) is not None
    )


_PROPOSES = re.compile(r"(?:Review\s)?[Pp]roposal\sto\s(?:move|transfer|add|place)\b")
"""The heading of what only proposes to change the standing, of this guidance and perhaps of others beside it."""
_PROPOSAL = re.compile(r"\b[Pp]ropos(?:ed?|es|ing|als?)\b")


def _negated(text: str, start: int, at: int) -> bool:
    return _NOT.search(text, max(start, at - 30), at) is not None


def _is_looked(text: str, start: int, end: int) -> bool:
    match = phrases.pattern(_WORDS["looked"]["pattern"]).search(text, start, end)
    if match is None or references.find(text, start, match.start()):
        return False
    return not match["verb"] or _subject(text, start, match.start("verb")).own


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"[ \t•|*-]{{0,6}}(?P<label>{'|'.join(_WORDS['label'])})(?: on| date)?\s{{0,2}}:", re.IGNORECASE)


@cache
def _stamps() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(words), currency) for words, currency in _WORDS["stamp"].items())


@cache
def _decisions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = _WORDS["named"]["pattern"]
    later = "(?: at (?:this|the present) time| at present| for now)?"
    ends = r"(?=[.;,]|\s[–—-]\s|\s(?:because|but)\b|\s*$)"
    return tuple(
        (currency, phrases.pattern(f"(?:{words.replace('{named}', named)}){later}{ends}"))
        for currency, words in _WORDS["decision"].items()
    )


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(rule["currency"], tuple(rule["cues"]), tuple(rule["patterns"])) for rule in _WORDS["rules"])
