"""Where in a version's text the words of a fact stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from betony.changes.model import Spans

_END = re.compile(r"[.!?](?=\s)|\n")
_FARTHEST = 400
"""Characters around a fact in which its sentence begins and ends."""


def of(fact: Mapping[str, Any] | None) -> Spans:
    """The spans of a fact's evidence."""
    return tuple((item["start"], item["end"]) for item in fact["evidence"]) if fact else ()


def sentences(text: str, spans: Spans) -> Spans:
    """The spans widened to the sentences or lines that they stand in."""
    return tuple((_begin(text, start), _end(text, end)) for start, end in spans)


def _begin(text: str, start: int) -> int:
    earliest = max(0, start - _FARTHEST)
    begun = earliest
    for match in _END.finditer(text, earliest, start):
        begun = match.end()
    return begun


def _end(text: str, end: int) -> int:
    if end and _END.match(text, end - 1):
        return end
    match = _END.search(text, end, end + _FARTHEST)
    return match.end() if match else min(len(text), end + _FARTHEST)


def merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap as one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def outside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of the span lies in none of those taken; these as `merged` gives them."""
    at = start
    for i in range(bisect_right(taken, start, key=lambda span: span[1]), len(taken)):
        if taken[i][0] >= end:
            break
        if taken[i][0] > at:
            yield at, taken[i][0]
        at = taken[i][1]
    if at < end:
        yield at, end
