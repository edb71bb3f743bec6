"""robots.txt: fifteen answers and what follows from each, by the server's own log."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from betony.crawl import Manners
from betony.fetch import Answer, Limits, parse
from betony.fetch.robots import Robots, Standing, read, verdict
from betony.store import Outcome
from tests.web.crawling import fetch_round, new_store, standing
from tests.web.server import Reply, Request, page, serving

RULES = b"User-agent: *\nDisallow: /private\n"
LONG = RULES + b"# " + b"x" * 600 * 1024 + b"\nDisallow: /\n"


async def hang_up(request: Request) -> None:
    request.writer.transport.abort()


# By name: what /robots.txt answers, and whether /public and /private may be fetched.
ANSWERS: dict[str, tuple[Callable[[Request], Reply | Awaitable[Reply | None]], bool, bool]] = {
    "200 rules": (lambda _: Reply(RULES), True, False),
    "200 empty": (lambda _: Reply(b""), True, True),
    "200 garbage": (lambda _: Reply(b"\x00\xff<html>nothing here" * 100), True, True),
    "200 of 600 KiB": (lambda _: Reply(LONG), True, False),
    "301 five times": (lambda r: moved(r, 5), True, False),
    "301 six times": (lambda r: moved(r, 6), False, False),
    "401": (lambda _: Reply(status=401), False, False),
    "403": (lambda _: Reply(status=403), False, False),
    "404": (lambda _: Reply(page(), status=404), True, True),
    "410": (lambda _: Reply(status=410), True, True),
    "429": (lambda _: Reply(status=429), False, False),
    "500": (lambda _: Reply(status=500), False, False),
    "503": (lambda _: Reply(RULES, status=503), False, False),
    "time-out": (lambda _: asyncio.sleep(30), False, False),
    "refused": (hang_up, False, False),
}  # fmt: skip


def moved(request: Request, times: int) -> Reply:
    at = int(request.path.partition("?")[2] or 0)
    return Reply(RULES) if at == times else Reply(status=301, headers={"Location": f"/robots.txt?{at + 1}"})


def site(name: str) -> Callable[[Request], Awaitable[Reply | None]]:
    async def answer(request: Request) -> Reply | None:
        if not request.path.startswith("/robots.txt"):
            return Reply(page())
        made = ANSWERS[name][0](request)
        return made if isinstance(made, Reply) else await made

    return answer


@pytest.fixture(autouse=True)
def _quick_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betony.fetch.again._FIRST", 0.02)


@pytest.mark.parametrize("name", list(ANSWERS))
def test_the_right_thing_follows_from_every_answer(name: str, tmp_path: Path) -> None:
    _, public, private = ANSWERS[name]
    with serving(site(name)) as server, new_store(tmp_path) as store:
        seeds = [server.url("/public"), server.url("/private")]
        fetch_round(store, seeds, limits=Limits(seconds=0.4), patience=1)
        asked = set(server.asked()) - {path for path in server.asked() if path.startswith("/robots.txt")}
        assert asked == ({"/public"} if public else set()) | ({"/private"} if private else set())
        for seed, allowed in zip(seeds, (public, private), strict=True):
            outcome = standing(store)[seed].outcome
            assert (outcome == Outcome.STORED) == allowed
            if not allowed:
                assert "robots.txt" in (standing(store)[seed].message or "")


def test_it_is_asked_once_a_day_and_not_for_every_page(tmp_path: Path) -> None:
    with serving(site("200 rules")) as server, new_store(tmp_path) as store:
        for name in ("one", "two"):
            fetch_round(store, [server.url(f"/{name}/{i}") for i in range(3)], name=name)
        assert [one.path for one in server.log].count("/robots.txt") == 1
        assert len(server.asked()) == 6


def answer(body: bytes, status: int = 200) -> Answer:
    return Answer(parse("http://example.org/robots.txt"), status, (), body, None, 0)


def test_a_pattern_of_many_stars_is_decided_at_once() -> None:
    robots = read(answer(b"User-agent: *\nDisallow: /" + b"*a" * 20 + b"$\n"))
    began = time.process_time()
    assert verdict(robots, "http://example.org/" + "a" * 80 + "b").allowed
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 7\n", 7),
        (b"User-agent: betony\nCrawl-delay: 3\nUser-agent: *\nCrawl-delay: 7\n", 3),
        (b"User-agent: *\nRequest-rate: 1/20\n", 20),
        (b"User-agent: *\nCrawl-delay: 86400\n", 300),
        (b"User-agent: *\nCrawl-delay: soon\n", 0),
        (b"", 0),
    ],
)
def test_the_delay_it_asks_for(rules: bytes, delay: float) -> None:
    assert verdict(read(answer(rules)), "http://example.org/").delay == delay


def test_a_delay_it_asks_for_is_kept(tmp_path: Path) -> None:
    async def slow(request: Request) -> Reply:
        return Reply(b"User-agent: *\nCrawl-delay: 0.3\n" if request.path == "/robots.txt" else page())

    with serving(slow) as server, new_store(tmp_path) as store:
        fetch_round(store, [server.url(f"/{i}") for i in range(4)], manners=Manners(delay=0.01))
        log = server.log[1:]
        gaps = [after.started - before.ended for before, after in itertools.pairwise(log)]
        assert len(gaps) == 3
        assert min(gaps) >= 0.3


def test_what_nobody_can_tell_is_closed() -> None:
    closed = Robots(Standing.UNKNOWN, "", "x", 1)
    assert not verdict(closed, "http://example.org/").allowed
