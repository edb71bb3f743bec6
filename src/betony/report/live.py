"""The same pages from a server: a router that makes each page when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated

from fastapi import APIRouter, Query, Response

from betony.errors import UsageError
from betony.report import assets, pages
from betony.report.links import Paths
from betony.report.templating import POLICY, render
from betony.store import Store

HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""With every page and asset."""


def router(opened: Callable[[], AbstractContextManager[Store]], root: str = "/") -> APIRouter:
    """The pages of the store that `opened` gives, one call and one context a page; `root` is where they are mounted.

    An address of a page that there is not is answered 404, with a page that says so.
    """
    links = Paths(root)
    made = APIRouter(include_in_schema=False)

    def page(of: Callable[[Store], str]) -> Response:
        try:
            with opened() as store:
                text, status = of(store), 200
        except UsageError as error:
            text, status = render("missing.html", links=links, error=str(error)), 404
        return Response(text.encode("utf-8", "replace"), status, HEADERS, "text/html; charset=utf-8")

    @made.get("/")
    def index() -> Response:
        return page(lambda store: pages.index(store, links))

    @made.get("/record")
    def record(id: Annotated[str, Query()]) -> Response:
        return page(lambda store: pages.record(store, id, links))

    @made.get("/difference")
    def difference(id: Annotated[str, Query()], before: int, after: int) -> Response:
        return page(lambda store: pages.difference(store, id, before, after, links))

    @made.get("/timeline")
    def timeline() -> Response:
        return page(lambda store: pages.timeline(store, links))

    @made.get("/succession")
    def succession() -> Response:
        return page(lambda store: pages.succession(store, links))

    @made.get("/runs")
    def runs() -> Response:
        return page(lambda store: pages.runs(store, links))

    @made.get("/run")
    def run(number: int) -> Response:
        return page(lambda store: pages.run(store, number, links))

    @made.get("/assets/records.js")
    def data() -> Response:
        with opened() as store:
            body = pages.index_data(store, links)
        return Response(body, headers=HEADERS, media_type=assets.media_type("records.js"))

    @made.get("/assets/{name}")
    def asset(name: str) -> Response:
        if name not in assets.NAMES:
            return Response("there is no such file\n", 404, HEADERS, "text/plain; charset=utf-8")
        found = assets.load(name)
        return Response(found.body, headers=HEADERS, media_type=found.media_type)

    return made
