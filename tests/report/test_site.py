"""A site is whole or as it was before, the same for the same store, and made anew only where it changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from betony.errors import BetonyError, UsageError
from betony.export.files import safe_name
from betony.report import folders, pages, site
from betony.store import Store
from tests import report
from tests.conftest import ROOT
from tests.stores import put


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_store_gives_the_same_bytes_and_a_second_time_nothing_is_made(
    samples: Store, folder: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "out")
    first = site.write(samples, out)
    assert first.made == first.pages > 30
    assert contents(tmp_path / "out") == contents(folder)
    assert site.write(samples, out).made == 0
    assert contents(tmp_path / "out") == contents(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_only_what_changed_is_made_anew_and_what_went_is_gone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        for name in ("a", "b", "c"):
            put(store, {**report.hostile_record(0, name), "id": name})
        site.write(store, str(out))
        before = contents(out)
        store.forget("a", why="asked", who="test")
        put(store, {**report.hostile_record(0, "b"), "id": "b", "identifier": "B", "content_hash": "1" * 64})
        site.write(store, str(out))
    after = contents(out)
    same = {name.rpartition("/")[2].partition("-")[0] for name in after if before.get(name) == after[name]}
    assert "c" in same
    assert not same & {"a", "b"}
    assert sorted(name.partition("-")[0] for name in after if name.startswith("records/")) == ["records/b", "records/c"]
    assert any(name.startswith("differences/b") for name in after)


@pytest.mark.parametrize("exchanging", [True, False])
def test_a_write_that_fails_leaves_the_site_that_was_there(
    exchanging: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchanging:
        monkeypatch.setattr(folders, "_exchanged", lambda *_: False)
    out = tmp_path / "out"

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    with Store.open(str(tmp_path / "s.db"), create=True) as store:
        put(store, report.hostile_record(0, "old"))
        site.write(store, str(out))
        before = contents(out)
        put(store, report.hostile_record(1, "new"))
        with monkeypatch.context() as broken:
            broken.setattr(pages, "timeline", full)
            with pytest.raises(BetonyError, match="no space left"):
                site.write(store, str(out))
        assert contents(out) == before
        site.write(store, str(out))
        assert len(contents(out)) == len(before) + 2  # a record and a run
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "s.db"]


KILLED = """
import sys, time
from betony.report import pages, site
from betony.store import Store
store = Store.open(sys.argv[1], writable=False)
make = pages.of_record
pages.of_record = lambda *about: (time.sleep(0.03), make(*about))[1]  # so that most kills fall in the midst of it
print("ready", flush=True)
site.write(store, sys.argv[2])
"""


def test_a_killed_write_leaves_the_old_site_or_the_new(
    samples: Store, folder: Path, tmp_path: Path, kills: int
) -> None:
    out = tmp_path / "out"
    with Store.open(str(tmp_path / "old.db"), create=True) as store:
        put(store, report.hostile_record(0, "old"))
        site.write(store, str(out))
    old, new = contents(out), contents(folder)
    killed = 0
    for number in range(max(2, kills // 5)):
        command = [sys.executable, "-c", KILLED, samples.name, str(out)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.02 + 0.25 * (number % 5))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() < 0
        process.stdout.close()
        assert contents(out) in (old, new)
    assert killed
    site.write(samples, str(out))
    assert contents(out) == new
    assert sorted(path.name for path in tmp_path.iterdir()) == ["old.db", "out"]


def test_what_a_process_had_moved_away_when_it_was_killed_comes_back(tmp_path: Path) -> None:
    """Where two folders cannot be exchanged, there is a moment without one."""
    away = tmp_path / f".{safe_name('out')}.{2**22 + 1}.old"
    away.mkdir()
    (away / "page").write_text("as it was")
    with folders.replacing(tmp_path / "out") as draft:
        assert (tmp_path / "out" / "page").read_text() == "as it was"
        (draft / "page").write_text("as it is")
    assert contents(tmp_path) == {"out/page": b"as it is"}


def test_a_folder_of_other_things_is_left_alone(samples: Store, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("mine")
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        site.write(samples, str(tmp_path))
    with pytest.raises(UsageError, match="is a file"):
        site.write(samples, str(tmp_path / "thesis.docx"))
    with pytest.raises(UsageError, match="does not exist"):
        site.write(samples, str(tmp_path / "no" / "where"))
    assert contents(tmp_path) == {"thesis.docx": b"mine"}


def test_whatever_a_record_says_no_file_leaves_the_folder_and_nothing_is_alive(tmp_path: Path) -> None:
    store_path = report.hostile(tmp_path / "hostile.db", 30)
    out = tmp_path / "within" / "out"
    out.parent.mkdir()
    with Store.open(str(store_path), writable=False) as store:
        site.write(store, str(out))
        titles = {one.title for one in store.catalogue()}
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    assert {path.name for path in out.iterdir()} >= {"index.html", "records", "assets"}
    found = report.pages_of(out)
    assert len(found) > 30
    assert {name: report.problems(page) for name, page in found.items() if report.problems(page)} == {}
    shown = {report.words(link.text_content()) for link in found["index.html"].xpath("//*[@id='records']/li/a")}
    assert len(shown) > 25
    data = report.columns(out)
    assert set(data["title"]) == {title or "" for title in titles}
    assert all((out / address).is_file() for address in data["address"])


def test_the_kept_file_is_a_second_name_or_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old").write_text("words")
    assert folders.keep(tmp_path / "old", tmp_path / "linked")
    assert not folders.keep(tmp_path / "none", tmp_path / "nothing")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    assert folders.keep(tmp_path / "old", tmp_path / "copied")
    assert (tmp_path / "linked").read_text() == (tmp_path / "copied").read_text() == "words"
