"""Leads and the items that complete them, where marks show them and where a capture has lost the marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from operator import attrgetter

from betony.model import Block, BlockKind, Layer, Section, SectionType
from betony.nlp import language, vocabulary
from betony.text import squeeze

_LABELLED_COLON = re.compile(r":\s[(\[][^()\[\]:]{1,80}[)\]]$")
_NOTED_COLON = re.compile(r"[a-z]:\d{1,2}$")
_BULLET = re.compile(r"(?:[•▪▫◦‣●○■□·∙–—*+►▸➢➤❖◆♦-]|o(?=[ \t]{1,4}[A-Za-z]))[ \t\n\u00a0]+(?:[•▪●*–-]\r?\n[ \t]{0,9})*")
_OPENS_BY_DASH = re.compile(r"\b(?:must|shall|should|not|to)\s?[–—]$")
_OWN_SENTENCE = re.compile(
    r"\b(?:should|must|may|recommended)\b|^See\b|^(?:The|We|Our)\b[^.,;:()]{0,60}(?<=[a-z]\s)(?:recommends?|suggests?)\s"
)
_WANTS_VERBS = re.compile(r"\b(?:to|should|must|and|following|actions|steps|by)\s*:$", re.IGNORECASE)
_WANTS_NAMES = re.compile(
    r"\b(?:with|have|has|had|having|from)\s(?:(?:at|least|only|any|all|none|either|both|each|some|one|two|three|[1-9]|or|more)\s){1,5}"
    r"of\sthe\sfollowing(?:\s[a-z]+)?\s*:$"
)
"""What somebody has or nothing but names: "in people with one or more of the following:"."""
_ASIDE = re.compile(r"[(\[][^()\[\]\n]{1,60}[)\]]")
"""A line in brackets from end to end, such as a grade."""
_ANNOUNCED = re.compile(
    r"\bthe\sfollowing\s(?:actions|steps|measures)\.$"
    r"|\b(?:all|any|both|either|one\sor\smore)\s(?:of\s)?the\sfollowing\s(?:[\w-]+\s){0,2}(?:apply|(?:are|is)\s(?:met|true|present))\.$|\bif\s(?:they|the\s\w+|there)\s(?:have|has|are|is)\s(?:any|all|both|either|one\sor\smore)\sof\sthe\sfollowing\.$"
)
_CHAINS = re.compile(r"(?:,|;|\s)\s{0,9}(?:and|or)$|;$")
_START = attrgetter("start")
_MOST_ITEMS = 30
_LINE_SHORTEST = 40
"""Characters of a line that was broken for its length; shorter ones are items."""
_PRINTED_LINE = 60
"""Characters that a line of print has at least, where the sentence goes on in the next."""
_CUT_IN_A_NAME = re.compile(r"[a-z,]\s(?:[A-Z][a-z]+|the|of|and|for|to|in|by|with|an?|or)$")
_LONGEST_ITEM = 300
_TOLD_OF_IT = re.compile(r"(?<=[a-z]),\s(?:which|who)\s.*")
"""What an item tells of what it names: "earlier use of wax, which may have led to cracks"."""
_MAY_HAVE = re.compile(
    r"^(?!(?:if|when|where|whether|because|so|then|this|it|he|she|you|they)\b)[a-z][^.;:]{0,100}?(?<=[a-z]\s)(?<!\sand\s)(?<!\sor\s)(?<!\sbut\s)(?<!\sso\s)(?<!ly\s)(?:they|he|she|you)(?=\smay\s(?:also\s)?(?:have|need|want|wish|feel|face|get|be\s(?:taking|having|using))\b)\smay"
)
"""How an item begins that names what somebody may have: "any cracks they may have"."""
_BROKEN = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
"""What the lines of a broken sentence may be taken for."""
_DOER = re.compile(r"by\s(?:the|an?|your|their|our|its|each|every)\s")
_DONE = re.compile(r"\bbe\s[^.;:]{0,60}(?:ed|en|wn|ne|ught|ade|ept|ent)$")


def within(
    blocks: Sequence[Block], sections: Sequence[Section], types: Collection[SectionType], kinds: Collection[BlockKind]
) -> Iterator[tuple[Section, list[Block]]]:
    """Each section of the body whose type is among `types` and whose words are English, with its blocks whose kind is
    among `kinds`."""
    at = 0
    for section in sections:
        wanted = section.layer is Layer.BODY and section.type in types and section.rule != language.RULE
        if wanted:
            begin = bisect_left(blocks, section.start, lo=at, key=_START)
            at = bisect_left(blocks, section.end, lo=begin, key=_START)
            yield section, [block for block in blocks[begin:at] if block.kind in kinds]


def runs_on(text: str, block: Block, below: Block) -> bool:
    """Whether a sentence runs over from one block into the line right below, as a hard line break leaves it."""
    return (
        text[below.start].islower()
        and text[block.end - 1] not in ".!?:;"
        and (
            (block.kind is BlockKind.PARAGRAPH is below.kind and block.end - block.start > _LINE_SHORTEST)
            or ({block.kind, below.kind} <= _BROKEN and _is_done_by(text, block, below))
        )
        and text[block.end : below.start].strip(" \t") in ("\n", "\r\n")
    )


def is_cut_in_a_name(text: str, block: Block, below: Block) -> bool:
    """Whether a line as long as printed ones breaks off in a name, or behind a word that nothing ends in, before a capital."""
    return (
        block.kind is BlockKind.PARAGRAPH is below.kind
        and text[block.end : below.start].strip(" \t") in ("\n", "\r\n")
        and block.end - block.start > _PRINTED_LINE
        and below.end - below.start > _LINE_SHORTEST // 2
        and text[below.start].isupper()
        and _CUT_IN_A_NAME.search(text, block.end - _LINE_SHORTEST, block.end) is not None
    )


def _is_done_by(text: str, block: Block, below: Block) -> bool:
    """Whether the line below tells by whom is done what the block says: "should be reported", "by the provider"."""
    return _DOER.match(text, below.start) is not None and _DONE.search(text, block.start, block.end) is not None


def items_after(text: str, blocks: Sequence[Block], lead: int) -> int:
    """How many blocks right after blocks[lead] are the items of its list; 0 where it does not end in a colon, or with a dash
    behind a modal word, as laws are printed.

    Items are those marked as such, below an item only those that are set in from it or have another sign; without marks, the short lines right below up to the one that ends a sentence.
    """
    opened = opens(text, blocks[lead])
    if leads_by_stop(text, blocks[lead]) or announces_deeper(text, blocks, lead):
        return _marked(text, blocks, lead)
    if not opened and not opens_by_dash(text, blocks[lead]):
        return 0
    count = _marked(text, blocks, lead) or _lettered(text, blocks, lead)
    return count or (_unmarked(text, blocks, lead) if opened else 0)


OPEN_CONDITION = re.compile(r"\s(?:if|when|where)\s(?:you|they|your|their|the|any|an?)\s(?:[\w-]+\s?){0,2};$")
"""How a lead ends whose condition the items complete, and a semicolon stands for its colon: "act if your nurses;"."""


def opens(text: str, block: Block) -> bool:
    """Whether the block ends in a colon, be it before the number of a note or a grade or label in brackets: "the following tests:
    (Expert opinion)"."""
    last = text[block.end - 1]
    if last.isdigit():
        return _NOTED_COLON.search(text, max(block.start, block.end - 4), block.end) is not None
    return last == ":" or (
        last in ")]" and _LABELLED_COLON.search(text, max(block.start, block.end - 90), block.end) is not None
    )


def opens_by_dash(text: str, block: Block) -> bool:
    """Whether the block ends in a dash behind a modal word, as laws are printed: "Drivers must—"."""
    return _OPENS_BY_DASH.search(text, max(block.start, block.end - 10), block.end) is not None


def leads_by_stop(text: str, block: Block) -> bool:
    """Whether the block announces items and ends in a stop all the same: "should take the following actions.", or breaks off in a
    condition: "act if your nurses;"."""
    closing = {".": _ANNOUNCED, ";": OPEN_CONDITION}.get(text[block.end - 1])
    return closing is not None and closing.search(text, max(block.start, block.end - 80), block.end) is not None


def announces_deeper(text: str, blocks: Sequence[Block], lead: int) -> bool:
    """Whether an item speaks of what follows and ends in a stop, above items that are set in from it: "use the following limits to
    decide."."""
    if lead + 1 >= len(blocks):
        return False
    above, below = blocks[lead], blocks[lead + 1]
    return (
        above.kind is BlockKind.LIST_ITEM is below.kind
        and below.level > above.level
        and text[above.end - 1] == "."
        and text.find("the following ", max(above.start, text.rfind(". ", above.start, above.end - 1)), above.end) >= 0
    )


def words(text: str, block: Block) -> str:
    """The block's words without its bullet, white-space runs as one space."""
    found = text[block.start : block.end]
    return squeeze(found[bullet(found) :])


def bullet(words: str) -> int:
    """How many characters the bullet at the start of the words takes."""
    if words[:1].isalnum() and words[0] != "o":
        return 0
    match = _BULLET.match(words)
    return match.end() if match else 0


def _marked(text: str, blocks: Sequence[Block], lead: int) -> int:
    """The marked items below the lead, up to one that is set in less than the first or has the lead's own sign: the next item
    of a list around them."""
    count = 0
    above = blocks[lead]
    below = blocks[lead + 1] if lead + 1 < len(blocks) else above
    nested = above.kind is BlockKind.LIST_ITEM and below.level > above.level
    lowest = above.level + 1 if nested else below.level
    sign = _sign(text, above)
    signed = sign and _sign(text, below) not in ("", sign)
    while lead + count + 1 < len(blocks) and blocks[lead + count + 1].kind is BlockKind.LIST_ITEM:
        item = blocks[lead + count + 1]
        if item.level < lowest or (signed and _sign(text, item) == sign):
            break
        if count and _CLOSES_INNER.match(text, item.start, item.end):
            break
        count += 1
    return count


_CLOSES_INNER = re.compile(r"(?P<sign>[-•*])[ \t]{0,3}\n[ \t]{0,9}(?P=sign)[ \t]{0,3}\n")
"""Two signs alone on their lines, as a capture has them where an inner list ends and the next item of the outer one begins."""


def _lettered(text: str, blocks: Sequence[Block], lead: int) -> int:
    """How many paragraphs right below are lettered from "(a)" on, as the items of a law are."""
    count = 0
    while count < _MOST_ITEMS and lead + count + 1 < len(blocks):
        block = blocks[lead + count + 1]
        letter = "(" + "abcdefghijklmnopqrstuvwxyz"[min(count, 25)] + ")"
        if block.kind is BlockKind.HEADING or not text.startswith(letter, block.start, block.end):
            break
        count += 1
    return count


def _sign(text: str, block: Block) -> str:
    """The list sign that the block begins with, if it is an item and the text holds it."""
    if block.kind is not BlockKind.LIST_ITEM or not bullet(text[block.start : block.start + 10]):
        return ""
    return text[block.start]


_RELATIVES = ("who ", "whose ", "whom ", "which ")
"""How a line begins that tells more of those whom its lead names, whatever verbs it has."""


def _unmarked(text: str, blocks: Sequence[Block], lead: int) -> int:
    """Lines that complete the lead: up to one that ends a sentence or starts one of its own."""
    lead_end = text[max(0, blocks[lead].end - 80) : blocks[lead].end]
    verbs_fit = bool(_WANTS_VERBS.search(lead_end)) and not _WANTS_NAMES.search(lead_end)
    chained, told = False, lead_end.endswith(" that:")
    for count in range(_MOST_ITEMS):
        at = lead + count + 1
        if (
            at >= len(blocks)
            or blocks[at].kind is not BlockKind.PARAGRAPH
            or blocks[at].end - blocks[at].start > _LONGEST_ITEM
        ):
            return count
        if text[blocks[at - 1].end : blocks[at].start].count("\n") != 1 and not text[blocks[at].start].islower():
            return count
        line = text[blocks[at].start : blocks[at].end]
        first = line.partition(". ")[0] if told and line[0].islower() else line
        if (
            line[-1] == ":"
            or _is_title(line)
            or (
                _OWN_SENTENCE.search(_TOLD_OF_IT.sub("", (_MAY_BEFALL if told else _MAY_HAVE).sub("", first, count=1)))
                and not line.startswith(_RELATIVES)
                and not (told and line.startswith(_TOLD))
            )
            or (not verbs_fit and _is_instruction(line))
            or (count and _ASIDE.fullmatch(line))
        ):
            return count
        if told and line[-1] == "." and _is_told_more(text, blocks, at + 1):
            continue
        if line[-1] in ".]" or (chained and not _CHAINS.search(line)):
            return count + 1
        chained = chained or bool(_CHAINS.search(line))
    return 0


_TOLD = ("They ", "It ", "Their ", "There ", "Even ")
"""How a line begins that says what people are told, whatever verbs it has: "They should go on walking"."""
_MAY_BEFALL = re.compile(r"\b(?:may|might|can|could)\s(?!be\s\w+ed\b)")
"""What people are told may come, and no permission: "pain may last for weeks"."""
_TOLD_NO_MORE = ("For ", "See ", "These ", "NICE ", "Full ", "We ", "Also ")
"""How a line begins that is no more of a list of what people are told."""


def _is_told_more(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether the line right below one that ends a sentence says more of what people are told, a whole sentence too."""
    if at >= len(blocks) or blocks[at].kind is not BlockKind.PARAGRAPH:
        return False
    line = text[blocks[at].start : blocks[at].end]
    if text[blocks[at - 1].end : blocks[at].start].count("\n") != 1 or line[-1] != "." or len(line) > _LONGEST_ITEM:
        return False
    if line.startswith(_TOLD_NO_MORE) or not line[0].isupper() or _is_instruction(line):
        return False
    return line.startswith(_TOLD) or _OWN_SENTENCE.search(_TOLD_OF_IT.sub("", _MAY_BEFALL.sub("", line))) is None


def _is_title(line: str) -> bool:
    """Whether most words of the line are capitalised, as in the heading of a section."""
    found = [word for word in line.split() if len(word) > 3]
    return line[-1].isalnum() and len(found) >= 2 and sum(word[0].isupper() for word in found) > len(found) * 0.7


def _is_instruction(line: str) -> bool:
    first = re.match(r"(?:Do\s+not|Never|[A-Z][\w-]+)", line)
    return first is not None and (first.group().startswith(("Do ", "Never")) or first.group().lower() in _verb_set())


@cache
def _verb_set() -> frozenset[str]:
    verbs = vocabulary.read("recommendations")["imperatives"]
    return frozenset([*verbs["strong"], *verbs["conditional"], *verbs["against"]])
