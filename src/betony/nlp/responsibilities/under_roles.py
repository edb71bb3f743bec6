"""Whose duty a sentence tells that names nobody: the role that the heading or the line above it names."""

from __future__ import annotations

import re

from betony.model import Section
from betony.nlp import actors

_ROLE = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,3}){0,3}\.?\s{1,4}|\([a-z]\)\s{1,4})?(?P<of>(?:The\s)?(?:Roles?|Duties|Responsibilit(?:y|ies))(?:\sand\s(?:duties|responsibilities))?\s(?:of|for)\s(?:the\s)?)?"
    r"(?P<role>[A-Z](?:[\w’'&/-]+[ ,]{1,2}(?!(?:the|an?|your|our|this|these)\b)){0,7}?[\w’'&/-]+?(?:\s\([A-Z][\w-]{1,12}\))?)"
    r"(?:\s(?:roles?|duties|responsibilities)(?:\sand\s(?:duties|responsibilities))?)?\s?[:–—-]?",
    re.IGNORECASE,
)
"""A line that is nothing but a role, with its number: "2.2 Ward managers", "Responsibilities of the matron"."""
_LONGEST = 100
_STOPS = ".,;?!"


def is_line(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is a short line without a stop, as what heads the lines below is."""
    return end - start <= _LONGEST and text[end - 1] not in _STOPS


def role(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The role that text[start:end] names and nothing besides; None where it is no such line."""
    if not is_line(text, start, end):
        return None
    line = _ROLE.fullmatch(text, start, end)
    if (
        line is None
        or not (line["of"] or line["role"][0].isupper())
        or actors.kinds(line["role"]) in ((), ("patient",))
    ):
        return None
    return line.span("role")


def of_heading(text: str, section: Section) -> tuple[int, int] | None:
    """The role that the section's heading names."""
    return role(text, *section.heading) if section.heading else None
