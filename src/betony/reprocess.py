"""Records made anew from their stored captures with today's rules: no document is fetched, none is read from disk."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from betony import work
from betony.changes import Change, between
from betony.model import Capture
from betony.shares import Elsewhere
from betony.store import Store
from betony.store.records import under
from betony.work.events import Event, Stage, Summary
from betony.work.version import STRUCTURE, processing
from betony.workers import Limits, Workers


def reprocess(
    store: Store,
    record_ids: Sequence[str],
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    on_event: Callable[[Event], None] | None = None,
    structure: str = STRUCTURE,
    command: str = "reprocess",
    elsewhere: Elsewhere | None = None,
) -> Summary:
    """Makes these records anew. What today's rules have read already is not read again; what they read otherwise gains
    a version, whose cause is the processing; what they cannot read stays as it was, and is set aside by name.

    Killed or stopped at any moment, the same call again does the rest.
    """
    with work.Ingest.begun(
        store,
        workers=workers,
        limits=limits,
        on_event=on_event,
        structure=structure,
        command=command,
        elsewhere=elsewhere,
    ) as job:
        return job.through(lambda: job.recall(record_ids))


@dataclass(frozen=True, slots=True)
class Preview:
    """What reprocessing would make of one record."""

    record_id: str
    changes: tuple[Change, ...] = ()
    differs: bool = False
    """Whether it would gain a version."""
    failure: str | None = None
    """Why today's rules cannot read it; it would stay as it is."""


@dataclass(eq=False, slots=True)
class _Job:
    record_id: str
    captures: tuple[Capture, ...]


def preview(
    store: Store,
    record_ids: Sequence[str],
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    on_event: Callable[[Event], None] | None = None,
    structure: str = STRUCTURE,
) -> Iterator[Preview]:
    """What `reprocess` would change of these records, as they are read; writes nothing. Those that today's rules have
    read already are left out.
    """
    wanted = store.selected(record_ids, not_by=processing(structure)) if record_ids else []
    jobs = (
        _Job(record_id, tuple(store.load(input_id for input_id, _ in store.places(record_id)))) for record_id in wanted
    )
    number = workers or min(os.cpu_count() or 1, 4)
    with Workers[_Job](number, limits or Limits(), structure) as pool:
        for done, (job, answer) in enumerate(pool.run(jobs), start=1):
            if on_event is not None:
                on_event(Event("progress", Stage.STRUCTURING, done, len(wanted)))
            if answer.record is None:
                yield Preview(job.record_id, failure=answer.message)
            else:
                before = json.loads(store.json(job.record_id))
                after = under(json.loads(answer.record), job.record_id)
                differs = before["content_hash"] != after["content_hash"]
                yield Preview(job.record_id, between(before, after), differs)
