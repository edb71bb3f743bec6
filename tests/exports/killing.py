"""A program of its own: one format's writer is killed at random moments, and what it left is looked at after each.

python -m tests.exports.killing FORMAT FOLDER KILLS naive|ours < records.jsonl

FOLDER holds `old`, an export of the first record. Every step is a child forked from a process that has imported the
writer and done nothing else, so that a kill costs what the writing costs. Prints the counts as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from betony.export import FORMATS, files


def _duckdb(path: Path) -> Any:
    import duckdb  # noqa: PLC0415 - each format's process imports its own reader alone

    with duckdb.connect(str(path), read_only=True) as database:
        return database.execute("select * from records order by id").fetchall()


def _sheet(path: Path) -> Any:
    from openpyxl import load_workbook  # noqa: PLC0415 - as above

    return [list(sheet.values) for sheet in load_workbook(path)]


HOLDS: dict[str, Callable[[Path], Any]] = {"duckdb": _duckdb, "sheet": _sheet}


@contextmanager
def naive(out: str) -> Iterator[Path]:
    """What `files.drafted` would be without a draft: the file itself, written where it stands."""
    yield Path(out)


def forked(work: Callable[[], bool]) -> int:
    """Starts the work in a child; its process id. It ends with 0 for True, 1 for False, 2 for an exception."""
    child = os.fork()
    if child:
        return child
    status = 2
    try:
        status = 0 if work() else 1
    except Exception as error:  # noqa: BLE001 - whatever a torn file does to its reader is a torn file
        print(type(error).__name__, error, file=sys.stderr)
    os._exit(status)


def waited(child: int) -> int:
    """The child's exit status; negative where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(name: str, folder: Path, kills: int, kind: str) -> None:
    lines = sys.stdin.read().split("\n")[:-1]
    module: Any = import_module(f"betony.export.{FORMATS[name].module or name}")
    if kind == "naive":
        files.drafted = naive
        if hasattr(module, "drafted"):
            module.drafted = naive
    old, out = folder / f"old{FORMATS[name].suffix}", folder / f"out{FORMATS[name].suffix}"
    options = {"previous": str(old)} if name == "sheet" else {}

    def slowly() -> Iterator[str]:
        for line in lines:
            yield line
            time.sleep(0.004)  # so that most of the time is spent in the midst of writing

    def write() -> bool:
        return bool(module.write(slowly(), str(out), **options))

    new = folder / f"new{out.suffix}"

    def whole() -> bool:
        """The old export or the new one, to the byte; the new one by what it holds where the format keeps times."""
        if out.read_bytes() in (old.read_bytes(), new.read_bytes()):
            return True
        return name in HOLDS and HOLDS[name](out) == HOLDS[name](new)

    shutil.copy(old, out)
    start = time.monotonic()
    assert waited(forked(write)) == 0
    took = time.monotonic() - start
    shutil.copy(out, new)
    assert waited(forked(whole)) == 0
    chance = random.Random(5)  # noqa: S311 - no secret
    counted = {"killed": 0, "finished": 0, "torn": 0}
    for _ in range(kills):
        shutil.copy(old, out)
        child = forked(write)
        time.sleep(chance.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        counted["killed" if waited(child) < 0 else "finished"] += 1
        counted["torn"] += waited(forked(whole)) != 0
    assert waited(forked(write)) == 0
    drafts = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    print(json.dumps({**counted, "whole after": waited(forked(whole)) == 0, "drafts": drafts}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
