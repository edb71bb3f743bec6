"""The rules that came after: they know what a dose is, and what is no document."""

from __future__ import annotations

from collections.abc import Sequence

from betony.model import Capture, SectionType
from betony.record import Processing, Record
from tests.rules import made


def processing() -> Processing:
    return Processing(pipeline="test", ruleset="second")


def structure(captures: Sequence[Capture]) -> Record:
    return made(captures, "second", {"dose": SectionType.RECOMMENDATIONS})
