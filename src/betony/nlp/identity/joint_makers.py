"""Several bodies that issue a document together, as a sentence names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from betony import publishers
from betony.model import Block, BlockKind
from betony.nlp import phrases
from betony.nlp.looks import has_any

_SIGNS = ("jointly by ", "oint letter from ", "oint statement from ", "oint statement by ")
_LEAD = 12
"""Blocks at the top of a page in which it says of itself who issued it."""
_MADE = (
    r"{self} (?:is|was|has been) (?:issued|published|produced|developed|prepared) jointly by ",
    r"(?-i:[Tt]his) joint (?:letter|statement) (?:from|by) ",
)
_NAME = r"(?:the\s)?[A-Z][\w&’'()-]*(?:\s(?:(?:and|for|of|in|&|on)\s(?:the\s)?)?[A-Z][\w&’'()-]*){0,9}"
_OTHERWISE = re.compile(r"(?:\bNICE\b|\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Sir|Dame)\b)")
"""Of NICE's partners another rule tells; and people sign letters."""
_NAMES = re.compile(rf"(?P<names>{_NAME}(?:,\s{_NAME}){{0,8}}(?:,?\sand\s{_NAME})?)(?=,?\s(?:[a-z]|$)|[.;:]|$)")
_COMMA = re.compile(r",\s(?:and\s)?")
_THE = re.compile(r"the\s")
_OF_TWO_FIELDS = re.compile(
    r"\b(?:Department|Ministry|Secretary|Institute|Office|College|Board|Agency|Centre|Committee|Society)\s(?:of|for|on)\s[A-Z][\w-]+$"
)
"""What stands before an "and" that may be of the name itself: "the Department of Heels and Boots"."""
_AND = re.compile(r"\sand\s(?=(?:the\s)?[A-Z])")


def find(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where the bodies are named that issue the document together: "This guidance is issued jointly by the Heel Office, the Boot
    Board and Wax England", "This joint letter from Heel Health England and Wax England"."""
    for block in blocks[:_LEAD]:
        if not has_any(text[block.start : block.end], _SIGNS):
            continue
        for words in _MADE:
            led = phrases.pattern(words).search(text, block.start, block.end)
            named = _NAMES.match(text, led.end(), block.end) if led else None
            if named and not _OTHERWISE.search(named["names"]):
                each = list(_apart(text, *named.span("names")))
                return each if all(_is_a_body(text[slice(*one)]) for one in each) else []
    return []


def listed(text: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where a list names the bodies by whom the sentence over it says that the document was made: "This guidance on wax has been
    developed by:", "- Heel Office (HO)", "- Boot Board"."""
    for i, block in enumerate(blocks[:_LEAD]):
        if text[block.end - 1] != ":" or not _by_these().search(text, block.start, block.end):
            continue
        items = takewhile(lambda one: one.kind is BlockKind.LIST_ITEM, blocks[i + 1 :])
        each = [_ITEM.match(text, one.start, one.end) for one in items]
        names = [item.span("name") for item in each if item and _is_a_body(item["name"])]
        return names if len(names) == len(each) > 1 else []
    return []


@cache
def _by_these() -> re.Pattern[str]:
    return phrases.pattern(
        r"\bthis (?:guidance|guideline|document|advice|statement|report|toolkit|handbook)(?: (?:on|for|about) [^.;:\n]{3,160}?)? (?:was|has been) (?:jointly )?(?:developed|produced|prepared|written|issued) (?:jointly )?by ?:$"
    )


_ITEM = re.compile(
    r"[-•*]\s{1,3}(?:the\s)?(?P<name>[A-Z][\w&’'-]*(?:\s(?:(?:and|for|of|in|&|on)\s(?:the\s)?)?(?!(?:It|This|We)\s)[A-Z][\w&’'-]*){0,9})(?:\s\([A-Z][\w-]{1,9}\))?(?=[;,.]?$|;\sand$|\s(?:It|This|We)\s)"
)
"""An item that is a name, and perhaps its abbreviation; a capture may run the next sentence on behind the last one."""
_BODY = re.compile(
    r"\b(?:Department|Ministry|Institutes?|Office|College|Board|Agency|Centers?|Centres?|Committee|Society|Association|Academy|Faculty|Federation|Council|Commission"
    r"|Inspectorate|Authority|Government|Service|Trust|Foundation|Alliance|Network|Group|Forum|Executive|Organi[sz]ation|Union|Directorate|Improvement(?=\s)|University|Hospitals?)\b"
    r"|\b[A-Z]{3,8}\b|\w\s(?:England|Wales|Scotland|UK)$"
)
"""What the name of a body holds; a part of a name that holds none was cut from it: "Food and Rural Affairs"."""


def _is_a_body(name: str) -> bool:
    return _BODY.search(name) is not None or publishers.of_name(name) is not None


def _apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Each of the names, or none where an "and" may as well be of a name as between two."""
    pieces = list(_between(text, start, end, _COMMA))
    *some, last = pieces
    closed = bool(some) and text[: last[0]].endswith("and ")
    ways = [] if closed else list(_AND.finditer(text, *last))
    if len(ways) > 1 or (ways and _OF_TWO_FIELDS.search(text, last[0], ways[0].start())):
        ways = [way for way in ways if _parts_two(text, last[0], way, last[1])]
    if len(ways) == 1:
        some += [(last[0], ways[0].start()), (ways[0].end(), last[1])]
    elif ways or not closed:
        return
    else:
        some.append(last)
    for left, right in some:
        the = _THE.match(text, left, right)
        yield (the.end() if the else left), right


def _between(text: str, start: int, end: int, divider: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    cuts = [(start, start), *(match.span() for match in divider.finditer(text, start, end)), (end, end)]
    for (_, left), (right, _) in pairwise(cuts):
        yield left, right


def _parts_two(text: str, start: int, way: re.Match[str], end: int) -> bool:
    """Whether the "and" is sure to stand between two names: one of them is that of a body that is known, or the second has "the"."""
    known = any(publishers.of_name(text[left:right]) for left, right in ((start, way.start()), (way.end(), end)))
    return known or _THE.match(text, way.end(), end) is not None
