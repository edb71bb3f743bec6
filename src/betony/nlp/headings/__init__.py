"""betony_headings: finds the headings that no markup shows, and gives every heading its level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, BlockKind, Layer
from betony.nlp import banners, carry, chapters, fields, flattened, furniture, grades, whole
from betony.nlp.heading_words import is_exact
from betony.nlp.headings.known import (
    heading_items,
    heads_more,
    is_all_that_is_said,
    is_known_in_plain,
    named,
    stands_free,
)
from betony.nlp.headings.lines import A_PAGE, LONGEST, blank_above, same
from betony.nlp.headings.menus import without_menus
from betony.nlp.headings.outlines import (
    counts_what_follows,
    heads_its_numbers,
    heads_its_question,
    heads_its_questions,
    in_an_outline,
    over_entries,
    stands_between_numbers,
)
from betony.nlp.headings.over_numbered import group_over_recommendation, over_numbered, two_over_recommendation
from betony.nlp.headings.standing import (
    begins_an_appendix,
    heads_its_paragraph,
    parts_prose,
    shouts,
    stands_over_bullets,
    stands_over_prose,
    stands_twice,
)
from betony.nlp.headings.titles import is_above_a_title, is_title, leads_nowhere

_PARAGRAPH, _FURNITURE = BlockKind.PARAGRAPH, Layer.FURNITURE  # members take long to look up before Python 3.12
_OBLIGES = re.compile(
    r"\d{1,3}(?:\.\d{1,3})+\.?\s{1,9}(?!(?:Who|What|When|Where|Which|Whether|Why|How|If)\b)[A-Z][^?]{3,}?\s(?:should|must)\s(?:not\s)?[a-z]{2}[^?]*$"
)
"""A number and what somebody is to do: no heading, though no stop ends it."""
_DATED = re.compile(r"\[[A-Z]{2,5}\d{1,4}\]\s(?:Published|Issued|Last\supdated)\b")
"""The header's line that names the series, the reference and a date, and heads nothing."""
_SELDOM = 8
"""Of so many blocks one may stand below a blank line, and the text still have none between its sections."""
_SHOWN = 2
"""So many known headings show that a text has its headings still; then others may stand among them."""


@Language.component("betony_headings", assigns=["doc.user_data"])
def headings(doc: Doc) -> Doc:
    """Make headings of the lines that act as such."""
    carry.set_blocks(doc, find(carry.text(doc), carry.blocks(doc), carry.parts(doc), plain=_is_plain(doc)))
    return doc


def find(text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,), *, plain: bool) -> list[Block]:
    """The blocks, those that act as headings marked as such.

    In any document a short paragraph that the vocabulary knows as a heading is one. In plain text, where no markup
    tells, so is a short line between blank lines that stands over prose, and the first line of a page is its title
    where it reads like one. A line that repeats the heading right above it is text of that section.
    """
    if plain:
        return _in_plain_text(text, banners.without(text, flattened.apart(text, blocks, named), parts), parts)
    return _in_markup(text, whole.as_text(text, blocks))


def _in_markup(text: str, found: list[Block]) -> list[Block]:
    for i, block in enumerate(found):
        if (
            block.kind is _PARAGRAPH
            and block.layer is not _FURNITURE
            and block.end - block.start <= LONGEST
            and is_exact(text[block.start : block.end])
            and not _repeats(text, found, i)
            and heads_more(found, i)
        ):
            found[i] = replace(block, kind=BlockKind.HEADING)
    return found


def _in_plain_text(text: str, found: list[Block], parts: Sequence[int]) -> list[Block]:
    first_of_part = {
        next((i for i, b in enumerate(found) if b.start >= part and not leads_nowhere(text, b)), -1) for part in parts
    }
    spaced = sum(blank_above(text, found, i) for i in range(1, len(found))) > len(found) // _SELDOM
    dense = not spaced and len(found) <= A_PAGE
    facts = {i for start, end in fields.runs(text, found) for i in range(start, end)}
    unknown = chapters.unknown(text, found, lambda i: is_known_in_plain(text, found, i))
    _mark(text, found, (i for i in unknown if i not in facts))
    over = [i for i in over_entries(text, found) if not _OBLIGES.match(text, found[i].start, found[i].end)]
    _mark(text, found, (*heading_items(text, found), *over))
    for i, block in enumerate(found):
        if i in facts or not _may_head(text, found, i, first_of_part):
            continue
        short = block.end - block.start <= LONGEST
        words = text[block.start : block.end]
        known = short and is_known_in_plain(text, found, i)
        if known and (i in first_of_part or stands_free(text, found, i, spaced=spaced, dense=dense)):
            found[i] = replace(block, kind=BlockKind.HEADING)
        elif short and (furniture.is_known(words) or furniture.is_label(words)):
            continue
        elif _is_at_the_top(i, first_of_part) and is_title(text, found, i, first_of_part):
            found[i] = replace(block, kind=BlockKind.HEADING, level=1)
        elif short and any(rule(text, found, i) for rule in _STANDS):
            found[i] = replace(block, kind=BlockKind.HEADING)
    if len(found) <= A_PAGE:
        _mark(text, found, _among_others(text, found, facts, dense=dense))
    if spaced:
        groups = (*two_over_recommendation(text, found), *group_over_recommendation(text, found))
        _mark(text, found, (*over_numbered(text, found), *groups))
    return without_menus(found)


def _mark(text: str, blocks: list[Block], places: Iterable[int]) -> None:
    """Make headings of the blocks at the places; a line that only grades what stands above it heads nothing."""
    for i in places:
        if not _is_grade(text[blocks[i].start : blocks[i].end]):
            blocks[i] = replace(blocks[i], kind=BlockKind.HEADING)


def _may_head(text: str, blocks: Sequence[Block], i: int, first_of_part: Set[int]) -> bool:
    """Whether the line may act as a heading at all: a paragraph, short or at the top of a page, that says nothing of another."""
    block = blocks[i]
    if block.kind is not _PARAGRAPH or block.layer is _FURNITURE:
        return False
    if block.end - block.start > LONGEST and not _is_at_the_top(i, first_of_part):
        return False
    words = text[block.start : block.end]
    if _OBLIGES.match(words) or _DATED.search(words) or _is_grade(words) or _repeats(text, blocks, i):
        return False
    if i > 0 and is_all_that_is_said(text, blocks, i):
        return False
    return not (i + 1 in first_of_part and is_above_a_title(text, blocks, i))


def _is_at_the_top(i: int, first_of_part: Set[int]) -> bool:
    """Whether it is the first line of a page, or the second."""
    return i in first_of_part or i - 1 in first_of_part


def _repeats(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether it says again what the heading right above it says."""
    return i > 0 and blocks[i - 1].kind is BlockKind.HEADING and same(text, blocks[i - 1], blocks[i])


def _among_others(text: str, blocks: Sequence[Block], facts: Set[int], *, dense: bool) -> list[int]:
    """The lines of a page that stand as headings do where the page shows by some others that it has its headings still."""
    stands = parts_prose if dense else heads_its_paragraph
    found = [
        i
        for i, block in enumerate(blocks)
        if block.layer is Layer.BODY
        and block.kind is BlockKind.PARAGRAPH
        and i not in facts
        and stands(text, blocks, i)
    ]
    shown = sum(block.kind is BlockKind.HEADING and not block.level for block in blocks) if dense else 0
    return found if shown + len(found) >= _SHOWN else []


_STANDS = (
    counts_what_follows,
    stands_over_prose,
    stands_twice,
    in_an_outline,
    heads_its_numbers,
    stands_between_numbers,
    shouts,
    begins_an_appendix,
    stands_over_bullets,
    heads_its_questions,
    heads_its_question,
)
"""How a line may stand that acts as a heading though no vocabulary holds it."""


def _is_plain(doc: Doc) -> bool:
    return carry.media_type(doc) == "text/plain"


def _is_grade(words: str) -> bool:
    """Whether the line only grades the recommendation above it: "Strong recommendation, high certainty"."""
    return " recommendation" in words and grades.line(words) is not None
