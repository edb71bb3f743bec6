"""Headings that their numbers show: those of several parts, and those that stand between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from betony.model import Block, BlockKind
from betony.nlp.heading_words import gives_reasons, is_exact
from betony.nlp.headings.lines import A_PAGE, LONGEST, PROSE_END, SENTENCE_END, blank_above

OUTLINE = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)\.?\s")
_OUTLINED = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s{1,4}[A-Z][\w'’]*(?:\s|$)")
_COUNTED = re.compile(r"Recommendation[ \u00a0]\d{1,2}\b[^\n]{0,120}")
_COUNTED_ALONE = re.compile(r"Recommendation[ \u00a0]\d{1,2}[a-z]?\.?")
_OF_TWO = re.compile(r"(?P<number>\d{1,2}\.\d{1,2})[ \t\u00a0]{1,4}[A-Z][^\n]{2,200}")
_OF_THREE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,3}(?=\s|$)")
_TOPIC = re.compile(r"\d{1,2}(?:\.\d{1,2})?\s[A-Z][^\n.?!:;]{2,100}")
_FAR = 8
"""Blocks between a heading and the first entry below it, at most: other headings, and what is said of all entries."""


def over_entries(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lines between blank ones with a number of two parts, ending no sentence, whose first entry comes below them before any
    other: `1.1 Treating dry heels`, `Wax`, `1.1.1`."""
    numbered = [
        i for i, block in enumerate(blocks) if text[block.start].isdecimal() and OUTLINE.match(text, block.start)
    ]
    for i, below in pairwise(numbered):
        line = _OF_TWO.fullmatch(text, blocks[i].start, blocks[i].end)
        if line is None or below - i > _FAR or SENTENCE_END.search(text, blocks[i].start, blocks[i].end):
            continue
        entry = _OF_THREE.match(text, blocks[below].start, blocks[below].end)
        its_own = entry is not None and entry.group().startswith(f"{line['number']}.")
        if its_own and i > 0 and blank_above(text, blocks, i) and blank_above(text, blocks, i + 1):
            yield i


def in_an_outline(text: str, blocks: Sequence[Block], i: int) -> bool:
    """On a page, a short line with a number of several parts (`2.3 Main activities`), capitalised and without a sentence's
    end, over something longer, or over a part of its own; a heading may stand between the two."""
    words = text[blocks[i].start : blocks[i].end]
    if len(blocks) > A_PAGE or i + 1 >= len(blocks) or len(words) > LONGEST or not _OUTLINED.match(words):
        return False
    if SENTENCE_END.search(words.rstrip("-–")):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    number, its = OUTLINE.match(words), OUTLINE.match(below)
    if number and its:
        return its[1].startswith(f"{number[1]}.")
    if number and i + 2 < len(blocks) and text.startswith(f"{number[1]}.", blocks[i + 2].start):
        return True
    if len(below) > len(words) or blocks[i + 1].kind is BlockKind.LIST_ITEM or below[-1:] == ":":
        return True
    return number is not None and _goes_on_the_count(text, blocks, i, number[1])


def _goes_on_the_count(text: str, blocks: Sequence[Block], i: int, number: str) -> bool:
    """Whether the number is the next after that of the last numbered heading above: `12.3` after `12.2`."""
    above = (block for block in reversed(blocks[:i]) if block.kind is BlockKind.HEADING)
    last = next(filter(None, (OUTLINE.match(text, block.start, block.end) for block in above)), None)
    return last is not None and follows(number, last[1])


def follows(number: str, above: str) -> bool:
    """Whether a number is the next after the one above it: `7.2` after `7.1`."""
    whole, _, last = above.rpartition(".")
    return number == f"{whole}.{int(last) + 1}".lstrip(".")


def stands_between_numbers(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A short line without a sentence's end, between blank lines, below one with a number of two parts and above its first entry: `1.2
    Treating`, `Dry heels`, `1.2.1`."""
    words = text[blocks[i].start : blocks[i].end]
    if not 0 < i < len(blocks) - 1 or not words[0].isupper() or "\n" in words or SENTENCE_END.search(words):
        return False
    if not (blank_above(text, blocks, i) and blank_above(text, blocks, i + 1)):
        return False
    number = OUTLINE.match(text, blocks[i - 1].start, blocks[i - 1].end)
    if number is None or number[1].count(".") != 1 or SENTENCE_END.search(text, *_span(blocks[i - 1])):
        return False
    return text.startswith((f"{number[1]}.1 ", f"{number[1]}.1\n"), blocks[i + 1].start)


def _span(block: Block) -> tuple[int, int]:
    return block.start, block.end


def heads_its_numbers(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line with a number of two parts over another heading and the first entry of its own: `1.2 Treating`, `Dry heels`, `1.2.1`."""
    number = OUTLINE.match(text, blocks[i].start, blocks[i].end)
    if number is None or number[1].count(".") != 1 or i + 2 >= len(blocks):
        return False
    below, first = blocks[i + 1], blocks[i + 2]
    if below.end - below.start > LONGEST or not text.startswith(f"{number[1]}.1", first.start):
        return False
    words, under = text[blocks[i].start : blocks[i].end], text[below.start : below.end]
    return (
        text[first.start + len(number[1]) + 2 : first.start + len(number[1]) + 3].isspace()
        and words[number.end() - blocks[i].start :][:1].isupper()
        and under[0].isupper()
        and not (SENTENCE_END.search(words) or SENTENCE_END.search(under))
    )


def heads_its_questions(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A counted recommendation that is told in parts, each under a question: `Recommendation 2 Cycling` above `Who should take
    action?`."""
    if i + 1 >= len(blocks) or not _COUNTED.fullmatch(text, blocks[i].start, blocks[i].end):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return below.endswith("?") and is_exact(below)


def heads_its_question(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A counted topic that is to be researched, right above what is asked and the heading over its reasons: `2 Self-care`, `Does balm
    help?`, `Why this is important`."""
    if i + 2 >= len(blocks) or not _TOPIC.fullmatch(text, blocks[i].start, blocks[i].end):
        return False
    asked, why = blocks[i + 1], blocks[i + 2]
    return text[asked.end - 1] == "?" and gives_reasons(text[why.start : why.end])


def counts_what_follows(text: str, blocks: Sequence[Block], i: int) -> bool:
    """A line that only counts a recommendation, above the sentences that give it, and not in a list of them."""
    if i + 1 >= len(blocks) or not _COUNTED_ALONE.fullmatch(text, blocks[i].start, blocks[i].end):
        return False
    below = text[blocks[i + 1].start : blocks[i + 1].end]
    return PROSE_END.search(below) is not None and not _COUNTED.match(below)
