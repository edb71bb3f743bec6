"""The words of a text without the signs among them, and the way back: rules read words, records point at the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from betony.model import Document, Findings, Section
from betony.nlp import carry


@dataclass(frozen=True, slots=True)
class Words:
    """A document without its signs, and where its words stand in the text they came from."""

    document: Document
    text: str
    """The text with the signs."""
    starts: list[int]
    """Where in the words each piece begins that no sign parts."""
    places: list[int]
    """Where it begins in the text."""
    begun: dict[int, int]
    """Where in the words a block begins, and where in the text it does."""
    ended: dict[int, int]

    def put_back(self, found: Findings) -> Findings:
        """What was found in the words, with offsets into the text; sections hold the signs too."""
        return Findings(
            tuple(_touching(self.text, [self._section(section) for section in found.sections])),
            tuple(carry.placed(fact, self.place) for fact in found.facts),
            tuple(carry.placed(notice, self.place) for notice in found.notices),
        )

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where words stand in the text."""
        return self._at(start), self._at(end - 1) + 1 if end > start else self._at(start)

    def _at(self, offset: int) -> int:
        i = bisect_right(self.starts, offset) - 1
        return self.places[i] + offset - self.starts[i]

    def _section(self, section: Section) -> Section:
        start, end = self._block(section.start, section.end)
        return section._replace(start=start, end=end, heading=section.heading and self._block(*section.heading))

    def _block(self, start: int, end: int) -> tuple[int, int]:
        first, last = self.place(start, end)
        return self.begun.get(start, first), self.ended.get(end, last)


def without_marks(document: Document) -> Words:
    """The document's words alone; a bar between two cells is a tab, as in every other table."""
    text, marks = document.text, document.marks
    pieces: list[str] = []
    starts, places = [], []
    length = at = 0
    for start, end in (*marks, (len(text), len(text))):
        if at < start or not pieces:
            starts.append(length)
            places.append(at)
            pieces.append(text[at:start])
            length += start - at
        if text[start:end].strip() == "|":
            starts.append(length)
            places.append(start)
            pieces.append("\t")
            length += 1
        at = end
    words = "".join(pieces)
    ends = [place + len(piece) for place, piece in zip(places, pieces, strict=True)]
    begun: dict[int, int] = {}
    ended: dict[int, int] = {}
    blocks = []
    for block in document.blocks:
        start, end = (_forward(offset, starts, places, ends) for offset in (block.start, block.end))
        own = words[start:end]
        start, end = start + len(own) - len(own.lstrip()), start + len(own.rstrip())
        if start < end:
            begun[start], ended[end] = block.start, block.end
            blocks.append(replace(block, start=start, end=end))
    parts = tuple(_forward(part, starts, places, ends) for part in document.parts)
    bare = Document(
        words,
        tuple(blocks),
        document.media_type,
        parts=parts,
        series=document.series,
        document_type=document.document_type,
        reference=document.reference,
        site_first=document.site_first,
        head=document.head,
    )
    return Words(bare, text, starts, places, begun, ended)


def _forward(offset: int, starts: Sequence[int], places: Sequence[int], ends: Sequence[int]) -> int:
    """Where in the words a place of the text is; within a sign where the words behind it begin."""
    i = max(bisect_right(places, offset) - 1, 0)
    return starts[i] + min(offset, ends[i]) - places[i]


def _touching(text: str, sections: Sequence[Section]) -> Iterator[Section]:
    """The sections, each begun so early that no sign stands before it that no section holds."""
    at = 0
    for i, section in enumerate(sections):
        gap = text[at : section.start]
        start = at + len(gap) - len(gap.lstrip())
        last = len(text.rstrip()) if i == len(sections) - 1 else section.end
        at = max(section.end, last)
        yield section._replace(start=min(start, section.start), end=at)
