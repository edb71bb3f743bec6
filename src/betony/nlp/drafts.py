"""Whether a page is no draft itself but tells of drafts that are open for comment."""

from __future__ import annotations

import re

_LISTS = re.compile(
    r"(?:draft\s)?(?:documents|guidelines|consultations|drafts)\s(?:that\sare\s)?(?:currently\s|now\s)?(?:out|open)\s(?:for|to)\b"
    r"|\b(?:open|current|closed|past)\sconsultations\b"
    r"|\bthe\sdraft\s(?:(?!(?:guid|recommend|quality|scope)\w*\s(?:is|are))[\w’'()-]+\s){1,9}(?:guideline|guidance)\sis\s(?:now\s|currently\s)?"
    r"(?:out|open|available)\s(?:for|to)\b",
    re.IGNORECASE,
)
"""A line over several drafts, or a sentence that names one of them: a draft calls itself "this draft" or "the draft guideline"."""


def lists_drafts(text: str) -> bool:
    """Whether the page speaks of the drafts of others, whose dates are none of its own."""
    return _LISTS.search(text) is not None
