"""betony_sections: tiles the text with typed sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter

import numpy as np
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
from betony.nlp import carry, furniture, grades, language, strength
from betony.nlp.headings import Reading, normalise, of_series, read
from betony.nlp.opinions import (
    BEYOND_PHRASES_IN_A_FORM,
    CERTAIN,
    DOUBTED_HEADING,
    ELDER,
    FAINT_PHRASE,
    HEADED_PARENT,
    HEADING_WORD,
    HEARD,
    LEAD,
    PARENT,
    PHRASE,
    PHRASE_IN_A_FORM,
    SERIES,
    SURE,
    SURE_PHRASE,
    TYPES,
    UNMARKED_PARENT,
    UNTITLED_LEAD,
    WHOLE_HEADING,
    Opinions,
    Weights,
    best,
    speak_for,
)
from betony.nlp.passages import Judgement, is_field, judge
from betony.nlp.sentences import sentences
from betony.nlp.typer import Passage, Typer
from betony.nlp.typer.shipped import load

# Before Python 3.12 an enum's member takes ten times as long to look up as a name, and every block asks for several.
HEADING, PARAGRAPH, LIST_ITEM, TABLE_ROW = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
)
BODY, FURNITURE = Layer.BODY, Layer.FURNITURE

_KIND = attrgetter("kind")
_UNMARKED = 7
"""Rank of a heading whose level nobody marked: below every marked one."""
_LEND_NOTHING = (SectionType.OTHER, SectionType.SUMMARY)
"""Types that say nothing of what stands in the sections below."""
_A_FEW_WORDS = 60
"""Characters of a line that may be nothing but a part of what stands above it."""
_ONE_OF_SOME = re.compile(r"[A-Z]\w+(?: \w+)? \d+:")
"""A title that says which of several parts the page is: `Quality statement 3: …`."""
_A_FORM = 20
"""Passages that can follow a form; a few stand in its order by chance."""
_STRANGE = 0.05
"""A document that is less strange holds nothing but fields of the form that the typer has learned, in whatever order."""
_A_TERM = 500
"""Characters of a term with what it means."""
_MUCH = 250
"""Characters of a section that can speak against its heading."""
_SHORT = 200
"""Characters of a line that may be furniture; what is longer says something."""
_SENTENCE = re.compile(r"[a-z]{3}[.:;]\s*$")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
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
    outvoted: SectionType | None = None
    """The type that the heading says, where the words under it say another."""
    children: list[Node] = field(default_factory=list)
    elder: Node | None = None
    """The section before, where the numbers of both show that they are parts of one (1.1 and 1.2)."""
    leads: bool = False
    """The page begins with it."""
    among_terms: bool = False
    """It is one of many short ones on a page of terms: its heading is the term."""


@Language.component("betony_sections", requires=["doc.user_data"], assigns=["doc.spans"])
def sections(doc: Doc) -> Doc:
    """Set the span group `betony_sections`, and warn of what could not be told."""
    found, notices = find(carry.text(doc), carry.blocks(doc), carry.parts(doc), carry.language(doc), load())
    carry.set_sections(doc, found)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str,
    blocks: Sequence[Block],
    parts: Sequence[int] = (0,),
    given_language: str | None = None,
    typer: Typer | None = None,
) -> tuple[list[Section], list[Notice]]:
    """The sections that tile the blocks, in order, and warnings about them.

    Guaranteed: every block lies in exactly one section; a section is of type `furniture` exactly where its layer is;
    what stays `other` is warned of. What is not in English is `other`. Without a typer rules alone decide. Each part is
    read by itself: what one says changes nothing in another.
    """
    foreign, notices = language.foreign(text, blocks, parts, given_language)
    nodes: list[Node] = []
    for start, end in pairwise(sorted({0, *parts, len(text) + 1})):
        own = [block for block in blocks if start <= block.start < end]
        nodes += _of_part(text, own, foreign, typer)
    place = {id(node): i for i, node in enumerate(nodes)}
    return [_section(node, place) for node in nodes], notices + _notices(text, nodes)


def _of_part(text: str, blocks: Sequence[Block], foreign: Sequence[tuple[int, int]], typer: Typer | None) -> list[Node]:
    """The sections of one part."""
    nodes = _runs(text, blocks)
    opinions = _opinions(text, nodes, typer) if typer else Opinions()
    without = _without_furniture(text, blocks, opinions)
    if without != list(blocks):
        nodes = _runs(text, without)
    _mark_terms(text, nodes)
    said = opinions.of_each([node.blocks[1:] or _below(node) if node.heading else () for node in nodes])
    for node, weights in zip(nodes, said, strict=True):
        if node.layer is BODY and any(begin <= node.blocks[0].start < end for begin, end in foreign):
            node.type, node.rule = SectionType.OTHER, language.RULE
        else:
            _type(text, node, opinions, weights)
    return [piece for node in nodes for piece in _split_unheaded(text, node, opinions)]


def _mark_terms(text: str, nodes: Sequence[Node]) -> None:
    """On a page whose first heading says that it explains terms, the sections of a few sentences are the terms."""
    headed = [node for node in nodes if node.heading]
    readings = [read(text[node.heading.start : node.heading.end]) for node in headed if node.heading]
    if not readings or not readings[0] or not readings[0].exact or readings[0].type is not SectionType.DEFINITIONS:
        return
    for node, reading in zip(headed[1:], readings[1:], strict=True):
        ends_the_page = reading is not None and reading.whole and reading.type in _END_A_PAGE
        node.among_terms = not ends_the_page and node.blocks[-1].end - node.blocks[0].start < _A_TERM


_END_A_PAGE = (SectionType.REFERENCES, SectionType.LEGAL, SectionType.STATUS)
"""Types of sections that stand below the terms on a page of terms."""


def _opinions(text: str, nodes: Sequence[Node], typer: Typer) -> Opinions:
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
        headings = paths[id(node)] = _heading_path(text, node, paths)
        for block in node.blocks:
            is_heading = block is node.heading and not node.is_title
            blocks.append(block)
            passages.append(Passage(text[block.start : block.end], is_heading, headings))
    reading = typer.read(passages, title)
    columns = [i for i, name in enumerate(typer.types) if name in _COLUMN]
    probabilities = np.zeros((len(blocks), len(TYPES)), np.float32)
    probabilities[:, [_COLUMN[typer.types[i]] for i in columns]] = reading.probabilities[:, columns]
    if (series := _series(text, nodes)) is not None:
        probabilities[:, TYPES.index(series)] = np.maximum(probabilities[:, TYPES.index(series)], HEARD) * SERIES
    furniture = reading.probabilities[:, typer.types.index("furniture")] if "furniture" in typer.types else None
    in_a_form = (reading.ordered > 0.5 or reading.strange < _STRANGE) and len(blocks) >= _A_FORM
    return Opinions.of_blocks(blocks, probabilities, furniture, in_a_form=in_a_form, threshold=typer.threshold)


def _series(text: str, nodes: Sequence[Node]) -> SectionType | None:
    """What the documents of the series are for whose name stands above the title, where it is known to tell."""
    blocks = (block for node in nodes[:2] for block in node.blocks[:2])
    told = (of_series(text[block.start : block.end]) for block in blocks if block.end - block.start < _A_FEW_WORDS)
    return next((type_ for type_ in told if type_), None)


def _without_furniture(text: str, blocks: Sequence[Block], opinions: Opinions) -> list[Block]:
    """The blocks, what would stand the same on any other page of the site moved to the furniture.

    The items of a list go together, and stay where the line above them announces them: `The guideline covers:`.
    """
    found = [
        replace(block, layer=FURNITURE)
        if block.layer is BODY and block.end - block.start <= _SHORT and _is_furniture(text, block, opinions)
        else block
        for block in blocks
    ]
    for start, end in _items(blocks):
        announced = start > 0 and text[blocks[start - 1].end - 1] == ":"
        if announced or any(block.layer is BODY for block in found[start:end]):
            found[start:end] = [
                replace(block, layer=FURNITURE) if furniture.is_known(text[block.start : block.end]) else block
                for block in blocks[start:end]
            ]
    return found


def _items(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each list starts, and where it ends."""
    at = 0
    for kind, run in groupby(blocks, key=_KIND):
        end = at + len(list(run))
        if kind is LIST_ITEM:
            yield at, end
        at = end


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
    return block.xpath is None and opinions.furniture.get(block.start, 0.0) > SURE and not _SENTENCE.search(words)


_COLUMN = {type_.value: i for i, type_ in enumerate(TYPES)}


def _heading_path(text: str, node: Node, paths: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The headings the node's blocks stand under, outermost first, the title left out; `paths` has those of its parents."""
    above = paths[id(node.parent)] if node.parent else ()
    return (*above, text[node.heading.start : node.heading.end]) if node.heading and not node.is_title else above


def _runs(text: str, blocks: Sequence[Block]) -> list[Node]:
    """The blocks of a part cut at headings and changes of layer, each run with its parent and level."""
    nodes: list[Node] = []
    stack: list[Node] = []
    current: Node | None = None
    titled = begun = False
    logos = _logos(text, blocks)
    for i, block in enumerate(blocks):
        layer = FURNITURE if i in logos else block.layer
        if layer is FURNITURE:
            if not nodes or nodes[-1].layer is not layer:
                nodes.append(Node([], layer))
            nodes[-1].blocks.append(block)
        elif block.kind is HEADING:
            current = Node([block], layer, heading=block, rank=_rank(text, block))
            current.is_title = not titled and block.level == 1
            titled = titled or current.is_title
            current.elder = _elder(text, current, stack)
            _place(current, stack)
            nodes.append(current)
        elif current is not None and nodes[-1] is current:
            current.blocks.append(block)
        else:
            current = _continuation(block, layer, current)
            nodes.append(current)
        if layer is BODY and not begun:
            nodes[-1].leads = begun = True
    return nodes


def _logos(text: str, blocks: Sequence[Block]) -> set[int]:
    """The lines at the very end of a page that hold nothing but a publisher's name: its logo or accreditation."""
    found: set[int] = set()
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.layer is BODY:
            words = _ABBREVIATION.sub(
                "", _BULLET.sub("", text[block.start : min(block.end, block.start + 200)])
            ).strip()
            if block.kind is HEADING or publishers.of_name(words) is None:
                break
            found.add(i)
    return found


def _rank(text: str, block: Block) -> int:
    """How high the heading stands: as marked, else by its number (`1.2` below `1`), else below all that is marked."""
    if block.level:
        return block.level
    if match := _NUMBERS.match(text[block.start : block.end]):
        return _UNMARKED + match[1].count(".")
    reading = read(text[block.start : block.end])
    return _UNMARKED if reading and reading.whole else _UNMARKED + 1


def _elder(text: str, node: Node, stack: Sequence[Node]) -> Node | None:
    """The section before of the same rank, where both are numbered as parts of one."""
    if not node.heading or not text[node.heading.start].isdecimal():
        return None
    last = next((other for other in reversed(stack) if other.rank <= node.rank), None)
    if last is None or last.rank != node.rank or not last.heading:
        return None
    own, its = (_NUMBERS.match(text[h.start : h.end]) for h in (node.heading, last.heading))
    if not own or not its or "." not in own[1]:
        return None
    return last if own[1].rpartition(".")[0] == its[1].rpartition(".")[0] else None


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


def _type(text: str, node: Node, opinions: Opinions, weights: Weights) -> None:
    """Type a run by its layer, the publisher's hint, its heading, its words, its parent: the first that tells.

    `weights` are the typer's, of what stands below the run's heading.
    """
    if node.layer is FURNITURE:
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
    _type_by_heading(text, node, node.heading, opinions, weights)


def _type_by_heading(text: str, node: Node, heading: Block, opinions: Opinions, weights: Weights) -> None:
    """Weigh what the heading says, what the section above is for, and what the words are like."""
    reading = read(text[heading.start : heading.end])
    if reading is None and _is_printed_twice(text, node, heading):
        node.type, node.rule, node.confidence = SectionType.SUMMARY, "title", 0.7
        return
    lender = node.parent if node.parent is not None and node.parent.type not in _LEND_NOTHING else None
    if node.among_terms:
        node.type, node.basis, node.rule, node.confidence = SectionType.DEFINITIONS, Basis.INFERRED, "parent", 0.95
        return
    if reading and lender and (_is_part(text, heading, reading, lender) or weights[lender.type] > SURE):
        reading = None  # what stands above and the words below agree, whatever the line between them says
    whole = reading is not None and reading.whole
    judgement = (
        None if lender or (whole and opinions.in_a_form) else judge(_opening(text, node, blocks=1 if whole else 3))
    )
    if reading and reading.exact and not reading.whole and judgement and judgement.type in _ANNOUNCED:
        reading = None  # `Guidance` over `This guidance has been withdrawn`
    if reading:
        if whole:
            weights[reading.type] *= _said_by_heading(node, weights)
        else:
            speak_for(weights, reading.type, HEADING_WORD)
    if lender:
        lent = _lent(text, heading, lender)
        weights[lender.type] *= min(lent, PARENT) if whole else lent
    if judgement and (not reading or judgement.type in _ANNOUNCED):
        speak_for(weights, judgement.type, _said_by_phrase(judgement, opinions))
    if node.elder and not lender and not whole and node.elder.type not in _LEND_NOTHING and not _is_told(node.elder):
        speak_for(weights, node.elder.type, ELDER)
    if not whole and not opinions.in_a_form and best(weights)[0] in _DESCRIBING and _instructs(text, node):
        speak_for(weights, SectionType.RECOMMENDATIONS, PHRASE)
    node.type, node.confidence = best(weights)
    said = reading.type if reading and whole else SectionType.RECOMMENDATIONS
    free = not lender and not opinions.in_a_form and said in _RECOMMENDING
    if free and node.type not in _RECOMMENDING and _is_labelled(text, node):
        node.type, node.rule, node.confidence = SectionType.RECOMMENDATIONS, "labels", 0.95
    elif lender and node.type not in _RECOMMENDING and _is_numbered_on(text, node, lender, said):
        node.type, node.rule, node.confidence = SectionType.RECOMMENDATIONS, "numbers", 0.95
    elif reading and node.type is reading.type:
        node.rule = reading.rule
        if whole:
            node.basis, node.confidence = Basis.EXPLICIT, None
    elif lender and node.type is lender.type:
        node.rule = "parent"
    elif node.confidence < opinions.threshold:
        node.type, node.rule, node.confidence = SectionType.OTHER, "none", None
    else:
        node.rule = "typer" if opinions.places else "words"
        node.outvoted = reading.type if reading and whole else None


_NUMBER_OF_THREE = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}\s")
_RECOMMENDING = (SectionType.RECOMMENDATIONS, SectionType.RESEARCH)


def _is_numbered_on(text: str, node: Node, lender: Node, said: SectionType) -> bool:
    """Whether recommendations go on below a heading among them: their numbers do, "1.1.1" below "1.1 Organisation"."""
    return (
        lender.type is said is SectionType.RECOMMENDATIONS
        and len(node.blocks) > 1
        and _NUMBER_OF_THREE.match(text, node.blocks[1].start) is not None
    )


def _is_labelled(text: str, node: Node) -> bool:
    """Whether passages below the heading bear the label that only recommendations do: two years, or one "[new 2015]"."""
    ended = (block for block in node.blocks[1:] if text[block.end - 1] == "]")
    labels = [label for block in ended if (label := grades.label(text[block.start : block.end]))]
    return len(labels) > 1 or any(label.new or label.amended for label in labels)


def _is_told(node: Node) -> bool:
    """Whether its own heading says what the section is for: that says nothing of the one beside it."""
    return node.basis is Basis.EXPLICIT


def _is_printed_twice(text: str, node: Node, heading: Block) -> bool:
    """Whether nothing but the heading itself stands below the heading: it names the page."""
    words = normalise(text[heading.start : heading.end])
    below = node.blocks[1:]
    return bool(below) and all(normalise(text[block.start : block.end]) == words for block in below)


_DESCRIBING = (
    SectionType.SUMMARY,
    SectionType.PROCEDURE,
    SectionType.EVIDENCE,
    SectionType.DISCUSSION,
    SectionType.CODING,
    SectionType.DEFINITIONS,
    SectionType.REFERENCES,
    SectionType.RECOMMENDATIONS,
)
"""Types whose sentences, recommendations aside, say how things are, and seldom what to do."""


def _instructs(text: str, node: Node) -> bool:
    """Whether most of what stands below the heading, and at least two sentences of it, says what to do."""
    said = [
        strength.sentence_wording(text[start:end]) is not None
        for block in node.blocks[1:]
        for start, end in sentences(text, block.start, block.end)
    ]
    return sum(said) >= max(2, len(said) / 2)


def _said_by_heading(node: Node, weights: Weights) -> float:
    """How much likelier a heading that the vocabulary holds makes its type; less where much text is surely for another."""
    much = node.blocks[-1].end - node.blocks[0].start > _MUCH
    return DOUBTED_HEADING if much and best(weights)[1] > CERTAIN else WHOLE_HEADING


def _said_by_phrase(judgement: Judgement, opinions: Opinions) -> float:
    """How much likelier a phrase makes its type."""
    if opinions.in_a_form:
        return PHRASE_IN_A_FORM
    if judgement.faint:
        return FAINT_PHRASE
    return SURE_PHRASE if judgement.sure else PHRASE


def _below(node: Node) -> list[Block]:
    """The blocks of the sections below one that has no text of its own."""
    return [block for child in node.children for block in child.blocks[1:] or _below(child)]


def _lent(text: str, heading: Block, lender: Node) -> float:
    """How much likelier the type of the section above is; little where only its words make it stand above."""
    if heading.level == 0 and not _NUMBERS.match(text[heading.start : heading.end]):
        return UNMARKED_PARENT
    return HEADED_PARENT if lender.rule.startswith(("heading", "parent")) else PARENT


def _opening(text: str, node: Node, blocks: int) -> str:
    return " ".join(text[block.start : block.end] for block in node.blocks[1 : 1 + blocks])


def _split_unheaded(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """A lead (no heading, or the title's) cut where its passages turn to another purpose."""
    if _may_run_on(node) and opinions.places:
        return _split_off_the_rest(text, node, opinions)
    unknown = node.type is SectionType.OTHER and node.rule in ("none", "continued")
    if node.layer is FURNITURE or not unknown:
        return [node]
    if node.heading and not node.is_title:
        return _split_below_an_unknown_heading(text, node, opinions)
    pieces: list[Node] = []
    lists = _lists(text, node.blocks, opinions) | _fields(text, node.blocks, opinions)
    first, lead = _lead(text, node), LEAD if node.heading else UNTITLED_LEAD
    for i, block in enumerate(node.blocks):
        if block is node.heading:
            pieces.append(_title_piece(text, node, block))
            continue
        last = pieces[-1] if pieces else None
        if last is not None and not _only_title(last) and _runs_on(text, node.blocks, i, lists.get(i), last, opinions):
            last.blocks.append(block)
            continue
        type_, rule, confidence = _opinion(text, block, lists.get(i), opinions, lead if block is first else 1.0)
        if last is not None and _only_title(last) and type_ is not None and _is_lead(type_, block):
            last.blocks.append(block)
            last.type, last.rule, last.confidence = type_, rule, confidence
        elif last is not None and not _only_title(last) and _goes_on(last, type_, block):
            last.blocks.append(block)
        elif type_ is not None:
            pieces.append(_piece(node, block, type_, rule, confidence))
        else:
            pieces.append(_piece(node, block, SectionType.OTHER, "none", None))
    return [_sure_of_all(piece, opinions) for piece in pieces]


def _split_below_an_unknown_heading(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """A section of which neither heading nor words as a whole tell what it is for, cut where single passages tell."""
    blocks, node.blocks = node.blocks[1:], node.blocks[:1]
    lists = _lists(text, blocks, opinions) | _fields(text, blocks, opinions)
    pieces = [node]
    for i, block in enumerate(blocks):
        last = pieces[-1]
        if i > 0 and _runs_on(text, blocks, i, lists.get(i), last, opinions):
            last.blocks.append(block)
            continue
        type_, rule, confidence = _opinion(text, block, lists.get(i), opinions, 1.0)
        if len(node.blocks) == 1:
            node.blocks.append(block)
            if type_ is not None:
                node.type, node.rule, node.confidence = type_, rule, confidence
        elif _goes_on(last, type_, block):
            last.blocks.append(block)
        else:
            pieces.append(_piece(node, block, type_ or SectionType.OTHER, rule, confidence))
    return [_sure_of_all(piece, opinions) for piece in pieces]


def _lead(text: str, node: Node) -> Block | None:
    """The first prose of a page, where nothing above it says what it is for."""
    reading = node.heading and read(text[node.heading.start : node.heading.end])
    if not node.leads or (reading and reading.whole):
        return None
    prose = (b for b in node.blocks if b is not node.heading and b.kind is PARAGRAPH)
    return next((b for b in prose if b.end - b.start > _A_FEW_WORDS and _SENTENCE.search(text[b.start : b.end])), None)


def _is_lead(type_: SectionType, block: Block) -> bool:
    """Whether the title heads the block below it."""
    if type_ is SectionType.SUMMARY:
        return True
    return type_ not in _NO_LEADS and block.end - block.start > _A_FEW_WORDS


_NO_LEADS = (SectionType.STATUS, SectionType.LEGAL)
"""Types of lines below a title that it does not head: the lead comes after them."""


def _runs_on(
    text: str, blocks: Sequence[Block], i: int, together: _Together | None, last: Node, opinions: Opinions
) -> bool:
    """Whether the block is part of what stands above it, unless it is surely for something else: the rest of a sentence,
    an item of the list above, or the list that the line above announces."""
    if opinions.in_a_form:
        return False
    block, above = blocks[i], blocks[i - 1]
    type_, confidence = opinions.alone.get(block.start, (last.type, 0.0))
    if type_ is not last.type and confidence > SURE:
        return False
    if together and block.kind is LIST_ITEM and len(together.blocks) > 1:
        return block is not together.blocks[0] or text[above.end - 1] == ":"
    goes_on = block.kind is PARAGRAPH is above.kind and text[block.start].islower()
    return goes_on and not _ENDED.search(text[max(above.start, above.end - 10) : above.end])


def _goes_on(last: Node, type_: SectionType | None, block: Block) -> bool:
    """Whether the block stands with what is above it: it is for the same, or a line too short to stand for itself."""
    if type_ is None:
        return last.type is SectionType.OTHER or block.end - block.start < _A_FEW_WORDS
    return type_ is last.type


def _sure_of_all(piece: Node, opinions: Opinions) -> Node:
    """A piece that the typer has typed, as sure as it is of all its blocks together and not of the first alone."""
    if piece.rule == "typer":
        weights = opinions.of(piece.blocks)
        piece.confidence = round(weights[piece.type] / sum(weights.values()), 3)
    return piece


def _title_piece(text: str, node: Node, title: Block) -> Node:
    """The title: it says what the document is, or, where it names a chapter, what the chapter is for."""
    words = text[title.start : title.end]
    reading = read(words)
    if reading and reading.whole and (reading.exact or normalise(words) != words.lower() or _ONE_OF_SOME.match(words)):
        return _piece(node, title, reading.type, reading.rule, 0.9)
    if (judgement := judge(words)) and judgement.type is SectionType.LEGAL:
        return _piece(node, title, judgement.type, judgement.rule, 0.9)
    return _piece(node, title, SectionType.SUMMARY, "title", 0.7)


def _may_run_on(node: Node) -> bool:
    """Whether the section may hold more than its own: the next heading may have been lost, or never have been."""
    told = node.type not in (SectionType.OTHER, SectionType.FURNITURE) and node.basis is not Basis.GIVEN
    return told and node.heading is not None and not node.is_title


def _split_off_the_rest(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """The section as far as its words go with its heading; what is surely for something else stands apart.

    Where markup shows the headings, only what a phrase and the typer both say is for something else does.
    """
    marked = node.heading is not None and node.heading.level > 0
    told = node.rule.startswith("heading")
    pieces = [node]
    blocks, node.blocks = node.blocks[1:], node.blocks[:1]
    for block in blocks:
        last = pieces[-1]
        type_, confidence = opinions.alone.get(block.start, (last.type, 1.0))
        enough = opinions.threshold
        judgement = None if opinions.in_a_form else judge(text[block.start : block.end])
        if last is node and (type_ is not last.type or judgement):
            weights = opinions.of([block])
            weights[node.type] *= UNMARKED_PARENT if judgement and judgement.sure else PARENT
            if judgement and (judgement.sure or judgement.type in _ANNOUNCED):
                speak_for(weights, judgement.type, _said_by_phrase(judgement, opinions))
            type_, confidence = best(weights)
            announced = judgement is not None and judgement.type is type_ and (judgement.sure or type_ in _ANNOUNCED)
            enough = opinions.threshold if announced else SURE
            enough = 1.1 if (marked and not announced) or (not told and not (judgement and judgement.sure)) else enough
        if type_ is last.type or confidence < enough:
            last.blocks.append(block)
        else:
            rule = judgement.rule if judgement and judgement.type is type_ else "typer"
            pieces.append(_piece(node, block, type_, rule, confidence))
    if len(node.blocks) == 1 and len(pieces) > 1:
        under = pieces.pop(1)
        node.blocks += under.blocks
        said = read(text[node.blocks[0].start : node.blocks[0].end])
        node.outvoted = said.type if said and said.whole else None
        node.type, node.basis = under.type, Basis.INFERRED
        node.rule, node.confidence = under.rule, under.confidence
    return [node, *(_sure_of_all(piece, opinions) for piece in pieces[1:])]


_ANNOUNCED = (SectionType.STATUS, SectionType.LEGAL, SectionType.RESPONSIBILITIES, SectionType.DEVELOPMENT)
"""Types that often stand at the end of another section without a heading, and that phrases give away."""


def _opinion(
    text: str, block: Block, together: _Together | None, opinions: Opinions, lead: float
) -> tuple[SectionType | None, str, float | None]:
    """What an unheaded block is for, by which rule, how surely; no type where neither words nor typer tell.

    The items of a list and the rows of a table speak together.
    """
    type_, confidence = opinions.alone.get(block.start, (SectionType.OTHER, 0.0))
    if opinions.in_a_form and confidence >= BEYOND_PHRASES_IN_A_FORM:
        return type_, "typer", confidence
    if together:
        judgement = together.judgement
    else:
        judgement = judge(text[block.start : block.end]) if block.kind is PARAGRAPH else None
    as_one = together and block.kind is not PARAGRAPH and not opinions.in_a_form
    weights = dict(together.weights) if together and as_one else opinions.of([block])
    if judgement:
        speak_for(weights, judgement.type, _said_by_phrase(judgement, opinions))
    if lead > 1 and not opinions.in_a_form:
        speak_for(weights, SectionType.SUMMARY, lead)
    type_, confidence = best(weights)
    if confidence < opinions.threshold:
        return None, "none", None
    return type_, judgement.rule if judgement and judgement.type is type_ else "typer", confidence


@dataclass(frozen=True)
class _Together:
    """Blocks that speak together: the items of a list, the rows of a table, lines `Name: value`; what they say is found
    once for all of them."""

    text: str
    blocks: Sequence[Block]
    opinions: Opinions

    @cached_property
    def judgement(self) -> Judgement | None:
        return judge(self.text[self.blocks[0].start : self.blocks[-1].end])

    @cached_property
    def weights(self) -> Weights:
        return self.opinions.of(self.blocks)


def _lists(text: str, blocks: Sequence[Block], opinions: Opinions) -> dict[int, _Together]:
    """Of each item of a list and row of a table, by its place: the whole list."""
    found: dict[int, _Together] = {}
    at = 0
    for kind, run in groupby(blocks, key=_KIND):
        together = list(run)
        if kind in (LIST_ITEM, TABLE_ROW):
            found |= dict.fromkeys(range(at, at + len(together)), _Together(text, together, opinions))
        at += len(together)
    return found


def _fields(text: str, blocks: Sequence[Block], opinions: Opinions) -> dict[int, _Together]:
    """The same of three and more lines `Name: value` in a row."""
    found: dict[int, _Together] = {}
    at = 0
    for are_fields, run in groupby(blocks, key=lambda block: is_field(text[block.start : block.end])):
        together = list(run)
        if are_fields and len(together) > 2:
            found |= dict.fromkeys(range(at, at + len(together)), _Together(text, together, opinions))
        at += len(together)
    return found


_TOPICS = (SectionType.PROCEDURE, SectionType.SUMMARY)


def _is_part(text: str, heading: Block, reading: Reading, parent: Node) -> bool:
    """Whether the heading only names a part of the section above: `Diagnosis` below recommendations, `12.1 Introduction`."""
    if reading.common and parent.rule.startswith(("heading", "parent")):
        return True
    if parent.type is SectionType.RECOMMENDATIONS:
        return reading.type in _TOPICS
    shown = heading.level > 0 or "." in (_NUMBERS.match(text[heading.start : heading.end]) or ["", ""])[1]
    return shown and reading.type is SectionType.SUMMARY


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
