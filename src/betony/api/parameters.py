"""What can be asked for: the parameters of the API, each with its bounds. An unknown one is refused, not overlooked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import Path, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from betony.api import limits
from betony.api.problems import ProblemError
from betony.errors import UsageError
from betony.model import Layer, SectionType
from betony.moments import moment
from betony.naming import publisher_id
from betony.record import ActorKind, Currency, Modality, StatusCode
from betony.store import Store

RecordName = Annotated[
    str,
    Path(
        alias="record",
        min_length=1,
        max_length=3 * limits.LONGEST_NAME,
        description="An id, alias or reference, such as `nice:ng9020` or `NG9020`. Encode it as one part of the address: "
        "`nhs%3Aconditions%2Fear-wax-impaction`; plain slashes are read too, where nothing is asked of the record itself.",
        examples=["nice:ng9020"],
    ),
]

Words = Annotated[str, Field(min_length=1, max_length=limits.LONGEST_NAME, pattern=r"^[^\x00-\x1f]*$")]


def _first_moment(written: str) -> str:
    try:
        return moment(written, "since")
    except UsageError as error:
        raise ValueError(f"it is no date; {error.advice}") from None


_Moment = Annotated[
    str,
    AfterValidator(_first_moment),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "string", "format": "date-time"},
                {"type": "string", "pattern": "^[0-9]{1,4}d$"},
            ]
        }
    ),
]
Since = Annotated[
    _Moment | None,
    Field(
        description="A date, a time, or days back such as `30d`; the first moment of it, in UTC.",
        examples=["2026-09-01"],
    ),
]
Limit = Annotated[int, Field(ge=1, le=limits.LARGEST_PAGE, description="Rows of a page.")]
Cursor = Annotated[
    Annotated[str, Field(max_length=4_000)] | None,
    Field(description="Where the page begins: `next` of the page before, as it is."),
]
Status = Annotated[
    StatusCode | Currency | None,
    Field(description="A status code or a currency, such as `retired` or `update_in_progress`.", examples=["active"]),
]
Current = Annotated[
    bool,
    Field(description="Leave out what is withdrawn, replaced, gone from its publisher's site or only a draft."),
]
Publisher = Annotated[Words | None, Field(description="The publisher's id, in any case.", examples=["nice"])]
OfRecord = Annotated[Words | None, Field(description="Of this record alone.", examples=["nice:ng9020"])]
OfType = Annotated[SectionType | None, Field(description="What the section is for.", examples=["recommendations"])]


class Parameters(BaseModel):
    """What every operation's parameters share."""

    model_config = ConfigDict(extra="forbid")


def publisher_of(store: Store, written: str | None) -> str | None:
    """The publisher's id as the store has it; a problem 404 where there is no such one."""
    try:
        return publisher_id(store, written)
    except UsageError as error:
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-publisher", str(error)) from None


def nothing_asked(request: Request) -> None:
    """Refuses parameters where only the address counts: as FastAPI would, in a small part of the time."""
    if request.scope["query_string"]:
        name = next(iter(request.query_params), "")
        raise ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-parameter", f"{name}: nothing is asked for here")


_REPEATED = "name"
"""What may be given several times."""


async def asked_once(request: Request) -> None:
    """Refuses a parameter that is given twice, of which all but the last would be overlooked."""
    if b"&" in request.scope["query_string"]:
        names = [name for name, _ in request.query_params.multi_items() if name != _REPEATED]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ProblemError(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "invalid-parameter",
                f"{twice}: it is given twice; ask for one at a time",
            )


class Selection(Parameters):
    """Which records."""

    publisher: Publisher = None
    type: Annotated[Words | None, Field(description="The document's type.", examples=["nice_guideline"])] = None
    status: Status = None
    current: Current = False

    def filters(self, store: Store) -> dict[str, Any]:
        """The same as the store takes it; a problem 404 where there is no such publisher."""
        return {
            "publisher": publisher_of(store, self.publisher),
            "document_type": self.type,
            "status": self.status,
            "current": self.current,
        }


class RecordsAsked(Selection):
    """Which records, and which page of them."""

    cursor: Cursor = None
    limit: Limit = limits.PAGE


class BulkAsked(Selection):
    """Which records."""

    since: Since = None


class SectionsAsked(Parameters):
    """Which sections of a record."""

    type: OfType = None
    layer: Annotated[Layer | None, Field(description="`body`, or `furniture`: what stands around it on the page.")] = (
        None
    )


class DutiesAsked(Parameters):
    """Which duties, of which records."""

    actor: Annotated[
        Words | None, Field(description="Words of the actor as it is written, in any case.", examples=["professionals"])
    ] = None
    actor_kind: Annotated[ActorKind | None, Field(description="The kind of actor.")] = None
    modality: Annotated[Modality | None, Field(description="How binding it is.")] = None
    generic: Annotated[
        bool | None, Field(description="Whether it is a duty that every document of its publisher repeats.")
    ] = None
    record: OfRecord = None
    publisher: Publisher = None
    status: Status = None
    current: Current = False
    cursor: Cursor = None
    limit: Limit = limits.PAGE


class ChangesAsked(Parameters):
    """Which changes."""

    since: Since = None
    recorded_since: Annotated[
        _Moment | None,
        Field(
            description="As `since`, by when the store learnt of it (`recorded_at`): for who keeps up with a store, which "
            "may be given captures of years ago today.",
            examples=["2026-11-01"],
        ),
    ] = None
    record: OfRecord = None
    publisher: Publisher = None
    cause: Annotated[
        Literal["document", "processing", "any"],
        Field(description="What publishers changed, what other rules read otherwise, or both."),
    ] = "document"
    cursor: Cursor = None
    limit: Limit = limits.PAGE


class SearchAsked(Parameters):
    """What is looked for, and where."""

    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=limits.LONGEST_QUERY,
            description='Words, "phrases", and -not; in any case and form, without accents.',
            examples=["mitral regurgitation"],
        ),
    ]
    type: OfType = None
    publisher: Publisher = None
    status: Status = None
    current: Current = False
    limit: Annotated[int, Field(ge=1, le=limits.MOST_HITS, description="Hits, the best first.")] = 10


class CheckAsked(Parameters):
    """What is to be judged."""

    name: Annotated[
        list[Words],
        Field(
            min_length=1,
            max_length=limits.MOST_CHECKED,
            description="An id, alias or reference; may be repeated.",
            examples=[["NG9020", "IPG9003"]],
        ),
    ]
    max_age: Annotated[
        int, Field(ge=0, le=36_500, description="Days after which evidence says no longer how guidance stands today.")
    ] = limits.MAX_AGE
