"""Statements that run for every record: put into a database's SQL once, and run with plain values.

To put a statement together, or to let SQLAlchemy look it up and check its values, takes longer than to run it. What
runs seldom goes the usual way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Executable, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from betony.store import tables

_Bound = list[tuple[str, Any, Callable[[Any], Any] | None]]
"""Of each place in the SQL: the value's name, what it is where none is given, and how the driver wants it."""


class Prepared:
    """One statement. Its rows come as the database sends them: text and whole numbers need no more."""

    def __init__(self, statement: Executable, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, tuple[str, bool, _Bound]] = {}

    def run(self, connection: Connection, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        """Runs it with these values, by name."""
        sql, by_place, bound = self._known(connection.dialect)
        given = values or {}
        return connection.exec_driver_sql(sql, _by_place(bound, given) if by_place else _by_name(bound, given))

    def run_for_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs it for each of the rows, within a transaction that has begun.

        They go to the driver past SQLAlchemy, and errors are the driver's own.
        """
        sql, by_place, bound = self._known(connection.dialect)
        made = [_by_place(bound, row) if by_place else _by_name(bound, row) for row in rows]
        with closing(connection.connection.cursor()) as cursor:
            cursor.executemany(sql, made)

    def _known(self, dialect: Dialect) -> tuple[str, bool, _Bound]:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = self._compile(dialect)
        return known

    def _compile(self, dialect: Dialect) -> tuple[str, bool, _Bound]:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type checker
        by_place = compiled.positiontup is not None
        names = compiled.positiontup if compiled.positiontup is not None else list(compiled.bind_names.values())
        binds = [compiled.binds[name] for name in names]
        bound = [
            (name, None if bind.required else bind.value, bind.type.dialect_impl(dialect).bind_processor(dialect))
            for name, bind in zip(names, binds, strict=True)
        ]
        return compiled.string, by_place, bound


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows; a column that one of them lacks is null."""
    if rows:
        _INSERTS[table].run_for_each(connection, rows)


def _by_place(bound: _Bound, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(
        [
            process(value) if (value := row.get(name, given)) is not None and process else value
            for name, given, process in bound
        ]
    )


def _by_name(bound: _Bound, row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(zip([name for name, _, _ in bound], _by_place(bound, row), strict=True))


_INSERTS = {
    table: Prepared(
        insert(table).inline(), [column.name for column in table.c if column is not table.autoincrement_column]
    )
    for table in tables.metadata.tables.values()
}
