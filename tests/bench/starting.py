"""python -m tests.bench.starting [ROUNDS]: from the shell's prompt to help, and to a first record, on a warm install.

Every command in turn, and that again: medians and the quickest of wall and processor seconds, beside a Python that does
nothing and one that imports what draws the command line.
"""

from __future__ import annotations

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


def report(rounds: int = 10) -> None:
    """Print the table."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(SEED, folder)
        for number in range(rounds + 1):
            for what, command in COMMANDS.items():
                took = _seconds(command, folder)
                if number:  # the first time fills caches
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


def _seconds(command: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Wall seconds, and those of processors: of the command and all that it started."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    report(*map(int, sys.argv[1:]))
