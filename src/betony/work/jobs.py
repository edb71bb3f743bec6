"""What workers are given, and the record that it is for."""

from __future__ import annotations

from dataclasses import dataclass, field

from betony.model import Capture
from betony.store import Plan
from betony.store.records import Outcome
from betony.workers import Answer


@dataclass(slots=True)
class Group:
    """The inputs of one record, as (input id, address) in order of ingest."""

    key: str
    product: str | None
    places: list[tuple[str, str]] = field(default_factory=list)
    """What joins the record next."""
    later: list[list[tuple[str, str]]] = field(default_factory=list)
    """Newer captures of the same pages, which join one after the other: each may make a version."""
    record_id: str | None = None
    """Where it ended up."""
    replans: int = 0
    read_anew: bool = False
    """Whether what the store holds of it was read by today's rules in this run, or could not be."""
    made: list[Outcome] | None = None
    """What this run had made of it before this process took it up; None until that is asked."""


@dataclass(eq=False, slots=True)
class Probe:
    """Tries each new page of a record by itself, to find the one that brings down the whole."""

    job: Job
    answer: Answer
    pending: int
    culprits: dict[str, Answer] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Job:
    """Captures for a worker, and what they are for."""

    group: Group
    plan: Plan
    captures: tuple[Capture, ...]
    probe: Probe | None = None
    input_id: str | None = None
    """Of a probe, the one input that is tried."""
    reading_anew: bool = False
    """Whether it only brings the stored record to today's rules, before new captures join."""
