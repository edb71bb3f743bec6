"""A store in a PostgreSQL database: how it is opened, and what its errors mean."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, exc, make_url

from betony.errors import StoreError, UsageError

_WAIT_MS = 30_000
_WRITERS = 0x626574  # the class of betony's advisory locks; the schema is the object, so each store has its own


class Postgresql:
    """One schema of one database: the first of the search path, `public` where the address says nothing else.

    The database must be there; `create` is for the tables in it. As many as `readers` connections stay open; a
    statement is broken off after `seconds`, where they are given.
    """

    def __init__(self, name: str, shown: str, *, readers: int, seconds: float | None) -> None:
        self._shown = shown
        url = _url(name)
        if find_spec("psycopg") is None:
            what, advice = "needs betony's part for PostgreSQL", "pip install 'betony[postgres]'"
            raise StoreError(what, document=shown, advice=advice)
        self.engine = create_engine(url, connect_args=_connect_args(url, seconds), pool_size=readers)
        self.errors: tuple[type[Exception], ...] = (self.engine.dialect.loaded_dbapi.Error,)
        event.listen(self.engine, "begin", _begin)

    def problems(self, connection: Connection) -> list[str]:
        """None that betony could find: PostgreSQL holds its references itself, and pg_amcheck looks at its files."""
        connection.exec_driver_sql("SELECT 1")
        return []

    def size(self) -> int:
        """Bytes of the whole database."""
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())

    def vacuum(self) -> None:
        """Lets the tables have back the room of what was deleted, and counts them for the planner."""
        connection = self.engine.raw_connection()
        driver: Any = connection.driver_connection
        try:
            driver.autocommit = True
            driver.execute("VACUUM (ANALYZE)")
        finally:
            driver.autocommit = False
            connection.close()

    def backup(self, out: Path) -> None:
        """UsageError: PostgreSQL's own program does it better."""
        raise UsageError(
            "is in PostgreSQL, whose own program makes copies of it",
            document=self._shown,
            advice=f"pg_dump --format=custom --file={out} ADDRESS; pg_restore reads it back",
        )

    def overdue(self, error: BaseException) -> bool:
        """Whether the error is that of a question that was broken off."""
        return getattr(error, "sqlstate", None) == "57014"

    def explanation(self, error: BaseException) -> tuple[str, str] | None:
        """What happened and what to do, for an error that PostgreSQL raised; None for one that tells a person nothing.

        By its SQLSTATE (PostgreSQL 15, appendix A); a connection that cannot be made or breaks has none, but words.
        """
        state: str = getattr(error, "sqlstate", None) or ""
        message = str(error).lower()
        by_state = (said for sign, said in _STATES if state.startswith(sign))
        by_words = (said for sign, said in _WORDS if sign in message)
        return next(by_state, None) or next(by_words, None)


def _url(name: str) -> URL:
    try:
        url = make_url(name)
    except (exc.ArgumentError, ValueError) as error:
        shown = name.partition("://")[0] + "://…"
        advice = "write postgresql://user@host/database"
        raise StoreError("is not an address of a database", document=shown, advice=advice) from error
    return url.set(drivername="postgresql+psycopg")


def _connect_args(url: URL, seconds: float | None) -> dict[str, Any]:
    """Waits that end; what the address itself says comes first."""
    options = f"-c lock_timeout={_WAIT_MS}"
    if seconds is not None:
        options += f" -c statement_timeout={seconds * 1000:.0f}"
    given = url.query.get("options")
    return {
        "connect_timeout": url.query.get("connect_timeout", "10"),
        "options": f"{options} {given}" if isinstance(given, str) else options,
        "application_name": "betony",
    }


def _begin(connection: Connection) -> None:
    """Writers wait for each other here, as in SQLite; readers see one moment throughout."""
    if connection.get_execution_options().get("betony_writes"):
        connection.exec_driver_sql(
            "SELECT pg_advisory_xact_lock(%s, coalesce(to_regnamespace(current_schema())::oid::int, 0))", (_WRITERS,)
        )
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


_KEPT = "run the same command again; everything reported as done is kept"
_LOST = ("the connection to the database server was lost", f"check the server and {_KEPT}")
_REFUSED = ("the database server refused the user", "check the user and the password, in the address or ~/.pgpass")
_ABSENT = ("the server has no such database", "make it first: createdb NAME")
_CROWDED = ("the database server takes no more connections", f"end some and {_KEPT}")
_UNREACHABLE = ("the database server cannot be reached", "check that it runs and that the address is right")

_STATES = (
    ("55P03", ("another program holds the store", "wait for it to end and run the same command again")),
    ("53100", ("the disk is full", f"make room and {_KEPT}")),
    ("53300", _CROWDED),
    ("57P", _LOST),
    ("08", _LOST),
    ("28", _REFUSED),
    ("3D000", _ABSENT),
    ("3F000", ("the search path names no schema that is there", "make it first: CREATE SCHEMA")),
    ("42501", ("this user may not do that in the store", "grant the user its tables, or name another user")),
    ("25006", ("the store cannot be written", "name a database that is no read-only copy")),
    ("XX00", ("the store is damaged", "keep the database and restore a copy")),
)
_WORDS = (
    ("authentication failed", _REFUSED),
    ("no password supplied", _REFUSED),
    ("no pg_hba.conf entry", _REFUSED),
    ('role "', _REFUSED),
    ('database "', _ABSENT),
    ("too many clients", _CROWDED),
    ("terminating connection", _LOST),
    ("server closed the connection", _LOST),
    ("connection is closed", _LOST),
    ("connection is lost", _LOST),
    ("connection failed", _UNREACHABLE),
    ("connection timeout", _UNREACHABLE),
    ("failed to resolve", _UNREACHABLE),
)
