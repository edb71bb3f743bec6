"""Copies, room on the disk, and what is to be kept no more."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from betony import work
from betony.errors import BetonyError, Reason, UsageError
from betony.model import Capture
from betony.store import RunState, Store, tables
from betony.store.records import Stale
from betony.work.events import Event, Summary
from tests.stores import golden, goldens, put

NG = "https://www.nice.org.uk/guidance/ng900"


@pytest.fixture
def store(new_store: str) -> Iterator[Store]:
    with Store.open(new_store, create=True) as opened:
        yield opened


def page(text: str, uri: str, url: str | None = None, at: str | None = None) -> Capture:
    return Capture(text.encode(), uri, url, retrieved_at=at)


def run(store: Store, *captures: Capture) -> Summary:
    summary = work.ingest(captures, store, structure="tests.poison:structure", workers=1)
    assert summary.run.balance == 0
    return summary


def test_a_copy_made_while_another_writes_is_of_one_moment(tmp_path: Path) -> None:
    out = tmp_path / "copy.db"
    with Store.open(str(tmp_path / "s.db"), create=True) as store, Store.open(str(tmp_path / "s.db")) as other:
        put(store, goldens()[0])
        ended = threading.Event()

        def write() -> None:
            while not ended.is_set():
                other.keep([page(f"text {datetime.now(UTC)}", "x.txt")], 1)

        writer = threading.Thread(target=write)
        writer.start()
        try:
            for _ in range(5):
                store.backup(out)
                with Store.open(str(out), writable=False) as copy:
                    assert copy.problems() == []
                    assert copy.sizes()["records"] == 1
                    assert copy.sizes()["captures"] == copy.sizes()["inputs"]
        finally:
            ended.set()
            writer.join()
        with pytest.raises(UsageError, match="the store itself"):
            store.backup(tmp_path / "s.db")
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []


def test_a_copy_that_cannot_be_made_leaves_the_old_one(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        with pytest.raises(BetonyError):
            store.backup(tmp_path / "gone" / "copy.db")
        (tmp_path / "full").symlink_to("/dev/full")
        store.backup(tmp_path / "full")
        assert not (tmp_path / "full").is_symlink()


def test_postgresql_is_copied_by_its_own_program(store: Store, tmp_path: Path) -> None:
    if not store.name.startswith("postgresql://"):
        pytest.skip("of the other database")
    with pytest.raises(UsageError) as caught:
        store.backup(tmp_path / "copy")
    assert "pg_dump" in caught.value.advice


def test_vacuum_gives_room_back(store: Store) -> None:
    records = goldens()
    for record in records:
        put(store, record)
    for record in records:
        store.forget(record["id"], why="x", who="me")
    before, after = store.vacuum()
    if not store.name.startswith("postgresql://"):
        assert after < before / 2
    assert store.sizes()["records"] == 0
    assert store.problems() == []


def test_no_vacuum_of_a_file_while_a_run_writes_to_it(store: Store) -> None:
    number = store.begin_run("ingest")
    if store.is_file:
        with pytest.raises(BetonyError, match=f"run {number} is at work"):
            store.vacuum()
    store.end_run(number, RunState.FINISHED)
    store.vacuum()
    with store._database.writing() as connection:  # left open by another machine, of which nobody can tell
        process = json.dumps({"host": "another", "pid": 1, "started": 0.0})
        connection.execute(update(tables.runs).values(state=RunState.RUNNING, process=process))
    store.vacuum()


def test_what_is_forgotten_is_gone_for_good_and_refused_with_the_reason(store: Store) -> None:
    chapters = [page("Overview.", "o.txt", NG), page("Zebrafish.", "c.txt", f"{NG}/chapter/1-x")]
    older = page("Quagga.", "c.txt", f"{NG}/chapter/1-x", "2020-01-01T00:00:00Z")
    run(store, older)
    run(store, *chapters, page("Another.", "a.txt"))
    assert store.forget("nice:ng900", why="the publisher asked", who="ana") == 3
    store.vacuum()
    if not store.name.startswith("postgresql://"):
        on_disk = Path(store.name).read_bytes()
        assert b"Another" in on_disk
        assert not any(word in on_disk for word in (b"ebrafish", b"ebrafi", b"uagga"))
    assert [row.id.split(":")[0] for row in store.listed()] == ["sha256"]
    assert store.sizes()["captures"] == store.sizes()["inputs"] == 1
    assert store.problems() == []
    with pytest.raises(UsageError, match=r"nice:ng900 was forgotten on .*: the publisher asked"):
        store.find("nice:ng900")

    same_address = page("New words.", "n.txt", NG)
    same_bytes = page("Zebrafish.", "elsewhere.txt")
    same_product = page("More.", "m.txt", f"{NG}/chapter/2-y")
    summary = run(store, same_address, same_bytes, same_product, page("Fine.", "f.txt"))
    assert (summary.run.new, summary.run.quarantined) == (1, 3)
    assert {setback.reason for setback in summary.setbacks} == {Reason.FORGOTTEN}
    assert all("the publisher asked" in setback.message for setback in summary.setbacks)
    rows = store.failures()
    assert {row.uri for row in rows} == {"n.txt", "elsewhere.txt", "m.txt"}
    assert not any(row.kept for row in rows)


def test_bytes_that_another_record_stands_on_stay(store: Store) -> None:
    run(store, page("Same.", "1.txt", NG), page("Same.", "2.txt", "https://www.nice.org.uk/guidance/ng901"))
    assert store.forget("nice:ng900", why="x", who="me") == 0
    (left,) = store.listed()
    assert left.id == "nice:ng901"
    assert run(store, page("Same.", "2.txt", "https://www.nice.org.uk/guidance/ng901")).run.unchanged == 1
    assert run(store, page("Other.", "1.txt", NG)).run.quarantined == 1


def test_what_is_forgotten_while_a_run_goes_on_does_not_come_back_and_is_counted(store: Store) -> None:
    chapter = page("Zebrafish.", "c.txt", f"{NG}/chapter/1-x")
    run(store, page("Overview.", "o.txt", NG), chapter, page("Another.", "a.txt"))

    def forgets(event: Event) -> None:
        if event.name == "progress" and not store.forgotten():
            store.forget("nice:ng900", why="the publisher asked", who="ana")

    captures = [page("Other words.", "o.txt", NG), chapter, page("Fine.", "f.txt"), page("Another.", "a.txt")]
    captures += [page("More.", f"{number}.txt", f"{NG}/chapter/{number}-y") for number in range(2, 70)]
    summary = work.ingest(captures, store, structure="tests.poison:structure", workers=1, on_event=forgets)
    counts = summary.run
    assert (counts.state, counts.new, counts.unchanged, counts.quarantined) == ("finished", 1, 1, 70)
    assert counts.balance == 0
    assert all("the publisher asked" in setback.message for setback in summary.setbacks)
    assert [row.id.split(":")[0] for row in store.listed()] == ["sha256", "sha256"]
    assert not any(row.kept for row in store.failures())
    assert store.problems() == []


def test_what_is_forgotten_or_pruned_while_it_is_read_is_not_written(store: Store) -> None:
    whole = golden("nice/ng9001-overview")
    put(store, whole)
    (place,) = store.places(whole["id"])
    plan = store.plan(whole["id"], whole["url"], [place], None)
    store.forget(whole["id"], why="x", who="me")
    with pytest.raises(Stale):
        store.commit(store.begin_run("test"), plan, whole)
    assert store.sizes()["records"] == 0
    assert store.plan(whole["id"], whole["url"], [place], None).forgotten

    (old, new) = store.keep([page("Old.", "p.txt", NG), page("New.", "p.txt", NG)], store.begin_run("test"))
    plan = store.plan("nice:ng900", NG, [(old.input_id, NG)], None)
    later = {**golden("nice/ipg9003-replaced"), "id": "nice:ng900", "url": NG}
    store.commit(store.begin_run("test"), store.plan("nice:ng900", NG, [(new.input_id, NG)], None), later)
    with store._database.writing() as connection:
        connection.execute(update(tables.inputs).values(first_seen="2020-01-01T00:00:00Z"))
        connection.execute(
            update(tables.inputs).where(tables.inputs.c.id == new.input_id).values(retrieved_at="2026-01-01")
        )
    assert store.prune(keep=1, older_than=0) == 1
    with pytest.raises(Stale):
        store.commit(store.begin_run("test"), plan, later)


def test_what_is_forgotten_while_it_is_read_anew_is_counted(store: Store) -> None:
    run(store, page("Overview.", "o.txt", NG), page("Another.", "a.txt"))
    job = work.Ingest.begun(store, structure="tests.poison:structure", command="reprocess", workers=1)
    with job as ingest:
        ingest.recall([row.id for row in store.listed()])
        store.forget("nice:ng900", why="the publisher asked", who="ana")
        ingest.structure(ingest.keys)
        summary = ingest.finish()
    assert (summary.run.unchanged, summary.run.quarantined, summary.run.balance) == (1, 1, 0)
    assert [(one.uri, "the publisher asked" in one.message) for one in summary.setbacks] == [(NG, True)]


@pytest.mark.parametrize("earlier", [True, False])
def test_what_is_forgotten_between_a_plan_and_its_captures_is_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch, earlier: bool
) -> None:
    run(store, page("Overview.", "o.txt", NG))
    load = store.load

    def forgets(input_ids: Iterable[str]) -> list[Capture]:
        if not store.forgotten():
            store.forget("nice:ng900", why="the publisher asked", who="ana")
        return load(input_ids)

    monkeypatch.setattr(store, "load", forgets)
    address = f"{NG}/chapter/1-x" if earlier else NG
    summary = run(store, page("Other words.", "c.txt", address), page("Fine.", "f.txt"))
    assert summary.error is None
    assert (summary.run.new, summary.run.quarantined, summary.run.balance) == (1, 1, 0)
    assert [(one.uri, "the publisher asked" in one.message) for one in summary.setbacks] == [
        ("c.txt" if earlier else NG, True)
    ]


def test_old_captures_go_and_what_records_stand_on_stays(store: Store) -> None:
    for month in range(1, 7):
        run(store, page(f"In month {month}.", "o.txt", NG, f"2026-0{month}-01T00:00:00Z"))
    run(store, page("POISON exception", "bad.txt"), page("In month 0.", "o.txt", NG, "2025-12-01T00:00:00Z"))
    assert store.prune(keep=2, older_than=30) == 0, "all came today"
    with store._database.writing() as connection:
        long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat(timespec="seconds")
        connection.execute(update(tables.inputs).values(first_seen=long_ago))
    assert store.prune(keep=2, older_than=50) == 0
    assert store.prune(keep=2, older_than=30) == 5
    assert store.sizes()["captures"] == 3
    assert [row.kept for row in store.failures()] == [True]
    assert run(store, page("In month 6.", "o.txt", NG, "2026-06-01T00:00:00Z")).run.unchanged == 1
    assert store.prune(keep=1, older_than=0) == 1
    assert store.problems() == []


def test_a_store_is_kept_in_order_from_the_command_line(new_store: str, tmp_path: Path) -> None:
    with Store.open(new_store, create=True) as store:
        put(store, golden("nice/ng9001-overview"))
        put(store, golden("nice/ipg9003-replaced"))

    def betony(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "betony", *args, "--store", new_store]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "MB now" in betony("store", "vacuum").stdout
    assert "0 captures purged" in betony("store", "prune", "--keep", "1", "--older-than", "0").stdout
    copied = betony("store", "backup", str(tmp_path / "copy.db"))
    assert copied.returncode == (2 if new_store.startswith("postgresql://") else 0), copied.stderr
    told = betony("correct", "NG9001", "title.value", "Better", "--why", "a typing error", "--who", "ana")
    assert told.stdout == "nice:ng9001: title.value is Better\n", told.stderr
    listed = betony("corrections").stdout
    assert "title.value is Better: the rules read " in listed
    assert "[ana, " in listed
    assert betony("correct", "NG9001", "text", "x", "--why", "x").returncode == 2
    assert betony("correct", "NG9001", "title.value").returncode == 2
    assert betony("correct", "NG9001", "title.value", "Better", "--why", " ").returncode == 2
    assert betony("correct", "NG9001", "title.value", "--undo").returncode == 0
    assert betony("corrections").stdout == "Nothing is corrected.\n"
    history = betony("history", "NG9001").stdout
    assert "title.value corrected by ana: a typing error" in history
    assert "title.value no longer corrected" in history
    assert "by other rules" not in history
    abbreviated = betony("forget", "nice:ng9", "--why", "asked for")
    assert (abbreviated.returncode, "close: nice:ng9001" in abbreviated.stderr) == (2, True)
    assert betony("forget", "NG9001", "--why", " ").returncode == 2
    gone = betony("forget", "NG9001", "--why", "asked for")
    assert gone.stdout == "nice:ng9001 is forgotten, and 1 capture with it: asked for\n", gone.stderr
    refused = betony("show", "nice:ng9001")
    assert refused.returncode == 2
    assert "asked for" in refused.stderr
