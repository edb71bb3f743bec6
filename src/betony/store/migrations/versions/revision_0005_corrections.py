"""Corrections that people made, what the rules read of the records they are of, and what is to be kept no more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0005"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), nullable=False, index=True),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("ended_at", sa.String()),
    )
    op.create_table(
        "readings",
        sa.Column("record_id", WORDS, sa.ForeignKey("records.id"), primary_key=True),
        sa.Column("json", sa.Text(), nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("record_id", WORDS, nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("who", WORDS, nullable=False),
        sa.Column("forgotten_at", sa.String(), nullable=False),
    )
