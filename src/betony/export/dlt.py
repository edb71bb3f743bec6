"""Records to any destination that dlt loads: a table `records`, and one for each list within, merged by id.

Evidence is a column of JSON text.

Each run starts anew from the records, in a working folder of its own that goes with it; a run that was killed is made
good by running it again. Rows of a record are deleted and inserted together. dlt's telemetry is off, and files between
the steps are Parquet.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"  # read when dlt is imported
os.environ.setdefault("RUNTIME__LOG_LEVEL", "ERROR")  # it warns of every column that happens to hold nothing

import dlt
import psutil
from dlt.common.exceptions import DltException

from betony.errors import BetonyError, UsageError

DATASET = "betony"
_FOLDER = "betony-dlt-"
_BY_ADDRESS = {"duckdb": "duckdb", "postgres": "postgres", "postgresql": "postgres", "sqlite": "sqlalchemy"}
"""Destinations that an address alone tells, by its scheme; any other is named, and set up as dlt's own pages say."""


def write(records: Iterable[str], out: str) -> int:
    """Merges the records into the destination; how many there were."""
    count = 0

    def drawn() -> Iterator[dict[str, Any]]:
        nonlocal count
        for record in records:
            count += 1
            yield _shallow(json.loads(record))

    destination = _destination(out)
    _clear_folders()
    with tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-") as folder:
        try:
            pipeline = dlt.pipeline("betony", pipelines_dir=folder, destination=destination, dataset_name=DATASET)
            resource = dlt.resource(
                drawn,
                name="records",
                primary_key="id",
                write_disposition={"disposition": "merge", "strategy": "delete-insert"},
            )
            formats = pipeline.destination.capabilities().supported_loader_file_formats or []
            if "parquet" in formats:
                info = pipeline.run(resource, loader_file_format="parquet")
            else:
                info = pipeline.run(resource)
            info.raise_on_failed_jobs()
        except (DltException, OSError) as error:
            raise BetonyError(
                f"dlt could not load it: {_first_cause(error)}",
                document=out.partition("@")[2] or out,  # an address may hold a password
                advice="the records are in the store; run the same command again",
            ) from error
    return count


def _clear_folders() -> None:
    """Removes the working folders of processes that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
        number = path.name.removeprefix(_FOLDER).partition("-")[0]
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(path, ignore_errors=True)  # another user's stays


def _shallow(value: Any) -> Any:
    """The record with each `evidence` as JSON text: a table for each of forty lists of quotations serves nobody."""
    if isinstance(value, dict):
        return {
            name: json.dumps(item, ensure_ascii=False) if name == "evidence" else _shallow(item)
            for name, item in value.items()
        }
    return [_shallow(item) for item in value] if isinstance(value, list) else value


def _destination(out: str) -> Any:
    scheme, sign, rest = out.partition("://")
    if not sign:
        return out
    if scheme == "file":
        return dlt.destinations.filesystem(bucket_url=out)
    if scheme not in _BY_ADDRESS:
        known = ", ".join(f"{name}://" for name in sorted((*_BY_ADDRESS, "file")))
        raise UsageError(f"dlt's destination cannot be told from {scheme}://", advice=f"known: {known}; or its name")
    credentials = (
        rest.removeprefix("/") if scheme == "duckdb" else out
    )  # a path after the third slash, as in sqlite:///
    return getattr(dlt.destinations, _BY_ADDRESS[scheme])(credentials=credentials)


def _first_cause(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
