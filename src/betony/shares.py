"""What a run hands to other machines: some of its records by id, and what comes back; never content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from betony.timing import Spent

Place = tuple[str, str]
"""An input and its address, as a record's parts are known by."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be done for one record."""

    key: str
    product: str | None
    waves: tuple[tuple[Place, ...], ...]
    """The captures that join it, those together that do so at once."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some records of a run, to be settled by whoever takes it, and by whoever takes it again when that one dies."""

    run: int
    recalled: bool
    """Whether they are made anew of the captures they have."""
    records: tuple[Gathered, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of the work on a share."""

    name: str
    """`settled` or `quarantined`."""
    uri: str | None
    record: str | None
    outcome: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a share came to."""

    counts: Mapping[str, int]
    """Of its inputs: new, changed, unchanged, quarantined. Whoever handed it out adds them to the run, once."""
    records: tuple[tuple[str, str | None], ...]
    """Each key, and the record that it led to."""
    events: tuple[Happened, ...]
    spent: tuple[Spent, ...]
    """What each stage took."""


class Elsewhere(Protocol):
    """Where shares are settled if not in this process and its children."""

    def settle(self, shares: Iterator[Share]) -> Iterator[Settlement]:
        """Each share's settlement, as they come; shares are drawn only when there is room for them."""
