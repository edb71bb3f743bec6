"""Records: what is to be structured, and one transaction for all that a finished record changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
    update,
)

from betony.corrections import Correction, applied, corrected
from betony.store import corrections, details, forgetting, prepared, tables, versions
from betony.store.inputs import by_ids, parts
from betony.store.parts import Part, comes_late, merge
from betony.store.prepared import Prepared
from betony.store.rows import Forgotten

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
    forgotten: Forgotten | None = None
    """Why it is refused, where someone had it forgotten meanwhile."""
    read_otherwise: bool = False
    """Another version made the stored record, and other parts are to join: what is new of both must be told apart."""

    def of_current(self) -> Plan:
        """The plan that makes the record anew of the parts it has."""
        return replace(self, incoming=(), wanted=self.current, read_otherwise=False)

    def late(self, part: Part) -> Part | None:
        """The newer capture that the record has of the page of an incoming part; None where it has none."""
        return next((held for held in self.wanted if held.address == part.address and comes_late(part, held)), None)

    def found_done(self, outcome: Outcome) -> tuple[Outcome, ...]:
        """What became of each incoming part where all is up to date, and that came about with this outcome."""
        return _per_input(self, outcome, _ids(self.current) - _ids(self.incoming))


@dataclass(frozen=True, slots=True)
class Made:
    """A record of the planned parts, to be written."""

    plan: Plan
    written: str
    """The record as compact JSON: read when it is its turn, for as values it takes more than twice the memory."""

    @classmethod
    def of(cls, plan: Plan, record: dict[str, Any]) -> Made:
        """The record, given as values."""
        return cls(plan, _compact(record))


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
    read_so = record_id is not None and _processing(connection, record_id) == processing
    read_otherwise = bool(current) and processing is not None and not read_so and not same
    return Plan(
        key,
        product,
        tuple(incoming),
        _ordered(current),
        _ordered(wanted),
        record_id,
        same and read_so,
        forgetting.refused(connection, [key]),
        read_otherwise,
    )


def resolve(connection: Connection, ids: Sequence[str], addresses: Sequence[str | None]) -> str | None:
    """The id under which a record is known that any of these names: two ids or aliases and two addresses at most."""
    row = _KNOWN.row(connection, {**_numbered("id", ids), **_numbered("address", addresses)})
    return str(row.record_id) if row else None


def _numbered(what: str, names: Sequence[str | None]) -> dict[str, str | None]:
    return {f"{what}_{number}": name for number, name in enumerate(names, 1)}


_NAMES = [bindparam(f"id_{number}", None, tables.Words()) for number in (1, 2)]
_ADDRESSES = [bindparam(f"address_{number}", None, tables.Words()) for number in (1, 2)]
_KNOWN = Prepared(
    union_all(
        select(tables.records.c.id.label("record_id"), literal(1).label("rank")).where(tables.records.c.id.in_(_NAMES)),
        select(tables.aliases.c.record_id, literal(2)).where(tables.aliases.c.alias.in_(_NAMES)),
        select(tables.addresses.c.record_id, literal(3)).where(tables.addresses.c.address.in_(_ADDRESSES)),
    ).order_by("rank", "record_id")
)
"""An id counts before an alias, an alias before an address."""
_ALIASES = Prepared(select(tables.aliases.c.alias).where(tables.aliases.c.record_id == bindparam("id")))
_BEFORE = Prepared(
    select(tables.records.c.content_hash, tables.records.c.json).where(tables.records.c.id == bindparam("id"))
)


def text(connection: Connection, record_id: str) -> tuple[str, str] | None:
    """The JSON of a record, without the time of its making, and that time."""
    row = _TEXT.look(connection, {"id": record_id})
    return None if row is None else (row.json, row.processed_at)


_TEXT = Prepared(
    select(tables.records.c.json, tables.records.c.processed_at).where(tables.records.c.id == bindparam("id"))
)


def named(connection: Connection, name: str) -> str | None:
    """The id of the record of that id, alias or product address, or of just one in whatever case it is written."""
    if exact := resolve(connection, (name,), (name,)):
        return exact
    columns, lowered = tables.records.c, literal(name.lower(), tables.Words())
    spelled = or_(func.lower(columns.id) == lowered, func.lower(columns.identifier) == lowered)
    found = connection.execute(select(columns.id).where(spelled).limit(2)).scalars().all()
    return str(found[0]) if len(found) == 1 else None


def naming(connection: Connection, record_id: str, relation: str) -> list[str]:
    """The ids of other records that name this one, by its id or an alias, as the target of a relation that holds."""
    columns = tables.relations.c
    aliases = select(tables.aliases.c.alias).where(tables.aliases.c.record_id == record_id)
    query = (
        select(columns.record_id)
        .where(or_(columns.target_id == record_id, columns.target_id.in_(aliases)))
        .where(columns.type == relation, columns.draft.is_(False), columns.record_id != record_id)
    )
    return list(connection.execute(query.distinct().order_by(columns.record_id)).scalars())


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


def commit(connection: Connection, made: Made, now: str, run: int | None = None) -> Settled:
    """Writes the record of the planned parts, with its version and changes where its content is another. Stale, with
    nothing written, where another process has changed the parts meanwhile, or someone had them purged.

    An id once given stays: a record known under another id, by alias or by its product's address, keeps it, and the
    id that came now becomes an alias.
    """
    from pydantic_core import from_json  # noqa: PLC0415 - who only reads a store need not wait for it

    planned, record = made.plan, from_json(made.written)
    given = record["id"]
    known = resolve(connection, (planned.key, given), (planned.product, record["url"]))
    current = current_parts(connection, known)
    if _ids(merge(current, planned.incoming).values()) != _ids(planned.wanted):
        raise Stale
    held = _ids(current.values())
    came = [part for part in planned.wanted if part.input_id not in held]
    purged = came and len(parts(connection, [(part.input_id, part.address) for part in came])) < len(came)
    if purged or forgetting.refused(connection, (planned.key, given)):
        raise Stale
    record_id = known or given
    old_aliases = {row.alias for row in _ALIASES.rows(connection, {"id": known})} if known else set()
    names = (set(record["aliases"]) | {given, planned.key}) - {record_id} - old_aliases
    aliases = sorted(old_aliases | (names - _taken(connection, names, record_id)))
    full = {**under(record, record_id), "aliases": aliases}
    full["processing"] = {**record["processing"], "at": None}
    full = corrections.carried(connection, full) if known else full
    text = made.written if full == record else _compact(full)
    before = _BEFORE.row(connection, {"id": known}) if known else None
    if before is None or before.json != text:
        _write(connection, full, text, now, is_new=before is None)
        _write_names(connection, record_id, aliases, old_aliases, planned, is_new=known is None)
    if held != _ids(planned.wanted):
        _write_parts(connection, record_id, planned.wanted, is_new=not current)
    outcome: Outcome = "new"
    if before is None:
        versions.first(connection, full, versions.seen(came, now), now, run)
    elif before.content_hash == full["content_hash"]:
        outcome = "unchanged"
    else:
        outcome = "changed"
        seen = versions.seen(came, now)
        versions.follow(connection, before.json, full, joined=bool(came), seen=seen, now=now, run=run)
    if known:
        versions.returned(connection, record_id, planned.incoming, now, run)
    return Settled(record_id, outcome, _per_input(planned, outcome, held))


def _taken(connection: Connection, names: set[str], record_id: str) -> set[str]:
    """Which of the names another record goes by: pages that were records of their own may be parts of one by later rules."""
    if not names:
        return set()
    ids, other = tables.records.c.id, tables.aliases.c
    by_alias = connection.execute(select(other.alias).where(other.alias.in_(names), other.record_id != record_id))
    return {*by_alias.scalars(), *connection.execute(select(ids).where(ids.in_(names))).scalars()}


def under(record: dict[str, Any], record_id: str) -> dict[str, Any]:
    """A record under the id by which it is known; what it holds is named after that, as ever."""
    if record["id"] == record_id:
        return record
    from betony.record import renamed  # noqa: PLC0415 - hardly any record has another name, and it is slow to load

    return renamed(record, record_id)


def correct(connection: Connection, record_id: str, correction: Correction, why: str, who: str, now: str) -> None:
    """Corrects a value and writes the record anew, as a version that its processing is the cause of.

    KeyError where the record has no such item, UsageError where the value cannot stand there.
    """
    read = corrections.reading(connection, record_id)
    kept = [one for one in corrections.standing(connection, record_id) if one.path != correction.path]
    corrected(applied(read, kept), correction)
    corrections.keep_reading(connection, read)
    corrections.add(connection, record_id, correction, why, who, now)
    _rewrite(connection, read, now)


def undo(connection: Connection, record_id: str, path: str, now: str) -> bool:
    """Ends a correction and writes the record as the rules read it there; False where none stands."""
    ended = corrections.end(connection, record_id, path, now)
    if ended:
        _rewrite(connection, corrections.reading(connection, record_id), now)
    return ended


def _rewrite(connection: Connection, read: dict[str, Any], now: str) -> None:
    full = corrections.carried(connection, read)
    columns = tables.records.c
    before = connection.execute(select(columns.json, columns.content_hash).where(columns.id == read["id"])).one()
    text = _compact(full)
    _write(connection, full, text, now, is_new=False)
    if before.content_hash != full["content_hash"]:
        versions.follow(connection, before.json, full, joined=False, seen=now, now=now, run=None)


def _compact(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


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
        prepared.add(connection, tables.records, [{"id": record["id"], **row}])
    else:
        connection.execute(update(tables.records).where(tables.records.c.id == record["id"]).values(**row))
    details.write(connection, record, is_new=is_new)


def _write_names(
    connection: Connection, record_id: str, aliases: Sequence[str], old: set[str], planned: Plan, *, is_new: bool
) -> None:
    added = [{"alias": alias, "record_id": record_id} for alias in aliases if alias not in old]
    prepared.add(connection, tables.aliases, added)
    if planned.product and (is_new or resolve(connection, (), (planned.product,)) is None):
        row = {"address": planned.product, "record_id": record_id}
        prepared.add(connection, tables.addresses, [row])


def _write_parts(connection: Connection, record_id: str, parts: Sequence[Part], *, is_new: bool) -> None:
    if not is_new:
        connection.execute(delete(tables.record_inputs).where(tables.record_inputs.c.record_id == record_id))
    rows = [{"record_id": record_id, "address": part.address, "input_id": part.input_id} for part in parts]
    prepared.add(connection, tables.record_inputs, rows)


def places(connection: Connection, record_ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The parts of these records as (input id, address), by record."""
    columns = tables.record_inputs.c
    found: dict[str, list[tuple[str, str]]] = {record_id: [] for record_id in record_ids}
    query = select(tables.record_inputs).order_by(columns.record_id, columns.address)
    for row in by_ids(connection, query, columns.record_id, found):
        found[row.record_id].append((row.input_id, row.address))
    return found


def origin(connection: Connection, record_id: str) -> str | None:
    """Where the first part of the record came from: its address or path as named; None where no part is known."""
    columns, inputs = tables.record_inputs.c, tables.inputs.c
    query = select(inputs.uri).join(tables.record_inputs, columns.input_id == inputs.id)
    query = query.where(columns.record_id == record_id).order_by(columns.address, columns.input_id).limit(1)
    found: str | None = connection.execute(query).scalar()
    return found


def selected(
    connection: Connection,
    record_ids: Sequence[str],
    publisher: str | None,
    processed_before: str | None,
    not_by: tuple[str, str, str | None] | None,
) -> list[str]:
    """The ids of the records that have all that is asked for, in order."""
    columns = tables.records.c
    query = select(columns.id)
    if publisher is not None:
        query = query.where(columns.publisher == publisher)
    if processed_before is not None:
        query = query.where(columns.processed_at < processed_before)
    if not_by is not None:
        pipeline, ruleset, model = not_by
        same_model = columns.model.is_(None) if model is None else func.coalesce(columns.model, "") == model
        query = query.where(not_(and_(columns.pipeline == pipeline, columns.ruleset == ruleset, same_model)))
    if record_ids:
        return sorted(row.id for row in by_ids(connection, query, columns.id, record_ids))
    return list(connection.execute(query.order_by(columns.id)).scalars())


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
