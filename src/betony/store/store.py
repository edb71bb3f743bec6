"""The store as the rest of betony uses it."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Select, func, or_, select

from betony.corrections import Correction, check
from betony.errors import StoreError, UsageError
from betony.model import Capture
from betony.store import (
    catalogue,
    corrections,
    forgetting,
    frontier,
    inputs,
    items,
    ledger,
    records,
    search,
    statistics,
    tables,
    versions,
)
from betony.store.catalogue import Catalogued, Related
from betony.store.database import DEFAULT, Database
from betony.store.frontier import Frontier
from betony.store.items import Asked, Item
from betony.store.parts import moment
from betony.store.records import Made, Outcome, Plan, Settled, Stale
from betony.store.rows import (
    Cause,
    Changed,
    Corrected,
    Departure,
    Forgotten,
    Hit,
    Kept,
    Listed,
    Quarantined,
    Run,
    RunState,
    Standing,
    Version,
)
from betony.store.search import Filters
from betony.store.statistics import Statistics
from betony.store.views import CURRENT
from betony.timing import Spent

_NO_TIME = '"at":null}}'


class Store:
    """Captures, records, runs and quarantine in one database. Every method is one transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counts: Counter[str] | None = None
        self.name = database.name
        self.is_file = database.is_file
        """Whether it lives in a file of this machine, and not behind a server."""

    @classmethod
    def open(
        cls,
        name: str = DEFAULT,
        *,
        create: bool = False,
        writable: bool = True,
        older: bool = False,
        readers: int = 1,
        seconds: float | None = None,
    ) -> Self:
        """The store at a path or URL; StoreError where it is none or cannot be used.

        One of an older layout is let in only with `older`, to be upgraded. Threads may share a store; for `readers` of
        them a connection each stays open. A question that takes longer than `seconds` is broken off:
        StoreTimeoutError.
        """
        return cls(Database(name, create=create, writable=writable, older=older, readers=readers, seconds=seconds))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()

    @property
    def frontier(self) -> Frontier:
        """What is to be fetched, by whom and when."""
        return Frontier(self._database)

    # Runs

    def begin_run(self, command: str, reference: str | None = None) -> int:
        """Opens a run; runs that a dead process left open are closed as interrupted."""
        with self._database.writing() as connection:
            return ledger.begin(connection, command, _now(), reference)

    def reconcile(self) -> list[Run]:
        """Closes as interrupted the runs that dead processes left open; those runs."""
        with self._database.writing() as connection:
            return ledger.reconcile(connection, _now())

    def end_run(self, run: int, state: RunState, stages: Sequence[Spent] = ()) -> Run:
        """Closes a run, with what its stages took, and tells its counts."""
        with self._database.writing() as connection:
            ledger.end(connection, run, state, _now(), stages)
            return ledger.one_run(connection, run)

    def run(self, run: int) -> Run:
        """The run of that number."""
        with self._database.reading() as connection:
            return ledger.one_run(connection, run)

    def runs(self, limit: int = 10) -> list[Run]:
        """The latest runs, newest first."""
        with self._database.reading() as connection:
            return ledger.all_runs(connection, limit)

    def count(self, run: int, **counts: int) -> None:
        """Adds to a run's counts."""
        if self._counts is None:
            with self._database.writing() as connection:
                ledger.count(connection, run, **counts)
        else:
            self._counts.update(counts)

    def count_apart(self) -> Counter[str]:
        """From now on the counts of what is settled are gathered in what this gives, for another process to add."""
        self._counts = Counter()
        return self._counts

    def made(self, run: int, record_id: str) -> list[Outcome]:
        """What the run has made of a record so far: an outcome for each version."""
        with self._database.reading() as connection:
            found = versions.every(connection, record_id)
        return ["new" if one.number == 1 else "changed" for one in found if one.run_id == run]

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

    def verify(self) -> int:
        """Reads every capture that is kept and checks its digest; how many there are. StoreError where one is damaged."""
        with self._database.reading() as connection:
            return inputs.verify(connection)

    def records_at(self, urls: Iterable[str]) -> dict[str, dict[str, str]]:
        """Of each address that was asked for, the records whose own page came from there, and from which capture."""
        found: dict[str, dict[str, str]] = {}
        with self._database.reading() as connection:
            for url, record_id, input_id in inputs.records_at(connection, urls):
                found.setdefault(url, {})[record_id] = input_id
        return found

    def addresses(self, record_id: str) -> list[str]:
        """The addresses that the captures of a record came from."""
        with self._database.reading() as connection:
            return inputs.addresses(connection, record_id)

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

    def recall(self, record_ids: Iterable[str], run: int) -> dict[str, list[tuple[str, str]]]:
        """The parts of these records as (input id, address), counted as inputs of the run."""
        with self._database.writing() as connection:
            found = records.places(connection, record_ids)
            ledger.count(connection, run, inputs=sum(map(len, found.values())))
        return found

    def places(self, record_id: str) -> list[tuple[str, str]]:
        """The parts of a record as (input id, address)."""
        with self._database.reading() as connection:
            return records.places(connection, [record_id])[record_id]

    def origin(self, record_id: str) -> str | None:
        """Where the first part of the record came from: its address or path as named; None where no part is known."""
        with self._database.reading() as connection:
            return records.origin(connection, record_id)

    def selected(
        self,
        record_ids: Sequence[str] = (),
        *,
        publisher: str | None = None,
        processed_before: str | None = None,
        not_by: tuple[str, str, str | None] | None = None,
    ) -> list[str]:
        """The ids of the records, in order, that have all that is asked for: among those named, by that publisher, made
        before that time, by another version (pipeline, ruleset, model) than that.
        """
        with self._database.reading() as connection:
            return records.selected(connection, record_ids, publisher, processed_before, not_by)

    def commit(self, run: int, plan: Plan, record: dict[str, Any]) -> Settled:
        """Writes a record, its parts and the run's counts in one transaction. Stale where the plan is."""
        (settled,) = self.commit_all(run, [Made.of(plan, record)])
        if settled is None:
            raise Stale
        return settled

    def commit_all(self, run: int, made: Sequence[Made]) -> list[Settled | None]:
        """Writes records, their parts and the run's counts in one transaction, all of them or none; None for one whose
        plan is stale, of which nothing is written."""
        now = _now()
        with self._database.writing() as connection:
            settled = [self._committed(connection, run, one, now) for one in made]
            counts = Counter[str](outcome for one in settled if one for outcome in one.per_input)
            self._count(connection, run, **counts)
            done = [
                part.input_id
                for one, became in zip(made, settled, strict=True)
                if became
                for part in (*one.plan.incoming, *one.plan.wanted)
            ]
            ledger.release(connection, done)
            frontier.was_read(connection, done)
            return settled

    def _committed(self, connection: Connection, run: int, made: Made, now: str) -> Settled | None:
        try:
            return records.commit(connection, made, now, run)
        except Stale:
            return None

    def settle_unchanged(self, run: int, input_ids: Sequence[str]) -> None:
        """Counts inputs that are parts of up-to-date records, and takes them out of quarantine."""
        with self._database.writing() as connection:
            self._count(connection, run, unchanged=len(input_ids))
            ledger.release(connection, input_ids)
            frontier.was_read(connection, input_ids)

    def set_aside(
        self, run: int, kept: Sequence[Kept], *, stage: str, reason: str, message: str, detail: str = ""
    ) -> None:
        """Puts inputs in quarantine, one row each, and counts them."""
        with self._database.writing() as connection:
            for one in kept:
                ledger.set_aside(
                    connection, run, one, stage=stage, reason=reason, message=message, detail=detail, now=_now()
                )
            self._count(connection, run, quarantined=len(kept))
            frontier.was_read(connection, [one.input_id for one in kept])

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

    def _count(self, connection: Connection, run: int, **counts: int) -> None:
        """Within the transaction that makes the counts true, unless they are gathered apart."""
        if self._counts is None:
            ledger.count(connection, run, **counts)
        else:
            self._counts.update(counts)

    def json(self, record_id: str) -> str:
        """The record of that very id, as one line of JSON."""
        with self._database.reading() as connection:
            stored = records.text(connection, record_id)
        if stored is None:
            raise UsageError(f"no record has the id {record_id}")
        return _with_time(*stored)

    def every_json(self, since: str | None = None) -> Iterator[str]:
        """Every record as one line of JSON, in order of id.

        With `since`, a time in UTC as `2026-11-25T00:00:00Z`, only those that came or changed then or later: whose
        `processing.at` is not before it. A record that was made again and came out the same has not changed.
        """
        columns = tables.records.c
        query = select(columns.json, columns.processed_at).order_by(columns.id)
        if since is not None:
            query = query.where(columns.processed_at >= since)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=50)):
                yield _with_time(row.json, row.processed_at)

    def known(self, name: str) -> str | None:
        """The id of the record of that id, alias, address or reference, in any case; None where there is no such one."""
        with self._database.reading() as connection:
            return records.named(connection, name)

    def naming(self, record_id: str, relation: str) -> list[str]:
        """The ids of the records that name this one, by its id or an alias, as the target of a relation that holds."""
        with self._database.reading() as connection:
            return records.naming(connection, record_id, relation)

    def find(self, name: str, *, whole: bool = False) -> str:
        """The id that a person means: an id, alias or reference in any case, or the beginning of just one id.

        UsageError, with names that come close, where there is none; with `whole` a beginning is none.
        """
        columns, lowered = tables.records.c, name.lower()
        with self._database.reading() as connection:
            exact = records.named(connection, name)
            if exact:
                return exact
            begun = set(
                connection.execute(
                    select(columns.id).where(func.lower(columns.id).startswith(lowered, autoescape=True)).limit(6)
                ).scalars()
            )
            if len(begun) == 1 and lowered and not whole:
                return str(begun.pop())
            refused = forgetting.forgotten(connection)
            if f"id:{name}" in refused:
                raise UsageError(refused[f"id:{name}"].words)
            known = {row.id: row.id for row in connection.execute(select(columns.id))}
        close = sorted(begun) or difflib.get_close_matches(lowered, known, n=5, cutoff=0.5)
        what = f"{name!r} could be several records" if begun and not whole else f"no record is called {name!r}"
        advice = f"close: {', '.join(close[:5])}" if close else "betony list names them all"
        raise UsageError(what, advice=advice)

    def listed(
        self,
        *,
        among: Collection[str] | None = None,
        publisher: str | None = None,
        document_type: str | None = None,
        status: str | None = None,
        current: bool = False,
        since: str | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> Iterator[Listed]:
        """The records in order of id, those alone that have what is asked for; `status` is a code or a currency.

        `among` so many ids as one statement takes: some thousands. `since` as of `every_json`. `after` an id, and
        `limit` of them at most: a page of the list.
        """
        columns, gone = tables.records.c, tables.standings.c.retired_at
        listed = (gone if name == gone.name else columns[name] for name in Listed.__dataclass_fields__)
        query = select(*listed).select_from(tables.records.outerjoin(tables.standings))
        if among is not None:
            query = query.where(columns.id.in_(among))
        if since is not None:
            query = query.where(columns.processed_at >= since)
        if after is not None:
            query = query.where(columns.id > after)
        query = _asked(query, publisher, document_type, status, current).limit(limit)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield Listed(*row)

    def catalogue(self) -> list[Catalogued]:
        """What a list of all records shows of each, in order of id."""
        with self._database.reading() as connection:
            return list(catalogue.every(connection))

    def relations(self) -> list[Related]:
        """The relations of all records, with their targets by the ids that the store knows them by."""
        with self._database.reading() as connection:
            return catalogue.relations(connection)

    def filtered_json(
        self,
        *,
        publisher: str | None,
        document_type: str | None,
        status: str | None,
        current: bool,
    ) -> Iterator[str]:
        """The records that have what is asked for, each as one line of JSON, in order of id."""
        columns = tables.records.c
        query = _asked(select(columns.json, columns.processed_at), publisher, document_type, status, current)
        with self._database.reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=50)):
                yield _with_time(row.json, row.processed_at)

    def search(self, query: str, filters: Filters | None = None, limit: int = 20) -> list[Hit]:
        """The sections that hold what is asked for, the best first; words, "phrases", and -not."""
        with self._database.reading() as connection:
            return search.find(connection, query, filters or Filters(), limit)

    def duties(self, asked: Asked, *, after: tuple[str, int] | None = None, limit: int) -> list[Item]:
        """The responsibilities of all records that are as asked, in order of record and place; `limit` at most, after
        the (record id, position) given."""
        with self._database.reading() as connection:
            return items.duties(connection, asked, after, limit)

    def statistics(self, runs: int = 10) -> Statistics:
        """How much of what there is, and how the latest runs went."""
        with self._database.reading() as connection:
            return statistics.count(connection, runs)

    # Versions

    def versions(self, record_id: str) -> list[Version]:
        """All versions of the record of that very id, the first first."""
        with self._database.reading() as connection:
            return versions.every(connection, record_id)

    def version_json(self, record_id: str, number: int) -> str:
        """One version of a record as one line of JSON; UsageError where there is none of that number."""
        with self._database.reading() as connection:
            return _with_time(*versions.text(connection, record_id, number))

    def changes(
        self,
        *,
        since: str | None = None,
        recorded_since: str | None = None,
        record_id: str | None = None,
        publisher: str | None = None,
        run: int | None = None,
        cause: Cause | None = Cause.DOCUMENT,
        after: tuple[str, str, int] | None = None,
        limit: int | None = None,
    ) -> list[Changed]:
        """What changed, by the time it was seen: by default what publishers changed, not what new rules read anew.

        `since` is a date or a time in UTC, as far as it is given: `2026-10-01` is its first moment. So is
        `recorded_since`, which goes by when the store learnt of it: of an old capture that is later. `after` the place of
        a change, and `limit` of them at most: a page of the list.
        """
        with self._database.reading() as connection:
            return versions.changed(
                connection,
                since=since,
                recorded_since=recorded_since,
                record_id=record_id,
                publisher=publisher,
                run=run,
                cause=cause,
                after=after,
                limit=limit,
            )

    def standing(self, record_id: str) -> Standing:
        """When the record was last seen at its publisher's, and since when it is gone from there."""
        with self._database.reading() as connection:
            return versions.standing(connection, record_id)

    def retire(
        self, record_id: str, when: str, departure: Departure, *, moved_to: str | None = None, run: int | None = None
    ) -> bool:
        """Notes that the publisher's site no longer holds the record: since when, how, and whither it moved (an id or
        address). Nothing is deleted. False where it is retired already, or was seen there later than `when`.
        """
        with self._database.writing() as connection:
            return versions.retire(connection, record_id, _moment(when), departure, moved_to, _now(), run)

    def reopen(self, record_id: str, when: str, *, run: int | None = None) -> bool:
        """Notes that the publisher's site holds the record again. False where it was not retired before `when`.

        A capture retrieved after the retirement does the same when it is ingested.
        """
        with self._database.writing() as connection:
            return versions.reopen(connection, record_id, _moment(when), _now(), run)

    def confirm(self, record_id: str, when: str) -> None:
        """Notes that the publisher's site was asked then, and held the record unchanged: an answer 304, for one."""
        with self._database.writing() as connection:
            versions.confirm(connection, record_id, _moment(when))

    # Corrections

    def correct(self, record_id: str, path: str, value: Any, *, why: str, who: str) -> None:
        """Corrects what the record says at a path (betony.corrections); it is carried through every new reading.

        UsageError where the path cannot be corrected, the record has no such item, the value cannot stand there, or no
        reason is given.
        """
        check(path)
        _check_reason(why)
        with self._database.writing() as connection:
            try:
                records.correct(connection, record_id, Correction(path, value), why, who, _now())
            except KeyError as error:
                raise UsageError(f"has no {error.args[0]}", document=record_id) from error

    def undo_correction(self, record_id: str, path: str) -> None:
        """Lets the rules have their say again at a path; UsageError where nothing is corrected there."""
        with self._database.writing() as connection:
            if not records.undo(connection, record_id, path, _now()):
                raise UsageError(f"nothing is corrected at {path}", document=record_id)

    def corrected(self, record_id: str) -> dict[str, str]:
        """What people corrected of a record, in words, by the time when they did or undid it."""
        with self._database.reading() as connection:
            return corrections.told(connection, record_id)

    def corrections(self) -> list[Corrected]:
        """All corrections that stand, with what the rules read today."""
        with self._database.reading() as connection:
            return corrections.every(connection)

    # What is kept no more

    def forget(self, record_id: str, *, why: str, who: str) -> int:
        """Purges a record, its versions and its captures, and refuses them from now on; how many captures went.

        UsageError where no reason is given.
        """
        _check_reason(why)
        with self._database.writing() as connection:
            return forgetting.forget(connection, record_id, why, who, _now())

    def forgotten(self) -> dict[str, Forgotten]:
        """Everything that is refused, by `id:`, `address:` or `digest:` and its name."""
        with self._database.reading() as connection:
            return forgetting.forgotten(connection)

    def refuse(self, run: int, kept: Kept, message: str) -> None:
        """Puts an input in quarantine that turned out to be refused, and lets go of its bytes."""
        with self._database.writing() as connection:
            self._refuse(connection, run, kept, message)

    def refuse_unread(self, run: int, capture: Capture, message: str) -> None:
        """Puts a capture in quarantine that is known to be refused; its bytes are not kept."""
        with self._database.writing() as connection:
            size = len(capture.body)
            kept = inputs.keep_digest(connection, capture.uri, capture.url, capture.digest, size, _now())
            ledger.count(connection, run, inputs=1)
            self._refuse(connection, run, kept, message)

    def _refuse(self, connection: Connection, run: int, kept: Kept, message: str) -> None:
        forgetting.drop_bytes(connection, kept.digest)
        ledger.set_aside(
            connection, run, kept, stage="source", reason="forgotten", message=message, detail="", now=_now()
        )
        self._count(connection, run, quarantined=1)

    def prune(self, *, keep: int, older_than: int) -> int:
        """Purges captures of each page beyond its newest `keep`, where they came more than `older_than` days ago.

        What records stand on and what is in quarantine stays. How many captures went.
        """
        with self._database.writing() as connection:
            return forgetting.prune(connection, keep, older_than, datetime.now(UTC))

    def vacuum(self) -> tuple[int, int]:
        """Gives the disk back the room of what was deleted; bytes before and after.

        StoreError while a run works on a store in a file, whose writers would wait for longer than they do.
        """
        if self.is_file:
            with self._database.reading() as connection:
                going = ledger.at_work(connection)
            if going:
                what = f"run {going[0]} is at work, and would fail to write for as long as this takes"
                raise StoreError(what, document=self.name, advice="run it again once that has ended")
        return self._database.vacuum()

    def backup(self, out: Path) -> None:
        """Copies the store as of one moment into a file, while others may write."""
        self._database.backup(out)

    def seen(self, records_at: Mapping[str, str], input_ids: Iterable[str], *, run: int | None = None) -> None:
        """Notes, all at once, that the publisher's site was asked and holds these records, by id and time: what was
        retired is reopened. What failed to be fetched of these inputs' addresses before is out of quarantine."""
        with self._database.writing() as connection:
            now = _now()
            for record_id, when in records_at.items():
                if not versions.reopen(connection, record_id, _moment(when), now, run):
                    versions.confirm(connection, record_id, _moment(when))
            ledger.release(connection, input_ids, stage="source")

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


def _asked(
    query: Select[Any],
    publisher: str | None,
    document_type: str | None,
    status: str | None,
    current: bool,
) -> Select[Any]:
    """The query of records for those that have what is asked for, in order of id."""
    columns = tables.records.c
    if current:
        query = query.where(CURRENT)
    if publisher:
        query = query.where(columns.publisher == publisher)
    if document_type:
        query = query.where(columns.document_type == document_type)
    if status:
        query = query.where(or_(columns.status_code == status, columns.currency == status))
    return query.order_by(columns.id)


def _with_time(text: str, made_at: str) -> str:
    """The record's JSON with the time of its making, which the stored text leaves out so that it can be compared."""
    return f'{text.removesuffix(_NO_TIME)}"at":"{made_at}"}}}}'


def _moment(written: str) -> str:
    when = moment(written)
    if when is None:
        raise UsageError(f"{written!r} is no time", advice="write it as 2026-10-01T09:00:00Z")
    return when


def _check_reason(why: str) -> None:
    if not why.strip():
        raise UsageError("a reason is needed", advice="say why, for whoever asks later")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
