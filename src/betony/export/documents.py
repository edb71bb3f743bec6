"""Formats of one JSON document a record: a line each in one file, or a file each in a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from betony.errors import BetonyError, remedy, said
from betony.export import jsonl
from betony.export.files import safe_name, sync_folder, writing

Document = Callable[[Mapping[str, Any]], str]
"""A record's document as JSON text."""


def write(records: Iterable[str], out: str, document: Document) -> int:
    """Writes one document a line; how many there were."""
    count = 0
    with writing(out) as file:
        for record in records:
            file.write(jsonl.line(document(json.loads(record))))
            count += 1
    return count


def write_folder(records: Iterable[str], out: str, document: Document, suffix: str, *, complete: bool) -> int:
    """Writes one file a record, each whole or as it was; how many records.

    A file that would hold the same bytes is left alone. With `complete`, the records are all there are, and files of
    records that are no more are removed; files of any other name are nobody's business here.
    """
    folder = Path(out)
    kept: set[str] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for text in records:
            record = json.loads(text)
            path = folder / (safe_name(record["id"]) + suffix)
            body = document(record).encode() + b"\n"
            if not path.is_file() or path.read_bytes() != body:
                with writing(str(path)) as file:
                    file.write(body)
            kept.add(path.name)
        if complete:
            ours = re.compile(r"([a-z0-9-]+-)?[0-9a-f]{12}" + re.escape(suffix))
            for path in folder.iterdir():
                if ours.fullmatch(path.name) and path.name not in kept:
                    path.unlink()
            sync_folder(folder)
    except OSError as error:
        raise BetonyError(
            f"cannot be written: {said(error)}",
            document=out,
            advice=f"what was written before is whole; {remedy(error)} and run the same command again",
        ) from error
    return len(kept)
