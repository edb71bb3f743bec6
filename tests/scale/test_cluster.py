"""Records made on a Dask cluster are those made here, whatever becomes of its workers."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from betony import cluster as clusters
from betony import work
from betony.errors import UsageError
from betony.model import Capture
from betony.settings import Settings, load
from betony.shares import Settlement, Share
from betony.store import RunState, Store
from betony.work.events import Event, Summary
from betony.work.version import processing
from betony.workers import Limits
from tests.conftest import ROOT, SAMPLES
from tests.scale.cluster import Cluster, running

QUICK = "tests.poison:structure"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    with running(tmp_path_factory.mktemp("dask")) as started:
        yield started


def captures(number: int) -> list[Capture]:
    """Pages on their own, chapters of a few products, and now and then one that ends the process that reads it."""
    found = []
    for i in range(number):
        url = f"https://www.nice.org.uk/guidance/ng{900 + i % 7}/chapter/{i}" if i % 3 == 0 else None
        text = "POISON exit" if i % 50 == 49 else f"text {i}"
        found.append(Capture(text.encode(), f"{i}.txt", url))
    return found


def contents(name: str) -> dict[str, list[tuple[object, ...]]]:
    """All that a first run leaves, but for times."""
    queries = (
        "select id, json from records",
        "select record_id, address, input_id from record_inputs",
        "select record_id, number, cause, content_hash from versions",
        "select record_id, version, kind, json from changes",
        "select uri, reason, message from quarantine",
        'select inputs, "new", changed, unchanged, quarantined, state from runs',
    )
    with Store.open(name) as store, store._database.reading() as connection:
        found = {query: connection.exec_driver_sql(query).fetchall() for query in queries}
    return {query: sorted(tuple(row) for row in rows) for query, rows in found.items()}


def on_cluster(
    name: str,
    cluster: Cluster,
    found: list[Capture],
    on_event: Callable[[Event], None] | None = None,
) -> Summary:
    with (
        Store.open(name, create=True) as store,
        clusters.connected(cluster.address, name, structure=QUICK) as elsewhere,
    ):
        summary = work.ingest(found, store, structure=QUICK, elsewhere=elsewhere, on_event=on_event)
    assert (summary.run.state, summary.error) == (RunState.FINISHED, None), cluster.said()
    return summary


def here(name: str, found: list[Capture]) -> Summary:
    with Store.open(name, create=True) as store:
        return work.ingest(found, store, structure=QUICK, workers=1)


@pytest.mark.timeout(600)
def test_a_cluster_that_loses_a_worker_makes_what_this_machine_makes(
    cluster: Cluster, new_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """One of two workers is killed once the first share is done; then the same again finds nothing to do."""
    thorough = request.config.getoption("--long")
    if not thorough and "://" not in new_store:
        pytest.skip("with --long also on a store in a file")
    number, share = (3_000, 20) if thorough else (60, 5)
    monkeypatch.setattr(work, "_SHARE", share)
    found = captures(number)
    killed: list[subprocess.Popen[bytes]] = []

    def kill(event: Event) -> None:
        if event.name == "settled" and not killed:
            killed.append(cluster.workers.pop(0))
            killed[0].send_signal(signal.SIGKILL)
            cluster.add_worker()

    summary = on_cluster(new_store, cluster, found, kill)
    assert killed[0].wait(60) == -signal.SIGKILL
    local = here(str(tmp_path / "here.db"), found)
    assert summary.record_ids == local.record_ids
    assert contents(new_store) == contents(str(tmp_path / "here.db"))
    assert summary.run.quarantined == number // 50
    again = on_cluster(new_store, cluster, found)
    assert (again.run.new, again.run.unchanged, again.run.balance) == (0, number - number // 50, 0)


class Kept:
    """Instead of a cluster: keeps the shares of a run and settles none."""

    def __init__(self) -> None:
        self.shares: list[Share] = []

    def settle(self, shares: Iterator[Share]) -> Iterator[Settlement]:
        self.shares += shares
        yield from ()


def order(name: str) -> clusters.Order:
    return clusters.Order(name, None, QUICK, processing(QUICK), Limits())


def test_what_a_dead_worker_had_made_counts_as_made(tmp_path: Path) -> None:
    name, kept = str(tmp_path / "s.db"), Kept()
    with Store.open(name, create=True) as store, work.Ingest.begun(store, structure=QUICK, elsewhere=kept) as job:
        job.gather(captures(48))
        job.structure(job.keys)
        (share,) = kept.shares
        half = replace(share, records=share.records[:20])
        assert isinstance(clusters.settle(order(name), half), Settlement)  # its answer never comes
        whole = clusters.settle(order(name), share)
        assert isinstance(whole, Settlement)
        assert {name: count for name, count in whole.counts.items() if count} == {"new": 48}
        assert store.run(share.run).new == 0
    assert [record_id for _, record_id in whole.records] == list(here(str(tmp_path / "h.db"), captures(48)).record_ids)


def test_a_share_names_captures_and_holds_none_of_their_words(tmp_path: Path) -> None:
    kept = Kept()
    with (
        Store.open(str(tmp_path / "s.db"), create=True) as store,
        work.Ingest.begun(store, structure=QUICK, elsewhere=kept) as job,
    ):
        job.gather([Capture(b"words of a document", "a.txt")])
        job.structure(job.keys)
    assert len(kept.shares) == 1
    assert "words of a document" not in repr(kept.shares)


def test_no_more_shares_are_drawn_than_keep_the_workers_busy(cluster: Cluster, tmp_path: Path) -> None:
    """Two shares for each thread are in flight, however many there are."""
    name = str(tmp_path / "s.db")
    drawn = 0
    behind: list[int] = []

    def shares(run: int) -> Iterator[Share]:
        nonlocal drawn
        for _ in range(100):
            drawn += 1
            yield Share(run, recalled=False, records=())

    with Store.open(name, create=True) as store:
        run = store.begin_run("test")
    with clusters.connected(cluster.address, name, structure=QUICK) as elsewhere:
        for done, _ in enumerate(elsewhere.settle(shares(run))):
            behind.append(drawn - done)
    assert drawn == 100
    assert max(behind) <= 2 * 3  # of two workers, and one in the place of each that an earlier test killed


def test_a_worker_says_what_keeps_it_from_work(tmp_path: Path) -> None:
    name = str(tmp_path / "s.db")
    with Store.open(name, create=True) as store:
        share = Share(store.begin_run("test"), recalled=False, records=())
    elsewhere = clusters.settle(replace(order(name), host="another machine"), share)
    assert isinstance(elsewhere, clusters.Refused)
    assert socket.gethostname() in elsewhere.what
    assert "postgresql://" in elsewhere.advice
    older = clusters.settle(replace(order(name), processing=("0.1", "older", None)), share)
    assert isinstance(older, clusters.Refused)
    assert "the same betony on all machines" in older.advice
    absent = clusters.settle(order(str(tmp_path / "no.db")), share)
    assert isinstance(absent, clusters.Refused)
    assert absent.of_store


def test_a_worker_under_a_nanny_says_how_to_start_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "current_process", lambda: SimpleNamespace(daemon=True))
    refused = clusters.settle(order(str(tmp_path / "s.db")), Share(1, recalled=False, records=()))
    assert isinstance(refused, clusters.Refused)
    assert "--no-nanny" in refused.advice


def test_a_cluster_without_workers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr(clusters, "_PATIENCE", 0.2)
    name = str(tmp_path / "s.db")
    with running(tmp_path / "dask", workers=0) as empty, Store.open(name, create=True) as store:
        with clusters.connected(empty.address, name, structure=QUICK) as elsewhere:
            summary = work.ingest(captures(3), store, structure=QUICK, elsewhere=elsewhere)
        assert summary.error is not None
        assert "no worker" in summary.error.what
        assert (summary.run.state, summary.run.inputs, summary.run.new) == (RunState.FAILED, 3, 0)


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setattr(clusters, "_CONNECT", 0.2)
    nobody = pytest.raises(UsageError, match="no Dask scheduler answers")
    with nobody, clusters.connected("tcp://127.0.0.1:9", str(tmp_path / "s.db")):
        pass


def test_without_the_extra_the_command_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    chosen = Settings(runner="dask", scheduler="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match=r"pip install 'betony\[dask\]'"), clusters.chosen(chosen):
        pass


def test_the_runner_dask_needs_a_scheduler(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--scheduler"):
        load({"runner": "dask"}, environ={}, folder=tmp_path)
    with pytest.raises(UsageError, match="known: here, dask"):
        load({"runner": "ray"}, environ={}, folder=tmp_path)


def test_dask_is_imported_by_nobody_who_does_not_use_it() -> None:
    program = "import sys, betony.cli, betony.cluster; print('distributed' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("program", [["-m", "betony", "ingest"], [str(ROOT / "flows" / "ingest.py")]])
def test_the_command_line_makes_on_a_cluster_what_it_makes_here(
    program: list[str], cluster: Cluster, tmp_path: Path, prefect_home: Path, request: pytest.FixtureRequest
) -> None:
    """As flows/scale.md says it, but for its addresses; and the flow, which takes the same."""
    if "-m" not in program and not request.config.getoption("--long"):
        pytest.skip("the flow takes long: run with --long")
    page = (ROOT / "flows" / "scale.md").read_text("utf-8")
    (line,) = re.findall(r"^betony ingest .*$", page, re.MULTILINE)
    name, address = "postgresql://betony@db/guidance", "tcp://10.0.0.1:8786"
    assert name in line
    assert address in line
    there = line.replace(name, "there.db").replace(address, cluster.address).replace("saved/", str(SAMPLES / "sign"))
    for command in (there, f"betony ingest {SAMPLES / 'sign'} --store here.db"):
        _, _, *arguments = shlex.split(command)
        done = subprocess.run(
            [sys.executable, *program, *arguments],
            cwd=tmp_path,
            env={**os.environ, "PREFECT_HOME": str(prefect_home)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + cluster.said()
    assert contents(str(tmp_path / "there.db")) == contents(str(tmp_path / "here.db"))
