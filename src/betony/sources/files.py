"""Files and folders as captures."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Container, Iterator
from pathlib import Path
from typing import BinaryIO

from betony.errors import Reason, said
from betony.model import Capture
from betony.sources import archives, jsonlines, mhtml, side_file, warc
from betony.sources.found import (
    IN_A_FRAME,
    JSON_LINES,
    MAX_BYTES,
    SUFFIXES,
    Failure,
    Found,
    Remark,
    Skipped,
    is_framed,
    too_large,
    why_no_document,
)


def from_folder(folder: Path) -> Iterator[Found]:
    """Every document below the folder, in order of name; symbolic links are followed, each folder once."""
    label = "" if folder.name in {"", ".."} else f"{printable(folder.name)}/"
    inputs = 0
    for found in _below(folder, label, set()):
        inputs += isinstance(found, Capture | Failure)
        yield found
    if not inputs:
        suffixes = " ".join((*SUFFIXES, JSON_LINES, *archives.ARCHIVES, *warc.ARCHIVES))
        yield Remark(printable(folder.as_posix()), f"holds no document (looked for {suffixes})", failed=True)


def _below(
    folder: Path, label: str, visited: set[tuple[int, int]], beside: Container[str] = frozenset()
) -> Iterator[Found]:
    """`beside` are the names in the folder that this one lies in."""
    try:
        here = folder.stat()
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names alone, to be joined lazily
    except OSError as error:
        yield Remark(label.rstrip("/") or ".", f"the folder cannot be read: {said(error)}", failed=True)
        return
    if (here.st_dev, here.st_ino) in visited:
        yield Skipped(label.rstrip("/"), "the folder was read already (a loop of links?)")
        return
    visited.add((here.st_dev, here.st_ino))
    for name in names:
        path, uri = folder / name, label + printable(name)
        if path.is_dir():
            yield from _below(path, f"{uri}/", visited, frozenset(names))
        elif is_framed(f"{folder.name}/{name}", beside):
            yield Skipped(uri, IN_A_FRAME)
        elif not name.endswith(side_file.SUFFIX):
            yield from _entry(path, uri)


def _entry(path: Path, uri: str) -> Iterator[Found]:
    if why := why_no_document(path.name, (*archives.ARCHIVES, *warc.ARCHIVES)):
        yield Skipped(uri, why)
    elif _is_special(path):
        yield Skipped(uri, "neither a file nor a folder")
    else:
        yield from from_file(path, uri)


def _is_special(path: Path) -> bool:
    """Whether opening it could wait for ever: a pipe, a socket, a device."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # broken or forbidden: reading it will say so
        return False


def _is_device(path: Path) -> bool:
    """Whether reading it could go on for ever: `/dev/zero`."""
    try:
        mode = path.stat().st_mode
    except OSError:  # as above
        return False
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def from_file(path: Path, uri: str) -> Iterator[Found]:
    """The document in the file, or each of a `.jsonl` file or an archive; read whatever its suffix."""
    if _is_device(path):
        yield Failure(uri, Reason.UNREADABLE, "it is a device, no file", advice="name a file, or - for standard input")
        return
    try:
        if inside := _archive(path):
            yield from inside(path, uri)
            return
        with path.open("rb") as file:
            if path.suffix.lower() == JSON_LINES:
                yield from jsonlines.from_lines(file, uri)
                return
            body = file.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                yield _too_large(body, file, uri)
                return
    except OSError as error:
        yield Failure(uri, Reason.UNREADABLE, said(error), advice="check that it exists and may be read")
        return
    side, problem = side_file.beside(path)
    if problem:
        yield Remark(printable(problem.path), problem.message, failed=True)
    for found in mhtml.opened(Capture(body, uri)):
        yield side.applied(found) if isinstance(found, Capture) else found


def _archive(path: Path) -> Callable[[Path, str], Iterator[Found]] | None:
    """What reads the file, where it is an archive by its name."""
    name = path.name.lower()
    if name.endswith(warc.ARCHIVES):
        return warc.read
    return archives.read if name.endswith(archives.ARCHIVES) else None


def _too_large(body: bytes, file: BinaryIO, uri: str) -> Failure:
    digest, size = hashlib.sha256(body), len(body)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    return too_large(uri, digest.hexdigest(), size)


def printable(name: str) -> str:
    """A file name as text that can be written anywhere: bytes that are no UTF-8 stand as `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
