"""`betony ingest` under Prefect's eye: batches of records as tasks, what came out and what failed as artifacts.

python flows/ingest.py samples/
python flows/ingest.py --help
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import prefect_settings  # noqa: F401 - Prefect reads its settings when it is imported
from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from betony import cli, sources
from betony.console import Watcher
from betony.errors import BetonyError, StoreError
from betony.settings import Settings
from betony.store import RunState, Store
from betony.work import Event, Ingest, Summary

BATCH = 250
"""Records a task: over half a second of work, which is what a task must be worth."""
MOST_TASKS = 200
"""Above some 300 task runs a flow run, Prefect's server falls behind; batches grow instead."""
SHOWN = 1_000
"""Rows of an artifact."""

_ingest: ContextVar[Ingest] = ContextVar("ingest")
_watcher: ContextVar[Watcher] = ContextVar("watcher")


def _store_may_answer_later(_task: Any, _run: Any, state: Any) -> bool:
    """Only a store that another process held is worth another try; everything else is in quarantine already."""
    return isinstance(state.result(raise_on_failure=False), StoreError)


@task(persist_result=False, cache_policy=NO_CACHE)
def gather(names: list[str], publisher: str | None) -> list[str]:
    """Make everything named safe in the store; the keys of the records it will make."""
    job = _ingest.get()
    job.gather(sources.discover(names, publisher=publisher))
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
        source: Files, folders, globs or JSON Lines files.
        store: The store, a path or an address.
        publisher: Who published the documents, where their address does not say.
        workers: Processes that read documents; as many as cores, up to 4.
    """
    return run(source, Settings(store=store, publisher=publisher, workers=workers), _watcher.get(None))


def run(names: list[str], chosen: Settings, watcher: Callable[[Event], None] | None) -> Summary:
    """One run in the steps that Prefect shows."""
    with (
        Store.open(chosen.store, create=True) as store,
        Ingest.begun(store, workers=chosen.workers, on_event=watcher, command="flows/ingest.py") as job,
    ):
        token = _ingest.set(job)
        state, error = RunState.FAILED, None
        try:
            keys = gather(names, chosen.publisher)
            size = max(BATCH, -(-len(keys) // MOST_TASKS))
            for start in range(0, len(keys), size):
                structure(keys[start : start + size])
            state = RunState.FINISHED
        except KeyboardInterrupt:
            state = RunState.INTERRUPTED
        except BetonyError as stopped:
            error = stopped
        finally:
            _ingest.reset(token)
        summary = job.finish(state, error)
        _show(summary, store)
    return summary


def in_a_flow(names: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The command line's run, as a flow run: the watcher is no parameter, for it is nothing to keep."""
    token = _watcher.set(watcher)
    try:
        return ingest(names, chosen.store, chosen.publisher, chosen.workers)
    finally:
        _watcher.reset(token)


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
