"""The store as the rest of betony uses it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import func, or_, select

from betony.errors import StoreError, UsageError
from betony.model import Capture
from betony.store import inputs, ledger, records, tables
from betony.store.database import DEFAULT, Database
from betony.store.records import Plan, Settled
from betony.store.rows import Kept, Listed, Quarantined, Run, RunState

_NO_TIME = '"at":null}}'


class Store:
    """Captures, records, runs and quarantine in one database. Every method is one transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.name = database.name

    @classmethod
    def open(cls, name: str = DEFAULT, *, create: bool = False, writable: bool = True, older: bool = False) -> Self:
        """The store at a path or URL; StoreError where it is none or cannot be used.

        One of an older layout is let in only with `older`, to be upgraded.
        """
        return cls(Database(name, create=create, writable=writable, older=older))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()

    # Runs

    def begin_run(self, command: str) -> int:
        """Opens a run; runs that a dead process left open are closed as interrupted."""
        with self._database.writing() as connection:
            return ledger.begin(connection, command, _now())

    def end_run(self, run: int, state: RunState) -> Run:
        """Closes a run and tells its counts."""
        with self._database.writing() as connection:
            ledger.end(connection, run, state, _now())
            return ledger.one_run(connection, run)

    def run(self, run: int) -> Run:
        """The run of that number."""
        with self._database.reading() as connection:
            return ledger.one_run(connection, run)

    def runs(self, limit: int = 10) -> list[Run]:
        """The latest runs, newest first."""
        with self._database.reading() as connection:
            return ledger.all_runs(connection, limit)

    # Captures

    def keep(self, captures: Sequence[Capture], run: int) -> list[Kept]:
        """Makes the captures safe, all in one transaction, and counts them as inputs of the run."""
        with self._database.writing() as connection:
            ledger.count(connection, run, inputs=len(captures))
            return inputs.keep(connection, captures, _now())

    def load(self, input_ids: Iterable[str]) -> list[Capture]:
        """The captures of these inputs, as they came and in this order."""
        ids = list(input_ids)
        with self._database.reading() as connection:
            loaded = inputs.load(connection, ids)
        missing = [input_id for input_id in ids if input_id not in loaded]
        if missing:
            raise StoreError("the store has lost captures", document=self.name, advice="run betony doctor")
        return [loaded[input_id] for input_id in ids]

    # Records

    def plan(
        self,
        key: str,
        product: str | None,
        places: Sequence[tuple[str, str]],
        processing: tuple[str, str, str | None] | None,
    ) -> Plan:
        """What is to be done for a record's incoming inputs, given as (input id, address) in order of ingest."""
        with self._database.reading() as connection:
            return records.plan(connection, key, product, inputs.parts(connection, places), processing)

    def commit(self, run: int, plan: Plan, record: dict[str, Any]) -> Settled:
        """Writes a record, its parts and the run's counts in one transaction. Stale where the plan is."""
        with self._database.writing() as connection:
            settled = records.commit(connection, plan, record, _now())
            counts = {name: settled.per_input.count(name) for name in ("new", "changed", "unchanged")}
            ledger.count(connection, run, **counts)
            ledger.release(connection, [part.input_id for part in (*plan.incoming, *plan.wanted)])
            return settled

    def settle_unchanged(self, run: int, input_ids: Sequence[str]) -> None:
        """Counts inputs that are parts of up-to-date records, and takes them out of quarantine."""
        with self._database.writing() as connection:
            ledger.count(connection, run, unchanged=len(input_ids))
            ledger.release(connection, input_ids)

    def set_aside(
        self, run: int, kept: Sequence[Kept], *, stage: str, reason: str, message: str, detail: str = ""
    ) -> None:
        """Puts inputs in quarantine, one row each, and counts them."""
        with self._database.writing() as connection:
            for one in kept:
                ledger.set_aside(
                    connection, run, one, stage=stage, reason=reason, message=message, detail=detail, now=_now()
                )
            ledger.count(connection, run, quarantined=len(kept))

    def set_aside_unread(
        self,
        run: int,
        capture: Capture,
        *,
        reason: str,
        message: str,
        digest: str | None = None,
        size: int | None = None,
    ) -> None:
        """Puts an input in quarantine that could not be read whole, with the bytes there are, or their digest."""
        now = _now()
        with self._database.writing() as connection:
            if digest is None:
                kept = inputs.keep(connection, [capture], now)[0]
            else:
                kept = inputs.keep_digest(connection, capture.uri, capture.url, digest, size or 0, now)
            ledger.set_aside(connection, run, kept, stage="source", reason=reason, message=message, detail="", now=now)
            ledger.count(connection, run, inputs=1, quarantined=1)

    def json(self, record_id: str) -> str:
        """The record of that very id, as one line of JSON."""
        with self._database.reading() as connection:
            columns = tables.records.c
            row = connection.execute(select(columns.json, columns.processed_at).where(columns.id == record_id)).first()
        if row is None:
            raise UsageError(f"no record has the id {record_id}")
        return _with_time(row)

    def every_json(self) -> Iterator[str]:
        """Every record as one line of JSON, in order of id."""
        columns = tables.records.c
        query = select(columns.json, columns.processed_at).order_by(columns.id)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=50)):
                yield _with_time(row)

    def find(self, name: str) -> str:
        """The id that a person means: an id, alias or reference in any case, or the beginning of just one id.

        UsageError, with names that come close, where there is none.
        """
        columns, lowered = tables.records.c, name.lower()
        with self._database.reading() as connection:
            exact = records.resolve(connection, (name,), (name,))
            if exact:
                return exact
            named = set(
                connection.execute(
                    select(columns.id).where(
                        or_(func.lower(columns.id) == lowered, func.lower(columns.identifier) == lowered)
                    )
                ).scalars()
            )
            begun = named or set(
                connection.execute(
                    select(columns.id).where(func.lower(columns.id).startswith(lowered, autoescape=True)).limit(6)
                ).scalars()
            )
            if len(begun) == 1 and lowered:
                return str(begun.pop())
            known = {row.id: row.id for row in connection.execute(select(columns.id))}
        close = sorted(begun) or difflib.get_close_matches(lowered, known, n=5, cutoff=0.5)
        what = f"{name!r} could be several records" if begun else f"no record is called {name!r}"
        advice = f"close: {', '.join(close[:5])}" if close else "betony list names them all"
        raise UsageError(what, advice=advice)

    def listed(
        self, *, publisher: str | None = None, document_type: str | None = None, status: str | None = None
    ) -> Iterator[Listed]:
        """The records in order of id, those alone that have what is asked for; `status` is a code or a currency."""
        columns = tables.records.c
        query = select(*(columns[name] for name in Listed.__dataclass_fields__)).order_by(columns.id)
        if publisher:
            query = query.where(columns.publisher == publisher)
        if document_type:
            query = query.where(columns.document_type == document_type)
        if status:
            query = query.where(or_(columns.status_code == status, columns.currency == status))
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield Listed(*row)

    # Quarantine and health

    def failures(self) -> list[Quarantined]:
        """Everything in quarantine, by name."""
        with self._database.reading() as connection:
            return ledger.failures(connection)

    def sizes(self) -> dict[str, int]:
        """How many rows each table holds."""
        with self._database.reading() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables.metadata.sorted_tables
                if table not in (tables.schema, tables.alembic_version)
            }

    def upgrade(self) -> tuple[int, int]:
        """Brings the store to today's layout, whole or not at all; the numbers of the layout before and now."""
        return self._database.upgrade()

    def layout(self) -> int:
        """The number of the store's layout."""
        return self._database.layout()

    def problems(self) -> list[str]:
        """What the database's own check finds; empty where all is well."""
        return self._database.problems()


def _with_time(row: Any) -> str:
    """The record's JSON with the time of its making, which the stored text leaves out so that it can be compared."""
    text: str = row.json
    return f'{text.removesuffix(_NO_TIME)}"at":"{row.processed_at}"}}}}'


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
