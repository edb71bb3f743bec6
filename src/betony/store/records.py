"""Records: what is to be structured, and one transaction for all that a finished record changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, literal, select, union_all, update

from betony.store import details, tables
from betony.store.parts import Part, merge

Outcome = Literal["new", "changed", "unchanged"]


class Stale(Exception):  # noqa: N818 - no error: another process was quicker, and the work is planned again
    """The record's parts are no longer those that the work was done on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the record of a group of inputs is to be made of."""

    key: str
    """The id that the address gives."""
    product: str | None
    """Canonical address of the product's own page."""
    incoming: tuple[Part, ...]
    current: tuple[Part, ...]
    wanted: tuple[Part, ...]
    """All current parts once the incoming ones have joined, in order of address."""
    record_id: str | None = None
    """The id under which the record is known already."""
    up_to_date: bool = False
    """The stored record was made of just these parts by just this version: there is nothing to do."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a record, and which of the incoming inputs made a difference."""

    record_id: str
    outcome: Outcome
    per_input: tuple[Outcome, ...]


def plan(
    connection: Connection,
    key: str,
    product: str | None,
    incoming: Sequence[Part],
    processing: tuple[str, str, str | None] | None,
) -> Plan:
    """What is to be done for the incoming parts, as the store stands now."""
    record_id = resolve(connection, (key,), (product,))
    current = current_parts(connection, record_id)
    wanted = merge(current, incoming)
    same = _ids(wanted.values()) == _ids(current.values())
    up_to_date = same and record_id is not None and _processing(connection, record_id) == processing
    return Plan(key, product, tuple(incoming), _ordered(current), _ordered(wanted), record_id, up_to_date)


def resolve(connection: Connection, ids: Iterable[str], addresses: Iterable[str | None]) -> str | None:
    """The id under which a record is known that any of these ids, aliases or product addresses names."""
    named = {"ids": list(dict.fromkeys(ids)), "addresses": [address for address in addresses if address]}
    row = connection.execute(_KNOWN, named).first()
    return str(row.record_id) if row else None


_NAMES: BindParameter[str] = bindparam("ids", expanding=True)
_KNOWN = union_all(  # made once: this is asked several times for every document
    select(tables.records.c.id.label("record_id"), literal(1).label("rank")).where(tables.records.c.id.in_(_NAMES)),
    select(tables.aliases.c.record_id, literal(2)).where(tables.aliases.c.alias.in_(_NAMES)),
    select(tables.addresses.c.record_id, literal(3)).where(
        tables.addresses.c.address.in_(bindparam("addresses", expanding=True))
    ),
).order_by("rank", "record_id")
"""An id counts before an alias, an alias before an address."""


def current_parts(connection: Connection, record_id: str | None) -> dict[str, Part]:
    """The inputs that the stored record was made of, by address."""
    if record_id is None:
        return {}
    joined = tables.record_inputs.join(tables.inputs)
    query = (
        select(tables.record_inputs.c.address, tables.inputs)
        .select_from(joined)
        .where(tables.record_inputs.c.record_id == record_id)
    )
    return {
        row.address: Part(row.id, row.address, row.digest, row.uri, row.retrieved_at)
        for row in connection.execute(query)
    }


def commit(connection: Connection, planned: Plan, record: dict[str, Any], now: str) -> Settled:
    """Writes the record of the planned parts. Stale where another process has changed them meanwhile.

    An id once given stays: a record known under another id, by alias or by its product's address, keeps it, and the
    id that came now becomes an alias.
    """
    given = record["id"]
    known = resolve(connection, (planned.key, given), (planned.product, record["url"]))
    current = current_parts(connection, known)
    if _ids(merge(current, planned.incoming).values()) != _ids(planned.wanted):
        raise Stale
    record_id = known or given
    old_aliases = set(
        connection.execute(select(tables.aliases.c.alias).where(tables.aliases.c.record_id == record_id)).scalars()
    )
    aliases = sorted((old_aliases | set(record["aliases"]) | {given, planned.key}) - {record_id})
    full = {**record, "id": record_id, "aliases": aliases}
    full["processing"] = {**record["processing"], "at": None}
    text = json.dumps(full, ensure_ascii=False, separators=(",", ":"))
    before = connection.execute(
        select(tables.records.c.content_hash, tables.records.c.json).where(tables.records.c.id == record_id)
    ).first()
    if before is None or before.json != text:
        _write(connection, full, text, now, is_new=before is None)
        _write_names(connection, record_id, aliases, old_aliases, planned)
    if _ids(current.values()) != _ids(planned.wanted):
        _write_parts(connection, record_id, planned.wanted)
    outcome: Outcome = "new"
    if before is not None:
        outcome = "unchanged" if before.content_hash == full["content_hash"] else "changed"
    return Settled(record_id, outcome, _per_input(planned, outcome, _ids(current.values())))


def _per_input(planned: Plan, outcome: Outcome, before: set[str]) -> tuple[Outcome, ...]:
    """An input counts as the record does where it made the difference: it joined just now, or nothing did."""
    joined = _ids(planned.wanted) - before
    left = set(joined) if joined else before
    verdicts: list[Outcome] = []
    for part in planned.incoming:
        verdicts.append(outcome if part.input_id in left else "unchanged")
        left.discard(part.input_id)  # the same input named twice counts once as new
    return tuple(verdicts)


def _write(connection: Connection, record: dict[str, Any], text: str, now: str, *, is_new: bool) -> None:
    row = {
        "url": record["url"],
        "identifier": record["identifier"],
        "title": record["title"] and record["title"]["value"],
        "publisher": record["publisher"] and record["publisher"]["id"],
        "page_kind": record["page_kind"],
        "document_type": record["document_type"],
        "status_code": record["status"]["code"],
        "currency": record["status"]["currency"],
        "content_hash": record["content_hash"],
        "text_hash": record["text_hash"],
        "pipeline": record["processing"]["pipeline"],
        "ruleset": record["processing"]["ruleset"],
        "model": record["processing"]["model"],
        "processed_at": now,
        "json": text,
    }
    if is_new:
        connection.execute(insert(tables.records).values(id=record["id"], **row))
    else:
        connection.execute(update(tables.records).where(tables.records.c.id == record["id"]).values(**row))
    details.write(connection, record, is_new=is_new)


def _write_names(connection: Connection, record_id: str, aliases: Sequence[str], old: set[str], planned: Plan) -> None:
    added = [{"alias": alias, "record_id": record_id} for alias in aliases if alias not in old]
    if added:
        connection.execute(insert(tables.aliases), added)
    if planned.product and resolve(connection, (), (planned.product,)) is None:
        connection.execute(insert(tables.addresses).values(address=planned.product, record_id=record_id))


def _write_parts(connection: Connection, record_id: str, parts: Sequence[Part]) -> None:
    connection.execute(delete(tables.record_inputs).where(tables.record_inputs.c.record_id == record_id))
    connection.execute(
        insert(tables.record_inputs),
        [{"record_id": record_id, "address": part.address, "input_id": part.input_id} for part in parts],
    )


def _processing(connection: Connection, record_id: str) -> tuple[str, str, str | None]:
    columns = tables.records.c
    row = connection.execute(
        select(columns.pipeline, columns.ruleset, columns.model).where(columns.id == record_id)
    ).one()
    return row.pipeline, row.ruleset, row.model


def _ids(parts: Iterable[Part]) -> set[str]:
    return {part.input_id for part in parts}


def _ordered(parts: Mapping[str, Part]) -> tuple[Part, ...]:
    return tuple(parts[address] for address in sorted(parts))
