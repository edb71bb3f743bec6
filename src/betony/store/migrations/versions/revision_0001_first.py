"""The layout of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0001"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "schema",
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("created_by", sa.String(), nullable=False),
    )
    op.create_table(
        "captures",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer().with_variant(sa.BigInteger(), "postgresql"), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("stored_at", sa.String(), nullable=False),
    )
    op.create_table(
        "inputs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("captures.digest"), nullable=False, index=True),
        sa.Column("uri", WORDS, nullable=False),
        sa.Column("url", WORDS),
        sa.Column("final_uri", WORDS),
        sa.Column("media_type", WORDS),
        sa.Column("charset", WORDS),
        sa.Column("retrieved_at", WORDS),
        sa.Column("http", WORDS),
        sa.Column("license", WORDS),
        sa.Column("publisher", WORDS),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
    )
    op.create_table(
        "records",
        sa.Column("id", WORDS, primary_key=True),
        sa.Column("url", WORDS),
        sa.Column("identifier", WORDS, index=True),
        sa.Column("title", WORDS),
        sa.Column("publisher", WORDS, index=True),
        sa.Column("page_kind", WORDS, nullable=False),
        sa.Column("document_type", WORDS),
        sa.Column("status_code", WORDS, nullable=False),
        sa.Column("currency", WORDS, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("pipeline", WORDS, nullable=False),
        sa.Column("ruleset", WORDS, nullable=False),
        sa.Column("model", WORDS),
        sa.Column("processed_at", sa.String(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_table(
        "record_inputs",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("address", WORDS, primary_key=True),
        sa.Column("input_id", sa.String(32), sa.ForeignKey("inputs.id"), nullable=False, index=True),
    )
    op.create_table(
        "sections",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False, index=True),
        sa.Column("heading", WORDS),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", WORDS),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("layer", WORDS, nullable=False),
    )
    op.create_table(
        "aliases",
        sa.Column("alias", WORDS, primary_key=True),
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), nullable=False, index=True),
    )
    op.create_table(
        "addresses",
        sa.Column("address", WORDS, primary_key=True),
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("command", WORDS, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String()),
        sa.Column("inputs", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("process", WORDS, nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("input_id", sa.String(32), sa.ForeignKey("inputs.id"), nullable=False),
        sa.Column("uri", WORDS, nullable=False),
        sa.Column("url", WORDS),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", WORDS, nullable=False),
        sa.Column("detail", WORDS, nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
    )
