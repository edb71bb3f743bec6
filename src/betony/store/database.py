"""Opening a database by path or URL; everything that holds for SQLite alone stands here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event, exc, insert, inspect, make_url, select, update
from sqlalchemy.pool import QueuePool

from betony.errors import StoreError
from betony.store import details, migrations, tables

DEFAULT = "betony.db"
_WAIT_MS = 30_000


class Database:
    """One open database. `create` makes it where it is not there yet; `writable` is false for commands that read.

    A store of an older layout is refused but where `older` lets it in, to be upgraded or copied.
    """

    def __init__(self, name: str, *, create: bool = False, writable: bool = True, older: bool = False) -> None:
        self.name = name
        self._path = _sqlite_path(name)
        self._writable = writable
        self._mode = ("rwc" if create else "rw") if writable else "ro"
        self._engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, pool_size=1)
        event.listen(self._engine, "begin", _begin)
        if not create and not self._path.is_file():
            what = "is a folder, not a store" if self._path.is_dir() else "no store is there"
            raise StoreError(what, document=name, advice="name one with --store, or make it with betony ingest")
        with self.explained():
            self._prepare(older=older)

    def _connect(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self._path))}?mode={self._mode}"
        if not self._writable and not self._path.with_name(self._path.name + "-wal").exists():
            try:
                return _configured(sqlite3.connect(address, uri=True, check_same_thread=False), writable=False)
            except sqlite3.OperationalError:
                address += "&immutable=1"  # a folder that cannot be written has no room for SQLite's side files
        return _configured(sqlite3.connect(address, uri=True, check_same_thread=False), writable=self._writable)

    def _prepare(self, *, older: bool) -> None:
        with self.reading() as connection:
            there = set(inspect(connection).get_table_names())
            version = connection.execute(select(tables.schema.c.version)).scalar() if "schema" in there else None
        if version is None and not there and self._writable:
            with self.writing() as connection:
                _make(connection)
        elif version is None:
            what = "holds tables of another program" if there else "is empty"
            raise StoreError(what, document=self.name, advice="name a store of betony, or a new file, with --store")
        elif version > tables.VERSION:
            raise StoreError(
                f"was made by a newer betony (layout {version}; this one reads {tables.VERSION})",
                document=self.name,
                advice="install the newer betony",
            )
        elif version < tables.VERSION and not older:
            raise StoreError(
                f"was made by an older betony (layout {version}; this one works with {tables.VERSION})",
                document=self.name,
                advice="run betony store upgrade; nothing in it is lost",
            )

    def layout(self) -> int:
        """The number of the store's layout."""
        with self.reading() as connection:
            return int(connection.execute(select(tables.schema.c.version)).scalar_one())

    def upgrade(self) -> tuple[int, int]:
        """Brings a store of an older layout to today's, whole or not at all; both layouts' numbers."""
        with self.writing() as connection:
            before = int(connection.execute(select(tables.schema.c.version)).scalar_one())
            if before < tables.VERSION:
                migrations.upgrade(connection, before)
                details.refill(connection)
                connection.execute(update(tables.schema).values(version=tables.VERSION))
        return before, max(before, tables.VERSION)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one moment."""
        with self.explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. Writers wait for each other at its start, never in its midst."""
        with self.explained(), self._engine.connect() as connection:
            connection.execution_options(betony_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns the database's errors into ones that say what to do."""
        try:
            yield
        except exc.DBAPIError as error:
            raise _explained(str(error.orig), self.name) from error
        except sqlite3.Error as error:
            raise _explained(str(error), self.name) from error

    def problems(self) -> list[str]:
        """What SQLite's own check of the file finds; empty where all is well."""
        with self.reading() as connection:
            found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            found += [
                f"dangling reference in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
            ]
        return [line for line in found if line != "ok"]

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()


def _make(connection: Connection) -> None:
    """The tables of a new store, unless another process was quicker."""
    tables.metadata.create_all(connection)
    if connection.execute(select(tables.schema.c.version)).scalar() is None:
        connection.execute(insert(tables.schema).values(version=tables.VERSION, created_by="betony"))
        connection.execute(insert(tables.alembic_version).values(version_num=tables.REVISION))


def _configured(connection: sqlite3.Connection, *, writable: bool) -> sqlite3.Connection:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    if writable:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # WAL with NORMAL can lose the last commits on power loss
    else:
        connection.execute("SELECT count(*) FROM sqlite_master")  # opens the file for real
    return connection


def _begin(connection: Connection) -> None:
    writes: Any = connection.get_execution_options().get("betony_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _sqlite_path(name: str) -> Path:
    if "://" not in name:
        return Path(name)
    try:
        url = make_url(name)
    except exc.ArgumentError:
        url = None
    if url is None or url.get_backend_name() != "sqlite" or not url.database:
        raise StoreError(
            "is not an address of a store that this betony can use",
            document=name.partition("://")[0] + "://…",
            advice="name a file, or sqlite:///path",
        )
    return Path(url.database)


_ADVICE = (
    ("not a database", "is not a database", "name another file with --store; this one was left as it is"),
    ("malformed", "the store is damaged", "run betony doctor; keep the file and restore a copy"),
    ("readonly", "the store cannot be written", "make the file and its folder writable, or name another with --store"),
    ("unable to open", "the store cannot be opened", "check that its folder exists and may be written"),
    ("is full", "the disk is full", "make room and run the same command again; everything reported as done is kept"),
    ("i/o error", "the disk failed or is full", "check the disk and run the same command again"),
    ("locked", "another program holds the store", "wait for it to end and run the same command again"),
)


def _explained(message: str, name: str) -> StoreError:
    for sign, what, advice in _ADVICE:
        if sign in message.lower():
            return StoreError(what, document=name, advice=advice)
    return StoreError(f"the store failed: {message}", document=name, advice="run betony doctor")
