"""Statements that run for every record: put into a database's SQL once, and run with plain values.

To put a statement together, or to let SQLAlchemy look it up and check its values, takes longer than to run it. What
runs seldom goes the usual way.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Connection, Dialect, Table, insert
from sqlalchemy.sql.compiler import SQLCompiler

from betony.store import tables

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement in the SQL of one database."""

    sql: str
    names: list[str]
    """Of the values, in the order of their places."""
    fixed: dict[str, Any]
    """Values that the statement itself brings."""
    processors: Sequence[tuple[int, Callable[[Any], Any]]]
    """How the driver wants a value, by its place."""
    by_place: bool

    def bound(self, row: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """The values as the driver takes them; what is not given is null."""
        values = list(map((self.fixed | dict(row) if self.fixed else row).get, self.names))
        for place, process in self.processors:
            if values[place] is not None:
                values[place] = process(values[place])
        return tuple(values) if self.by_place else dict(zip(self.names, values, strict=True))

    def all_bound(self, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
        """The values of many rows, in the order of their places: a column at a time, which is several times quicker."""
        columns = [[row.get(name) for row in rows] for name in self.names]
        for place, process in self.processors:
            if process is not tables.storable or not tables.all_storable(columns[place]):
                columns[place] = [value if value is None else process(value) for value in columns[place]]
        return list(zip(*columns, strict=True))


class Prepared:
    """One statement. Its rows come as the database sends them: text and whole numbers need no more.

    It goes to the driver past SQLAlchemy, and errors are the driver's own.
    """

    def __init__(self, statement: ClauseElement, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}
        self._row: Any = None

    def row(self, connection: Connection, values: Mapping[str, Any] = _NOTHING) -> Any:
        """The first row that it gives, as a named tuple; None where there is none."""
        return next(iter(self.rows(connection, values)), None)

    def rows(self, connection: Connection, values: Mapping[str, Any] = _NOTHING) -> list[Any]:
        """The rows that it gives with these values, by name, as named tuples; begins a transaction, as all questions do."""
        if not connection.in_transaction():
            connection.begin()
        return self._asked(connection, values)

    def look(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The first row that it gives, None where there is none; a single look, for which no transaction is begun."""
        return next(iter(self._asked(connection, values)), None)

    def _asked(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        known = self._known(connection.dialect)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(known.sql, known.bound(values))
            if self._row is None:
                self._row = namedtuple("Row", [column[0] for column in cursor.description])  # type: ignore[misc] # known when it runs
            return list(map(self._row._make, cursor.fetchall()))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> None:
        """Runs it with these values, by name, within a transaction that has begun; it gives no rows."""
        known = self._known(connection.dialect)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(known.sql, known.bound(values))

    def run_for_each(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Runs it, an INSERT, for each of the rows, within a transaction that has begun."""
        known = self._known(connection.dialect)
        by_column = known.by_place and not known.fixed
        bound: list[Any] = known.all_bound(rows) if by_column else [known.bound(row) for row in rows]
        with closing(connection.connection.cursor()) as cursor:
            cursor.executemany(known.sql, bound)

    def _known(self, dialect: Dialect) -> _Compiled:
        known = self._compiled.get(dialect.name)
        if known is None:
            known = self._compiled[dialect.name] = self._compile(dialect)
        return known

    def _compile(self, dialect: Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type checker
        places = compiled.positiontup
        names = list(compiled.bind_names.values() if places is None else places)
        binds = [compiled.binds[name] for name in names]
        fixed = {name: bind.value for name, bind in zip(names, binds, strict=True) if not bind.required}
        processors = [bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds]
        wanted = [(place, process) for place, process in enumerate(processors) if process]
        return _Compiled(compiled.string, names, fixed, wanted, places is not None)


def add(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts rows; a column that one of them lacks is null."""
    if rows:
        _INSERTS[table].run_for_each(connection, rows)


_INSERTS = {
    table: Prepared(
        insert(table).inline(), [column.name for column in table.c if column is not table.autoincrement_column]
    )
    for table in tables.metadata.tables.values()
}
