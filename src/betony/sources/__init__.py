"""What can be named on the command line, as captures: files, folders, globs, JSON Lines, standard input."""

from __future__ import annotations

import glob
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import BinaryIO

from betony.errors import Reason, SourceError, UsageError
from betony.model import Capture
from betony.sources import files, jsonlines
from betony.sources.found import MAX_BYTES, Failure, Found, Remark, Skipped

__all__ = ["MAX_BYTES", "STDIN", "Failure", "Found", "Remark", "Skipped", "discover", "is_on_the_web", "only"]

STDIN = "-"


def is_on_the_web(name: str) -> bool:
    """Whether the name is an address, or `@` and the name of a file of addresses: `betony.web` fetches those."""
    return name.lower().startswith(("http://", "https://", "@"))


def discover(names: Sequence[str], *, stdin: BinaryIO | None = None, publisher: str | None = None) -> Iterator[Found]:
    """What the names lead to, one after the other and only when asked for, so that a big folder stays on disk.

    A file, a folder (recursive), a glob that the shell left as it is, or `-` for standard input. What cannot be
    read comes as a Failure or Remark in its place. UsageError, before anything is read, where no name exists.
    """
    if not names:
        raise UsageError("no source was named", advice="name files, folders, or - for standard input")
    if not all(names):
        raise UsageError("a source has an empty name", advice="name a folder, or . for the current one")
    targets = [(name, _targets(name)) for name in names]
    if not any(paths for _, paths in targets):
        missing = ", ".join(repr(name) for name in names)
        raise UsageError(f"no such file or folder: {missing}", advice=_advice(names))
    return _walk(targets, stdin or sys.stdin.buffer, publisher)


_HOST = re.compile(r"(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:uk|gov|org|int|com|eu|ie|au|ca|nz)/)", re.IGNORECASE)


def _advice(names: Sequence[str]) -> str:
    """What to do about names of which nothing is there; some are addresses, written in another way than betony reads."""
    if any("://" in name for name in names):
        return "of addresses those with http:// and https:// are fetched; save what is elsewhere as a file"
    if any(map(_HOST.match, names)):
        return "write an address whole, with https:// before it"
    return "check the spelling and the current folder"


def only(name: str) -> Capture:
    """The one document of that name; SourceError where it cannot be read, UsageError where it is none or several."""
    found = [item for item in discover([name]) if isinstance(item, Capture | Failure)]
    if len(found) != 1:
        raise UsageError(f"holds {len(found)} documents, not one", document=name, advice="use betony ingest")
    if isinstance(found[0], Failure):
        failure = found[0]
        raise SourceError(failure.message, document=failure.uri, reason=failure.reason, advice=failure.advice)
    return found[0]


def _targets(name: str) -> list[str]:
    """The paths that a name stands for; none where nothing is there."""
    if name == STDIN or _is_there(name):
        return [name]
    return sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []  # noqa: PTH207 - names stay as given


def _is_there(name: str) -> bool:
    try:
        Path(name).lstat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):  # forbidden or no path at all: reported when it is read
        return "\0" not in name
    return True


def _walk(targets: list[tuple[str, list[str]]], stdin: BinaryIO, publisher: str | None) -> Iterator[Found]:
    for name, paths in targets:
        if not paths:
            yield Failure(as_named(name), Reason.UNREADABLE, "no such file or folder", advice="check the spelling")
        for path in paths:
            for found in _read(path, stdin):
                yield replace(found, publisher=publisher) if publisher and isinstance(found, Capture) else found


def _read(name: str, stdin: BinaryIO) -> Iterator[Found]:
    if name == STDIN:
        return jsonlines.from_stream(stdin, STDIN)
    path = Path(name)
    if path.is_dir():
        return files.from_folder(path)
    return files.from_file(path, as_named(name))


def as_named(name: str) -> str:
    """A path as it was named, with forward slashes and without a leading `./`."""
    return files.printable(PurePath(name).as_posix())
