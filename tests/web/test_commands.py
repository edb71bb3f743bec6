"""Addresses on the command line, as a person gives them."""

from __future__ import annotations

import contextlib
import json
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from betony import cli
from betony.store import Store
from tests.web.server import Reply, Request, Server, page, serving

PAGES: dict[str, bytes] = {}
POSTED: list[bytes] = []


async def site(request: Request) -> Reply | None:
    if request.path == "/robots.txt":
        return Reply(b"User-agent: *\nDisallow: /private\n")
    if request.path == "/hook":
        POSTED.append(b"x")
        return Reply()
    if request.path == "/cut":
        request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: text/html\r\n\r\n<p>half")
        await request.writer.drain()
        return None
    body = PAGES.get(request.path)
    return Reply(status=404) if body is None else Reply(body)


@pytest.fixture
def server() -> Iterator[Server]:
    PAGES.clear()
    with serving(site) as running:
        yield running


def run(folder: Path, *arguments: str, status: int = 0, **variables: Any) -> str:
    """What the command says, on both streams; run in this process, as starting another takes longer than the command."""
    settings = {"BETONY_LOOPBACK": "1", "BETONY_DELAY": "0.01", **variables}
    before = signal.getsignal(signal.SIGTERM)
    with contextlib.chdir(folder):
        done = CliRunner().invoke(cli.app, list(arguments), env=settings)
    signal.signal(signal.SIGTERM, before)
    assert done.exit_code == status, done.output
    return done.output


def test_addresses_become_records_and_what_cannot_be_had_is_named(server: Server, tmp_path: Path) -> None:
    PAGES.update({f"/guidance/{i}": page(f"Guidance {i}") for i in range(3)})
    paths = [*PAGES, "/private/1", "/gone", "/cut"]
    (tmp_path / "list.txt").write_text("# ours\n" + "\n".join(server.url(path) for path in paths))
    said = run(tmp_path, "ingest", "@list.txt", status=1)
    assert "3 new, 0 changed, 0 unchanged, 3 set aside" in said
    assert "forbidden by its robots.txt" in said
    assert "the server answers 404" in said
    assert "broke off" in said
    assert "/private/1" not in server.asked()
    said = run(tmp_path, "ingest", "@list.txt", status=1)
    assert "0 new, 0 changed, 3 unchanged, 3 set aside" in said
    with Store.open(str(tmp_path / "betony.db")) as store:
        failure = next(row for row in store.failures() if row.uri.endswith("/cut"))
        kept = store.load([failure.input_id])[0]
        assert (kept.body, kept.truncated) == (b"<p>half", True)
        assert store.verify() == store.sizes()["captures"]
    said = run(tmp_path, "captures", "web:127.0.0.1/guidance/1")
    assert said.count("/guidance/1") == 2
    assert "stored (200)" in said
    first = json.loads(run(tmp_path, "captures", "--json").splitlines()[-1])
    assert first["outcome"] == "robots"


def test_a_dry_run_asks_for_no_document(server: Server, tmp_path: Path) -> None:
    said = run(tmp_path, "ingest", server.url("/a"), "--dry-run")
    assert said == f"fetches  {server.url('/a')} if its robots.txt allows it\n"
    assert server.log == []
    assert list(tmp_path.iterdir()) == []
    PAGES["/a"] = page()
    PAGES["/sitemap.xml"] = (
        f"<urlset><url><loc>{server.url('/a')}</loc></url><url><loc>{server.url('/private/b')}</loc></url>"
        f"<url><loc>{server.url('/c')}</loc></url></urlset>"
    ).encode()
    run(tmp_path, "ingest", server.url("/a"))
    del server.log[:]
    said = run(tmp_path, "ingest", server.url("/sitemap.xml"), "--match", "*/[ab]", "--dry-run")
    assert said.splitlines() == [
        f"asked    {server.url('/sitemap.xml')}",
        f"fetches  {server.url('/a')}",
        f"not      {server.url('/private/b')}: forbidden by its robots.txt",
        f"not      {server.url('/c')}: it does not match */[ab]",
        "That is 2 documents.",
    ]
    assert server.asked() == ["/sitemap.xml"]


def test_nobody_fetches_without_a_contact(tmp_path: Path) -> None:
    said = run(tmp_path, "ingest", "https://www.example.org/", status=2, BETONY_LOOPBACK="0")
    assert "no contact is set" in said
    assert "BETONY_CONTACT" in said
    assert list(tmp_path.iterdir()) == []


def test_a_password_in_an_address_is_refused_and_not_shown(tmp_path: Path) -> None:
    said = run(tmp_path, "ingest", "https://someone:secret@www.example.org/", status=2)
    assert "user name or password" in said
    assert "secret" not in said


def test_what_is_watched_is_fetched_when_it_is_due(server: Server, tmp_path: Path) -> None:
    PAGES["/list"] = page("List", ("/a", "/b"))
    PAGES["/a"], PAGES["/b"] = page("A"), page("B")
    run(tmp_path, "sources", "add", server.url("/list"), "--links", "--every", "12h")
    assert "every 12h" in run(tmp_path, "sources", "list")
    hook: dict[str, Any] = {"BETONY_WEBHOOK": server.url("/hook")}
    said = run(tmp_path, "watch", **hook)
    assert "2 new, 0 changed" in said
    assert "web:127.0.0.1/a  A\n  new" in said
    assert len(POSTED) == 1
    assert "No source is due" in run(tmp_path, "watch", **hook)
    PAGES["/a"] = page("A rewritten")
    said = run(tmp_path, "watch", "--all", **hook)
    assert "web:127.0.0.1/a" in said
    assert "1 document" in said  # what did not change is not read again
    assert len(POSTED) == 2
    run(tmp_path, "sources", "pause", server.url("/list"))
    assert "No source is due" in run(tmp_path, "watch", "--all")
    run(tmp_path, "sources", "resume", server.url("/list"))
    run(tmp_path, "sources", "remove", server.url("/list"))
    assert "Nothing is watched" in run(tmp_path, "sources", "list")
    assert "no such source" in run(tmp_path, "sources", "pause", "x", status=2)
