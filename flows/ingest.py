"""`betony ingest` under Prefect's eye: batches of records as tasks, what came out and what failed as artifacts.

python flows/ingest.py samples/
python flows/ingest.py --help
"""

from __future__ import annotations

from typing import Annotated, Literal

import shared
from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE
from pydantic import Field

from betony import cli, publishers, settings, web
from betony.console import Watcher
from betony.settings import Settings
from betony.work.events import Summary


@task(persist_result=False, cache_policy=NO_CACHE)
def gather(names: list[str]) -> list[str]:
    """Make everything named safe in the store; the keys of the records it will make."""
    job = shared.running.get()
    job.gather(web.discover(names, job.store, shared.settings.get() or settings.load()))
    return job.keys


@flow(name="betony-ingest", persist_result=False, validate_parameters=True)
def ingest(
    source: Annotated[list[Annotated[str, Field(min_length=1)]], Field(min_length=1)],
    store: shared.StoreName = "betony.db",
    publisher: Literal[tuple(publishers.every())] | None = None,  # type: ignore[valid-type]  # plug-ins among them
    workers: shared.Workers | None = None,
    runner: Literal["here", "dask"] = "here",
    scheduler: str | None = None,
) -> Summary | State[Summary]:
    """Turn guidance into records.

    Args:
        source: Files, folders, globs, JSON Lines files, addresses, or @FILE of addresses.
        store: The store, a path or an address.
        publisher: Who published the documents, where their address does not say.
        workers: Processes that read documents; as many as cores, up to 4.
        runner: Where records are made: on this machine, or on a Dask cluster; then the store is best in PostgreSQL.
        scheduler: The address of the cluster's scheduler.
    """
    given = {"store": store, "publisher": publisher, "workers": workers, "runner": runner, "scheduler": scheduler}
    chosen = shared.settings.get() or settings.load(given)
    return shared.run("flows/ingest.py", chosen, lambda: gather(source), create=True)


def in_a_flow(names: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The command line's run, as a flow run."""
    given = (chosen.store, chosen.publisher, chosen.workers, chosen.runner, chosen.scheduler)
    return shared.watched(ingest, watcher, chosen, names, *given)


if __name__ == "__main__":
    cli.ingest_alone(in_a_flow)
