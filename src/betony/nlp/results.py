"""Whether a page is a list that a search has found, whose dates and fields are those of what is listed."""

from __future__ import annotations

import re

_COUNT = re.compile(
    r"\b\d[\d,]{0,8}\s(?:records?|results?|documents?|items?|publications?)\b[^\n]{0,20}\bpage\s\d{1,5}\sof\s\d{1,5}\b"
    r"|\bshowing\s(?:results\s)?\d{1,6}\s?(?:to|-|–)\s?\d{1,6}\sof\s\d"
    r"|\bresults\s\d{1,6}\s?(?:to|-|–)\s?\d{1,6}\sof\s(?:about\s)?\d",
    re.IGNORECASE,
)
_OF = re.compile(r"\d\s[Oo][Ff]\s")
"""What each such count holds; looked for first, as it is found or missed sooner."""
_HEAD = 2000
"""Characters at the top of a page in which a list tells how long it is."""


def lists_results(text: str) -> bool:
    """Whether the top of the page counts what was found."""
    return counted(text) is not None


def counted(text: str) -> tuple[int, int] | None:
    """Where the top of the page counts what was found."""
    found = _COUNT.search(text, 0, _HEAD) if _OF.search(text, 0, _HEAD) else None
    return found.span() if found else None
