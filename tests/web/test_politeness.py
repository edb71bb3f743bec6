"""One request a host at a time, with a delay between two: across restarts and processes, by the server's own log."""

from __future__ import annotations

import asyncio
import itertools
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from betony.crawl import Manners, Scope
from betony.fetch import again
from betony.store import Outcome, Store
from tests.conftest import ROOT
from tests.web.crawling import fetch_round, new_store, standing
from tests.web.server import Reply, Request, page, serving

HOSTS = tuple(f"127.0.0.{number}" for number in range(2, 7))
DELAY = 0.05

PROGRAM = """
import sys
from pathlib import Path
from betony.crawl import Manners
from betony.store import Store
from tests.web.crawling import fetch_round
with Store.open(sys.argv[1]) as store:
    done, visits = fetch_round(store, Path(sys.argv[2]).read_text().split(), manners=Manners(delay=float(sys.argv[3])))
    print(done.ended, len(visits))
"""


def worker(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(folder / "s.db"), str(folder / "seeds.txt"), str(DELAY)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def breaches(log: list[Request], delay: float) -> list[str]:
    """What the log of a server shows against the rules: two at once, or two too soon after each other."""
    found = []
    for host in {one.host for one in log}:
        mine = sorted((one for one in log if one.host == host), key=lambda one: one.started)
        for before, after in itertools.pairwise(mine):
            if after.started < before.ended:
                found.append(f"{host}: {after.path} while {before.path} was not answered")
            elif after.started - before.ended < delay - 0.002:  # the log's own clock is read after the last byte
                found.append(f"{host}: {after.path} {after.started - before.ended:.4f} s after {before.path}")
    return found


def test_hosts_are_not_hurried_across_restarts_and_workers(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    pages = 100 if request.config.getoption("--long") else 20

    async def answer(asked: Request) -> Reply:
        await asyncio.sleep(0.005)
        if asked.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /private\n")
        return Reply(page(asked.path))

    chance = random.Random(3)  # noqa: S311 - no secret
    with serving(answer, HOSTS) as server:
        paths = [f"/{'private/' if i % 10 == 9 else ''}{i}" for i in range(pages)]
        seeds = [server.url(path, host) for host in HOSTS for path in paths]
        (tmp_path / "seeds.txt").write_text("\n".join(seeds))
        new_store(tmp_path).close()
        for _ in range(3):
            workers = [worker(tmp_path) for _ in range(2)]
            before = len(server.log)
            while len(server.log) < before + pages // 2:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.3))
            for one in workers:
                one.kill()
                one.communicate()
        outputs = [one.communicate(timeout=120) for one in [worker(tmp_path) for _ in range(2)]]
        assert any(output.startswith("True") for output, _ in outputs), outputs
        assert breaches(server.log, DELAY) == []
        assert not [path for path in server.asked() if path.startswith("/private")]
        with Store.open(str(tmp_path / "s.db")) as store:
            rows = standing(store)
            assert store.problems() == []
        assert len(rows) == len(seeds)
        for url, row in rows.items():
            assert row.outcome == (Outcome.FORBIDDEN if "/private/" in url else Outcome.STORED), row


RETRY_AFTER = {
    "0": 0.0,
    "5": 5.0,
    "HTTP-date": 5.0,
    "-1": None,
    "1.0": 1.0,
    "9999999999": again.LONGEST,
    "junk": None,
}


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", list(RETRY_AFTER))
def test_nothing_is_asked_before_the_server_wants_it(
    status: int, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("betony.fetch.again._FIRST", 0.05)

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(status=404)
        written = formatdate(time.time() + 6, usegmt=True) if value == "HTTP-date" else value
        return Reply(status=status, headers={"Retry-After": written})

    waits = RETRY_AFTER[value]
    with serving(answer) as server, new_store(tmp_path) as store:
        began = time.monotonic()
        done, _ = fetch_round(store, [server.url("/one"), server.url("/two")], patience=1.2)
        asked = [one for one in server.log if one.path != "/robots.txt"]
        assert max(server.asked().count(path) for path in ("/one", "/two")) <= again.TRIES
        for before, after in itertools.pairwise(asked):
            assert after.started - before.ended >= (waits or 0) - 0.01
        if waits is None or waits < 1.2:
            assert done.ended
            assert len(asked) == 2 * again.TRIES
            return
        assert len(asked) == 1  # the other page is on the same host
        assert time.monotonic() - began < min(waits, 20)  # nobody sleeps until then
        assert not done.ended
        first = standing(store)[server.url("/one")]
        assert first.outcome == Outcome.LATER
        assert (first.due or 0) - time.time() > waits - 3
        fetch_round(store, [], patience=0)  # a new run keeps to it
        assert len(server.asked()) == 1


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 3 ", 3),
        ("1.5", 1.5),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("-1", None),
        ("", None),
        (None, None),
        ("soon", None),
        ("٣", None),
        ("1e9", None),
        ("99999999999999999999999999", again.LONGEST),
        ("Thu, 01 Jan 9999 00:00:00 GMT", again.LONGEST),
        ("nan", None),
        ("inf", None),
    ],
)
def test_every_form_of_retry_after(value: str | None, seconds: float | None) -> None:
    assert again.wait_asked(value, 100.0) == seconds


def test_what_passes_is_tried_three_times_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betony.fetch.again._FIRST", 0.05)
    failing: Iterator[int] = iter([500, 502, 200])

    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(status=404)
        return Reply(
            page(), status=next(failing) if request.path == "/twice" else 500 if request.path == "/never" else 400
        )

    with serving(answer) as server, new_store(tmp_path) as store:
        fetch_round(store, [server.url(path) for path in ("/twice", "/never", "/no")])
        rows = standing(store)
        assert [server.asked().count(path) for path in ("/twice", "/never", "/no")] == [3, 3, 1]
        assert rows[server.url("/twice")].outcome == Outcome.STORED
        assert rows[server.url("/never")].outcome == Outcome.FAILED
        assert rows[server.url("/never")].message == "the server answers 500 (3 tries)"
        assert rows[server.url("/no")].message == "the server answers 400"


def redirecting(target: str, times: int = 1) -> object:
    async def answer(request: Request) -> Reply:
        if request.path == "/robots.txt":
            return Reply(b"User-agent: *\nDisallow: /private\n")
        hops = int(request.path.partition("?")[2] or 0)
        if request.path.startswith("/start") and hops + 1 == times:
            return Reply(status=302, headers={"Location": target})
        if request.path.startswith("/start"):
            return Reply(status=302, headers={"Location": f"/start?{hops + 1}"})
        return Reply(page())

    return answer


@pytest.mark.parametrize(
    ("target", "times", "outcome"),
    [
        ("/page", 1, Outcome.STORED),
        ("/page", 5, Outcome.STORED),
        ("/page", 6, Outcome.REFUSED),
        ("file:///etc/passwd", 1, Outcome.REFUSED),
        ("http://169.254.169.254/latest/", 1, Outcome.REFUSED),
        ("http://10.0.0.1/", 2, Outcome.REFUSED),
        ("http://[::ffff:10.0.0.1]/", 1, Outcome.REFUSED),
        ("http://user:word@127.0.0.1/", 1, Outcome.REFUSED),
        ("/private", 1, Outcome.FORBIDDEN),
    ],
)
def test_redirects_are_followed_one_by_one_and_under_the_same_rules(
    target: str, times: int, outcome: Outcome, tmp_path: Path
) -> None:
    with serving(redirecting(target, times)) as server, new_store(tmp_path) as store:  # type: ignore[arg-type]
        fetch_round(store, [server.url("/start")], patience=5)
        row = standing(store)[server.url("/start")]
        assert (row.outcome, row.due) == (outcome, None), row
        assert "/private" not in server.asked()
        if outcome is Outcome.STORED:
            assert row.final_url == server.url("/page")
            capture = store.load([row.input_id or ""])[0]
            assert (capture.url, capture.final_uri) == (server.url("/start"), server.url("/page"))


def test_a_redirect_to_another_host_waits_its_turn_there(tmp_path: Path) -> None:
    async def answer(request: Request) -> Reply:
        if request.path.startswith("/from"):
            place = server.url(request.path.replace("from", "to"), "127.0.0.3")
            return Reply(status=301, headers={"Location": place})
        return Reply(page() if request.path != "/robots.txt" else b"")

    with serving(answer, ("127.0.0.2", "127.0.0.3")) as server, new_store(tmp_path) as store:
        fetch_round(store, [server.url(f"/from{i}") for i in range(5)], manners=Manners(delay=0.05))
        assert breaches(server.log, 0.05) == []
        assert sorted(one.path for one in server.log if one.host == "127.0.0.3") == [
            "/robots.txt",
            *(f"/to{i}" for i in range(5)),
        ]


def test_no_more_pages_than_the_limit(tmp_path: Path) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page(links=tuple(f"/{i}" for i in range(20))) if request.path != "/robots.txt" else b"")

    with serving(answer) as server, new_store(tmp_path) as store:
        done, _ = fetch_round(store, [server.url("/list")], Scope(max_pages=6, links=True))
        assert (len(server.asked()), done.left_out) == (6, 15)
