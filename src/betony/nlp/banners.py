"""What of plain text is the site's and not the page's, told by where and how it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Layer
from betony.nlp import furniture

_LONGEST_BANNER = 500
"""Characters of a paragraph in which a site speaks of itself."""
_LONGEST_ENTRY = 40
_A_MENU = 3
"""So many entries in a row, most of them known, make a menu."""
_SENTENCE_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IS_GLUED = re.compile(r"[A-Z](?<=[a-z].)")
"""A capital right behind such a place: a cheap look, for most lines hold few capitals."""


def without(text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,)) -> list[Block]:
    """The blocks of plain text, what is the site's moved to the furniture.

    That is: what a site says of itself (cookies, browsers, whose it is) above all else; lists of links whose entries
    are known or run into one another; and what a form asks below its own `Question on …`.
    """
    found = list(blocks)
    for i in [*_at_the_top(text, found, parts), *_menus(text, found), *_questions(text, found)]:
        if found[i].kind is not BlockKind.HEADING:
            found[i] = replace(found[i], layer=Layer.FURNITURE)
    return found


def _at_the_top(text: str, blocks: Sequence[Block], parts: Sequence[int]) -> Iterator[int]:
    """The blocks above a page's first own words."""
    starts = {*parts, blocks[0].start} if blocks else set()
    above_all = False
    for i, block in enumerate(blocks):
        above_all = above_all or block.start in starts
        if above_all:
            words = text[block.start : min(block.end, block.start + _LONGEST_BANNER + 1)]
            above_all = len(words) <= _LONGEST_BANNER and (
                furniture.is_entry(words) or furniture.is_label(words) or furniture.is_banner(words)
            )
        if above_all and not furniture.is_label(words):
            yield i


def _menus(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lists of links: short lines, most of them known for entries of menus, from the first to the last known one;
    or a line that many entries have run into."""
    run: list[tuple[int, bool]] = []
    for i, block in enumerate(blocks):
        words = text[block.start : min(block.end, block.start + _LONGEST_BANNER)]
        if (
            _IS_GLUED.search(words)
            and len(pieces := _GLUED.split(words)) >= _A_MENU
            and any(map(furniture.is_known, pieces))
        ):
            yield i
        if len(words) <= _LONGEST_ENTRY and not _SENTENCE_END.search(words):
            run.append((i, furniture.is_entry(words)))
        elif run:
            yield from _menu(run)
            run = []
    yield from _menu(run)


def _menu(run: Sequence[tuple[int, bool]]) -> list[int]:
    known = [place for place, (_, is_entry) in enumerate(run) if is_entry]
    if not known:
        return []
    menu = run[known[0] : known[-1] + 1]
    return [i for i, _ in menu] if len(menu) >= _A_MENU and len(known) > len(menu) / 2 else []


def _questions(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """What stands right below a form's label for a question."""
    for i, block in enumerate(blocks[:-1]):
        if block.end - block.start <= _LONGEST_ENTRY and furniture.asks(text[block.start : block.end]):
            yield i + 1
