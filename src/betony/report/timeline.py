"""Dates of records as rows of a drawing: when each was published, looked at again and withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SIGNS = {
    "published": "disc",
    "modified": "square",
    "last_reviewed": "diamond",
    "checked": "diamond",
    "status_changed": "triangle",
    "withdrawn": "cross",
    "next_review": "ring",
    "expected": "ring",
    "consultation_opens": "ring",
    "consultation_closes": "ring",
}
"""The shape that stands for each date."""
_AHEAD = frozenset(("next_review", "expected"))
"""Dates that a document announces."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
_MOST_YEARS = 10
"""Years that the axis names at most."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One date in a row."""

    name: str
    date: str
    shape: str
    at: float
    """Percent of the row's width."""


@dataclass(frozen=True, slots=True)
class Row:
    """The dates of one record, in order."""

    marks: tuple[Mark, ...]
    start: float
    end: float
    """Percent of the width: from the first date to the last that is not only announced."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows on one axis."""

    rows: tuple[Row, ...]
    years: tuple[tuple[int, float], ...]
    """Those that the axis names, and where they begin."""


def draw(dated: Sequence[Iterable[tuple[str, str]]]) -> Timeline:
    """A row for each record's dates, given as name and value; a date without day or month stands at its middle."""
    rows = [[(name, value, _place(value)) for name, value in dates] for dates in dated]
    every = [place for row in rows for _, _, place in row]
    if not every:
        return Timeline(tuple(Row((), 0, 0) for _ in rows), ())
    first, last = int(min(every)), int(max(every)) + 1
    step = next((step for step in _STEPS if (last - first) / step <= _MOST_YEARS), _STEPS[-1])

    def at(place: float) -> float:
        return round(1.5 + 97 * (place - first) / (last - first), 2)

    years = tuple((year, at(year)) for year in range(first - first % -step, last + 1, step))
    return Timeline(tuple(_row([(name, value, at(place)) for name, value, place in row]) for row in rows), years)


def _row(dates: list[tuple[str, str, float]]) -> Row:
    marks = tuple(
        Mark(name, value, SIGNS.get(name, "ring"), at) for name, value, at in sorted(dates, key=lambda d: d[2])
    )
    past = [mark.at for mark in marks if mark.name not in _AHEAD]
    return Row(marks, min(past, default=0), max(past, default=0))


def _place(value: str) -> float:
    year, month, day = (int(part) for part in (value + "-00-00").split("-")[:3])
    return year + ((month - 0.5 if not day else month - 1 + (day - 0.5) / 31) / 12 if month else 0.5)
