"""One store, every export: each is read by its own standard's reader, and all agree on what there is."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from betony.errors import BetonyError, UsageError
from betony.export import FORMATS, check, columns, formats, write
from betony.export.docling import document
from betony.export.fhir import bundle
from betony.record import Record
from betony.store import Store
from tests.exports.readers import READERS, check_every_export


def test_all_samples_in_every_format_hold_the_same(lines: list[str], tmp_path: Path) -> None:
    found = check_every_export(lines, tmp_path)
    assert found["jsonl"].records == len(lines) >= 20


@pytest.mark.timeout(3000)
def test_all_gold_documents_in_every_format_hold_the_same(
    request: pytest.FixtureRequest, shared: Path, tmp_path: Path
) -> None:
    if not request.config.getoption("--long"):
        pytest.skip("takes minutes: give --long, or python -m tests.robustness")
    store = tmp_path / "gold.db"
    command = [sys.executable, "-m", "betony", "ingest", str(shared / "gold" / "*.html"), "--store", str(store)]
    subprocess.run(command, check=True, capture_output=True)
    with Store.open(str(store), writable=False) as opened:
        lines = list(opened.every_json())
    found = check_every_export(lines, tmp_path)
    print(len(lines), found["jsonl"])
    assert found["jsonl"].records == len(lines) == 395


def test_dlt_fills_a_database_and_does_so_again_without_doubling(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "loaded.duckdb"
    shorter = json.loads(lines[-1])
    shorter["recommendations"] = shorter["recommendations"][:1]
    again = [*lines[:-1], json.dumps(shorter)]
    assert write("dlt", lines, f"duckdb:///{path}") == len(lines)
    assert write("dlt", again[-3:], f"duckdb:///{path}") == 3
    with duckdb.connect(str(path), read_only=True) as database:

        def count(table: str) -> Any:
            return database.execute(f"select count(*) from betony.{table}").fetchall()[0][0]  # noqa: S608 - our names

        records = [json.loads(line) for line in again]
        assert count("records") == len(records)
        for name in ("sections", "recommendations", "responsibilities"):
            assert count(f"records__{name}") == sum(len(record[name]) for record in records)
        evidence = database.execute("select evidence from betony.records__recommendations limit 1").fetchall()[0][0]
        assert json.loads(evidence)[0]["quote"]


def test_dlt_sends_nothing_home(tmp_path: Path) -> None:
    code = """
import betony.export.dlt
from dlt.common.configuration import resolve_configuration
from dlt.common.configuration.specs import RuntimeConfiguration
print(resolve_configuration(RuntimeConfiguration()).dlthub_telemetry)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False"]


def test_parquet_and_duckdb_keep_every_nested_field(lines: list[str], records: list[Any], tmp_path: Path) -> None:
    write("parquet", lines, str(tmp_path / "r.parquet"))
    write("duckdb", lines, str(tmp_path / "r.duckdb"))
    assert pq.read_table(tmp_path / "r.parquet").to_pylist() == records
    with duckdb.connect(str(tmp_path / "r.duckdb"), read_only=True) as database:
        found = database.sql("select * from records order by id").to_arrow_table()
    assert found is not None
    assert found.to_pylist() == records


def test_a_column_without_a_value_keeps_its_type(lines: list[str], tmp_path: Path) -> None:
    write("parquet", lines[:1], str(tmp_path / "r.parquet"))
    shape = pq.read_schema(tmp_path / "r.parquet")
    assert shape.names == list(Record.model_fields)
    assert shape.field("dates").type.field("expected").type.field("value").type == pa.string()
    assert shape.metadata[b"betony_schema_version"] == b"1.0"
    with pytest.raises(TypeError):
        columns._arrow(bytes)


def test_an_export_of_no_record_is_still_a_file_of_its_format(tmp_path: Path) -> None:
    for name, read in READERS.items():
        path = tmp_path / f"{name}{FORMATS[name].suffix}"
        assert write(name, [], str(path)) == 0
        assert set(asdict(read(path)).values()) <= {0, None}, name


def test_the_same_records_give_the_same_bytes(lines: list[str], tmp_path: Path) -> None:
    for name in set(READERS) - {"duckdb", "sheet"}:  # these two hold times of their own making
        for copy in ("one", "two"):
            write(name, lines, str(tmp_path / f"{copy}.{name}"))
        assert (tmp_path / f"one.{name}").read_bytes() == (tmp_path / f"two.{name}").read_bytes(), name


def test_docling_holds_every_word_of_the_text(records: list[Any]) -> None:
    for record in records:
        made = document(record)
        items = {item["self_ref"]: item for kind in ("groups", "texts", "tables") for item in made[kind]}
        words = "".join(_words(items, child["$ref"]) for child in made["body"]["children"])
        assert "".join(words.split()) == "".join(record["text"].split())


def _words(items: dict[str, Any], reference: str) -> str:
    item = items[reference]
    if "data" in item:
        return "".join(cell["text"] for cell in item["data"]["table_cells"])
    return str(item.get("text", "")) + "".join(_words(items, child["$ref"]) for child in item["children"])


def test_fhir_keeps_the_precision_of_dates_and_marks_what_is_unknown(records: list[Any]) -> None:
    by_id = {record["id"]: bundle(record) for record in records}
    seed = by_id["sha256:09aeb5ae6a52a55d"]["entry"][0]["resource"]
    assert "date" not in seed
    assert seed["_date"]["extension"][0]["valueCode"] == "unknown"
    dates = [one["period"]["start"] for made in by_id.values() for one in _cited(made).get("statusDate", [])]
    assert any(len(date) == 7 for date in dates)
    assert all(made["type"] == "document" and made["timestamp"] for made in by_id.values())
    status = {record["id"]: record["status"]["code"] for record in records}
    assert all(made["entry"][1]["resource"]["status"] == status[name] for name, made in by_id.items())


def _cited(made: dict[str, Any]) -> dict[str, Any]:
    cited: dict[str, Any] = made["entry"][1]["resource"]["citedArtifact"]
    return cited


def test_a_folder_gets_a_file_a_record_and_loses_those_that_are_gone(lines: list[str], tmp_path: Path) -> None:
    out = tmp_path / "bundles"
    for name, suffix in (("fhir", ".fhir.json"), ("docling", ".docling.json")):
        assert write(name, lines[:5], f"{out}/") == 5
        mine = out / "notes.json"
        mine.write_text("mine")
        before = {path.name: path.stat().st_mtime_ns for path in out.glob(f"*{suffix}")}
        assert len(before) == 5
        assert write(name, lines[4:6], str(out), complete=False) == 2
        assert len(list(out.glob(f"*{suffix}"))) == 6
        assert all((out / file).stat().st_mtime_ns == time for file, time in before.items())
        write(name, lines[:2], str(out))
        assert len(list(out.glob(f"*{suffix}"))) == 2
        assert mine.read_text() == "mine"


def test_what_is_not_installed_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    for one in FORMATS.values():
        if one.needs:
            with pytest.raises(UsageError, match=rf"pip install 'betony\[{one.extra}\]'"):
                check(one.name, str(tmp_path / "out"))
        else:
            check(one.name, str(tmp_path / "out"))


def test_the_module_of_each_format_needs_nothing_else(tmp_path: Path) -> None:
    """In an interpreter where no optional part can be imported, those that need none still write."""
    blocked = ["pyarrow", "duckdb", "fhir", "openpyxl", "dlt", "docling_core", "rdflib", "datasette"]
    names = [one.name for one in FORMATS.values() if not one.needs]
    code = f"""
import sys
for name in {blocked}: sys.modules[name] = None
from betony.export import write
for name in {names}: write(name, [], name)
"""
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    assert {path.name for path in tmp_path.iterdir()} == set(names)


def test_a_binary_format_is_refused_on_standard_output(tmp_path: Path) -> None:
    for name in ("parquet", "duckdb", "sheet"):
        with pytest.raises(UsageError, match="no text for standard output"):
            check(name, "-")
    with pytest.raises(UsageError, match="is a folder"):
        check("csv", str(tmp_path))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
@pytest.mark.parametrize("name", READERS)
def test_a_full_disk_is_said_and_leaves_the_old_export(
    name: str, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        out = disk / f"out{FORMATS[name].suffix}"
        old = tmp_path / "old"
        write(name, [], str(old))
        small = name not in ("duckdb", "sheet")  # an empty one of these is larger, or read before it is replaced
        out.write_bytes(old.read_bytes()[:20_000] if not small else old.read_bytes())
        before = out.read_bytes()
        options = {"previous": str(old)} if name == "sheet" else {}
        with pytest.raises(BetonyError, match=r"(?i)space|full") as raised:
            write(name, lines * 8, str(out), **options)
        assert str(out) in str(raised.value)
        assert "export again" in raised.value.advice
        del raised
        gc.collect()
        assert complaints == []
        assert out.read_bytes() == before
        assert {path.name for path in disk.iterdir()} <= {out.name, "out.previous.xlsx"}
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
