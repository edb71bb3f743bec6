"""Commands that make records: `ingest`, `failures`."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from betony.cli.shared import (
    FAILED,
    INTERRUPTED,
    LinksOption,
    MatchOption,
    MaxPagesOption,
    RunnerOption,
    SameHostOption,
    SchedulerOption,
    StoreOption,
    alone,
    app,
    opening,
    reading,
    speaking,
    stop,
)

if TYPE_CHECKING:
    from betony.console import Watcher
    from betony.settings import Settings
    from betony.store import Store
    from betony.work.events import Summary

    Runner = Callable[[list[str], Settings, Watcher], Summary]


@app.command()
def ingest(
    context: typer.Context,
    source: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE…",
            help="Files, folders, globs, .jsonl files, https addresses, @FILE of addresses, or - for standard input.",
        ),
    ] = None,
    store: StoreOption = None,
    out: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write the record of every input there as JSON Lines, changed or not."),
    ] = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="ID", help="Who published the documents, where their address does not say.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that read documents; as many as cores, up to 4.")
    ] = None,
    runner: RunnerOption = None,
    scheduler: SchedulerOption = None,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Log one JSON object a line on standard error.")
    ] = False,
    max_pages: MaxPagesOption = None,
    same_host: SameHostOption = None,
    match: MatchOption = None,
    links: LinksOption = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be fetched, and what not and why; make no records.")
    ] = False,
) -> None:
    """Make records of documents.

    \b
      betony ingest samples/                        a folder, with all below it
      betony ingest page.html notes.txt             a few files
      betony ingest 'saved/**/*.html'               a glob
      betony ingest pages.jsonl                     {"url": …, "html": …} a line
      betony ingest https://…                       a page, with the other pages of its product
      betony ingest https://…/sitemap.xml           all that a sitemap or a feed names
      betony ingest @addresses.txt                  an address a line
      curl -s https://… | betony ingest - --out -   one document, its record to standard output

    To fetch, say who asks: contact = "you@example.org" in betony.toml, or BETONY_CONTACT. Sites' robots.txt is kept
    to, and one page a host is fetched at a time.
    """
    with speaking(json_logs=json_logs, out=out) as watcher:
        from betony import settings
        from betony.export import files

        flags: dict[str, object] = {"max_pages": max_pages, "same_host": same_host, "match": match, "links": links}
        flags |= {"runner": runner, "scheduler": scheduler}
        chosen = settings.load({"store": store, "publisher": publisher, "workers": workers, **flags})
        if chosen.publisher:
            from betony import publishers

            publishers.by_id(chosen.publisher)
        names = source or list(chosen.sources)
        if dry_run:
            _say_what_would_be_fetched(names, chosen)
            return
        _check(names, chosen)
        if out is not None:
            files.check(out)
        if chosen.runner == "here":
            from betony.workers import warm

            warm()  # the slowest of what is to come, and the store can be made meanwhile
        with opening(chosen, create=True):
            signal.signal(signal.SIGTERM, stop)
        run: Runner = context.obj or _here
        report(run(names, chosen, watcher), chosen, watcher, out)


def _check(names: list[str], chosen: Settings) -> None:
    """Where nothing named exists, or nothing may be fetched, the call is wrong, and nothing is made."""
    from betony import sources

    local = [name for name in names if not sources.is_on_the_web(name)]
    if local or not names:
        sources.discover(local)
    if len(local) < len(names):
        from betony import web

        web.named(names)
        web.make_door(chosen)


def _say_what_would_be_fetched(names: list[str], chosen: Settings) -> None:
    from contextlib import nullcontext

    from betony import web
    from betony.store import there
    from betony.terminal import line

    with opening(chosen) if there(chosen.store) else nullcontext() as store:
        for words in web.would_fetch(names, store, chosen):
            typer.echo(line(words))


def ingest_alone(runner: Runner) -> NoReturn:
    """The command line of `ingest` alone, with another way to do the run: for whoever orchestrates it."""
    alone(ingest, runner)


def _here(names: list[str], chosen: Settings, watcher: Watcher) -> Summary:
    """The usual way: in this process and its workers."""
    from betony import cluster, sources, work

    with opening(chosen, create=True) as store, cluster.chosen(chosen) as elsewhere:
        if any(map(sources.is_on_the_web, names)):
            from betony import web

            told = web.telling(watcher)
            found = web.discover(names, store, chosen, stdin=sys.stdin.buffer, on_visit=told)
        else:
            found = sources.discover(names, stdin=sys.stdin.buffer, publisher=chosen.publisher)
        return work.ingest(found, store, workers=chosen.workers, on_event=watcher, elsewhere=elsewhere)


def report(summary: Summary, chosen: Settings, watcher: Watcher, out: str | None) -> None:
    from betony.export import jsonl
    from betony.store import shown

    if hasattr(watcher, "close"):
        watcher.close()
    if out is not None and not summary.interrupted and summary.error is None:
        with opening(chosen, writable=False) as store:
            jsonl.write((store.json(record_id) for record_id in summary.record_ids), out)
    watcher.summary(summary, shown(chosen.store))
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if not summary.well or summary.error is not None:
        raise typer.Exit(FAILED)


@app.command()
def failures(
    retry: Annotated[bool, typer.Option("--retry", help="Try them again, from the bytes in the store.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with every detail.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, metavar="N")] = None,
    store: StoreOption = None,
) -> None:
    """See what was set aside, and why.

    \b
      betony failures
      betony failures --retry
    """
    with speaking() as watcher:
        from betony import settings

        chosen = settings.load({"store": store, "workers": workers})
        if retry:
            with opening(chosen) as opened:
                _retry(opened, chosen, watcher)
            return
        with reading(store) as opened:
            _list_failures(opened, as_json=as_json)


def _retry(store: Store, chosen: Settings, watcher: Watcher) -> None:
    rows = store.failures()
    kept = [row for row in rows if row.kept]
    if len(kept) < len(rows):
        typer.echo(
            f"{len(rows) - len(kept)} cannot be tried from the store, which has no bytes of them: ingest them again",
            err=True,
        )
    if kept:
        found = (capture for row in kept for capture in store.load([row.input_id]))
        from betony import work

        signal.signal(signal.SIGTERM, stop)
        summary = work.ingest(found, store, workers=chosen.workers, on_event=watcher, command="failures --retry")
        report(summary, chosen, watcher, None)
    if len(kept) < len(rows):
        raise typer.Exit(FAILED)


def _list_failures(store: Store, *, as_json: bool) -> None:
    from betony.terminal import line

    rows = store.failures()
    for row in rows:
        words = f"{row.uri}: {row.reason}: {row.message} [{row.attempts} times, last {row.last_seen}]"
        typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(words))
    if not rows and not as_json:
        typer.echo("Nothing is set aside.")
