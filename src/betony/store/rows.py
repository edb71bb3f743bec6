"""Rows as values, for whoever asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from betony.changes import Change
from betony.timing import Spent


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    """Stopped by its user, or its process died; what it had done is kept."""
    FAILED = "failed"
    """Ended by an error of its own, such as a full disk."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An input whose bytes are safe in the store."""

    input_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An input that was set aside."""

    uri: str
    url: str | None
    digest: str
    stage: str
    reason: str
    message: str
    detail: str
    first_seen: str
    last_seen: str
    attempts: int
    run_id: int
    input_id: str
    kept: bool
    """Whether its bytes are in the store, so that it can be tried again from there."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A record in a list."""

    id: str
    title: str | None
    publisher: str | None
    document_type: str | None
    status_code: str
    currency: str
    url: str | None
    processed_at: str
    retired_at: str | None
    """When it was seen to be gone from its publisher's site."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run and its counts."""

    id: int
    command: str
    state: str
    started: str
    ended: str | None
    inputs: int
    new: int
    changed: int
    unchanged: int
    quarantined: int
    reference: str | None = None
    """What an orchestrator calls the run, where one started it."""
    stages: tuple[Spent, ...] = ()
    """What each stage took; none of a run that has not ended, or was killed."""
    records: int | None = None
    """How many records the store held when the run ended."""

    @property
    def balance(self) -> int:
        """What came in and is accounted for nowhere; 0 when a run has finished."""
        return self.inputs - self.new - self.changed - self.unchanged - self.quarantined


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that search found, and the record it is of."""

    record_id: str
    title: str | None
    status_code: str
    currency: str
    url: str | None
    section: str
    type: str
    heading: str | None
    start: int
    """Offsets of the section in the record's text."""
    end: int
    score: float
    """Higher is better; only to be compared within one search."""
    snippet: str
    """Words around the best of what was found, white space as one space."""
    matches: tuple[tuple[int, int], ...]
    """Offsets in the snippet of the words that were asked for."""


class Cause(StrEnum):
    """Why a record has a version."""

    DOCUMENT = "document"
    """The publisher changed the document."""
    PROCESSING = "processing"
    """The same document was read by other rules."""


class Departure(StrEnum):
    """How a document left its publisher's site."""

    NOT_FOUND = "not_found"
    GONE = "gone"
    UNLISTED = "unlisted"
    MOVED = "moved"

    @property
    def words(self) -> str:
        """The same for a person."""
        return _DEPARTURES[self]


_DEPARTURES = {
    Departure.NOT_FOUND: "its address answers that nothing is there",
    Departure.GONE: "its address answers that it is gone",
    Departure.UNLISTED: "it left the publisher's list",
    Departure.MOVED: "its address leads elsewhere",
}


@dataclass(frozen=True, slots=True)
class Version:
    """What a record said for a time. Times are UTC, to the second; the period is half-open."""

    record_id: str
    number: int
    """From 1."""
    cause: str
    content_hash: str
    text_hash: str
    valid_from: str
    """When the document was first seen so; of a new reading, when the document that it reads was."""
    valid_to: str | None
    """None of the latest. A version that a new reading replaced holds for no time at all."""
    recorded_at: str
    """When the store learned it."""
    run_id: int | None
    pipeline: str
    ruleset: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of one record."""

    record_id: str
    title: str | None
    publisher: str | None
    version: int
    """The later version."""
    cause: str
    seen: str
    """When the document was first seen so."""
    recorded_at: str
    run_id: int | None
    change: Change
    number: int
    """Its own, in the store's log of changes."""

    @property
    def place(self) -> tuple[str, str, int]:
        """Where it stands in a list of changes."""
        return self.seen, self.record_id, self.number


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the publisher's site holds a record's document, as far as the store knows."""

    record_id: str
    seen_at: str | None
    """The last time that any page of it was seen there; None where no capture says when it was taken."""
    confirmed_at: str | None = None
    """The last time that the site said nothing had changed, where it did so after the captures were taken."""
    retired_at: str | None = None
    departure: Departure | None = None
    moved_to: str | None = None


class Verdict(StrEnum):
    """How the rules stand to a correction today."""

    AGREES = "agrees"
    """They read the same now: the correction can be undone."""
    DIFFERS = "differs"
    LOST = "lost"
    """The record has no such item any more, or the value cannot stand there: it is kept, and does nothing."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that stands, and what the rules read today."""

    record_id: str
    path: str
    value: Any
    why: str
    who: str
    made_at: str
    rules: Any
    """What the rules read at the path; None as well where the record no longer has such an item."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What is refused from now on, and why."""

    name: str
    """`id:`, `address:` or `digest:`, and what is refused."""
    record_id: str
    why: str
    who: str
    forgotten_at: str

    @property
    def words(self) -> str:
        """The same for a person."""
        return f"{self.record_id} was forgotten on {self.forgotten_at[:10]}: {self.why}"
