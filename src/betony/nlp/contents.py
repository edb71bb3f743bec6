"""Tables of contents in plain text: they only lead about the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from betony.model import Block
from betony.nlp import furniture

_TITLE = re.compile(r"(?:[\w' ]{1,30} )?contents(?: page| list)?:?|(?:table of )?content:?", re.IGNORECASE)
_PLAIN_TITLE = re.compile(r"(?:\W{0,45}|.{0,45}\b(?:table|list) of )contents?(?: page| list)?:?", re.IGNORECASE)
"""What only a table of contents is called; `Kit contents` may as well stand above what is in a box, and how many of each."""
_LONGEST = 140
"""Characters of an entry."""
_LONGEST_TITLE = 45
_PAGED = re.compile(r"(?P<words>[^\n]{2,140}?)(?<![ \t.…])[ \t.…]++(?P<page>\d{1,3}|[ivxl]{1,5})")
_ALONE = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?|[ivxl]{1,5}")
"""The number of a page or of a chapter, on a line of its own."""
_SAID = re.compile(
    r"\b(?:above|age|aged|and|at|below|days?|every|figure|from|grade|hours?|least|minutes?|months?|most|of|or|over|page|step"
    r"|table|than|the|to|type|under|until|weeks?|within|years?)\Z"
)
"""The last words of what goes on in its number, as in `at week 12`: it is no name with a page."""
_CAPTION = re.compile(r"(?:table|figure|box)\b", re.IGNORECASE)
_CHAPTER = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,9})\.?\s")
_SENTENCE_END = re.compile(r"[a-z)][.;:!][\"'”’)\]]*$")
_LEADER = re.compile(r"(?:(?<!\.)\.{3,}+|…|(?<!\. )(?:\. ){3,}+)\s?(?:\d{1,3}|[ivxl]{1,5})\b")
"""Each run of dots is looked at from its beginning alone: from each of its dots anew would take a time that grows with its
square."""
_LEADS_NOWHERE = re.compile(r"\w ?(?<!\.)\.{6,}+$")
_RUN_INTO = re.compile(r"\b(?:Contents|CONTENTS)\b")
_NEXT = re.compile(r"(?<=[a-z)?\d]) (?=[A-Z])")
"""Where one entry has run into the next."""
_ENTRIES = 3
"""So many entries with the numbers of pages make a table below a line that says so …"""
_BARE = 5
"""… and so many where none does, but the chapters' own numbers rise."""
_MANY = 8
"""… and so many where nothing but the pages' numbers rises."""
_APART = 4
"""So many lines without a number end a table with the numbers of pages."""
_RUN_TOGETHER = 8
"""So many entries have run into one another where it is a table, and no sentence."""


def tables(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The blocks of tables of contents, the line that names one left to others."""
    place = _Place(text, blocks)
    refused = 0
    may_lead = "..." in text or "…" in text or ". . ." in text
    may_say = "ontent" in text or "CONTENT" in text
    i, last = 0, -2
    while i < len(blocks):
        block = blocks[i]
        length = block.end - block.start
        if length <= _LONGEST:
            end = i
            if may_say and length <= _LONGEST_TITLE and _is_title(text[block.start : block.end]):
                end = _below_a_title(text, blocks, i + 1)
                yield from range(i + 1, end)
            elif i >= refused and text[block.end - 1].isdigit():
                end, is_table = _in_order(text, blocks, i)
                if is_table and place.leads(i, end):
                    yield from range(i, end)
                else:
                    end, refused = i, end
            if end > i:
                i = end
                continue
        if (may_lead or may_say) and (length > _LONGEST or may_lead):
            words = text[block.start : block.end]
            if _is_table(words) or (length > _LONGEST and i - 1 == last and runs_together(words)):
                yield (last := i)
        i += 1


def cut_short(text: str, blocks: Sequence[Block]) -> Iterator[int]:
    """The last block of a text that the capture has cut within a table of contents: a name with dots behind it that lead
    nowhere any more, or one begun below the others."""
    if len(blocks) < 2:
        return
    last, above = (text[block.start : min(block.end, block.start + _LONGEST + 1)] for block in (blocks[-1], blocks[-2]))
    begun = len(above) <= _LONGEST and furniture.leads_to_a_page(above) and not _SENTENCE_END.search(last)
    if len(last) <= _LONGEST and (begun or _LEADS_NOWHERE.search(last)):
        yield len(blocks) - 1


def _below_a_title(text: str, blocks: Sequence[Block], start: int) -> int:
    """Where the table ends whose title stands above blocks[start]: behind its last entry with a number."""
    end, entries, apart, i = start, 0, 0, start
    seen: set[str] = set()
    above = text[blocks[start - 1].start : blocks[start - 1].end]
    must_rise, page = _PLAIN_TITLE.fullmatch(above) is None, 0
    while i < len(blocks) and blocks[i].end - blocks[i].start <= _LONGEST:
        words = " ".join(text[blocks[i].start : blocks[i].end].split())
        paged = _PAGED.fullmatch(words)
        if paged and _SAID.search(paged["words"]):
            paged = None
        if must_rise and paged and paged["page"].isdecimal():
            if int(paged["page"]) < page:
                return start - 1
            page = int(paged["page"])
        name = (paged["words"] if paged else words).lower()
        if _SENTENCE_END.search(words) or (name in seen and not _ALONE.fullmatch(words)):
            break
        seen.add(name)
        if paged or _ALONE.fullmatch(words):
            entries, apart, end = entries + 1, 0, i + 1
        else:
            apart += 1
            if apart > _APART:
                break
        i += 1
    return end if entries >= _ENTRIES else start - 1


def _in_order(text: str, blocks: Sequence[Block], start: int) -> tuple[int, bool]:
    """Where lines end of a rising chapter's number, words, and a rising page's, or of words and the page's; and whether
    they are enough, and their names different enough, for a table that no line names."""
    numbered = text[blocks[start].start].isdigit()
    last: tuple[tuple[int, ...], int] | None = None
    first_words: set[str] = set()
    i = start
    while i < len(blocks) and blocks[i].end - blocks[i].start <= _LONGEST:
        at, end = blocks[i].start, blocks[i].end
        if not text[end - 1].isdigit() or not (text[at].isdigit() if numbered else text[at].isupper()):
            break
        paged, chapter = _WHOLE.match(text, at, end), _CHAPTER.match(text, at, end)
        if not paged or (numbered and not chapter) or _SAID.search(text[at : paged.start("page")].rstrip(" \t.…")):
            break
        place = tuple(map(int, chapter["number"].split("."))) if chapter else (), int(paged["page"])
        if last and ((numbered and place[0] <= last[0]) or place[1] < last[1]):
            break
        last = place
        first_words.add(text[at:end].split(maxsplit=1)[0])
        i += 1
    if numbered:
        return i, i - start >= _BARE
    return i, i - start >= _MANY and len(first_words) * 2 > i - start


class _Place:
    """Where a table of contents that no line names may stand: above all sentences, or above what it names."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text, self.blocks = text, blocks
        self._first_sentence: int | None = None
        self._last: dict[str, int] = {}

    def leads(self, start: int, end: int) -> bool:
        """Whether no sentence stands above the lines, or half of what they name stands again below them."""
        if self._first_sentence is None:
            self._look()
        if start <= (self._first_sentence or 0):
            return start == 0 or not _CAPTION.match(self._words(start - 1))
        again = sum(
            self._last.get(self._name(_PAGED.sub(r"\g<words>", self._words(i))), 0) >= end for i in range(start, end)
        )
        return again * 2 >= end - start

    def _look(self) -> None:
        self._first_sentence = len(self.blocks)
        for i, block in enumerate(self.blocks):
            if block.end - block.start <= _LONGEST:
                self._last[self._name(self._words(i))] = i
            ends = self.text[max(block.start, block.end - 10) : block.end]
            if self._first_sentence > i and _SENTENCE_END.search(ends):
                self._first_sentence = i

    def _words(self, i: int) -> str:
        return self.text[self.blocks[i].start : self.blocks[i].end]

    @staticmethod
    def _name(words: str) -> str:
        """A line without its chapter's number."""
        chapter = _CHAPTER.match(words)
        return " ".join(words[chapter.end() if chapter else 0 :].split()).lower()


_WHOLE = re.compile(r"[\dA-Z][^\n]{1,135}?[A-Za-z)?][ \t.…]++(?P<page>\d{1,3})$")


@lru_cache(maxsize=1024)
def _is_title(words: str) -> bool:
    return "ontent" in words.lower() and _TITLE.fullmatch(words) is not None


def _is_table(words: str) -> bool:
    """Whether a long line is a table of contents whose entries have run into one another: by its leaders, or by its title."""
    if ("..." in words or "…" in words or ". . ." in words) and _is_led(words):
        return True
    said = len(words) > _LONGEST and ("Contents" in words or "CONTENTS" in words)
    found = _RUN_INTO.search(words) if said else None
    return found is not None and found.start() < _LONGEST and runs_together(words[found.end() :])


def _is_led(words: str) -> bool:
    """Whether leaders to pages stand all over it, or at least two of them."""
    pieces = _LEADER.split(words)
    return len(pieces) >= _ENTRIES and max(map(len, pieces)) <= _LONGEST


def runs_together(words: str) -> bool:
    """Whether it is nothing but names that have run into one another."""
    if _SENTENCE_END.search(words) or re.search(r"[a-z]{3}[.;] ", words):
        return False
    return len(_NEXT.findall(words)) >= max(_RUN_TOGETHER, len(words) // 60)
