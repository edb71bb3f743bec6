"""Dates in words, as precise as the words are and no more precise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted((m.title() for m in MONTHS), key=len, reverse=True)) + r")\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?![\d/])"
_S = r"[\s\u00a0]{1,3}"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = (
    re.compile(rf"(?<![\d/.-]){_DAY}{_S}(?:of{_S})?{_MONTH},?{_S}{_YEAR}"),
    re.compile(rf"\b{_MONTH},?{_S}{_YEAR}"),
)


@dataclass(frozen=True, slots=True)
class When:
    """A date and the words it stands in; offsets are half-open code points into the text."""

    start: int
    end: int
    value: str
    """ISO 8601, cut to the precision: `2018`, `2018-12` or `2018-12-31`."""
    precision: str


def find(text: str, start: int, end: int) -> list[When]:
    """The dates within text[start:end], in order; a date that no calendar holds is left out."""
    found: list[When] = []
    for form in _FORMS:
        for match in form.finditer(text, start, end):
            when = _when(match)
            if when is not None and not any(when.start < other.end and other.start < when.end for other in found):
                found.append(when)
    return sorted(found, key=lambda when: when.start)


def _when(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    year, month = int(groups["year"]), MONTHS[groups["month"].lower()]
    day = groups.get("day")
    if day is None:
        return When(match.start(), match.end(), f"{year:04}-{month:02}", "month")
    try:
        value = date(year, month, int(day)).isoformat()
    except ValueError:
        return None
    return When(match.start(), match.end(), value, "day")
