"""The flow does what `betony ingest` does, and shows it to Prefect."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SAMPLES

FLOW = ROOT / "flows" / "ingest.py"


def run(*arguments: str, home: Path, cwd: Path, script: Path = FLOW) -> subprocess.CompletedProcess[str]:
    """A flow's script, with a temporary server whose files stay in `home`."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=cwd,
        env={**environment, "PREFECT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def exported(store: Path) -> list[str]:
    """Every record of a store but for the time of its making."""
    with sqlite3.connect(store) as connection:
        return [row[0] for row in connection.execute("select json from records order by id")]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory, prefect_home: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder with a good document and a bad one, and the flow's run over it."""
    folder = tmp_path_factory.mktemp("flow")
    inputs = folder / "inputs"
    inputs.mkdir()
    for suffix in (".html", ".source.json"):
        (inputs / f"page{suffix}").write_bytes((SAMPLES / "nhs" / f"ear-wax-impaction{suffix}").read_bytes())
    (inputs / "empty.txt").touch()
    return folder, run("inputs", "--store", "flow.db", home=prefect_home, cwd=folder)


@pytest.mark.timeout(600)
def test_the_flow_makes_the_records_that_the_command_line_makes(
    done: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, flow = done
    assert flow.returncode == 1, flow.stderr
    assert "2 documents" in flow.stdout
    assert "1 set aside" in flow.stdout
    line = [sys.executable, "-m", "betony", "ingest", "inputs", "--store", "line.db"]
    assert subprocess.run(line, cwd=folder, capture_output=True, check=False).returncode == 1
    assert exported(folder / "flow.db") == exported(folder / "line.db") != []


@pytest.mark.timeout(600)
def test_prefect_is_shown_what_came_out_and_what_failed(
    done: tuple[Path, subprocess.CompletedProcess[str]],
    prefect_home: Path,
) -> None:
    assert done[1].stdout
    with sqlite3.connect(prefect_home / "prefect.db") as connection:
        artifacts = dict(connection.execute("select key, data from artifact"))
        ours = "select parameters from flow_run join flow on flow.id = flow_id where flow.name = 'betony-ingest'"
        parameters = [row[0] for row in connection.execute(ours)]
    assert "Ear wax impaction" in artifacts["betony-records"]
    assert "empty.txt" in artifacts["betony-failures"]
    assert parameters
    assert all("flow.db" in given for given in parameters)


@pytest.mark.timeout(600)
def test_reprocessing_in_a_flow_reads_what_other_rules_read(
    done: tuple[Path, subprocess.CompletedProcess[str]],
    prefect_home: Path,
) -> None:
    folder, _ = done
    before = exported(folder / "flow.db")
    with sqlite3.connect(folder / "flow.db") as connection:
        older = 'replace(json, \'"ruleset":"\' || ruleset || \'"\', \'"ruleset":"older"\')'
        connection.execute(f"update records set json = {older}, ruleset = 'older'")  # noqa: S608 - the test's own words
    assert exported(folder / "flow.db") != before
    arguments = ("--outdated", "--store", "flow.db")
    flow = run(*arguments, home=prefect_home, cwd=folder, script=FLOW.with_name("reprocess.py"))
    assert flow.returncode == 0, flow.stderr
    assert "1 document in" in flow.stdout
    assert "1 unchanged" in flow.stdout
    assert exported(folder / "flow.db") == before
    with sqlite3.connect(folder / "flow.db") as connection:
        assert connection.execute("select count(*) from records where ruleset = 'older'").fetchone() == (0,)


def test_a_wrong_path_is_a_wrong_call_before_anything_starts(tmp_path: Path) -> None:
    flow = run("nowhere", home=tmp_path / "prefect", cwd=tmp_path)
    assert flow.returncode == 2
    assert "no such file or folder" in flow.stderr
    assert not (tmp_path / "betony.db").exists()
