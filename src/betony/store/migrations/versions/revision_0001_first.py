"""The layout of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0001"
down_revision = before(revision)


def upgrade() -> None:
    op.create_table(
        "schema",
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("created_by", sa.String(), nullable=False),
    )
    op.create_table(
        "captures",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary()),
        sa.Column("stored_at", sa.String(), nullable=False),
    )
    op.create_table(
        "inputs",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("digest", sa.String(64), sa.ForeignKey("captures.digest"), nullable=False, index=True),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("final_uri", sa.Text()),
        sa.Column("media_type", sa.Text()),
        sa.Column("charset", sa.Text()),
        sa.Column("retrieved_at", sa.Text()),
        sa.Column("http", sa.Text()),
        sa.Column("license", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("url", sa.Text()),
        sa.Column("identifier", sa.Text(), index=True),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text(), index=True),
        sa.Column("page_kind", sa.Text(), nullable=False),
        sa.Column("document_type", sa.Text()),
        sa.Column("status_code", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("ruleset", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("processed_at", sa.String(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_table(
        "record_inputs",
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("input_id", sa.String(32), sa.ForeignKey("inputs.id"), nullable=False, index=True),
    )
    op.create_table(
        "sections",
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False, index=True),
        sa.Column("heading", sa.Text()),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
    )
    op.create_table(
        "aliases",
        sa.Column("alias", sa.Text(), primary_key=True),
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), nullable=False, index=True),
    )
    op.create_table(
        "addresses",
        sa.Column("address", sa.Text(), primary_key=True),
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started", sa.String(), nullable=False),
        sa.Column("ended", sa.String()),
        sa.Column("inputs", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("quarantined", sa.Integer(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("input_id", sa.String(32), sa.ForeignKey("inputs.id"), nullable=False),
        sa.Column("uri", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.String(), nullable=False),
        sa.Column("last_seen", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), sa.ForeignKey("runs.id"), nullable=False),
    )
