"""What a person reads at the end of a run."""

from __future__ import annotations

import dataclasses

from betony.console import summary_lines
from betony.errors import BetonyError
from betony.store import Run, RunState
from betony.work.events import Summary

RUN = Run(1, "ingest", RunState.FINISHED, "2026-01-02T03:04:05Z", None, 3, 2, 0, 1, 0)


def first_line(summary: Summary) -> str:
    return next(summary_lines(summary, "s.db"))


def test_a_run_says_how_many_records_its_documents_make() -> None:
    assert first_line(Summary(RUN, 1.0, ("web:a", "web:b"))) == (
        "3 documents in 1.0 s: 2 new, 0 changed, 1 unchanged, 0 set aside. They make 2 records in s.db."
    )


def test_a_run_that_was_stopped_says_no_number_that_is_not_sure() -> None:
    stopped = dataclasses.replace(RUN, state=RunState.INTERRUPTED)
    for summary in (Summary(stopped, 1.0, ("web:a",)), Summary(RUN, 1.0, ("web:a",), error=BetonyError("full"))):
        assert first_line(summary).endswith("0 set aside. The records are in s.db.")
