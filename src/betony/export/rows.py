"""Records as flat rows: one table a kind of thing, for whatever holds rows alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from betony.export import fragments

Item = Mapping[str, Any]
Column = str | Callable[[Item, Item], Any]
"""Where a value stands in the item, as `strength.code`, or a function of the record and the item."""


@dataclass(frozen=True, slots=True)
class Table:
    """One row for each of a record's things of a kind."""

    items: str | None
    """The record's list that gives the rows; None for one row of the record itself."""
    columns: Mapping[str, Column]

    def rows(self, record: Item) -> Iterator[list[Any]]:
        """The rows of one record, in the order of the columns; lists of words as one text."""
        for item in [record] if self.items is None else record[self.items]:
            yield [
                _at(item, column) if isinstance(column, str) else column(record, item)
                for column in self.columns.values()
            ]


def words(item: Item) -> str | None:
    """The document's own words that a value stands on, one evidence a line."""
    return "\n".join(evidence["quote"] for evidence in item["evidence"]) or None


def span(item: Item) -> tuple[int, int] | None:
    """Where the words of a value begin and end in the record's text; None where it came from outside the text."""
    if "evidence" not in item:
        return item["start"], item["end"]
    evidence = item["evidence"]
    return (min(one["start"] for one in evidence), max(one["end"] for one in evidence)) if evidence else None


def link(record: Item, item: Item) -> str | None:
    """The address of the item's words on the publisher's page."""
    place = span(item)
    url: str | None = record["url"]
    return fragments.link(record, *place) if place else url


def _at(item: Any, path: str) -> Any:
    for name in path.split("."):
        if item is None:
            return None
        item = item[name]
    return "; ".join(item) or None if isinstance(item, list) else item


def _in_record(path: str) -> Column:
    return lambda record, _: _at(record, path)


def _number(name: str, record: Item, _: Item) -> int:
    return len(record[name])


def _edge(which: int, _: Item, item: Item) -> int | None:
    place = span(item)
    return place and place[which]


_DOCUMENT: dict[str, Column] = {
    "record_id": _in_record("id"),
    "title": _in_record("title.value"),
    "status_code": _in_record("status.code"),
    "currency": _in_record("status.currency"),
}
_PLACE: dict[str, Column] = {"start": partial(_edge, 0), "end": partial(_edge, 1), "link": link}
_WORDS: dict[str, Column] = {"words": lambda _, item: words(item)}


def _same(names: str) -> dict[str, Column]:
    return {name: name for name in names.split()}


TABLES: dict[str, Table] = {
    "records": Table(
        None,
        {
            **_same("id identifier"),
            "title": "title.value",
            "publisher": "publisher.id",
            **_same("document_type page_kind"),
            "status_code": "status.code",
            "currency": "status.currency",
            "checked": "status.checked.value",
            "notice": "status.notice",
            **{
                name: f"dates.{name}.value"
                for name in (
                    *("published", "modified", "last_reviewed", "next_review", "withdrawn", "expected"),
                    *("status_changed", "consultation_opens", "consultation_closes"),
                )
            },
            **_same("url language jurisdictions audience"),
            "license_text": "license.text",
            "license_url": "license.url",
            "attribution": "license.attribution",
            "synthetic": "license.synthetic",
            **{
                name: partial(_number, name)
                for name in (
                    *("sections", "recommendations", "responsibilities", "relations"),
                    *("codes", "definitions", "tables", "links"),
                )
            },
            "warnings": lambda record, _: "; ".join(one["code"] for one in record["quality"]["warnings"]) or None,
            "needs_review": "quality.needs_review",
            "retrieved_at": "source.retrieved_at",
            "processed_at": "processing.at",
            **_same("text_hash content_hash"),
        },
    ),
    "sections": Table(
        "sections",
        {
            **_DOCUMENT,
            **_same("id type subtype"),
            "heading": "heading.text",
            **_same("level parent number layer basis confidence"),
            **_PLACE,
            **_same("text"),
        },
    ),
    "recommendations": Table(
        "recommendations",
        {
            **_DOCUMENT,
            **_same("id kind number text actor condition population"),
            "strength": "strength.code",
            "term": "strength.term",
            "direction": "strength.direction",
            **_same("arrangement outcome"),
            "grade_system": "grade.system",
            "grade": "grade.code",
            "label": "label.text",
            **_same("section"),
            **_PLACE,
        },
    ),
    "responsibilities": Table(
        "responsibilities",
        {
            **_DOCUMENT,
            **_same("id actor actor_kinds modality term action recipient condition generic basis confidence section"),
            **_PLACE,
            **_WORDS,
        },
    ),
    "relations": Table(
        "relations",
        {
            **_DOCUMENT,
            **_same("type"),
            "target_id": "target.id",
            "target_label": "target.label",
            "target_url": "target.url",
            **_same("scope draft"),
            "date": "date.value",
            **_same("basis"),
            **_WORDS,
        },
    ),
    "codes": Table(
        "codes",
        {**_DOCUMENT, **_same("system code display role note check_digit_valid section"), **_PLACE},
    ),
}
