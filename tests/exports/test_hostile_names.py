"""Whatever a title or an id says: nothing leaves the folder, and no cell is a formula."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from betony.export import write
from betony.export.cells import fitting, inert
from betony.export.files import safe_name
from betony.export.rows import TABLES
from tests.exports.readers import READERS
from tests.hostile.strings import FORMULA_SIGNS, strings

HOSTILE = strings()


@pytest.fixture(scope="module")
def hostile(records: list[dict[str, Any]]) -> list[str]:
    """A record for each string: as its id, title, publisher, section, recommendation, duty, code and status notice."""
    both = (one for one in records if one["recommendations"] and one["responsibilities"])
    sample = min(both, key=lambda one: len(one["text"]))
    sample = {**sample, "url": None, "parts": [{**part, "url": None} for part in sample["parts"]]}
    code = next(one["codes"][0] for one in records if one["codes"])
    made = []
    for number, words in enumerate(HOSTILE):
        one = {**sample, "id": f"{number}:{words}", "identifier": words, "aliases": []}
        one["title"] = {**sample["title"], "value": words}
        one["publisher"] = {"id": words, "name": words}
        one["document_type"] = words
        one["status"] = {**sample["status"], "notice": words}
        one["license"] = {**sample["license"], "text": words, "attribution": words, "url": words}
        one["jurisdictions"] = [words]
        duty, item = sample["responsibilities"][0], sample["recommendations"][0]
        one["recommendations"] = [
            {**item, "id": f"{number}#{words}", "number": words, "text": words, "actor": words, "condition": words}
        ]
        one["responsibilities"] = [
            {**duty, "id": f"{number}#d{words}", "term": words, "action": words, "actor": words, "evidence": []}
        ]
        one["codes"] = [{**code, "section": item["section"], "code": words, "display": words, "evidence": []}]
        one["sections"] = [
            {**section, "heading": section["heading"] and {**section["heading"], "text": words}, "text": words}
            for section in sample["sections"]
        ]
        made.append(json.dumps(one))
    return made


def test_there_are_as_many_as_the_figure_asks() -> None:
    assert len(HOSTILE) >= 547
    assert sum(words[:1] in FORMULA_SIGNS for words in HOSTILE if words) >= 32


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_of_csv_starts_a_formula_and_none_is_torn(table: str, hostile: list[str], tmp_path: Path) -> None:
    count = write("csv", hostile, str(tmp_path / "t.csv"), table=table)
    csv.field_size_limit(1_000_000)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, strict=True)
    assert len(rows) == count
    assert all(len(row) == len(head) for row in rows)
    started = {cell[:10] for row in rows for cell in row if cell.lstrip()[:1] in FORMULA_SIGNS and cell.strip()}
    assert started == set()
    assert not any(cell.startswith(FORMULA_SIGNS) for row in rows for cell in row)


def test_no_cell_of_the_sheet_is_a_formula_however_often_it_is_exported(hostile: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    total = write("sheet", hostile, str(path))
    book = load_workbook(path)
    rows = book["Assessment"]
    place = [cell.value for cell in rows[1]].index("Answer") + 1
    for number in range(2, rows.max_row + 1):  # people answer with such words too
        rows.cell(number, place).value = fitting(HOSTILE[number % len(HOSTILE)])
        rows.cell(number, place).data_type = "s"
    book.save(path)
    given = [cell.value for cell in load_workbook(path)["Assessment"][chr(64 + place)]]
    write("sheet", hostile, str(path))
    again = load_workbook(path)["Assessment"]
    assert again.max_row == total + 1
    assert [cell.value for cell in again[chr(64 + place)]] == given
    ours = [cell for row in again.iter_rows(min_row=2, max_col=place - 1) for cell in row]
    assert {cell.data_type for cell in ours} <= {"s", "n"}  # n: empty
    assert not any(str(cell.value).startswith(FORMULA_SIGNS) for cell in ours if cell.value is not None)
    with zipfile.ZipFile(path) as archive:
        parts = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in parts
    assert "<f " not in parts


def test_every_file_of_a_folder_stays_in_it(hostile: list[str], tmp_path: Path) -> None:
    (tmp_path / "beside").write_text("as it was")
    for name in ("docling", "fhir"):
        folder = tmp_path / name
        assert write(name, hostile, f"{folder}/") == len(HOSTILE)
        found = [path.relative_to(folder) for path in folder.rglob("*")]
        assert len(found) == len(HOSTILE)
        assert all(re.fullmatch(rf"[a-z0-9-]{{12,64}}\.{name}\.json", str(path)) for path in found)
    assert {path.name for path in tmp_path.iterdir()} == {"beside", "docling", "fhir"}


def test_names_are_safe_and_apart_everywhere() -> None:
    names = {safe_name(words) for words in [*HOSTILE, "\ud800", "a" * 5000]}
    assert len(names) == len(HOSTILE) + 2
    assert all(re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?", name) for name in names)
    assert len({name.lower() for name in names}) == len(names)


@pytest.mark.parametrize("name", sorted(set(READERS) - {"jsonl", "annotations"}))
def test_every_reader_takes_what_was_made_of_them(name: str, hostile: list[str], tmp_path: Path) -> None:
    """`jsonl` passes records on as they are; the words of these do not fit their offsets, which `annotations` needs."""
    path = tmp_path / f"out.{'xlsx' if name == 'sheet' else name}"
    write(name, hostile, str(path))
    found = READERS[name](path)
    assert found.recommendations in (None, len(HOSTILE))
    assert found.records in (None, len(HOSTILE))


def test_plain_words_are_left_as_they_are() -> None:
    for words in ("Offer tea.", "1.1.1", "'quoted'", "5 mg", "a=b", "", " ", "é"):
        assert inert(words) == fitting(words) == words
