"""Records as CSV (RFC 4180, UTF-8), safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from betony.export.cells import inert
from betony.export.files import writing
from betony.export.rows import TABLES


def write(records: Iterable[str], out: str, *, table: str = "records") -> int:
    """Writes a header and the rows of one of `rows.TABLES`; how many rows."""
    count = 0
    with writing(out) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(TABLES[table].columns)
        for record in records:
            for row in TABLES[table].rows(json.loads(record)):
                writer.writerow([_cell(value) for value in row])
                count += 1
        text.detach()
    return count


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return inert(value) if isinstance(value, str) else value
