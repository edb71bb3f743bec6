"""Where the words end for those who are asked to do something, sent somewhere, treated with or given something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from betony.nlp.clauses.signs import depth
from betony.nlp.strength.objects import END_OF_GIVEN, OWN_TO, is_in_a_span
from betony.nlp.strength.own_words import BEFORE_TO
from betony.nlp.strength.people import DETERMINED

ADDRESSING = ("admit", "advise", "ask", "encourage", "invite", "refer", "tell", "urge")
_AIM = re.compile(r"\sto\s(?=[a-z])")
_NOT_AN_AIM = re.compile(
    BEFORE_TO.pattern
    + r"|\b(?:exposed|related|allergic|sensitive|resistant|prior|access|admitted|referred|respon\w+|close|need\w*|try|tries|\w+ing|intoleran\w+|reactions?|exposure"
    r"|according|up|next|contraindications?|adherence|ready|eligible|about|how|when|whether|what|where|like|have|has|had|used|order|told|asked|advised|secondary"
    r"|adjacent|attributable|susceptible|vulnerable|relative|opposed|plan|intend|prefer|decline|seek|begin|start|\d)$"
)
"""What stands before a "to" that belongs to the group's own words, not to what they are asked to do: "who wish to", "allergic to"."""
_SENT_FOR = re.compile(
    rf"{_AIM.pattern}|\sfor\s(?:an?\s|the\s|further\s)?(?:[\w-]+\s){{0,4}}?(?:opinion|assessment|review|advice|surgery|investigation|resection|rehabilitation)s?\b"
)
"""What people are sent to or for: "refer adults with gout for an early specialist opinion"."""
SENT_SOMEHOW = re.compile(r"\sfor\s(?!whom\b|(?:more\sthan|at\sleast|over)\s\d)")
"""What may be told of those who are referred as well as of what they are referred for."""
_TO_HOSPITAL = re.compile(
    r"\sto\s(?:hospital|(?:intensive|critical|high-dependency)\scare|an?\s(?:[\w-]+\s)?(?:ward|unit|hospital))\b"
)
TREATING = ("treat", "treating", "manage")
_MEANS = re.compile(r"\s(?:with(?!\sor\swithout\b)|using)\s")
_HAVING = re.compile(r"\s(?:with|who(?:se)?|having|of)\s")
_STOPS = re.compile(r"[,;:.]|\s(?:if|when|unless|until|who|whose)\s")
_NOT_A_MEANS = re.compile(
    r"\b(?:present\w*|diagnosed|liv(?:e|es|ing)|infected|associated|treated|consistent|compl(?:y|ies)|cop(?:e|es|ing)|compatible|affected|help|problems|difficulty"
    r"|together|along|contact|accordance|line|conjunction|combination|consultation|and|or|patients?|people|adults|children|women|men|individuals|those)$"
)
"""What stands before a "with" that tells what people have, not what they are treated with."""
GIVING = ("give", "offer")
LOOKING_AT = ("assess", "reassess", "test", "retest", "screen", "monitor")
_LOOKED_FOR = re.compile(r"\sfor\s(?!whom\b|example\b)")
"""What people are looked at for: "a scan to test infants for gout"."""
_TREATED_FOR = re.compile(r"\b(?:receiving|taking|having|using|treated|waiting|who(?:se)?)\b")
"""What those do, get or have whose "for" is their own: "reassess infants taking milk for slow growth"."""


_SECOND_FOR = re.compile(r"\sfor\s[^.;:]*?\sfor\s")
_FOR_OF_THEIR_OWN = re.compile(
    r"(?:\b(?:\w+(?:ed|ing)|responsible|needs?|preference|history|treatment|indications?|medicines?)\sfor\s|\sfor\s(?:\d|over\b|at\sleast\b|more\b|less\b|many\b|several\b|a\s(?:long|short)\b|up\sto\b))"
)
"""A "for" that tells more of people, or how long: "women booked for delivery", "symptoms for 2 weeks"."""


def looked_at_untold(sentence: str, match: re.Match[str]) -> bool:
    """Whether nobody can tell which "for" says what they are looked at for: "to screen women booked for delivery for anaemia"."""
    if match["before"].lower() not in LOOKING_AT:
        return False
    stop = _STOPS.search(sentence, match.end())
    end = stop.start() if stop else len(sentence)
    if _TREATED_FOR.search(sentence, match.end(), end):
        return False
    return any(one.search(sentence, match.end(), end) for one in (_SECOND_FOR, _FOR_OF_THEIR_OWN))


def limit(sentence: str, match: re.Match[str]) -> int | None:
    """Where the words at the latest end for those who are asked to do something, sent somewhere or treated with something."""
    verb = match["before"].lower()
    found: Iterator[re.Match[str]]
    if verb == "admit":
        found = _TO_HOSPITAL.finditer(sentence, match.end())
    elif verb in ADDRESSING:
        found = (
            aim
            for aim in (_SENT_FOR if verb == "refer" else _AIM).finditer(sentence, match.end())
            if not _NOT_AN_AIM.search(sentence, match.end("before"), aim.start())
            and not OWN_TO.search(sentence, match.end("before"), aim.start())
            and not is_in_a_span(sentence, match.end("before"), aim)
        )
    elif verb in TREATING:
        found = iter(_means(sentence, match))
    elif verb in GIVING:
        found = END_OF_GIVEN.finditer(sentence, match.end())
    elif verb in LOOKING_AT:
        found = (
            aim
            for aim in _LOOKED_FOR.finditer(sentence, match.end())
            if not _TREATED_FOR.search(sentence, match.end(), aim.start())
        )
    else:
        return None
    return next((at.start() for at in found if depth(sentence, match.end(), at.start()) == 0), None)


def _means(sentence: str, match: re.Match[str]) -> list[re.Match[str]]:
    """Where it may be told with what those are treated who were just named."""
    return [
        means
        for means in _MEANS.finditer(sentence, match.end() + 1)
        if means.group() == " using "
        or (
            match["before"].lower() != "manage"
            and not _NOT_A_MEANS.search(sentence, match.end("before"), means.start())
        )
    ]


def treated_untold(sentence: str, match: re.Match[str]) -> bool:
    """Whether nobody can tell if "with" opens what those have who are treated, or what they are treated with: "treat pregnant
    women with wax"."""
    if match["before"].lower() != "treat" or sentence.endswith("to ", 0, match.start()):
        return False
    stop = _STOPS.search(sentence, match.end())
    end = stop.start() if stop else len(sentence)
    means = [one for one in _means(sentence, match) if one.start() < end]
    if means:
        having = _HAVING.search(sentence, match.end(), means[0].start()) is not None
        return len(means) > 1 or not (having or means[0].group() == " using ")
    having = sentence.startswith(" with ", match.end())
    bare = " " not in match["group"] or DETERMINED.match(match["group"]) is not None
    return having and not bare and not (stop and stop.group().startswith(" who"))
