"""One round of watching: fetch what is due, make records of what changed, and tell whoever wants to know."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import takewhile

from betony import fetch, web, work
from betony.crawl import Round, Scope
from betony.errors import UsageError
from betony.settings import Settings
from betony.sources import Found
from betony.store import Changed, Departure, Outcome, RunState, Source, SourceState, Store
from betony.work.events import Event, Summary
from betony.work.version import STRUCTURE

_HELD = (Outcome.STORED, Outcome.SAME, Outcome.UNCHANGED)
COMMAND = "watch"
"""The name of a round among the store's runs."""
_REMEMBERED = 1000
"""Runs that are looked through for rounds that were broken off."""
_TOLD = 20
"""Records that one line of news names."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a round of watching came to."""

    summary: Summary
    sources: tuple[Source, ...] = ()
    """The sources that were due."""
    waiting: tuple[str, ...] = ()
    """Names of those where something is still to be asked for, later."""
    changes: tuple[Changed, ...] = ()
    """What publishers changed, as this round saw it, and those before it that were broken off and told nobody."""
    told: bool | None = None
    """Whether the webhook took the news; None where there was none to tell, or nobody to tell it."""


def add(store: Store, name: str, chosen: Settings, every: float, full_days: float = 30) -> str:
    """Watches an address or a file of addresses from now on; what to tell the user."""
    seeds = web.named([name]).web
    if not seeds:
        raise UsageError("only addresses are watched", document=name, advice="https://…, or @FILE of addresses")
    known = next(iter(seeds))
    options = {**web.scope(chosen).as_options(), "full_days": full_days}
    store.frontier.add_source(known, SourceState.WATCHED, every, options, time.time())
    return f"{known} is watched; betony watch fetches it."


def find(store: Store, name: str) -> Source:
    """The watched source of that name."""
    watched = [one for one in store.frontier.sources() if one.state != SourceState.ONCE]
    for one in watched:
        if one.name == name:
            return one
    names = ", ".join(one.name for one in watched) or "none"
    raise UsageError("no such source is watched", document=name, advice=f"watched: {names}")


def due(store: Store, *, everything: bool = False) -> list[Source]:
    """The sources whose time has come, and those whose round was begun and has not ended."""
    now = time.time()
    return [
        one
        for one in store.frontier.sources()
        if one.state == SourceState.WATCHED
        and (everything or one.round_began is not None or (one.next_round or 0) <= now)
    ]


def run(
    store: Store,
    chosen: Settings,
    *,
    on_event: Callable[[Event], None] | None = None,
    everything: bool = False,
    structure: str = STRUCTURE,
) -> Watched:
    """One round. Whatever ends it, the next one goes on where it ended: what came is in the store, and what was not yet
    structured is known there too."""
    tell = on_event or (lambda _: None)
    sources = due(store, everything=everything)
    rounds = fetch_due(store, chosen, sources, tell)
    summary = make_records(store, chosen, sources, tell, structure=structure)
    done = outcome(store, sources, rounds, summary)
    return replace(done, told=notify(chosen, done.changes)) if done.changes else done


def fetch_due(store: Store, chosen: Settings, sources: list[Source], tell: Callable[[Event], None]) -> list[Round]:
    """Fetches what is due of these sources."""
    if not sources:
        return []
    wanted = {
        one.id: (Scope.of_options(one.options), next(iter(web.named([one.name]).web.values()))) for one in sources
    }
    return web.rounds(store.frontier, web.make_door(chosen), chosen, wanted, web.telling(tell))


def make_records(
    store: Store,
    chosen: Settings,
    sources: list[Source],
    tell: Callable[[Event], None],
    *,
    structure: str = STRUCTURE,
    reference: str | None = None,
) -> Summary:
    """Makes records of what came, in this round or one before, and notes what became of the others."""
    summary = work.ingest(
        came(store, sources), store,
        workers=chosen.workers, on_event=tell, command=COMMAND, structure=structure, reference=reference,
    )  # fmt: skip
    if summary.run.state == RunState.FINISHED:
        note_standings(store, sources, summary.run.id)
    return summary


def outcome(store: Store, sources: list[Source], rounds: list[Round], summary: Summary) -> Watched:
    """What the round came to."""
    waiting = tuple(one.name for one, round_ in zip(sources, rounds, strict=True) if not round_.ended)
    runs = [*untold(store, summary.run.id), summary.run.id]
    return Watched(summary, tuple(sources), waiting, tuple(change for run in runs for change in store.changes(run=run)))


def untold(store: Store, run: int) -> list[int]:
    """The rounds of watching before this run that were broken off since the last whole one, the oldest first."""
    rounds = [one for one in store.runs(_REMEMBERED) if one.id < run and one.command == COMMAND]
    broken = takewhile(lambda one: one.state != RunState.FINISHED, rounds)
    return sorted(one.id for one in broken if one.state != RunState.RUNNING)


def came(store: Store, sources: list[Source]) -> Iterator[Found]:
    """What was fetched and not structured yet, in this round or one before, and what could not be fetched."""
    for input_id in store.frontier.unread():
        yield store.load([input_id])[0]
    for one in sources:
        yield from web.troubles(store.frontier, store, one.id)


def note_standings(store: Store, sources: list[Source], run: int) -> None:
    """Notes of every record whether its publisher's site still holds it, by what this round's requests came to."""
    every = store.frontier.sources()
    listed = {row.url for row in store.frontier.resources([one.id for one in every])}
    ended = {one.id: one.round_ended for one in every}
    for source in sources:
        rows = store.frontier.resources([source.id])
        left = [url for url in store.frontier.left(source.id) if url not in listed]
        records = store.records_at([*(row.url for row in rows), *left])
        held = [row for row in rows if row.outcome in _HELD and row.checked_at and row.input_id]
        seen: dict[str, str] = {}
        for row in held:
            own = records.get(row.url, {})
            now_at = next((record_id for record_id, input_id in own.items() if input_id == row.input_id), None)
            now_at = now_at or (_leads_to(store, row.url, row.input_id or "") if own else None)
            if now_at is None:
                continue  # what came was set aside, or is a page of another record
            seen[now_at] = row.checked_at or ""
            for record_id in own.keys() - {now_at}:  # the address leads to another document now
                store.retire(record_id, row.checked_at or "", Departure.MOVED, moved_to=now_at, run=run)
        store.seen(seen, [row.input_id or "" for row in held], run=run)
        for row in rows:
            if row.outcome == Outcome.GONE and row.gone_since:
                departure = Departure.GONE if "410" in (row.message or "") else Departure.NOT_FOUND
                for record_id in records.get(row.url, {}):
                    store.retire(record_id, row.gone_since, departure, run=run)
        for record_id in (record_id for url in left for record_id in records.get(url, {})):
            store.retire(record_id, _written(ended[source.id] or 0), Departure.UNLISTED, run=run)


def _leads_to(store: Store, url: str, input_id: str) -> str | None:
    """The record whose page the address leads to, where its record was made from a capture by the page's own address: in one
    round both come, in either order."""
    final = store.load([input_id])[0].final_uri
    records = store.records_at([final]).get(final, {}) if final and final != url else {}
    return next(iter(records)) if len(records) == 1 else None


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def lines(done: Watched) -> Iterator[str]:
    """What a round came to, for a person; what changed stands beside it."""
    if not done.sources:
        yield "No source is due."
    for name in done.waiting:
        yield f"{name}: not all could be asked for yet; the next run goes on"
    if done.told is False:
        yield "The webhook did not take the news."


def news(changes: Sequence[Changed]) -> str:
    """What changed in one line: which records, and what of them."""
    by_record: dict[str, list[str]] = {}
    for one in changes:
        by_record.setdefault(one.record_id, []).append(one.change.kind.value.replace("_", " "))
    told = [f"{record_id} ({', '.join(dict.fromkeys(kinds))})" for record_id, kinds in by_record.items()]
    more = f", and {len(told) - _TOLD} more" if len(told) > _TOLD else ""
    return f"betony: {len(told)} {'record' if len(told) == 1 else 'records'} changed: {', '.join(told[:_TOLD])}{more}"


def notify(chosen: Settings, changes: Sequence[Changed]) -> bool | None:
    """Posts the news to the user's webhook; None where there is none."""
    if not chosen.webhook:
        return None
    told = [{"record": one.record_id, "title": one.title, "seen": one.seen, **one.change.as_json()} for one in changes]
    payload = json.dumps({"text": news(changes), "changes": told}, ensure_ascii=False).encode()

    async def go() -> bool:
        async with web.make_door(chosen) as door:
            return 200 <= (await door.post(fetch.parse(chosen.webhook or ""), payload)).status < 300

    try:
        return asyncio.run(go())
    except fetch.FetchError:
        return False
