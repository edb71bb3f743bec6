"""betony_headings: finds the headings that no markup shows, and gives every heading its level."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
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

_OBLIGES = re.compile(
    r"\d{1,3}(?:\.\d{1,3})+\.?\s(?!(?:Who|What|When|Where|Which|Whether|Why|How|If)\b)[A-Z][^?]{3,}?\s(?:should|must)\s(?:not\s)?[a-z]{2}[^?]*$"
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
    found = banners.without(text, flattened.apart(text, blocks, named), parts) if plain else whole.as_text(text, blocks)
    first_of_part = {
        next((i for i, b in enumerate(found) if b.start >= part and not leads_nowhere(text, b)), -1) for part in parts
    }
    spaced = plain and sum(blank_above(text, found, i) for i in range(1, len(found))) > len(found) // _SELDOM
    dense = plain and not spaced and len(found) <= A_PAGE
    facts = {i for start, end in fields.runs(text, found) for i in range(start, end)} if plain else frozenset()
    if plain:
        for i in chapters.unknown(text, found, lambda i: is_known_in_plain(text, found, i)):
            if i not in facts:
                found[i] = replace(found[i], kind=BlockKind.HEADING)
        over = [i for i in over_entries(text, found) if not _OBLIGES.match(text, found[i].start, found[i].end)]
        for i in (*heading_items(text, found), *over):
            found[i] = replace(found[i], kind=BlockKind.HEADING)
    paragraph, furnishing = BlockKind.PARAGRAPH, Layer.FURNITURE  # members take long to look up before Python 3.12
    for i, block in enumerate(found):
        if block.kind is not paragraph or block.layer is furnishing or i in facts:
            continue
        short = block.end - block.start <= LONGEST
        at_the_top = plain and (i in first_of_part or i - 1 in first_of_part)
        if not short and not at_the_top:
            continue
        words = text[block.start : block.end]
        if plain and (_OBLIGES.match(words) or _DATED.search(words) or _is_grade(words)):
            continue
        known = short and (is_known_in_plain(text, found, i) if plain else is_exact(words))
        if not plain and not known:
            continue
        if i > 0 and found[i - 1].kind is BlockKind.HEADING and same(text, found[i - 1], block):
            continue
        if plain and i > 0 and is_all_that_is_said(text, found, i):
            continue
        if plain and i + 1 in first_of_part and is_above_a_title(text, found, i):
            continue
        if known and (
            heads_more(found, i)
            if not plain
            else i in first_of_part or stands_free(text, found, i, spaced=spaced, dense=dense)
        ):
            found[i] = replace(block, kind=BlockKind.HEADING)
        elif short and (furniture.is_known(words) or furniture.is_label(words)):
            continue
        elif at_the_top and is_title(text, found, i, first_of_part):
            found[i] = replace(block, kind=BlockKind.HEADING, level=1)
        elif plain and short and any(rule(text, found, i) for rule in _STANDS):
            found[i] = replace(block, kind=BlockKind.HEADING)
    if plain and len(found) <= A_PAGE:
        for i in _among_others(text, found, facts, dense=dense):
            found[i] = replace(found[i], kind=BlockKind.HEADING)
    if spaced:
        for i in (
            *over_numbered(text, found),
            *two_over_recommendation(text, found),
            *group_over_recommendation(text, found),
        ):
            found[i] = replace(found[i], kind=BlockKind.HEADING)
    return without_menus(found) if plain else found


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
)
"""How a line may stand that acts as a heading though no vocabulary holds it."""


def _is_plain(doc: Doc) -> bool:
    return carry.media_type(doc) == "text/plain"


def _is_grade(words: str) -> bool:
    """Whether the line only grades the recommendation above it: "Strong recommendation, high certainty"."""
    return " recommendation" in words and grades.line(words) is not None
