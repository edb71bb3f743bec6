"""A made-up site of 60 products, watched over a year: after each round what is told is what its publisher did, no more.

The site answers from a server of our own, so its records have ids of that server's addresses.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from betony import watch
from betony.settings import Settings
from betony.store import Departure, Store
from tests.web.crawling import new_store
from tests.web.server import Reply, Request, Server, page, serving
from tests.year import hold_at_the_end
from tests.year.products import SITE
from tests.year.script import Round, Told, year

CHOSEN = Settings(loopback=True, delay=0.001, workers=2)
STATUS = {"not_found": 404, "gone": 410}


class Site:
    """What the server answers on the day."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes] = {}
        self.listed: list[str] = []
        self.status: dict[str, int] = {}
        self.moved: dict[str, str] = {}
        self.not_sent: list[str] = []
        """Records whose page was not sent again, as it was the same."""

    def turn_to(self, found: Round, here: str) -> None:
        for url, body in found.pages.items():
            path = url.removeprefix(SITE)
            self.bodies[path] = body.replace(SITE, here).encode()
            self.status.pop(path, None)
            if path not in self.listed:
                self.listed.append(path)
        for record_id, how in found.gone.items():
            if how == "unlisted":
                self.listed.remove(path_of(record_id))
            else:
                self.status[path_of(record_id)] = STATUS[how]
        self.moved |= {path_of(record_id): path_of(target) for record_id, target in found.moved.items()}
        self.not_sent.clear()

    async def answer(self, request: Request) -> Reply:
        path = request.path.removeprefix("/guidance")
        if path == "/list":
            return Reply(page("List", tuple(f"/guidance{one}" for one in self.listed)))
        if path in self.moved:
            return Reply(status=301, headers={"Location": f"/guidance{self.moved[path]}"})
        if path in self.status or path not in self.bodies:
            return Reply(status=self.status.get(path, 404))
        tag = f'"{hashlib.sha256(self.bodies[path]).hexdigest()}"'
        if request.headers.get("if-none-match") == tag:
            self.not_sent.append(f"nice:{path[1:]}")
            return Reply(status=304)
        return Reply(self.bodies[path], headers={"Content-Type": "text/html; charset=utf-8", "ETag": tag})


def path_of(record_id: str) -> str:
    return "/" + record_id.removeprefix("nice:")


def named_here(record_id: str) -> str:
    """The id of a product's record where its site is this machine."""
    return f"web:127.0.0.1/guidance{path_of(record_id)}"


def seen(store: Store, failing: int) -> Told:
    """One round of watching, in which so many pages are no documents or cannot be had; what was told of it."""
    done = watch.run(store, CHOSEN, everything=True)
    assert done.summary.run.state == "finished", done.summary.error
    assert done.summary.run.quarantined == failing, done.summary.setbacks
    assert not done.waiting
    return Counter((one.record_id, one.change.kind.value, one.change.name) for one in done.changes)


@pytest.mark.timeout(1200)
def test_what_is_told_equals_the_script(tmp_path: Path) -> None:
    site = Site()
    with serving(site.answer) as server, new_store(tmp_path) as store:
        watch.add(store, server.url("/guidance/list"), Settings(loopback=True, links=True), 0.001)
        live_through(site, server, store)


def live_through(site: Site, server: Server, store: Store) -> None:
    versions = 0
    for found in year():
        site.turn_to(found, server.url("/guidance"))
        told = seen(store, found.refused + len(site.status))
        script = Counter({(named_here(name), kind, about): n for (name, kind, about), n in found.told.items()})
        assert told == script, (found.day, "missing", script - told, "too much", told - script)
        assert set(found.unchanged) <= set(site.not_sent)
        changed = {record_id for record_id, kind, _ in found.told if kind not in ("retired", "reopened")}
        versions += len(changed)
        assert store.sizes()["versions"] == versions, found.day
    gone = {"nice:ng9129": Departure.UNLISTED, "nice:ng9131": Departure.MOVED}
    hold_at_the_end(store, {named_here(record_id): how for record_id, how in gone.items()})
