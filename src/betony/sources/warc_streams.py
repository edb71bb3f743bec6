"""The bytes of a web archive, packed or not, with a way on after damage."""

from __future__ import annotations

import contextlib
import re
import zlib
from dataclasses import dataclass, field
from typing import BinaryIO

CHUNK = 1 << 16
LONGEST_HEADER = 1 << 18
_GZIP = b"\x1f\x8b\x08"
RECORD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n(?=[A-Za-z][A-Za-z-]*:)")
"""How a record begins. It may begin within a line, where a cut archive was written on."""


@dataclass(slots=True)
class Stream:
    """The archive's bytes, unpacked, with a way on after damage."""

    file: BinaryIO
    buffer: bytearray = field(default_factory=bytearray)
    damaged: bool = False
    again: bool = True
    """Whether the record that begins now can be read again from `position()`."""

    def pull(self) -> bool:
        """Reads more into the buffer; false at the end, or where no more can be read."""
        raise NotImplementedError

    def position(self) -> int:
        """Where in the file the next byte stands, or the pack of bytes that holds it."""
        raise NotImplementedError

    def resync(self) -> bool:
        """Goes on to the next place where a record may begin; false where there is none."""
        raise NotImplementedError

    def has(self, count: int) -> bool:
        while len(self.buffer) < count:
            if not self.pull():
                return False
        return True

    def take(self, count: int) -> bytes:
        self.has(min(count, CHUNK))
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def give_back(self, content: bytes) -> None:
        """Puts bytes back before what comes next."""
        self.buffer[:0] = content

    def line(self) -> bytes:
        end = self.buffer.find(b"\n")
        while end < 0 and len(self.buffer) < LONGEST_HEADER and self.pull():
            end = self.buffer.find(b"\n")
        return self.take(end + 1 if end >= 0 else len(self.buffer))

    def skip_blank(self) -> None:
        while self.has(1) and self.buffer[0] in b"\r\n":
            del self.buffer[0]


class Plain(Stream):
    """An archive that is not packed."""

    def pull(self) -> bool:
        chunk = self.file.read(CHUNK)
        self.buffer += chunk
        return bool(chunk)

    def position(self) -> int:
        return self.file.tell() - len(self.buffer)

    def resync(self) -> bool:
        while True:
            match = RECORD.search(self.buffer)
            if match:
                del self.buffer[: match.start()]
                return True
            del self.buffer[:-128]
            if not self.pull():
                return False


class Gzip(Stream):
    """An archive in gzip: a member a record, as the format asks, or all in one."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self._unpacker = zlib.decompressobj(31)
        self._rest = b""
        self._member = file.tell()
        self._unpacked = 0

    def pull(self) -> bool:
        while not self.damaged:
            if self._unpacker.eof and not self._next_member():
                return False
            packed = self._rest or self.file.read(CHUNK)
            if not packed:
                self.damaged = True  # within a member
                return False
            before = self._unpacker.copy()
            try:
                chunk = self._unpacker.decompress(packed, 4 * CHUNK)
            except zlib.error:
                self.damaged = True
                self.buffer += _up_to_damage(before, packed)
                return True
            self._rest = self._unpacker.unconsumed_tail
            if chunk:
                self._unpacked += len(chunk)
                self.buffer += chunk
                return True
        return False

    def position(self) -> int:
        self.again = self._unpacked == len(self.buffer)
        return self._member

    def resync(self) -> bool:
        """A record may begin at any later member, or later in this one."""
        while not self.damaged:
            match = RECORD.search(self.buffer)
            if match:
                del self.buffer[: match.start()]
                return True
            del self.buffer[:-128]
            if not self.pull() and not self.damaged:
                return False
        self._member = self._find_member(self._member + 1)
        while self._member >= 0:
            self._open(self._member)
            if self.has(8) and self.buffer.startswith(b"WARC/"):
                return True
            self._member = self._find_member(self._member + 1)
        return False

    def _open(self, position: int) -> None:
        self.file.seek(position)
        self.buffer.clear()
        self._unpacker = zlib.decompressobj(31)
        self._rest = b""
        self._unpacked = 0
        self.damaged = False

    def _next_member(self) -> bool:
        """Begins the member after the one that has ended; false at the end of the file."""
        rest = self._unpacker.unused_data
        while not rest.strip(b"\0"):
            rest = self.file.read(CHUNK)
            if not rest:
                return False
        padding = len(rest) - len(rest.lstrip(b"\0"))
        self._member = self.file.tell() - len(rest) + padding
        rest = rest[padding:] if len(rest) - padding > 2 else rest[padding:] + self.file.read(CHUNK)
        if not rest.startswith(_GZIP):
            self.damaged = True
            return False
        self._unpacker = zlib.decompressobj(31)
        self._rest = rest
        self._unpacked = 0
        return True

    def _find_member(self, start: int) -> int:
        """The position of the next gzip signature from `start` on; -1 where there is none."""
        self.file.seek(start)
        tail = b""
        at = start
        while chunk := self.file.read(CHUNK):
            found = (tail + chunk).find(_GZIP)
            if found >= 0:
                return at - len(tail) + found
            at += len(chunk)
            tail = (tail + chunk)[-2:]
        return -1


def _up_to_damage(unpacker: zlib._Decompress, packed: bytes) -> bytes:
    """What can be unpacked before the place that cannot: zlib itself gives nothing of a piece that ends in an error."""
    out = bytearray()
    with contextlib.suppress(zlib.error):
        for at in range(len(packed)):
            out += unpacker.decompress(packed[at : at + 1], 4 * CHUNK)
            if len(out) >= 4 * CHUNK:
                break
    return bytes(out)
