"""`betony ingest` under Prefect's eye: batches of records as tasks, what came out and what failed as artifacts.

python flows/ingest.py samples/
python flows/ingest.py --help
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

for _name, _value in {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # the switch above does not reach the server's own heartbeat
    "PREFECT_LOGGING_EXTRA_LOGGERS": "betony",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",  # a busy machine needs more than the usual 20
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",  # with the default, task runs are dropped
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
}.items():
    os.environ.setdefault(_name, _value)

from prefect import flow, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.tasks import exponential_backoff  # noqa: E402

from betony import cli, settings, web  # noqa: E402
from betony.console import Watcher  # noqa: E402
from betony.errors import BetonyError, StoreError  # noqa: E402
from betony.settings import Settings  # noqa: E402
from betony.store import RunState, Store  # noqa: E402
from betony.work import Event, Ingest, Summary  # noqa: E402

BATCH = 250
"""Records a task: over half a second of work, which is what a task must be worth."""
MOST_TASKS = 200
"""Above some 300 task runs a flow run, Prefect's server falls behind; batches grow instead."""
SHOWN = 1_000
"""Rows of an artifact."""

_ingest: ContextVar[Ingest] = ContextVar("ingest")
_store: ContextVar[Store] = ContextVar("store")
_chosen: ContextVar[Settings | None] = ContextVar("chosen", default=None)
_watcher: ContextVar[Watcher] = ContextVar("watcher")


def _store_may_answer_later(_task: Any, _run: Any, state: Any) -> bool:
    """Only a store that another process held is worth another try; everything else is in quarantine already."""
    return isinstance(state.result(raise_on_failure=False), StoreError)


@task(persist_result=False, cache_policy=NO_CACHE)
def gather(names: list[str]) -> list[str]:
    """Make everything named safe in the store; the keys of the records it will make."""
    job = _ingest.get()
    job.gather(web.discover(names, _store.get(), _chosen.get() or settings.load()))
    return job.keys


@task(
    retries=2,
    retry_delay_seconds=exponential_backoff(2),
    retry_jitter_factor=0.5,
    retry_condition_fn=_store_may_answer_later,
    persist_result=False,
    cache_policy=NO_CACHE,
)
def structure(keys: list[str]) -> int:
    """Structure the records of these keys and write them; doing it again for the same keys changes nothing."""
    _ingest.get().structure(keys)
    return len(keys)


@flow(name="betony-ingest", persist_result=False, validate_parameters=True)
def ingest(
    source: list[str],
    store: str = "betony.db",
    publisher: str | None = None,
    workers: int | None = None,
) -> Summary:
    """Turn guidance into records.

    Args:
        source: Files, folders, globs, JSON Lines files, addresses, or @FILE of addresses.
        store: The store, a path or an address.
        publisher: Who published the documents, where their address does not say.
        workers: Processes that read documents; as many as cores, up to 4.
    """
    given = {"store": store, "publisher": publisher, "workers": workers}
    return run(source, _chosen.get() or settings.load(given), _watcher.get(None))


def run(names: list[str], chosen: Settings, watcher: Callable[[Event], None] | None) -> Summary:
    """One run in the steps that Prefect shows."""
    with (
        Store.open(chosen.store, create=True) as store,
        Ingest.begun(store, workers=chosen.workers, on_event=watcher, command="flows/ingest.py") as job,
    ):
        tokens = _ingest.set(job), _store.set(store), _chosen.set(chosen)
        state, error = RunState.FAILED, None
        try:
            keys = gather(names)
            size = max(BATCH, -(-len(keys) // MOST_TASKS))
            for start in range(0, len(keys), size):
                structure(keys[start : start + size])
            state = RunState.FINISHED
        except KeyboardInterrupt:
            state = RunState.INTERRUPTED
        except BetonyError as stopped:
            error = stopped
        finally:
            _ingest.reset(tokens[0])
            _store.reset(tokens[1])
            _chosen.reset(tokens[2])
        summary = job.finish(state, error)
        _show(summary, store)
    return summary


def in_a_flow(names: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The command line's run, as a flow run: the watcher is no parameter, for it is nothing to keep, nor are settings
    that may hold a key."""
    tokens = _watcher.set(watcher), _chosen.set(chosen)
    try:
        return ingest(names, chosen.store, chosen.publisher, chosen.workers)
    finally:
        _watcher.reset(tokens[0])
        _chosen.reset(tokens[1])


def _show(summary: Summary, store: Store) -> None:
    wanted = set(summary.record_ids[:SHOWN])
    create_table_artifact(
        key="betony-records",
        description=f"{len(summary.record_ids)} records of run {summary.run.id} in {store.name}",
        table=[
            {"id": row.id, "title": row.title or "", "status": row.status_code, "currency": row.currency}
            for row in store.listed()
            if row.id in wanted
        ],
    )
    create_table_artifact(
        key="betony-failures",
        description=f"{summary.run.quarantined} inputs set aside in run {summary.run.id}",
        table=[
            {"input": setback.uri, "reason": setback.reason, "what": setback.message}
            for setback in summary.setbacks[:SHOWN]
        ],
    )


if __name__ == "__main__":
    cli.ingest_alone(in_a_flow)
