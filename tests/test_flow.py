"""The flow does what `betony ingest` does, and shows it to Prefect."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from betony.store import Run, Store
from tests.conftest import ROOT, SAMPLES
from tests.stores import golden, put

FLOW = ROOT / "flows" / "ingest.py"


def run(*arguments: str, home: Path, cwd: Path, script: Path = FLOW) -> subprocess.CompletedProcess[str]:
    """A flow's script, with a temporary server whose files stay in `home`."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    return subprocess.run(
        [sys.executable, str(script), *arguments],
        cwd=cwd,
        env={**environment, "PREFECT_HOME": str(home), "BETONY_REPORT": "https://guidance.example.org/"},
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
        logged = [row[0] for row in connection.execute("select message from log where name = 'betony.run'")]
        ours = "select parameters from flow_run join flow on flow.id = flow_id where flow.name = 'betony-ingest'"
        parameters = [row[0] for row in connection.execute(ours)]
    assert "Ear wax impaction" in artifacts["betony-records"]
    assert "empty.txt" in artifacts["betony-failures"]
    assert "https://guidance.example.org/run?number=1" in artifacts["betony-report"]
    assert float(artifacts["betony-progress"]) == 100
    assert any("empty.txt: set aside" in line for line in logged)
    assert any("2 documents in" in line for line in logged)
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


SUBMITTED = """
import json, sys
sys.path.insert(0, sys.argv[1])
import ingest, reprocess, shared
from prefect import State
for name in ("create_table_artifact", "create_progress_artifact", "update_progress_artifact"):
    setattr(shared, name, lambda *_, **__: __import__("uuid").uuid4())  # as if a server had taken them
for module, task in ((ingest, "gather"), (reprocess, "recall"), (shared, "structure")):
    setattr(module, task, getattr(module, task).fn)
def state(flow, **parameters):
    ended = flow.fn(**parameters, store="flow.db")
    return [ended.type.value, ended.message] if isinstance(ended, State) else ended.run.inputs
print(json.dumps([
    state(ingest.ingest, source=["nowhere"]),
    state(reprocess.reprocess, record_ids=["nobody's"]),
    state(reprocess.reprocess, record_ids=["NICE:NG9001"]),
]))
"""


def test_a_run_that_a_deployment_asked_for_in_vain_has_failed(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "flow.db"), create=True) as store:
        put(store, golden("nice/ng9001-overview"))
        made = subprocess.run(
            [sys.executable, "-c", SUBMITTED, str(FLOW.parent)],
            cwd=tmp_path,
            env={**os.environ, "PREFECT_HOME": str(tmp_path / "prefect")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        nowhere, nobody, known = json.loads(made.stdout)
        assert nowhere == ["FAILED", "no such file or folder: 'nowhere' (check the spelling and the current folder)"]
        assert nobody[0] == "FAILED"
        assert "nobody" in nobody[1]
        assert known == 1
        assert [(run.state, run.inputs) for run in store.runs(3)] == [("finished", 1), ("failed", 0), ("failed", 0)]


@pytest.mark.timeout(600)
def test_where_no_server_answers_that_is_said(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("Prefect asks for some seconds; run it with --long")
    script = str(FLOW.with_name("publish.py"))
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": "http://127.0.0.1:1/api"}
    made = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (made.returncode, "Traceback" in made.stderr) == (1, False)
    assert "http://127.0.0.1:1/api: no server of Prefect's answers there (start it" in made.stderr


@pytest.mark.timeout(900)
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_temporary_server_ends_with_its_flow(
    how: signal.Signals, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not request.config.getoption("--long"):
        pytest.skip(
            "starts a server and kills the flow; run it with --long, for tests/test_runs.py holds the rest of it"
        )
    lines = (f'{{"text": "Guidance number {number}."}}' for number in range(5_000))
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    home = tmp_path / "prefect"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    with (tmp_path / "log").open("w") as log:
        flow = subprocess.Popen(
            [sys.executable, str(FLOW), "many.jsonl"],
            cwd=tmp_path,
            env={**environment, "PREFECT_HOME": str(home)},
            stdout=log,
            stderr=log,
        )
    assert _in_time(lambda: any(run.new for run in _runs(tmp_path / "betony.db"))), (tmp_path / "log").read_text()
    assert any("uvicorn" in " ".join(process.cmdline()) for process in _at_work(home))
    flow.send_signal(how)
    assert flow.wait(300) != 0
    assert _in_time(lambda: not _at_work(home)), _at_work(home)
    (run_,) = _runs(tmp_path / "betony.db")
    assert run_.state == "interrupted"
    assert (run_.ended is not None) == (how is signal.SIGTERM)


def _in_time(look: Callable[[], bool]) -> bool:
    until = time.monotonic() + 400
    while time.monotonic() < until:
        if look():
            return True
        time.sleep(0.5)
    return False


def _runs(store: Path) -> list[Run]:
    if not store.exists():
        return []
    with Store.open(str(store), writable=False) as opened:
        return opened.runs()


def _at_work(home: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("PREFECT_HOME") == str(home) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def test_a_wrong_path_is_a_wrong_call_before_anything_starts(tmp_path: Path) -> None:
    flow = run("nowhere", home=tmp_path / "prefect", cwd=tmp_path)
    assert flow.returncode == 2
    assert "no such file or folder" in flow.stderr
    assert not (tmp_path / "betony.db").exists()
