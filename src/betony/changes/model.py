"""What can change between two versions of a record, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self


class Kind(StrEnum):
    """What a change means to someone who relies on the guidance."""

    ADDED = "added"
    """The record is new."""
    RETIRED = "retired"
    """The publisher's site no longer holds the document."""
    REOPENED = "reopened"
    """The publisher's site holds the document again."""
    TITLE = "title"
    STATUS = "status"
    DATE = "date"
    RELATION_ADDED = "relation_added"
    RELATION_REMOVED = "relation_removed"
    RECOMMENDATION_ADDED = "recommendation_added"
    RECOMMENDATION_REMOVED = "recommendation_removed"
    RECOMMENDATION_STRENGTH = "recommendation_strength"
    """Of another strength, direction, arrangement, outcome or grade, reworded or not."""
    RECOMMENDATION_REWORDED = "recommendation_reworded"
    RECOMMENDATION_RENUMBERED = "recommendation_renumbered"
    RECOMMENDATION_DETAIL = "recommendation_detail"
    """The same words, with another label, actor, condition, population or rationale."""
    DUTY_ADDED = "duty_added"
    DUTY_REMOVED = "duty_removed"
    DUTY_STRENGTH = "duty_strength"
    """Of another modality: what one should do, one now must."""
    DUTY_REWORDED = "duty_reworded"
    DUTY_DETAIL = "duty_detail"
    """The same words, with another reading of who, to whom or when."""
    CODE_ADDED = "code_added"
    CODE_REMOVED = "code_removed"
    SECTION_ADDED = "section_added"
    SECTION_REMOVED = "section_removed"
    SECTION_MOVED = "section_moved"
    SECTION_RETITLED = "section_retitled"
    SECTION_RENUMBERED = "section_renumbered"
    SECTION_RETYPED = "section_retyped"
    """The same words, taken for another purpose."""
    SECTION_REWORDED = "section_reworded"
    """Words of the section changed that no other change accounts for."""


Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One change from a version to a later one."""

    kind: Kind
    path: str
    """What changed: a field of the record (`status`, `dates.published`), or the id of a section, recommendation or
    duty, in the later version where it is there."""
    name: str
    """The same for a person: a heading, a number, a date's name."""
    before: str | None
    after: str | None
    evidence_before: Spans = ()
    """Half-open offsets in code points into the earlier version's text."""
    evidence_after: Spans = ()
    """The same into the later version's text."""
    reading: bool = False
    """Whether the words that it stands on are in both versions alike, and only their reading is another: nothing that
    the publisher changed."""

    def as_json(self) -> dict[str, Any]:
        """The change as plain values."""
        return {**{name: getattr(self, name) for name in self.__dataclass_fields__}, "kind": self.kind.value}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The change that `as_json` gave."""
        spans = {name: tuple((start, end) for start, end in values[name]) for name in _SPANS}
        return cls(**{**values, **spans, "kind": Kind(values["kind"])})


_SPANS = ("evidence_before", "evidence_after")
