"""What a list of all records shows of each, without reading any of them whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from betony.store import tables


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A record in a catalogue."""

    id: str
    title: str | None
    identifier: str | None
    publisher: str | None
    document_type: str | None
    page_kind: str
    status_code: str
    currency: str
    section_types: tuple[str, ...]
    """Each once, by name."""
    dates: tuple[tuple[str, str], ...]
    """Names and values, in order of value; `checked` is the status's."""
    retired_at: str | None
    """When it was seen to be gone from its publisher's site."""


@dataclass(frozen=True, slots=True)
class Related:
    """A relation of a record in the store."""

    record_id: str
    type: str
    target_id: str | None
    """The record's own id, where the store has it by this name or alias; else as the document has it."""
    target_label: str | None
    target_url: str | None
    draft: bool
    date: str | None
    scope: str | None


def every(connection: Connection) -> Iterator[Catalogued]:
    """All records, in order of id."""
    types, dates, gone = (_grouped(connection, query) for query in (_TYPES, _DATES, _GONE))
    columns = [tables.records.c[name] for name in _COLUMNS]
    for row in connection.execute(select(*columns).order_by(tables.records.c.id)):
        yield Catalogued(
            **{name: getattr(row, name) for name in _COLUMNS},
            section_types=tuple(sorted(name for (name,) in types.get(row.id, ()))),
            dates=tuple(sorted(((kind, value) for kind, value in dates.get(row.id, ())), key=lambda date: date[::-1])),
            retired_at=gone[row.id][0][0] if row.id in gone else None,
        )


def relations(connection: Connection) -> list[Related]:
    """All relations, by record and in its order."""
    aliases = {row.alias: row.record_id for row in connection.execute(select(tables.aliases))}
    columns = tables.relations.c
    names = [name for name in Related.__dataclass_fields__ if name != "target_id"]
    query = select(columns.target_id, *(columns[name] for name in names)).order_by(columns.record_id, columns.position)
    return [
        Related(target_id=aliases.get(row.target_id, row.target_id), **{name: getattr(row, name) for name in names})
        for row in connection.execute(query)
    ]


_COLUMNS = ("id", "title", "identifier", "publisher", "document_type", "page_kind", "status_code", "currency")
_TYPES = select(tables.sections.c.record_id, tables.sections.c.type).distinct()
_DATES = select(tables.dates.c.record_id, tables.dates.c.kind, tables.dates.c.value)
_GONE = select(tables.standings.c.record_id, tables.standings.c.retired_at).where(
    tables.standings.c.retired_at.is_not(None)
)


def _grouped(connection: Connection, query: Select[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows by their first column."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for first, *rest in connection.execute(query):
        found.setdefault(first, []).append(tuple(rest))
    return found
