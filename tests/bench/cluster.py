"""python -m tests.bench.cluster [--documents 300] [--workers 2]: what a page costs each part of a Dask cluster.

Mixed documents go into PostgreSQL, with a scheduler and workers as processes of this machine. Processor seconds of each
part are read before and after, so that a busy machine does not matter. From these, and the bytes on disk, follows what
ten million pages take; see flows/scale.md.
"""

from __future__ import annotations

import argparse
import json
import os
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
        before = seconds(scheduler), seconds(*others), server.processor_seconds()
        cost = ingest(folder, store, cluster)
        after = seconds(scheduler), seconds(*others), server.processor_seconds()
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
    part = [(a - b) / documents * 1000 for a, b in zip(after, before, strict=True)]
    print(
        f"{documents:,} documents, {size / documents / 1000:.1f} KB each, {workers} workers, {run.quarantined} set aside, "
    )
    print(f"load {os.getloadavg()[0]:.1f}; a document, on average:")
    print(f"  workers    {part[1]:8.1f} ms of processor time")
    print(f"  PostgreSQL {part[2]:8.1f} ms")
    print(f"  client     {cost.parent / documents * 1000:8.1f} ms ({cost.parent:.1f} s in all, its start with them)")
    print(f"  scheduler  {part[0]:8.2f} ms")
    print(
        f"  stored     {stored / documents / 1000:8.1f} KB, of which the compressed capture {bodies / documents / 1000:.1f} KB"
    )
    print(
        f"  a record written alone {wall / number * 1000:.1f} ms of wall, {busy / number * 1000:.1f} ms of processor time: "
    )
    print(
        f"             writers take turns, so at most {number / wall:.0f} records a second here ({number / busy:.0f} if nothing else ran)"
    )
    print(f"client memory at most {cost.peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    report(chosen.documents, chosen.workers)


if __name__ == "__main__":
    main()
