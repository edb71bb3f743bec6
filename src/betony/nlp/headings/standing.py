"""Lines that stand as headings do, though no vocabulary holds them and no number shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind
from betony.nlp import appendices, furniture
from betony.nlp.headings.lines import (
    A_LINE,
    A_PAGE,
    PROSE_END,
    SENTENCE_END,
    after_an_end,
    blank_above,
    goes_on_below,
    is_cut,
    over_more,
    same,
)
from betony.nlp.headings.outlines import OUTLINE, follows
from betony.nlp.passages import is_date, is_field, is_of_itself

_FIRST_ITEM = re.compile(r"1[.)]\s{1,9}[A-Z]")
_PERSON = re.compile(r"(?:Dr|Mrs?|Ms|Miss|Prof(?:essor)?|Sir|Dame)\b")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]\s")
_WORDS = re.compile(r"[A-Z][A-Z'’/&,() -]{4,58}[A-Z)]:?")
_SOME_WORDS = 2
"""Words of a line that is a heading because it stands there twice."""
_LITTLE = 3
"""Letters of a word that needs no capital in a heading."""


def stands_over_prose(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line between blank lines, without a sentence's end, over something longer that is a sentence."""
    block = blocks[i]
    if block.end - block.start > 90 or i + 1 >= len(blocks):
        return False
    below = blocks[i + 1]
    gap_above = text[blocks[i - 1].end : block.start] if i else "\n\n"
    gap_below = text[block.end : below.start]
    if gap_above.count("\n") < 2 or gap_below.count("\n") < 2:
        return False
    if below.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    words = text[block.start : block.end]
    if (
        not (words[0].isupper() or (words[0].isdigit() and any(map(str.isalpha, words))))
        or "\n" in words
        or len(words.split()) > 12
    ):
        return False
    if SENTENCE_END.search(words.rstrip("-–")) or is_date(words) or is_of_itself(words):
        return False
    above = blocks[i - 1]
    if i and above.kind is BlockKind.PARAGRAPH and not after_an_end(text, above):
        return False
    under = text[below.start : _end_of_paragraph(text, blocks, i + 1)]
    if outline := OUTLINE.match(words):
        if under.startswith(f"{outline[1]}."):
            return True
        if (its := OUTLINE.match(under)) and follows(its[1], outline[1]):
            return False
    longer = len(under) > len(words) or (i + 2 < len(blocks) and _FIRST_ITEM.match(under) is not None)
    return longer and (bool(PROSE_END.search(under)) or is_cut(blocks, i + 1))


def _end_of_paragraph(text: str, blocks: Sequence[Block], i: int) -> int:
    """Where the paragraph ends that begins with the block: the lines right below, to the next blank one, belong to it."""
    while (
        i + 1 < len(blocks)
        and blocks[i + 1].kind is BlockKind.PARAGRAPH
        and not blank_above(text, blocks, i + 1)
        and blocks[i].end - blocks[i].start > A_LINE
        and not PROSE_END.search(text[max(blocks[i].start, blocks[i].end - 70) : blocks[i].end])
    ):
        i += 1
    return blocks[i].end


def stands_twice(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line of some words between blank lines is printed again right below, as pages do with their names."""
    words = text[blocks[i].start : blocks[i].end]
    if i + 1 >= len(blocks) or len(words.split()) < _SOME_WORDS or SENTENCE_END.search(words):
        return False
    free = (i == 0 or blank_above(text, blocks, i)) and blank_above(text, blocks, i + 1)
    return free and same(text, blocks[i], blocks[i + 1])


def stands_over_bullets(text: str, blocks: Sequence[Block], i: int) -> bool:
    """On a page, a short line below what is finished and right above bullets, all of whose longer words have capitals."""
    if not 0 < i < len(blocks) - 1 or len(blocks) > A_PAGE or blocks[i + 1].kind is not BlockKind.LIST_ITEM:
        return False
    words = text[blocks[i].start : blocks[i].end]
    if "\n" in words or "\t" in words or len(words) > 70 or not words[-1].isalnum() or is_date(words):
        return False
    longer = [word for word in words.split() if len(word) > _LITTLE]
    return len(longer) > 1 and all(word[0].isupper() for word in longer) and after_an_end(text, blocks[i - 1])


def begins_an_appendix(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line that names an appendix, below what is finished and above something longer that is no other appendix's name."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or i + 1 >= len(blocks) or not appendices.is_heading(words) or "\n" in words:
        return False
    below = blocks[i + 1]
    if below.kind is BlockKind.PARAGRAPH and below.end - below.start <= len(words):
        return False
    around = [text[block.start : block.end] for block in blocks[i - 1 : i + 2 : 2]]
    if any(map(appendices.is_heading, around)) or goes_on_below(text, blocks, i):
        return False
    return blank_above(text, blocks, i) or after_an_end(text, blocks[i - 1])


def shouts(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line in capitals, all words, over something longer that is not; on a page, for long texts hold tables."""
    words = text[blocks[i].start : blocks[i].end]
    if len(blocks) > A_PAGE or i + 1 >= len(blocks) or not words.isupper() or not _WORDS.fullmatch(words):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return len(below) > len(words) and not below.isupper()


def parts_prose(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Where no blank line shows it: a short line, capitalised and without a sentence's end, between finished sentences."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or "\n" in words or len(words) > 70 or SENTENCE_END.search(words) or is_date(words) or is_field(words):
        return False
    above = blocks[i - 1]
    ended = above.kind is BlockKind.LIST_ITEM or (
        above.kind is not BlockKind.HEADING and text[above.end - 1] != ":" and after_an_end(text, above)
    )
    if not words[0].isupper() or not ended or len(words.split()) > 10:
        return False
    over_heading = i + 1 < len(blocks) and blocks[i + 1].kind is BlockKind.HEADING and _ROMAN.match(words) is not None
    return over_heading or over_more(text, blocks, i)


def heads_its_paragraph(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Where blank lines show what stands together: a short line, capitalised and without a sentence's end, that begins such a
    group, right above a longer sentence."""
    words = text[blocks[i].start : blocks[i].end]
    if i == 0 or i + 1 >= len(blocks) or not words[0].isupper() or "\n" in words or len(words) > 70:
        return False
    if not blank_above(text, blocks, i) or blank_above(text, blocks, i + 1) or len(words.split()) > 10:
        return False
    if SENTENCE_END.search(words) or is_date(words) or is_field(words) or furniture.is_known(words):
        return False
    if _PERSON.match(words):
        return False
    above, below = blocks[i - 1], blocks[i + 1]
    finished = above.kind is not BlockKind.PARAGRAPH or after_an_end(text, above)
    return finished and text[below.start].isupper() and over_more(text, blocks, i)
