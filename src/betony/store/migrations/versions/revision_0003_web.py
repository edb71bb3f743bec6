"""What is fetched from the web: sources, addresses, hosts, robots.txt, and the ledger of requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from betony.store.migrations import before

revision = "0003"
down_revision = before(revision)

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", WORDS, nullable=False, unique=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("every", sa.Float(), nullable=False),
        sa.Column("options", WORDS, nullable=False),
        sa.Column("added", sa.String(), nullable=False),
        sa.Column("round_began", sa.Float()),
        sa.Column("round_ended", sa.Float()),
        sa.Column("next_round", sa.Float()),
    )
    op.create_table(
        "resources",
        sa.Column("url", WORDS, primary_key=True),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("due", sa.Float()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("etag", WORDS),
        sa.Column("last_modified", WORDS),
        sa.Column("digest", sa.String(64)),
        sa.Column("input_id", sa.String(32)),
        sa.Column("leads", WORDS, nullable=False),
        sa.Column("final_url", WORDS),
        sa.Column("document", sa.Boolean()),
        sa.Column("outcome", sa.String()),
        sa.Column("message", WORDS),
        sa.Column("checked_at", sa.String()),
        sa.Column("full_at", sa.Float()),
        sa.Column("gone_since", sa.String()),
        sa.Index("ix_resources_host_due", "host", "due"),
    )
    op.create_table(
        "listings",
        sa.Column("source_id", sa.Integer(), sa.ForeignKey("sources.id"), primary_key=True),
        sa.Column("url", WORDS, sa.ForeignKey("resources.url"), primary_key=True),
        sa.Column("found_on", WORDS),
        sa.Column("first_seen", sa.Float(), nullable=False),
        sa.Column("last_seen", sa.Float(), nullable=False),
        sa.Column("left_at", sa.Float()),
        sa.Index("ix_listings_url", "url"),
    )
    op.create_table(
        "hosts",
        sa.Column("name", WORDS, primary_key=True),
        sa.Column("next_allowed", sa.Float(), nullable=False),
        sa.Column("delay", sa.Float(), nullable=False),
        sa.Column("leased_by", WORDS),
        sa.Column("leased_until", sa.Float()),
    )
    op.create_table(
        "robots",
        sa.Column("origin", WORDS, primary_key=True),
        sa.Column("host", WORDS, nullable=False),
        sa.Column("place", WORDS, nullable=False),
        sa.Column("hops", sa.Integer(), nullable=False),
        sa.Column("standing", sa.String(), nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Float(), nullable=False),
    )
    op.create_table(
        "fetches",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("url", WORDS, nullable=False, index=True),
        sa.Column("address", WORDS, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("message", WORDS),
        sa.Column("digest", sa.String(64), index=True),
        sa.Column("size", sa.Integer()),
        sa.Column("cut", sa.String()),
        sa.Column("headers", WORDS),
        sa.Column("input_id", sa.String(32)),
    )
    op.create_table(
        "unread",
        sa.Column("input_id", sa.String(32), sa.ForeignKey("inputs.id"), primary_key=True),
        sa.Column("url", WORDS, nullable=False),
    )
