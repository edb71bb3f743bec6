"""What the trained typer thinks each block is for, weighed with what rules say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from betony.model import Block, SectionType

Weights = dict[SectionType, float]

WHOLE_HEADING = 400.0
"""How many times likelier a type becomes by a heading that the vocabulary holds."""
"""Less than certainty over `FLOOR`: a section whose words are plainly of another type outvotes its heading."""
HEADING_WORD = 40.0
"""By a heading that holds a word of the vocabulary."""
PARENT = 30.0
"""By the type of the section above, where that itself was concluded."""
HEADED_PARENT = 2_000.0
"""By a section above whose heading says what it is for: what stands under `Terms used` are terms."""
UNMARKED_PARENT = 8.0
"""By the section above where no mark or number shows that the one stands under the other: they may be neighbours."""
PHRASE = 30.0
"""By a phrase that gives a passage away."""
PHRASE_IN_A_FORM = 1.5
"""Where a document follows a form that the typer has learned, phrases add little to what it knows."""
FLOOR = 0.002
"""No type is ruled out by the typer alone."""
THRESHOLD = 0.5
"""A type less probable than this is not stated: the passage is `other`."""
SURE = 0.9
"""So probable must another type be to end a section that no heading ends."""
CERTAIN = 0.97
"""So probable must the type of a line of a few words be."""
_LONG = 400
"""Characters beyond which a block weighs no more."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """The typer's probabilities by where a block starts; of blocks it has not seen, every type is as likely."""

    rows: Mapping[int, Weights] = field(default_factory=dict)
    in_a_form: bool = False
    """The document follows, in this order, a form that the typer has learned."""

    def of(self, blocks: Sequence[Block]) -> Weights:
        """The mean of the blocks' probabilities, longer blocks weighing more."""
        total: Weights = dict.fromkeys(TYPES, FLOOR)
        for block in blocks:
            row = self.rows.get(block.start)
            if row is not None:
                weight = min(block.end - block.start, _LONG)
                for type_, probability in row.items():
                    total[type_] += weight * probability
        return scaled(total)


TYPES: tuple[SectionType, ...] = tuple(
    type_ for type_ in SectionType if type_ not in (SectionType.FURNITURE, SectionType.OTHER)
)
"""What a passage of the body may be for."""


def scaled(weights: Weights) -> Weights:
    """The weights as probabilities, none of them below the floor."""
    whole = sum(weights.values())
    return {type_: max(weight / whole, FLOOR) for type_, weight in weights.items()}


def best(weights: Weights) -> tuple[SectionType, float]:
    """The likeliest type, and how likely it is among all."""
    type_ = max(weights, key=lambda name: weights[name])
    return type_, round(weights[type_] / sum(weights.values()), 3)
