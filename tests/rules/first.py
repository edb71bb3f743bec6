"""The rules that came first."""

from __future__ import annotations

from collections.abc import Sequence

from betony.model import Capture, SectionType
from betony.record import Processing, Record
from tests.rules import made


def processing() -> Processing:
    return Processing(pipeline="test", ruleset="first")


def structure(captures: Sequence[Capture]) -> Record:
    return made(captures, "first", {"refused": SectionType.SUMMARY})
