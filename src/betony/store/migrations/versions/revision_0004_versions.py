"""Versions, changes, and whether publishers still hold what the records hold; each record is its first version."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0004"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("valid_from", sa.String(), nullable=False),
        sa.Column("valid_to", sa.String()),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id")),
        sa.Column("pipeline", WORDS, nullable=False),
        sa.Column("ruleset", WORDS, nullable=False),
        sa.Column("model", WORDS),
        sa.Column("json", sa.LargeBinary()),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), nullable=False, index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False, index=True),
        sa.Column("recorded_at", sa.String(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), index=True),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_table(
        "standings",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("confirmed_at", sa.String()),
        sa.Column("retired_at", sa.String()),
        sa.Column("departure", sa.String()),
        sa.Column("moved_to", WORDS),
    )
    connection = op.get_bind()
    retrieved: dict[str, str] = {}
    for record_id, written in connection.execute(
        sa.text(
            "select record_inputs.record_id, inputs.retrieved_at from record_inputs"
            " join inputs on inputs.id = record_inputs.input_id where inputs.retrieved_at is not null"
        )
    ):
        if when := _moment(written):
            retrieved[record_id] = max(when, retrieved.get(record_id, when))
    for row in connection.execute(sa.text("select id, title, processed_at from records order by id")).all():
        seen = retrieved.get(row.id, row.processed_at)
        connection.execute(
            sa.text(
                "insert into versions (record_id, number, cause, content_hash, text_hash, valid_from, recorded_at,"
                " pipeline, ruleset, model)"
                " select id, 1, 'document', content_hash, text_hash, :seen, processed_at, pipeline, ruleset, model"
                " from records where id = :id"
            ),
            {"id": row.id, "seen": seen},
        )
        change = {"kind": "added", "path": "record", "name": "record", "before": None, "after": row.title}
        rest = {"evidence_before": [], "evidence_after": [], "reading": False}
        connection.execute(
            sa.text(
                "insert into changes (record_id, version, cause, kind, seen, recorded_at, json)"
                " values (:id, 1, 'document', 'added', :seen, :recorded, :json)"
            ),
            {
                "id": row.id,
                "seen": seen,
                "recorded": row.processed_at,
                "json": json.dumps({**change, **rest}, ensure_ascii=False),
            },
        )


def _moment(written: str) -> str | None:
    """A time to the second, in UTC; None where it cannot be read."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    aware = read if read.tzinfo else read.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
