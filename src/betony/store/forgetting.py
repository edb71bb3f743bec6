"""What is taken away for good: records that must not be kept, and captures that no record stands on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, func, insert, select, update

from betony.store import tables
from betony.store.inputs import by_ids
from betony.store.prepared import Prepared
from betony.store.rows import Forgotten

_PORTION = 1_000  # a query holds only so many values


def forget(connection: Connection, record_id: str, why: str, who: str, now: str) -> int:
    """Purges a record with its versions and captures, and refuses its id, addresses and bytes from now on.

    Captures that another record stands on stay, with their bytes. How many were purged.
    """
    inputs, held = tables.inputs.c, tables.record_inputs.c
    record = json.loads(
        connection.execute(select(tables.records.c.json).where(tables.records.c.id == record_id)).scalar_one()
    )
    parts = select(held.address, inputs.id, inputs.digest, inputs.url, inputs.final_uri)
    rows = connection.execute(parts.join(tables.inputs).where(held.record_id == record_id)).all()
    addresses = {record["url"], *(part["url"] for part in record["parts"])}
    addresses |= {address for row in rows for address in (row.address, row.url, row.final_uri)}
    addresses = {address for address in addresses if address}
    ids = {row.id for row in rows}
    for column in (inputs.url, inputs.final_uri):  # earlier captures of the same pages
        ids |= {row.id for row in by_ids(connection, select(inputs.id), column, addresses)}
    digests = {part["sha256"] for part in record["parts"]} | set(_column(connection, inputs.digest, inputs.id, ids))
    ids |= set(_column(connection, inputs.id, inputs.digest, digests))  # copies that came from other places
    aliases = connection.execute(
        select(tables.aliases.c.alias).where(tables.aliases.c.record_id == record_id)
    ).scalars()
    names = {f"id:{name}" for name in (record_id, *aliases)} | {f"address:{address}" for address in addresses}
    for table in reversed(tables.metadata.sorted_tables):
        if any(key.column is tables.records.c.id for key in table.foreign_keys):
            connection.execute(delete(table).where(table.c.record_id == record_id))
    connection.execute(delete(tables.records).where(tables.records.c.id == record_id))
    purged = _purge(connection, ids)
    names |= {f"digest:{digest}" for digest in digests & purged}
    known = set(_column(connection, tables.forgotten.c.name, tables.forgotten.c.name, names))
    row = {"record_id": record_id, "why": why, "who": who, "forgotten_at": now}
    connection.execute(insert(tables.forgotten), [{"name": name, **row} for name in sorted(names - known)])
    return len(purged)


def forgotten(connection: Connection) -> dict[str, Forgotten]:
    """Everything that is refused, by its name."""
    columns = [tables.forgotten.c[name] for name in Forgotten.__dataclass_fields__]
    rows = connection.execute(select(*columns).order_by(tables.forgotten.c.name))
    return {row.name: Forgotten(*row) for row in rows}


def refused(connection: Connection, record_ids: Iterable[str]) -> Forgotten | None:
    """Why records of these ids are refused; None where none of them is."""
    if _ANY_FORGOTTEN.row(connection) is None:
        return None  # the usual case, and the quick one
    found = (_ONE_FORGOTTEN.row(connection, {"name": f"id:{record_id}"}) for record_id in record_ids)
    return next((Forgotten(*row) for row in found if row), None)


_ANY_FORGOTTEN = Prepared(select(tables.forgotten.c.name).limit(1))
_ONE_FORGOTTEN = Prepared(
    select(*(tables.forgotten.c[name] for name in Forgotten.__dataclass_fields__)).where(
        tables.forgotten.c.name == bindparam("name")
    )
)


def drop_bytes(connection: Connection, digest: str) -> None:
    """Lets go of the bytes of a capture that came in before it was known to be refused, unless a record needs them."""
    stands = select(tables.record_inputs.c.input_id).join(tables.inputs).where(tables.inputs.c.digest == digest)
    if connection.execute(stands.limit(1)).first() is None:
        connection.execute(update(tables.captures).where(tables.captures.c.digest == digest).values(body=None))


def prune(connection: Connection, keep: int, older_than: int, now: datetime) -> int:
    """Purges captures of a page beyond its newest `keep`, where they came more than `older_than` days ago.

    Those that records stand on stay, and those in quarantine, whatever their age. How many were purged.
    """
    inputs = tables.inputs.c
    place = func.coalesce(inputs.final_uri, inputs.url, inputs.uri)
    when = func.coalesce(inputs.retrieved_at, inputs.first_seen)
    rank = func.row_number().over(partition_by=place, order_by=(when.desc(), inputs.id))
    ranked = select(inputs.id, inputs.first_seen, rank.label("rank")).subquery()
    before = (now.astimezone(UTC) - timedelta(days=older_than)).isoformat(timespec="seconds").replace("+00:00", "Z")
    old = select(ranked.c.id).where(ranked.c.rank > keep, ranked.c.first_seen < before)
    held = [*_uses(tables.inputs.c.id), tables.resources.c.input_id]  # what a site says is unchanged is looked up
    used = {name for column in held for name in connection.execute(select(column)).scalars()}
    return len(_purge(connection, set(connection.execute(old).scalars()) - used))


def _purge(connection: Connection, ids: set[str]) -> set[str]:
    """Takes inputs away, and the captures that no other input is of; the digests of those."""
    used = tables.record_inputs.c
    still = set(_column(connection, used.input_id, used.input_id, ids))
    gone = sorted(ids - still)
    digests = set(_column(connection, tables.inputs.c.digest, tables.inputs.c.id, gone))
    for column in _uses(tables.inputs.c.id):
        _delete(connection, column, gone)
    for table in (tables.resources, tables.fetches):
        unknown = {name: None for name in ("input_id", "etag", "last_modified", "digest") if name in table.c}
        for start in range(0, len(gone), _PORTION):
            among = table.c.input_id.in_(gone[start : start + _PORTION])
            connection.execute(update(table).where(among).values(**unknown))
    _delete(connection, tables.inputs.c.id, gone)
    left = set(_column(connection, tables.inputs.c.digest, tables.inputs.c.digest, digests))
    purged = digests - left
    for column in _uses(tables.captures.c.digest):
        _delete(connection, column, sorted(purged))
    _delete(connection, tables.captures.c.digest, sorted(purged))
    return purged


def _uses(column: Column[Any]) -> list[Column[Any]]:
    """The columns of other tables that refer to a column."""
    return [key.parent for table in tables.metadata.sorted_tables for key in table.foreign_keys if key.column is column]


def _column(connection: Connection, wanted: Column[Any], among: Column[Any], values: Iterable[str]) -> list[str]:
    return [row[0] for row in by_ids(connection, select(wanted), among, values)]


def _delete(connection: Connection, column: Column[Any], values: Sequence[str]) -> None:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - for the type checker
    for start in range(0, len(values), _PORTION):
        connection.execute(delete(table).where(column.in_(values[start : start + _PORTION])))
