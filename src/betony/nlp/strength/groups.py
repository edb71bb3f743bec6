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
from betony.nlp.strength.group_ends import GROUP_TAIL, RULED, end_of_group
from betony.nlp.strength.objects import CONTENT, END_OF_GIVEN, OWN_TO, is_in_a_span
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
from betony.nlp.strength.verbatim import content_end, without_citation
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_TELLING = re.compile(r"\b(?:advise|ask|inform|tell|(?:explain|advice|information)\s+to)$", re.IGNORECASE)
_TELLING_LONGEST = 20
_TOLD_OF = re.compile(
    rf"(?<!concerned)(?<!worried)(?<!anxious)(?<!unsure)(?<!uncertain)\s(?:about|against|that{CONTENT}|what|whether|how|why|(?<!parents\s)(?<!carers\s)(?<!mothers\s)(?<!family\s)(?<!families\s)(?<!partners\s)of\s(?:the|any|this|these)|an?\s(?:[\w-]+\s)?(?:plan|leaflet|copy|summary|choice))\s"
)
"""What stands between those who are told and what they are told: "advise women with X about …"."""
_ASKED_OF = re.compile(r"\s(?:what|whether|how|why)\s(?=(?:they|he|she|it|the|their|his|her|this|these)\b)")
"""What stands between those who are asked and what they are asked: "find out from the person how they want to"."""
_GOES_ON_BEHIND_WHO = (
    " while",
    " to ",
    " and ",
    " using ",
    " include",
    " contain",
    " cover",
    " meet",
    " at the time of",
)
"""What ends a group's words, but not those of the clause that a "who" among them has opened."""
_CONDITION_BEHIND = re.compile(r"\s(?:and|or)\s(?:if|when|unless)\b")
_UNTOLD = re.compile(
    r"\s(?:for\s(?:(?:more\sthan|over|at\sleast|about|around)\s)?(?:\d+|two|three|four|six)(?:\s(?:to|or)\s\d+)?\s(?:hours|days|weeks|months|years)\b(?!\sor\s(?:more|longer))"
    r"|in\sthe\s(?:first|last|next)\s(?:\d+\s|few\s)?(?:hours?|days?|weeks?)\b)"
)
"""What may be told of a group as well as of what is done: "people with pain for 6 weeks", "adults with stroke in the first 24 hours"."""
_LASTS = re.compile(
    r"\bwho(?:se)?\s(?:[^\s,;:]+\s){0,4}?(?:have|has|had|was|were)\s(?:not\s|never\s|\w+ly\s)?(?:\w+(?:ed|en|own)|on)\b|\b(?:lasting|lasted|persist\w*|taking|taken|been|in\swhom|for\swhom)\b"
)
"""What shows that a time is one of the group's own: "people who have had pain" for 6 weeks."""
_HAS_A_CLAUSE = re.compile(
    r"\b(?:who|whose|whom|that|which|having|receiving|taking|undergoing|using|treated|treatment|surgery|lasting|waiting|therapy)\b"
)
_AIM_ALONE = re.compile(
    r"\sto\s(?:reduce|prevent|improve|help|relieve|detect|ease|support|ensure|check|monitor|avoid|confirm|diagnose|inform|identify|assess|treat|manage)\b"
)
"""What something is done for, which may be what a group does as well."""
_MEANS_OF_THEIRS = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|us(?:e|es|ing|ed)|given|having|receiv(?:e|es|ing|ed)|considered|offered|prescribed|treated|treatment|surgery|medicines?|therapy|planned|need|needs|had|\w+ing)\b"
)
_NEED = re.compile(
    r"\bwho\s(?:\w+ly\s|may\s|also\s|still\s)?(?:needs?|requires?|wants?|wishe?s?|hopes?|would\slike)\s(?:(?!to\s)[^\s,;:]+\s?)*$"
)
_BEFELL_THEM = re.compile(r"\bwho\s(?:\w+ly\s)?(?:have\shad|has\shad|have|had|develop|experience|get)\s[^,;:]*$")
"""What happened to a group, and is told with what they did meanwhile: "people who have had a rash" while taking it."""
_WITH_A_PLACE = re.compile(
    r"\swith\s(?:an?|the)\s(?!(?:patient|person|child|woman|man|parents?|carers?|famil(?:y|ies))\b)"
)
_TO_RECORD = re.compile(
    r"\sand\s(?:record|document|refer|offer|explain|provide|consider|ensure|monitor|assess|review|advise|discuss|arrange|repeat|measure|prescribe)\b"
)
"""What is to be done besides, and by nobody of the group: "people who have had a stroke and record the result"."""
_SENT = re.compile(r"\sto\s(?:an?|the|their)\s")
"""How it is told to whom people are sent: "refer people who are breastfeeding to a clinic"."""
_REFERRED = re.compile(
    r"\b(?:referred|admitted|transferred|discharged|presenting|known|going|coming|moving|returning|sent)$"
)
"""What stands before the place to which a group's people have come: "people referred to a clinic"."""
_BEFORE_TO = re.compile(
    r"\b(?:failed|fails?|unable|able|unwilling|willing|likely|unlikely|want|wants|wish|wishes|refuse|refuses|refused|continues?|continued|suspected|known|thought|believed|expected|found|shown|considered|judged|deemed|due|going)$"
)
"""Words that a verb with "to" belongs to, so that no aim begins with it: "patients whom others have failed to help"."""
_BEFELL = re.compile(
    r"\b(?:who(?:se)?|that|which)\s[^,;:]{0,80}\b(?:progressed|relapsed|recurred|worsened|got\sworse|returned|responded|responding|improved|resolved|settled|healed)(?:\s\([^()]{2,30}\))?$|\sborn$"
)
"""What has befallen a group's illness, and still is told when: "adults whose disease has progressed during treatment"."""
_PASSED = re.compile(
    r"\b(?:who(?:se)?|that)\s[^,;:]{0,80}\b(?:been|was|were|are|is)\s(?:\w+ly\s)?\w+(?:ed|en|ept|ought|old)$",
    re.IGNORECASE,
)
"""What was done with a group, and still is told when: "people who have been discharged after assessment for stones"."""
_BEFELL_WHEN = re.compile(r"\s(?:during|after|within|before)(?:\s(?:or|and)\s(?:during|after|within|before))?\s")
_LEFT_OUT = re.compile(
    r"\b(?:including|especially|particularly|except|excepting|other\s+than|apart\s+from|rather\s+than|instead\s+of|unlike|but\s+not|with\s+the\s+exception|particular\s(?:consideration|attention|focus|emphasis|care))\s*$",
    re.IGNORECASE,
)
_LEFT_OUT_LONGEST = 34
"""What stands before those whom it is not about, or not alone: "offer it except to children", "including for people who"."""
_NO_GROUP = re.compile(
    r"\bexcept\b[^,;.]{0,40}$|\bnot\sto\s$|\b(?:risks?|harms?|dangers?|threats?)\sto\s$", re.IGNORECASE
)
_NO_GROUP_LONGEST = 48
"""What stands before a verb ("careful not to stigmatise women"), before those in danger ("the risk to the baby"), or before an
exception ("except as a last resort in")."""
_QUESTION = re.compile(r"\b(?:whether|how|when|where|what|which)\s$")
_EPIDEMIOLOGY = re.compile(
    r"\b(?:occurs?|occurring|commonly|common|commoner|commonest|frequent|frequently|likelier|likely|rare|rarer|rarely|seen|prevalent|prevalence|incidence)\s(?:\w+ly\s)?(?:in|among)\s$"
)
"""What stands before those in whom something is found, and of whom nothing is asked: "croup is most common in children"."""
_EPIDEMIOLOGY_LONGEST = 40
_MADE_FOR = re.compile(r"\b(?:developed|designed|intended|licensed|approved|validated|meant|written)\s(?:\w+ly\s)?$")
"""What stands before those for whom a thing was made: it may be given to others."""
_MEMBERS = re.compile(
    r"\b(?:representation|representatives|members|input|feedback|comments|views|consent|permission|support|help|assistance|care|a\shistory|information|drawn|derived|obtained|gathered)\s$"
)
"""What stands before those who take part, and are not cared for: "representation from people with gout"."""
_SECOND_VERB = re.compile(r"\S\s+and\s$")
"""What stands before the second of two instructions: "check the heels and advise women", but for those named before, "the child"."""
_IN_A_TITLE = re.compile(
    r"\b(?:guidance|guidelines?|standards?|advice|report)\s(?:[Oo]n\s)?['‘]?(?!NICE)[A-Z][a-z]+(?:\s[^\s,;:.'’]+){1,14}\s$"
)
"""What stands before those whom the title of another document names: "the NICE guidance Improving care for adults"."""
_ADDRESSING = ("advise", "ask", "encourage", "invite", "refer", "tell")
_AIM = re.compile(r"\sto\s(?=[a-z])")
_NOT_AN_AIM = re.compile(
    _BEFORE_TO.pattern
    + r"|\b(?:exposed|related|allergic|sensitive|resistant|prior|access|admitted|referred|respon\w+|close|need\w*|try|tries|\w+ing|intoleran\w+|reactions?|exposure"
    r"|according|up|next|contraindications?|adherence|ready|eligible|about|how|when|whether|what|where|like|have|has|had|used|order|told|asked|advised|secondary"
    r"|adjacent|attributable|susceptible|vulnerable|relative|opposed|plan|intend|prefer|decline|seek|begin|start|\d)$"
)
"""What stands before a "to" that belongs to the group's own words, not to what they are asked to do: "who wish to", "allergic to"."""
_SENT_FOR = re.compile(
    rf"{_AIM.pattern}|\sfor\s(?:an?\s|the\s|further\s)?(?:[\w-]+\s){{0,4}}?(?:opinion|assessment|review|advice|surgery|investigation|resection|rehabilitation)s?\b"
)
"""What people are sent to or for: "refer adults with gout for an early specialist opinion"."""
_TREATING = ("treat", "treating")
_MEANS = re.compile(r"\s(?:with(?!\sor\swithout\b)|using)\s")
_STOPS = re.compile(r"[,;:.]|\s(?:if|when|unless|until|who|whose)\s")
_DETERMINED = re.compile(DETERMINER, re.IGNORECASE)
_NOT_A_MEANS = re.compile(
    r"\b(?:present\w*|diagnosed|liv(?:e|es|ing)|infected|associated|treated|consistent|compl(?:y|ies)|cop(?:e|es|ing)|compatible|affected|help|problems|difficulty"
    r"|together|along|contact|accordance|line|conjunction|combination|consultation|and|or|patients?|people|adults|children|women|men|individuals|those)$"
)
"""What stands before a "with" that tells what people have, not what they are treated with."""
_COMPANY = re.compile(r"\b(?:if|unless|provided)\s(?:that\s)?(?:the|its)\s(?:company|manufacturer)\b")
"""How a condition opens that binds those who sell, and names no group of its own."""
_GIVING = ("give", "offer")
_VERB_BEGUN = re.compile(r"\s(?:there|it|will|would|may|might|can|could|should)$")
"""What is left of another clause's beginning where its verb has been cut off."""
_ASKING = ("ask", "tell", "inform", "advise")
_IS_TOLD = re.compile(r"\s(?:to|not|about|if|whether|how|what|why|when|where|which|that|for|against|their|his|her)\b")
"""What stands behind those who are told: another noun would be what they are asked ("ask people specific questions")."""
_WITH_THEIRS = re.compile(r",\s(?:and|or)\s(?:their|his|her)\s[^,.;:()]{3,80}(?=,)")
"""Others who belong to the group, between commas: "patients, and their carers where appropriate, how to"."""
_WHO_BELOW = re.compile(r"\s(?:who|whose|whom)\s")
"""How lines without signs begin that tell more of the group before the colon."""
_HOW = re.compile(r"\s(?:immediately|urgently|promptly|routinely|separately)$")
"""How those are treated whose words end before it: "treat adults with gout promptly"."""
_OF_TOPICS = re.compile(r"\s(?:about|how|why|that|whether)$")
"""What stands behind those who are told, before a list of what they are told: "give advice to people about:"."""
_FOR_AN_ILLNESS = re.compile(r"(?<=^people)\sfor\s(?!whom\b).*$", re.DOTALL)
"""What those are given something for of whom no more is said: "offer drops to people for an earache"."""
_CANNOT = re.compile(r"\b(?:who|whom)\s[^,;:]{0,60}\b(?:cannot|unable|not|unsuitable|contraindicated|intolerant)\b")
"""A group's own clause that says what they cannot have, and may say why."""
_WHEN_ISSUED = re.compile(r"\s(?:this|the)\s(?:guidance|guideline|appraisal|recommendation)\s(?:was|is|were)\b")
"""What tells since when a group has been treated: "people who were taking it when the guidance was issued"."""
_LACKS = re.compile(r"\b(?:having|have|has|had|taking|receiving|using|with|of|for|at|in)$")
_INSERTED = re.compile(r"\s(?:or|and)\s[^,;:.()]{3,60},(?=\s)")
"""What stands between commas before what both go with: "women who are having, or likely to have, hot flushes"."""
_ALONE_OR = re.compile(
    r"\s(?:separately|alone|singly|together|on\s(?:its|their)\sown)\s(?:or|and/or)\s(?:in\scombination|with|together)\b"
)
"""How it is told in what company people had what they had: "adults who had wax, alone or with balm"."""
_BUT_ALSO = re.compile(r"\sas\sdefined\sby\b|\sbut\s(?:otherwise|also|still|who|not)\b")
"""How more is told of those of whom something is told: "people who are ill, but otherwise well"."""
_SECOND_GROUP = re.compile(
    r"\swith\sor\swithout\s|\s(?:for|in|to|with)\swhom\s|\s(?:or|and)\s(?:in|for|to)\s(?:[\w-]+\s){0,4}?(?:adults|people|patients|children|women|men|infants|babies|individuals)\b"
)
"""How more is told of a group behind a comma: "children who have gout, or in infants with stones", "adults with pain, with or without"."""
_RULED_THERE = re.compile(r"(?<!who\s)\b(?:should|must|may|can|is|are)\b")
_AND_WHO = re.compile(r"(?!\s(?:should|must|may|can)\b)[^,;:.()]{1,80}?\sand\swho(?:se)?\s")
"""A second clause that tells more of a group: whatever stands before it does too."""
_AFTER_WHAT = re.compile(
    r"\s(?!\d|the\b|each\b|every\b|any\b|all\b|an?\b|\w+ing\b|this\b|that\b|these\b|\w+ly\b)[\w‑-]+(?:\s(?!and\b|or\b)[\w‑-]+)?(?=\s*(?:[.;:\[]|$))"
)
"""What a group has after some event, at the end of the sentence: "people with weakness after burns"."""


def group(sentence: str, start: int) -> str | None:
    """The group the words are about ("to adults with X who …"), up to the end of its phrase."""
    if not has_any(sentence.lower(), population_signs()):
        return None
    match = _population_pattern().search(sentence, start)
    if match and _first_word(match["group"]) in _TREATING:  # "to treat people with gout": those who are treated
        match = _population_pattern().search(sentence, match.start("group"))
    if "iscuss" in sentence and (partner := _discussed().search(sentence, max(0, start - len("discuss")))):
        match = partner if match is None or partner.start("group") < match.start("group") else match
    if (
        match is None
        or _first_word(match["group"]) in verb_set()
        or match["before"].lower() in ("help", "that")
        or depth(sentence, start, match.start("group"))
        or _LEFT_OUT.search(sentence, max(start, match.start() - _LEFT_OUT_LONGEST), match.start())
        or _NO_GROUP.search(sentence, max(start, match.start() - _NO_GROUP_LONGEST), match.start("group"))
        or actors.cares(sentence[match.end("group") : match.end("group") + 20])
        or _IN_A_TITLE.search(sentence, start, match.start("group"))
        or (("ompany" in sentence or "anufacturer" in sentence) and _COMPANY.search(sentence, start, match.start()))
    ):
        return None
    if is_lone(match["group"]):
        return None
    if match["before"].lower() == "to" and _QUESTION.search(sentence, start, match.start()):
        return None  # the verb of the question: "whether to scan people"
    if match["before"].lower() == "from" and _MEMBERS.search(sentence, start, match.start()):
        return None
    if match["before"].lower() in ("in", "among") and _EPIDEMIOLOGY.search(
        sentence, max(start, match.start("group") - _EPIDEMIOLOGY_LONGEST), match.start("group")
    ):
        return None
    if match["before"].lower() == "for" and _MADE_FOR.search(sentence, start, match.start()):
        return None
    second = match["before"].lower() in verb_set() and _SECOND_VERB.search(sentence, start, match.start())
    if second and not match["group"].lower().startswith("the "):
        return None
    if match["before"].lower() in _GIVING and not GOES_ON.match(sentence, match.end()):
        return None
    if match["before"].lower() in _ASKING and not (
        GOES_ON.match(sentence, match.end()) or _IS_TOLD.match(sentence, match.end())
    ):
        return None
    if _treated_untold(sentence, match):
        return None
    at = match.end()
    telling = _TELLING.search(sentence, max(0, match.end("before") - _TELLING_LONGEST), match.end("before")) is not None
    asked = match["before"].lower() == "from"
    limit = _limit(sentence, match)
    while True:
        stop = end_of_group().search(sentence, at)
        if telling and (told_of := _TOLD_OF.search(sentence, at, stop.start() if stop else len(sentence))):
            stop = told_of
        if asked and (of := _ASKED_OF.search(sentence, at, stop.start() if stop else len(sentence))):
            stop = of
        end = stop.start() if stop else content_end(sentence)
        if limit is not None and limit <= end:
            stop, end = None, limit
            break
        told = sentence[match.start("group") : end]
        if stop is not None and (on := _on_behind(sentence, told, stop)):
            at = on
            continue
        if (
            stop is not None
            and (theirs := _WITH_THEIRS.match(sentence, stop.start()))
            and not depth(told, 0, len(told))
        ):
            stop, end = None, theirs.end()
            break
        if stop is not None and stop.group() == "," and depth(told, 0, len(told)) <= 0:
            if (row := rows.goes_on(sentence, told, stop.end())) is not None:
                at = row
                continue
            if rows.is_cut(sentence, told, stop.end()):
                return None
        if stop is not None and depth(told, 0, len(told)) <= 0 and _may_be_theirs(told, stop):
            return None
        goes_on = stop is not None and " who" in told and _in_their_clause(told, stop, verb=match["before"].lower())
        if stop is None or (depth(told, 0, len(told)) <= 0 and not goes_on):
            break
        at = stop.end()
    if (how := _UNTOLD.search(sentence, match.end("group"), end)) and not _LASTS.search(
        sentence, match.end("group"), how.start()
    ):
        return None
    return _named(
        squeeze(sentence[match.start("group") : end]), listed=stop is not None and stop.group().startswith(":")
    )


def _may_be_theirs(told: str, stop: re.Match[str]) -> bool:
    """Whether nobody can tell if a word ends a group's words or goes on with what is told of it: "people who take wax to reduce
    pain", "adults having surgery followed by wax"."""
    word = stop.group().lower()
    if word.startswith(" while") and _BEFELL_THEM.search(told):
        return False
    if word.startswith((" while", " followed", " for ")) or _WITH_A_PLACE.match(word):
        return _HAS_A_CLAUSE.search(told) is not None
    if word.startswith(" to ") and " who" in told and _AIM_ALONE.match(word):
        return _MEANS_OF_THEIRS.search(told) is not None and not _is_their_aim(told)
    return False


def _is_their_aim(told: str) -> bool:
    """Whether an aim behind these words is what the group wishes or needs: "people who need treatment" to relieve pain."""
    return OWN_TO.search(told) is not None or _NEED.search(told) is not None


def _in_their_clause(told: str, stop: re.Match[str], verb: str) -> bool:
    """Whether a word that may end a group's words goes on with the clause that a "who" among them has opened."""
    word = stop.group().lower()
    if not word.startswith(_GOES_ON_BEHIND_WHO) or _CONDITION_BEHIND.match(word) or _TO_RECORD.match(word):
        return False
    if word.startswith(" while"):
        return _BEFELL_THEM.search(told) is not None
    if _AIM_ALONE.match(word) and not _is_their_aim(told):
        return False
    return not (verb == "refer" and _SENT.match(word) and not _REFERRED.search(told))


def _on_behind(sentence: str, told: str, stop: re.Match[str]) -> int | None:
    """From where to look on for the end of a group, behind a word that may end one but belongs to what is told of it."""
    word = stop.group()
    if word == " when" and _WHEN_ISSUED.match(sentence, stop.end()):
        return stop.end()
    if word == " because" and sentence.startswith(" of ", stop.end()) and " who" in told:
        return stop.end() + len(" of ")  # what has befallen the group
    if _SENT.match(word) and _REFERRED.search(told):
        return stop.end()
    if (word.startswith(" to") and not _SENT.match(word) and _BEFORE_TO.search(told)) or (
        word == " because" and _CANNOT.search(told)
    ):
        return stop.end()
    if word == "," and (
        _is_second_group(sentence, stop.end()) or (" who" in told and _BUT_ALSO.match(sentence, stop.end()))
    ):
        return stop.end()
    if word == "," and _LACKS.search(told) and (inserted := _INSERTED.match(sentence, stop.end())):
        return inserted.end()
    if word == "," and _ALONE_OR.match(sentence, stop.end()):
        return stop.end()
    if word == "," and told.endswith(("+", "−")):
        return stop.end()  # of a row of markers: "people with ER+, LN− and HER2− cancer"
    if word == ":" and _WHO_BELOW.match(sentence, stop.end()):
        return stop.end()
    if (dated := _BEFELL_WHEN.match(sentence, stop.start())) and (_BEFELL.search(told) or _PASSED.search(told)):
        return dated.end()
    if " who" in told and (second := _AND_WHO.match(sentence, stop.end())):
        return second.end()
    if word == " after" and " with " in told and (event := _AFTER_WHAT.match(sentence, stop.end())):
        return event.end()
    return None


def _is_second_group(sentence: str, comma: int) -> bool:
    """Whether more is told of a group behind the comma; a group behind "and" may as well open what is to be done with it."""
    second = _SECOND_GROUP.match(sentence, comma)
    if second is None or not second.group().startswith(" and "):
        return second is not None
    stop = end_of_group().search(sentence, second.end())
    words = sentence[second.end() : stop.start() if stop else len(sentence)]
    return verb_set().isdisjoint(words.lower().rstrip(".").split()) and not _RULED_THERE.search(words)


def _named(group: str, *, listed: bool) -> str | None:
    """The group's words without a verb that is not their own and without a loose end; None where they name nobody. The words
    before a list (`listed`) may say little, for its items say more."""
    whole = group
    if ruled := RULED.match(group):
        group = _VERB_BEGUN.sub("", ruled["group"].rstrip(" ,"))
    group = _FOR_AN_ILLNESS.sub("", _OF_TOPICS.sub("", _HOW.sub("", group)))
    if group.lower() in ANYBODY and not (listed and group == whole):
        return None
    return without_citation(group if listed else GROUP_TAIL.sub("", group))


def _limit(sentence: str, match: re.Match[str]) -> int | None:
    """Where the words at the latest end for those who are asked to do something, sent somewhere or treated with something."""
    verb = match["before"].lower()
    found: Iterator[re.Match[str]]
    if verb in _ADDRESSING:
        found = (
            aim
            for aim in (_SENT_FOR if verb == "refer" else _AIM).finditer(sentence, match.end())
            if not _NOT_AN_AIM.search(sentence, match.end("before"), aim.start())
            and not is_in_a_span(sentence, match.end("before"), aim)
        )
    elif verb in _TREATING:
        found = iter(_means(sentence, match))
    elif verb in _GIVING:
        found = END_OF_GIVEN.finditer(sentence, match.end())
    else:
        return None
    return next((at.start() for at in found if depth(sentence, match.end(), at.start()) == 0), None)


def _means(sentence: str, match: re.Match[str]) -> list[re.Match[str]]:
    """Where it may be told with what those are treated who were just named."""
    return [
        means
        for means in _MEANS.finditer(sentence, match.end() + 1)
        if means.group() == " using " or not _NOT_A_MEANS.search(sentence, match.end("before"), means.start())
    ]


def _treated_untold(sentence: str, match: re.Match[str]) -> bool:
    """Whether nobody can tell if "with" opens what those have who are treated, or what they are treated with: "treat pregnant
    women with wax"."""
    if _first_word(match["before"]) not in _TREATING:
        return False
    stop = _STOPS.search(sentence, match.end())
    means = [one for one in _means(sentence, match) if stop is None or one.start() < stop.start()]
    having = sentence.startswith(" with ", match.end())
    return len(means) > 1 or (having and not means and " " in match["group"] and not _DETERMINED.match(match["group"]))


def _first_word(words: str) -> str:
    return words.partition(" ")[0].lower()


@cache
def _population_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<before>{word_of(vocabulary.read('recommendations')['population']['before'])})\s+"
        rf"(?P<group>(?:{DETERMINER})?(?:(?!{no_modifier()})['‘]?[\w‑-]+['’]?\s+){{0,3}}?{nouns()})\b(?!['’-])(?!{no_person()})",
        re.IGNORECASE,
    )


@cache
def _discussed() -> re.Pattern[str]:
    """Those with whom something is discussed."""
    return re.compile(
        rf"\bdiscuss\s(?!with\b)[^,;:.()]{{1,100}}?(?<!ed)\s(?P<before>with)\s(?!(?:their|his|her|your)\b)"
        rf"(?P<group>(?:{DETERMINER})?(?:(?!{no_modifier()})[\w‑-]+\s){{0,3}}?{nouns()})\b(?!['’-])(?!{no_person()})",
        re.IGNORECASE,
    )
