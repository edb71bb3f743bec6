"""Which item of a version is which of the next: by what stays the same, then by how alike the words are."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from betony.changes.words import likeness

T = TypeVar("T")
Key = Callable[[T], Hashable | None]
_MOST = 200_000
"""Pairs that are compared by their words; beyond, only what stays the same counts."""
_ALIKE = 0.55
"""From here on two wordings are one item reworded; below, one went and another came."""
_SAME_NAME = 0.15
"""What the same name adds to the likeness of two items' words."""


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """The items of two versions, brought together."""

    pairs: tuple[tuple[T, T], ...]
    """In order of the later version."""
    removed: tuple[T, ...]
    added: tuple[T, ...]


def match(
    before: Sequence[T],
    after: Sequence[T],
    *,
    same: Sequence[Key[T]],
    words: Callable[[T], Counter[str]],
    name: Key[T],
    last: Sequence[Key[T]] = (),
) -> Match[T]:
    """Pairs the items that share a key of `same`, the strongest key first; of the rest those whose words are alike, the
    likest first, where a common `name` counts for something; then those that share one of `last`. A key that is None
    pairs nothing.
    """
    pairs: dict[int, int] = {}
    old, new = set(range(len(before))), set(range(len(after)))
    for key in same:
        _by_key(before, after, key, old, new, pairs)
    if 0 < len(old) * len(new) <= _MOST:
        _by_words(before, after, words, name, old, new, pairs)
    for key in last:
        _by_key(before, after, key, old, new, pairs)
    return Match(
        tuple((before[i], after[j]) for j, i in sorted((j, i) for i, j in pairs.items())),
        tuple(before[i] for i in sorted(old)),
        tuple(after[j] for j in sorted(new)),
    )


def _by_key(
    before: Sequence[T], after: Sequence[T], key: Key[T], old: set[int], new: set[int], pairs: dict[int, int]
) -> None:
    waiting: dict[Hashable, list[int]] = defaultdict(list)
    for i in sorted(old, reverse=True):
        if (value := key(before[i])) is not None:
            waiting[value].append(i)
    for j in sorted(new):
        value = key(after[j])
        if value is not None and waiting.get(value):
            _join(waiting[value].pop(), j, old, new, pairs)


def _by_words(
    before: Sequence[T],
    after: Sequence[T],
    words: Callable[[T], Counter[str]],
    name: Key[T],
    old: set[int],
    new: set[int],
    pairs: dict[int, int],
) -> None:
    counted = {j: (words(after[j]), name(after[j])) for j in new}
    scored = []
    for i in old:
        ours, own = words(before[i]), name(before[i])
        for j, (theirs, other) in counted.items():
            score = likeness(ours, theirs) + (_SAME_NAME if own is not None and own == other else 0.0)
            if score >= _ALIKE:
                scored.append((-score, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        if i in old and j in new:
            _join(i, j, old, new, pairs)


def _join(i: int, j: int, old: set[int], new: set[int], pairs: dict[int, int]) -> None:
    pairs[i] = j
    old.discard(i)
    new.discard(j)


def out_of_order(places: Sequence[int]) -> set[int]:
    """The fewest indices of a sequence of distinct numbers that must be taken out for the rest to ascend."""
    tails: list[int] = []  # index that ends the best chain of each length
    before: list[int | None] = []
    for i, place in enumerate(places):
        length = bisect_left(tails, place, key=places.__getitem__)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [i]
    kept = set()
    at = tails[-1] if tails else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return set(range(len(places))) - kept
