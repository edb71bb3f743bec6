"""What a baseline assessment sheet says: its rows, whose earlier answer belongs to which, and what changed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from betony.export import headings
from betony.export.cells import fitting, inert
from betony.export.rows import link, words

GUIDANCE = ("Guidance", "Reference", "Kind", "Number", "Text", "Strength", "Actor", "Section", "Status")
"""What the guidance says, in the order of the columns."""
ANSWERS = ("Answer", "Evidence", "Lead", "Date")
"""What the organisation says."""
_COMPARED = ("Number", "Text", "Strength", "Actor", "Section", "Status")
_ALIKE = 0.75
"""Share of equal text (difflib's ratio) from which a row counts as the earlier one in other words."""

_KINDS = {
    "recommendation": "Recommendation",
    "research_recommendation": "Recommendation for research",
    "quality_statement": "Quality statement",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A recommendation or a duty; every text as it stands in the sheet."""

    id: str
    record: str
    guidance: Mapping[str, str]
    """The cells of `GUIDANCE`."""
    address: str
    """The page; `link` leads to the words on it."""
    link: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A row of the last sheet."""

    id: str
    record: str
    guidance: Mapping[str, str]
    answers: Mapping[str, Any]
    """What the organisation wrote, by heading, in columns of its own too."""
    remarks: Mapping[str, str] = field(default_factory=dict)
    """Comments on cells, by heading."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Where cells of answers lead, by heading."""
    formats: Mapping[str, str] = field(default_factory=dict)
    """How numbers and dates among the answers are shown, by heading."""
    removed: str = ""
    """Why and when it left the sheet, where it had left it already."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the last sheet and this one."""

    kind: str
    """`new`, `changed`, `removed` or `back`."""
    id: str
    guidance: Mapping[str, str]
    what: str
    before: str
    now: str
    answer: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the next sheet holds."""

    rows: tuple[tuple[Row, Earlier | None, str], ...]
    """Each row, the earlier one whose answers it carries, and its mark."""
    removed: tuple[Earlier, ...]
    changes: tuple[Change, ...]


def rows(record: Mapping[str, Any]) -> Iterator[Row]:
    """The rows of one record: its recommendations, then its duties."""
    above = headings.paths(record)
    for item in record["recommendations"]:
        strength = item["strength"] or {}
        said = " · ".join(
            part.replace("_", " ")
            for part in (strength.get("code"), strength.get("direction"), item["arrangement"], item["outcome"])
            if part and part != "none"
        )
        yield _row(record, item, above, _KINDS[item["kind"]], item["number"], item["text"], said)
    for item in record["responsibilities"]:
        kind = "Standing duty" if item["generic"] else "Duty"
        said = item["modality"].replace("_", " ")
        yield _row(record, item, above, kind, None, words(item) or item["action"], said)


def _row(
    record: Mapping[str, Any],
    item: Mapping[str, Any],
    above: Mapping[str, tuple[str, ...]],
    kind: str,
    number: str | None,
    text: str,
    strength: str,
) -> Row:
    code, currency = record["status"]["code"], record["status"]["currency"].replace("_", " ")
    cells = {
        "Guidance": record["title"]["value"] if record["title"] else record["id"],
        "Reference": record["identifier"] or "",
        "Kind": kind,
        "Number": number or "",
        "Text": text,
        "Strength": strength,
        "Actor": item["actor"] or "",
        "Section": " › ".join(above[item["section"]]),
        "Status": code if code == currency else f"{code}: {currency}",
    }
    address = link(record, item) or ""
    safe = {name: _cell(cells[name]) for name in GUIDANCE}
    if not address.startswith(("http://", "https://")):
        address = ""
    return Row(_cell(item["id"]), _cell(record["id"]), safe, address.partition("#:~:")[0], address)


def other_names(record: Mapping[str, Any]) -> dict[str, str]:
    """The record's aliases, each with its id, as they stand in the sheet."""
    return {_cell(alias): _cell(record["id"]) for alias in record["aliases"]}


def _cell(text: str) -> str:
    """As it stands in the sheet; a row is known again by what is read from there."""
    return inert(fitting(text.replace("\r\n", "\n").replace("\r", "\n")))  # XML knows one line end


def compare(now: Sequence[Row], before: Sequence[Earlier], aliases: Mapping[str, str], day: str) -> Comparison:
    """Puts the earlier answers where they belong and says what changed.

    An earlier row is the same row where its id and words are; else, within the same guidance, where its words are (it
    was renumbered); else where its id is (it was reworded); else where its words are alike. Nothing is dropped: an
    earlier row that is no row any more goes to `removed` with its answers, marked with the day.
    """
    carried = _matched(now, before, aliases)
    used = {id(earlier) for earlier in carried.values()}
    changes: list[Change] = []
    lines: list[tuple[Row, Earlier | None, str]] = []
    for place, row in enumerate(now):
        found = list(_changes(row, carried.get(place))) if before else []
        changes += found
        kinds = {change.kind for change in found}
        mark = ""
        if kinds:
            mark = "new" if "new" in kinds else "changed: " + ", ".join(change.what.lower() for change in found)
        lines.append((row, carried.get(place), mark))
    removed = []
    for earlier in before:
        if id(earlier) in used:
            continue
        if not earlier.removed:
            changes.append(
                Change("removed", earlier.id, earlier.guidance, "Row", earlier.guidance["Text"], "", _answer(earlier))
            )
        removed.append(earlier if earlier.removed else replace(earlier, removed=f"removed {day}"))
    return Comparison(tuple(lines), tuple(removed), tuple(changes))


def _changes(row: Row, earlier: Earlier | None) -> Iterator[Change]:
    if earlier is None:
        yield Change("new", row.id, row.guidance, "Row", "", row.guidance["Text"], "")
        return
    if earlier.removed:
        yield Change("back", row.id, row.guidance, "Row is back", "", row.guidance["Text"], _answer(earlier))
    for name in _COMPARED:
        was, is_ = earlier.guidance[name], row.guidance[name]
        if _plain(was) != _plain(is_):
            yield Change("changed", row.id, row.guidance, name, was, is_, _answer(earlier))


def _answer(earlier: Earlier) -> str:
    return str(earlier.answers.get("Answer") or "")


def _matched(now: Sequence[Row], before: Sequence[Earlier], aliases: Mapping[str, str]) -> dict[int, Earlier]:
    """For each place in `now` the earlier row that it carries on."""
    groups: dict[str, tuple[list[int], list[Earlier]]] = {}
    for place, row in enumerate(now):
        groups.setdefault(row.record, ([], []))[0].append(place)
    for earlier in sorted(before, key=lambda one: bool(one.removed)):
        record = aliases.get(earlier.record, earlier.record)
        groups.setdefault(record, ([], []))[1].append(earlier)
    matched: dict[int, Earlier] = {}
    for places, earliers in groups.values():
        matched.update(_paired({place: now[place] for place in places}, earliers))
    return matched


def _paired(now: dict[int, Row], before: list[Earlier]) -> dict[int, Earlier]:
    pairs: dict[int, Earlier] = {}
    rest = list(before)

    def take(key_now: Any, key_before: Any) -> None:
        waiting: dict[Any, list[Earlier]] = {}
        for earlier in rest:
            waiting.setdefault(key_before(earlier), []).append(earlier)
        for place, row in now.items():
            found = waiting.get(key_now(row))
            if place not in pairs and found:
                pairs[place] = found.pop(0)
                rest.remove(pairs[place])

    take(lambda row: (row.id, _plain(row.guidance["Text"])), lambda one: (one.id, _plain(one.guidance["Text"])))
    take(lambda row: _plain(row.guidance["Text"]), lambda one: _plain(one.guidance["Text"]))
    take(lambda row: row.id, lambda one: one.id)
    for place, row in now.items():
        if place not in pairs:
            alike = max(rest, key=lambda one: _likeness(row, one), default=None)
            if alike is not None and _likeness(row, alike) >= _ALIKE:
                pairs[place] = alike
                rest.remove(alike)
    return pairs


def _likeness(row: Row, earlier: Earlier) -> float:
    if (row.guidance["Kind"] in _KINDS.values()) != (earlier.guidance["Kind"] in _KINDS.values()):
        return 0.0
    one, other = _plain(row.guidance["Text"]), _plain(earlier.guidance["Text"])
    measure = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if measure.real_quick_ratio() < _ALIKE or measure.quick_ratio() < _ALIKE:
        return 0.0
    return measure.ratio()


def _plain(text: str) -> str:
    return " ".join(text.split())
