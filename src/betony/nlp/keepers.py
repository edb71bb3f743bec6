"""What the sites that keep other people's documents write around them: sizes, counts, buttons, the numbers of pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from betony.model import Block, BlockKind

_AT_MOST = 40
"""So many blocks may stand above the words that a keeper has taken off a document."""
_LONGEST_NAME = 300
_A_BUTTON = 60
_SHORT = 200
_EXTRACT = 3
"""So many sentences above the line may be an extract; more are the document."""
_BESIDE = 4
"""So far from one another, in blocks, stand the buttons of a site."""
_SOME_WORDS = 3
_ENDED = re.compile(r"[a-z)\]][.!?][\"'”’)\]]*$")
_BEGINS = re.compile(r"(?:transcript(?:ion)?|citation preview|full text|document text)[:.]?", re.IGNORECASE)
"""A line above what was taken off the document."""
_SIGN = re.compile(
    r"(?:embed )?size ?(?:\(px\)|: ?px)|start display at page:?|(?:up|down)load(?: |: ?)\S.{0,150}|\d{1,9} (?:view|download)s?|(?:view|download)s?: \d{1,9} times|date post(?:ed)?: .{1,20}"
    r"|(?:view|download)s? \d{1,9}|post(?:ed)? on \d.{0,20}|loading ?\.{2,}.{0,40}|category: ?.{0,40}|report this document"
    r"|document related concepts|.{1,60} wikipedia ?, ?lookup|you are on page .{1,20}",
    re.IGNORECASE,
)
"""A line that only such a site writes: counts, buttons, a viewer's fields."""
_WEAK = re.compile(r"(?:up|down)load .*|category:.*", re.IGNORECASE)
"""Such a line that what a document asks for may be like: `Upload the form to the record`."""
_PAGE = re.compile(r"page \d{1,4}: (?P<words>\S.{0,190})", re.IGNORECASE)
"""A running header with its number before it: such a site writes one above each page that it has taken off."""
_OF_PAGES = re.compile(r"(?:(?<![a-z] )\bpage|\bP(?:age|AGE)):? (?:[Pp]age )?\d{1,4} (?:of|OF) \d{1,4}$")
"""Within a sentence the word has a small letter, and words before it."""
_SEE_PAGE = re.compile(r"\b(?:see|on|at|from|in|to|of) page:? (?:page )?\d{1,4} of \d{1,4}$", re.IGNORECASE)
_LONGEST_FOOT = 120
_PRINTED = re.compile(r"[^\n]{0,80}\bhttps?://[\w.-]{4,60}/?(?: ?-)?")
"""What a site prints above each of its pages: its name and its address."""
_NUMBER = re.compile(r"\W{0,3}\d{0,3}\W{0,3}")


def around(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks that are a keeper's and not the document's."""
    signs = [i for i, block in enumerate(blocks[:_AT_MOST]) if _is_sign(text, block)]
    if signs:
        yield from _above(text, blocks, signs)
    if len(blocks) > 1 and blocks[1].kind is BlockKind.PARAGRAPH and is_number(text[blocks[1].start : blocks[1].end]):
        yield 1
    if blocks and _is_short(blocks[0]) and _PRINTED.fullmatch(text, blocks[0].start, blocks[0].end):
        yield 0
    if "age" not in text and "AGE" not in text:
        return
    pages = {
        i: words for i, block in enumerate(blocks) if text[block.start] in "Pp" and (words := _on_its_page(text, block))
    }
    often = Counter(pages.values())
    for i, words in pages.items():
        if signs or often[words] > 1:
            yield i
    yield from _feet(text, blocks)


def _above(text: str, blocks: Sequence[Block], signs: Sequence[int]) -> Iterator[int]:
    """What stands between the name of a document and the line that begins what was taken off it, where at least one line is
    such as only keepers write; without that line, what stands from the first such line to the last."""
    top = blocks[:_AT_MOST]
    certain = [i for i in signs if not _WEAK.match(text, blocks[i].start, blocks[i].end)]
    if not certain:
        return
    begins = next((i for i, block in enumerate(top) if _BEGINS.fullmatch(text, block.start, block.end)), 0)
    if begins > signs[0]:
        said = sum(_says_something(text, block) for block in top[:begins])
        if said > _EXTRACT:
            yield from certain
            return
        named = (i for i, block in enumerate(top[:begins]) if _may_be_a_name(text, block))
        name = next(named, begins)
        for i in range(begins + 1):
            if i != name or i in signs:
                yield i
    elif len(signs) > 1 and all(block.end - block.start < _A_BUTTON for block in top[signs[0] : signs[-1]]):
        close = all(next_ - one <= _BESIDE for one, next_ in pairwise(signs))
        close = close and not any(_says_something(text, block) for block in top[signs[0] : signs[-1]])
        yield from range(signs[0], signs[-1] + 1) if close else certain


def _says_something(text: str, block: Block) -> bool:
    """Whether it is a whole sentence, such as a document and no button holds."""
    words = text[block.start : block.end]
    return words.count(" ") >= _SOME_WORDS and _ENDED.search(words[-10:]) is not None


def _may_be_a_name(text: str, block: Block) -> bool:
    """Whether a block may be the name of a document: no number, and not the extract that a keeper sets above it."""
    return block.end - block.start <= _LONGEST_NAME and not is_number(text[block.start : block.end])


def _feet(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The lines that say which page of how many they stand on, and a line that stands above several such lines."""
    feet = [
        i
        for i, block in enumerate(blocks)
        if text[block.end - 1].isdigit() and block.end - block.start <= _LONGEST_FOOT and _foots_a_page(text, block)
    ]
    lines = {i: text[blocks[i - 1].start : blocks[i - 1].end] for i in feet if i and _is_short(blocks[i - 1])}
    often = Counter(lines.values())
    for i in feet:
        yield i
        if i in lines and often[lines[i]] > 1:
            yield i - 1


def is_number(words: str) -> bool:
    """Whether a line holds the number of a page, or signs, and no word."""
    return _NUMBER.fullmatch(words) is not None


def _is_short(block: Block) -> bool:
    return block.end - block.start <= _SHORT


def _is_sign(text: str, block: Block) -> bool:
    """Whether only a keeper of documents writes such a line."""
    start = block.start + 1 if block.kind is BlockKind.LIST_ITEM else block.start
    return _is_short(block) and _SIGN.fullmatch(" ".join(text[start : block.end].split())) is not None


def _on_its_page(text: str, block: Block) -> str:
    """What stands behind the number of a page, which heads the line."""
    match = _PAGE.fullmatch(text, block.start, block.end) if _is_short(block) else None
    return match["words"].lower() if match else ""


def _foots_a_page(text: str, block: Block) -> bool:
    """Whether a line says at its end which page of how many it stands on."""
    return (
        _OF_PAGES.search(text, block.start, block.end) is not None
        and _SEE_PAGE.search(text, block.start, block.end) is None
    )
