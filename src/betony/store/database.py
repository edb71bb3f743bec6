"""Opening a database by path or URL, and its transactions, whichever database it is."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, exc, insert, inspect, select, update

from betony.errors import StoreError, StoreTimeoutError
from betony.store import details, migrations, search, tables, views
from betony.store.postgresql import Postgresql
from betony.store.sqlite import Sqlite

DEFAULT = "betony.db"
_BEING_MADE = 1.0
"""Seconds in which an empty database may turn out to be a store that another process is making."""


class Backend(Protocol):
    """What differs between the databases that a store can live in."""

    engine: Engine
    errors: tuple[type[Exception], ...]
    """What the driver raises past SQLAlchemy."""

    def problems(self, connection: Connection) -> list[str]:
        """What the database's own check finds; empty where all is well."""

    def size(self) -> int:
        """Bytes on disk."""

    def vacuum(self) -> None:
        """Gives the disk back the room of what was deleted."""

    def backup(self, out: Path) -> None:
        """Copies the store as of one moment into a file."""

    def overdue(self, error: BaseException) -> bool:
        """Whether the error is that of a question that was broken off because its time was over."""

    def explanation(self, error: BaseException) -> tuple[str, str] | None:
        """What happened and what to do, for an error of the driver; None for one that tells a person nothing."""


class Database:
    """One open database. `create` makes it where it is not there yet; `writable` is false for commands that read.

    A store of an older layout is refused but where `older` lets it in, to be upgraded or copied. `readers` is how many
    connections stay open for threads that read at once, `seconds` how long one question may take.
    """

    def __init__(
        self,
        name: str,
        *,
        create: bool = False,
        writable: bool = True,
        older: bool = False,
        readers: int = 1,
        seconds: float | None = None,
    ) -> None:
        self.name = shown(name)
        self.backend = _backend(name, create=create, writable=writable, readers=readers, seconds=seconds)
        self.is_file = isinstance(self.backend, Sqlite)
        with self.explained():
            self._prepare(create=create, older=older)

    def _found(self) -> tuple[bool, int | None]:
        """Whether the database holds tables, and the number of its layout where it is a store."""
        with self.reading() as connection:
            there = set(inspect(connection).get_table_names())
            version = connection.execute(select(tables.schema.c.version)).scalar() if "schema" in there else None
        return bool(there), version

    def _prepare(self, *, create: bool, older: bool) -> None:
        there, version = self._found()
        until = time.monotonic() + _BEING_MADE
        while not (there or create) and time.monotonic() < until:  # another process may be making it just now
            time.sleep(_BEING_MADE / 20)
            there, version = self._found()
        if version is None and not there and create:
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
                views.drop(connection)
                search.drop(connection)
                migrations.upgrade(connection, before)
                search.make(connection)
                views.make(connection)
                details.refill(connection)
                connection.execute(update(tables.schema).values(version=tables.VERSION))
        return before, max(before, tables.VERSION)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A view of one moment."""
        with self.explained(), self.backend.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing. Writers wait for each other at its start, never in its midst.

        A signal to stop waits until it is over: a connection broken off in its midst stays open for as long as
        anything knows its cursor, and keeps all writers waiting.
        """
        with _stops_held(), self.explained(), self.backend.engine.connect() as connection:
            connection.execution_options(betony_writes=True)
            with connection.begin():
                yield connection
                search.take_in(connection)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turns the database's errors into ones that say what to do."""
        try:
            yield
        except exc.DBAPIError as error:
            raise self._explained(error.orig or error) from error
        except self.backend.errors as error:
            raise self._explained(error) from error

    def _explained(self, error: BaseException) -> StoreError:
        if self.backend.overdue(error):
            return StoreTimeoutError("took too long to answer", document=self.name, advice="ask for less at once")
        what, advice = self.backend.explanation(error) or (f"the store failed: {error}", "run betony doctor")
        return StoreError(what, document=self.name, advice=advice)

    def problems(self) -> list[str]:
        """What the database's own check finds; empty where all is well."""
        with self.reading() as connection:
            return self.backend.problems(connection)

    def vacuum(self) -> tuple[int, int]:
        """Gives the disk back the room of what was deleted; bytes before and after."""
        with self.explained():
            before = self.backend.size()
            self.backend.vacuum()
            return before, self.backend.size()

    def backup(self, out: Path) -> None:
        """Copies the store as of one moment into a file, while others may write."""
        with self.explained():
            self.backend.backup(out)

    def close(self) -> None:
        """Lets go of the database."""
        self.backend.engine.dispose()


@contextmanager
def _stops_held() -> Iterator[None]:
    """Lets signals that raise in the main thread wait for the end of the block, whichever thread they come to."""
    if threading.current_thread() is not threading.main_thread():
        yield  # handlers run in the main thread alone
        return
    held: list[int] = []
    try:
        with ExitStack() as usual:
            for number in (signal.SIGINT, signal.SIGTERM):
                handler = signal.getsignal(number)
                if callable(handler):
                    usual.callback(signal.signal, number, handler)
                    signal.signal(number, lambda caught, _: held.append(caught))
            yield
    finally:
        for first in held[:1]:
            signal.raise_signal(first)


def there(name: str) -> bool:
    """Whether a store of that name may be there already: a file that is, or any address of a server."""
    path = name.removeprefix("sqlite:///")
    return "://" in path or Path(path).is_file()


def shown(name: str) -> str:
    """The name of a store as it may be shown: an address without its password."""
    return re.sub(r"(?<=://)([^/@:]*):[^/@]*@", r"\1:…@", name)


def _backend(name: str, *, create: bool, writable: bool, readers: int, seconds: float | None) -> Backend:
    kind = name.partition("://")[0].partition("+")[0] if "://" in name else "sqlite"
    if kind == "sqlite":
        return Sqlite(name, create=create, writable=writable, readers=readers, seconds=seconds)
    if kind in {"postgresql", "postgres"}:
        return Postgresql(name, shown(name), readers=readers, seconds=seconds)
    advice = "name a file, sqlite:///path or postgresql://user@host/database"
    raise StoreError("is not an address of a store that betony can use", document=f"{kind}://…", advice=advice)


def _make(connection: Connection) -> None:
    """The tables of a new store, unless another process was quicker."""
    tables.metadata.create_all(connection)
    if connection.execute(select(tables.schema.c.version)).scalar() is None:
        connection.execute(insert(tables.schema).values(version=tables.VERSION, created_by="betony"))
        connection.execute(insert(tables.alembic_version).values(version_num=tables.REVISION))
        search.make(connection)
        views.make(connection)
