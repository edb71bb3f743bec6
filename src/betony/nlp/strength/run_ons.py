"""What runs on behind the words for a group: the sentence's verb, what is done with them, when, why and by whom."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.clauses.signs import RELATIVE, depth
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of
from betony.nlp.strength.people import nouns

_CLAUSE = re.compile(r"\b(?:who|which|that|whose|whom|where|if|when|unless)\b")
"""What opens a clause that tells more of a group."""
_GRADE_FIRST = re.compile(r"^(?:[A-D]:|every\s\d+|Recommendation\s[IVX\d]+[A-Z]?\.)\s")
"""A grade, a number or a share before the group: "A: Patients with gout"."""
_NOT_YET = re.compile(
    r"(?:Before|After|At|During|Following|Upon)\s[^,;]*\s|[^,;]*\b(?:contact\sbetween|quality\sof\slife\samong|QOL\samong|survival\samong)\s"
)
"""What stands before the group where a subject holds more than its name."""
_A_THING = re.compile(
    r"\b(?:patient|parental|parent|child|client)\s(?:report|record|consent|chart|form|leaflet)s?$|\bindividual\s[A-Z]{2,}$|\bclinical\spractice\sguidelines?$"
    r"|^(?:parental|parent|patient|carer)(?:\s(?:or|and)\s\w+)?\sconsent\b|\bindividuals?\s(?:assigned|responsible|with\s(?:[\w-]+\s){0,5}certification)\b"
    r"|\.[†*‡]?\s(?:The|This|It|In|An?)\s"
)
"""What is no group, be it named after one: a document, who is on duty, more than a sentence."""
_TITLE = re.compile(r"(?:\S+\s){0,3}?[A-Z][a-z]+(?:\s\S+){0,4}?\s(?:with|and|of|for)\s[A-Z][a-z]+")
_OF_A_TITLE = re.compile(r"[^.;:]{0,40}\b(?:guidelines?|guidance|quality\sstandard)\b")
"""What follows a group that stands in the title of another document."""
_VERB = re.compile(r"\s(?:can|may|might|could|is|are|was|were|remains?|will|would|cannot)(?=\s|$)")
"""The verb of the sentence, where no clause of the group's own has begun."""
_ITS_SUBJECT = re.compile(r"\s(?:(?:it|there)|(?:while|because|as|so)\s[^,;]*)$")
"""What is left of another clause where its verb is cut off: "adults with gout while more evidence" is found."""
_SECOND_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|can|may|cannot|do|does)\s(?:(?!(?:and|or|but|that|who|which|whose|whom|where|if|when|as|than|to|because)\b)[\w/’'-]+\s){1,8}?(?P<second>can|may|might|could|will|would|cannot|should|must|remains?)(?:\s|$)"
)
"""Two verbs of a clause that nothing joins: the second is the sentence's own."""
_TO_EXAMINE = re.compile(
    r"\b(?:assess|screen|test|monitor|examine|evaluate|observe|check|assessing|monitoring\sof|screening\sof)\s$",
    re.IGNORECASE,
)
"""Verbs before those whom something is looked for in: "assess the patient for falls"."""
_TO_TELL = re.compile(
    r"\b(?:advise|inform|educate|counsel|teach|(?:explain|(?:information|advice|education)(?:\s\([^()]*\))?)\s(?:to|for)|(?:provide|give))\s$",
    re.IGNORECASE,
)
"""Verbs before those who are told of something: "inform adults about rest"."""
_TO_GIVE = re.compile(r"\b(?:offer|give|provide)\s$", re.IGNORECASE)
_THINGS_GIVEN = re.compile(
    r"(?<!\bwith)(?<!\bof)(?<!\bin)(?<!\bat)(?<!\bhave)(?<!\bhas)(?<!\band)(?<!\bor)(?<!\bfor)\sat\sleast\s(?:an?|one|two|\d)\s"
)
"""The thing given, behind those who get it: "offer users at least one device"."""
_WHEN_GIVEN = re.compile(
    r",?\s(?:before|after|at|during|within|every|each|when|if|until|unless|throughout|once|twice|annually)\b"
)
_A_GIFT = re.compile(
    r"(?<!\bfor)(?<!\bof)(?<!\bwith)(?<!\bin)(?<!\bto)(?<!ing)(?<!\bon)(?<!\bneed)(?<!\bneeds)(?<!\bwant)(?<!\bhave)(?<!\bhad)\s(?:[\w-]+\s)?(?:advice|information|support|training|counselling|therapy|treatment|medicines?|booklets?|leaflets?)$"
)
"""What may be what is given at the end of the words for those who get it, before when they get it."""
_TO_REGARD = re.compile(r"\b(?:treat|regard|manage|classify|prioriti[sz]e)\s$", re.IGNORECASE)
"""Verbs before those who are to be thought of in some way: "treat walkers as a priority"."""
_REGARDED = re.compile(
    r"\sas\s(?:an?\s)?(?:high|low|top|urgent|equal|(?:[\w-]+\s)?(?:priority|emergency|priorities))\b"
)
_FOR = re.compile(r"\sfor\s(?!whom\b|which\b)")
_TOPIC = re.compile(r"\s(?:regarding|concerning|about|on\s(?:the|how|what|medicines)|of\sthe(?:ir)?)\s")
_BY = re.compile(r"\sby\s(?:the|an?|their|history|clinical|physical)\s")
_FOUND = re.compile(r"\b(?:found|diagnosed|confirmed|identified|classified|shown)\b")
"""What is done to a group by a means that is told with it."""
_SAYING = re.compile(
    r"\s(?:outlining|explaining|describing(?=\s(?:how|what|when|where|why|which|the|their|his|her|this|these)\b)|detailing|summari[sz]ing|specifying|setting\sout)\s"
)
"""What the thing given says, and nobody does: "offer a plan to people with gout outlining their treatment"."""
_EXPERIENCED_WITH = re.compile(
    r"\b(?:experienced|skilled|trained|with\s(?:[\w-]+\s){0,3}(?:experience|expertise|training|skills?)(?:\s(?:and|or)\s\w+)?)\s(?:in|of)\s[^,;:.()]{0,50}$"
)
"""What stands before those whom a team has cared for: "a team experienced in treating people having wax"."""
_SKILL_SIGNS = ("experience", "expertise", "skill", "train")
"""Letters without one of which nobody is said to have cared for others."""
_TOLD_IN = re.compile(
    r"\b(?:is|are|be)\s(?:\w+ly\s|even\s|much\s)?(?:greater|higher|lower|worse|increased|reduced|more\s[\w-]+)\s[^;:.]*\bin\s(?:[^;:.]*,\s(?:and|or)\sin\s)?$"
)
"""What stands before those in whom something is greater: the main clause stands behind them."""
_DONE = re.compile(r"(?:ed|en|ght|own|un|lt|ept)\b")
"""The end of a participle, whose "by" is its own: "deemed fit by a surgeon"."""


@cache
def _tails() -> re.Pattern[str]:
    """What is no part of a group, whatever was told of it: when, why, what for and with whom something is done."""
    words = vocabulary.read("recommendations")["groups"]
    purposes, roles = any_of(words["purposes"]), any_of(words["roles"])
    return re.compile(
        rf"(?=[,\s])(?:\s(?<!risk\s)(?<!risks\s)(?<!candidates\s)(?<!candidate\s)(?<!indication\s)(?<!indications\s)(?<!referred\s)(?<!considered\s)(?<!treated\s)(?<!need\s)(?<!eligible\s)(?<!listed\s)"
        rf"for\s(?:the\s|an?\s)?(?:(?:serial|routine|possible|further)\s)?(?:{purposes})\b"
        rf"|\sas\s(?:{roles})\b|\sincluding\s(?:[\w-]+\s){{0,3}}(?:therapy|support|treatment|measures)\b"
        r"|(?<!ed)\s(?:to|into|onto)\s(?:the|an?|this)\s(?:[\w-]+\s){0,5}?(?:[Rr]egister|[Rr]egistry|[Dd]atabase)\b"
        r"|\sat\s(?:each|annual|every|all\sopportunities|their\sfirst|the\sbooking|(?:the\s)?time\sof|\d+\sto\s\d+\s(?:hours|days|weeks))\b|\sbeginning\sat\b|\sfrom\sthe\stime\sof\b"
        r"|\sin\s(?:collaboration|conjunction|consultation|partnership)\swith\b|\swith\sa\steam\b|\sfrom\s(?:a\smember\sof|the\s(?:team|clinic))\b|\sbut\swith\san?\s"
        r"|,?\sand\s(?:again\s)?at\s(?:the|each|every|their)\s(?:[\w-]+\s){0,3}(?:appointments?|visits?|reviews?|contacts?|checks?)\b"
        r"|\s(?:due\sto|because\sof)\s(?:the\s)?(?:increased|lack|potential|other|limited|low\srisk)\b"
        rf"|(?:(?<=adults)|(?<=people)|(?<=patients)|(?<=children)|(?<=women)|(?<=\bmen)|(?<=carers))\sthat\s(?:involves?|includes?|having|is)\b"
        r"|\sto\s\d+\s?°|\s\(NICE\s|\sor\sfor\s(?!whom\b|those\b|people\b|patients\b|adults\b|children\b|women\b|men\b)|\sfor\san?\spossible\s"
        r"|(?<!\d)\sand\s(?:(?:at\sleast\s)?\d[\d.,–-]*\s?(?:%|cm|mm|mg|ml|g|IU|units?|mmol)|that\s|consider(?:ation)?\b|(?:markedly|lower|higher)\s[\w-]+\sdoses?\b))"
    )


@cache
def _other_arm() -> re.Pattern[str]:
    """Another thing for another group: "infants with delay and speech therapy for older children"."""
    return re.compile(
        rf"\sand\s(?!(?:in|for|to|with|those|their|his|her|the)\s)(?:(?!(?:and|or|in|for)\s)[\w’'-]+\s){{1,6}}?(?:in|for)\s(?:[\w’'-]+\s){{0,3}}?{nouns()}\b"
    )


_MEANS = re.compile(
    r"\s(?:using\sthe\s(?:principles|following|criteria|tables?|guidance)\b|addressing\s|per\s(?=complete|protocol|local))"
)
"""By what something is told of a group, or done: "define it in adults using the following table"."""
_DONE_BESIDES = re.compile(r"\sand\s(?!those\s)(?=[^,;]*\b(?:excluded|given|offered|made|monitored|should)\b)")
"""What is to be done besides: "in all patients and gout excluded"."""
_DIAGNOSED_TO = re.compile(
    r"\bwho\s(?:were|are|have\sbeen)\sdiagnosed\s(?!to\b)[^,;]*?(?P<aim>\sto\s(?!(?:the|an?)\b)[a-z]+\s)"
)
"""What something is done for, behind what was found in a group: "women diagnosed with gout to exclude"."""
_IN_A_UNIT = re.compile(
    r"\sin\s(?:an?|the)\s(?:[\w-]+\s){0,3}(?:unit|centre|clinic|department)(?P<told>\s(?:that|which|with)\s.*)?$",
    re.DOTALL,
)
_IS_THERE = re.compile(
    r"\b(?:treated|seen|cared|born|admitted|liv\w+|stay\w*|work\w*|managed|being|surgery|birth|diagnosed|are\sin|is\sin|assessed|using|attend\w*|patients?|already|received?|receiving)\b"
)
"""What tells that a group is in the place that its words end with: "people who were treated in a unit"."""
_AT_TIMES = re.compile(
    r"\sat\s(?!(?:[\w-]+\s)?risk\b)[^,;:.()]{2,40}?(?:,|\s(?:and|or)(?:\s\([^()]{3,30}\))?)\sat\s"
    r"(?:the\s(?:start|end|beginning|close|time|first|next)|each|every|any|discharge|transfer|admission|diagnosis|referral|follow-up|relapse)\b"
)
"""A row of the times at which something is done: "at admission and (as needed) at the end of each stay"."""
_ADVOCATE = re.compile(r"\badvocate\sfor\s$", re.IGNORECASE)
_HOW = re.compile(
    r"\s(?:annually|routinely|regularly|periodically|(?:(?<=patients\s)|(?<=patient\s)|(?<=people\s)|(?<=women\s))(?:pre|post)operatively)\b"
)
"""How often, or when, something is done."""
_REMARK = re.compile(
    r"\s?[(\[](?=[^()]*(?:et\sal|\bif\sthey\s(?:prefer|wish|want|agree)|this\srecommendation|\bconsider\b|[Gg]uideline|\sbeing\s))[^()]*(?:\([^()]*\)[^()]*)*[)\]]$"
)
"""A remark, a citation or a definition in brackets behind a group."""
_DOING = re.compile(r"\b(?!during\b|including\b|having\b)[a-z]+ing\b")
"""What a group is told to be doing: "patients attempting cessation"."""
_MAY_BE_TOLD = re.compile(
    r"\s(?:as|at|in|from|because(?!\sof\sthe\s(?:increased|high)\srisk)|due|for\s(?:an?\s|the\s)?(?:prevention|use|diagnosis))\b"
)
"""What ends a group of a few words, but not one of which is told what they do or have."""
_LOOSE = re.compile(r"\s(?:even|soon|shortly|straight|occurring|then|also|annually)$")
"""A word that leads on to what was cut off."""
_LASTED = re.compile(
    r"\swithin\s(?:the\s)?(?:(?:past|last|previous|prior|preceding)\s)?\d+\s(?:hours|days|weeks|months|years)\b(?:\s(?:of|after)\s[^\s,;.]+(?:\s[^\s,;.]+){0,4}?(?=[,;.(]|$))?"
)
"""What still belongs to the group behind words that seem to end it: "patients who had a stent within the past 90 days"."""
_PAST = re.compile(r"\swithin\s(?:the\s)?(?:past|last|previous|prior|preceding)\s")
_SEEN = re.compile(
    r"\b(?:presenting|seen|admitted|diagnosed|arriving|born|referred|identified|starting|occurring|developing)$"
)
"""What befell a group, and is told when: "people presenting" within 12 hours."""
_ROW = re.compile(
    r",\s(?:have|has|are|is|had|weighs?|lives?|takes?|smokes?|drinks?|cannot|needs?)\s[^.;:()]{3,120}?,?\s(?:and|or)\s(?:(?:still|also|now)\s)?(?:are|have|is|has|whose?)\s(?:(?!should\b|must\b|may\b|can\b)[^\s.;:,()]++\s?){1,12}(?=[.;:,()]|$)"
)
"""What else is told of a group, each in a clause of a row: "who had a stroke, have gout, and are in pain"."""
_SPAN = re.compile(r"\bmore\sthan\s\d+\s(?:hours|days|weeks|months|years)$")
_SINCE = re.compile(r"\safter\s[^\s,;.(]+(?:\s[^\s,;.(]+){0,5}(?=[,;.(]|\sand\s|$)")
"""From when a time is counted that is one of the group's own: "people seen more than 12 hours" after a fall."""
_AND_WHO = re.compile(r"\sto\s(?:[\w’'-]+\s){1,6}?(?:and|or)\s(?:who|whose)\s")
"""What goes on telling of a group behind the words that end it: "people who use balm" to heal and who smoke."""
_WANTS_MORE = re.compile(
    r"\b(?:motivated|intend\w*|enough|fit|(?:un)?able|(?:in)?ability|preference|wish\w*|(?:un)?willing|(?:un)?likely|need|needs|ready)$"
)
"""What no group's words can end in before a "to"."""


def settled(group: str, sentence: str) -> str | None:
    """The group as far as its own words go in the sentence that names it; None where it names nobody, or where its last word
    asks for more than can be told from what follows."""
    if "\n" in group:
        return group
    group = _GRADE_FIRST.sub("", group, count=1)
    if (before := _NOT_YET.match(group)) and nouns_alone().match(group, before.end()):
        group = group[before.end() :]
    at = sentence.find(group)
    verb, behind = (sentence[max(0, at - 60) : at], sentence[at + len(group) :]) if at >= 0 else ("", "")
    if _A_THING.search(group) or (_TITLE.match(group) and _OF_A_TITLE.match(behind)):
        return None
    if (has_any(verb, _SKILL_SIGNS) and _EXPERIENCED_WITH.search(verb)) or (
        behind.startswith(", and ") and at > 0 and _TOLD_IN.search(sentence, 0, at)
    ):
        return None
    goes_on = behind.strip(" .")
    if (not goes_on or (_WHEN_GIVEN.match(behind) and _A_GIFT.search(group))) and _TO_GIVE.search(verb):
        return None  # what they are given stands in it
    whole = group
    if at >= 0 and " at " in group and (times := _AT_TIMES.search(sentence, at, at + len(group) + 60)):
        named = sentence[at : times.start()]
        group = named if len(named) < len(group) and not _CLAUSE.search(named) else group
    for shorter in (_without_verb, _without_errand, _without_tail):
        group = shorter(group, verb)
    if group != whole:
        return group
    if (
        lasted := ((_CLAUSE.search(group) or _SEEN.search(group) or _PAST.match(behind)) and _LASTED.match(behind))
        or (" who " in group and _ROW.match(behind))
        or (_SPAN.search(group) and _SINCE.match(behind))
    ):
        return group + lasted.group()
    if behind.startswith(" to ") and (_WANTS_MORE.search(group) or _AND_WHO.match(behind)):
        return None
    return group


@cache
def nouns_alone() -> re.Pattern[str]:
    """Words for people and nothing before them but an article."""
    return re.compile(rf"(?:(?:the|an?|all|any)\s)?(?:[\w-]+\s)?{nouns()}\b", re.IGNORECASE)


def _without_verb(group: str, _: str) -> str:
    """The group without the verb of its sentence: "children can vary"."""
    clause = _CLAUSE.search(group)
    verb = _VERB.search(group, 0, clause.start() if clause else len(group))
    if verb and depth(group, 0, verb.start()) == 0:
        return _ITS_SUBJECT.sub("", group[: verb.start()])
    if clause and (two := _SECOND_VERB.search(group, clause.end())) and depth(group, 0, two.start("second")) == 0:
        return group[: two.start("second")].rstrip()
    return group


def _without_errand(group: str, verb: str) -> str:
    """The group without what those are looked at for, told about or given, and by whom."""
    if (errand := _FOR.search(group)) and _TO_EXAMINE.search(verb):
        return group[: errand.start()]
    if " as " in group and _TO_REGARD.search(verb) and (regarded := _REGARDED.search(group)):
        return group[: regarded.start()]
    if (said := _SAYING.search(group)) and depth(group, 0, said.start()) == 0 and " who" not in group[: said.start()]:
        return group[: said.start()]
    if (topic := _TOPIC.search(group)) and _TO_TELL.search(verb) and RELATIVE.search(group, 0, topic.start()) is None:
        return group[: topic.start()]
    if "least" in group and _TO_GIVE.search(verb) and (given := _THINGS_GIVEN.search(group)):
        return group[: given.start()]
    if " to " in group and _ADVOCATE.search(verb):
        return group.partition(" to ")[0]
    by = _BY.search(group) if " by " in group else None
    if (
        by
        and not any(_DONE.search(word) for word in group[: by.start()].split()[-2:])
        and _CLAUSE.search(group) is None
        and _FOUND.search(group) is None
    ):
        return group[: by.start()]
    return group


def _without_tail(group: str, _: str) -> str:
    """The group without when, why and how something is done, and without what is done for others."""
    group = _REMARK.sub("", group) if group[-1] in ")]" else group
    if " who" not in group:
        for more in (_MEANS, _DONE_BESIDES, _HOW) if "ly" in group else (_MEANS, _DONE_BESIDES):
            if (match := more.search(group)) and depth(group, 0, match.start()) == 0:
                group = group[: match.start()]
    unit = _IN_A_UNIT.search(group)
    if unit and (unit["told"] or " who" in group) and not _IS_THERE.search(group, 0, unit.start()):
        group = group[: unit.start()]
    if " diagnosed " in group and (aim := _DIAGNOSED_TO.search(group)):
        group = group[: aim.start("aim")]
    for ends in (_tails(), _other_arm()):
        if has_any(
            group, (" for ", " and ", " as ", " at ", " in", " with ", " from ", " to ", " onto ", " of ", " that ")
        ) and (match := ends.search(group)):
            told = _CLAUSE.search(group, 0, match.start()) or _DOING.search(group, 0, match.start())
            if depth(group, 0, match.start()) == 0 and not (told and _MAY_BE_TOLD.match(match.group())):
                group = group[: match.start()]
    return _LOOSE.sub("", group)
