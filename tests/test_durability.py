"""What is promised when the power, the disk or another process has its way."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from betony.errors import BetonyError
from betony.store import Store
from tests.conftest import ROOT

PROGRAM = """
import sys
from betony import sources, work
from betony.store import Store
with Store.open(sys.argv[1], create=True) as store:
    done = work.ingest(sources.discover(sys.argv[2:]), store, structure="tests.poison:structure", workers=1)
    print(done.run.state, done.run.new, done.run.unchanged, done.run.balance, done.error)
"""


def start(store: Path, *names: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(store), *map(str, names)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def documents(folder: Path, number: int) -> Path:
    """Half of them pages of a few products, half on their own."""
    path = folder / "many.jsonl"
    with path.open("w") as file:
        for i in range(number):
            url = {"url": f"https://www.nice.org.uk/guidance/ng{900 + i % 7}/chapter/{i}"} if i % 2 else {}
            file.write(json.dumps({"text": f"text {i}", **url}) + "\n")
    return path


def contents(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but times and runs."""
    with Store.open(str(store)) as opened, opened._database.reading() as connection:
        assert opened.problems() == []
        queries = {
            "captures": "select digest, size from captures order by 1",
            "inputs": "select id, digest, uri, url from inputs order by 1",
            "records": "select id, json from records order by 1",
            "record_inputs": "select * from record_inputs order by 1, 2",
            "sections": "select * from sections order by 1, 2",
            "aliases": "select * from aliases order by 1",
            "addresses": "select * from addresses order by 1",
            "quarantine": "select id, uri from quarantine order by 1",
        }
        found = {name: connection.exec_driver_sql(query).fetchall() for name, query in queries.items()}
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def test_a_run_killed_at_any_moment_ends_as_if_it_had_not_been(tmp_path: Path, kills: int) -> None:
    """Few kills, for each run starts workers; `test_kills.py` kills the store's own writing many times."""
    source = documents(tmp_path, 200)
    assert start(tmp_path / "whole.db", source).communicate(timeout=120)[0].startswith("finished 200")
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(min(kills, 20)):
        process = start(tmp_path / "killed.db", source)
        time.sleep(chance.uniform(0.3, 2.0))
        process.kill()
        process.communicate()
    output, errors = start(tmp_path / "killed.db", source).communicate(timeout=120)
    state, new, unchanged, balance, error = output.split()
    assert (state, balance, error) == ("finished", "0", "None"), errors
    assert int(new) + int(unchanged) == 200
    assert contents(tmp_path / "killed.db") == contents(tmp_path / "whole.db")
    with Store.open(str(tmp_path / "killed.db")) as store:
        assert {run.state for run in store.runs(kills)[1:]} <= {"interrupted", "finished"}


WRITERS = {
    "ours": "jsonl.write(lines, sys.argv[1])",
    "naive": "[file.write(line + '\\n') and file.flush() for file in [open(sys.argv[1], 'w')] for line in lines]",
}
EXPORT = """
import sys
from betony.export import jsonl
lines = ('{"n":%d,"x":"' % i + "x" * 5000 + '"}' for i in range(4000))
print("ready", flush=True)
"""


def torn(out: Path, writer: str, kills: int) -> int:
    """How many of the kills left something other than a whole file, the old one or the new."""
    chance = random.Random(11)  # noqa: S311 - no secret
    found = 0
    for _ in range(kills):
        command = [sys.executable, "-c", EXPORT + WRITERS[writer], str(out)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.uniform(0, 0.08))
        process.kill()
        process.communicate()
        lines = out.read_text("utf-8").splitlines()
        cut = len(lines) not in (1, 4000) or not lines[-1].endswith("}")
        found += cut or any(json.loads(line)["n"] != i for i, line in enumerate(lines))
        if lines != [OLD]:
            out.write_text(OLD + "\n", "utf-8")
    return found


OLD = '{"n":0}'


def test_an_export_killed_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path, kills: int) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(OLD + "\n", "utf-8")
    assert torn(out, "ours", kills) == 0
    assert {path.name for path in tmp_path.iterdir() if not path.name.startswith(".")} == {"out.jsonl"}


def test_the_same_kills_tear_what_a_naive_writer_writes(tmp_path: Path, kills: int) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text(OLD + "\n", "utf-8")
    assert torn(out, "naive", kills) > 0


def test_no_child_outlives_a_killed_parent(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    (tmp_path / "hang.txt").write_text("POISON spin")
    process = start(tmp_path / "s.db", tmp_path / "hang.txt")
    children: list[object] = []
    for _ in range(200):
        children = psutil.Process(process.pid).children(recursive=True)
        if len(children) >= 3:  # the server, its tracker, and the worker
            break
        time.sleep(0.05)
    time.sleep(0.5)
    process.kill()
    process.communicate()
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    assert gone


def test_two_processes_at_once_leave_what_one_would(tmp_path: Path) -> None:
    source = documents(tmp_path, 120)
    start(tmp_path / "one.db", source).communicate(timeout=120)
    both = [start(tmp_path / "both.db", source) for _ in range(2)]
    outputs = [process.communicate(timeout=120) for process in both]
    for output, errors in outputs:
        assert output.startswith("finished"), errors
        assert output.split()[3] == "0"
    assert contents(tmp_path / "both.db") == contents(tmp_path / "one.db")


def test_a_full_disk_loses_nothing_that_was_reported(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid() != 0
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(disk)], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("only root may mount a small disk")
    try:
        source = tmp_path / "many.jsonl"
        texts = (f"text {i} " + random.Random(i).randbytes(3000).hex() for i in range(400))  # noqa: S311 - no secret
        source.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
        output, errors = start(disk / "s.db", source).communicate(timeout=120)
        assert "the disk is full" in output, output + errors
        state, new = output.split()[:2]
        assert state in {"failed", "running"}
        shutil.copy(disk / "s.db", tmp_path / "s.db")
        with suppress(FileNotFoundError):
            shutil.copy(disk / "s.db-wal", tmp_path / "s.db-wal")
        with Store.open(str(tmp_path / "s.db")) as store:
            assert store.problems() == []
            assert store.sizes()["records"] == int(new)
        output, errors = start(tmp_path / "s.db", source).communicate(timeout=120)
        assert output.startswith("finished"), errors
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def wait_for_a_run(store: Path, process: subprocess.Popen[str]) -> None:
    """Returns once the process is in the midst of a run."""
    while process.poll() is None:
        time.sleep(0.1)
        with suppress(BetonyError), Store.open(str(store), writable=False) as opened:
            if opened.runs(1) and opened.runs(1)[0].inputs:
                return


def test_a_terminated_run_ends_as_one_stopped_by_its_user(tmp_path: Path) -> None:
    source = documents(tmp_path, 3000)
    command = [sys.executable, "-m", "betony", "ingest", str(source), "--store", str(tmp_path / "s.db")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    wait_for_a_run(tmp_path / "s.db", process)
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "run the same command again" in output
