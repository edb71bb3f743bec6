"""The server of several processes: one address, and none of them outlives the one that was started."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

from betony.store import Store
from tests.stores import put, record


def test_workers_answer_at_one_address_and_end_with_their_parent(tmp_path: Path) -> None:
    name = str(tmp_path / "s.db")
    with Store.open(name, create=True) as store:
        put(store, record("a:1", "words"))
    command = [sys.executable, "-m", "betony", "serve", "--port", "0", "--workers", "2", "--store", name]
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert found
            for _ in range(20):
                with direct.open(f"{found[0]}api/v1/records/a%3A1", timeout=120) as answer:
                    assert b'"id":"a:1"' in answer.read()
            workers = psutil.Process(process.pid).children()
            assert len(workers) >= 2
        finally:
            process.kill()
    end = time.monotonic() + 120
    while any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers):
        assert time.monotonic() < end
        time.sleep(0.1)
