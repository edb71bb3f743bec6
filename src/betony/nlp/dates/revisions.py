"""The dates behind a release: "2011 May (revised 2013 Aug)", and the last of several."""

from __future__ import annotations

import re
from collections.abc import Iterator

from betony.nlp import when
from betony.nlp.dates.found import Found
from betony.nlp.when import Reading, When

_REVISION = re.compile(
    r"[(;]\s{0,2}(?P<word>revised|updated|reaffirmed|reviewed|last\supdated|amended)\s(?:in\s|on\s)?"
)
_AND_AGAIN = re.compile(r",\s{1,3}(?:and\s{1,3})?|\s{1,3}and\s{1,3}")
"""What stands between the dates of several revisions; the last one counts."""
_CUT_OFF = re.compile(
    r"(?:,\s{1,3}(?:and\s{1,3})?|\s{1,3}and\s{1,3})(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s*$"
)
"""A further date whose year the line has lost."""


def revised(text: str, start: int, limit: int) -> Iterator[Found]:
    """What stands in brackets behind a date of release: `2011 May (revised 2013 Aug)`."""
    for match in _REVISION.finditer(text, start, min(limit, start + 80)):
        value = latest(text, match.end(), limit)
        field = "last_reviewed" if match["word"] in ("reaffirmed", "reviewed") else "modified"
        if isinstance(value, When):
            yield Found(field, f"label:{match['word']}", match.span("word"), value)
        elif value is Reading.UNREADABLE:
            yield Found(field, f"label:{match['word']}", match.span("word"), None)


def latest(text: str, start: int, limit: int) -> When | Reading:
    """The date at `start`; of several revisions in a row the last."""
    value = when.at(text, start, limit)
    if isinstance(value, When):
        for later in when.find(text, value.end, limit):
            if not _AND_AGAIN.fullmatch(text, value.end, later.start) or later.value < value.value:
                break
            value = later
        if _CUT_OFF.match(text, value.end, limit):
            return Reading.UNREADABLE
    return value
