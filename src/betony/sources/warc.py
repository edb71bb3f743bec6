"""Web archives: WARC and WARC.gz, each page in them a document of its own."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from betony.errors import Reason
from betony.model import Capture, Http
from betony.sources.found import MAX_BYTES, Failure, Found, Skipped, too_large
from betony.sources.warc_streams import CHUNK, LONGEST_HEADER, RECORD, Gzip, Plain, Stream

ARCHIVES = (".warc", ".warc.gz")
DOCUMENTS = frozenset(
    (
        "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)  # fmt: skip
_MOST_ENCODED = MAX_BYTES + (1 << 20)
"""Of a record's block so many bytes are kept: a page of the longest size and its headers."""
_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n")
_LATE_START = re.compile(rb"WARC/\d\.\d{1,2}\r?\n$")
_CHARSET = re.compile(r"charset\s*=\s*\"?([^\s\";]+)", re.IGNORECASE)
_ALGORITHMS = {"sha1": 32, "sha256": 56, "md5": 32}


@dataclass(slots=True)
class Record:
    """One record of the archive: its headers by lower-case name, and its block."""

    position: int
    """Where in the file it can be read again: its own first byte, or that of its gzip member; -1 where nowhere."""
    headers: dict[str, str]
    block: bytes
    size: int
    """How many bytes the block has; more than were kept where it is too long."""
    digest: str
    """sha256 of the whole block."""
    whole: bool

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def target(self) -> str:
        return self.headers.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


@dataclass(slots=True)
class Response:
    """An HTTP response: its body without transfer and content encoding."""

    status: int
    headers: dict[str, str]
    body: bytes
    complete: bool
    problem: str = ""
    """Why the body cannot be had."""


def read(path: Path, uri: str) -> Iterator[Found]:
    """The documents of a web archive, each named `uri#address`.

    Pages that did not answer 200, and media that are no documents, are skipped with the reason; a revisit is read from
    the record it refers to, in the same file. A record whose digest does not fit, or that the archive's end cuts off,
    is a Failure; one that was cut when it was archived is a capture marked as truncated. After a damaged place reading
    goes on with the next whole record. OSError where the file itself cannot be read.
    """
    originals: dict[str, int] = {}
    with path.open("rb") as file:
        for record in records(file):
            if isinstance(record, int):
                yield Failure(
                    f"{uri}#{record}",
                    Reason.MALFORMED,
                    f"the archive is damaged at byte {record:,}; reading goes on with the next record, if there is one",
                )
                continue
            yield from _found(record, uri, path, originals)


def _found(record: Record, uri: str, path: Path, originals: dict[str, int]) -> Iterator[Found]:
    name = f"{uri}#{record.target}"
    is_page = record.kind in ("response", "resource", "revisit")
    if not is_page or not record.target.lower().startswith(("http:", "https:")):
        return
    if not record.whole:
        message = f"the archive ends within this record, after {record.size:,} bytes of it"
        yield Failure(name, Reason.MALFORMED, message, body=record.block, url=record.target)
        return
    if record.size > len(record.block):
        yield replace(too_large(name, record.digest, record.size), url=record.target)
        return
    if record.kind == "revisit":
        original = _original(record, path, originals)
        if original is None:
            yield Skipped(name, "a revisit of a page that is not in this archive")
            return
        _keep(original, originals)
        record = replace(original, headers={**original.headers, "warc-date": record.headers.get("warc-date", "")})
    else:
        _keep(record, originals)
    yield _document(record, name)


def _document(record: Record, name: str) -> Found:
    response = _response(record)
    if wrong := _wrong_digest(record, response):
        return Failure(name, Reason.MALFORMED, wrong, body=record.block, url=record.target)
    if response.problem:
        return Failure(name, Reason.UNSUPPORTED, response.problem, body=record.block, url=record.target)
    if len(response.body) > MAX_BYTES:
        return replace(
            too_large(name, hashlib.sha256(response.body).hexdigest(), len(response.body)), url=record.target
        )
    if response.status != 200:
        return Skipped(name, f"the server answered {response.status}")
    stated = response.headers.get("content-type", "")
    kind = stated.split(";")[0].strip().lower()
    if not _is_document(kind, response.body):
        return Skipped(name, f"no document by its media type: {kind}" if kind else "no document, and no media type")
    charset = _CHARSET.search(stated)
    return Capture(
        response.body,
        name,
        url=record.target,
        final_uri=record.target,
        media_type=kind or None,
        charset=charset[1] if charset else None,
        retrieved_at=record.headers.get("warc-date") or None,
        http=_http(response) if record.kind == "response" else None,
        truncated=not response.complete or not record.headers.keys().isdisjoint(_CUT),
    )


_CUT = {"warc-truncated", "warc-segment-number"}
"""Headers of a record that does not hold the whole response."""


def _http(response: Response) -> Http:
    return Http(response.status, response.headers.get("etag"), response.headers.get("last-modified"))


def _is_document(kind: str, body: bytes) -> bool:
    if kind in DOCUMENTS:
        return True
    if kind.endswith("json"):
        return b'"document_type"' in body and b'"base_path"' in body
    return kind in ("", "application/octet-stream") and body[:1024].lstrip().lower().startswith(
        (b"%pdf-", b"<!doctype html", b"<html")
    )


def _keep(record: Record, originals: dict[str, int]) -> None:
    """Remembers where the record stands, under all names by which a revisit may refer to it."""
    if record.position < 0:
        return
    for key in (
        record.headers.get("warc-record-id"),
        record.headers.get("warc-payload-digest"),
        f"{record.target} {record.headers.get('warc-date')}",
    ):
        if key:
            originals.setdefault(key, record.position)


def _original(record: Record, path: Path, originals: dict[str, int]) -> Record | None:
    target = record.headers.get("warc-refers-to-target-uri", "").strip("<> ")
    for key in (
        record.headers.get("warc-refers-to"),
        f"{target} {record.headers.get('warc-refers-to-date')}",
        record.headers.get("warc-payload-digest"),
    ):
        if key and key in originals:
            with path.open("rb") as file:
                file.seek(originals[key])
                found = next(records(file), None)
            if isinstance(found, Record) and found.kind in ("response", "resource") and found.whole:
                return found
    return None


def _wrong_digest(record: Record, response: Response) -> str:
    """What is wrong with the record's digests; empty where they fit, or none can be checked."""
    block = record.headers.get("warc-block-digest", "")
    if block and not _fits(block, record.block):
        return "the record is damaged: its block digest does not fit"
    payload = record.headers.get("warc-payload-digest", "")
    if payload and not block and record.kind == "response":
        # Archivers differ in whether the payload still has its transfer and content encoding.
        raw = record.block.partition(b"\r\n\r\n")[2]
        if not any(_fits(payload, body) for body in (raw, _dechunked(raw)[0], response.body)):
            return "the record is damaged: its payload digest does not fit"
    return ""


def _fits(stated: str, content: bytes) -> bool:
    """Whether the digest is the content's; true for an algorithm that is not known here."""
    name, _, value = stated.strip().partition(":")
    if name.lower() not in _ALGORITHMS:
        return True
    digest = hashlib.new(name.lower(), content, usedforsecurity=False)
    base32 = base64.b32encode(digest.digest()).decode().rstrip("=")
    return value.rstrip("=").upper() == base32 or value.lower() == digest.hexdigest()


def _response(record: Record) -> Response:
    if record.kind == "resource":
        return Response(200, {"content-type": record.headers.get("content-type", "")}, record.block, complete=True)
    head, _, body = record.block.partition(b"\r\n\r\n")
    first, *rest = head.split(b"\r\n")
    headers = _headers(rest)
    status = re.match(rb"HTTP/\d(?:\.\d)? (\d{3})", first)
    complete = True
    length = headers.get("content-length", "")
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body, complete = _dechunked(body)
    elif length.isdigit() and len(body) < int(length):
        complete = False
    for encoding in reversed(headers.get("content-encoding", "").lower().replace(" ", "").split(",")):
        if encoding in ("", "identity"):
            continue
        if encoding not in ("gzip", "x-gzip", "deflate"):
            return Response(0, headers, b"", complete, f"the page is packed as {encoding}, which is not read here")
        unpacked = _unpacked(body)
        if unpacked is None:
            break  # some archivers unpack a page and leave the header as it was
        body, whole = unpacked
        complete = complete and whole
    return Response(int(status[1]) if status else 0, headers, body, complete)


def _dechunked(body: bytes) -> tuple[bytes, bool]:
    """The body without its transfer encoding, and whether its end is there; as it is where it has none."""
    out: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\n", at, at + 200)
        size = re.match(rb"[0-9a-fA-F]{1,8}", body[at : max(end, at)])
        if end < 0 or not size:
            # Not chunked at all: the archiver has undone it and left the header.
            return (body, True) if not out else (b"".join(out), False)
        length = int(size[0], 16)
        if length == 0:
            return b"".join(out), True
        out.append(body[end + 1 : end + 1 + length])
        if len(out[-1]) < length:
            return b"".join(out), False
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1


def _unpacked(body: bytes) -> tuple[bytes, bool] | None:
    """The unpacked body and whether its end is there; None where it is not packed. Stops past the longest page."""
    for bits in (47, -15):
        unpacker = zlib.decompressobj(bits)
        try:
            out = unpacker.decompress(body, MAX_BYTES + 1)
        except zlib.error:
            continue
        if out or not body:
            return out, unpacker.eof or len(out) > MAX_BYTES
    return None


def _headers(lines: list[bytes]) -> dict[str, str]:
    """Headers by lower-case name; of several with one name the first."""
    found: dict[str, str] = {}
    last = ""
    for line in lines:
        words = line.decode("utf-8", "replace")
        if words[:1] in (" ", "\t") and last:
            found[last] += " " + words.strip()
            continue
        name, colon, value = words.partition(":")
        last = name.strip().lower() if colon else ""
        if last and last not in found:
            found[last] = value.strip()
        else:
            last = ""
    return found


def records(file: BinaryIO) -> Iterator[Record | int]:
    """The records from where the file stands; for a damaged place its position in the file."""
    start = file.tell()
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(start)
    stream: Stream = Gzip(file) if packed else Plain(file)
    while True:
        stream.skip_blank()
        if not stream.has(1):
            if stream.damaged:
                yield stream.position()
                if stream.resync():
                    continue
            return
        position = stream.position()
        headers = _record_headers(stream)
        length = headers.get("content-length", "") if headers else ""
        if headers is None or not length.isdigit():
            yield position
            if not stream.resync():
                return
            continue
        record = _block(stream, headers, int(length), position if stream.again else -1)
        if record.whole and (inner := _swallowed(record, stream)):
            stream.give_back(record.block[inner:])
            record = replace(record, block=record.block[:inner], size=inner, whole=False)
            yield record
            continue
        yield record
        if not record.whole and not stream.resync():
            return


def _swallowed(record: Record, stream: Stream) -> int:
    """Where in the block of a record that was cut off the next record begins; 0 where it was not.

    An archive that was written on after a crash has a cut record, whose length then reaches into the next.
    """
    stated = record.headers.get("warc-block-digest", "")
    if not stated or record.size > len(record.block) or _fits(stated, record.block):
        return 0
    stream.has(64)  # the next record's first line may lie half within the block
    match = RECORD.search(record.block + bytes(stream.buffer[:64]))
    return match.start() if match and match.start() < record.size else 0


def _record_headers(stream: Stream) -> dict[str, str] | None:
    """The record's headers, or None where no record begins here."""
    lines: list[bytes] = []
    total = 0
    while True:
        line = stream.line()
        total += len(line)
        start = _LATE_START.search(line)
        if start and (lines or start.start()):
            stream.give_back(line[start.start() :])  # the record before was cut off within its headers
            return None
        if not line.endswith(b"\n") or total > LONGEST_HEADER or (not lines and not _START.fullmatch(line)):
            return None
        if line in (b"\r\n", b"\n"):
            return _headers(lines[1:])
        lines.append(line.rstrip(b"\r\n"))


def _block(stream: Stream, headers: dict[str, str], length: int, position: int) -> Record:
    digest = hashlib.sha256()
    kept: list[bytes] = []
    size = 0
    while size < length:
        chunk = stream.take(min(CHUNK, length - size))
        if not chunk:
            break
        digest.update(chunk)
        if size < _MOST_ENCODED:
            kept.append(chunk)
        size += len(chunk)
    return Record(position, headers, b"".join(kept), size, digest.hexdigest(), size == length)
