"""Which passages hold one of a few words at all: the cheap question before the dear ones."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter

from betony.model import Block, Section, SectionType
from betony.nlp.sentences import sentences

_START = attrgetter("start")
_BEFORE, _BEHIND = 500, 900
"""Characters around a cue in which a sentence is looked for where its block is longer than both."""


def positions(text: str, stems: Iterable[str]) -> list[int]:
    """Where any of the stems begins in the text, in order."""
    found = []
    for stem in stems:
        at = text.find(stem)
        while at >= 0:
            found.append(at)
            at = text.find(stem, at + len(stem))
    return sorted(found)


def outside(
    blocks: Sequence[Block],
    sections: Sequence[Section],
    types: Collection[SectionType],
    also: Collection[Section] = (),
) -> list[range]:
    """The positions of the blocks that stand in no section of the types, nor in one of `also`, as runs in order."""
    runs: list[range] = []
    at, inside = 0, False
    for section in sections:
        if (section.type in types or section in also) is not inside:
            inside = not inside
            bound = bisect_left(blocks, section.start, key=_START)
            if inside and at < bound:
                runs.append(range(at, bound))
            at = bound
    if at < len(blocks) and not inside:
        runs.append(range(at, len(blocks)))
    return runs


def between(runs: Sequence[range], count: int) -> list[range]:
    """What the runs leave out of range(count)."""
    starts = [0, *(run.stop for run in runs)]
    stops = [*(run.start for run in runs), count]
    return [range(start, stop) for start, stop in zip(starts, stops, strict=True) if start < stop]


def holding(text: str, blocks: Sequence[Block], runs: Iterable[range], stems: Iterable[str]) -> dict[int, list[int]]:
    """The positions of those blocks of the runs that hold one of the stems, in order, each with where they begin in it."""
    return around(blocks, runs, sorted((at, at + len(stem)) for stem in stems for at in positions(text, (stem,))))


def around(blocks: Sequence[Block], runs: Iterable[range], spans: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """The positions of those blocks of the runs that hold one of the spans, in order, each with where they begin in it: as
    `holding` for stems that have been found already."""
    found: dict[int, list[int]] = {}
    places: list[int] = []
    stop = -1
    for run in filter(None, runs):
        left, right = blocks[run[0]].start, blocks[run[-1]].end
        for start, end in spans[bisect_left(spans, (left,)) : bisect_left(spans, (right,))]:
            if end > right:
                continue
            if start >= stop:
                i = bisect_right(blocks, start, key=_START) - 1
                stop = blocks[i].end
                places = found.setdefault(i, [])
            places.append(start)
    return found


def sentences_at(text: str, block: Block, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The sentences of the block in which one of the places lies, in order; of a long block only what stands around the
    places is read, and a sentence longer than that is left out."""
    if not places:
        return
    start, end = block.start, block.end
    if end - start <= _BEFORE + _BEHIND:
        yield from _with_place(sentences(text, start, end), places)
        return
    done = start
    for place in places:
        if place < done:
            continue
        left, right = max(start, place - _BEFORE), min(end, place + _BEHIND)
        for span in sentences(text, left, right):
            if span[0] <= place < span[1]:
                done = span[1]
                if (span[0] > left or left == start) and (span[1] < right or right == end):
                    yield span


def _with_place(spans: Iterable[tuple[int, int]], places: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for span in spans:
        while at < len(places) and places[at] < span[0]:
            at += 1
        if at < len(places) and places[at] < span[1]:
            yield span
