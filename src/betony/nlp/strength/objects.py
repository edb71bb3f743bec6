"""The group right behind the verb of an instruction: "Screen women for …"."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import actors, vocabulary
from betony.nlp.clauses.signs import FINITE
from betony.nlp.looks import has_any
from betony.nlp.strength.people import (
    ANYBODY,
    DETERMINER,
    GOES_ON,
    is_lone,
    no_modifier,
    no_person,
    nouns,
    population_signs,
    told_noun,
)
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_OF_THE_GROUP = (
    "with", "of", "in", "at", "on", "for", "from", "by", "without", "have", "has", "had", "are", "is",
    "taking", "having", "receiving", "using", "and", "or", "after", "before", "during", "under", "to", "as",
    "into", "over", "than", "nearing", "approaching", "if", "when", "unless", "until", "while", "because", "once", "who", "was", "were", "be", "been", "being", "undergoing", "a", "an", "the",
)  # fmt: skip
"""Words behind which an article or an adjective belongs to what is told of the group: "people with" a cough."""
BEHIND_NO_SUCH_WORD = "".join(rf"(?<!\b{word})" for word in _OF_THE_GROUP)
"""Where an article opens what is not told of the group."""
_QUALITY = r"(?:(?!with\b)[\w‑-]+(?:ed|al|en|ic|ive|ous|ary|ble|ful)|accurate|adequate|appropriate|separate|relevant|consistent|\w+-to-\w+|(?:large|clear|plain)-(?:print|type|language)|clear|further|more|full|simple|honest)"
_TOLD_HOW = rf"(?:(?:both\s)?{_QUALITY}(?:(?:,|,?\s(?:and|or))\s{_QUALITY}){{0,3}}(?:\s{_QUALITY})?\s)?"
"""Of what kind the advice is that somebody is given: "accurate and up-to-date written information"."""
CONTENT = (
    r"(?!\s(?:are|is|has|have|had|do|does|can|cannot|was|were|may|suggests?|indicates?|affects?|causes?|requires?|needs?|lasts?|persists?"
    r"|limits?|interferes?|shows?|appears?)\b)"
)
"""Behind "that": what is told, unlike a clause that tells more of a group ("people with symptoms that suggest sepsis")."""
THEY_DO = (
    r"(?:(?<=people)|(?<=patients)|(?<=adults)|(?<=women)|(?<=men)|(?<=parents)|(?<=carers)|(?<=guardians)|(?<=children)|(?<=families))"
    r"\sthey(?=\s(?:have|can|may|will|are|should)\s)"
)
"""Right behind those who are told, what they are told of themselves: "tell guardians they have a right"."""
_OF_RISKS = (
    r"(?:(?<=patient)|(?<=patients)|(?<=people)|(?<=person)|(?<=adults)|(?<=women)|(?<=men)|(?<=relatives)|(?<=family))\sof\s(?:the\s)?"
    r"(?=(?:(?!(?:with|at|who|in|for|patients?|people|adults?|child(?:ren)?|women|men|persons?|those)\b)[\w-]+\s){0,5}?(?:risks?|dangers?|hazards?|needs?|importance|possibility|likelihood|consequences|benefits?|signs|symptoms)\s(?:of|to|that|from|and)\b)"
)
"""Right behind those who are told, of what: "inform people of the risk of cracks"."""
_OBJECT_ENDS = {
    "told": re.compile(
        rf"(?=[\s:])(?:\s(?:about|against|to|whether|how|what|why|when|where|whom|who\sto|which|(?<!\send\s)(?<!\sstart\s)(?<!\spart\s)(?<!\sany\s)(?<!\sone\s)(?<!\ssome\s)(?<!\sall\s)(?<!\seither\s)(?<!\sboth\s)(?<!\smore\s)of\s(?:their|his|her|its|any(?!\sage\b)|this|these)|that{CONTENT})\s|{THEY_DO}|{_OF_RISKS}"
        r"|\s(?:that|to|not\sto|about|against|on)\s?:$"
        r"|(?<!\bthese)(?<!\bfollowing)(?<!\bwith)(?<!\bwithout)(?<!\bof)(?<!\bor)(?<!\band)(?<!\bhave)(?<!\bhas)(?<!\bhad)(?<!\bare)(?<!\bis)(?<!\bwho)(?<!\btaking)(?<!\bfeatures)(?<!\bsigns)(?<!\bsymptoms)(?<!\bconditions)(?<!\bcriteria)(?<!\bfactors)\s?:$)",
        re.IGNORECASE,
    ),
    "recognised": re.compile(
        r"\s(?<!who\s)(?<!that\s)(?<!and\s)(?<!or\s)(?:are|is|have|has|may|might|can|will|do\snot|does\snot|often|sometimes|presents?(?=\s(?:with|as)\s))(?:\s|:$)",
        re.IGNORECASE,
    ),
    "discussed": re.compile(r"\s(?:whether|how|what|why|when|which)\s", re.IGNORECASE),
    "for": re.compile(
        r"\s(?:for|on\s(?:admission|arrival|discharge)|to\s(?:find|identify|determine|establish|see|check))\s",
        re.IGNORECASE,
    ),
    "as": re.compile(r"\sas\s", re.IGNORECASE),
    "diagnosed": re.compile(r"\s(?:with(?![^.;,]*\s(?:with|as\shaving)\s)|as\shaving)\s", re.IGNORECASE),
    "from": re.compile(r"\sfrom\s", re.IGNORECASE),
    "in": re.compile(r"\sin\s", re.IGNORECASE),
    "helped": re.compile(
        r"\sto\s(?!(?:an?|the|any|all|their|his|her|its|this|these|those|such|severe|moderate|high|\w+ing)\b)(?=[a-z])",
        re.IGNORECASE,
    ),
    "seen": re.compile(
        r"\s?[.;]|\s?$|,\sincluding\b|\s(?:annually|yearly|monthly|weekly|daily|frequently|again|first|early|soon(?:er)?|later|overnight|once|twice|as\ssoon|as\searly\sas\spossible|more\s(?:often|frequently|closely)|every\s(?:\d|\w+\s(?:days|weeks|months|years))|each\s(?:day|week|month|year)|at\sleast\s(?:once|twice|every|\d)"
        r"|within\s\d|(?:\d+|one|two|three|four|six)(?:\sto\s\d+)?\s(?:hours|days|weeks|months|years)\s(?:later|after|before)|(?:at|on)\s(?:each|every)|(?:if|when|unless|until)\s|to\s(?:find|identify|determine|establish|see|check|decide|assess|ensure)\s)",
        re.IGNORECASE,
    ),
    "that": re.compile(
        r"\s(?<!who\s)(?<!that\s)(?<!and\s)(?<!or\s)(?:(?:fully|clearly|always|also|really)\s)?(?:are|is|have|has|get|receive|can|know|understand|do\snot|does\snot)\s",
        re.IGNORECASE,
    ),
    "to": re.compile(
        r"\s(?:to|(?<!waiting\s)(?<!listed\s)(?<!suitable\s)(?<!considered\s)(?<!planned\s)(?<!treated\s)(?<!scheduled\s)for(?!\swhom\b))\s",
        re.IGNORECASE,
    ),
    "a": re.compile(
        r"(?=[\s,])(?:"  # once for all of them: most places are none
        r"(?:(?<=\band\sover)|(?<=\bor\sover)|"
        + BEHIND_NO_SUCH_WORD
        + rf")\s(?:(?:an?|the)\s|(?<!ly\s){_TOLD_HOW}(?:advice|information|support|education|counselling|training|guidance(?=\s(?:on|about|regarding)\b))\b(?=\s(?:on|about|and|to|in|for|as|through|via|matched|tailored|suited|that|which|regarding)\b|[.,;:]|$)"
        + rf"|(?<!ly\s){_QUALITY}(?:(?:,|,?\s(?:and|or))\s{_QUALITY}){{1,3}}\s(?:leaflets?|help|materials?|resources?|booklets?)\b"
        r"|(?<!poor\s)(?<!limited\s)(?<!little\s)(?<!no\s)(?<!easy\s)(?<!good\s)(?<!restricted\s)(?<!difficult\s)(?<!reduced\s)access\sto\b)"
        rf"|,\s(?={_TOLD_HOW}(?:advice|information|support|education|counselling|training)\b))",
        re.IGNORECASE,
    ),
}
"""What ends the words for those whom an instruction is about, by the kind of its verb."""
END_OF_GIVEN = _OBJECT_ENDS["a"]
"""Where the words for those end who are given something, before what it is."""
_GIVEN_TO_THEM_OR_THEIRS = re.compile(
    rf"{END_OF_GIVEN.pattern}|(?P<theirs>\s\((?:or|and)(?:,\s[^(),]{{2,30}},)?\s(?:the|their|his|her)\s[^()]{{3,60}}\))\s(?=[a-z])",
    re.IGNORECASE,
)
"""The same behind "offer", or the bracket that names others who may be given it: "offer adults with gout (or their carer)" balm."""
_BROKEN_OBJECT = re.compile(
    r"[,;:.()\[\]]|\b(?:exposed|due|related|allergic|sensitive|resistant|prior|access|admitted|referred|respond\w*|close|wish\w*|want\w*|need\w*|able|unable"
    r"|likely|plan\w*|try\w*|going|willing|about|intend\w*|prefer\w*|refus\w*|declin\w*|seek\w*|begin\w*|car(?:es|ed|ing)|eligible|responsible|know\w*|unsure"
    r"|worried|concerned|anxious|uncertain|found|known|thought|shown|\w*allerg\w*|reactions?|intoleran\w*|exposure|responses?|and|or|for|to)$|\b(?:(?<!thought\s)(?<!known\s)(?<!suspected\s)(?<!believed\s)to(?!\s\d)|for|until|if|when|before)\s|\b\d+\s?(?:mg|g|ml|mcg|micrograms?)\b|\b(?:times|once|twice)$"
)
"""Words that cannot be all that names the group, or more than that."""
_OF_A_CLAUSE = re.compile(r"\b(?:who|that|which|not|also|still|never|already|always|no\slonger|and|or|to|\w+ly)$")
"""What stands before a verb that is not the first of its own clause: "people who still" have pain are seen."""
_VERBLESS_CLAUSE = re.compile(
    rf"\b(?:whose|whom)\s(?:(?!{FINITE.pattern})(?!\b(?:get|gets|receive|receives)\b)[^\s,;:.()]++\s?)+$"
)
"""What stands before the verb of a clause that tells more of a group: "people whose pain" is severe are seen."""
_SPAN = re.compile(
    r"(?:\d|\b(?:hours|days|weeks|months|years|mild|low|medium|moderate|intermediate|small|short|stage\s\w+))$"
)
"""What stands before the "to" of a range: "people with moderate" to severe pain, "children aged 6 months" to 2 years."""
_SPAN_GOES_ON = re.compile(r"(?:\d|(?:severe|moderate|high|medium|large|long|very)\b)")
_OWN = (
    r"(?:who\sare|who\sis|like|likes|hope|hopes|have|has|had|thought|known|suspected|believed|about|unable|able|want|wants|wish|wishes|need|needs|plan|plans|intend|intends|prefer|prefers|due|likely|unlikely|ready|willing|come|comes|came|coming|go|goes|went|present|presents|return|returns|move|moves|moved|moving|travel|speak|speaks|talk|listen|belong|belongs|used|lead|leads"
    r"|trying|try|waiting|referred|admitted|respond\w*|access\w*|exposed|exposure|allergic|allergy|allergies|resistant|resistance|related|close|next|according|secondary|prior|reactions?|responses?|adher\w*|intoleran\w*)"
)
OWN_TO = re.compile(rf"\b{_OWN}$")
"""What stands before a "to" of the group's own: "people who would like" to stop smoking."""
_CARE = re.compile(
    r"(?:an?\s|the\s|their\s)?(?:[\w-]+\s){0,3}?(?:care|services?|clinics?|teams?|centres?|specialists?|units?)\b"
)
"""Where people are sent, and no word of the group: "refer people with drug reactions" to secondary care."""
_CAME = re.compile(
    r"\b(?:come|comes|came|coming|go|goes|going|went|present|presents|return|returns|moved|moving|admitted|referred|access\w*|next|close)$"
)
_SECOND_FOR = re.compile(r"(?:[^\s,;:.]+\s){1,8}for\s")
"""A second "for" behind the first, of which nobody can tell which ends the group's words."""
_WHOLE = re.compile(
    r"\s(?:mild|low|medium|moderate|intermediate|small|short)\sto\s(?=severe\b|moderate\b|high\b|medium\b|large\b|long\b|very\b)|\s\([^()]{2,60}\)|,\sincluding\s[^,;:.()]{3,60},"
    rf"|\s{_OWN}\sto\s(?=\w)|\swith\s(?:[\w-]+\s){{1,4}}needs$"
)
"""What is whole in the words for a group, though it holds a sign or a "to": "people with moderate to severe pain"."""
_LASTING = re.compile(
    r"(?:(?:more\sthan|less\sthan|at\sleast|over|about|up\sto)\s)?\d+\s(?:hours|days|weeks|months|years)\b"
)
_TAKEN = re.compile(
    r"\b(?:using|taking|having|receiving|waiting|treated|treatment|surgery|medicines?|after|before|during|awaiting)(?:\s[\w-]+){0,2}$"
)
"""What a group takes or gets for something: "people using balm" for pain."""
_THEN_TO = re.compile(r"[^,;:.]{1,60}?\sto\s")
_NEEDED = re.compile(
    r"\b(?:needs?|needing|wants?|wanting|more|psychological|practical|extra|further|without|any)\s\w+$"
)
"""Before a word that may be a verb, what shows that it is none: "who need psychological support"."""
_AND_THEIRS = re.compile(r",\s(?:and|or|and/or)\s(?:their|his|her)\s[^,;:()]{3,60}(?:\s\([^()]{3,30}\))?,?$")
"""Others who are told too: "advise adults with gout, and their carers, about"."""
_OF_KIN = re.compile(
    r"(?:(?:the|their|his|her)\s)?(?:famil(?:y|ies)|family\smembers|carers|parents|relatives)(?:(?:,\s|\sand\s|\sor\s)(?:famil(?:y|ies)|family\smembers|carers|parents|relatives))*",
    re.IGNORECASE,
)
"""Those who take part in the care of another, where it is said that they should be involved."""
_ENSURE = re.compile(
    r"\s(?:(?:also|always|therefore)\s)?(?:(?:ensure|make\ssure)|(?P<helped>help|support|enable|assist)|(?P<discussed>discuss|agree|explore)|(?P<recognised>be\saware|recogni[sz]e))(?=\s)"
)
_WHO_WORK = re.compile(
    r"\bwho\s(?:also\s|are\s)?(?:run|provid|deliver|giv|offer|suppl|prescrib|teach|train|lead|manag|supervis|car(?:e|ing)|work|support|commission|assess|treat|perform|carry|handl|stor|involved|responsible)"
)
"""What tells of people what they do for others: "ensure that people who run classes are trained"."""
_HOW_OR_WHEN = re.compile(
    r"(?:\s(?:within\s[\w\s]{1,40}|using\s(?:an?|the)\s[\w\s-]{3,60}(?:referral|pathway|form|system)(?:\s\([^()]{2,80}\))?|back|without\s(?:further\s)?delay|(?!family|elderly)\w+ly(?:\sand\s(?:un\w+ed|\w+ly))?|every\s(?:\d+\s)?(?:other\s)?(?:days?|weeks?|months?|years?|hours?)|in\san?\s[\w-]+\s(?:manner|way|format)))+$"
)
"""How or how soon it is done, said behind the group: "refer people urgently to …"."""


_TOLD_BRIEFLY = re.compile(r"(?:\s(?:with|aged|having)\b|$)")
"""How that begins which is told of those who are considered for something; "people who care" for others are not, nor is "parent
training" for them."""
_PHRASES = {"make sure": "that", "be aware": "recognised", "take into account": "recognised"}
"""Of the phrases that instruct, those behind whose "that" a group may stand."""
_DOES = re.compile(
    r"\b(?!(?:with|of|in|at|on|for|from|by|without|have|has|had|are|is|who|whose|taking|having|receiving|using|and|or|after|before|during|under|as|over|than|need|needs|want|wants|get|gets)\b)[\w’'‑-]+\s(?:an?|the|any|their|his|her|its|more|this|these|how|what|that)\s"
    r"|\b(?:understand|cope|feel|recover|quit|become|regain|relax|communicate|participate|engage|learn|eat|sleep|themselves|each\sother)\b"
)
"""What shows that the words behind a group are already what it is helped to do: "help people with gout make a plan"."""
_THINGS_OF_THEIRS = re.compile(rf"\b[\w‑-]+(?<![sui])(?<!diabete)s\s{nouns()}$", re.IGNORECASE)
"""What is theirs, with those whose it is right behind it: "take into account any balms adults" use."""
_ADJUNCT = re.compile(
    r"(?<!ing)(?<!ed)(?<!old)\s(?!at\s(?:\w+\s)?risk\b)(?:in|at|by|using|on|from|during|after|before|for|to|as|within|through|via|without|into|and|or|that|which)\s"
)
"""What may be told of what is done as well as of those to whom it is done: "isolate people with gout in a room"."""


_NOT_BY_MEANS = ("isolate", "identify")
"""Verbs behind which "with" tells of the group, unlike "screen adults with" a scan."""
_WITH = re.compile(r"\s(?:and\s(?:\w+ly\s)?(?:agree|discuss|review|revise|update|record|plan|explore)\s)?with(?=\s)")
"""What stands between what is to be done and those with whom: "agree and often revise with" adults how."""
_CLAUSE_OF_THEIRS = re.compile(r"\b(?:who|whose|presenting|living|seen)\b")
"""What may go on with a "with" that tells no diagnosis: "diagnose people who present with a rash"."""
_INDEFINITE = re.compile(r"(?:some|many|most|few|certain)\b", re.IGNORECASE)
_SKILLED = re.compile(
    r"\b(?:experienced?|expertise|experts?|skills?|skilled|trained|training|interest(?:ed)?|knowledge|role|changes?|pain|live|living)\b"
)
"""What an "in" may go on to tell of, so that it ends no words for a group: "people with an interest" in gout."""


def group(sentence: str, instruction: re.Match[str], verb: str) -> str | None:
    """The group that stands right behind the verb of an instruction: "Ask adults with X about …", "Screen women for …".

    Only behind verbs after which one word surely ends the group's own words.
    """
    kind = _object_kinds().get(verb)
    start = instruction.end()
    if instruction["phrase"]:
        kind = _PHRASES.get(squeeze(instruction["phrase"]).lower())
        start = instruction.start("phrase") + len(instruction["phrase"])
    return _behind(sentence, start, kind, verb) if kind else None


_AT_WORK = re.compile(r"\s(?:in|on|at)\s(?:their|the|your|its|leadership|senior|management|charge)\b")
"""What tells where those are who may as well work there: "help people in their team"."""


def ensured(sentence: str, start: int) -> str | None:
    """The group that stands behind "ensure", "help" or "discuss with" at sentence[start:]: "nurses should" ensure that women with
    gout are given wax, help them to use it, or discuss with them whether they want it."""
    verb = _ENSURE.match(sentence, start)
    if verb is None:
        return None
    kind = verb.lastgroup or "that"
    group = _behind(sentence, verb.end(), kind, verb[kind] if verb.lastgroup else "ensure")
    if group is None or _WHO_WORK.search(group) or (verb.lastgroup and _AT_WORK.search(group)):
        return None
    return group if told_noun().search(group) or actors.kinds(group) == ("patient",) else None


def _behind(sentence: str, start: int, kind: str, verb: str) -> str | None:
    """The group at sentence[start:], right behind the verb of that kind."""
    if not has_any(sentence.lower(), population_signs()):
        return None
    if kind in ("that", "recognised") and sentence.startswith(" that ", start):
        start += len(" that")
    if kind == "discussed":
        with_ = _WITH.match(sentence, start)
        if with_ is None:
            return None
        start = with_.end()
    group = _object_group().match(sentence, start)
    end = _end(sentence, group.end(), kind, sent=verb == "refer") if group else None
    if group and end is None and kind == "for" and verb != "consider":
        kind = "seen"
        end = _end(sentence, group.end(), kind, sent=False)
    if group is None or end is None or _THINGS_OF_THEIRS.search(squeeze(group["group"])):
        return None
    words = squeeze(sentence[group.start("group") : _stop(end)])
    how_they_do_it = kind == "discussed" and " who" in words  # "people who drink harmfully"
    words = (words if how_they_do_it else _HOW_OR_WHEN.sub("", words)).removesuffix(" not")
    theirs = _AND_THEIRS.search(words)
    words, theirs_too = (words[: theirs.start()], words.rstrip(",")) if theirs else (words, words)
    if not GOES_ON.match(words, len(squeeze(group["group"]))):
        return None
    if is_lone(words) or words.lower() in ANYBODY:
        return None
    if words.rpartition(" ")[2] in verb_set() and not _NEEDED.search(words):
        return None
    tail = words[len(squeeze(group["group"])) :]
    if kind == "in" and (_OF_KIN.fullmatch(words) or _SKILLED.search(tail)):
        return None
    if verb == "consider" and not _TOLD_BRIEFLY.match(tail):
        return None
    if verb == "transfer" and " from " in tail:
        return None
    if kind == "helped" and (_DOES.search(tail) or not verb_set().isdisjoint(tail.split())):
        return None
    if kind == "diagnosed" and _CLAUSE_OF_THEIRS.search(tail):
        return None
    if kind == "recognised" and _INDEFINITE.match(words):
        return None
    if kind == "seen" and (_ADJUNCT.search(tail) or (verb not in _NOT_BY_MEANS and " with " in tail)):
        return None
    told = _WHOLE.sub(" ", words[len(squeeze(group["group"])) :])
    told = told.removesuffix(" eligible") if kind == "that" and " who " in words else told
    if _BROKEN_OBJECT.search(told) or actors.cares(sentence[group.end() : group.end() + 20]):
        return None
    return theirs_too.rstrip(",")


def _stop(end: re.Match[str]) -> int:
    """Where the words for a group stop: behind the bracket that names others who may be given it instead, if that ends them."""
    return end.end("theirs") if end.groupdict().get("theirs") else end.start()


def _end(sentence: str, start: int, kind: str, *, sent: bool) -> re.Match[str] | None:
    """What surely ends the words for a group at sentence[start:], which is `sent` somewhere; None where it may as well be one of
    their own."""
    ends = {"with": _given(), "a": _GIVEN_TO_THEM_OR_THEIRS}.get(kind) or _OBJECT_ENDS[kind]
    if kind == "discussed" and not ends.search(sentence, start):
        end = END_OF_GIVEN.search(sentence, start)  # "discuss with adults and their kin the options"
        return end if end and " who" not in sentence[start : end.start()] else None
    for end in ends.finditer(sentence, start):
        told = sentence[start : end.start()]
        if kind in ("that", "recognised") and (_OF_A_CLAUSE.search(told) or _VERBLESS_CLAUSE.search(told)):
            continue
        if end.group().startswith((" to ", " to:")) and (
            (OWN_TO.search(told) and not (sent and _CARE.match(sentence, end.end()) and not _CAME.search(told)))
            or is_in_a_span(sentence, start, end)
        ):
            continue
        if end.group() == " for " and (_LASTING.match(sentence, end.end()) or told.endswith(" risk")):
            continue
        if (
            end.group() == " for "
            and sent
            and told.endswith((" after assessment", " after treatment", " after surgery"))
        ):
            return None  # what they were assessed for as well as what they are sent for
        if end.group() == " for " and (
            _SECOND_FOR.match(sentence, end.end())
            or (kind == "to" and (not sent or _TAKEN.search(told)) and _THEN_TO.match(sentence, end.end()))
        ):
            return None
        return end
    return None


def is_in_a_span(sentence: str, start: int, to: re.Match[str]) -> bool:
    """Whether the "to" stands in a range that is told of a group at sentence[start:]: "people with moderate to severe pain"."""
    return _SPAN.search(sentence, start, to.start()) is not None and _SPAN_GOES_ON.match(sentence, to.end()) is not None


@cache
def _object_kinds() -> dict[str, str]:
    """Of each verb with a group right behind it the kind of word that ends the group's own words."""
    kinds = vocabulary.read("recommendations")["objects"]
    return {verb: kind for kind, verbs in kinds.items() for verb in verbs}


@cache
def _given() -> re.Pattern[str]:
    """Where people are told what they get, unlike what they have: "provide people with gout with advice"."""
    things = "|".join(vocabulary.read("recommendations")["given"]["things"])
    return re.compile(rf"\swith\s(?:(?!with\b)[\w’'-]+\s){{0,4}}?(?:{things})\b", re.IGNORECASE)


@cache
def _object_group() -> re.Pattern[str]:
    one = rf"(?:(?!{no_modifier()})[\w‑-]+\s+){{0,3}}?{nouns()}"
    return re.compile(
        rf"\s{{1,3}}(?:(?!family|elderly|early)\w+ly\s)?(?P<group>(?!(?!family|elderly|early)\w+ly\s)(?:{DETERMINER})?{one}(?:(?:,\s{one}){{0,2}},?\s(?:and|or)\s{one})?)\b(?!['’-])(?!{no_person()})",
        re.IGNORECASE,
    )
