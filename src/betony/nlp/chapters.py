"""The chapters of plain text: lines whose numbers go on from those of known headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from betony.model import Block, BlockKind, Layer
from betony.nlp.passages import is_date
from betony.nlp.strength.reading import sentence_wording

_NUMBERED = re.compile(r"(?P<number>\d{1,2})(?P<sign>\.0|[.)])?[ \t\u00a0]{1,9}(?=\S)")
_SENTENCE_END = re.compile(r"[.!;,][\"'”’)\]]*(?:\s?\[[^\]]{1,160}\])?$")
_FINISHED = re.compile(r"[.!?:;][\"'”’)\]]*(?:\s?\[[^\]]{1,160}\])?$")
_LONGEST = 90
_MOST_WORDS = 12
_LAST = 99
"""A number that no chapter exceeds."""

IsKnown = Callable[[int], bool]
"""Whether the vocabulary knows the block of that place for a heading."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A short line that begins with a number."""

    place: int
    number: int
    sign: str
    words: str
    """What stands behind the number."""
    free: bool
    """A blank line stands above it."""
    known: bool


def unknown(text: str, blocks: Sequence[Block], is_known: IsKnown) -> list[int]:
    """The places of the lines that head chapters though no vocabulary holds them: where `1. Introduction` and `3. References`
    are headings, `2. Heels` between them is one too, and so is `4. Socks` below them.

    Numbers that begin anew count the items of a list, as far as they go on; what may be the next of either is none.
    """
    lines = _lines(text, blocks, is_known)
    anchors = [at for at, line in enumerate(lines) if line.known]
    if not anchors:
        return []
    found = _down_to(text, blocks, lines[: anchors[0] + 1])
    for at, behind in pairwise([*anchors, len(lines)]):
        following = lines[behind].number if behind < len(lines) else 0
        found += _from(text, blocks, lines[at:behind], following)
    return found


def _lines(text: str, blocks: Sequence[Block], is_known: IsKnown) -> list[_Line]:
    found = []
    for i, block in enumerate(blocks):
        number = _NUMBERED.match(text, block.start, block.end) if text[block.start].isdecimal() else None
        if number is None or block.kind is not BlockKind.PARAGRAPH or block.layer is not Layer.BODY:
            continue
        gap = text[blocks[i - 1].end : block.start] if i else "\n\n"
        free = gap.count("\n") > 1 or "\f" in gap
        known = block.end - block.start <= _LONGEST and (free or _after_an_end(text, blocks, i)) and is_known(i)
        words = text[number.end() : block.end]
        found.append(_Line(i, int(number["number"]), number["sign"] or "", words, free, known))
    return found


def _from(text: str, blocks: Sequence[Block], lines: Sequence[_Line], following: int) -> list[int]:
    """The chapters that follow the known one that stands first of the lines, up to the next known one and its number."""
    chapter, item, found = lines[0], 0, []
    last = following - 1 if following > chapter.number else _LAST
    for line in lines[1:]:
        if line.number == item + 1:
            item = line.number
        elif line.number == chapter.number + 1 <= last and _is_alike(text, blocks, line, lines[0]):
            found.append(line.place)
            chapter, item = line, 0
    return found


def _down_to(text: str, blocks: Sequence[Block], lines: Sequence[_Line]) -> list[int]:
    """The chapters before the first known one, which stands last of the lines: all from the first on, or none."""
    before = lines[:-1]
    if not before or [line.number for line in before] != list(range(1, lines[-1].number)):
        return []
    alike = all(_is_alike(text, blocks, line, lines[-1]) for line in before)
    return [line.place for line in before] if alike else []


def _is_alike(text: str, blocks: Sequence[Block], line: _Line, known: _Line) -> bool:
    """Whether a line reads and stands as the known heading does, and heads something that is no number of its own row."""
    block = blocks[line.place]
    if (
        line.sign != known.sign
        or (known.words.isupper() and not line.words.isupper())
        or (known.free and not line.free)
    ):
        return False
    if not line.words[0].isupper() or block.end - block.start > _LONGEST or len(line.words.split()) > _MOST_WORDS:
        return False
    if "\n" in line.words or "\t" in line.words or _SENTENCE_END.search(line.words) or is_date(line.words):
        return False
    if not line.free and not _after_an_end(text, blocks, line.place):
        return False
    return _heads_something(text, blocks, line) and sentence_wording(line.words) is None


def _heads_something(text: str, blocks: Sequence[Block], line: _Line) -> bool:
    """Whether words stand below the line that do not go on with it, nor bear the next of its numbers."""
    if line.place + 1 >= len(blocks) or blocks[line.place + 1].layer is not Layer.BODY:
        return False
    below = blocks[line.place + 1]
    number = _NUMBERED.match(text, below.start, below.end)
    return not text[below.start].islower() and (number is None or int(number["number"]) != line.number + 1)


def _after_an_end(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether what stands above is finished: a heading, an item of a list, a sentence."""
    above = blocks[i - 1]
    return above.kind is not BlockKind.PARAGRAPH or bool(
        _FINISHED.search(text[max(above.start, above.end - 170) : above.end])
    )
