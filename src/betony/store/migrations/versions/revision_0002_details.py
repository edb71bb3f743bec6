"""A table for each of a record's lists; sections with their text. An upgrade fills them from the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0002"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.drop_table("sections")
    op.create_table(
        "sections",
        sa.Column("key", sa.Integer(), primary_key=True),
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("type", WORDS, nullable=False, index=True),
        sa.Column("subtype", WORDS),
        sa.Column("heading", WORDS),
        sa.Column("number", WORDS),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent", WORDS),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("layer", WORDS, nullable=False),
        sa.Column("basis", WORDS, nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("title", WORDS),
        sa.Column("text", WORDS, nullable=False),
        sa.UniqueConstraint("record_id", "position"),
    )
    op.create_table(
        "recommendations",
        *_place(),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("number", WORDS),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("actor", WORDS),
        sa.Column("condition", WORDS),
        sa.Column("population", WORDS),
        sa.Column("strength", WORDS, index=True),
        sa.Column("strength_term", WORDS),
        sa.Column("direction", WORDS),
        sa.Column("arrangement", WORDS),
        sa.Column("outcome", WORDS),
        sa.Column("grade_system", WORDS),
        sa.Column("grade", WORDS),
        sa.Column("label", WORDS),
        sa.Column("rationale", WORDS),
        sa.Column("section", WORDS, nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
    )
    op.create_table(
        "responsibilities",
        *_place(),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("actor", WORDS),
        sa.Column("actor_kinds", WORDS, nullable=False),
        sa.Column("modality", WORDS, nullable=False, index=True),
        sa.Column("term", WORDS, nullable=False),
        sa.Column("action", WORDS, nullable=False),
        sa.Column("recipient", WORDS),
        sa.Column("condition", WORDS),
        sa.Column("generic", sa.Boolean(), nullable=False),
        sa.Column("section", WORDS, nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("end", sa.Integer()),
        sa.Column("basis", WORDS, nullable=False),
        sa.Column("confidence", sa.Float()),
    )
    op.create_table(
        "relations",
        *_place(),
        sa.Column("type", WORDS, nullable=False),
        sa.Column("target_id", WORDS, index=True),
        sa.Column("target_label", WORDS),
        sa.Column("target_url", WORDS),
        sa.Column("scope", WORDS),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("date", WORDS),
        sa.Column("basis", WORDS, nullable=False),
    )
    op.create_table(
        "codes",
        *_place(),
        sa.Column("system", WORDS, nullable=False),
        sa.Column("code", WORDS, index=True),
        sa.Column("display", WORDS),
        sa.Column("role", WORDS),
        sa.Column("note", WORDS),
        sa.Column("check_digit_valid", sa.Boolean()),
        sa.Column("section", WORDS, nullable=False),
        sa.Column("basis", WORDS, nullable=False),
    )
    op.create_table(
        "dates",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("kind", WORDS, primary_key=True),
        sa.Column("value", WORDS, nullable=False, index=True),
        sa.Column("precision", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("basis", WORDS, nullable=False),
    )


def _place() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
    )
