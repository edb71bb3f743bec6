"""Recommendations that go on behind the reasons for those above them, where no heading parts the two."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from betony.model import Block, BlockKind, Section, SectionType

_NUMBER = re.compile(r"(?P<group>\d{1,2}\.\d{1,3})\.(?P<last>\d{1,3})\s")
_START = attrgetter("start")
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


def with_those_behind_reasons(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], passages: Sequence[tuple[Section, list[Block]]]
) -> list[tuple[Section, list[Block]]]:
    """The passages, and of each section with reasons right below recommendations what follows from the next number on.

    The number tells: behind "1.1.1" and its reasons only "1.1.2" goes on with the recommendations.
    """
    of_section = {section.start: inside for section, inside in passages}
    found = list(passages)
    for section in sections:
        if section.type is not SectionType.DISCUSSION or section.parent is None or section.heading is None:
            continue
        above = of_section.get(sections[section.parent].start)
        numbers = [m for block in above or () if block.end <= section.start and (m := _NUMBER.match(text, block.start))]
        if not numbers:
            continue
        awaited = f"{numbers[-1]['group']}.{int(numbers[-1]['last']) + 1} "
        begin, end = (bisect_left(blocks, place, key=_START) for place in (section.start, section.end))
        own = list(blocks[begin:end])
        at = next((i for i, one in enumerate(own) if one.kind in _KINDS and text.startswith(awaited, one.start)), None)
        if at is not None:
            of_section[section.start] = own[at:]
            found.append((section, own[at:]))
    return sorted(found, key=lambda passage: passage[0].start)
