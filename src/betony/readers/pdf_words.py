"""Fragments of a PDF page put together to running words: spaces between them, and hyphens at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from betony.readers.compose import Run
from betony.readers.pdf_pages import LINE_END_HYPHEN, Fragment

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = re.compile(
    r"(?:ment|tion|sion|ation|ition|cian|ness|ity|ities|ology|ance|ence|ing|ings|ly|ally|tive|tional|tionally|sive"
    r"|tious|cious|ious|ous|ical|ically|ised|ising|ized|izing)s?"
)
"""What is no word, so that no hyphen of the writer's stands before it."""
_HYPHENS = f"-‐\u00ad{LINE_END_HYPHEN}"


def vocabulary(fragments: Iterable[Fragment]) -> frozenset[str]:
    """The words of the document in lower case, without those that a line's end cuts."""
    words: set[str] = set()
    for fragment in fragments:
        text = fragment.text.rstrip()
        found = [word.lower() for word in _WORD.findall(text)]
        words.update(found[:-1] if text.endswith(tuple(_HYPHENS)) else found)
    return frozenset(words)


def same_line(one: Fragment, other: Fragment) -> bool:
    """Whether they stand on one line; small numbers above or below it do."""
    return one.page == other.page and abs(one.y - other.y) <= 0.6 * max(one.size, other.size)


class Words:
    """Running words under construction."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._runs: list[Run] = []
        self._last: Fragment | None = None
        self._hyphen = ""

    def __bool__(self) -> bool:
        return bool(self._runs)

    def add(self, fragment: Fragment) -> None:
        """Goes on with the fragment, after whatever belongs between it and the one before."""
        text = fragment.text
        if self._last is not None:
            between = self._between(self._last, text, fragment)
            if between:
                self._runs.append(Run(between, fragment.url if fragment.url == self._last.url else None))
        kept = text.rstrip(_HYPHENS) if text.endswith(tuple(_HYPHENS)) else text
        self._hyphen = text[len(kept) :]
        self._runs.append(Run(kept.replace(LINE_END_HYPHEN, "-"), fragment.url))
        self._last = fragment

    def add_text(self, text: str) -> None:
        """Goes on with words that are drawn nowhere."""
        self._settle()
        self._runs.append(Run(text))

    def take(self) -> list[Run]:
        """What was put together since the last time."""
        self._settle()
        runs, self._runs = self._runs, []
        return runs

    def _settle(self) -> None:
        if self._hyphen:
            self._runs.append(Run(self._hyphen.replace(LINE_END_HYPHEN, "-")))
        self._last, self._hyphen = None, ""

    def _between(self, last: Fragment, text: str, fragment: Fragment) -> str:
        hyphen = self._hyphen.replace(LINE_END_HYPHEN, "-")
        if same_line(last, fragment):
            apart = fragment.x0 - last.x1 > 0.15 * max(last.size, fragment.size)
            return f"{hyphen} " if apart else hyphen
        if not hyphen or not text[:1].islower():
            # A dash that stands for itself keeps the space that the line's end is.
            return f"{hyphen} " if not hyphen or not text[:1].isalnum() or self._stands_apart() else hyphen
        return self._mended(hyphen, text)

    def _mended(self, hyphen: str, text: str) -> str:
        """Nothing where the hyphen only cut a word: a soft one, one without which the document knows the word, or one before
        what is the end of a word alone.
        """
        before = _LAST_WORD.search(self._runs[-1].text)
        after = _FIRST_WORD.match(text)
        if not before or not after:
            return f"{hyphen} "
        whole, hyphened = (before[0] + after[0]).lower(), f"{before[0]}-{after[0]}".lower()
        cuts = whole in self._known or _ENDINGS.fullmatch(after[0]) is not None
        if hyphen == "\u00ad" or (cuts and hyphened not in self._known):
            return ""
        return hyphen

    def _stands_apart(self) -> bool:
        return not _LAST_WORD.search(self._runs[-1].text)
