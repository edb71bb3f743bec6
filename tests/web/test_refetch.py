"""Fetching again: what did not change is not sent, what changed is found, and what lies is found out."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from betony.crawl import Manners, Scope
from betony.store import Outcome, Store
from tests.web.crawling import fetch_round, new_store, standing
from tests.web.server import Handler, Reply, Request, page, serving

IMPOLITE = Manners(polite=False)


def site(versions: dict[str, int], *, lying: bool = False, by: str = "etag") -> Handler:
    """Pages with a validator each; a lying site says that nothing changed whatever changed."""

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(status=404)
        version = versions.get(request.path, 0)
        etag, date = f'"{version}"', f"Thu, 01 Jan 2026 00:00:{version:02} GMT"
        asked = request.headers.get("if-none-match" if by == "etag" else "if-modified-since")
        if asked and (lying or asked.lower() == (etag if by == "etag" else date).lower()):
            return Reply(status=304, headers={})
        validator = {"ETag": etag} if by == "etag" else {"Last-Modified": date}
        return Reply(page(f"{request.path} {version}"), headers={"Content-Type": "text/html", **validator})

    return answer


def outcomes(store: Store) -> dict[str, int]:
    found = [row.outcome or "" for row in standing(store).values()]
    return {outcome: found.count(outcome) for outcome in set(found)}


@pytest.mark.parametrize("by", ["etag", "last-modified"])
def test_what_did_not_change_is_not_sent_again(tmp_path: Path, by: str, request: pytest.FixtureRequest) -> None:
    pages = 1000 if request.config.getoption("--long") else 100
    versions: dict[str, int] = {}
    with serving(site(versions, by=by)) as server, new_store(tmp_path) as store:
        seeds = [server.url(f"/{i}") for i in range(pages)]
        fetch_round(store, seeds, manners=IMPOLITE)
        assert outcomes(store) == {Outcome.STORED: pages}
        first = store.frontier.unread()
        store.settle_unchanged(store.begin_run("test"), first)
        fetch_round(store, seeds, manners=IMPOLITE)
        assert outcomes(store) == {Outcome.UNCHANGED: pages}
        assert [one.status for one in server.log].count(304) == pages
        assert store.frontier.unread() == []
        versions.update({f"/{i}": 1 for i in range(10)})
        fetch_round(store, seeds, manners=IMPOLITE)
        assert outcomes(store) == {Outcome.UNCHANGED: pages - 10, Outcome.STORED: 10}
        assert len(store.frontier.unread()) == 10


def test_a_page_without_validators_that_did_not_change_is_no_new_capture(tmp_path: Path) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page() if request.path != "/robots.txt" else b"")

    with serving(answer) as server, new_store(tmp_path) as store:
        for _ in range(3):
            fetch_round(store, [server.url("/a")])
        assert outcomes(store) == {Outcome.SAME: 1}
        assert store.sizes()["inputs"] == 1
        assert [fetch.outcome for fetch in store.frontier.fetches(urls=[server.url("/a")])] == [
            "same",
            "same",
            "stored",
        ]


def test_a_server_that_lies_is_found_out_by_a_whole_fetch(tmp_path: Path) -> None:
    versions: dict[str, int] = {}
    with serving(site(versions, lying=True)) as server, new_store(tmp_path) as store:
        fetch_round(store, [server.url("/a")])
        versions["/a"] = 1
        fetch_round(store, [server.url("/a")])
        assert outcomes(store) == {Outcome.UNCHANGED: 1}
        time.sleep(0.01)
        fetch_round(store, [server.url("/a")], Scope(full_days=0.01 / 86_400))
        assert outcomes(store) == {Outcome.STORED: 1}


def test_what_vanishes_keeps_its_capture_and_comes_back(tmp_path: Path) -> None:
    there = [True]

    async def answer(request: Request) -> Reply:
        return Reply(page(), status=200 if there[0] or request.path == "/robots.txt" else 410)

    with serving(answer) as server, new_store(tmp_path) as store:
        url = server.url("/a")
        fetch_round(store, [url])
        first = standing(store)[url]
        there[0] = False
        fetch_round(store, [url])
        gone = standing(store)[url]
        assert (gone.outcome, gone.input_id, gone.message) == (Outcome.GONE, first.input_id, "the server answers 410")
        assert gone.gone_since
        there[0] = True
        fetch_round(store, [url])
        back = standing(store)[url]
        assert (back.outcome, back.gone_since) == (Outcome.SAME, None)


def test_what_a_list_no_longer_names_has_left_and_may_return(tmp_path: Path) -> None:
    named = ["/a", "/b", "/c"]
    down = [False]

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(status=404)
        if down[0]:
            return Reply(page("We are working on the site"))
        return Reply(page(request.path, tuple(named) if request.path == "/list" else ()))

    def left() -> list[str]:
        return [url[len(server.url("")) :] for url in store.frontier.left(1)]

    with serving(answer) as server, new_store(tmp_path) as store:
        seeds, scope = [server.url("/list")], Scope(links=True)
        fetch_round(store, seeds, scope)
        assert server.asked() == ["/list", "/a", "/b", "/c"]
        named.remove("/b")
        fetch_round(store, seeds, scope)
        assert left() == ["/b"]
        down[0] = True  # an outage that answers 200 retires nothing
        fetch_round(store, seeds, scope)
        assert left() == ["/b"]
        down[0] = False
        named.append("/b")
        fetch_round(store, seeds, scope)
        assert left() == []


def test_a_cut_page_never_takes_the_place_of_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betony.fetch.again._FIRST", 0.02)
    cut = [False]

    async def answer(request: Request) -> Reply | None:
        if not cut[0] or request.path == "/robots.txt":
            return Reply(page())
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\n<p>half")
        await request.writer.drain()
        return None

    with serving(answer) as server, new_store(tmp_path) as store:
        url = server.url("/a")
        fetch_round(store, [url])
        whole = standing(store)[url].input_id
        store.settle_unchanged(store.begin_run("test"), store.frontier.unread())
        cut[0] = True
        fetch_round(store, [url])
        row = standing(store)[url]
        assert (row.outcome, row.input_id) == (Outcome.CUT, whole)
        assert store.frontier.unread() == []
        last = store.frontier.fetches(urls=[url])[0]
        assert (last.cut, last.size) == ("disconnect", 7)
        kept = store.load([last.input_id or ""])[0]
        assert (kept.truncated, kept.body) == (True, b"<p>half")
        assert server.asked().count("/a") == 1 + 3
