"""Records made on a Dask cluster are those made here, whatever becomes of its workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from betony import cluster as clusters
from betony import work
from betony.model import Capture
from betony.store import Store
from betony.workers import Limits
from tests.scale.cluster import Cluster, running

QUICK = "tests.poison:structure"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    with running(tmp_path_factory.mktemp("dask")) as started:
        yield started


def captures(number: int) -> list[Capture]:
    """Pages on their own, chapters of a few products, and some that end their process or hold nothing."""
    found = []
    for i in range(number):
        url = f"https://www.nice.org.uk/guidance/ng{900 + i % 7}/chapter/{i}" if i % 3 == 0 else None
        text = "POISON exit" if i % 50 == 49 else f"text {i}"
        found.append(Capture(text.encode(), f"{i}.txt", url))
    return found


def contents(name: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a run leaves, but for times."""
    queries = (
        "select id, json from records",
        "select record_id, address, input_id from record_inputs",
        "select record_id, number, cause, content_hash from versions",
        "select record_id, version, kind, json from changes",
        "select uri, reason, message from quarantine",
        "select inputs, new, changed, unchanged, quarantined, state from runs",
    )
    with Store.open(name) as store, store._database.reading() as connection:
        found = {query: connection.exec_driver_sql(query).fetchall() for query in queries}
    return {query: sorted(tuple(row) for row in rows) for query, rows in found.items()}


def on_cluster(name: str, cluster: Cluster, found: list[Capture]) -> work.Summary:
    with (
        Store.open(name, create=True) as store,
        clusters.connected(cluster.address, name, structure=QUICK, limits=Limits(seconds=5)) as elsewhere,
    ):
        return work.ingest(found, store, structure=QUICK, elsewhere=elsewhere)


def here(name: str, found: list[Capture]) -> work.Summary:
    with Store.open(name, create=True) as store:
        return work.ingest(found, store, structure=QUICK, workers=1, limits=Limits(seconds=5))


@pytest.mark.timeout(600)
def test_a_cluster_makes_what_this_machine_makes(cluster: Cluster, new_store: str, tmp_path: Path) -> None:
    found = captures(300)
    summary = on_cluster(new_store, cluster, found)
    assert (summary.run.state, summary.error) == ("finished", None), cluster.said()
    assert (summary.run.new, summary.run.quarantined, summary.run.balance) == (294, 6, 0)
    assert sorted(setback.uri for setback in summary.setbacks) == sorted(f"{i}.txt" for i in range(49, 300, 50))
    local = here(str(tmp_path / "here.db"), found)
    assert summary.record_ids == local.record_ids
    assert contents(new_store) == contents(str(tmp_path / "here.db"))
    again = on_cluster(new_store, cluster, found)
    assert (again.run.new, again.run.unchanged, again.run.quarantined) == (0, 294, 6)
