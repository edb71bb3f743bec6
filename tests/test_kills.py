"""Whoever writes to a store may be killed at any moment: what it said is done is there, once, and whole."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import delete, insert, select, update

from betony.model import Capture
from betony.store import Store, details, tables
from tests.stores import put, record

RECORDS = 12
SECTIONS = 4


@dataclass
class Damage:
    """What the kills did, of how much that was acknowledged."""

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    torn: int = 0


def made(number: int, turn: int) -> dict[str, Any]:
    """One of the records, saying in every part of it which turn it is of."""
    digest = hashlib.sha256(f"{number} {turn}".encode()).hexdigest()
    words = [f"turn {turn} section {i} of {number}" for i in range(SECTIONS)]
    return record(f"a:{number}", *words, title=f"turn {turn}", content_hash=digest)


def ours(store: Store, run: int, number: int, turn: int) -> None:
    put(store, made(number, turn), run)


def naive(store: Store, run: int, number: int, turn: int) -> None:
    """The same rows, each statement committed as it comes."""
    new = made(number, turn)
    rows = details.rows(new)[tables.sections]
    columns, own = tables.records.c, tables.sections.c.record_id == new["id"]
    text = json.dumps(new)
    for statement in (
        update(tables.records).where(columns.id == new["id"]).values(json=text, content_hash=new["content_hash"]),
        delete(tables.sections).where(own),
        *(insert(tables.sections).values(**row) for row in rows),
    ):
        with store._database.writing() as connection:
            connection.execute(statement)
    store.keep([Capture(b"x", "x.txt")], run)


def killed(name: str, write: Callable[[Store, int, int, int], None], kills: int) -> Damage:
    """Starts a writer and kills it, again and again, and looks at the store each time."""
    chance = random.Random(13)  # noqa: S311 - no secret
    found = Damage()
    with Store.open(name, create=True) as store:
        run = store.begin_run("test")
        for turn in (0, 1):
            begun = time.monotonic()
            for number in range(RECORDS):
                put(store, made(number, turn), run)
            pace = (time.monotonic() - begun) / RECORDS  # of a record written over another, as the writers do
    last = dict.fromkeys(range(RECORDS), 1)
    for kill in range(kills):
        reader, writer = os.pipe()
        process = os.fork()
        if process == 0:
            os.close(reader)
            _write_until_killed(name, write, writer, first_turn=(kill + 1) * 100_000)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            pipe.readline()  # it is at work
            nothing_yet = kill == kills - 1 and not found.acknowledged  # on a busy machine
            first = pipe.readline() if nothing_yet else ""
            time.sleep(chance.uniform(0, 5 * pace))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            for line in filter(None, (first, *pipe)):
                number, turn = map(int, line.split())
                last[number] = turn
                found.acknowledged += 1
        _inspect(name, last, found)
    return found


def _write_until_killed(name: str, write: Callable[..., None], pipe: int, first_turn: int) -> NoReturn:
    try:
        with Store.open(name) as store:
            run = store.begin_run("test")
            os.write(pipe, b"ready\n")
            for turn in itertools.count(first_turn):
                for number in range(RECORDS):
                    write(store, run, number, turn)
                    os.write(pipe, f"{number} {turn}\n".encode())
    finally:
        os._exit(1)


def _inspect(name: str, last: dict[int, int], found: Damage) -> None:
    with Store.open(name) as store, store._database.reading() as connection:
        assert store.problems() == []
        rows = {row.id: row for row in connection.execute(select(tables.records))}
        sections = connection.execute(select(tables.sections).order_by(tables.sections.c.position)).all()
        versions = connection.execute(select(tables.versions).order_by(tables.versions.c.number)).all()
    assert len(rows) == RECORDS
    for number, turn in last.items():
        row = rows[f"a:{number}"]
        stored = json.loads(row.json)
        there = int(stored["title"]["value"].split()[1])
        own = [section for section in sections if section.record_id == row.id]
        hashes = [version.content_hash for version in versions if version.record_id == row.id]
        found.lost += there < turn
        found.doubled += len(hashes) != len(set(hashes))
        words = [section["text"] for section in stored["sections"]]
        whole = [section.text for section in own] == words
        whole &= row.title == stored["title"]["value"] and row.content_hash == stored["content_hash"] == hashes[-1]
        found.torn += not whole


def test_killed_at_any_moment_a_store_has_lost_doubled_and_torn_nothing(new_store: str, kills: int) -> None:
    damage = killed(new_store, ours, kills)
    assert damage.acknowledged > 0
    assert (damage.lost, damage.doubled, damage.torn) == (0, 0, 0)


def test_the_same_kills_tear_what_a_naive_writer_writes(new_store: str, kills: int) -> None:
    assert killed(new_store, naive, kills).torn > 0
