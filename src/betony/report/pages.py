"""The pages, each a pure function of a store and of how pages refer to each other."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from betony import changelog
from betony.changes import Change, Kind, between, diff
from betony.errors import UsageError
from betony.model import SectionType
from betony.report import facts, passages
from betony.report import succession as graph
from betony.report import timeline as axis
from betony.report.links import Links
from betony.report.templating import render
from betony.store import Catalogued, Cause, Changed, Quarantined, Run, Standing, Store, Version

Json = Mapping[str, Any]
LISTED = 100
"""Records that the index lists at once; it shows more when asked."""
SHOWN = 200
"""Rows that the timeline draws at most."""
ROWS = 1_000
"""Rows that a table holds at most; below it stands how many there are beyond."""
RUNS = 200
"""The latest runs that have a page."""


# The index


def index(store: Store, links: Links) -> str:
    """The list of all records, with search and filters; its data are in `records.js`."""
    catalogue = store.catalogue()
    statuses = Counter(one.status_code for one in catalogue)
    return render(
        "index.html",
        links=links,
        records=catalogue[:LISTED],
        total=len(catalogue),
        shown=LISTED,
        statuses=[(code, statuses[code]) for code in _CODES],
        gone=sum(one.retired_at is not None for one in catalogue),
        quarantined=len(store.failures()),
        publishers=_counted(one.publisher for one in catalogue),
        types=_counted(_type(one) for one in catalogue),
        currencies=[
            (code, statuses[code], _counted(one.currency for one in catalogue if one.status_code == code))
            for code in _CODES
            if statuses[code]
        ],
        section_types=[
            (name, sum(name in one.section_types for one in catalogue))
            for name in (each.value for each in SectionType)
            if name != SectionType.FURNITURE
        ],
        latest=_latest,
        type_of=_type,
    )


def index_data(store: Store, links: Links) -> str:
    """`records.js`: what the index searches, as columns of plain values that a page can load without a server."""
    catalogue = store.catalogue()
    names = [each.value for each in SectionType]
    columns: dict[str, Any] = {
        "title": [one.title or "" for one in catalogue],
        "id": [one.id for one in catalogue],
        "reference": [one.identifier or "" for one in catalogue],
        "address": [links.record(one.id) for one in catalogue],
        "publisher": [one.publisher or "" for one in catalogue],
        "type": [_type(one) for one in catalogue],
        "code": [one.status_code for one in catalogue],
        "currency": [one.currency for one in catalogue],
        "gone": [int(one.retired_at is not None) for one in catalogue],
        "latest": [_latest(one) for one in catalogue],
        "sections": [sum(1 << names.index(name) for name in one.section_types if name in names) for one in catalogue],
        "sectionTypes": names,
    }
    return f"globalThis.betonyRecords = {json.dumps(columns, separators=(',', ':'))};\n"


_CODES = ("active", "retired", "draft", "unknown")


def _counted(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Each value and how often it is there, by name."""
    return sorted(Counter(value or "" for value in values).items())


def _type(one: Catalogued) -> str:
    return one.document_type or one.page_kind


_HAPPENED = ("published", "modified", "last_reviewed", "checked", "withdrawn", "status_changed")


def _latest(one: Catalogued) -> str:
    """The last date on which something happened to the document, as far as it says; empty where it says nothing."""
    return max((value for name, value in one.dates if name in _HAPPENED), default="")


# A record


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the store knows of one record, as its page shows it."""

    record: Json
    versions: Sequence[Version]
    corrected: Mapping[str, str]
    """As of Store.corrected."""
    changes: Sequence[Changed]
    standing: Standing
    known: Mapping[str, str]
    """Of the ids that the record names, those that the store holds, with the record's own id."""
    replaced_by: Sequence[str]
    """Ids of records that say they replace it."""


def seen(store: Store, record_id: str) -> Seen:
    """What the page of that record shows; UsageError where there is no such record."""
    record = json.loads(store.json(record_id))
    named = {item["target"]["id"] for item in record["relations"]} | {item["target_id"] for item in record["links"]}
    known = {name: found for name in sorted(named - {None}) if (found := store.known(name))}
    return Seen(
        record=record,
        versions=store.versions(record_id),
        corrected=store.corrected(record_id),
        changes=store.changes(record_id=record_id, cause=None),
        standing=store.standing(record_id),
        known=known,
        replaced_by=store.naming(record_id, "replaces"),
    )


def record(store: Store, record_id: str, links: Links) -> str:
    """The page of one record; UsageError where there is no such record."""
    return of_record(seen(store, record_id), links)


def of_record(shown: Seen, links: Links) -> str:
    """The page of a record, of what the store knows of it."""
    groups = facts.groups(shown.record)
    return render(
        "record.html",
        links=links,
        record=shown.record,
        groups=groups,
        sections=passages.sections(shown.record, (fact for group in groups for fact in group.facts)),
        section_numbers={section["id"]: number for number, section in enumerate(shown.record["sections"], 1)},
        prefix="",
        known=shown.known,
        standing=shown.standing,
        replaced_by=shown.replaced_by,
        versions=[_version(version, shown) for version in reversed(shown.versions)],
        timeline=axis.draw([_dates(shown.record)]),
    )


def _version(version: Version, shown: Seen) -> tuple[Version, str, str]:
    """A version, why there is it, and how much it changed of each kind."""
    own = [one.change for one in shown.changes if one.version == version.number and one.change.kind not in _LIFE]
    return version, changelog.cause(version, shown.corrected), changelog.counts(own)


_LIFE = (Kind.ADDED, Kind.RETIRED, Kind.REOPENED)


def _dates(record: Json) -> list[tuple[str, str]]:
    dated = {**record["dates"], "checked": record["status"]["checked"]}
    return [(name, date["value"]) for name, date in dated.items() if date]


# Two versions


@dataclass(frozen=True, slots=True)
class Side:
    """A wording before or after, as runs of words that the other has too or has not."""

    runs: tuple[tuple[str, bool], ...]
    """Words, and whether they stand on this side alone."""


def difference(store: Store, record_id: str, before: int, after: int, links: Links) -> str:
    """Two versions of a record side by side; UsageError where there is no such record or version."""
    versions = {version.number: version for version in store.versions(record_id)}
    for number in (before, after):
        if number not in versions:
            raise UsageError(f"there is no version {number}", document=record_id)
    old, new = (json.loads(store.version_json(record_id, number)) for number in (before, after))
    found = between(old, new)
    return render(
        "difference.html",
        links=links,
        record_id=record_id,
        title=_title(new),
        before=versions[before],
        after=versions[after],
        changes=[(changelog.heading(change), change, *_sides(change)) for change in found],
        counted=changelog.counts(found),
        reading=versions[after].cause == Cause.PROCESSING,
    )


def _title(record: Json) -> str | None:
    return record["title"]["value"] if record["title"] else None


def _sides(change: Change) -> tuple[Side | None, Side | None]:
    """The wording before and after; None where there is none."""
    if change.before is None or change.after is None:
        return _alone(change.before), _alone(change.after)
    pieces = diff(change.before, change.after)
    return (
        Side(tuple((piece.text, piece.kind == "removed") for piece in pieces if piece.kind != "added")),
        Side(tuple((piece.text, piece.kind == "added") for piece in pieces if piece.kind != "removed")),
    )


def _alone(words: str | None) -> Side | None:
    return None if words is None else Side(((words, True),))


# All records at once


def timeline(store: Store, links: Links) -> str:
    """The dates of the records to which something happened last."""
    dated = [one for one in store.catalogue() if one.dates]
    dated.sort(key=lambda one: (_latest(one), one.id), reverse=True)
    shown = dated[:SHOWN]
    drawn = axis.draw([one.dates for one in shown])
    return render(
        "timeline.html",
        links=links,
        rows=list(zip(shown, drawn.rows, strict=True)),
        years=drawn.years,
        total=len(dated),
        signs=[
            (shape, [name for name, own in axis.SIGNS.items() if own == shape])
            for shape in dict.fromkeys(axis.SIGNS.values())
        ],
    )


def succession(store: Store, links: Links) -> str:
    """What replaces and updates what, as a graph and as a table."""
    relations = store.relations()
    catalogue = {one.id: one for one in store.catalogue()}
    labels = {one.target_id: one.target_label for one in relations if one.target_id and one.target_label}
    found = graph.ties(relations)
    names = {tie.old for tie in found} | {tie.new for tie in found}
    return render(
        "succession.html",
        links=links,
        graph=graph.draw(found, catalogue, labels),
        ties=found[:ROWS],
        total=len(found),
        titles={name: (catalogue[name].title if name in catalogue else labels.get(name)) or name for name in names},
        known={name for name in names if name in catalogue},
        size=graph,
    )


# Runs and quarantine


def runs(store: Store, links: Links) -> str:
    """The latest runs, and all that is in quarantine."""
    failures = store.failures()
    return render(
        "runs.html",
        links=links,
        runs=store.runs(RUNS),
        failures=failures[:ROWS],
        total=len(failures),
        reasons=_reasons(failures),
        oldest=_oldest_run(store),
    )


def run(store: Store, number: int, links: Links) -> str:
    """One run with its rates, what it set aside and what it found changed; UsageError where there is no such run."""
    one = store.run(number)
    failures = [each for each in store.failures() if each.run_id == number]
    found = store.changes(run=number, cause=None)
    by_record = [
        (record_id, version, own[0].title, _told(own))
        for (record_id, version), group in groupby(found, lambda each: (each.record_id, each.version))
        if (own := list(group))
    ]
    return render(
        "run.html",
        links=links,
        run=one,
        parts=_parts(one),
        seconds=_seconds(one),
        failures=failures[:ROWS],
        total=len(failures),
        reasons=_reasons(failures),
        oldest=_oldest_run(store),
        changes=by_record[:ROWS],
        changed=len(by_record),
    )


def _told(found: Sequence[Changed]) -> str:
    """What happened to one record, by kind and number."""
    if [each.change.kind for each in found] == [Kind.ADDED]:
        return "new"
    return changelog.counts(each.change for each in found)


def _reasons(failures: Iterable[Quarantined]) -> list[tuple[str, int]]:
    """Why things were set aside, the most frequent first."""
    return sorted(Counter(each.reason for each in failures).items(), key=lambda reason: (-reason[1], reason[0]))


def _oldest_run(store: Store) -> int:
    """The number of the oldest run that has a page."""
    return min((one.id for one in store.runs(RUNS)), default=0)


def _parts(one: Run) -> list[tuple[str, int, float, float]]:
    """What became of the inputs: name, number, and from where to how far of a bar of 100."""
    parts, at = [], 0.0
    for name in ("new", "changed", "unchanged", "quarantined"):
        number: int = getattr(one, name)
        share = 100 * number / one.inputs if one.inputs else 0.0
        parts.append((name, number, round(at, 2), round(share, 2)))
        at += share
    return parts


def _seconds(one: Run) -> float | None:
    """How long the run took, where it has ended."""
    if one.ended is None:
        return None
    return (datetime.fromisoformat(one.ended) - datetime.fromisoformat(one.started)).total_seconds()
