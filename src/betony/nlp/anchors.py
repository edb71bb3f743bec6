"""Links to the parts of a page, one below the other right above the first of them: they only lead about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Block

_LONGEST = 140
"""Characters of a link."""
_LINKS = 5
"""So many lines of which the first stands again below the last are links; fewer may be a title and what belongs to it."""
_SENTENCE_END = re.compile(r"[.!?;,:][\"'”’)\]]*$")


def to_parts(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lines of each such list: the name of the first part stands again right below them, as its heading."""
    start = 0
    for end in range(1, len(blocks)):
        if text.count("\n", blocks[end - 1].end, blocks[end].start) == 1:
            continue
        lines = [_line(text, block) for block in blocks[start:end]] if end - start >= _LINKS else []
        if lines and lines[0] == _line(text, blocks[end]) and all(map(_is_name, lines)):
            yield from range(start, end)
        start = end


def _line(text: str, block: Block) -> str:
    return " ".join(text[block.start : min(block.end, block.start + _LONGEST + 1)].split()).strip(" •*-–")


def _is_name(line: str) -> bool:
    return 0 < len(line) <= _LONGEST and not _SENTENCE_END.search(line)
