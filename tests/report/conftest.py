"""A site of all samples, made once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from betony.report import site
from betony.store import Store
from tests import report


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of all samples."""
    with Store.open(str(report.filled(tmp_path_factory.mktemp("report") / "s.db")), writable=False) as store:
        yield store


@pytest.fixture(scope="session")
def folder(samples: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    out = tmp_path_factory.mktemp("site") / "out"
    site.write(samples, str(out))
    return out
