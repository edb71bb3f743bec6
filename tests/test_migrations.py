"""A store that an older betony made is brought to today's layout, and nothing in it is lost."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from betony import sources, work
from betony.errors import StoreError
from betony.store import Store, migrations, tables
from tests.conftest import ROOT

ROWS = (
    "captures",
    "inputs",
    "records",
    "record_inputs",
    "aliases",
    "addresses",
    "runs",
    "quarantine",
)


SAMPLES = [
    *sorted(str(path) for path in (ROOT / "samples" / "nice").glob("[!n]*.html")),
    str(ROOT / "samples" / "nice" / "ng9001-overview.html"),
    str(ROOT / "samples" / "nice" / "ng9001-recommendations.html"),
    str(ROOT / "samples" / "nice" / "ng9012.txt"),
]
"""Pages captured once: of one captured twice, a store of the first layout keeps no history to upgrade."""

ARRIVAL = {"sections": {"key"}, "changes": {"id", "run_id"}, "versions": {"run_id"}}
"""Columns that tell in which order rows arrived, and in which run: an older layout may not know."""


def made_by_the_first_release(path: Path, like: Path) -> None:
    """A store of layout 1 with the rows of another; made by the revision that describes that layout.

    It has no rows of sections: they are made of the records.
    """
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "betony.store:migrations")
        command.upgrade(config, "0001")
        connection.execute(text("drop table alembic_version"))
        connection.execute(text("insert into schema values (1, 'betony')"))
    with engine.connect() as connection:
        connection.exec_driver_sql("attach database ? as other", (str(like),))
        for table in ROWS:
            names = [f'"{row[1]}"' for row in connection.exec_driver_sql(f"pragma main.table_info({table})")]
            columns = ", ".join(names)
            connection.exec_driver_sql(f"insert into main.{table} ({columns}) select {columns} from other.{table}")  # noqa: S608
        connection.commit()
    engine.dispose()


@pytest.fixture(scope="module")
def todays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made today, of some samples and one that is set aside."""
    folder = tmp_path_factory.mktemp("stores")
    (folder / "empty.txt").write_text("")
    with Store.open(str(folder / "today.db"), create=True) as store:
        found = sources.discover([*SAMPLES, str(folder / "empty.txt")])
        assert work.ingest(found, store, workers=1).run.quarantined == 1
    return folder / "today.db"


@pytest.fixture
def older(todays: Path, tmp_path: Path) -> Path:
    made_by_the_first_release(tmp_path / "older.db", todays)
    return tmp_path / "older.db"


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but those that tell the layout."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection, closing(connection):
        found = {}
        for table in tables.metadata.sorted_tables:
            if table not in (tables.schema, tables.alembic_version):
                columns = sorted(set(table.c.keys()) - ARRIVAL.get(table.name, set()))
                listed = ", ".join(f'"{name}"' for name in columns)
                ordered = connection.exec_driver_sql(f"select {listed} from {table.name}").fetchall()  # noqa: S608
                found[table.name] = sorted((tuple(row) for row in ordered), key=repr)
    engine.dispose()
    return found


def contents(path: Path) -> list[str]:
    """The whole of a database, whatever its layout."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_an_older_store_is_left_alone_until_it_is_upgraded(older: Path) -> None:
    before = contents(older)
    for options in ({}, {"writable": False}, {"create": True}):
        with pytest.raises(StoreError, match="made by an older betony") as caught:
            Store.open(str(older), **options)
        assert "betony store upgrade" in caught.value.advice
    assert contents(older) == before


def test_an_upgraded_store_holds_what_a_new_one_would(older: Path, todays: Path) -> None:
    with Store.open(str(older), older=True) as store:
        assert store.upgrade() == (1, tables.VERSION)
        assert store.upgrade() == (tables.VERSION, tables.VERSION)
    with Store.open(str(older)) as store:
        assert store.problems() == []
        assert store.layout() == tables.VERSION
        found = sources.discover(SAMPLES)
        assert work.ingest(found, store, workers=1).run.new == 0
        assert len(store.runs()) == 2
        assert store.search("guidance")
        with store._database.reading() as connection:
            assert connection.exec_driver_sql("select count(*) from current_records").scalar()
    upgraded, new = rows(older), rows(todays)
    upgraded.pop("runs")
    new.pop("runs")
    assert upgraded == new


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(older)
    upgrade = migrations.upgrade

    def failing(connection: Connection, layout: int) -> None:
        upgrade(connection, layout)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "upgrade", failing)
    with Store.open(str(older), older=True) as store, pytest.raises(KeyboardInterrupt):
        store.upgrade()
    assert contents(older) == before


def differences(connection: Connection) -> list[Any]:
    """Where the tables of a database and those of `store/tables.py` are not the same; the search index has its own."""

    def ours(name: str | None, kind: str, _parents: Any) -> bool:
        return kind != "table" or not str(name).startswith("search")

    options = {"compare_type": True, "compare_server_default": True, "include_name": ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), tables.metadata))


def test_the_revisions_make_the_tables_that_a_new_store_has(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "betony.store:migrations")
        command.upgrade(config, "head")
        assert differences(connection) == []
        assert connection.execute(text("select version_num from alembic_version")).scalar() == tables.REVISION
    engine.dispose()


def test_a_new_store_is_stamped_with_its_layout(todays: Path) -> None:
    engine = create_engine(f"sqlite:///{todays}")
    with engine.connect() as connection:
        assert connection.execute(text("select version from schema")).scalar() == tables.VERSION
        assert connection.execute(text("select version_num from alembic_version")).scalar() == tables.REVISION
        assert differences(connection) == []
    engine.dispose()


def test_every_revision_follows_the_one_before() -> None:
    numbers = migrations.numbers()
    assert numbers[0] == "0001"
    assert [migrations.before(number) for number in numbers] == [None, *numbers[:-1]]


def test_the_command_says_what_it_did(older: Path) -> None:
    def betony(*args: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "betony", *args, "--store", str(older)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    refused = betony("list")
    assert refused.returncode == 2
    assert "betony store upgrade" in refused.stderr
    done = betony("store", "upgrade")
    assert done.returncode == 0, done.stderr
    assert f"layout 1, is now layout {tables.VERSION}" in done.stdout
    assert "already" in betony("store", "upgrade").stdout
    assert json.loads(betony("list", "--json").stdout.splitlines()[0])["publisher"] == "nice"
