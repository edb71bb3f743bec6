"""Appendices: lines that begin a part of their own behind the last chapter, `Appendix 2: Flow chart`."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:appendix|annexe?)(?:[ \t\u00a0]{1,3}(?:\d{1,2}|[A-Z]|[ivx]{1,4}|[IVX]{1,4}))?(?P<sign>[ \t]{0,3}[:.–—-])?(?P<name>[ \t\u00a0]{1,9}[^\s].*)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!;,][\"'”’)\]]*$")
_LONGEST = 110


def is_heading(line: str) -> bool:
    """Whether a line reads like the heading of an appendix: its name or number, and what it is, but no sentence about it."""
    if line[:1] not in "aA" or len(line) > _LONGEST:
        return False
    match = _HEADING.fullmatch(line)
    if match is None or _SENTENCE_END.search(line):
        return False
    name = (match["name"] or "").strip()
    return bool(match["sign"] and name) or name[:1].isupper() or (not name and line[-1].isalnum())
