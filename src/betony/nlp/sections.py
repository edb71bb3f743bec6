"""betony_sections: tiles the text with typed sections."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from spacy.language import Language
from spacy.tokens import Doc

from betony import publishers
from betony.model import (
    Basis,
    Block,
    BlockKind,
    Layer,
    Notice,
    Section,
    SectionType,
    WarningCode,
    WarningLevel,
)
from betony.nlp import carry, language
from betony.nlp.headings import normalise, read
from betony.nlp.passages import Judgement, judge

_UNMARKED = 7
"""Rank of a heading whose level nobody marked: below every marked one."""
_LEND_NOTHING = (SectionType.OTHER, SectionType.SUMMARY)
"""Types that say nothing of what stands in the sections below."""
_BULLET = re.compile(r"^[^\w(\"'“‘]+")
_ABBREVIATION = re.compile(r"\s*\([A-Z]{2,8}\)\s*$")
_NUMBERS = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s")


@dataclass(slots=True)
class Node:
    """A run of blocks that becomes one section, while it is being made."""

    blocks: list[Block]
    layer: Layer
    heading: Block | None = None
    is_title: bool = False
    parent: Node | None = None
    level: int = 1
    rank: int = 0
    type: SectionType = SectionType.OTHER
    basis: Basis = Basis.INFERRED
    rule: str = "none"
    confidence: float | None = None
    subtype: str | None = None
    children: list[Node] = field(default_factory=list)


@Language.component("betony_sections", requires=["doc.user_data"], assigns=["doc.spans"])
def sections(doc: Doc) -> Doc:
    """Set the span group `betony_sections`, and warn of what could not be told."""
    found, notices = find(carry.text(doc), carry.blocks(doc), carry.parts(doc), carry.language(doc))
    carry.set_sections(doc, found)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,), given_language: str | None = None
) -> tuple[list[Section], list[Notice]]:
    """The sections that tile the blocks, in order, and warnings about them.

    Guaranteed: every block lies in exactly one section; a section is of type `furniture` exactly where its layer is;
    what stays `other` is warned of. What is not in English is `other`.
    """
    nodes = _runs(text, blocks, parts)
    foreign, notices = language.foreign(text, blocks, parts, given_language)
    for node in nodes:
        if node.layer is Layer.BODY and any(start <= node.blocks[0].start < end for start, end in foreign):
            node.type, node.rule = SectionType.OTHER, language.RULE
        else:
            _type(text, node)
    nodes = [piece for node in nodes for piece in _split_unheaded(text, node)]
    place = {id(node): i for i, node in enumerate(nodes)}
    return [_section(node, place) for node in nodes], notices + _notices(text, nodes)


def _runs(text: str, blocks: Sequence[Block], parts: Sequence[int]) -> list[Node]:
    """The blocks cut at headings and changes of layer, each run with its parent and level."""
    nodes: list[Node] = []
    stack: list[Node] = []
    current: Node | None = None
    starts = list(parts[1:])
    titled = False
    logos = _logos(text, blocks, parts)
    for i, block in enumerate(blocks):
        if starts and block.start >= starts[0]:
            starts.pop(0)
            stack, current, titled = [], None, False
        layer = Layer.FURNITURE if i in logos else block.layer
        if layer is Layer.FURNITURE:
            if not nodes or nodes[-1].layer is not layer or nodes[-1].blocks[-1].end < _part_start(parts, block):
                nodes.append(Node([], layer))
            nodes[-1].blocks.append(block)
        elif block.kind is BlockKind.HEADING:
            current = Node([block], layer, heading=block, rank=_rank(text, block))
            current.is_title = not titled and block.level == 1
            titled = titled or current.is_title
            _place(current, stack)
            nodes.append(current)
        elif current is not None and nodes[-1] is current:
            current.blocks.append(block)
        else:
            current = _continuation(block, layer, current)
            nodes.append(current)
    return nodes


def _part_start(parts: Sequence[int], block: Block) -> int:
    return max((part for part in parts if part <= block.start), default=0)


def _logos(text: str, blocks: Sequence[Block], parts: Sequence[int]) -> set[int]:
    """The lines at the very end of a page that hold nothing but a publisher's name: its logo or accreditation."""
    found = set()
    starts = {*parts, len(text) + 1}
    last = True
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.layer is Layer.BODY:
            words = _ABBREVIATION.sub(
                "", _BULLET.sub("", text[block.start : min(block.end, block.start + 200)])
            ).strip()
            last = last and block.kind is not BlockKind.HEADING and publishers.of_name(words) is not None
            if last:
                found.add(i)
        if block.start in starts:
            last = True
    return found


def _rank(text: str, block: Block) -> int:
    """How high the heading stands: as marked, else by its number (`1.2` below `1`), else below all that is marked."""
    if block.level:
        return block.level
    if match := _NUMBERS.match(text[block.start : block.end]):
        return _UNMARKED + match[1].count(".")
    reading = read(text[block.start : block.end])
    return _UNMARKED if reading and reading.whole else _UNMARKED + 1


def _place(node: Node, stack: list[Node]) -> None:
    """Give the node its parent: the nearest heading above it of higher rank, the title aside."""
    while stack and stack[-1].rank >= node.rank:
        stack.pop()
    if stack:
        node.parent = stack[-1]
        node.level = stack[-1].level + 1
        stack[-1].children.append(node)
    if not node.is_title:
        stack.append(node)


def _continuation(block: Block, layer: Layer, interrupted: Node | None) -> Node:
    """A section without a heading: of its own, or the rest of one that furniture interrupted."""
    if interrupted is None:
        return Node([block], layer)
    goes_on = interrupted.rule == "continued" or (interrupted.heading is not None and not interrupted.is_title)
    return Node(
        [block],
        layer,
        parent=interrupted.parent,
        level=interrupted.level,
        rank=interrupted.rank,
        rule="continued" if goes_on else "none",
        children=[interrupted] if goes_on else [],
    )


def _type(text: str, node: Node) -> None:
    """Type a run by its layer, the publisher's hint, its heading, its words, its parent: the first that tells."""
    if node.layer is Layer.FURNITURE:
        node.type, node.rule, node.basis = SectionType.FURNITURE, "layer", Basis.INFERRED
        node.confidence = 0.95
        return
    if node.rule == "continued" and node.children:
        whole = node.children.pop()
        node.type, node.basis, node.confidence = whole.type, whole.basis, whole.confidence
        return
    hint = node.blocks[0].hint
    if hint is not None:
        node.type, node.basis, node.rule = hint, Basis.GIVEN, "publisher"
        return
    if node.heading is None or node.is_title:
        return
    words = text[node.heading.start : node.heading.end]
    reading = read(words)
    lends = node.parent is not None and node.parent.type not in _LEND_NOTHING
    if reading and (not lends or (reading.whole and not _is_topic(reading.type, node.parent))):
        node.type, node.rule = reading.type, reading.rule
        node.basis = Basis.EXPLICIT if reading.whole else Basis.INFERRED
        node.confidence = None if reading.whole else 0.85
    elif lends and node.parent is not None:
        node.type, node.rule, node.confidence = node.parent.type, "parent", 0.8
    else:
        own = " ".join(text[block.start : block.end] for block in node.blocks[1:4])
        judgement = judge(own)
        if judgement:
            node.type, node.rule, node.confidence = judgement.type, judgement.rule, 0.6


def _split_unheaded(text: str, node: Node) -> list[Node]:
    """A lead (no heading, or the title's) cut where its passages turn to another purpose."""
    if node.layer is Layer.FURNITURE or node.rule not in ("none",) or (node.heading and not node.is_title):
        return [node]
    pieces: list[Node] = []
    judgements = _judgements(text, node.blocks)
    for block, judgement in zip(node.blocks, judgements, strict=True):
        if block is node.heading:
            pieces.append(_piece(node, block, SectionType.SUMMARY, "title", 0.7))
            continue
        last = pieces[-1] if pieces else None
        if last is not None and _only_title(last) and judgement is not None:
            last.blocks.append(block)
            last.type, last.rule, last.confidence = judgement.type, judgement.rule, 0.85
        elif last is not None and not _only_title(last) and (judgement is None or judgement.type is last.type):
            last.blocks.append(block)
        elif judgement is not None:
            pieces.append(_piece(node, block, judgement.type, judgement.rule, 0.85))
        else:
            pieces.append(_piece(node, block, SectionType.OTHER, "none", None))
    return pieces


_TOPICS = (SectionType.PROCEDURE, SectionType.SUMMARY, SectionType.EVIDENCE, SectionType.IMPLEMENTATION)


def _is_topic(type_: SectionType, parent: Node | None) -> bool:
    """Whether the heading only names what the recommendations below it are about: `Diagnosis`, `Symptoms`."""
    return parent is not None and parent.type is SectionType.RECOMMENDATIONS and type_ in _TOPICS


def _judgements(text: str, blocks: Sequence[Block]) -> list[Judgement | None]:
    """What each block's words say it is for; the items of a list and the rows of a table speak together."""
    found: list[Judgement | None] = []
    for kind, run in groupby(blocks, key=lambda block: block.kind):
        together = list(run)
        if kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            found += [judge(text[together[0].start : together[-1].end])] * len(together)
        elif kind is BlockKind.PARAGRAPH:
            found += [judge(text[block.start : block.end]) for block in together]
        else:
            found += [None] * len(together)
    return found


def _only_title(piece: Node) -> bool:
    return piece.heading is not None and len(piece.blocks) == 1


def _piece(node: Node, block: Block, type_: SectionType, rule: str, confidence: float | None) -> Node:
    return Node(
        [block],
        node.layer,
        heading=block if block is node.heading else None,
        is_title=block is node.heading,
        parent=node.parent,
        level=node.level,
        type=type_,
        rule=rule,
        confidence=confidence,
    )


def _section(node: Node, place: dict[int, int]) -> Section:
    heading = node.heading
    first = heading or node.blocks[0]
    return Section(
        type=node.type,
        start=node.blocks[0].start,
        end=node.blocks[-1].end,
        level=node.level,
        layer=node.layer,
        basis=node.basis,
        rule=node.rule,
        heading=(heading.start, heading.end) if heading else None,
        parent=place.get(id(node.parent)) if node.parent else None,
        subtype=node.subtype,
        confidence=node.confidence,
        xpath=first.xpath,
    )


def _notices(text: str, nodes: Sequence[Node]) -> list[Notice]:
    notices = []
    parents = {id(node.parent) for node in nodes if node.parent}
    for node in nodes:
        if node.heading and not node.is_title and len(node.blocks) == 1 and id(node) not in parents:
            words = text[node.heading.start : node.heading.end]
            notices.append(
                Notice(
                    WarningCode.EMPTY_SECTION,
                    f"nothing stands under the heading {words!r}; the capture may have lost it",
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
