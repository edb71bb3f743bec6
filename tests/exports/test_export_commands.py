"""`betony export …` as its users meet it."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from betony import cli
from betony.export import FORMATS


@pytest.fixture
def store(samples_store: Path, tmp_path: Path) -> Path:
    """A store of all samples in which two records changed in the year after, one of them in its last second."""
    path = tmp_path / "s.db"
    with sqlite3.connect(samples_store) as whole, sqlite3.connect(path) as copy:
        whole.backup(copy)
        copy.execute("update records set processed_at = '2026-01-01T00:00:00Z'")
        copy.execute("update records set processed_at = '2026-12-31T23:59:59Z' where id = 'nice:ng9001'")
        copy.execute("update records set processed_at = '2026-06-01T12:00:00Z' where id = 'nice:ipg9002'")
    return path


def run(*arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(cli.app, list(arguments))
    assert done.exit_code == status, done.output
    return done.stdout if status == 0 else done.stderr


@pytest.mark.parametrize(
    ("since", "ids"),
    [
        ("2026-01-01", None),
        ("2026-01-02", 2),
        ("2026-06-01T12:00:00Z", 2),
        ("2026-06-01T14:00:01+02:00", 1),
        ("2026-12-31", 1),
        ("2027-01-01", 0),
    ],
)
def test_since_a_day_or_a_time(store: Path, lines: list[str], since: str, ids: int | None) -> None:
    for name in ("jsonl", "csv", "fhir", "docling"):
        text = run("export", name, "-", "--since", since, "--store", str(store))
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:] if name == "csv" else text.splitlines()
        assert len(rows) == (len(lines) if ids is None else ids), name


def test_a_date_that_is_none_is_a_wrong_call(store: Path) -> None:
    assert "'last week' is no date" in run(
        "export", "csv", "-", "--since", "last week", "--store", str(store), status=2
    )


def test_every_format_has_its_command_and_says_what_it_wrote(store: Path, tmp_path: Path) -> None:
    for name, one in FORMATS.items():
        assert "betony export" in run("export", name, "--help")
        if name == "dlt":
            continue
        out = tmp_path / f"out{one.suffix}"
        said = run("export", name, str(out), "--store", str(store))
        assert said.rstrip().endswith(f" in {out}")
        assert int(said.split()[0].replace(",", "")) >= 23
        assert out.stat().st_size
        out.unlink()


def test_a_sheet_of_one_guidance_alone(store: Path, tmp_path: Path) -> None:
    said = run("export", "sheet", str(tmp_path / "one.xlsx"), "--record", "NG9001", "--store", str(store))
    assert said.startswith("30 rows in ")
    run("export", "sheet", str(tmp_path / "none.xlsx"), "--record", "NG1", "--store", str(store), status=2)


def test_what_cannot_be_written_is_said_before_anything_is_done(store: Path, tmp_path: Path) -> None:
    for name in set(FORMATS) - {"dlt"}:
        error = run("export", name, str(tmp_path / "gone" / "out"), "--store", str(store), status=2)
        assert "its folder does not exist" in error
    assert "no text for standard output" in run("export", "parquet", "-", "--store", str(store), status=2)
    error = run("export", "dlt", "ftp://somewhere", "--store", str(store), status=2)
    assert "cannot be told from ftp://" in error
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(store.name)]


def test_no_export_takes_the_place_of_a_store(store: Path) -> None:
    before = run("list", "--store", str(store))
    for name in set(FORMATS) - {"dlt"}:
        error = run("export", name, str(store), "--store", str(store), status=2)
        assert "is a database" in error
    assert run("list", "--store", str(store)) == before


def test_pieces_take_the_length_that_is_asked(store: Path) -> None:
    lines = run("export", "chunks", "-", "--max-chars", "150", "--store", str(store)).split("\n")[:-1]
    lengths = [len(json.loads(line)["text"]) for line in lines]
    assert 100 < max(lengths) <= 150
