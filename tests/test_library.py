"""A store as Python programs read it."""

from __future__ import annotations

import subprocess
import sys

import pytest

import betony
from betony.store import Store
from tests.stores import goldens, put


def test_records_come_typed_in_order_and_by_what_is_asked_for(new_store: str) -> None:
    with Store.open(new_store, create=True) as store:
        for record in goldens():
            put(store, record)
    with betony.open(new_store) as library:
        everything = list(library)
        assert all(isinstance(record, betony.Record) for record in everything)
        assert [record.id for record in everything] == sorted(record["id"] for record in goldens())
        assert len(library) == len(everything)
        retired = list(library.records(status="retired"))
        assert retired
        assert {record.status.code for record in retired} == {"retired"}
        current = {record.id for record in library.records(current=True)}
        assert current == {record.id for record in everything if record.status.code in {"active", "unknown"}}
        assert {record.publisher.id for record in library.records(publisher="who") if record.publisher} == {"who"}
        assert library.record("IPG9003").id == "nice:ipg9003"
        assert library.search("injection", publisher="who", limit=1)[0].record_id.startswith("who:")
        with pytest.raises(betony.BetonyError, match="no record is called"):
            library.record("nothing")
    with pytest.raises(betony.BetonyError, match="no store is there"):
        betony.open("nowhere.db")


def test_the_public_names_are_few_and_cost_nothing_to_import() -> None:
    assert len(betony.__all__) <= 10
    assert all(hasattr(betony, name) for name in betony.__all__)
    program = "import sys, betony; print({'pydantic', 'sqlalchemy', 'spacy', 'lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
