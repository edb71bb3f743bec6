"""Which sections state duties, and what each of them wants of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Section, SectionType
from betony.nlp.clauses.doers import is_passive
from betony.nlp.looks import has_any
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.responsibilities.duty import Duty

_OPEN = frozenset({SectionType.RESPONSIBILITIES, SectionType.IMPLEMENTATION, SectionType.STATUS})
"""Sections whose every deontic sentence states a duty, also one that names no actor."""
STRICT = frozenset(
    {
        SectionType.SUMMARY,
        SectionType.PROCEDURE,
        SectionType.SCOPE,
        SectionType.EVIDENCE,
        SectionType.DISCUSSION,
        SectionType.OTHER,
    }
)
"""Sections that describe: here a duty needs an actor by name, and words that bind."""
_TELLING = frozenset({SectionType.SUMMARY, SectionType.SCOPE})
"""Of these the sections that say what a document wants done: here a passive that names nobody is a duty as well."""
_UNDERSTOOD = re.compile(
    r"(?:\w+ly\s|also\s|always\s|only\s|therefore\s|however\s)*be\s(?:\w+ly\s)?(?:taken\s(?:as|to)|regarded|seen|viewed|interpreted|understood|construed|kept\sin|confused|mistaken|read|noted|considered(?!\sfor\b)|thought|assumed|expected|found|compared|treated\sas"
    r"|based\son|limited|reached|achieved|met\sby|used\s(?:alongside|along|with|in\sconjunction|as\s)|implemented|applied|underpinned|defined)\b"
)
"""What is to be done in reading a document or in judging, which no service does."""
_QUALITY = re.compile(
    r"(?:\w+ly\s|also\s|always\s|only\s)*be\s(?:\w+ly\s)?(?:fine|alone|cold|mild|quiet|wet|open|keen|short|\w+[ae]nt(?<!\bsent)(?<!\bspent)(?<!\bmeant)(?<!\blent))\b"
)
"""What something is to be like, in the form of a participle: "be fine", "be consistent"."""
_OF_THE_DOCUMENT = re.compile(
    r"\b(?:guidelines?|guidance|standards?|recommendations?|statements?|sections?|documents?|review|reviews|research|stud(?:y|ies)|trials?|evidence|absence|differences?|terms?|results?|findings|costs?|decisions?|caution|authors?|committee|panel)\b|\b(?:decision|view|proposal|conclusion|case)\sthat\b|^(?:There|It|This|They|These|Those)$",
    re.IGNORECASE,
)
"""Subjects that are of the document itself, or of what it goes by."""
LAID_DOWN = frozenset({SectionType.REFERENCES, SectionType.DEVELOPMENT})
"""Sections that lead elsewhere, or tell how something is made: here only what the document requires of somebody, or what
somebody must do, is a duty."""
OF_A_MANUAL = _OPEN | STRICT | LAID_DOWN
"""Sections of a manual that may oblige: it says how guidance is made, and what those must do who take part."""
EITHER = OF_A_MANUAL - {SectionType.DEVELOPMENT}


def may_oblige(words: str, section: Section) -> bool:
    """A cheap look that passes every section that could state a duty of the kind that it may state."""
    if section.type is SectionType.RESPONSIBILITIES:
        return True
    if section.type in LAID_DOWN:
        return has_any(words, (" requires ", " must ", " should ", "responsible"))
    return has_cue(words) or "ecommendations for " in words


def lays_down(duty: Duty, who: Sequence[str], sentence: str, section: Section) -> bool:
    """Whether the duty may stand in a section that leads elsewhere: what "this document" requires, or what somebody by name must
    do; in a manual also what must be sent to somebody."""
    if duty.rule == "requires":
        return sentence.startswith("This ")
    if section.type is SectionType.DEVELOPMENT and _takes_part(duty, who, sentence):
        return True
    if duty.modality not in ("must", "must_not"):
        return False
    if duty.actor is None:
        return section.type is SectionType.DEVELOPMENT and duty.rule == "modal" and _SENT.search(sentence) is not None
    return sentence[slice(*duty.actor)].lower() != "you" and bool(who) and who != ("patient",)


def _takes_part(duty: Duty, who: Sequence[str], sentence: str) -> bool:
    """Whether a manual says what somebody by name is to do who takes part, or is responsible for; what they need is told in passing."""
    if duty.actor is None or duty.rule != "modal" or not binds(duty, who):
        return False
    return sentence[slice(*duty.actor)].lower() != "you" and not duty.term.startswith(
        ("need", "will need", "has to", "have to")
    )


_SENT = re.compile(r"\bmust\s(?:\w+\s){0,2}be\s(?:sent|submitted|notified|reported)\b[^.;]{0,60}?\sto\s")


def asks_anybody(duty: Duty, sentence: str, section: Section) -> bool:
    """Whether a sentence that says what should be done, or had, and not by whom, may stand in the section: "Wax should be offered"."""
    if section.type not in _TELLING or duty.actor is not None or duty.rule != "modal" or len(duty.action) < 2:
        return False
    if duty.modality not in ("must", "must_not", "should", "should_not"):
        return False
    subject = sentence[slice(*duty.action[0])]
    rest = sentence[duty.action[1][0] : duty.action[-1][1]]
    given = duty.recipient == duty.action[0] and rest.startswith("have access")
    return (
        (given or is_passive(rest))
        and _UNDERSTOOD.match(rest) is None
        and _QUALITY.match(rest) is None
        and _OF_THE_DOCUMENT.search(subject) is None
        and not has_any(rest, ("should ", "must ", "£"))
    )


def is_expected(duty: Duty, who: Sequence[str], section: Section) -> bool:
    """Whether a section that says whom a document is for says what is expected of somebody by name: "It is expected that managers
    will plan"; elsewhere as much is a forecast."""
    return section.type is SectionType.SCOPE and duty.rule == "expected" and bool(who) and who != ("patient",)


def binds(duty: Duty, who: Sequence[str]) -> bool:
    """Whether the duty may stand in a section that describes."""
    if duty.rule in ("override", "responsibility-of"):
        return True
    if duty.rule == "role-of":
        return False
    return (
        bool(who)
        and duty.modality in ("must", "must_not", "should", "should_not", "responsible")
        and who != ("patient",)
    )
