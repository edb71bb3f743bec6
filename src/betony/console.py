"""What a person sees of a run: progress, log lines and the summary at the end."""

from __future__ import annotations

import json
import logging
import shlex
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from betony.terminal import line

if TYPE_CHECKING:
    from betony.work.events import Event, Summary

_NAMED = 3  # of files skipped for one reason, where there are many in all
_SHOWN = 10
_EVERY = 5.0  # seconds between plain lines of progress


class Watcher(Protocol):
    """Whoever is told what happens in a run."""

    def __call__(self, event: Event) -> None:
        """Takes note of one event."""

    def summary(self, summary: Summary, store: str) -> None:
        """Says what the run came to."""

    def error(self, message: str) -> None:
        """Says what ended the command."""


class JsonWatcher:
    """One JSON object a line on standard error, for programs that collect logs."""

    def __init__(self) -> None:
        self._run: int | None = None

    def __call__(self, event: Event) -> None:
        if event.name == "began":
            self._run = event.run
        if event.name != "progress":
            fields = {name: getattr(event, name) for name in ("record", "outcome", "message", "done", "total")}
            self._write(_level(event), event.name, stage=event.stage, document=event.uri, **fields)

    def summary(self, summary: Summary, store: str) -> None:
        run = summary.run
        counts = {name: getattr(run, name) for name in ("inputs", "new", "changed", "unchanged", "quarantined")}
        level = "info" if summary.well else "error"
        message = str(summary.error) if summary.error else None
        seconds = {one.stage: one.seconds for one in run.stages}
        self._write(level, run.state, store=store, message=message, **counts, seconds=seconds)

    def error(self, message: str) -> None:
        self._write("error", "error", message=message)

    def _write(self, level: str, event: str, **fields: Any) -> None:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        given = {name: value for name, value in {"run": self._run, **fields}.items() if value is not None}
        sys.stderr.write(json.dumps({"time": now, "level": level, "event": event, **given}) + "\n")


def _level(event: Event) -> str:
    return "info" if event.name in {"began", "settled", "skipped", "fetched", "progress"} else "warning"


class PlainWatcher:
    """A line now and then on standard error, and the summary on `out`."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._started = self._said = time.monotonic()

    def __call__(self, event: Event) -> None:
        if event.name == "remark":
            self._say(f"{event.uri}: {event.message}", logging.WARNING)
        elif event.name == "quarantined":
            self._say(f"{event.uri}: set aside: {event.message}", logging.WARNING)
        elif event.name in {"progress", "fetched", "settled"}:
            self._progress(event)

    def _progress(self, event: Event) -> None:
        now = time.monotonic()
        if now - self._said >= _EVERY:
            self._said = now
            of = f" of {event.total:,}" if event.total else ""
            self._say(f"{event.stage}: {event.done:,}{of}")

    def _say(self, text: str, level: int = logging.INFO) -> None:  # noqa: ARG002 - those who log need it
        sys.stderr.write(line(text) + "\n")

    def summary(self, summary: Summary, store: str) -> None:
        for text in summary_lines(summary, store):
            self._out.write(line(text) + "\n")
        self._out.flush()

    def error(self, message: str) -> None:
        self._say(f"betony: {message}", logging.ERROR)


class LogWatcher(PlainWatcher):
    """The same lines through `logging`, as `betony.run`, for an orchestrator that collects them."""

    def __init__(self) -> None:
        super().__init__(sys.stdout)
        self._log = logging.getLogger("betony.run")

    def __call__(self, event: Event) -> None:
        if event.name == "began":
            self._say(f"run {event.run} begins: {event.message}")
        elif event.name == "settled":
            self._say(f"{event.uri}: {event.record}, {event.outcome}", logging.DEBUG)
        super().__call__(event)

    def _say(self, text: str, level: int = logging.INFO) -> None:
        self._log.log(level, "%s", line(text))

    def summary(self, summary: Summary, store: str) -> None:
        for text in summary_lines(summary, store):
            self._say(text, logging.INFO if summary.well else logging.WARNING)


class BarWatcher(PlainWatcher):
    """A bar with rate and time left, on a terminal."""

    def __init__(self, out: TextIO) -> None:
        super().__init__(out)
        self._progress_bar: Any = None
        self._task: Any = None

    def _progress(self, event: Event) -> None:
        if self._progress_bar is None:
            self._open()
        rate = f"{event.done / max(time.monotonic() - self._started, 0.1):.0f}/s"
        self._progress_bar.update(
            self._task, completed=event.done, total=event.total, description=str(event.stage), rate=rate
        )

    def _open(self) -> None:
        from rich.console import Console  # noqa: PLC0415 - only where there is a terminal to draw on
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        self._progress_bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._progress_bar.start()
        self._task = self._progress_bar.add_task("reading", total=None, rate="")

    def _say(self, text: str, level: int = logging.INFO) -> None:
        if self._progress_bar is None:
            super()._say(text, level)
        else:
            self._progress_bar.console.print(line(text), markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Takes the bar off the screen."""
        if self._progress_bar is not None:
            self._progress_bar.stop()
            self._progress_bar = None


@contextmanager
def watching(*, json_logs: bool, summary_to: TextIO) -> Iterator[Watcher]:
    """The watcher that suits where the output goes."""
    if json_logs:
        yield JsonWatcher()
    elif sys.stderr.isatty():
        bar = BarWatcher(summary_to)
        try:
            yield bar
        finally:
            bar.close()
    else:
        yield PlainWatcher(summary_to)


def summary_lines(summary: Summary, store: str) -> Iterator[str]:
    """What came in, what became of it, and what to do next."""
    run = summary.run
    counted = (
        f"{_number(run.inputs, 'document')} in {summary.seconds:.1f} s: {run.new:,} new, {run.changed:,} changed, "
        f"{run.unchanged:,} unchanged, {run.quarantined:,} set aside."
    )
    yield f"{counted} {_made(summary)} in {store}." if run.inputs else counted
    if summary.skipped_count:
        yield from _skipped(summary)
    for remark in summary.remarks[:_SHOWN]:
        yield f"{remark.uri}: {remark.message}"
    if summary.setbacks:
        yield "Set aside, with the reason, and the bytes where there are any:"
        for setback in summary.setbacks[:_SHOWN]:
            yield f"  {setback.uri}: {setback.message}"
        if run.quarantined > _SHOWN:
            yield f"  … and {run.quarantined - _SHOWN:,} more"
        flag = _store_flag(store)
        yield f"See them with: betony failures{flag}; once the cause is mended: betony failures --retry{flag}"
    if summary.interrupted:
        yield "Stopped. What is counted above is kept; run the same command again to do the rest."
    elif summary.error is not None:
        yield f"Stopped: {summary.error}"
        yield "What is counted above is kept; run the same command again to do the rest."
    elif run.new + run.changed:
        yield f"Read one with: betony show {summary.record_ids[0]}{_store_flag(store)}"


def _made(summary: Summary) -> str:
    """The records that a run led to; of one that was broken off, the counts alone are sure."""
    if summary.interrupted or summary.error is not None:
        return "The records are"
    return f"{'It makes' if summary.run.inputs == 1 else 'They make'} {_number(len(summary.record_ids), 'record')}"


def _skipped(summary: Summary) -> Iterator[str]:
    count, known = summary.skipped_count, len(summary.skipped)
    yield f"Skipped {_number(count, 'file or page', 'files or pages')}, no inputs:"
    if count <= _SHOWN // 2:
        for skipped in summary.skipped:
            yield f"  {skipped.uri}: {skipped.why}"
        return
    for why, number in Counter(skipped.why for skipped in summary.skipped).most_common(_SHOWN):
        if number <= _NAMED:
            yield from (f"  {skipped.uri}: {why}" for skipped in summary.skipped if skipped.why == why)
        else:
            yield f"  {number:,} {why}"
    if known < count:
        yield f"  … and {count - known:,} more"
    yield "  (--json-logs names every one)"


def _store_flag(store: str) -> str:
    return "" if store == "betony.db" else f" --store {shlex.quote(store)}"


def _number(count: int, noun: str, several: str = "") -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {several or f'{noun}s'}"
