"""Dates in words, as precise as the words are and no more precise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from betony.nlp.looks import has_any

_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}
_S = r"(?:\s{1,3})"
_MONTH = r"(?P<month>" + "|".join(sorted((m.title() for m in _MONTHS), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|[/–-]\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:\s?(?:st|nd|rd|th)\b)?"
_WEEKDAY = rf"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b,?{_S})?"
_CLOCK = rf"(?:\d{{1,2}}(?:[.:]\d\d)?{_S}?(?:am|pm)(?:,|{_S}on\b)?{_S})?"
_FORMS = (
    rf"(?<![\d/.,–-]){_DAY}{_S}(?:of{_S})?{_MONTH},?{_S}{_YEAR}",
    rf"(?<![\d/.,–-]){_DAY}-{_MONTH}-{_YEAR}",
    rf"\b{_MONTH}{_S}{_DAY},?{_S}{_YEAR}",
    rf"\b{_MONTH},?{_S}(?:of{_S})?{_YEAR}",
    rf"(?<![\d/.-]){_YEAR}{_S}{_MONTH}(?:{_S}{_DAY}\b(?!{_S}?[–-]|/))?(?![–-]|{_S}\d{{4}})",
    rf"(?<![\d/.-])(?P<year>(?:19|20)\d\d)-(?P<number>[01]\d)-{_DAY}(?![\d-])",
    r"(?<![\d/.-])(?P<day>[0-3]?\d)(?P<sep>[/.-])(?P<number>[01]?\d)(?P=sep)(?P<year>(?:19|20)\d\d)(?![\d/-])",
)
_CENTURIES = ("19", "20")
"""One of them begins the year that every form has."""
_FIND = tuple(re.compile(form) for form in _FORMS)
_AT = tuple(
    re.compile(_CLOCK + _WEEKDAY + form)
    for form in (*_FORMS, rf"(?<![\d/.,–-]){_YEAR}(?!\.\d|{_S}[A-Z][a-z]{{2,8}}\b-)")
)
_LEADING = re.compile(rf"(?:{_S}|on\b|in\b|the\b|at\b(?=\s\d)|\(|:)*")
_RANGE = re.compile(
    rf"{_S}?(?:to|until|(?:and|or)(?={_S}(?:{_WEEKDAY}|(?:Early|Late|Mid)\b[\s-]?)(?:\d|{'|'.join(m.title() for m in _MONTHS)}|Spring|Summer|Autumn|Winter))|–|-|—|/){_S}?(?=[A-Z\d])(?!(?:[A-Z][a-z]+{_S}){{1,3}}(?:date|updated|reviewed)\b)(?!(?:See|View|Show|Read|Full)\b|\d{{1,2}}:\d\d(?!{_S}?(?:am|pm){_S}on\b))"
)
_NAMED = "|".join((*_MONTHS, "Q[1-4]", "spring", "summer", "autumn", "winter", "end", "early", "late", "mid"))
"""What may stand behind "by" that is a time, and nobody who publishes."""
_LOST = re.compile(
    r"(?i:tb[ca]\b|to be (?:confirmed|announced|advised|decided)|not (?:yet )?(?:known|available|confirmed|set)|unknown|pending"
    r"|early|mid\b|late\b|spring|summer|autumn|winter|Q[1-4]\b|quarter|(?:the )?(?:first|second|third|last|end|beginning|start)\b"
    rf"|around|about|approximately|by\b(?!\s(?:the\s)?(?!(?:{_NAMED})\b)(?-i:[A-Z]))|before|after|between|from\b|circa|n/?a\b|date not)|\d"
)


class Reading(Enum):
    """What stands where a date was announced, if it is not a date."""

    NOTHING = auto()
    UNREADABLE = auto()


@dataclass(frozen=True, slots=True)
class When:
    """A date and the words it stands in; offsets are half-open code points into the text."""

    start: int
    end: int
    value: str
    """ISO 8601, cut to the precision: `2018`, `2018-12` or `2018-12-31`."""
    precision: str


def find(text: str, start: int, end: int) -> list[When]:
    """The dates of at least a month's precision within text[start:end], in order.

    Numbers are read in the British order, day before month; a date that no calendar holds is left out.
    """
    found: list[When] = []
    if not has_any(text[start:end], _CENTURIES):
        return found
    taken: list[tuple[int, int]] = []
    for form in _FIND:
        for match in form.finditer(text, start, end):
            if not any(match.start() < right and left < match.end() for left, right in taken):
                taken.append(match.span())
                when = _when(match)
                if when is not None:
                    found.append(when)
    return sorted(found, key=lambda when: when.start)


def at(text: str, start: int, end: int) -> When | Reading:
    """The date with which text[start:end] begins, white space, "on" and "in" aside.

    UNREADABLE where it begins like a date but is none that can be written down: a range, a season, a financial year, "to be
    confirmed", a day that no calendar holds, a month without a year.
    """
    begin = _LEADING.match(text, start, end)
    at_ = begin.end() if begin else start
    for form in _AT:
        match = form.match(text, at_, end)
        if match is None:
            continue
        when = _when(match)
        if when is None or _RANGE.match(text, match.end(), end):
            return Reading.UNREADABLE
        return when
    if _LOST.match(text, at_, end) or _BARE_MONTH.match(text, at_, end):
        return Reading.UNREADABLE
    return Reading.NOTHING


def month_first(text: str, start: int, end: int) -> When | Reading:
    """The date as `at` reads it, of a publisher who writes the month first: of numbers only those that can be no other order."""
    begin = _LEADING.match(text, start, end)
    at_ = begin.end() if begin else start
    if match := _MONTH_FIRST.match(text, at_, end):
        return _when(match) or Reading.UNREADABLE
    return Reading.UNREADABLE if _IN_NUMBERS.match(text, at_, end) else at(text, start, end)


_MONTH_FIRST = re.compile(r"(?P<number>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)(?![\d/-])")
_IN_NUMBERS = re.compile(r"\d{1,2}[/.-]\d")


def pair(text: str, start: int, end: int) -> tuple[When, When] | Reading:
    """The two days of the range with which text[start:end] begins; UNREADABLE where it ends before it starts."""
    begin = _LEADING.match(text, start, end)
    at_ = begin.end() if begin else start
    if shared := _SHARED_YEAR.match(text, at_, end):
        return _of_one_year(text, shared, end)
    for form in (_AT[0], _AT[2]):
        match = form.match(text, at_, end)
        bridge = _RANGE.match(text, match.end(), end) if match else None
        if match and bridge:
            first, second = _when(match), at(text, bridge.end(), end)
            if first and isinstance(second, When) and second.precision == "day":
                return (first, second) if first.value <= second.value else Reading.UNREADABLE
            return Reading.UNREADABLE
    return Reading.NOTHING


def _of_one_year(text: str, first: re.Match[str], end: int) -> tuple[When, When] | Reading:
    """The range whose first day leaves the year to its last: "4 September - 29 October 2031"."""
    bridge = _RANGE.match(text, first.end(), end)
    second = at(text, bridge.end(), end) if bridge else None
    month = _MONTHS.get(first["month"].lower())
    if not isinstance(second, When) or second.precision != "day" or month is None:
        return Reading.UNREADABLE
    try:
        value = date(int(second.value[:4]), month, int(first["day"])).isoformat()
    except ValueError:
        return Reading.UNREADABLE
    opens = When(first.start("day"), second.end, value, "day")  # the year is among the words of the date
    return (opens, second) if value <= second.value else Reading.UNREADABLE


_SHARED_YEAR = re.compile(
    rf"{_CLOCK}{_WEEKDAY}{_DAY}{_S}{_MONTH}(?!,?{_S}(?:19|20)\d\d)(?={_S}?(?:to|until|and|–|-|—)\s)"
)
_BARE_MONTH = re.compile(_MONTH)


def _when(match: re.Match[str]) -> When | None:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else _MONTHS.get((groups.get("month") or "").lower())
    day = groups.get("day")
    start = next(match.start(name) for name in ("day", "month", "year") if groups.get(name))
    start = min(start, match.start("year"), *(match.start(n) for n in ("month", "number") if groups.get(n)))
    year = int(groups["year"])
    if month is None:
        return When(start, match.end(), f"{year:04}", "year")
    try:
        value = date(year, month, int(day or 1)).isoformat()
    except ValueError:
        return None
    return When(start, match.end(), value, "day") if day else When(start, match.end(), value[:7], "month")
