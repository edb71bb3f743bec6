"""All changes between two versions: what each kind of fact tells, then the words that none of them accounts for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from betony.changes import duties, facts, recommendations, sections
from betony.changes.model import Change

Record = Mapping[str, Any]


def between(before: Record, after: Record) -> tuple[Change, ...]:
    """The changes from one version to a later one, in the order title, status, dates, relations, recommendations,
    duties, codes, sections.

    Each edit stands once: words of a section that a changed fact stands on are that fact's, and no rewording of the
    section. Furniture counts for nothing. Empty where the `content_hash` of both is the same.
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
    return (*told, *sections.changes(before, after, told))
