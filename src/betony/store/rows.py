"""Rows as values, for whoever asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
