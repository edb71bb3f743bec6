"""Which captures are a record's current parts: pure, so that every process decides alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Part:
    """One input as a page of a record."""

    input_id: str
    address: str
    """Canonical address of the page; empty where it has none."""
    digest: str
    uri: str
    retrieved_at: str | None = None
    first_seen: str = ""
    """When it came into the store."""


def merge(current: Mapping[str, Part], incoming: Iterable[Part]) -> dict[str, Part]:
    """The parts once the incoming ones, in order of ingest, have joined the current ones."""
    merged = dict(current)
    for part in incoming:
        held = merged.get(part.address)
        if held is None or _replaces(part, held):
            merged[part.address] = part
    return merged


def _replaces(part: Part, held: Part) -> bool:
    """The later retrieval wins, without one the later ingest.

    A copy of the same bytes in another place changes nothing, else two copies in one folder would take turns.
    """
    if part.input_id == held.input_id:
        return False
    if part.retrieved_at and held.retrieved_at:
        ours, theirs = _moment(part.retrieved_at), _moment(held.retrieved_at)
        if ours != theirs:
            return ours > theirs
    return part.uri == held.uri or part.digest != held.digest


def comes_late(part: Part, held: Part) -> bool:
    """Whether a capture is older than another one of its page, and is not the same bytes."""
    if part.digest == held.digest or not part.retrieved_at or not held.retrieved_at:
        return False
    return _moment(part.retrieved_at) < _moment(held.retrieved_at)


def moment(written: str) -> str | None:
    """A time in the form that sorts as text, to the second, in UTC; None where it cannot be read."""
    read = _read(written)
    return read.isoformat(timespec="seconds").replace("+00:00", "Z") if read else None


def _moment(written: str) -> str:
    """A time that sorts as text; one that cannot be read stands as it is written."""
    read = _read(written)
    return read.isoformat() if read else written


def _read(written: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
