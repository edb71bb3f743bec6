"""What the flows share that make records: a run in batches that Prefect shows."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import prefect_settings  # noqa: F401 - Prefect reads its settings when it is imported
from prefect import task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from betony import cluster
from betony.console import Watcher
from betony.errors import BetonyError, StoreError
from betony.settings import Settings
from betony.store import RunState, Store
from betony.work import Ingest, Summary

BATCH = 250
"""Records a task: over half a second of work, which is what a task must be worth."""
MOST_TASKS = 200
"""Above some 300 task runs a flow run, Prefect's server falls behind; batches grow instead."""
DASK_TASKS = 10
"""On a cluster a task ends when its slowest machine has; few tasks keep all of them busy."""
SHOWN = 1_000
"""Rows of an artifact."""

running: ContextVar[Ingest] = ContextVar("running")
"""The run that tasks work on: no parameter, for it is nothing to keep."""
watching: ContextVar[Watcher] = ContextVar("watching")
"""The command line's watcher, where it is one that started the flow."""
settings: ContextVar[Settings | None] = ContextVar("settings", default=None)
"""The command line's settings, or those of the run: no parameter, for they may hold a key."""


def _store_may_answer_later(_task: Any, _run: Any, state: Any) -> bool:
    """Only a store that another process held is worth another try; everything else is in quarantine already."""
    return isinstance(state.result(raise_on_failure=False), StoreError)


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
    running.get().structure(keys)
    return len(keys)


def run(command: str, chosen: Settings, begin: Callable[[], list[str]], *, create: bool = False) -> Summary:
    """One run in the steps that Prefect shows; `begin` is the first of them, and tells what there is to structure."""
    with (
        Store.open(chosen.store, create=create) as store,
        cluster.chosen(chosen) as elsewhere,
        Ingest.begun(
            store, workers=chosen.workers, on_event=watching.get(None), command=command, elsewhere=elsewhere
        ) as job,
    ):
        tokens = running.set(job), settings.set(chosen)
        state, error = RunState.FAILED, None
        try:
            keys = begin()
            size = max(BATCH, -(-len(keys) // (DASK_TASKS if elsewhere else MOST_TASKS)))
            for start in range(0, len(keys), size):
                structure(keys[start : start + size])
            state = RunState.FINISHED
        except KeyboardInterrupt:
            state = RunState.INTERRUPTED
        except BetonyError as stopped:
            error = stopped
        finally:
            running.reset(tokens[0])
            settings.reset(tokens[1])
        summary = job.finish(state, error)
        _show(summary, store)
    return summary


def watched(flow: Callable[..., Summary], watcher: Watcher, chosen: Settings, *arguments: Any) -> Summary:
    """The command line's run, as a flow run."""
    tokens = watching.set(watcher), settings.set(chosen)
    try:
        return flow(*arguments)
    finally:
        watching.reset(tokens[0])
        settings.reset(tokens[1])


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
    create_table_artifact(
        key="betony-changes",
        description=f"What run {summary.run.id} found changed, or read otherwise",
        table=[
            {
                "id": one.record_id,
                "seen": one.seen,
                "cause": one.cause,
                "kind": one.change.kind.value,
                "what": one.change.name,
            }
            for one in store.changes(run=summary.run.id, cause=None)[:SHOWN]
        ],
    )
