"""A further sentence that narrows what the one before it recommends."""

from __future__ import annotations

import re

from betony.nlp.sentences import sentences

ONLY_IF = re.compile(
    r"(?:This\sis\sonly\s|(?P<subject>It|They|[A-Z][^.;:,]{1,80}?)\s(?:(?:is|are)\s(?:only\srecommended(?:\sfor\s(?:these|this|both)\s\w+)?|recommended(?:\s(?:for|in)\s(?P<whom>[^,;:.]{3,80}?),?)?(?=\sonly)|(?:only\s)?(?:an\soption|options)(?=\s(?:only\s)?(?:if|when)\b))|(?:can|should|may|must)\sonly\sbe\s(?:used|recommended|offered|done))\s"
    r"|(?P<these>(?:It|They|These\s\w+)\scan\sbe\sused\s(?=once\b)))"
    r"(?P<condition>(?:only\s)?(?:if|when|once|provided)\b.+?)\.?$",
    re.DOTALL,
)
"""A further sentence that narrows the recommendation before it: "It is recommended only if the company provides it"."""


def limit_of(words: str) -> str:
    """The limit that the first sentence of the words sets ("only if the company provides it"), or the words themselves where it sets
    none."""
    if " only " not in words:
        return words
    start, end = sentences(words, 0, len(words))[0]
    limit = ONLY_IF.match(words[start:end])
    return limit["condition"] if limit else words
