"""Many captures: stored first, grouped by record, structured in supervised processes, and every one accounted for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace

from betony import __version__, publishers, tracing
from betony.arrivals import Arrival, Arrivals
from betony.errors import BetonyError, Reason, StoreError
from betony.shares import Elsewhere, Gathered, Settlement, Share
from betony.sources import Found
from betony.store import Kept, Made, Part, Plan, Run, RunState, Settled, Store
from betony.store.records import Outcome
from betony.timing import Meter, Spent
from betony.tracing import Spans
from betony.work.events import Event, Stage, Summary
from betony.work.intake import BATCH, Intake
from betony.work.jobs import Group, Job, Probe
from betony.work.tally import Tally
from betony.work.version import STRUCTURE, processing
from betony.work.waves import in_waves, late_words
from betony.workers import Answer, Limits, Workers

_TOGETHER = 32  # records written at once: SQLite's index of words takes to many at a time
_TOGETHER_CHARACTERS = 4_000_000  # of their JSON: long ones would fill the memory of a run's own process
_PATIENCE = 0.25  # seconds that a record waits for others to be written with
_SHARE = 100  # records: some seconds of work, and what a machine that dies takes with it
_REPLANS = 20


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


class Ingest:
    """One run, in steps for those who watch over each: gather, then structure in batches, then finish."""

    def __init__(
        self,
        store: Store,
        run: int,
        pool: Workers[Job],
        processing: tuple[str, str, str | None] | None,
        tell: Callable[[Event], None],
        arrivals: Arrivals,
        spans: Spans | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._store = store
        self._run = run
        self._elsewhere = elsewhere
        self._taken_over = False
        self._pool = pool
        self._processing = processing
        self._spans = spans
        self._meter = Meter()
        self._closed = False
        self._started = time.monotonic()
        self._arrivals = arrivals
        self._groups: dict[str, Group] = {}  # those in the works
        self._unchanged: list[str] = []
        self._recalled = False
        self._made: list[tuple[Group, Made]] = []
        """Records that are to be written together."""
        self._made_since = 0.0
        self._tally = Tally(store, run, tell)
        self._intake = Intake(store, run, arrivals, self._meter, self._tally, warms=elsewhere is None)

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
        with Workers[Job](number, limits or Limits(), structure) as pool, closing(Arrivals()) as arrivals:
            job = cls(store, run, pool, version, tell, arrivals, spans, elsewhere)
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
        with Workers[Job](workers, limits or Limits(), structure) as pool, closing(Arrivals()) as arrivals:
            job = cls(store, share.run, pool, version, tell, arrivals)
            job._recalled, job._taken_over, job._tally.stage = share.recalled, True, Stage.STRUCTURING
            groups = [Group(one.key, one.product, [], [list(wave) for wave in one.waves]) for one in share.records]
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
        self._intake.take(found)
        self._tally.stage, self._tally.total, self._tally.done = (
            Stage.STRUCTURING,
            self._tally.done,
            self._tally.set_aside_count,
        )

    def recall(self, record_ids: Iterable[str]) -> None:
        """Takes records of the store instead, each to be made anew of the captures it has."""
        self._recalled = True
        for record_id, places in self._store.recall(record_ids, self._run).items():
            for input_id, address in places:
                self._arrivals.add(record_id, None, Arrival(None, input_id, address))
        self._tally.stage, self._tally.total = Stage.STRUCTURING, len(self._arrivals)

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
        except Exception:  # who tries again makes them anew: what is made, written then too, would count twice
            self._made = []
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
        return self._tally.summary(run, time.monotonic() - self._started, self._arrivals.record_ids(), error)

    def _broken_off(self, error: BaseException) -> None:
        """Closes the run where something ended it that nobody expected, such as an orchestrator's own way to stop it."""
        if not self._closed:
            self.finish(RunState.FAILED if isinstance(error, Exception) else RunState.INTERRUPTED)

    def _ended(self, state: RunState) -> Run:
        with suppress(StoreError):
            return self._store.end_run(self._run, state, self._meter.spent())
        return self._store.run(self._run)  # the store is full or gone read-only: it can still tell what it holds

    def _jobs(self, keys: Iterable[str]) -> Iterator[Job]:
        for key in keys:
            group = self._taken_up(key)
            job = self._planned(group) if group else None
            if job is not None:
                yield job

    def _taken_up(self, key: str) -> Group | None:
        """What is left to do for a record; None where it is done."""
        if key not in self._groups:
            waiting = self._arrivals.waiting(key)
            if waiting is None:
                return None
            product, arrived = waiting
            places, *later = in_waves(arrived)
            self._groups[key] = Group(key, product, places, later)
        return self._groups[key]

    def _planned(self, group: Group) -> Job | None:
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
                return Job(group, plan, captures, reading_anew=reading_anew)
            group.record_id, group.places = plan.record_id, []
            for part, outcome in zip(plan.incoming, self._found_done(group, plan), strict=True):
                if outcome == "unchanged":
                    self._unchanged.append(part.input_id)
                else:
                    self._store.count(self._run, **{outcome: 1})
                self._settled(part, plan, plan.record_id, outcome)
            if len(self._unchanged) >= BATCH:
                self._settle_unchanged()
        self._finished(group.key, group.record_id)
        return None

    def _plan(self, group: Group) -> Plan:
        with self._meter.measuring("plan"):
            return self._store.plan(group.key, group.product, group.places, self._processing)

    def _let_go(self, group: Group, plan: Plan) -> None:
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
            self._tally.done += 1
            self._tally.setback(part.uri if part else address or group.key, Reason.FORGOTTEN, words)
        group.places = [place for place in group.places if place not in gone]

    def _found_done(self, group: Group, plan: Plan) -> tuple[Outcome, ...]:
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
        before = self._tally.done
        for event in settlement.events:
            if event.name == "quarantined":
                self._tally.setback(event.uri or "", Reason(event.outcome or Reason.DEFECT), event.message or "")
            else:
                self._tally.settled(event.uri, event.record, event.outcome, event.message)
        self._tally.done = before + sum(settlement.counts.values())

    def _finished(self, key: str, record_id: str | None) -> None:
        self._arrivals.done(key, record_id)
        self._groups.pop(key, None)

    def _again(self, group: Group) -> None:
        group.replans += 1
        if group.replans > _REPLANS:
            raise StoreError("another process keeps changing the same records", document=self._store.name)
        self._go_on(group)

    def _go_on(self, group: Group) -> None:
        job = self._planned(group)
        if job is not None:
            self._pool.again(job)

    def _settle_unchanged(self) -> None:
        if self._unchanged:
            self._store.settle_unchanged(self._run, self._unchanged)
            self._unchanged = []

    def _answered(self, job: Job, answer: Answer) -> None:
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

    def _read_anew(self, job: Job, answer: Answer) -> None:
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

    def _kept_as_it_was(self, job: Job, answer: Answer) -> None:
        message = f"{answer.message}; its record stays as it was read before"
        kept = [Kept(part.input_id, part.digest) for part in job.plan.incoming]
        uri = answer.document or job.plan.incoming[0].uri
        self._tally.set_aside(kept, uri, "reprocess", replace(answer, message=message))
        job.group.places = []
        self._go_on(job.group)

    def _failed(self, job: Job, answer: Answer) -> None:
        """Finds who is to blame; the others of the group are tried without them."""
        arrived = {part.input_id for part in job.plan.incoming}
        suspects = [part for part in job.plan.wanted if part.input_id in arrived]
        named = [part for part in suspects if answer.document and part.uri == answer.document]
        if len(named) == 1 or len(suspects) == 1:
            self._blamed(job, {(named or suspects)[0].input_id: answer})
        elif not suspects:
            self._blamed(job, dict.fromkeys(arrived, answer))
        else:
            probe = Probe(job, answer, len(suspects))
            captures = dict(zip((part.input_id for part in job.plan.wanted), job.captures, strict=True))
            for part in suspects:
                self._pool.again(Job(job.group, job.plan, (captures[part.input_id],), probe, part.input_id))

    def _probed(self, job: Job, probe: Probe, answer: Answer) -> None:
        probe.pending -= 1
        if answer.record is None and job.input_id:
            probe.culprits[job.input_id] = answer
        if probe.pending == 0:
            everyone = dict.fromkeys((part.input_id for part in job.plan.incoming), probe.answer)
            self._blamed(probe.job, probe.culprits or everyone)

    def _blamed(self, job: Job, culprits: dict[str, Answer]) -> None:
        for part in job.plan.incoming:
            if part.input_id in culprits:
                kept = Kept(part.input_id, part.digest)
                self._tally.set_aside([kept], part.uri, "structure", culprits[part.input_id])
        job.group.places = [place for place in job.group.places if place[0] not in culprits]
        job.group.replans = 0  # nobody was quicker: there is less to do each time
        self._go_on(job.group)

    def _settled(self, part: Part, plan: Plan, record_id: str | None, outcome: str) -> None:
        held = plan.late(part)
        is_news = held is not None and part.first_seen >= self._store.run(self._run).started
        self._tally.settled(
            part.uri, record_id, outcome, late_words(part, held, record_id) if held and is_news else None
        )
