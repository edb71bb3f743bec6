"""What a run has gathered, by record: kept in a scratch file, so that memory does not grow with the corpus."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from betony.errors import BetonyError

_PAGE = 500


class Arrival(NamedTuple):
    """One capture of a record."""

    retrieved_at: str | None
    """As written, where that is known."""
    input_id: str
    address: str
    """Canonical address of the page; empty where it has none."""

    @property
    def place(self) -> tuple[str, str]:
        """Input and address, as a record's parts are known by."""
        return self.input_id, self.address


class Arrivals:
    """The captures of each record in order of ingest, and which records are done.

    The file has no name and ends with the process, whatever ends that. Not for two threads at a time.
    """

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in _LAYOUT:
            self._scratch.execute(statement)

    def close(self) -> None:
        """Lets go of the file."""
        self._scratch.close()

    def add(self, key: str, product: str | None, arrival: Arrival) -> None:
        """One more capture of the record that has this key."""
        written, input_id, address = arrival
        with _explained():
            self._scratch.execute(_ADD_GROUP, (_bytes(key), _bytes(product)))
            self._scratch.execute(_ADD_ARRIVAL, (_bytes(key), _bytes(written), input_id, _bytes(address)))

    def __len__(self) -> int:
        """How many captures there are."""
        with _explained():
            return int(self._scratch.execute("SELECT count(*) FROM arrivals").fetchone()[0])

    def keys(self) -> Iterator[str]:
        """The key of every record, in order of first arrival."""
        return self._every("key")

    def waiting(self, key: str) -> tuple[str | None, list[Arrival]] | None:
        """The product and the captures of a record; None where it is done."""
        name = (_bytes(key),)
        with _explained():
            product, done = self._scratch.execute("SELECT product, done FROM groups WHERE key = ?", name).fetchone()
            found = [] if done else self._scratch.execute(_ARRIVALS, name).fetchall()
        if done:
            return None
        arrived = [Arrival(_text(written), input_id, _text(address) or "") for written, input_id, address in found]
        return _text(product), arrived

    def done(self, key: str, record_id: str | None) -> None:
        """Notes that all is settled, and in which record, where it came to one."""
        with _explained():
            self._scratch.execute(_DONE, (_bytes(record_id), _bytes(key)))

    def record_ids(self) -> Iterator[str]:
        """The records that came out, in order of first arrival; one that two keys led to comes twice."""
        return self._every("record_id")

    def _every(self, column: str) -> Iterator[str]:
        """Page by page, for the table may be written meanwhile."""
        query = f"SELECT number, {column} FROM groups WHERE number > ? ORDER BY number LIMIT {_PAGE}"  # noqa: S608 - our own words
        last = 0
        while True:
            with _explained():
                found = self._scratch.execute(query, (last,)).fetchall()
            if not found:
                return
            for last, value in found:  # noqa: B007 - the last of a page is where the next begins
                if value is not None:
                    yield value.decode(*_CODING)


_LAYOUT = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE groups (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, product BLOB, record_id BLOB, "
    "done INTEGER NOT NULL DEFAULT 0)",
    "CREATE TABLE arrivals (number INTEGER PRIMARY KEY, key BLOB NOT NULL, retrieved_at BLOB, input_id TEXT NOT NULL, "
    "address BLOB NOT NULL)",
    "CREATE INDEX of_key ON arrivals (key)",
)
_ADD_GROUP = "INSERT INTO groups (key, product) VALUES (?, ?) ON CONFLICT DO NOTHING"
_ADD_ARRIVAL = "INSERT INTO arrivals (key, retrieved_at, input_id, address) VALUES (?, ?, ?, ?)"
_ARRIVALS = "SELECT retrieved_at, input_id, address FROM arrivals WHERE key = ? ORDER BY number"
_DONE = "UPDATE groups SET done = 1, record_id = ? WHERE key = ?"
_CODING = ("utf-8", "surrogatepass")  # addresses may hold what no text of SQLite can


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else text.encode(*_CODING)


def _text(kept: bytes | None) -> str | None:
    return None if kept is None else kept.decode(*_CODING)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        advice = "make room where temporary files are kept; what is done is kept, and the same call again does the rest"
        raise BetonyError(f"the run's list of what it gathered cannot be kept: {error}", advice=advice) from error
