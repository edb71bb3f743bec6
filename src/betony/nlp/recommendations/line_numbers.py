"""Numbers of lines, as drafts print them in the margin, that a capture has run into the sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_NUMBER = re.compile(r"(?<=[\s])\d{1,4}(?=\s+\S)")
_FEWEST = 6
"""So many numbers in a row, each one more than the last …"""
_NEAR, _FAR = 8, 220
"""… and a line apart, number lines; fewer may be counted things."""


def places(text: str) -> tuple[int, ...]:
    """Where in the text the numbers of lines stand within a line of the capture; none where its lines are not numbered."""
    found: list[int] = []
    run: list[tuple[int, int]] = []
    for match in _NUMBER.finditer(text):
        value, at = int(match.group()), match.start()
        if run and value == run[-1][0] + 1 and _NEAR <= at - run[-1][1] <= _FAR:
            run.append((value, at))
            continue
        found += _inside(text, run)
        run = [(value, at)]
    found += _inside(text, run)
    return tuple(found)


def _inside(text: str, run: Sequence[tuple[int, int]]) -> list[int]:
    if len(run) < _FEWEST or len({_before(text, at) for _, at in run}) == 1:
        return []  # "Statement 1 …", "Statement 2 …": what the one word names is counted
    inside = [at for _, at in run if text[max(0, at - 200) : at].rpartition("\n")[2].strip()]
    within = [at for at in inside if " " in text[max(0, at - 200) : at].rpartition("\n")[2].strip()]
    return inside if len(within) > len(run) / 2 else []  # most head lines of their own, "Statement 5", before "6 weeks"


def _before(text: str, at: int) -> str:
    """The word before a number."""
    return text[max(0, at - 40) : at].rstrip().rpartition(" ")[2].rpartition("\n")[2]


def cut_by(numbers: Sequence[int], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a number of a line stands inside one of the spans, past its beginning."""
    return any(bisect_right(numbers, start) < bisect_right(numbers, end - 1) for start, end in spans)
