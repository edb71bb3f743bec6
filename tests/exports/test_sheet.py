"""The assessment sheet in use: answered by people, exported again, and no answer lost."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from betony.errors import UsageError
from betony.export import sheet
from betony.export.assessment import Earlier, Row, compare

ANSWERS = ("Answer", "Evidence", "Lead", "Date")


def table(path: Path, name: str = "Assessment") -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    book = load_workbook(path)
    if name not in book.sheetnames:
        return []
    head, *rows = book[name].values
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


FULL = """
import resource, sys
from betony.errors import BetonyError
from betony.export import sheet
lines = sys.stdin.read().split("\\n")[:-1]
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))  # of one file: no disk needs to be full
try:
    sheet.write(lines, sys.argv[1])
except BetonyError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="there alone a file's size can be limited")
def test_a_folder_for_temporary_files_that_is_full_is_named(lines: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "a.xlsx")]
    text = "".join(line + "\n" for line in lines)
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert f"{tempfile.gettempdir()}, where its sheets are drafted, is full or cannot be written" in done.stdout
    assert list(tmp_path.iterdir()) == []


def answer(path: Path, *, risk: bool = True) -> dict[str, tuple[Any, ...]]:
    """Fills in every row as a person would, each answer unlike all others; what was written, by id."""
    book = load_workbook(path)
    rows = book["Assessment"]
    head = [cell.value for cell in rows[1]]
    if risk:
        rows.cell(1, len(head) + 1, "Risk")
    written = {}
    for number in range(2, rows.max_row + 1):
        cells = {name: rows.cell(number, head.index(name) + 1) for name in ("Id", *ANSWERS)}
        cells["Answer"].value = f"Partly met {number}"
        cells["Evidence"].value = f"-see policy {number}\nand the audit"
        cells["Evidence"].data_type = "s"
        cells["Lead"].value = f"Ms Ó Néill {number}"
        cells["Date"].value = datetime(2026, 1 + number % 12, 3)
        cells["Evidence"].hyperlink = f"https://intranet.example/audit/{number}"
        cells["Lead"].comment = Comment(f"asked twice {number}", "someone")
        if risk:
            rows.cell(number, len(head) + 1, number)
        written[str(cells["Id"].value)] = (
            *(cells[name].value for name in ANSWERS),
            number if risk else None,
            f"asked twice {number}",
            f"https://intranet.example/audit/{number}",
        )
    book.create_sheet("Our plan")["B2"] = "keep me"
    book.save(path)
    return written


def answers(path: Path) -> dict[str, tuple[Any, ...]]:
    """What stands in the columns for answers, on the assessment and among the removed rows, by id."""
    found = {}
    book = load_workbook(path)
    for name in ("Assessment", "Removed"):
        if name not in book.sheetnames:
            continue
        rows = book[name]
        head = [cell.value for cell in rows[1]]
        for row in rows.iter_rows(min_row=2):
            cells = dict(zip(head, row, strict=True))
            remark = cells["Lead"].comment
            risk = cells["Risk"].value if "Risk" in cells else None
            found[str(cells["Id"].value)] = (
                *(cells[name].value for name in ANSWERS),
                risk,
                remark.text if remark else None,
                cells["Evidence"].hyperlink.target if cells["Evidence"].hyperlink else None,
            )
    return found


def changed(records: list[dict[str, Any]]) -> tuple[list[str], dict[str, list[str]]]:
    """The same guidance a year later, and what changed: by kind, the ids (new ones by their new id)."""
    later = copy.deepcopy(records)
    by_id = {record["id"]: record for record in later}
    guideline, procedure = by_id["nice:ng9001"], by_id["nice:ipg9002"]
    found: dict[str, list[str]] = {"text": [], "removed": [], "status": [], "number": []}
    found["text"].append(guideline["recommendations"][0]["id"])
    guideline["recommendations"][0]["text"] += " Ask again after a month."
    gone = guideline["recommendations"].pop(3)
    found["removed"].append(gone["id"])
    renumbered = guideline["recommendations"][5]
    found["number"].append(renumbered["id"])
    renumbered["number"], renumbered["id"] = "7.7.7", "nice:ng9001#7.7.7"
    procedure["status"] = {**procedure["status"], "code": "retired", "currency": "withdrawn"}
    found["status"] = [item["id"] for item in procedure["recommendations"] + procedure["responsibilities"]]
    new = {**copy.deepcopy(guideline["recommendations"][0]), "id": "nice:ng9001#9.9.9", "number": "9.9.9"}
    new["text"] = "Offer a printed sheet about stretching before bed."
    guideline["recommendations"].append(new)
    found["new"] = [new["id"]]
    found["record"] = [item["id"] for item in by_id["nice:ta9008"]["recommendations"]]
    found["record"] += [item["id"] for item in by_id["nice:ta9008"]["responsibilities"]]
    later.remove(by_id["nice:ta9008"])
    return [json.dumps(record) for record in later], found


def test_a_round_of_use_loses_no_answer_and_marks_every_change(
    lines: list[str], records: list[dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "assessment.xlsx"
    total = sheet.write(lines, str(path), today=date(2026, 1, 5))
    assert total == sum(len(record["recommendations"]) + len(record["responsibilities"]) for record in records)
    assert not any(row["Change"] for row in table(path))
    written = answer(path)
    assert len(written) == total

    later, found = changed(records)
    sheet.write(later, str(path), today=date(2027, 1, 5))
    now = answers(path)
    moved = dict(zip(found["number"], ["nice:ng9001#7.7.7"], strict=True))
    lost = [one for one, words in written.items() if now.get(moved.get(one, one)) != words]
    assert lost == []

    marks = {row["Id"]: row["Change"] for row in table(path) if row["Change"]}
    expected = dict.fromkeys(found["text"], "changed: text") | dict.fromkeys(found["status"], "changed: status")
    expected |= {"nice:ng9001#7.7.7": "changed: number"} | dict.fromkeys(found["new"], "new")
    assert marks == expected
    assert {row["Id"] for row in table(path, "Removed")} == {*found["removed"], *found["record"]}
    listed = [(row["Change"], row["Id"], row["What"]) for row in table(path, "Changes")]
    assert sorted(listed) == sorted(
        [("changed", one, mark.removeprefix("changed: ").capitalize()) for one, mark in marks.items() if mark != "new"]
        + [("new", one, "Row") for one in found["new"]]
        + [("removed", one, "Row") for one in (*found["removed"], *found["record"])]
    )
    text = next(row for row in table(path, "Changes") if row["What"] == "Text")
    assert text["Now"] == text["Before"] + " Ask again after a month."
    assert text["Answer so far"] == written[text["Id"]][0]
    assert load_workbook(path)["Our plan"]["B2"].value == "keep me"
    assert answers(tmp_path / "assessment.previous.xlsx") == written

    sheet.write(lines, str(path), today=date(2028, 1, 5))  # all comes back
    assert {one: words for one, words in answers(path).items() if one in written} == written
    assert table(path, "Removed") == [row for row in table(path, "Removed") if row["Id"] in found["new"]]
    assert len(table(path, "Earlier changes")) == len(listed)
    sheet.write(lines, str(path), today=date(2028, 1, 6))
    assert not any(row["Change"] for row in table(path))


def test_an_earlier_sheet_may_stand_elsewhere(lines: list[str], tmp_path: Path) -> None:
    sheet.write(lines, str(tmp_path / "old.xlsx"))
    written = answer(tmp_path / "old.xlsx")
    before = (tmp_path / "old.xlsx").read_bytes()
    sheet.write(lines, str(tmp_path / "new.xlsx"), previous=str(tmp_path / "old.xlsx"))
    assert answers(tmp_path / "new.xlsx") == written
    assert (tmp_path / "old.xlsx").read_bytes() == before


def test_rows_sorted_copied_and_added_by_hand_lose_nothing(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet.write(lines, str(path))
    book = load_workbook(path)
    rows = book["Assessment"]
    head = [cell.value for cell in rows[1]]
    place = head.index("Answer") + 1
    rows.insert_rows(1, 2)  # a title above the table
    rows["A1"] = "Our trust's assessment"
    first = [cell.value for cell in rows[4]]
    rows.cell(4, place, "first of two")
    rows.append([*first[: place - 1], "second of two"])
    rows.append([None] * (place - 1) + ["no row of the sheet"])
    rows.cell(5, place, '=CONCATENATE("worked ","out")')
    book.save(path)
    sheet.write(lines, str(path))
    kept = {row["Answer"] for name in ("Assessment", "Removed") for row in table(path, name)} - {None}
    assert kept == {"first of two", "second of two", "no row of the sheet", '=CONCATENATE("worked ","out")'}
    assert "<f>" not in parts(path)


def parts(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return "".join(archive.read(name).decode() for name in names)


def test_no_other_workbook_is_written_over(lines: list[str], tmp_path: Path) -> None:
    book = load_workbook(_blank(tmp_path / "other.xlsx", lines))
    del book["Assessment"]
    book.save(tmp_path / "other.xlsx")
    (tmp_path / "broken.xlsx").write_text("no workbook")
    for name, why in (("other.xlsx", "is no assessment sheet"), ("broken.xlsx", "is no workbook")):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(UsageError, match=why):
            sheet.write(lines, str(tmp_path / name))
        assert (tmp_path / name).read_bytes() == before
    with pytest.raises(UsageError, match="no such file"):
        sheet.write(lines, str(tmp_path / "new.xlsx"), previous=str(tmp_path / "missing.xlsx"))


def test_a_sheet_that_is_open_is_left_alone(lines: list[str], tmp_path: Path) -> None:
    path = _blank(tmp_path / "a.xlsx", lines)
    for sign in (".~lock.a.xlsx#", "~$a.xlsx"):
        (tmp_path / sign).touch()
        with pytest.raises(UsageError, match="is open in another program"):
            sheet.write(lines, str(path))
        (tmp_path / sign).unlink()


def _blank(path: Path, lines: list[str]) -> Path:
    sheet.write(lines[:1], str(path))
    return path


def test_the_sheet_is_laid_out_to_be_read(lines: list[str], tmp_path: Path) -> None:
    sheet.write(lines, str(tmp_path / "a.xlsx"))
    book = load_workbook(tmp_path / "a.xlsx")
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == ["Assessment"]
    rows = book["Assessment"]
    head = [cell.value for cell in rows[1]]
    assert rows.freeze_panes == "G2"
    assert rows.auto_filter.ref == f"A1:Q{rows.max_row}"
    assert rows.print_title_rows == "$1:$1"
    assert (rows.page_setup.orientation, rows.page_setup.fitToWidth) == ("landscape", 1)
    assert rows.column_dimensions["Q"].hidden
    assert rows["G2"].alignment.wrap_text
    [choice] = rows.data_validations.dataValidation
    assert choice.formula1 == '"Met,Partly met,Not met,Not applicable,Not yet assessed"'
    assert str(choice.sqref) == f"M2:M{rows.max_row}"
    links = [row[head.index("Link")].hyperlink for row in rows.iter_rows(min_row=2)]
    assert sum(link is not None and "#:~:text=" in str(link.target) for link in links) > 100


def row(identity: str, text: str, record: str = "nice:ng1") -> Row:
    cells = dict.fromkeys(("Guidance", "Reference", "Number", "Strength", "Actor", "Section", "Status"), "")
    return Row(identity, record, {**cells, "Kind": "Recommendation", "Text": text}, "", "")


def earlier(identity: str, text: str, said: str, record: str = "nice:ng1") -> Earlier:
    return Earlier(identity, record, row(identity, text).guidance, {"Answer": said})


def carried(now: list[Row], before: list[Earlier], aliases: dict[str, str] | None = None) -> dict[str, Any]:
    result = compare(now, before, aliases or {}, "2027-01-05")
    found = {one.id: was and was.answers["Answer"] for one, was, _ in result.rows}
    return {**found, **{f"removed {one.id}": one.answers["Answer"] for one in result.removed}}


def test_an_answer_follows_its_words_when_the_numbers_move() -> None:
    before = [earlier("1.1.1", "Offer tea.", "tea"), earlier("1.1.2", "Offer coffee.", "coffee")]
    now = [row("1.1.1", "Ask first."), row("1.1.2", "Offer tea."), row("1.1.3", "Offer coffee.")]
    assert carried(now, before) == {"1.1.1": None, "1.1.2": "tea", "1.1.3": "coffee"}


def test_an_answer_stays_with_its_id_when_the_words_change_and_goes_to_like_words_when_both_do() -> None:
    before = [
        earlier("1.1.1", "Offer tea.", "tea"),
        earlier("d-1", "Trusts should train all staff who move patients every year.", "training"),
        earlier("d-2", "Report faults.", "faults"),
    ]
    now = [
        row("1.1.1", "Serve something entirely different, at any hour."),
        row("d-9", "Trusts should train all staff who lift patients every year."),
    ]
    assert carried(now, before) == {"1.1.1": "tea", "d-9": "training", "removed d-2": "faults"}


def test_an_answer_never_goes_to_other_guidance_but_follows_an_id_that_became_an_alias() -> None:
    before = [earlier("a#1", "Offer tea.", "tea", "sha256:aa")]
    now = [row("nice:ng1#1", "Offer tea.")]
    assert carried(now, before) == {"nice:ng1#1": None, "removed a#1": "tea"}
    assert carried(now, before, {"sha256:aa": "nice:ng1"}) == {"nice:ng1#1": "tea"}
