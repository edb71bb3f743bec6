"""The blocks of a section gathered into what may be one recommendation each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Section, SectionType
from betony.nlp import actors, grades, lists
from betony.nlp.recommendations import in_tables
from betony.nlp.recommendations.asides import is_aside, is_of_itself
from betony.nlp.recommendations.entry import Entry, Number, own_words, pieces_of
from betony.nlp.recommendations.leads import (
    AIMS,
    ANNOUNCES,
    ASSUMES,
    LEFT_OPEN,
    MAY_HOLD,
    ONLY_IF,
    REMOVED,
    is_anothers,
    names_examples,
    names_things,
    opens_list,
)
from betony.nlp.recommendations.numbers import asked, completes, is_counted, lists_recommendations, numbered, titled
from betony.nlp.recommendations.research import asks_with_items
from betony.nlp.sentences import sentences
from betony.nlp.strength.instructions import is_instruction
from betony.nlp.strength.reading import TELLS, read
from betony.nlp.strength.verbs import starts_with_verb, verb_set
from betony.text import squeeze

_HEADING_WORDS = 8
_TITLE = re.compile(r"[A-Z][\w’'/-]*(?:,?\s(?:[A-Z][\w’'/-]*|[a-z]{1,3}|from|with|into)){0,10},?\s[A-Z][\w’'/-]*")
"""Words with the capitals of a title, without a stop."""
_LIMITS = re.compile(r"(?:It|They)\s(?:is|are|should|must|may|can)\s(?:only|not)\b")
"""How a paragraph begins that narrows what the one above it, under the same number, recommends."""
_PAIR = re.compile(
    r"([A-Z][a-z]+)\s(?:and|or)\s([a-z]+)\s(?!(?:of|for|by|in|to|with|on|from|is|are|and|or|should|must|can|may)\b)"
)
"""How an item begins that tells two things to do, the first of which may be a noun too: "Audit and review outcomes"."""
_NOTE = re.compile(r"(?:The\s(?:analysis|committee|recommendations?)|Recommendations?\s\d|Note)\b")
"""How a paragraph begins that says something about a recommendation."""
_DEEP = re.compile(r"\d{1,2}\.\d{1,3}\.\d{1,3}\s")
"""A number that heads no section where a full stop ends its line: "1.1.2 Grade the heel."."""
_LEAD_LONGEST = 300
"""Characters above a section that hold the line which leads it."""
_MOST_BLOCKS = 30
"""No recommendation runs over more blocks than this."""


def entries_of(text: str, blocks: Sequence[Block], section: Section) -> Iterator[Entry]:
    """The blocks of a section gathered into what may be one recommendation each."""
    blocks = _own_passages(text, blocks, section)
    i = _past_listed(text, blocks, 0) if section.heading is None and _is_below_removed(text, section.start) else 0
    number: Number | None = None
    while i < len(blocks):
        block = blocks[i]
        if title := _of_title(text, blocks, i, section):
            number = title
            i += 1
            continue
        if lists_recommendations(text, blocks, i):
            i += 1
            continue
        entry = numbered(text, block)
        if entry is None or block.kind is BlockKind.HEADING:
            entry = None if block.kind is BlockKind.HEADING and not _reads_as_one(text, block, entry) else entry
        if entry is not None:
            number = None
            i = _gather(text, blocks, i + 1, entry)
            if _heads_others(text, entry):
                yield from entries_of(text, entry.blocks[1:], section)
            else:
                yield entry
            continue
        i += 1
        if text[block.end - 1] == ":" and REMOVED.search(text, block.start, block.end):
            i = _past_listed(text, blocks, i)
            continue
        if block.kind is BlockKind.HEADING or is_aside(text, block) or _heads_text(text, blocks, i - 1):
            continue
        if names_things(text, block):
            i = _past_names(text, blocks, i)
            continue
        entry, number = Entry([block]).take(number), None
        if names_examples(text, block):
            i = _past_names(text, blocks, i)
        elif (
            lists.opens(text, block)
            or lists.opens_by_dash(text, block)
            or lists.leads_by_stop(text, block)
            or lists.announces_deeper(text, blocks, i - 1)
        ) and (text[block.end - 1] == ":" or lists.items_after(text, blocks, i - 1)):
            i = _with_items(text, blocks, i, entry)
            if (
                is_anothers(text[block.start : block.end])
                or any(lead.search(text, block.start, block.end) for lead in (ANNOUNCES, ASSUMES))
                or _is_condition_alone(text, entry)
            ):
                continue
            if (
                len(entry.blocks) > 1
                and read([lists.words(text, block)]) is None
                and not opens_list(lists.words(text, block))
                and not asks_with_items([lists.words(text, one) for one in entry.blocks])
            ):
                if _names_parts(text, entry) or any(
                    lead.search(text[block.start : block.end]) for lead in (AIMS, TELLS, LEFT_OPEN)
                ):
                    continue
                yield from _one_each(text, entry.blocks)
                continue
        else:
            i = _with_labelled_aside(text, blocks, i, entry)
        yield entry


def _of_title(text: str, blocks: Sequence[Block], i: int, section: Section) -> Number | None:
    """The number of the recommendation whose title blocks[i] is."""
    below = blocks[i + 1 : i + 2]
    if section.type is SectionType.RESEARCH and (number := asked(text, blocks[i], below)):
        return number
    number = titled(text, blocks[i], below)
    return number if number and _recommend(text, blocks[i + 1 : i + _MOST_BLOCKS]) else None


def _is_condition_alone(text: str, entry: Entry) -> bool:
    """Whether the entry is a condition with its signs, of which most say nothing to do."""
    first, *items = entry.blocks
    doing = sum(starts_with_verb(lists.words(text, item)) for item in items)
    return doing * 2 <= len(items) and ONLY_IF.match(text, first.start + entry.skip, first.end) is not None


def _with_items(text: str, blocks: Sequence[Block], i: int, entry: Entry) -> int:
    """Take into the entry the items from blocks[i] on that its lead opens; where they end."""
    end = i + (lists.items_after(text, blocks, i - 1) or _flattened(text, blocks, i))
    while i < len(blocks) and (
        completes(text, blocks[i])
        or (len(entry.blocks) > 1 and _is_labelled_aside(text, entry, blocks[i]))
        or (i < end and numbered(text, blocks[i]) is None and not is_of_itself(text, blocks[i]))
    ):
        if len(entry.blocks) > 1 and _has_sign(text, entry.blocks[1]) and _stands_alone(text, blocks[i]):
            break
        entry.blocks.append(blocks[i])
        i += 1
    return i


def _has_sign(text: str, block: Block) -> bool:
    return lists.bullet(text[block.start : block.end]) > 0


def _stands_alone(text: str, block: Block) -> bool:
    """Whether what has no sign below a list's items recommends by itself: others act by it, or it leads a list of its own."""
    if _has_sign(text, block):
        return False
    wording = read([lists.words(text, block)])
    if wording is None or wording.code == "none":
        return False
    return wording.actor is not None or text[block.end - 1] == ":"


def _one_each(text: str, blocks: Sequence[Block]) -> Iterator[Entry]:
    """Each of the blocks by itself, but an item with those that complete it."""
    i = 0
    while i < len(blocks):
        more = _flattened(text, blocks, i + 1) if i else 0
        if not is_aside(text, blocks[i]):
            yield numbered(text, blocks[i]) or Entry(list(blocks[i : i + 1 + more]))
        i += 1 + more


_MOST_FLATTENED = 3


def _flattened(text: str, blocks: Sequence[Block], i: int) -> int:
    """How many items from blocks[i] on complete the item above them, "encourage walkers to:", though a capture has set them on the level
    of its list: all that are left of it, few, each with what to do."""
    lead, before = blocks[i - 1], blocks[i - 2 : i - 1]
    if lead.kind is not BlockKind.LIST_ITEM or not text.endswith(" to:", lead.start, lead.end):
        return 0
    if not before or before[0].kind is not BlockKind.LIST_ITEM or before[0].level != lead.level:
        return 0
    end = i
    while end < len(blocks) and blocks[end].kind is BlockKind.LIST_ITEM and blocks[end].level == lead.level:
        words = lists.words(text, blocks[end])
        if not (words[:1].islower() and starts_with_verb(words)):
            return 0
        end += 1
    return end - i if end - i <= _MOST_FLATTENED else 0


def _own_passages(text: str, blocks: Sequence[Block], section: Section) -> list[Block]:
    """The section's blocks without its heading, whole where a line break has cut them, and parted where others act in the next part."""
    own = (block for block in blocks if not _is_heading_of(text, block, section))
    whole = _rejoined(text, [piece for block in own for piece in in_tables.recommending(text, block)])
    return [piece for i, block in enumerate(whole) for piece in _parted(text, block, whole[i + 1 : i + 2])]


_LEADS_OF_THEIRS = re.compile(
    r"(?P<who>(?!(?:The|Within|As|In|At|On|For|Where|When|If|During|Before|After|By|From|Under)\s)[A-Z][^,;:.]{2,80}?)\s(?:should|must)(?:\s(?:also|always))?\s?:"
)
"""A lead that names those who are to do what its items say: "Port authorities should:"."""


def _parted(text: str, block: Block, below: Sequence[Block]) -> list[Block]:
    """The block, or its parts where its last sentence leads a list of what others are to do than those of a sentence before it; of an
    item, the list `below` is one set in from it."""
    set_in = any(one.kind is BlockKind.LIST_ITEM and one.level > block.level for one in below)
    if not (block.kind is BlockKind.PARAGRAPH or (block.kind is BlockKind.LIST_ITEM and set_in)):
        return [block]
    if text[block.end - 1] != ":":
        return [block]
    *before, last = sentences(text, block.start + lists.bullet(text[block.start : block.end]), block.end)
    lead = _LEADS_OF_THEIRS.fullmatch(text, *last)
    if not before or lead is None or actors.kinds(lead["who"]) in ((), ("patient",)) or numbered(text, block):
        return [block]
    if read([text[start:end] for start, end in before]) is None:
        return [block]
    return [replace(block, end=before[-1][1]), replace(block, start=last[0])]


def _names_parts(text: str, entry: Entry) -> bool:
    """Whether the items of a list name what something may be made of, none of them with a capital as an instruction has."""
    first, *items = (lists.words(text, block) for block in entry.blocks)
    return MAY_HOLD.search(first) is not None and all(item[:1].islower() for item in items)


def _with_labelled_aside(text: str, blocks: Sequence[Block], at: int, entry: Entry) -> int:
    """Add the line to a paragraph that recommends which leads elsewhere and ends with the label of both; returns where the next one
    may start."""
    if at == len(blocks) or not _is_labelled_aside(text, entry, blocks[at]):
        return at
    if read([lists.words(text, entry.blocks[0])]) is None:
        return at
    entry.blocks.append(blocks[at])
    return at + 1


def _is_labelled_aside(text: str, entry: Entry, below: Block) -> bool:
    """Whether the line below what has no label leads elsewhere and ends with the label of both: "See also NG1. [2012]"."""
    return (
        below.kind is BlockKind.PARAGRAPH
        and is_aside(text, below)
        and grades.label(lists.words(text, below)) is not None
        and grades.label(lists.words(text, entry.blocks[-1])) is None
    )


def _past_listed(text: str, blocks: Sequence[Block], at: int) -> int:
    """Past the items and numbered paragraphs from `at` on."""
    while at < len(blocks) and (blocks[at].kind is BlockKind.LIST_ITEM or numbered(text, blocks[at])):
        at += 1
    return at


def _is_below_removed(text: str, start: int) -> bool:
    """Whether the line above text[start:] leads those that are no longer recommended."""
    above = text[max(0, start - _LEAD_LONGEST) : start].rstrip()
    return above.endswith(":") and REMOVED.search(above[above.rfind("\n") + 1 :]) is not None


def _past_names(text: str, blocks: Sequence[Block], at: int) -> int:
    """Past the items from `at` on that the block above them names: of an item, those that are set in from it."""
    lead = blocks[at - 1]
    of_item = lead.kind is BlockKind.LIST_ITEM and at < len(blocks) and blocks[at].level > lead.level
    while at < len(blocks) and (blocks[at].kind is BlockKind.LIST_ITEM or is_counted(text, blocks[at])):
        if of_item and blocks[at].level <= lead.level:
            break
        at += 1
    return at


def _heads_text(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether an item with the capitals of a title, "Take the History", is the heading of what stands below it."""
    item, below = blocks[i], blocks[i + 1 : i + 2]
    if item.kind is not BlockKind.LIST_ITEM or not _TITLE.fullmatch(lists.words(text, item)) or not below:
        return False
    if i and blocks[i - 1].kind is BlockKind.LIST_ITEM and blocks[i - 1].level == item.level:
        return False
    return below[0].kind is BlockKind.PARAGRAPH or below[0].level > item.level


def _recommend(text: str, blocks: Sequence[Block]) -> bool:
    """Whether one of the blocks recommends, before the next heading or number."""
    for block in blocks:
        if block.kind is BlockKind.HEADING or numbered(text, block):
            return False
        words = lists.words(text, block)
        if read([words]) is not None or opens_list(words):
            return True
    return False


def _is_heading_of(text: str, block: Block, section: Section) -> bool:
    """Whether the block is the section's heading, or its words once more, as pages print them twice."""
    if section.heading is None:
        return False
    start, end = section.heading
    return block.start == start or (
        block.end - block.start == end - start and text[block.start : block.end] == text[start:end]
    )


def _rejoined(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with sentences whole that a hard line break cut in two.

    Below a colon lines without marks are items, and each stays one, up to the line that ends a sentence.
    """
    joined: list[Block] = []
    among_items = False
    for block in blocks:
        if joined and not among_items and lists.runs_on(text, joined[-1], block):
            joined[-1] = replace(joined[-1], end=block.end)
        else:
            joined.append(block)
        last = text[block.end - 1]
        among_items = last == ":" or (among_items and last not in ".!?")
    return joined


def _reads_as_one(text: str, block: Block, entry: Entry | None) -> bool:
    """Whether what was taken for a heading is a numbered recommendation after all."""
    words = text[block.start : block.end]
    return (
        entry is not None
        and entry.decimal
        and bool(grades.label(words) or (words.endswith(".") and (len(words) > 40 or _DEEP.match(words))))
    )


def _gather(text: str, blocks: Sequence[Block], at: int, entry: Entry) -> int:
    """Add the blocks that belong to a numbered entry; returns where the next one may start.

    Its list items do; where a label ends a recommendation, so does all up to the label, unless another number, a
    heading or an aside comes first.
    """
    if at < len(blocks) and not own_words(text, entry) and blocks[at].kind is not BlockKind.HEADING:
        entry.blocks.append(blocks[at])
        at += 1
    labelled = grades.label(lists.words(text, entry.blocks[-1])) is not None
    until_label = at if labelled else _label_ahead(text, blocks, at)
    while at < len(blocks) and len(entry.blocks) < _MOST_BLOCKS:
        block = blocks[at]
        if block.kind is BlockKind.HEADING or numbered(text, block):
            break
        goes_on = text[entry.blocks[-1].end - 1] == ":" and (
            text[block.start].islower() or lists.items_after(text, blocks, at - 1) > 0
        )
        items = blocks[at + 1 : at + 1 + lists.items_after(text, blocks, at)]
        goes_on = goes_on or (entry.decimal and not labelled and _recommends_more(text, entry, block, items))
        if at >= until_label and (labelled or not (block.kind is BlockKind.LIST_ITEM or goes_on)):
            break
        count = max(lists.items_after(text, blocks, at - 1), 1 + len(items)) if goes_on else 1
        for item in blocks[at : at + count]:
            if numbered(text, item):
                break
            entry.blocks.append(item)
            at += 1
    return at


def _recommends_more(text: str, entry: Entry, block: Block, items: Sequence[Block]) -> bool:
    """Whether the block narrows what its number recommends, or is a paragraph that, with its list, recommends more under it."""
    if _LIMITS.match(text, block.start, block.end):
        return True
    if block.kind is not BlockKind.PARAGRAPH or text[entry.blocks[-1].end - 1] not in ".:":
        return False
    if _NOTE.match(text, block.start, block.end):
        return False
    told = [lists.words(text, one) for one in (block, *items)]
    if (pair := _PAIR.match(told[0])) and {pair[1].lower(), pair[2]} <= verb_set() and _is_led(text, entry):
        return True
    if told[0] == pieces_of(text, entry)[-1]:
        return False  # said again, as where a capture has kept the first number alone
    wording = None if is_aside(text, block) or is_of_itself(text, block) else read(told)
    return wording is not None and wording.code != "none"


def _is_led(text: str, entry: Entry) -> bool:
    """Whether the entry's first words announce what is to be done, each on a line of its own."""
    return text[entry.blocks[0].end - 1] == ":" and len(entry.blocks) > 1


def _label_ahead(text: str, blocks: Sequence[Block], at: int) -> int:
    """Just past the block whose label ends the recommendation; `at` where none does."""
    for i in range(at, min(at + _MOST_BLOCKS, len(blocks))):
        block = blocks[i]
        if block.kind is BlockKind.HEADING or numbered(text, block):
            return at
        if grades.label(lists.words(text, block)):
            return i + 1
        if is_aside(text, block):
            return at
    return at


def own_blocks(text: str, entry: Entry) -> int:
    """How many of the entry's blocks its number holds: the first with its list, up to a paragraph that tells what else to do."""
    at = 1 + lists.items_after(text, entry.blocks, 0)
    while at < len(entry.blocks):
        block = entry.blocks[at]
        if block.kind is BlockKind.PARAGRAPH and is_instruction(lists.words(text, block)):
            return at
        at += 1
    return at


def _heads_others(text: str, entry: Entry) -> bool:
    """Whether a counted line, "7. Treatment intensity", is the heading of a list in which each item recommends."""
    own = own_words(text, entry)
    if entry.decimal or entry.kind != "recommendation" or len(entry.blocks) < 2 or not own:
        return False
    if text.startswith("Recommendation ", entry.blocks[0].start):
        return False
    if own[-1] in ".:;,?" or len(own.split()) > _HEADING_WORDS or read([squeeze(own)]):
        return False
    items = [block for block in entry.blocks[1:] if block.level <= entry.blocks[1].level]
    leads = next((i for i, block in enumerate(items, 1) if text[block.end - 1] == ":"), len(items))
    return all(block.kind is BlockKind.LIST_ITEM and read([lists.words(text, block)]) for block in items[:leads])
