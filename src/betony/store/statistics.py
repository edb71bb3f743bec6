"""How much of what a store holds, counted in the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from betony.store import ledger, tables
from betony.store.rows import Run
from betony.store.views import CURRENT


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one name."""

    name: str | None
    """None counts those that have none: of no known publisher, of no known type."""
    number: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a store holds. Every list has the most frequent first."""

    records: int
    current: int
    """Records that nothing says are not to be used: neither withdrawn, replaced, gone from their site nor drafts."""
    versions: int
    changes: int
    recommendations: int
    responsibilities: int
    quarantined: int
    publishers: tuple[Count, ...]
    types: tuple[Count, ...]
    statuses: tuple[Count, ...]
    currencies: tuple[Count, ...]
    sections: tuple[Count, ...]
    """Sections of bodies by their type."""
    reasons: tuple[Count, ...]
    """What is in quarantine, by the reason."""
    runs: tuple[Run, ...]
    """The latest, newest first."""


def count(connection: Connection, runs: int) -> Statistics:
    """Counts everything, as of one moment."""
    records, sections = tables.records.c, tables.sections.c
    return Statistics(
        records=_number(connection, records.id),
        current=_number(connection, records.id, CURRENT),
        versions=_number(connection, tables.versions.c.number),
        changes=_number(connection, tables.changes.c.id),
        recommendations=_number(connection, tables.recommendations.c.position),
        responsibilities=_number(connection, tables.responsibilities.c.position),
        quarantined=_number(connection, tables.quarantine.c.id),
        publishers=_by(connection, records.publisher),
        types=_by(connection, records.document_type),
        statuses=_by(connection, records.status_code),
        currencies=_by(connection, records.currency),
        sections=_by(connection, sections.type, sections.layer == "body"),
        reasons=_by(connection, tables.quarantine.c.reason),
        runs=tuple(ledger.all_runs(connection, runs)),
    )


def _number(connection: Connection, column: ColumnElement[object], *conditions: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count(column)).where(*conditions)).scalar_one())


def _by(connection: Connection, column: ColumnElement[str], *conditions: ColumnElement[bool]) -> tuple[Count, ...]:
    query = select(column, func.count()).where(*conditions).group_by(column)
    counts = (Count(*row) for row in connection.execute(query))
    return tuple(sorted(counts, key=lambda one: (-one.number, one.name or "")))
