"""The dates of a document: what the page prints, and what its head says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from betony import record as r
from betony.assembly.draft import Draft, ground
from betony.model import Basis, Fact, PageKind, WarningCode
from betony.nlp import when
from betony.nlp.dates import header
from betony.nlp.when import When

_META_DATES: Mapping[str, tuple[str, ...]] = {
    "published": (
        "cdc:first_published",
        "govuk:first-published-at",
        "dcterms.issued",
        "article:published_time",
        "dc.date.issued",
        "datepublished",
        "citation_publication_date",
        "jsonld.datepublished",
    ),
    "modified": (
        "cdc:last_updated",
        "govuk:public-updated-at",
        "dcterms.modified",
        "article:modified_time",
        "dc.date.modified",
        "datemodified",
        "jsonld.datemodified",
    ),
    "last_reviewed": ("cdc:last_reviewed", "jsonld.lastreviewed"),
}
"""Where a head says it. What a publisher calls so itself comes first: its other names may hold when the file was written."""

_ISO_DATE = re.compile(r"^(\d{4})(?:([-/])(\d{2})(?:\2(\d{2}))?)?(?=$|[T ])")

_NUMBERS = re.compile(r"(0?[1-9]|1[0-2])[/.-](0?[1-9]|1[0-2])[/.-](\d{4})")
"""A date of which either number may be the month."""

_PRECISIONS = ("year", "month", "day")

_LONGEST_DATE = 60


_OF_DRAFTS = frozenset({PageKind.CONSULTATION, PageKind.IN_DEVELOPMENT})
"""Pages whose sentences tell when the guidance was changed that is in force, and not the draft."""


def dates_of(draft: Draft, page_kind: PageKind) -> tuple[r.Dates, list[r.Warning]]:
    """What the page prints, else what its head says; where both speak and differ, a warning names the head's."""
    printed: dict[str, r.Date] = {}
    warnings = []
    for fact in draft.facts("date"):
        field = str(fact.detail["field"])
        if field == "modified" and page_kind in _OF_DRAFTS and not fact.rule.startswith("label"):
            continue
        if field not in printed:
            printed[field] = _date(draft, fact, fact.detail)
    for field, names in _META_DATES.items():
        trusted = [name for name in names if name not in draft.parts[0].identity.publisher.untrusted_meta]
        said = ((words, _head_date(words)) for name in trusted if (words := draft.product.head.get(name)))
        words, value = next(((words, value) for words, value in said if value), ("", None))
        if not value:
            continue
        if field not in printed:
            precision = _PRECISIONS[value.count("-")]
            printed[field] = r.Date(value=value, precision=precision, text=words, basis=Basis.GIVEN, rule="meta")
        elif not value.startswith(printed[field].value) and not printed[field].value.startswith(value):
            warnings.append(
                r.Warning(
                    code=WarningCode.CONFLICT,
                    message=f"{field}: the page prints {printed[field].value}, its head says {value}",
                    evidence=printed[field].evidence,
                )
            )
    if "published" not in printed and page_kind is PageKind.OVERVIEW and (lead := header.issued_by_lead(draft.text)):
        span, day = lead
        printed["published"] = r.Date(
            value=day.value,
            precision=day.precision,
            text=draft.text[day.start : day.end],
            basis=Basis.EXPLICIT,
            evidence=draft.evidence([(span[0], day.end)]),
            rule="lead",
        )
    return r.Dates(**printed), warnings


def _head_date(words: str) -> str | None:
    """The date that the words begin with, where it is one of the calendar: `2016-20-06` is none.

    Its month may be a word, as in `August 2, 2024`. Of numbers alone with the year behind nobody knows which is the month.
    """
    match = _ISO_DATE.match(words)
    if not match:
        found = when.at(words, 0, min(len(words), _LONGEST_DATE))
        in_words = isinstance(found, When) and any(map(str.isalpha, words[found.start : found.end]))
        return found.value if isinstance(found, When) and in_words else None
    value = "-".join(part for part in (match[1], match[3], match[4]) if part)
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) < 10 else value)
    except ValueError:
        return None
    return value


def _date(draft: Draft, fact: Fact, detail: Mapping[str, Any]) -> r.Date:
    value = _in_order(draft, fact.value, detail["text"])
    return r.Date(value=value, precision=detail["precision"], text=detail["text"], **ground(draft, fact))


def _in_order(draft: Draft, value: str, words: str) -> str:
    """The date as its publisher means it; it was read with the day first."""
    numbers = _NUMBERS.fullmatch(words) if draft.parts[0].identity.publisher.month_first else None
    return f"{numbers[3]}-{int(numbers[1]):02}-{int(numbers[2]):02}" if numbers else value


def dated(draft: Draft, fact: Fact, key: str) -> r.Date | None:
    """A date that rides on another fact: its value under `key`, its span under `<key>_span`."""
    detail = fact.detail.get(key)
    if not detail:
        return None
    span = fact.detail.get(f"{key}_span")
    return r.Date(
        value=_in_order(draft, detail["value"], detail["text"]),
        precision=detail["precision"],
        text=detail["text"],
        basis=fact.basis,
        evidence=draft.evidence([tuple(span)] if span else fact.spans),
        rule=fact.rule,
    )
