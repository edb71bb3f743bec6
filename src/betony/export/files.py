"""Output that is whole or not there: written beside its place, made safe on disk, then moved into it."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import psutil

from betony.errors import BetonyError, UsageError, remedy, said

STDOUT = "-"
_SQLITE = b"SQLite format 3\0"
"""How every database of SQLite begins."""


def check(out: str, *, over_a_database: bool = False) -> None:
    """UsageError where nothing could be written there, before any work is done.

    Nor where a SQLite database is, which may be the store itself, unless another database is to take its place.
    """
    path = Path(out)
    if out != STDOUT and path.is_dir():
        raise UsageError("is a folder", document=out, advice="name a file")
    if out != STDOUT and not path.parent.is_dir():
        raise UsageError("its folder does not exist", document=out, advice="make the folder first")
    if out != STDOUT and not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError("cannot be written", document=out, advice="check its permissions")
    if out != STDOUT and not over_a_database:
        _spare_databases(out)


def _spare_databases(out: str) -> None:
    if not Path(out).is_file():
        return
    with Path(out).open("rb") as file:
        if file.read(len(_SQLITE)) == _SQLITE:
            raise UsageError(
                "is a database, perhaps a store, and would be lost", document=out, advice="name another file"
            )


def safe_name(identity: str, longest: int = 64) -> str:
    """A name for a file or a FHIR resource that stands for an id: `nice-ng100-1f3870be274f`.

    Letters a to z, digits and hyphens alone, so it is one step of a path on every system; the digest of the whole id
    keeps two ids apart that look alike.
    """
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    slug = re.sub(r"[^a-z0-9]+", "-", identity.lower()).strip("-")[: longest - 13].strip("-")
    return f"{slug}-{digest}" if slug else digest


@contextmanager
def writing(out: str) -> Iterator[BinaryIO]:
    """Standard output for `-`, else a file that takes its place once it is complete and on disk."""
    if out == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(os.path.realpath(out))
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        with _explained(out), path.open("wb") as file:  # a device or a pipe: nothing there to replace
            yield file
        return
    with drafted(out) as draft, draft.open("wb") as file:
        yield file


@contextmanager
def drafted(out: str) -> Iterator[Path]:
    """A path to write to, for writers that open files themselves; what they wrote there then replaces `out`."""
    target = Path(os.path.realpath(out))
    beside = f".{safe_name(target.name)}"
    draft = target.with_name(f"{beside}.{os.getpid()}.tmp")
    with _explained(out):
        _spare_databases(out)
        _clear_drafts(target.parent, beside)
        try:
            yield draft
            _sync(draft)
            draft.replace(target)
        finally:
            with suppress(FileNotFoundError):
                draft.unlink()
        sync_folder(target.parent)


@contextmanager
def _explained(out: str) -> Iterator[None]:
    """Turns the disk's errors into one that says what became of the file."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BetonyError(
            f"cannot be written: {said(error)}",
            document=out,
            advice=f"what was there before is untouched; {remedy(error)} and export again",
        ) from error


def _clear_drafts(folder: Path, beside: str) -> None:
    """Removes what processes that were killed have left of the same file, and what libraries put beside it."""
    shape = re.compile(re.escape(beside) + r"\.(\d+)\.tmp(\.wal)?")
    for path in folder.iterdir():
        found = shape.fullmatch(path.name)
        if found and not psutil.pid_exists(int(found[1])):
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder safe; Windows has no such call and needs none."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
