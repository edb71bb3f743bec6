"""A folder that is whole or as it was before: made beside its place, made safe on disk, then put there in one step."""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from betony.export.files import safe_name, sync_folder

_HERE, _EXCHANGE = -100, 2
"""Linux's AT_FDCWD and RENAME_EXCHANGE."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A new folder to fill, which then takes the place of the one that is there. OSError where that cannot be done.

    Where the system can exchange two folders (Linux), there is no moment without one; elsewhere there is a moment
    between two renamings, and the next call puts back what a process killed in it had moved away.
    """
    beside = f".{safe_name(target.name)}"
    _clear(target, beside)
    draft = target.with_name(f"{beside}.{os.getpid()}.tmp")
    draft.mkdir()
    try:
        yield draft
        if hasattr(os, "sync"):  # all at once: a call for each of ten thousand files takes a minute
            os.sync()
        _put(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sync_folder(target.parent)


def keep(old: Path, new: Path) -> bool:
    """Lets a file of the old folder stand in the new one too; False where there is no such file."""
    try:
        os.link(old, new)
    except FileNotFoundError:
        return False
    except OSError:  # a disk that knows no second name for a file
        shutil.copyfile(old, new)
    return True


def _put(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
    elif not _exchanged(draft, target):
        away = draft.with_suffix(".old")
        target.rename(away)
        draft.rename(target)
        shutil.rmtree(away, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two changed places; not where the system has no such call, or its disk does not heed it."""
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # no such call; Windows refuses even to be asked
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    error = ctypes.get_errno()
    if error in (errno.EINVAL, errno.ENOSYS):
        return False
    raise OSError(error, os.strerror(error))


def _clear(target: Path, beside: str) -> None:
    """Removes what processes that were killed have left; what one had moved away and not replaced goes back."""
    shape = re.compile(re.escape(beside) + r"\.(\d+)\.(tmp|old)")
    for path in sorted(target.parent.iterdir()):
        found = shape.fullmatch(path.name)
        if not found or psutil.pid_exists(int(found[1])):
            continue
        if found[2] == "old" and not target.exists():
            path.rename(target)
        else:
            shutil.rmtree(path, ignore_errors=True)
