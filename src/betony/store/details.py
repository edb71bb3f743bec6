"""The rows that a person asks for in SQL, a table for each of a record's lists; made of its JSON alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from betony.store import prepared, tables

Row = dict[str, Any]
"""The fields of an item and what a column makes of some; what is no column of its table is passed over."""


def write(connection: Connection, record: dict[str, Any], *, is_new: bool) -> None:
    """Writes a record's rows in the place of those that were there."""
    for table, found in rows(record).items():
        if not is_new:
            connection.execute(delete(table).where(table.c.record_id == record["id"]))
        prepared.add(connection, table, found)


def refill(connection: Connection) -> None:
    """Makes all rows anew from the records, whatever an older layout held."""
    for table in tables.DETAILS:
        connection.execute(delete(table))
    columns = tables.records.c
    for record_id in connection.execute(select(columns.id).order_by(columns.id)).scalars().all():
        stored = connection.execute(select(columns.json).where(columns.id == record_id)).scalar_one()
        write(connection, json.loads(stored), is_new=True)


def rows(record: dict[str, Any]) -> dict[Table, list[Row]]:
    """A record's rows by table."""
    made = {
        tables.sections: list(_sections(record)),
        tables.recommendations: [_recommendation(item) for item in record["recommendations"]],
        tables.responsibilities: [_responsibility(item) for item in record["responsibilities"]],
        tables.relations: [_relation(item) for item in record["relations"]],
        tables.codes: [{**item} for item in record["codes"]],
    }
    for found in made.values():
        for position, row in enumerate(found):
            row.update(record_id=record["id"], position=position)
    return {**made, tables.dates: [{"record_id": record["id"], **row} for row in _dates(record)]}


def _sections(record: dict[str, Any]) -> Iterator[Row]:
    title = record["title"] and record["title"]["value"]
    for section in record["sections"]:
        row = {**section}
        row["heading"] = section["heading"] and section["heading"]["text"]
        row["title"] = None
        if title and section["layer"] == "body":
            row["title"], title = title, None
        yield row


def _recommendation(item: dict[str, Any]) -> Row:
    strength, grade = item["strength"] or {}, item["grade"] or {}
    return {
        **item,
        **_span(item),
        "strength": strength.get("code"),
        "strength_term": strength.get("term"),
        "direction": strength.get("direction"),
        "grade_system": grade.get("system"),
        "grade": grade.get("code"),
        "label": item["label"] and item["label"]["text"],
    }


def _responsibility(item: dict[str, Any]) -> Row:
    kinds = json.dumps(item["actor_kinds"])
    return {**item, **_span(item), "actor_kinds": kinds}


def _relation(item: dict[str, Any]) -> Row:
    target = {f"target_{name}": value for name, value in item["target"].items()}
    return {**item, **target, "date": item["date"] and item["date"]["value"]}


def _dates(record: dict[str, Any]) -> Iterator[Row]:
    for kind, date in {**record["dates"], "checked": record["status"]["checked"]}.items():
        if date:
            yield {**date, "kind": kind}


def _span(item: dict[str, Any]) -> Row:
    """From the first to the last of the words that the item stands on."""
    evidence = item["evidence"]
    return {
        "start": min((one["start"] for one in evidence), default=None),
        "end": max((one["end"] for one in evidence), default=None),
    }
