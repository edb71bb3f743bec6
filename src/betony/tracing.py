"""Spans of OpenTelemetry for those who have it on; betony itself neither needs nor imports it.

It is on where something that started betony has set it up in this process, as `opentelemetry-instrument betony …` and
Prefect do. A run is a span, each record below it one, and each stage of the record one below that.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from betony.timing import Timing

_Plain = Mapping[str, str | int]


class Spans:
    """The spans of one run, as children of whatever span the caller is in."""

    def __init__(self, trace: Any, version: str, name: str, attributes: _Plain) -> None:
        self._trace = trace
        self._tracer = trace.get_tracer("betony", version)
        self._run = self._tracer.start_span(name, attributes=_named(attributes))
        self._within = trace.set_span_in_context(self._run)

    def record(self, timings: Sequence[Timing], attributes: _Plain, *, failure: str | None = None) -> None:
        """One record, by the stages it went through; `failure` says why nothing came of it."""
        if not timings:
            return
        began, ended = timings[0].began, timings[-1].ended
        span = self._tracer.start_span(
            "betony.record", context=self._within, start_time=began, attributes=_named(attributes)
        )
        inside = self._trace.set_span_in_context(span)
        for timing in timings:
            stage = self._tracer.start_span(f"betony.{timing.stage}", context=inside, start_time=timing.began)
            stage.end(timing.ended)
        if failure is not None:
            span.set_status(self._trace.StatusCode.ERROR, failure)
        span.end(ended)

    def end(self, attributes: _Plain, *, failure: str | None = None) -> None:
        """The run itself is over."""
        self._run.set_attributes(_named(attributes))
        if failure is not None:
            self._run.set_status(self._trace.StatusCode.ERROR, failure)
        self._run.end()


def begin(version: str, name: str, attributes: _Plain) -> Spans | None:
    """The spans of a run that begins; None where nobody set OpenTelemetry up."""
    trace: Any = sys.modules.get("opentelemetry.trace")
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider | trace.NoOpTracerProvider):
        return None
    return Spans(trace, version, name, attributes)


def _named(attributes: _Plain) -> dict[str, str | int]:
    return {f"betony.{name}": value for name, value in attributes.items()}
