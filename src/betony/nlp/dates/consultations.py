"""When a consultation on a draft opens and closes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from betony.model import Block
from betony.nlp import when
from betony.nlp.dates.found import Found
from betony.nlp.when import Reading, When

_ROW_LONGEST = 120
_ROW = re.compile(
    r"[\s|:–-]{1,5}(?P<what>(?!(?:[\w-]{1,30}\s){0,3}(?:[Ss]cope|[Tt]opic)\b)(?:[\w-]{1,30}\s){0,4}?[Cc]onsultation|Draft\sguidance)(?::?\s\d)?[\s.|]{0,3}"
)
"""What a row of a timeline calls a consultation on a draft."""


@dataclass(frozen=True, slots=True)
class Round:
    """A consultation on a draft, with the words that name it."""

    span: tuple[int, int]
    opens: When
    closes: When


def round_of(text: str, block: Block) -> Round | None:
    """The consultation that a row of a timeline names; one on a scope is none."""
    if block.end - block.start > _ROW_LONGEST or not text[block.start].isdigit():
        return None
    days = when.pair(text, block.start, block.end)
    row = _ROW.fullmatch(text, days[1].end, block.end) if isinstance(days, tuple) else None
    return Round(row.span("what"), *days) if row and isinstance(days, tuple) else None


def opening_and_closing(text: str, span: tuple[int, int], start: int, limit: int, *, strict: bool) -> Iterator[Found]:
    """The two days at text[start:limit], behind the words text[span] that announce a consultation; where they announce them and cannot
    be read, two without a date. `strict`: one day alone that cannot be read is not said to be lost."""
    ends = when.pair(text, start, limit)
    if isinstance(ends, tuple):
        yield Found("consultation_opens", "label:consultation", span, ends[0])
        yield Found("consultation_closes", "label:consultation", span, ends[1])
    elif _COUNTED.match(text, start, limit):
        return
    elif ends is Reading.UNREADABLE or (when.at(text, start, limit) is Reading.UNREADABLE and not strict):
        yield Found("consultation_opens", "label:consultation", span, None)
        yield Found("consultation_closes", "label:consultation", span, None)


_COUNTED = re.compile(r"\s{0,3}\d{1,2}\s{0,3}(?:[.;|\n]|$)")
"""Which of several consultations it is, and no date: "Consultation: 1"."""
