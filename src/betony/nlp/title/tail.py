"""The name of a site or of a part of it behind a title, told by what the page prints elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block
from betony.nlp import heading_words
from betony.nlp.title import masthead
from betony.text import squeeze

_TAIL = re.compile(r"\s(?:[|–—-])\s(?P<name>[^|–—]{3,60})$")
_LINES_BELOW = 20


def without_site(text: str, words: str, below: Sequence[Block]) -> tuple[int, int]:
    """Which of the words are the title: less a tail that stands as a line of its own below, or in front of which the rest does;
    or the tail, where a part of any document stands before it, or its kind: "Overview | Waxing of the heel"."""
    tail = _TAIL.search(words)
    if tail is None or not tail.start():
        return 0, len(words)
    lines = {squeeze(text[block.start : block.end]).casefold() for block in below[:_LINES_BELOW]}
    front = words[: tail.start()].casefold()
    stands = tail["name"].casefold() in lines
    if front in lines and masthead.names_a_body(front):  # the kind of the document, printed once more above its number
        return tail.start("name"), len(words)
    if stands and front not in lines and heading_words.is_exact(front):
        return tail.start("name"), len(words)
    return 0, tail.start() if stands or front in lines else len(words)
