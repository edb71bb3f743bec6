"""What the trained typer thinks each block is for, weighed with what rules say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from betony.model import Block, SectionType

Floats = NDArray[np.float32]
Reals = NDArray[np.float64]

Weights = dict[SectionType, float]
"""How likely each of `TYPES` is, in their order."""

WHOLE_HEADING = 2_000.0
"""How many times likelier a type becomes by a heading that the vocabulary holds: more than the typer's word against it …"""
DOUBTED_HEADING = 20.0
"""… but where the typer, which has heard the heading too, is `CERTAIN` of another type, the heading is outvoted."""
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
FAINT_PHRASE = 6.0
"""By one that is often said of something else."""
SURE_PHRASE = 600.0
"""By one that is hardly ever said of anything else."""
LEAD = 12.0
"""By standing first below the title: a document begins by saying what it is."""
UNTITLED_LEAD = 4.0
"""By standing first of all: a capture may have lost what stood above."""
ELDER = 8.0
"""By the section before, where the numbers of both show that they are parts of one."""
SERIES = 20.0
"""By the name of a series above the title, all of whose documents are for one thing."""
NOT_IN_A_SERIES = 0.05
"""There, by how much less likely words are for what only guidance itself does: they speak of recommendations, and make none."""
PHRASE_IN_A_FORM = 1.5
"""Where a document follows a form that the typer has learned, phrases add little to what it knows."""
BEYOND_PHRASES_IN_A_FORM = 0.75
"""So probable a type in a form stands whatever a phrase says: nothing else is more than a third as probable."""
FLOOR = 0.002
"""No type is ruled out by the typer alone."""
HEARD = 0.03
"""What rules speak for starts from no less: on pages unlike those it has learned from, the typer is too sure."""
OVERSTATED = {
    SectionType.RESPONSIBILITIES: 0.5,
    SectionType.IMPLEMENTATION: 0.4,
    SectionType.LEGAL: 0.5,
    SectionType.SCOPE: 0.6,
}
"""On pages unlike those it has learned from the typer sees these types more often than they are there: on 330 labelled
pages two of five of its passages were right where it said so, three of four where it said `summary`."""
NO_DUTY = 0.2
"""There, by how much less likely words are for responsibilities that hold no word of a duty."""
INSTRUCTS = 24.0
"""There, by how much likelier words are for recommendations that mostly say what to do."""
SURE = 0.9
"""So probable must another type be to end a section that no heading ends."""
CERTAIN = 0.85
"""So probable must another type be for words to speak against their heading …"""
CERTAIN_OF_ANY = 0.5
"""… and, outside a form, against one that the vocabulary holds with a gap for any words (`What are *`): on 330 labelled pages
four of eleven such headings were right where words were so sure of another type, and 58 of 58 where they were not."""
_LONG = 400
"""Characters beyond which a block weighs no more."""


TYPES: tuple[SectionType, ...] = tuple(
    type_ for type_ in SectionType if type_ not in (SectionType.FURNITURE, SectionType.OTHER)
)
"""What a passage of the body may be for."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """The typer's probabilities by where a block starts; of blocks it has not seen, every type is as likely."""

    places: Mapping[int, int] = field(default_factory=dict)
    """Of each block its row in `weighed`."""
    weighed: Reals = field(default_factory=lambda: np.full((1, len(TYPES)), FLOOR))
    """Of each block the probability of each of `TYPES`, times what the block weighs: its length, as far as that counts. In
    row 0 stands what each type has before any block speaks."""
    alone: Mapping[int, tuple[SectionType, float]] = field(default_factory=dict)
    """Of each block its likeliest type, and how likely it is, where nothing else speaks."""
    furniture: Mapping[int, float] = field(default_factory=dict)
    """Of each block how likely it is that it would stand the same on any other page of the site."""
    in_a_form: bool = False
    """The document follows, in this order, a form that the typer has learned."""
    series: SectionType | None = None
    """What the documents of the series are for that the document belongs to."""
    threshold: float = 0.5
    """A type less probable than this is not stated: the passage is `other`."""

    @classmethod
    def of_blocks(
        cls,
        blocks: Sequence[Block],
        probabilities: Floats,
        furniture: Floats | None = None,
        *,
        in_a_form: bool = False,
        series: SectionType | None = None,
        threshold: float = 0.5,
    ) -> Opinions:
        """Of the blocks, one row each; a column for each of `TYPES`."""
        starts = [block.start for block in blocks]
        lengths = np.minimum(np.array([block.end for block in blocks]) - starts, _LONG)
        weights = np.maximum(probabilities, np.float32(FLOOR))
        types = [TYPES[i] for i in weights.argmax(axis=1).tolist()]
        shares = (weights.max(axis=1) / weights.sum(axis=1)).astype(np.float64).round(3).tolist()
        alone = zip(types, shares, strict=True)
        return cls(
            {start: place for place, start in enumerate(starts, 1)},
            np.concatenate([np.full((1, len(TYPES)), FLOOR), probabilities.astype(np.float64) * lengths[:, None]]),
            dict(zip(starts, alone, strict=True)),
            {} if furniture is None else dict(zip(starts, furniture.tolist(), strict=True)),
            in_a_form,
            series,
            threshold,
        )

    def of(self, blocks: Sequence[Block]) -> Weights:
        """The mean of the blocks' probabilities, longer blocks weighing more."""
        return self.of_each([blocks])[0]

    def of_each(self, runs: Sequence[Sequence[Block]]) -> list[Weights]:
        """The same of each run of blocks, all of them at once: a dozen times faster than one by one."""
        rows: list[int] = []
        begins: list[int] = []
        place_of = self.places.get
        for blocks in runs:
            begins.append(len(rows))
            rows.append(0)
            rows += [place for block in blocks if (place := place_of(block.start))]
        totals = np.add.reduceat(
            self.weighed.take(np.array(rows, np.int64), axis=0), np.array(begins, np.int64), axis=0
        )
        shares = np.maximum(totals / totals.sum(axis=1, keepdims=True), FLOOR)
        return [dict(zip(TYPES, row, strict=True)) for row in shares.tolist()]


def speak_for(weights: Weights, type_: SectionType, factor: float) -> None:
    """Make the type `factor` times likelier than the typer thinks, or than `HEARD` where it thinks less of it."""
    weights[type_] = max(weights[type_], HEARD) * factor


def best(weights: Weights) -> tuple[SectionType, float]:
    """The likeliest type, and how likely it is among all."""
    values = list(weights.values())
    most = max(values)
    return TYPES[values.index(most)], round(most / sum(values), 3)
