"""A Dask cluster of this test run's own: a scheduler and workers as processes, on loopback alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.conftest import ROOT

_WAIT = 120


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self._folder = folder

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """One more process of Dask's command line; what it says is kept beside."""
        # What workers import beside betony are the tests' own stand-ins for the pipeline.
        folders = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, "PYTHONPATH": folders}
        with (self._folder / f"{len(self.processes)}.log").open("wb") as log:
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
            process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder, env=environment)
        self.processes.append(process)
        return process

    def add_worker(self) -> subprocess.Popen[bytes]:
        """One more worker, of one thread, that may start processes."""
        local = ("--local-directory", str(self._folder), "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")
        worker = self.start("worker", self.address, *local)
        self.workers.append(worker)
        return worker

    def said(self) -> str:
        """The last words of every process."""
        return "\n".join(path.read_text(errors="replace")[-2000:] for path in sorted(self._folder.glob("*.log")))


@contextmanager
def running(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster for the block."""
    folder.mkdir(exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cluster = Cluster(f"tcp://127.0.0.1:{port}", folder)
    try:
        cluster.start("scheduler", "--host", "127.0.0.1", "--port", str(port))
        deadline = time.monotonic() + _WAIT
        while not answers(port):
            assert time.monotonic() < deadline, cluster.said()
            time.sleep(0.1)
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        for process in cluster.processes:
            process.kill()
        for process in cluster.processes:
            process.wait()


def answers(port: int) -> bool:
    """Whether something listens at the port of this machine."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False
