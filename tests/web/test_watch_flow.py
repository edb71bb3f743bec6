"""The watch under Prefect's eye does what `betony watch` does, and shows what changed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from betony import watch
from betony.settings import Settings
from tests.conftest import ROOT
from tests.web.crawling import new_store
from tests.web.server import Reply, Request, page, serving


@pytest.mark.timeout(600)
def test_prefect_is_shown_what_changed(tmp_path: Path, prefect_home: Path) -> None:
    async def answer(request: Request) -> Reply:
        return Reply(page("Ear wax") if request.path == "/a" else b"", status=200 if request.path == "/a" else 404)

    environment = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    with serving(answer) as server:
        with new_store(tmp_path) as store:
            watch.add(store, server.url("/a"), Settings(loopback=True), 86_400)
        done = subprocess.run(
            [sys.executable, str(ROOT / "flows" / "watch.py"), "--store", "s.db"],
            cwd=tmp_path,
            env={**environment, "PREFECT_HOME": str(prefect_home), "BETONY_LOOPBACK": "1", "BETONY_DELAY": "0.01"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert server.asked() == ["/a"]
    with sqlite3.connect(prefect_home / "prefect.db") as connection:
        artifacts = dict(connection.execute("select key, data from artifact"))
    assert "1 sources; 1 new" in artifacts["betony-watch"]
    assert "web:127.0.0.1/a" in artifacts["betony-changes"]
