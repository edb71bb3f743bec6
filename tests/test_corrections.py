"""A person corrects a value: it is given, outlives every reading, and the record stays what its schema says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from betony.corrections import PATHS, Correction, applied, corrected, read, value_at
from betony.errors import UsageError
from betony.record import Record
from betony.store import Cause, Store, Verdict
from tests.stores import golden, put

NG = golden("nice/ng9001-overview")
DUTY = NG["responsibilities"][0]["id"] if NG["responsibilities"] else None
ADVICE = NG["recommendations"][0]["id"]
SECTION = next(section["id"] for section in NG["sections"] if section["layer"] == "body")
VALUES: dict[str, Any] = {
    "title.value": "Another title",
    "publisher": {"id": "who", "name": "World Health Organization"},
    "identifier": "NG1",
    "document_type": "guideline",
    "page_kind": "document",
    "language": "cy",
    "jurisdictions": ["Wales"],
    "audience": [],
    "status.currency": "withdrawn",
    "status.checked": "2018-12",
    "dates.published": "2018",
    "dates.next_review": "2031-01-02",
    f"sections[{SECTION}].type": "legal",
    f"sections[{SECTION}].subtype": None,
    f"recommendations[{ADVICE}].actor": "nurses",
    f"recommendations[{ADVICE}].strength": "must",
    f"recommendations[{ADVICE}].outcome": "optimised",
}


@pytest.fixture
def store(new_store: str) -> Iterator[Store]:
    with Store.open(new_store, create=True) as opened:
        put(opened, NG)
        yield opened


def stored(store: Store) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(store.json(NG["id"]))
    return found


@pytest.mark.parametrize("path", VALUES)
def test_a_corrected_value_is_given_and_the_record_valid(path: str) -> None:
    made = corrected(NG, Correction(path, VALUES[path]))
    Record.model_validate(made)
    at = value_at(made, path)
    assert (at["code"] if isinstance(at, dict) and "code" in at else at) == VALUES[path]
    assert '"rule": "correction"' in json.dumps(made)
    assert made["text"] == NG["text"]
    assert '"rule": "correction"' not in json.dumps(NG), "what the rules read stays as it is"


def test_a_currency_brings_its_code_and_its_ground() -> None:
    status = corrected(NG, Correction("status.currency", "withdrawn"))["status"]
    assert (status["code"], status["basis"], status["evidence"]) == ("retired", "given", [])
    assert corrected(NG, Correction("status.currency", "withdrawn"))["content_hash"] != NG["content_hash"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("status.currency", "splendid"),
        ("status.currency", None),
        ("dates.published", "Christmas"),
        ("dates.published", "2019-02-30"),
        ("status.checked", "2019-13"),
        ("document_type", " "),
        ("title.value", ["a"]),
        ("page_kind", "poem"),
        ("publisher", "who"),
        (f"sections[{SECTION}].type", "furniture"),
        (f"recommendations[{ADVICE}].strength", "splendid"),
    ],
)
def test_a_value_that_cannot_stand_there_is_refused(store: Store, path: str, value: Any) -> None:
    before = stored(store)
    with pytest.raises(UsageError, match="cannot stand at"):
        store.correct(NG["id"], path, value, why="x", who="me")
    assert stored(store) == before
    assert store.corrections() == []


@pytest.mark.parametrize("path", ["text", "id", "status", "status.code", "sections[ID].type", "title", "x[1].y", ""])
def test_what_is_measured_cannot_be_corrected(store: Store, path: str) -> None:
    with pytest.raises(UsageError, match="cannot be corrected") as caught:
        store.correct(NG["id"], path, "x", why="x", who="me")
    assert all(known in caught.value.advice for known in PATHS)
    with pytest.raises(UsageError, match="has no"):
        store.correct(NG["id"], "sections[none].type", "legal", why="x", who="me")


def test_a_correction_outlives_a_new_reading(store: Store) -> None:
    store.correct(NG["id"], "status.currency", "withdrawn", why="a letter says so", who="ana")
    store.correct(NG["id"], "title.value", "Better", why="typing error", who="ana")
    assert [row.id for row in store.listed(status="withdrawn")] == [NG["id"]]
    assert put(store, NG).outcome == "unchanged"
    anew = {**NG, "title": {**NG["title"], "value": "Better"}, "document_type": "another", "content_hash": "0" * 64}
    put(store, anew)
    record = stored(store)
    assert (record["status"]["currency"], record["document_type"]) == ("withdrawn", "another")
    assert Record.model_validate(record)
    rows = {row.path: row for row in store.corrections()}
    assert rows["title.value"].verdict is Verdict.AGREES
    assert rows["status.currency"].verdict is Verdict.DIFFERS
    assert rows["status.currency"].rules == NG["status"]["currency"]
    assert (rows["status.currency"].who, rows["status.currency"].why) == ("ana", "a letter says so")


def test_a_correction_of_what_is_gone_is_kept_and_does_nothing(store: Store) -> None:
    store.correct(NG["id"], f"recommendations[{ADVICE}].actor", "nurses", why="x", who="me")
    put(store, {**NG, "recommendations": [], "content_hash": "0" * 64})
    assert [row.verdict for row in store.corrections()] == [Verdict.LOST]
    assert stored(store)["recommendations"] == []
    put(store, NG)
    assert stored(store)["recommendations"][0]["actor"] == "nurses"


def test_the_later_correction_counts_and_undoing_brings_the_rules_back(store: Store) -> None:
    read_first = stored(store) | {"processing": None}  # it tells the time
    for value in ("One", "Two"):
        store.correct(NG["id"], "title.value", value, why="x", who="me")
    assert stored(store)["title"]["value"] == "Two"
    assert len(store.corrections()) == 1
    store.undo_correction(NG["id"], "title.value")
    assert stored(store) | {"processing": None} == read_first
    with pytest.raises(UsageError, match="nothing is corrected"):
        store.undo_correction(NG["id"], "title.value")


def test_a_correction_makes_a_version_and_no_news_of_the_guidance(store: Store) -> None:
    news = len(store.changes(record_id=NG["id"]))
    store.correct(NG["id"], "title.value", "Better", why="x", who="me")
    assert [version.cause for version in store.versions(NG["id"])] == [Cause.DOCUMENT, Cause.PROCESSING]
    assert len(store.changes(record_id=NG["id"])) == news
    assert store.search("better")[0].record_id == NG["id"]


def test_values_as_they_are_written() -> None:
    assert [read(text) for text in ("2018", "null", "true", '["a"]', "Two words", '{"a": 1}')] == [
        "2018",
        None,
        True,
        ["a"],
        "Two words",
        {"a": 1},
    ]


def test_without_corrections_a_record_is_what_it_was() -> None:
    assert applied(NG, []) is NG
