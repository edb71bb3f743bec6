"""What the flows share that make records: a run in batches that Prefect shows."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Annotated, Any, cast
from uuid import UUID

import prefect_settings  # noqa: F401 - Prefect reads its settings when it is imported
from prefect import Flow, State, get_client, task
from prefect.artifacts import (
    create_link_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.exceptions import ObjectNotFound
from prefect.runtime import flow_run
from prefect.states import Cancelled, Crashed, Failed
from prefect.tasks import exponential_backoff
from pydantic import Field
from temporary_server import ends_with_this_process

from betony import cluster
from betony.console import LogWatcher, Watcher
from betony.errors import BetonyError, StoreError
from betony.report.links import Paths
from betony.settings import Settings
from betony.store import RunState, Store
from betony.work import Ingest
from betony.work.events import Event, Summary

logging.getLogger("betony").setLevel(logging.INFO)  # else Prefect's own threshold, which is higher, holds for it

LEAST, MOST = 250, 1_000
"""Records a task, where their number leaves a choice: at its end workers wait for the last of it, a seventh of a second."""
STEPS = 12
"""Tasks in which a run of a usual size is seen to go on."""
MOST_TASKS = 200
"""Above some 300 task runs a flow run, Prefect's server falls behind; batches grow instead."""
DASK_TASKS = 10
"""On a cluster a task ends when its slowest machine has; few tasks keep all of them busy."""
SHOWN = 1_000
"""Rows of an artifact."""

StoreName = Annotated[str, Field(min_length=1)]
Workers = Annotated[int, Field(ge=1, le=64)]

running: ContextVar[Ingest] = ContextVar("running")
"""The run that tasks work on: no parameter, for it is nothing to keep."""
watching: ContextVar[Watcher] = ContextVar("watching")
"""The command line's watcher, where it is one that started the flow."""
came_to: ContextVar[list[Summary]] = ContextVar("came_to")
"""Where the command line, where it is one that started the flow, finds what the run came to."""
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


def run(
    command: str, chosen: Settings, begin: Callable[[], list[str]], *, create: bool = False
) -> Summary | State[Summary]:
    """One run in the steps that Prefect shows; `begin` is the first of them, and tells what there is to structure.

    What ended a run before its time is the state of the flow, and of what had come till then the artifacts tell.
    """
    log = LogWatcher()
    with Store.open(chosen.store, create=create) as store, cluster.chosen(chosen) as elsewhere:
        close_what_was_killed(store)
        with Ingest.begun(
            store,
            workers=chosen.workers,
            on_event=_both(log, watching.get(None)),
            command=command,
            reference=flow_run.id,
            elsewhere=elsewhere,
        ) as job:
            tokens = running.set(job), settings.set(chosen)
            state, error = RunState.FAILED, None
            try:
                _in_batches(begin(), DASK_TASKS if elsewhere else MOST_TASKS)
                state = RunState.FINISHED
            except KeyboardInterrupt:
                state = RunState.INTERRUPTED
            except BetonyError as stopped:
                error = stopped
            finally:
                running.reset(tokens[0])
                settings.reset(tokens[1])
            summary = job.finish(state, error)
        log.summary(summary, store.name)
        _show(summary, store)
        show_report(chosen, summary.run.id)
    came_to.get([]).append(summary)
    if summary.error is not None:
        return Failed(message=str(summary.error))
    if summary.interrupted:
        return Cancelled(message="stopped before its end; the same again does the rest")
    return summary


def _both(log: Watcher, other: Watcher | None) -> Callable[[Event], None]:
    def told(event: Event) -> None:
        log(event)
        if other:
            other(event)

    return told


def _in_batches(keys: list[str], most: int) -> None:
    size = max(LEAST, min(MOST, -(-len(keys) // STEPS)), -(-len(keys) // most))
    progress = create_progress_artifact(0.0, key="betony-progress", description=f"{len(keys):,} records")
    assert isinstance(progress, UUID)  # noqa: S101 - nothing to wait for: this is no coroutine
    for start in range(0, len(keys), size):
        structure(keys[start : start + size])
        update_progress_artifact(progress, 100.0 * min(start + size, len(keys)) / len(keys))
    if not keys:
        update_progress_artifact(progress, 100.0)


def close_what_was_killed(store: Store) -> None:
    """Closes the runs that dead processes left open, in the store and, where it still takes them to run, in Prefect."""
    for left in store.reconcile():
        if left.reference is None:
            continue
        with get_client(sync_client=True) as client, suppress(ObjectNotFound):  # another server's, such as a temporary
            known = client.read_flow_run(UUID(left.reference))
            if known.state is None or not known.state.is_final():
                message = f"its process ended without a word; run {left.id} of {store.name} is closed as interrupted"
                client.set_flow_run_state(known.id, Crashed(message=message), force=True)


def show_report(chosen: Settings, run: int) -> None:
    """A link to the run's page, where the settings say where such pages are."""
    if chosen.report:
        address = chosen.report.rstrip("/") + Paths().run(run)
        create_link_artifact(
            address, f"run {run}", key="betony-report", description="What the run came to, page by page"
        )


def by_hand() -> None:
    """Before a flow that somebody started from a shell, who is told by the command line what happens."""
    logging.getLogger("betony").propagate = False
    ends_with_this_process()


def watched(flow: Flow[..., Any], watcher: Watcher, chosen: Settings, *arguments: Any) -> Summary:
    """The command line's run, as a flow run; what went wrong before there was one is raised."""
    by_hand()
    summaries: list[Summary] = []
    tokens = watching.set(watcher), settings.set(chosen), came_to.set(summaries)
    try:
        with server_named():
            state: Any = flow(*arguments, return_state=True)
        return summaries[0] if summaries else cast(Summary, state.result())
    finally:
        watching.reset(tokens[0])
        settings.reset(tokens[1])
        came_to.reset(tokens[2])


@contextmanager
def server_named() -> Iterator[None]:
    """Says where no server of Prefect's answers, which Prefect tells in a page of its own code."""
    try:
        yield
    except RuntimeError as error:
        if "Failed to reach API" not in str(error):
            raise
        address = os.environ.get("PREFECT_API_URL", "")
        advice = "start it, or unset PREFECT_API_URL for a temporary one; nothing was begun"
        raise BetonyError("no server of Prefect's answers there", document=address, advice=advice) from error


def _show(summary: Summary, store: Store) -> None:
    create_table_artifact(
        key="betony-records",
        description=f"{len(summary.record_ids)} records of run {summary.run.id} in {store.name}",
        table=[
            {"id": row.id, "title": row.title or "", "status": row.status_code, "currency": row.currency}
            for row in store.listed(among=summary.record_ids[:SHOWN])
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
            for one in store.changes(run=summary.run.id, cause=None, limit=SHOWN)
        ],
    )
