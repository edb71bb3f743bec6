"""The dated lines of a list of updates: "8 January 2031 Care of heels (NICE quality standard 1) added"; and the dated updates with which
paragraphs open: "Update (8 January 2031): wax is sold again"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.nlp import when
from betony.nlp.looks import has_any
from betony.nlp.stems import Places, Stems
from betony.nlp.when import When

_SIGN = Stems(("pdates to this ",))
_HEADING = re.compile(r"^[ \t]*(?P<heading>Updates\sto\sthis\s[\w ]{3,40}?)[ \t]*:?[ \t]*$", re.MULTILINE)
_LINE = re.compile(r"[ \t•*·–-]{0,6}(?P<date>\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)[ \t:–-]{1,3}[A-Z][^\n]{8,}")


def newest(text: str, places: Places) -> tuple[tuple[int, int], When] | None:
    """The heading of the list and the newest day in it; None where its first line is no such line."""
    if not places.spans(_SIGN) or (heading := _HEADING.search(text)) is None:
        return None
    days: list[When] = []
    at = heading.end()
    while at < len(text):
        at += len(text[at : at + 4]) - len(text[at : at + 4].lstrip())
        line = _LINE.match(text, at)
        if line is None:
            break
        day = when.at(text, line.start("date"), line.end("date"))
        days += [day] if isinstance(day, When) else []
        at = line.end()
    return (heading.span("heading"), max(days, key=lambda day: day.value)) if days else None


_OPENS = re.compile(r"Updated?\s[(\[](?P<date>\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)[)\]]\s?:\s")


_OPENINGS = ("Update (", "Update [", "Updated (", "Updated [")


def newest_of_paragraphs(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], When] | None:
    """The newest day of the paragraphs that open as an update of the page: "Update (8 January 2031): wax is sold again"."""
    if not has_any(text, _OPENINGS):
        return None
    opened = [match for block in blocks if (match := _OPENS.match(text, block.start, block.end))]
    read = [(match.span(), when.at(text, *match.span("date"))) for match in opened]
    days = [(span, day) for span, day in read if isinstance(day, When)]
    return max(days, key=lambda one: one[1].value) if days else None
