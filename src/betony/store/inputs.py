"""Captures: the bytes once by digest, and beside them one row for each way they came in."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select

from betony.errors import StoreError
from betony.model import Capture, Http, License
from betony.store.parts import Part
from betony.store.prepared import Prepared
from betony.store.rows import Kept
from betony.store.tables import captures, inputs, record_inputs, records

_FAST = 3  # zlib's level: 6 is half as fast and saves a few hundredths more


def keep(connection: Connection, came: Sequence[Capture], now: str) -> list[Kept]:
    """Stores the captures that are not there yet; their ids, in order."""
    digests = [capture.digest for capture in came]
    add_missing(
        connection,
        captures,
        "digest",
        {
            digest: {"digest": digest, "size": len(capture.body), "body": capture.body, "stored_at": now}
            for digest, capture in zip(digests, came, strict=True)
        },
    )
    rows = [_row(capture, digest, now) for digest, capture in zip(digests, came, strict=True)]
    add_missing(connection, inputs, "id", {row["id"]: row for row in rows})
    return [Kept(row["id"], row["digest"]) for row in rows]


def keep_digest(connection: Connection, uri: str, url: str | None, digest: str, size: int, now: str) -> Kept:
    """An input whose bytes are not kept: too many of them."""
    add_missing(
        connection,
        captures,
        "digest",
        {digest: {"digest": digest, "size": size, "body": None, "stored_at": now}},
    )
    row = _row(Capture(b"", uri, url), digest, now)
    add_missing(connection, inputs, "id", {row["id"]: row})
    return Kept(row["id"], digest)


def add_missing(connection: Connection, table: Any, key: str, rows: dict[str, dict[str, Any]]) -> None:
    """Inserts the rows whose key is not there; the transaction keeps others from adding it meanwhile."""
    column = table.c[key]
    there = set(connection.execute(select(column).where(column.in_(list(rows)))).scalars())
    missing = [row for name, row in rows.items() if name not in there]
    for row in missing:
        if isinstance(row.get("body"), bytes):
            row["body"] = zlib.compress(row["body"], _FAST)
    if missing:
        connection.execute(insert(table), missing)


def _row(capture: Capture, digest: str, now: str) -> dict[str, Any]:
    about = {
        "digest": digest,
        "uri": capture.uri,
        "url": capture.url,
        "final_uri": capture.final_uri,
        "media_type": capture.media_type,
        "charset": capture.charset,
        "retrieved_at": capture.retrieved_at,
        "http": json.dumps(asdict(capture.http)) if capture.http else None,
        "license": json.dumps(asdict(capture.license), ensure_ascii=False) if capture.license else None,
        "publisher": capture.publisher,
        "truncated": capture.truncated,
    }
    identity = hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()
    return {"id": identity[:32], **about, "first_seen": now}


def load(connection: Connection, ids: Iterable[str]) -> dict[str, Capture]:
    """The captures of those inputs, as they came, by id; without those whose bytes are not kept."""
    wanted = list(ids)
    if len(wanted) == 1:
        found = iter(_ONE_CAPTURE.rows(connection, {"input_id": wanted[0]}))
    else:
        found = by_ids(connection, _CAPTURES, inputs.c.id, wanted)
    return {row.id: capture(row) for row in found if row.body is not None}


_CAPTURES = select(inputs, captures.c.body).join(captures)
_ONE_CAPTURE = Prepared(_CAPTURES.where(inputs.c.id == bindparam("input_id")))  # most records are made of one


def by_ids(connection: Connection, query: Any, column: Any, ids: Iterable[str]) -> Iterator[Any]:
    """The rows whose column is among the ids, asked for in portions: a query holds only so many values."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), 1_000):
        yield from connection.execute(query.where(column.in_(wanted[start : start + 1_000])))


def verify(connection: Connection) -> int:
    """Reads every capture's bytes and checks their digest; how many there are."""
    count = 0
    query = select(captures.c.digest, captures.c.body).where(captures.c.body.is_not(None))
    for row in connection.execute(query.execution_options(yield_per=50)):
        body(row)
        count += 1
    return count


def addresses(connection: Connection, record_id: str) -> list[str]:
    """The addresses, as they were asked for, of a record's captures."""
    query = select(inputs.c.uri).join(record_inputs).where(record_inputs.c.record_id == record_id)
    return sorted(set(connection.execute(query).scalars()))


def records_at(connection: Connection, urls: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The records whose own page came from these addresses, as (address as asked for, record, input)."""
    of = record_inputs.alias()
    parts = select(func.count()).select_from(of).where(of.c.record_id == records.c.id)
    query = (
        select(inputs.c.uri, records.c.id, inputs.c.id.label("input"))
        .join(record_inputs, record_inputs.c.input_id == inputs.c.id)
        .join(records, records.c.id == record_inputs.c.record_id)
        .where(or_(records.c.url == record_inputs.c.address, parts.scalar_subquery() == 1))
    )
    for row in by_ids(connection, query, inputs.c.uri, urls):
        yield row.uri, row.id, row.input


def body(row: Any) -> bytes:
    """A capture's bytes; StoreError where they are not those that its digest stands for."""
    try:
        found = zlib.decompress(row.body)
    except zlib.error:
        found = b""
    if hashlib.sha256(found).hexdigest() != row.digest:
        advice = "restore the store from a copy, or fetch the document again"
        raise StoreError(f"the bytes of capture {row.digest[:16]} are damaged", advice=advice)
    return found


def capture(row: Any) -> Capture:
    """A row of inputs, with its body, as the capture that it was."""
    return Capture(
        body=body(row),
        uri=row.uri,
        url=row.url,
        final_uri=row.final_uri,
        media_type=row.media_type,
        charset=row.charset,
        retrieved_at=row.retrieved_at,
        http=Http(**json.loads(row.http)) if row.http else None,
        license=License(**json.loads(row.license)) if row.license else None,
        publisher=row.publisher,
        truncated=bool(row.truncated),
    )


_NAMED = select(inputs.c.id, inputs.c.digest, inputs.c.uri, inputs.c.retrieved_at, inputs.c.first_seen)
_ONE_NAMED = Prepared(_NAMED.where(inputs.c.id == bindparam("input_id")))


def parts(connection: Connection, places: Sequence[tuple[str, str]]) -> list[Part]:
    """The inputs as parts, given as (input id, address), in that order; without those that were purged meanwhile."""
    if len(places) == 1:
        found = iter(_ONE_NAMED.rows(connection, {"input_id": places[0][0]}))
    else:
        found = by_ids(connection, _NAMED, inputs.c.id, (place[0] for place in places))
    rows = {row.id: row for row in found}
    return [
        Part(row.id, address, row.digest, row.uri, row.retrieved_at, row.first_seen)
        for input_id, address in places
        if (row := rows.get(input_id))
    ]
