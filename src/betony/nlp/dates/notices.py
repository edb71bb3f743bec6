"""Dates that the first lines tell of the document by its name: "IPG2 was published in June 2031 and replaces IPG1"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block
from betony.nlp import subject, when
from betony.nlp.dates.found import Found
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.when import When

_LEAD = 6
"""Blocks at the top of a page in which it says of itself when it was published, whatever the section is for."""
_IN_PLACE = re.compile(r"\swas\s(?:first\s)?(?P<done>published|issued)(?=\s(?:in|on)\s)")
_REPLACES = re.compile(r",?\s(?:and\s(?:it\s)?|which\s)?(?:partially\s)?(?:updates\sand\s)?replaces\s")


def in_place_of_another(text: str, blocks: Sequence[Block]) -> Iterator[Found]:
    """When the page's own document was published, as it says in one with what it replaces: "IPG2 was published in June 2031 and
    replaces IPG1"."""
    for block in blocks[:_LEAD]:
        if not has_any(text[block.start : block.end], (" replaces ", "\nreplaces ")):
            continue
        for start, end in sentences(text, block.start, min(block.end, block.start + _NOTICE_LONGEST)):
            told = _IN_PLACE.search(text, start, end)
            day = when.at(text, told.end(), end) if told else None
            if not told or not isinstance(day, When) or not _REPLACES.match(text, day.end, end):
                continue
            if subject.of(text, start, told.start()).own or subject.is_own_name(text, start, told.end() + 4):
                yield Found("published", "sentence", told.span("done"), day)


_NOTICE_LONGEST = 1500
_WENT = re.compile(
    r"\s(?:was|were|has\sbeen)\s(?:formally\s|permanently\s)?(?P<done>withdrawn|retired|archived)(?=\s(?:in|on)\s)"
)


def withdrawn_by_name(text: str, blocks: Sequence[Block], reference: str | None) -> Iterator[Found]:
    """When the page's own document was withdrawn, as its first lines say of it by the `reference` that its address has."""
    for block in blocks[:_LEAD] if reference else ():
        if not has_any(text[block.start : block.end], (" withdrawn ", " retired ", " archived ")):
            continue
        for start, end in sentences(text, block.start, min(block.end, block.start + _NOTICE_LONGEST)):
            told = _WENT.search(text, start, end)
            day = when.at(text, told.end(), end) if told else None
            if told and isinstance(day, When) and subject.is_named(text, start, told.start(), reference):
                yield Found("withdrawn", "sentence", told.span("done"), day)
