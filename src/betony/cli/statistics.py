"""`betony stats`: how much of what there is, and how the latest runs went."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from betony.cli.shared import MOST, StoreOption, app, reading, speaking

if TYPE_CHECKING:
    from betony.store import Count, Run, Statistics
    from betony.terminal import Line


@app.command()
def stats(
    runs: Annotated[int, typer.Option(min=0, max=MOST, metavar="N", help="How many of the latest runs.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Every count, as one JSON object.")] = False,
    store: StoreOption = None,
) -> None:
    """See how much of what the store holds, and how the latest runs went.

    \b
      betony stats
      betony stats --json | jq .publishers
    """
    with speaking(), reading(store) as opened:
        from betony import terminal

        found = opened.statistics(runs)
        if as_json:
            typer.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        else:
            terminal.show(_lines(found))


def _lines(found: Statistics) -> Iterator[Line]:
    from betony.terminal import Line

    standing = f"{found.current:,} of them not withdrawn, replaced, gone or drafts"
    yield Line(0, f"{found.records:,} records, {standing}", "bold")
    for name, number in (
        ("versions", found.versions),
        ("changes", found.changes),
        ("recommendations", found.recommendations),
        ("duties", found.responsibilities),
        ("set aside", found.quarantined),
    ):
        yield Line(1, f"{number:,}", label=name)
    yield from _counted("By publisher", found.publishers, "unknown")
    yield from _counted("By type", found.types, "unknown")
    yield from _counted("By status", found.statuses)
    yield from _counted("By currency", found.currencies)
    yield from _counted("Sections, by type", found.sections)
    yield from _counted("Set aside, by reason", found.reasons)
    if found.runs:
        yield Line(0, "")
        yield Line(0, "Latest runs", "bold")
    for run in found.runs:
        yield Line(1, _run(run), "red" if run.quarantined else "", label=f"{run.started[:16].replace('T', ' ')}")
    if len(found.runs) > 1:
        yield from _over_runs(found.runs)


def _counted(heading: str, counts: Sequence[Count], none: str = "") -> Iterator[Line]:
    """The counts under a heading, each with a bar: how much of all it is."""
    from betony.terminal import Line

    if not counts:
        return
    yield Line(0, "")
    yield Line(0, heading, "bold")
    total, width = sum(one.number for one in counts), len(f"{counts[0].number:,}")
    for one in counts:
        name = (one.name or none).replace("_", " ")
        yield Line(1, f"{one.number:>{width},}", label=name, share=one.number / total)


def _over_runs(runs: Sequence[Run]) -> Iterator[Line]:
    """How runs went beside each other, and where their time went."""
    from betony.terminal import Line

    yield Line(0, "")
    yield Line(0, "Over these runs, the latest last", "bold")
    states = Counter(run.state for run in runs)
    yield Line(1, ", ".join(f"{number:,} {state}" for state, number in states.most_common()), label="state")
    measured: tuple[tuple[str, list[float]], ...] = (
        ("inputs", [run.inputs for run in runs]),
        ("a second", [round(_rate(run) or 0, 1) for run in runs]),
        ("set aside", [run.quarantined for run in runs]),
        ("records", [run.records or 0 for run in runs]),
    )
    width = max(len(f"{numbers[0]:,}") for _, numbers in measured)
    for name, numbers in measured:
        yield Line(1, f"{numbers[0]:>{width},}", label=name, series=tuple(reversed(numbers)))
    spent: dict[str, float] = {}
    for one in (one for run in runs for one in run.stages):
        spent[one.stage] = spent.get(one.stage, 0.0) + one.seconds
    total = sum(spent.values())
    if total:
        yield Line(0, "")
        yield Line(0, "Time of these runs, by stage", "bold")
        width = len(f"{max(spent.values()):,.1f}")
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        yield Line(1, f"{seconds:>{width},.1f} s", label=stage, share=seconds / total)


def _run(run: Run) -> str:
    counts = f"{run.inputs:,} in, {run.new:,} new, {run.changed:,} changed, {run.unchanged:,} unchanged"
    rate = _rate(run)
    told = f", {rate:,.1f} a second" if rate else ""
    return f"{run.command}: {run.state}, {counts}, {run.quarantined:,} set aside{told}"


def _rate(run: Run) -> float | None:
    """How many inputs a second; times are kept to the second, so a shorter run has none."""
    if run.ended is None:
        return None
    seconds = (datetime.fromisoformat(run.ended) - datetime.fromisoformat(run.started)).total_seconds()
    return run.inputs / seconds if seconds else None
