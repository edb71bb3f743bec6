"""A first line that a site cuts off, printed whole further down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.text import squeeze

_FEWEST_WORDS = 4
"""Fewer words begin a sentence as well as a title."""
_LINES_BELOW = 12
_MORE = re.compile(r"(?: [^\W\d_][\w’'/()&-]{0,30}){1,6}")
"""What a site leaves out at the end: a few words, without a sign that opens a second part or a field, and without a date."""
_OPEN = re.compile(r"\b(?:on|of|to|by|an?|for|the|and|with|is|are|was|were|in|at|as|or|that|which|who)$")
"""How a line ends that goes on below."""
_GAP = 200
"""Characters in which the next line begins."""


def printed_whole(text: str, words: str, below: Sequence[Block]) -> tuple[int, int] | None:
    """Where a line below begins with the words of the first line and goes on with a few more, or None."""
    if len(words.split()) < _FEWEST_WORDS:
        return None
    for block in below[:_LINES_BELOW]:
        end = text.find("\n", block.start)
        line = squeeze(text[block.start : end])
        goes_on = _OPEN.search(line) or text[end : end + _GAP].lstrip()[:1].islower()
        if end > 0 and line.startswith(words) and _MORE.fullmatch(line, len(words)) and not goes_on:
            return block.start, end
    return None
