"""A file that is written when the power goes is the old one or the new, and once reported the new.

What the writer asks of the system is recorded, then the power is cut at a random moment: what was not synced by then
is on disk, or garbled, or not there, as chance has it.
"""

from __future__ import annotations

import os
import random
import stat
from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path

import pytest

from betony.export import files

NEW = b"new\n" * 10_000


class Asked(Enum):
    """What the writer asked of the system, or said."""

    FILE_SYNCED = auto()
    MOVED_INTO_PLACE = auto()
    FOLDER_SYNCED = auto()
    REPORTED = auto()


def ours(out: Path) -> None:
    with files.writing(str(out)) as file:
        file.write(NEW)


def rename_only(out: Path) -> None:
    draft = out.with_name("draft")
    draft.write_bytes(NEW)
    draft.replace(out)


def folder_forgotten(out: Path) -> None:
    draft = out.with_name("draft")
    with draft.open("wb") as file:
        file.write(NEW)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(out)


def recorded(write: Callable[[Path], None], out: Path, monkeypatch: pytest.MonkeyPatch) -> list[Asked]:
    """The order in which a writer asks, from a run of it."""
    asked: list[Asked] = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        whole = os.fstat(descriptor)
        if stat.S_ISDIR(whole.st_mode):
            asked.append(Asked.FOLDER_SYNCED)
        elif whole.st_size == len(NEW):
            asked.append(Asked.FILE_SYNCED)
        sync(descriptor)

    def moved(source: Path, target: Path) -> None:
        asked.append(Asked.MOVED_INTO_PLACE)
        replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", synced)
        patched.setattr(os, "replace", moved)
        write(out)
    assert out.read_bytes() == NEW
    return [*asked, Asked.REPORTED]


def after_a_cut(asked: list[Asked], chance: random.Random) -> str:
    """What stands on disk after the power went at some moment: `fine`, `torn`, or `lost` where it was reported."""
    done = asked[: chance.randint(0, len(asked))]
    moved = Asked.MOVED_INTO_PLACE in done
    held = moved and Asked.FOLDER_SYNCED in done[done.index(Asked.MOVED_INTO_PLACE) :]
    is_new = held or (moved and chance.random() < 0.5)
    synced = Asked.FILE_SYNCED in done
    if is_new and not synced and chance.random() < 0.5:
        return "torn"
    return "lost" if Asked.REPORTED in done and not is_new else "fine"


@pytest.mark.parametrize("write", [ours, rename_only, folder_forgotten])
def test_the_power_may_go_at_any_moment(
    write: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"old\n")
    asked = recorded(write, out, monkeypatch)
    chance = random.Random(13)  # noqa: S311 - no secret
    cuts = 20_000 if request.config.getoption("--long") else 2_000
    ends = [after_a_cut(asked, chance) for _ in range(cuts)]
    wrong = cuts - ends.count("fine")
    if write is ours:
        assert wrong == 0
    else:
        assert wrong > cuts // 50  # else the model would find nothing
