"""The README does what it says: its code runs, its record is the real one."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from betony.model import Capture
from betony.pipeline import structure
from betony.store import Store
from tests.conftest import ROOT
from tests.stores import goldens, put

README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TWO_COMMANDS = README.partition("## Two commands")[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    return [body for found, body in BLOCK.findall(README.replace(TWO_COMMANDS, "")) if found == language]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the samples and the labelled set, as a user's current folder."""
    for folder in ("samples", "tests/quality/gold"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def environment(checkout: Path) -> dict[str, str]:
    """The variables of a user's shell."""
    binaries = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}", "TMPDIR": str(checkout)}


def test_shell_commands_run_in_their_order(checkout: Path, environment: dict[str, str]) -> None:
    shell = [body for body in blocks("sh") if not body.startswith("betony serve &\n")]
    lines = [line for body in shell for line in body.splitlines() if line.strip()]
    assert len(lines) >= 8
    for line in lines:
        here = line.replace("/tmp/scratch.db", str(checkout / "scratch.db"))  # noqa: S108 - the README's own words
        done = subprocess.run(
            here,
            shell=True,
            cwd=checkout,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def test_the_server_answers_what_the_readme_asks(checkout: Path, environment: dict[str, str]) -> None:
    (body,) = [body for body in blocks("sh") if body.startswith("betony serve &\n")]
    first, *questions, last = body.splitlines()
    assert (first, last) == ("betony serve &", "kill %1")
    fill(checkout)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy the tests run behind
    command = ["betony", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=checkout, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            port = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
            assert port, said
            for question in questions:
                asked, address = shlex.split(question)
                assert asked == "curl"
                here = address.replace(":8321/", f":{port[1]}/")
                with direct.open(here, timeout=120) as answer:
                    assert json.load(answer), address
        finally:
            process.terminate()
    assert process.returncode in (0, -signal.SIGTERM)


def fill(checkout: Path) -> None:
    """Puts the golden record of every sample into the store there."""
    with Store.open(str(checkout / "betony.db"), create=True) as store:
        for record in goldens():
            put(store, record)


def test_an_assistant_starts_the_server_as_the_readme_says(checkout: Path) -> None:
    (settings,) = [found for found in map(json.loads, blocks("json")) if "mcpServers" in found]
    told = settings["mcpServers"]["betony"]
    fill(checkout)
    store = str(checkout / "betony.db")
    arguments = [store if part == "/data/betony.db" else part for part in told["args"]]
    command = StdioServerParameters(command=str(Path(sys.executable).with_name(told["command"])), args=arguments)

    async def session() -> int:
        async with Client(command) as client:
            return len((await client.list_tools()).tools)

    assert anyio.run(session) == 7


@pytest.mark.parametrize("body", blocks("python"))
def test_python_runs(body: str, checkout: Path) -> None:
    if "betony.db" in body:
        fill(checkout)
    done = subprocess.run([sys.executable, "-c", body], cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_record_shown_is_the_real_one() -> None:
    sample = re.search(r"<!-- record: (\S+) -->\n```json\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert sample
    made = structure([Capture((ROOT / sample[1]).read_bytes(), sample[1])]).model_dump(mode="json")
    assert_within(json.loads(sample[2]), made, "record")


def assert_within(shown: Any, made: Any, where: str) -> None:
    """What is shown is there: objects may be shortened, lists stand whole."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert_within(value, made[key], f"{where}.{key}")
    elif isinstance(shown, list):
        assert len(shown) == len(made), where
        for i, (one, other) in enumerate(zip(shown, made, strict=True)):
            assert_within(one, other, f"{where}[{i}]")
    else:
        assert shown == made, where
