"""What is known of a run while it goes on, once it is over, and when it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from betony import work
from betony.errors import Reason
from betony.model import Capture
from betony.store import Run, Store
from tests.conftest import ROOT

WORKING = """
import sys, time
from betony.store import Store
with Store.open(sys.argv[1], create=True) as store:
    print(store.begin_run("ingest", "outside"), flush=True)
    time.sleep(600)
"""
TRACED = """
import json, sys
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from betony import work
from betony.model import Capture
from betony.store import Store
kept = InMemorySpanExporter()
trace.set_tracer_provider(TracerProvider())
trace.get_tracer_provider().add_span_processor(SimpleSpanProcessor(kept))
with Store.open(sys.argv[1], create=True) as store, trace.get_tracer("caller").start_as_current_span("caller"):
    pages = [Capture(b"Some words of guidance.", "a.txt"), Capture(b" ", "empty.txt")]
    work.ingest(pages, store, workers=1)
print(kept.get_finished_spans() and json.dumps([json.loads(span.to_json()) for span in kept.get_finished_spans()]))
"""
UNTRACED = """
import sys
from betony import work
from betony.store import Store
with Store.open(sys.argv[1], create=True) as store:
    work.ingest([], store, workers=1)
print([name for name in sys.modules if name.startswith("opentelemetry")])
"""


def started(store: str) -> subprocess.Popen[str]:
    """A process that has begun a run."""
    process = subprocess.Popen([sys.executable, "-c", WORKING, store], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout
    assert process.stdout.readline().strip().isdecimal()
    return process


def states(store: Store) -> list[str]:
    """Of the runs, the oldest first."""
    return [run.state for run in reversed(store.runs())]


def test_a_killed_run_is_closed_at_the_next_start_and_a_living_one_is_left_alone(new_store: str) -> None:
    killed, living = started(new_store), started(new_store)
    try:
        os.kill(killed.pid, signal.SIGKILL)
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # dead, and nobody has asked how it ended
        with Store.open(new_store, writable=False) as store:
            assert states(store) == ["interrupted", "running"]
            assert store.runs()[1].ended is None
        with Store.open(new_store) as store:
            (closed,) = store.reconcile()
            assert (closed.id, closed.reference) == (1, "outside")
            assert closed.ended is not None
            assert store.reconcile() == []
            store.begin_run("ingest")
            assert states(store) == ["interrupted", "running", "running"]
    finally:
        for process in (killed, living):
            process.kill()
            process.communicate()


@pytest.mark.parametrize(("error", "state"), [(ZeroDivisionError, "failed"), (SystemExit, "interrupted")])
def test_a_run_that_something_unforeseen_ends_is_closed(tmp_path: Path, error: type[BaseException], state: str) -> None:
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        with pytest.raises(error):
            _broken_off(store, error)
        (run,) = store.runs()
    assert (run.state, run.inputs, run.balance) == (state, 1, 1)


def _broken_off(store: Store, error: type[BaseException]) -> None:
    with work.Ingest.begun(store, workers=1) as job:
        job.gather([Capture(b"words", "a.txt")])
        raise error


def test_a_run_s_record_tells_what_each_stage_took(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        pages = [Capture(b"Some words of guidance.", "a.txt"), Capture(b" ", "empty.txt")]
        summary = work.ingest(pages, store, workers=1)
        assert [setback.reason for setback in summary.setbacks] == [Reason.EMPTY]
        (run,) = store.runs()
    assert run == summary.run
    counts = {one.stage: one.count for one in run.stages}
    assert counts == {
        "find": 2, "keep": 2, "plan": 2, "identify": 2, "read": 2,
        "analyse": 1, "assemble": 1, "serialise": 1, "write": 1,
    }  # fmt: skip
    assert all(one.seconds > 0 for one in run.stages)
    assert run.records == 1


def test_spans_are_left_where_tracing_is_on(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TRACED, str(tmp_path / "s.db")], capture_output=True, text=True, check=True, cwd=ROOT
    )
    spans = json.loads(done.stdout)
    by_id = {span["context"]["span_id"]: span for span in spans}

    def above(span: dict[str, str]) -> str:
        parent = by_id.get(span["parent_id"])
        return parent["name"] if parent else ""

    tree = sorted((above(span), span["name"]) for span in spans)
    stages = [
        ("betony.record", f"betony.{stage}") for stage in ("analyse", "assemble", "identify", "read", "serialise")
    ]
    failed = [("betony.record", "betony.identify"), ("betony.record", "betony.read")]
    assert tree == sorted(
        [("", "caller"), ("caller", "betony.run"), *[("betony.run", "betony.record")] * 2, *stages, *failed]
    )
    (run,) = (span for span in spans if span["name"] == "betony.run")
    assert run["attributes"]["betony.new"] == run["attributes"]["betony.quarantined"] == 1
    verdicts = {span["status"]["status_code"] for span in spans if span["name"] == "betony.record"}
    assert verdicts == {"UNSET", "ERROR"}


def test_where_tracing_is_off_nothing_of_it_is_imported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", UNTRACED, str(tmp_path / "s.db")], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_what_bears_a_process_s_mark_ends_with_it_however_it_ends(tmp_path: Path) -> None:
    """As the temporary server of a flow does; flows/temporary_server.py by itself, for a flow takes long to start."""
    program = (
        "import subprocess, sys, time; from temporary_server import ends_with_this_process as ends; ends();"
        "server = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True);"
        "print(server.pid, flush=True); time.sleep(600)"
    )
    variables = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
        env={**variables, "PYTHONPATH": str(ROOT / "flows")},
    )
    assert process.stdout
    server = int(process.stdout.readline())
    process.kill()
    process.communicate()
    until = time.monotonic() + 120
    while _lives(server) and time.monotonic() < until:
        time.sleep(0.1)
    assert not _lives(server)


def _lives(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_runs_can_be_told_as_json(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        work.ingest([Capture(b"words", "a.txt")], store, workers=1)
    command = [sys.executable, "-m", "betony", "stats", "--json", "--store", str(tmp_path / "s.db")]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    (run,) = told["runs"]
    assert set(run) == set(Run.__dataclass_fields__)
    assert {"stage", "count", "seconds"} == set(run["stages"][0])
