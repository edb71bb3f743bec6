"""A store in a SQLite file: how it is opened, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, event, exc, make_url
from sqlalchemy.pool import QueuePool

from betony.errors import StoreError, UsageError, remedy, said

_WAIT_MS = 30_000
_CACHE_KB = 16_000  # of pages of the indexes, which every record goes into all over; SQLite's own 2 MB are soon full
_PAGE = 8_192  # bytes of a page of a new file: records are long, and half as many pages take less to keep account of
_STEPS = 10_000  # of SQLite's machine between two looks at the clock: about a millisecond


class Sqlite:
    """One file. `create` makes it where it is not there yet; not `writable`, it is opened for reading alone.

    As many as `readers` connections stay open; a transaction is broken off after `seconds`, where they are given.
    """

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, name: str, *, create: bool, writable: bool, readers: int, seconds: float | None) -> None:
        self.path = _path(name)
        self._writable = writable
        self._mode = ("rwc" if create else "rw") if writable else "ro"
        if not create and not self.path.is_file():
            what = "is a folder, not a store" if self.path.is_dir() else "no store is there"
            raise StoreError(what, document=name, advice="name one with --store, or make it with betony ingest")
        self.engine = create_engine("sqlite://", creator=self._connect, poolclass=QueuePool, pool_size=readers)
        if seconds is not None:
            event.listen(self.engine, "begin", partial(_limit, seconds))
            event.listen(self.engine, "checkin", _unlimit)
        event.listen(self.engine, "begin", _begin)

    def _connect(self) -> sqlite3.Connection:
        address = f"file:{quote(str(self.path))}?mode={self._mode}"
        if not self._writable and not self.path.with_name(self.path.name + "-wal").exists():
            try:
                return _configured(sqlite3.connect(address, uri=True, check_same_thread=False), writable=False)
            except sqlite3.OperationalError:
                address += "&immutable=1"  # a folder that cannot be written has no room for SQLite's side files
        return _configured(sqlite3.connect(address, uri=True, check_same_thread=False), writable=self._writable)

    def problems(self, connection: Connection) -> list[str]:
        """What SQLite's own check of the file finds; empty where all is well."""
        found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        found += [f"dangling reference in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        return [line for line in found if line != "ok"]

    def size(self) -> int:
        """Bytes of the file and of what is still to be written into it."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def vacuum(self) -> None:
        """Rewrites the file without what was deleted, and lets the disk have the room back."""
        connection = self.engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute("INSERT INTO search(search) VALUES ('optimize')")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def backup(self, out: Path) -> None:
        """A copy as of one moment, while others may write; whole, or the old file at `out` stays."""
        if out.exists() and out.samefile(self.path):
            raise UsageError("is the store itself", document=str(out), advice="name another file")
        draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
        source = self.engine.raw_connection()
        driver: Any = source.driver_connection
        try:
            with closing(sqlite3.connect(draft)) as target:
                driver.backup(target)
            with draft.open("rb") as file:
                os.fsync(file.fileno())
            draft.replace(out)
        except OSError as error:
            raise StoreError(f"cannot be written: {said(error)}", document=str(out), advice=remedy(error)) from error
        except sqlite3.OperationalError as error:
            if "disk is full" not in str(error):
                raise
            raise StoreError(
                "the disk is full", document=str(out), advice="make room, or name another place"
            ) from error
        finally:
            source.close()
            draft.unlink(missing_ok=True)

    def overdue(self, error: BaseException) -> bool:
        """Whether the error is that of a question that was broken off."""
        return str(error) == "interrupted"

    def explanation(self, error: BaseException) -> tuple[str, str] | None:
        """What happened and what to do, for an error that SQLite raised; None for one that tells a person nothing."""
        message = str(error).lower()
        return next(((what, advice) for sign, what, advice in _SIGNS if sign in message), None)


def _configured(connection: sqlite3.Connection, *, writable: bool) -> sqlite3.Connection:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
    connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    if writable:
        connection.execute(f"PRAGMA page_size={_PAGE}")  # of a file that has no page yet
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")
        connection.execute("PRAGMA synchronous=FULL")  # WAL with NORMAL can lose the last commits on power loss
    else:
        connection.execute("SELECT count(*) FROM sqlite_master")  # opens the file for real
    return connection


def _limit(seconds: float, connection: Connection) -> None:
    """Has SQLite break off what the transaction asks once its time is over."""
    deadline = time.monotonic() + seconds
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)


def _unlimit(driver: Any, _: object) -> None:
    """The next look by this connection has a time of its own, or none."""
    if driver is not None:  # it is not where the connection broke
        driver.set_progress_handler(None, 0)


def _begin(connection: Connection) -> None:
    writes: Any = connection.get_execution_options().get("betony_writes")
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")


def _path(name: str) -> Path:
    if "://" not in name:
        return Path(name)
    try:
        database = make_url(name).database
    except (exc.ArgumentError, ValueError):
        database = None
    if not database:
        raise StoreError("names no file", document=name, advice="name a file, or sqlite:///path")
    return Path(database)


_SIGNS = (
    ("not a database", "is not a database", "name another file with --store; this one was left as it is"),
    ("malformed", "the store is damaged", "run betony doctor; keep the file and restore a copy"),
    ("readonly", "the store cannot be written", "make the file and its folder writable, or name another with --store"),
    ("unable to open", "the store cannot be opened", "check that its folder exists and may be written"),
    ("is full", "the disk is full", "make room and run the same command again; everything reported as done is kept"),
    ("i/o error", "the disk failed or is full", "check the disk and run the same command again"),
    ("locked", "another program holds the store", "wait for it to end and run the same command again"),
)
