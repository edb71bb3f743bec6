"""The formats there are, and what each needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from betony.errors import UsageError
from betony.export import files


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which records leave."""

    name: str
    suffix: str
    """Of the file, as its readers expect it."""
    extra: str | None = None
    """The optional part of betony that brings `needs`."""
    needs: tuple[str, ...] = ()
    """Modules that must be installed."""
    stdout: bool = True
    """Whether it is text that can go to standard output."""
    folder: bool = False
    """Whether OUT may be a folder, which then gets one file a record."""
    module: str = ""
    """Where its `write(records, out, **options)` is, if not in the module of its name."""


FORMATS = {
    one.name: one
    for one in (
        Format("jsonl", ".jsonl"),
        Format("csv", ".csv"),
        Format("parquet", ".parquet", "duckdb", ("pyarrow",), stdout=False),
        Format("duckdb", ".duckdb", "duckdb", ("duckdb", "pyarrow"), stdout=False),
        Format("jsonld", ".jsonld"),
        Format("annotations", ".jsonld", module="web_annotations"),
        Format("chunks", ".jsonl"),
        Format("docling", ".jsonl", folder=True),
        Format("fhir", ".ndjson", "fhir", ("fhir.resources",), folder=True),
        Format("sheet", ".xlsx", "sheet", ("openpyxl",), stdout=False),
        Format("dlt", "", "dlt", ("dlt",), stdout=False),
    )
}


def check(name: str, out: str) -> None:
    """UsageError where the format's optional part is missing or nothing could be written there."""
    chosen = FORMATS[name]
    missing = [module for module in chosen.needs if find_spec(module.partition(".")[0]) is None]
    if missing:
        raise UsageError(
            f"the format {name} needs {' and '.join(missing)}", advice=f"pip install 'betony[{chosen.extra}]'"
        )
    if name == "dlt":
        return  # its destination is no file of ours
    if out == files.STDOUT and not chosen.stdout:
        raise UsageError(f"the format {name} is no text for standard output", advice=f"name a {chosen.suffix} file")
    if not (chosen.folder and is_folder(out)):
        files.check(out)


def is_folder(out: str) -> bool:
    """Whether OUT names a folder: one that is there, or a name that ends like one."""
    return out != files.STDOUT and (out.endswith(("/", "\\")) or Path(out).is_dir())


def write(name: str, records: Iterable[str], out: str, **options: Any) -> int:
    """Writes the records in that format; how many there were. The old output stands until the new is complete."""
    check(name, out)
    module = import_module(f"betony.export.{FORMATS[name].module or name}")
    count: int = module.write(records, out, **options)
    return count
