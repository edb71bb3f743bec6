"""What can be named, and how it is named in turn."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from betony.errors import Reason, UsageError
from betony.model import Capture, License
from betony.sources import Failure, Found, Remark, Skipped, discover, found


def _uris(items: list[Found]) -> list[str]:
    return [item.uri for item in items if isinstance(item, Capture)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a/b.html", "a/b.source.json", "a/c.css", "a/z/d.txt", "a/e.MD", "a/LICENSE"):
        path = tmp_path / "samples" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}" if name.endswith("json") else f"text of {name}")
    return tmp_path / "samples"


@pytest.mark.parametrize("name", ["samples", "samples/", "./samples", "{folder}"])
def test_a_folder_s_files_are_named_from_its_parent(folder: Path, name: str) -> None:
    found_ = list(discover([name.format(folder=folder)]))
    assert _uris(found_) == ["samples/a/b.html", "samples/a/e.MD", "samples/a/z/d.txt"]
    assert [item.uri for item in found_ if isinstance(item, Skipped)] == ["samples/a/LICENSE", "samples/a/c.css"]


def test_the_current_folder_adds_no_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert _uris(list(discover(["."]))) == ["a/b.html", "a/e.MD", "a/z/d.txt"]


def test_a_file_keeps_the_name_it_was_given(folder: Path) -> None:
    assert _uris(list(discover(["./samples/a/c.css", "samples/a/*.html"]))) == ["samples/a/c.css", "samples/a/b.html"]
    absolute = str(folder / "a" / "b.html")
    assert _uris(list(discover([absolute]))) == [absolute]


def test_a_side_file_travels_with_its_document(folder: Path) -> None:
    facts = {
        "url": "https://www.example.org/x",
        "retrieved": "2026-01-02",
        "licence": {"text": "OGL", "url": "https://l", "attribution": "us"},
        "synthetic": True,
        "charset": "utf-8",
        "publisher": "nice",
        "media_type": "text/plain",
        "unheard_of": 1,
    }
    (folder / "a" / "b.source.json").write_text(json.dumps(facts))
    capture = next(item for item in discover([str(folder)]) if isinstance(item, Capture))
    assert (capture.url, capture.retrieved_at) == ("https://www.example.org/x", "2026-01-02")
    assert capture.license == License("OGL", "https://l", "us", True)
    assert (capture.charset, capture.publisher, capture.media_type) == ("utf-8", "nice", "text/plain")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019-05-01", "2019-05-01"),
        ("2019-05-01T10:00:00+01:00", "2019-05-01T10:00:00+01:00"),
        ("20190501120000", "2019-05-01T12:00:00Z"),
        ("Wed, 01 May 2019 12:00:00 GMT", "2019-05-01T12:00:00Z"),
    ],
)
def test_a_side_file_s_time_is_read_as_archives_and_servers_write_it(folder: Path, written: str, read: str) -> None:
    (folder / "a" / "b.source.json").write_text(json.dumps({"retrieved": written}))
    (found_,) = discover(["samples/a/b.html"])
    assert isinstance(found_, Capture)
    assert found_.retrieved_at == read


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"url": "www.nhs.uk/conditions/x/"}, "`url` 'www.nhs.uk/conditions/x/' is no address; write it whole"),
        ({"retrieved": "26/11/2019"}, "`retrieved` '26/11/2019' is no time; write it as 2026-10-01T09:00:00Z"),
        ({"retrieved": "2019"}, "`retrieved` '2019' is no time"),
        ({"retrieved": "20191301000000"}, "`retrieved`"),
    ],
)
def test_an_address_or_a_time_that_is_none_is_named(folder: Path, facts: dict[str, str], why: str) -> None:
    (folder / "a" / "b.source.json").write_text(json.dumps(facts))
    _, remark = sorted(discover(["samples/a/b.html"]), key=lambda item: isinstance(item, Remark))
    assert isinstance(remark, Remark)
    assert why in remark.message
    (folder / "a.jsonl").write_text(json.dumps({**facts, "text": "Some words."}))
    (failure,) = discover(["samples/a.jsonl"])
    assert isinstance(failure, Failure)
    assert why in failure.message


@pytest.mark.parametrize("bad", ["{", "[]", '{"url": 7}', '{"synthetic": "yes"}', "[" * 100_000])
def test_a_bad_side_file_is_named_and_the_document_is_read(folder: Path, bad: str) -> None:
    (folder / "a" / "b.source.json").write_text(bad)
    items = list(discover(["samples/a/b.html"]))
    assert [item.uri for item in items if isinstance(item, Remark)] == ["samples/a/b.source.json"]
    assert _uris(items) == ["samples/a/b.html"]


def test_each_line_of_json_lines_is_an_input(tmp_path: Path) -> None:
    lines = [
        '{"url": "https://x.org/1", "html": "<p>caf\u00e9</p>", "retrieved": "2026-01-01"}',
        "",
        "{broken",
        '{"url": "https://x.org/2"}',
        '{"text": "plain \\ud800\u2028words"}',
        "[1]",
    ]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    items = list(discover([str(path)]))
    assert [item.uri.rpartition("#")[2] for item in items] == ["L1", "L3", "L4", "L5", "L6"]
    first, second, third, fourth, fifth = items
    assert isinstance(first, Capture)
    assert first.url == "https://x.org/1"
    assert first.media_type == "text/html"
    assert first.charset == "utf-8"
    assert first.body == "<p>caf\u00e9</p>".encode()
    for bad in (second, third, fifth):
        assert isinstance(bad, Failure)
        assert bad.reason is Reason.MALFORMED
    assert isinstance(second, Failure)
    assert second.body == b"{broken"
    assert isinstance(fourth, Capture)
    assert fourth.body == "plain \ud800\u2028words".encode("utf-8", "surrogatepass")  # for the reader to replace


def test_records_that_betony_wrote_are_no_documents(tmp_path: Path) -> None:
    written: dict[str, object] = {
        "schema_version": "1.0",
        "publisher": None,
        "url": None,
        "text": "Words.",
        "sections": [],
    }
    lines = [{**written, "content_hash": "0", "processing": {}}, {"text": "Words."}]
    (tmp_path / "records.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    record, document = discover([str(tmp_path)])
    assert isinstance(record, Skipped)
    assert (record.why, record.uri[-2:]) == ("a record that betony wrote", "L1")
    assert isinstance(document, Capture)


def test_standard_input_is_one_document_or_json_lines() -> None:
    assert list(discover(["-"], stdin=io.BytesIO(b"words\nmore"))) == [Capture(b"words\nmore", "-")]
    lines = list(discover(["-"], stdin=io.BytesIO(b'{"text": "a"}\n{"text": "b"}\n')))
    assert _uris(lines) == ["-#L1", "-#L2"]
    assert list(discover(["-"], stdin=io.BytesIO(b'{"a": 1}'))) == [Capture(b'{"a": 1}', "-")]
    assert list(discover(["-"], stdin=io.BytesIO(b""))) == [Capture(b"", "-")]


def test_what_is_missing_is_the_callers_mistake_only_where_nothing_is_there(folder: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        discover(["nowhere", "none*.html"])
    items = list(discover(["nowhere", "samples"]))
    assert isinstance(items[0], Failure)
    assert items[0].reason is Reason.UNREADABLE
    assert len(_uris(items)) == 3


def test_a_folder_without_documents_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.css").write_text("")
    remarks = [item for item in discover([str(tmp_path)]) if isinstance(item, Remark)]
    assert len(remarks) == 1
    assert remarks[0].failed


def test_too_long_inputs_are_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("files", "jsonlines", "found"):
        monkeypatch.setattr(f"betony.sources.{module}.MAX_BYTES", 100)
    assert found.MAX_BYTES == 100
    (tmp_path / "long.txt").write_bytes(b"x" * 101)
    (tmp_path / "long.jsonl").write_bytes(b'{"text": "' + b"x" * 200 + b'"}\n{"text": "ok"}\n')
    (tmp_path / "fits.txt").write_bytes(b"x" * 100)
    fits, line, after, text = list(discover([str(tmp_path)]))
    assert isinstance(fits, Capture)
    assert isinstance(line, Failure)
    assert isinstance(text, Failure)
    assert (line.reason, line.size, text.size) == (Reason.TOO_LARGE, 213, 101)
    assert text.digest
    assert text.body == b""
    assert isinstance(after, Capture)
    assert after.uri.endswith("long.jsonl#L2")


def test_links_that_lead_in_circles_end(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "a.txt").write_text("a")
    (tmp_path / "x" / "round").symlink_to(tmp_path / "x")
    (tmp_path / "x" / "broken.txt").symlink_to(tmp_path / "gone")
    items = list(discover([str(tmp_path / "x")]))
    assert _uris(items) == ["x/a.txt"]
    assert [item.uri for item in items if isinstance(item, Failure)] == ["x/broken.txt"]


def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe.txt")
    assert any(isinstance(item, Skipped) for item in discover([str(tmp_path)]))


def test_a_device_is_not_read_without_end() -> None:
    if not Path("/dev/zero").is_char_device():
        pytest.skip("no such device here")
    [failure] = discover(["/dev/zero"])
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.message) == (Reason.UNREADABLE, "it is a device, no file")


def test_file_names_that_are_no_text_are_shown_as_some(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("x")
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert _uris(list(discover([str(tmp_path)]))) == [f"{tmp_path.name}/caf\\xe9.txt"]


def test_folders_are_read_lazily(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x")
    items = discover([str(tmp_path)])
    next(items)
    (tmp_path / "2.txt").unlink()
    rest = list(items)
    assert isinstance(rest[-1], Failure)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("ftp://example.org/a.html", "of addresses those with http:// and https:// are fetched"),
        ("www.nice.org.uk/guidance/ng1", "write an address whole, with https:// before it"),
        ("nice.org.uk/guidance/ng1", "write an address whole, with https:// before it"),
        ("guidance/ng1.html", "check the spelling and the current folder"),
    ],
)
def test_addresses_written_otherwise_are_told_from_files(name: str, advice: str) -> None:
    with pytest.raises(UsageError) as refused:
        discover([name])
    assert (refused.value.advice or "").startswith(advice)
