"""Commands about what is fetched: `sources`, `watch`, `captures`."""

from __future__ import annotations

import json
import re
import signal
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from betony.cli.shared import (
    MOST,
    MOST_DAYS,
    LinksOption,
    MatchOption,
    MaxPagesOption,
    SameHostOption,
    StoreOption,
    app,
    opening,
    reading,
    speaking,
    stop,
)
from betony.errors import UsageError
from betony.naming import record_called

sources_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="What `betony watch` fetches again and again."
)
app.add_typer(sources_app, name="sources")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The address, or @FILE of addresses.")]
_UNITS = {"h": 3600.0, "d": 86_400.0, "w": 7 * 86_400.0}


@sources_app.command("add")
def add(
    name: NameArgument,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often: 12h, 1d, 2w.")] = "1d",
    full_days: Annotated[
        float, typer.Option(min=0, metavar="DAYS", help="Fetch pages whole after so long, whatever the server says.")
    ] = 30,
    publisher: Annotated[str | None, typer.Option(metavar="ID", help="Who published it.")] = None,
    max_pages: MaxPagesOption = None,
    same_host: SameHostOption = None,
    match: MatchOption = None,
    links: LinksOption = None,
    store: StoreOption = None,
) -> None:
    """Watch an address: a page, a product, a listing, a sitemap or a feed; or a file of addresses.

    \b
      betony sources add https://www.example.org/guidance/sitemap.xml --match '*/guidance/*' --every 1d
      betony sources add @addresses.txt --every 1w

    Adding it again changes how it is watched.
    """
    with speaking():
        from betony import publishers, settings, watch

        flags = {"max_pages": max_pages, "same_host": same_host, "match": match, "links": links}
        chosen = settings.load({"store": store, "publisher": publisher, **flags})
        if chosen.publisher:
            publishers.by_id(chosen.publisher)
        if not full_days <= MOST_DAYS:  # nan is no number of days either
            raise UsageError(f"--full-days {full_days} is no number of days", advice=f"at most {MOST_DAYS}")
        with opening(chosen, create=True) as opened:
            typer.echo(watch.add(opened, name, chosen, _seconds(every), full_days))


@sources_app.command("list")
def list_sources(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    store: StoreOption = None,
) -> None:
    """See what is watched, how often, and when it is due."""
    with speaking(), reading(store) as opened:
        from betony.store import SourceState
        from betony.terminal import line

        rows = [row for row in opened.frontier.sources() if row.state != SourceState.ONCE]
        for row in rows:
            words = f"{row.name}  {row.state}, every {_shown(row.every)}, {row.pages:,} addresses, "
            words += "begun and not ended" if row.round_began else f"due {_moment(row.next_round)}"
            typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(words))
        if not rows and not as_json:
            typer.echo("Nothing is watched: betony sources add https://…")


@sources_app.command("pause")
def pause(name: NameArgument, store: StoreOption = None) -> None:
    """Leave a source alone until it is resumed."""
    _set(name, "paused", store)


@sources_app.command("resume")
def resume(name: NameArgument, store: StoreOption = None) -> None:
    """Watch a paused source again."""
    _set(name, "watched", store)


@sources_app.command("remove")
def remove(name: NameArgument, store: StoreOption = None) -> None:
    """Stop watching a source. What was fetched, and the records of it, stay."""
    with speaking():
        from betony import settings, watch

        with opening(settings.load({"store": store})) as opened:
            opened.frontier.remove_source(watch.find(opened, name).id)
            typer.echo(f"{name} is no longer watched.")


@app.command("watch")
def watch_command(
    store: StoreOption = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes that read documents; as many as cores, up to 4.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every source, whether it is due or not.")] = False,
    json_logs: Annotated[
        bool, typer.Option("--json-logs", help="Log one JSON object a line on standard error.")
    ] = False,
) -> None:
    """Fetch what is due of the sources, and make records of what changed.

    One round, to be run on a schedule: by cron or systemd, or under Prefect (flows/watch.py). It may be stopped and run
    again at any time.
    """
    with speaking(json_logs=json_logs) as watcher:
        from betony import changelog, settings, terminal, watch
        from betony.cli.ingest import report

        chosen = settings.load({"store": store, "workers": workers})
        with opening(chosen) as opened:
            signal.signal(signal.SIGTERM, stop)
            done = watch.run(opened, chosen, on_event=watcher, everything=everything)
        for words in watch.lines(done):
            typer.echo(words)
        terminal.show(changelog.changes(done.changes))
        report(done.summary, chosen, watcher, None)


@app.command()
def captures(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A record, or an address that was fetched.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, metavar="N", help="How many, newest first.")] = 50,
    verify: Annotated[bool, typer.Option("--verify", help="Read every capture and check its digest.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, with every detail.")] = False,
    store: StoreOption = None,
) -> None:
    """See what was fetched, when, and what came: of everything, or of one record or address.

    \b
      betony captures
      betony captures nice:ng900
      betony captures --verify
    """
    with speaking(), reading(store) as opened:
        from betony.terminal import line

        if verify:
            typer.echo(f"{opened.verify():,} captures, every digest as it was when they were stored.")
            return
        if name is None:
            urls = None
        elif "://" in name:
            from betony import fetch

            urls = [str(fetch.parse(name))]
        else:
            urls = opened.addresses(record_called(opened, name))
        rows = opened.frontier.fetches(urls=urls, limit=limit)
        for row in rows:
            size = f", {row.size:,} bytes" if row.size is not None else ""
            cut = f", cut: {row.cut}" if row.cut else ""
            why = f": {row.message}" if row.message else ""
            words = f"{row.at}  {row.outcome}{f' ({row.status})' if row.status else ''}{size}{cut}  {row.address}{why}"
            typer.echo(json.dumps(asdict(row), ensure_ascii=False) if as_json else line(words))
        if not rows and not as_json:
            typer.echo("Nothing was fetched.")


def _set(name: str, state: str, store: str | None) -> None:
    with speaking():
        from betony import settings, watch
        from betony.store import SourceState

        with opening(settings.load({"store": store})) as opened:
            opened.frontier.set_state(watch.find(opened, name).id, SourceState(state))
            typer.echo(f"{name} is {state}.")


def _seconds(written: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([hdw])", written.strip())
    seconds = float(match[1]) * _UNITS[match[2]] if match else 0
    if not 0 < seconds <= MOST_DAYS * _UNITS["d"]:
        raise UsageError(f"{written!r} is no time between rounds", advice="as in 12h, 1d or 2w")
    return seconds


def _shown(seconds: float) -> str:
    unit = next((name for name in ("w", "d") if seconds >= _UNITS[name] and seconds % _UNITS[name] == 0), "h")
    return f"{seconds / _UNITS[unit]:g}{unit}"


def _moment(moment: float | None) -> str:
    return datetime.fromtimestamp(moment or 0, UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
