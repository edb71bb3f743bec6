"""`betony watch` under Prefect's eye: what is due is fetched, what changed is an artifact and, if wanted, a notification.

python flows/watch.py --store betony.db
python flows/watch.py --help
"""

from __future__ import annotations

import argparse
import asyncio
import inspect
import sys
from collections.abc import Awaitable
from contextvars import ContextVar
from typing import Annotated

import shared
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.core import Block
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from pydantic import Field

from betony import settings, terminal, watch
from betony.console import LogWatcher
from betony.crawl import Round
from betony.errors import BetonyError, UsageError
from betony.settings import Settings
from betony.store import Source, Store
from betony.work.events import Summary

SHOWN = 1_000
"""Rows of an artifact."""

_store: ContextVar[Store] = ContextVar("store")
_chosen: ContextVar[Settings] = ContextVar("chosen")


@task(persist_result=False, cache_policy=NO_CACHE)
def fetch(names: list[str]) -> list[Round]:
    """Fetch what is due of the sources of these names; what came is safe in the store when this ends."""
    return watch.fetch_due(_store.get(), _chosen.get(), _sources(names), LogWatcher())


@task(persist_result=False, cache_policy=NO_CACHE)
def structure(names: list[str]) -> Summary:
    """Make records of what came; doing it again changes nothing."""
    return watch.make_records(_store.get(), _chosen.get(), _sources(names), LogWatcher(), reference=flow_run.id)


@task(persist_result=False, cache_policy=NO_CACHE)
def tell(news: str, block: str) -> None:
    """Send the news through a notification block, such as `slack-webhook/guidance`."""
    loaded = Block.load(block)
    if not isinstance(loaded, NotificationBlock):
        raise UsageError(f"{block} is no notification block", advice="name one as type/name")
    sent: object = loaded.notify(news, subject="betony")
    if inspect.isawaitable(sent):  # blocks answer so or so
        asyncio.run(_waited(sent))


async def _waited(sent: Awaitable[object]) -> None:
    await sent


def _sources(names: list[str]) -> list[Source]:
    return [watch.find(_store.get(), name) for name in names]


@flow(name="betony-watch", persist_result=False, validate_parameters=True)
def run(
    store: shared.StoreName = "betony.db",
    workers: shared.Workers | None = None,
    everything: bool = False,
    block: Annotated[str, Field(pattern="^[^/]+/[^/]+$")] | None = None,
) -> bool:
    """Fetch what is due, make records of what changed, and tell it.

    Args:
        store: The store, a path or an address.
        workers: Processes that read documents; as many as cores, up to 4.
        everything: Every source, whether it is due or not.
        block: A notification block of Prefect's, as type/name; the webhook of the settings is told as well.
    """
    chosen = settings.load({"store": store, "workers": workers})
    with Store.open(chosen.store) as opened:
        shared.close_what_was_killed(opened)
        tokens = _store.set(opened), _chosen.set(chosen)
        try:
            due = watch.due(opened, everything=everything)
            names = [source.name for source in due]
            rounds = fetch(names)
            summary = structure(names)
            done = watch.outcome(opened, due, rounds, summary)
        finally:
            _store.reset(tokens[0])
            _chosen.reset(tokens[1])
    _show(done)
    shared.show_report(chosen, summary.run.id)
    if done.changes:
        watch.notify(chosen, done.changes)
        if block:
            tell(watch.news(done.changes), block)
    if summary.error is not None:
        raise summary.error
    return summary.well


def _show(done: watch.Watched) -> None:
    run = done.summary.run
    waiting = "".join(f"\n- {name}: not all could be asked for yet" for name in done.waiting)
    create_markdown_artifact(
        key="betony-watch",
        markdown=f"{len(done.sources)} sources; {run.new} new, {run.changed} changed, {run.unchanged} unchanged, "
        f"{run.quarantined} set aside.{waiting}",
        description=f"Run {run.id}",
    )
    create_table_artifact(
        key="betony-changes",
        description=f"What publishers changed, as run {run.id} saw it",
        table=[
            {"id": one.record_id, "title": one.title or "", "change": one.change.kind.value, "what": one.change.name}
            for one in done.changes[:SHOWN]
        ],
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", default="betony.db")
    parser.add_argument("--workers", type=int)
    parser.add_argument("--all", action="store_true", help="every source, whether it is due or not")
    parser.add_argument("--block", help="a notification block of Prefect's, as type/name")
    given = parser.parse_args()
    shared.by_hand()
    try:
        with shared.server_named():
            return 0 if run(given.store, given.workers, given.all, given.block) else 1
    except BetonyError as error:
        print(terminal.line(f"betony: {error}"), file=sys.stderr)  # noqa: T201 - what a command line says
        return 2 if isinstance(error, UsageError) else 1


if __name__ == "__main__":
    sys.exit(main())
