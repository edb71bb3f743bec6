"""Grades that stand in a paragraph of their own below the recommendation they are of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from betony.model import Block, BlockKind, Fact
from betony.nlp import grades
from betony.nlp.looks import has_any
from betony.nlp.recommendations.bracketed import is_grade
from betony.nlp.recommendations.fact import graded

_SIGNS = ("ecommendation", "rade ", "rades ", "Weak ", "Strong ", "Weak\n", "Strong\n", "trength ", "Grade:")
_LONGEST = 240


def with_grades(text: str, passages: Iterable[Sequence[Block]], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those without a grade with the one that stands right below them in their passage.

    Where the first such paragraph of a passage stands above all that it recommends, each grade is of what follows, and is
    left.
    """
    found = list(facts)
    if not found or not has_any(text, _SIGNS):
        return found
    for blocks in passages:
        below = [at for at in range(len(blocks)) if _is_line(text, blocks[at])]
        if not below:
            continue
        own = [i for i, fact in enumerate(found) if blocks[0].start <= fact.spans[0][0] < blocks[-1].end]
        if not own or found[own[0]].spans[0][0] > blocks[below[0]].start:
            continue
        for at in filter(None, below):
            for i in own:
                if _ends_in(found[i], blocks[at - 1]) and (grade := _grade(text, blocks[at])):
                    found[i] = graded(found[i], grade, (blocks[at].start, blocks[at].end))
    return found


def _is_line(text: str, block: Block) -> bool:
    """Whether the block is a paragraph that gives a grade and nothing else."""
    return (
        block.kind is BlockKind.PARAGRAPH
        and block.end - block.start <= _LONGEST
        and is_grade(text, block.start, block.end)
    )


def _grade(text: str, block: Block) -> grades.Grade | None:
    words = text[block.start : block.end]
    return grades.line(words) or grades.grade(words)


def _ends_in(fact: Fact, block: Block) -> bool:
    """Whether a recommendation without a grade ends in the block; an item has a list's grade only with its whole list."""
    whole = block.kind is not BlockKind.LIST_ITEM or len(fact.spans) > 1
    return whole and fact.detail["grade"] is None and block.start < fact.spans[-1][1] <= block.end
