"""What is to be added, below a line in capitals that says no more than that: "CONSIDER ADDING" over "wax twice a day if sore"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from betony.model import Block, BlockKind, Fact, Section, SectionType
from betony.nlp.recommendations.document import About
from betony.nlp.recommendations.fact import made
from betony.nlp.strength.reading import sentence_wording
from betony.text import squeeze

SIGNS = ("CONSIDER", "ADD")
"""Letters without one of which no line says so."""
_VERBS = re.compile(r"(?:CONSIDER(?:\s(?:ADDING|GIVING|STARTING))?|ADD)\s?:?")
_DOSE = re.compile(r"\d\s?(?:mg|g|ml|mcg|micrograms?|units)\b", re.IGNORECASE)
"""What shows that a medicine stands below the line, and no list of what to think of."""


def found_below(
    text: str, passages: Sequence[tuple[Section, Sequence[Block]]], found: Sequence[Fact], about: About
) -> list[Fact]:
    """The facts, with those that such a heading and the line below it give together."""
    starts = {fact.spans[0][0] for fact in found}
    added = [fact for fact in _below(text, passages, about) if fact.spans[1][0] not in starts]
    return sorted([*found, *added], key=lambda fact: fact.spans[0][0]) if added else list(found)


def _below(text: str, passages: Sequence[tuple[Section, Sequence[Block]]], about: About) -> Iterator[Fact]:
    for section, blocks in passages:
        if section.type is not SectionType.RECOMMENDATIONS:
            continue
        for line, below in _lines(section, blocks):
            verbs = _VERBS.fullmatch(text, *line)
            words = squeeze(text[below.start : below.end]) if verbs and below.kind is BlockKind.PARAGRAPH else ""
            if verbs is None or not _DOSE.search(words):
                continue
            heading = verbs.group().rstrip(" :")
            wording = sentence_wording(f"{heading} {words}")
            if wording and heading.startswith(wording.term or "-"):
                spans = (line, (below.start, below.end))
                yield made("recommendation", None, f"{heading}\n{words}", spans, wording, None, about)


def _lines(section: Section, blocks: Sequence[Block]) -> Iterator[tuple[tuple[int, int], Block]]:
    """Where each line stands that may head the one below it, the section's heading first."""
    own = [block for block in blocks if section.heading is None or block.start >= section.heading[1]]
    if section.heading and own:
        yield section.heading, own[0]
    yield from (((line.start, line.end), below) for line, below in pairwise(own))
