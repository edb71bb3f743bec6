"""The tables, in the SQL that every database shares."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from betony.store import migrations

REVISION = migrations.numbers()[-1]
VERSION = int(REVISION)
"""The number of this layout; a store of a newer one is refused, of an older one waits for `betony store upgrade`."""

metadata = MetaData()

schema = Table(
    "schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("created_by", String, nullable=False),
)

alembic_version = Table("alembic_version", metadata, Column("version_num", String(32), primary_key=True))
"""Alembic's own account of the layout, for its tools; betony goes by the table above."""

captures = Table(
    "captures",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary),  # zlib; null where the bytes were too many to keep
    Column("stored_at", String, nullable=False),
)

inputs = Table(
    "inputs",
    metadata,
    Column("id", String(32), primary_key=True),  # from all the columns below but the time
    Column("digest", ForeignKey("captures.digest"), nullable=False, index=True),
    Column("uri", Text, nullable=False),
    Column("url", Text),
    Column("final_uri", Text),
    Column("media_type", Text),
    Column("charset", Text),
    Column("retrieved_at", Text),
    Column("http", Text),
    Column("license", Text),
    Column("publisher", Text),
    Column("truncated", Boolean, nullable=False),
    Column("first_seen", String, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text),
    Column("identifier", Text, index=True),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("page_kind", Text, nullable=False),
    Column("document_type", Text),
    Column("status_code", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("pipeline", Text, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("model", Text),
    Column("processed_at", String, nullable=False),
    Column("json", Text, nullable=False),  # with `processing.at` null: the time is the column beside it
)

record_inputs = Table(
    "record_inputs",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("address", Text, primary_key=True),  # of the part; empty where it has none
    Column("input_id", ForeignKey("inputs.id"), nullable=False, index=True),
)

aliases = Table(
    "aliases",
    metadata,
    Column("alias", Text, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
)

addresses = Table(
    "addresses",
    metadata,
    Column("address", Text, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("started", String, nullable=False),
    Column("ended", String),
    Column("inputs", Integer, nullable=False, default=0),
    Column("new", Integer, nullable=False, default=0),
    Column("changed", Integer, nullable=False, default=0),
    Column("unchanged", Integer, nullable=False, default=0),
    Column("quarantined", Integer, nullable=False, default=0),
    Column("process", Text, nullable=False),  # host, number and start time of the process, to tell that it is gone
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("id", String(32), primary_key=True),  # from the place of the input: its uri and url
    Column("input_id", ForeignKey("inputs.id"), nullable=False),
    Column("uri", Text, nullable=False),
    Column("url", Text),
    Column("digest", String(64), nullable=False),
    Column("stage", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("message", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("first_seen", String, nullable=False),
    Column("last_seen", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
)


# What a record holds, a row each: made of the record's JSON alone, in the transaction that writes it (details.py).


def _detail(name: str, *columns: Column[Any]) -> Table:
    """A table with a row for each item of one of a record's lists, in the record's order."""
    record_id: Column[str] = Column("record_id", ForeignKey("records.id"), primary_key=True)
    return Table(name, metadata, record_id, Column("position", Integer, primary_key=True), *columns)


sections = Table(
    "sections",
    metadata,
    Column("key", Integer, primary_key=True),  # search goes by it
    Column("record_id", ForeignKey("records.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False, index=True),
    Column("subtype", Text),
    Column("heading", Text),
    Column("number", Text),
    Column("level", Integer, nullable=False),
    Column("parent", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("confidence", Float),
    Column("title", Text),  # the record's, beside the first section of its body, so that search finds a record by it
    Column("text", Text, nullable=False),
    UniqueConstraint("record_id", "position"),
)

recommendations = _detail(
    "recommendations",
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("number", Text),
    Column("text", Text, nullable=False),
    Column("actor", Text),
    Column("condition", Text),
    Column("population", Text),
    Column("strength", Text, index=True),
    Column("strength_term", Text),
    Column("direction", Text),
    Column("arrangement", Text),
    Column("outcome", Text),
    Column("grade_system", Text),
    Column("grade", Text),
    Column("label", Text),
    Column("rationale", Text),
    Column("section", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
)

responsibilities = _detail(
    "responsibilities",
    Column("id", Text, nullable=False),
    Column("actor", Text),
    Column("actor_kinds", Text, nullable=False),  # a JSON list
    Column("modality", Text, nullable=False, index=True),
    Column("term", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("recipient", Text),
    Column("condition", Text),
    Column("generic", Boolean, nullable=False),
    Column("section", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("basis", Text, nullable=False),
    Column("confidence", Float),
)

relations = _detail(
    "relations",
    Column("type", Text, nullable=False),
    Column("target_id", Text, index=True),
    Column("target_label", Text),
    Column("target_url", Text),
    Column("scope", Text),
    Column("draft", Boolean, nullable=False),
    Column("date", Text),
    Column("basis", Text, nullable=False),
)

codes = _detail(
    "codes",
    Column("system", Text, nullable=False),
    Column("code", Text, index=True),
    Column("display", Text),
    Column("role", Text),
    Column("note", Text),
    Column("check_digit_valid", Boolean),
    Column("section", Text, nullable=False),
    Column("basis", Text, nullable=False),
)

dates = Table(
    "dates",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("kind", Text, primary_key=True),  # the name of the record's field; `checked` is the status's
    Column("value", Text, nullable=False, index=True),
    Column("precision", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("basis", Text, nullable=False),
)

DETAILS = (sections, recommendations, responsibilities, relations, codes, dates)
