"""Whether a text is English: by its script, by how many of its words are those that no English prose lacks, and where
both say nothing by the language that the page gives."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from betony.model import Block, BlockKind, Layer, Notice, WarningCode, WarningLevel
from betony.nlp import vocabulary
from betony.text import beyond_ascii

RULE = "language"
"""The rule of a section whose type nobody looked for, because its words are not English."""

_START = attrgetter("start")
_BODY = Layer.BODY
_SAMPLE = 6_000
"""Characters of prose that are looked at."""
_ENOUGH = 60
"""Words of prose below which nothing is decided by words."""
_LETTERS = 40
"""Letters below which nothing is decided by script."""
_FEW = 0.06
_MANY = 0.12
"""Share of function words: of 395 guidelines in English the least has 0.15; other languages in Latin letters have under
0.05."""
_LATIN = "\u024f"
"""The last of the first four blocks of Unicode, which hold no other letters than Latin ones."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LOWER_CASE = bytes(sign if chr(sign) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for sign in range(256))
"""Of each sign of ASCII itself where it is a lower-case letter, else a space."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words say: English, another language, or too few of them to tell."""

    english: bool | None
    why: str = ""


def judge(words: str) -> Verdict:
    """Whether the words are English; undecided where they are few or mixed."""
    others = beyond_ascii(words)
    foreign = sum(1 for character in others if character > _LATIN and character.isalpha() and not _is_latin(character))
    if foreign >= _LETTERS:
        letters = sum(map(str.isalpha, words))
        if foreign * 2 > letters:
            return Verdict(english=False, why=f"{foreign / letters:.0%} of its letters are of another script")
    found = _WORD.findall(words.lower()) if any(map(str.isalnum, others)) else _plain_words(words)
    if len(found) < _ENOUGH:
        return Verdict(english=None)
    share = sum(map(_function_words().__contains__, found)) / len(found)
    why = f"{share:.0%} of its words are those that English cannot do without"
    if share < _FEW:
        return Verdict(english=False, why=why)
    return Verdict(english=True if share >= _MANY else None, why=why)


def _plain_words(words: str) -> list[str]:
    """The words where all letters are those of English, `don't` as `dont`: a search for `_WORD` takes five times as long."""
    plain = words.lower().replace("’", "'").encode("ascii", "replace")
    return plain.translate(_LOWER_CASE, b"'").decode("ascii").split()


def foreign(
    text: str, blocks: Sequence[Block], parts: Sequence[int] = (0,), given: str | None = None
) -> tuple[list[tuple[int, int]], list[Notice]]:
    """The pages (start and end of each) whose body is not English, and warnings about them.

    The words decide; where they are too few, the language given does; without one the text is taken for English.
    """
    found: list[tuple[int, int]] = []
    notices: list[Notice] = []
    for start, end in zip(parts, (*parts[1:], len(text) + 1), strict=True):
        page = blocks[bisect_left(blocks, start, key=_START) : bisect_left(blocks, end, key=_START)]
        verdict = judge(sample(text, page))
        said = is_english(given)
        if verdict.english is None:
            verdict = Verdict(said is not False, f"the page says that it is {given}")
        elif said is not None and said is not verdict.english:
            message = f"the page says that its language is {given}, and {verdict.why}"
            notices.append(Notice(WarningCode.CONFLICT, message, spans=_place(page)))
        if not verdict.english and (place := _place(page)):
            found.append((start, end))
            message = f"the text is not in English ({verdict.why}): its sections were not typed, and no duties read"
            notices.append(Notice(WarningCode.LANGUAGE_UNSUPPORTED, message, WarningLevel.REVIEW, place))
    return found, notices


def _place(page: Sequence[Block]) -> tuple[tuple[int, int], ...]:
    """The body's first passage of prose, else its first of all."""
    body = [block for block in page if block.layer is _BODY]
    block = next(filter(_is_prose, body), body[0] if body else None)
    return ((block.start, block.end),) if block else ()


_OF_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_A_NAME = 40
"""Characters of a line that may be no more than a name."""


def _is_prose(block: Block) -> bool:
    return block.end - block.start >= _A_NAME and block.layer is _BODY and block.kind in _OF_PROSE


def sample(text: str, blocks: Sequence[Block]) -> str:
    """Prose of the body: what is longer than a name, from the beginning on."""
    pieces: list[str] = []
    length = 0
    for block in blocks:
        if not _is_prose(block):
            continue
        pieces.append(text[block.start : min(block.end, block.start + 2_000)])
        length += len(pieces[-1])
        if length > _SAMPLE:
            break
    return "\n".join(pieces)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(vocabulary.read("language")["function_words"])


def is_english(tag: str | None) -> bool | None:
    """Whether a BCP 47 tag names English; None where there is none, or it says nothing."""
    first = (tag or "").replace("_", "-").split("-")[0].strip().lower()
    return None if first in ("", "und", "mul", "zxx") else first in ("en", "eng")


def _is_latin(character: str) -> bool:
    """Whether English prose may hold the letter; the Greek ones stand in its formulas."""
    return unicodedata.name(character, "").startswith(("LATIN", "GREEK", "FULLWIDTH LATIN"))
