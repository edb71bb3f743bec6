"""Corrections in the store: kept beside the record as the rules read it, so that they outlive every new reading."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from betony.corrections import Correction, applied, value_at
from betony.store import tables
from betony.store.rows import Corrected, Verdict


def standing(connection: Connection, record_id: str) -> list[Correction]:
    """The corrections of a record that stand, in the order in which they were made."""
    columns = tables.corrections.c
    query = select(columns.path, columns.value).where(columns.record_id == record_id, columns.ended_at.is_(None))
    return [Correction(row.path, json.loads(row.value)) for row in connection.execute(query.order_by(columns.id))]


def carried(connection: Connection, record: dict[str, Any]) -> dict[str, Any]:
    """A record that the rules just made, with the corrections that stand; the reading itself is kept beside it."""
    corrections = standing(connection, record["id"])
    if not corrections:
        return record
    keep_reading(connection, record)
    return applied(record, corrections)


def reading(connection: Connection, record_id: str) -> dict[str, Any]:
    """The record as the rules read it."""
    kept = connection.execute(select(tables.readings.c.json).where(tables.readings.c.record_id == record_id)).scalar()
    if kept is None:
        columns = tables.records.c
        kept = connection.execute(select(columns.json).where(columns.id == record_id)).scalar_one()
    found: dict[str, Any] = json.loads(kept)
    return found


def keep_reading(connection: Connection, record: dict[str, Any]) -> None:
    """Keeps what the rules read of a record that is, or will be, corrected."""
    connection.execute(delete(tables.readings).where(tables.readings.c.record_id == record["id"]))
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    connection.execute(insert(tables.readings).values(record_id=record["id"], json=text))


def add(connection: Connection, record_id: str, correction: Correction, why: str, who: str, now: str) -> None:
    """Notes a correction; an earlier one of the same path ends."""
    end(connection, record_id, correction.path, now)
    value = json.dumps(correction.value, ensure_ascii=False)
    row = {"record_id": record_id, "path": correction.path, "value": value, "why": why, "who": who, "made_at": now}
    connection.execute(insert(tables.corrections).values(**row))


def end(connection: Connection, record_id: str, path: str, now: str) -> bool:
    """Ends the correction of that path; False where none stands."""
    columns = tables.corrections.c
    of_path = (columns.record_id == record_id, columns.path == path, columns.ended_at.is_(None))
    return connection.execute(update(tables.corrections).where(*of_path).values(ended_at=now)).rowcount > 0


def told(connection: Connection, record_id: str) -> dict[str, str]:
    """All that was ever corrected of a record, and undone, in words, by the time when it was."""
    query = (
        select(tables.corrections).where(tables.corrections.c.record_id == record_id).order_by(tables.corrections.c.id)
    )
    rows = connection.execute(query).all()
    made = [(row.made_at, f"{row.path} corrected by {row.who}: {row.why}") for row in rows]
    followed = {(row.path, row.made_at) for row in rows}
    ended = [(row.path, row.ended_at) for row in rows if row.ended_at is not None]
    undone = [(at, f"{path} no longer corrected") for path, at in ended if (path, at) not in followed]
    found: dict[str, list[str]] = {}
    for at, words in made + undone:
        found.setdefault(at, []).append(words)
    return {at: "; ".join(words) for at, words in found.items()}


def every(connection: Connection) -> list[Corrected]:
    """All corrections that stand, with what the rules read today, by record and path."""
    columns = tables.corrections.c
    query = select(tables.corrections).where(columns.ended_at.is_(None)).order_by(columns.record_id, columns.path)
    found = []
    for row in connection.execute(query).all():
        value = json.loads(row.value)
        rules, verdict = _compared(reading(connection, row.record_id), Correction(row.path, value))
        found.append(Corrected(row.record_id, row.path, value, row.why, row.who, row.made_at, rules, verdict))
    return found


def _compared(record: dict[str, Any], correction: Correction) -> tuple[Any, Verdict]:
    try:
        rules = value_at(record, correction.path)
        if rules == correction.value:
            return rules, Verdict.AGREES
        made = value_at(applied(record, [correction]), correction.path)
    except KeyError:
        return None, Verdict.LOST
    return rules, Verdict.DIFFERS if made != rules else Verdict.LOST
