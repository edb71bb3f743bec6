"""Runs and quarantine: what came in, and what became of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, func, insert, select, update

from betony.errors import UsageError
from betony.store import processes
from betony.store.inputs import by_ids
from betony.store.prepared import Prepared
from betony.store.rows import Kept, Quarantined, Run, RunState
from betony.store.tables import captures, inputs, quarantine, records, runs
from betony.timing import Spent

_DETAIL = 8_000


def begin(connection: Connection, command: str, now: str, reference: str | None = None) -> int:
    """Opens a run; runs that a dead process left open are closed as interrupted."""
    reconcile(connection, now)
    values = {
        "command": command,
        "reference": reference,
        "state": RunState.RUNNING,
        "started": now,
        "process": json.dumps(processes.this_process()),
    }
    result = connection.execute(insert(runs).values(**values))
    return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0


def reconcile(connection: Connection, now: str) -> list[Run]:
    """Closes as interrupted what dead processes left open, and nothing that a living one may work on; those runs."""
    left = select(runs.c.id, runs.c.process).where(runs.c.state == RunState.RUNNING)
    gone = [row.id for row in connection.execute(left).all() if processes.is_gone(json.loads(row.process))]
    for run in gone:
        connection.execute(update(runs).where(runs.c.id == run).values(state=RunState.INTERRUPTED, ended=now))
    return [one_run(connection, run) for run in gone]


def at_work(connection: Connection) -> list[int]:
    """The runs that living processes of this machine work on."""
    query = select(runs.c.id, runs.c.process).where(runs.c.state == RunState.RUNNING).order_by(runs.c.id)
    found = [(row.id, json.loads(row.process)) for row in connection.execute(query)]
    return [run for run, process in found if processes.is_of_here(process) and not processes.is_gone(process)]


def end(connection: Connection, run: int, state: RunState, now: str, stages: Sequence[Spent] = ()) -> None:
    """Closes a run."""
    values = {
        "state": state,
        "ended": now,
        "stages": json.dumps([asdict(one) for one in stages]),
        "records": select(func.count()).select_from(records).scalar_subquery(),
    }
    connection.execute(update(runs).where(runs.c.id == run).values(values))


def count(connection: Connection, run: int, **counts: int) -> None:
    """Adds to a run's counts, within the transaction that makes them true."""
    if any(counts.values()):
        added = {f"more_{name}": counts.get(name, 0) for name in _COUNTS}
        _COUNT.run(connection, {"run": run, **added})


_COUNTS = ("inputs", "new", "changed", "unchanged", "quarantined")
_COUNT = Prepared(
    update(runs)
    .where(runs.c.id == bindparam("run"))
    .values({runs.c[name]: runs.c[name] + bindparam(f"more_{name}") for name in _COUNTS})
)
_ANY_SET_ASIDE = Prepared(select(quarantine.c.id).limit(1))


def all_runs(connection: Connection, limit: int) -> list[Run]:
    """The latest runs, newest first."""
    return [_run(row) for row in connection.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))]


def one_run(connection: Connection, run: int) -> Run:
    """The run of that number; UsageError where there is none."""
    row = connection.execute(select(runs).where(runs.c.id == run)).first()
    if row is None:
        raise UsageError(f"there is no run {run}")
    return _run(row)


def _run(row: Row[Any]) -> Run:
    values = {name: getattr(row, name) for name in Run.__dataclass_fields__}
    values["stages"] = tuple(Spent(**one) for one in json.loads(row.stages or "[]"))
    if row.state == RunState.RUNNING and processes.is_gone(json.loads(row.process)):
        values["state"] = RunState.INTERRUPTED  # as the next run will write it
    return Run(**values)


def set_aside(
    connection: Connection, run: int, kept: Kept, *, stage: str, reason: str, message: str, detail: str, now: str
) -> None:
    """Puts an input in quarantine, or notes that it failed again; nothing where it was purged meanwhile."""
    row = connection.execute(select(inputs.c.uri, inputs.c.url).where(inputs.c.id == kept.input_id)).first()
    if row is None:
        return
    place = _place(row.uri, row.url, kept.digest)
    values: dict[str, Any] = {
        "input_id": kept.input_id,
        "digest": kept.digest,
        "stage": stage,
        "reason": reason,
        "message": message,
        "detail": detail[-_DETAIL:],
        "last_seen": now,
        "run_id": run,
    }
    there = connection.execute(select(quarantine.c.attempts).where(quarantine.c.id == place)).scalar()
    if there is None:
        connection.execute(
            insert(quarantine).values(id=place, uri=row.uri, url=row.url, first_seen=now, attempts=1, **values)
        )
    else:
        connection.execute(update(quarantine).where(quarantine.c.id == place).values(attempts=there + 1, **values))


def release(connection: Connection, input_ids: Iterable[str], *, stage: str | None = None) -> None:
    """Takes the places of these inputs out of quarantine: they are records now, or can be had again (stage `source`)."""
    if _ANY_SET_ASIDE.row(connection) is None:
        return  # the usual case, and the quick one
    query = select(inputs.c.uri, inputs.c.url, inputs.c.digest)
    for row in list(by_ids(connection, query, inputs.c.id, input_ids)):
        there = quarantine.c.id == _place(row.uri, row.url, row.digest)
        connection.execute(
            delete(quarantine).where(there if stage is None else and_(there, quarantine.c.stage == stage))
        )


def failures(connection: Connection) -> list[Quarantined]:
    """Everything in quarantine, by name."""
    columns = [quarantine.c[name] for name in Quarantined.__dataclass_fields__ if name != "kept"]
    query = (
        select(*columns, captures.c.body.is_not(None) & (captures.c.size > 0))
        .join(captures, captures.c.digest == quarantine.c.digest)
        .order_by(quarantine.c.uri, quarantine.c.id)
    )
    return [Quarantined(*row) for row in connection.execute(query)]


def _place(uri: str, url: str | None, digest: str) -> str:
    """Where an input comes from: a file that is mended there takes its own row out of quarantine."""
    anonymous = uri == "-" or uri.startswith("-#")
    named = json.dumps([uri, url, digest if anonymous else None])
    return hashlib.sha256(named.encode()).hexdigest()[:32]
