"""From what was found to captures in the store, each noted under its record."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence

from betony import identity
from betony.arrivals import Arrival, Arrivals
from betony.errors import BetonyError, DocumentError, Reason
from betony.model import Capture
from betony.sources import Failure, Found, Remark, Skipped
from betony.store import Forgotten, Kept, Store
from betony.timing import Meter
from betony.work.tally import Tally
from betony.workers import Answer, warm

BATCH = 64
"""Captures that go to the store together."""
_BATCH_BYTES = 4_000_000


class Intake:
    """Makes captures safe in the store before any is read, and notes which record each is of."""

    def __init__(self, store: Store, run: int, arrivals: Arrivals, meter: Meter, tally: Tally, *, warms: bool) -> None:
        self._store = store
        self._run = run
        self._arrivals = arrivals
        self._meter = meter
        self._tally = tally
        self._warms = warms
        """Whether workers of this machine will be wanted."""
        self._forgotten: dict[str, Forgotten] = {}

    def take(self, found: Iterable[Found]) -> None:
        """Makes all that is found safe in the store, batch by batch; what it is of is told by its head."""
        batch: list[Capture] = []
        size = 0
        for item in self._measured(found):
            if isinstance(item, Capture):
                batch.append(item)
                size += len(item.body)
                if len(batch) >= BATCH or size >= _BATCH_BYTES:
                    self._keep(batch)
                    batch, size = [], 0
            else:
                self._note(item)
        self._keep(batch)

    def _measured(self, found: Iterable[Found]) -> Iterator[Found]:
        """Everything found, with the time it takes to find it: to read it from a disk, or to fetch it."""
        sought = iter(found)
        while True:
            with self._meter.measuring("find", 0):
                item = next(sought, None)
            if item is None:
                return
            self._meter.count("find")
            yield item

    def _keep(self, batch: Sequence[Capture]) -> None:
        if not batch:
            return
        if self._warms:
            warm()
        self._forgotten = self._store.forgotten()  # anew each time: a run may last for days
        wanted = [capture for capture in batch if not self._refused_at_once(capture)]
        with self._meter.measuring("keep", len(wanted)):
            places = self._store.keep(wanted, self._run)
        for capture, kept in zip(wanted, places, strict=True):
            self._place(capture, kept)
            self._tally.done += 1
        self._tally.goes_on()

    def _place(self, capture: Capture, kept: Kept) -> None:
        try:
            found = identity.identify(capture)
        except BetonyError as error:
            reason = error.reason if isinstance(error, DocumentError) else Reason.MALFORMED
            self._tally.set_aside(
                [kept], capture.uri, "identity", Answer(None, reason, error.what, detail=error.advice)
            )
        except Exception as error:  # noqa: BLE001 - one page's head must not stop the others
            message = f"betony failed on its head: {type(error).__name__}: {error}"[:500]
            answer = Answer(None, Reason.DEFECT, message, detail=traceback.format_exc())
            self._tally.set_aside([kept], capture.uri, "identity", answer)
        else:
            forgotten = self._forgotten and self._forgotten_as(f"id:{found.record_id}", f"address:{found.url}")
            if forgotten:
                self._store.refuse(self._run, kept, forgotten.words)
                self._tally.setback(capture.uri, Reason.FORGOTTEN, forgotten.words)
                return
            product = found.page.product if found.page else None
            arrival = Arrival(capture.retrieved_at, kept.input_id, found.url or "")
            self._arrivals.add(found.record_id, product, arrival)

    def _refused_at_once(self, capture: Capture) -> bool:
        """Whether the capture's bytes or address are forgotten: then they are not kept."""
        if not self._forgotten:
            return False
        addresses = (f"address:{address}" for address in (capture.url, capture.final_uri))
        found = self._forgotten_as(f"digest:{capture.digest}", *addresses)
        if found:
            self._store.refuse_unread(self._run, capture, found.words)
            self._tally.done += 1
            self._tally.setback(capture.uri, Reason.FORGOTTEN, found.words)
        return found is not None

    def _forgotten_as(self, *names: str) -> Forgotten | None:
        return next((self._forgotten[name] for name in names if name in self._forgotten), None)

    def _note(self, item: Failure | Skipped | Remark) -> None:
        if isinstance(item, Skipped):
            self._tally.skipped(item)
        elif isinstance(item, Remark):
            self._tally.remark(item)
        else:
            message = item.message + (f" ({item.advice})" if item.advice else "")
            capture = item.capture or Capture(item.body, item.uri, item.url)
            self._store.set_aside_unread(
                self._run, capture, reason=item.reason, message=message, digest=item.digest, size=item.size
            )
            self._tally.done += 1
            self._tally.setback(item.uri, item.reason, message)
