"""Whom recommendations are for, and who is to act, where sections of their own tell it above the section that recommends:
"Who is the target population?", "Who should take action?", "What action should they take?"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from betony.model import Block, BlockKind, Fact, Section
from betony.nlp import headings, lists
from betony.text import squeeze

_ACTION = frozenset({"what action should they take", "what action should be taken", "what actions should they take"})
_TELLS = {
    "who should take action": "actor",
    "whose health will benefit": "population",
    "who is the target population": "population",
}
_LONGEST = 400
"""Characters beyond which a section says more than who it is."""
_START = attrgetter("start")

Told = Mapping[str, tuple[str, tuple[int, int]]]
"""Of each field what a section tells of it, and where."""


def with_those(text: str, blocks: Sequence[Block], sections: Sequence[Section], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those below "What action should they take?" with the actor and the population told before it."""
    told = {
        section.start: dict(_told(text, blocks, sections, i))
        for i, section in enumerate(sections)
        if _heading(text, section) in _ACTION
    }
    starts = [section.start for section in sections]
    places = (starts[bisect_right(starts, fact.spans[0][0]) - 1] for fact in facts)
    return [_with(fact, told[place]) if place in told else fact for fact, place in zip(facts, places, strict=True)]


def _told(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], i: int
) -> Iterator[tuple[str, tuple[str, tuple[int, int]]]]:
    """What the sections right above tell, those of the same place in the outline alone."""
    for j in range(i - 1, -1, -1):
        above = sections[j]
        field = _TELLS.get(_heading(text, above))
        if field is None or above.parent != sections[i].parent or above.heading is None:
            return
        first = bisect_left(blocks, above.heading[1], key=_START)
        own = [
            block
            for block in blocks[first : bisect_left(blocks, above.end, lo=first, key=_START)]
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        ]
        if own and own[-1].end - own[0].start <= _LONGEST:
            names = (_name(text[block.start : block.end]) for block in own)
            yield field, ("\n".join(names), (own[0].start, own[-1].end))


def _name(words: str) -> str:
    """The words of an item without its bullet and its stop."""
    return squeeze(words[lists.bullet(words) :]).rstrip(" .;")


def _with(fact: Fact, told: Told) -> Fact:
    missing = {field: said for field, said in told.items() if fact.detail[field] is None}
    detail = {**fact.detail, **{field: words for field, (words, _) in missing.items()}}
    return replace(fact, spans=(*fact.spans, *(span for _, span in missing.values())), detail=detail)


def _heading(text: str, section: Section) -> str:
    return headings.normalise(text[slice(*section.heading)]).rstrip("?") if section.heading else ""
