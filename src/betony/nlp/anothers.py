"""Where a page prints the details of another document: the source of what it tells."""

from __future__ import annotations

import re
from collections.abc import Iterable

from betony.model import Section

_HEADING = re.compile(r"(?:Source|Related|Original)\s(?:NICE\s)?guid(?:ance|eline)s?\b", re.IGNORECASE)
_STARTS = frozenset("SsRrOo")


def sections(text: str, every: Iterable[Section]) -> list[Section]:
    """The sections under a heading such as "Source guidance details": that with the heading, and what follows it without one."""
    found = []
    inside = False
    for section in every:
        if section.heading:
            inside = text[section.heading[0]] in _STARTS and _HEADING.match(text, *section.heading) is not None
        if inside:
            found.append(section)
    return found
