"""A table for each of a record's lists; sections with their text. An upgrade fills them from the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0002"
down_revision = before(revision)


def upgrade() -> None:
    op.drop_table("sections")
    op.create_table(
        "sections",
        sa.Column("key", sa.Integer(), primary_key=True),
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False, index=True),
        sa.Column("subtype", sa.Text()),
        sa.Column("heading", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Text()),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.UniqueConstraint("record_id", "position"),
    )
    op.create_table(
        "recommendations",
        *_place(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("condition", sa.Text()),
        sa.Column("population", sa.Text()),
        sa.Column("strength", sa.Text(), index=True),
        sa.Column("strength_term", sa.Text()),
        sa.Column("direction", sa.Text()),
        sa.Column("arrangement", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("grade_system", sa.Text()),
        sa.Column("grade", sa.Text()),
        sa.Column("label", sa.Text()),
        sa.Column("rationale", sa.Text()),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
    )
    op.create_table(
        "responsibilities",
        *_place(),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("actor_kinds", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False, index=True),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text()),
        sa.Column("condition", sa.Text()),
        sa.Column("generic", sa.Boolean(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
    )
    op.create_table(
        "relations",
        *_place(),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), index=True),
        sa.Column("target_label", sa.Text()),
        sa.Column("target_url", sa.Text()),
        sa.Column("scope", sa.Text()),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("basis", sa.Text(), nullable=False),
    )
    op.create_table(
        "codes",
        *_place(),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), index=True),
        sa.Column("display", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("check_digit_valid", sa.Boolean()),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
    )
    op.create_table(
        "dates",
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("kind", sa.Text(), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False, index=True),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
    )


def _place() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("record_id", sa.Text(), sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
    )
