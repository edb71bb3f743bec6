"""A section cut where its passages turn to another purpose: no heading stands there, or the capture has lost it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from betony.model import Basis, Block, SectionType
from betony.nlp import phrases
from betony.nlp.headed import ANNOUNCED, said_by_phrase
from betony.nlp.heading_words import introduces, normalise, read, settled_type
from betony.nlp.opinions import (
    BEYOND_PHRASES_IN_A_FORM,
    CERTAIN,
    LEAD,
    PARENT,
    SURE,
    UNMARKED_PARENT,
    UNTITLED_LEAD,
    Opinions,
    best,
    speak_for,
)
from betony.nlp.outline import A_FEW_WORDS, FURNITURE, LIST_ITEM, NUMBERS, PARAGRAPH, SENTENCE, Node
from betony.nlp.passages import judge
from betony.nlp.sentences import sentences
from betony.nlp.strength.reading import sentence_wording
from betony.nlp.together import Together, counts_on, speaking_together

_ONE_OF_SOME = re.compile(r"[A-Z]\w+(?: \w+)? \d+:")
"""A title that says which of several parts the page is: `Quality statement 3: …`."""
_A_NAME = 150
"""Characters of a line that names a document, or who issued it."""
_BELOW_A_TITLE = 3
"""So many lines below the title may name the document once more."""
_ENOUGH_OF_A_NAME = 0.75
"""So sure must the typer be of the few words of such a line: of names it has learned little."""
_NUMBER_ALONE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}\.?")
_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")


def cut(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """A lead (no heading, or the title's) cut where its passages turn to another purpose."""
    if opinions.places and _may_run_on(text, node, opinions):
        return _cut_off_the_rest(text, node, opinions)
    unknown = node.type is SectionType.OTHER and node.rule in ("none", "continued")
    if node.layer is FURNITURE or not unknown:
        return [node]
    if node.heading and not node.is_title:
        return _cut_below_an_unknown_heading(text, node, opinions)
    pieces: list[Node] = []
    together = _together(text, node.blocks, opinions)
    first, lead = _lead(text, node), LEAD if node.heading else UNTITLED_LEAD
    for i, block in enumerate(node.blocks):
        if block is node.heading:
            pieces.append(_title_piece(text, node, block, opinions.series))
            continue
        last = pieces[-1] if pieces else None
        if last is not None and _only_title(text, last) and _is_title_again(text, last, block):
            last.blocks.append(block)
            continue
        if _is_title_below_a_kind(text, pieces, block):
            pieces.append(_piece(node, block, SectionType.SUMMARY, "title", 0.7))
            continue
        if (
            last is not None
            and not _only_title(text, last)
            and _runs_on(text, node.blocks, i, together.get(i), last, opinions)
        ):
            last.blocks.append(block)
            continue
        type_, rule, confidence = _opinion(text, block, together.get(i), opinions, lead if block is first else 1.0)
        hardly_told = type_ is None or (rule == "typer" and type_ not in _ABOVE_A_LEAD and confidence is not None)
        if hardly_told and (confidence or 0.0) < _ENOUGH_OF_A_NAME and first and _names_above(text, node, i, first):
            type_, rule, confidence = SectionType.SUMMARY, "title", 0.7
        if last is not None and _only_title(text, last) and type_ is not None and _is_lead(type_, block):
            last.blocks.append(block)
            last.type, last.rule, last.confidence = type_, rule, confidence
        elif last is not None and not _only_title(text, last) and _goes_on(last, type_, block):
            last.blocks.append(block)
        elif type_ is not None:
            pieces.append(_piece(node, block, type_, rule, confidence))
        else:
            pieces.append(_piece(node, block, SectionType.OTHER, "none", None))
    return [_sure_of_all(piece, opinions) for piece in pieces]


def _cut_below_an_unknown_heading(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """A section of which neither heading nor words as a whole tell what it is for, cut where single passages tell."""
    blocks, node.blocks = node.blocks[1:], node.blocks[:1]
    together = _together(text, blocks, opinions)
    pieces = [node]
    for i, block in enumerate(blocks):
        last = pieces[-1]
        if i > 0 and _runs_on(text, blocks, i, together.get(i), last, opinions):
            last.blocks.append(block)
            continue
        type_, rule, confidence = _opinion(text, block, together.get(i), opinions, 1.0)
        if len(node.blocks) == 1:
            node.blocks.append(block)
            if type_ is not None:
                node.type, node.rule, node.confidence = type_, rule, confidence
        elif _goes_on(last, type_, block):
            last.blocks.append(block)
        else:
            pieces.append(_piece(node, block, type_ or SectionType.OTHER, rule, confidence))
    return [_sure_of_all(piece, opinions) for piece in pieces]


def _together(text: str, blocks: Sequence[Block], opinions: Opinions) -> dict[int, Together]:
    """The blocks that speak together, where any is heard with others: in a form each that is known stands for itself."""
    alone = (opinions.alone.get(block.start) for block in blocks)
    if opinions.in_a_form and all(told and told[1] >= BEYOND_PHRASES_IN_A_FORM for told in alone):
        return {}
    return speaking_together(text, blocks, opinions)


def _lead(text: str, node: Node) -> Block | None:
    """The first prose of a page, where nothing above it says what it is for."""
    reading = node.heading and read(text[node.heading.start : node.heading.end])
    if not node.leads or (reading and reading.whole):
        return None
    prose = (b for b in node.blocks if b is not node.heading and b.kind is PARAGRAPH)
    return next((b for b in prose if b.end - b.start > A_FEW_WORDS and SENTENCE.search(text[b.start : b.end])), None)


_ABOVE_A_LEAD = (SectionType.STATUS, SectionType.DEVELOPMENT, SectionType.LEGAL, SectionType.SCOPE)
"""What lines between a title and the lead may be for as well: versions and dates, who wrote it, where it applies."""


def _is_title_below_a_kind(text: str, pieces: Sequence[Node], block: Block) -> bool:
    """Whether a line names the document whose kind, date and reference stand above it, and nothing else so far."""
    if len(pieces) < 2 or any(piece.type is not SectionType.STATUS for piece in pieces) or pieces[0].rule != "title":
        return False
    return (
        block.kind is PARAGRAPH
        and block.end - block.start <= _A_NAME
        and not _HEADER_LINE.match(text, block.start, block.end)
        and not _ENDED.search(text[max(block.end - 10, block.start) : block.end])
    )


_HEADER_LINE = re.compile(
    r"(?:Published|Issued|Issue\sdate|Last\s(?:updated|modified)|Reference|Date|©|www\.|https?:|[\[(]?[A-Z]{2,5}\s?\d)"
)
"""How a line of a printed header begins that is no title."""


def _names_above(text: str, node: Node, i: int, lead: Block) -> bool:
    """Whether a line stands right below the title and above the lead, as what the document is called does once more."""
    block = node.blocks[i]
    between = node.is_title and i <= _BELOW_A_TITLE and block.start < lead.start and block.kind is PARAGRAPH
    some_words = block.end - block.start <= _A_NAME and text.count(" ", block.start, block.end) >= 2
    return between and some_words and not _ENDED.search(text[block.end - 10 : block.end])


def _is_lead(type_: SectionType, block: Block) -> bool:
    """Whether the title heads the block below it."""
    if type_ is SectionType.SUMMARY:
        return True
    return type_ not in _NO_LEADS and block.end - block.start > A_FEW_WORDS


_NO_LEADS = (SectionType.STATUS, SectionType.LEGAL)
"""Types of lines below a title that it does not head: the lead comes after them."""


def _runs_on(
    text: str, blocks: Sequence[Block], i: int, together: Together | None, last: Node, opinions: Opinions
) -> bool:
    """Whether the block is part of what stands above it, unless it is surely for something else: the rest of a sentence,
    an item of the list above, or the list that the line above announces."""
    if opinions.in_a_form:
        return False
    block, above = blocks[i], blocks[i - 1]
    if counts_on(text, above, block) or _is_announced(text, blocks, i):
        return True
    type_, confidence = opinions.alone.get(block.start, (last.type, 0.0))
    if type_ is not last.type and confidence > SURE:
        return False
    if together and block.kind is LIST_ITEM and len(together.blocks) > 1:
        return block is not together.blocks[0] or text[above.end - 1] == ":"
    goes_on = block.kind is PARAGRAPH is above.kind and text[block.start].islower()
    return goes_on and not _ENDED.search(text[max(above.start, above.end - 10) : above.end])


def _is_announced(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether blocks[i] is an item of some words in a list that a line with a colon announces, all whose items so far begin alike,
    with a capital or without: a menu's below a list of the text do not."""
    if blocks[i].kind is not LIST_ITEM or text.count(" ", blocks[i].start, blocks[i].end) < _SOME_WORDS:
        return False
    begins = _begins(text, blocks[i])
    for above in reversed(blocks[max(i - _LONGEST_LIST, 0) : i]):
        if above.kind is not LIST_ITEM:
            return text[above.end - 1] == ":"
        if _begins(text, above) is not begins:
            return False
    return False


def _begins(text: str, item: Block) -> bool:
    """Whether the item's first letter is a capital."""
    letter = _FIRST_LETTER.search(text, item.start, item.end)
    return letter is not None and letter.group().isupper()


_LONGEST_LIST = 60
"""Items above one to look at."""
_SOME_WORDS = 4
"""Spaces of an item that says something, with the one behind its sign."""
_FIRST_LETTER = re.compile(r"[^\W\d_]")


def _goes_on(last: Node, type_: SectionType | None, block: Block) -> bool:
    """Whether the block stands with what is above it: it is for the same, or a line too short to stand for itself, or one of a list
    that says nothing else."""
    if type_ is None:
        return last.type is SectionType.OTHER or block.kind is LIST_ITEM or block.end - block.start < A_FEW_WORDS
    return type_ is last.type


def _sure_of_all(piece: Node, opinions: Opinions) -> Node:
    """A piece that the typer has typed, as sure as it is of all its blocks together and not of the first alone."""
    if piece.rule == "typer":
        weights = opinions.of(piece.blocks)
        piece.confidence = round(weights[piece.type] / sum(weights.values()), 3)
    return piece


def _title_piece(text: str, node: Node, title: Block, series: SectionType | None) -> Node:
    """The title: it says what the document is, or, where it names a chapter, what the chapter is for."""
    words = text[title.start : title.end]
    if _type_alone().fullmatch(words) and any(
        _ISSUED.match(text, block.start, block.end) for block in node.blocks[1:2]
    ):
        return _piece(node, title, SectionType.STATUS, "title", 0.9)
    reading = read(words)
    if (part := _ONE_OF_SOME.match(words)) and not (reading and reading.whole):
        reading = read(f"{part.group()} …")
    if reading and reading.whole and (reading.exact or normalise(words) != words.lower() or _ONE_OF_SOME.match(words)):
        return _piece(node, title, reading.type, reading.rule, 0.9)
    if (judgement := judge(words)) and judgement.type is SectionType.LEGAL:
        return _piece(node, title, judgement.type, judgement.rule, 0.9)
    return _piece(node, title, series or SectionType.SUMMARY, "title", 0.7)


@cache
def _type_alone() -> re.Pattern[str]:
    """The name of a kind of document and no more, as the first line of a printed header has it."""
    return phrases.pattern("(?:NICE )?{type_name}")


_ISSUED = re.compile(r"(?:Published|Issued|Issue\sdate|Last\supdated)\b")
"""How the line below it begins."""


def _is_exact(text: str, node: Node) -> bool:
    """Whether the section is typed by a heading that the vocabulary holds word for word, and that names no part (`12.1`)."""
    if node.heading is None or node.basis is not Basis.EXPLICIT:
        return False
    words = text[node.heading.start : node.heading.end]
    reading = read(words)
    return reading is not None and reading.exact and "." not in (NUMBERS.match(words) or ["", ""])[1]


def _may_run_on(text: str, node: Node, opinions: Opinions) -> bool:
    """Whether the section may hold more than its own: the next heading may have been lost, or never have been."""
    told = node.type not in (SectionType.OTHER, SectionType.FURNITURE) and node.basis is not Basis.GIVEN
    if not told or node.heading is None or node.is_title:
        return False
    if opinions.in_a_form and _agree(node.type, node.blocks[1:], opinions):
        return False
    return settled_type(text[node.heading.start : node.heading.end]) is None


def _cut_off_the_rest(text: str, node: Node, opinions: Opinions) -> list[Node]:
    """The section as far as its words go with its heading; what is surely for something else stands apart.

    Where markup shows the headings, only what a phrase and the typer both say is for something else does.
    """
    marked = node.heading is not None and node.heading.level > 0
    told = node.rule.startswith("heading")
    counted = _counted_in(text, node)
    pieces = [node]
    blocks, node.blocks = node.blocks[1:], node.blocks[:1]
    led = frozenset() if opinions.in_a_form or node.type is not SectionType.RECOMMENDATIONS else _led(text, blocks)
    for block in blocks:
        last = pieces[-1]
        listed = last is not node and not opinions.in_a_form and _is_listed(text, block, last.blocks[-1])
        if listed or (last is node and block.start in led):
            last.blocks.append(block)
            continue
        if counted and (counted.match(text, block.start, block.end) or _is_number(text, last.blocks[-1])):
            _go_on_with(node, pieces, block)
            continue
        type_, confidence = opinions.alone.get(block.start, (last.type, 1.0))
        enough = opinions.threshold
        judgement = None if opinions.in_a_form else judge(text[block.start : block.end])
        # In a form, known line by line, a line of the text may head no more than a part of a field.
        known = opinions.in_a_form and not marked and confidence >= BEYOND_PHRASES_IN_A_FORM
        # What stands right below a known heading is its own, unless words are sure.
        right_below = last is node and len(node.blocks) == 1 and confidence < CERTAIN and not opinions.in_a_form
        if right_below and _is_exact(text, node) and not (judgement and judgement.sure):
            type_ = node.type
        elif last is node and not known and (type_ is not last.type or judgement):
            weights = opinions.of([block])
            weights[node.type] *= UNMARKED_PARENT if judgement and judgement.sure else PARENT
            if judgement and (judgement.sure or judgement.type in ANNOUNCED):
                speak_for(weights, judgement.type, said_by_phrase(judgement, opinions))
            type_, confidence = best(weights)
            announced = judgement is not None and judgement.type is type_ and (judgement.sure or type_ in ANNOUNCED)
            enough = opinions.threshold if announced else SURE
            enough = 1.1 if (marked and not announced) or (not told and not (judgement and judgement.sure)) else enough
        elif last is not node and judgement and judgement.type in ANNOUNCED:
            weights = opinions.of([block])
            speak_for(weights, judgement.type, said_by_phrase(judgement, opinions))
            type_, confidence = best(weights)
        elif last is not node and told and type_ not in (last.type, node.type) and not judgement:
            # What follows an aside may as well go on with the section.
            weights = opinions.of([block])
            weights[node.type] *= UNMARKED_PARENT
            type_, confidence = best(weights)
        if (type_ := _as_introduced(text, node, block, type_)) is last.type or confidence < enough:
            last.blocks.append(block)
        else:
            rule = judgement.rule if judgement and judgement.type is type_ else "typer"
            pieces.append(_piece(node, block, type_, rule, confidence))
    if len(node.blocks) == 1 and len(pieces) > 1:
        _outvote(text, node, pieces.pop(1))
    return [node, *(_sure_of_all(piece, opinions) for piece in pieces[1:])]


def _outvote(text: str, node: Node, under: Node) -> None:
    """Give a heading that stands alone the text right below it, and what that is for."""
    node.blocks += under.blocks
    said = read(text[node.blocks[0].start : node.blocks[0].end])
    node.outvoted = said.type if said and said.whole else None
    node.type, node.basis = under.type, Basis.INFERRED
    node.rule, node.confidence = under.rule, under.confidence


def _led(text: str, blocks: Sequence[Block]) -> frozenset[int]:
    """Where the items of lists begin that a line with a colon leads: whatever one of them speaks of, it completes what is recommended."""
    found, led = [], False
    for block in blocks:
        if block.kind is not LIST_ITEM:
            led = text[block.end - 1] == ":"
        elif led:
            found.append(block.start)
    return frozenset(found)


def _as_introduced(text: str, node: Node, block: Block, type_: SectionType) -> SectionType:
    """What the block is for; below a heading such as `Introduction` it recommends nothing unless it begins with that."""
    if type_ is not SectionType.RECOMMENDATIONS or node.heading is None or _begins_to_instruct(text, block):
        return type_
    return node.type if introduces(text[node.heading.start : node.heading.end]) else type_


def _begins_to_instruct(text: str, block: Block) -> bool:
    """Whether the block is an item of a list, bears a number, or begins with what to do: an introduction does not."""
    if block.kind is not PARAGRAPH or NUMBERS.match(text[block.start : block.end]):
        return True
    first = next(iter(sentences(text, block.start, block.end)), None)
    return first is not None and sentence_wording(text[first[0] : first[1]]) is not None


def _counted_in(text: str, node: Node) -> re.Pattern[str] | None:
    """The paragraphs that are numbered within a chapter of recommendations, `1.2 Offer` below `1 Guidance`, or below a heading
    without a number by theirs, and such a number alone: whatever their words are like, they are the chapter's own."""
    if node.type is not SectionType.RECOMMENDATIONS or node.heading is None:
        return None
    number = NUMBERS.match(text[node.heading.start : node.heading.end])
    if number is None:
        return _OF_THREE if node.rule == "numbers" else None
    told = node.rule.startswith("heading") or "." in number[1]
    return re.compile(rf"{re.escape(number[1])}\.\d{{1,2}}(?:\s+[A-Z]|\.?$)") if told else None


_OF_THREE = re.compile(r"\d{1,2}(?:\.\d{1,3}){2}(?:\s+[A-Z]|\.?$)")
"""A number of three parts before words, or alone."""


def _is_number(text: str, block: Block) -> bool:
    """Whether the block is the number of the next and nothing else."""
    return _NUMBER_ALONE.fullmatch(text, block.start, block.end) is not None


def _go_on_with(node: Node, pieces: list[Node], block: Block) -> None:
    """Add a block that is the section's own, behind whatever stands before it."""
    if pieces[-1].type is node.type:
        pieces[-1].blocks.append(block)
    else:
        pieces.append(_piece(node, block, node.type, "numbers", 0.95))


def _agree(type_: SectionType, blocks: Sequence[Block], opinions: Opinions) -> bool:
    """Whether each of the blocks is likelier of this type than of any other."""
    told, unheard = opinions.alone, (type_,)
    for block in blocks:  # noqa: SIM110 - a generator inside all() takes twice as long, and most sections come by here
        if told.get(block.start, unheard)[0] is not type_:
            return False
    return True


def _is_listed(text: str, block: Block, above: Block) -> bool:
    """Whether the block is an item of the list above it, or the first of one that the line above announces."""
    if block.kind is not LIST_ITEM:
        return False
    return (
        above.kind is LIST_ITEM
        or text[above.end - 1] == ":"
        or _ANNOUNCES.search(text, above.start, above.end) is not None
    )


_ANNOUNCES = re.compile(r"\boffers\sthe\sfollowing\srecommendations\b")
"""How a sentence without a colon announces a list of what is recommended."""


def _opinion(
    text: str, block: Block, together: Together | None, opinions: Opinions, lead: float
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
        speak_for(weights, judgement.type, said_by_phrase(judgement, opinions))
    if lead > 1 and not opinions.in_a_form:
        speak_for(weights, SectionType.SUMMARY, lead)
    type_, confidence = best(weights)
    if confidence < opinions.threshold:
        return None, "none", None
    return type_, judgement.rule if judgement and judgement.type is type_ else "typer", confidence


def _only_title(text: str, piece: Node) -> bool:
    """Whether the piece holds the title and nothing else, however often it is printed."""
    return piece.heading is not None and all(_is_title_again(text, piece, block) for block in piece.blocks[1:])


def _is_title_again(text: str, piece: Node, block: Block) -> bool:
    title = piece.heading
    return title is not None and normalise(text[title.start : title.end]) == normalise(text[block.start : block.end])


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
