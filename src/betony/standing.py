"""Whether guidance is current, from what the store holds: why, since when, and what stands in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from betony.store import Standing, Store
from betony.text import squeeze


class Answer(StrEnum):
    """Whether the guidance stands today."""

    CURRENT = "current"
    NOT_CURRENT = "not_current"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Successor:
    """A document that stands in the place of one that is replaced."""

    id: str
    title: str | None
    held: bool
    """Whether the store holds it."""
    answer: Answer
    """By what the store holds of it, whatever its age."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one document is current."""

    asked: str
    answer: Answer
    why: str
    id: str | None = None
    title: str | None = None
    since: str | None = None
    """A date as precise as it is known."""
    since_basis: str | None = None
    """`stated` by the publisher, or `seen` so first."""
    evidence_at: str | None = None
    """When that on which the answer rests was seen."""
    successors: tuple[Successor, ...] = ()
    """What replaces it, what replaces that, and so on: the last is the one to use."""
    remarks: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Opinion:
    """What the store says, its age left aside."""

    answer: Answer
    why: str
    since: str | None
    since_basis: str | None
    evidence_at: str | None
    remarks: tuple[str, ...] = ()


def judge(store: Store, name: str, *, now: datetime, max_age: int) -> Verdict:
    """Whether the document of that id, alias or reference is current; `max_age` in days. Evidence that is older, of
    a time that is yet to come, or of which nobody knows when it was seen, makes the answer unknown; what it said stands
    in the reason.
    """
    record_id = store.known(name)
    if record_id is None:
        return Verdict(name, Answer.UNKNOWN, "the store does not hold it")
    record = json.loads(store.json(record_id))
    opinion = _opinion(store, record)
    answer, why = opinion.answer, opinion.why
    seen = _moment(opinion.evidence_at) if opinion.evidence_at else None
    if seen is None:
        answer, why = Answer.UNKNOWN, f"nobody knows when this was seen: {why}"
    elif answer is not Answer.UNKNOWN and seen - now > _CLOCKS_DIFFER:
        answer, why = Answer.UNKNOWN, f"it is said to be seen on {seen:%Y-%m-%d}, which is yet to come: {why}"
    elif answer is not Answer.UNKNOWN and now - seen > timedelta(days=max_age):
        answer, why = Answer.UNKNOWN, f"seen {(now - seen).days} days ago, which is over {max_age}: {why}"
    return Verdict(
        name,
        answer,
        why,
        record_id,
        _title(record),
        opinion.since,
        opinion.since_basis,
        opinion.evidence_at,
        tuple(_chain(store, record)),
        opinion.remarks,
    )


def _opinion(store: Store, record: Mapping[str, Any]) -> _Opinion:
    """By what the publisher's site did last, then by what a newer document says, then by the page's own words."""
    stands = store.standing(record["id"])
    seen = _seen(record, stands)
    own = _own(store, record, seen)
    if stands.retired_at and stands.departure:
        whither = f" {stands.moved_to}" if stands.moved_to else ""
        why = f"{stands.departure.words}{whither}"
        if own.answer is Answer.NOT_CURRENT:
            return _Opinion(own.answer, own.why, own.since, own.since_basis, stands.retired_at, (why,))
        return _Opinion(Answer.NOT_CURRENT, why, stands.retired_at, "seen", stands.retired_at)
    if own.answer is not Answer.NOT_CURRENT:
        for other in _replacing(store, record["id"]):
            names = {record["id"], *record["aliases"]}
            relation = next(item for item in other["relations"] if _replaces(item, names))
            evidence = relation["evidence"][0]["quote"] if relation["evidence"] else relation["type"]
            date = other["dates"]["published"]  # the relation's own date is that of the document it names
            why = f'{other["id"]} says: "{squeeze(evidence)}"'
            other_seen = _seen(other, store.standing(other["id"]))
            return _Opinion(
                Answer.NOT_CURRENT, why, date and date["value"], "stated" if date else None, other_seen, own.remarks
            )
    return own


def _own(store: Store, record: Mapping[str, Any], seen: str | None) -> _Opinion:
    """What the page's own words say."""
    status = record["status"]
    currency = status["currency"].replace("_", " ")
    why = f'the page says: "{squeeze(status["notice"])}"' if status["notice"] else f"the page is marked {currency}"
    if status["code"] == "unknown":
        return _Opinion(Answer.UNKNOWN, "the page says nothing of its standing", None, None, seen)
    if status["code"] == "active":
        date = record["dates"]["modified"] or record["dates"]["published"]
        remarks = () if currency in ("current", "checked no update") else (currency,)
        return _Opinion(Answer.CURRENT, why, date and date["value"], "stated" if date else None, seen, remarks)
    if status["code"] == "draft":
        return _Opinion(Answer.NOT_CURRENT, f"it is no guidance yet: {why}", None, None, seen)
    stated = record["dates"]["withdrawn"] or record["dates"]["status_changed"] or _replaced_on(record)
    if stated:
        return _Opinion(Answer.NOT_CURRENT, why, stated["value"], "stated", seen)
    first = _first_so(store, record)
    return _Opinion(Answer.NOT_CURRENT, why, first, "seen" if first else None, seen)


def _replaced_on(record: Mapping[str, Any]) -> Any:
    return next(
        (item["date"] for item in record["relations"] if item["type"] == "is_replaced_by" and item["date"]), None
    )


def _first_so(store: Store, record: Mapping[str, Any]) -> str | None:
    """When the record was first seen with the standing that it has had ever since."""
    since = None
    for version in reversed(store.versions(record["id"])):
        held = json.loads(store.version_json(record["id"], version.number))
        if held["status"]["currency"] != record["status"]["currency"]:
            break
        since = version.valid_from
    return since


def _chain(store: Store, record: Mapping[str, Any]) -> Iterator[Successor]:
    """What replaces the record, what replaces that, and so on; each once, however the documents name each other."""
    met = {record["id"]}
    waiting = list(_next(store, record))
    while waiting:
        target = waiting.pop(0)
        record_id = store.known(target)
        if (record_id or target) in met:
            continue
        met.add(record_id or target)
        if record_id is None:
            yield Successor(target, None, False, Answer.UNKNOWN)
            continue
        found = json.loads(store.json(record_id))
        yield Successor(record_id, _title(found), True, _opinion(store, found).answer)
        waiting += _next(store, found)


def _next(store: Store, record: Mapping[str, Any]) -> Iterator[str]:
    for item in record["relations"]:
        if item["type"] == "is_replaced_by" and not item["draft"]:
            target = item["target"]
            if name := target["id"] or target["url"] or target["label"]:
                yield name
    for other in _replacing(store, record["id"]):
        yield other["id"]
    moved_to = store.standing(record["id"]).moved_to
    if moved_to:
        yield moved_to


def _replacing(store: Store, record_id: str) -> Iterator[dict[str, Any]]:
    """The records that say they replace this one, those that still stand first."""
    found = [json.loads(store.json(other)) for other in store.naming(record_id, "replaces")]
    yield from sorted(found, key=lambda other: (other["status"]["code"] == "retired", other["id"]))


def _replaces(item: Mapping[str, Any], names: set[str]) -> bool:
    return item["type"] == "replaces" and not item["draft"] and item["target"]["id"] in names


def _seen(record: Mapping[str, Any], stands: Standing) -> str | None:
    """When the page that states the standing was last seen: the first part, or the whole where the site confirmed it."""
    dates = [date for date in (record["source"]["retrieved_at"], stands.confirmed_at) if date and _moment(date)]
    return max(dates, key=lambda date: _moment(date) or _LONG_AGO, default=None)


def _title(record: Mapping[str, Any]) -> str | None:
    return record["title"]["value"] if record["title"] else None


_CLOCKS_DIFFER = timedelta(days=1)  # a time without its zone is read as UTC's
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _moment(written: str) -> datetime | None:
    """A time as it is written; None where it cannot be read."""
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
