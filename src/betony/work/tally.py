"""What a run has come to so far, and who is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from betony.errors import BetonyError, Reason
from betony.sources import Remark, Skipped
from betony.store import Kept, Run, Store
from betony.work.events import Event, Setback, Stage, Summary
from betony.workers import Answer

_NAMED = 1_000  # failures and skipped files that a summary names; the store has every failure
_HISTORY_ANEW = (
    "For histories with all that is kept: betony export warc all.warc.gz, and betony ingest that into a new store."
)
_T = TypeVar("_T")


class Tally:
    """What a run has come to so far: told to whoever watches as it comes, and summed up at the end."""

    def __init__(self, store: Store, run: int, tell: Callable[[Event], None]) -> None:
        self._store = store
        self._run = run
        self._tell = tell
        self.stage = Stage.READING
        self.done = 0
        self.total: int | None = None
        self.set_aside_count = 0
        self._setbacks: list[Setback] = []
        self._skipped: list[Skipped] = []
        self._skipped_count = 0
        self._remarks: list[Remark] = []
        self._late: Remark | None = None
        """On the first capture that came when the store held a later one of its page."""
        self._late_count = 0

    def goes_on(self) -> None:
        """Tells how far the reading is."""
        self._tell(Event("progress", self.stage, self.done, None))

    def skipped(self, item: Skipped) -> None:
        """Notes a file that holds nothing to read."""
        self._skipped_count += 1
        _remember(self._skipped, item)
        self._tell(Event("skipped", self.stage, self.done, None, item.uri, message=item.why))

    def remark(self, item: Remark) -> None:
        """Notes what a person should know of a source."""
        _remember(self._remarks, item)
        self._tell(Event("remark", self.stage, self.done, None, item.uri, message=item.message))

    def set_aside(self, kept: Sequence[Kept], uri: str, stage: str, answer: Answer) -> None:
        """Puts inputs into quarantine, for the reason that the answer gives."""
        reason = answer.reason or Reason.DEFECT
        self._store.set_aside(self._run, kept, stage=stage, reason=reason, message=answer.message, detail=answer.detail)
        if self.stage is Stage.STRUCTURING:
            self.done += len(kept)
        self.setback(uri, reason, answer.message)

    def setback(self, uri: str, reason: Reason, message: str) -> None:
        """Notes an input that is set aside."""
        self.set_aside_count += 1
        _remember(self._setbacks, Setback(uri, reason, message))
        self._tell(Event("quarantined", self.stage, self.done, self.total, uri, outcome=reason, message=message))

    def settled(self, uri: str | None, record_id: str | None, outcome: str | None, message: str | None) -> None:
        """Notes an input that is in its record; the message is on one that came late."""
        self.done += 1
        if message:
            self._late_count += 1
            self._late = self._late or Remark(uri or "", message)
        self._tell(Event("settled", self.stage, self.done, self.total, uri, record_id, outcome, message))

    def summary(self, run: Run, seconds: float, record_ids: Iterable[str], error: BetonyError | None) -> Summary:
        """What the run came to, once it is closed."""
        if self._late:
            others = f" So it is with {self._late_count - 1:,} more." if self._late_count > 1 else ""
            self.remark(replace(self._late, message=f"{self._late.message}.{others} {_HISTORY_ANEW}"))
        return Summary(
            run,
            seconds,
            tuple(dict.fromkeys(record_ids)),
            tuple(self._setbacks),
            tuple(self._skipped),
            self._skipped_count,
            tuple(self._remarks),
            error,
        )


def _remember(named: list[_T], item: _T) -> None:
    """Keeps what a summary names to a length that fits in memory, whatever comes in."""
    if len(named) < _NAMED:
        named.append(item)
