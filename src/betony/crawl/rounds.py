"""Rounds: everything of the sources that is due is asked for, host by host, until nothing is left or only waiting is."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from betony.crawl.scope import Scope, usable
from betony.crawl.visiting import Manners, Visitor
from betony.errors import UsageError
from betony.fetch import Door
from betony.store import Claim, Frontier, Visit

PATIENCE = 60.0
"""Seconds for which a round waits for the next moment at which something may be asked; longer waits are left to the
next run, which goes on where this one ended."""
_LEASE_MARGIN = 30.0
_LOOK = 5.0
"""Seconds after which leases of dead processes are looked for again."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round over one source came to."""

    source_id: int
    ended: bool
    """False where something is still to be asked for, later."""
    left_out: int = 0
    """Addresses beyond the source's limit of pages."""


async def run(
    frontier: Frontier,
    door: Door,
    rounds: Mapping[int, tuple[Scope, Sequence[str]]],
    *,
    manners: Manners | None = None,
    at_once: int = 8,
    patience: float = PATIENCE,
    on_visit: Callable[[Visit], None] | None = None,
    lists_only: bool = False,
) -> list[Round]:
    """One round over each source, given by number with its scope and the addresses that were named for it.

    What was begun and interrupted goes on. Every answer is in the store before the next request to the same host. With
    `lists_only` the documents that lists lead to are told by the visits and not fetched.
    """
    if manners and not manners.polite and not door.loopback:
        raise UsageError("politeness is not optional", advice="it is off for servers of this machine alone, in tests")
    scopes = {number: scope for number, (scope, _) in rounds.items()}
    crawl = _Crawl(frontier, door, scopes, manners or Manners(), lists_only=lists_only)
    now = time.time()
    frontier.free_what_the_dead_hold(now)
    for number, (scope, seeds) in rounds.items():
        crawl.begin(number, usable(seeds)[: scope.max_pages], now)
    await crawl.run(at_once, patience, on_visit or (lambda _: None))
    return [Round(number, frontier.end_round(number, time.time()), crawl.left_out[number]) for number in rounds]


class _Crawl:
    def __init__(
        self, frontier: Frontier, door: Door, scopes: dict[int, Scope], manners: Manners, *, lists_only: bool
    ) -> None:
        self._frontier = frontier
        self._lists_only = lists_only
        self._polite = manners.polite
        self._lease = door.limits.seconds + _LEASE_MARGIN
        self._visitor = Visitor(door, manners, scopes, random.Random())  # noqa: S311 - scatter, no secret
        self._scopes = scopes
        self._known: dict[int, set[str]] = {}
        self.left_out = dict.fromkeys(scopes, 0)

    def begin(self, number: int, seeds: list[tuple[str, str]], now: float) -> None:
        self._frontier.begin_round(number, seeds, now)
        self._known[number] = {row.url for row in self._frontier.resources([number])}

    async def run(self, at_once: int, patience: float, tell: Callable[[Visit], None]) -> None:
        running: set[asyncio.Task[Visit]] = set()
        visits: list[Visit] = []
        looked = time.monotonic()
        try:
            while True:
                claims = await asyncio.to_thread(self._turn, visits, at_once - len(running))
                for visit in visits:
                    tell(visit)
                visits = []
                running |= {asyncio.create_task(self._visitor.visit(claim)) for claim in claims}
                if not running and not claims:
                    wait = await asyncio.to_thread(self._wait)
                    if wait is None or wait > patience:
                        return
                    await asyncio.sleep(min(max(wait, 0.01), 1.0))
                    if time.monotonic() - looked > _LOOK:
                        looked = time.monotonic()
                        await asyncio.to_thread(self._frontier.free_what_the_dead_hold, time.time())
                    continue
                wait = await asyncio.to_thread(self._wait) if len(running) < at_once and self._polite else None
                timeout = None if wait is None else min(max(wait, 0.01), 1.0)
                done, running = await asyncio.wait(running, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
                visits = [self._within(task.result()) for task in done]
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _turn(self, visits: list[Visit], slots: int) -> list[Claim]:
        numbers = list(self._scopes)
        return self._frontier.turn(visits, numbers, slots, time.time(), self._lease, polite=self._polite)

    def _wait(self) -> float | None:
        now = time.time()
        moment = self._frontier.next_moment(list(self._scopes), now)
        return None if moment is None else moment - now

    def _within(self, visit: Visit) -> Visit:
        """The visit with no more found than the source's limit of pages leaves room for."""
        number = visit.claim.source_id
        limit, known = self._scopes[number].max_pages, self._known[number]
        if not visit.found:
            return visit
        kept = []
        for url, host in visit.found:
            if self._lists_only and url in visit.documents:
                continue
            if url in known or limit is None or len(known) < limit:
                known.add(url)
                kept.append((url, host))
            else:
                self.left_out[number] += 1
        return replace(visit, found=tuple(kept))
