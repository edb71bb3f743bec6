"""betony_responsibilities: who must do what, outside the recommendations.

`passages` are looked through sentence by sentence (`sentence`); a duty stands in a set phrase (`set_phrases`, `laid_on` for
those that a law or a public body lays on others) or in a clause that a modal rules (`modal_clauses`), whose `subjects` and `recipients` have a file each. `places` says which sections
count, `facts` makes facts of what was found; `in_tables` reads tables of roles, `under_roles` the names of roles above their duties.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, BlockKind, Fact, Section, SectionType
from betony.nlp import carry, lists
from betony.nlp.history import heads_gone, is_former, stands_beside
from betony.nlp.responsibilities import in_tables, under_roles
from betony.nlp.responsibilities.cues import has_cue
from betony.nlp.responsibilities.facts import in_passage
from betony.nlp.responsibilities.passages import passages, without_halves
from betony.nlp.responsibilities.places import EITHER, LAID_DOWN, OF_A_MANUAL, STRICT, may_oblige
from betony.nlp.responsibilities.recommended import recommended

_ANNOUNCES = re.compile(
    r"\b(?:include(?:s|\sthese)?|following(?:\s\w+){0,3}|these(?:\s\w+){0,2}|are|points|apply|below)\s?:$"
    r"|^(?:[\w-]+\s){0,3}(?:[Mm]easures|[Ss]teps|[Aa]ctions|[Pp]recautions|[Pp]rinciples|[Rr]equirements|[Rr]ules|[Pp]oints)\s(?:to|for|in|on|when)\s[^:;.]{3,160}:$"
)
"""How a lead ends whose items are sentences of their own: "The main points include these:", "Important measures to keep warm:"."""
_RECOMMENDS = re.compile(
    r"(?:(?:The|These|Its|Our)\s)?(?:(?!recommendation)[\w-]+\s){0,3}[Rr]ecommendations\s(?:for\s[^:;.]{3,80}\s|[^.;]{3,200}\.\s(?:They|These)\s)?(?:are|include)(?:\s(?:these|as\sfollows|the\sfollowing(?:\s(?:advice|points))?))?\s?:"
)
"""A lead below which each item says what is recommended, as far as a summary tells: "The key recommendations are:"."""
_GONE_BELOW = re.compile(
    r"\b(?:withdraw|withdrew|withdrawn|remove|removed|delete|deleted|stand\sdown|stood\sdown)\s(?:the\s)?(?:following\s)?(?:recommendations?|statements?)\s?:$"
)
"""How a lead ends whose items bind nobody any more: "we will withdraw the following recommendation:"."""
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@Language.component("betony_responsibilities", requires=["doc.spans"], assigns=["doc.spans"])
def responsibilities(doc: Doc) -> Doc:
    """Add the facts `responsibility`."""
    types = OF_A_MANUAL if SectionType.DEVELOPMENT in carry.series(doc) else EITHER
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc), carry.sections(doc), types))
    return doc


def find(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], types: Collection[SectionType] = EITHER
) -> list[Fact]:
    """The duties that the body states outside its recommendations, in order, each with its sentence as evidence; `types` are
    those of the sections that may oblige.

    Spans are half-open code-point offsets into `text`. `value` is the action: the words without the modal, its pieces
    joined by a space.
    """
    found: list[Fact] = []
    wanted = [s for s in sections if s.type in types and may_oblige(text[s.start : s.end], s)]
    for section, inside in lists.within(blocks, wanted, types, _TEXT_KINDS):
        if section.heading and heads_gone(text[slice(*section.heading)]):
            continue
        role = under_roles.of_section(text, section, sections)
        lines = {block.start for block in inside if block.kind is BlockKind.PARAGRAPH}
        former = section.heading is not None and is_former(text[slice(*section.heading)])
        acting: tuple[int, int] | None = None  # who acts by the paragraph before
        heads, compared = former, False  # columns of old words and new ones, which a capture has made lines of
        for start, end, items in _apart(text, passages(text, without_halves(text, inside))):
            gone = text[end - 1] == ":" and _GONE_BELOW.search(text, start, end)
            if gone or (text[start] in "‘“" and text[end - 1] in "’”"):
                continue  # or it is quoted, word for word
            compared = compared or (heads and stands_beside(text[start:end]))
            heads = is_former(text[start:end])
            former = compared or heads or (former and text[end - 1] in ".:;")
            if former:
                continue
            they = acting if text.startswith("They ", start) and _ADDRESSES.search(text, start, end) else None
            acting = None
            line = None if items else under_roles.named(text, start, end)
            duties: list[Fact] = []
            if has_cue(text[start:end]) and not line:
                duties = list(in_passage(text, start, end, items, section, role.named, they))
            duties = duties or list(under_roles.listed(text, start, end, items, role))
            if items and not duties:
                duties = list(_of_items(text, start, end, items, section))
            found.extend(duties)
            acting = _acting_last(text, start, end, duties) or (they if duties and they else None)
            if line or (start in lines and not duties and not items and under_roles.is_line(text, start, end)):
                role = replace(role, named=line)
    known = {fact.spans[0] for fact in found}
    rows = list(in_tables.find(text, blocks, sections))
    rows += [fact for fact in recommended(text, blocks, sections) if fact.spans[0] not in known]
    return sorted([*found, *rows], key=lambda fact: fact.spans[0]) if rows else found


def _acting_last(text: str, start: int, end: int, duties: Sequence[Fact]) -> tuple[int, int] | None:
    """Where those stand who act by the one sentence of a paragraph, text[start:end]: the "they" of the next paragraph."""
    actor = str(duties[0].detail["actor"] or "") if len(duties) == 1 else ""
    if not actor or duties[0].spans[0] != (start, end) or not _ADDRESSES.search(text, start, end):
        return None
    at = start if text.startswith(actor, start) else text.rfind(actor, start, end)
    return (at, at + len(actor)) if at >= 0 else None


_ADDRESSES = re.compile(r"\b[Yy]our?\b")
"""What speaks to the reader, whom "they" then are not."""


def _of_items(text: str, start: int, end: int, items: Sequence[Block], section: Section) -> Iterator[Fact]:
    """The duties of items that are sentences of their own below the lead text[start:end]."""
    role = None if section.type in LAID_DOWN else under_roles.recommended_to(text, start, end)
    if role is None and (has_cue(text[start:end]) or not _ANNOUNCES.search(text, start, end)):
        return
    told = _RECOMMENDS.fullmatch(text, start, end)
    read_as = section._replace(type=SectionType.IMPLEMENTATION) if told and section.type in STRICT else section
    for item in items:
        if has_cue(text[item.start : item.end]):
            yield from in_passage(text, item.start, item.end, [], read_as)
        elif role and (fact := under_roles.recommended(text, item, role)):
            yield fact


def _apart(text: str, found: Iterable[tuple[int, int, list[Block]]]) -> Iterator[tuple[int, int, list[Block]]]:
    """The passages, where a role leads to items ("Nurses:") or stands before a tab it and what follows, each for itself."""
    for start, end, items in found:
        tab = text.find("\t", start, end)
        if items and under_roles.named(text, start, end):
            yield start, end, []
            yield from ((item.start, item.end, []) for item in items)
        elif tab > start and under_roles.named(text, start, tab):
            yield start, tab, []
            yield tab + 1, end, items
        else:
            yield start, end, items
