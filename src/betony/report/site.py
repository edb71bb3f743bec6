"""A store as a folder of pages that a browser opens without a server.

Pages that would come out the same are taken over from the site that is there; the new site takes its place whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from betony import __version__
from betony.errors import BetonyError, UsageError, remedy, said
from betony.report import assets, folders, pages
from betony.report.links import Files
from betony.store import Store

MARK = ".betony-report.json"
"""In the folder: every page, with a digest of what it was made of. A folder of files without it is no site of ours."""
_STRANGERS = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
"""What systems put into folders that someone looked at."""
_TOP, _BELOW = Files(), Files("../")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the site."""

    index: Path
    """Its first page."""
    pages: int
    made: int
    """Pages that were made anew; the others stand as they were."""


@dataclass(frozen=True, slots=True)
class _Page:
    name: str
    """Its path in the site."""
    state: str
    """A digest of all that it is made of."""
    make: Callable[[], str]


def write(store: Store, out: str) -> Written:
    """Brings the site in the folder `out` up to date with the store, whole or not at all.

    UsageError where the folder holds anything that is no such site; BetonyError where it cannot be written.
    """
    target = Path(os.path.realpath(out))
    before = _there(target, out)
    try:
        with folders.replacing(target) as draft:
            return _fill(store, draft, target, before)
    except OSError as error:
        raise BetonyError(
            f"cannot be written: {said(error)}",
            document=out,
            advice=f"the site that was there is untouched; {remedy(error, 'a folder within this one')}",
        ) from error


def _there(target: Path, out: str) -> dict[str, str]:
    """The pages of the site that is there, with what they were made of."""
    if not target.parent.is_dir():
        raise UsageError("its folder does not exist", document=out, advice="make the folder first")
    if not target.exists():
        return {}
    if not target.is_dir():
        raise UsageError("is a file", document=out, advice="name a folder")
    try:
        known: dict[str, str] = json.loads((target / MARK).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        known = {}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if not path.is_dir() and name not in known and name != MARK and path.name not in _STRANGERS:
            raise UsageError(f"holds {name}, which is no page", document=out, advice="name a folder of its own")
    return known


def _fill(store: Store, draft: Path, target: Path, before: dict[str, str]) -> Written:
    """Writes the site into the draft, with what the site that is there has already."""
    states: dict[str, str] = {}
    count = made = 0
    for page in _pages(store):
        path = draft / page.name
        path.parent.mkdir(exist_ok=True)
        states[page.name] = page.state
        count += page.name.endswith(".html")
        if before.get(page.name) != page.state or not folders.keep(target / page.name, path):
            path.write_bytes(page.make().encode("utf-8", "replace"))
            made += page.name.endswith(".html")
    (draft / MARK).write_text(json.dumps(states, indent=0, sort_keys=True), "utf-8")
    return Written(target / "index.html", count, made)


def _pages(store: Store) -> Iterator[_Page]:
    """Every page and asset of the site."""
    for asset in assets.every():
        yield _Page(_TOP.asset(asset.name), _digest(asset.body.decode()), partial(asset.body.decode, "utf-8"))
    for record_id in store.selected():
        yield from _of_record(store, record_id)
    runs, failures = store.runs(pages.RUNS), store.failures()
    for run in runs:
        own = [each for each in failures if each.run_id == run.id]
        state = _digest(run, own, store.changes(run=run.id, cause=None), runs[-1].id)
        yield _Page(f"runs/{run.id}.html", state, partial(pages.run, store, run.id, _BELOW))
    state = _digest(store.catalogue(), store.relations(), runs, failures)
    yield _Page(_TOP.index(), state, partial(pages.index, store, _TOP))
    yield _Page(_TOP.asset("records.js"), state, partial(pages.index_data, store, _TOP))
    yield _Page(_TOP.timeline(), state, partial(pages.timeline, store, _TOP))
    yield _Page(_TOP.succession(), state, partial(pages.succession, store, _TOP))
    yield _Page(_TOP.runs(), state, partial(pages.runs, store, _TOP))


def _of_record(store: Store, record_id: str) -> Iterator[_Page]:
    """A record's page, and those that compare its versions."""
    seen = pages.seen(store, record_id)
    state = _digest(seen)
    yield _Page(_TOP.record(record_id), state, partial(pages.of_record, seen, _BELOW))
    for version in seen.versions[1:]:
        numbers = version.number - 1, version.number
        make = partial(pages.difference, store, record_id, *numbers, _BELOW)
        yield _Page(_TOP.difference(record_id, *numbers), state, make)


def _digest(*values: object) -> str:
    """Of values that show themselves alike wherever they are equal, and of this version of betony."""
    shown = repr((_maker(), *values))
    return hashlib.sha256(shown.encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _maker() -> str:
    """A digest of what makes pages: betony's version, and this package's code, templates and assets."""
    digest = hashlib.sha256(__version__.encode())
    for file in _within(files("betony.report")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _within(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _within(entry)
        elif not entry.name.endswith(".pyc"):
            yield entry
