"""A folder of exports that follows the store."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from betony.errors import BetonyError, UsageError
from betony.publish import place, publish
from betony.store import Store
from tests.conftest import ROOT


def ingest(folder: Path, **texts: str) -> Path:
    """A store of these documents."""
    lines = [
        json.dumps({"url": f"https://www.nice.org.uk/guidance/{name}", "text": text}) for name, text in texts.items()
    ]
    command = [sys.executable, "-m", "betony", "ingest", "-", "--store", "s.db"]
    done = subprocess.run(command, input="\n".join(lines), cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "s.db"


DUTY = "Your responsibility\n\nProviders should keep {} ready."


def published(store: Path, folder: Path, *formats: str) -> list[int | None]:
    with Store.open(str(store), writable=False) as opened:
        return [publish(opened, wanted, folder).count for wanted in formats]


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    formats = ("jsonl", "csv", "docling", "sheet", f"dlt=duckdb:///{tmp_path}/loaded.duckdb")
    store = ingest(tmp_path, ng1=DUTY.format("tea"), ng2=DUTY.format("milk"))
    assert published(store, out, *formats) == [2, 2, 2, 2, 2]
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert published(store, out, *formats) == [None] * 5
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before

    ingest(tmp_path, ng2=DUTY.format("sugar"))
    assert published(store, out, *formats)[:4] == [2, 2, 2, 2]
    same = [path.name for path, time in before.items() if path.suffix == ".json" and path.stat().st_mtime_ns == time]
    assert [name for name in same if name.startswith("nice-ng1-")]
    assert not [name for name in same if name.startswith("nice-ng2-")]
    assert "sugar" in (out / "jsonl.jsonl").read_text("utf-8")

    (out / "csv.csv").unlink()
    assert published(store, out, "jsonl", "csv") == [None, 2]


def test_a_failure_is_no_publication(tmp_path: Path) -> None:
    store = ingest(tmp_path, ng1=DUTY.format("tea"))
    (tmp_path / "out" / "csv.csv").mkdir(parents=True)
    with pytest.raises(BetonyError, match="is a folder"):
        published(store, tmp_path / "out", "csv")
    (tmp_path / "out" / "csv.csv").rmdir()
    assert published(store, tmp_path / "out", "csv") == [1]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [("xml", "no format 'xml'"), ("csv=../x.csv", "outside"), ("csv=/etc/x.csv", "outside"), ("dlt", "destination")],
)
def test_what_cannot_be_published_is_a_wrong_call(wanted: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=why):
        place(wanted, tmp_path)


@pytest.mark.timeout(600)
def test_the_flow_publishes_and_shows_it(tmp_path: Path, prefect_home: Path) -> None:
    store = ingest(tmp_path, ng1=DUTY.format("tea"))
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    command = [sys.executable, str(ROOT / "flows" / "publish.py"), "out", "--format", "csv", "--store", str(store)]
    for expected in ("out/csv.csv: 1 written", "out/csv.csv: unchanged"):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**environment, "PREFECT_HOME": str(prefect_home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == expected
