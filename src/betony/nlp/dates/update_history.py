"""The entries of an update history: "May 2031: We added advice on wax"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from betony.model import Block, BlockKind, Section
from betony.nlp import phrases, when
from betony.nlp.dates.found import WORDS, Found
from betony.nlp.sentences import sentences
from betony.nlp.when import When

_ENTRY = re.compile(
    r"(?P<lead>(?:In|On|As\sof)\s)?(?P<date>(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:19|20)\d\d)(?:\s?[:–—-]|(?(lead),?|(?!)))\s"
)
_ENTRY_ALONE = re.compile(r"(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:19|20)\d\d:?")
_HISTORY_HEADING = re.compile(
    r"(?:Updates?|Changes|Amendments|(?:Update|Revision|Version|Change)\s(?:information|history))\b"
)
_ENTRY_LEAD = 19
"""As many characters stand before an entry's year, at most."""


def from_history(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], centuries: Mapping[int, Sequence[int]]
) -> Iterator[Found]:
    """The newest entry of the update history that changed the guidance, the one that ended it and the one of its publication;
    `centuries` are the blocks in which a year may stand, with where it begins."""
    newest: Found | None = None
    gone: Found | None = None
    begun: Found | None = None
    headings = [s.heading for s in sections if s.heading and not _ENTRY_ALONE.fullmatch(text, *s.heading)]
    for i, years in centuries.items():
        if years[0] - blocks[i].start > _ENTRY_LEAD or not (entry := _entry(text, blocks, headings, i)):
            continue
        days, told = entry
        if first := _first_of_all(text, days, told):
            begun = first if begun is None else begun
            continue
        date = when.at(text, *days)
        if isinstance(date, When) and (withdrawn := phrases.pattern(WORDS["history"]["withdrawn"]).match(text, *told)):
            gone = Found("withdrawn", "history", withdrawn.span(), date)
            continue
        if phrases.pattern(WORDS["history"]["replaced"]).match(text, *told):
            continue
        done = phrases.pattern(WORDS["history"]["done"]).search(text, *told) or _done_below(text, blocks, i, told)
        minor = phrases.pattern(WORDS["history"]["minor"]).search(text, *told)
        if minor and not (done and done.start() < minor.start() and minor.group().lower() == "replaces"):
            continue
        if (
            done
            and isinstance(date, When)
            and (newest is None or newest.date is None or date.value > newest.date.value)
        ):
            newest = Found("modified", "history", done.span(), date)
    yield from filter(None, (newest, gone, begun))


def _done_below(text: str, blocks: Sequence[Block], i: int, told: tuple[int, int]) -> re.Match[str] | None:
    """What an entry that ends with "We have:" says in the list below it that was done to the document."""
    if text[told[1] - 1] != ":" or not _WE_HAVE.fullmatch(text, *told):
        return None
    for block in blocks[i + 1 : i + _LIST_LONGEST]:
        if block.kind is BlockKind.HEADING or _ENTRY.match(text, block.start, block.end):
            return None
        if done := _ITEM_DONE.match(text, block.start, block.end):
            return done
        if not _ITEM.match(text, block.start, block.end):
            return None
    return None


_WE_HAVE = re.compile(r"We\s(?:have|also|have\salso)\s?:")
_LIST_LONGEST = 12
_ITEM = re.compile(r"[\s•*·–-]{0,6}(?:$|(?:and|or)$|[a-z])")
"""A line of a list that goes on with the sentence above it: its sign, "and", or words that begin small."""
_ITEM_DONE = re.compile(
    r"[\s•*·–-]{0,6}(?:updated|amended|changed|revised|added|removed|clarified|corrected|reworded|replaced|withdrawn|made)\s(?!no\b)"
)


def _first_of_all(text: str, days: tuple[int, int], told: tuple[int, int]) -> Found | None:
    """The entry with which a history began: "May 2031: This guideline was published."."""
    date = when.at(text, *days)
    published = phrases.pattern(WORDS["history"]["published"]).match(text, *told)
    return (
        Found("published", "history:published", published.span(), date)
        if published and isinstance(date, When)
        else None
    )


def _entry(
    text: str, blocks: Sequence[Block], headings: Sequence[tuple[int, int]], i: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The date of an entry of the update history that begins with the block, and what it tells: on the same line, or in
    the block below where the date stands alone under a heading of such a history. `headings` are those that are no such
    date, in order."""
    block = blocks[i]
    if entry := _ENTRY.match(text, block.start, block.end) or _own_entry().match(text, block.start, block.end):
        # "In May 2031, …" dates its own sentence, "May 2031: …" all that follows.
        first = sentences(text, entry.end(), block.end)[:1] if entry["lead"] else ()
        return entry.span("date"), (entry.end(), first[0][1] if first else block.end)
    if i + 1 == len(blocks) or not _ENTRY_ALONE.fullmatch(text, block.start, block.end):
        return None
    over = bisect_left(headings, (block.start,))
    if over and _HISTORY_HEADING.match(text, *headings[over - 1]):
        return (block.start, block.end), (blocks[i + 1].start, blocks[i + 1].end)
    return None


@cache
def _own_entry() -> re.Pattern[str]:
    """How an entry begins that says only the year, and that it was this document that was updated in it."""
    return phrases.pattern(r"(?P<lead>In )(?P<date>(?:19|20)\d\d),? (?={self} (?:was|has been) )")
