"""Patterns from the vocabulary files, with the pieces they share, compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from betony.nlp import vocabulary

_CLASS = re.compile(r"(\[(?:\\.|[^\]\\])*\])")
_PIECE = re.compile(r"\{(noun|self|part|type_name)\}")


@cache
def pattern(words: str) -> re.Pattern[str]:
    """The pattern in which a space stands for one to three white-space characters and `'` for either apostrophe;
    `{self}`, `{noun}`, `{part}` and `{type_name}` stand for the pieces of those names. Case does not count."""
    return re.compile(expand(words), re.IGNORECASE)


def expand(words: str) -> str:
    """The text of `pattern(words)`."""
    pieces = vocabulary.read("documents")

    def piece(match: re.Match[str]) -> str:
        return type_names() if match[1] == "type_name" else str(pieces[match[1]])

    while _PIECE.search(words):
        words = _PIECE.sub(piece, words)
    return "".join(
        piece.replace(" ", r"\s") if piece.startswith("[") else piece.replace(" ", r"(?:\s{1,3})").replace("'", "['’‘]")
        for piece in _CLASS.split(words)
    )


@cache
def type_names() -> str:
    """An alternation of all names of types of document, the longest first."""
    names = {name for entry in vocabulary.read("types").values() for name in entry["names"]}
    return any_of(re.escape(name).replace(r"\ ", " ") for name in longest_first(names))


def longest_first(words: Iterable[str]) -> list[str]:
    """The words by length, the longest first, and by letter: in the same order at each start, however a set holds them."""
    return sorted(words, key=lambda word: (-len(word), word))


def any_of(alternatives: Iterable[str]) -> str:
    """An alternation that fits in either case, written so that little of it is tried: by first letter, in the given order.

    Why: Python's `re` tries every branch of an alternation in which case does not count, but skips those whose first
    character, of two that it may be, does not fit.
    """
    groups = (f"(?-i:[{letters}])(?i:{'|'.join(rests)})" for letters, rests in _by_letter(alternatives).items())
    return f"(?:{'|'.join(groups)})"


def word_of(alternatives: Iterable[str], behind: str = r"(?<=\b.)") -> str:
    """The alternation of `any_of` where a word begins; `behind` looks back over the first letter, which "." stands for.

    Why: `re` looks for a set of letters several times faster than for a boundary with an alternation behind it, so the
    set of all first letters comes first.
    """
    by_letter = _by_letter(alternatives)
    groups = (f"(?-i:(?<=[{letters}]))(?i:{'|'.join(rests)})" for letters, rests in by_letter.items())
    return f"(?-i:[{''.join(by_letter)}]){behind}(?:{'|'.join(groups)})"


def _by_letter(alternatives: Iterable[str]) -> dict[str, list[str]]:
    """What follows the first letter of each alternative, under that letter in both cases."""
    found: dict[str, list[str]] = {}
    for words in alternatives:
        found.setdefault(words[0].lower() + words[0].upper(), []).append(words[1:])
    return found


def first(words: str, text: str, start: int, end: int) -> re.Match[str] | None:
    """The first place in text[start:end] that fits the pattern; one that begins with `^` must fit at `start`."""
    if words.startswith("^"):
        return pattern(words[1:]).match(text, start, end)
    return pattern(words).search(text, start, end)
