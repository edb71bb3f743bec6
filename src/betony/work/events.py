"""What a run tells while it goes on, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from betony.errors import BetonyError
from betony.sources import Remark, Skipped
from betony.store import Run, RunState


class Stage(StrEnum):
    """What a run is at."""

    FETCHING = "fetching"
    READING = "reading"
    STRUCTURING = "structuring"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run, for whoever watches it."""

    name: str
    """`began`, `progress`, `fetched`, `skipped`, `remark`, `quarantined` or `settled`."""
    stage: Stage
    done: int
    total: int | None
    """Unknown while sources are still being read."""
    uri: str | None = None
    record: str | None = None
    outcome: str | None = None
    """Of `settled` new, changed or unchanged; of `fetched` what came; of `quarantined` the reason."""
    message: str | None = None
    """Of `settled` what a person should know of it, where there is something."""
    run: int | None = None
    """Of `began` the number of the run that everything after it belongs to."""


@dataclass(frozen=True, slots=True)
class Setback:
    """An input that was set aside in this run."""

    uri: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to."""

    run: Run
    seconds: float
    record_ids: tuple[str, ...] = ()
    """The records of the inputs, each once, in order of input."""
    setbacks: tuple[Setback, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    skipped_count: int = 0
    remarks: tuple[Remark, ...] = ()
    error: BetonyError | None = None
    """What ended the run before its time; all that was counted is kept."""

    @property
    def interrupted(self) -> bool:
        """Whether the user stopped it."""
        return self.run.state == RunState.INTERRUPTED

    @property
    def well(self) -> bool:
        """Whether everything that was named became a record."""
        return (
            self.run.state == RunState.FINISHED
            and not self.run.quarantined
            and not any(remark.failed for remark in self.remarks)
        )
