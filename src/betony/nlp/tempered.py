"""What the typer says of a page unlike those it has learned from, with what rules know of its mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from betony.model import Block, SectionType
from betony.nlp import instructing
from betony.nlp.opinions import HEARD, INSTRUCTS, NO_DUTY, OVERSTATED, TYPES, Floats
from betony.nlp.outline import HEADING
from betony.nlp.recommendations.leads import AIMS
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.strength.wording import Wording
from betony.nlp.together import lists, steps


def tempered(text: str, blocks: Sequence[Block], probabilities: Floats) -> Floats:
    """The typer's probabilities of the blocks (a row each, a column for each of `TYPES`): less of what it sees there too often, and of
    duties where no word speaks of one, and more of recommendations where most sentences say what to do."""
    less = probabilities * _SEEN_AS_OFTEN
    telling = _telling(text, blocks, less)
    less[telling, _OF_GUIDANCE] = np.maximum(less[telling, _OF_GUIDANCE], HEARD) * INSTRUCTS
    duty = less[:, _DUTY]
    for i in np.flatnonzero(duty > HEARD).tolist():
        if not has_cue(text[blocks[i].start : blocks[i].end]):
            duty[i] *= NO_DUTY
    return less


def _telling(text: str, blocks: Sequence[Block], probabilities: Floats) -> list[int]:
    """Which of the blocks mostly say what to do, by their places, where the typer has hardly told, or told of something else in which
    nobody would look for it. The items of a list are taken together, with the line that announces them."""
    found: set[int] = set()
    for i, likeliest in enumerate(probabilities.argmax(axis=1).tolist()):
        block, type_ = blocks[i], TYPES[likeliest]
        if block.kind is HEADING or (type_ in _SPEAK_FOR_THEMSELVES and probabilities[i, likeliest] > _HARDLY):
            continue
        if instructing.is_told_mostly(text, block.start, block.end, _COUNTS.get(type_, lambda _: True)):
            found.add(i)
    for start, end in (*lists(blocks), *steps(text, blocks)):
        if start > 0 and AIMS.search(text, blocks[start - 1].start, blocks[start - 1].end):
            found.difference_update(range(start - 1, end))
        elif sum(i in found for i in range(start, end)) * 2 >= end - start:
            announced = start > 0 and text[blocks[start - 1].end - 1] == ":"
            found.update(range(start - announced, end))
    return sorted(found)


_SEEN_AS_OFTEN = np.array([OVERSTATED.get(type_, 1.0) for type_ in TYPES], np.float32)
_SPEAK_FOR_THEMSELVES = frozenset(
    {
        SectionType.RECOMMENDATIONS,
        SectionType.RESPONSIBILITIES,
        SectionType.STATUS,
        SectionType.LEGAL,
        SectionType.DEVELOPMENT,
        SectionType.RESEARCH,
    }
)
"""Types in which what to do is found as well, or told of documents."""
_HARDLY = 0.3
"""So probable a type the typer has hardly told."""
_COUNTS: Mapping[SectionType, Callable[[Wording], bool]] = {
    **dict.fromkeys(
        (SectionType.SUMMARY, SectionType.SCOPE, SectionType.IMPLEMENTATION), lambda wording: wording.actor is None
    ),
    SectionType.REFERENCES: lambda wording: not instructing.is_imperative(wording),
}
"""What counts there of what a passage says to do: not what somebody by name is to do, which is found there as well, nor what the
reader of a page is to do with it."""
_DUTY = TYPES.index(SectionType.RESPONSIBILITIES)
_OF_GUIDANCE = TYPES.index(SectionType.RECOMMENDATIONS)
