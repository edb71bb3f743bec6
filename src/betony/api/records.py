"""One record: as it is stored, its versions, and what it holds."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from betony.api import problems
from betony.api.answers import answer, plain
from betony.api.parameters import RecordName, SectionsAsked, nothing_asked
from betony.api.problems import ProblemError
from betony.api.shapes import Recommendations, Responsibilities, Sections, Versions
from betony.errors import UsageError
from betony.record import Record, SectionRecord
from betony.store import Store

router = APIRouter(prefix="/records", tags=["records"], responses=problems.DOCUMENTED)


def held(request: Request) -> Store:
    """The store that is served."""
    store: Store = request.app.state.store
    return store


def known(store: Store, name: str) -> str:
    """The id of the record of that id, alias, address or reference; a problem 404, or 410 where it was forgotten."""
    record_id = store.known(name)
    if record_id is None:
        refused = store.forgotten().get(f"id:{name}")
        if refused is not None:
            raise ProblemError(HTTPStatus.GONE, "forgotten", refused.words)
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-record", f"no record is called {name!r}")
    return record_id


async def _read(store: Store, name: str) -> tuple[str, str]:
    """The id and the stored JSON of the record that an encoded name means.

    Nearly all ask by id: a look by key into a file takes a fraction of the time that handing it to a thread does.
    """
    asked = unquote(name)
    if store.is_file:
        with suppress(UsageError):
            return asked, store.json(asked)
    return await run_in_threadpool(_sought, store, asked)


def _sought(store: Store, asked: str) -> tuple[str, str]:
    try:
        return asked, store.json(asked)
    except UsageError:
        record_id = known(store, asked)
        return record_id, store.json(record_id)


@router.get("/{record}", response_model=Record, summary="One record")
async def record(request: Request, record: RecordName) -> Response:
    """The whole record, byte for byte as the store holds it. `Content-Location` names it by its id."""
    nothing_asked(request)
    record_id, stored = await _read(held(request), record)
    headers = {"Content-Location": f"/api/v1/records/{quote(record_id, safe='')}"}
    return answer(request, stored.encode(), headers=headers)


@router.get("/{record:path}/versions", response_model=Versions, summary="The versions of a record")
def versions(request: Request, record: RecordName) -> Response:
    """All versions, the first first: since when each held, whether its publisher or other rules made the difference,
    and what read it.
    """
    nothing_asked(request)
    store = held(request)
    found = store.versions(known(store, unquote(record)))
    return answer(request, plain({"items": [asdict(version) for version in found]}))


@router.get("/{record:path}/versions/{number}", response_model=Record, summary="A record as a version had it")
def version(
    request: Request,
    record: RecordName,
    number: Annotated[int, Path(ge=1, le=2**31 - 1, description="From 1.", examples=[1])],
) -> Response:
    """The whole record as it stood then."""
    nothing_asked(request)
    store = held(request)
    record_id = known(store, unquote(record))
    try:
        stored = store.version_json(record_id, number)
    except UsageError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-version", error.what) from error
    return answer(request, stored.encode())


@router.get("/{record:path}/sections", response_model=Sections, summary="The sections of a record")
def sections(request: Request, record: RecordName, asked: Annotated[SectionsAsked, Query()]) -> Response:
    """The sections in their order, with their words, types and offsets; together they hold the whole text."""
    found = _record(request, record)
    kept = [
        section
        for section in found["sections"]
        if asked.type in (None, section["type"]) and asked.layer in (None, section["layer"])
    ]
    return _excerpt(request, found, kept)


@router.get("/{record:path}/sections/{section}", response_model=SectionRecord, summary="One section of a record")
def section(
    request: Request,
    record: RecordName,
    section: Annotated[
        str, Path(min_length=1, max_length=4_000, description="The section's id, encoded.", examples=["summary"])
    ],
) -> Response:
    """The section of that id."""
    nothing_asked(request)
    wanted = unquote(section)
    for one in _record(request, record)["sections"]:
        if one["id"] == wanted:
            return answer(request, plain(one))
    raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-section", f"the record has no section {wanted!r}")


@router.get("/{record:path}/recommendations", response_model=Recommendations, summary="The recommendations of a record")
def recommendations(request: Request, record: RecordName) -> Response:
    """What the document recommends, in its order, each with its strength and the words it stands on."""
    nothing_asked(request)
    found = _record(request, record)
    return _excerpt(request, found, found["recommendations"])


@router.get("/{record:path}/responsibilities", response_model=Responsibilities, summary="The duties in a record")
def responsibilities(request: Request, record: RecordName) -> Response:
    """Who must do what by the document, in its order, each with the words it stands on."""
    nothing_asked(request)
    found = _record(request, record)
    return _excerpt(request, found, found["responsibilities"])


router.add_api_route("/{record:path}", record, include_in_schema=False)
"""The same for an id with plain slashes; last, for it would swallow the addresses of what a record holds."""


def _record(request: Request, name: str) -> dict[str, Any]:
    _, stored = _sought(held(request), unquote(name))
    found: dict[str, Any] = json.loads(stored)
    return found


def _excerpt(request: Request, record: dict[str, Any], items: list[Any]) -> Response:
    content = {
        "record": record["id"],
        "title": record["title"] and record["title"]["value"],
        "url": record["url"],
        "status": record["status"]["code"],
        "currency": record["status"]["currency"],
        "items": items,
    }
    return answer(request, plain(content))
