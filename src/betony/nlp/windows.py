"""Long texts in stretches that spaCy can hold, and their findings put together again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Document, Fact, Section

LONGEST = 900_000
"""Characters that pass spaCy at once; one Doc of 10 million takes a gigabyte."""


def windows(document: Document, longest: int = LONGEST) -> Iterator[list[Block]]:
    """The document's blocks in runs of at most `longest` characters, cut before a heading where one is near.

    A block longer than that is cut at white space, or where there is none at the limit.
    """
    run: list[Block] = []
    for block in document.blocks:
        for piece in _pieces(document.text, block, longest):
            if run and piece.end - run[0].start > longest:
                cut = _before_a_heading(run)
                yield run[:cut]
                run = run[cut:]
            run.append(piece)
    if run:
        yield run


def series(document: Document, start: int, end: int) -> list[str | None]:
    """What the documents are for in whose series each part belongs that stands in text[start:end], in order."""
    if not document.series:
        return []
    first = max(i for i, part in enumerate(document.parts) if i == 0 or part <= start)
    last = max(i for i, part in enumerate(document.parts) if i == 0 or part < end)
    return [purpose and str(purpose) for purpose in document.series[first : last + 1]]


def _pieces(text: str, block: Block, longest: int) -> Iterator[Block]:
    start = block.start
    while block.end - start > longest:
        words = text[start : start + longest]
        cut = max(words.rfind(" "), words.rfind("\n")) + 1 or longest
        end = start + len(words[:cut].rstrip())
        yield replace(block, start=start, end=end)
        start += cut + len(text[start + cut : block.end]) - len(text[start + cut : block.end].lstrip())
    if start == block.start:
        yield block
    elif start < block.end:
        yield replace(block, start=start)


def _before_a_heading(run: Sequence[Block]) -> int:
    """Where the run is best cut: before the last heading in its second half, else at its end."""
    middle = (run[0].start + run[-1].end) // 2
    for i in range(len(run) - 1, 0, -1):
        if run[i].start < middle:
            break
        if run[i].kind is BlockKind.HEADING:
            return i
    return len(run)


_OF_THE_HEAD = frozenset({"title", "identifier", "page_kind"})
"""Kinds of facts that are told by where they stand, at the head of a document."""
_RULES_OF_THE_HEAD = frozenset({"title", "lead", "jointly", "sentence:dateline", "label:number", "label:issue"})


def is_of_the_head(fact: Fact) -> bool:
    """Whether the fact is one that only the head of a document tells: what opens a later window stands in its midst."""
    return fact.kind in _OF_THE_HEAD or fact.rule in _RULES_OF_THE_HEAD


def append(sections: list[Section], more: Sequence[Section], *, goes_on: bool) -> None:
    """Add a window's sections (their parents are places in `more`); with `goes_on`, an unheaded first one continues
    the last section of the window before."""
    merged = bool(goes_on and sections and more and more[0].heading is None and more[0].layer is sections[-1].layer)
    by = len(sections) - merged
    if merged:
        sections[-1] = sections[-1]._replace(end=more[0].end)
    for section in more[merged:]:
        sections.append(section if section.parent is None else section._replace(parent=section.parent + by))
