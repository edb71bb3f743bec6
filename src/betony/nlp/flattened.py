"""Plain text whose lines have run into one another: headings and what stands under them on one line, taken apart again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from betony.model import Block, BlockKind, SectionType

_SHORTEST = 150
"""Characters of a line that may hold a heading and its text."""
_LONGEST_HEADING = 8
"""Words of a heading that is looked for within a line."""
_NUMBER = re.compile(r"(?:(?<=\s)|^)(\d{1,2})(?:\.0)?[.)]?\s(?=[A-Z])")
_WORD = re.compile(r"\S+")
_CAPITALS = re.compile(r"(?<!\S)[A-Z][A-Z'’/&,()-]{2,30}:?(?: [A-Z&(][A-Z'’/&,()-]{0,30}:?){0,12}(?= [^a-z\s])")
"""Words in capitals, in a row, before one that begins like a sentence."""
_ENDED = re.compile(r"[.?!:)\]”][\d\s]*$")
_ONE = 8
"""Letters of a single word in capitals that may be a heading."""
_A_PAGE = 60
"""So many blocks has a page. In longer texts …"""
_A_LINE = 300
"""… so many characters on a line, taken all together, show that lines have run into one another."""
_ABBREVIATION = 6
"""Letters of an abbreviation and the space before it, at most."""
_LONG = 500
"""Characters of a line in which headings may stand between sentences."""
_SENTENCE_BEGINS = re.compile(r"(?<=[a-z)\]\d][.?!] )[A-Z]")
_LITTLE = 4
"""Letters of a word that needs no capital in a heading."""
_LABELS = 3
"""So many types are named by the labels of a structured abstract."""
_LABEL = re.compile(r"([A-Z][a-z]+(?: [a-z]+){0,3}): (?=[A-Z])")
"""A name with a colon before what it is the name of, as in a structured abstract."""

TypeOf = Callable[[str], SectionType | None]


def apart(text: str, blocks: Sequence[Block], type_of: TypeOf) -> list[Block]:
    """The blocks, those taken apart that hold headings: known ones that are numbered in their order, or written in capitals;
    and the labels before the paragraphs of a structured abstract."""
    if len(blocks) > _A_PAGE and blocks[-1].end - blocks[0].start < _A_LINE * len(blocks):
        return list(blocks)
    labels = _labels(text, blocks, type_of)
    found: list[Block] = []
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.PARAGRAPH or block.end - block.start < _SHORTEST:
            inside = []
        else:
            inside = sorted(
                [
                    *_numbered(text, block, type_of),
                    *_in_capitals(text, block, type_of),
                    *_between_sentences(text, block, type_of),
                ]
            )
        if not inside and i in labels:
            inside = [(block.start, labels[i])]
        found += _pieces(text, block, inside) if inside else [block]
    return found


def _pieces(text: str, block: Block, inside: Sequence[tuple[int, int]]) -> Iterator[Block]:
    at = block.start
    for start, end in inside:
        if start < at:
            continue
        yield from _piece(text, at, start, BlockKind.PARAGRAPH)
        yield from _piece(text, start, end, BlockKind.HEADING)
        at = end
    yield from _piece(text, at, block.end, BlockKind.PARAGRAPH)


def _piece(text: str, start: int, end: int, kind: BlockKind) -> Iterator[Block]:
    words = text[start:end]
    if words.strip():
        yield Block(kind, start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _numbered(text: str, block: Block, type_of: TypeOf) -> list[tuple[int, int]]:
    """Where known headings stand whose numbers follow one another."""
    found = []
    for match in _NUMBER.finditer(text, block.start, block.end):
        if end := _heading_end(text, match.end(), block.end, type_of):
            found.append((int(match[1]), match.start(), end))
    in_order = {
        each
        for one, next_ in pairwise(found)
        if one[0] + 1 == next_[0] and _has_words(text, one[2], next_[1])
        for each in (one, next_)
    }
    return [(start, end) for _, start, end in sorted(in_order)]


def _has_words(text: str, start: int, end: int) -> bool:
    """Whether something stands between two headings: where nothing does, they are names in a row, `1. Rash 2. Fever`."""
    return any(map(str.isalnum, text[start:end]))


def _in_capitals(text: str, block: Block, type_of: TypeOf) -> Iterator[tuple[int, int]]:
    """Where known headings stand in capitals, among words that are not."""
    for match in _CAPITALS.finditer(text, block.start, block.end):
        ends = [word.end() for word in _WORD.finditer(text, match.start(), match.end())]
        for count, end in reversed(list(enumerate(ends, 1))):
            if count == 1 and (
                len(ends) > 1 or end - match.start() < _ONE or not _is_first(text, block, match.start())
            ):
                break
            if count < len(ends) and ends[count] - end > _ABBREVIATION:
                continue  # the next word belongs to it, and is no abbreviation
            if count <= _LONGEST_HEADING and type_of(text[match.start() : end]):
                yield match.start(), end
                break


def _between_sentences(text: str, block: Block, type_of: TypeOf) -> list[tuple[int, int]]:
    """Where known headings of some words, each with a capital, stand between sentences; none where only one does."""
    if block.end - block.start < _LONG:
        return []
    found = []
    for match in _SENTENCE_BEGINS.finditer(text, block.start, block.end):
        end = _heading_end(text, match.start(), block.end, type_of)
        words = text[match.start() : end].split()
        if len(words) > 1 and all(word[:1].isupper() or len(word) < _LITTLE for word in words):
            found.append((match.start(), end))
    return found if len(found) > 1 else []


def _heading_end(text: str, start: int, end: int, type_of: TypeOf) -> int:
    """Where the longest known heading ends that begins at `start` and has other words behind it; 0 where there is none."""
    found = 0
    words = list(_WORD.finditer(text, start, min(end, start + 120)))[: _LONGEST_HEADING + 1]
    for word, behind in pairwise(words):
        if not text[behind.start()].islower() and type_of(text[start : word.end()]):
            found = word.end()
    return found


def _is_first(text: str, block: Block, at: int) -> bool:
    """Whether nothing stands before the place in the block, or a sentence that has ended."""
    return at == block.start or _ENDED.search(text, max(block.start, at - 10), at) is not None


def _labels(text: str, blocks: Sequence[Block], type_of: TypeOf) -> dict[int, int]:
    """Of each paragraph that begins with a known heading and a colon where the heading ends; none where they do not name
    several types, as the labels of a structured abstract do."""
    if len(blocks) > _A_PAGE:
        return {}
    found: dict[int, int] = {}
    types: set[SectionType] = set()
    for i, block in enumerate(blocks):
        match = _LABEL.match(text, block.start, block.end) if block.kind is BlockKind.PARAGRAPH else None
        if match and block.end - match.end() > _SHORTEST // 2 and (type_ := type_of(match[1])):
            found[i] = match.end() - 1
            types.add(type_)
    return found if len(types) >= _LABELS else {}
