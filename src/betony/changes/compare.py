"""All changes between two versions: what each kind of fact tells, then the words that none of them accounts for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from betony.changes import duties, facts, recommendations, sections
from betony.changes.model import Change, Kind
from betony.text import squeeze

Record = Mapping[str, Any]


def between(before: Record, after: Record) -> tuple[Change, ...]:
    """The changes from one version to a later one, in the order title, status, dates, relations, recommendations,
    duties, codes, sections.

    Each edit stands once: words of a section that a changed fact stands on are that fact's, and no rewording of the
    section. Furniture counts for nothing. What only reads the same words otherwise is marked. Empty where the `content_hash` of both is the same.
    """
    if before["content_hash"] == after["content_hash"]:
        return ()
    told = [
        *facts.title(before, after),
        *facts.status(before, after),
        *facts.dates(before, after),
        *facts.relations(before, after),
        *recommendations.changes(before, after),
        *duties.changes(before, after),
        *facts.codes(before, after),
    ]
    told += sections.changes(before, after, told)
    texts = squeeze(before["text"]), squeeze(after["text"])
    return tuple(
        replace(change, reading=True) if _is_reading(change, before, after, texts) else change for change in told
    )


_OF_THE_DOCUMENT = frozenset(
    (
        Kind.TITLE,
        Kind.RECOMMENDATION_RENUMBERED,
        Kind.SECTION_MOVED,
        Kind.SECTION_RETITLED,
        Kind.SECTION_RENUMBERED,
        Kind.SECTION_REWORDED,
    )
)
"""Kinds that are about the words themselves, or their order."""


def _is_reading(change: Change, before: Record, after: Record, texts: tuple[str, str]) -> bool:
    """Whether none of the words that the change stands on left the text, and none joined it."""
    if change.kind in _OF_THE_DOCUMENT:
        return False
    if change.kind is Kind.SECTION_RETYPED:
        return True
    old = [squeeze(before["text"][start:end]) for start, end in change.evidence_before]
    new = [squeeze(after["text"][start:end]) for start, end in change.evidence_after]
    if not old and not new:
        return False  # what markup gives has no words
    earlier, later = texts
    went = any(earlier.count(words) > later.count(words) for words in old)
    return not went and not any(later.count(words) > earlier.count(words) for words in new)
