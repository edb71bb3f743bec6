"""One date a field: which source wins, and what is said of the others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Basis, Fact, Notice, WarningCode, WarningLevel
from betony.nlp.dates.found import Found
from betony.nlp.when import When

RANK = {"label": 0, "sentence": 1, "timeline": 2, "history": 3, "title": 4}
"""Which source wins where two give the same field: a printed label, then a sentence, a timeline, the update history."""
_HEADER_REACH = 600
"""A label further down belongs to no header; where it comes again with another date, each date is that of what is listed."""


def settle(text: str, found: Sequence[Found]) -> tuple[list[Fact], list[Notice]]:
    facts: list[Fact] = []
    notices: list[Notice] = []
    for field in dict.fromkeys(item.field for item in found):
        own = sorted(
            (item for item in found if item.field == field), key=lambda item: RANK[item.rule.partition(":")[0]]
        )
        read = _last_of_line(text, [(item, item.date) for item in own if item.date is not None])
        if not read:
            message = f"{field}: a date is announced but its words are lost or cannot be read"
            notices.append(Notice(WarningCode.DATE_UNREADABLE, message, spans=(own[0].span,)))
            continue
        first, date = read[0]
        if field == "published" and first.rule.startswith("label") and first.span[0] > _HEADER_REACH:
            same = [item.span for item, value in read if item.rule == first.rule and value.value != date.value]
            if same:
                message = f"{field}: documents listed on the page have dates of their own; none was taken"
                notices.append(Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, (first.span, *same)))
                continue
        facts.append(_fact(text, first, date))
        for other, value in read[1:]:
            if not (
                value.value.startswith(date.value) or date.value.startswith(value.value)
            ) and not other.rule.startswith("history"):
                message = f"{field}: the page also gives {value.value}; {date.value} was taken"
                span = (min(other.span[0], value.start), max(other.span[1], value.end))
                notices.append(Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, (span,)))
    return facts, notices


def _last_of_line(text: str, read: Sequence[tuple[Found, When]]) -> Sequence[tuple[Found, When]]:
    """The dates of one field; of several changes that one line tells with labels the last alone: "updated June 2031; last updated May
    2033"."""
    if not read or read[0][0].field != "modified" or not read[0][0].rule.startswith("label"):
        return read
    end = text.find("\n", read[0][0].span[0])
    line = [
        (item, date)
        for item, date in read
        if item.rule.startswith("label") and read[0][0].span[0] <= item.span[0] < (end if end >= 0 else len(text))
    ]
    done = [
        (item, date)
        for item, date in line
        if not _IS_PLANNED.search(text, max(item.span[0] - 10, 0), item.span[0])
        and not _AS_PLANNED.match(text, date.end)
    ]
    last = max(done, key=lambda one: one[1].value, default=line[0])
    return [last, *(one for one in read if one not in line)]


_IS_PLANNED = re.compile(r"(?:[Nn]ext|[Tt]o\sbe|[Pp]lanned)\s$")
"""What stands before the label of a change that is still to come: "Next revised: May 2035"."""
_AS_PLANNED = re.compile(r"\s\((?:planned|expected|provisional|due)\)")
"""And what stands behind its date."""


def _fact(text: str, found: Found, date: When) -> Fact:
    detail = {"field": found.field, "precision": date.precision, "text": text[date.start : date.end]}
    basis = Basis.INFERRED if found.rule in ("history", "title") else Basis.EXPLICIT
    span = (
        (min(found.span[0], date.start), max(found.span[1], date.end)) if _near(found, date) else (date.start, date.end)
    )
    confidence = 0.8 if basis is Basis.INFERRED else None
    return Fact("date", date.value, (span,), basis, found.rule, confidence, detail)


def _near(found: Found, date: When) -> bool:
    return date.start - found.span[1] < 60
