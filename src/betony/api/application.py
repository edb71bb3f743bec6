"""The application: the API's routes under /api/v1, and pages for people below /."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import anyio.to_thread
from fastapi import FastAPI

from betony import __version__
from betony.api import limits, lists, problems, records
from betony.api.door import Door
from betony.report import live
from betony.store import Store


class _Api(FastAPI):
    """A FastAPI application whose description holds the shape of its problems."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        return self.openapi_schema or problems.describe(super().openapi())


_ABOUT = """Published health guidance as structured, traceable, versioned records: for reading alone.

Every value points at the words it stands on: offsets are half-open and count Unicode code points of the record's
`text`. What is unknown is null or `unknown`, and never guessed. Answers carry an `ETag`; with `If-None-Match`, what has
not changed is `304`. Errors are `application/problem+json`.
"""


def application(store: Store, *, hosts: Collection[str] | None = None) -> FastAPI:
    """The ASGI application over a store, which stays the caller's to close.

    `hosts`: the only names that it answers under, any where None.
    """
    app = _Api(
        title="betony",
        version=__version__,
        description=_ABOUT,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,  # FastAPI's pages load their script from elsewhere
        redoc_url=None,
        lifespan=_lifespan,
        redirect_slashes=False,
    )
    app.state.store = store
    problems.install(app)
    app.include_router(records.router, prefix="/api/v1")
    app.include_router(lists.router, prefix="/api/v1")
    app.include_router(live.router(lambda: nullcontext(store)))
    app.add_middleware(Door, hosts=hosts)
    return app


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = limits.THREADS
    yield
