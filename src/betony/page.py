"""A record as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from betony.terminal import Line

_DATES = ("published", "modified", "last_reviewed", "next_review", "withdrawn", "expected", "status_changed")


def lines(record: Mapping[str, Any]) -> Iterator[Line]:
    """The record line by line."""
    title = record["title"]
    yield Line(0, title["value"] if title else "(no title)", "bold")
    yield from _facts(record)
    yield from _status(record["status"])
    yield Line(0, "")
    yield Line(0, "Sections", "bold")
    yield from _sections(record)
    yield from _listed("Recommendations", record["recommendations"], _recommendation)
    yield from _listed("Responsibilities", record["responsibilities"], _duty)
    yield from _listed("Warnings", record["quality"]["warnings"], _warning)


def _facts(record: Mapping[str, Any]) -> Iterator[Line]:
    publisher = record["publisher"]
    kind = (record["document_type"] or record["page_kind"]).replace("_", " ")
    for name, value in (
        ("id", record["id"]),
        ("also", ", ".join(record["aliases"])),
        ("reference", record["identifier"]),
        ("publisher", publisher and publisher["name"]),
        ("type", kind),
        ("address", record["url"]),
        ("applies in", ", ".join(record["jurisdictions"])),
        *((name.replace("_", " "), _date(record["dates"][name])) for name in _DATES),
        ("pages", str(len(record["parts"])) if len(record["parts"]) > 1 else ""),
    ):
        if value:
            yield Line(0, value, label=name)


def _date(date: Mapping[str, Any] | None) -> str:
    return f'{date["value"]} ("{date["text"]}")' if date else ""


def _status(status: Mapping[str, Any]) -> Iterator[Line]:
    checked = f", checked {status['checked']['value']}" if status["checked"] else ""
    words = f"{status['code']}, {status['currency'].replace('_', ' ')}{checked}"
    yield Line(0, words, _STATUSES[status["code"]], label="status")
    if status["notice"]:
        yield Line(1, f'"{status["notice"]}"', "italic")


_STATUSES = {"active": "green", "retired": "red", "draft": "yellow", "unknown": "yellow"}


def _sections(record: Mapping[str, Any]) -> Iterator[Line]:
    furniture = 0
    for section in record["sections"]:
        if section["layer"] == "furniture":
            furniture += 1
            continue
        heading = section["heading"]
        words = heading["text"] if heading else f"({_beginning(section['text'])})"
        yield Line(section["level"], words, tag=section["type"])
    if furniture:
        yield Line(1, f"and {furniture} of the page around it (furniture)", "dim")


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:59].rstrip()}…"


def _listed(name: str, items: list[Any], told: Callable[[Mapping[str, Any]], Line]) -> Iterator[Line]:
    if items:
        yield Line(0, "")
        yield Line(0, f"{name} ({len(items)})", "bold")
        yield from map(told, items)


def _recommendation(item: Mapping[str, Any]) -> Line:
    words = " ".join(item["text"].split())
    return Line(1, words, label=item["number"] or "", between=" ", tag=item["strength"]["code"])


def _duty(item: Mapping[str, Any]) -> Line:
    actor = item["actor"] or "(nobody named)"
    condition = f", {item['condition']}" if item["condition"] else ""
    return Line(1, f"{actor}: {item['term']} {item['action']}{condition}", tag=item["modality"])


def _warning(warning: Mapping[str, Any]) -> Line:
    return Line(1, warning["message"], label=warning["code"])
