"""Captures as a web archive: read back whole by betony and by others, whatever a crash left of the file."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from betony.export import warc
from betony.export.warc import Item
from betony.model import Capture, Http
from betony.sources import discover
from betony.store import Store
from tests.web.crawling import fetch_round, new_store
from tests.web.server import Reply, Request, page, serving


def items(store: Store) -> Iterator[Item]:
    for one in store.frontier.archive():
        yield Item(one.input_id, one.capture, one.stored_at, one.headers, one.cut)


def made_up(number: int) -> list[Item]:
    found = []
    for i in range(number):
        url = f"https://www.example.org/{i}"
        body = page(f"Page {i} " + random.Random(i).randbytes(400).hex())  # noqa: S311 - no secret
        capture = Capture(body, url, url, url, "text/html", "utf-8", "2026-01-01T00:00:00Z", Http(200, f'"{i}"'))
        headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"), ("ETag", f'"{i}"'))
        found.append(Item(f"{i:032}", capture, "2026-01-01T00:00:00Z", headers))
    return found


def by_betony(path: Path) -> dict[str, bytes]:
    found = list(discover([str(path)]))
    assert all(isinstance(one, Capture) for one in found), [one for one in found if not isinstance(one, Capture)]
    return {one.url or "": one.body for one in found if isinstance(one, Capture)}


def by_warcio(path: Path) -> dict[str, bytes]:
    found = {}
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type in ("response", "resource"):
                assert record.digest_checker.passed is True
                found[record.rec_headers.get_header("WARC-Target-URI")] = body
    return found


def test_what_was_fetched_is_archived_and_read_back(tmp_path: Path) -> None:
    async def answer(request: Request) -> Reply:
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": '"1"', "X-Odd": "yes"}
        return Reply(page(request.path), headers=headers) if request.path != "/robots.txt" else Reply(b"")

    with serving(answer) as server, new_store(tmp_path) as store:
        seeds = [server.url(f"/{i}") for i in range(20)]
        fetch_round(store, seeds)
        out = tmp_path / "all.warc.gz"
        assert warc.write(items(store), str(out)) == 20
        first = out.read_bytes()
        warc.write(items(store), str(out))
        assert out.read_bytes() == first  # the same captures give the same bytes
        assert by_betony(out) == by_warcio(out) == {seed: page(f"/{i}") for i, seed in enumerate(seeds)}
        assert b"X-Odd: yes" in b"".join(
            r.http_headers.to_str().encode() for r in ArchiveIterator(io.BytesIO(first)) if r.http_headers
        )
        capture = next(one for one in discover([str(out)]) if isinstance(one, Capture))
        assert (capture.http, capture.charset) == (Http(200, '"1"', None), "utf-8")
        assert capture.retrieved_at
        assert store.verify() == store.sizes()["captures"]


def test_a_cut_capture_is_marked_in_the_archive(tmp_path: Path) -> None:
    whole, half = made_up(2)
    cut = Item(half.input_id, half.capture, half.stored_at, half.headers, "disconnect")
    warc.write([whole, cut], str(tmp_path / "a.warc.gz"))
    found = [one for one in discover([str(tmp_path / "a.warc.gz")]) if isinstance(one, Capture)]
    assert [one.truncated for one in found] == [False, True]


def test_a_torn_archive_loses_nothing_whole_and_what_is_added_is_read(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    every = made_up(8)
    expected = {item.capture.url: item.capture.body for item in every}
    warc.write(every[:6], str(tmp_path / "whole.warc.gz"))
    whole = (tmp_path / "whole.warc.gz").read_bytes()
    chance = random.Random(9)  # noqa: S311 - no secret
    out = tmp_path / "torn.warc.gz"
    for _ in range(300 if request.config.getoption("--long") else 40):
        at = chance.randrange(20, len(whole))
        out.write_bytes(whole[:at])
        added = warc.append(every, str(out))
        assert 2 <= added <= 8
        assert by_betony(out) == expected
        assert by_warcio(out) == expected
    assert warc.append(every, str(out)) == 0


def test_adding_to_what_is_no_archive_leaves_it_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.warc.gz"
    other.write_bytes(b"something else")
    with pytest.raises(Exception, match="no web archive"):
        warc.append(made_up(1), str(other))
    assert other.read_bytes() == b"something else"


def test_a_damaged_capture_is_not_handed_out(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        run = store.begin_run("test")
        kept = store.keep([made_up(1)[0].capture], run)
        with store._database.writing() as connection:
            connection.exec_driver_sql("update captures set body = (select x'789c030000000001')")
        with pytest.raises(Exception, match="damaged"):
            store.load([kept[0].input_id])
        with pytest.raises(Exception, match="damaged"):
            store.verify()
