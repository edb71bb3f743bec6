"""What the flows share: Prefect's settings, made before it is imported, and a run in batches that Prefect shows."""

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

from prefect import task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.artifacts import create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402
from prefect.tasks import exponential_backoff  # noqa: E402

from betony.console import Watcher  # noqa: E402
from betony.errors import BetonyError, StoreError  # noqa: E402
from betony.settings import Settings  # noqa: E402
from betony.store import RunState, Store  # noqa: E402
from betony.work import Ingest, Summary  # noqa: E402

BATCH = 250
"""Records a task: over half a second of work, which is what a task must be worth."""
MOST_TASKS = 200
"""Above some 300 task runs a flow run, Prefect's server falls behind; batches grow instead."""
SHOWN = 1_000
"""Rows of an artifact."""

running: ContextVar[Ingest] = ContextVar("running")
"""The run that tasks work on: no parameter, for it is nothing to keep."""
watching: ContextVar[Watcher] = ContextVar("watching")
"""The command line's watcher, where it is one that started the flow."""


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
        Ingest.begun(store, workers=chosen.workers, on_event=watching.get(None), command=command) as job,
    ):
        token = running.set(job)
        state, error = RunState.FAILED, None
        try:
            keys = begin()
            size = max(BATCH, -(-len(keys) // MOST_TASKS))
            for start in range(0, len(keys), size):
                structure(keys[start : start + size])
            state = RunState.FINISHED
        except KeyboardInterrupt:
            state = RunState.INTERRUPTED
        except BetonyError as stopped:
            error = stopped
        finally:
            running.reset(token)
        summary = job.finish(state, error)
        _show(summary, store)
    return summary


def watched(flow: Callable[..., Summary], watcher: Watcher, *arguments: Any) -> Summary:
    """The command line's run, as a flow run."""
    token = watching.set(watcher)
    try:
        return flow(*arguments)
    finally:
        watching.reset(token)


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
