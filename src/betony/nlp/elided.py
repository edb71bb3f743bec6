"""Notices that name no document, "Updated and replaced by NICE guideline NG1", and where they are of the page's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind, Section, SectionType
from betony.nlp import references
from betony.nlp.looks import has_any

_LEAD = 6
"""Passages at the head of a page that speak of its own document."""
_LONGEST = 400
_WHEN = r"(?:\s(?:in|on)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)?"
_PASSIVE = re.compile(
    r"\(?(?P<part>Partially\s)?(?:(?P<replaced>(?:(?:[Uu]pdated|[Ww]ithdrawn|[Aa]mended|[Rr]eviewed)\s(?:and|&)\s)?(?:[Rr]eplaced|[Ss]uperseded))|(?P<updated>[Uu]pdated))"
    rf"{_WHEN}\sby\b:?"
)
_ACTIVE = re.compile(
    r"\(?(?:Replaces|Supersedes|Updates\sand\s(?:partially\s)?replaces|Partially\s(?:updates\sand\s)?replaces|Based\son)\b"
)
_SIGNS = ("eplace", "upersede", "pdate", "ased on")


def passive(text: str, start: int, end: int) -> re.Match[str] | None:
    """The verb of a notice that begins with it: "Replaced by", "Partially updated in May 2031 by"."""
    return _PASSIVE.match(text, start, end) if text[start : start + 1] in ("R", "S", "U", "P", "W", "A", "(") else None


def active(text: str, start: int, end: int) -> bool:
    """Whether a notice begins with what the document does: "Replaces NICE guideline CG1"."""
    return _ACTIVE.match(text, start, end) is not None


def is_own(text: str, blocks: Sequence[Block], sections: Sequence[Section], i: int) -> bool:
    """Whether a notice that names nothing is of the page's own document at blocks[i]: near the top, or right below the heading of
    a section on its standing; behind a line that names another one it is of that."""
    block = blocks[i]
    if block.end - block.start > _LONGEST or not has_any(text[block.start : block.end], _SIGNS):
        return False
    if block.kind is BlockKind.LIST_ITEM or (i and _names_another(text, blocks[i - 1])):
        return False
    return i < _LEAD or any(
        one.type is SectionType.STATUS and one.heading and not text[one.heading[1] : block.start].strip()
        for one in sections
        if one.start <= block.start < one.end
    )


def _names_another(text: str, block: Block) -> bool:
    named = references.find(text, block.start, block.end)
    return any(one.id != references.of_header(text) for one in named)
