"""What blocks say together: items of a list, rows of a table, lines `Name: value`, terms, the documents of a series."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from betony.model import Block, SectionType
from betony.nlp import fields, heading_words
from betony.nlp.heading_words import read
from betony.nlp.opinions import Opinions, Weights
from betony.nlp.outline import A_FEW_WORDS, LIST_ITEM, PARAGRAPH, TABLE_ROW, Node
from betony.nlp.passages import Judgement, is_field, judge, judge_fields

_KIND = attrgetter("kind")
_NAMES = re.compile(r"^([^:\n]+):", re.MULTILINE)
_A_TERM = 500
"""Characters of a term with what it means."""


def lists(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each list starts, and where it ends."""
    start: int | None = None
    for i, block in enumerate(blocks):
        if block.kind is LIST_ITEM:
            start = i if start is None else start
        elif start is not None:
            yield start, i
            start = None
    if start is not None:
        yield start, len(blocks)


def counts_on(text: str, above: Block, block: Block) -> bool:
    """Whether the block is the next step below the one above it, `3.` below `2.`: the steps of one thing stand together."""
    if block.kind is not above.kind or block.level != above.level:
        return False
    one, next_ = (_STEP.match(text, item.start, item.end) for item in (above, block))
    return one is not None and next_ is not None and int(next_["number"]) == int(one["number"]) + 1


_STEP = re.compile(r"(?P<number>\d{1,2})[.)]\s")


def steps(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each row of paragraphs starts and ends that are counted."""
    start = 0
    for i in range(1, len(blocks) + 1):
        if i < len(blocks) and blocks[i].kind is PARAGRAPH and counts_on(text, blocks[i - 1], blocks[i]):
            continue
        if i - start > 1:
            yield start, i
        start = i


@dataclass(frozen=True)
class Together:
    """Blocks that speak together: what they say is found once for all of them."""

    text: str
    blocks: Sequence[Block]
    opinions: Opinions
    are_fields: bool = False
    """They are lines `Name: value`, or such names above their values."""

    @cached_property
    def judgement(self) -> Judgement | None:
        words = self.text[self.blocks[0].start : self.blocks[-1].end]
        return (self.are_fields and judge_fields(_NAMES.findall(words))) or judge(words)

    @cached_property
    def weights(self) -> Weights:
        return self.opinions.of(self.blocks)


def speaking_together(text: str, blocks: Sequence[Block], opinions: Opinions) -> dict[int, Together]:
    """Of each block that does not speak for itself, by its place, the ones it speaks with: the items of a list, the rows
    of a table, three and more lines `Name: value` in a row."""
    found: dict[int, Together] = {}
    for kind, start, end in _alike(blocks, _KIND):
        if kind in (LIST_ITEM, TABLE_ROW):
            found |= dict.fromkeys(range(start, end), Together(text, blocks[start:end], opinions))
    for are_fields, start, end in _alike(blocks, lambda block: is_field(text[block.start : block.end])):
        if are_fields and end - start > 2:
            found |= dict.fromkeys(range(start, end), Together(text, blocks[start:end], opinions, are_fields=True))
    for start, end in fields.runs(text, blocks):
        found |= dict.fromkeys(range(start, end), Together(text, blocks[start:end], opinions, are_fields=True))
    return found


def _alike(blocks: Sequence[Block], key: Callable[[Block], object]) -> Iterator[tuple[object, int, int]]:
    """Each run of blocks that have the same key: the key, where the run starts, and where it ends."""
    start = 0
    for value, run in groupby(blocks, key):
        end = start + len(list(run))
        yield value, start, end
        start = end


def mark_terms(text: str, nodes: Sequence[Node]) -> None:
    """On a page whose first heading says that it explains terms, the sections of a few sentences are the terms."""
    readings = ((node, read(text[node.heading.start : node.heading.end])) for node in nodes if node.heading)
    _, first = next(readings, (None, None))
    if first is None or not first.exact or first.type is not SectionType.DEFINITIONS:
        return
    for node, reading in readings:
        ends_the_page = reading is not None and reading.whole and reading.type in _END_A_PAGE
        node.among_terms = not ends_the_page and node.blocks[-1].end - node.blocks[0].start < _A_TERM


_END_A_PAGE = (SectionType.REFERENCES, SectionType.LEGAL, SectionType.STATUS)
"""Types of sections that stand below the terms on a page of terms."""


def of_series(text: str, nodes: Sequence[Node]) -> SectionType | None:
    """What the documents of the series are for whose name stands above the title, where it is known to tell."""
    blocks = (block for node in nodes[:2] for block in node.blocks[:2])
    told = (
        heading_words.of_series(text[block.start : block.end])
        for block in blocks
        if block.end - block.start < A_FEW_WORDS
    )
    return next((type_ for type_ in told if type_), None)
