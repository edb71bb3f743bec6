"""The database: captures, records, runs and quarantine. Nothing outside this package knows SQLAlchemy."""

from betony.store.database import DEFAULT, Database, shown
from betony.store.parts import Part, merge
from betony.store.records import Plan, Settled, Stale
from betony.store.rows import (
    Cause,
    Changed,
    Corrected,
    Departure,
    Forgotten,
    Hit,
    Kept,
    Listed,
    Quarantined,
    Run,
    RunState,
    Standing,
    Verdict,
    Version,
)
from betony.store.search import Filters
from betony.store.store import Store

__all__ = [
    "DEFAULT",
    "Cause",
    "Changed",
    "Corrected",
    "Database",
    "Departure",
    "Filters",
    "Forgotten",
    "Hit",
    "Kept",
    "Listed",
    "Part",
    "Plan",
    "Quarantined",
    "Run",
    "RunState",
    "Settled",
    "Stale",
    "Standing",
    "Store",
    "Verdict",
    "Version",
    "merge",
    "shown",
]
