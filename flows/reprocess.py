"""`betony reprocess` under Prefect's eye: every record that other rules read, made anew from its stored captures.

python flows/reprocess.py --outdated
python flows/reprocess.py --help
"""

from __future__ import annotations

from typing import Literal

import shared
from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE

from betony import cli, publishers, settings
from betony.console import Watcher
from betony.settings import Settings
from betony.work.events import Summary


@task(persist_result=False, cache_policy=NO_CACHE)
def recall(record_ids: list[str] | None, publisher: str | None) -> list[str]:
    """Take up the records named, or all that other rules read; their keys."""
    job = shared.running.get()
    if record_ids is None:
        wanted = job.store.selected(publisher=publisher, not_by=job.processing)
    else:
        known = set(job.store.selected(record_ids)) if record_ids else set()
        wanted = [name if name in known else job.store.find(name) for name in record_ids]
    job.recall(wanted)
    return job.keys


@flow(name="betony-reprocess", persist_result=False, validate_parameters=True)
def reprocess(
    record_ids: list[str] | None = None,
    store: shared.StoreName = "betony.db",
    publisher: Literal[tuple(publishers.every())] | None = None,  # type: ignore[valid-type]  # plug-ins among them
    workers: shared.Workers | None = None,
    runner: Literal["here", "dask"] = "here",
    scheduler: str | None = None,
) -> Summary | State[Summary]:
    """Make records anew from their stored captures with today's rules; no document is fetched.

    Args:
        record_ids: Those alone, by id, alias or reference; all that other rules read by default.
        store: The store, a path or an address.
        publisher: Only this publisher's, where no records are named.
        workers: Processes that read documents; as many as cores, up to 4.
        runner: Where records are made: on this machine, or on a Dask cluster; then the store is best in PostgreSQL.
        scheduler: The address of the cluster's scheduler.
    """
    given = {"store": store, "workers": workers, "runner": runner, "scheduler": scheduler}
    chosen = shared.settings.get() or settings.load(given)
    return shared.run("flows/reprocess.py", chosen, lambda: recall(record_ids, publisher))


def in_a_flow(record_ids: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The command line's run, as a flow run."""
    given = (chosen.store, None, chosen.workers, chosen.runner, chosen.scheduler)
    return shared.watched(reprocess, watcher, chosen, record_ids, *given)


if __name__ == "__main__":
    cli.reprocess_alone(in_a_flow)
