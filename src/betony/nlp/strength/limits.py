"""A further sentence that narrows what the one before it recommends."""

from __future__ import annotations

import re

ONLY_IF = re.compile(
    r"(?:This\sis\sonly\s|(?P<subject>It|They|[A-Z][^.;:,]{1,80}?)\s(?:(?:is|are)\s(?:only\srecommended(?:\sfor\s(?:these|this|both)\s\w+)?|recommended(?=\sonly))|(?:can|should|may|must)\sonly\sbe\s(?:used|recommended|offered|done))\s"
    r"|(?P<these>(?:It|They|These\s\w+)\scan\sbe\sused\s(?=once\b)))"
    r"(?P<condition>(?:only\s)?(?:if|when|once|provided)\b.+?)\.?$",
    re.DOTALL,
)
"""A further sentence that narrows the recommendation before it: "It is recommended only if the company provides it"."""


def limit_of(sentence: str) -> str:
    """The limit that the sentence sets ("only if the company provides it"), or the sentence itself where it sets none."""
    limit = ONLY_IF.match(sentence) if sentence.startswith(("It is ", "They are ", "This is only ")) else None
    return limit["condition"] if limit else sentence
