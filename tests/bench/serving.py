"""How the API serves a store of 10,000 records: python -m tests.bench.serving [--workers 2].

50 clients ask `betony serve` for one record after another, in turns with a bare FastAPI route that returns the same
bytes, so that both meet the same machine. The latency of a closed loop of 50 is that of 50 requests' work on the cores
there are: the ratio, and the processor time of one request, are what can be compared. Memory is that of the server.
At the end the same is asked, and all sorts of other things, while an ingest writes to the store; and then all records
in one answer.

`--schemathesis 600` asks the API for so many seconds whatever its description allows, and what it does not, over HTTP.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

from betony.store import Store, details, prepared, tables
from tests.bench import madeup
from tests.conftest import ROOT

CLIENTS = 50
SLICE = 5.0
"""Seconds of a turn."""
_BARE = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI, Response
body = Path(sys.argv[1]).read_bytes()
app = FastAPI()
@app.get("/records/{name}")
async def record(name: str) -> Response:
    return Response(body, media_type="application/json")
config = uvicorn.Config(app, port=0, log_level="warning", access_log=False)
socket = config.bind_socket()
print(f"http://127.0.0.1:{socket.getsockname()[1]}/", flush=True)
uvicorn.Server(config).run(sockets=[socket])
"""


@dataclass
class Load:
    """What the clients of one server saw."""

    latencies: list[float] = field(default_factory=list)
    """Seconds."""
    errors: list[str] = field(default_factory=list)
    processor: float = 0.0
    """Seconds of the server."""

    def words(self) -> str:
        """The figures in one line."""
        cut = statistics.quantiles(self.latencies, n=100)
        spent = 1_000 * self.processor / len(self.latencies)
        return (
            f"{len(self.latencies):,} answers, {len(self.errors)} errors, median {1_000 * cut[49]:.1f} ms, "
            f"95 of 100 within {1_000 * cut[94]:.1f} ms, {spent:.3f} ms of processor each"
        )


def report(seconds: float, number: int, workers: int) -> None:
    """Prints the latencies of both servers, their ratio, and the memory of ours before and after."""
    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/s.db"
        ids = fill(name, number)
        with Store.open(name, writable=False) as store:
            Path(folder, "record.json").write_text(store.json(ids[0]))
        served = [sys.executable, "-m", "betony", "serve", "--port", "0", "--workers", str(workers), "--store", name]
        with (
            server(served) as (ours, our_port),
            server([sys.executable, "-c", _BARE, f"{folder}/record.json"]) as (bare, bare_port),
        ):
            chance = random.Random(7)  # noqa: S311 - no secret
            addresses = [f"/api/v1/records/{quote(one, safe='')}" for one in ids]
            mixed = [*addresses[:20], "/api/v1/search?q=ba&limit=5", "/api/v1/records?limit=20", "/api/v1/changes",
                     "/api/v1/statistics", f"/api/v1/check?name={ids[1]}", "/api/v1/responsibilities?limit=5",
                     f"/api/v1/records/{quote(ids[2], safe='')}/sections"]  # fmt: skip
            asyncio.run(load(our_port, lambda: chance.choice(mixed), 3.0, Load()))
            before = _memory(ours)
            record, floor, while_written, all_sorts = Load(), Load(), Load(), Load()
            for turn in range(max(1, round(seconds / SLICE))):
                _turn(ours, our_port, lambda: chance.choice(addresses), record)
                _turn(bare, bare_port, lambda: "/records/one", floor)
                if turn == 0:
                    warm = _memory(ours)
            with ingest(folder, name) as writes:
                for _ in range(2):
                    _turn(ours, our_port, lambda: chance.choice(addresses), while_written)
                    _turn(ours, our_port, lambda: chance.choice(mixed), all_sorts)
                written = writes()
            after = _memory(ours)
            sent, most = asyncio.run(bulk(our_port, ours))
    ratio = statistics.median(record.latencies) / statistics.median(floor.latencies)
    spent = (record.processor / len(record.latencies)) / (floor.processor / len(floor.latencies))
    print(f"{CLIENTS} clients for {seconds:.0f} s, {number:,} records, processes that answer: {workers}")
    print(f"one record:    {record.words()}")
    print(f"bare route:    {floor.words()}")
    print(f"ratio:         {ratio:.2f} of the median, {spent:.2f} of the processor time")
    print(f"while an ingest wrote {written:,} more records:")
    print(f"one record:    {while_written.words()}")
    print(f"all sorts:     {all_sorts.words()}")
    print(f"server memory: {before / 1e6:.0f} MB, {warm / 1e6:.0f} MB after a turn, {after / 1e6:.0f} MB at the end")
    print(f"all records as JSON Lines: {sent / 1e6:.0f} MB sent, {most / 1e6:.0f} MB of server memory at the most")
    for error in dict.fromkeys([*record.errors, *floor.errors, *while_written.errors, *all_sorts.errors]):
        print(f"error: {error}")


def _turn(process: psutil.Process, port: int, address: Callable[[], str], found: Load) -> None:
    start = _processor(process)
    asyncio.run(load(port, address, SLICE, found))
    found.processor += _processor(process) - start


def _processor(process: psutil.Process) -> float:
    """Seconds of a server and of its workers."""
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children()))


def _memory(process: psutil.Process) -> int:
    return sum(one.memory_info().rss for one in (process, *process.children()))


async def load(port: int, address: Callable[[], str], seconds: float, found: Load) -> None:
    """Has all clients ask one address after another until the time is over."""
    end = time.perf_counter() + seconds
    await asyncio.gather(*(_client(port, address, end, found) for _ in range(CLIENTS)))


async def _client(port: int, address: Callable[[], str], end: float, found: Load) -> None:
    """One connection that stays open, in as little work as HTTP/1.1 allows: the clients share the cores."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        asked = address()
        start = time.perf_counter()
        try:
            writer.write(f"GET {asked} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            found.errors.append(f"{asked}: {error!r}")
            return
        found.latencies.append(time.perf_counter() - start)
        if b" 200 " not in head[:20]:
            found.errors.append(f"{asked}: {head[:40]!r}")
    writer.close()


async def bulk(port: int, process: psutil.Process) -> tuple[int, int]:
    """Bytes of all records in one answer, read as they come, and the server's memory at the most meanwhile."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /api/v1/records.jsonl HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    sent, most = 0, _memory(process)
    while piece := await reader.read(1 << 20):
        sent, most = sent + len(piece), max(most, _memory(process))
    writer.close()
    return sent, most


def fill(name: str, number: int) -> list[str]:
    """A store of made-up records, many a transaction; their ids."""
    ids = []
    with Store.open(name, create=True) as store:
        made = madeup.records(number)
        while batch := [record for _, record in zip(range(500), made, strict=False)]:
            with store._database.writing() as connection:
                for record in batch:
                    record["source"]["retrieved_at"] = "2026-11-01T00:00:00Z"
                    ids.append(record["id"])
                    status = record["status"]
                    row = {
                        "id": record["id"], "title": record["title"]["value"], "publisher": "nice", "url": record["url"],
                        "identifier": record["identifier"], "page_kind": "document", "document_type": "guideline",
                        "status_code": status["code"], "currency": status["currency"], "pipeline": "bench",
                        "content_hash": record["content_hash"], "text_hash": record["text_hash"], "ruleset": "1",
                        "processed_at": "2026-11-01T00:00:00Z",
                        "json": json.dumps(record, ensure_ascii=False, separators=(",", ":")),
                    }  # fmt: skip
                    prepared.add(connection, tables.records, [row])
                    details.write(connection, record, is_new=True)
    return ids


@contextmanager
def server(command: list[str]) -> Iterator[tuple[psutil.Process, int]]:
    """A server of its own process, with the port that it says it has."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            port = int(said.partition("http://127.0.0.1:")[2].partition("/")[0])
            for _ in range(600):
                if _answers(port):
                    break
                time.sleep(0.1)
            yield psutil.Process(process.pid), port
        finally:
            process.terminate()


def _answers(port: int) -> bool:
    try:
        asyncio.run(load(port, lambda: "/", 0.0, Load()))
    except OSError:
        return False
    return True


@contextmanager
def ingest(folder: str, name: str) -> Iterator[Callable[[], int]]:
    """An ingest that has begun to write made-up documents to the store, and goes on; how many it has written."""
    path = Path(folder, "more.jsonl")
    with path.open("w") as lines:
        for number, record in enumerate(madeup.records(5_000, 3)):
            lines.write(json.dumps({"text": f"Document {number}.\n\n{record['text']}"}) + "\n")
    command = [sys.executable, "-m", "betony", "ingest", str(path), "--store", name, "--workers", "1", "--json-logs"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as process:

        def written() -> int:
            with Store.open(name, writable=False) as store:
                return sum(run.new for run in store.runs(1))

        try:
            while process.poll() is None and written() == 0:
                time.sleep(0.5)
            yield written
        finally:
            process.terminate()


def schemathesis(seconds: float) -> None:
    """Asks the API of a store of the goldens, over HTTP, until the time is over or something fails."""
    from tests.stores import goldens, put  # noqa: PLC0415 - only for this

    with tempfile.TemporaryDirectory() as folder:
        name = f"{folder}/s.db"
        with Store.open(name, create=True) as store:
            for golden in goldens():
                put(store, golden)
        with server([sys.executable, "-m", "betony", "serve", "--port", "0", "--store", name]) as (_, port):
            end, rounds = time.monotonic() + seconds, 0
            while (left := end - time.monotonic()) > 0:
                rounds += 1
                command = [
                    str(Path(sys.executable).with_name("schemathesis")), "run", "--max-time", str(max(1, round(left))),
                    "--seed", str(rounds), "--max-examples", "200", "--max-failures", "20",
                    f"http://127.0.0.1:{port}/api/v1/openapi.json",
                ]  # fmt: skip
                subprocess.run(command, cwd=folder, check=True)
    print(f"{rounds} rounds in {seconds:.0f} s, and nothing failed")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--schemathesis", type=float, metavar="SECONDS")
    arguments = parser.parse_args()
    if arguments.schemathesis:
        schemathesis(arguments.schemathesis)
    else:
        report(arguments.seconds, arguments.records, arguments.workers)
