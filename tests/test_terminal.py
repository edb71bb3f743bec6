"""What a person reads in a terminal of 60, 100 and 160 columns: goldens in tests/terminal, written by --regen."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from betony.model import Capture
from betony.store import Store
from betony.terminal import Line
from tests.conftest import ROOT

fcntl = pytest.importorskip("fcntl", reason="terminals are Unix's")
termios = pytest.importorskip("termios", reason="terminals are Unix's")

GOLDENS = Path(__file__).parent / "terminal"
COMMANDS = (
    ("show", "NG9020"),
    ("show", "sign:our-guidelines/recurrent-ankle-sprain"),
    ("diff", "NG9020"),
    ("changes",),
    ("check", "IPG9003", "NG9020", "NG1", "--max-age", "36500"),
    ("search", "wrist", "--limit", "3"),
    ("stats", "--runs", "1"),
)
_RUN = """
import sys
from betony import cli
for command in {commands!r}:
    print("$ betony " + " ".join(command), flush=True)
    try:
        cli.app(command, standalone_mode=False)
    except SystemExit:
        pass
    sys.stdout.flush()
"""
_CODES = re.compile(r"\x1b\[[0-9;]*m")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")  # of the run: the store's own


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Records as they once came out of the samples; what is tested here is how they look, not how they are read."""
    name = str(tmp_path_factory.mktemp("terminal") / "s.db")
    with Store.open(name, create=True) as made:
        run = made.begin_run("ingest")
        for sample in ("ng9020-june", "ng9020-september", "ng9021", "ipg9003-replaced", "sign-9013-stub"):
            record = json.loads((GOLDENS / f"{sample}.json").read_text("utf-8"))
            source = record["source"]
            capture = Capture(sample.encode(), source["uri"], record["url"], retrieved_at=source["retrieved_at"])
            (kept,) = made.keep([capture], run)
            plan = made.plan(record["id"], record["url"], [(kept.input_id, record["url"])], None)
            made.commit(run, plan, record)
    return name


def shown(store: str, columns: int, **environment: str) -> str:
    """What all the commands print on a terminal that wide."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES", "NO_COLOR")}
    variables = {**kept, "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8", "BETONY_STORE": store, **environment}
    command = [sys.executable, "-c", _RUN.format(commands=COMMANDS)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=variables, cwd=ROOT) as process:
        os.close(theirs)
        read = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # as Linux tells that the other end is closed
                break
            if not piece:
                break
            read += piece
    os.close(ours)
    assert process.returncode == 0
    return _TIME.sub("2026-01-01 00:00", read.decode().replace("\r\n", "\n"))


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_it_reads_well_at(store: str, columns: int, request: pytest.FixtureRequest) -> None:
    golden = GOLDENS / f"{columns}.txt"
    text = shown(store, columns, NO_COLOR="1")
    if request.config.getoption("--regen"):
        golden.write_text(text, "utf-8")
        pytest.fail(f"{golden.name} was written anew: read it")
    assert text == golden.read_text("utf-8")
    assert "\x1b" not in text
    assert all(len(line) <= columns for line in text.splitlines() if not line.startswith("$ "))


def test_colour_tells_what_words_tell_too(store: str) -> None:
    coloured = shown(store, 100)
    assert _CODES.sub("", coloured) == (GOLDENS / "100.txt").read_text("utf-8")
    assert "\x1b[1;31m" in coloured  # not current
    assert "\x1b[32m{+Offer+}" in coloured


def test_a_pipe_gets_plain_lines_whatever_the_window(store: str) -> None:
    variables = {**os.environ, "COLUMNS": "20", "BETONY_STORE": store}
    command = [sys.executable, "-c", _RUN.format(commands=(("show", "NG9020"), ("stats",)))]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=variables).stdout
    assert "\x1b" not in told
    assert "Is this guideline up to date? [status]\n" in told
    assert "  nice: 3\n" in told
    assert max(map(len, told.splitlines())) > 100


@pytest.mark.parametrize(
    "command",
    [
        ("show", "NG9020"),
        ("list",),
        ("history", "NG9020"),
        ("diff", "NG9020"),
        ("changes",),
        ("check", "NG9020"),
        ("search", "wrist"),
        ("stats",),
        ("doctor",),
        ("schema",),
    ],
)
def test_every_reading_command_speaks_json(store: str, command: tuple[str, ...]) -> None:
    from typer.testing import CliRunner  # noqa: PLC0415 - for this test alone

    from betony import cli  # noqa: PLC0415 - as above

    asked = [*command] if command == ("schema",) else [*command, "--json", "--store", store]
    printed = CliRunner().invoke(cli.app, asked).stdout
    whole = command[0] in ("show", "diff", "stats", "schema")
    assert all(map(json.loads, [printed] if whole else printed.splitlines()))


def test_a_line_is_harmless_wherever_its_words_come_from() -> None:
    told = Line(1, "two\nlines \x1b[31mand a code", label="a\rb", tag="\u202ec").plain
    assert told == "  a b: two lines  [31mand a code [ c]"
