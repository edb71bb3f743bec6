"""Changes of responsibilities: who must do what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from betony.changes import spans, words
from betony.changes.matching import match
from betony.changes.model import Change, Kind
from betony.text import squeeze

Record = Mapping[str, Any]
Item = Mapping[str, Any]

_DETAIL = ("recipient", "condition", "generic", "actor_kinds")


def changes(before: Record, after: Record) -> Iterator[Change]:
    """Every duty that came, went, or is another, in order of the later version."""
    matched = match(
        before["responsibilities"],
        after["responsibilities"],
        same=(lambda item: (_duty(item), item["modality"], _detail(item)), _duty),
        words=lambda item: words.count(_duty(item)),
        name=lambda item: item["actor"],
    )
    for item in matched.removed:
        evidence = spans.sentences(before["text"], spans.of(item))
        yield Change(Kind.DUTY_REMOVED, item["id"], _name(item), _duty(item), None, evidence)
    for item in matched.added:
        evidence = spans.sentences(after["text"], spans.of(item))
        yield Change(Kind.DUTY_ADDED, item["id"], _name(item), None, _duty(item), (), evidence)
    for old, new in matched.pairs:
        if (difference := _difference(old, new)) is not None:
            kind, was, now = difference
            yield Change(
                kind,
                new["id"],
                _name(new),
                was,
                now,
                spans.sentences(before["text"], spans.of(old)),
                spans.sentences(after["text"], spans.of(new)),
            )


def _difference(old: Item, new: Item) -> tuple[Kind, str, str] | None:
    was, now = _duty(old), _duty(new)
    if old["modality"] != new["modality"]:
        return Kind.DUTY_STRENGTH, f"{was} [{old['modality']}]", f"{now} [{new['modality']}]"
    if was != now:
        return Kind.DUTY_REWORDED, was, now
    was, now = _detail(old), _detail(new)
    return (Kind.DUTY_DETAIL, was, now) if was != now else None


def _duty(item: Item) -> str:
    """The duty in words; the condition stands among them where there is one."""
    condition = f", {item['condition']}" if item["condition"] else ""
    return squeeze(f"{item['actor'] or '(nobody named)'}: {item['term']} {item['action']}{condition}")


def _detail(item: Item) -> str:
    return ", ".join(f"{name}: {item[name]}" for name in _DETAIL if item[name])


def _name(item: Item) -> str:
    return item["actor"] or "nobody named"
