"""Which tables hold data, and what their cells are once spans are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

MOST_SPAN = 1000
MOST_FILLED = 200_000
"""Cells that spans may add to one table; beyond that a span counts as one."""

_STRUCTURE = ("h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "form", "main", "nav", "hr", "dl", "pre")


@dataclass(slots=True)
class Cell:
    """A cell as the page has it."""

    text: str
    heads: bool
    """It is a `th`."""
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Row:
    """A row as the page has it."""

    cells: list[Cell]
    in_head: bool


def span(value: str | None) -> int:
    """What a colspan or rowspan says; 1 where it says nothing sensible."""
    if value is None:
        return 1
    digits = value.strip()[:9]
    return max(1, min(int(digits), MOST_SPAN)) if digits.isascii() and digits.isdigit() else 1


def span_down(value: str | None) -> int:
    """What a rowspan says; 0 is all rows that are left."""
    return MOST_SPAN if value is not None and value.strip() == "0" else span(value)


def holds_data(table: etree._Element) -> bool:
    """Whether a table sets out data, or else only places parts of the page beside each other."""
    if table.get("role") in ("presentation", "none") and next(table.iterdescendants("thead"), None) is None:
        return False  # with a head of its own it shows data, whatever the role says
    for _ in table.iterdescendants("table", *_STRUCTURE):
        return False
    rows = cells = widest = width = lists = 0
    for element in table.iterdescendants("tr", "th", "td", "caption", "ul", "ol", "p"):
        tag = element.tag
        if tag == "td":
            cells += 1
            width += 1
            widest = max(width, widest)
        elif tag == "tr":
            rows += 1
            width = 0
        elif tag in ("th", "caption"):
            # A table in one cell with a caption is a figure; what says th is data.
            if tag == "th":
                return True
        else:
            lists += 1
    # One row of columns filled with paragraphs, or one column, is layout.
    return widest > 1 and (rows > 2 or lists <= cells)


def fill(rows: list[Row]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows with every spanned cell standing in each place it covers."""
    header_rows = _header_rows(rows)
    grid = _spread(rows)
    header: list[str] = []
    for row in grid[:header_rows]:
        for column, text in enumerate(row):
            if column == len(header):
                header.append(text)
            elif text and text not in (header[column], ""):
                header[column] = f"{header[column]} {text}".strip()
    return tuple(header), tuple(tuple(row) for row in grid[header_rows:])


def _header_rows(rows: list[Row]) -> int:
    """How many rows at the top are the header."""
    count = 0
    for row in rows:
        if not row.in_head:
            break
        count += 1
    if count == 0 and len(rows) > 1 and rows[0].cells and all(cell.heads for cell in rows[0].cells):
        count = 1
    return count if count < len(rows) else 0


def _spread(rows: list[Row]) -> list[list[str]]:
    if not any(cell.columns > 1 or cell.rows > 1 for row in rows for cell in row.cells):
        return [[cell.text for cell in row.cells] for row in rows]
    budget = MOST_FILLED
    hanging: dict[int, tuple[str, int]] = {}  # column -> text of a cell from above, and rows it still covers
    grid: list[list[str]] = []
    for row in rows:
        line: list[str] = []
        still: dict[int, tuple[str, int]] = {}
        for cell in row.cells:
            _take_hanging(line, hanging, still)
            columns, down = cell.columns, cell.rows
            if columns * down > 1:
                if columns * down > budget:
                    columns = down = 1
                budget -= columns * down - 1
            for _ in range(columns):
                if down > 1:
                    still[len(line)] = (cell.text, down - 1)
                line.append(cell.text)
        _take_hanging(line, hanging, still)
        hanging = still
        grid.append(line)
    return grid


def _take_hanging(line: list[str], hanging: dict[int, tuple[str, int]], still: dict[int, tuple[str, int]]) -> None:
    """Puts the cells from above that cover the next columns into the line."""
    while len(line) in hanging:
        column = len(line)
        text, left = hanging.pop(column)
        if left > 1:
            still[column] = (text, left - 1)
        line.append(text)
