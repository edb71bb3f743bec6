"""What is, is not or cannot be recommended: "It is not recommended"."""

from __future__ import annotations

import re

from betony.nlp import actors
from betony.nlp.clauses.signs import FINITE, depth
from betony.nlp.clauses.trailing import trailing
from betony.nlp.looks import has_any
from betony.nlp.strength import complements, groups
from betony.nlp.strength.against import NO_ONE, OVER_ANOTHER, TO_AVOID, denies
from betony.nlp.strength.openings import FOR, both, opened_before, subject_before
from betony.nlp.strength.people import group_start
from betony.nlp.strength.verbatim import content_end
from betony.nlp.strength.verbs import verb_set
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_ADVERBS = (
    r"(?:(?:strongly|therefore|generally|routinely|only|also|currently|usually|thus|conditionally|weakly|normally|highly|strictly|absolutely"
    r"|always)\s+){0,3}"
)
_PASSIVE_FRAME = re.compile(
    rf"\b(?:(?:is|are)(?P<short>n['’]t)?\s+{_ADVERBS}(?P<not>not\s+|no\s+longer\s+|never\s+|rarely\s+|seldom\s+)?{_ADVERBS}"
    r"(?P<verb>(?:recommended|advised|suggested)(?P<turn>\s+against(?=\s*[.,;:()]|\s*$|\s+(?:in|for|as|unless|because|when|if|at|due|the\s+use|\w+ing)\b))?"
    r"|indicated|contraindicated|preferred|advisable|warranted|to\s+be\s+(?:avoided|discouraged|encouraged|preferred)"
    r"|(?:considered\s+)?the\s+(?:[\w-]+\s+){1,4}of\s+choice"
    r"|the\s+recommended\s+(?:[\w-]+\s){0,2}?(?:treatments?|methods?|strategy|strategies|approach|regimens?|tests?|options?|procedures?|therapy|therapies|agents?|drugs?|interventions?|modality|technique)(?=\s(?:for|of|in|when|to|with)\b|\s?[.,;(]|$))"
    r"|(?P<cannot>can(?:not|['’]t)\s+(?:currently\s+)?be\s+recommended))\b",
    re.IGNORECASE,
)
"""What is "recommended against", at the end of its clause; but vaccination is recommended against something."""
_SHOWN = re.compile(
    r"\s+(?:here|below|above|by|with\s+(?:an?|the)\s+(?:asterisk|star|symbol|letter|number|mark|superscript|footnote|abbreviation|colou?r)"
    r"|in\s+(?:the\s+)?(?:tables?|figures?|box(?:es)?|brackets|parentheses|text|columns?|square|bold|italics?|appendix|legend))\b",
    re.IGNORECASE,
)
"""Behind "is indicated": that it is printed somewhere, not that it is the thing to do."""
_BY_OTHERS = re.compile(
    r"\s+by\s+(?!(?:the\s+)?(?:\w+\s+){0,2}(?:committee|panel|group|workgroup|task\s+force|authors?|guideline)\b"
    r"|(?:the\s+)?[A-Z][A-Z/&-]+\b|us\b|this\b|\w+ing\b)(?:the|an?|some|many|most|several|other|[A-Z])"
)
"""Behind "is recommended": that others do so."""
_BY_EVIDENCE = re.compile(
    r"\s(?:from|by)\s(?:[\w-]+\s){0,5}?(?:stud(?:y|ies)|trials?|data|evidence|results?|findings?|analys[ie]s|reports?|reviews?|series)\b",
    re.IGNORECASE,
)
"""Behind "is suggested": what a study makes likely, not what is to be done."""
_RELATIVE = re.compile(r"\b(?:whom?|whose|which|that)\b", re.IGNORECASE)
_AVOIDANCE = re.compile(r"(?:[Tt]he\s)?(?:[\w-]+\s)?[Aa]voidance\sof\s")
"""How a subject begins that names what is not to be done."""
_OPENED = re.compile(r"(?:In|For|Among|With)\s")
_RELATIVE_OVER = re.compile(r"(?<=[a-z)]),\s(?!(?:and|or|but|which|who)\b)[^,;:]{3,80}$")
"""Where the group that opens a sentence ends, and its subject stands behind the comma: "In those who reach the goal, stopping"."""
_COMPARED = re.compile(r"\b\w+er\s$")
_JOINED = re.compile(r"[^,;:]*\b(?:and|or)\s+$")
"""A further verb of the relative clause: "for whom tablets do not work or" are contraindicated."""
_BEFORE_FRAME = re.compile(
    r"\b(?:who|which|that|whether|if|whom|as(?!\s+(?:mono\w+|combination|single|sole|separate|alternative|oral|topical|an?|adju\w+|first|second|third|initial|maintenance|add)\b)|(?<!rather\s)(?<!other\s)than|what|unless|until|when(?:ever)?|where(?:ver)?(?!\s+\w+ble\b)|once|because(?!\s+of\b))\s+(?:[\w-]+\s+){0,5}$",
    re.IGNORECASE,
)


_ASIDE = re.compile(r"\([^()]*\)\s?")
"""What brackets add to the clause they stand in: "If wax (with balm, or alone) is recommended for you"."""
_RULED_LATER = re.compile(
    r"(?:People|Patients|Adults|Children|Women|Men|Those|Anyone)\s(?:whose|who)\b[^.;]{3,300},\s(?:should|must|may|can)\b"
)
"""Those of whom a decision is told before the verb of which they are the subject: "people whose …, but is not recommended, should"."""
_UNPROVED = re.compile(
    r",?\s(?:due\sto|because\sof|owing\sto|because\sthere\sis|as\sthere\sis|given\sthe)\s(?:(?:an?|the)\s)?(?:insufficient|limited|inadequate|lack\sof|absence\sof|paucity\sof|no)\s(?:\w+\s){0,2}evidence\b"
)
"""Behind what "cannot be recommended": that nothing is known, and so nothing decided."""
_WITHIN = re.compile(r"\b(?:when|if|where|unless|until)\b[^,;]*$", re.IGNORECASE)
_CUES = (
    "recommended", "advised", "suggested", "indicated", "preferred", "advisable", "warranted", "to be avoided", "to be discouraged",
    "to be encouraged", "of choice",
)  # fmt: skip
"""Letters without one of which no sentence says so."""
_MORE_TO_KNOW = re.compile(
    r"\b(?:research|stud(?:y|ies)|trials?|data|investigations?|caution|concern|vigilance|optimism)\b", re.IGNORECASE
)
"""What is "warranted" where nothing is to be done in care."""


_BE_CONSIDERED = re.compile(
    r"\sthat\s(?:(?!\b(?:who|whom|which|that|what|if|when|unless|and|not)\b)[^.;:,]){3,120}?\s(?:be|is|are)\sconsidered(?=\s(?:for|in|to\stake|as\san?\s(?:[\w-]+\s)?option)\b|[,.;]|$)"
)
"""What is recommended no more than to think of: "it is recommended that wax be considered"."""
_RESEARCH = re.compile(r"(?:(?:[Ff]urther|[Mm]ore)\s)?(?:[Rr]esearch|[Ss]tudies)")
"""What is recommended on something, whose "when" is what is studied: "research is recommended on wax when" it is warm."""


def find(sentence: str) -> tuple[int, Wording] | None:
    """What is, is not or cannot be recommended."""
    if not has_any(sentence, _CUES):
        return None
    for match in _PASSIVE_FRAME.finditer(sentence):
        before = sentence[: match.start()]
        if (ruled := _RULED_LATER.match(sentence)) and match.end() < ruled.end():
            continue
        within = _BEFORE_FRAME.search(before) or (
            _BEFORE_FRAME.search(_ASIDE.sub("", before)) if ")" in before else None
        )
        if (within and not _of_the_subject(before, within)) or depth(before, 0, len(before)):
            continue
        if _BY_OTHERS.match(sentence, match.end()):
            continue
        if sentence.startswith(_OPENS_ROW) and (_is_of_a_row(sentence, match) or _is_of_the_condition(sentence, match)):
            continue
        relative = _last(_RELATIVE, before)
        if (
            relative is not None
            and not before.endswith(", ")
            and not (_OPENED.match(before) and _RELATIVE_OVER.search(before, relative))
            and (not FINITE.search(before, relative) or _JOINED.match(before, relative))
        ):
            continue
        verb = (match["verb"] or "").lower()
        subject = subject_before(sentence, match.start())
        against = (
            bool(
                match["not"]
                or match["short"]
                or match["cannot"]
                or match["turn"]
                or TO_AVOID.match(sentence, match.end())
                or NO_ONE.match(subject.rpartition(": ")[2])
            )
            or verb == "contraindicated"
            or verb.endswith(("avoided", "discouraged"))
            or denies(sentence, match.end())
        )
        if _AVOIDANCE.match(subject):
            against = not against
        if against and OVER_ANOTHER.search(sentence, match.end()):
            continue
        if (match["not"] and verb == "contraindicated") or (
            verb == "indicated" and _SHOWN.match(sentence, match.end())
        ):
            continue
        if match["not"] and match["turn"]:
            continue  # "not recommended against": nothing is decided
        if verb == "warranted" and (_MORE_TO_KNOW.search(subject) or _WITHIN.search(before)):
            continue
        if verb.startswith("suggested") and (
            "usually" in match.group().lower() or _BY_EVIDENCE.match(sentence, match.end())
        ):
            continue
        weak = (
            verb.startswith("suggested")
            or has_any(match.group().lower(), ("conditionally ", "weakly "))
            or _BE_CONSIDERED.match(sentence, match.end()) is not None
        )
        code = "conditional" if weak else "strong"
        if match["cannot"] and _UNPROVED.match(sentence, match.end()):
            code = "none"
        population, condition = opened_before(sentence, match.start())
        told = complements.told(sentence, match.end())
        studied = _RESEARCH.fullmatch(subject) and sentence.startswith((" on ", " into "), match.end())
        second = _AND_SHOULD.search(sentence, match.end())
        tail = None if studied else trailing(sentence, match.end(), second.start() if second else content_end(sentence))
        return match.start(), Wording(
            code,
            squeeze(match.group()),
            "against" if against else "for",
            told.actor,
            told.condition if told.condition and not condition else both(sentence, condition, tail),
            population
            or told.population
            or (subject if actors.kinds(subject) == ("patient",) and not FOR.match(subject) else None)
            or _provided_in(subject)
            or groups.group(sentence, match.end()),
        )
    return None


_PROVIDED = re.compile(
    r"(?!(?:[\w-]+\s)?(?:[Rr]esearch|[Ss]tud(?:y|ies)|[Tt]rials?|[Ee]vidence|[Ss]urveillance)\b)[^,;:()]{3,160}\s(?:of|with)\s[^,;:()]{3,160}?\s(?:in|among)\s(?P<group>[^,;:()]{3,100})"
)


def _provided_in(subject: str) -> str | None:
    """The group with which the subject ends that says what is provided: "enrichment of meals with wax in girls"."""
    for within in re.finditer(r"\s(?:in|among)\s", subject):
        group = subject[within.end() :]
        if (
            _PROVIDED.fullmatch(subject)
            and depth(subject, 0, within.start()) == 0
            and group_start().match(group)
            and actors.kinds(group) == ("patient",)
            and not FINITE.search(group)
        ):
            return group
    return None


_AND_SHOULD = re.compile(
    r",\s(?:and|but)\s(?!(?:if|when|where|who|which|that|it|they)\b)[^,;:.()]{3,80}?\s(?:should|must)\s(?:not\s)?[a-z]+"
)
"""A second clause with a subject of its own: "wax is not recommended, and care should be taken when" it is warm."""
_OPENS_ROW = ("If ", "When ", "Where ", "Once ", "Unless ")
_ROW = re.compile(
    r"[A-Z][a-z]+\s(?P<first>[^,;:.()]{2,60})(?:,\s[^,;:.()]{2,60}){1,4}?,?\s(?:or|and)\s[^,;:.()]{2,60}\s"
)
"""A row of things that opens a condition, up to its verb: "If wax, balm or oil" is contraindicated."""
_THEN_DO = re.compile(
    r"[^,;:.]{0,80}(?:,\s(?:(?:or|and|but)\s|not\s|un\w+|in\w+)[^,;:.]{0,80}){0,4},\s(?:then\s)?(?P<verb>[a-z]+)\s"
)


def _is_of_a_row(sentence: str, match: re.Match[str]) -> bool:
    """Whether a row of things is what opens the sentence as a condition, behind which it is told what to do."""
    row = _ROW.fullmatch(sentence, 0, match.start())
    if row is None or FINITE.search(row["first"]):
        return False
    then = _THEN_DO.match(sentence, match.end())
    return then is not None and then["verb"] in verb_set()


def _is_of_the_condition(sentence: str, match: re.Match[str]) -> bool:
    """Whether it is the second thing that a condition tells, which is not over: "If wax is not at hand within a day or is contraindicated,
    use balm"."""
    before = sentence[: match.start()]
    second = _OR_IS.search(before) is not None and "," not in before and FINITE.search(before) is not None
    then = _THEN_DO.match(sentence, match.end())
    return second and then is not None and then["verb"] in verb_set()


_OR_IS = re.compile(r"\s(?:or|and)\s?$")


def _of_the_subject(before: str, within: re.Match[str]) -> bool:
    """Whether "than" only goes on with the subject: "margins wider than a heel" are not indicated."""
    told = within.group().lower().startswith("than ") and _COMPARED.search(before, 0, within.start())
    return bool(told) and not FINITE.search(before, max(before.rfind(", ", 0, within.start()), 0), within.start())


def _last(pattern: re.Pattern[str], words: str) -> int | None:
    """Where the last match of the pattern ends."""
    return max((match.end() for match in pattern.finditer(words)), default=None)
