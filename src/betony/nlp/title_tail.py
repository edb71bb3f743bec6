"""The name of a site or of a part of it behind a title, told by what the page prints elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.text import squeeze

_TAIL = re.compile(r"\s(?:[|–—-])\s(?P<name>[^|–—]{3,60})$")
_LINES_BELOW = 20


def without_site(text: str, words: str, below: Sequence[Block]) -> int:
    """How many characters of the words are the title: less a tail that stands as a line of its own below, or in front of
    which the rest does."""
    tail = _TAIL.search(words)
    if tail is None or not tail.start():
        return len(words)
    lines = {squeeze(text[block.start : block.end]).casefold() for block in below[:_LINES_BELOW]}
    alone = tail["name"].casefold() in lines or words[: tail.start()].casefold() in lines
    return tail.start() if alone else len(words)
