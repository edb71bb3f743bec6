"""Running heads: the title with the reference behind it, which the pages of a printed document repeat."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

from betony.model import Block

_START = attrgetter("start")
_LONGEST = 250
_SHORTEST_CUT = 20
"""Characters of a head that the capture has cut, by which it is still known."""
_HEAD = re.compile(r"[A-Z][^\n]{7,}(?:\n[^\n]{1,100})?\((?:[A-Z]{2,4}) ?\d{1,4}\)")
_FOOT = re.compile(
    r"[Pp©](?:(?<=[Pp])(?:age|AGE)(?<=\b.{4}) \d{1,4} (?:of|OF)\b"
    r"|(?<=©).{0,60}\b(?:[Aa]ll [Rr]ights [Rr]eserved|ALL RIGHTS RESERVED))"
)
"""What a page ends with; where the number of pages is lost the rights are still reserved. It begins with one set of signs, for
which `re` looks ten times as fast as in whatever case."""


def heads(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks, one or two lines each time, that stand below the foot of the page before and are the head of the next."""
    known: set[str] = set()
    feet = {bisect_right(blocks, match.start(), key=_START) for match in _FOOT.finditer(text)}
    for i in sorted(feet - {0, len(blocks)}):
        for last in (i, i + 1):
            if last < len(blocks) and _HEAD.fullmatch(words := _words(text, blocks, i, last)):
                known.add(_plain(words))
                yield from range(i, last + 1)
                break
        else:
            if i + 1 == len(blocks) and _is_begun(_words(text, blocks, i, i), known):
                yield i


def _words(text: str, blocks: Sequence[Block], first: int, last: int) -> str:
    start, end = blocks[first].start, blocks[last].end
    return text[start:end] if end - start <= _LONGEST else ""


def _is_begun(words: str, known: set[str]) -> bool:
    """Whether the last line of a text begins a head that it holds whole above."""
    begun = _plain(words)
    return len(begun) >= _SHORTEST_CUT and any(head.startswith(begun) for head in known)


def _plain(words: str) -> str:
    return " ".join(words.split())
