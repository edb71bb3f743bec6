"""Watching: what a site does is told as what it is, and a watch that is killed loses nothing and hurries nobody."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from betony import watch, work
from betony.settings import Settings
from betony.store import Source, Store
from tests.conftest import ROOT
from tests.web.crawling import new_store
from tests.web.server import Reply, Request, page, serving
from tests.web.test_politeness import breaches

HOSTS = ("127.0.0.2", "127.0.0.3")
DELAY = 0.02
CHOSEN = Settings(loopback=True, delay=0.001, workers=1)
QUICK = "tests.poison:structure"

PROGRAM = """
import sys
from betony import watch, work
from betony.settings import Settings
from betony.store import Source, Store
with Store.open(sys.argv[1]) as store:
    print("ready", flush=True)
    chosen = Settings(loopback=True, delay=float(sys.argv[2]), workers=1)
    done = watch.run(store, chosen, structure="tests.poison:structure", everything=True)
    print(done.summary.run.state, done.summary.run.balance, done.waiting)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder / "s.db"), str(DELAY)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.timeout(3000)
def test_a_watch_killed_at_any_moment_loses_nothing_and_hurries_nobody(tmp_path: Path, kills: int) -> None:
    version = [0]

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /private\n")
        if request.path == "/list":
            return Reply(page("List", (*(f"/{i}" for i in range(8)), "/private/1")))
        return Reply(page(f"{request.path} {version[0]}"))

    kills = min(kills, 100)
    chance = random.Random(17)  # noqa: S311 - no secret
    with serving(answer, HOSTS) as server:
        with new_store(tmp_path) as store:
            for host in HOSTS:
                watch.add(store, server.url("/list", host), Settings(loopback=True, links=True), 0.001)
        for _ in range(kills):
            version[0] += chance.random() < 0.5
            process = start(tmp_path)
            time.sleep(chance.uniform(0, 1.5))
            process.kill()
            process.communicate()
        version[0] += 1
        for _ in range(2):  # the first goes on with the round that was killed, the second begins one of its own
            output, errors = start(tmp_path).communicate(timeout=120)
            assert output.splitlines()[-1:] == ["finished 0 ()"], output + errors
        assert breaches(server.log, DELAY) == []
        assert not server.asked("/private")
        with Store.open(str(tmp_path / "s.db")) as store:
            assert store.problems() == []
            assert store.frontier.unread() == []
            kept = store.verify()
            stored = [one for one in store.frontier.fetches() if one.outcome == "stored"]
            assert {one.digest for one in stored} <= {one.capture.digest for one in store.frontier.archive()}
            assert kept == store.sizes()["captures"]
            records = [row.id for row in store.listed()]
            assert records == [f"web:{host}/{i}" for host in HOSTS for i in range(8)]
            for record_id in records:
                texts = [store.version_json(record_id, one.number) for one in store.versions(record_id)]
                hashes = [one.content_hash for one in store.versions(record_id)]
                assert len(hashes) == len(set(hashes)), record_id  # no version twice
                assert f"/{record_id[-1]} {version[0]}" in texts[-1]


def test_what_a_site_does_is_told_and_nothing_else(tmp_path: Path) -> None:
    pages = {f"/{name}": page(name) for name in "abcdef"}
    listed = list("abcdef")
    status: dict[str, int] = {}

    async def answer(request: Request) -> Reply:
        if request.path == "/list":
            return Reply(page("List", tuple(f"/{name}" for name in listed)))
        if request.path == "/d" and "/d" not in pages:
            return Reply(status=301, headers={"Location": "/new"})
        if request.path in status:
            return Reply(status=status[request.path])
        return Reply(pages[request.path]) if request.path in pages else Reply(status=404)

    with serving(answer) as server, new_store(tmp_path) as store:
        watch.add(store, server.url("/list"), Settings(loopback=True, links=True), 0.001)

        def told() -> list[tuple[str, str, str]]:
            time.sleep(1.1)  # changes are told to the second
            done = watch.run(store, CHOSEN, structure=QUICK, everything=True)
            return sorted(
                (one.record_id.rpartition("/")[2], one.change.kind.value, one.change.name)
                for one in done.changes
                if not one.change.kind.value.startswith("section")
            )

        assert told() == [(name, "added", "record") for name in "abcdef"]
        assert told() == []
        status["/a"] = 404
        status["/b"] = 410
        listed.remove("c")
        pages["/new"] = page("moved")
        del pages["/d"]
        assert told() == [
            ("a", "retired", "not_found"),
            ("b", "retired", "gone"),
            ("c", "retired", "unlisted"),
            ("d", "retired", "moved"),
            ("new", "added", "record"),
        ]
        assert store.standing("web:127.0.0.1/d").moved_to == "web:127.0.0.1/new"
        assert told() == []
        status.clear()
        listed.append("c")
        assert told() == [(name, "reopened", "record") for name in "abc"]
        assert told() == []


@pytest.mark.parametrize("old_first", [True, False], ids=["the old address first", "the new address first"])
def test_a_page_that_moved_to_one_that_is_listed_too_is_told_as_moved_in_whatever_order_both_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, old_first: bool
) -> None:
    moved = [False]

    async def answer(request: Request) -> Reply:
        if request.path == "/list":
            return Reply(page("List", ("/old", "/new") if moved[0] else ("/old",)))
        if request.path == "/old" and moved[0]:
            return Reply(status=301, headers={"Location": "/new"})
        return Reply(page(f"{request.path[1:]} words")) if request.path in ("/old", "/new") else Reply(status=404)

    with serving(answer) as server, new_store(tmp_path) as store:
        as_they_came = store.frontier.unread

        def ordered() -> list[str]:
            return sorted(
                as_they_came(), key=lambda one: (store.load([one])[0].url or "").endswith("/old"), reverse=old_first
            )

        monkeypatch.setattr(store.frontier, "unread", ordered)
        watch.add(store, server.url("/list"), Settings(loopback=True, links=True), 0.001)
        watch.run(store, CHOSEN, structure=QUICK, everything=True)
        moved[0] = True
        time.sleep(1.1)  # changes are told to the second
        watch.run(store, CHOSEN, structure=QUICK, everything=True)
        assert store.standing("web:127.0.0.1/old").moved_to == "web:127.0.0.1/new"


def test_the_news_of_a_round_that_was_broken_off_is_told_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page("A"), status=200 if request.path == "/a" else 404)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with serving(answer) as server, new_store(tmp_path) as store:
        watch.add(store, server.url("/a"), Settings(loopback=True), 0.001)
        with monkeypatch.context() as broken:
            broken.setattr(work.Ingest, "_settle_unchanged", stopped)
            first = watch.make_records(store, CHOSEN, due := fetched(store), lambda _: None, structure=QUICK)
        assert (first.run.state, first.run.new) == ("interrupted", 1)
        assert due
        for told in ([("added", "record")], []):
            done = watch.run(store, CHOSEN, structure=QUICK, everything=True)
            assert [(one.change.kind.value, one.change.name) for one in done.changes] == told


def fetched(store: Store) -> list[Source]:
    """The sources that are due, with what they hold fetched."""
    due = watch.due(store, everything=True)
    watch.fetch_due(store, CHOSEN, due, lambda _: None)
    return due


def test_what_could_not_be_fetched_leaves_quarantine_when_it_can(tmp_path: Path) -> None:
    down = [False]

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(status=404)
        return Reply(page("A"), status=400 if down[0] else 200)

    with serving(answer) as server, new_store(tmp_path) as store:
        watch.add(store, server.url("/a"), Settings(loopback=True), 0.001)
        for down[0], failures in ((False, 0), (True, 1), (False, 0)):
            watch.run(store, CHOSEN, structure=QUICK, everything=True)
            assert len(store.failures()) == failures
        assert store.standing("web:127.0.0.1/a").retired_at is None
