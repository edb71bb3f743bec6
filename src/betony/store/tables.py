"""The tables, in the SQL that every database shares."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 1
"""The number of this layout; a store of a newer one is refused, of an older one migrated."""

metadata = MetaData()

schema = Table(
    "schema",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("created_by", String, nullable=False),
)

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

sections = Table(
    "sections",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("heading", Text),
    Column("level", Integer, nullable=False),
    Column("parent", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("layer", Text, nullable=False),
    Index("ix_sections_type", "type"),
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

versions = Table(
    "versions",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1
    Column("cause", String, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("valid_from", String, nullable=False),
    Column("valid_to", String),  # null while it is the latest
    Column("recorded_at", String, nullable=False),
    Column("run_id", ForeignKey("runs.id")),  # null for what an older layout held
    Column("pipeline", Text, nullable=False),
    Column("ruleset", Text, nullable=False),
    Column("model", Text),
    Column("json", LargeBinary),  # zlib; null while it is the latest, whose JSON is the record's own
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("records.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),  # the later one
    Column("cause", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("seen", String, nullable=False, index=True),
    Column("recorded_at", String, nullable=False),
    Column("run_id", ForeignKey("runs.id"), index=True),
    Column("json", Text, nullable=False),
)

standings = Table(
    "standings",
    metadata,
    Column("record_id", ForeignKey("records.id"), primary_key=True),
    Column("confirmed_at", String),  # the publisher's site answered then that nothing had changed
    Column("retired_at", String),  # null while the site holds it
    Column("departure", String),
    Column("moved_to", Text),
)
