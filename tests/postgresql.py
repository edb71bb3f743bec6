"""A PostgreSQL server of the test run's own: made in a folder of its own, reached by a socket, ended with the run."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psutil

USER = "postgres"
_PLACES = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/*/bin", "/usr/local/pgsql/bin")


class Unavailable(Exception):  # noqa: N818 - no error: tests are skipped by it
    """No server can be started here; the words say why."""


class Server:
    """A running server; every database it gives is empty and nobody else's."""

    def __init__(self, folder: Path, process: int) -> None:
        self._folder = folder
        self._process = process
        self._numbers = count(1)

    def address(self, database: str) -> str:
        """The URL of a database of this server."""
        return f"postgresql://{USER}@/{database}?host={self._folder}"

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"store{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def processor_seconds(self) -> float:
        """What the server and all its processes that live have used so far."""
        process = psutil.Process(self._process)
        times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
        return float(sum(used.user + used.system for used in times))

    def execute(self, statement: str) -> None:
        """Runs a statement as the server's owner."""
        import psycopg  # noqa: PLC0415 - where it is missing, there is no server

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """A server for the block; `durable` writes through to the disk, as servers in use do."""
    binaries = _binaries()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="betony-pg-"))
    try:
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        data = str(folder / "data")
        initdb = [str(binaries / "initdb"), "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        initdb += ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en"]  # sorts as no SQLite does
        subprocess.run(initdb, check=True, capture_output=True, cwd="/", **owner)
        settings = ["listen_addresses=", f"unix_socket_directories={folder}"]
        settings += [] if durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        flags = [part for setting in settings for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, *flags], cwd="/", stdout=log, stderr=subprocess.STDOUT, **owner
            )
            try:
                _wait(binaries, folder, server)
                yield Server(folder, server.pid)
            finally:
                server.terminate()  # as users have it: connections that are open hold it up
                try:
                    server.wait(10)
                except subprocess.TimeoutExpired:
                    server.send_signal(2)
                    server.wait(30)
    finally:
        shutil.rmtree(folder)


def _wait(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        ready = subprocess.run([binaries / "pg_isready", "-q", "-h", str(folder), "-U", USER], check=False)
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError((folder / "log").read_text(errors="replace"))


def _binaries() -> Path:
    found = [path for place in _PLACES for path in sorted(Path("/").glob(place[1:]), reverse=True)]
    on_path = shutil.which("postgres")
    for folder in (*found, *([Path(on_path).parent] if on_path else [])):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise Unavailable("PostgreSQL's server is not installed")


def _owner() -> dict[str, Any]:
    """Who the server is run as, for subprocess: it refuses to be root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(USER)
    except KeyError:
        raise Unavailable("PostgreSQL's server does not run as root, and there is no user postgres") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
