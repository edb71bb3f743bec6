"""Rounds against servers of our own, as tests run them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from betony import crawl
from betony.crawl import Manners, Round, Scope
from betony.fetch import Door, Limits
from betony.store import Resource, SourceState, Store, Visit

QUICK = Manners(delay=0.01)


def fetch_round(
    store: Store,
    seeds: Sequence[str],
    scope: Scope | None = None,
    *,
    name: str = "test",
    manners: Manners = QUICK,
    patience: float = 10,
    limits: Limits | None = None,
    **options: Any,
) -> tuple[Round, list[Visit]]:
    """One round over the seeds; what it came to and every visit in order."""
    visits: list[Visit] = []
    chosen = scope or Scope()
    number = store.frontier.add_source(name, SourceState.ONCE, 0, chosen.as_options(), 0)

    async def go() -> list[Round]:
        async with Door(loopback=True, limits=limits or Limits(seconds=2), **options) as door:
            return await crawl.run(
                store.frontier,
                door,
                {number: (chosen, seeds)},
                manners=manners,
                patience=patience,
                on_visit=visits.append,
            )

    return asyncio.run(go())[0], visits


def standing(store: Store, name: str = "test") -> dict[str, Resource]:
    """How each address of the source stands."""
    number = next(source.id for source in store.frontier.sources() if source.name == name)
    return {row.url: row for row in store.frontier.resources([number])}


def new_store(folder: Path) -> Store:
    return Store.open(str(folder / "s.db"), create=True)
