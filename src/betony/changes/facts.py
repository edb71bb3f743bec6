"""Changes of a record's single facts: title, status, dates, relations, codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from betony.changes import spans
from betony.changes.model import Change, Kind
from betony.text import squeeze

Record = Mapping[str, Any]


def title(before: Record, after: Record) -> Iterator[Change]:
    """The title's wording."""
    old, new = before["title"], after["title"]
    if _value(old) != _value(new):
        yield _change(Kind.TITLE, "title", "title", old, new, _value(old), _value(new))


def status(before: Record, after: Record) -> Iterator[Change]:
    """Whether the guidance stands, and the publisher's words for it."""
    old, new = before["status"], after["status"]
    if _status(old) != _status(new):
        yield _change(Kind.STATUS, "status", "status", old, new, standing(old), standing(new), before, after)


def _status(status: Mapping[str, Any]) -> tuple[Any, ...]:
    return status["currency"], _value(status["checked"]), squeeze(status["notice"] or "")


def standing(status: Mapping[str, Any]) -> str:
    """A status in words: its code, its currency and the notice it stands on."""
    checked = f", checked {status['checked']['value']}" if status["checked"] else ""
    notice = f': "{squeeze(status["notice"])}"' if status["notice"] else ""
    currency = status["currency"].replace("_", " ")
    said = currency if currency == status["code"] else f"{status['code']}, {currency}"
    return said + checked + notice


def dates(before: Record, after: Record) -> Iterator[Change]:
    """Every date that came, went or is another."""
    for field in dict.fromkeys((*before["dates"], *after["dates"])):
        old, new = before["dates"].get(field), after["dates"].get(field)
        if _value(old) != _value(new):
            name = field.replace("_", " ")
            yield _change(Kind.DATE, f"dates.{field}", name, old, new, _value(old), _value(new), before, after)


def relations(before: Record, after: Record) -> Iterator[Change]:
    """Relations that came or went; one whose date or scope is another did both."""
    old = {_relation(item): item for item in before["relations"]}
    new = {_relation(item): item for item in after["relations"]}
    for key, item in old.items():
        if key not in new:
            words = related(item)
            yield _change(Kind.RELATION_REMOVED, "relations", words, item, None, words, None, before, after)
    for key, item in new.items():
        if key not in old:
            words = related(item)
            yield _change(Kind.RELATION_ADDED, "relations", words, None, item, None, words, before, after)


def _relation(item: Mapping[str, Any]) -> tuple[Any, ...]:
    target = item["target"]
    named = (target["id"], target["url"] if target["id"] is None else None, squeeze(target["label"] or ""))
    return item["type"], named, squeeze(item["scope"] or ""), item["draft"], _value(item["date"])


def related(item: Mapping[str, Any]) -> str:
    """A relation in words: `is replaced by nice:ng12`."""
    target = item["target"]
    named = target["id"] or target["label"] or target["url"] or "a document without a name"
    planned = "is planned: " if item["draft"] else ""
    scope = f" ({squeeze(item['scope'])})" if item["scope"] else ""
    date = f", {item['date']['value']}" if item["date"] else ""
    return f"{planned}{item['type'].replace('_', ' ')} {named}{scope}{date}"


def codes(before: Record, after: Record) -> Iterator[Change]:
    """Classification codes that came or went."""
    old = {_code(item): item for item in before["codes"]}
    new = {_code(item): item for item in after["codes"]}
    for key, item in old.items():
        if key not in new:
            words = coded(item)
            yield _change(Kind.CODE_REMOVED, "codes", words, item, None, words, None, before, after)
    for key, item in new.items():
        if key not in old:
            words = coded(item)
            yield _change(Kind.CODE_ADDED, "codes", words, None, item, None, words, before, after)


_CODE = ("system", "code", "display", "role", "note", "check_digit_valid")


def _code(item: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(item[name] for name in _CODE)


def coded(item: Mapping[str, Any]) -> str:
    """A code in words: `SNOMED CT 123 Name`."""
    return " ".join(str(part) for part in (item["system"], item["code"] or item["note"], item["display"]) if part)


def _value(fact: Mapping[str, Any] | None) -> str | None:
    return str(fact["value"]) if fact else None


def _change(
    kind: Kind,
    path: str,
    name: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    before: str | None,
    after: str | None,
    earlier: Record | None = None,
    later: Record | None = None,
) -> Change:
    """The change of one fact; with the records, its evidence is widened to whole sentences."""
    old_spans, new_spans = spans.of(old), spans.of(new)
    if earlier and later:
        old_spans, new_spans = spans.sentences(earlier["text"], old_spans), spans.sentences(later["text"], new_spans)
    return Change(kind, path, name, before, after, old_spans, new_spans)
