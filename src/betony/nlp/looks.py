"""Cheap looks that spare a sentence the costly ones."""

from __future__ import annotations

from collections.abc import Iterable


def has_any(words: str, cues: Iterable[str]) -> bool:
    """Whether one of the cues stands in the words, letter for letter."""
    for cue in cues:  # noqa: SIM110  a generator inside any() takes twice as long, and this runs on every sentence
        if cue in words:
            return True
    return False
