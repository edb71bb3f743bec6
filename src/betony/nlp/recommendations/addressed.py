"""Whom recommendations are for, and who is to act, where it is told above them: in sections of their own ("Who is the target
population?", "Who should take action?", "What action should they take?"), or in a line ("These recommendations are for …")."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from betony.model import Block, BlockKind, Fact, Section
from betony.nlp import actors, heading_words, lists
from betony.text import squeeze

_ACTION = frozenset({"what action should they take", "what action should be taken", "what actions should they take"})
_TELLS = {
    "who should take action": "actor",
    "whose health will benefit": "population",
    "who is the target population": "population",
}
_ARE_FOR = re.compile(
    r"(?:The|These|This)(?:\sfollowing)?\srecommendations?(?:\s(?:in\sthis\s(?:section|chapter)|below|(?:on|about)\s[\w\s-]{3,60}?))?\s(?:is|are)\s(?:for|aimed\sat)\s"
    r"(?P<who>[^.:;]{3,300}?)(?=\s?[.:]?$|\s(?:before|when|during)\s[^.:;]{3,200}\.?$|,\sand\sare\s[^.:;]{3,200}\.?$)"
)
_INCLUDE = re.compile(
    r"(?:(?:NICE|Our|The|These|Key)(?:['’]s)?\s)?[Rr]ecommendations?\sfor\s(?P<who>[^.:;]{3,160}?)\s(?:include|are)\s?:$"
)
"""A lead over what those are to do whom it names: "NICE recommendations for employers include:"."""
_ADVICE_FOR = re.compile(
    r"(?:Advice|Recommendations|Actions|Action|Guidance)\sfor\s(?P<who>(?:(?!\b(?:to|who|on|about|with|of|whom|that)\b)[^.:;]){3,80}?)\s?:$"
)
"""The title of a list of what those are to do whom it names: "Advice for prescribers:"."""
_APPLY_TO = re.compile(
    r"(?:The|These|This)(?:\sfollowing)?\srecommendations?(?:\s(?:in\sthis\s(?:section|chapter)|below|(?:on|about|for)\s[\w\s-]{3,60}?))?\s(?:appl(?:y|ies)|relates?)\s(?:(?:only|solely)\s)?to\s"
    r"(?P<who>(?:(?!\b(?:unless|except)\b)[^.:;]){3,300}?)(?=\s?[.]?$)"
)
_LEFT_OPEN = re.compile(r"\b(?:in|at|for|with|of|to|by|who|that|are|including|either|both)$")
"""What the words for those end in of whom only a list would tell who they are: "staff working in"."""
_TAKES_UP = re.compile(r"(?:They|This|It|These|Such)\s")
"""How a sentence begins that goes on with those of the one before it, or with what they do."""
_THEY_DO = re.compile(
    r"They\s(?:should|must)\s(?:also\s|always\s|therefore\s)?(?!be\b|have\b|receive\b|get\b|undergo\b)[a-z]"
)
"""What those do who act, and not what is done to others."""
_IN_CHARGE = re.compile(
    r"\b(?:managers|trainers|heads|leaders|leads|boards|governors|directors|employers|planners|owners)\b"
)
_LONGEST = 400
"""Characters beyond which a section says more than who it is."""
_START = attrgetter("start")

Told = Mapping[str, tuple[str, tuple[int, int]]]
"""Of each field what a section tells of it, and where."""


def says_action(text: str, section: Section) -> bool:
    """Whether the section is the part of a counted recommendation that says what is to be done."""
    return _heading(text, section) in _ACTION


def says_who(text: str, section: Section) -> bool:
    """Whether the section is the part of a counted recommendation that says who acts or for whom."""
    return _heading(text, section) in _TELLS


def with_those(text: str, blocks: Sequence[Block], sections: Sequence[Section], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those below "What action should they take?" with the actor and the population told before it."""
    told = {
        section.start: dict(_told(text, blocks, sections, i))
        for i, section in enumerate(sections)
        if _heading(text, section) in _ACTION
    }
    starts = [section.start for section in sections]
    found: list[Fact] = []
    for fact in facts:
        place = starts[bisect_right(starts, fact.spans[0][0]) - 1]
        if place in told and not _TAKES_UP.match(fact.value):
            fact = _with(fact, told[place])  # noqa: PLW2901 - the same one, told more
        found.append(fact)
    return found


def taken_up(text: str, facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those that begin with "They should" with the actor of the one right before them."""
    found: list[Fact] = []
    for fact in facts:
        if fact.detail["actor"] is None and _THEY_DO.match(fact.value) and found and _goes_on(text, found[-1], fact):
            before = found[-1]
            detail = {**fact.detail, "actor": before.detail["actor"]}
            fact = replace(fact, spans=(*fact.spans, *before.spans), detail=detail)  # noqa: PLW2901 - the same one, told more
        found.append(fact)
    return found


def _goes_on(text: str, before: Fact, fact: Fact) -> bool:
    """Whether the sentence stands right behind one that says who acts, in the same paragraph or item."""
    gap = text[before.spans[0][1] : fact.spans[0][0]]
    return before.detail["actor"] is not None and not gap.strip() and "\n\n" not in gap


def by_line(text: str, blocks: Sequence[Block], sections: Sequence[Section], facts: Sequence[Fact]) -> list[Fact]:
    """The facts, those without an actor or a group with what a line above them in their section, or in the one over it, tells."""
    lines = [
        (block.start, whom, _reach(text, blocks, i))
        for i, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH
        and text.startswith(_STARTS, block.start)
        and (whom := _told_by(text, blocks, i)) is not None
    ]
    if not lines:
        return list(facts)
    starts = [section.start for section in sections]

    def within(place: int) -> list[int]:
        """The sections that the place lies in, innermost first."""
        found = [bisect_right(starts, place) - 1]
        while (parent := sections[found[-1]].parent) is not None:
            found.append(parent)
        return found

    told: list[Fact] = []
    for fact in facts:
        at = bisect_left(lines, (fact.spans[0][0],)) - 1
        over = at >= 0 and fact.spans[0][0] < lines[at][2] and within(lines[at][0])[0] in within(fact.spans[0][0])
        told.append(_with(fact, lines[at][1]) if over else fact)
    return told


_STARTS = ("The", "This", "NICE", "Our", "Key", "Advice", "Recommendation", "recommendation", "Action", "Guidance")
"""How a line begins that tells of whom the recommendations below it are."""


def _reach(text: str, blocks: Sequence[Block], i: int) -> int:
    """Up to where the recommendations stand that the line is about: those of the list that it leads; "This recommendation" is the next
    one alone."""
    if any(lead.match(text, blocks[i].start, blocks[i].end) for lead in (_INCLUDE, _ADVICE_FOR)):
        items = lists.items_after(text, blocks, i)
        return blocks[i + items].end
    if not text.startswith("This recommendation ", blocks[i].start):
        return len(text)
    below = (block for block in blocks[i + 1 :] if block.kind is not BlockKind.HEADING)
    return next((block.end for block in below if not _NUMBER.fullmatch(text, block.start, block.end)), len(text))


_NUMBER = re.compile(r"\s*\d{1,3}(?:\.\d{1,3}){0,3}\s*")


def _told_by(text: str, blocks: Sequence[Block], i: int) -> Told | None:
    """What the line tells of the recommendations below it: who acts, or to whom they apply; nothing where it names others, and
    None where it speaks of none."""
    if match := _ARE_FOR.match(text, blocks[i].start, blocks[i].end):
        who = _named_in(text, blocks, i, match.span("who")) if _act(match["who"]) else None
        return {"actor": who} if who else {}
    if (match := _INCLUDE.match(text, blocks[i].start, blocks[i].end)) and _act(match["who"]):
        return {"actor": (squeeze(match["who"]), match.span("who"))}
    if (match := _ADVICE_FOR.match(text, blocks[i].start, blocks[i].end)) and lists.items_after(text, blocks, i):
        acts = bool(set(actors.kinds(match["who"])) - {"patient"})
        return {"actor": (squeeze(match["who"]), match.span("who"))} if acts else {}
    if match := _APPLY_TO.match(text, blocks[i].start, blocks[i].end):
        in_care = actors.kinds(match["who"]) == ("patient",)
        return {"population": (squeeze(match["who"]), match.span("who"))} if in_care else {}
    return None


def _named_in(text: str, blocks: Sequence[Block], i: int, who: tuple[int, int]) -> tuple[str, tuple[int, int]] | None:
    """Those whom the line names, with the items that complete it, and where; None where a capture has lost the items."""
    words = squeeze(text[slice(*who)])
    if text[blocks[i].end - 1] != ":":
        return words, who
    items = blocks[i + 1 : i + 1 + lists.items_after(text, blocks, i)]
    if not items:
        return None if _LEFT_OPEN.search(words) else (words, who)
    return "\n".join([f"{words}:", *(_name(text[item.start : item.end]) for item in items)]), (who[0], items[-1].end)


def _act(words: str) -> bool:
    """Whether the words name those who act by what they are, and not those who are cared for."""
    return bool(set(actors.kinds(words)) - {"patient"}) or _IN_CHARGE.search(words) is not None


def _told(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], i: int
) -> Iterator[tuple[str, tuple[str, tuple[int, int]]]]:
    """What the sections right above tell, those of the same place in the outline alone."""
    for j in range(i - 1, -1, -1):
        above = sections[j]
        field = _TELLS.get(_heading(text, above))
        if field is None or above.parent != sections[i].parent or above.heading is None:
            return
        first = bisect_left(blocks, above.heading[1], key=_START)
        own = [
            block
            for block in blocks[first : bisect_left(blocks, above.end, lo=first, key=_START)]
            if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        ]
        if own and own[-1].end - own[0].start <= _LONGEST:
            names = (_name(text[block.start : block.end]) for block in own)
            yield field, ("\n".join(names), (own[0].start, own[-1].end))


_OTHERS_ACT = re.compile(
    r"\b(?:people|patients|adults|women|men|children|parents|carers|they|you)\s(?:should|must)\s(?!(?:not\s)?(?:be|have|receive|get)\b)"
)
"""What those in care are to do themselves, whomever the line above names: "people should continue to wax"."""


def _name(words: str) -> str:
    """The words of an item without its bullet and its stop."""
    return squeeze(words[lists.bullet(words) :]).rstrip(" .;")


def _with(fact: Fact, told: Told) -> Fact:
    if _OTHERS_ACT.search(fact.value):
        told = {field: said for field, said in told.items() if field != "actor"}
    missing = {field: said for field, said in told.items() if fact.detail[field] is None}
    detail = {**fact.detail, **{field: words for field, (words, _) in missing.items()}}
    return replace(fact, spans=(*fact.spans, *(span for _, span in missing.values())), detail=detail)


def _heading(text: str, section: Section) -> str:
    return heading_words.normalise(text[slice(*section.heading)]).rstrip("?") if section.heading else ""
