"""Documents that a page lists below the sentence, or the heading, that says it was made from them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block, BlockKind, Fact, Section
from betony.nlp import cues, phrases, references, when
from betony.nlp.relations.facts import date_behind, fact_of
from betony.nlp.relations.verbs import Verb
from betony.nlp.stems import Places, Stems

_STEMS = Stems((" used to ", " used by "))
_MADE_FROM = re.compile(
    r"(?:The|These)\s(?:following\s|NICE\s){0,2}(?:guidance|guidelines?|documents)\b(?:(?!\b(?:not|never)\b)[^.:\n]){0,160}?\sused\s(?:by\s[^.:\n]{3,60}?\s)?"
    r"to\s(?:create|develop|produce|make)\s(?:the|this)\s(?:interactive\s)?(?:pathway|flowchart|quality\sstandard|standard)\b[^.:\n]{0,60}[.:]?"
)
"""The whole of a passage: "The NICE guidance that was used to create the pathway."."""
_MOST = 40
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def listed_sources(text: str, blocks: Sequence[Block], places: Places) -> Iterator[Fact]:
    """The relation to each document of such a list that bears a reference; what has neither that nor a year ends the list."""
    for i in cues.around(blocks, [range(len(blocks))], places.spans(_STEMS)):
        lead = _MADE_FROM.fullmatch(text, blocks[i].start, blocks[i].end)
        if lead is None:
            continue
        verb = Verb(lead.start(), lead.end(), "is_based_on", partial=False, draft=False)
        for block in blocks[i + 1 : i + 1 + _MOST]:
            named = references.find(text, block.start, block.end)
            if block.kind is BlockKind.HEADING or not (named or _YEAR.search(text, block.start, block.end)):
                break
            if named:
                dated = date_behind(text, named[0].end, block.end)
                spans = (lead.span(), (block.start, block.end))
                yield fact_of(text, verb, spans, reference=named[0], dated=dated)


_SOURCE_GUIDANCE = re.compile(r"Source\sguidance(?:\sreferences)?:?")
"""How a quality standard heads what a statement was taken from."""


def source_guidance(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """The relation to each document that a quality statement was taken from, by its reference."""
    for section in sections:
        if section.heading is None or not text.startswith("Source", section.heading[0]):
            continue
        if not _SOURCE_GUIDANCE.fullmatch(text, *section.heading):
            continue
        verb = Verb(*section.heading, "is_based_on", partial=False, draft=False)
        for block in blocks:
            if section.heading[1] <= block.start and block.end <= section.end:
                for named in references.find(text, block.start, block.end)[:1]:
                    dated = date_behind(text, named.end, block.end)
                    spans = (section.heading, (block.start, block.end))
                    yield fact_of(text, verb, spans, reference=named, dated=dated)


_ADAPTED = re.compile(
    r"With\s(?:many\s|grateful\s)?thanks(?:\sto\s[^.;:\n]{3,80}?)?\sand\sadapted\sfrom\s(?:the\s|their\s)?"
    r"(?P<label>[A-Z][^.;:()\n]{2,160}?\b(?:[Gg]uidance|[Gg]uidelines?|[Pp]rotocol|[Pp]olicy|[Pp]athway))\.?\s?"
)
"""A whole line at the head of a page: "With thanks and adapted from Northtown guidance."."""


def adapted(text: str, lead: Sequence[Block]) -> Iterator[Fact]:
    """The relation to another body's document that a line near the top thanks it for."""
    for block in lead:
        if told := _ADAPTED.fullmatch(text, block.start, block.end):
            verb = Verb(told.start(), told.start("label"), "is_based_on", partial=False, draft=False)
            yield fact_of(text, verb, ((block.start, block.end),), label=" ".join(told["label"].split()))
            return


_ADAPTED_TO = r"in (?:developing|preparing|writing|producing) {self}, (?:the )?(?=[^.;\n]{0,160}\b(?:guid(?:ance|elines?)|recommendations|statement|policy|framework|toolkit|standards?|protocol|handbook|manual)\b)(?P<label>(?-i:[A-Z])[^.;\n]{8,160}?) \((?P<year>(?:19|20)\d\d)\) (?P<verb>(?:was|were) adapted)\b"


def adapted_to(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """The relation to what a sentence says was adapted when the document was made: "In developing this guidance, the Heel Board's Wax in
    winter (2031) was adapted"."""
    for block in blocks if " adapted" in text else ():
        if text.find(" adapted", block.start, block.end) < 0:
            continue
        if told := phrases.pattern(_ADAPTED_TO).search(text, block.start, block.end):
            verb = Verb(*told.span("verb"), "is_based_on", partial=False, draft=False)
            year = when.at(text, *told.span("year"))
            dated = year if isinstance(year, when.When) else None
            yield fact_of(text, verb, (told.span(),), label=" ".join(told["label"].split()), dated=dated)
