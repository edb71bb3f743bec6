"""The database: captures, records, runs and quarantine. Nothing outside this package knows SQLAlchemy."""

from betony.store.database import DEFAULT, Database, shown
from betony.store.parts import Part, merge, moment
from betony.store.records import Plan, Settled, Stale
from betony.store.rows import (
    Cause,
    Changed,
    Departure,
    Kept,
    Listed,
    Quarantined,
    Run,
    RunState,
    Standing,
    Version,
)
from betony.store.store import Store

__all__ = [
    "DEFAULT",
    "Cause",
    "Changed",
    "Database",
    "Departure",
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
    "Version",
    "merge",
    "moment",
    "shown",
]
