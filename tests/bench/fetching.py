"""What fetching costs beside a bare async client that stores the same bytes in SQLite with the same settings.

python -m tests.bench.fetching [--pages N]: pages from loopback, politeness off, in portions that take turns, so that
noise meets both alike; processor seconds of this process (the server is another).
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import itertools
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import httpx
import psutil

from betony import crawl
from betony.crawl import Manners, Scope
from betony.fetch import Door
from betony.store import SourceState, Store
from tests.conftest import ROOT

SERVER = """
import asyncio
from tests.web.server import Reply, Server, page

async def answer(request):
    words = page(request.path + " " + "word " * 300)
    return Reply(words, headers={"Content-Type": "text/html", "ETag": '"1"'})

server = Server(answer)
server.start()
print(server.port, flush=True)
server._thread.join()
"""
AT_ONCE = 32
PORTIONS = 5


async def bare(urls: list[str], database: sqlite3.Connection) -> None:
    """As little as can be done: pages by httpx, stored in batches of what is there, packed as betony packs them."""
    waiting = iter(urls)
    came: list[tuple[str, str, int, bytes]] = []
    async with httpx.AsyncClient() as client:

        async def work() -> None:
            for url in waiting:
                answer = await client.get(url)
                body = answer.content
                came.append((hashlib.sha256(body).hexdigest(), url, answer.status_code, zlib.compress(body, 3)))

        async def keep() -> None:
            while True:
                await asyncio.sleep(0.01)
                if came:
                    batch = came.copy()
                    came.clear()
                    await asyncio.to_thread(store, batch)

        def store(batch: list[tuple[str, str, int, bytes]]) -> None:
            with database:
                database.executemany("insert or ignore into pages values (?, ?, ?, ?)", batch)

        keeper = asyncio.create_task(keep())
        await asyncio.gather(*(work() for _ in range(AT_ONCE)))
        keeper.cancel()
        store(came)


async def ours(urls: list[str], store: Store, portion: int) -> None:
    number = store.frontier.add_source(f"portion {portion}", SourceState.ONCE, 0, Scope().as_options(), 0)
    async with Door(loopback=True) as door:
        await crawl.run(store.frontier, door, {number: (Scope(), urls)}, manners=Manners(polite=False), at_once=AT_ONCE)


def measure(pages: int, folder: Path, port: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds a page of both, portion by portion, and megabytes held after each."""
    database = sqlite3.connect(folder / "bare.db", check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("create table pages (digest text primary key, url text, status integer, body blob)")
    size = pages // PORTIONS
    floor, spent, held = [], [], []
    with Store.open(str(folder / "ours.db"), create=True) as store:
        for portion in range(PORTIONS):
            urls = [f"http://127.0.0.1:{port}/{i}" for i in range(portion * size, (portion + 1) * size)]
            start = time.process_time()
            asyncio.run(bare(urls, database))
            floor.append((time.process_time() - start) / size)
            start = time.process_time()
            asyncio.run(ours(urls, store, portion))
            spent.append((time.process_time() - start) / size)
            held.append(psutil.Process().memory_info().rss / 1e6)
        kept = store.sizes()["captures"]
    assert kept == database.execute("select count(*) from pages").fetchone()[0] == size * PORTIONS
    return floor, spent, held


def report(pages: int) -> None:
    """Print the figures."""
    server = subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        with tempfile.TemporaryDirectory() as folder:
            floor, spent, held = measure(pages, Path(folder), port)
    finally:
        server.kill()
    ratios = [ours / bare for bare, ours in zip(floor, spent, strict=True)]
    print(f"fetching {pages:,} pages: {statistics.mean(spent) * 1e3:.2f} ms of processor a page,")
    print(
        f"a bare client that stores them: {statistics.mean(floor) * 1e3:.2f} ms; ratio {statistics.median(ratios):.2f}"
    )
    growth = [round(after - before, 1) for before, after in itertools.pairwise(held)]
    print(f"memory {held[0]:.0f} MB after the first portion; growth a portion since: {growth} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5_000)
    report(parser.parse_args().pages)
