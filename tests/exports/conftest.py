"""One store of all samples, and what it holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from betony.store import Store
from tests.conftest import SAMPLES


@pytest.fixture(scope="session")
def samples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of all samples."""
    path = tmp_path_factory.mktemp("exports") / "samples.db"
    command = [sys.executable, "-m", "betony", "ingest", str(SAMPLES), "--store", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def lines(samples_store: Path) -> list[str]:
    """Every sample's record as JSON."""
    with Store.open(str(samples_store), writable=False) as store:
        return list(store.every_json())


@pytest.fixture(scope="session")
def records(lines: list[str]) -> list[dict[str, Any]]:
    """Every sample's record."""
    return [json.loads(line) for line in lines]
