"""Duties of all records at once: found by their rows, shown as their records hold them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, or_, select, tuple_

from betony.store import tables
from betony.store.views import CURRENT


@dataclass(frozen=True, slots=True)
class Asked:
    """What a duty, and the record it is of, has to be; None asks for nothing."""

    actor: str | None = None
    """Words of the actor as it is written, in any case."""
    actor_kind: str | None = None
    modality: str | None = None
    generic: bool | None = None
    record_id: str | None = None
    publisher: str | None = None
    status: str | None = None
    """A code or a currency."""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a record's list, and the record it is of."""

    record_id: str
    position: int
    """From 0, in the record's list."""
    title: str | None
    publisher: str | None
    status_code: str
    currency: str
    url: str | None
    item: dict[str, Any]
    """As the record holds it, evidence included."""


def duties(connection: Connection, asked: Asked, after: tuple[str, int] | None, limit: int) -> list[Item]:
    """The responsibilities that are as asked, by record and place; those after a place, and `limit` at most."""
    columns, records = tables.responsibilities.c, tables.records.c
    names = [name for name in Item.__dataclass_fields__ if name in records]
    about = [columns.record_id, columns.position, *(records[name] for name in names)]
    query = select(*about).select_from(tables.responsibilities.join(tables.records))
    for column, value in (
        (columns.modality, asked.modality),
        (columns.generic, asked.generic),
        (columns.record_id, asked.record_id),
        (records.publisher, asked.publisher),
    ):
        if value is not None:
            query = query.where(column == value)
    if asked.actor is not None:
        query = query.where(
            func.lower(columns.actor, type_=tables.Words()).contains(asked.actor.lower(), autoescape=True)
        )
    if asked.actor_kind is not None:
        query = query.where(columns.actor_kinds.contains(json.dumps(asked.actor_kind), autoescape=True))
    if asked.status is not None:
        query = query.where(or_(records.status_code == asked.status, records.currency == asked.status))
    if asked.current:
        query = query.where(CURRENT)
    if after is not None:
        query = query.where(tuple_(columns.record_id, columns.position) > tables.place(after))
    rows = connection.execute(query.order_by(columns.record_id, columns.position).limit(limit)).all()
    held: dict[str, Any] = {}
    for record_id in dict.fromkeys(row.record_id for row in rows):
        stored = connection.execute(select(records.json).where(records.id == record_id)).scalar_one()
        held[record_id] = json.loads(stored)["responsibilities"]
    return [Item(**row._asdict(), item=held[row.record_id][row.position]) for row in rows]
