"""The group that a recommendation is about, wherever its sentence names one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.signs import depth
from betony.nlp.looks import has_any
from betony.nlp.phrases import word_of
from betony.nlp.strength import rows
from betony.nlp.strength.acted_on import (
    GIVING,
    LOOKING_AT,
    SENT_SOMEHOW,
    TREATING,
    limit,
    looked_at_untold,
    treated_untold,
)
from betony.nlp.strength.group_ends import GROUP_TAIL, RULED, end_of_group
from betony.nlp.strength.named_aside import is_named_aside
from betony.nlp.strength.objects import CONTENT
from betony.nlp.strength.own_words import in_their_clause, lasts_untold, may_be_theirs, on_behind
from betony.nlp.strength.people import (
    ANYBODY,
    DETERMINER,
    GOES_ON,
    is_lone,
    no_modifier,
    no_person,
    nouns,
    population_signs,
)
from betony.nlp.strength.quoted_titles import is_in_title
from betony.nlp.strength.verbatim import content_end, without_citation
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_TELLING = re.compile(
    r"\b(?:advise|ask|inform|reassure|tell|(?:talk|speak|explain|advice|information|leaflets?|booklets?|guidance|details)\s+to)$",
    re.IGNORECASE,
)
_TELLING_LONGEST = 20
_TOLD_OF = re.compile(
    rf"(?<!concerned)(?<!worried)(?<!anxious)(?<!unsure)(?<!uncertain)\s(?:about|against|that{CONTENT}|what|whether|how|why|(?<!parents\s)(?<!carers\s)(?<!mothers\s)(?<!family\s)(?<!families\s)(?<!partners\s)of\s(?:the|any(?!\sage\b)|this|these)|an?\s(?:[\w-]+\s)?(?:plan|leaflet|copy|summary|choice)|on(?=\s(?:how|what|when|whether|\w+ing)\s))\s"
)
"""What stands between those who are told and what they are told: "advise women with X about …"."""
_ASKED_OF = re.compile(r"\s(?:what|whether|how|why)\s(?=(?:they|he|she|it|the|their|his|her|this|these)\b)")
"""What stands between those who are asked and what they are asked: "find out from the person how they want to"."""
_LEFT_OUT = re.compile(
    r"\b(?:including|especially|particularly|even|unless|except|excepting|other\s+than|apart\s+from|rather\s+than|instead\s+of|unlike|but\s+not|in\saddition(?:\sto)?|with\s+the\s+exception|particular\s(?:consideration|attention|focus|emphasis|care))\s*$",
    re.IGNORECASE,
)
_LEFT_OUT_LONGEST = 34
"""What stands before those whom it is not about, or not alone: "offer it except to children", "including for people who"."""
_NO_GROUP = re.compile(
    r"\bexcept\b[^,;.]{0,40}$|\bnot\sto\s$|\bwithout\s(?:an?|any)\s\w+\sfor\s$|\b(?:risks?|harms?|dangers?|threats?|matters?|mattered|important|meaningful|acceptable|happens?|happened)\sto\s$"
    r"|\b(?:separated?|isolated?|kept|keep|away|apart|distanced?)\s(?:[\w-]+\s){0,4}from\s$|\bto\sprioriti[sz]e\s[^,;.]{0,30}\s(?:for|of|in)\s$|\bthat\s[^,;.]{3,40}\s(?:provides?|gives?|offers?)\sto\s$",
    re.IGNORECASE,
)
_NO_GROUP_LONGEST = 48
"""What stands before a verb ("careful not to stigmatise women"), before those in danger ("the risk to the baby"), before an
exception or what is lacking ("except as a last resort in", "without a plan for"), before those whom a rule is to put first
("criteria to prioritise care for"), or who are given something already ("the feedback that the pen gives to")."""
_SECOND_OF_TWO = re.compile(
    r"\s(?P<first>to|for|in|with)\s[^;:.]{3,120}(?:,\s(?:and|or)|\s(?:and|or),\s[^,;:.]{3,40},)\s$"
)
"""What stands before the second of two who are named behind the same word: "offer wax to kin of walkers, and to people with gout"."""
_SECOND_AIM = re.compile(
    r"\bfor\s(?:the\s)?(?:[\w-]+\s){1,3}of\s(?:[\w-]+\s){0,3}?(?:people|patients|adults|children|women|men|persons|those|infants)\s[^,;:.()]{3,120}\s(?:or|and)\s$"
)
"""What stands before the second of two things that are done to groups of their own: "for the check of people with cracks or for the
treatment of people with gout"."""
_SECOND_ORDER = re.compile(r",\s(?:and|but)\s(?:also\s)?(?:consider|do\snot\s\w+)\s(?:\w+\s){0,3}$")
"""What stands before those of a second instruction: "offer wax to adults with gout, and consider it for those with stones"."""
_FOR_OTHERS = re.compile(
    r"\s?[^,;:.()]{0,60}\sand\s(?:at\s(?:least|most)\s|up\sto\s|every\s)?\d(?:[^,;:.()]|[.,]\d){1,40}\s(?:for|in|to)\s(?:[\w-]+\s)?(?:adults|children|infants|women|men|people|patients|those)\b"
    r"|\sand\s(?:whenever|when|if)\s[^,;:.()]{3,80}\s(?:for|in)\s(?:[\w-]+\s)?(?:(?:out|in)?patients|adults|children|infants|women|men|people|those)\b"
)
"""What is told of others behind a group: "20 mg for adults and 10 mg daily for children", "monthly for inpatients and when there is
concern for outpatients"."""
_SECOND_TIME = re.compile(r",\s(?:or|and)\s(?:for|every|after|at|within|up\sto|by|\d)[^,;:.()]{1,40}\s$")
"""What stands before those for whom another time or dose is told: "for 3 months, or for up to 6 months in people with stones"."""
_QUESTION = re.compile(r"\b(?:whether|how|when|where|what|which)\s$")
_EPIDEMIOLOGY = re.compile(
    r"\b(?:occurs?|occurring|occurrences?|arises?|arising|commonly|common|commoner|commonest|frequent|frequently|likelier|likely|rare|rarer|rarely|seen|prevalent|prevalence|incidence|(?:more|less|as|not)\s(?:\w+ly\s)?(?:effective|accurate|reliable|sensitive|severe))\s(?:\w+ly\s)?(?:in|among)\s$"
)
"""What stands before those in whom something is found, and of whom nothing is asked: "croup is most common in children"."""
_EPIDEMIOLOGY_LONGEST = 40
_TO_DO = re.compile(r"\sto\s[a-z]+\s")
"""What stands behind those of whom it is told what they may have to do: "it is rare for women to need care"."""
_HARD = re.compile(
    r"\b(?:rare|unusual|uncommon|common|usual|normal|difficult|hard|easy|important|possible|helpful|useful|safe|opportunit(?:y|ies))\s$"
)
_MADE_FOR = re.compile(r"\b(?:developed|designed|intended|licensed|approved|validated|meant|written)\s(?:\w+ly\s)?$")
"""What stands before those for whom a thing was made: it may be given to others."""
_MEMBERS = re.compile(
    r"\b(?:representation|representatives|members|input|feedback|comments|views|consent|permission|support|help|assistance|care|a\shistory|information|drawn|derived|obtained|gathered|taken|comes|came|collected)\s$"
)
"""What stands before those who take part, and are not cared for: "representation from people with gout"."""
_SECOND_VERB = re.compile(r"\S\s+and\s$")
"""What stands before the second of two instructions: "check the heels and advise women", but for those named before, "the child"."""
_IN_A_TITLE = re.compile(
    r"\b(?:guidance|guidelines?|standards?|advice|report)\s(?:[Oo]n\s)?['‘]?(?!NICE)[A-Z][a-z]+(?:\s[^\s,;:.'’]+){1,14}\s$"
)
"""What stands before those whom the title of another document names: "the NICE guidance Improving care for adults"."""
_IN_A_TOPIC = re.compile(
    r"\bNICE(?:['’]s)?\s(?:guidelines?|guidance|quality\sstandards?)\son\s(?:(?!\sto\s)[^,;:.()]){2,100}\s$"
)
"""What stands before those whom the topic of NICE's guideline names: "NICE's guideline on sore heels in children"."""
_COMPANY = re.compile(r"\b(?:if|unless|provided)\s(?:that\s)?(?:the|its)\s(?:company|manufacturer)\b")
"""How a condition opens that binds those who sell, and names no group of its own."""
_VERB_BEGUN = re.compile(r"\s(?:there|it|will|would|may|might|can|could|should)$")
"""What is left of another clause's beginning where its verb has been cut off."""
_DONE_TO_THEM = (*TREATING, *GIVING, *LOOKING_AT)
"""Verbs that may be taken for the first word of a group."""
_NOUN_BEHIND = (*GIVING, "manage")
"""Verbs behind which a noun for people may be no more than what another noun is told of: "manage those side effects"."""
_ASKING = ("ask", "tell", "inform", "advise")
_IS_TOLD = re.compile(r"\s(?:to|not|about|if|whether|how|what|why|when|where|which|that|for|against|their|his|her)\b")
"""What stands behind those who are told: another noun would be what they are asked ("ask people specific questions")."""
_WITH_THEIRS = re.compile(r",\s(?:and|or|and/or)\s(?:their|his|her)\s[^,.;:()]{3,80}(?=,)")
"""Others who belong to the group, between commas: "patients, and their carers where appropriate, how to"."""
_SECOND_CLAUSE = re.compile(
    r",?\s(?:and|so|but)\s(?:(?!(?:who|whose|whom|that|which|in|for|with)\b)[\w’'-]+\s){1,5}(?:should|must)\b.*$",
    re.DOTALL,
)
"""What is told of something else behind a group: "people who fear gout and advice should be offered"."""
_OF_THESE = re.compile(r"\b(?:these|the\sfollowing)(?:\s[\w-]+){0,3}$")
_IN_LINE = re.compile(r"\s(?!\()(?![^:;]*(?:[:;]|\.\s))[^\s:;]+(?:\s[^\s:;]+){0,40}\.?$")
"""What is listed behind a colon in the same sentence, and ends it: "adults with any of these: gout, cracks or stones"."""
_WHO_TOO = re.compile(r"\s[^,;:.()]{3,120}\sand\swho(?:se)?\s(?![^,;:.()]{0,80}\s(?:should|must)\b)")
"""More that is told of a group behind what seems to end its words: "people in pain" for 6 weeks and whose heels crack."""
_FIRST = re.compile(r"^(?:immediately|urgently|promptly|routinely|directly|quickly)\s")
_HOW = re.compile(
    r"\s(?:immediately|urgently|promptly|routinely|separately|quickly|straight\saway|at\sonce|without\s(?:further\s|any\s)?delay)(?:\sand\s(?:un\w+ed|\w+ly|with(?:out)?\s(?:care|caution|delay)))?(?:\s\((?:within|on|to\sbe)\s[^()]{3,40}\))?$"
)
"""How those are treated whose words end before it: "treat adults with gout promptly"."""
_OF_TOPICS = re.compile(r"\s(?:about|how|why|that|whether)$")
"""What stands behind those who are told, before a list of what they are told: "give advice to people about:"."""
_SOMEHOW = re.compile(
    r"^((?:(?!(?:who|that|with|without|whose)\b)[\w‑’'-]+\s){0,4}[\w‑’'-]+)\s(?!family|elderly|early|daily|only)\w{3,}ly$"
)
"""How something is done to those of whom no more is said: "offer it to carers opportunistically"."""
_TOLD_WITH = r"(?:young|younger|old|older|middle-aged|elderly|pregnant|breastfeeding|lactating|postpartum|preterm|newborn|male|female|obese|frail|immunocompromised)"
"""Adjectives that tell of people and of nothing else, the first of two: "in young and middle-aged adults"."""
_NAMED_BEFORE = re.compile(r"(?:these|such)\s[\w-]+", re.IGNORECASE)
"""A group that a sentence before has told of, and whose words here tell nobody which: "in these people"."""
_WHAT_IS_THEIRS = re.compile(
    r"(?:the|an?|each|every)\s(?:[\w-]+\s){1,4}?(?:or|and)\s(?:[\w-]+\s){0,2}?(?:person|patient|child|woman|man|adult|baby|carer|parent)['’]s\s",
    re.IGNORECASE,
)
"""What two have or where they live, and no group: "the child or young person's home"."""
_AND_A_SERVICE = re.compile(
    rf"\b{nouns()}\s(?:and|or)\s(?:[\w-]+\s){{1,3}}(?:clinics|services|teams|units|departments|centres)$"
)
"""The next of a row of services, of which the one before is for those who were named: "clinics for older people and heel clinics"."""
_FOR_AN_ILLNESS = re.compile(r"(?<=^people)\sfor\s(?!whom\b).*$", re.DOTALL)
"""What those are given something for of whom no more is said: "offer drops to people for an earache"."""


def group(sentence: str, start: int) -> str | None:
    """The group the words are about ("to adults with X who …"), up to the end of its phrase."""
    if not has_any(sentence[start:].lower(), population_signs()):
        return None
    match = _population_pattern().search(sentence, start)
    while match and (
        depth(sentence, start, match.start("group")) or is_in_title(sentence, match.start("group"))
    ):  # "test (in adults) those with pain"
        match = _population_pattern().search(sentence, match.end("group"))
    if match and _first_word(match["group"]) in _DONE_TO_THEM:  # "to treat people with gout": those who are treated
        match = _population_pattern().search(sentence, match.start("group"))
    for others in _others(sentence, start):
        match = others if match is None or others.start("group") < match.start("group") else match
    if match is None or _is_none(sentence, start, match):
        return None
    found = _end(sentence, match)
    if found is None:
        return None
    end, listed = found
    if _WHO_TOO.match(sentence, end):
        return None
    words = squeeze(sentence[match.start("group") : end])
    if (behind := _NOT_THEIRS.get(match["before"].lower()[:4])) and (over := behind.search(words)):
        words = words[: over.start()]
    return _named(words, listed=listed)


_NOUNS_AND_VERBS = frozenset(
    {
        "sort", "stratify", "classify", "categorise", "categorize", "divide", "group", "rank", "triage", "flag", "score",
        "guide", "coach", "mentor", "escort", "nurse", "shield", "host", "transport", "motivate", "empower",
    }
)  # fmt: skip
"""Verbs that open no instruction in the lists, for most are nouns as well."""
_NOT_THEIRS = {
    "of": re.compile(
        r"\s(?:that\sincludes?|with\s(?:attention|regard|reference)\sto|with\san?\s(?:focus|emphasis)\son|against\s(?:expected|normal|reference|agreed|national|local|baseline|their))\s"
    ),
    "plac": re.compile(r"\s(?:on|in|under)\s"),
    "vacc": re.compile(r"\sagainst\s"),
    "immu": re.compile(r"\sagainst\s"),
}
"""Where the words for a group end behind what goes on with something else: where they are put, against what they are protected, and
what the assessment of them holds ("of the child that includes a history")."""


def _is_none(sentence: str, start: int, match: re.Match[str]) -> bool:
    """Whether those named are no group that the sentence is about."""
    before = match["before"].lower()
    if (
        _first_word(match["group"]) in verb_set()
        or before in ("help", "that")
        or (before == "for" and match["group"].startswith("example "))
        or depth(sentence, start, match.start("group"))
        or _LEFT_OUT.search(sentence, max(start, match.start() - _LEFT_OUT_LONGEST), match.start())
        or _NO_GROUP.search(sentence, max(start, match.start() - _NO_GROUP_LONGEST), match.start("group"))
        or actors.cares(sentence[match.end("group") : match.end("group") + 20])
        or _IN_A_TITLE.search(sentence, start, match.start("group"))
        or _IN_A_TOPIC.search(sentence, start, match.start("group"))
        or (("ompany" in sentence or "anufacturer" in sentence) and _COMPANY.search(sentence, start, match.start()))
        or is_lone(match["group"])
        or is_named_aside(sentence, start, match)
    ):
        return True
    if before == "to" and _first_word(match["group"]) in _NOUNS_AND_VERBS:
        return True  # what somebody does with them: "to guide patients"
    if before == "to" and _QUESTION.search(sentence, start, match.start()):
        return True  # the verb of the question: "whether to scan people"
    others = before in ("to", "for", "in", "with") and _SECOND_OF_TWO.search(sentence, start, match.start("before"))
    if others and others["first"] == before:
        return True
    if before.startswith("for the ") and _SECOND_AIM.search(sentence, start, match.start("before")):
        return True
    if before in ("for", "in", "to") and _SECOND_ORDER.search(sentence, start, match.start("before")):
        return True
    if before in ("for", "in", "to") and _FOR_OTHERS.match(sentence, match.end()):
        return True
    if before in ("for", "in") and _SECOND_TIME.search(sentence, start, match.start("before")):
        return True
    if before == "from" and _MEMBERS.search(sentence, start, match.start()):
        return True
    if before in ("in", "among") and _EPIDEMIOLOGY.search(
        sentence, max(start, match.start("group") - _EPIDEMIOLOGY_LONGEST), match.start("group")
    ):
        return True
    if sentence.endswith("for example, ", start, match.start("before")):
        return True
    if before == "for" and _TO_DO.match(sentence, match.end()) and _HARD.search(sentence, start, match.start()):
        return True
    if before == "for" and _MADE_FOR.search(sentence, start, match.start()):
        return True
    second = before in verb_set() and _SECOND_VERB.search(sentence, start, match.start())
    if second and not match["group"].lower().startswith("the ") and before != "manage":
        return True
    goes_on = GOES_ON.match(sentence, match.end()) is not None
    if before in _NOUN_BEHIND and not goes_on:
        return True
    return before in _ASKING and not goes_on and _IS_TOLD.match(sentence, match.end()) is None


def _end(sentence: str, match: re.Match[str]) -> tuple[int, bool] | None:
    """Where the words for the group end, and whether a list completes them; None where nobody can tell."""
    if treated_untold(sentence, match) or looked_at_untold(sentence, match):
        return None
    before, at = match["before"].lower(), match.end()
    telling = _TELLING.search(sentence, max(0, match.end("before") - _TELLING_LONGEST), match.end("before")) is not None
    latest = limit(sentence, match)
    while True:
        stop = end_of_group().search(sentence, at)
        if telling and (told_of := _TOLD_OF.search(sentence, at, stop.start() if stop else len(sentence))):
            stop = told_of
        if before == "from" and (of := _ASKED_OF.search(sentence, at, stop.start() if stop else len(sentence))):
            stop = of
        end = stop.start() if stop else content_end(sentence)
        if latest is not None and latest <= end:
            stop, end = None, latest
            break
        if stop is None:
            break
        told = sentence[match.start("group") : end]
        if telling and stop.group() == ":" and told.endswith(" on"):
            return end - len(" on"), False  # the list tells of what
        inside = depth(told, 0, len(told)) > 0
        if on := on_behind(sentence, told, stop):
            at = on
            continue
        if not depth(told, 0, len(told)) and (theirs := _WITH_THEIRS.match(sentence, stop.start())):
            stop, end = None, theirs.end()
            break
        whole = content_end(sentence)
        if (
            stop.group() == ":"
            and whole > stop.end()
            and _OF_THESE.search(told)
            and _IN_LINE.match(sentence, stop.end())
        ):
            stop, end = None, whole
            break
        if stop.group() == "," and not inside:
            if (row := rows.goes_on(sentence, told, stop.end())) is not None:
                at = row
                continue
            if rows.is_cut(sentence, told, stop.end()):
                return None
        if not inside and may_be_theirs(told, stop):
            return None
        if not inside and not (" who" in told and in_their_clause(told, stop, verb=before)):
            break
        at = stop.end()
    words = match.end("group"), end
    if lasts_untold(sentence, *words) or (before == "refer" and SENT_SOMEHOW.search(sentence, *words)):
        return None
    return end, stop is not None and stop.group().startswith(":")


def _named(group: str, *, listed: bool) -> str | None:
    """The group's words without a verb that is not their own and without a loose end; None where they name nobody. The words
    before a list (`listed`) may say little, for its items say more."""
    whole = group
    if ruled := RULED.match(group):
        group = _VERB_BEGUN.sub("", ruled["group"].rstrip(" ,"))
    group = _SECOND_CLAUSE.sub("", _FIRST.sub("", group))
    group = _SOMEHOW.sub(r"\1", group) if group.endswith("ly") else group
    group = _FOR_AN_ILLNESS.sub("", _OF_TOPICS.sub("", _HOW.sub("", group)))
    if _NAMED_BEFORE.fullmatch(group) and not listed:
        return None
    if _WHAT_IS_THEIRS.match(group) or _AND_A_SERVICE.search(group):
        return None
    if group.lower() in ANYBODY and not (listed and group == whole):
        return None
    return without_citation(group if listed else GROUP_TAIL.sub("", group))


def _first_word(words: str) -> str:
    return words.partition(" ")[0].lower()


@cache
def _population_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>{word_of(vocabulary.read('recommendations')['population']['before'])})\s+(?:\w{{1,20}}ly\s\((?:to\s|within\s)[^()]{{3,60}}\)\s+|(?<=refer\s)(?:(?:urgently|immediately|promptly|routinely|directly)\s+|for\s+(?:an?\s+)?(?:[\w-]+\s+){{0,2}}(?:opinion|assessment|review|advice)\s+))?"
        rf"(?P<group>(?:both\s[\w‑-]+\sand\s(?=[\w‑-]+\s{nouns()}\b)|{_TOLD_WITH}\s(?:and|or)\s(?=[\w‑-]+\s{nouns()}\b)|{DETERMINER})?(?:(?!{no_modifier()})['‘]?[\w‑-]+['’]?\s+){{0,3}}?{nouns()})\b(?!['’-])(?!{no_person()})",
        re.IGNORECASE,
    )


def _others(sentence: str, start: int) -> Iterator[re.Match[str]]:
    """Those behind another word than `before` in the vocabulary: with whom something is discussed, or whose eyes are examined."""
    begin = max(0, start - _DEED_LONGEST)
    if has_any(sentence, _DISCUSSING) and (partner := _discussed().search(sentence, begin)):
        yield partner
    if begin == 0 and " of " in sentence and (whose := _part_of_whom().match(sentence)):
        yield whose


_DISCUSSING = ("iscuss", "gree ")
_DEED_LONGEST = len("discuss")
"""Letters of the verb before a sentence's start from which on the group is looked for."""


def _group_named() -> str:
    """A group in a few words."""
    return rf"(?P<group>(?:{DETERMINER})?(?:(?!{no_modifier()})[\w‑-]+\s){{0,3}}?{nouns()})\b(?!['’-])(?!{no_person()})"


@cache
def _part_of_whom() -> re.Pattern[str]:
    """Those of whom an instruction names a part, or what they have: "Inspect the nose of people with hay fever"."""
    return re.compile(
        rf"(?:inspect|examine|palpate|clean|bathe|wash|swab|cover|support|warm|cool|elevate|measure|check)\s"
        rf"(?:the|both|all)\s(?!(?:number|numbers|proportion|percentage|share|role|views|involvement|details|names?|needs|safety|experiences?)\b)(?:[\w-]+\s){{1,2}}(?P<before>of)\s{_group_named()}",
        re.IGNORECASE,
    )


@cache
def _discussed() -> re.Pattern[str]:
    """Those with whom something is discussed or agreed."""
    return re.compile(
        rf"(?:\b(?:discuss|agree(?=\s(?:an?|the)\s[^,;:.()]{{3,60}}\swith\s(?:[\w-]+\s){{1,3}}(?:with|who|aged)\b))\s(?!with\b)[^,;:.()]{{1,100}}?(?:,\s[^,;:.()]{{1,60}}?){{0,2}}(?<!ed),?|\b(?:all|any)\sdiscussions)\s(?P<before>with)\s(?!(?:their|his|her|your)\b){_group_named()}",
        re.IGNORECASE,
    )
