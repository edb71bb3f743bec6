"""The page flows/README.md does what it says: its commands, run as they are written, end in scheduled runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import psutil
import pytest

from betony.store import Run, Store
from tests.conftest import ROOT

PAGE = (ROOT / "flows" / "README.md").read_text("utf-8")
PORT = "4200"  # as the page has it
PATIENCE = 420.0  # seconds for what takes some ten on a quiet machine; a scheduled run takes up to a minute more
SETTLED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
Found = TypeVar("Found")


def blocks(terminal: str) -> list[str]:
    """The page's commands for one of its terminals, block by block."""
    return re.findall(rf"^```sh {terminal}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Site:
    """A folder like a checkout, and the variables of its users' shells; Prefect keeps all it has below it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("flows", "samples"):
            shutil.copytree(ROOT / name, folder / name)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "BETONY_"))}
        self.environment = {
            **kept,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PREFECT_HOME": str(folder / "prefect"),
            "PREFECT_SERVER_API_PORT": str(self.port),
            "NO_PROXY": "127.0.0.1",
            "COLUMNS": "200",  # else tables are cut to a terminal's width
        }

    def here(self, commands: str) -> str:
        """The page's commands, with the port that is free here."""
        return commands.replace(f":{PORT}", f":{self.port}")

    def api(self, path: str, given: Any = None) -> Any:
        """What Prefect's server answers."""
        body = None if given is None else json.dumps(given).encode()
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api{path}", body, {"Content-Type": "application/json"}
        )
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(asked, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def processes(self) -> list[psutil.Process]:
        """Everything that runs with this site's variables."""
        return [one for one in psutil.process_iter() if self._is_ours(one)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            ours = process.environ().get("PREFECT_HOME") == str(self.folder / "prefect")
            return ours and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False


@contextmanager
def terminal(site: Site, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """A terminal of the page in which its commands run until Ctrl-C."""
    (commands,) = blocks(name)
    with (site.folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            ["bash", "-c", site.here(commands)],
            cwd=site.folder,
            env=site.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_answers_to_ctrl_c,  # noqa: PLW1509 - no thread is about when terminals open
        )
    try:
        yield process
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.wait(120)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _answers_to_ctrl_c() -> None:
    """Whoever started the tests in the background of a shell has Ctrl-C ignored, and hands that on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Shell:
    """The terminal in which one command follows another: what is exported there stays."""

    def __init__(self, site: Site) -> None:
        self._site, self._exports = site, ""

    def run(self, commands: str) -> str:
        """What the commands print; all of them must end well."""
        here = self._site.here(commands)
        done = subprocess.run(
            ["bash", "-ec", self._exports + here],
            cwd=self._site.folder,
            env=self._site.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{here}\n{done.stdout}\n{done.stderr}"
        self._exports += "".join(f"{line}\n" for line in here.splitlines() if line.startswith("export "))
        return done.stdout


def awaited(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds in the end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            found = look()
            if found:
                return found
        time.sleep(1)
    pytest.fail(f"in {PATIENCE:.0f} s there was no {what}")


def runs(site: Site) -> list[dict[str, Any]]:
    """The runs of `daily` that have begun, oldest first."""
    asked = {"flows": {"name": {"any_": ["betony-ingest"]}}, "sort": "EXPECTED_START_TIME_ASC"}
    return [run for run in site.api("/flow_runs/filter", asked) if run["start_time"] or run["state_type"] in SETTLED]


def completed(site: Site, number: int) -> list[dict[str, Any]]:
    """The first runs that did their work, once there are so many; one that was due while another ran was cancelled."""
    found = runs(site)
    assert {run["state_type"] for run in found} <= {"PENDING", "RUNNING", "COMPLETED", "CANCELLED"}
    done = [run for run in found if run["state_type"] == "COMPLETED"][:number]
    return done if len(done) == number else []


def test_the_page_names_its_terminals() -> None:
    assert [len(blocks(name)) for name in ("server", "worker", "look", "shell")] == [1, 1, 1, 4]
    assert len(re.findall(r"^```sh", PAGE, re.MULTILINE)) == 8  # and what can be run by hand, which other tests run


@pytest.mark.timeout(1800)
def test_the_page_leads_to_a_first_scheduled_run(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("takes minutes: a server, a worker and two scheduled runs; run it with --long")
    site = Site(tmp_path)
    shell = Shell(site)
    deploy, fill, hurry, back = blocks("shell")
    with terminal(site, "server"):
        awaited(lambda: site.api("/health"), "server")
        shell.run(deploy)
        shell.run(fill)
        the_deployments_are_as_they_were_meant(site)
        wrong_parameters_are_refused(site)
        with terminal(site, "worker"):
            shell.run(hurry)
            first, second = awaited(lambda: completed(site, 2), "second scheduled run")
            looked = shell.run(blocks("look")[0])
            shell.run(back)
        assert first["auto_scheduled"]
        assert second["auto_scheduled"]
        what_prefect_shows(site, first, second)
        assert "COMPLETED" in looked
        assert "betony-records" in looked
        schedules = site.api("/deployments/name/betony-ingest/daily")["schedules"]
        assert [one["schedule"].get("cron") for one in schedules] == ["15 5 * * *"]
    with Store.open(str(tmp_path / "betony.db"), writable=False) as store:
        did, did_nothing = store.runs()[::-1][:2]
        records = store.sizes()["records"]
    assert did.new == did.inputs == records > 1
    assert did_nothing.unchanged == did_nothing.inputs == did.inputs
    assert {did.reference, did_nothing.reference} == {first["id"], second["id"]}
    assert site.processes() == []


@pytest.mark.timeout(3000)
def test_what_a_kill_leaves_running_is_closed_by_the_next_run(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("takes minutes: a server, a worker and three runs, one of them killed; run it with --long")
    site = Site(tmp_path)
    shell = Shell(site)
    with terminal(site, "server") as server:
        awaited(lambda: site.api("/health"), "server")
        shell.run(blocks("shell")[0])
        (tmp_path / "inbox").mkdir()
        lines = (
            json.dumps({"text": f"Guidance number {number}. Staff should wash their hands."}) for number in range(4_000)
        )
        (tmp_path / "inbox" / "many.jsonl").write_text("\n".join(lines), "utf-8")
        with terminal(site, "worker"):
            killed = asked_for(site)
            awaited(lambda: [run for run in the_runs(tmp_path) if run.new], "record of the run")
            spared = [server.pid, *(child.pid for child in psutil.Process(server.pid).children(recursive=True))]
            others = [process for process in site.processes() if process.pid not in spared]
            for process in others:
                process.kill()
            psutil.wait_procs(others, timeout=60)
        assert site.api(f"/flow_runs/{killed}")["state_type"] == "RUNNING"
        (left,) = the_runs(tmp_path)
        assert left.state == "interrupted"
        assert 0 < left.new < 4_000
        with terminal(site, "worker"):
            awaited(lambda: ended(site, asked_for(site)) == "COMPLETED", "run after the killed one")
        crashed = site.api(f"/flow_runs/{killed}")
    assert crashed["state_type"] == "CRASHED"
    assert "closed as interrupted" in crashed["state"]["message"]
    did = the_runs(tmp_path)[0]
    assert (did.state, did.balance, did.new + did.unchanged) == ("finished", 0, 4_000)
    assert site.processes() == []


def asked_for(site: Site) -> str:
    """A run of `daily` that is due now."""
    deployment = site.api("/deployments/name/betony-ingest/daily")["id"]
    asked = {"state": {"type": "SCHEDULED", "name": "Scheduled", "state_details": {}}}
    return str(site.api(f"/deployments/{deployment}/create_flow_run", asked)["id"])


def ended(site: Site, run: str) -> str:
    """How a run ended, once it has."""
    return str(
        awaited(lambda: (found := site.api(f"/flow_runs/{run}")["state_type"]) in SETTLED and found, "end of a run")
    )


def the_runs(folder: Path) -> list[Run]:
    """Of the store, the latest first; none as long as there is no store."""
    if not (folder / "betony.db").exists():
        return []
    with Store.open(str(folder / "betony.db"), writable=False) as store:
        return store.runs()


def the_deployments_are_as_they_were_meant(site: Site) -> None:
    found = {one["name"]: one for one in site.api("/deployments/filter", {})}
    assert set(found) == {"daily", "watch", "nightly", "exports"}
    for one in found.values():
        (schedule,) = one["schedules"]
        assert schedule["schedule"]["timezone"] == "Europe/London"
        assert one["work_pool_name"] == "betony"
        assert one["global_concurrency_limit"]["limit"] == 1
        assert one["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert "betony" in one["tags"]
        described = one["parameter_openapi_schema"]["properties"].values()
        assert all(parameter.get("description") for parameter in described)
    assert site.api("/work_pools/betony")["concurrency_limit"] == 2


def wrong_parameters_are_refused(site: Site) -> None:
    for name, wrong in (
        ("betony-ingest/daily", {"workers": 0}),
        ("betony-ingest/daily", {"publisher": "nobody"}),
        ("betony-ingest/daily", {"source": []}),
        ("betony-publish/exports", {"formats": ["papyrus"]}),
        ("betony-watch/watch", {"block": "no block"}),
    ):
        deployment = site.api(f"/deployments/name/{name}")["id"]
        with pytest.raises(urllib.error.HTTPError) as refused:
            site.api(
                f"/deployments/{deployment}/create_flow_run", {"parameters": wrong, "state": {"type": "SCHEDULED"}}
            )
        assert refused.value.code in (409, 422), wrong


def what_prefect_shows(site: Site, first: dict[str, Any], second: dict[str, Any]) -> None:
    for run in (first, second):
        asked = {"flow_runs": {"id": {"any_": [run["id"]]}}}
        keys = {one["key"] for one in site.api("/artifacts/filter", asked)}
        assert {"betony-progress", "betony-records", "betony-failures", "betony-changes"} <= keys

    def logged(run: dict[str, Any]) -> list[str]:
        asked = {"logs": {"flow_run_id": {"any_": [run["id"]]}}}
        return [one["message"] for one in site.api("/logs/filter", asked) if one["name"] == "betony.run"]

    awaited(lambda: [line for line in logged(first) if " new, 0 changed" in line], "line about the first run")
    awaited(lambda: [line for line in logged(second) if "0 new, 0 changed" in line], "line about the second run")
