"""A browser, and sites for it: of the samples, with `--long` of the labelled documents too."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from betony.report import site
from betony.store import Store
from tests import report
from tests.conftest import SAMPLES


@pytest.fixture(scope="module")  # while it lives its thread has a running event loop, which other tests cannot do with
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window; the test is skipped where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, timeout=120_000)
        yield started
        started.close()


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether the full figures are asked for."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def store(long: bool, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A store of all samples; with `--long` of the labelled documents as well."""
    path = tmp_path_factory.mktemp("browser") / "s.db"
    if not long:
        return report.filled(path)
    shared: Path = request.getfixturevalue("shared")
    documents = [str(document) for document in sorted((shared / "gold").glob("*.html"))]
    assert len(documents) == 395
    command = [sys.executable, "-m", "betony", "ingest", str(SAMPLES), *documents, "--store", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path


@pytest.fixture(scope="session")
def folder(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    out = tmp_path_factory.mktemp("site") / "out"
    with Store.open(str(store), writable=False) as opened:
        site.write(opened, str(out))
    return out
