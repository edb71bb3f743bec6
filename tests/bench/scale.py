"""python -m tests.bench.scale [--documents 1000] [--rounds 2] [--ways one two flow] [--small 50000 --plot memory.svg]

What a whole run costs: one worker against two, the flow against the command line with a Prefect server that runs
already, and the parent's memory. Runs are taken by turns. Processor seconds are those of a run with all its processes,
read while it goes; the server's are told apart. Modules are compiled before, as pip does when it installs, and what a run
over a single document takes is printed first: importing Prefect is most of what it costs once.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import psutil

from betony.store import Store
from tests.bench import memory, mixed
from tests.bench.starting import with_modules_compiled_in
from tests.conftest import ROOT
from tests.scale.cluster import answers

_WAYS = ["one", "two", "flow"]
_LOOK = 0.5  # seconds between looks at a run's processes


@dataclass
class Cost:
    """What a run took."""

    wall: float = 0.0
    processor: float = 0.0
    """Seconds of the parent and all its processes."""
    parent: float = 0.0
    """Seconds of the parent alone."""
    megabytes: list[float] = field(default_factory=list)
    """Resident memory of the parent, over time."""

    @property
    def peak(self) -> float:
        """Megabytes of the parent at most."""
        return max(self.megabytes, default=0.0)


def watched(command: list[str], environment: Mapping[str, str] = MappingProxyType({}), *, most: int = 0) -> Cost:
    """Runs a command and looks at its processes until it ends, with `most` as its status at the most."""
    cost, used = Cost(), dict[int, float]()
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=said, stderr=said, cwd=ROOT, env={**os.environ, **environment})
        parent = psutil.Process(child.pid)
        while child.poll() is None:
            with suppress(psutil.Error):
                cost.megabytes.append(parent.memory_info().rss / 1e6)
                for one in (parent, *parent.children(recursive=True)):
                    with suppress(psutil.Error):
                        times = one.cpu_times()
                        used[one.pid] = times.user + times.system
            with suppress(subprocess.TimeoutExpired):
                child.wait(_LOOK)
        cost.wall = time.monotonic() - start
        if not 0 <= child.returncode <= most:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {child.returncode}:\n{said.read()[-3000:].decode()}")
    cost.parent, cost.processor = used[child.pid], sum(used.values())
    return cost


@contextmanager
def prefect(home: Path) -> Iterator[tuple[str, psutil.Process]]:
    """A Prefect server on this machine: its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/api"
    program = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_API_URL": address, "DO_NOT_TRACK": "1"}
    environment |= {"PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    with subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 120
            while not answers(port):
                if time.monotonic() > deadline or server.poll() is not None:
                    raise SystemExit("the Prefect server did not start")
                time.sleep(0.5)
            yield address, psutil.Process(server.pid)
        finally:
            server.terminate()


def _seconds(process: psutil.Process) -> float:
    return sum(sum(one.cpu_times()[:2]) for one in (process, *process.children(recursive=True)))


def _fresh(folder: Path) -> str:
    for path in folder.glob("bench.db*"):
        path.unlink()
    return str(folder / "bench.db")


def _balanced(store: str, documents: int, *, most_set_aside: int = 0) -> int:
    """How many documents were set aside, where all are accounted for and not more were than may be."""
    with Store.open(store, writable=False) as opened:
        run = opened.runs(1)[0]
    if (run.inputs, run.balance) != (documents, 0) or run.quarantined > most_set_aside:
        raise SystemExit(f"the counts are not those of the documents: {run}")
    return run.quarantined


def report(documents: int, rounds: int, chosen: list[str]) -> None:
    """Print each run of the ways that were chosen, then the ratios of the best."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs, single = folder / "inputs", folder / "single"
        inputs.mkdir()
        single.mkdir()
        mixed.write(single, 1)
        size = sum(path.stat().st_size for path in mixed.write(inputs, documents)) / 1e6
        print(f"{documents:,} documents, {size:.1f} MB, {rounds} rounds, load {os.getloadavg()[0]:.1f}", flush=True)
        with prefect(folder / "prefect") if "flow" in chosen else nullcontext(("", None)) as (address, server):
            environment = with_modules_compiled_in(folder) | ({"PREFECT_API_URL": address} if address else {})
            print("a single document, and modules are compiled")
            _rounds(_commands(single, chosen), folder, 1, 1, environment, None)
            print("a single document")
            _rounds(_commands(single, chosen), folder, 1, rounds, environment, server)
            print("all")
            costs = _rounds(_commands(inputs, chosen), folder, documents, rounds, environment, server)
    best = {way: min(cost.wall for cost in each) for way, each in costs.items()}
    share = statistics.median(cost.parent / cost.processor for each in costs.values() for cost in each)
    print(
        f"the parent's share of all processor time: {share:.1%}; on two cores alone that allows {2 * (1 - share):.2f} ×"
    )
    if {"one", "two"} <= best.keys():
        print(f"2 workers: {best['one'] / best['two']:.2f} × 1 worker (best wall of each)")
    if {"two", "flow"} <= best.keys():
        print(f"flow over command line, wall seconds: {best['flow'] / best['two'] - 1:+.1%}")
        ours, theirs = (min(cost.processor for cost in costs[way]) for way in ("two", "flow"))
        print(f"flow over command line, processor seconds: {theirs / ours - 1:+.1%} ({theirs - ours:+.1f} s)")


def _commands(inputs: Path, chosen: list[str]) -> dict[str, list[str]]:
    line = [sys.executable, "-m", "betony", "ingest", str(inputs), "--workers"]
    flow = [sys.executable, str(ROOT / "flows" / "ingest.py"), str(inputs), "--workers", "2"]
    ways = {"one": [*line, "1"], "two": [*line, "2"], "flow": flow}
    return {way: ways[way] for way in chosen}


def _rounds(
    ways: dict[str, list[str]],
    folder: Path,
    documents: int,
    rounds: int,
    environment: dict[str, str],
    server: psutil.Process | None,
) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {way: [] for way in ways}
    print(
        f"{'':16} {'wall s':>8} {'all CPU s':>10} {'parent CPU s':>13} {'parent peak MB':>15} {'server CPU s':>13} load"
    )
    for _ in range(rounds):
        for way, command in ways.items():
            store, before = _fresh(folder), _seconds(server) if server else 0.0
            cost = watched([*command, "--store", store], environment)
            _balanced(store, documents)
            costs[way].append(cost)
            after = _seconds(server) if server else 0.0
            print(
                f"{way:16} {cost.wall:8.1f} {cost.processor:10.1f} {cost.parent:13.1f} {cost.peak:15.0f} "
                f"{after - before:13.1f} {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    return costs


def small(documents: int, out: Path | None) -> None:
    """Many small documents in one run: whether the counts add up and the parent's memory stays flat."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "small.jsonl"
        with source.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in mixed.small(documents))
        store = _fresh(folder)
        command = [sys.executable, "-m", "betony", "ingest", str(source), "--workers", "2", "--store", store]
        cost = watched(command, most=1)  # some of the made-up ones are menus and no more: those are set aside
        aside = _balanced(store, documents, most_set_aside=documents // 100)
    tenth = max(len(cost.megabytes) // 10, 1)
    early, late = (statistics.mean(part) for part in (cost.megabytes[tenth : 2 * tenth], cost.megabytes[-tenth:]))
    print(
        f"{documents:,} small documents in {cost.wall:.0f} s: balance 0, {aside:,} set aside, parent {early:.0f} MB in the second tenth, "
        f"{late:.0f} MB in the last, {cost.peak:.0f} MB at most"
    )
    if out:
        out.write_text(memory.plot(cost.megabytes, documents), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--ways", nargs="+", choices=_WAYS, default=_WAYS, help="one worker, two, two under Prefect")
    parser.add_argument("--small", type=int, help="only a run of so many small documents")
    parser.add_argument("--plot", type=Path, help="where the plot of that run's memory goes")
    chosen = parser.parse_args()
    if chosen.small:
        small(chosen.small, chosen.plot)
    else:
        report(chosen.documents, chosen.rounds, chosen.ways)


if __name__ == "__main__":
    main()
