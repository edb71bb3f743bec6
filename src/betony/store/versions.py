"""Versions: what a record said before, what changed and when, and whether its publisher still holds it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, tuple_, update

from betony.changes import Change, Kind, between
from betony.errors import UsageError
from betony.store import prepared, tables
from betony.store.parts import Part, moment
from betony.store.prepared import Prepared
from betony.store.rows import Cause, Changed, Departure, Standing, Version

_FAST = 3  # zlib's level
_METADATA = frozenset((Kind.TITLE, Kind.STATUS, Kind.DATE, Kind.RELATION_ADDED, Kind.RELATION_REMOVED))
"""What a publisher can change without touching the text."""


def first(connection: Connection, record: dict[str, Any], seen: str, now: str, run: int | None) -> None:
    """The first version of a new record."""
    _insert(connection, record, 1, Cause.DOCUMENT, seen, now, run)
    title = record["title"]["value"] if record["title"] else None
    change = Change(Kind.ADDED, "record", "record", None, title)
    _log(connection, record["id"], 1, Cause.DOCUMENT, [change], seen, now, run)


def follow(
    connection: Connection,
    before: str,
    record: dict[str, Any],
    *,
    joined: bool,
    seen: str,
    now: str,
    run: int | None,
) -> None:
    """The next version of a record whose content is another; `before` is the JSON of the last one.

    Its cause is the document where new captures `joined` and their text or the publisher's own facts about it are
    others; else it is the reading, and the version takes the place of the one before for all of its time.
    """
    last = latest(connection, record["id"])
    earlier = json.loads(before)
    told = between(earlier, record)
    stated = any(change.kind in _METADATA and not change.reading for change in told)
    another = earlier["text_hash"] != record["text_hash"] or stated
    cause = Cause.DOCUMENT if joined and another else Cause.PROCESSING
    since = max(seen, last.valid_from) if cause is Cause.DOCUMENT else last.valid_from
    columns = tables.versions.c
    connection.execute(
        update(tables.versions)
        .where(columns.record_id == record["id"], columns.number == last.number)
        .values(valid_to=since, json=zlib.compress(before.encode(), _FAST))
    )
    _insert(connection, record, last.number + 1, cause, since, now, run)
    _log(connection, record["id"], last.number + 1, cause, told, since, now, run)


def _insert(
    connection: Connection, record: dict[str, Any], number: int, cause: Cause, since: str, now: str, run: int | None
) -> None:
    row = {
        "record_id": record["id"],
        "number": number,
        "cause": cause,
        "content_hash": record["content_hash"],
        "text_hash": record["text_hash"],
        "valid_from": since,
        "recorded_at": now,
        "run_id": run,
        "pipeline": record["processing"]["pipeline"],
        "ruleset": record["processing"]["ruleset"],
        "model": record["processing"]["model"],
    }
    prepared.add(connection, tables.versions, [row])


def _log(
    connection: Connection,
    record_id: str,
    number: int,
    cause: Cause,
    told: Iterable[Change],
    seen: str,
    now: str,
    run: int | None,
) -> None:
    rows = [
        {
            "record_id": record_id,
            "version": number,
            "cause": Cause.PROCESSING if change.reading else cause,
            "kind": change.kind,
            "seen": seen,
            "recorded_at": now,
            "run_id": run,
            "json": json.dumps(change.as_json(), ensure_ascii=False),
        }
        for change in told
    ]
    prepared.add(connection, tables.changes, rows)


def latest(connection: Connection, record_id: str) -> Version:
    """The version that the record is at; UsageError where there is no such record."""
    found = every(connection, record_id)
    if not found:
        raise UsageError(f"no record has the id {record_id}")
    return found[-1]


def every(connection: Connection, record_id: str) -> list[Version]:
    """All versions of a record, the first first."""
    columns = tables.versions.c
    query = select(*(columns[name] for name in Version.__dataclass_fields__))
    found = connection.execute(query.where(columns.record_id == record_id).order_by(columns.number))
    return [Version(*row) for row in found]


def text(connection: Connection, record_id: str, number: int) -> tuple[str, str]:
    """The JSON of one version, without the time of its making, and that time."""
    columns, records = tables.versions.c, tables.records.c
    query = select(columns.json, columns.recorded_at, records.json.label("latest"), records.processed_at).join(
        tables.records
    )
    row = connection.execute(query.where(columns.record_id == record_id, columns.number == number)).first()
    if row is None:
        raise UsageError(f"{record_id} has no version {number}", advice="betony history names those it has")
    if row.json is None:
        return row.latest, row.processed_at
    return zlib.decompress(row.json).decode(), row.recorded_at


def changed(
    connection: Connection,
    *,
    since: str | None = None,
    recorded_since: str | None = None,
    record_id: str | None = None,
    publisher: str | None = None,
    run: int | None = None,
    cause: Cause | None = None,
    after: tuple[str, str, int] | None = None,
    limit: int | None = None,
) -> list[Changed]:
    """What changed, by the time that it was seen, then by record; those alone that have what is asked for."""
    columns, records = tables.changes.c, tables.records.c
    query = select(tables.changes, records.title, records.publisher).join(tables.records)
    if since is not None:
        query = query.where(columns.seen >= since)
    if recorded_since is not None:
        query = query.where(columns.recorded_at >= recorded_since)
    for column, value in (
        (columns.record_id, record_id),
        (records.publisher, publisher),
        (columns.run_id, run),
        (columns.cause, cause),
    ):
        if value is not None:
            query = query.where(column == value)
    if after is not None:
        query = query.where(tuple_(columns.seen, columns.record_id, columns.id) > tables.place(after))
    rows = connection.execute(query.order_by(columns.seen, columns.record_id, columns.id).limit(limit))
    return [
        Changed(
            row.record_id,
            row.title,
            row.publisher,
            row.version,
            row.cause,
            row.seen,
            row.recorded_at,
            row.run_id,
            Change.from_json(json.loads(row.json)),
            row.id,
        )
        for row in rows
    ]


# Whether the publisher still holds it


def standing(connection: Connection, record_id: str) -> Standing:
    """When the record was last seen at its publisher's, and since when it is gone from there."""
    columns = tables.standings.c
    row = connection.execute(select(tables.standings).where(columns.record_id == record_id)).first()
    dates = [row.confirmed_at] if row and row.confirmed_at else []
    joined = tables.record_inputs.join(tables.inputs)
    captured = connection.execute(
        select(tables.inputs.c.retrieved_at)
        .select_from(joined)
        .where(tables.record_inputs.c.record_id == record_id, tables.inputs.c.retrieved_at.is_not(None))
    ).scalars()
    dates += [date for date in map(moment, captured) if date]
    return Standing(
        record_id,
        max(dates, default=None),
        row.confirmed_at if row else None,
        row.retired_at if row else None,
        Departure(row.departure) if row and row.departure else None,
        row.moved_to if row else None,
    )


def retire(
    connection: Connection,
    record_id: str,
    when: str,
    departure: Departure,
    moved_to: str | None,
    now: str,
    run: int | None,
) -> bool:
    """Notes that the publisher's site no longer holds the record; False where that is known, or seen otherwise later."""
    latest(connection, record_id)
    stands = standing(connection, record_id)
    if stands.retired_at is not None or (stands.seen_at or "") > when:
        return False
    _stand(connection, record_id, retired_at=when, departure=departure, moved_to=moved_to)
    after = f"{departure.words}{f' {moved_to}' if moved_to else ''}"
    _tell(connection, record_id, Change(Kind.RETIRED, "record", departure.value, None, after), when, now, run)
    return True


def reopen(connection: Connection, record_id: str, when: str, now: str, run: int | None) -> bool:
    """Notes that the publisher's site holds the record again; False where it was not gone before then."""
    stands = standing(connection, record_id)
    if stands.retired_at is None or stands.departure is None or stands.retired_at > when:
        return False
    _stand(connection, record_id, retired_at=None, departure=None, moved_to=None, confirmed_at=when)
    change = Change(Kind.REOPENED, "record", "record", f"{stands.departure.words} since {stands.retired_at}", None)
    _tell(connection, record_id, change, when, now, run)
    return True


def confirm(connection: Connection, record_id: str, when: str) -> None:
    """Notes that the publisher's site was asked then and held the record unchanged."""
    if (standing(connection, record_id).seen_at or "") < when:
        _stand(connection, record_id, confirmed_at=when)


def returned(connection: Connection, record_id: str, came: Sequence[Part], now: str, run: int | None) -> None:
    """Reopens a retired record where one of the parts was retrieved after it had gone."""
    standing = _RETIRED.row(connection, {"id": record_id})
    if standing is None or standing.retired_at is None:
        return  # the usual case, and the quick one
    dates = [date for part in came if part.retrieved_at and (date := moment(part.retrieved_at))]
    if dates:
        reopen(connection, record_id, max(dates), now, run)


_RETIRED = Prepared(select(tables.standings.c.retired_at).where(tables.standings.c.record_id == bindparam("id")))


def _stand(connection: Connection, record_id: str, **values: Any) -> None:
    columns = tables.standings.c
    there = connection.execute(select(columns.record_id).where(columns.record_id == record_id)).first()
    if there is None:
        connection.execute(insert(tables.standings).values(record_id=record_id, **values))
    else:
        connection.execute(update(tables.standings).where(columns.record_id == record_id).values(**values))


def _tell(connection: Connection, record_id: str, change: Change, when: str, now: str, run: int | None) -> None:
    number = latest(connection, record_id).number
    _log(connection, record_id, number, Cause.DOCUMENT, [change], when, now, run)


def seen(came: Iterable[Part], now: str) -> str:
    """When what these parts hold was seen: the latest retrieval, where none is known the time of ingest."""
    dates = [date for part in came if part.retrieved_at and (date := moment(part.retrieved_at))]
    return max(dates, default=now)
