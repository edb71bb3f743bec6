"""Records as JSON Lines, written whole or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from betony.errors import BetonyError, UsageError

STDOUT = "-"

# Line ends to str.splitlines() and to some readers of JSON Lines, though not to JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write(records: Iterable[str], out: str) -> int:
    """Writes one record a line to a file, or to standard output for `-`; how many there were."""
    if out == STDOUT:
        return _write(records, sys.stdout.buffer)
    with _replacing(Path(out)) as file:
        return _write(records, file)


def check(out: str) -> None:
    """UsageError where nothing could be written there, before any work is done."""
    path = Path(out)
    if out != STDOUT and path.is_dir():
        raise UsageError("is a folder", document=out, advice="name a file")
    if out != STDOUT and not path.parent.is_dir():
        raise UsageError("its folder does not exist", document=out, advice="make the folder first")
    if out != STDOUT and not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError("cannot be written", document=out, advice="check its permissions")


def _write(records: Iterable[str], file: BinaryIO) -> int:
    count = 0
    for record in records:
        file.write(record.translate(_LINE_ENDS).encode() + b"\n")
        count += 1
    file.flush()
    return count


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of the one at `path` once it is complete and on disk."""
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            with target.open("wb") as file:  # a device or a pipe: nothing there to replace
                yield file
            return
        draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            with draft.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target)
        finally:
            with suppress(FileNotFoundError):
                draft.unlink()
        _sync_folder(target.parent)
    except BrokenPipeError:
        raise
    except OSError as error:
        what = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise BetonyError(
            what, document=str(path), advice="the records are in the store: betony export jsonl"
        ) from error


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself safe; Windows has no such call and needs none."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
