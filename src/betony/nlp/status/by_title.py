"""What a sentence says of the document that it names by the page's own title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.nlp.status.statement import Statement


def updated_by_title(text: str, blocks: Sequence[Block], i: int) -> Statement | None:
    """What is said where an update of a document is made that bears the title at the head of the page: "An update to HEEL 129: Care of
    sore heels is in development". An update of a document with another title says nothing of this one."""
    told = _UPDATE.match(text, blocks[i].start, blocks[i].end)
    if told is None or told["title"].casefold() not in _titles(text, blocks[: min(_HEAD, i)]):
        return None
    currency = "partial_update_in_progress" if told["partial"] else "update_in_progress"
    return Statement(currency, (told.span(),), f"says:{currency}")


def _titles(text: str, blocks: Sequence[Block]) -> set[str]:
    return {text[block.start : block.end].strip().casefold() for block in blocks}


_HEAD = 3
"""Passages at the head of a page among which its title is."""
_UPDATE = re.compile(
    r"(?:An?|The)\s(?P<partial>partial\s)?update\s(?:of|to)\s(?:[A-Z]{2,8}\s?\d{1,4}\s?[:–—-]?\s)?(?P<title>[A-Z][^\n.;]{7,160}?)"
    r"\sis\s(?:currently\s|now\s)?(?:in\sprogress|in\sdevelopment|under\sway|underway|being\s(?:developed|prepared))\b\.?"
)
