"""Which passages of a document hold recommendations of its own, and neither explain grades, compare what others recommend nor
tell of those that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from betony.model import Block, Section
from betony.nlp.heading_words import normalise
from betony.nlp.history import heads_gone

_DEFINITIONS = re.compile(r"Definitions?\s?:?")
"""The line behind which, among recommendations, their grades are explained."""
_NOT_ITS_OWN = re.compile(
    r"areas of (?:agreement|difference|disagreement)(?:s)?(?: and (?:agreement|difference|disagreement)s?)?|comparison of (?:guideline )?recommendations?(?: .*)?|"
    r"definitions?|(?:clinical )?recommendation (?:levels|grades)"
    r"|(?:(?:strength|grad(?:e|es|ing)|levels?|quality|class(?:es|ification)?|ratings?) (?:of|for) (?:the )?(?:recommendations?|evidence)\b[^:–—]*)"
)
"""The headings of sections that compare what others recommend, or explain grades."""


def its_own(
    text: str, sections: Sequence[Section], passages: Iterable[tuple[Section, list[Block]]]
) -> Iterator[tuple[Section, list[Block]]]:
    """The passages of the document's own recommendations: each up to the line `Definitions`, and none of the sections within one
    that has such a line, that compare what others recommend, or that tell of recommendations that are gone."""
    over: list[Section] = []
    defines = "Definition" in text
    for section, inside in passages:
        heading = normalise(text[slice(*section.heading)]) if section.heading else ""
        if (
            (section.parent is not None and sections[section.parent] in over)
            or _NOT_ITS_OWN.fullmatch(heading)
            or heads_gone(heading)
        ):
            over.append(section)
            continue
        end = _definitions(text, inside) if defines else None
        if end is not None:
            over.append(section)
        yield section, inside[:end]


def _definitions(text: str, inside: Sequence[Block]) -> int | None:
    """Which of the passage's blocks, but for the first, is the line `Definitions`."""
    return next(
        (i for i in range(1, len(inside)) if _DEFINITIONS.fullmatch(text, inside[i].start, inside[i].end)), None
    )
