"""Whether words stand in a quoted title of something else: "guidance in 'Better care for people with gout'"."""

from __future__ import annotations

import re

_TITLE = re.compile(r"(?:(?<=\s)|(?<=\())['‘“\"](?=[A-Z])[^'‘’“”\"]{10,200}['’”\"](?=[\s,.;:)]|$)")
"""Words with a capital between quotation marks, behind others."""
_MARKS = ("'", "‘", "“", '"')


def is_in_title(sentence: str, at: int) -> bool:
    """Whether sentence[at:] stands inside a quoted title, behind its first word."""
    if not any(mark in sentence[:at] for mark in _MARKS):
        return False
    return any(title.start() + 1 < at < title.end() for title in _TITLE.finditer(sentence))
