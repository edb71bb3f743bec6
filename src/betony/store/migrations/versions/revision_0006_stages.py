"""What each stage of a run took, how many records there were at its end, and what an orchestrator calls it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0006"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("runs", sa.Column("reference", WORDS))
    op.add_column("runs", sa.Column("stages", sa.Text()))
    op.add_column("runs", sa.Column("records", sa.Integer().with_variant(sa.BigInteger(), "postgresql")))
