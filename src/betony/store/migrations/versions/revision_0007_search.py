"""SQLite's index of words takes in what a transaction brought at its end; the tables stay, but an older betony leaves it to a trigger."""

from __future__ import annotations

from betony.store.migrations import before

revision = "0007"
down_revision = before(revision)


def upgrade() -> None:
    """The index itself is made anew with every upgrade."""
