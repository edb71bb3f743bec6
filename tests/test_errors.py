"""What a person is told of a file that cannot be written."""

from __future__ import annotations

import errno
import os

import pytest

from betony.errors import remedy, said


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EACCES, "make it writable, or name another place"),
        (errno.EROFS, "make it writable, or name another place"),
        (errno.EIO, "check the disk, or name another place"),
        (errno.EISDIR, "name another place"),
    ],
)
def test_the_advice_is_for_what_went_wrong(number: int, wanted: str) -> None:
    assert remedy(OSError(number, os.strerror(number))) == wanted


def test_the_systems_words_go_into_a_sentence() -> None:
    assert said(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))) == "no space left on device"
    assert said(OSError("No such thing")) == "no such thing"
