"""Finding sections by their words, in SQLite and in PostgreSQL alike."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betony.errors import UsageError
from betony.store import Departure, Filters, Hit, Store, details
from betony.store.database import Database
from betony.store.search import Term, parse
from tests.postgresql import Server
from tests.stores import TEMPLATE, goldens, put, record

ALL = 10_000


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def name(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("search") / "s.db")
    server: Server = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture(scope="module")
def store(name: str) -> Iterator[Store]:
    retired = {**TEMPLATE["status"], "code": "retired", "currency": "withdrawn"}
    with Store.open(name, create=True) as opened:
        for made in (
            record("a:1", "Vitamin A is given weekly.", ("Follow-up", "See the patient at 6.5 weeks.")),
            record("a:2", "Vitamin B is given with care.", title="Vitamins for Ménière's disease"),
            record("a:3", "Withdrawn words about vitamin A.", status=retired),
            record("a:4", ("Vitamin A", "What to give."), "Falls are prevented by exercise; a fall was prevented."),
            record("a:5", "An address: https://www.example.org/vitamin-c?x=1, and mail: who@example.org, 50% of <b>."),
            record("a:6", "straw " * 400_000 + "needle"),
        ):
            put(opened, made)
        yield opened


def found(store: Store, query: str, **filters: Any) -> list[str]:
    return [f"{hit.record_id} {hit.section}" for hit in store.search(query, Filters(**filters), ALL)]


@pytest.mark.parametrize(
    ("query", "sections"),
    [
        ("weekly", {"a:1 0"}),
        ("WEEKLY", {"a:1 0"}),
        ("vitamin a", {"a:1 0", "a:3 0", "a:4 0"}),  # no stop words: A is not B
        ("vitamin -a", {"a:2 0", "a:5 0"}),
        ('vitamin -"vitamin a"', {"a:2 0", "a:5 0"}),
        ('"given weekly"', {"a:1 0"}),
        ('"weekly given"', set()),
        ("follow-up", {"a:1 1"}),
        ("up follow", {"a:1 1"}),
        ("6.5", {"a:1 1"}),
        ("preventing a fall", {"a:4 1"}),  # other forms of the words
        ("meniere", {"a:2 0"}),  # by the title, without its accents
        ("Ménière’s", {"a:2 0"}),
        ("example", {"a:5 0"}),
        ("www.example.org", {"a:5 0"}),
        ("50%", {"a:5 0"}),
        ("nothing of the kind", set()),
    ],
)
def test_a_query_finds_the_sections_that_hold_its_words(store: Store, query: str, sections: set[str]) -> None:
    assert set(found(store, query)) == sections


def test_a_heading_counts_more_than_a_text(store: Store) -> None:
    assert found(store, "vitamin a")[0] == "a:4 0"


def test_filters_leave_only_what_they_name(store: Store) -> None:
    assert found(store, "vitamin a", current=True) == ["a:4 0", "a:1 0"]
    assert found(store, "vitamin a", status="retired") == ["a:3 0"]
    assert found(store, "vitamin a", status="withdrawn", current=True) == []
    assert found(store, "vitamin a", section_type="recommendations") == []
    assert len(found(store, "vitamin a", section_type="summary", publisher="who")) == 3
    assert found(store, "vitamin a", publisher="nice") == []
    assert len(store.search("vitamin a", limit=2)) == 2


def test_a_hit_shows_the_words_and_their_place(store: Store) -> None:
    (hit,) = store.search("prevented falls")
    assert (hit.record_id, hit.section, hit.status_code) == ("a:4", "1", TEMPLATE["status"]["code"])
    shown = {hit.snippet[start:end].lower() for start, end in hit.matches}
    assert {"falls", "prevented"} <= shown <= {"falls", "fall", "prevented"}
    text = json.loads(store.json("a:4"))["text"]
    assert text[hit.start : hit.end].startswith("Falls are prevented")
    assert hit.score > 0


def test_a_very_long_section_is_kept_and_found_by_its_beginning(store: Store) -> None:
    assert found(store, "straw") == ["a:6 0"]


def test_what_is_replaced_is_found_no_more(new_store: str) -> None:
    with Store.open(new_store, create=True) as store:
        put(store, record("a:1", "old words"))
        assert found(store, "old")
        put(store, record("a:1", "new words", content_hash="0" * 64))
        assert not found(store, "old")
        assert found(store, "words") == ["a:1 0"]


def test_the_index_holds_the_sections_that_there_are_in_whatever_order_they_come_and_go(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with Store.open(str(path), create=True) as store:
        for name in range(4):
            put(store, record(f"a:{name}", f"words {name}"))
    database = Database(str(path))
    for turn in range(12):
        with database.writing() as connection:
            for name in ((turn, 3), (turn, turn + 1), (turn, turn), (3,))[turn % 4]:
                sections = [f"turn {turn}"] * ((turn + name) % 3)  # none at all, at times: they went
                details.write(connection, record(f"a:{name % 4}", *sections), is_new=False)
        with closing(sqlite3.connect(path)) as connection:
            indexed = connection.execute("SELECT id FROM search_docsize ORDER BY id").fetchall()
            assert indexed == connection.execute("SELECT key FROM searched ORDER BY key").fetchall()
            connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
            indexed = connection.execute("SELECT rowid FROM search WHERE search MATCH 'turn' ORDER BY rowid").fetchall()
            assert indexed == connection.execute("SELECT key FROM searched WHERE text LIKE 'turn%'").fetchall()


def test_what_left_its_publishers_site_is_not_current(new_store: str) -> None:
    with Store.open(new_store, create=True) as store:
        put(store, record("a:1", "words"))
        assert store.retire("a:1", "2126-01-01T00:00:00Z", Departure.GONE)
        assert found(store, "words") == ["a:1 0"]
        assert found(store, "words", current=True) == []


def test_menus_are_not_searched(store: Store, new_store: str) -> None:
    with Store.open(new_store, create=True) as other:
        made = record("a:1", "words of a menu")
        made["sections"][0] |= {"type": "furniture", "layer": "furniture"}
        put(other, made)
        assert not found(other, "menu")


QUERIES = [
    "guidance",
    "health professionals",
    '"should be"',
    "patients -children",
    "evidence of safety",
    "mitral",
    "1.2",
]


def test_both_databases_find_the_same_sections(server: Server, tmp_path: Path) -> None:
    answers = []
    for where in (str(tmp_path / "s.db"), server.new_database()):
        with Store.open(where, create=True) as store:
            for made in goldens():
                put(store, made)
            answers.append([sorted(found(store, query, current=True)) for query in QUERIES])
    assert answers[0] == answers[1]
    assert sum(map(bool, answers[0])) >= 5


HOSTILE = [
    '"', '""', "-", "--", '-"', "AND", "OR NOT", "NEAR(a b)", "a*", "^a", "title:a", "(", ")", "a AND (b", "'", "';--",
    "\\", "%", "_", ":words", "{a b}", "a:*", "a & b | !c", "<->", "\0", "\ud800", "\u202e", "💉", "é" * 5_000,
    "a " * 5_000, '"a" ' * 5_000, "-a " * 5_000, "[x]", "a\nb", "\x02\x03", "?", "%s", "%(x)s", "$1", "ﬁ",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_that_names_a_word_is_an_error(store: Store, query: str) -> None:
    if any(term.wanted for term in parse(query)):
        assert isinstance(found(store, query), list)
    else:
        with pytest.raises(UsageError, match="names nothing to look for"):
            found(store, query)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet="abAN \"-()*:^+'\\", max_size=40))
def test_no_made_up_query_is_an_error(store: Store, query: str) -> None:
    assert isinstance(store.search(f"{query} a", Filters(current=True)), list)


def test_a_query_is_words_phrases_and_what_is_not_wanted() -> None:
    assert parse('one "two three" -four -"five six" se-ven') == [
        Term(("one",)),
        Term(("two", "three")),
        Term(("four",), wanted=False),
        Term(("five", "six"), wanted=False),
        Term(("se", "ven")),
    ]
    assert parse('"never closed') == [Term(("never", "closed"))]
    assert parse("cafe\u0301") == [Term(("café",))]


def test_the_command_line_searches_too(name: str, store: Store) -> None:
    def betony(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "betony", "search", "--store", name, *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = betony("vitamin a", "--current", "--type", "summary", "--limit", "1", "--json")
    assert done.returncode == 0, done.stderr
    (hit,) = map(json.loads, done.stdout.splitlines())
    assert hit["record_id"] == "a:4"
    assert set(hit) == set(Hit.__dataclass_fields__)
    assert "  Vitamin A [summary]: Vitamin A" in betony("vitamin -b").stdout
    assert betony("nothing of the kind").stdout == "Nothing was found.\n"
    for nothing in ("", "…", "-vitamin"):
        wrong = betony("--", nothing)
        assert wrong.returncode == 2
        assert "a minus before a word leaves out what holds it" in wrong.stderr
    wrong = betony("x", "--type", "nonsense")
    assert wrong.returncode == 2
    assert "recommendations" in wrong.stderr
