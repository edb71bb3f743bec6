"""Captures of one record in the order in which they were made."""

from __future__ import annotations

from collections.abc import Sequence

from betony.arrivals import Arrival
from betony.store import Part, moment


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


def late_words(part: Part, held: Part, record_id: str | None) -> str:
    """What a person should know of a capture that came when a later one of its page was there."""
    return (
        f"captured at {part.retrieved_at}, before what {record_id} held of its page already (of {held.retrieved_at}): "
        "kept, but no version in its history"
    )
