"""No pattern can split a word in many ways: one that fails behind it would try them all, for ages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import betony

PARSER: Any = importlib.import_module("re._parser")
CODES: Any = importlib.import_module("re._constants")
REPEATS = (CODES.MAX_REPEAT, CODES.MIN_REPEAT)
LOOKS = (CODES.ASSERT, CODES.ASSERT_NOT, CODES.AT)
MANY = 3
"""A repetition that may end in so many places."""


def test_a_word_can_be_split_by_what_repeats_words_loosely() -> None:
    assert splits_words(r"(?:(?!if\b)[^\s,]+\s?){1,14}(?=[.,]|$)")
    assert splits_words(r"who\s(?:\s?\w+)*$")
    assert not splits_words(r"(?:(?!if\b)[^\s,]++\s?){1,14}(?=[.,]|$)")
    assert not splits_words(r"(?:\w+\s){0,14}\w+$")


def test_no_pattern_of_a_module_splits_words() -> None:
    found = {pattern: where for where, pattern in patterns() if splits_words(pattern)}
    assert found == {}


def patterns() -> Iterator[tuple[str, str]]:
    """Each pattern that a module holds, or gives to whoever asks, with the module's name."""
    seen = 0
    for module in pkgutil.walk_packages(betony.__path__, "betony."):
        if module.name.endswith("__main__") or ".migrations" in module.name:
            continue  # what runs when it is imported
        for name, value in vars(importlib.import_module(module.name)).items():
            given = value() if hasattr(value, "cache_info") and _asks_nothing(value) else value
            for one in _each(given):
                if isinstance(one, re.Pattern) and isinstance(one.pattern, str):
                    seen += 1
                    yield f"{module.name}.{name}", one.pattern
    assert seen > 1000


def _each(given: Any) -> Iterator[Any]:
    """What is given, or what it holds where it is a list or a dictionary, one within the other too."""
    if isinstance(given, list | tuple | dict):
        for one in given.values() if isinstance(given, dict) else given:
            yield from _each(one)
    else:
        yield given


def _asks_nothing(function: Any) -> bool:
    return not inspect.signature(function).parameters and "Pattern" in str(
        inspect.signature(function).return_annotation
    )


def splits_words(pattern: str) -> bool:
    """Whether the pattern repeats something that itself repeats, and between whose turns nothing has to stand."""
    return _splits(PARSER.parse(pattern))


def _splits(parsed: Any) -> bool:
    return any(_is_loose(parsed.state, code, told) or any(map(_splits, _within(told))) for code, told in parsed)


def _is_loose(state: Any, code: Any, told: Any) -> bool:
    if code not in REPEATS or told[1] < MANY:
        return False
    items = list(told[2])
    while len(items) == 1 and items[0][0] is CODES.SUBPATTERN:
        items = list(items[0][1][3])
    taking = [item for item in items if item[0] not in LOOKS]
    needed = [item for item in taking if PARSER.SubPattern(state, [item]).getwidth()[0]]
    return len(needed) == 1 and needed[0][0] in REPEATS and needed[0][1][1] - needed[0][1][0] >= MANY


def _within(told: Any) -> Iterator[Any]:
    """The parsed parts inside what a code is told."""
    if isinstance(told, PARSER.SubPattern):
        yield told
    elif isinstance(told, list | tuple):
        for part in told:
            yield from _within(part)
