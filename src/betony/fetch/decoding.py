"""Unpacking a body while it arrives, to a limit, and telling whether its end came."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

OFFERED = "gzip"
"""The one encoding that is asked for: its stream says where it ends, and every server speaks it."""
KNOWN = ("gzip", "x-gzip", "deflate")
_PIECE = 1 << 16
_GZIP = b"\x1f\x8b"


class Unpacker:
    """A body that is packed as gzip or deflate."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._stream = zlib.decompressobj(31 if self._gzip else 15)
        self._begun = False
        self._full = False
        self._held = b""
        self._settled = self._gzip

    @property
    def whole(self) -> bool:
        """Whether the stream has come to its own end; of no bytes at all it has."""
        return self._stream.eof or not self._begun

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the bytes unpack to, in small pieces, so that whoever takes them can stop. zlib.error where they do not."""
        packed, self._held = self._held + packed, b""
        while packed or self._full:
            if self._stream.eof:
                if self._gzip and packed == _GZIP[:1]:
                    self._held = packed
                if not self._gzip or not packed.startswith(_GZIP):
                    return  # padding behind the end
                self._stream = zlib.decompressobj(31)
            try:
                piece = self._stream.decompress(packed, _PIECE)
            except zlib.error:
                if self._settled:
                    raise
                self._stream = zlib.decompressobj(-15)  # deflate without its wrapper, as some servers send it
                piece = self._stream.decompress(packed, _PIECE)
            self._begun = self._settled = True
            packed = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
            self._full = len(piece) == _PIECE and not self._stream.eof  # then zlib may hold more, without more to read
            if piece:
                yield piece
