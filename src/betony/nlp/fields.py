"""Names and their values on lines of their own, `Status:` above `In progress`: a list of facts whose layout is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block, BlockKind

_NAME = re.compile(r"[A-Z][A-Za-z /()'’-]{1,39}: ?")
_LONGEST_VALUE = 120
_PAIRS = 3
"""So many names in a row, each with its value, are a list of facts; one or two may be headings."""


def runs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Where each list of names and values starts, and where it ends."""
    i = 0
    while i < len(blocks):
        end = i
        while end + 1 < len(blocks) and _is_pair(text, blocks, end, begins=end == i):
            end += 2
        if end - i >= 2 * _PAIRS:
            yield i, end
        i = max(end, i + 1)


def _is_pair(text: str, blocks: Sequence[Block], i: int, *, begins: bool) -> bool:
    name, value = blocks[i], blocks[i + 1]
    if (
        text[name.end - 1] not in ": "
        or not name.kind is value.kind is BlockKind.PARAGRAPH
        or value.end - value.start > _LONGEST_VALUE
    ):
        return False
    close = _is_close(text, name, value) and (begins or _is_close(text, blocks[i - 1], name))
    return close and _NAME.fullmatch(text, name.start, name.end) is not None and text[value.end - 1] not in ":;,"


def _is_close(text: str, one: Block, other: Block) -> bool:
    return text.count("\n", one.end, other.start) == 1
