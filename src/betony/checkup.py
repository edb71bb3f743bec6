"""Whether everything that betony needs is there and in order."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from betony import __version__
from betony.errors import StoreError

_NEEDED = ("alembic", "beautifulsoup4", "lxml", "spacy", "pydantic", "sqlalchemy", "psutil", "rich", "typer")
_OPTIONAL = {"prefect": "the flows", "psycopg": "stores in PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    well: bool
    words: str


def run(store: str) -> Iterator[Check]:
    """Looks at the program, its parts and the store, in that order."""
    yield Check(True, f"betony {__version__}, Python {platform.python_version()} on {sys.platform}")
    for name in _NEEDED:
        version = _version(name)
        yield Check(version is not None, f"{name} {version}" if version else f"{name} is missing: pip install {name}")
    for name, purpose in _OPTIONAL.items():
        version = _version(name)
        yield Check(True, f"{name} {version}" if version else f"{name} is not installed; {purpose} need it")
    if sys.platform != "linux":
        yield Check(True, "on this system documents are held to a limit of time, but not of memory")
    yield from _store(store)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _store(name: str) -> Iterator[Check]:
    from betony.store import Store  # noqa: PLC0415 - the rest can be told without a database

    if "://" not in name and not Path(name).exists():
        yield Check(True, f"no store at {name} yet; betony ingest makes it")
        return
    try:
        with Store.open(name, writable=False) as store:
            problems = store.problems()
            sizes = ", ".join(f"{number:,} {table.replace('_', ' ')}" for table, number in store.sizes().items())
            yield Check(not problems, f"store {store.name}, layout {store.layout()}: {sizes}")
            for problem in problems[:10]:
                yield Check(False, f"store {store.name}: {problem}")
            for run_ in store.runs(1):
                yield Check(True, f"last run {run_.id} ({run_.command}): {run_.state}, balance {run_.balance}")
    except StoreError as error:
        yield Check(False, str(error))
