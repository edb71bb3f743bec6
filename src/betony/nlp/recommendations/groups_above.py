"""Those whom the heading right above what is to be done names: "People at high risk of gout", "Treatment for adults with gout"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from betony.model import Block, BlockKind, Fact, Section
from betony.nlp import lists
from betony.nlp.clauses.signs import FINITE, RELATIVE
from betony.nlp.strength.people import DETERMINER, no_modifier, nouns
from betony.nlp.strength.verbs import verb_set
from betony.text import squeeze

_LONGEST = 240
_MODAL = re.compile(r"\b(?:should|must|need\sto|cannot|can)\b")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,3}\.?\s*")
_WITH = r"(?:with|without|who|whose|aged|at|taking|having|receiving|under|over|younger|older|living|presenting|(?:for|in)\swhom|(?:diagnosed|treated)\swith)"
"""What tells more of people, right behind the noun for them."""


def with_those_above(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], found: Sequence[Fact]
) -> list[Fact]:
    """The facts, each that names no group with the one that the nearest heading above it ends with, or a line right above the
    first of them. What it heads ends with its section, or before that at a line that may be a heading; what a lead does, with
    its list."""
    heads = {i for i, block in enumerate(blocks) if _heads(text, block)} if found else set()
    groups = {i: group for i in heads if (group := _group(text, blocks[i]))}
    if not groups:
        return list(found)
    at = {fact.spans[0][0]: i for i, fact in enumerate(found)}
    told = list(found)
    over: tuple[int, int] | None = None
    end, until = 0, len(text)
    for i, block in enumerate(blocks):
        over = over if block.start < until else None
        if (k := _at(text, block, at)) is not None:
            end = max(end, *(stop for _, stop in found[k].spans))
            if over and _may_be_of_others(found[k]):
                detail = {**found[k].detail, "population": squeeze(text[slice(*over)])}
                told[k] = replace(found[k], spans=(*found[k].spans, over), detail=detail)
        elif block.start >= end and i in heads:
            below = next((one for one in blocks[i + 1 : i + 3] if not _is_number(text, one)), None)
            may_head = block.kind is BlockKind.HEADING or (below is not None and _at(text, below, at) is not None)
            over = groups.get(i) if may_head else None
            if over is None:
                continue
            until = next(section.end for section in sections if section.start <= block.start < section.end)
            if over[0] > block.start and text[block.end - 1] == ":":  # "When looking at heels in people with gout:"
                until = blocks[i + lists.items_after(text, blocks, i)].end
    return told


def _at(text: str, block: Block, at: Mapping[int, int]) -> int | None:
    """Which recommendation begins with the block, be it behind the sign of an item."""
    return at.get(block.start, at.get(block.start + lists.bullet(text[block.start : block.end])))


def _may_be_of_others(fact: Fact) -> bool:
    """Whether the recommendation names nobody whom it is about, so that it may be about those above it."""
    alone = fact.detail["kind"] == "recommendation" and fact.detail["population"] is None
    return alone and not _told_of().search(fact.value.partition("\n")[0])


def _is_number(text: str, block: Block) -> bool:
    return _NUMBER.fullmatch(text, block.start, block.end) is not None


def _heads(text: str, block: Block) -> bool:
    """Whether the block is a heading, or a line without a stop that may be one."""
    if block.kind is BlockKind.PARAGRAPH:
        return text[block.end - 1] not in ".;,]" and not _is_number(text, block)
    return block.kind is BlockKind.HEADING


def _group(text: str, block: Block) -> tuple[int, int] | None:
    """Where the group stands that is all that the block says, or with which it ends behind what is done for it."""
    if block.end - block.start > _LONGEST:
        return None
    match = _whole_group().fullmatch(text, block.start, block.end)
    if match is None or match["group"].partition(" ")[0].lower() in verb_set() or _MODAL.search(match["group"]):
        return None
    told = RELATIVE.search(match["group"])
    if FINITE.search(match["group"][: told.start()] if told else match["group"]):
        return None
    return match.span("group")


@cache
def _whole_group() -> re.Pattern[str]:
    return re.compile(
        rf"(?:#{{1,6}}\s)?(?:(?=(?-i:[A-Z]))|(?-i:[A-Z])[\w’'-]*\s(?:[\w’'-]+\s){{0,6}}?(?:for|in)\s)(?P<group>(?:{DETERMINER})?(?:(?!{no_modifier()})[\w‑-]+\s){{0,2}}?{nouns()}\s{_WITH}\s"
        r"[^.,;:?!\n–—()]{2,160}?(?:\s\((?!see\b)[^()\n]{3,100}\))?)(?:\s\(see\s[^()\n]{3,100}\))?\s?:?",
        re.IGNORECASE,
    )


@cache
def _told_of() -> re.Pattern[str]:
    """People of whom something is told."""
    return re.compile(rf"\b{nouns()}\s{_WITH}\b", re.IGNORECASE)
