"""Lists over all records: the records themselves, duties, changes, what a search finds, and what still stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response, StreamingResponse

from betony import cursors, standing
from betony.api import limits, problems
from betony.api.answers import answer, page, plain
from betony.api.parameters import (
    BulkAsked,
    ChangesAsked,
    CheckAsked,
    DutiesAsked,
    RecordsAsked,
    SearchAsked,
    asked_once,
    nothing_asked,
    publisher_of,
)
from betony.api.problems import ProblemError
from betony.api.records import held, known
from betony.api.shapes import Changes, Duties, Hits, Records, Verdicts
from betony.errors import UsageError
from betony.record import schema_text
from betony.store import Asked, Cause, Changed, Filters, Statistics, Store

router = APIRouter(
    dependencies=[Depends(asked_once)],
    responses={status: problems.DOCUMENTED[status] for status in (404, 422, 503)},
)


@router.get("/records", tags=["records"], response_model=Records, summary="The records")
def records(request: Request, asked: Annotated[RecordsAsked, Query()]) -> Response:
    """The records that are as asked, in order of id, a page at a time."""
    (after,) = _after(asked.cursor, str) or (None,)
    store = held(request)
    found = list(store.listed(**asked.filters(store), after=after, limit=asked.limit + 1))
    rows, more = found[: asked.limit], len(found) > asked.limit
    return page(request, [asdict(row) for row in rows], cursors.encode([rows[-1].id]) if more else None)


def _after(cursor: str | None, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor means; a problem 404 where no page of the list begins there."""
    if cursor is None:
        return None
    place = cursors.decode(cursor, *kinds)
    if place is None:
        detail = f"no page begins at the cursor {cursor[:40]!r}: take it from `next`, and as it is"
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-cursor", detail)
    return place


@router.get(
    "/records.jsonl",
    tags=["records"],
    summary="All records, as JSON Lines",
    response_class=StreamingResponse,
    responses={200: {"description": "A record a line.", "content": {"application/jsonl": {}}}},
)
def bulk(request: Request, asked: Annotated[BulkAsked, Query()]) -> Response:
    """The records that are as asked, each as one line of JSON, in order of id; with `since`, those alone that came or
    changed then or later. What is written to the store meanwhile may be among them.
    """
    store = held(request)
    return StreamingResponse(_lines(store, asked.filters(store), asked.since), media_type="application/jsonl")


def _lines(store: Store, filters: dict[str, Any], since: str | None) -> Iterator[bytes]:
    """A record at a time, each with a look of its own at the store: a slow reader keeps nothing open."""
    after = None
    while batch := [row.id for row in store.listed(**filters, since=since, after=after, limit=limits.BATCH)]:
        for record_id in batch:
            with suppress(UsageError):  # forgotten since
                yield store.json(record_id).encode() + b"\n"
        after = batch[-1]


@router.get("/responsibilities", tags=["content"], response_model=Duties, summary="Duties, of all records")
def duties(request: Request, asked: Annotated[DutiesAsked, Query()]) -> Response:
    """Who must do what, by record and place: all duties of an actor, all that must be, all of one publisher."""
    store = held(request)
    after: Any = _after(asked.cursor, str, int)
    wanted = Asked(
        actor=asked.actor,
        actor_kind=asked.actor_kind,
        modality=asked.modality,
        generic=asked.generic,
        record_id=known(store, asked.record) if asked.record is not None else None,
        publisher=publisher_of(store, asked.publisher),
        status=asked.status,
        current=asked.current,
    )
    found = store.duties(wanted, after=after, limit=asked.limit + 1)
    rows, more = found[: asked.limit], len(found) > asked.limit
    cursor = cursors.encode([rows[-1].record_id, rows[-1].position]) if more else None
    return page(request, [asdict(row) for row in rows], cursor)


@router.get("/changes", tags=["changes"], response_model=Changes, summary="What changed")
def changes(request: Request, asked: Annotated[ChangesAsked, Query()]) -> Response:
    """What publishers changed: documents that came, changed, went or returned, by the time it was first seen."""
    store = held(request)
    after: Any = _after(asked.cursor, str, str, int)
    found = store.changes(
        since=asked.since,
        recorded_since=asked.recorded_since,
        record_id=known(store, asked.record) if asked.record is not None else None,
        publisher=publisher_of(store, asked.publisher),
        cause=None if asked.cause == "any" else Cause(asked.cause),
        after=after,
        limit=asked.limit + 1,
    )
    rows, more = found[: asked.limit], len(found) > asked.limit
    return page(request, [_change(row) for row in rows], cursors.encode(rows[-1].place) if more else None)


def _change(one: Changed) -> dict[str, Any]:
    return {**{name: value for name, value in asdict(one).items() if name != "change"}, **one.change.as_json()}


@router.get("/search", tags=["content"], response_model=Hits, summary="Sections by their words")
def search(request: Request, asked: Annotated[SearchAsked, Query()]) -> Response:
    """The sections that hold all that is asked for, the best first. `matches` are offsets in the snippet."""
    store = held(request)
    filters = Filters(asked.type, publisher_of(store, asked.publisher), asked.status, asked.current)
    hits = store.search(asked.q, filters, asked.limit)
    return answer(request, plain({"items": [asdict(hit) for hit in hits]}))


@router.get("/check", tags=["changes"], response_model=Verdicts, summary="Whether guidance is current")
def check(request: Request, asked: Annotated[CheckAsked, Query()]) -> Response:
    """Whether each is current: why, since when, and what replaces it. `unknown` where the store holds no evidence that
    counts today; it never guesses.
    """
    store, now = held(request), datetime.now(UTC)
    verdicts = [standing.judge(store, name, now=now, max_age=asked.max_age) for name in asked.name]
    return answer(request, plain({"items": [verdict.as_json() for verdict in verdicts]}))


@router.get("/statistics", tags=["store"], response_model=Statistics, summary="How much of what there is")
def statistics(request: Request) -> Response:
    """Records by publisher, type and status, what is in quarantine, and the latest runs."""
    nothing_asked(request)
    return answer(request, plain(asdict(held(request).statistics())))


@router.get(
    "/schema",
    tags=["store"],
    summary="The JSON Schema of a record",
    responses={200: {"content": {"application/schema+json": {}}}},
)
def schema(request: Request) -> Response:
    """What every field of a record means, and what it may hold."""
    nothing_asked(request)
    return answer(request, schema_text().encode(), media_type="application/schema+json")
