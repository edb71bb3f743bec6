"""What a sentence is read as because of the one before or behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.nlp import phrases, references
from betony.nlp.sentences import sentences
from betony.nlp.status.another import BARE, subject_of
from betony.nlp.status.decisions import decided_of
from betony.nlp.status.statement import OUT_OF_FORCE, Statement
from betony.nlp.status.wording import WORDS


def settled(text: str, spans: Sequence[tuple[int, int]], i: int) -> tuple[str, str] | None:
    """What the sentence says a check led to, if the one before it is about the check."""
    for currency, pattern in WORDS["settled"].items():
        if phrases.pattern(pattern).match(text, *spans[i]) and is_looked(text, *spans[i - 1]):
            return currency, f"says:{currency}"
    return None


def is_of_a_part(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence says with a bare "this" that something was replaced or withdrawn of which the one before it speaks:
    "We amended recommendation 1.4 to remove a reference. This was replaced with …"."""
    return (
        currency in OUT_OF_FORCE
        and BARE.match(text, *spans[i]) is not None
        and (_A_PART.search(text, *spans[i - 1]) or _PART_FIRST.match(text, *spans[i - 1])) is not None
    )


def is_followed(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence says that the document is not the current one, and the next one what stands in its place: "This is not
    the current manual. From May 2031, leaflets were written by the leaflets guide"."""
    return (
        currency == "withdrawn"
        and i + 1 < len(spans)
        and _NOT_CURRENT.search(text, *spans[i]) is not None
        and _FROM_THEN.match(text, *spans[i + 1]) is not None
    )


_TO_BE_DONE = re.compile(
    r"\b(?:decided|concluded|agreed)\sthat\s[^.;]{2,80}?\s(?:should|needs\sto)\sbe\s(?:fully\s)?updated\b"
)
_WAS_DONE = r"(?:{self}|it) (?:was|has been) (?:then |since |now |fully )?updated\b"
"""What tells that an update was made on which the sentence before decides."""


def is_done(text: str, spans: Sequence[tuple[int, int]], i: int, currency: str) -> bool:
    """Whether the sentence tells of an update that was decided on, and the next one that it was made: "We checked this guideline and
    decided that it should be updated. This guideline was updated in May 2031"."""
    return (
        currency == "update_in_progress"
        and i + 1 < len(spans)
        and _TO_BE_DONE.search(text, *spans[i]) is not None
        and phrases.pattern(_WAS_DONE).match(text, *spans[i + 1]) is not None
    )


def is_of_the_entry(text: str, start: int, span: tuple[int, int], currency: str, reference: str | None) -> bool:
    """Whether a sentence without a subject stands in an entry, which begins at `start`, on another document than the page's own:
    "Heel cream (2007) NICE guideline PH9. Placed on the static list in October 2015."."""
    if currency != "static_list" or _MOVED.match(text, *span) is None:
        return False
    if phrases.pattern(r"\b{self}").search(text, start, span[0]):
        return False
    named = references.find(text, start, span[0])
    decided = None if reference else decided_of(text)
    return bool(named) and all(one.identifier != reference and one.id != decided for one in named)


_MOVED = re.compile(r"(?:Now\s)?(?:[Mm]oved|[Tt]ransferred|[Pp]laced|[Pp]ut|[Aa]dded)\s")
"""How a sentence begins that says what was done, and not with what."""
_NOT_CURRENT = re.compile(r"\b(?:not|no\slonger)\sthe\s(?:current|latest)\s")
_FROM_THEN = re.compile(
    r"(?:From|Since|After)\s(?:\d{1,2}\s)?(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d,?\s[^.]{3,120}?\s(?:using|by|with|to|following)\s"
)


def is_below_a_part(text: str, blocks: Sequence[Block], i: int, said: Statement) -> bool:
    """Whether a bare "this" is said to be replaced or withdrawn right below a recommendation that its number opens, as a table of
    changes prints the two."""
    start = said.spans[0][0]
    if said.currency not in OUT_OF_FORCE or start - blocks[i].start > 3 or not BARE.match(text, start):
        return False
    return any(_OPENS_WITH_NUMBER.match(text, block.start, block.end) for block in blocks[max(i - 2, 0) : i])


def replaced_below(text: str, blocks: Sequence[Block], i: int) -> Statement | None:
    """What a line says with a bare "it", right below the line that says the document is out of date: "It has been replaced by the
    following: Care of heels"."""
    said = _IT_WAS_REPLACED.match(text, blocks[i].start, blocks[i].end) if i else None
    if said is None or not phrases.pattern(WORDS["outdated"]["pattern"]).fullmatch(
        text, blocks[i - 1].start, blocks[i - 1].end
    ):
        return None
    sentence = sentences(text, blocks[i].start, blocks[i].end)[0]
    return Statement("replaced", (sentence, (blocks[i - 1].start, blocks[i - 1].end)), "says:replaced")


_IT_WAS_REPLACED = re.compile(r"It\s(?:has\s(?:now\s|since\s)?been|was)\s(?:replaced|superseded)\sby\s")
_OPENS_WITH_NUMBER = re.compile(r"[\s•*|-]{0,4}(?:Recommendation\s)?\d{1,2}(?:\.\d{1,3}){1,4}\s")
_A_PART = re.compile(
    r"\b(?:[Aa]mend|[Cc]hang|[Cc]orrect|[Rr]emov|[Dd]elet|[Rr]eword|[Rr]evis|[Uu]pdat|[Aa]dd|[Cc]larifi)ed\b.{0,200}?"
    r"\b(?:recommendation|section|paragraph|reference|wording|sentence|statement|footnote|table|figure|definition|term|link|name)s?\b"
)
_PART_FIRST = re.compile(
    r"(?:Recommendation|Section|Paragraph|Footnote|Table|Figure)s?\s\d|\d{1,2}(?:\.\d{1,3}){1,4}\s"
)
"""A part that was changed, or that the sentence begins with: a bare pronoun in the next may stand for it, rather than for the
document."""


def is_looked(text: str, start: int, end: int) -> bool:
    match = phrases.pattern(WORDS["looked"]["pattern"]).search(text, start, end)
    if match is None or references.find(text, start, match.start()):
        return False
    return not match["verb"] or subject_of(text, start, match.start("verb")).own
