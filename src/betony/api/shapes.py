"""What the API's answers look like, for its description; records themselves are described by betony.record."""

from __future__ import annotations

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from betony.record import Recommendation, Responsibility, SectionRecord
from betony.standing import Verdict
from betony.store import Hit, Item, Listed, Version

Row = TypeVar("Row")


class Described(BaseModel):
    """Fields are described by the words below them."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Page(Described, Generic[Row]):
    """A page of a list."""

    items: list[Row]
    next: str | None
    """The cursor of the next page; null on the last. The header `Link` holds its whole address."""


class ItemsOf(Described, Generic[Row]):
    """A list that is whole."""

    items: list[Row]


class Excerpt(Described, Generic[Row]):
    """Some of what one record holds, with what it takes to judge it."""

    record: str
    """The record's id, whatever name was asked for."""
    title: str | None
    url: str | None
    status: str
    """`active`, `retired`, `draft` or `unknown`."""
    currency: str
    items: list[Row]


class ChangeRow(Described):
    """One change of one record."""

    record_id: str
    title: str | None
    publisher: str | None
    version: int
    """The later version."""
    cause: str
    """`document` where the publisher changed it, `processing` where other rules read it otherwise."""
    seen: str
    """When the document was first seen so."""
    recorded_at: str
    run_id: int | None
    number: int
    """Its own, in the store's log."""
    kind: str
    path: str
    """The field, section, recommendation or duty that changed."""
    name: str
    before: str | None
    after: str | None
    evidence_before: list[tuple[int, int]]
    """Half-open offsets in code points into the earlier version's text."""
    evidence_after: list[tuple[int, int]]
    reading: bool
    """Whether only the reading changed, and not the words."""


Records = Page[Listed]
Versions = ItemsOf[Version]
Sections = Excerpt[SectionRecord]
Recommendations = Excerpt[Recommendation]
Responsibilities = Excerpt[Responsibility]
Duties = Page[Item]
Changes = Page[ChangeRow]
Hits = ItemsOf[Hit]
Verdicts = ItemsOf[Verdict]
