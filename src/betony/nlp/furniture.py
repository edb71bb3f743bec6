"""Lines that stand the same on every page of a site, known by their words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from betony import publishers
from betony.nlp import vocabulary

_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,})\s*\d{1,4}\s*$")
"""Dots that lead to a page's number."""
_LETTERS = re.compile(r"(?:\w{2,12} )?A(?:[ |·]{1,3}[B-Z]){8}.{0,60}")
"""An index by letters."""
_TRAIL = re.compile(r"(?:home|you are here:? home) ?(?:[»›>|]|::|(?<= )/(?= )) ?.{1,180}", re.IGNORECASE)
"""The way from the site's first page to this one."""


@lru_cache(maxsize=4096)  # more than one rule asks, and a site's lines come back on each of its pages
def is_known(line: str) -> bool:
    """Whether the line, whole, is one of those that the vocabulary holds, or one of a table of contents, an index, a trail.

    The headings of the site's own forms are, too, where nothing shows that they are headings."""
    if leads_to_a_page(line):
        return True
    if _LETTERS.fullmatch(line) or _TRAIL.fullmatch(line):
        return True
    words = _plain(line)
    whole, gapped = _lines()
    return words in whole or words in _headings() or gapped.fullmatch(words) is not None


def is_cut(line: str, *, alone: bool) -> bool:
    """Whether the line, the last of a page, is one of those that the vocabulary holds, or a publisher's name, broken off behind its
    first words; of a publisher's name a few letters do where the line is an item `alone` and ends within a word."""
    words = _plain(line)
    if len(words) >= _CUT_SHORTEST:
        return any(whole.startswith(words) and whole != words for whole in (*_lines()[0], *_publishers()))
    within = (
        name
        for name in _publishers()
        if name.startswith(words) and (name[len(words) :][:1].isalpha() or len(words) >= _CUT_AT_A_WORD)
    )
    return alone and len(words) >= _CUT_ALONE and any(within)


@cache
def _publishers() -> tuple[str, ...]:
    return tuple(name.lower() for publisher in publishers.every().values() for name in publisher.names)


_CUT_SHORTEST = 20
"""Characters of a line that is cut off by which it can be known."""
_CUT_ALONE = 5
_CUT_AT_A_WORD = 8


def leads_to_a_page(line: str) -> bool:
    """Whether dots lead from what the line names to the number of a page."""
    return ("...." in line or ". . . . " in line) and _LEADERS.search(line) is not None


def is_heading(line: str) -> bool:
    """Whether the heading is one of the site's own forms."""
    return _plain(line) in _headings()


def is_entry(line: str) -> bool:
    """Whether the line is one that menus hold; elsewhere it may as well be a word of the page."""
    return _plain(line) in _entries() or is_known(line)


def is_banner(words: str) -> bool:
    """Whether it is what a site says of itself at the top of every page: of cookies, browsers, and whose it is."""
    words = " ".join(words.split()).lower()
    if _banners().search(words):
        return True
    return any(word in words for word in _ambiguous()) and any(word in words for word in _of_itself())


def asks(line: str) -> bool:
    """Whether the line is a form's label over a question that it asks its reader."""
    return _plain(line) in _asking()


def offers(line: str) -> bool:
    """Whether the line, short of a sentence, offers its reader to do something on the site."""
    return _plain(line).startswith(_offering()) and not line.rstrip().endswith(".")


def is_label(line: str) -> bool:
    """Whether the line is the name of a publisher's programme and nothing more."""
    return _plain(line) in _labels()


@lru_cache(maxsize=4096)
def _plain(line: str) -> str:
    return " ".join(line.split()).strip(" •*-–:.").lower()


@cache
def _headings() -> frozenset[str]:
    return frozenset(vocabulary.read("furniture")["headings"])


@cache
def _entries() -> frozenset[str]:
    return frozenset(vocabulary.read("furniture")["entries"])


@cache
def _banners() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, vocabulary.read("furniture")["banners"])))


@cache
def _ambiguous() -> tuple[str, ...]:
    return tuple(vocabulary.read("furniture")["ambiguous"])


@cache
def _of_itself() -> tuple[str, ...]:
    return tuple(vocabulary.read("furniture")["of_itself"])


@cache
def _asking() -> frozenset[str]:
    return frozenset(vocabulary.read("furniture")["questions"])


@cache
def _offering() -> tuple[str, ...]:
    return tuple(vocabulary.read("furniture")["offers"])


@cache
def _labels() -> frozenset[str]:
    return frozenset(vocabulary.read("furniture")["labels"])


@cache
def _lines() -> tuple[frozenset[str], re.Pattern[str]]:
    """The lines as they are; and a pattern of those with a gap for words (`*`) or a number (`#`)."""
    lines: list[str] = vocabulary.read("furniture")["lines"]
    gapped = [re.escape(line) for line in lines if "*" in line or "#" in line]
    gaps = {r"\*": ".{0,60}", r"\#": r"\d[\dxX -]*"}
    return frozenset(lines), re.compile("|".join(re.sub(r"\\[*#]", lambda m: gaps[m.group()], g) for g in gapped))
