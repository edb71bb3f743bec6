"""The nouns by which a group of people is known, and what may stand around them."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.phrases import any_of, word_of

DETERMINER = r"(?:all|any|most|some|the|a|an|each|every|these|those|both)\s+"
DETERMINED = re.compile(DETERMINER, re.IGNORECASE)

ANYBODY = frozenset(
    {
        "people", "individuals", "anyone", "everyone", "those", "persons",
        "the person", "a person", "each person", "the individual",
    }
)  # fmt: skip
"""Words that name no group."""
GOES_ON = re.compile(
    r"\s*(?:[,;:.(\[/]|$)|\s(?:with|without|who|whose|whom|that|aged|younger|older|in|on|at|of|from|under|over|and|or|taking|having|receiving|being|living|using"
    r"|[\w-]+ing|[\w-]+ed)\b",
    re.IGNORECASE,
)
"""How the words of a group go on; another noun behind them is what they get, or are asked."""


def nouns() -> str:
    """An alternation of the nouns for people."""
    return any_of((*_words("nouns"), *_told_of()))


def _told_of() -> list[str]:
    """The nouns for those who may as well act, each before what is told of some of them, and not of what those do who act."""
    acting = "".join(rf"(?<!\b{word}\s.)" for word in _words("acting"))
    told = (
        r"(?=\s(?:(?:and|or)\s(?:[\w-]+\s){1,2})?(?:who|whose|with|aged|\d{1,2}\s(?:years?|months?)|in\swhom|for\swhom|on|returning|\((?:for\sexample,\s)?(?:those\s)?(?:aged|under|over))\b"
        rf"(?!\s(?:[\w-]+\s){{0,2}}(?:{'|'.join(_words('have'))})))"
    )
    return [rf"{noun[0]}{acting}{noun[1:]}{told}" for noun in _words("told")]


@cache
def told_noun() -> re.Pattern[str]:
    """A noun that names a group only by what is told of those in it."""
    return re.compile(rf"\b(?:{'|'.join(_words('told'))})\b", re.IGNORECASE)


@cache
def no_modifier() -> str:
    """What stands for no word between a group's first word and its noun."""
    return rf"(?:{'|'.join(_words('stoppers'))})\b"


@cache
def no_person() -> str:
    """Words behind "patient" with which nobody is spoken of: "the patient access scheme"."""
    return (
        rf"(?:(?<=patient)|(?<=adult)|(?<=child)|(?<=carer)|(?<=parent))\s+(?:{'|'.join(_words('patient_things'))})\b"
    )


def is_lone(group: str) -> bool:
    """Whether the group's words end in a noun for one person and nothing says which: such words are cut out of others."""
    return _lone().search(group) is not None and not DETERMINED.match(group)


@cache
def _lone() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(_words('one'))})$", re.IGNORECASE)


@cache
def group_start() -> re.Pattern[str]:
    """A group of people in a few words."""
    word = r"(?!(?:in|with|for|from|by|at|on|to|(?<!\bany\s)(?<!\bsome\s)(?<!\bmost\s)(?<!\ball\s)(?<!\bmany\s)(?<!\bgroup\s)of)\b)[\w‑-]+\s+"
    return re.compile(rf"(?:{DETERMINER})?(?:{word}){{0,4}}{nouns()}\b", re.IGNORECASE)


@cache
def population_signs() -> tuple[str, ...]:
    """Letters in lower case without one of which no words name a group behind another word."""
    return tuple(f" {noun.partition('(')[0].removesuffix('s?')}" for noun in (*_words("nouns"), *_words("told")))


@cache
def population_noun() -> re.Pattern[str]:
    """A noun for people where a word begins."""
    return re.compile(rf"{word_of(_words('nouns'))}\b")


def _words(kind: str) -> list[str]:
    words: list[str] = vocabulary.read("recommendations")["population"][kind]
    return words
