"""Views for whoever asks in SQL: what stands today. Made anew at every upgrade, so no revision names them.

Current is what no publisher has withdrawn, replaced, taken off its site or only drafted: records of status `active`,
and those of `unknown`, about half of all, whose pages say nothing about their standing.
"""

from __future__ import annotations

from sqlalchemy import Connection, Select, Table, and_, select

from betony.store import tables

_GONE = select(tables.standings.c.record_id).where(tables.standings.c.retired_at.is_not(None))
CURRENT = and_(tables.records.c.status_code.in_(("active", "unknown")), tables.records.c.id.not_in(_GONE))
"""What holds of a record that nothing says is not to be used."""


def make(connection: Connection) -> None:
    """Makes the views; they are not there."""
    for name, query in _VIEWS.items():
        words = query.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {words}")


def drop(connection: Connection) -> None:
    """Takes away the views that are there, so that the tables below them can change."""
    for name in reversed(_VIEWS):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")


def _of_current(table: Table, *without: str) -> Select[tuple[object, ...]]:
    """The rows of current records, with what tells of the record."""
    record = tables.records.c
    about = (record.title, record.publisher, record.document_type, record.status_code, record.currency, record.url)
    columns = [column for column in table.c if column.name not in without]
    return (
        select(*columns, *(column.label(f"record_{column.name}") for column in about))
        .join(tables.records, table.c.record_id == record.id)
        .where(CURRENT)
    )


_VIEWS = {
    "current_records": select(*(column for column in tables.records.c if column.name != "json")).where(CURRENT),
    "current_sections": _of_current(tables.sections, "key", "title").where(tables.sections.c.layer == "body"),
    "current_recommendations": _of_current(tables.recommendations),
    "current_responsibilities": _of_current(tables.responsibilities),
    "current_codes": _of_current(tables.codes),
    "current_dates": _of_current(tables.dates),
}
