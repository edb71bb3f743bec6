"""An export killed at any moment leaves the old file or the new; without the draft, the same kills tear it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from betony.export import FORMATS, write
from tests.conftest import ROOT

SHORT = ("csv", "duckdb", "parquet", "sheet")
"""Each way of writing once: text into a draft, and three libraries with files of their own. `--long` tries them all."""


@pytest.fixture(params=sorted(set(FORMATS) - {"dlt"}))
def sink(request: pytest.FixtureRequest) -> str:
    """A format with a file; in the short form only one of each way of writing."""
    if request.param not in SHORT and not request.config.getoption("--long"):
        pytest.skip("written as csv is; give --long, or python -m tests.robustness")
    return str(request.param)


def killed(name: str, lines: list[str], folder: Path, kills: int, kind: str) -> dict[str, Any]:
    write(name, lines[:1], str(folder / f"old{FORMATS[name].suffix}"))
    command = [sys.executable, "-m", "tests.exports.killing", name, str(folder), str(kills), kind]
    text = "".join(line + "\n" for line in lines)
    done = subprocess.run(command, input=text, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    print(name, kind, found)
    return found


@pytest.mark.timeout(3000)
def test_a_killed_export_leaves_the_old_file_or_the_new(
    sink: str, lines: list[str], tmp_path: Path, kills: int
) -> None:
    found = killed(sink, lines, tmp_path, kills, "ours")
    assert found["torn"] == 0
    assert found["killed"] > 0
    assert found["whole after"]
    assert found["drafts"] == []


@pytest.mark.timeout(3000)
@pytest.mark.parametrize("name", ["csv", "parquet", "sheet"])
def test_the_same_kills_tear_what_is_written_without_a_draft(
    name: str, lines: list[str], tmp_path: Path, kills: int, request: pytest.FixtureRequest
) -> None:
    if name == "sheet" and not request.config.getoption("--long"):
        pytest.skip("a sheet is written at its very end, where 10 kills seldom fall; give --long")
    found = killed(name, lines, tmp_path, kills, "naive")
    assert found["torn"] > 0


LOAD = """
import sys
from betony.export import dlt
lines = sys.stdin.read().split("\\n")[:-1]
print("ready", flush=True)
dlt.write(lines, sys.argv[1])
"""


@pytest.mark.timeout(3000)
def test_a_killed_load_by_dlt_is_made_good_by_running_it_again(
    lines: list[str], tmp_path: Path, kills: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, temporary = tmp_path / "loaded.duckdb", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)  # it is asked for anew
    records = [json.loads(line) for line in lines]
    write("dlt", lines[:3], f"duckdb:///{path}")
    for number in range(max(2, kills // 10)):
        process = subprocess.Popen(
            [sys.executable, "-c", LOAD, f"duckdb:///{path}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("".join(line + "\n" for line in lines))
        process.stdin.close()
        process.stdout.readline()
        time.sleep(0.2 + 0.4 * (number % 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        with duckdb.connect(str(path), read_only=True) as database:
            held = database.execute("select count(*), count(distinct id) from betony.records").fetchall()[0]
        assert held in [(3, 3), (len(lines), len(lines))]
    write("dlt", lines, f"duckdb:///{path}")
    assert list(temporary.iterdir()) == []
    with duckdb.connect(str(path), read_only=True) as database:
        for name in ("recommendations", "sections"):
            rows = database.execute(f"select count(*) from betony.records__{name}").fetchall()[0][0]  # noqa: S608 - our names
            assert rows == sum(len(record[name]) for record in records)
