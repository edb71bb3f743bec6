"""The numbers that recommendations and quality statements are printed with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, BlockKind, Section, SectionType
from betony.nlp import grades, heading_words, lists
from betony.nlp.history import is_entry
from betony.nlp.recommendations.entry import Entry, Number

_DECIMAL = re.compile(
    r"(?!0)(?P<number>\d{1,3}(?:\.\d{1,3}){1,4})(?:\s(?:to|and)\s\d{1,3}(?:\.\d{1,3}){1,4}\b)?+\.?(?=\s|$|[A-Z][a-z])"
    r"(?!\s(?:m[Ll]|[mk]?g|m?cg|mmol|units?|litres?|[ck]?m|mm|million|billion|per\s?cent|times|hours?|days?|weeks?|months?|years?)\b)[)|\s]*"
)
_COUNTED = re.compile(
    r"(?:(?P<statement>(?:Quality\s+)?[Ss]tatement)\s+(?P<of>\d{1,2})|(?:Recommendation"
    r"|Guideline\s+Statement|Rec\.?):?\s+(?P<rec>\d{1,3}(?:\.\d{1,3})*[a-z]?)"
    r"|(?P<r>R\d{1,3}(?:\.\d{1,3})*)|(?P<plain>\d{1,3})(?=[.)]\s))(?:\s[–—-]|[.:)]*)(?:\s+|$)"
)
_COUNTED_ITEM = re.compile(r"\d{1,2}[.)]\s{1,4}[a-z]")
_NUMBER_STARTS = frozenset("0123456789GQSsR")
_SENTENCE_ENDS = frozenset(".:;,])")
"""How the words of a recommendation in a list end, unlike a line of a list of contents."""
_NUMBER_LONGEST = 60
"""Characters that hold a number and the word before it."""
_STATEMENT_HEADING = re.compile(r"(?:quality\s+)?statement\s+(\d{1,2}[a-z]?)\b", re.IGNORECASE)
_RECOMMENDATION_TITLE = re.compile(
    r"(?:Recommendation|(?:(?:Guideline|Key\sAction)\s)?Statement)\s(\d{1,2}[A-Za-z]?)\b[.:]?\s[A-Z]"
)
"""How the title of a recommendation that is printed in several paragraphs begins: "Recommendation 1 Plan the service", "Statement 2a.
Wax"."""
_RECOMMENDATION_HEADING = re.compile(
    r"(?:Recommendation|Guideline\sStatement):?\s(\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?)(?:[.:]?\s[A-Z]|:\s[a-z]|[.:]?$)"
)
"""The heading of a section that holds one recommendation, with a title or without."""


_RESEARCH_HEADING = re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})\s[A-Z]|{_RECOMMENDATION_HEADING.pattern}")
"""The heading of one recommendation for research: "1 Self-care", "4.2 Self-care"."""


def statement_number(text: str, section: Section) -> Number | None:
    """The number of the quality statement that the section's heading names."""
    match = _STATEMENT_HEADING.match(text, *section.heading) if section.heading else None
    return (match[1], match.span()) if match else None


def recommendation_number(text: str, section: Section) -> Number | None:
    """The number of the recommendation that heads the section."""
    if section.heading is None:
        return None
    own = heading_words.read(text[slice(*section.heading)]) if section.type is SectionType.RESEARCH else None
    one_of_research = section.type is SectionType.RESEARCH and (own is None or own.type is not SectionType.RESEARCH)
    match = (_RESEARCH_HEADING if one_of_research else _RECOMMENDATION_HEADING).match(text, *section.heading)
    if match is None:
        return None
    group = match.lastindex or 1
    return match[group], (match.start(), match.end(group))


def titled(text: str, block: Block, below: Sequence[Block]) -> Number | None:
    """The number of the recommendation whose title the block is, where a paragraph without a number stands below it."""
    match = _RECOMMENDATION_TITLE.match(text, block.start, block.end)
    if match is None or text[block.end - 1] in _SENTENCE_ENDS or not below:
        return None
    if grades.grade(text[block.start : block.end]) is not None:
        return None
    if below[0].kind is not BlockKind.PARAGRAPH or numbered(text, below[0]) is not None:
        return None
    return match[1], (match.start(), match.end(1))


_ASKED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,2})\s[A-Z][^?.:;\n]{10,200}")
"""The title of a recommendation for research that is too long for a heading: "3 Indications for films in people who"."""


def asked(text: str, block: Block, below: Sequence[Block]) -> Number | None:
    """The number of the recommendation for research whose title the block is, where the paragraph below it asks."""
    match = _ASKED.fullmatch(text, block.start, block.end)
    if match is None or not below or below[0].kind is not BlockKind.PARAGRAPH:
        return None
    return (match[1], match.span(1)) if "?" in text[below[0].start : below[0].end] else None


def lists_recommendations(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether blocks[i] is one of several items right below one another that hold the title of a recommendation, as a list of
    contents prints them: "Recommendation 8 Contact tracing"."""
    return _is_listed(text, blocks[i]) and any(
        _is_listed(text, blocks[at]) for at in (i - 1, i + 1) if 0 <= at < len(blocks)
    )


def _is_listed(text: str, block: Block) -> bool:
    return (
        block.kind is BlockKind.LIST_ITEM
        and text[block.end - 1] not in _SENTENCE_ENDS
        and _RECOMMENDATION_TITLE.match(lists.words(text, block)) is not None
    )


def is_statement(text: str, section: Section) -> bool:
    """Whether the section is headed as the words of a quality statement."""
    return section.heading is not None and text[slice(*section.heading)].strip().lower() in (
        "quality statement",
        "statement",
    )


_HEADS_STATEMENTS = re.compile(r"(?:list\s+of\s+)?(?:quality\s+)?statements|quality\s+statement", re.IGNORECASE)


def heads_statements(text: str, section: Section) -> bool:
    """Whether the section's heading says that each of its paragraphs is a quality statement, or the one that it holds."""
    return (
        section.heading is not None and _HEADS_STATEMENTS.fullmatch(text[slice(*section.heading)].strip()) is not None
    )


def numbered(text: str, block: Block) -> Entry | None:
    """The entry that a number at the start of the block opens."""
    words = text[block.start : block.start + _NUMBER_LONGEST]
    begin = lists.bullet(words)
    if words[begin : begin + 1] not in _NUMBER_STARTS or is_entry(words):
        return None
    if match := _DECIMAL.match(words, begin):
        if begin and text[block.end - 1] not in _SENTENCE_ENDS:
            return None  # a line of the page's contents
        return Entry([block], match["number"], decimal=True, skip=match.end())
    if match := _COUNTED.match(words, begin):
        if match["statement"]:
            return Entry([block], match["of"], "quality_statement", skip=match.end())
        return Entry([block], match["rec"] or match["r"] or match["plain"], skip=match.end())
    return None


def completes(text: str, item: Block) -> bool:
    """Whether an item that is counted, "1. keep a plan", goes on with the sentence of its lead."""
    return _COUNTED_ITEM.match(text, item.start) is not None


def is_counted(text: str, block: Block) -> bool:
    """Whether the block begins with a number without a stop inside."""
    entry = numbered(text, block)
    return entry is not None and not entry.decimal
