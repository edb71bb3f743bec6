"""The outline of a page: its blocks cut at headings and where furniture interrupts, each run with its parent and level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from betony import publishers
from betony.model import Basis, Block, BlockKind, Layer, SectionType
from betony.nlp import appendices
from betony.nlp.heading_words import gives_reasons, read

# Before Python 3.12 an enum's member takes ten times as long to look up as a name, and every block asks for several.
HEADING, PARAGRAPH, LIST_ITEM, TABLE_ROW = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_ROW,
)
BODY, FURNITURE = Layer.BODY, Layer.FURNITURE
_UNMARKED = 7
"""Rank of a heading whose level nobody marked: below every marked one."""
A_FEW_WORDS = 60
"""Characters of a line that may be nothing but a part of what stands above it."""
SENTENCE = re.compile(r"[a-z]{3}[.:;]\s*$")
_BULLET = re.compile(r"^[^\w(\"'“‘]+")
_ABBREVIATION = re.compile(r"\s*\([A-Z]{2,8}\)\s*$")
NUMBERS = re.compile(r"^(\d{1,3}(?:\.\d{1,3})*)\.?\s")
_ROMAN = re.compile(r"[IVX]{1,5}[.)]\s")
_PARAGRAPH_NUMBER = re.compile(r"(\d{1,3})\.\d{1,3}\s")
_BELOW = 3
"""The paragraph that bears a number is the first below a heading, or the second: what it comes to may stand between."""


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
    rest: Node | None = None
    """All that stands under the heading, where furniture stands between the two."""
    below_title: bool = False
    """Nothing stands between the title and its heading, which no markup shows: it may be the title's second half."""
    in_chapter: bool = False
    """No mark or number shows that it is a part of the chapter above, but the number of what stands below it does."""
    among_terms: bool = False
    """It is one of many short ones on a page of terms: its heading is the term."""


def heading_path(text: str, node: Node, paths: Mapping[int, tuple[str, ...]]) -> tuple[str, ...]:
    """The headings the node's blocks stand under, outermost first, the title left out; `paths` has those of its parents."""
    above = paths[id(node.parent)] if node.parent else ()
    return (*above, text[node.heading.start : node.heading.end]) if node.heading and not node.is_title else above


def runs(text: str, blocks: Sequence[Block]) -> list[Node]:
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
            before, current = current, Node([block], layer, heading=block, rank=block.level)
            if not block.level:
                current.below_title = _follows_title(text, block, before)
                _rank_by_its_words(text, blocks, i, current, nodes, stack)
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


def _follows_title(text: str, block: Block, before: Node | None) -> bool:
    """Whether nothing stands between the title and the heading, which bears no number."""
    return before is not None and before.is_title and len(before.blocks) == 1 and not text[block.start].isdecimal()


def _rank_by_its_words(
    text: str, blocks: Sequence[Block], i: int, node: Node, nodes: Sequence[Node], stack: list[Node]
) -> None:
    """Rank the section of a heading whose level nobody marked, by what it says and what stands around it; where it goes back to
    what stands above others, the stack does."""
    node.rank = _rank(text, blocks[i])
    node.in_chapter = _is_in_chapter(text, blocks, i, stack)
    if node.in_chapter:
        node.rank = max(node.rank, _UNMARKED + 1)
    if node.in_chapter and _concludes_under(text, blocks, i, node, stack):
        node.rank += 1
    if part := _part_above(text, blocks, i, stack):
        node.in_chapter, node.rank = True, part.rank + 1
        if stack[-1].in_chapter and stack[-1].rank == node.rank and len(stack[-1].blocks) == 1:
            node.rank += 1  # the second of two headings in a row
    elif back := _goes_back_to(text, blocks, i, nodes, stack):
        stack[:] = back
    elif _is_counted_for_research(text, node, stack):
        node.rank = max(node.rank, _UNMARKED + 1)
    elif over := _asked_above(text, node, stack):
        node.rank = over.rank if _gives_reasons(text, over) else over.rank + 1


def _rank(text: str, block: Block) -> int:
    """How high the heading stands: by its number (`1.2` below `1`), else below all that is marked."""
    words = text[block.start : block.end]
    if match := NUMBERS.match(words):
        return _UNMARKED + match[1].count(".")
    if _ROMAN.match(words) or appendices.is_heading(words):
        return _UNMARKED
    reading = read(words)
    return _UNMARKED if reading and reading.whole else _UNMARKED + 1


def _is_in_chapter(text: str, blocks: Sequence[Block], i: int, stack: Sequence[Node]) -> bool:
    """Whether what stands below a heading without number or mark bears a number of the chapter's: `3.5` below `Comments`, in
    `3 Discussion`."""
    if NUMBERS.match(text[blocks[i].start : blocks[i].end]):
        return False
    below = next(filter(None, (_PARAGRAPH_NUMBER.match(text, b.start) for b in blocks[i + 1 : i + _BELOW])), None)
    chapter = next((node.heading for node in reversed(stack) if node.rank == _UNMARKED and node.heading), None)
    number = NUMBERS.match(text[chapter.start : chapter.end]) if chapter else None
    return below is not None and number is not None and number[1] == below[1]


def _concludes_under(text: str, blocks: Sequence[Block], i: int, node: Node, stack: Sequence[Node]) -> bool:
    """Whether a heading within a chapter says what was concluded under the topic that the one above it names: right below that, or
    behind the first that does."""
    over = next((one for one in reversed(stack) if one.rank <= node.rank), None)
    if over is None or not over.in_chapter or over.rank != node.rank:
        return False
    if len(over.blocks) == 1 and not over.children:
        return True
    heads_another = i + 1 < len(blocks) and blocks[i + 1].kind is HEADING
    words = text.count(" ", blocks[i].start, blocks[i].end)
    return bool(over.children) and not heads_another and words >= _FEWEST_CONCLUDING


_FEWEST_CONCLUDING = 4
"""Spaces between the words of a heading that says what was concluded, where nothing else tells it from a topic."""


def _is_counted_for_research(text: str, node: Node, stack: Sequence[Node]) -> bool:
    """Whether the heading counts one of the recommendations for research below their heading: `1 Self-care`."""
    counted = NUMBERS.match(text[node.blocks[0].start : node.blocks[0].end])
    above = next((other.heading for other in reversed(stack) if other.rank <= _UNMARKED), None)
    if counted is None or "." in counted[1] or above is None:
        return False
    words = text[above.start : above.end]
    reading = None if NUMBERS.match(words) else read(words)
    return reading is not None and reading.whole and reading.type is SectionType.RESEARCH


def _asked_above(text: str, node: Node, stack: Sequence[Node]) -> Node | None:
    """The section of what is asked for right above its reasons, or of the reasons of what was asked for before; None where the
    heading is not of reasons, or stands below one whose level is marked."""
    above = stack[-1] if stack and _gives_reasons(text, node) else None
    return above if above and above.rank >= _UNMARKED else None


def _gives_reasons(text: str, node: Node) -> bool:
    return node.heading is not None and gives_reasons(text[node.heading.start : node.heading.end])


def _part_above(text: str, blocks: Sequence[Block], i: int, stack: Sequence[Node]) -> Node | None:
    """The section whose number the paragraph goes on with that stands below a heading without number or mark: `1.1.3` below
    `Training`, in `1.1 Care`; whatever the heading says, it names a part of that section. A second such heading may stand
    between, or one paragraph."""
    if text[blocks[i].start].isdecimal() or i + 1 == len(blocks):
        return None
    second = i + 2 < len(blocks) and blocks[i + 1].kind is HEADING and not blocks[i + 1].level
    below = _ROW_NUMBER.match(text, blocks[i + 2 if second else i + 1].start)
    if below is None and blocks[i + 1].kind is PARAGRAPH and i + 2 < len(blocks):
        below = _ROW_NUMBER.match(text, blocks[i + 2].start)  # behind what is said of all of them
    part = next((node for node in reversed(stack) if _number(text, node)), None)
    return part if part and below and part.rank > _UNMARKED and _number(text, part) == below[1] else None


_SECTIONS_BACK = 200
"""How many sections back the one before may stand: the time for a page of many headings stays in proportion to them."""
_ROW_NUMBER = re.compile(r"(\d{1,2}\.\d{1,3})\.\d{1,3}(?:\s|$)")
_PART_NUMBER = re.compile(r"(?P<chapter>\d{1,2})\.(?P<part>\d{1,3})\s")


def _number(text: str, node: Node) -> str | None:
    """The number that the heading of a section bears, where no markup shows its level."""
    number = (
        NUMBERS.match(text[node.heading.start : node.heading.end]) if node.heading and not node.heading.level else None
    )
    return number[1] if number else None


def _goes_back_to(
    text: str, blocks: Sequence[Block], i: int, nodes: Sequence[Node], stack: Sequence[Node]
) -> list[Node] | None:
    """Where a heading `1.2` belongs that comes below one without a number: beside `1.1`, or, where it is the first, below the
    heading over all recommendations. None where it belongs below what stands above it."""
    own = _PART_NUMBER.match(text, blocks[i].start, blocks[i].end)
    if own is None:
        return None
    above = next((node for node in reversed(stack) if node.rank <= _UNMARKED), None)
    if above is None or above.heading is None or above.heading.level or _number(text, above):
        return None
    before = f"{own['chapter']}.{int(own['part']) - 1}"
    near = nodes[-_SECTIONS_BACK:]
    elder = next((node for node in reversed(near) if _number(text, node) == before), None)
    if elder is not None and elder not in stack:
        return _ancestors(elder)
    row = _ROW_NUMBER.match(text, blocks[i + 1].start) if i + 1 < len(blocks) else None
    if elder is not None or row is None or row[1] != f"{own['chapter']}.{own['part']}" or _recommends(text, above):
        return None
    home = next((node for node in reversed(near) if node.rank <= _UNMARKED and _recommends(text, node)), None)
    return [*_ancestors(home), home] if home else None


def _recommends(text: str, node: Node) -> bool:
    reading = read(text[node.heading.start : node.heading.end]) if node.heading else None
    return reading is not None and reading.whole and reading.type is SectionType.RECOMMENDATIONS


def _ancestors(node: Node) -> list[Node]:
    """What the section stands below, outermost first."""
    found: list[Node] = []
    while node.parent:
        node = node.parent
        found.insert(0, node)
    return found


def _elder(text: str, node: Node, stack: Sequence[Node]) -> Node | None:
    """The section before of the same rank, where both are numbered as parts of one."""
    if not node.heading or not text[node.heading.start].isdecimal():
        return None
    last = next((other for other in reversed(stack) if other.rank <= node.rank), None)
    if last is None or last.rank != node.rank or not last.heading:
        return None
    own, its = (NUMBERS.match(text[h.start : h.end]) for h in (node.heading, last.heading))
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
    node = Node(
        [block],
        layer,
        parent=interrupted.parent,
        level=interrupted.level,
        rank=interrupted.rank,
        rule="continued" if goes_on else "none",
        children=[interrupted] if goes_on else [],
    )
    if goes_on and interrupted.blocks == [interrupted.heading]:
        interrupted.rest = node
    return node


def own_text(node: Node) -> list[Block]:
    """What stands right under the heading of a section: the blocks behind it, else those behind furniture."""
    return node.blocks[1:] or (node.rest.blocks if node.rest else [])


def below(node: Node) -> list[Block]:
    """The blocks of the sections below one that has no text of its own."""
    return [block for child in node.children for block in child.blocks[1:] or below(child)]
