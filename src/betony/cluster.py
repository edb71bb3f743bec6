"""Records made on a Dask cluster: a task settles a share of a run on one of its workers; ids go out, counts come back.

A worker takes captures from the store by their ids and writes records there itself, so no content passes the scheduler.
A document is read in a child process within the usual limits, there as here. When a worker dies, Dask hands its share
to another; what was written is found done, and the run counts a share once, when its answer comes.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import current_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from betony import __version__, work
from betony.errors import BetonyError, StoreError, UsageError
from betony.settings import Settings
from betony.shares import Elsewhere, Happened, Settlement, Share
from betony.store import Store
from betony.work.events import Event
from betony.work.version import STRUCTURE, processing
from betony.workers import Limits

if TYPE_CHECKING:
    from distributed import Client, Future

_AHEAD = 2  # shares in flight for each thread of the cluster: one that is worked on, one that waits
_PATIENCE = 300.0  # seconds without any worker before a run gives up
_CONNECT = 10.0  # seconds for a scheduler to answer
_START = "dask scheduler --host 127.0.0.1 --no-dashboard; dask worker ADDRESS --no-nanny --no-dashboard --nthreads 1"


@dataclass(frozen=True, slots=True)
class Order:
    """What every worker of a run must know."""

    store: str
    """Path or address; a path is absolute."""
    host: str | None
    """Of a store in a file, the one machine whose processes may share it."""
    structure: str
    processing: tuple[str, str, str | None] | None
    """The version that the run goes by; a worker of another refuses."""
    limits: Limits


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a worker did not settle a share, where no other would."""

    what: str
    document: str | None
    advice: str
    of_store: bool


@contextmanager
def chosen(settings: Settings) -> Iterator[Elsewhere | None]:
    """The cluster that the settings name, for as long as the block lasts; None where records are made here."""
    if settings.runner == "dask":
        with connected(settings.scheduler or "", settings.store) as cluster:
            yield cluster
    else:
        yield None


@contextmanager
def connected(
    scheduler: str, store: str, *, structure: str = STRUCTURE, limits: Limits | None = None
) -> Iterator[Cluster]:
    """A cluster by the address of its scheduler. UsageError where the extra is missing or nothing answers there."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise UsageError("the runner dask needs betony's part for it", advice="pip install 'betony[dask]'") from error
    in_file = "://" not in store or store.startswith("sqlite:///")
    place = str(Path(store.removeprefix("sqlite:///")).absolute()) if in_file else store
    host = socket.gethostname() if in_file else None
    order = Order(place, host, structure, processing(structure), limits or Limits())
    try:
        client = Client(scheduler, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:  # a time-out is an OSError
        what = "no Dask scheduler answers"
        raise UsageError(what, document=scheduler, advice=f"start one and its workers: {_START}") from error
    with client:
        yield Cluster(client, order)


class Cluster:
    """Settles shares on the workers of a Dask cluster."""

    def __init__(self, client: Client, order: Order) -> None:
        self._client = client
        self._order = order

    def settle(self, shares: Iterator[Share]) -> Iterator[Settlement]:
        """Each share's settlement, as they come. No more are in flight than keep the workers busy, so what this process
        holds does not grow with the corpus; workers may come and go meanwhile."""
        running: set[Future[Any]] = set()
        try:
            drawn = iter(shares)
            while True:
                for share in self._as_many_as_fit(drawn, running):
                    running.add(self._client.submit(settle, self._order, share, pure=False))
                if not running:
                    return
                for future in self._ended(running):
                    running.remove(future)
                    yield _answer_of(future)
        finally:
            self._client.cancel(list(running))

    def _as_many_as_fit(self, shares: Iterator[Share], running: set[Future[Any]]) -> Iterator[Share]:
        room = _AHEAD * max(1, sum(self._client.nthreads().values())) - len(running)
        for _ in range(room):
            share = next(shares, None)
            if share is None:
                return
            yield share

    def _ended(self, running: set[Future[Any]]) -> set[Future[Any]]:
        from distributed import wait  # noqa: PLC0415 - an extra

        while True:
            try:
                with self._client.as_current():
                    return set(wait(running, timeout=_PATIENCE, return_when="FIRST_COMPLETED").done)
            except TimeoutError:  # long documents take their time; that nobody is there to read them is another matter
                if not self._client.nthreads():
                    advice = f"start some, and the same call again does the rest: {_START}"
                    raise BetonyError("the Dask scheduler has no worker", advice=advice) from None


def _answer_of(future: Future[Any]) -> Settlement:
    error = future.exception() if future.status == "error" else None
    if error is not None:
        what = f"a Dask worker failed: {type(error).__name__}: {error}"
        advice = f"see that its machine has memory and betony {__version__} with what this one has; the same call again does the rest"
        raise BetonyError(what[:500], advice=advice) from error
    if future.status != "finished":
        raise BetonyError("the Dask scheduler let go of the run's tasks", advice="the same call again does the rest")
    answer = future.result()
    if isinstance(answer, Refused):
        kind = StoreError if answer.of_store else BetonyError
        raise kind(answer.what, document=answer.document, advice=answer.advice)
    return answer  # type: ignore[no-any-return] # what `settle` gives


def settle(order: Order, share: Share) -> Settlement | Refused:
    """The task: settles a share where it runs, again and again to the same end."""
    try:
        _fit_for(order)
        with Store.open(order.store) as store:
            counts = store.count_apart()
            events: list[Event] = []
            records, spent = work.Ingest.take_over(
                store, share, limits=order.limits, on_event=events.append, structure=order.structure
            )
    except BetonyError as error:
        return Refused(error.what, error.document, error.advice, isinstance(error, StoreError))
    happened = (
        Happened(event.name, event.uri, event.record, event.outcome, event.message)
        for event in events
        if event.name in ("settled", "quarantined")
    )
    return Settlement(dict(counts), records, tuple(happened), spent)


def _fit_for(order: Order) -> None:
    if current_process().daemon:
        raise BetonyError(
            "the Dask workers may not start the processes that documents are read in",
            advice="start them with --no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment",
        )
    if order.host is not None and order.host != socket.gethostname():
        raise UsageError(
            f"a store in a file is for the processes of one machine, and a Dask worker runs on {socket.gethostname()}",
            document=order.store,
            advice="keep the records in PostgreSQL: --store postgresql://user@host/database",
        )
    ours = processing(order.structure)
    if ours != order.processing:
        raise BetonyError(
            f"a Dask worker reads by other rules than this process: {ours}, not {order.processing}",
            advice="install the same betony on all machines of the cluster",
        )
