"""betony_sections: tiles the text with typed sections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from operator import attrgetter

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, BlockKind, Notice, Section, SectionType, WarningCode, WarningLevel
from betony.nlp import carry, furniture, language
from betony.nlp.cutting import cut
from betony.nlp.headed import set_type
from betony.nlp.heading_words import is_exact, normalise
from betony.nlp.looks import has_any
from betony.nlp.opinions import HEARD, NOT_IN_A_SERIES, SERIES, SURE, TYPES, Opinions
from betony.nlp.outline import BODY, FURNITURE, HEADING, SENTENCE, Node, below, heading_path, own_text, runs
from betony.nlp.tempered import tempered
from betony.nlp.together import lists, mark_terms, of_series
from betony.nlp.typer import Passage, Typer
from betony.nlp.typer.shipped import load

_A_FORM = 20
"""Passages that can follow a form; a few stand in its order by chance."""
_STRANGE = 0.05
"""A document that is less strange holds nothing but fields of the form that the typer has learned, in whatever order."""
_UNLIKE = 0.5
"""A stranger one is unlike all that the typer has learned from, as most pages are that nobody chose."""
_OF_A_CHAPTER = (SectionType.RECOMMENDATIONS, SectionType.IMPLEMENTATION)
"""What a chapter may say by its address alone that it is for."""
_START = attrgetter("start")
_SHORT = 200
"""Characters of a line that may be furniture; what is longer says something."""


@Language.component("betony_sections", requires=["doc.user_data"], assigns=["doc.spans"])
def sections(doc: Doc) -> Doc:
    """Set the span group `betony_sections`, and warn of what could not be told."""
    found, notices = find(
        carry.text(doc), carry.blocks(doc), carry.parts(doc), carry.language(doc), load(), carry.series(doc)
    )
    carry.set_sections(doc, found)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str,
    blocks: Sequence[Block],
    parts: Sequence[int] = (0,),
    given_language: str | None = None,
    typer: Typer | None = None,
    series: Sequence[SectionType | None] = (),
) -> tuple[list[Section], list[Notice]]:
    """The sections that tile the blocks, in order, and warnings about them.

    Guaranteed: every block lies in exactly one section; a section is of type `furniture` exactly where its layer is;
    what stays `other` is warned of. What is not in English is `other`. Without a typer rules alone decide. Each part is
    read by itself: what one says changes nothing in another.
    """
    foreign, notices = language.foreign(text, blocks, parts, given_language)
    nodes: list[Node] = []
    for i, (start, end) in enumerate(pairwise(sorted({0, *parts, len(text) + 1}))):
        own = blocks[bisect_left(blocks, start, key=_START) : bisect_left(blocks, end, key=_START)]
        nodes += _of_part(text, own, foreign, typer, series[i] if i < len(series) else None)
    place = {id(node): i for i, node in enumerate(nodes)}
    return [_section(node, place) for node in nodes], notices + _notices(text, nodes)


def _of_part(
    text: str,
    blocks: Sequence[Block],
    foreign: Sequence[tuple[int, int]],
    typer: Typer | None,
    series: SectionType | None,
) -> list[Node]:
    """The sections of one part; `series` is what all documents of its series are for, where the publisher tells."""
    nodes = runs(text, blocks)
    recommends = False
    if series in _OF_A_CHAPTER:
        headed = any(node.heading for node in nodes)
        if not headed and not any(begin < blocks[-1].end and blocks[0].start < end for begin, end in foreign if blocks):
            return [
                _by_address(text, node, series) for node in runs(text, _without_furniture(text, blocks, Opinions()))
            ]
        recommends, series = series is SectionType.RECOMMENDATIONS, None  # its headings say more than its address
    opinions = _opinions(text, nodes, typer, series) if typer else Opinions()
    without = _without_furniture(text, blocks, opinions)
    if without != list(blocks):
        nodes = runs(text, without)
    mark_terms(text, nodes)
    said = opinions.of_each([(own_text(node) or below(node)) if node.heading else () for node in nodes])
    for node, weights in zip(nodes, said, strict=True):
        if foreign and node.layer is BODY and any(begin <= node.blocks[0].start < end for begin, end in foreign):
            node.type, node.rule = SectionType.OTHER, language.RULE
        else:
            set_type(text, node, opinions, weights)
    pieces = [piece for node in nodes for piece in cut(text, node, opinions)]
    return _with_lead(pieces) if recommends else pieces


def _with_lead(pieces: list[Node]) -> list[Node]:
    """The pieces of a page that its address says recommends: what stands between its recommendations and the first heading, and
    speaks of "this procedure", recommends as well."""
    said = False
    for piece in takewhile(lambda piece: piece.heading is None, pieces):
        if piece.type is SectionType.PROCEDURE and said and piece.layer is BODY:
            piece.type, piece.rule = SectionType.RECOMMENDATIONS, "address"
        said = said or piece.type is SectionType.RECOMMENDATIONS
    return pieces


def _by_address(text: str, node: Node, type_: SectionType) -> Node:
    """The section of a page without headings whose address says what it is for, where its markup says nothing else of it."""
    set_type(text, node, Opinions(), {})
    if node.type is SectionType.OTHER:
        node.type, node.rule = type_, "address"
    return node


def _opinions(text: str, nodes: Sequence[Node], typer: Typer, given: SectionType | None) -> Opinions:
    """What the typer makes of the body's blocks, each with the headings it stands under."""
    blocks: list[Block] = []
    passages: list[Passage] = []
    title = ""
    paths: dict[int, tuple[str, ...]] = {}
    for node in nodes:
        if node.layer is FURNITURE:
            continue
        if node.is_title and node.heading and not title:
            title = text[node.heading.start : node.heading.end]
        headings = paths[id(node)] = heading_path(text, node, paths)
        own = node.blocks
        if node.heading and not node.is_title:
            passages.append(Passage(headings[-1], True, headings))
            own = own[1:]
        passages += [Passage(text[block.start : block.end], False, headings) for block in own]
        blocks += node.blocks
    reading = typer.read(passages, title)
    columns = [i for i, name in enumerate(typer.types) if name in _COLUMN]
    probabilities = np.zeros((len(blocks), len(TYPES)), np.float32)
    probabilities[:, [_COLUMN[typer.types[i]] for i in columns]] = reading.probabilities[:, columns]
    in_a_form = (reading.ordered > 0.5 or reading.strange < _STRANGE) and len(blocks) >= _A_FORM
    if reading.strange > _UNLIKE:
        probabilities = tempered(text, blocks, probabilities)
    if (series := given or of_series(text, nodes)) is not None:
        probabilities[:, TYPES.index(series)] = np.maximum(probabilities[:, TYPES.index(series)], HEARD) * SERIES
        probabilities[:, _OF_GUIDANCE] *= NOT_IN_A_SERIES
    furniture = reading.probabilities[:, typer.types.index("furniture")] if "furniture" in typer.types else None
    return Opinions.of_blocks(
        blocks, probabilities, furniture, in_a_form=in_a_form, series=series, threshold=typer.threshold
    )


def _without_furniture(text: str, blocks: Sequence[Block], opinions: Opinions) -> list[Block]:
    """The blocks, what would stand the same on any other page of the site moved to the furniture.

    The items of a list go together, and stay where the line above them announces them: `The guideline covers:`.
    """
    found = list(blocks)
    may_be_tabs = has_any(text, _TABS)
    for i, block in enumerate(blocks):
        short = block.layer is BODY and block.end - block.start <= _SHORT
        if short and (_is_furniture(text, block, opinions) or (may_be_tabs and _is_tab(text, blocks[i : i + 2]))):
            found[i] = replace(block, layer=FURNITURE)
    if found and _is_cut_furniture(text, found[-2:]) and not any(block.xpath for block in blocks):
        found[-1] = replace(found[-1], layer=FURNITURE)
    for start, end in lists(blocks):
        announced = start > 0 and text[blocks[start - 1].end - 1] == ":"
        if announced or any(block.layer is BODY for block in found[start:end]):
            found[start:end] = [
                replace(block, layer=FURNITURE) if furniture.is_known(text[block.start : block.end]) else block
                for block in blocks[start:end]
            ]
    return found


def _is_cut_furniture(text: str, last: Sequence[Block]) -> bool:
    """Whether the last block breaks off in a line of the site's, of which one item alone holds but a few letters."""
    block = last[-1]
    alone = block.kind is BlockKind.LIST_ITEM and (len(last) < 2 or last[0].kind is not BlockKind.LIST_ITEM)
    return furniture.is_cut(text[block.start : block.end], alone=alone)


def _is_tab(text: str, blocks: Sequence[Block]) -> bool:
    """Whether the first of two lines is the name of a page's tab, "About", above the heading with which what it shows begins."""
    first = blocks[0]
    if len(blocks) < 2 or first.kind is HEADING or text[first.start : first.end].strip() not in _TABS:
        return False
    return is_exact(text[blocks[1].start : blocks[1].end])


_TABS = frozenset({"About"})


def _is_furniture(text: str, block: Block, opinions: Opinions) -> bool:
    """Whether a short line of the body would stand the same on any other page of the site.

    Known lines would; where no markup shows what is the page's and what the site's, so would short ones that the typer
    is sure of.
    """
    words = text[block.start : block.end]
    if block.kind is HEADING:
        return furniture.is_heading(words)
    if furniture.is_known(words) or furniture.is_label(words):
        return True
    return block.xpath is None and opinions.furniture.get(block.start, 0.0) > SURE and not SENTENCE.search(words)


_OF_GUIDANCE = TYPES.index(SectionType.RECOMMENDATIONS)
_COLUMN = {type_.value: i for i, type_ in enumerate(TYPES)}


def _section(node: Node, place: dict[int, int]) -> Section:
    heading = node.heading
    first = heading or node.blocks[0]
    return Section(
        node.type,
        node.blocks[0].start,
        node.blocks[-1].end,
        node.level,
        node.layer,
        node.basis,
        node.rule,
        (heading.start, heading.end) if heading else None,
        place.get(id(node.parent)) if node.parent else None,
        node.subtype,
        node.confidence,
        first.xpath,
    )


def _notices(text: str, nodes: Sequence[Node]) -> list[Notice]:
    notices = []
    parents = {id(node.parent) for node in nodes if node.parent}
    for node in nodes:
        alone = len(node.blocks) == 1 and node.rest is None
        if alone and node.heading and not node.is_title and id(node) not in parents:
            words = text[node.heading.start : node.heading.end]
            notices.append(
                Notice(
                    WarningCode.EMPTY_SECTION,
                    f"nothing stands under the heading {words!r}; the capture may have lost it",
                    spans=((node.heading.start, node.heading.end),),
                )
            )
        if node.outvoted and node.heading:
            words = text[node.heading.start : node.heading.end]
            notices.append(
                Notice(
                    WarningCode.CONFLICT,
                    f"the heading {words!r} says {node.outvoted}, the words under it {node.type}",
                    WarningLevel.REVIEW,
                    spans=((node.heading.start, node.heading.end),),
                )
            )
        if node.type is SectionType.OTHER:
            first = node.heading or node.blocks[0]
            name = normalise(text[first.start : first.end])[:60]
            notices.append(
                Notice(
                    WarningCode.TYPE_UNKNOWN,
                    f"what the passage {name!r} is for could not be told",
                    WarningLevel.REVIEW,
                    spans=((first.start, first.end),),
                )
            )
    return notices
