"""What of plain text is the site's and not the page's, told by where and how it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from betony.model import Block, BlockKind, Layer
from betony.nlp import anchors, contents, furniture, keepers, running

_START = attrgetter("start")
_LONGEST_BANNER = 500
"""Characters of a paragraph in which a site speaks of itself."""
_LONGEST_ENTRY = 40
_LONGEST_OFFER = 80
_A_MENU = 3
"""So many entries in a row, most of them known, make a menu."""
_RUN_TOGETHER = 150
"""Characters of a menu whose entries have run into one another."""
_ITEM = re.compile(r"(?:\d{1,2}[.)]|[•*-])\s[^\n.:;]{2,40}")
"""An item of what a site lists in its own banner: the browsers that it supports."""
_THE_TOP = 8
"""So many blocks may stand above the link that leads past them."""
_PAST = re.compile(
    r"skip (?:directly )?to |.{0,40}\b(?:to|our) (?:the |our )?home ?page$|.{0,60}\bspacer$", re.IGNORECASE
)
"""A link that leads past what stands at the top of every page, or to the first of all; a picture that only keeps a space there."""
_SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IS_GLUED = re.compile(r"[A-Z](?<=[a-z].)")
"""A capital right behind such a place: a cheap look, for most texts hold few capitals there."""


def without(text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,)) -> list[Block]:
    """The blocks of plain text, what is the site's moved to the furniture.

    That is: what a site says of itself (cookies, browsers, whose it is) above all else; lists of links whose entries
    are known or run into one another; what a form asks below its own `Question on …`; tables of contents, and links to a page's own
    parts; and what a printed document repeats on each of its pages.
    """
    found = list(blocks)
    for i in [
        *keepers.around(text, found),
        *contents.tables(text, found),
        *contents.cut_short(text, found),
        *anchors.to_parts(text, found),
        *running.heads(text, found),
        *_at_the_top(text, found, parts),
        *_menus(text, found),
        *_questions(text, found),
        *_offers(text, found),
    ]:
        if found[i].kind is not BlockKind.HEADING:
            found[i] = replace(found[i], layer=Layer.FURNITURE)
    return found


def _at_the_top(text: str, blocks: Sequence[Block], parts: Sequence[int]) -> Iterator[int]:
    """The blocks above a page's first own words."""
    starts = {*parts, blocks[0].start} if blocks else set()
    above_all = False
    past = -1
    listing = False
    for i, block in enumerate(blocks):
        if block.start in starts:
            above_all, past = True, _led_past(text, blocks, i)
        if not above_all:
            continue
        words = text[block.start : min(block.end, block.start + _LONGEST_BANNER + 1)]
        if i > past:
            of_a_banner = listing and _ITEM.fullmatch(words) is not None
            above_all = len(words) <= _LONGEST_BANNER and (
                of_a_banner
                or keepers.is_number(words)
                or furniture.is_entry(words)
                or furniture.is_label(words)
                or furniture.is_banner(words)
            )
            listing = of_a_banner or (above_all and words.endswith(":") and furniture.is_banner(words))
        is_site = above_all or (block.start in starts and _is_menu(text[block.start : block.end]))
        if is_site and not furniture.is_label(words):
            yield i


def _led_past(text: str, blocks: Sequence[Block], first: int) -> int:
    """The last of a page's first blocks that leads past them all, where they are short and the first is the site's too."""
    past = -1
    for i, block in enumerate(blocks[first : first + _THE_TOP], first):
        if block.end - block.start > _RUN_TOGETHER:
            break
        if _PAST.match(text, block.start, block.end):
            past = i
    if past < 0:
        return past
    words = text[blocks[first].start : blocks[first].end]
    return past if furniture.is_entry(words) or furniture.is_banner(words) else -1


def _is_menu(words: str) -> bool:
    """Whether the words are a menu whose entries have run into one another, each like the name of a page."""
    if len(words) < _RUN_TOGETHER or any(map(str.isdigit, words)) or not contents.runs_together(words):
        return False
    each = words.split()
    return sum(map(str.islower, each)) * 2 > len(each)


def _menus(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lists of links: short lines, most of them known for entries of menus, from the first to the last known one;
    or a line with many entries."""
    run: list[tuple[int, bool]] = []
    glued = {bisect_right(blocks, match.start(), key=_START) - 1 for match in _IS_GLUED.finditer(text)}
    for i, block in enumerate(blocks):
        words = text[block.start : min(block.end, block.start + _LONGEST_BANNER)]
        if _is_bar(words, glued=i in glued):
            yield i
        short = len(words) <= _LONGEST_ENTRY and not _SENTENCE_END.search(words)
        is_entry = short and furniture.is_entry(words)
        if is_entry or (short and not _is_said(text, blocks, i)):
            run.append((i, is_entry))
        elif run:
            yield from _menu(run)
            run = []
    yield from _menu(run)


def _is_bar(words: str, *, glued: bool) -> bool:
    """Whether many entries stand on the line, some of them known: they have run into it, or strokes part them."""
    if "|" in words and words.count("|") >= _A_MENU:
        return sum(map(furniture.is_entry, words.split("|"))) > 1
    if not glued:
        return False
    pieces = _GLUED.split(words)
    return len(pieces) >= _A_MENU and any(map(furniture.is_known, pieces))


def _is_said(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether a line of some words stands above a blank line, as few entries of a menu do and a title does."""
    if i + 1 >= len(blocks) or text.count(" ", blocks[i].start, blocks[i].end) < _A_MENU:
        return False
    return text.count("\n", blocks[i].end, blocks[i + 1].start) > 1


def _menu(run: Sequence[tuple[int, bool]]) -> list[int]:
    known = [place for place, (_, is_entry) in enumerate(run) if is_entry]
    if not known:
        return []
    menu = run[known[0] : known[-1] + 1]
    return [i for i, _ in menu] if len(menu) >= _A_MENU and len(known) > len(menu) / 2 else []


def _offers(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The links by which a site offers its readers to do something, their addresses lost."""
    for i, block in enumerate(blocks):
        if block.end - block.start <= _LONGEST_OFFER and furniture.offers(text[block.start : block.end]):
            yield i


def _questions(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """What stands right below a form's label for a question."""
    for i, block in enumerate(blocks[:-1]):
        if block.end - block.start <= _LONGEST_ENTRY and furniture.asks(text[block.start : block.end]):
            yield i + 1
