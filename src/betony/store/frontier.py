"""What is to be fetched, by whom and when: sources, addresses, hosts and robots.txt, and the ledger of requests.

One host is asked one thing at a time. A process that asks holds the host's lease, which is written in the transaction
that chooses the request and given up in the one that keeps the answer: so the rule holds across processes, and what a
killed process held is free again once it is seen to be gone, after the host's delay.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, insert, or_, select, update

from betony.store import inputs, processes
from betony.store.database import Database
from betony.store.prepared import Prepared
from betony.store.tables import captures, fetches, hosts, listings, resources, robots, sources, unread
from betony.store.tables import inputs as inputs_table
from betony.store.visits import Archived, Claim, Fetch, KeptRobots, Outcome, Resource, Source, SourceState, Visit

PENDING = "pending"
"""Standing of a robots.txt that has not been answered yet: it has moved, or is tried again."""
_LOOK_AGAIN = 1.0
"""Seconds after which it is worth looking whether another process has given up its lease."""
_WHOLE = frozenset((Outcome.STORED, Outcome.SAME))
_KNOWN = frozenset((*_WHOLE, Outcome.UNCHANGED))


class Frontier:
    """The part of a store that fetching works with. Every method is one transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._owner = ""

    # Sources

    def add_source(self, name: str, state: SourceState, every: float, options: dict[str, object], now: float) -> int:
        """The number of the source of that name, which is made or, with what is given now, changed."""
        values = {"state": state, "every": every, "options": json.dumps(options, sort_keys=True)}
        with self._database.writing() as connection:
            there = connection.execute(select(sources.c.id).where(sources.c.name == name)).scalar()
            if there is not None:
                connection.execute(update(sources).where(sources.c.id == there).values(**values))
                return int(there)
            added = {"name": name, "added": _written(now), "next_round": now, **values}
            result = connection.execute(insert(sources).values(**added))
            return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0

    def sources(self) -> list[Source]:
        """Every source, by name."""
        pages = select(func.count()).where(listings.c.source_id == sources.c.id, listings.c.left_at.is_(None))
        with self._database.reading() as connection:
            rows = connection.execute(select(sources, pages.scalar_subquery().label("pages")).order_by(sources.c.name))
            return [_source(row) for row in rows]

    def set_state(self, source_id: int, state: SourceState) -> None:
        """Pauses a source or lets it go on."""
        with self._database.writing() as connection:
            connection.execute(update(sources).where(sources.c.id == source_id).values(state=state))

    def remove_source(self, source_id: int) -> None:
        """Forgets that something was watched. What was fetched stays."""
        with self._database.writing() as connection:
            connection.execute(delete(listings).where(listings.c.source_id == source_id))
            connection.execute(delete(sources).where(sources.c.id == source_id))

    # Rounds

    def begin_round(self, source_id: int, seeds: Iterable[tuple[str, str]], now: float) -> None:
        """Makes everything of the source due, and its seeds, given as (address, host); goes on with an open round."""
        with self._database.writing() as connection:
            row = connection.execute(select(sources).where(sources.c.id == source_id)).one()
            began = row.round_began
            if began is None:
                began = now
                mine = select(listings.c.url).where(listings.c.source_id == source_id, listings.c.left_at.is_(None))
                connection.execute(
                    update(resources)
                    .where(resources.c.url.in_(mine), resources.c.due.is_(None))
                    .values(due=now, place=resources.c.url, hops=0, tries=0)
                )
                connection.execute(update(sources).where(sources.c.id == source_id).values(round_began=now))
            _found(connection, source_id, None, list(seeds), now)

    def end_round(self, source_id: int, now: float) -> bool:
        """Closes the round where nothing is left to ask; false where something waits.

        What nothing led to in this round has left, if everything that leads to something could be read.
        """
        with self._database.writing() as connection:
            row = connection.execute(select(sources).where(sources.c.id == source_id)).one()
            mine = _mine([source_id])
            if row.round_began is None or connection.execute(mine.where(resources.c.due.is_not(None)).limit(1)).first():
                return False
            broken = mine.where(resources.c.leads != "[]", resources.c.outcome.not_in([*_KNOWN, Outcome.GONE]))
            if connection.execute(broken.limit(1)).first() is None:
                gone = and_(
                    listings.c.source_id == source_id,
                    listings.c.last_seen < row.round_began,
                    listings.c.left_at.is_(None),
                )
                connection.execute(update(listings).where(gone).values(left_at=now))
            values = {"round_began": None, "round_ended": now, "next_round": now + row.every}
            connection.execute(update(sources).where(sources.c.id == source_id).values(**values))
            return True

    def left(self, source_id: int) -> list[str]:
        """The addresses that have left the source: nothing in it leads to them any more."""
        query = select(listings.c.url).where(listings.c.source_id == source_id, listings.c.left_at.is_not(None))
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(listings.c.url)).scalars())

    # Turns

    def turn(
        self, visits: Sequence[Visit], source_ids: Sequence[int], slots: int, now: float, lease: float, *, polite: bool
    ) -> list[Claim]:
        """Keeps what the visits brought, and gives out up to so many further requests, all in one transaction.

        `polite` is the rule: one request a host at a time, and a delay between two. Without it, for loopback alone,
        only the address itself is held.
        """
        if not self._owner:
            self._owner = json.dumps(processes.this_process(), sort_keys=True)
        with self._database.writing() as connection:
            if visits:
                _keep(connection, visits)
                if polite:
                    for visit in visits:
                        _release(connection, visit)
            if not slots:
                return []
            if polite:
                return self._claims(connection, source_ids, slots, now, now + lease)
            return _any_claims(connection, source_ids, slots, now, now + lease)

    def _claims(
        self, connection: Connection, source_ids: Sequence[int], slots: int, now: float, until: float
    ) -> list[Claim]:
        due = and_(resources.c.due <= now, resources.c.host == hosts.c.name)
        free = and_(hosts.c.next_allowed <= now, or_(hosts.c.leased_by.is_(None), hosts.c.leased_until <= now))
        wanted = select(hosts.c.name).where(free, exists(_mine(source_ids).where(due).correlate(hosts))).limit(slots)
        claims = []
        for name in connection.execute(wanted).scalars().all():
            query = _mine(source_ids).where(resources.c.host == name, resources.c.due <= now)
            row = connection.execute(query.order_by(resources.c.due, resources.c.url).limit(1)).first()
            if row is None:
                continue
            claim = _claim(connection, row, until)
            leased = connection.execute(
                update(hosts).where(hosts.c.name == claim.host, free).values(leased_by=self._owner, leased_until=until)
            )
            if leased.rowcount:  # else its robots.txt has moved to a host that is not free
                claims.append(claim)
        return claims

    def free_what_the_dead_hold(self, now: float) -> None:
        """Gives up the leases of processes that are gone; their hosts are left alone for their delay all the same."""
        with self._database.writing() as connection:
            held = connection.execute(select(hosts).where(hosts.c.leased_by.is_not(None))).all()
            for row in held:
                if processes.is_gone(json.loads(row.leased_by)):
                    values = {"leased_by": None, "leased_until": None, "next_allowed": now + row.delay}
                    connection.execute(update(hosts).where(hosts.c.name == row.name).values(**values))

    def next_moment(self, source_ids: Sequence[int], now: float) -> float | None:
        """The first moment at which something of these sources may be asked for; None where nothing waits."""
        first = (
            _mine(source_ids)
            .with_only_columns(resources.c.due)
            .where(resources.c.due.is_not(None), resources.c.host == hosts.c.name)
            .order_by(resources.c.due)
            .limit(1)
            .correlate(hosts)
            .scalar_subquery()
        )
        query = select(hosts.c.next_allowed, func.coalesce(hosts.c.leased_until, 0.0), first)
        moments = []
        with self._database.reading() as connection:
            for allowed, leased, due in connection.execute(query):
                if due is not None:
                    moments.append(max(due, allowed, now + _LOOK_AGAIN if leased > now else 0))
        return min(moments, default=None)

    # What came

    def resources(self, source_ids: Sequence[int]) -> list[Resource]:
        """How the addresses of these sources stand, those that were named first."""
        query = (
            _mine(source_ids)
            .with_only_columns(*(resources.c[name] for name in Resource.__dataclass_fields__ if name != "found_on"))
            .add_columns(listings.c.found_on)
            .order_by(listings.c.found_on.is_not(None), listings.c.first_seen, resources.c.url)
        )
        with self._database.reading() as connection:
            return [Resource(*row) for row in connection.execute(query)]

    def unread(self, source_ids: Sequence[int] | None = None) -> list[str]:
        """The captures that are yet to be structured: of all sources, or of these."""
        query = select(unread.c.input_id).order_by(unread.c.url, unread.c.input_id)
        if source_ids is not None:
            query = query.where(unread.c.url.in_(select(listings.c.url).where(listings.c.source_id.in_(source_ids))))
        with self._database.reading() as connection:
            return list(connection.execute(query).scalars())

    def fetches(self, *, urls: Sequence[str] | None = None, limit: int | None = None) -> list[Fetch]:
        """The ledger of requests, newest first: all, or those of some addresses."""
        query = select(*(fetches.c[name] for name in Fetch.__dataclass_fields__)).order_by(fetches.c.id.desc())
        if urls is not None:
            query = query.where(or_(fetches.c.url.in_(list(urls)), fetches.c.address.in_(list(urls))))
        with self._database.reading() as connection:
            return [_fetch(row) for row in connection.execute(query.limit(limit) if limit else query)]

    def archive(self) -> Iterator[Archived]:
        """Every capture whose bytes are kept, with what the ledger says of it, in the order in which they came."""
        query = (
            select(inputs_table, captures.c.body, fetches.c.headers, fetches.c.cut)
            .join(captures, captures.c.digest == inputs_table.c.digest)
            .join(fetches, fetches.c.input_id == inputs_table.c.id, isouter=True)
            .where(captures.c.body.is_not(None))
            .order_by(inputs_table.c.first_seen, inputs_table.c.id)
        )
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=50)):
                headers = tuple((name, value) for name, value in json.loads(row.headers or "[]"))
                yield Archived(row.id, inputs.capture(row), row.first_seen, headers, row.cut)

    def robots(self, origin: str) -> KeptRobots | None:
        """What is known of a site's robots.txt."""
        with self._database.reading() as connection:
            return _robots(connection, origin)


def _mine(source_ids: Sequence[int]) -> Select[Any]:
    """The addresses of these sources."""
    joined = resources.join(listings, listings.c.url == resources.c.url)
    return (
        select(resources, listings.c.source_id, listings.c.found_on)
        .select_from(joined)
        .where(listings.c.source_id.in_(list(source_ids)), listings.c.left_at.is_(None))
    )


def _any_claims(connection: Connection, source_ids: Sequence[int], slots: int, now: float, until: float) -> list[Claim]:
    query = _mine(source_ids).where(resources.c.due <= now).order_by(resources.c.due).limit(slots)
    rows = connection.execute(query).all()
    if rows:
        statement = update(resources).where(resources.c.url == bindparam("its")).values(due=until)
        connection.execute(statement, [{"its": row.url} for row in rows])
    known: dict[str, KeptRobots | None] = {}
    claims = []
    for row in rows:
        origin = _origin(row.place)
        if origin not in known:
            known[origin] = _robots(connection, origin)
        claims.append(_as_claim(row, known[origin], row.host, until))
    return claims


def _claim(connection: Connection, row: Any, until: float) -> Claim:
    known = _robots(connection, _origin(row.place))
    asks_robots_elsewhere = known is not None and known.standing == PENDING
    return _as_claim(row, known, known.host if known and asks_robots_elsewhere else row.host, until)


def _as_claim(row: Any, known: KeptRobots | None, host: str, until: float) -> Claim:
    return Claim(
        row.url, row.place, row.hops, row.tries, host, row.source_id, row.found_on is None, known,
        row.etag, row.last_modified, row.digest, row.leads, row.full_at, until,
    )  # fmt: skip


def _origin(place: str) -> str:
    return "/".join(place.split("/", 3)[:3])


def _robots(connection: Connection, origin: str) -> KeptRobots | None:
    columns = [robots.c[name] for name in KeptRobots.__dataclass_fields__]
    row = connection.execute(select(*columns).where(robots.c.origin == origin)).first()
    return KeptRobots(*row) if row else None


def was_read(connection: Connection, input_ids: Iterable[str]) -> None:
    """Notes, in the transaction that makes it true, that these captures became records or were set aside."""
    if _ANY_UNREAD.row(connection) is not None:
        for input_id in input_ids:
            connection.execute(delete(unread).where(unread.c.input_id == input_id))


_ANY_UNREAD = Prepared(select(unread.c.input_id).limit(1))


# Keeping what came


def _keep(connection: Connection, visits: Sequence[Visit]) -> None:
    captures = [visit.capture for visit in visits if visit.capture]
    now = max(visit.at for visit in visits)
    kept = iter(inputs.keep(connection, captures, now)) if captures else iter(())
    ids = [next(kept).input_id if visit.capture else None for visit in visits]
    asked = [_ledger_row(visit, input_id) for visit, input_id in zip(visits, ids, strict=True) if visit.asked]
    if asked:
        connection.execute(insert(fetches), asked)
    _note_unread(connection, visits, ids)
    _update_resources(connection, visits, ids)
    for visit in visits:
        if visit.robots:
            _keep_robots(connection, visit.robots)
    for visit in visits:
        if visit.outcome in _KNOWN and (visit.found or visit.leads != "[]"):
            began = connection.execute(
                select(sources.c.round_began).where(sources.c.id == visit.claim.source_id)
            ).scalar()
            if began is not None:
                _found(connection, visit.claim.source_id, visit.claim.url, visit.found, visit.ended)


def _ledger_row(visit: Visit, input_id: str | None) -> dict[str, Any]:
    whole = visit.outcome in _WHOLE
    return {
        "url": visit.claim.url if visit.outcome is not Outcome.ROBOTS else visit.address,
        "address": visit.address,
        "at": visit.at,
        "seconds": round(visit.seconds, 3),
        "status": visit.status,
        "outcome": visit.outcome,
        "message": visit.message,
        "digest": visit.capture.digest if visit.capture else visit.claim.digest if whole else None,
        "size": len(visit.capture.body) if visit.capture else None,
        "cut": visit.cut,
        "headers": json.dumps(visit.headers) if visit.headers else None,
        "input_id": input_id,
    }


def _note_unread(connection: Connection, visits: Sequence[Visit], ids: Sequence[str | None]) -> None:
    rows = {
        input_id: {"input_id": input_id, "url": visit.claim.url}
        for visit, input_id in zip(visits, ids, strict=True)
        if input_id and visit.outcome is Outcome.STORED and visit.is_document
    }
    if rows:
        inputs.add_missing(connection, unread, "input_id", rows)


_BASE = ("place", "host", "hops", "tries", "due", "outcome", "message")
_SET: dict[str, tuple[str, ...]] = {
    "moved": _BASE,
    "stored": (*_BASE, "etag", "last_modified", "digest", "input_id", "leads", "final_url", "document", "checked_at", "full_at", "gone_since"),
    "same": (*_BASE, "etag", "last_modified", "leads", "final_url", "document", "checked_at", "full_at", "gone_since"),
    "unchanged": (*_BASE, "checked_at", "gone_since"),
}  # fmt: skip
_UPDATES = {
    kind: update(resources).where(resources.c.url == bindparam("its")).values({name: bindparam(f"to_{name}") for name in names})
    for kind, names in _SET.items()
}  # fmt: skip


def _update_resources(connection: Connection, visits: Sequence[Visit], ids: Sequence[str | None]) -> None:
    _add_hosts(connection, {visit.host or "" for visit in visits if visit.outcome is Outcome.REDIRECTED})
    rows: dict[str, list[dict[str, Any]]] = {}
    for visit, input_id in zip(visits, ids, strict=True):
        if visit.outcome is Outcome.ROBOTS:
            continue
        kind = str(visit.outcome) if visit.outcome in _KNOWN else "moved"
        values = {
            "place": visit.place or visit.claim.url,
            "host": visit.host,
            "hops": visit.hops,
            "tries": visit.tries,
            "due": visit.due,
            "outcome": visit.outcome,
            "message": visit.message,
            "etag": visit.etag,
            "last_modified": visit.last_modified,
            "digest": visit.capture.digest if visit.capture else None,
            "input_id": input_id,
            "leads": visit.leads,
            "final_url": visit.final_url,
            "document": visit.is_document,
            "checked_at": visit.at,
            "full_at": visit.ended,
            "gone_since": None,
        }
        named = {f"to_{name}": values[name] for name in _SET[kind]}
        rows.setdefault(kind, []).append({"its": visit.claim.url, **named})
        if visit.outcome is Outcome.GONE:
            connection.execute(
                update(resources)
                .where(resources.c.url == visit.claim.url)
                .values(gone_since=func.coalesce(resources.c.gone_since, visit.at), checked_at=visit.at)
            )
    for kind, values_of_kind in rows.items():
        connection.execute(_UPDATES[kind], values_of_kind)


def _release(connection: Connection, visit: Visit) -> None:
    """Gives up the lease, and says when the host may be asked again."""
    values: dict[str, Any] = {"leased_by": None, "leased_until": None}
    if visit.asked:
        values |= {"next_allowed": visit.ended + max(visit.delay, visit.host_wait), "delay": visit.delay}
    connection.execute(update(hosts).where(hosts.c.name == visit.claim.host).values(**values))


def _keep_robots(connection: Connection, known: KeptRobots) -> None:
    values = {name: getattr(known, name) for name in KeptRobots.__dataclass_fields__}
    _add_hosts(connection, [known.host])
    there = connection.execute(select(robots.c.origin).where(robots.c.origin == known.origin)).first()
    if there:
        connection.execute(update(robots).where(robots.c.origin == known.origin).values(**values))
    else:
        connection.execute(insert(robots).values(**values))


def _found(
    connection: Connection, source_id: int, on: str | None, found: Sequence[tuple[str, str]], now: float
) -> None:
    """Notes that the source leads to these addresses, and makes due what was not asked for in this round yet."""
    by_url = dict(found)
    if not by_url:
        return
    _add_hosts(connection, by_url.values())
    there = {
        row.url: row
        for row in inputs.by_ids(connection, select(resources.c.url, resources.c.due), resources.c.url, by_url)
    }
    new = [
        {"url": url, "host": host, "place": url, "hops": 0, "tries": 0, "due": now, "leads": "[]"}
        for url, host in by_url.items()
        if url not in there
    ]
    if new:
        connection.execute(insert(resources), new)
    mine = select(listings.c.url, listings.c.last_seen, listings.c.left_at).where(listings.c.source_id == source_id)
    listed = {row.url: row for row in inputs.by_ids(connection, mine, listings.c.url, by_url)}
    fresh = [url for url in by_url if url not in listed]
    if fresh:
        connection.execute(
            insert(listings),
            [
                {"source_id": source_id, "url": url, "found_on": on, "first_seen": now, "last_seen": now}
                for url in fresh
            ],
        )
    back = [url for url, row in listed.items() if row.left_at is not None]
    seen = [{"of": source_id, "its": url} for url in listed]
    if seen:
        statement = update(listings).where(listings.c.source_id == bindparam("of"), listings.c.url == bindparam("its"))
        connection.execute(statement.values(last_seen=now, left_at=None), seen)
    again = [{"its": url} for url in (*fresh, *back) if url in there and there[url].due is None]
    if again:
        statement = update(resources).where(resources.c.url == bindparam("its"))
        connection.execute(statement.values(due=now, place=resources.c.url, hops=0, tries=0), again)


def _add_hosts(connection: Connection, names: Iterable[str]) -> None:
    wanted = set(names)
    there = {row.name for row in inputs.by_ids(connection, select(hosts.c.name), hosts.c.name, wanted)}
    missing = [{"name": name, "next_allowed": 0.0, "delay": 0.0} for name in sorted(wanted - there)]
    if missing:
        connection.execute(insert(hosts), missing)


def _source(row: Any) -> Source:
    return Source(
        row.id, row.name, SourceState(row.state), row.every, json.loads(row.options), row.added,
        row.round_began, row.round_ended, row.next_round, row.pages,
    )  # fmt: skip


def _fetch(row: Any) -> Fetch:
    values = {**row._mapping, "headers": tuple(map(tuple, json.loads(row.headers or "[]")))}
    return Fetch(**values)


def _written(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
