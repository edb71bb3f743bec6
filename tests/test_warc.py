"""Web archives: whole, cut, damaged, written on after a crash, and referring to themselves."""

from __future__ import annotations

import gzip
import io
import random
import uuid
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from betony.errors import Reason
from betony.model import Capture
from betony.sources import Failure, Found, Skipped, discover

PAGE = b"<html><body><h1>Page %d</h1><p>Words of page %d.</p>" + b"<p>Take care of your ears.</p>" * 40


class Archive:
    """Writes records with a writer that is not ours."""

    def __init__(self, *, packed: bool) -> None:
        self.out = io.BytesIO()
        self.writer = WARCWriter(self.out, gzip=packed)

    def add(self, url: str, body: bytes, *, status: str = "200 OK", headers: dict[str, str] | None = None) -> None:
        http = {"Content-Type": "text/html; charset=utf-8", **(headers or {})}
        head = StatusAndHeaders(status, list(http.items()), protocol="HTTP/1.1")
        identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{url} {self.out.tell()}")
        self.writer.write_record(
            self.writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=head,
                warc_headers_dict={
                    "WARC-Date": "2026-01-02T03:04:05Z",
                    "WARC-Record-ID": f"<urn:uuid:{identifier}>",  # else the archive has other bytes in each run
                },
            )
        )

    @property
    def bytes(self) -> bytes:
        return self.out.getvalue()


def pages(count: int, *, packed: bool, first: int = 0) -> bytes:
    archive = Archive(packed=packed)
    for i in range(first, first + count):
        archive.add(f"https://example.org/{i}", PAGE % (i, i))
    return archive.bytes


def read(folder: Path, content: bytes, *, packed: bool) -> list[Found]:
    path = folder / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(content)
    return list(discover([str(path)]))


def captures(found: list[Found]) -> list[Capture]:
    return [item for item in found if isinstance(item, Capture)]


@pytest.mark.parametrize("packed", [True, False])
def test_each_response_is_a_document(tmp_path: Path, packed: bool) -> None:
    (capture,) = read(tmp_path, pages(1, packed=packed), packed=packed)
    assert isinstance(capture, Capture)
    assert capture.body == PAGE % (0, 0)
    assert (capture.url, capture.media_type, capture.charset) == ("https://example.org/0", "text/html", "utf-8")
    assert capture.retrieved_at == "2026-01-02T03:04:05Z"
    assert capture.http is not None
    assert (capture.http.status, capture.truncated) == (200, False)
    assert capture.uri.endswith("#https://example.org/0")


def test_an_archive_packed_as_one_is_read_too(tmp_path: Path) -> None:
    assert len(captures(read(tmp_path, gzip.compress(pages(5, packed=False)), packed=True))) == 5


@pytest.mark.parametrize("packed", [True, False])
def test_whole_records_survive_a_cut_and_so_do_later_ones(tmp_path: Path, packed: bool) -> None:
    archive, more = pages(8, packed=packed), pages(2, packed=packed, first=100)
    whole = [capture.body for capture in captures(read(tmp_path, archive, packed=packed))]
    later = [capture.body for capture in captures(read(tmp_path, more, packed=packed))]
    assert len(whole) == 8
    for cut in random.Random(7).sample(range(1, len(archive)), 100):  # noqa: S311 - places to cut at
        kept = [capture.body for capture in captures(read(tmp_path, archive[:cut], packed=packed))]
        assert kept == whole[: len(kept)]
        found = read(tmp_path, archive[:cut] + more, packed=packed)
        earlier = [capture.body for capture in captures(found)][: -len(later)]
        # Where only a record's last bits are gone, what is written on may give them back: its digest then fits.
        assert earlier in (kept, whole[: len(kept) + 1] if packed else kept)
        assert [capture.body for capture in captures(found)] == earlier + later
        assert all(item.reason is Reason.MALFORMED for item in found if isinstance(item, Failure))


def test_a_cut_record_is_reported(tmp_path: Path) -> None:
    archive = pages(2, packed=False)
    found = read(tmp_path, archive[:-500], packed=False)
    assert [type(item) for item in found] == [Capture, Failure]


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    found = read(tmp_path, pages(3, packed=False).replace(b"Words of page 1", b"Wards of page 1"), packed=False)
    assert [type(item) for item in found] == [Capture, Failure, Capture]
    assert isinstance(found[1], Failure)
    assert "digest" in found[1].message


def test_transfer_and_content_encoding_are_undone(tmp_path: Path) -> None:
    packed = gzip.compress(PAGE % (1, 1))
    pieces = [packed[i : i + 50] for i in range(0, len(packed), 50)]
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)
    archive = Archive(packed=True)
    headers = {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}
    archive.add("https://example.org/1", chunked + b"0\r\n\r\n", headers=headers)
    archive.add("https://example.org/2", chunked[:-40], headers=headers)
    archive.add("https://example.org/3", PAGE % (1, 1), headers={"Content-Length": "99999"})
    found = captures(read(tmp_path, archive.bytes, packed=True))
    assert found[0].body == PAGE % (1, 1)
    assert [capture.truncated for capture in found] == [False, True, True]


def test_what_is_no_document_is_skipped_with_the_reason(tmp_path: Path) -> None:
    archive = Archive(packed=True)
    archive.add("https://example.org/a", b"gone", status="404 Not Found")
    archive.add("https://example.org/b.png", b"\x89PNG", headers={"Content-Type": "image/png"})
    found = read(tmp_path, archive.bytes, packed=True)
    assert [item.why for item in found if isinstance(item, Skipped)] == [
        "the server answered 404",
        "no document by its media type: image/png",
    ]
    assert len(found) == 2


def test_a_revisit_is_read_from_its_original(tmp_path: Path) -> None:
    archive = Archive(packed=True)
    archive.add("https://example.org/1", PAGE % (1, 1))
    for url in ("https://example.org/1", "https://example.org/9"):
        date = "2026-02-01T00:00:00Z"
        digest = "sha1:" + "A" * 32 if url.endswith("9") else _payload_digest(archive.bytes)
        archive.writer.write_record(
            archive.writer.create_revisit_record(
                url,
                digest=digest,
                refers_to_uri=url,
                refers_to_date="1999-01-01T00:00:00Z",
                warc_headers_dict={"WARC-Date": date},
            )
        )
    found = read(tmp_path, archive.bytes, packed=True)
    again = captures(found)[1]
    assert (again.body, again.retrieved_at) == (PAGE % (1, 1), "2026-02-01T00:00:00Z")
    assert [type(item) for item in found] == [Capture, Capture, Skipped]


def test_a_bomb_in_a_record_is_set_aside(tmp_path: Path) -> None:
    archive = Archive(packed=True)
    archive.add("https://example.org/1", gzip.compress(bytes(200_000_000)), headers={"Content-Encoding": "gzip"})
    (found,) = read(tmp_path, archive.bytes, packed=True)
    assert isinstance(found, Failure)
    assert found.reason is Reason.TOO_LARGE


def _payload_digest(archive: bytes) -> str:
    lines = gzip.decompress(archive).decode("latin-1").splitlines()
    return next(line.partition(": ")[2] for line in lines if line.startswith("WARC-Payload-Digest"))
