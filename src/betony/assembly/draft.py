"""What a record is made from, and what every value of it says of its ground."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from betony import record as r
from betony.model import Document, Fact
from betony.product import Part
from betony.text import clean


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one record is made from."""

    parts: Sequence[Part]
    product: Document
    sections: list[r.SectionRecord]
    starts: list[int]
    """Where each section starts."""
    by_kind: Mapping[str, list[Fact]]
    """The facts found, of each kind in order."""

    @property
    def text(self) -> str:
        return self.product.text

    def evidence(self, spans: Iterable[tuple[int, int]]) -> list[Any]:
        """The evidence as plain values: the part of the record that it goes into makes it, and so checks it but once."""
        text = self.product.text
        return [
            {"start": start, "end": end, "quote": text[start:end], "page": self.page_at(start)}
            for start, end in spans
            if end > start
        ]

    def page_at(self, offset: int) -> int | None:
        """The page of a paged source that the character stands on, counted from 1."""
        pages = self.product.pages
        if not pages:
            return None
        i = bisect_right(pages, offset, key=lambda entry: entry[0]) - 1
        return pages[i][1] or None if i >= 0 else None

    def facts(self, kind: str) -> list[Fact]:
        return self.by_kind.get(kind, [])

    def first(self, kind: str) -> Fact | None:
        return next(iter(self.facts(kind)), None)

    def section_at(self, offset: int) -> str:
        """The id of the section that the character lies in."""
        i = bisect_right(self.starts, offset) - 1
        return self.sections[max(i, 0)].id


def by_kind(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The facts of each kind, in their order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.kind, []).append(fact)
    return found


def ground(draft: Draft, fact: Fact) -> dict[str, Any]:
    """What every value says of its ground: basis, evidence and rule."""
    return {"basis": fact.basis, "evidence": draft.evidence(fact.spans), "rule": fact.rule}


_NORMALISED = ("actor", "recipient", "population", "label", "display", "role")
"""What a fact names beside what it quotes."""


def cleaned(detail: Mapping[str, Any]) -> dict[str, Any]:
    """The detail with its names cleaned; its quotations stand as they came."""
    found = dict(detail)
    for name in _NORMALISED:
        value = found.get(name)
        if isinstance(value, str):
            found[name] = clean(value)
    return found


def judged(draft: Draft, fact: Fact) -> r.Judged:
    """The ground of a value that stands beside it, with how sure it is."""
    return r.Judged(**ground(draft, fact), confidence=fact.confidence)


def start_of(fact: Fact) -> int:
    """Where the fact's words begin, in code points of the text; 0 where it has none."""
    return fact.spans[0][0] if fact.spans else 0
