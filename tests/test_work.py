"""Many documents: grouped, supervised, counted."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from betony import work
from betony.errors import Reason, StoreError
from betony.model import Capture
from betony.record import Processing, renamed
from betony.sources import Failure, Found
from betony.store import RunState, Store, tables
from betony.work.events import Summary
from betony.workers import Limits, Workers
from tests import poison
from tests.stores import golden, put

NG = "https://www.nice.org.uk/guidance/ng900"
QUICK = Limits(seconds=2.0, memory=1024**3)


@pytest.fixture
def store(new_store: str) -> Iterator[Store]:
    with Store.open(new_store, create=True) as opened:
        yield opened


def page(text: str, uri: str = "a.txt", url: str | None = None, at: str | None = None) -> Capture:
    return Capture(text.encode(), uri, url, retrieved_at=at)


def run(store: Store, *found: Found, workers: int = 1, limits: Limits = QUICK) -> Summary:
    summary = work.ingest(found, store, structure="tests.poison:structure", workers=workers, limits=limits)
    assert summary.error is None
    assert summary.run.balance == 0
    assert summary.run.state == RunState.FINISHED
    return summary


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.run.new, summary.run.changed, summary.run.unchanged, summary.run.quarantined


def records(store: Store) -> list[dict[str, object]]:
    return [json.loads(text) for text in store.every_json()]


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but what tells of runs and times."""
    with store._database.reading() as connection:
        found = {
            table: connection.exec_driver_sql(f"select * from {table} order by 1, 2").fetchall()  # noqa: S608
            for table in ("captures", "inputs", "records", "record_inputs", "sections", "aliases", "addresses")
        }
    return {table: [tuple(row) for row in rows_] for table, rows_ in found.items()}


def test_a_second_run_changes_nothing(store: Store) -> None:
    pages = [page("one", "1.txt"), page("two", "2.txt", NG), page("three", "3.txt", NG + "/chapter/a")]
    assert counts(run(store, *pages)) == (3, 0, 0, 0)
    before = rows(store)
    assert counts(run(store, *pages)) == (0, 0, 3, 0)
    assert rows(store) == before
    assert len(before["records"]) == 2


def test_the_same_captures_three_times_leave_what_one_run_does(store: Store, request: pytest.FixtureRequest) -> None:
    number = 1_000 if request.config.getoption("--long") else 100
    pages = [page(f"text {i}", f"{i}.txt", f"{NG}/chapter/{i}" if i % 3 == 0 else None) for i in range(number)]
    assert counts(run(store, *pages, workers=2)) == (number, 0, 0, 0)
    before = rows(store)
    for _ in range(2):
        assert counts(run(store, *pages, workers=2)) == (0, 0, number, 0)
    assert rows(store) == before


def test_captures_of_one_product_make_one_record_however_far_apart(store: Store) -> None:
    others = [page(f"other {number}", f"{number}.txt") for number in range(80)]
    summary = run(store, page("overview", "o.txt", NG), *others, page("chapter", "c.txt", NG + "/chapter/1-x"))
    assert counts(summary) == (82, 0, 0, 0)
    assert summary.record_ids[0] == "nice:ng900"
    record = json.loads(store.json("nice:ng900"))
    assert record["text"] == "overview\n\nchapter"


def test_a_chapter_brought_later_joins_its_record(store: Store) -> None:
    run(store, page("overview", "o.txt", NG))
    assert counts(run(store, page("chapter", "c.txt", NG + "/chapter/1-x"))) == (0, 1, 0, 0)
    assert json.loads(store.json("nice:ng900"))["text"] == "overview\n\nchapter"
    assert counts(run(store, page("overview", "o.txt", NG))) == (0, 0, 1, 0)


def test_the_later_retrieval_wins_whatever_came_last(store: Store) -> None:
    run(store, page("new", "n.txt", NG, "2026-02-01"))
    assert counts(run(store, page("old", "o.txt", NG, "2026-01-01T10:00:00Z"))) == (0, 0, 1, 0)
    assert json.loads(store.json("nice:ng900"))["text"] == "new"
    assert counts(run(store, page("newer", "o.txt", NG, "2026-03"))) == (0, 1, 0, 0)


def test_without_a_time_the_later_ingest_wins_and_stays(store: Store) -> None:
    pages = [page("a", "1.txt", NG), page("b", "2.txt", NG), page("a", "3.txt", NG)]
    assert counts(run(store, *pages)) == (1, 0, 2, 0)
    before = rows(store)
    assert counts(run(store, *pages)) == (0, 0, 3, 0)
    assert rows(store) == before


def test_copies_without_an_address_do_not_take_turns(store: Store) -> None:
    pages = [page("same", "1.txt"), page("same", "2.txt"), page("same", "1.txt")]
    assert counts(run(store, *pages)) == (1, 0, 2, 0)
    before = rows(store)
    assert counts(run(store, *reversed(pages))) == (0, 0, 3, 0)
    assert rows(store) == before


def test_a_new_version_of_betony_reads_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    run(store, page("one"))
    monkeypatch.setattr(poison, "PROCESSING", Processing(pipeline="test", ruleset="2"))
    summary = run(store, page("one"))  # the workers still say 1, and the content is the same
    assert counts(summary) == (0, 0, 1, 0)


def test_what_a_record_holds_is_named_after_the_id_that_it_is_known_by(store: Store) -> None:
    """Rules that name the record otherwise, such as a publisher that was added, change nothing by that alone."""
    made = golden("nice/ng9001-overview")
    put(store, {**renamed(made, "web:elsewhere/ng9001"), "aliases": [made["id"]]})
    before = json.loads(store.json("web:elsewhere/ng9001"))
    assert put(store, made).outcome == "unchanged"
    record = json.loads(store.json("web:elsewhere/ng9001"))
    assert record["recommendations"] == before["recommendations"]
    assert {item["id"].split("#")[0] for item in record["recommendations"]} == {"web:elsewhere/ng9001"}
    assert record["content_hash"] == before["content_hash"] != made["content_hash"]


def test_an_id_once_given_stays(store: Store) -> None:
    run(store, page("one", url="https://unknown.example/ng900"))
    old = store.find("web:unknown.example/ng900")
    with store._database.writing() as connection:  # as if the address had been learnt under another id
        connection.execute(update(tables.addresses).values(address=NG))
    summary = run(store, page("two", url=NG))
    assert summary.record_ids == (old,)
    record = json.loads(store.json(old))
    assert record["id"] == old
    assert record["aliases"] == ["nice:ng900"]
    assert store.find("nice:ng900") == old
    assert store.find("NICE:NG900".lower()) == old


def test_two_records_that_later_rules_would_call_one_both_stay(store: Store) -> None:
    """Chapters that were records of their own may be parts of one by later rules: the name is the first one's."""
    made = {name: golden(f"nice/{name}") for name in ("ng9001-overview", "ng9021")}
    for i, record in enumerate(made.values()):
        put(store, {**renamed(record, f"web:elsewhere/{i}"), "aliases": ["nice:ng9999"]})
    kept = {str(record["id"]): record["aliases"] for record in records(store)}
    assert kept["web:elsewhere/0"] == ["nice:ng9999"]
    assert kept["web:elsewhere/1"] == []
    assert store.find("nice:ng9999") == "web:elsewhere/0"


POISON = ("crash", "hang", "memory", "recursion", "exception")
REASONS = [Reason.CRASHED, Reason.TIMED_OUT, Reason.OUT_OF_MEMORY, Reason.TOO_DEEP, Reason.DEFECT]


@pytest.mark.timeout(3_000)
@pytest.mark.parametrize("number", [60, 1_000, 10_000])
def test_poisoned_documents_are_set_aside_by_name_and_the_rest_goes_on(
    store: Store, number: int, request: pytest.FixtureRequest
) -> None:
    if number > 1_000 and not request.config.getoption("--long"):
        pytest.skip("takes long: run with --long")
    pages = [page(f"text {i}", f"{i:04}.txt") for i in range(number)]
    for i, kind in enumerate(POISON):
        place = (i + 1) * number // 7
        pages[place] = page(f"POISON {kind}", f"{place:04}-{kind}.txt")
    summary = run(store, *pages, workers=2)
    assert counts(summary) == (number - 5, 0, 0, 5)
    failures = store.failures()
    assert [row.uri.split("-")[1] for row in failures] == [f"{kind}.txt" for kind in POISON]
    assert [row.reason for row in failures] == REASONS
    assert store.load([failures[0].input_id])[0].body == b"POISON crash"
    assert len(records(store)) == number - 5


@dataclass(eq=False)
class _Plain:
    captures: tuple[Capture, ...]


def test_a_process_has_its_next_job_in_hand_before_it_is_done_with_the_last() -> None:
    jobs = [_Plain((page(f"nap {i}"),)) for i in range(40)]
    in_hand = []
    with Workers[_Plain](1, QUICK, "tests.poison:structure") as pool:
        for _, answer in pool.run(iter(jobs)):
            assert answer.record is not None
            in_hand.append(sum(len(child.jobs) for child in pool._children))
    assert len(in_hand) == 40
    assert min(in_hand[:-8]) > 0
    assert max(in_hand) < 8


def test_a_large_job_is_held_by_itself() -> None:
    """Its bytes and another's at once could fill a memory that either fits in."""
    jobs = [_Plain((page(f"nap {i}" + (" heel" * 250_000 if i % 5 == 2 else "")),)) for i in range(30)]
    with Workers[_Plain](1, QUICK, "tests.poison:structure") as pool:
        for _, answer in pool.run(iter(jobs)):
            assert answer.record is not None
            held = [len(job.captures[0].body) for child in pool._children for job in child.jobs]
            assert max(held, default=0) < 1_000_000 or len(held) == 1


def test_what_a_dead_process_had_in_hand_is_done_by_the_next() -> None:
    jobs = [_Plain((page("POISON exit" if i == 9 else f"nap {i}"),)) for i in range(30)]
    with Workers[_Plain](1, QUICK, "tests.poison:structure") as pool:
        answers = {jobs.index(job): answer for job, answer in pool.run(iter(jobs))}
    assert sorted(answers) == list(range(30))
    assert [i for i, answer in answers.items() if answer.record is None] == [9]
    assert answers[9].reason is Reason.CRASHED


@pytest.mark.parametrize(("kind", "reason"), [("exit", Reason.CRASHED), ("spin", Reason.TIMED_OUT)])
def test_other_ends_have_their_reasons(store: Store, kind: str, reason: Reason) -> None:
    run(store, page("ok", "1.txt"), page(f"POISON {kind}", "2.txt"), page("fine", "3.txt"))
    assert [(row.uri, row.reason) for row in store.failures()] == [("2.txt", reason)]


@pytest.mark.parametrize("kind", ["named", "crash", "exception"])
def test_one_bad_chapter_does_not_take_its_record_along(store: Store, kind: str) -> None:
    pages = [page(text, f"{i}.txt", f"{NG}/chapter/{i}") for i, text in enumerate(["a", f"POISON {kind}", "c"])]
    assert counts(run(store, *pages)) == (2, 0, 0, 1)
    assert json.loads(store.json("nice:ng900"))["text"] == "a\n\nc"
    assert [row.uri for row in store.failures()] == ["1.txt"]


def test_however_many_chapters_are_bad_the_others_make_the_record(store: Store) -> None:
    bad = [page("POISON named", f"{i}.txt", f"{NG}/chapter/{i}") for i in range(30)]
    summary = run(store, *bad, page("text", "good.txt", f"{NG}/chapter/good"))
    assert counts(summary) == (1, 0, 0, 30)
    assert [record["text"] for record in records(store)] == ["text"]


def test_what_failed_leaves_quarantine_once_it_is_mended(store: Store) -> None:
    run(store, page("POISON exception", "x.txt"), Failure("gone.txt", Reason.UNREADABLE, "no such file"))
    assert [(row.uri, row.kept) for row in store.failures()] == [("gone.txt", False), ("x.txt", True)]
    run(store, page("POISON exception", "x.txt"))
    assert [row.attempts for row in store.failures()] == [1, 2]
    run(store, page("mended", "x.txt"), page("found", "gone.txt"))
    assert store.failures() == []


def test_an_input_too_large_leaves_its_digest(store: Store) -> None:
    failure = Failure("big.txt", Reason.TOO_LARGE, "too large", digest="ab" * 32, size=60_000_000)
    assert counts(run(store, failure)) == (0, 0, 0, 1)
    (row,) = store.failures()
    assert (row.digest, row.kept) == ("ab" * 32, False)


def test_an_unknown_publisher_in_a_side_file_is_set_aside(store: Store) -> None:
    assert counts(run(store, replace(page("x"), publisher="nobody"))) == (0, 0, 0, 1)


def test_two_stores_fed_in_different_batches_agree(tmp_path: Path) -> None:
    pages = [page(f"t{i}", f"{i}.txt", f"{NG}/chapter/{i % 4}" if i % 2 else None) for i in range(12)]
    with Store.open(str(tmp_path / "1.db"), create=True) as one, Store.open(str(tmp_path / "2.db"), create=True) as two:
        run(one, *pages)
        for item in pages:
            run(two, item)
        first, second = list(one.every_json()), list(two.every_json())
    assert [json.loads(text)["text"] for text in first] == [json.loads(text)["text"] for text in second]


TEXTS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([None, NG, NG + "/chapter/1"])), max_size=6)


@settings(max_examples=15)
@given(TEXTS)
def test_any_input_twice_is_all_unchanged(made: list[tuple[str, str | None]]) -> None:
    folder = tempfile.mkdtemp()
    try:
        with Store.open(f"{folder}/s.db", create=True) as store:
            pages = [page(text, f"{i}.txt", url) for i, (text, url) in enumerate(made)]
            run(store, *pages)
            before = rows(store)
            assert counts(run(store, *pages)) == (0, 0, len(pages), 0)
            assert rows(store) == before
    finally:
        shutil.rmtree(folder)


def test_a_run_stopped_by_its_user_keeps_what_is_done(store: Store) -> None:
    def stopped() -> Iterable[Capture]:
        for number in range(200):
            yield page(f"text {number}", f"{number}.txt")
            if number == 150:
                raise KeyboardInterrupt

    summary = work.ingest(stopped(), store, structure="tests.poison:structure", workers=1)
    assert summary.interrupted
    assert store.runs()[0].state == RunState.INTERRUPTED
    assert store.sizes()["captures"] >= 128
    assert counts(run(store, *(page(f"text {number}", f"{number}.txt") for number in range(200)))) == (200, 0, 0, 0)


def test_records_not_yet_written_when_a_try_fails_count_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with work.Ingest.begun(store, workers=1, structure="tests.poison:structure", limits=QUICK) as job:
        job.gather(iter([page(f"Document {number}.", f"{number}.txt") for number in range(3)]))
        answers = job._pool.run

        def broken_off(*given: Any, **_: Any) -> Iterator[Any]:
            yield next(answers(*given))
            raise StoreError("is held by another process")

        with monkeypatch.context() as patched:
            patched.setattr(job._pool, "run", broken_off)
            with pytest.raises(StoreError, match="held by another"):
                job.structure(job.keys)
        job.structure(job.keys)
        summary = job.finish()
    assert summary.error is None
    assert counts(summary) == (3, 0, 0, 0)
    assert summary.run.balance == 0
