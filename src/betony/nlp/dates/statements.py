"""Dates in sentences: "This guideline was published in May 2031"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Block
from betony.nlp import cues, phrases, references, when
from betony.nlp.dates.consultations import opening_and_closing
from betony.nlp.dates.found import WORDS, Found
from betony.nlp.looks import has_any
from betony.nlp.when import When


def said(text: str, block: Block, centuries: Sequence[int]) -> Iterator[Found]:
    """What sentences say that hold a year; `centuries` are where one may begin in the block."""
    years = [at for at in centuries if at > block.start and _YEAR.match(text, at - 1, block.end)]
    if not years or block.end - block.start < 25 or not has_any(text[block.start : block.end], _VERBS):
        return
    for start, end in cues.sentences_at(text, block, years):
        words = text[start:end]
        if posted := _on_a_day(text, start, end):
            yield posted
            continue
        if not has_any(words, _VERBS) or not has_any(words, _NOUNS):
            continue
        low = words.lower()
        for field, signs, wording in _sentences():
            if not has_any(low, signs):
                continue
            for match in phrases.pattern(wording).finditer(text, start, end):
                if field == "consultation":
                    yield from opening_and_closing(text, match.span(), match.end(), end, strict=True)
                    continue
                value = when.at(text, match.end(), end)
                if (
                    isinstance(value, When)
                    and not references.find(text, start, match.end())
                    and not _OF_IT.search(text, max(start, match.start() - _OF_IT_LONGEST), match.start())
                    and not _OF_ANOTHER.match(text, value.end, end)
                ):
                    yield Found(field, "sentence", match.span(), value)
                    if field == "published" and (more := _AND_UPDATED.match(text, value.end, end)):
                        later = when.at(text, more.end(), end)
                        if isinstance(later, When):
                            yield Found("modified", "sentence", more.span("words"), later)
                    break


def _on_a_day(text: str, start: int, end: int) -> Found | None:
    """The date with which a sentence opens that says what was done then: "On May 3, 2031, this report was posted online", "In May
    2031, we withdrew this guidance"."""
    lead = next((lead for lead in ("On ", "In ") if text.startswith(lead, start)), None)
    day = when.at(text, start + len(lead), end) if lead else None
    if not isinstance(day, When) or day.precision != ("day" if lead == "On " else "month"):
        return None
    for field, wording in WORDS["done_on_a_day"].items():
        done = phrases.pattern(wording).match(text, day.end, end)
        if done and (day.precision == "day" or field in _BY_MONTH):
            return Found(field, "sentence", (start, done.end()), day)
    return None


_BY_MONTH = ("withdrawn", "status_changed")
"""What a month alone tells in front of a sentence."""
_YEAR = re.compile(r"\s(?:19|20)\d\d\b")
_OF_ANOTHER = re.compile(r"\s(?:article|issue|edition|paper|report|meeting|newsletter|bulletin|review)\b")
"""What stands behind a date that is another's: "in the March 2031 article"."""
_OF_IT_LONGEST = 40
_OF_IT = re.compile(
    r"\b(?:versions?|editions?|drafts?|summary|summaries|scope|report|correction|corrigendum|erratum|review|protocol|leaflet|translation"
    r"|supplement|announcement|release|article|paper|response|comments?|commentary|letter)\s(?:of|to|for|on|about)\s(?:the\s|our\s)?$"
)
"""What else than the document itself was published: "the patient version of this guideline"."""
_VERBS = (
    "published", "issued", "released", "updated", "amended", "up-to-date", "up to date", " correct ", " accurate ", "revised", "replaced", "superseded", "withdr", "retired", "archived", "review", "expected", "due ", "planned",
    "scheduled", " clos", " end", " expire", "check", "received", "submit", "onsultation", "onsulting", "static list", " added on ", " posted ", "send ", "Send ", "eturn ", "et us have", "omment until", "omments until", "omments through",
)  # fmt: skip
_NOUNS = (
    "uid",
    "tandard",
    "dvice",
    "ocument",
    "ublication",
    "pprais",
    "pdate",
    "onsult",
    "omment",
    "topic",
    "summary",
    "briefing",
    "page",
    "olicy",
    "alert",
    "terms of",
)
_AND_UPDATED = re.compile(
    r",?\s(?:and\s)?(?:was\s)?(?P<words>(?:last\s|most\srecently\s|subsequently\s)?(?:updated|amended|revised))(?=\s(?:in|on)\s)"
)


@cache
def _sentences() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Of each pattern its field, and in lower case what every match of it holds a piece of."""
    return tuple((entry["field"], tuple(entry["cues"]), entry["pattern"]) for entry in WORDS["sentences"])
