"""Zip and tar files of documents, read where they lie: nothing in them is ever written to disk."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
import zlib
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from betony.errors import Reason
from betony.model import Capture
from betony.sources import jsonlines, mhtml, side_file
from betony.sources.found import (
    IN_A_FRAME,
    JSON_LINES,
    MAX_BYTES,
    Failure,
    Found,
    Remark,
    Skipped,
    is_framed,
    why_no_document,
)
from betony.sources.side_file import SideFile

ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
MOST_MEMBERS = 100_000
MOST_RATIO = 200
"""A member, or a whole archive, that unpacks to more than so many times its size is a bomb."""
FREE_BYTES = 10_000_000
"""Whatever the ratio, so much may come out."""
MOST_BYTES = 20_000_000_000
_MOST_SIDE_FILE = 1_000_000
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
"""What a broken archive ends in; OSError is gzip's word for a wrong checksum."""


class _Bomb(Exception):  # noqa: N818 - it never leaves this module
    """More came out of the archive than may."""


def read(path: Path, uri: str) -> Iterator[Found]:
    """The documents in an archive, each named `uri#path/within`, with its side file where one lies beside it.

    Members that are no documents by their suffix are skipped, archives within the archive too. A broken archive gives
    the members before the damage, then a Failure. OSError where the file itself cannot be opened.
    """
    inputs = 0
    for found in _read(path, uri):
        inputs += isinstance(found, Capture | Failure)
        yield found
    if not inputs:
        yield Remark(uri, "holds no document")


def _read(path: Path, uri: str) -> Iterator[Found]:
    size = path.stat().st_size
    with path.open("rb") as file:
        try:
            if path.name.lower().endswith(".zip"):
                yield from _zip(file, uri, size)
            else:
                yield from _tar(path, uri, size)
        except _Bomb as bomb:
            message = f"the archive unpacks to more than it may: {bomb}"
            yield Failure(uri, Reason.TOO_LARGE, message, advice="unpack it and name the folder", size=size)
        except _BROKEN as error:
            yield Failure(uri, Reason.MALFORMED, f"the archive is broken: {error}", size=size)


def _zip(file: IO[bytes], uri: str, size: int) -> Iterator[Found]:
    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _refuse_bombs(len(members), sum(member.file_size for member in members), size)
        pages = {_slashed(member.filename) for member in members}
        sides: dict[str, bytes] = {}
        for member in members:
            if member.filename.endswith(side_file.SUFFIX) and member.file_size <= _MOST_SIDE_FILE:
                content = _zip_content(archive, member, uri)
                if isinstance(content, bytes):
                    sides[member.filename] = content
        for member in members:
            name = f"{uri}#{_printable(member.filename)}"
            if member.filename.endswith(side_file.SUFFIX):
                continue
            if why := _why_skipped(member.filename, pages):
                yield Skipped(name, why)
            elif member.file_size > MAX_BYTES:
                message = f"it unpacks to {member.file_size:,} bytes"
                yield Failure(name, Reason.TOO_LARGE, message, size=member.file_size)
            else:
                content = _zip_content(archive, member, name)
                if isinstance(content, Failure):
                    yield content
                else:
                    yield from _document(member.filename, name, content, sides)


def _zip_content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes | Failure:
    if member.flag_bits & 1:
        return Failure(name, Reason.UNSUPPORTED, "it is encrypted", advice="unpack the archive with its password")
    most = min(MAX_BYTES, max(FREE_BYTES, MOST_RATIO * member.compress_size))
    try:
        with archive.open(member) as stream:
            content = stream.read(most + 1)
    except (*_BROKEN, RuntimeError) as error:
        return Failure(name, Reason.MALFORMED, f"it is broken: {error}")
    if len(content) > most:
        return Failure(name, Reason.TOO_LARGE, f"it unpacks to more than {most:,} bytes", size=member.file_size)
    return content


def _tar(path: Path, uri: str, size: int) -> Iterator[Found]:
    """Read twice, as side files may stand behind their documents: for them first, then for the documents."""
    sides: dict[str, bytes] = {}
    pages = set[str]()
    try:
        for member, stream in _members(path, size):
            pages.add(_slashed(member.name))
            if member.name.endswith(side_file.SUFFIX) and stream and member.size <= _MOST_SIDE_FILE:
                sides[member.name] = stream.read(_MOST_SIDE_FILE)
    except (*_BROKEN, _Bomb):
        pass  # the second reading meets the same place and reports it
    for member, stream in _members(path, size):
        name = f"{uri}#{_printable(member.name)}"
        if member.name.endswith(side_file.SUFFIX):
            continue
        if why := _why_skipped(member.name, pages):
            yield Skipped(name, why)
        elif stream is None:
            yield Skipped(name, "neither a file nor a folder")
        elif member.size > MAX_BYTES:
            yield Failure(name, Reason.TOO_LARGE, f"it unpacks to {member.size:,} bytes", size=member.size)
        else:
            content = stream.read(MAX_BYTES + 1)
            if len(content) < member.size:
                raise EOFError(f"it ends within {_printable(member.name)}")
            yield from _document(member.name, name, content, sides)


def _members(path: Path, size: int) -> Iterator[tuple[tarfile.TarInfo, IO[bytes] | None]]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        plain: IO[bytes] = gzip.GzipFile(fileobj=file) if packed else file  # type: ignore[assignment]
        capped = _Capped(plain, min(MOST_BYTES, max(FREE_BYTES, MOST_RATIO * size)))
        with tarfile.open(fileobj=capped, mode="r|", tarinfo=_Guarded, errorlevel=1) as archive:
            for count, member in enumerate(archive):
                if count >= MOST_MEMBERS:
                    raise _Bomb(f"more than {MOST_MEMBERS:,} members")
                if not member.isdir():
                    yield member, archive.extractfile(member) if member.isreg() else None
                archive.members = []  # type: ignore[attr-defined] # else it keeps every member it has met


class _Guarded(tarfile.TarInfo):
    """A member whose extra headers are as short as real ones are: they are read into memory whole."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Guarded:
        member = super().frombuf(buf, encoding, errors)
        extra = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, b"X")
        if member.type in extra and member.size > _MOST_SIDE_FILE:
            raise _Bomb(f"a header of {member.size:,} bytes")
        return member


class _Capped(io.RawIOBase):
    """A stream that ends in _Bomb after so many bytes."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._stream = stream
        self._left = most

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise _Bomb("its members are packed too tightly")
        return content


def _refuse_bombs(members: int, total: int, size: int) -> None:
    if members > MOST_MEMBERS:
        raise _Bomb(f"{members:,} members")
    if total > MOST_BYTES or total > max(FREE_BYTES, MOST_RATIO * size):
        raise _Bomb(f"{total:,} bytes from {size:,}")


def _why_skipped(inner: str, there: Container[str]) -> str | None:
    """Why the member is no document; None where it is one."""
    name = _slashed(inner)
    if is_framed(name, there):
        return IN_A_FRAME
    why = why_no_document(name)
    is_archive = name.lower().endswith((*ARCHIVES, ".gz", ".warc"))
    return "an archive within an archive" if why and is_archive else why


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _document(inner: str, name: str, content: bytes, sides: dict[str, bytes]) -> Iterator[Found]:
    if inner.lower().endswith(JSON_LINES):
        yield from jsonlines.from_lines(io.BytesIO(content), name)
        return
    side, problem = _side(inner, sides)
    if problem:
        yield Remark(name, f"its side file cannot be used, it is read without it: {problem}", failed=True)
    for found in mhtml.opened(Capture(content, name)):
        yield side.applied(found) if isinstance(found, Capture) else found


def _side(inner: str, sides: dict[str, bytes]) -> tuple[SideFile, str]:
    stem = inner[: inner.rfind(".")] if "." in PurePosixPath(inner).name else inner
    for beside in (inner + side_file.SUFFIX, stem + side_file.SUFFIX):
        if beside in sides:
            try:
                return side_file.parsed(json.loads(sides[beside])), ""
            except (ValueError, RecursionError) as error:
                return SideFile(), str(error).split("\n")[0] or "it is nested too deeply"
    return SideFile(), ""


def _printable(name: str) -> str:
    """A member's name as text that can be written anywhere; it is a label, never a path."""
    text = _slashed(name).encode("utf-8", "backslashreplace").decode()
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
