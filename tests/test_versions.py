"""What a record said before: a version for each content, and whether its publisher still holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from betony import reprocess, sources, work
from betony.arrivals import Arrival
from betony.errors import UsageError
from betony.export import warc
from betony.model import Capture
from betony.store import Cause, Departure, Store, tables
from betony.work.events import Summary
from betony.work.waves import in_waves

FIRST, SECOND = "tests.rules.first:structure", "tests.rules.second:structure"
ADDRESS = "https://www.nice.org.uk/guidance/ng"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "s.db"), create=True) as opened:
        yield opened


def page(number: int, words: str, day: str | None = None, chapter: str = "") -> Capture:
    """A capture of a page of NG<number>, taken at noon."""
    url = f"{ADDRESS}{number}{chapter}"
    return Capture(words.encode(), url, url, media_type="text/plain", retrieved_at=f"{day}T12:00:00Z" if day else None)


def ingest(store: Store, *captures: Capture, rules: str = FIRST) -> Summary:
    summary = work.ingest(captures, store, structure=rules, workers=1)
    assert summary.error is None
    return summary


def periods(store: Store, record_id: str) -> list[tuple[str, str, str | None]]:
    return [(one.cause, one.valid_from[:10], one.valid_to and one.valid_to[:10]) for one in store.versions(record_id)]


def told(store: Store, cause: Cause | None = Cause.DOCUMENT) -> list[tuple[str, str, str]]:
    return [(one.seen[:10], one.record_id, one.change.kind.value) for one in store.changes(cause=cause)]


def test_a_record_gains_a_version_only_when_its_content_changes(store: Store) -> None:
    ingest(store, page(1, "one two", "2026-01-01"))
    ingest(store, page(1, "one  two", "2026-02-01"))
    assert periods(store, "nice:ng1") == [("document", "2026-01-01", None)]
    assert json.loads(store.json("nice:ng1"))["source"]["retrieved_at"] == "2026-02-01T12:00:00Z"
    ingest(store, page(1, "one three", "2026-03-01"))
    assert periods(store, "nice:ng1") == [
        ("document", "2026-01-01", "2026-03-01"),
        ("document", "2026-03-01", None),
    ]
    assert "one  two" in json.loads(store.version_json("nice:ng1", 1))["text"]
    assert "one three" in json.loads(store.version_json("nice:ng1", 2))["text"]
    with pytest.raises(UsageError, match="no version 3"):
        store.version_json("nice:ng1", 3)
    assert told(store) == [
        ("2026-01-01", "nice:ng1", "added"),
        ("2026-03-01", "nice:ng1", "section_reworded"),
    ]
    assert [one.record_id for one in store.changes(since="2026-02")] == ["nice:ng1"]
    assert store.changes(since="2026-04-01") == store.changes(publisher="who") == []


def test_several_captures_of_a_page_join_oldest_first(store: Store) -> None:
    summary = ingest(
        store,
        page(1, "third", "2026-03-01"),
        page(1, "first", "2026-01-01"),
        page(1, "chapter", "2026-01-01", "/chapter/1-one"),
        page(1, "second", "2026-02-01"),
        page(2, "other", "2026-01-05"),
    )
    assert (summary.run.new, summary.run.changed, summary.run.balance) == (3, 2, 0)
    assert [period[1] for period in periods(store, "nice:ng1")] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert len(json.loads(store.version_json("nice:ng1", 1))["parts"]) == 2


def test_waves_part_where_a_page_comes_again() -> None:
    def arrival(input_id: str, address: str, when: str | None) -> Arrival:
        return Arrival(when, input_id, address)

    arrived = [
        arrival("a2", "a", "2026-01-02T00:00:00Z"),
        arrival("x", "a", None),
        arrival("b1", "b", "2026-01-01T00:00:03Z"),
        arrival("a1", "a", "2026-01-01T00:00:00Z"),
        arrival("copy", "a", "2026-01-02T01:00:00+01:00"),
    ]
    waves = [[input_id for input_id, _ in wave] for wave in in_waves(arrived)]
    assert waves == [["a1", "b1"], ["a2", "copy", "x"]]
    assert in_waves([arrival("x", "a", None), arrival("y", "a", "soon")]) == [[("x", "a"), ("y", "a")]]


def test_undated_captures_are_of_the_time_of_their_ingest(store: Store) -> None:
    ingest(store, page(1, "one"))
    ingest(store, page(1, "two", "2001-01-01"))
    one, two = store.versions("nice:ng1")
    assert one.valid_from == one.recorded_at == one.valid_to == two.valid_from
    assert store.standing("nice:ng1").seen_at == "2001-01-01T12:00:00Z"


def test_what_new_rules_read_otherwise_is_a_version_of_its_own_kind(store: Store) -> None:
    ingest(store, page(1, "dose of one", "2026-01-01"), page(2, "no dose", "2026-01-01"))
    before = store.json("nice:ng2")
    summary = reprocess.reprocess(store, store.selected(), structure=SECOND, workers=1)
    assert (summary.run.changed, summary.run.unchanged, summary.run.balance) == (1, 1, 0)
    assert periods(store, "nice:ng1") == [
        ("document", "2026-01-01", "2026-01-01"),
        ("processing", "2026-01-01", None),
    ]
    assert periods(store, "nice:ng2") == [("document", "2026-01-01", None)]
    assert json.loads(before)["sections"] == json.loads(store.json("nice:ng2"))["sections"]
    assert json.loads(store.version_json("nice:ng1", 1))["processing"]["ruleset"] == "first"
    assert [one.change.kind.value for one in store.changes(cause=Cause.PROCESSING)] == ["section_retyped"]
    assert len(store.changes()) == 2

    again = reprocess.reprocess(store, store.selected(), structure=SECOND, workers=1)
    assert (again.run.changed, again.run.unchanged) == (0, 2)
    assert len(store.versions("nice:ng1")) == 2


def test_new_rules_and_a_new_capture_at_once_are_told_apart(store: Store) -> None:
    ingest(store, page(1, "dose of one", "2026-01-01"))
    summary = ingest(store, page(1, "dose of two", "2026-02-01"), rules=SECOND)
    assert (summary.run.changed, summary.run.balance) == (1, 0)
    assert [period[0] for period in periods(store, "nice:ng1")] == ["document", "processing", "document"]
    assert told(store)[1:] == [("2026-02-01", "nice:ng1", "section_reworded")]


def test_what_new_rules_refuse_stays_as_it_was_and_gives_way_to_what_comes(store: Store) -> None:
    ingest(store, page(1, "refused before", "2026-01-01"), page(2, "dose", "2026-01-01"))
    before = store.json("nice:ng1")
    summary = reprocess.reprocess(store, store.selected(), structure=SECOND, workers=1)
    assert (summary.run.changed, summary.run.quarantined, summary.run.balance) == (1, 1, 0)
    assert "stays as it was" in summary.setbacks[0].message
    assert store.json("nice:ng1") == before
    assert [one.failure for one in reprocess.preview(store, store.selected(), structure=SECOND, workers=1)] == [
        "it is refused"
    ]
    assert ingest(store, page(1, "better", "2026-02-01"), rules=SECOND).run.changed == 1
    assert [period[0] for period in periods(store, "nice:ng1")] == ["document", "document"]


def test_a_preview_says_what_would_change_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    ingest(store, page(1, "dose of one", "2026-01-01"), page(2, "no dose", "2026-01-01"))
    rows = store.sizes(), [store.json(row.id) for row in store.listed()]
    with Store.open(str(tmp_path / "s.db"), writable=False) as reader:
        found = list(reprocess.preview(reader, reader.selected(), structure=SECOND, workers=1))
    assert {one.record_id: [change.kind.value for change in one.changes] for one in found} == {
        "nice:ng1": ["section_retyped"],
        "nice:ng2": [],
    }
    assert (store.sizes(), [store.json(row.id) for row in store.listed()]) == rows
    assert list(reprocess.preview(store, [], structure=SECOND, workers=1)) == []


def test_records_are_selected_by_all_that_is_asked(store: Store) -> None:
    ingest(store, page(1, "dose", "2026-01-01"), page(2, "no dose", "2026-01-01"))
    other = Capture(b"else", "https://www.who.int/a", "https://www.who.int/a", media_type="text/plain")
    ingest(store, other, rules=SECOND)
    assert store.selected() == ["nice:ng1", "nice:ng2", "who:a"]
    assert store.selected(["nice:ng2"]) == ["nice:ng2"]
    assert (
        store.selected(not_by=("test", "second", None))
        == ["nice:ng1", "nice:ng2"]
        == store.selected(processed_before="9")[:2]
    )
    assert store.selected(processed_before="2000-01-01") == store.selected(publisher="nhs") == []


def test_what_left_its_site_is_retired_and_what_came_back_is_reopened(store: Store) -> None:
    ingest(store, page(1, "one", "2026-01-01"))
    assert not store.retire("nice:ng1", "2025-12-01T00:00:00Z", Departure.GONE), "it was seen after that"
    assert store.retire("nice:ng1", "2026-02-01", Departure.GONE)
    assert not store.retire("nice:ng1", "2026-02-02", Departure.NOT_FOUND)
    stands = store.standing("nice:ng1")
    assert (stands.retired_at, stands.departure) == ("2026-02-01T00:00:00Z", Departure.GONE)
    assert not store.reopen("nice:ng1", "2026-01-15")

    ingest(store, page(1, "one", "2026-01-20"))
    assert store.standing("nice:ng1").retired_at, "an old capture says nothing of its return"
    ingest(store, page(1, "one", "2026-03-01"))
    assert store.standing("nice:ng1").retired_at is None
    store.confirm("nice:ng1", "2026-04-01")
    store.confirm("nice:ng1", "2026-03-15")
    assert store.standing("nice:ng1").seen_at == "2026-04-01T00:00:00Z"
    assert told(store)[1:] == [("2026-02-01", "nice:ng1", "retired"), ("2026-03-01", "nice:ng1", "reopened")]
    assert len(store.versions("nice:ng1")) == 1
    with pytest.raises(UsageError, match="is no time"):
        store.confirm("nice:ng1", "yesterday")


def test_a_page_that_leads_elsewhere_keeps_its_history(store: Store) -> None:
    ingest(store, page(1, "one", "2026-01-01"), page(2, "two", "2026-01-01"))
    assert store.retire("nice:ng1", "2026-02-01", Departure.MOVED, moved_to="nice:ng2")
    assert "one" in json.loads(store.json("nice:ng1"))["text"]
    assert store.known("nice:ng1") == "nice:ng1"
    assert store.changes(record_id="nice:ng1")[-1].change.after == "its address leads elsewhere nice:ng2"
    assert store.reopen("nice:ng1", "2026-03-01")
    assert store.standing("nice:ng1").moved_to is None


def test_a_record_nobody_made_has_no_standing(store: Store) -> None:
    with pytest.raises(UsageError, match="no record has the id nice:ng404"):
        store.retire("nice:ng404", "2026-01-01", Departure.GONE)


@pytest.mark.parametrize("rules", [FIRST, SECOND])
def test_a_capture_that_is_lost_ends_the_run_that_needs_it(store: Store, rules: str) -> None:
    ingest(store, page(1, "overview", "2026-01-01"))
    with store._database.writing() as connection:
        connection.execute(update(tables.captures).values(body=None))
    summary = work.ingest([page(1, "chapter", "2026-02-01", "/chapter/1-x")], store, structure=rules, workers=1)
    assert "the store has lost captures" in str(summary.error)


def test_a_capture_that_comes_late_is_named_once_with_the_way_to_a_whole_history(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(f"2026-11-0{day}T00:00:0{second}Z" for day in range(1, 10) for second in range(10))
    monkeypatch.setattr("betony.store.store._now", lambda: next(clock))
    captures = [page(1, words, f"{year}-01-01") for words, year in (("a", 2012), ("c", 2018), ("b", 2015), ("d", 2016))]
    assert ingest(store, captures[0]).remarks == ingest(store, captures[1]).remarks == ()
    (remark,) = ingest(store, *captures[2:]).remarks
    assert (remark.uri, remark.failed) == (f"{ADDRESS}1", False)
    assert remark.message.startswith(
        "captured at 2015-01-01T12:00:00Z, before what nice:ng1 held of its page already (of 2018-01-01T12:00:00Z): "
        "kept, but no version in its history. So it is with 1 more. For histories"
    )
    assert store.changes(since="2026-01-01") == []
    assert len(store.changes(recorded_since="2026-11-01")) == len(store.changes()) == 2
    assert store.changes(recorded_since="2126-01-01") == []
    assert ingest(store, *captures).remarks == ()  # told already, and 2012 is a version
    archive = str(tmp_path / "all.warc.gz")
    items = (
        warc.Item(one.input_id, one.capture, one.stored_at, one.headers, one.cut) for one in store.frontier.archive()
    )
    warc.write(items, archive)
    with Store.open(str(tmp_path / "new.db"), create=True) as new:
        ingest(new, *(found for found in sources.discover([archive]) if isinstance(found, Capture)))
        assert [one.valid_from[:4] for one in new.versions("nice:ng1")] == ["2012", "2015", "2016", "2018"]
