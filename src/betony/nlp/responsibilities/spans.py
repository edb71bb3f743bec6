"""Spans of a sentence without what does not belong to them."""

from __future__ import annotations

import re

LIGHT = re.compile(
    r",?\s+in\s+(?:the\s+)?light\s+of\s(?:their|its|the|these|those|any|all)\s(?:\w+\s)?(?:dut(?:y|ies)|responsibilit(?:y|ies)|obligations?)\b",
    re.IGNORECASE,
)
"""What goes before other duties, with an eye to which something is done."""


def before_light(sentence: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The span up to "in the light of their duties", as the pieces of an action."""
    if sentence[start:end] == ":":
        return ((start, end),)  # what is to be done stands in the list below
    lit = LIGHT.search(sentence, start, end)
    return (trimmed(sentence, start, lit.start() if lit else end),)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation at its ends; a colon stays at the end."""
    while start < end and text[start] in " ,;:\n\t\u00a0":
        start += 1
    while end > start and text[end - 1] in " ,;\n\t\u00a0":
        end -= 1
    return start, end
