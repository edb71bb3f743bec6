"""The line at the top of a page that is its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind, Layer, SectionType
from betony.nlp import furniture
from betony.nlp.clauses.signs import FINITE, RELATIVE
from betony.nlp.heading_words import read
from betony.nlp.headings.lines import LONGEST, SENTENCE_END, goes_on_below, same
from betony.nlp.passages import is_field, judge

_TITLE_LONGEST = 300
_SENTENCE_WITHIN = re.compile(r"[a-z)]{3}\.\s(?=[A-Z])")
"""Once it may stand in a title, "Care of heels. Report of a working group."."""


_NUMBERED = re.compile(
    r"Chapter\s\d{1,3}:\s[A-Z]"
    r"|[A-Z][\w-]{1,20}(?:\s(?!(?:number|version|issue|page|section|room|ward|step|day|week|table)\s)[a-z]{3,20}){1,2}\s\d{1,3}:\s[A-Z][\w-]{2,30}(?:\s[\w-]{2,30}){2}"
)
"""How the title of a chapter begins, or of one paper of a series, which is no field though it has a colon: "Heel note 46: Wax and
boots"."""


def is_title(text: str, blocks: Sequence[Block], i: int, first_of_part: set[int]) -> bool:
    """Whether one of the first two lines of a page reads like its title.

    The first line does where it does not end a sentence, or a known heading stands right under it; the second only
    where the first is no title (a header with type and dates) and a known heading stands right under the second. A line
    that goes on in the next one is the half of something.
    """
    block = blocks[i]
    words = text[block.start : block.end]
    if block.kind is not BlockKind.PARAGRAPH or "\n" in words or len(words) > _TITLE_LONGEST or i + 1 >= len(blocks):
        return False
    if (judgement := judge(words)) and judgement.type is SectionType.STATUS:
        return False
    below = blocks[i + 1]
    if goes_on_below(text, blocks, i):
        return False
    under_a_field = is_field(text[below.start : below.end]) and not same(text, block, below)
    if under_a_field and is_field(words) and not _NUMBERED.match(words):
        return False
    under = read(text[below.start : below.end]) if below.end - below.start <= LONGEST else None
    over_heading = under is not None and under.exact and text[below.start] != "•"
    ends_sentence = bool(SENTENCE_END.search(words))
    if ends_sentence and (len(_SENTENCE_WITHIN.findall(words)) > 1 or _says_something(words)):
        return False
    if i in first_of_part:
        return over_heading or not ends_sentence
    return over_heading and not ends_sentence and blocks[i - 1].kind is BlockKind.PARAGRAPH


def _says_something(words: str) -> bool:
    """Whether a line that ends in a full stop is a sentence, as the only one of a short lead is; a title may end in one as well."""
    if words.startswith("This ") and words.endswith("."):
        return True
    verb = FINITE.search(words) if words.endswith(".") else None
    return verb is not None and RELATIVE.search(words, 0, verb.start()) is None


def leads_nowhere(text: str, block: Block) -> bool:
    """Whether the block is no beginning of a document: the site's, not the page's."""
    return block.layer is Layer.FURNITURE or (
        block.end - block.start <= LONGEST
        and (furniture.is_known(words := text[block.start : block.end]) or furniture.is_label(words))
    )


def is_above_a_title(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether the line is the name of a series of documents, and a title stands below it."""
    below = blocks[i + 1]
    is_title = below.end - below.start <= LONGEST and not SENTENCE_END.search(text[below.start : below.end])
    return is_title and furniture.is_label(text[blocks[i].start : blocks[i].end])
