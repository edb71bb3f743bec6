"""Many captures: stored first, grouped by record, structured in supervised processes, and every one accounted for."""

from __future__ import annotations

import importlib
import os
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from betony import __version__, identity, publishers, ruleset, tracing
from betony.arrivals import Arrival, Arrivals
from betony.errors import BetonyError, DocumentError, Reason, StoreError
from betony.model import Capture
from betony.shares import Elsewhere, Gathered, Settlement, Share
from betony.sources import Failure, Found, Remark, Skipped
from betony.store import Forgotten, Kept, Made, Part, Plan, Run, RunState, Settled, Store, moment
from betony.store.records import Outcome
from betony.timing import Meter, Spent
from betony.tracing import Spans
from betony.workers import Answer, Limits, Workers, warm

STRUCTURE = "betony.pipeline:structure"
_BATCH = 64
_BATCH_BYTES = 4_000_000
_TOGETHER = 16  # records written at once: SQLite's index of words takes to many at a time
_TOGETHER_CHARACTERS = 4_000_000  # of their JSON: long ones would fill the memory of a run's own process
_PATIENCE = 0.25  # seconds that a record waits for others to be written with
_SHARE = 100  # records: some seconds of work, and what a machine that dies takes with it
_NAMED = 1_000  # failures and skipped files that a summary names; the store has every failure
_REPLANS = 20
_T = TypeVar("_T")


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


def ingest(
    found: Iterable[Found],
    store: Store,
    *,
    workers: int | None = None,
    limits: Limits | None = None,
    on_event: Callable[[Event], None] | None = None,
    structure: str = STRUCTURE,
    command: str = "ingest",
    reference: str | None = None,
    elsewhere: Elsewhere | None = None,
) -> Summary:
    """Turns everything found into records of the store.

    Every capture is safe in the store before any is parsed. What fails is set aside with its bytes and the reason,
    and the rest goes on: in = new + changed + unchanged + quarantined. Ctrl-C ends the run; what is done is kept, and
    the same call again does the rest.
    """
    with Ingest.begun(
        store,
        workers=workers,
        limits=limits,
        on_event=on_event,
        structure=structure,
        command=command,
        reference=reference,
        elsewhere=elsewhere,
    ) as job:
        return job.all(found)


@dataclass(slots=True)
class _Group:
    """The inputs of one record, as (input id, address) in order of ingest."""

    key: str
    product: str | None
    places: list[tuple[str, str]] = field(default_factory=list)
    """What joins the record next."""
    later: list[list[tuple[str, str]]] = field(default_factory=list)
    """Newer captures of the same pages, which join one after the other: each may make a version."""
    record_id: str | None = None
    """Where it ended up."""
    replans: int = 0
    read_anew: bool = False
    """Whether what the store holds of it was read by today's rules in this run, or could not be."""
    made: list[Outcome] | None = None
    """What this run had made of it before this process took it up; None until that is asked."""


@dataclass(eq=False, slots=True)
class _Probe:
    """Tries each new page of a record by itself, to find the one that brings down the whole."""

    job: _Job
    answer: Answer
    pending: int
    culprits: dict[str, Answer] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class _Job:
    """Captures for a worker, and what they are for."""

    group: _Group
    plan: Plan
    captures: tuple[Capture, ...]
    probe: _Probe | None = None
    input_id: str | None = None
    """Of a probe, the one input that is tried."""
    reading_anew: bool = False
    """Whether it only brings the stored record to today's rules, before new captures join."""


class Ingest:
    """One run, in steps for those who watch over each: gather, then structure in batches, then finish."""

    def __init__(
        self,
        store: Store,
        run: int,
        pool: Workers[_Job],
        processing: tuple[str, str, str | None] | None,
        tell: Callable[[Event], None],
        arrivals: Arrivals,
        spans: Spans | None = None,
    ) -> None:
        self._store = store
        self._run = run
        self._elsewhere: Elsewhere | None = None
        self._taken_over = False
        self._pool = pool
        self._processing = processing
        self._tell = tell
        self._spans = spans
        self._meter = Meter()
        self._closed = False
        self._started = time.monotonic()
        self._arrivals = arrivals
        self._groups: dict[str, _Group] = {}  # those in the works
        self._unchanged: list[str] = []
        self._setbacks: list[Setback] = []
        self._skipped: list[Skipped] = []
        self._skipped_count = 0
        self._set_aside_count = 0
        self._remarks: list[Remark] = []
        self._stage = Stage.READING
        self._done = 0
        self._total: int | None = None
        self._recalled = False
        self._made: list[tuple[_Group, Made]] = []
        """Records that are to be written together."""
        self._made_since = 0.0
        self._forgotten: dict[str, Forgotten] = {}
        self._late: Remark | None = None
        """On the first capture that came when the store held a later one of its page."""
        self._late_count = 0

    @classmethod
    @contextmanager
    def begun(
        cls,
        store: Store,
        *,
        workers: int | None = None,
        limits: Limits | None = None,
        on_event: Callable[[Event], None] | None = None,
        structure: str = STRUCTURE,
        command: str = "ingest",
        reference: str | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> Iterator[Ingest]:
        """A run that has begun, with its workers; they end with the block, whatever happens in it.

        `reference` is what an orchestrator calls the run, where one started it. With `elsewhere` the run has no workers
        of its own: records are structured there.
        """
        version = processing(structure)
        publishers.every()  # a mistake in a package's own would set aside one document after the other
        run = store.begin_run(command, reference)
        tell = on_event or (lambda _: None)
        tell(Event("began", Stage.READING, 0, None, message=command, run=run))
        spans = tracing.begin(__version__, "betony.run", {"run": run, "command": command, "store": store.name})
        number = workers or min(os.cpu_count() or 1, 4)
        with Workers[_Job](number, limits or Limits(), structure) as pool, closing(Arrivals()) as arrivals:
            job = cls(store, run, pool, version, tell, arrivals, spans)
            job._elsewhere = elsewhere
            try:
                yield job
            except BaseException as error:
                job._broken_off(error)
                raise

    @classmethod
    def take_over(
        cls,
        store: Store,
        share: Share,
        *,
        workers: int = 1,
        limits: Limits | None = None,
        on_event: Callable[[Event], None] | None = None,
        structure: str = STRUCTURE,
    ) -> tuple[tuple[tuple[str, str | None], ...], tuple[Spent, ...]]:
        """Settles a share of a run that another process has begun and will end; each key and the record it led to, and
        what each stage took.

        What an earlier try at the share has done, whose process died before it could answer, counts as what it made.
        """
        version, tell = processing(structure), on_event or (lambda _: None)
        with Workers[_Job](workers, limits or Limits(), structure) as pool, closing(Arrivals()) as arrivals:
            job = cls(store, share.run, pool, version, tell, arrivals)
            job._recalled, job._taken_over, job._stage = share.recalled, True, Stage.STRUCTURING
            groups = [_Group(one.key, one.product, [], [list(wave) for wave in one.waves]) for one in share.records]
            job._groups = {group.key: group for group in groups}
            job.structure(list(job._groups))
            return tuple((group.key, group.record_id) for group in groups), job._meter.spent()

    def all(self, found: Iterable[Found]) -> Summary:
        """Every step, one after the other."""
        return self.through(lambda: self.gather(found))

    def through(self, begin: Callable[[], None]) -> Summary:
        """Every step, the first of them as given; however it ends, the run is closed."""
        state, error = RunState.FAILED, None
        try:
            begin()
            self.structure(self.keys)
            state = RunState.FINISHED
        except KeyboardInterrupt:
            state = RunState.INTERRUPTED
        except BetonyError as stopped:
            error = stopped
        return self.finish(state, error)

    def gather(self, found: Iterable[Found]) -> None:
        """Makes everything found safe in the store, and groups it by record."""
        self._spool(found)
        self._stage, self._total, self._done = Stage.STRUCTURING, self._done, self._set_aside_count

    def recall(self, record_ids: Iterable[str]) -> None:
        """Takes records of the store instead, each to be made anew of the captures it has."""
        self._recalled = True
        for record_id, places in self._store.recall(record_ids, self._run).items():
            for input_id, address in places:
                self._arrivals.add(record_id, None, Arrival(None, input_id, address))
        self._stage, self._total = Stage.STRUCTURING, len(self._arrivals)

    @property
    def store(self) -> Store:
        """The store that the run works on."""
        return self._store

    @property
    def processing(self) -> tuple[str, str, str | None] | None:
        """The version (pipeline, ruleset, model) that does the work; None where it does not say."""
        return self._processing

    @property
    def keys(self) -> list[str]:
        """What there is to structure: one key a record, in order of input."""
        return list(self._arrivals.keys())

    def structure(self, keys: Iterable[str]) -> None:
        """Structures the records of these keys and writes them; again for the same keys changes nothing."""
        if self._elsewhere is not None:
            for settlement in self._elsewhere.settle(self._shares(keys)):
                self._settled_elsewhere(settlement)
            return
        try:
            for job, answer in self._pool.run(self._jobs(keys), lull=self._lull):
                self._answered(job, answer)
        except Exception:
            self._made = []  # who tries again makes them anew: written then too, they would count twice
            raise
        except BaseException:  # the run is stopped: what is made is kept
            self._write()
            raise
        self._settle_unchanged()

    def finish(self, state: RunState = RunState.FINISHED, error: BetonyError | None = None) -> Summary:
        """Closes the run and says what it came to."""
        self._closed = True
        run = self._ended(state)
        if self._spans:
            counts = {name: getattr(run, name) for name in ("inputs", "new", "changed", "unchanged", "quarantined")}
            self._spans.end({"state": run.state, **counts}, failure=str(error) if error else None)
        if state is RunState.FINISHED and run.balance != 0:
            error = BetonyError(f"the counts do not add up: {run.balance} of {run.inputs} inputs are unaccounted for")
        if self._late:
            others = f" So it is with {self._late_count - 1:,} more." if self._late_count > 1 else ""
            self._note(replace(self._late, message=f"{self._late.message}.{others} {_HISTORY_ANEW}"))
        records = dict.fromkeys(self._arrivals.record_ids())
        return Summary(
            run,
            time.monotonic() - self._started,
            tuple(records),
            tuple(self._setbacks),
            tuple(self._skipped),
            self._skipped_count,
            tuple(self._remarks),
            error,
        )

    def _broken_off(self, error: BaseException) -> None:
        """Closes the run where something ended it that nobody expected, such as an orchestrator's own way to stop it."""
        if not self._closed:
            self.finish(RunState.FAILED if isinstance(error, Exception) else RunState.INTERRUPTED)

    def _ended(self, state: RunState) -> Run:
        with suppress(StoreError):
            return self._store.end_run(self._run, state, self._meter.spent())
        return self._store.run(self._run)  # the store is full or gone read-only: it can still tell what it holds

    # Reading

    def _spool(self, found: Iterable[Found]) -> None:
        batch: list[Capture] = []
        size = 0
        for item in self._measured(found):
            if isinstance(item, Capture):
                batch.append(item)
                size += len(item.body)
                if len(batch) >= _BATCH or size >= _BATCH_BYTES:
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
        if self._elsewhere is None:
            warm()
        self._forgotten = self._store.forgotten()  # anew each time: a run may last for days
        wanted = [capture for capture in batch if not self._refused_at_once(capture)]
        with self._meter.measuring("keep", len(wanted)):
            places = self._store.keep(wanted, self._run)
        for capture, kept in zip(wanted, places, strict=True):
            self._place(capture, kept)
            self._done += 1
        self._tell(Event("progress", self._stage, self._done, None))

    def _place(self, capture: Capture, kept: Kept) -> None:
        try:
            found = identity.identify(capture)
        except BetonyError as error:
            reason = error.reason if isinstance(error, DocumentError) else Reason.MALFORMED
            self._set_aside([kept], capture.uri, "identity", Answer(None, reason, error.what, detail=error.advice))
        except Exception as error:  # noqa: BLE001 - one page's head must not stop the others
            message = f"betony failed on its head: {type(error).__name__}: {error}"[:500]
            answer = Answer(None, Reason.DEFECT, message, detail=traceback.format_exc())
            self._set_aside([kept], capture.uri, "identity", answer)
        else:
            forgotten = self._forgotten and self._forgotten_as(f"id:{found.record_id}", f"address:{found.url}")
            if forgotten:
                self._store.refuse(self._run, kept, forgotten.words)
                self._setback(capture.uri, Reason.FORGOTTEN, forgotten.words)
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
            self._done += 1
            self._setback(capture.uri, Reason.FORGOTTEN, found.words)
        return found is not None

    def _forgotten_as(self, *names: str) -> Forgotten | None:
        return next((self._forgotten[name] for name in names if name in self._forgotten), None)

    def _note(self, item: Failure | Skipped | Remark) -> None:
        if isinstance(item, Skipped):
            self._skipped_count += 1
            _remember(self._skipped, item)
            self._tell(Event("skipped", self._stage, self._done, None, item.uri, message=item.why))
        elif isinstance(item, Remark):
            _remember(self._remarks, item)
            self._tell(Event("remark", self._stage, self._done, None, item.uri, message=item.message))
        else:
            message = item.message + (f" ({item.advice})" if item.advice else "")
            capture = item.capture or Capture(item.body, item.uri, item.url)
            self._store.set_aside_unread(
                self._run, capture, reason=item.reason, message=message, digest=item.digest, size=item.size
            )
            self._done += 1
            self._setback(item.uri, item.reason, message)

    # Structuring

    def _jobs(self, keys: Iterable[str]) -> Iterator[_Job]:
        for key in keys:
            group = self._taken_up(key)
            job = self._planned(group) if group else None
            if job is not None:
                yield job

    def _taken_up(self, key: str) -> _Group | None:
        """What is left to do for a record; None where it is done."""
        if key not in self._groups:
            waiting = self._arrivals.waiting(key)
            if waiting is None:
                return None
            product, arrived = waiting
            places, *later = in_waves(arrived)
            self._groups[key] = _Group(key, product, places, later)
        return self._groups[key]

    def _planned(self, group: _Group) -> _Job | None:
        """What is to be done for the group next; None where nothing is, or all is done and counted."""
        while group.places or group.later:
            if not group.places:
                group.places = group.later.pop(0)
            plan = planned = self._plan(group)
            if plan.forgotten or len(plan.incoming) < len(group.places):
                self._let_go(group, plan)
                continue
            if not plan.up_to_date:
                reading_anew = plan.read_otherwise and not group.read_anew
                if reading_anew:  # else what the rules changed would pass for what the publisher did
                    plan = plan.of_current()
                try:
                    captures = tuple(self._store.load(part.input_id for part in plan.wanted))
                except StoreError:
                    if self._plan(group) == planned:
                        raise
                    continue  # purged just now, for someone had the record forgotten
                return _Job(group, plan, captures, reading_anew=reading_anew)
            group.record_id, group.places = plan.record_id, []
            for part, outcome in zip(plan.incoming, self._found_done(group, plan), strict=True):
                if outcome == "unchanged":
                    self._unchanged.append(part.input_id)
                else:
                    self._store.count(self._run, **{outcome: 1})
                self._settled(part, plan, plan.record_id, outcome)
            if len(self._unchanged) >= _BATCH:
                self._settle_unchanged()
        self._finished(group.key, group.record_id)
        return None

    def _plan(self, group: _Group) -> Plan:
        with self._meter.measuring("plan"):
            return self._store.plan(group.key, group.product, group.places, self._processing)

    def _let_go(self, group: _Group, plan: Plan) -> None:
        """Counts what was purged, or is refused, since it came: someone has the record forgotten, or old captures
        pruned, while the run goes on."""
        there = {part.input_id: part for part in plan.incoming}
        gone = [place for place in group.places if plan.forgotten or place[0] not in there]
        words = plan.forgotten.words if plan.forgotten else "was purged from the store while the run went on"
        for input_id, address in gone:
            part = there.get(input_id)
            if part:
                self._store.refuse(self._run, Kept(input_id, part.digest), words)
            else:
                self._store.count(self._run, quarantined=1)
            self._done += 1
            self._setback(part.uri if part else address or group.key, Reason.FORGOTTEN, words)
        group.places = [place for place in group.places if place not in gone]

    def _found_done(self, group: _Group, plan: Plan) -> tuple[Outcome, ...]:
        """What became of each input of a record that is up to date: made by an earlier try at this share, else
        unchanged."""
        if group.made is None:
            group.made = self._store.made(self._run, plan.record_id or "") if self._taken_over else []
        outcome = group.made.pop(0) if group.made else "unchanged"
        return plan.found_done(outcome)

    def _shares(self, keys: Iterable[str]) -> Iterator[Share]:
        records: list[Gathered] = []
        for key in keys:
            group = self._taken_up(key)
            if group is not None:
                waves = tuple(tuple(wave) for wave in (group.places, *group.later))
                records.append(Gathered(key, group.product, waves))
            if len(records) >= _SHARE:
                yield Share(self._run, self._recalled, tuple(records))
                records = []
        if records:
            yield Share(self._run, self._recalled, tuple(records))

    def _settled_elsewhere(self, settlement: Settlement) -> None:
        self._store.count(self._run, **settlement.counts)
        self._meter.add_up(settlement.spent)
        for key, record_id in settlement.records:
            self._finished(key, record_id)
        before = self._done
        for event in settlement.events:
            if event.name == "quarantined":
                self._setback(event.uri or "", Reason(event.outcome or Reason.DEFECT), event.message or "")
            else:
                self._tell_settled(event.uri, event.record, event.outcome, event.message)
        self._done = before + sum(settlement.counts.values())

    def _finished(self, key: str, record_id: str | None) -> None:
        self._arrivals.done(key, record_id)
        self._groups.pop(key, None)

    def _again(self, group: _Group) -> None:
        group.replans += 1
        if group.replans > _REPLANS:
            raise StoreError("another process keeps changing the same records", document=self._store.name)
        self._go_on(group)

    def _go_on(self, group: _Group) -> None:
        job = self._planned(group)
        if job is not None:
            self._pool.again(job)

    def _settle_unchanged(self) -> None:
        if self._unchanged:
            self._store.settle_unchanged(self._run, self._unchanged)
            self._unchanged = []

    def _answered(self, job: _Job, answer: Answer) -> None:
        self._meter.add(answer.timings)
        if self._spans:
            self._spans.record(answer.timings, {"record": job.group.key}, failure=answer.message or None)
        if job.reading_anew:
            self._read_anew(job, answer)
        elif job.probe is not None:
            self._probed(job, job.probe, answer)
        elif answer.record is None and self._recalled:
            self._kept_as_it_was(job, answer)
        elif answer.record is None:
            self._failed(job, answer)
        else:
            if not self._made:
                self._made_since = time.monotonic()
            self._made.append((job.group, Made(job.plan, answer.record.decode())))
            characters = sum(len(made.written) for _, made in self._made)
            if len(self._made) >= _TOGETHER or characters > _TOGETHER_CHARACTERS:
                self._write()

    def _lull(self) -> None:
        """Writes what is made once some has come together, or nothing more comes."""
        if self._pool.idle or time.monotonic() - self._made_since > _PATIENCE:
            self._write()

    def _write(self) -> None:
        """Writes what is made and not yet written."""
        made, self._made = self._made, []
        for (group, one), settled in zip(made, self._commit([one for _, one in made]), strict=True):
            if settled is None:
                self._again(group)
                continue
            group.record_id, group.places, group.replans = settled.record_id, [], 0
            group.made = []
            for part, outcome in zip(one.plan.incoming, settled.per_input, strict=True):
                self._settled(part, one.plan, settled.record_id, outcome)
            self._go_on(group)

    def _read_anew(self, job: _Job, answer: Answer) -> None:
        """Brings the stored record to today's rules, then goes on to what came; one that today's rules cannot read
        stays as it is."""
        settled: list[Settled | None] = []
        if answer.record is not None:
            settled = self._commit([Made(job.plan, answer.record.decode())])
        if None not in settled:  # else another process was quicker: planned again
            job.group.read_anew, job.group.made = True, []
        self._again(job.group)

    def _commit(self, made: Sequence[Made]) -> list[Settled | None]:
        if not made:
            return []
        with self._meter.measuring("write", len(made)):
            return self._store.commit_all(self._run, made)

    def _kept_as_it_was(self, job: _Job, answer: Answer) -> None:
        message = f"{answer.message}; its record stays as it was read before"
        kept = [Kept(part.input_id, part.digest) for part in job.plan.incoming]
        uri = answer.document or job.plan.incoming[0].uri
        self._set_aside(kept, uri, "reprocess", replace(answer, message=message))
        job.group.places = []
        self._go_on(job.group)

    def _failed(self, job: _Job, answer: Answer) -> None:
        """Finds who is to blame; the others of the group are tried without them."""
        arrived = {part.input_id for part in job.plan.incoming}
        suspects = [part for part in job.plan.wanted if part.input_id in arrived]
        named = [part for part in suspects if answer.document and part.uri == answer.document]
        if len(named) == 1 or len(suspects) == 1:
            self._blamed(job, {(named or suspects)[0].input_id: answer})
        elif not suspects:
            self._blamed(job, dict.fromkeys(arrived, answer))
        else:
            probe = _Probe(job, answer, len(suspects))
            captures = dict(zip((part.input_id for part in job.plan.wanted), job.captures, strict=True))
            for part in suspects:
                self._pool.again(_Job(job.group, job.plan, (captures[part.input_id],), probe, part.input_id))

    def _probed(self, job: _Job, probe: _Probe, answer: Answer) -> None:
        probe.pending -= 1
        if answer.record is None and job.input_id:
            probe.culprits[job.input_id] = answer
        if probe.pending == 0:
            everyone = dict.fromkeys((part.input_id for part in job.plan.incoming), probe.answer)
            self._blamed(probe.job, probe.culprits or everyone)

    def _blamed(self, job: _Job, culprits: dict[str, Answer]) -> None:
        for part in job.plan.incoming:
            if part.input_id in culprits:
                kept = Kept(part.input_id, part.digest)
                self._set_aside([kept], part.uri, "structure", culprits[part.input_id])
        job.group.places = [place for place in job.group.places if place[0] not in culprits]
        job.group.replans = 0  # nobody was quicker: there is less to do each time
        self._go_on(job.group)

    def _set_aside(self, kept: Sequence[Kept], uri: str, stage: str, answer: Answer) -> None:
        reason = answer.reason or Reason.DEFECT
        self._store.set_aside(self._run, kept, stage=stage, reason=reason, message=answer.message, detail=answer.detail)
        if self._stage is Stage.STRUCTURING:
            self._done += len(kept)
        self._setback(uri, reason, answer.message)

    def _setback(self, uri: str, reason: Reason, message: str) -> None:
        self._set_aside_count += 1
        _remember(self._setbacks, Setback(uri, reason, message))
        event = Event("quarantined", self._stage, self._done, self._total, uri, outcome=reason, message=message)
        self._tell(event)

    def _settled(self, part: Part, plan: Plan, record_id: str | None, outcome: str) -> None:
        held = plan.late(part)
        is_news = held is not None and part.first_seen >= self._store.run(self._run).started
        self._tell_settled(part.uri, record_id, outcome, _late(part, held, record_id) if held and is_news else None)

    def _tell_settled(self, uri: str | None, record_id: str | None, outcome: str | None, message: str | None) -> None:
        self._done += 1
        if message:
            self._late_count += 1
            self._late = self._late or Remark(uri or "", message)
        self._tell(Event("settled", self._stage, self._done, self._total, uri, record_id, outcome, message))


def in_waves(arrived: Sequence[Arrival]) -> list[list[tuple[str, str]]]:
    """The captures of one record as they joined it: oldest first, a new wave wherever a page comes again.

    What nobody dated comes last, in order of ingest.
    """
    dated = [(when, one.place) for one in arrived if one.retrieved_at and (when := moment(one.retrieved_at))]
    known = {place for _, place in dated}
    waves: list[list[tuple[str, str]]] = [[]]
    held: dict[str, str] = {}
    for when, place in sorted(dated, key=lambda arrival: arrival[0]):
        if held.get(place[1], when) != when:
            waves.append([])
            held = {}
        waves[-1].append(place)
        held[place[1]] = when
    waves[-1] += [one.place for one in arrived if one.place not in known]
    return waves


_HISTORY_ANEW = (
    "For histories with all that is kept: betony export warc all.warc.gz, and betony ingest that into a new store."
)


def _late(part: Part, held: Part, record_id: str | None) -> str:
    return (
        f"captured at {part.retrieved_at}, before what {record_id} held of its page already (of {held.retrieved_at}): "
        "kept, but no version in its history"
    )


def _remember(named: list[_T], item: _T) -> None:
    """Keeps what a summary names to a length that fits in memory, whatever comes in."""
    if len(named) < _NAMED:
        named.append(item)


def processing(structure: str) -> tuple[str, str, str | None] | None:
    """The version that would do the work now, to tell what it has done already; None where it does not say."""
    if structure == STRUCTURE:
        return __version__, ruleset.digest(), ruleset.model()  # what reads documents is for the workers to import
    module = importlib.import_module(structure.partition(":")[0])
    tell = getattr(module, "processing", None)
    if tell is None:
        return None
    made = tell()
    return made.pipeline, made.ruleset, made.model
