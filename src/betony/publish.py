"""Keeps a folder of exports up to date with a store: what did not change is not written again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from betony import export
from betony.errors import UsageError
from betony.export import files
from betony.store import Store

_MARKS = ".published.json"
"""In the folder: for each export, which state of the store it shows."""


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one export."""

    format: str
    out: str
    count: int | None
    """How many things were written; None where nothing had changed."""


def place(wanted: str, folder: Path) -> tuple[str, str]:
    """The format and the place of an export named `csv`, `csv=table.csv` or `dlt=duckdb:///guidance.duckdb`.

    A place is within the folder; without one it is the format's name, with a folder of its own where the format has a
    file a record. UsageError for an unknown format, and for a place outside the folder.
    """
    name, _, given = wanted.partition("=")
    chosen = export.FORMATS.get(name)
    if chosen is None:
        raise UsageError(f"there is no format {name!r}", advice=f"known: {', '.join(export.FORMATS)}")
    if name == "dlt":
        if not given:
            raise UsageError("dlt needs a destination", advice="such as dlt=duckdb:///guidance.duckdb")
        return name, given
    out = folder / (given or (f"{name}/" if chosen.folder else f"{name}{chosen.suffix}"))
    if not out.resolve().is_relative_to(folder.resolve()):
        raise UsageError("lies outside the folder", document=given, advice="name a file within it")
    return name, f"{out}/" if given.endswith("/") or (chosen.folder and not given) else str(out)


def publish(store: Store, wanted: str, folder: Path) -> Published:
    """Brings one export up to date: whole or not at all, and not at all where the store is as the export shows it.

    To dlt goes only what came or changed since the last time; every other export is complete.
    """
    name, out = place(wanted, folder)
    folder.mkdir(parents=True, exist_ok=True)
    before = _marks(folder).get(wanted, {})
    mark, newest = _state(store)
    if before.get("mark") == mark and (name == "dlt" or Path(out).exists()):
        return Published(name, out, None)
    since = before.get("newest") if name == "dlt" else None
    count = export.write(name, store.every_json(since), out)
    _note(folder, wanted, {"mark": mark, "newest": newest})
    return Published(name, out, count)


def _state(store: Store) -> tuple[str, str | None]:
    """A digest of all that the store holds, and the time of the latest change.

    Times alone would not do: a record may change twice within the second that they count in.
    """
    digest = hashlib.sha256()
    for record in store.every_json():
        digest.update(record.encode() + b"\n")
    return digest.hexdigest(), max((row.processed_at for row in store.listed()), default=None)


def _marks(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / _MARKS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return found


def _note(folder: Path, wanted: str, state: dict[str, Any]) -> None:
    with files.writing(str(folder / _MARKS)) as file:
        file.write(json.dumps({**_marks(folder), wanted: state}, indent=1, sort_keys=True).encode())
