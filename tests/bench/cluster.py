"""python -m tests.bench.cluster [--documents 300] [--workers 2] [--client-memory]: what a page costs each part of a Dask cluster.

Mixed documents go into PostgreSQL, with a scheduler and workers as processes of this machine. Processor seconds of each
part are read before and after, so that a busy machine does not matter. From these, and the bytes on disk, follows what
ten million pages take; see flows/scale.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import psutil

from betony.store import Store
from tests import postgresql, stores
from tests.bench import mixed
from tests.bench.scale import Cost, watched
from tests.scale.cluster import Cluster, running


def seconds(*numbers: int) -> float:
    """Processor seconds of these processes and all that they have started and is alive, or was waited for."""
    spent = 0.0
    for number in numbers:
        process = psutil.Process(number)
        for one in (process, *process.children(recursive=True)):
            spent += sum(one.cpu_times()[:4])
    return spent


def ingest(folder: Path, store: str, cluster: Cluster) -> Cost:
    """One run of the command line on the cluster."""
    command = [sys.executable, "-m", "betony", "ingest", str(folder), "--store", store]
    return watched([*command, "--runner", "dask", "--scheduler", cluster.address])


def committing(server: postgresql.Server, store: str) -> tuple[float, float, int]:
    """Wall and processor seconds of writing all records of a store into another, one after the other; how many."""
    with Store.open(store, writable=False) as source:
        records = [json.loads(text) for text in source.every_json()]
    with Store.open(server.new_database(), create=True) as target:
        run = target.begin_run("bench")
        before, start, own = server.processor_seconds(), time.monotonic(), time.process_time()
        for record in records:
            stores.put(target, record, run)
        own = time.process_time() - own
        return time.monotonic() - start, own + server.processor_seconds() - before, len(records)


def report(documents: int, workers: int) -> None:
    """Print what each part took."""
    with (
        tempfile.TemporaryDirectory() as name,
        postgresql.running(durable=True) as server,
        running(Path(name) / "dask", workers) as cluster,
    ):
        folder, warm, store = Path(name) / "inputs", Path(name) / "warm", server.new_database()
        for place, number, first in ((warm, 20, documents), (folder, documents, 0)):
            place.mkdir()
            mixed.write(place, number, first)
        size = sum(path.stat().st_size for path in folder.iterdir() if ".source" not in path.name)
        ingest(warm, server.new_database(), cluster)
        scheduler, *others = [process.pid for process in cluster.processes]
        before = seconds(scheduler), seconds(*others), seconds(server._process)
        cost = ingest(folder, store, cluster)
        after = seconds(scheduler), seconds(*others), seconds(server._process)
        with Store.open(store) as opened:
            run = opened.runs(1)[0]
            opened._database.vacuum()
            with opened._database.reading() as connection:
                bodies = connection.exec_driver_sql("select sum(octet_length(body)) from captures").scalar_one()
            stored = opened._database.backend.size()
        if (run.inputs, run.balance) != (documents, 0):
            raise SystemExit(f"the counts are not those of the documents: {run}")
        empty = server.new_database()
        with Store.open(empty, create=True) as opened:
            stored -= opened._database.backend.size()
        wall, busy, number = committing(server, store)
    scheduling, working, keeping = (
        (late - early) / documents * 1000 for early, late in zip(before, after, strict=True)
    )
    print(
        f"{documents:,} documents, {size / documents / 1000:.1f} KB each, {workers} workers, load {os.getloadavg()[0]:.1f}; "
        f"milliseconds of processor time a document:\n"
        f"  workers {working:.1f}, PostgreSQL {keeping:.1f}, client {cost.parent / documents * 1000:.1f} "
        f"(its start with it: {cost.parent:.1f} s in all), scheduler {scheduling * documents / cost.wall / 10:.1f} % of a core\n"
        f"stored a document: {stored / documents / 1000:.1f} KB, of which its capture {bodies / documents / 1000:.1f} KB\n"
        f"a record written by one process alone: {wall / number * 1000:.1f} ms, {busy / number * 1000:.1f} ms of them "
        f"processor time; writers take turns\n"
        f"client memory at most {cost.peak:.0f} MB"
    )


PROGRAM = """
import sys
from betony import cluster, work
from betony.model import Capture
from betony.store import Store
captures = (Capture(b"text %d" % i, f"{i}.txt", f"https://small.example/{i}") for i in range(int(sys.argv[3])))
with (
    Store.open(sys.argv[1], create=True) as store,
    cluster.connected(sys.argv[2], sys.argv[1], structure="tests.poison:structure") as elsewhere,
):
    done = work.ingest(captures, store, structure="tests.poison:structure", elsewhere=elsewhere)
    assert (done.error, done.run.balance, done.run.new) == (None, 0, int(sys.argv[3])), done
"""


def client_memory(documents: int, workers: int) -> None:
    """Print how the client's memory grows while it hands out so many tiny documents."""
    with tempfile.TemporaryDirectory() as name, running(Path(name) / "dask", workers) as cluster:
        cost = watched([sys.executable, "-c", PROGRAM, f"{name}/s.db", cluster.address, str(documents)])
    tenth = max(len(cost.megabytes) // 10, 1)
    early, late = (statistics.mean(part) for part in (cost.megabytes[tenth : 2 * tenth], cost.megabytes[-tenth:]))
    print(f"{documents:,} tiny documents: client {early:.1f} MB in the second tenth, {late:.1f} MB in the last")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--client-memory", action="store_true", help="only the client's memory, by tiny documents")
    chosen = parser.parse_args()
    (client_memory if chosen.client_memory else report)(chosen.documents, chosen.workers)


if __name__ == "__main__":
    main()
