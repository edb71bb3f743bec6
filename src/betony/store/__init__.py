"""The database: captures, records, runs and quarantine. Nothing outside this package knows SQLAlchemy."""

from betony.store.catalogue import Catalogued, Related
from betony.store.database import DEFAULT, Database, shown, there
from betony.store.frontier import PENDING, Frontier
from betony.store.items import Asked, Item
from betony.store.parts import Part, merge, moment
from betony.store.records import Made, Plan, Settled, Stale
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
from betony.store.statistics import Count, Statistics
from betony.store.store import Store
from betony.store.visits import Claim, Fetch, KeptRobots, Outcome, Resource, Source, SourceState, Visit

__all__ = [
    "DEFAULT",
    "PENDING",
    "Asked",
    "Catalogued",
    "Cause",
    "Changed",
    "Claim",
    "Corrected",
    "Count",
    "Database",
    "Departure",
    "Fetch",
    "Filters",
    "Forgotten",
    "Frontier",
    "Hit",
    "Item",
    "Kept",
    "KeptRobots",
    "Listed",
    "Made",
    "Outcome",
    "Part",
    "Plan",
    "Quarantined",
    "Related",
    "Resource",
    "Run",
    "RunState",
    "Settled",
    "Source",
    "SourceState",
    "Stale",
    "Standing",
    "Statistics",
    "Store",
    "Verdict",
    "Version",
    "Visit",
    "merge",
    "moment",
    "shown",
    "there",
]
