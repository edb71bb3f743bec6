"""What stands before the main clause: the group it names, or the condition it sets."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.opening import (
    AFTER_SO_LONG,
    CONCEDES,
    CONNECTIVE,
    NO_CONDITION_FOR,
    NO_CONDITION_IN,
    ON_AN_EVENT,
    opening,
    proviso,
)
from betony.nlp.clauses.signs import depth
from betony.nlp.strength.group_ends import RULED
from betony.nlp.strength.people import DETERMINER, group_start, nouns, population_noun
from betony.nlp.strength.verbatim import quoted
from betony.text import squeeze

_SETS_CONDITION = re.compile(
    r"(?:If|When(?:ever)?|Where(?:ver)?|Once|Before|After|During|Until|Unless|While|Whilst|As\s+(?:soon|long|part)|Following"
    rf"|Prior|Upon|Even\s+if|Only|Provid(?:ed|ing)|For{NO_CONDITION_FOR}|In{NO_CONDITION_IN}|At|{ON_AN_EVENT}|With(?!\s(?:regard|respect|reference)s?\sto\b)|Within|Throughout"
    rf"|Without|No(?:t)?\s(?:later|more|less|earlier|sooner|longer)\sthan|{AFTER_SO_LONG})\b",
    re.IGNORECASE,
)
_DO_THIS = re.compile(
    r",\s+(?:please\s+|you\s+should\s+|also\s+)?(?:do|follow|take|complete|try|use)\s+(?:(?:all|any|each|one|some|both)\s+of\s+)?(?:the|these|this)\b"
    r"(?:\s+(?:following|things|steps|actions|advice|below)){0,3}$",
    re.IGNORECASE,
)
"""How a lead ends that says no more than to do what its items say."""
_IT_IS = re.compile(
    r",\s(?:it['’]s|it\sis)\s(?:important|essential|vital|best|assumed|a\sgood\sidea)(?:\sto|\sthat\syou)?(?:\s(?:always|also|never))?$",
    re.IGNORECASE,
)
"""How a lead ends that says no more than that what its items say is important."""
_BUT_IF = re.compile(r"(?:While|Whilst|Although|Though)\s[^,;]{3,160},\s(?=(?:if|when|where)\s)", re.IGNORECASE)
"""What a lead admits before it sets its condition: "While you should always ring, if you feel unwell"."""
_IN_LINE = re.compile(
    r",\s(?=(?:in\s(?:line|accordance|keeping)\swith|using\s(?:their\s|your\s)?(?:clinical|professional)\sjudge?ment$|taking\s(?:[^,;:]{2,80}\s)?into\saccount\b|taking\saccount\sof\b|bearing\sin\smind\b|depending\son\b|as\s(?:described|set\sout|outlined|recommended))\b)"
)
"""Where the words for a group end and those begin that say by what to go."""
POINTS_BACK = re.compile(r"(?:these|those|such|this)\s+[\w-]+", re.IGNORECASE)
"""A group named before, in another sentence: these words name none."""
_THEIRS = re.compile(rf"(?:{DETERMINER})?(?:[\w‑-]+\s)?{nouns()}['’]s?\s[^,;:]*$", re.IGNORECASE)
"""What somebody has or gives, and no group: "with the person's consent"."""
_BESIDES = re.compile(
    r"(?<!\sand),\s(?=(?:if|when|whenever|unless|once|where)\s(?!(?:appropriate|possible|necessary|needed|applicable)\b))"
)
"""Where a condition begins behind the group that the clause names first: "In adults with gout, if wax is not tolerated"."""
_OR_IF = re.compile(r"\s(?:or|and)\s(?:if|when)\s")
_DONE_TO = re.compile(
    r"(?:For|In|To)\s(?:the\s)?(?!(?:\w+\s)?(?:stud(?:y|ies)|trials?|absence|cases?|event|interests?|view|light|case|number|proportion|spite|addition|order)\b)"
    r"(?:[\w‑-]+\s){1,5}?(?:of|in|for)\s(?=[^,\s]+\s[^,\s]+\s[^,]+$)",
    re.IGNORECASE,
)
"""What is done to those in whom it is done: "for the treatment of adults with gout"."""
_CARE_OF = re.compile(
    r"(?:For|In)\s(?:the\s)?(?:[\w‑-]+\s){0,2}(?:management|treatment|prevention|prophylaxis|control|relief|care|diagnosis|assessment|investigation|monitoring|therapy)\s(?:of|for)\s",
    re.IGNORECASE,
)
_IN = re.compile(r"\s(?:in|among)\s")
"""What stands between an illness and those whose it is: "for the treatment of gout in adults"."""
_AIM_IN = re.compile(
    r"To\s[a-z]+\s(?:(?!(?:in|for|among|who|that|which|by|with)\b)[^\s,;:]+\s){1,6}(?:in|for|among)\s(?P<group>(?:(?:all|any|most|the)\s)?(?:[\w‑-]+\s){0,2}"
    rf"{nouns()}\s(?:with|who|aged|having|taking|under|over)\s[^;:]+)$"
)
"""What is to be brought about, and in whom: "to ease pain in people with gout"."""
_LIMITS = re.compile(r"unless\b|only\b|provided\b|as\slong\sas\b")
_THEN_UNLESS = re.compile(r"^as\ssoon\sas\s[^,;]{3,80},\s(?=unless\s)")
"""How soon something is done, before what limits it: "as soon as you can, unless the heel bleeds"."""
_SETS_ANOTHER = re.compile(r"(?:if|when|once)\s(?!\w+ing\b)[^\s,;]+\s\S")
_OTHER_COURSE = re.compile(
    r"\b(?:or|but)\b[^,;]*$|,\sand\s(?:then\s)?[a-z]+\s[^,;]*$|\b(?:advise|tell|ask|encourage)\b[^,;]*\sto\s[a-z]+\s[^,;]*$"
)
_LINKED = r"(?:who|whom|that|which|of|to|in|for|from|with|by|at|on)"
_WHO_HAVE = re.compile(
    rf"(?:For|In|Among)\s(?P<group>(?:(?:all\s|any\s)?(?:(?!{_LINKED}\b)[\w-]+\s){{0,3}}?"
    r"(?:(?!cases|those|these|others|ones|trials|studies|settings)[a-z-]{4,}s\s"
    rf"|(?:[a-z-]{{2,}}(?:ers|ors|ists|ees|ians)|(?:out|in)patients|clients|recruits)\s(?:with|in|at)\s(?:(?!{nouns()}\b)[^\s,;:.]+\s){{1,12}}?)"
    r"who\s(?!(?:should|must|may|can)\b)"
    rf"|(?:(?!{_LINKED}\b)[\w-]+\s){{0,3}}?(?:personnel|workers|staff|employees|recruits|travell?ers|passengers|visitors|volunteers)\s(?:who|with(?:out)?|exposed\sto)\s)[^;:,]{{3,160}}"
    r"|(?:all\s|any\s)?(?:(?:un|non-?)?(?:vaccinated|immuni[sz]ed|immune)|previously\s(?:un)?vaccinated|susceptible|exposed|infected|symptomatic|asymptomatic|pregnant|immunocompromised|immunosuppressed)\s"
    r"(?:(?!health|care\b|social)[\w-]+\s)?(?:personnel|workers|staff|employees|recruits|contacts|travell?ers|passengers|visitors|volunteers))"
)
"""A group whose noun no list holds, and of which "who" tells: "For firefighters with burns who have had a graft"."""
FOR = re.compile(r"(?:For|In|Among|With|To)\s+", re.IGNORECASE)
_AT_A_PLACE = re.compile(
    r"In\s(?:(?!(?:in|at|of|with|from|for|who|and|or)\b)[\w-]+\s){0,2}(?:settings|hospitals|clinics|wards|units|schools|prisons|areas|places|homes|services|nurseries|practices|pharmacies|workplaces|countries)\s(?:where|that|which|for|with(?:out)?)\s",
    re.IGNORECASE,
)
"""Where something is done, whoever is there: "in settings where infants sleep"."""
_TO_DO = re.compile(rf"To\s+(?!(?:{DETERMINER})?{nouns()}\b)", re.IGNORECASE)
"""What it is done for, not those it is done to: "To support women with gout, offer"."""


_ADDRESS = re.compile(r"\s\(https?:[^()\s]{3,300}\)\d{0,2}")
"""An address in brackets, and the number of a note, that a capture has kept within a group's words."""


_TOLD_BY_RELATIVE = re.compile(
    r"(?:(?:the|all|most|any|those)\s)?(?P<whom>(?:(?!(?:to|of|in|with|for|from|by|on|at|about)\s)[a-z-]+\s){0,3}?[a-z]{3,}s)\s(?:(?:in|for)\swhom|who\s(?:have|are|cannot|do\snot|smoke|live|wish|want))\b"
)
"""Those whom no list holds, and who are people by what is told of them: "For singers in whom there was no gain"."""


def group_or_condition(words: str) -> tuple[str | None, str | None]:
    """What an opening clause tells: the population it names, or else the condition it sets."""
    words = _IT_IS.sub("", _DO_THIS.sub("", squeeze(_ADDRESS.sub("", words) if "http" in words else words)))
    if (conceded := _BUT_IF.match(words)) is not None:
        words = words[conceded.end() :]
    if match := CONNECTIVE.match(words + ", "):
        words = words[min(match.end(), len(words)) :]
    if who := _WHO_HAVE.fullmatch(words):
        return who["group"], None
    if (match := FOR.match(words)) and RULED.match(words, match.end()):
        return None, None
    if _AT_A_PLACE.match(words):
        return None, words
    if (match := FOR.match(words)) and population_noun().search(words[:80]) and not _TO_DO.match(words):
        group = _IN_LINE.split(words[match.end() :], maxsplit=1)[0]
        if POINTS_BACK.fullmatch(group):
            return None, None
        if _THEIRS.match(group):
            return None, words if _SETS_CONDITION.match(words) else None
        if _OR_IF.search(group):
            return None, words
        if (besides := _BESIDES.search(group)) and depth(group, 0, besides.start()) == 0:
            named, _ = group_or_condition(words[: match.end() + besides.start()])
            if named:
                return named, group[besides.end() :]
        if actors.kinds(group) or group_start().match(group):
            return group, None
        if (done := _DONE_TO.match(words)) and actors.kinds(words[done.end() :]) == ("patient",):
            return words[done.end() :], words if _SETS_CONDITION.match(words) else None
        if _CARE_OF.match(words) and (named := _in_whom(words)):
            return named, words
    if (match := FOR.match(words)) and (told := _TOLD_BY_RELATIVE.match(words, match.end())):
        return (words[match.end() :], None) if not actors.kinds(told["whom"]) else (None, words)
    if (aim := _AIM_IN.match(words)) and actors.kinds(aim["group"]) == ("patient",) and not RULED.match(aim["group"]):
        return aim["group"], None
    return None, words if _SETS_CONDITION.match(words) and not CONCEDES.match(words) else None


def _in_whom(words: str) -> str | None:
    """Those in whom an illness is treated that an opening names: "for the management of gout in adults who smoke"."""
    for within in _IN.finditer(words):
        group = words[within.end() :]
        if depth(words, 0, within.start()) == 0 and actors.kinds(group) == ("patient",) and not RULED.match(group):
            return group if group_start().match(group) else None
    return None


def both(sentence: str, condition: str | None, tail: tuple[int, int] | None) -> str | None:
    """The condition that a sentence opens with and the one that it closes with, a line each: "If using balm … unless it hurts".

    `tail` is where the second stands. Behind another "if", or where it is that of another course ("or 90% if it bleeds"), it
    says nothing of the first course, and the first stands alone.
    """
    closing = quoted(sentence, tail) if tail else None
    if condition is None or tail is None or closing is None:
        return condition or closing
    if (unless := _THEN_UNLESS.search(closing)) is not None:
        closing = closing[unless.end() :]
    limits = _LIMITS.match(closing) or (
        (
            _SETS_ANOTHER.match(closing)
            or (closing.startswith("if ") and not condition.startswith("If "))
            or (closing in ("if", "when") and sentence.rstrip().endswith(f" {closing}:"))
        )
        and not _OTHER_COURSE.search(sentence, max(sentence.find(condition), 0) + len(condition), tail[0])
    )
    return f"{condition}\n{closing}" if limits else condition


def opened_before(sentence: str, end: int) -> tuple[str | None, str | None]:
    condition = opening(sentence, 0, end)[0] or proviso(sentence, end)
    return group_or_condition(quoted(sentence, condition)) if condition else (None, None)


def subject_before(sentence: str, end: int) -> str:
    _, at = opening(sentence, 0, end)
    return squeeze(sentence[at:end])
