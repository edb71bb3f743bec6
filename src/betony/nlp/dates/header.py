"""Dates in the first lines of a document whose label alone would say too little."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block
from betony.nlp import references, when
from betony.nlp.sentences import sentences
from betony.nlp.when import When

_BLOCKS = 12
_LONGEST = 160
_DATE = re.compile(r"(?:Date|DATE)\s?:\s{0,3}")
APPOINTMENT = re.compile(
    r"(?:Time|Venue|Location|Place|Where|When|Chair|Present|Attendees|Apologies)\s?:", re.IGNORECASE
)
"""Labels beside the date of a meeting, which is no date of a document."""
_FILLED_IN = re.compile(
    r"(?:Completed|Signed|Submitted|Filled\sin|Approved)\s(?:off\s)?by\s(?:the\s)?(?:[Dd]eveloper|[Cc]ommittee|NICE|[Cc]hair)\b"
)
"""The line over the date on which somebody filled in a form."""
_BESIDE = 3
"""Lines above and below a date in which they may stand."""
_ISSUED = re.compile(r"\b[Ii]ssued:?\s(?:in\s|on\s)?")
_AND_REVIEW = re.compile(r"[.;,]?\s{1,3}(?:[Nn]ext\s)?[Rr]eview(?:\s(?:date|due|by))?:?\s")
_REVIEW = re.compile(r"Review\s?:\s{0,3}")
_END = re.compile(r"[\s.)]{0,3}")
_FULL_GUIDANCE = re.compile(
    r"(?:has\s)?issued\sfull\sguidance\sto\sthe\sNHS\s(?:in\s[A-Z][A-Za-z, ]{3,60}\s)?on\s(?P<topic>[^.;:\n]{3,160}?),?\s"
    r"(?=in\s[A-Z][a-z]{2,8},?\s(?:19|20)\d\d\b)"
)
"""How the lead of an overview says what the guidance is on, before the month."""


def published(text: str, blocks: Sequence[Block]) -> Iterator[tuple[tuple[int, int], When]]:
    """The day of a line "Date: 5 May 2031", or of one that stands alone right below the document's reference, with the words
    that announce it; the date of a meeting is none."""
    for i, block in enumerate(blocks[:_BLOCKS]):
        if block.end - block.start > _LONGEST:
            continue
        label = _DATE.match(text, block.start, block.end)
        if label:
            beside = blocks[max(i - _BESIDE, 0) : i + 1 + _BESIDE]
            if any(APPOINTMENT.match(text, one.start, one.end) for one in beside):
                continue
            if i and _FILLED_IN.match(text, blocks[i - 1].start, blocks[i - 1].end):
                continue
            start, span = label.end(), label.span()
        elif i and references.alone(text[blocks[i - 1].start : blocks[i - 1].end].strip()):
            start, span = block.start, (blocks[i - 1].start, blocks[i - 1].end)
        else:
            continue
        day = when.at(text, start, block.end)
        if isinstance(day, When) and day.precision == "day" and _END.fullmatch(text, day.end, block.end):
            yield span, day
            return


def in_a_series(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], When] | None:
    """The month of a line that gives the document's number in a series, "Committee Opinion Number 541, November 2032", where no other
    such line stands on the page, as in a list of several."""
    found = list(_NUMBERED.finditer(text, 0, _LEAD))
    if len(found) != 1 or _OF_ANOTHER.match(found[0].group()):
        return None
    at = next((i for i, block in enumerate(blocks[:_BLOCKS]) if block.start == found[0].start()), None)
    if at is None or (at and _UNFINISHED.search(text, blocks[at - 1].start, blocks[at - 1].end)):
        return None
    day = when.at(text, found[0].end(), found[0].end() + _LONGEST)
    return (found[0].span(), day) if isinstance(day, When) and _LINE_END.match(text, day.end) else None


def in_an_issue(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], When] | None:
    """The day of the issue of a periodical that the document stands in: "Weekly / June 17, 2032 / 81(24);805–809"."""
    for block in blocks[:_BLOCKS]:
        if opened := _ISSUE.match(text, block.start, min(block.end, block.start + _LONGEST)):
            day = when.at(text, *opened.span("day"))
            if isinstance(day, When) and day.precision == "day":
                return opened.span(), day
    return None


_ISSUE = re.compile(
    r"[A-Z][A-Za-z ]{2,40}\s?/\s?(?P<day>[A-Z][a-z]{2,8}\.?\s\d{1,2},\s(?:19|20)\d\d)\s?/\s?\d{1,3}\(\w{1,6}\)"
)
_NUMBERED = re.compile(
    r"^(?:[A-Z][\w’-]{2,20}\s(?:[A-Z][\w’-]{2,20}\s){0,3})?(?:Number|No\.?)\s\d{1,4}(?:,|\s[–—-])\s(?=(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\.?\s(?:19|20)\d\d\b)",
    re.MULTILINE,
)
_OF_ANOTHER = re.compile(
    r"(?:Replaces|Supersedes|Updates|See|Our|Your|Ref)\b|(?:[\w’-]{1,30}\s){0,4}(?:Instrument|Order|Act|Regulations?|Ref|Reference)\s(?:Number|No)"
)
"""How a line begins that numbers what this document replaces, a law or a letter."""
_UNFINISHED = re.compile(r"\b(?:replaces|supersedes|updates|in|of|the|by|with|from|see|and|to|Act)$", re.IGNORECASE)
"""How a line ends whose sentence goes on with the number below it."""
_LINE_END = re.compile(r"[ .)]{0,3}(?:\n|$)")


def dateline(text: str, blocks: Sequence[Block]) -> tuple[tuple[int, int], When] | None:
    """The day with which a page's first prose opens, before a dash: "22 March 2033 - Heels are"."""
    days = [block for block in blocks if _OPENS_PROSE.match(text, block.start, block.end)]
    for block in blocks[:_DATELINE_BLOCKS] if len(days) == 1 else ():
        if opened := _OPENS_PROSE.match(text, block.start, block.end):
            told = sentences(text, opened.end(), block.end)
            if len(told) < _FEWEST_SENTENCES or _AN_ENTRY.match(text, opened.end()):
                return None
            day = when.at(text, block.start, opened.end("day"))
            return ((block.start, day.end), day) if isinstance(day, When) and day.precision == "day" else None
    return None


_OPENS_PROSE = re.compile(r"(?P<day>\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)\s?[-–—]\s(?=[A-Z][^\n]{60})")
_AN_ENTRY = re.compile(r"(?:Deadline|Closing|Removed|Added|Updated|Changed|Amended|Corrected|We\s(?:have\s)?\w+ed)\b")
"""How an entry begins that tells what is due or what was changed on a day."""
_FEWEST_SENTENCES = 2
"""Sentences of prose; an event or an entry of a list has one."""
_DATELINE_BLOCKS = 5


def issued(text: str, blocks: Sequence[Block]) -> Iterator[tuple[tuple[int, int], When]]:
    """The month of "… has issued full guidance to the NHS on heel cream in May 2031", where a line above names the same thing:
    elsewhere the guidance may be another."""
    for i, block in enumerate(blocks[:_BLOCKS]):
        if text.find("issued", block.start, block.end) < 0:
            continue
        told = _FULL_GUIDANCE.search(text, block.start, block.end)
        if told is None:
            continue
        topic = told["topic"].lower()
        day = when.at(text, told.end(), block.end)
        above = any(text[one.start : one.end].lower().startswith(topic) for one in blocks[:i])
        if isinstance(day, When) and above and not references.find(text, block.start, told.end()):
            yield told.span(), day
        return


def issued_by_lead(text: str) -> tuple[tuple[int, int], When] | None:
    """The month in the lead of an overview, "The National Institute … issued full guidance to the NHS on heel cream in May 2031";
    the lead of a project that updates the guidance tells when the older one came."""
    at = text.find(" issued full guidance to the NHS ", 0, _LEAD)
    start = text.rfind("\n", 0, at) + 1 if at >= 0 else 0
    opened = _LEAD_OPENS.match(text, start) if at >= 0 else None
    told = _FULL_GUIDANCE.match(text, opened.end()) if opened else None
    if opened is None or told is None or references.find(text, start, told.end()):
        return None
    day = when.at(text, told.end(), min(told.end() + _TOLD_BEHIND, len(text)))
    behind = text[told.end() : told.end() + _TOLD_BEHIND]
    return ((opened.start(), told.end()), day) if isinstance(day, When) and not _RENEWED.search(behind) else None


_LEAD = 1500
_LEAD_OPENS = re.compile(
    r"[ \t]{0,6}The\sNational\sInstitute\sfor\s[A-Z][A-Za-z ]{4,40}Excellence\s\(NICE\)\s(?=(?:has\s)?issued\s)"
)
_TOLD_BEHIND = 400
_RENEWED = re.compile(r"\bis\s(?:currently\s|now\s)?updating\b|\bnew\sguidance\b|\bprocedure\sreview\b")


def next_review(
    text: str, blocks: Sequence[Block], since: str | None
) -> Iterator[tuple[tuple[int, int], When, When | None]]:
    """The date of a line "Review: July 2033", where the document was published before it (`since`), or of "issued April 2031.
    Review April 2033", which gives the date of issue as well."""
    for block in blocks[:_BLOCKS]:
        if block.end - block.start > _LONGEST or text.find("eview", block.start, block.end) < 0:
            continue
        issued = _ISSUED.search(text, block.start, block.end)
        first = when.at(text, issued.end(), block.end) if issued else None
        label = _REVIEW.match(text, block.start, block.end)
        if issued and isinstance(first, When):
            label = _AND_REVIEW.match(text, first.end, block.end)
        before = first.value if isinstance(first, When) else since
        day = when.at(text, label.end(), block.end) if label else None
        if (
            label
            and before
            and isinstance(day, When)
            and day.value > before
            and _END.fullmatch(text, day.end, block.end)
        ):
            yield label.span(), day, first if isinstance(first, When) else None
            return
