"""Pages that a browser saved as one file are read as the page; other marked-up text is set aside by name."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from betony import publishers, readers
from betony.errors import DocumentError, Reason
from betony.model import Capture
from betony.sources import Failure, Skipped, discover

SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://www.nice.org.uk/guidance/ng9001
Date: Thu, 26 Nov 2026 09:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related;
\ttype="text/html";
\tboundary="----made-up----"

------made-up----
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://www.nice.org.uk/guidance/ng9001

<!DOCTYPE html><title>Leg cramps</title><main><h1>Leg=
 cramps</h1><p>Warm caf=C3=A9s help.</p></main>
------made-up----
Content-Type: text/html
Content-Transfer-Encoding: 7bit
Content-Location: cid:frame@made-up

<p>A video.</p>
------made-up------
"""


@pytest.mark.parametrize("packed", [False, True])
def test_the_page_is_the_document_with_its_address_and_moment(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / "page.mhtml"
    path.write_text(SAVED)
    if packed:
        with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
            archive.write(path, "page.mhtml")
        path.unlink()
    found = list(discover([str(tmp_path)]))
    captures = [one for one in found if isinstance(one, Capture)]
    assert [(one.url, one.retrieved_at, one.media_type) for one in captures] == [
        ("https://www.nice.org.uk/guidance/ng9001", "2026-11-26T08:00:00Z", "text/html")
    ]
    assert [one.why for one in found if isinstance(one, Skipped)] == ["a page in a frame of the page"]
    assert readers.read(captures[0], publishers.UNKNOWN).text == "Leg cramps\n\nWarm cafés help."


@pytest.mark.parametrize(
    ("date", "moment"),
    [("-0000", "2026-11-26T09:00:00Z"), ("", "2026-11-26T09:00:00Z"), ("at nine", None)],
)
def test_a_moment_without_a_zone_is_in_utc_and_none_is_made_up(tmp_path: Path, date: str, moment: str | None) -> None:
    written = f"Date: Thu, 26 Nov 2026 09:00:00 {date}" if moment else f"Date: {date}"
    (tmp_path / "a.mht").write_text(SAVED.replace("Date: Thu, 26 Nov 2026 09:00:00 +0100", written))
    (capture,) = (one for one in discover([str(tmp_path)]) if isinstance(one, Capture))
    assert capture.retrieved_at == moment


def test_a_page_of_a_file_that_was_cut_is_marked(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_text(SAVED[: SAVED.index("help.")])
    (capture,) = discover([str(tmp_path / "a.mht")])
    assert isinstance(capture, Capture)
    assert capture.truncated
    assert "Warm" in readers.read(capture, publishers.UNKNOWN).text


def test_hostile_headers_end_by_name_or_as_a_page(tmp_path: Path) -> None:
    for number, (old, new) in enumerate(HOSTILE):
        path = tmp_path / f"{number}.mht"
        path.write_bytes(SAVED.encode().replace(old, new))
        assert all(isinstance(one, Capture | Failure | Skipped) for one in discover([str(path)]))


HOSTILE = (
    (b"Thu, 26 Nov 2026", b"=?utf-8?q?=ff?= 99999999999999"),
    (b"09:00:00 +0100", b"99:99:99 +9999999999"),
    (b'boundary="----made-up----"', b"boundary*0*=x''%ff; boundary=\"----made-up----\""),
    (b"Content-Type: text/html", b"Content-Type: text/html; charset=\xff\xfe; charset*=x"),
    (b"quoted-printable", b"uuencode"),
    (b"quoted-printable", b"base64"),
    (b"https://www.nice.org.uk/guidance/ng9001", b"\xff\xfe<>\x00"),
    (b"multipart/related", b"message/external-body"),
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SAVED.replace("text/html", "image/png"), Reason.UNSUPPORTED),
        ("no headers at all", Reason.UNSUPPORTED),
        ("", Reason.UNSUPPORTED),
        ("\n".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}" for i in range(3_000)), Reason.MALFORMED),
    ],
    ids=["no page", "no headers", "empty", "nested"],
)
def test_a_file_without_a_page_is_set_aside_with_its_bytes(tmp_path: Path, content: str, reason: Reason) -> None:
    path = tmp_path / "page.mht"
    path.write_text(content)
    (found,) = discover([str(path)])
    assert isinstance(found, Failure)
    assert (found.reason, found.body) == (reason, content.encode())


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rb"{\rtf1\ansi\f0 Staff must wash their \b hands.\par}", "application/rtf"),
        (
            b"Subject: Hands\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\nU3RhZmYgbXVzdA==\n",
            "message/rfc822",
        ),
        (b'<?xml version="1.0"?><rss><channel><title>News of guidance</title></channel></rss>', "application/xml"),
    ],
)
def test_text_with_marks_that_nothing_reads_is_set_aside_by_name(body: bytes, kind: str) -> None:
    with pytest.raises(DocumentError, match=f"nothing here reads {kind}") as caught:
        readers.read(Capture(body, "document"), publishers.UNKNOWN)
    assert caught.value.reason is Reason.UNSUPPORTED


def test_a_page_may_speak_of_mail_and_be_a_page() -> None:
    page = b"<p>A message begins with MIME-Version: 1.0 and a boundary.</p>"
    assert readers.media_type(Capture(page, "a.html")) == "text/html"
