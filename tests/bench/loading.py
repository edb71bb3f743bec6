"""What it costs to load records, beside a bare loop that commits the same rows a record at a time.

Both write to databases of the same layout and settings (indexes and search included), in turns. The loop has its rows
made, its captures compressed and its SQL written beforehand and asks nothing: it is the floor of any way to write
them. Both commit each record by itself. Time is that of processors, of the database's server too.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import select

from betony.model import Capture
from betony.store import Store, tables
from tests import postgresql
from tests.bench import madeup

TURN = 250
BATCH = 64
OWN = tuple(table for table in tables.metadata.sorted_tables if "record_id" in table.c and table.name != "forgotten")
"""The tables that have rows of a record."""


def report(number: int = 10_000) -> None:
    """Prints the ratio in SQLite, and in PostgreSQL where it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        ratio("SQLite", number, f"{folder}/ours.db", f"{folder}/bare.db", _sqlite, lambda: 0.0)
    try:
        with postgresql.running(durable=True) as server:
            ours, bare = server.new_database(), server.new_database()
            ratio("PostgreSQL", number, ours, bare, _postgresql, server.processor_seconds)
    except postgresql.Unavailable as reason:
        print(f"loading, PostgreSQL: {reason}")


def ratio(
    name: str, number: int, ours: str, bare: str, connect: Callable[[str], Any], server: Callable[[], float]
) -> None:
    """Loads as many records by both ways, in turns, and prints the seconds of each."""
    spent = {"ours": 0.0, "bare": 0.0}

    @contextmanager
    def timed(which: str) -> Iterator[None]:
        start = time.process_time() + server()
        yield
        spent[which] += time.process_time() + server() - start

    with Store.open(bare, create=True) as other:
        other.begin_run("bench")
    with Store.open(ours, create=True) as store, closing(connect(bare)) as loop:
        run = store.begin_run("bench")
        made = madeup.records(number)
        while turn := [record for _, record in zip(range(TURN), made, strict=False)]:
            with timed("ours"):
                _load(store, run, turn)
            rows = _rows(store, [record["id"] for record in turn])
            with timed("bare"):
                _bare(loop, rows)
        assert store.sizes()["records"] == number
    with Store.open(bare, writable=False) as other:
        assert other.sizes()["sections"] == 8 * number
    print(
        f"loading {number:,} records, {name}: {spent['ours']:.1f} s, bare loop {spent['bare']:.1f} s, "
        f"ratio {spent['ours'] / spent['bare']:.2f} (processor time; goal: under 2)"
    )


def _load(store: Store, run: int, records: list[dict[str, Any]]) -> None:
    """As betony.work does: captures in batches, then each record by itself."""
    for start in range(0, len(records), BATCH):
        batch = records[start : start + BATCH]
        kept = store.keep([Capture(record["text"].encode(), record["url"], record["url"]) for record in batch], run)
        for record, one in zip(batch, kept, strict=True):
            plan = store.plan(record["id"], record["url"], [(one.input_id, record["url"])], None)
            assert store.commit(run, plan, record).outcome == "new"


def _rows(store: Store, ids: list[str]) -> dict[str, list[tuple[str, list[tuple[Any, ...]]]]]:
    """The rows of each record as (insert statement's table, rows)."""
    found: dict[str, list[tuple[str, list[tuple[Any, ...]]]]] = {record_id: [] for record_id in ids}
    with store._database.reading() as connection:
        held = tables.record_inputs.c
        inputs = {
            row.record_id: row.input_id
            for row in connection.execute(select(held.record_id, held.input_id).where(held.record_id.in_(ids)))
        }
        for record_id, input_id in inputs.items():
            entry = connection.execute(select(tables.inputs).where(tables.inputs.c.id == input_id)).one()
            body = connection.execute(select(tables.captures).where(tables.captures.c.digest == entry.digest)).one()
            whole = connection.execute(select(tables.records).where(tables.records.c.id == record_id)).one()
            rows = [("captures", [tuple(body)]), ("inputs", [tuple(entry)]), ("records", [tuple(whole)])]
            for table in OWN:
                own = connection.execute(select(table).where(table.c.record_id == record_id)).all()
                rows += [(table.name, [tuple(row) for row in own])] if own else []
            found[record_id] = rows
    return found


def _bare(connection: Any, found: dict[str, list[tuple[str, list[tuple[Any, ...]]]]]) -> None:
    statements = _SQLITE if isinstance(connection, sqlite3.Connection) else _POSTGRESQL
    cursor = connection.cursor()
    for rows in found.values():
        cursor.execute("BEGIN")
        for table, own in rows:
            cursor.executemany(statements[table], own)
        cursor.execute("COMMIT")


def _inserts(mark: str) -> dict[str, str]:
    made = {}
    for table in tables.metadata.sorted_tables:
        names = ", ".join(f'"{column.name}"' for column in table.c)
        made[table.name] = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(table.c))})"  # noqa: S608
    return made


_SQLITE, _POSTGRESQL = _inserts("?"), _inserts("%s")


def _sqlite(name: str) -> sqlite3.Connection:
    connection = sqlite3.connect(name, isolation_level=None)
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def _postgresql(name: str) -> Any:
    import psycopg  # noqa: PLC0415 - where it is missing, there is no server

    return psycopg.connect(name, autocommit=True)


if __name__ == "__main__":
    report()
