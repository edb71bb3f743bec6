"""Errors as RFC 9457 has them: application/problem+json, whatever went wrong, and never a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import Response

from betony.errors import StoreError, StoreTimeoutError, UsageError

MEDIA_TYPE = "application/problem+json"


class Invalid(BaseModel):
    """One parameter that cannot be."""

    parameter: str
    message: str


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:betony:unknown-record",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "no record is called 'nice:ng1'",
                }
            ]
        }
    )

    type: str
    """`about:blank` where the status says it all."""
    title: str
    status: int
    detail: str
    errors: list[Invalid] = []
    """The parameters that cannot be, each with the reason."""


class ProblemError(HTTPException):
    """An error with a name of its own, `urn:betony:NAME`."""

    def __init__(self, status: HTTPStatus, name: str, detail: str) -> None:
        self.name = name
        super().__init__(status, detail)


def response(
    status: int,
    detail: str,
    *,
    name: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer that tells a problem."""
    content: dict[str, Any] = {
        "type": f"urn:betony:{name}" if name else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        content["errors"] = list(errors)
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Has the application tell all its errors so."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UsageError, _usage)
    app.add_exception_handler(StoreTimeoutError, _overdue)
    app.add_exception_handler(StoreError, _store)
    app.add_exception_handler(Exception, _defect)


def describe(description: dict[str, Any]) -> dict[str, Any]:
    """The application's description, with what a problem looks like."""
    schema = Problem.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    description["components"]["schemas"].update(schema.pop("$defs"), Problem=schema)
    return description


DOCUMENTED: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, words in (
        (404, "There is no such record, section or version."),
        (410, "The record was there, and was made to be forgotten."),
        (422, "A parameter cannot be; `errors` names it and says why."),
        (503, "The store took too long to answer, or cannot be read just now. Ask for less, or again later."),
    )
}
"""The problems of the API's operations, for its description."""


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - for the type checker; so it is registered
    name = error.name if isinstance(error, ProblemError) else None
    detail = error.detail if name else _PLAIN.get(error.status_code, error.detail)
    return response(error.status_code, detail, name=name, headers=error.headers)


_PLAIN = {404: "nothing is at this address", 405: "this address is for reading alone"}


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
    errors = [{"parameter": _parameter(one["loc"]), "message": one["msg"]} for one in error.errors()]
    detail = "; ".join(f"{one['parameter']}: {one['message']}" for one in errors)
    return response(422, detail, name="invalid-parameter", errors=errors)


def _parameter(location: Sequence[object]) -> str:
    return ".".join(map(str, location[1:])) or str(location[0])


async def _usage(_: Request, error: Exception) -> Response:
    return response(422, str(error), name="invalid-parameter")


async def _overdue(_: Request, error: Exception) -> Response:
    return response(503, str(error), name="store-timeout", headers={"Retry-After": "10"})


async def _store(_: Request, error: Exception) -> Response:
    return response(503, str(error), name="store-unavailable", headers={"Retry-After": "10"})


async def _defect(_: Request, __: Exception) -> Response:
    return response(500, "betony failed; the server's log says how")
