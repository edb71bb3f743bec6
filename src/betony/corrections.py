"""What a person says a record should say: a value at a path, in the place of what the rules read.

A path names a field of the record: `title.value`, `status.currency`, `dates.published`, `document_type`; an item of a
list by its id in brackets: `sections[your-responsibility].type`, `recommendations[nice:ng100#1.1.1].actor`. A corrected
value is `given` by the rule `correction`, without evidence, and counts in `content_hash` like any other.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from betony.errors import UsageError

RULE = "correction"
_GROUND: dict[str, Any] = {"basis": "given", "evidence": [], "rule": RULE, "confidence": None}
_PLAIN = ("identifier", "document_type", "page_kind", "language", "jurisdictions", "audience")
_DATES = (
    "published", "modified", "last_reviewed", "next_review", "withdrawn", "expected", "status_changed",
    "consultation_opens", "consultation_closes",
)  # fmt: skip
_ITEMS = {
    "sections": ("type", "subtype"),
    "recommendations": (
        "kind", "number", "actor", "condition", "population", "strength", "arrangement", "outcome", "grade",
    ),
    "responsibilities": ("actor", "actor_kinds", "modality", "recipient", "condition", "generic"),
}  # fmt: skip
PATHS = (
    "title.value",
    "publisher",
    *_PLAIN,
    "status.currency",
    "status.checked",
    *(f"dates.{name}" for name in _DATES),
    *(f"{name}[ID].{field}" for name, fields in _ITEMS.items() for field in fields),
)
"""What can be corrected: what is judged. What is measured (text, offsets, hashes, captures) cannot."""
_ITEM = re.compile(r"(\w+)\[(.+)\]\.(\w+)")
_PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Correction:
    """One value that a person gave."""

    path: str
    value: Any


def read(text: str) -> Any:
    """A value as it is written on a command line: null, true, false, a JSON list or object, else the words."""
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if value is None or isinstance(value, bool | list | dict) else text


def check(path: str) -> None:
    """UsageError where no field that can be corrected is at the path."""
    item = _ITEM.fullmatch(path)
    known = f"{item[1]}[ID].{item[3]}" if item else path
    if known not in PATHS or "[ID]" in path:
        raise UsageError(f"{path!r} cannot be corrected", advice=f"what can: {', '.join(PATHS)}")


def value_at(record: dict[str, Any], path: str) -> Any:
    """What a record says at a path, in the form in which it is corrected; KeyError where it has no such item."""
    item = _ITEM.fullmatch(path)
    if item:
        return _item(record, item[1], item[2])[item[3]]
    first, _, rest = path.partition(".")
    found = record[first]
    if rest and found is not None:
        found = found[rest]
    return found["value"] if isinstance(found, dict) and "precision" in found else found


def applied(record: dict[str, Any], corrections: Iterable[Correction]) -> dict[str, Any]:
    """The record with the corrections that can be made, and its content hash; what cannot be made is left out.

    The record is one by rules alone; it stays as it is.
    """
    made = record
    for correction in corrections:
        try:
            made = corrected(made, correction)
        except (KeyError, UsageError):
            continue  # its item is gone, or the record would break its schema: `betony corrections` says so
    return made


def corrected(record: dict[str, Any], correction: Correction) -> dict[str, Any]:
    """The record with one value corrected, checked against the schema; KeyError where it has no such item.

    UsageError where the value is none that the field can have.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - hardly any record has been corrected, and it is slow to load

    from betony.record import Record, rehashed  # noqa: PLC0415 - as above

    if problem := _problem(correction):
        raise UsageError(f"{correction.value!r} cannot stand at {correction.path}", advice=problem)
    changed = copy.deepcopy(record)
    _set(changed, correction.path, correction.value)
    try:
        return rehashed(Record.model_validate(changed)).model_dump(mode="json")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        message = first["msg"].removeprefix("Value error, ")
        raise UsageError(
            f"{correction.value!r} cannot stand at {correction.path}", advice=f"{place}: {message}"
        ) from error


def _problem(correction: Correction) -> str | None:
    """What is wrong with a value that the schema lets pass: it says nothing, or the calendar has no such day."""
    value = correction.value
    if isinstance(value, str) and not value.strip():
        return "give its words, or null where it has none"
    is_date = correction.path == "status.checked" or correction.path.startswith("dates.")
    if is_date and isinstance(value, str) and len(value) in _PRECISION:
        try:
            date.fromisoformat(value + "0000-01-01"[len(value) :])
        except ValueError:
            return "the calendar has no such date; write it as 2019, 2019-04 or 2019-04-30"
    return None


def _set(record: dict[str, Any], path: str, value: Any) -> None:
    item = _ITEM.fullmatch(path)
    if item:
        found = _item(record, item[1], item[2])
        found[item[3]] = {"code": value} if item[3] in {"strength", "grade"} and isinstance(value, str) else value
        found.update(_ground(found))
    elif path == "title.value":
        record["title"] = None if value is None else {"value": value, **_GROUND}
    elif path == "status.currency":
        from betony.record import CODE_OF_CURRENCY  # noqa: PLC0415 - as above

        record["status"].update(_ground(record["status"]), currency=value, code=CODE_OF_CURRENCY.get(value, "unknown"))
    elif path == "status.checked":
        record["status"]["checked"] = _date(value)
    elif path.startswith("dates."):
        record["dates"][path.removeprefix("dates.")] = _date(value)
    else:
        record[path] = value
        record["provenance"][path] = dict(_GROUND)


def _item(record: dict[str, Any], name: str, item_id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((item for item in record[name] if item["id"] == item_id), None)
    if found is None:
        raise KeyError(f"{name}[{item_id}]")
    return found


def _ground(of: dict[str, Any]) -> dict[str, Any]:
    return {name: ground for name, ground in _GROUND.items() if name in of}


def _date(value: Any) -> Any:
    """A date from its text, as precise as it is written."""
    if not isinstance(value, str):
        return value
    ground = {name: ground for name, ground in _GROUND.items() if name != "confidence"}
    return {"value": value, "precision": _PRECISION.get(len(value), "day"), "text": value, **ground}
