"""The blocks of one recommendation while they are being gathered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from betony.model import Block
from betony.nlp import lists
from betony.text import squeeze

Number = tuple[str, tuple[int, int]]
"""A number as printed, and where the words that say it stand."""


@dataclass(slots=True)
class Entry:
    """The blocks of one recommendation while they are being gathered; `number` as printed."""

    blocks: list[Block]
    number: str | None = None
    kind: str = "recommendation"
    decimal: bool = False
    skip: int = 0
    """How many characters of the first block are number and bullet."""
    number_span: tuple[int, int] | None = None
    """Where the number stands when it is not in the blocks: in a heading or a title above them."""

    def take(self, number: Number | None) -> Entry:
        """The entry, with a number that stands above it."""
        if number:
            self.number, self.number_span = number
        return self


def has_decimals(entries: Iterable[Entry]) -> bool:
    """Whether one of the entries is numbered with a stop inside, as in `1.2`."""
    return any(entry.decimal for entry in entries)


def own_words(text: str, entry: Entry) -> str:
    """The words of the first block behind its number."""
    first = entry.blocks[0]
    return text[first.start + entry.skip : first.end].strip()


def pieces_of(text: str, entry: Entry) -> list[str]:
    """The words of each block, without number and bullets."""
    pieces = [lists.words(text, block) for block in entry.blocks]
    if entry.skip:
        pieces[0] = squeeze(own_words(text, entry))
    return pieces
