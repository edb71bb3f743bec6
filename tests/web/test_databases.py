"""Fetching is kept alike in every database."""

from __future__ import annotations

from betony.crawl import Scope
from betony.store import Outcome, Store
from tests.web.crawling import fetch_round, standing
from tests.web.server import Reply, Request, page, serving


def test_rounds_are_kept_in_every_database(new_store: str) -> None:
    named = ["/a", "/b", "/moved"]

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /b\n")
        if request.path == "/moved":
            return Reply(status=301, headers={"Location": "/here"})
        return Reply(page(request.path, tuple(named) if request.path == "/list" else ()))

    with serving(answer) as site, Store.open(new_store, create=True) as store:
        seeds, scope = [site.url("/list")], Scope(links=True)
        fetch_round(store, seeds, scope)
        named.remove("/a")
        fetch_round(store, seeds, scope)
        rows = {url[len(site.url("")) :]: row.outcome for url, row in standing(store).items()}
        assert rows == {"/list": Outcome.STORED, "/b": Outcome.FORBIDDEN, "/moved": Outcome.SAME}
        assert store.frontier.left(1) == [site.url("/a")]
        assert len(store.frontier.unread()) == 2
        assert len(list(store.frontier.archive())) == store.verify() == 4
        assert not [path for path in site.asked() if path.startswith("/b")]
        assert store.problems() == []
