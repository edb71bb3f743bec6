"""The type of a document in its publisher's own words, as the page prints it on a line by the title or at the title's start."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from betony.assembly.draft import Draft
from betony.model import Block, Layer

_TOP = 6
"""Blocks of the body among which the type stands."""
_LONGEST = 240
"""Characters of a block beyond which it is prose, and no line by the title."""


def printed_type(draft: Draft, names: tuple[str, ...]) -> tuple[str, tuple[int, int]] | None:
    """The type, spelled out as the record has it, and where it stands; `names` are those that the publisher prints.

    It may stand in a bracket with its number at the title's end: "Cracked heels (Blue Guideline No. 46a)", or below the title in
    the name of a series: "HWX technical notes on boots". Of several the longest tells most. A name of one word counts on a line of its own
    alone: "Guidance on heels" is a title.
    """
    if not names:
        return None
    pattern = _pattern(names)
    stamps = _stamps(draft)
    body = [
        block
        for block in draft.product.blocks
        if block.layer is Layer.BODY
        and draft.text[block.start : min(block.end, block.start + _STAMP_LONGEST)] not in stamps
        and (not _is_the_sites(draft, block) or pattern.match(draft.text, block.start, block.end))
    ]
    lines = list(takewhile(lambda block: block.end - block.start <= _LONGEST, body[:_TOP]))
    spans = [span for i, block in enumerate(lines) if (span := _in_line(draft.text, block, pattern, at=i))]
    best = max(spans, key=lambda span: span[1] - span[0], default=None)
    name = draft.text[slice(*best)].lower() if best else ""
    if best is None or any(draft.text[slice(*span)].lower() not in name for span in spans):
        return None  # several types, as a list of documents or a menu has them
    if _is_of_a_list(draft.text, body[_TOP:], draft.text[slice(*best)]):
        return None
    return re.sub(r"[^a-z]+", "_", name), best


def _in_line(text: str, block: Block, pattern: re.Pattern[str], *, at: int) -> tuple[int, int] | None:
    """Where the line names a type: as a whole, at its start where it is one of the first two or a number follows, in a bracket, or
    below the first line in the name of a series; `at` is the number of the line, from 0."""
    match = pattern.match(text, block.start, block.end)
    if match is None or (match["series"] and not at):
        return None
    if not match["name"]:
        return match.span("bracketed" if match["bracketed"] else "series")
    behind = text[match.end("name") : block.end].strip(" *")
    return match.span("name") if at <= 1 or not behind or _NUMBER.match(behind) else None


_NUMBER = re.compile(r"(?:No\.?\s|Number\s)?\d|\([A-Z]{2,6}\)$")
"""What may stand behind the type on its line: its number, or its short form."""


_OFTEN = 3
_STAMP_LONGEST = 20


def _stamps(draft: Draft) -> set[str]:
    """The lines that stand on a page again and again, as the stamp of a draft does: "DRAFT"."""
    short = (block for block in draft.product.blocks if block.end - block.start < _STAMP_LONGEST)
    often = Counter(draft.text[block.start : block.end] for block in short)
    return {words for words, times in often.items() if times >= _OFTEN}


def _is_the_sites(draft: Draft, block: Block) -> bool:
    """Whether the block was found to be the site's, as a warning about the reader's browser is."""
    i = bisect_right(draft.starts, block.start) - 1
    return i >= 0 and draft.sections[i].layer is Layer.FURNITURE


def _is_of_a_list(text: str, below: Sequence[Block], name: str) -> bool:
    """Whether the name stands on a line of its own again, as on a page that lists several documents."""
    return any(text[block.start : block.end].strip() == name for block in below)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    every = "|".join(re.escape(name) for name in longest_first)
    several_words = "|".join(re.escape(name) for name in longest_first if " " in name) or "(?!)"
    return re.compile(
        rf"(?:An?\s|Archived\s)?(?P<name>(?i:{every})(?=\s{{0,3}}\*?\s*$)|(?i:{several_words})(?=\s?[:–—-]|\s(?!(?:Network|Newsletter|System|Team|Service)\b)[A-Z\d(]))"
        rf"|[A-Z]{{2,8}}(?:/[A-Z]{{2,8}})?\s(?P<series>(?i:{several_words}))s\son\s"
        rf"|[^\n]{{3,200}}\((?P<bracketed>(?i:{several_words}))\s(?:No\.?|Number)\s?\d{{1,4}}[a-z]?\)$"
    )
