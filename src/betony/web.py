"""Documents from the web: what is named is fetched into the store first, then handed on as captures from there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from betony import crawl, fetch, sources
from betony.crawl import Manners, Round, Scope
from betony.errors import Reason, UsageError
from betony.fetch import Door, robots
from betony.fetch.robots import Robots, Standing
from betony.settings import Settings
from betony.sources import Failure, Found, Remark, indexes
from betony.store import Fetch, Frontier, Outcome, Resource, SourceState, Store, Visit
from betony.work.events import Event, Stage

_CURRENT = (Outcome.STORED, Outcome.SAME, Outcome.UNCHANGED)
_REASONS = {
    Outcome.FORBIDDEN: Reason.REFUSED,
    Outcome.REFUSED: Reason.REFUSED,
    Outcome.GONE: Reason.UNREADABLE,
    Outcome.FAILED: Reason.UNREADABLE,
}
_CUTS = {fetch.Cut.LENGTH: Reason.TOO_LARGE, fetch.Cut.TIME: Reason.TIMED_OUT, fetch.Cut.DISCONNECT: Reason.UNREADABLE}
_INDEX_SUFFIXES = (".xml", ".xml.gz", ".rss", ".atom", "/feed", "/search.json")


@dataclass(frozen=True, slots=True)
class Named:
    """What was named on the command line, by kind."""

    local: list[str] = field(default_factory=list)
    web: dict[str, list[str]] = field(default_factory=dict)
    """By name of the source, an address or a file of them, the addresses."""


def named(names: Sequence[str]) -> Named:
    """Sorts names into files and addresses; UsageError where an address, or a list of them, cannot be used.

    `https://…` is an address, `@FILE` a text file of addresses, one a line; everything else is a file or folder.
    """
    found = Named()
    for name in names:
        if name.lower().startswith(("http://", "https://")):
            found.web[fetch.shown(name)] = [_checked(name)]
        elif name.startswith("@"):
            found.web[name] = [_checked(url) for url in _listed(name)]
        else:
            found.local.append(name)
    return found


def discover(
    names: Sequence[str],
    store: Store,
    chosen: Settings,
    *,
    stdin: BinaryIO | None = None,
    on_visit: Callable[[Visit], None] | None = None,
) -> Iterator[Found]:
    """What the names lead to: files as `sources` finds them, addresses by fetching them.

    Everything is fetched, and safe in the store, before the first of it is handed on. UsageError at once where the
    call is wrong.
    """
    what = named(names)
    local = sources.discover(what.local, stdin=stdin, publisher=chosen.publisher) if what.local or not what.web else ()
    if not what.web:
        return iter(local)
    door = make_door(chosen)
    return chain(local, _fetched(what.web, store, chosen, door, on_visit))


def telling(tell: Callable[[Event], None]) -> Callable[[Visit], None]:
    """Tells whoever watches a run of every request."""
    count = 0

    def told(visit: Visit) -> None:
        nonlocal count
        count += 1
        stage = Stage.FETCHING
        tell(Event("fetched", stage, count, None, visit.address, outcome=visit.outcome, message=visit.message))

    return told


def make_door(chosen: Settings) -> Door:
    """The door to the network as the settings have it."""
    return Door(
        contact=chosen.contact,
        proxy=chosen.proxy,
        no_proxy=chosen.no_proxy,
        ca_bundle=chosen.ca_bundle,
        loopback=chosen.loopback,
    )


def manners(chosen: Settings) -> Manners:
    """How hosts are treated as the settings have it."""
    return Manners(delay=chosen.delay, keys={"nice": chosen.nice_api_key} if chosen.nice_api_key else {})


def scope(chosen: Settings) -> Scope:
    """How far an address reaches as the settings have it."""
    return Scope(chosen.max_pages, chosen.same_host, chosen.match, chosen.links, chosen.publisher)


def rounds(
    frontier: Frontier,
    door: Door,
    chosen: Settings,
    wanted: Mapping[int, tuple[Scope, Sequence[str]]],
    on_visit: Callable[[Visit], None] | None = None,
) -> list[Round]:
    """One round over each source, run to its end here."""

    async def go() -> list[Round]:
        async with door:
            return await crawl.run(frontier, door, wanted, manners=manners(chosen), on_visit=on_visit)

    return asyncio.run(go())


def troubles(frontier: Frontier, store: Store, number: int) -> Iterator[Failure | Remark]:
    """What of a source could not be fetched, or not yet."""
    for row in frontier.resources([number]):
        if row.due is not None:
            yield Remark(row.url, _waiting(row), failed=True)
        elif row.outcome not in _CURRENT:
            yield _failure(row, frontier, store)


def would_fetch(names: Sequence[str], store: Store | None, chosen: Settings) -> Iterator[str]:
    """What a run would fetch, a line each, and what not and why. Lists of addresses are fetched to be read, documents
    never; without such lists nothing is asked of anybody."""
    what = named(names)
    for name in what.local:
        yield f"reads    {name}"
    reach = scope(chosen)
    for seeds in what.web.values():
        lists = [url for url in seeds if reach.links or _looks_like_an_index(url)]
        for url in [url for url in seeds if url not in lists]:
            yield _line(url, store)
        if lists and store is None:
            yield from (
                f"asks     {url} for what it lists: make a store first, with any betony ingest" for url in lists
            )
        elif lists and store is not None:
            yield from _listed_there(lists, store, chosen, reach)


# From names to captures


def _fetched(
    web: dict[str, list[str]],
    store: Store,
    chosen: Settings,
    door: Door,
    on_visit: Callable[[Visit], None] | None,
) -> Iterator[Found]:
    frontier, reach = store.frontier, scope(chosen)
    now = time.time()
    wanted = {
        frontier.add_source(f"once {name}", SourceState.ONCE, 0, reach.as_options(), now): (reach, seeds)
        for name, seeds in web.items()
    }
    done = rounds(frontier, door, chosen, wanted, on_visit)
    for one in done:
        if one.left_out:
            yield Remark("max-pages", f"{one.left_out:,} further addresses were found and not fetched")
        for row in frontier.resources([one.source_id]):
            if row.due is None and row.outcome in _CURRENT and row.document and row.input_id:
                yield store.load([row.input_id])[0]
        yield from troubles(frontier, store, one.source_id)


def _waiting(row: Resource) -> str:
    moment = datetime.fromtimestamp(row.due or 0, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    why = f"{row.message}; " if row.message else ""
    return f"not fetched yet: {why}it may be asked for after {moment}, so run the same command again then"


def _failure(row: Resource, frontier: Frontier, store: Store) -> Failure:
    message = row.message or "it could not be fetched"
    if row.outcome != Outcome.CUT:
        return Failure(row.url, _REASONS.get(Outcome(row.outcome or ""), Reason.UNREADABLE), message, url=row.url)
    last: Fetch = frontier.fetches(urls=[row.url], limit=1)[0]
    capture = store.load([last.input_id])[0] if last.input_id else None
    reason = _CUTS.get(fetch.Cut(last.cut), Reason.UNREADABLE) if last.cut else Reason.UNREADABLE
    return Failure(
        row.url, reason, message, advice="what came is kept, marked as truncated", url=row.url, capture=capture
    )


def _checked(url: str) -> str:
    try:
        return str(fetch.parse(url))
    except fetch.Refused as error:
        raise UsageError(error.what, document=error.document) from error


def _listed(name: str) -> list[str]:
    try:
        found = indexes.addresses(Path(name[1:]).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        advice = "a list of addresses is a text file, one address a line"
        raise UsageError("the list cannot be read", document=name, advice=advice) from error
    if not found:
        raise UsageError("the list holds no address", document=name, advice="one address a line")
    return found


# What would be done


def _looks_like_an_index(url: str) -> bool:
    return fetch.parse(url).target.split("?")[0].lower().endswith(_INDEX_SUFFIXES)


def _line(url: str, store: Store | None) -> str:
    known = store.frontier.robots(fetch.parse(url).origin) if store else None
    if known is None or known.expires < time.time() or known.standing == "pending":
        return f"fetches  {url} if its robots.txt allows it"
    verdict = robots.verdict(Robots(Standing(known.standing), known.text, known.why, 0), url)
    return f"fetches  {url}" if verdict.allowed else f"not      {url}: forbidden {known.why}"


def _listed_there(lists: list[str], store: Store, chosen: Settings, reach: Scope) -> Iterator[str]:
    frontier = store.frontier
    visits: list[Visit] = []
    number = frontier.add_source(f"dry {time.time()}", SourceState.ONCE, 0, reach.as_options(), time.time())
    try:

        async def go() -> None:
            async with make_door(chosen) as door:
                await crawl.run(
                    frontier, door, {number: (reach, lists)},
                    manners=manners(chosen), on_visit=visits.append, lists_only=True,
                )  # fmt: skip

        asyncio.run(go())
    finally:
        frontier.remove_source(number)
    for visit in visits:
        if visit.outcome in _CURRENT:
            yield f"asked    {visit.claim.url}"
            yield from (_line(url, store) for url in visit.documents)
            yield from (f"not      {url}: {why}" for url, why in visit.left_out)
        elif visit.outcome not in (Outcome.ROBOTS, Outcome.REDIRECTED):
            yield f"not      {visit.claim.url}: {visit.message}"
    yield f"That is {sum(len(visit.documents) for visit in visits):,} documents."
