"""Records made anew: only what changed, twice the same, without the network, and whatever kills it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from betony import work
from betony.model import Capture
from betony.store import Store
from tests.conftest import ROOT, SAMPLES

NO_NETWORK = """
import socket

class NoNetwork(socket.socket):
    def __init__(self, family=socket.AF_INET, *rest, **named):
        if family in (socket.AF_INET, socket.AF_INET6):
            raise AssertionError("the network is unplugged")
        super().__init__(family, *rest, **named)

socket.socket = NoNetwork
"""
"""As a sitecustomize module: every process that Python starts, workers included, is without the network."""

PAGES = ("cg9004-being-updated", "ipg9003-replaced", "ng9020-june", "ng9020-september", "ng9021")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with some samples, and a copy of betony with one rule less: it cannot tell what was replaced."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "in").mkdir()
    for name in PAGES:
        for suffix in (".html", ".source.json"):
            shutil.copy(SAMPLES / "nice" / f"{name}{suffix}", folder / "in")
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    rules = folder / "src" / "betony" / "nlp" / "vocabulary" / "status.toml"
    words, changed = re.subn(
        r'(?<=currency = "replaced"\n)cues = \[.*\]', 'cues = ["superseded"]', rules.read_text("utf-8")
    )
    assert changed == 1
    rules.write_text(words, "utf-8")
    (folder / "src" / "sitecustomize.py").write_text(NO_NETWORK)
    return folder


def betony(folder: Path, *arguments: str, other_rules: bool = False) -> str:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")} if other_rules else dict(os.environ)
    command = [sys.executable, "-m", "betony", *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def records(folder: Path) -> dict[str, Any]:
    with Store.open(str(folder / "betony.db"), writable=False) as store:
        return {row.id: json.loads(store.json(row.id)) for row in store.listed()}


def numbers(folder: Path) -> dict[str, int]:
    with Store.open(str(folder / "betony.db"), writable=False) as store:
        assert store.problems() == []
        return {row.id: len(store.versions(row.id)) for row in store.listed()}


@pytest.mark.timeout(600)
def test_other_rules_rewrite_what_they_read_otherwise_and_nothing_else(elsewhere: Path) -> None:
    unplugged = [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"]
    environment = {**os.environ, "PYTHONPATH": str(elsewhere / "src")}
    refused = subprocess.run(unplugged, env=environment, capture_output=True, text=True, check=False)
    assert "the network is unplugged" in refused.stderr

    betony(elsewhere, "ingest", "in")
    before, held = records(elsewhere), numbers(elsewhere)
    assert held == {"nice:cg9004": 1, "nice:ipg9003": 1, "nice:ng9020": 2, "nice:ng9021": 1}

    preview = betony(elsewhere, "reprocess", "--dry-run", other_rules=True)
    assert "Of 4 records 1 would change, 0 could not be read, 3 would stay." in preview
    assert "1 status changed" in preview
    assert (records(elsewhere), numbers(elsewhere)) == (before, held)

    shutil.rmtree(elsewhere / "in")  # nothing but the store is read
    done = betony(elsewhere, "reprocess", "--outdated", other_rules=True)
    assert "0 new, 1 changed, 3 unchanged, 0 set aside" in done
    assert "Read otherwise in 1 records: 1 status changed" in done
    after = records(elsewhere)
    assert numbers(elsewhere) == {**held, "nice:ipg9003": 2}
    for record_id, record in after.items():
        old = before[record_id]
        assert record.pop("processing") != old["processing"]
        same = record == {key: value for key, value in old.items() if key != "processing"}
        assert same == (record_id != "nice:ipg9003"), record_id
    with Store.open(str(elsewhere / "betony.db"), writable=False) as store:
        first = json.loads(store.version_json("nice:ipg9003", 1))
        assert (first["status"], first["processing"]) == (
            before["nice:ipg9003"]["status"],
            {**before["nice:ipg9003"]["processing"], "at": first["processing"]["at"]},
        )
        assert all(one.record_id != "nice:ipg9003" for one in store.changes(since="2026-09-15"))
    assert "Nothing changed." not in betony(elsewhere, "changes", "--processing")

    again = betony(elsewhere, "reprocess", other_rules=True)
    assert "0 new, 0 changed, 4 unchanged" in again
    assert numbers(elsewhere) == {**held, "nice:ipg9003": 2}
    assert "0 documents" in betony(elsewhere, "reprocess", "--outdated", other_rules=True)


PROGRAM = """
import sys
from betony import reprocess
from betony.store import Store
with Store.open(sys.argv[1]) as store:
    wanted = store.selected(not_by=("test", "second", None))
    done = reprocess.reprocess(store, wanted, structure="tests.rules.second:structure", workers=1)
    print(done.run.state, done.run.inputs, done.run.changed, done.run.balance, done.error)
"""


def start(store: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(store)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def contents(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows but times and runs."""
    queries = {
        "captures": "select digest, size, body from captures order by 1",
        "inputs": "select id, digest, uri, url from inputs order by 1",
        "records": "select id, json from records order by 1",
        "record_inputs": "select * from record_inputs order by 1, 2",
        "versions": "select record_id, number, cause, content_hash, ruleset, json from versions order by 1, 2",
        "changes": "select record_id, version, cause, kind, json from changes order by 1, 2, 4, 5",
    }
    with Store.open(str(store)) as opened, opened._database.reading() as connection:
        assert opened.problems() == []
        found = {name: connection.exec_driver_sql(query).fetchall() for name, query in queries.items()}
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


def wait_for_versions(path: Path, process: subprocess.Popen[str], number: int) -> None:
    """Returns once the store holds so many versions, and one more than now at least, or the process has ended."""
    with Store.open(str(path), writable=False) as store:
        number = max(number, store.sizes()["versions"] + 1)
        while process.poll() is None and store.sizes()["versions"] < number:
            time.sleep(0.005)


@pytest.mark.timeout(3000)
def test_killed_at_any_moment_no_version_is_lost_or_doubled(tmp_path: Path, kills: int) -> None:
    kills //= 2 if kills > 10 else 1  # a hundred in the long form
    captures = [
        Capture(
            f"{'dose' if i % 2 else 'no dose'} number {i}".encode(),
            url := f"https://www.nice.org.uk/guidance/ng{i}",
            url,
            media_type="text/plain",
            retrieved_at="2026-01-01T12:00:00Z",
        )
        for i in range(1, 101)
    ]
    with Store.open(str(tmp_path / "whole.db"), create=True) as store:
        assert work.ingest(captures, store, structure="tests.rules.first:structure", workers=1).run.new == 100
    killed = tmp_path / "killed.db"
    shutil.copy(tmp_path / "whole.db", tmp_path / "before.db")
    shutil.copy(tmp_path / "before.db", killed)
    began = time.monotonic()
    assert start(tmp_path / "whole.db").communicate(timeout=300)[0].split() == ["finished", "100", "50", "0", "None"]
    whole = time.monotonic() - began
    expected = contents(tmp_path / "whole.db")
    chance = random.Random(13)  # noqa: S311 - no secret
    midway = 0
    for _ in range(kills):
        process = start(killed)
        if chance.random() < 0.3:
            time.sleep(chance.uniform(0.3, 1.1) * whole)
        else:  # most of that time goes by before the first record is written
            wait_for_versions(killed, process, chance.randrange(101, 150))
        process.kill()
        process.communicate()
        with Store.open(str(killed)) as store:
            versions, left = store.sizes()["versions"], store.selected(not_by=("test", "second", None))
        midway += 100 < versions < 150
        if not left:  # all done: from the beginning again
            assert contents(killed) == expected
            for suffix in ("", "-wal", "-shm"):
                Path(f"{killed}{suffix}").unlink(missing_ok=True)
            shutil.copy(tmp_path / "before.db", killed)
    output, errors = start(killed).communicate(timeout=300)
    assert output.split()[0] == "finished", errors
    assert contents(killed) == expected
    assert midway, "no kill fell in the midst of the work"
