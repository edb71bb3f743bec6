"""One round of watching: fetch what is due, make records of what changed, and tell whoever wants to know."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from betony import fetch, web, work
from betony.crawl import Round, Scope
from betony.errors import UsageError
from betony.settings import Settings
from betony.sources import Found
from betony.store import RunState, Source, SourceState, Store
from betony.work import Event, Summary


@dataclass(frozen=True, slots=True)
class Watched:
    """What a round of watching came to."""

    summary: Summary
    sources: tuple[Source, ...] = ()
    """The sources that were due."""
    waiting: tuple[str, ...] = ()
    """Names of those where something is still to be asked for, later."""
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Ids of the records."""
    told: bool | None = None
    """Whether the webhook took the news; None where there was none to tell, or nobody to tell it."""


@dataclass(slots=True)
class _Settled:
    """The records that were new or changed, in order."""

    tell: Callable[[Event], None]
    by_outcome: dict[str, dict[str, None]] = field(default_factory=dict)

    def __call__(self, event: Event) -> None:
        if event.name == "settled" and event.record and event.outcome:
            self.by_outcome.setdefault(event.outcome, {})[event.record] = None
        self.tell(event)


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
    structure: str = work.STRUCTURE,
) -> Watched:
    """One round. Whatever ends it, the next one goes on where it ended: what came is in the store, and what was not yet
    structured is known there too."""
    tell = on_event or (lambda _: None)
    sources = due(store, everything=everything)
    done = fetch_due(store, chosen, sources, tell)
    settled = _Settled(tell)
    unread = store.frontier.unread()
    summary = work.ingest(
        came(store, unread, sources), store,
        workers=chosen.workers, on_event=settled, command="watch", structure=structure,
    )  # fmt: skip
    if summary.run.state == RunState.FINISHED:
        web.read(store.frontier, unread)
    new, changed = (tuple(settled.by_outcome.get(outcome, ())) for outcome in ("new", "changed"))
    waiting = tuple(one.name for one, round_ in zip(sources, done, strict=True) if not round_.ended)
    told = notify(chosen, new, changed) if new or changed else None
    return Watched(summary, tuple(sources), waiting, new, changed, told)


def fetch_due(store: Store, chosen: Settings, sources: list[Source], tell: Callable[[Event], None]) -> list[Round]:
    """Fetches what is due of these sources."""
    if not sources:
        return []
    wanted = {
        one.id: (Scope.of_options(one.options), next(iter(web.named([one.name]).web.values()))) for one in sources
    }
    return web.rounds(store.frontier, web.make_door(chosen), chosen, wanted, web.telling(tell))


def came(store: Store, unread: list[str], sources: list[Source]) -> Iterator[Found]:
    """What was fetched and not structured yet, in this round or one before, and what could not be fetched."""
    for input_id in unread:
        yield store.load([input_id])[0]
    for one in sources:
        yield from web.troubles(store.frontier, store, one.id)


def lines(done: Watched) -> Iterator[str]:
    """What a round came to, for a person."""
    if not done.sources:
        yield "No source is due."
    for name in done.waiting:
        yield f"{name}: not all could be asked for yet; the next run goes on"
    for what, ids in (("new", done.new), ("changed", done.changed)):
        for record_id in ids:
            yield f"{what}: {record_id}"
    if done.told is False:
        yield "The webhook did not take the news."


def notify(chosen: Settings, new: tuple[str, ...], changed: tuple[str, ...]) -> bool | None:
    """Posts the news to the user's webhook; None where there is none."""
    if not chosen.webhook:
        return None
    text = f"betony: {len(new)} new and {len(changed)} changed: {', '.join((*new, *changed)[:20])}"
    payload = json.dumps({"text": text, "new": new, "changed": changed}).encode()

    async def go() -> bool:
        async with web.make_door(chosen) as door:
            return 200 <= (await door.post(fetch.parse(chosen.webhook or ""), payload)).status < 300

    try:
        return asyncio.run(go())
    except fetch.FetchError:
        return False
