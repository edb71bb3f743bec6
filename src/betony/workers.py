"""Supervised child processes: jobs in, answers out, and a verdict on every job whose process did not survive it."""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic, Protocol, TypeVar

from betony.errors import BetonyError, Reason
from betony.model import Capture
from betony.timing import Timing


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take."""

    memory: int = 2 * 1024**3
    """Bytes of address space of a worker."""
    seconds: float = 30.0
    """Wall clock for a small document; its processor time is held to the same."""
    seconds_per_megabyte: float = 10.0
    """What is added for long ones."""
    start: float = 120.0
    """Wall clock for a worker to be ready."""

    def of(self, captures: tuple[Capture, ...]) -> float:
        """Seconds for these captures."""
        return self.seconds + self.seconds_per_megabyte * sum(len(capture.body) for capture in captures) / 1e6


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a job: a record as JSON, or the reason why there is none."""

    record: bytes | None
    reason: Reason | None = None
    message: str = ""
    document: str | None = None
    """The one capture, by its uri, that is to blame, where that is known."""
    detail: str = ""
    timings: tuple[Timing, ...] = ()
    """The stages that the worker went through; none where it did not survive them."""


class Job(Protocol):
    """What a worker is handed."""

    @property
    def captures(self) -> tuple[Capture, ...]:
        """The captures of one record."""


_BATCH = 4  # jobs handed out at once, and held in hand: so that a child need not wait while the parent writes
_BATCH_BYTES = 1_000_000
_RECYCLE = 500  # jobs; spaCy's table of strings grows with every new word
_TICK = 0.1  # seconds between looks at memory and clock
_STARTS = 3  # children that may die before they are ready before the whole run is given up

JobT = TypeVar("JobT", bound=Job)


@dataclass(eq=False)
class _Child(Generic[JobT]):
    """One process, and the jobs it holds: the first of them is the one it is at."""

    process: BaseProcess
    connection: Connection
    deadline: float
    ready: bool = False
    jobs: deque[JobT] = field(default_factory=deque)
    done: int = 0
    most_memory: int = 0

    @property
    def idle(self) -> bool:
        return self.ready and not self.jobs

    @property
    def wants_more(self) -> bool:
        """It holds few jobs, and is not to be replaced after them."""
        return self.ready and len(self.jobs) <= _BATCH and self.done + len(self.jobs) < _RECYCLE


class Workers(Generic[JobT]):
    """A few processes that structure what they are handed; each is replaced when it dies or hangs.

    Every child has a pipe of its own and no lock is shared, so a dead one can hold up nobody. Jobs go out in small
    batches, the next before the last is done, and answers come back one by one: when a child dies, the job it was at is
    known, and the others that it held go to the next child.
    """

    def __init__(self, number: int, limits: Limits, structure: str) -> None:
        self._number = number
        self._limits = limits
        self._structure = structure
        self._context = _context()
        self._children: list[_Child[JobT]] = []
        self._waiting: deque[JobT] = deque()
        self._alone: set[int] = set()  # jobs, by id(), on their second try: by themselves, in a fresh process
        self._failed_starts = 0
        self._looked = 0.0

    def __enter__(self) -> Workers[JobT]:
        return self

    def __exit__(self, *_: object) -> None:
        for child in list(self._children):
            self._stop(child)

    def again(self, job: JobT) -> None:
        """Hands out one more job, before the rest."""
        self._waiting.append(job)

    def run(self, jobs: Iterator[JobT], *, lull: Callable[[], None] | None = None) -> Iterator[tuple[JobT, Answer]]:
        """Every job with its answer, as they come. Jobs are drawn only when there is a process for them.

        `lull` is called where there is nothing to do but wait, some ten times a second at least, and before the end; it
        may hand out more.
        """
        self._forget()
        warm()
        while True:
            self._hand_out(jobs)
            if lull is not None:
                lull()
                self._hand_out(jobs)
            if self.idle:
                return
            yield from self._listen()

    @property
    def idle(self) -> bool:
        """Whether no job waits and none is worked on."""
        return not self._waiting and not any(child.jobs for child in self._children)

    def _forget(self) -> None:
        """Drops what an earlier call left behind when its caller broke it off."""
        self._waiting.clear()
        self._alone.clear()
        for child in [child for child in self._children if child.jobs]:
            self._stop(child)

    def _hand_out(self, jobs: Iterator[JobT]) -> None:
        while self._draw(jobs):
            alone = id(self._waiting[0]) in self._alone
            child = self._idle(fresh=alone) or (None if alone else self._nearly_done())
            if child is None:
                starting = sum(not child.ready for child in self._children)
                if len(self._children) < self._number and starting < len(self._waiting):
                    self._start()
                return
            batch = [self._waiting.popleft()] if alone else self._batch()
            if child.idle:
                child.deadline = time.monotonic() + self._limits.of(batch[0].captures)
            child.jobs.extend(batch)
            message = [(job.captures, self._limits.of(job.captures)) for job in batch]
            with suppress(BrokenPipeError, ConnectionResetError):  # it died: listening will tell
                child.connection.send(message)

    def _draw(self, jobs: Iterator[JobT]) -> bool:
        """Whether anything is waiting, once as much as one batch was drawn."""
        while len(self._waiting) < _BATCH and _bytes_of(self._waiting) < _BATCH_BYTES:
            wanted = any(child.idle or child.wants_more for child in self._children)
            if not wanted and len(self._children) >= self._number:
                break
            job = next(jobs, None)
            if job is None:
                break
            self._waiting.append(job)
        return bool(self._waiting)

    def _batch(self) -> list[JobT]:
        share = max(1, min(_BATCH, len(self._waiting) // self._number))
        batch = [self._waiting.popleft()]
        while (
            self._waiting
            and len(batch) < share
            and id(self._waiting[0]) not in self._alone
            and _bytes_of([*batch, self._waiting[0]]) <= _BATCH_BYTES
        ):
            batch.append(self._waiting.popleft())
        return batch

    def _idle(self, *, fresh: bool) -> _Child[JobT] | None:
        for child in self._children:
            if child.idle and child.done < (1 if fresh else _RECYCLE):
                return child
        for child in self._children:
            if child.idle:  # worn: the next one takes its place
                self._stop(child)
                break
        return None

    def _nearly_done(self) -> _Child[JobT] | None:
        """The busy child that wants more jobs and holds the fewest, but for those whose memory the next job would burden."""
        return min(
            (
                child
                for child in self._children
                if child.wants_more
                and not any(id(job) in self._alone for job in child.jobs)
                and _bytes_of([*child.jobs, self._waiting[0]]) <= _BATCH_BYTES
            ),
            key=lambda child: len(child.jobs),
            default=None,
        )

    def _listen(self) -> Iterator[tuple[JobT, Answer]]:
        connections = {child.connection: child for child in self._children if not child.idle}
        ready = wait(list(connections), timeout=_TICK)
        self._look_at_memory()
        for connection in ready:
            yield from self._received(connections[connection])  # type: ignore[index]
        now = time.monotonic()
        for child in list(self._children):
            if not child.idle and now > child.deadline and not child.connection.poll():
                yield from self._overdue(child)

    def _received(self, child: _Child[JobT]) -> Iterator[tuple[JobT, Answer]]:
        try:
            while child in self._children and child.connection.poll():
                header, _, body = child.connection.recv_bytes().partition(b"\n")
                yield from self._understood(child, json.loads(header), body)
        except (EOFError, OSError):
            yield from self._died(child)

    def _understood(self, child: _Child[JobT], header: dict[str, Any], body: bytes) -> Iterator[tuple[JobT, Answer]]:
        if "broken" in header:
            raise BetonyError(f"the worker processes cannot start: {header['broken'].strip().splitlines()[-1]}")
        if "ready" in header:
            child.ready, self._failed_starts = True, 0
            return
        job = child.jobs.popleft()
        if child.jobs:
            child.deadline = time.monotonic() + self._limits.of(child.jobs[0].captures)
        timings = tuple(Timing(*timing) for timing in header["timings"])
        if "reason" not in header:
            child.done += 1
            yield job, self._finished(job, Answer(body, timings=timings))
            return
        reason = Reason(header["reason"])
        out_of_memory = reason is Reason.OUT_OF_MEMORY
        retried = out_of_memory and self._second_try(child, job)
        child.done += 1
        if out_of_memory:
            self._abandon(child)
        if not retried:
            answer = Answer(None, reason, header["message"], header["document"], header["detail"], timings)
            yield job, self._finished(job, answer)

    def _second_try(self, child: _Child[JobT], job: JobT) -> bool:
        """Gives a job its own fresh process where an earlier one may be to blame for how this one ended."""
        if child.done == 0 or id(job) in self._alone:
            return False
        self._alone.add(id(job))
        self._waiting.append(job)
        return True

    def _finished(self, job: JobT, answer: Answer) -> Answer:
        self._alone.discard(id(job))
        return answer

    def _died(self, child: _Child[JobT]) -> Iterator[tuple[JobT, Answer]]:
        child.process.join(5)
        code = child.process.exitcode
        job = child.jobs.popleft() if child.jobs else None
        self._abandon(child)
        if not child.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise BetonyError(f"the worker processes cannot start (exit code {code})", advice="run betony doctor")
        if job is not None and not self._second_try(child, job):
            yield job, self._finished(job, self._verdict(child, code))

    def _overdue(self, child: _Child[JobT]) -> Iterator[tuple[JobT, Answer]]:
        job = child.jobs.popleft() if child.jobs else None
        self._abandon(child)
        if job is None:
            raise BetonyError(f"the worker processes were not ready within {self._limits.start:.0f} s")
        seconds = self._limits.of(job.captures)
        answer = Answer(
            None, Reason.TIMED_OUT, f"not read within {seconds:.0f} seconds", detail=_resources(child, None)
        )
        yield job, self._finished(job, answer)

    def _verdict(self, child: _Child[JobT], code: int | None) -> Answer:
        detail = _resources(child, code)
        if code == -getattr(signal, "SIGXCPU", 0):
            return Answer(None, Reason.TIMED_OUT, "it takes more processor time than a document may", detail=detail)
        if code == -getattr(signal, "SIGKILL", 0) or child.most_memory > 0.8 * self._limits.memory:
            return Answer(None, Reason.OUT_OF_MEMORY, "its process ended for want of memory", detail=detail)
        ended = f"by signal {-code}" if code is not None and code < 0 else f"with exit code {code}"
        return Answer(None, Reason.CRASHED, f"the process that read it ended {ended}", detail=detail)

    def _look_at_memory(self) -> None:
        now = time.monotonic()
        if now - self._looked < _TICK:
            return
        self._looked = now
        import psutil  # noqa: PLC0415 - not needed where everything is unchanged

        for child in self._children:
            if child.jobs:
                with suppress(psutil.Error):
                    used = psutil.Process(child.process.pid).memory_info().vms
                    child.most_memory = max(child.most_memory, used)

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_run, args=(theirs, self._structure, self._limits.memory), name="betony-worker", daemon=True
        )
        with _nameless_main():
            process.start()
        theirs.close()
        self._children.append(_Child(process, ours, time.monotonic() + self._limits.start))

    def _abandon(self, child: _Child[JobT]) -> None:
        """Ends a child and puts what it had not come to yet before the rest."""
        self._waiting.extendleft(reversed(child.jobs))
        child.jobs.clear()
        self._stop(child)

    def _stop(self, child: _Child[JobT]) -> None:
        self._children.remove(child)
        child.process.kill()
        child.process.join(5)
        child.connection.close()


def warm() -> None:
    """Lets the server of processes import what they need, which takes it a second, while the caller does something else.

    Where it runs already, nothing happens.
    """
    if _context().get_start_method() == "forkserver":
        from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 - not there on every platform

        resource_tracker.ensure_running()  # where the server's start would start it, it lifts the mask below
        # A Ctrl-C while the server starts is not its to answer; it inherits the mask.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(connection: Connection, structure: str, memory: int) -> None:
    """Where a child begins; imports nothing heavy into the parent."""
    from betony import worker  # noqa: PLC0415 - the parent must stay light

    worker.run(connection, structure, memory)


def _context() -> Any:
    """Processes forked from a clean server, so that no child holds the parent's database or threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["betony.worker"])
    return context


def _resources(child: _Child[Any], code: int | None) -> str:
    return json.dumps({"exit_code": code, "most_memory_seen": child.most_memory, "documents_before": child.done})


def _bytes_of(jobs: deque[JobT] | list[JobT]) -> int:
    return sum(len(capture.body) for job in jobs for capture in job.captures)


_one_at_a_time = threading.Lock()


@contextmanager
def _nameless_main() -> Iterator[None]:
    """Keeps multiprocessing from running the caller's script again in every child."""
    with _one_at_a_time:  # two threads would each take the other's stand-in for the script
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
