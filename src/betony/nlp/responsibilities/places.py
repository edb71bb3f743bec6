"""Which sections state duties, and what each of them wants of one."""

from __future__ import annotations

from collections.abc import Sequence

from betony.model import Section, SectionType
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
LAID_DOWN = frozenset({SectionType.REFERENCES})
"""Sections that lead elsewhere: here only what the document requires of somebody, or what somebody must do, is a duty."""
EITHER = _OPEN | STRICT | LAID_DOWN


def may_oblige(words: str, section: Section) -> bool:
    """A cheap look that passes every section that could state a duty of the kind that it may state."""
    if section.type is SectionType.RESPONSIBILITIES:
        return True
    if section.type in LAID_DOWN:
        return has_any(words, (" requires ", " must "))
    return has_cue(words) or "ecommendations for " in words


def lays_down(duty: Duty, who: Sequence[str], sentence: str) -> bool:
    """Whether the duty may stand in a section that leads elsewhere: what "this document" requires, or what somebody by name must do."""
    if duty.rule == "requires":
        return sentence.startswith("This ")
    named = duty.actor is not None and sentence[slice(*duty.actor)].lower() != "you"
    return named and duty.modality in ("must", "must_not") and bool(who) and who != ("patient",)


def binds(duty: Duty, who: Sequence[str]) -> bool:
    """Whether the duty may stand in a section that describes."""
    if duty.rule in ("override", "responsibility-of"):
        return True
    return (
        bool(who)
        and duty.modality in ("must", "must_not", "should", "should_not", "responsible")
        and who != ("patient",)
    )
