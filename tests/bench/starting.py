"""python -m tests.bench.starting [ROUNDS]: from the shell's prompt to help, and to a first record, on a warm install.

Every command in turn, and that again: medians and the quickest of wall and processor seconds, beside a Python that does
nothing and one that imports what draws the command line. Processor seconds are those of a command and of all that it
started, what it leaves behind included. Modules are compiled once, before the first round, as pip does when it
installs; with --uncompiled they are not, as where PYTHONDONTWRITEBYTECODE is set and an installer left them so.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import SAMPLES

SEED = SAMPLES / "nice" / "percutaneous-mitral-valve-leaflet-repair.txt"
COMMANDS = {
    "python, doing nothing": (sys.executable, "-c", "pass"),
    "python, importing typer": (sys.executable, "-c", "import typer"),
    "betony --help": (str(Path(sys.executable).with_name("betony")), "--help"),
    "betony ingest, one document": (str(Path(sys.executable).with_name("betony")), "ingest", SEED.name),
}


_PR_SET_CHILD_SUBREAPER = 36


def report(rounds: int, *, compiled: bool) -> None:
    """Print the table."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)  # what a command leaves behind comes to this process
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SEED, folder)
        environment = {**os.environ, **with_modules_compiled_in(folder)}
        if not compiled:
            environment["PYTHONDONTWRITEBYTECODE"] = "1"
        for number in range(rounds + 1):
            for what, command in COMMANDS.items():
                took = _seconds(command, folder, environment)
                if number:  # the first time compiles, and fills caches
                    seconds[what].append(took)
                for made in folder.glob("betony.db*"):
                    made.unlink()
    print(
        f"{'command':30} {'wall, median':>13} {'quickest':>9} {'processor':>10} {'quickest':>9}   (seconds, {rounds} rounds)"
    )
    for what, rows in seconds.items():
        walls, processors = [wall for wall, _ in rows], [processor for _, processor in rows]
        print(
            f"{what:30} {statistics.median(walls):13.2f} {min(walls):9.2f}"
            f" {statistics.median(processors):10.2f} {min(processors):9.2f}"
        )


def with_modules_compiled_in(folder: Path) -> dict[str, str]:
    """The environment in which the first command compiles what it imports, and all others find it compiled."""
    return {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}


def _seconds(command: tuple[str, ...], folder: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Wall seconds until the prompt is back, and those of processors: of the command and all that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wall = time.monotonic() - start
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=10)
    parser.add_argument("--uncompiled", action="store_true", help="leave modules as they are, without bytecode")
    chosen = parser.parse_args()
    report(chosen.rounds, compiled=not chosen.uncompiled)
