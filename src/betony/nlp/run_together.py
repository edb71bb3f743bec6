"""Names of readers that a page has run together: "Podiatrists School Nurses Hospitals"."""

from __future__ import annotations

import re
from functools import cache

from betony.nlp import actors, vocabulary

_TITLE_CASE = re.compile(r"[A-Z][\w/'’-]{0,40}+(?: [A-Z][\w/'’-]{0,40}+){1,60}")
_LONGEST_PART = 6


def apart(words: str) -> list[str]:
    """The names, each up to its noun for people in the plural; none where it is not certain where each ends.

    Words that are no run of capitalised ones, or hold one such noun alone, come back whole.
    """
    if not _TITLE_CASE.fullmatch(words):
        return [words]
    parts: list[list[str]] = [[]]
    certain = True
    for word in words.split(" "):
        parts[-1].append(word)
        if _ends_name(parts[-1]):
            parts.append([])
        elif word.lower().endswith("s"):
            certain = False
    rest = parts.pop()
    if len(parts) + bool(rest) == 1:
        return [words]
    return [" ".join(part) for part in parts] if certain and not rest else []


def _ends_name(part: list[str]) -> bool:
    """Whether the last word is a noun for people in the plural, or completes a name that has none."""
    if tuple(word.lower() for word in part[-2:]) in _others() or (part[-1].lower(),) in _others():
        return True
    return part[-1].lower().endswith("s") and bool(actors.kinds(" ".join(part[-_LONGEST_PART:])))


@cache
def _others() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(name.split()) for name in vocabulary.read("identity")["readers"])
