"""The baseline assessment sheet (XLSX): a row a recommendation and a duty, with columns for the organisation's answers.

The sheet is a place where people work: exported over an earlier one, or with `previous`, it carries their answers on.
Answers, remarks on cells and columns of their own are kept; so are sheets of their own. Rows that the guidance no longer
has move to the sheet Removed, with their answers.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from lxml.etree import SerialisationError  # openpyxl writes by lxml wherever that is
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from betony.errors import BetonyError, UsageError
from betony.export.assessment import ANSWERS, GUIDANCE, Change, Comparison, Earlier, Row, compare, other_names, rows
from betony.export.cells import fitting, inert
from betony.export.files import writing

ASSESSMENT, CHANGES, EARLIER, REMOVED, ABOUT = "Assessment", "Changes", "Earlier changes", "Removed", "About"
OUR_SHEETS = (ASSESSMENT, CHANGES, EARLIER, REMOVED, ABOUT)
OUR_COLUMNS = ("Id", "Change", *GUIDANCE, "Link", *ANSWERS, "Record")
REPLIES = ("Met", "Partly met", "Not met", "Not applicable", "Not yet assessed")
_CHANGE_COLUMNS = ("When", "Change", "Id", "Guidance", "Kind", "Number", "What", "Before", "Now", "Answer so far")
_WIDTHS = {
    **{"Id": 18, "Change": 14, "Guidance": 26, "Reference": 11, "Kind": 15, "Number": 9, "Text": 62, "Strength": 14},
    **{"Actor": 18, "Section": 26, "Status": 16, "Link": 18, "Answer": 15, "Evidence": 36, "Lead": 16, "Date": 12},
    **{"Record": 14, "Removed": 18, "When": 12, "What": 12, "Before": 50, "Now": 50, "Answer so far": 16},
}
_MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530."""
_HEAD = PatternFill("solid", fgColor="FF1F3B4D")
_OURS = PatternFill("solid", fgColor="FFF3F5F7")
_MARKED = PatternFill("solid", fgColor="FFFFE699")
_LINE = Border(bottom=Side("thin", color="FFD0D5DA"), right=Side("thin", color="FFE4E7EA"))
_LINK = Font(color="FF0563C1", underline="single")
_TOP = Alignment(vertical="top", wrap_text=True)
_LINE_HEIGHT, _TALLEST = 15.0, 400.0


@dataclass(frozen=True, slots=True)
class Last:
    """The last sheet as its readers left it."""

    rows: tuple[Earlier, ...] = ()
    own_columns: tuple[str, ...] = ()
    """Headings of columns that the organisation added."""
    changes: tuple[tuple[Any, ...], ...] = ()


def write(records: Iterable[str], out: str, *, previous: str | None = None, today: date | None = None) -> int:
    """Writes the workbook; how many rows it asks about. UsageError where the earlier one is none of betony's, or open."""
    source = previous or (out if Path(out).exists() else None)
    for path in {out, source} - {None}:
        _check_closed(str(path))
    book = _loaded(source) if source else Workbook()
    last = read(book, source) if source else Last()
    day = (today or datetime.now(UTC).date()).isoformat()
    now: list[Row] = []
    aliases: dict[str, str] = {}
    for text in records:
        record = json.loads(text)
        now += rows(record)
        aliases.update(other_names(record))
    result = compare(now, last.rows, aliases, day)
    _empty(book)
    _fill(book, result, last, day, first=source is None)
    if source is not None and Path(out).exists():
        _keep(out)
    with writing(out) as file:
        file.write(_saved(book))
    return len(now)


def _saved(book: Workbook) -> bytes:
    """The workbook's bytes. A zip file that a full disk breaks off tries to end itself later, and complains again."""
    whole = io.BytesIO()
    try:
        book.save(whole)
    except SerialisationError as error:
        what = f"cannot be made: {tempfile.gettempdir()}, where its sheets are drafted, is full or cannot be written"
        raise BetonyError(what, advice="make room there, or name another folder in TMPDIR, and export again") from error
    return whole.getvalue()


def read(book: Workbook, path: str) -> Last:
    """The rows, answers and changes of a workbook that betony wrote and people worked in."""
    if ASSESSMENT not in book.sheetnames or _header(book[ASSESSMENT]) is None:
        raise UsageError(
            "is no assessment sheet of betony", document=path, advice="name another file; this one was left as it is"
        )
    _work_out(book, path)
    found: list[Earlier] = []
    own: dict[str, None] = {}
    for name in (ASSESSMENT, REMOVED):
        if name in book.sheetnames:
            columns, body = _table(book[name])
            rows_here = [row for cells in body if (row := _earlier(columns, cells)) is not None]
            used = {heading for row in rows_here for heading in (*row.answers, *row.remarks)}
            own.update(dict.fromkeys(one for one in columns if one in used and one not in (*OUR_COLUMNS, REMOVED)))
            found += rows_here
    changes = [
        tuple(cell.value for cell in cells)[: len(_CHANGE_COLUMNS)]
        for name in (CHANGES, EARLIER)
        if name in book.sheetnames
        for cells in _table(book[name])[1]
        if len(cells) >= len(_CHANGE_COLUMNS) and cells[2].value  # not the line that says that nothing changed
    ]
    return Last(tuple(found), tuple(own), tuple(changes))


def _check_closed(path: str) -> None:
    here = Path(path)
    for sign in (here.with_name(f".~lock.{here.name}#"), here.with_name(f"~${here.name}")):
        if sign.exists():
            raise UsageError(
                "is open in another program", document=path, advice=f"close it there, or remove {sign.name}"
            )


def _loaded(path: str, *, values: bool = False) -> Workbook:
    """UsageError where it is no workbook. With `values` a formula is what it came to."""
    try:
        with Path(path).open("rb") as file:  # by its bytes: openpyxl would go by the name
            return load_workbook(file, data_only=values)
    except FileNotFoundError:
        raise UsageError("no such file", document=path) from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise UsageError(
            f"is no workbook that can be read: {error}", document=path, advice="name another file with --previous"
        ) from error


def _work_out(book: Workbook, path: str) -> None:
    """Puts what a formula came to in its place, for its row will move; its own text where no program worked it out."""
    sheets = [book[name] for name in (ASSESSMENT, REMOVED) if name in book.sheetnames]
    formulas = [cell for sheet in sheets for cells in sheet.iter_rows() for cell in cells if cell.data_type == "f"]
    if formulas:
        values = _loaded(path, values=True)
        for cell in formulas:
            found = values[cell.parent.title][cell.coordinate].value
            _put(cell, str(cell.value) if found is None else found)


def _header(sheet: Worksheet) -> int | None:
    """The row of the headings; people put lines above it."""
    for row in sheet.iter_rows(min_row=1, max_row=20):
        if {"Id", "Change"} <= {cell.value for cell in row}:
            return int(row[0].row or 0)
    return None


def _table(sheet: Worksheet) -> tuple[list[str], Iterator[tuple[Cell | MergedCell, ...]]]:
    """The headings, one a column, and the rows of cells below them."""
    top = _header(sheet)
    if top is None:
        return [], iter(())
    names: list[str] = []
    for place, cell in enumerate(next(sheet.iter_rows(min_row=top, max_row=top)), 1):
        name = str(cell.value).strip() if cell.value is not None else f"Column {get_column_letter(place)}"
        while name in names:
            name += " (2)"
        names.append(name)
    return names, sheet.iter_rows(min_row=top + 1)


def _earlier(columns: Sequence[str], cells: Sequence[Cell | MergedCell]) -> Earlier | None:
    """A row as it was left; None for one that holds nothing."""
    by_name = {name: cell for name, cell in zip(columns, cells, strict=False) if isinstance(cell, Cell)}
    values = {name: cell.value for name, cell in by_name.items() if cell.value not in (None, "")}
    remarks = {name: cell.comment.text for name, cell in by_name.items() if cell.comment is not None}
    if not values and not remarks:
        return None
    answers = {name: value for name, value in values.items() if name not in _NOT_ANSWERS}
    links = {name: cell.hyperlink for name, cell in by_name.items() if name in answers and cell.hyperlink is not None}
    return Earlier(
        id=str(values.get("Id", "")),
        record=str(values.get("Record", "")),
        guidance={name: str(values.get(name, "")) for name in GUIDANCE},
        answers=answers,
        remarks=remarks,
        links={name: link.target or f"#{link.location}" for name, link in links.items()},
        formats={name: by_name[name].number_format for name, value in answers.items() if not isinstance(value, str)},
        removed=str(values.get(REMOVED, "")),
    )


_NOT_ANSWERS = frozenset(OUR_COLUMNS) - frozenset(ANSWERS) | {REMOVED}


def _empty(book: Workbook) -> None:
    """Leaves the sheets of its readers alone."""
    for name in OUR_SHEETS:
        if name in book.sheetnames:
            book.remove(book[name])


def _keep(out: str) -> None:
    """The workbook as it was, beside the new one: openpyxl keeps no charts or pictures of people's own sheets."""
    path = Path(out)
    with path.open("rb") as old, writing(str(path.with_name(f"{path.stem}.previous{path.suffix}"))) as copy:
        shutil.copyfileobj(old, copy)


def _fill(book: Workbook, result: Comparison, last: Last, day: str, *, first: bool) -> None:
    if first and book.active is not None:
        book.remove(book.active)
    _assessment(book.create_sheet(ASSESSMENT, 0), result, last.own_columns)
    changes = book.create_sheet(CHANGES, 1)
    _changes(changes, [_change_cells(change, day) for change in result.changes])
    if not result.changes:
        changes.cell(2, 2, "first export" if first else "nothing changed since the last export")
    if last.changes:
        _changes(book.create_sheet(EARLIER, 2), last.changes)
    if result.removed:
        _removed(book.create_sheet(REMOVED, 2), result.removed, last.own_columns)
    _about(book.create_sheet(ABOUT), result, day)
    book.active = 0
    for one in book.worksheets:  # two selected sheets would be typed into at once
        one.sheet_view.tabSelected = one.title == ASSESSMENT


def _assessment(sheet: Worksheet, result: Comparison, own: Sequence[str]) -> None:
    columns = (*OUR_COLUMNS, *own)
    _head(sheet, columns)
    for number, (row, earlier, mark) in enumerate(result.rows, 2):
        ours = {"Id": row.id, "Change": mark, **row.guidance, "Link": row.address, "Record": row.record}
        _line(sheet, number, columns, ours, earlier)
        if row.link and number <= _MOST_LINKS:
            cell = sheet.cell(number, columns.index("Link") + 1)
            cell.hyperlink = row.link
            cell.font = _LINK
        if mark:
            for place in range(1, columns.index("Link") + 2):
                sheet.cell(number, place).fill = _MARKED
    _finish(sheet, columns, len(result.rows) + 1)
    letter = get_column_letter(columns.index("Answer") + 1)
    choice = DataValidation("list", formula1=f'"{",".join(REPLIES)}"', allow_blank=True, errorStyle="warning")
    choice.error, choice.errorTitle = "This is none of the usual answers. Keep it?", "Answer"
    choice.prompt, choice.promptTitle = "One of: " + ", ".join(REPLIES), "Answer"
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{max(2, len(result.rows) + 1)}")


def _removed(sheet: Worksheet, gone: Sequence[Earlier], own: Sequence[str]) -> None:
    columns = (REMOVED, *(name for name in OUR_COLUMNS if name != "Link"), *own)
    _head(sheet, columns)
    for number, earlier in enumerate(gone, 2):
        ours = {REMOVED: earlier.removed, "Id": earlier.id, "Record": earlier.record, **earlier.guidance}
        _line(sheet, number, columns, ours, earlier)
    _finish(sheet, columns, len(gone) + 1)


def _changes(sheet: Worksheet, lines: Sequence[Sequence[Any]]) -> None:
    _head(sheet, _CHANGE_COLUMNS)
    for number, cells in enumerate(lines, 2):
        _line(sheet, number, _CHANGE_COLUMNS, dict(zip(_CHANGE_COLUMNS, cells, strict=True)), None)
    _finish(sheet, _CHANGE_COLUMNS, len(lines) + 1)


def _change_cells(change: Change, day: str) -> tuple[Any, ...]:
    named = (change.guidance[name] for name in ("Guidance", "Kind", "Number"))
    return (day, change.kind, change.id, *named, change.what, change.before, change.now, change.answer)


def _about(sheet: Worksheet, result: Comparison, day: str) -> None:
    sheet.column_dimensions["A"].width = 100
    lines = (
        f"Baseline assessment, exported {day}: {len(result.rows)} recommendations and duties.",
        f"Write in the columns {', '.join(ANSWERS)}; add columns and sheets of your own as you need them.",
        "Export again over this file to bring it up to date: every answer, remark and column of yours is carried over.",
        "Change marks what is new or changed since the last export; the sheet Changes says what it was before.",
        "Rows that the guidance no longer has are on the sheet Removed, with their answers.",
        "Id and Record tie a row to its guidance: leave them as they are.",
        "Link opens the publisher's page at the words. Texts belong to their publishers.",
    )
    for number, words in enumerate(lines, 1):
        sheet.cell(number, 1, words).alignment = _TOP


def _head(sheet: Worksheet, columns: Sequence[str]) -> None:
    for place, name in enumerate(columns, 1):
        cell = sheet.cell(1, place)
        _put(cell, name)
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), _HEAD
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(name, 20)
        sheet.column_dimensions[letter].hidden = name == "Record"
    sheet.row_dimensions[1].height = 24


def _line(sheet: Worksheet, number: int, columns: Sequence[str], ours: dict[str, Any], earlier: Earlier | None) -> None:
    height = 1
    for place, name in enumerate(columns, 1):
        cell = sheet.cell(number, place)
        value = ours.get(name)
        if name in ours:
            _put(cell, inert(fitting(str(value or ""))))
            cell.fill = _OURS
        elif earlier is not None:
            value = earlier.answers.get(name)
            _put(cell, value)
            if name in earlier.links:
                cell.hyperlink = earlier.links[name]
                cell.font = _LINK
        if earlier is not None and name in earlier.remarks:
            cell.comment = Comment(fitting(earlier.remarks[name]), "")
        cell.alignment, cell.border = _TOP, _LINE
        if earlier is not None and name in earlier.formats:
            cell.number_format = earlier.formats[name]
        elif name == "Date":
            cell.number_format = "yyyy-mm-dd"
        if value and name not in {"Id", "Link", "Record"}:
            width = _WIDTHS.get(name, 20)
            height = max(height, sum(-(-max(1, len(line)) // width) for line in str(value).split("\n")))
    sheet.row_dimensions[number].height = min(_TALLEST, _LINE_HEIGHT * height)


def _put(cell: Cell | MergedCell, value: Any) -> None:
    """Sets the value; text stays text, whatever it begins with."""
    if isinstance(value, str):
        text = fitting(value)
        if not text:
            return
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text != inert(text)
    else:
        cell.value = value


def _finish(sheet: Worksheet, columns: Sequence[str], last: int) -> None:
    """What makes it readable on screen and paper."""
    sheet.freeze_panes = f"{get_column_letter(columns.index('Text') + 1)}2" if "Text" in columns else "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(last, 1)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8  # A3; on A4 the text of an assessment is too small to read
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text="&A, page &P of &N"))
    sheet.page_margins.left = sheet.page_margins.right = 0.4
