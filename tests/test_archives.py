"""Zip and tar files of documents: whole, hostile and broken."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from betony.errors import Reason
from betony.model import Capture
from betony.sources import Failure, Found, Remark, Skipped, discover

MEMBERS = {
    "a/page.html": b"<h1>Ears</h1>",
    "a/page.source.json": json.dumps({"url": "https://example.org/ears", "synthetic": True}).encode(),
    "b/two.jsonl": b'{"url": "https://example.org/1", "text": "one"}\n',
    "../../outside.txt": b"a name that points outside",
    "C:\\temp\\notes.txt": b"a name with a drive",
    "picture.png": b"\x89PNG",
    "more.zip": b"PK",
}


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def read(folder: Path, name: str, content: bytes) -> list[Found]:
    (folder / name).write_bytes(content)
    return list(discover([str(folder / name)]))


def write(name: str, members: Mapping[str, bytes]) -> bytes:
    return zipped(members) if name.endswith(".zip") else tarred(members)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.tgz"])
def test_documents_are_named_within_their_archive(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name, write(name, MEMBERS))
    captures = [item for item in found if isinstance(item, Capture)]
    assert [item.uri.partition("#")[2] for item in captures] == [
        "a/page.html",
        "b/two.jsonl#L1",
        "../../outside.txt",
        "C:/temp/notes.txt",
    ]
    assert captures[0].url == "https://example.org/ears"
    assert captures[0].license is not None
    assert {item.why for item in found if isinstance(item, Skipped)} == {
        "no document by its suffix .png",
        "an archive within an archive",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "unpacked"])
def test_what_systems_and_browsers_lay_beside_documents_is_skipped(tmp_path: Path, name: str) -> None:
    members = {
        "a/Ears.html": b"<h1>Ears</h1>",
        "a/Ears_files/advertisement.html": b"<p>Buy now.</p>",
        "a/Ears_files/annex.txt": b"Words that someone put there.",
        "a/Other_files/page.html": b"<p>A folder of this name without its page.</p>",
        "a/._Ears.html": bytes.fromhex("00051607") + bytes(100),
        "a/~$Ears.docx": b"\x03Ana",
        "__MACOSX/a/._Ears.html": bytes.fromhex("00051607") + bytes(100),
    }
    if name == "unpacked":
        for member, content in members.items():
            path = tmp_path / name / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        found = list(discover([str(tmp_path / name)]))
    else:
        found = read(tmp_path, name, write(name, members))
    inputs = [item.uri for item in found if isinstance(item, Capture | Failure)]
    assert sorted(uri.rpartition("a/")[2] for uri in inputs) == [
        "Ears.html",
        "Ears_files/annex.txt",
        "Other_files/page.html",
    ]
    assert sorted(item.why for item in found if isinstance(item, Skipped)) == [
        "a note of Word that another file is open",
        "a note of macOS about another file",
        "a note of macOS about another file",
        "a page in a frame of the page",
    ]


def test_an_archive_without_documents_says_so(tmp_path: Path) -> None:
    found = read(tmp_path, "a.zip", zipped({"more.zip": b"PK"}))
    assert found[1:] == [Remark(str(tmp_path / "a.zip"), "holds no document")]


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_bomb_is_set_aside(tmp_path: Path, name: str) -> None:
    found = read(tmp_path, name, write(name, {"a.txt": bytes(120_000_000)}))
    assert {item.reason for item in found if isinstance(item, Failure)} == {Reason.TOO_LARGE}
    assert not [item for item in found if isinstance(item, Capture)]


def test_a_bomb_of_many_members_is_set_aside(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.zip", zipped({f"{i}.txt": bytes(4_000_000) for i in range(60)}))
    assert isinstance(found, Failure)
    assert found.reason is Reason.TOO_LARGE


def test_a_header_as_long_as_a_film_is_set_aside(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("././@PaxHeader")
        member.type, member.size = tarfile.XHDTYPE, 300_000_000
        archive.fileobj.write(member.tobuf())
        archive.fileobj.write(bytes(300_000_000))
    (found,) = read(tmp_path, "a.tar.gz", out.getvalue())
    assert isinstance(found, Failure)
    assert found.reason is Reason.TOO_LARGE


def test_links_in_a_tar_lead_nowhere(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        member = tarfile.TarInfo("link.txt")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    (found, remark) = read(tmp_path, "a.tar.gz", out.getvalue())
    assert isinstance(found, Skipped)
    assert remark == Remark(str(tmp_path / "a.tar.gz"), "holds no document")


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz"])
def test_a_broken_archive_is_a_failure_wherever_it_is_cut(tmp_path: Path, name: str) -> None:
    members = {f"{i}.txt": f"text {i} ".encode() * 500 for i in range(5)}
    whole = write(name, members)
    for cut in range(0, len(whole) - 30, 97):
        found = read(tmp_path, name, whole[:cut])
        assert any(isinstance(item, Failure) for item in found)
        assert all(item.body in members.values() for item in found if isinstance(item, Capture))


def test_a_member_behind_a_password_is_named(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"text", "b.txt": b"more"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    found = read(tmp_path, "a.zip", bytes(content))
    assert [item.reason for item in found if isinstance(item, Failure)] == [Reason.UNSUPPORTED]
    assert [item.body for item in found if isinstance(item, Capture)] == [b"more"]


def test_a_bad_side_file_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, "a.zip", zipped({"a.txt": b"text", "a.source.json": b"["}))
    assert [type(item) for item in found] == [Remark, Capture]
