"""Captures as a web archive (WARC 1.1), so that others' tools read what was fetched: warcio writes the records."""

from __future__ import annotations

import io
import os
import uuid
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from betony.errors import BetonyError, UsageError, remedy, said
from betony.export import files
from betony.model import Capture

SUFFIX = ".warc.gz"
_SPACE = uuid.UUID("6f0f3a6e-7a0f-5b0e-9a54-1f7c2b3d4e5f")
_DROPPED = frozenset(("content-encoding", "transfer-encoding", "content-length", "connection"))
"""Headers of the transfer: the body is kept without it."""
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Item:
    """A capture and what is known of its transfer."""

    input_id: str
    capture: Capture
    stored_at: str
    headers: tuple[tuple[str, str], ...] = ()
    cut: str | None = None

    @property
    def record_id(self) -> str:
        """The same for the same capture in every export."""
        return f"<urn:uuid:{uuid.uuid5(_SPACE, self.input_id)}>"


def write(items: Iterable[Item], out: str) -> int:
    """Writes an archive, whole or not at all; how many captures it holds."""
    if out != files.STDOUT and not out.endswith(SUFFIX):
        raise UsageError(
            "a web archive is packed and named so", document=out, advice=f"name a file {Path(out).stem}{SUFFIX}"
        )
    with files.writing(out) as file:
        return _write(items, file)


def append(items: Iterable[Item], out: str) -> int:
    """Adds to an archive what is not in it; how many captures that were. What a crash left half written is cut off first."""
    path = Path(out)
    if not path.exists():
        return write(items, out)
    try:
        with path.open("r+b") as file:
            held, end = _whole(file)
            if end == 0 and not _begins_like_one(file):
                raise UsageError("is no web archive", document=out, advice="name another file")
            file.truncate(end)
            file.seek(end)
            count = _write((item for item in items if item.record_id not in held), file, first=end == 0)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        advice = f"{remedy(error)} and run the same command again; what is whole stays"
        raise BetonyError(f"cannot be written: {said(error)}", document=out, advice=advice) from error
    return count


def _write(items: Iterable[Item], file: IO[bytes], *, first: bool = True) -> int:
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    count = 0
    for item in items:
        if first:
            writer.write_record(_information(writer, item))
            first = False
        writer.write_record(_record(writer, item))
        count += 1
    return count


def _information(writer: WARCWriter, item: Item) -> object:
    """The archive's own description; dated like its first capture, so that the same store gives the same bytes."""
    record = writer.create_warc_record(
        "",
        "warcinfo",
        payload=io.BytesIO(b"software: betony\r\nformat: WARC File Format 1.1\r\n"),
        warc_headers_dict={
            "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(_SPACE, 'information ' + item.input_id)}>",
            "WARC-Date": _date(item),
        },
    )
    record.rec_headers.replace_header("Content-Type", "application/warc-fields")
    return record


def _record(writer: WARCWriter, item: Item) -> object:
    capture = item.capture
    body = io.BytesIO(capture.body)
    given = {"WARC-Record-ID": item.record_id, "WARC-Date": _date(item)}
    if item.cut or capture.truncated:
        given["WARC-Truncated"] = item.cut or "unspecified"
    url = capture.final_uri or capture.url or f"urn:sha256:{capture.digest}"
    if capture.http is None:
        kind = capture.media_type or "application/octet-stream"
        stated = f"{kind}; charset={capture.charset}" if capture.charset else kind
        return writer.create_warc_record(
            url, "resource", payload=body, length=len(capture.body), warc_content_type=stated, warc_headers_dict=given
        )
    headers = StatusAndHeaders(f"{capture.http.status} {_phrase(capture.http.status)}", _headers(item), "HTTP/1.1")
    return writer.create_warc_record(url, "response", payload=body, http_headers=headers, warc_headers_dict=given)


def _headers(item: Item) -> list[tuple[str, str]]:
    capture = item.capture
    kept = [(name, value) for name, value in item.headers if name.lower() not in _DROPPED]
    if not kept and capture.media_type:
        charset = f"; charset={capture.charset}" if capture.charset else ""
        kept.append(("Content-Type", capture.media_type + charset))
    return [*kept, ("Content-Length", str(len(capture.body)))]


def _phrase(status: int) -> str:
    return "OK" if status == 200 else "Answer"


def _date(item: Item) -> str:
    return item.capture.retrieved_at or item.stored_at


def _begins_like_one(file: IO[bytes]) -> bool:
    """Whether the file, none of whose records is whole, may be the first piece of an archive."""
    file.seek(0)
    start = file.read(4096)
    try:
        unpacked = zlib.decompressobj(31).decompress(start)
    except zlib.error:
        return False
    return unpacked[:5] == b"WARC/"[: len(unpacked)]


def _whole(file: IO[bytes]) -> tuple[set[str], int]:
    """The ids of the records that are whole, and where the last of them ends: each is a gzip member of its own."""
    held: set[str] = set()
    end = 0
    buffer = b""
    while True:
        member = zlib.decompressobj(31)
        head, size = b"", 0
        try:
            while not member.eof:
                buffer = buffer or file.read(_CHUNK)
                if not buffer:
                    return held, end
                piece = member.decompress(buffer, _CHUNK)
                size += len(buffer) - len(member.unconsumed_tail) - len(member.unused_data)
                head += piece[: 1 << 14] if len(head) < 1 << 14 else b""
                buffer = member.unused_data if member.eof else member.unconsumed_tail
        except zlib.error:
            return held, end
        if not head.startswith(b"WARC/"):
            return held, end
        end += size
        for line in head.split(b"\r\n\r\n", 1)[0].split(b"\r\n"):
            if line.lower().startswith(b"warc-record-id:"):
                held.add(line.split(b":", 1)[1].strip().decode("latin-1"))
