"""The verbs by which a sentence may be an instruction, and the words that open a clause before it."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import vocabulary
from betony.nlp.looks import has_any
from betony.nlp.phrases import any_of

_FIRST_WORDS = re.compile(r"[\w-]+(?:,?\s+[\w-]+){0,2}")
_PLAIN = (" consider ", " offer ")
"""Verbs that may stand behind a group without a comma: "For adults with gout consider a cast"."""
_NEGATIONS = ("Do not", "Don", "Never", "DO NOT", "do not", "never", "don")
_DOES = ("Do a ", "Do an ", "Do another ")
_OPENINGS = (*_NEGATIONS, *_DOES)
"""How an instruction may begin whose verb is none of those that open one."""


def starts_with_verb(sentence: str) -> bool:
    """Whether the sentence may be an instruction: a cheap look at its first words and those behind its commas."""
    first = _FIRST_WORDS.match(sentence)
    if first is None:
        return False
    if verb_set().isdisjoint(first.group().lower().replace(",", " ").split()):
        return sentence.startswith(_OPENINGS) or (
            opening_word().match(first.group()) is not None
            and (
                has_any(sentence, (",", ":", " please ")) or has_any(sentence, _PLAIN) or has_any(sentence, _in_words())
            )
        )
    return True


@cache
def deeds() -> frozenset[str]:
    """Verbs of instructions that are hardly ever nouns."""
    return frozenset(vocabulary.read("recommendations")["conditions"]["deeds"])


@cache
def _in_words() -> tuple[str, ...]:
    return tuple(f" {deed} " for deed in (*sorted(deeds()), "take account", "take into account"))


@cache
def verb_set() -> frozenset[str]:
    """Every verb that opens an instruction, in lower case."""
    verbs = vocabulary.read("recommendations")["imperatives"]
    return frozenset([*verbs["strong"], *verbs["conditional"], *verbs["against"]])


@cache
def opening_word() -> re.Pattern[str]:
    """A word that opens a clause before the main one."""
    return re.compile(any_of(vocabulary.read("recommendations")["openings"]["words"]) + r"\b")
