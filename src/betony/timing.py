"""How long each stage of the work takes: noted where somebody listens; where nobody does, no clock is read."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import NamedTuple


class Timing(NamedTuple):
    """One stage of the work on one record. Both times are nanoseconds since 1970, by the machine's clock."""

    stage: str
    began: int
    ended: int

    @property
    def seconds(self) -> float:
        """How long it took; nothing where the clock was set back meanwhile."""
        return max(self.ended - self.began, 0) / 1e9


@dataclass(frozen=True, slots=True)
class Spent:
    """What one stage took in the whole of a run."""

    stage: str
    count: int
    """Of what the stage works on: inputs, captures or records."""
    seconds: float
    """Wall clock, added up over all processes that worked at it."""


_noted: ContextVar[list[Timing] | None] = ContextVar("noted", default=None)


@contextmanager
def noting() -> Iterator[list[Timing]]:
    """The stages that the block goes through, in the order in which they end."""
    found: list[Timing] = []
    token = _noted.set(found)
    try:
        yield found
    finally:
        _noted.reset(token)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """One stage of the work, by the name that logs and the run's record give it."""
    noted = _noted.get()
    if noted is None:
        yield
        return
    began = time.time_ns()
    try:
        yield
    finally:
        noted.append(Timing(name, began, time.time_ns()))


class Meter:
    """Adds up what each stage of a run takes."""

    def __init__(self) -> None:
        self._spent: dict[str, tuple[int, float]] = {}

    @contextmanager
    def measuring(self, name: str, count: int = 1) -> Iterator[None]:
        """Adds what the block takes to the stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._add(name, count, time.perf_counter() - began)

    def count(self, name: str, number: int = 1) -> None:
        """Adds to how many the stage was done for, where that is known only afterwards."""
        self._add(name, number, 0.0)

    def add(self, timings: Iterable[Timing]) -> None:
        """Adds what was noted elsewhere."""
        for timing in timings:
            self._add(timing.stage, 1, timing.seconds)

    def add_up(self, spent: Iterable[Spent]) -> None:
        """Adds what another meter measured."""
        for one in spent:
            self._add(one.stage, one.count, one.seconds)

    def spent(self) -> tuple[Spent, ...]:
        """What each stage took so far, in the order in which the run first came to them."""
        return tuple(Spent(name, count, round(seconds, 6)) for name, (count, seconds) in self._spent.items())

    def _add(self, name: str, count: int, seconds: float) -> None:
        before = self._spent.get(name, (0, 0.0))
        self._spent[name] = before[0] + count, before[1] + seconds
