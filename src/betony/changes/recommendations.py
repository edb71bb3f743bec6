"""Changes of recommendations: one keeps its identity when another is added before it, or its words are mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from betony.changes import spans, words
from betony.changes.matching import match
from betony.changes.model import Change, Kind, Spans
from betony.text import squeeze

Record = Mapping[str, Any]
Item = Mapping[str, Any]

_STRENGTH = ("arrangement", "outcome")
_DETAIL = ("kind", "actor", "condition", "population")


def changes(before: Record, after: Record) -> Iterator[Change]:
    """Every recommendation that came, went, or is another, in order of the later version."""
    matched = match(
        before["recommendations"],
        after["recommendations"],
        same=(lambda item: (_text(item), item["number"]), _text),
        words=_words,
        name=lambda item: item["number"],
    )
    for item in matched.removed:
        yield Change(
            Kind.RECOMMENDATION_REMOVED, item["id"], _name(item), _text(item), None, _spans(before["text"], item)
        )
    for item in matched.added:
        yield Change(
            Kind.RECOMMENDATION_ADDED, item["id"], _name(item), None, _text(item), (), _spans(after["text"], item)
        )
    for old, new in matched.pairs:
        for kind, was, now in _differences(old, new):
            yield Change(kind, new["id"], _name(new), was, now, _spans(before["text"], old), _spans(after["text"], new))


def _differences(old: Item, new: Item) -> Iterator[tuple[Kind, str, str]]:
    """At most one change of the words, and beside it one of the number."""
    reworded = _text(old) != _text(new)
    if _strength(old) != _strength(new):
        was, now = (f"{_text(item)} [{strength(item)}]" for item in (old, new))
        yield Kind.RECOMMENDATION_STRENGTH, was, now
    elif reworded:
        yield Kind.RECOMMENDATION_REWORDED, _text(old), _text(new)
    elif (was := _detail(old)) != (now := _detail(new)):
        yield Kind.RECOMMENDATION_DETAIL, was, now
    if old["number"] != new["number"]:
        yield Kind.RECOMMENDATION_RENUMBERED, old["number"] or "no number", new["number"] or "no number"


def _strength(item: Item) -> tuple[Any, ...]:
    given = item["strength"] or {}
    grade = item["grade"] or {}
    return given.get("code"), given.get("direction"), *(item[name] for name in _STRENGTH), *sorted(grade.items())


def strength(item: Item) -> str:
    """How strong the recommendation is, in words."""
    given = item["strength"] or {}
    against = "against" if given.get("direction") == "against" else None
    parts = (given.get("code"), against, *(item[name] for name in _STRENGTH), (item["grade"] or {}).get("code"))
    return ", ".join(part.replace("_", " ") for part in parts if part) or "no strength"


def _detail(item: Item) -> str:
    label = item["label"]["text"] if item["label"] else None
    term = (item["strength"] or {}).get("term")
    parts = (("label", label), ("term", term), *((name, item[name]) for name in _DETAIL))
    return ", ".join(f"{name}: {squeeze(value)}" for name, value in parts if value)


def _text(item: Item) -> str:
    return squeeze(item["text"])


def _words(item: Item) -> Counter[str]:
    return words.count(item["text"])


def _name(item: Item) -> str:
    return item["number"] or words.beginning(_text(item))


_BESIDE = 40
"""Characters beside a recommendation's words in which its number and its label stand."""


def _spans(text: str, item: Item) -> Spans:
    """The recommendation's words, with its number before and its label behind them."""
    found = spans.of(item)
    if not found:
        return ()
    start, end = found[0][0], found[-1][1]
    if item["number"]:
        at = text.rfind(item["number"], max(0, start - _BESIDE), start)
        start = at if at >= 0 else start
    if item["label"]:
        label = item["label"]["text"]
        at = text.find(label, end, end + len(label) + _BESIDE)
        end = at + len(label) if at >= 0 else end
    return ((start, found[0][1]), *found[1:-1], (found[-1][0], end)) if len(found) > 1 else ((start, end),)
