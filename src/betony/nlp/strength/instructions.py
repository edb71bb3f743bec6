"""A plain imperative, at the start or behind an opening clause: "Offer a scan", "If it hurts, stop"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.opening import CONNECTIVE
from betony.nlp.clauses.signs import depth
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of, longest_first
from betony.nlp.strength import done_to, groups, objects, second_deeds
from betony.nlp.strength.against import NOTHING, TO_AVOID
from betony.nlp.strength.nouns import is_noun
from betony.nlp.strength.openings import both, group_or_condition
from betony.nlp.strength.verbatim import content_end, quoted
from betony.nlp.strength.verbs import deeds, opening_word, starts_with_verb, verb_set
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_NEGATIVE = r"(?:do\s+not|don['’]t|never)\s+"
_ADVERB = r"(?:(?:please|only|also|always|then|first|not|routinely|\w+ly)\s+){0,2}"
_NOUN_FOLLOWS = (
    r"(?!\s+(?:of|is|are|was|were|has|should|must|may|can|could|will|would|had|does|did|and/or)\b"
    r"|\s*[,;:.)/-]\s*(?:\w+\s+)?(?:of|is)\b|['’-]s?\b)"
)
_NOT_DOING = re.compile(r"\s+not\s+(?:to\s+)?\w+")
"""Behind "Consider": what is not to be done."""
_NOT_TO = re.compile(r"\s+not\s+to\s")
_AGAINST = re.compile(r"\s+against\s")
_SELDOM = re.compile(r"(?:rarely|seldom)\b", re.IGNORECASE)
_REFER_TO_PAGE = re.compile(
    r"refer\s+to\s+(?:the\s+)?(?:original|full|guideline|accompanying|companion|tables?|figures?|sections?|appendix|appendices|annex|chapters?|summary\sof\schanges)\b",
    re.IGNORECASE,
)
_OF_A_SITE = re.compile(
    r"\b(?:us|our|website|web\s?site|web\s?page|page|link|form|survey|feedback|comments?|e-?mail|leaflet|booklet|click|download|log\s?in|sign\sin|see|refer|note|read)\b",
    re.IGNORECASE,
)
"""Behind "please": what readers of a page are asked to do, not people in care."""
_RULED = re.compile(r"\b(?:recommends?|suggests?|should|must|(?<!\bwho\s)(?<!\bthat\s)(?<!\bor\s)may)\b", re.IGNORECASE)
"""What rules the clause before a comma, so that no instruction stands behind it."""
_FOUND = re.compile(
    r",\s[^,;:]{3,160}\b(?:has|have|was|were)\s(?:\w+ly\s)?(?:been\s)?(?:\w+ly\s)?(?:shown|found|demonstrated|reported|associated|proven|observed|seen)\b"
)
"""What was found out, told before a comma behind which its verbs go on: "In trials, scans have been shown to help, reduce"."""
_THEY_DID = re.compile(
    r",\sthe\s(?:[A-Z]{2,4}|committee|panel|(?:\w+\s)?group|board|authors)\s(?:also\s|then\s)?(?:\w+ed|took|made|had|drew|saw|gave|used|found|heard)\s"
)
"""What those who wrote it did, told before a comma behind which a noun may look like a verb: "the panel weighed trials, reports"."""
_SUBORDINATE = re.compile(r"(?:If|When(?:ever)?|Where(?:ver)?|Because|Since|Although|Though|Unless|While|Whilst|As)\s")
_ROW_SUGGESTS = re.compile(
    r"(?:(?!\b(?:we|panel|group|committee|authors?|guidelines?)\b)[^,;:.()]){2,60}(?:,\s[^,;:.()]{2,60}){1,4}?,?\s(?:or|and)\s(?:(?!\b(?:we|panel|group|committee|authors?|guidelines?)\b)[^,;:.()]){2,60}\ssuggests?\s"
)
"""A row of signs of which a condition tells what they suggest: "If pain, cracks or tests suggest gout"."""
_ROW_OF_STATES = re.compile(r"[a-z]+(?:,\s[a-z]+){0,3},?\s(?:and|or)\s[a-z-]+,\s(?P<verb>[a-z]+)\s")
"""The rest of a row of adjectives, one of them a verb as well, before an instruction: "is dry, clean and warm, offer"."""
_EXAMPLES = ("For example, ", "For instance, ")
"""How it begins how what was told before may be done: "For example, put up signs"."""
_MISSES_NEWS = re.compile(
    r"(?:Do\snot|Don['’]t|Never)\smiss\s(?:out\b|(?:an?|any|our|the|another)\s(?:[\w-]+\s){0,2}(?:issues?|updates?|news|newsletters?|editions?|articles?|posts?|events?|offers?|opportunit(?:y|ies))\b)",
    re.IGNORECASE,
)
"""How a publisher asks a reader to subscribe: "Don't miss a single issue"."""
_NOTHING_YET = ("make sure", "be sure", "ensure", "ensure that", "make sure that", "do not", "consider")
"""What a capture that breaks off has kept of an instruction, and says nothing to do."""
_FOR_MORE = re.compile(
    r"(?:To\s(?:find\sout|learn|read|know|see)\smore\b|For\s(?:more|further|additional|the\s(?:latest|most\s(?:recent|up-to-date)))\s(?:information|details|guidance|advice|help|figures|data|news|updates?)\b)"
    r"[^.;:]{0,120},\s(?:please\s)?(?:visit|see(?!\san?\b)|go\sto(?!\s(?:A&E|hospital|an?|your)\b)|take\s(?:the|this|our)\s(?:[\w-]+\s){0,3}(?:course|quiz|survey|module)|read|contact\s(?:us|the|our)|refer\sto|check\s(?:the|our)|call\s(?:us|the|our)|e-?mail|click|view|access|download)\b"
    r"|For\s(?:(?!children|adults|people|patients|women|men)[\w-]+\s){0,4}(?:information|details|guidance|advice|lists?|links?|examples?|resources?)\b[^.;:]{0,120},\s(?:please\s)?(?:visit|see(?!\san?\b)|go\sto(?!\s(?:A&E|hospital|an?|your)\b)|view|download|click)\b"
)
"""How it begins where a reader finds more: "For the latest figures, visit"."""
_FIRST_WORD = re.compile(r"[\w-]+")
_BEFORE_VERB = frozenset(
    {"please", "do", "don", "never", "only", "also", "always", "then", "first", "not", "routinely"}
)
_SEE = re.compile(
    r"[Ss]ee\s(?P<who>(?:an?|your|the)\s[\w\s]{2,40}?)(?=\s(?:if|as|when|for|about|and|to|who|urgently|immediately)\b|[.,;:]|$)"
)
_SEE_SOON = re.compile(
    r"see\s(?:all\s|any\s)?(?:adults|people|children|women|men|patients|infants|babies)\s(?:with|who|aged)\s[^;:]{3,200}?"
    r"\s(?:within\s(?:\d|an?\s|one|two|three|four)|every\s|at\sleast\s|on\sthe\ssame\sday\b|urgently\b|immediately\b)",
    re.IGNORECASE,
)
"""How people are to be seen by a time: "see adults with gout within 2 weeks"."""
_SEE_AS = re.compile(
    r"[Ss]ee\s(?:them|him|her|it|(?:every|each|all|any|the|people|adults|children|patients|families)[^,.;:]{0,120}?)\sas\s(?!soon\b|well\b|appropriate\b)"
)
"""How somebody is to be thought of: "see them as being at low risk", unlike "see the guideline"."""
_LEADS = re.compile(
    r"(?:For\s[^,:;.]{5,120}|When\s(?:\w+ing|['‘][^'’]{3,30}['’]))\s(?P<verb>[a-z]{3,20})\s?:(?=\s|$)"
    r"|For\s(?:(?!\s(?:who|whom|that|which)\s)[^,:;.]){5,120}\s(?P<plain>consider|offer)\s(?=an?\s|the\s)"
)
"""A lead that names the group and ends in its verb: "For patients with a cough explain:"."""
_OF_WHOM = re.compile(
    r"\b(?:who|whom|whose|that|which)\b(?!\s(?:are|is|have|has|had|were|was)\b)[^,:;.]*\s$|\b(?:not|to|can|cannot|may|might|do|does|did)\s$"
)
"""What stands before a verb that tells of a group, and not what to do: "for people in whom wax does not help:"."""
_PLAIN_WORD = r"(?!(?:and|or|that|who|whom|whose|which|whether|if|when|where|because|how|what|why|should|must|may|can|will|would|could)\b)[^\s,:;.()]+"
_IS_A_NOUN = re.compile(
    r"\b(?:an?|the|had|need|needs)\s(?:[\w-]+\s)?(?:test|review|screen|check|transfer|measure|support|report|record|scan)\s?:?\s?$"
)
"""What those have had whom a lead names, and nobody is told to do: "For adults who have had a blood test:"."""
_QUESTION = re.compile(r"\s(?:where|which|what|how|whether|why)\s")
"""The first of several questions: "ask where the pain is, when it comes on"."""
_THEN_STOP = re.compile(r"\S\sand\s(?:then\s)?(?:stop|discontinue|withdraw|switch|repeat|increase|restart)\s")
"""What is to be done second, whose condition the one behind it is: "assess the heel and stop wax if it has not healed"."""
_ASKED_OF = re.compile(
    r"(?:\sout)?(?:\s(?:with|from)\s(?:the|your|their|an?|each|every|any|people|adults|patients|women)\b[^,;:.]{0,40}?)?\s?"
)
"""What stands between a verb of asking and what is asked: "find out from the person" if it hurts."""
_DRAWN_OUT = re.compile(r"\b(?:wait|delay|defer|postpone|continue|leave|keep|withhold)$")
"""Verbs that tell until when something goes on: "do not wait until"."""
_HELD_AGAINST = ("relate", "compare")
"""Verbs whose "to" ends the words for a group: "relate the weight of children to the chart"."""
_DONE_TO_THEM = (
    "treat",
    "manage",
    "admit",
    "refer",
    "assess",
    "reassess",
    "reassure",
    "test",
    "vaccinate",
    "immunise",
    "immunize",
)
"""Verbs behind which those stand to whom it is done."""
_TOLD_APART = ("distinguish", "differentiate")
"""Verbs behind which nobody can tell which of two is the group, unless it stands there whole."""
_LOOKED_AT = ("assess", "reassess", "test")
_AN_OBJECT = re.compile(r"\s(?:an?|all|any|their|each|every|the\sfollowing)\s(?!(?:is|are|was|were)\b)")
_CLOSED_BY_BRACKET = re.compile(
    r"(?:(?:If|When|Where|Before|After)\s(?:(?!\b(?:should|must)\b)[^,;:.()]){8,160}\s\((?:for\sexample|such\sas|that\sis|including|see)\b[^()]{3,160}\)"
    r"|(?:When|Before|After)\s\w+ing\s(?:(?!\b(?:should|must)\b)[^,;:.()]){3,160}\s\([^()]{3,160}\))\s(?P<verb>[a-z]+)\s(?=(?:to|the|that|an?|all|any|their|them|what|how|why|whether|people|adults|patients|women|children)\b)"
)
"""A condition that a bracket ends, before an instruction: "If balm will touch them (for example, wax) explain why"."""
_DOING = ("Using ", "Working ", "Taking ", "Bearing ")
"""How an opening begins that says by what or with whom, and ends at its first comma."""
_READINESS = re.compile(
    r"\san?\s(?:very\s)?(?:high|low|lower)\s(?:(?:clinical\s)?(?:index|level|degree)\sof\s(?:clinical\s)?suspicion|threshold)\b"
)
_AND_DO = re.compile(r"\s(?:and|or)\s(?P<second>[a-z]+)\s(?!(?:is|are|was|were|should|must|may|can|will)\b)")
_PAUSE = re.compile(r"[,:]\s+")


def find(sentence: str) -> tuple[int, Wording] | None:
    """An instruction: at the start, or behind an opening clause."""
    if not (starts_with_verb(sentence) or sentence[:_ALSO_LONGEST].lower().startswith(_ALSO_VERBS)):
        return None
    if (
        sentence.rstrip(" .").lower() in _NOTHING_YET
        or sentence.startswith(_EXAMPLES)
        or _MISSES_NEWS.match(sentence)
        or (sentence.startswith(("To ", "For ")) and _FOR_MORE.match(sentence))
    ):
        return None
    for at in _starts(sentence):
        match = _imperative_pattern().match(sentence, at) if _may_instruct(sentence, at) else None
        if match is None or (at > 0 and not _opens(sentence, at)):
            continue
        if at and (row := _ROW_OF_STATES.match(sentence, at)) and row["verb"] in verb_set():
            continue
        population, condition = (
            group_or_condition(sentence[:at].rstrip(" ,:").removesuffix(" please")) if at else (None, None)
        )
        if at and (_RULED.search(sentence, _end_of_subordinate(sentence), at) or _FOUND.search(sentence, 0, at)):
            return None
        if at and _THEY_DID.search(sentence, 0, at):
            return None
        verb = (match["verb"] or "").lower()
        verbs = vocabulary.read("recommendations")["imperatives"]
        if not (match["not"] or match["phrase"] or _planned(sentence, match)) and verb in verbs["hollow"]:
            continue
        if _leads_elsewhere(sentence, match.start("verb"), verb):
            continue
        if not match["not"] and is_noun(sentence, match, verb):
            continue
        if sentence[match.start() : match.end()].lower().startswith("please") and _OF_A_SITE.search(sentence, at):
            continue
        denied = match["not"] is not None
        conditional = verb in verbs["conditional"]
        against = denied != (_verb_of(match) in verbs["missed" if denied else "against"])
        if _turns(sentence, match, verb):
            against = not against
        if conditional and (_NOT_DOING.match(sentence, match.end()) or TO_AVOID.match(sentence, match.end())):
            against = not against
        if match["not"]:
            term = squeeze(sentence[match.start("not") : match.end()])
        else:
            term = squeeze(match["phrase"] or match["verb"])
        tail = trailing(sentence, match.end(), content_end(sentence))
        if tail and (
            _is_asked(sentence, match.end(), tail[0], verb)
            or _THEN_STOP.search(sentence, match.end(), tail[0])
            or second_deeds.is_of_second(sentence, match.end(), tail[0])
        ):
            tail = None
        if tail is None and denied and against and not _DRAWN_OUT.search(match.group()):
            tail = second_deeds.until(sentence, match.end())
        condition = both(sentence, condition, tail)
        population = (
            population or objects.group(sentence, match, _verb_of(match)) or _group_behind(sentence, match, verb)
        )
        if population is None and at:
            population = done_to.group(sentence[:at].rstrip(" ,:"))
        if population is None and tail:
            population = done_to.group(quoted(sentence, tail))
        if population and verb in _HELD_AGAINST:
            population = population.partition(" to ")[0]
        code = "conditional" if conditional else "strong"
        return match.end(), Wording(code, term, "against" if against else "for", None, condition, population)
    return None


def _group_behind(sentence: str, match: re.Match[str], verb: str) -> str | None:
    """The group that the words behind the verb name, or from the verb on where those to whom it is done stand there."""
    if verb in _TOLD_APART:
        return None
    return groups.group(sentence, match.start("verb") if _is_done_to_them(sentence, match, verb) else match.end())


def _is_done_to_them(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether those to whom it is done may stand right behind the verb: but not where two things stand behind "for", of which nobody
    can tell which it is that they are assessed for."""
    return verb in _DONE_TO_THEM and not (verb in _LOOKED_AT and sentence.count(" for ", match.end()) > 1)


_PART_OF_A_BODY = re.compile(
    r"\s(?:(?:the|any|all|their|your|an?|each|open)\s)?(?:(?:person|patient|child|baby|infant)['’]s\s)?(?:[\w-]+\s){0,2}?"
    r"(?:burns?|wounds?|skin|cuts?|eyes?|lesions?|injur(?:y|ies)|sores?|ulcers?|mouth|nose|head|bod(?:y|ies)|hands?|heels?|foot|feet)\b"
)
"""What a verb is done to that is a noun as well: "dress the wound", "patch their eye"."""


def _planned(sentence: str, match: re.Match[str]) -> bool:
    """Whether "plan", which is a noun as often, has an object or stands with another verb: "Plan a review", "Plan and run"; or what
    somebody is to "have" is readiness: "Have a low threshold for scans"; or what is to be covered is part of a body."""
    if (match["verb"] or "").lower() == "have":
        return _READINESS.match(sentence, match.end()) is not None
    if (match["verb"] or "").lower() == "cover":
        return _PART_OF_A_BODY.match(sentence, match.end()) is not None
    if (match["verb"] or "").lower() != "plan":
        return False
    joined = _AND_DO.match(sentence, match.end())
    return _AN_OBJECT.match(sentence, match.end()) is not None or (
        joined is not None and joined["second"] in (verb_set() | frozenset(_ALSO_VERBS))
    )


def is_instruction(words: str) -> bool:
    """Whether the words open with what to do."""
    told = find(words)
    return told is not None and words.startswith(told[1].term or "-")


_READ_MORE = re.compile(
    r"(?:learn|read|see|discover)\s+(?:more|about)\b|use\s+(?:this|the)\s(?:[\w/-]+\s){0,4}(?:checklist|tool|calculator|quiz|form|table|chart|map)\sto\s(?:find\sout|learn|see)\s?[.;]?$|watch\s+(?:this|our|the)\s(?:[\w-]+\s){0,2}(?:clip|video|film|animation)\b",
    re.IGNORECASE,
)
"""How a reader is sent to something else on the site: "Learn more about heels", "Use this quick checklist to find out"."""


def _leads_elsewhere(sentence: str, start: int, verb: str) -> bool:
    """Whether the verb at sentence[start:] sends a reader to something to read: "See the table", "Refer to the original guideline"."""
    if verb == "see":
        return not sees_somebody(sentence, start)
    if verb in ("go", "visit") and _LOST.match(sentence, start):
        return True
    sent = _SENT_ELSEWHERE.get(verb)
    if sent is None or sent.match(sentence, start) is None:
        return False
    further = _AND_FURTHER.search(sentence, start) if sent is _TO_AN_ADDRESS else None
    return further is None or further["verb"] in _ON_A_SITE or further["verb"] not in verb_set()


_FIND_OUT = re.compile(
    r"find\s+out\s+(?:more\b|(?:what|how|why|about)\s[^.;:]{1,160}\s(?:on|from|in)\s(?:the|our|its|a)\s(?:[\w’'-]+\s){0,6}(?:page|website|site|guide|webpage)s?\b)",
    re.IGNORECASE,
)
"""How a reader is sent to another page: "Find out what this means on the publisher's page"."""
_TO_AN_ADDRESS = re.compile(r"\w+\s+(?:to\s+)?(?:the\s+|our\s+)?(?:https?://|www\.)", re.IGNORECASE)
"""How a reader is sent to an address: "Go to www.example.org for"."""
_AND_FURTHER = re.compile(r"\sand\s(?P<verb>[a-z]+)\s")
"""What somebody is to do besides looking at an address: "Check www.example.org and seek advice"."""
_ON_A_SITE = frozenset(
    {"get", "find", "see", "read", "learn", "view", "download", "select", "click", "choose", "print", "use", "to"}
)
_LOST = re.compile(r"(?:go\s+to|visit)\s+(?:for|and|to|or|at)\s", re.IGNORECASE)
"""How a reader is sent to an address that a capture has lost: "Please go to for current information"."""
_SKIP_TO = re.compile(
    r"skip\s+(?:to|the\snav\w+|nav\w+|links?|main|menu|ads?|this\s(?:section|page|step|video))\b", re.IGNORECASE
)
"""How a reader of a page passes over part of it: "Skip to main content"."""
_SENT_ELSEWHERE = {
    "skip": _SKIP_TO,
    "find": _FIND_OUT,
    **dict.fromkeys(("go", "visit", "check", "access", "view"), _TO_AN_ADDRESS),
    "refer": _REFER_TO_PAGE,
    **dict.fromkeys(("learn", "read", "use", "discover", "watch"), _READ_MORE),
}


def _turns(sentence: str, match: re.Match[str], verb: str) -> bool:
    """Whether words beside the verb turn it around: "try not to lift", "advise against it", "offer no balm"."""
    verbs = vocabulary.read("recommendations")["imperatives"]
    end = match.start("verb") + len(match["phrase"]) if match["phrase"] else match.end()
    if _NOT_TO.match(sentence, end):
        return verb in verbs["turned"] or squeeze(match["phrase"] or "").lower() == "make sure"
    if _AGAINST.match(sentence, end):
        return verb in verbs["advising"]
    avoids = verb in verbs["turned"] and TO_AVOID.match(sentence, end) is not None
    nothing = NOTHING.match(sentence, end) is not None and verb not in verbs["telling"]
    return avoids or nothing or _SELDOM.match(sentence, match.start()) is not None


def sees_somebody(sentence: str, start: int) -> bool:
    """Whether sentence[start:] is about seeing a doctor, not a page."""
    if _SEE_AS.match(sentence, start) or _SEE_SOON.match(sentence, start):
        return True
    seen = _SEE.match(sentence, start)
    return seen is not None and actors.kinds(seen["who"])[:1] == ("clinician",)


def _is_asked(sentence: str, start: int, end: int, verb: str) -> bool:
    """Whether "if …", behind sentence[start:end], is what is asked or checked: "ask the patient if there is pain"."""
    if verb == "ask" and _QUESTION.match(sentence, start, end):
        return True
    if verb == "ask":
        return not has_any(sentence[start:end], (" to ", " about ", " for ", ","))
    return (
        _ASKED_OF.fullmatch(sentence, start, end) is not None
        and verb in vocabulary.read("recommendations")["imperatives"]["asking"]
    )


def _end_of_subordinate(sentence: str) -> int:
    """Where the clause ends that opens the sentence with a reason, a condition or a time and has a verb of its own."""
    opened = _SUBORDINATE.match(sentence)
    row = _ROW_SUGGESTS.match(sentence, opened.end()) if opened else None
    comma = _PAUSE.search(sentence, (row or opened).end()) if opened else None
    while comma and depth(sentence, 0, comma.start()):
        comma = _PAUSE.search(sentence, comma.end())
    return comma.start() if comma else 0


def _verb_of(match: re.Match[str]) -> str:
    """The verb of an instruction, in lower case, also where it is denied ("Do not avoid")."""
    return (match["verb"] or match.group().split()[-1]).lower()


_TOLD_WHAT_WAS_DONE = re.compile(
    r"(?:When|In|While|After|Before|On)\s\w+ing\s[^,;:]{3,120},\s(?=(?:the|we|our|this)\s(?:[^,;:](?!\b(?:has|have|is|are|was|were|been|be)\s)){2,120}?\s\w+ed\s(?:the|an?|all|its|their|this|these|how|whether)\b)"
)
"""The opening of a sentence that tells what was done: "When drafting the advice, the group weighed the evidence, interview data"."""
_ALSO_VERBS = (
    "grade", "stage", "code", "audit", "run", "bear", "focus", "swallow", "chew", "inhale", "drink", "eat", "open", "close", "empty", "fill",
    "repair", "filter", "drain", "brush", "rub", "turn", "lift", "warm", "heat", "institute", "list",
)  # fmt: skip
"""Nouns that open an instruction right before their object alone, and end no words for a group: "Grade the tumour"."""
_ALSO_LONGEST = max(map(len, _ALSO_VERBS))


def _may_instruct(sentence: str, at: int) -> bool:
    """A cheap look that passes whatever may be an instruction at `at`."""
    word = _FIRST_WORD.match(sentence, at)
    if word is None:
        return False
    first = word.group().lower()
    return first in verb_set() or first in _ALSO_VERBS or first in _BEFORE_VERB or first.endswith("ly")


def _starts(sentence: str) -> Iterator[int]:
    """Where a main clause may start: at the sentence, and behind the commas and colons of one with an opening clause."""
    first = CONNECTIVE.match(sentence)
    start = first.end() if first else 0
    yield start
    if not opening_word().match(sentence, start):
        return
    told = _TOLD_WHAT_WAS_DONE.match(sentence, start)
    for match in _PAUSE.finditer(sentence, start, told.end() if told else len(sentence)):
        if depth(sentence, 0, match.start()) == 0:
            yield match.end()
            if sentence.startswith(_DOING, start):
                return
    if " please " in sentence and (asked := _THEN_PLEASE.match(sentence, start)):
        yield asked.end("before") if asked["denied"] else asked.start("before")
    if (closed := _CLOSED_BY_BRACKET.match(sentence, start)) and closed["verb"] in deeds():
        yield closed.start("verb")
    lead = _LEADS.match(sentence, start)
    if lead and lead["verb"] and _OF_WHOM.search(sentence, start, lead.start("verb")):
        lead = None
    if lead and not _IS_A_NOUN.search(sentence, start, lead.end()) and (lead["plain"] or lead["verb"] in verb_set()):
        yield lead.start("plain" if lead["plain"] else "verb")
    elif (bare := _no_comma().match(sentence, start)) and not _acts(sentence[start : bare.start("told")]):
        yield bare.start("told")


_THEN_PLEASE = re.compile(
    r"(?:If|When|Before|After|Once)\s[^,;:.()]{3,160}?\s(?P<before>please\s)(?P<denied>do\snot\s)?(?=[a-z])"
)
"""A condition that no comma ends, before what is asked: "If your heel bleeds please tell a nurse"."""


_SEVERAL = frozenset(
    {"staff", "people", "personnel", "everyone", "team", "committee", "panel", "board", "group", "council", "family"}
)
"""Words for several who act, without the "s" of a plural: "the team discuss"."""


def _acts(opened: str) -> bool:
    """Whether the last word before the verb names those who act, be they several: of one the verb would have another form."""
    last = opened.rsplit(maxsplit=1)[-1].rstrip("[]0123456789")
    return bool(actors.kinds(last)) and (last.endswith("s") or last.lower() in _SEVERAL)


def _opens(sentence: str, at: int) -> bool:
    """Whether sentence[:at] is no more than connectives and an opening clause."""
    begin = CONNECTIVE.match(sentence)
    start = begin.end() if begin else 0
    return start >= at or opening_word().match(sentence, start) is not None


@cache
def _no_comma() -> re.Pattern[str]:
    """An opening without a comma before its instruction: "When offering balm discuss with the woman", "If it has no effect refer to"."""
    told = any_of([*sorted(deeds()), r"take\s(?:into\s)?account"])
    return re.compile(
        rf"(?:(?:If|When|Before|After|While)\s\w+ing\s(?:{_PLAIN_WORD}\s){{1,14}}?"
        rf"|(?:If|When|Once|Where)\s(?:{_PLAIN_WORD}\s){{1,8}}?(?:is|are|has|have|does|do|was|were)\s(?:{_PLAIN_WORD}\s){{1,6}}?"
        rf"|(?:During|Throughout|At|As\s(?:early|soon)\sas)\s(?:{_PLAIN_WORD}\s){{1,5}}?)"
        rf"(?<!\bto\s)(?<!\bnot\s)(?<!\bbe\s)(?<!\bthe\s)(?<!\ba\s)(?<!\bthey\s)(?<!\bwe\s)(?<!\byou\s)"
        rf"(?P<told>(?:(?:always|also|then|immediately)\s)?{told}"
        r"(?=\s(?:with|to|the|an?|all|any|their|about|on|of|that|them|women|men|people|adults|children|patients|\d[\d.,]*)\b|\s?:))"
    )


@cache
def _imperative_pattern() -> re.Pattern[str]:
    verbs = vocabulary.read("recommendations")["imperatives"]
    words = any_of(map(re.escape, longest_first([*verb_set(), *_ALSO_VERBS])))
    phrases = any_of(phrase.replace(" ", r"\s+") for phrase in verbs["phrases"])
    noun = r"(?!x-ray\s+(?!the\b|any\b|all\b|an?\b|both\b))"
    return re.compile(
        rf"(?P<not>{_NEGATIVE}){_ADVERB}[a-z][\w-]+\b"
        rf"|{_ADVERB}{noun}(?:(?=(?P<phrase>{phrases})\b))?(?P<verb>{words}|do(?=\s+(?:an?|another)\s))\b{_NOUN_FOLLOWS}",
        re.IGNORECASE,
    )
