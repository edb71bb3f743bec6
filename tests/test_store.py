"""The store by itself, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text
from sqlalchemy.dialects import sqlite

from betony.errors import Reason, StoreError
from betony.model import Capture
from betony.store import Made, Store, tables
from betony.store.database import shown
from betony.store.prepared import Prepared
from tests.conftest import ROOT
from tests.postgresql import Server
from tests.stores import golden, goldens, put


@pytest.fixture
def store(new_store: str) -> Iterator[Store]:
    with Store.open(new_store, create=True) as opened:
        yield opened


def answers(store: Store) -> dict[str, Any]:
    """What the store says of itself, but for times and processes."""
    with store._database.reading() as connection:
        rows = {
            table.name: sorted((list(row) for row in connection.execute(select(*plain_columns(table)))), key=repr)
            for table in tables.DETAILS
        }
    return {
        "records": [json.loads(line) | {"processing": None} for line in store.every_json()],
        "listed": [row.id for row in store.listed(status="active")],
        "among": [row.id for row in store.listed(among=["who:unknown", "nice:ng9001"])],
        "found": [store.find(name) for name in ("NG9001", "nice:ng9001", "who:")],
        "sizes": store.sizes(),
        "layout": store.layout(),
        "problems": store.problems(),
        "rows": rows,
    }


def plain_columns(table: Any) -> list[Any]:
    return [column for column in table.c if column.name != "key"]


def test_both_databases_give_the_same_answers(server: Server, tmp_path: Path) -> None:
    given = []
    for name in (str(tmp_path / "s.db"), server.new_database()):
        with Store.open(name, create=True) as store:
            run = store.begin_run("test")
            for record in goldens():
                assert put(store, record, run).outcome == "new"
            for record in reversed(goldens()):
                assert put(store, record, run).outcome == "unchanged"
            given.append(answers(store))
    assert given[0]["sizes"]["recommendations"] > 50
    assert given[0] == given[1]
    assert given[0]["among"] == ["nice:ng9001"]


def test_a_record_and_its_rows_come_and_go_together(store: Store) -> None:
    record = golden("nice/ng9001-overview")
    put(store, record)
    before = store.sizes()
    assert before["recommendations"] == len(record["recommendations"]) > 0
    put(store, {**record, "recommendations": [], "content_hash": "0" * 64})
    after = store.sizes()
    assert after["recommendations"] == 0
    assert after["sections"] == before["sections"] == len(record["sections"])


def test_rows_that_are_bound_together_are_those_bound_one_by_one() -> None:
    statement = Prepared(insert(tables.sections).inline(), ["record_id", "heading", "text"])
    known = statement._known(sqlite.dialect())
    plain: list[dict[str, str | None]] = [
        {"record_id": "a", "heading": None, "text": "wax’s"},
        {"record_id": "b", "text": ""},
    ]
    strange: list[dict[str, str | None]] = [*plain, {"record_id": "c", "heading": "x\ud800", "text": "n\0y"}]
    for rows in (plain, strange):
        assert known.all_bound(rows) == [known.bound(row) for row in rows]
    assert "x\ufffd" in known.all_bound(strange)[-1]


def test_no_text_is_too_strange_to_be_kept(store: Store) -> None:
    strange = "a\0b\ud800c\udcff.txt"
    run = store.begin_run("test")
    kept = store.keep([Capture(b"\0\xff", strange, f"https://x.example/{strange}")], run)
    store.set_aside(run, kept, stage="structure", reason=Reason.DEFECT, message=strange, detail="\0" * 9_000)
    (row,) = store.failures()
    assert row.uri == row.message == "a\ufffdb\ufffdc\ufffd.txt"
    assert store.load([row.input_id])[0].body == b"\0\xff"
    assert store.keep([Capture(b"\0\xff", strange, f"https://x.example/{strange}")], run) == kept
    title = {**golden("nice/ipg9003-replaced")["title"], "value": "a\0b"}
    put(store, {**golden("nice/ipg9003-replaced"), "title": title})
    assert [row.title for row in store.listed()] == ["a\ufffdb"]
    assert json.loads(store.json("nice:ipg9003"))["title"]["value"] == "a\0b"


def test_a_size_beyond_four_bytes_is_kept(store: Store) -> None:
    run = store.begin_run("test")
    capture = Capture(b"", "huge.txt")
    store.set_aside_unread(run, capture, reason=Reason.TOO_LARGE, message="huge", digest="ab" * 32, size=5 * 1024**3)
    with store._database.reading() as connection:
        assert connection.execute(select(tables.captures.c.size)).scalar() == 5 * 1024**3


def test_a_reader_sees_one_moment(store: Store) -> None:
    put(store, golden("nice/ng9001-overview"))
    lines = store.every_json()
    first = next(lines)
    put(store, golden("nice/ipg9003-replaced"))
    assert len([first, *lines]) == 1
    assert len(list(store.every_json())) == 2


def test_a_failed_write_leaves_nothing_behind(store: Store) -> None:
    record = golden("nice/ng9001-overview")
    broken = {**record, "recommendations": [{**record["recommendations"][0], "text": None}]}
    with pytest.raises(StoreError):
        put(store, broken)
    sizes = store.sizes()
    assert (sizes["records"], sizes["sections"], sizes["captures"]) == (0, 0, 1)


def test_of_records_written_together_a_stale_one_is_left_out(store: Store) -> None:
    run = store.begin_run("test")

    def made(record: dict[str, Any], page: str) -> Made:
        (kept,) = store.keep([Capture(record["text"].encode(), page, record["url"])], run)
        return Made.of(store.plan(record["id"], record["url"], [(kept.input_id, page)], None), record)

    overview, other = golden("nice/ng9001-overview"), golden("who/safe-injection-fact-sheet")
    chapter = {**overview, "text": f"{overview['text']} And more."}
    together = [made(overview, "overview"), made(other, "page")]
    store.commit_all(run, [made(chapter, "chapter")])  # another process is quicker
    left_out, written = store.commit_all(run, together)
    assert left_out is None
    assert written is not None
    assert written.outcome == "new"
    assert json.loads(store.json(overview["id"]))["text"] == chapter["text"]
    assert json.loads(store.json(other["id"]))["text"] == other["text"]
    assert (store.run(run).inputs, store.run(run).new, store.run(run).balance) == (3, 2, 1)


def test_writers_wait_for_each_other(new_store: str) -> None:
    with Store.open(new_store, create=True) as one, Store.open(new_store) as two:
        run = one.begin_run("test")
        order = []

        def other() -> None:
            order.append("asks")
            two.keep([Capture(b"two", "2.txt")], run)
            order.append("writes")

        thread = threading.Thread(target=other)
        with one._database.writing():
            thread.start()
            thread.join(0.5)
            order.append("first is done")
        thread.join(20)
        assert order == ["asks", "first is done", "writes"]


def test_a_stop_waits_for_the_end_of_a_transaction(new_store: str) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background may not have it
    try:
        with Store.open(new_store, create=True) as one, Store.open(new_store) as two:
            run = one.begin_run("test")
            with pytest.raises(KeyboardInterrupt), one._database.writing() as connection:  # noqa: PT012 - it is raised at the end
                connection.execute(text("UPDATE runs SET command = 'half'"))
                os.kill(os.getpid(), signal.SIGINT)
                connection.execute(text("UPDATE runs SET command = 'whole'"))
            assert two.run(run).command == "whole"
            assert two.begin_run("next") > run
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_store_held_too_long_says_so(new_store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"betony.store.{module}._WAIT_MS", 200)
    with Store.open(new_store, create=True) as one, Store.open(new_store) as two, one._database.writing():
        with pytest.raises(StoreError, match="another program holds the store") as caught:
            two.begin_run("test")
        assert caught.value.advice


WRITER = """
import sys
from betony.store import Store
from tests.stores import golden, goldens, put
with Store.open(sys.argv[1], create=True) as store:
    run = store.begin_run("test")
    print(sum(put(store, record, run).outcome == "new" for record in goldens()))
"""


def test_two_processes_that_write_the_same_write_it_once(new_store: str) -> None:
    command = [sys.executable, "-c", WRITER, new_store]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    new = [int(process.communicate(timeout=120)[0]) for process in both]
    assert sum(new) == len(goldens())
    with Store.open(new_store) as store:
        assert store.sizes()["records"] == len(goldens())
        assert store.sizes()["captures"] == len({record["text"] for record in goldens()})
        assert store.problems() == []


def test_a_store_is_made_only_where_that_is_asked_for(server: Server) -> None:
    name = server.new_database()
    with pytest.raises(StoreError, match="is empty"):
        Store.open(name)
    Store.open(name, create=True).close()
    Store.open(name, writable=False).close()
    other = server.new_database()
    with connected(other) as connection:
        connection.execute(text("create table theirs (x int)"))
    with pytest.raises(StoreError, match="another program"):
        Store.open(other, create=True)


def test_a_store_that_is_just_being_made_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "betony.db"
    path.touch()
    made = threading.Timer(0.3, lambda: Store.open(str(path), create=True).close())
    made.start()
    with Store.open(str(path), writable=False) as store:
        assert store.runs() == []
    made.join()


def test_a_schema_of_its_own_by_the_address(server: Server) -> None:
    name = server.new_database()
    apart = f"{name}&options=-csearch_path%3Dguidance"
    with pytest.raises(StoreError, match="names no schema"):
        Store.open(apart, create=True)
    with connected(name) as connection:
        connection.execute(text("create schema guidance"))
    with Store.open(apart, create=True) as one, Store.open(name, create=True) as two:
        put(one, golden("nice/ng9001-overview"))
        with one._database.writing():
            two.begin_run("test")  # its writers are others
        assert (one.sizes()["records"], two.sizes()["records"]) == (1, 0)


@contextmanager
def connected(name: str) -> Iterator[Connection]:
    from sqlalchemy import create_engine  # noqa: PLC0415 - two tests alone look past the store

    engine = create_engine(name.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def test_a_lost_connection_says_so_and_the_next_call_finds_another(server: Server) -> None:
    with Store.open(server.new_database(), create=True) as store:
        store.begin_run("test")
        server.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'betony'")
        with pytest.raises(StoreError, match="the connection to the database server was lost"):
            store.begin_run("test")
        put(store, golden("nice/ng9001-overview"))
        assert store.sizes()["records"] == 1


def test_addresses_that_lead_nowhere_say_why(server: Server) -> None:
    here = server.address("nothing")
    said = {
        "postgresql://127.0.0.1:9/x?connect_timeout=2": "cannot be reached",
        here: "no such database",
        here.replace("postgres@", "nobody@").replace("nothing", "postgres"): "refused the user",
        "postgresql://h:port/x": "is not an address of a database",
        "mysql://h/x": "is not an address of a store",
        "sqlite://": "names no file",
    }
    for name, words in said.items():
        with pytest.raises(StoreError, match=words):
            Store.open(name, create=True)


def test_a_password_is_shown_to_nobody() -> None:
    name = "postgresql://me:secret@127.0.0.1:9/x?connect_timeout=2"
    assert shown(name) == "postgresql://me:…@127.0.0.1:9/x?connect_timeout=2"
    assert shown("postgresql://me@h/x") == "postgresql://me@h/x"
    assert shown("a:b@c.db") == "a:b@c.db"
    command = [sys.executable, "-m", "betony", "list", "--store", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "secret" not in done.stderr + done.stdout
    assert "cannot be reached" in done.stderr


def test_without_its_driver_postgresql_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("betony.store.postgresql.find_spec", lambda _: None)
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql://h/x")
    assert caught.value.advice == "pip install 'betony[postgres]'"
