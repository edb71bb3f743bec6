"""Conditions that stand on a line of their own above what is to be done: "Where suspected gout" over "ADD wax once a day"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from betony.model import Block, BlockKind, Fact
from betony.nlp.strength.instructions import is_instruction
from betony.text import squeeze

_START = attrgetter("start")
SIGNS = ("Where ", "If ", "When ")
"""Letters without one of which no line opens with a condition."""
_CONDITION = re.compile(
    r"(?P<condition>(?:Where|If|When)\s(?:there\s(?:is|are)\s)?(?:suspected|suspicion\sof|confirmed|proven|known|previous|severe|moderate|mild|no|allergic|pregnant)\b"
    r"(?:(?!\b(?:should|must|may|can|will|consider|use|give|offer|do|what|how|who)\b)[^.,;:?!\n]){0,80})(?<!\s)\s?:?"
)
"""A condition without a clause of its own behind it, and without the stop of a sentence."""


def with_those_above(text: str, blocks: Sequence[Block], found: Sequence[Fact]) -> list[Fact]:
    """The facts, an instruction right below such a line with the condition that it sets."""
    told: list[Fact] = []
    for fact in found:
        at = bisect_left(blocks, fact.spans[0][0], key=_START)
        above = blocks[at - 1] if 0 < at < len(blocks) and blocks[at].start == fact.spans[0][0] else None
        alone = fact.detail["condition"] is None and len(fact.spans) == 1
        line = _line(text, above) if above and alone else None
        if line and is_instruction(fact.value):
            detail = {**fact.detail, "condition": squeeze(text[slice(*line)])}
            fact = replace(fact, spans=(*fact.spans, line), detail=detail)  # noqa: PLW2901 - the same one, told more
        told.append(fact)
    return told


def _line(text: str, above: Block) -> tuple[int, int] | None:
    """Where the condition stands that is all that the block holds."""
    if above.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return None
    match = _CONDITION.fullmatch(text, above.start, above.end)
    return match.span("condition") if match else None
