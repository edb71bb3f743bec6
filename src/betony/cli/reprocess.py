"""`betony reprocess`: records made anew from stored captures with today's rules."""

from __future__ import annotations

import json
import signal
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from betony.cli.ingest import report
from betony.cli.shared import (
    FAILED,
    RunnerOption,
    SchedulerOption,
    StoreOption,
    alone,
    app,
    opening,
    speaking,
    stop,
)
from betony.moments import moment
from betony.naming import publisher_id, record_called

if TYPE_CHECKING:
    from betony.changes import Change
    from betony.cli.ingest import Runner
    from betony.console import Watcher
    from betony.settings import Settings
    from betony.store import Store
    from betony.work.events import Summary


@app.command()
def reprocess(
    context: typer.Context,
    records: Annotated[
        list[str] | None, typer.Argument(metavar="ID…", help="Ids, aliases or references; all by default.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="ID", help="Only this publisher's.")] = None,
    older_than: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only what was read before then: a date, or days back such as 30d."),
    ] = None,
    outdated: Annotated[bool, typer.Option("--outdated", help="Only what other rules or another model read.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and write nothing.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --dry-run, one JSON object for each record that would change.")
    ] = False,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N")] = None,
    runner: RunnerOption = None,
    scheduler: SchedulerOption = None,
    store: StoreOption = None,
) -> None:
    """Make records anew from their stored captures with today's rules; needs no network.

    A record that reads otherwise gains a version, and the one before is kept. What today's rules have read already is
    left as it is, so that the same call again does nothing.

    \b
      betony reprocess --dry-run
      betony reprocess --outdated --publisher nice
      betony reprocess NG9020
    """
    with speaking() as watcher:
        from betony import settings
        from betony.work.version import STRUCTURE, processing

        chosen = settings.load({"store": store, "workers": workers, "runner": runner, "scheduler": scheduler})
        with opening(chosen, writable=not dry_run) as opened:
            wanted = opened.selected(
                [record_called(opened, name) for name in records or []],
                publisher=publisher_id(opened, publisher),
                processed_before=moment(older_than, "--older-than") if older_than else None,
                not_by=processing(STRUCTURE) if outdated else None,
            )
            if dry_run:
                _preview(opened, wanted, chosen, watcher, as_json=as_json)
                return
        signal.signal(signal.SIGTERM, stop)
        run: Runner = context.obj or _here
        summary = run(wanted, chosen, watcher)
        with opening(chosen, writable=False) as opened:
            _tell(opened, summary.run.id)
        report(summary, chosen, watcher, None)


def reprocess_alone(runner: Runner) -> NoReturn:
    """The command line of `reprocess` alone, with another way to do the run: for whoever orchestrates it."""
    alone(reprocess, runner)


def _here(record_ids: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The usual way: in this process and its workers."""
    from betony import cluster
    from betony import reprocess as rereading

    with opening(chosen) as store, cluster.chosen(chosen) as elsewhere:
        return rereading.reprocess(store, record_ids, workers=chosen.workers, on_event=watcher, elsewhere=elsewhere)


def _tell(store: Store, run: int) -> None:
    from betony import changelog
    from betony.store import Cause

    found = store.changes(run=run, cause=Cause.PROCESSING)
    if found:
        records = len({one.record_id for one in found})
        typer.echo(f"Read otherwise in {records:,} records: {changelog.counts(one.change for one in found)}.")


def _preview(store: Store, wanted: list[str], chosen: Settings, watcher: Any, *, as_json: bool) -> None:
    from betony import changelog, terminal
    from betony import reprocess as rereading

    counted: Counter[str] = Counter()
    told: list[Change] = []
    for preview in rereading.preview(store, wanted, workers=chosen.workers, on_event=watcher):
        counted["failed" if preview.failure else "changed" if preview.differs else "unchanged"] += 1
        told += preview.changes
        if as_json and (preview.differs or preview.failure):
            plain = {
                "record": preview.record_id,
                "failure": preview.failure,
                "changes": [change.as_json() for change in preview.changes],
            }
            typer.echo(json.dumps(plain, ensure_ascii=False))
        elif preview.failure:
            terminal.show([terminal.Line(0, f"{preview.record_id}: cannot be read any more: {preview.failure}")])
        elif preview.differs:
            kinds = changelog.counts(preview.changes) or "other content"
            terminal.show([terminal.Line(0, f"{preview.record_id}: {kinds}")])
    if hasattr(watcher, "close"):
        watcher.close()
    if not as_json:
        known = len(wanted) - sum(counted.values())
        typer.echo(
            f"Of {len(wanted):,} records {counted['changed']:,} would change, {counted['failed']:,} could not be read, "
            f"{counted['unchanged'] + known:,} would stay. Nothing was written."
        )
        if told:
            typer.echo(f"In all: {changelog.counts(told)}.")
    if counted["failed"]:
        raise typer.Exit(FAILED)
