"""Changes of sections: a paragraph added to one renames, moves and rewords no other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from betony.changes import spans, words
from betony.changes.matching import match, out_of_order
from betony.changes.model import Change, Kind, Spans
from betony.outline import Entry, outline
from betony.text import squeeze

Record = Mapping[str, Any]

_LONG = 40
"""Characters of a wording that does not stand twice by chance."""
_NUMBER = re.compile(r"^(?:(?:section|chapter)\s+)?\d{1,3}(?:\.\d{1,3})*\.?\s+", re.IGNORECASE)
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of the body with what it is known by."""

    entry: Entry
    place: int
    title: str
    """The heading without its number; empty where there is none."""
    number: str
    text: str
    """Its own words, heading included."""
    is_title: bool
    """Its heading is the title of the document."""

    @property
    def name(self) -> str:
        return squeeze(self.entry.heading) if self.entry.heading else f"({words.beginning(self.text)})"

    @property
    def evidence(self) -> Spans:
        return self.entry.spans


def changes(before: Record, after: Record, told: Sequence[Change]) -> Iterator[Change]:
    """Every section that came, went, moved, has another heading or another purpose, and then those with words that
    changed and that none of the changes told already accounts for."""
    matched = match(
        _sections(before),
        _sections(after),
        same=(
            lambda section: (section.entry.id, section.text),
            lambda section: (section.title, section.text) if section.title else None,
            lambda section: section.entry.id if section.title and "~" not in section.entry.id else None,
            lambda section: True if section.is_title else None,
            lambda section: section.text if len(section.text) >= _LONG else None,
        ),
        words=lambda section: words.count(section.text),
        name=lambda section: section.title or None,
        last=(
            lambda section: section.entry.id,
            lambda section: section.title or None,
        ),
    )
    removed = spans.merged(span for change in told for span in change.evidence_before)
    added = spans.merged(span for change in told for span in change.evidence_after)
    for section in _roots(matched.removed, before["text"], removed):
        yield Change(Kind.SECTION_REMOVED, section.entry.id, section.name, section.text, None, section.evidence)
    for section in _roots(matched.added, after["text"], added):
        yield Change(Kind.SECTION_ADDED, section.entry.id, section.name, None, section.text, (), section.evidence)
    yield from _moved(matched.pairs)
    titles = {(change.before, change.after) for change in told if change.kind is Kind.TITLE}
    for old, new in matched.pairs:
        if (old.name, new.name) not in titles:
            yield from _heading(old, new)
        if old.entry.type != new.entry.type:
            yield _change(Kind.SECTION_RETYPED, old, new, old.entry.type, new.entry.type)
    for old, new in matched.pairs:
        yield from _reworded(before["text"], after["text"], old, new, removed, added)


def _sections(record: Record) -> list[_Section]:
    text = record["text"]
    known_as = squeeze(record["title"]["value"]) if record["title"] else None
    found = []
    for place, entry in enumerate(outline(record["sections"])):
        heading = squeeze(entry.heading or "")
        number = _NUMBER.match(heading + " ")
        own = squeeze(" ".join(text[start:end] for start, end in entry.spans))
        title = heading[number.end() :].strip() if number else heading
        is_title = bool(heading) and heading == known_as
        found.append(_Section(entry, place, title or heading, number[0].strip() if number else "", own, is_title))
    return found


def _roots(sections: Sequence[_Section], text: str, told: Sequence[tuple[int, int]]) -> Iterator[_Section]:
    """The sections that came or went, each with all below it; of those without a heading the ones with words that
    nothing told accounts for."""
    ids = {section.entry.id for section in sections}
    for section in sections:
        if section.entry.parent not in ids and (section.title or _words(text, section, told)):
            yield section


def _moved(pairs: Sequence[tuple[_Section, _Section]]) -> Iterator[Change]:
    """Sections under another parent, and of those under the same one the fewest that left their order."""
    became = {old.entry.id: new.entry.id for old, new in pairs}
    under: dict[str | None, list[tuple[_Section, _Section]]] = {}
    moved = []
    for old, new in pairs:
        parent = became.get(old.entry.parent) if old.entry.parent else None
        # A parent that went or came between takes nobody along: its own change says so.
        if parent == new.entry.parent or (old.entry.parent and parent is None) or not _known(new, became):
            under.setdefault(new.entry.parent, []).append((old, new))
        else:
            moved.append((old, new))
    for siblings in under.values():
        moved += [siblings[i] for i in out_of_order([old.place for old, _ in siblings])]
    for old, new in sorted(moved, key=lambda pair: pair[1].place):
        yield _change(Kind.SECTION_MOVED, old, new, old.entry.id, new.entry.id)


def _known(new: _Section, became: Mapping[str, str]) -> bool:
    return new.entry.parent is None or new.entry.parent in became.values()


def _heading(old: _Section, new: _Section) -> Iterator[Change]:
    if old.title != new.title:
        yield _change(Kind.SECTION_RETITLED, old, new, old.name, new.name)
    elif old.number != new.number:
        yield _change(Kind.SECTION_RENUMBERED, old, new, old.name, new.name)


def _change(kind: Kind, old: _Section, new: _Section, before: str, after: str) -> Change:
    return Change(kind, new.entry.id, new.name, before, after, old.evidence, new.evidence)


def _reworded(
    earlier: str,
    later: str,
    old: _Section,
    new: _Section,
    removed: Sequence[tuple[int, int]],
    added: Sequence[tuple[int, int]],
) -> Iterator[Change]:
    """The words that differ beside the heading and beside what other changes stand on, with a few around them."""
    if old.text == new.text:
        return
    was, now = _words(earlier, old, removed), _words(later, new, added)
    differing = [
        (a, b) for same, a, b in words.runs([earlier[i:j] for i, j in was], [later[i:j] for i, j in now]) if not same
    ]
    if differing:
        yield Change(
            Kind.SECTION_REWORDED,
            new.entry.id,
            new.name,
            _excerpt(earlier, was, [a for a, _ in differing]),
            _excerpt(later, now, [b for _, b in differing]),
            _hunks(was, [a for a, _ in differing]),
            _hunks(now, [b for _, b in differing]),
        )


def _words(text: str, section: _Section, taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of the section's words but for its heading's and for those that are taken."""
    heading = section.entry.heading
    found = []
    for i, (start, end) in enumerate(section.entry.spans):
        own = start + len(heading) if heading and i == 0 else start
        for left, right in spans.outside(own, end, taken):
            found += [match.span() for match in _WORD.finditer(text, left, right)]
    return found


def _hunks(found: Sequence[tuple[int, int]], runs: Sequence[tuple[int, int]]) -> Spans:
    return tuple((found[a][0], found[b - 1][1]) for a, b in runs if b > a)


_AROUND = 6
"""Words that are shown before and behind those that differ."""


def _excerpt(text: str, found: Sequence[tuple[int, int]], runs: Sequence[tuple[int, int]]) -> str:
    """The words of the runs with a few around them; an ellipsis for what is left out."""
    shown: list[tuple[int, int]] = []
    for first, last in runs:
        a, b = max(0, first - _AROUND), min(len(found), last + _AROUND)
        if shown and a <= shown[-1][1]:
            shown[-1] = (shown[-1][0], b)
        else:
            shown.append((a, b))
    pieces = [" ".join(text[i:j] for i, j in found[a:b]) for a, b in shown if b > a]
    if not pieces:
        return ""
    head = "… " if shown[0][0] > 0 else ""
    tail = " …" if shown[-1][1] < len(found) else ""
    return head + " … ".join(pieces) + tail
