"""The cells of a row of a table, as it stands in the text: a tab between two."""

from __future__ import annotations

from collections.abc import Iterator

from betony.model import Block


def of_row(text: str, row: Block) -> Iterator[tuple[int, int]]:
    """Where each cell stands, empty ones too; offsets are half-open code points into `text`."""
    at = row.start
    for cell in text[row.start : row.end].split("\t"):
        yield at, at + len(cell)
        at += len(cell) + 1
