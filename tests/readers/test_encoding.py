"""Which encoding bytes are in, and which bytes are no text."""

from __future__ import annotations

import time
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.errors import DocumentError, Reason
from betony.model import WarningCode
from betony.readers import encoding
from tests.readers import declared


@pytest.mark.parametrize(("page", "expected"), declared.PRESCANNED)
def test_what_a_page_declares(page: str, expected: str | None) -> None:
    assert encoding.prescan(page.encode()) == expected


@pytest.mark.parametrize(("page", "expected"), declared.LATER)
def test_what_a_page_declares_late(page: str, expected: str | None) -> None:
    assert encoding.prescan(page.encode()) is None
    assert encoding.declared_late(page.encode()) == expected


@pytest.mark.parametrize(("page", "expected"), [*declared.PRESCANNED, *declared.LATER])
def test_the_name_of_the_encoding_and_a_warning_on_every_guess(page: str, expected: str | None) -> None:
    late = encoding.declared_late(page.encode()) if expected is None else None
    ascii_only = encoding.decode(page.encode() + b" words", declared=None, html=True)
    assert ascii_only.charset == (expected or late or "windows-1252")
    not_utf8 = encoding.decode(page.encode() + b" \xe9 \xe8 x", declared=None, html=True)
    codes = [notice.code for notice in not_utf8.notices]
    if expected is None and late is None:
        assert (not_utf8.charset, codes) == ("windows-1252", [GUESSED])
    elif expected == "utf-8":
        assert CONFLICT in codes
    else:
        assert not_utf8.charset == (expected or late)
        assert GUESSED not in codes


def test_the_look_for_a_late_declaration_is_bounded() -> None:
    for piece in (b"<meta ", b"<script>", b"<script></script>", b"<meta charset=x>", b"<p a=", b"<!--"):
        start = time.process_time()
        encoding.declared_late(piece * (1_000_000 // len(piece)) + b"<meta charset=koi8-r>")
        assert time.process_time() - start < 2


UTF8, LATIN = "Füße – ok".encode(), "Füße – ok".encode("windows-1252")
CONFLICT, GUESSED = WarningCode.ENCODING_CONFLICT, WarningCode.ENCODING_GUESSED


@pytest.mark.parametrize(
    ("body", "declared", "charset", "codes"),
    [
        (UTF8, None, "utf-8", []),
        (UTF8, "utf-8", "utf-8", []),
        (UTF8, "UTF8", "utf-8", []),
        (UTF8, "none-such", "utf-8", []),
        (b"<meta charset=iso-8859-1>" + UTF8, None, "utf-8", [CONFLICT]),
        (b"<meta charset=utf-8>" + UTF8, None, "utf-8", []),
        (LATIN, None, "windows-1252", [GUESSED]),
        (LATIN, "latin1", "windows-1252", []),
        (LATIN, "utf-8", "windows-1252", [CONFLICT]),
        (b"<meta charset=utf-8>" + LATIN, None, "windows-1252", [CONFLICT]),
        (b"<meta charset=iso-8859-1>" + LATIN, None, "windows-1252", []),
        (UTF8, "shift_jis", "utf-8", [CONFLICT]),
        (b"\xef\xbb\xbf" + UTF8, None, "utf-8", []),
        (b"\xef\xbb\xbf" + UTF8, "latin1", "utf-8", [CONFLICT]),
        ("\ufeffFüße – ok".encode("utf-16le"), None, "utf-16le", []),
        ("\ufeffFüße – ok".encode("utf-16be"), "utf-16", "utf-16be", []),
        ("Füße – ok".encode("utf-16le"), "utf-16le", "utf-16le", []),
        ("<p>Füße – ok, for adults.</p>".encode("utf-16le"), None, "utf-16le", [GUESSED]),
        ("<p>Füße – ok, for adults.</p>".encode("utf-16be"), None, "utf-16be", [GUESSED]),
        ("<p>Füße – ok, for adults.</p>".encode("utf-16be"), "utf-8", "utf-16be", [CONFLICT]),
        (UTF8 * 30 + b"\xff", None, "utf-8", [GUESSED]),
        (UTF8[:2], "utf-8", "utf-8", []),  # cut within a character
    ],
)
def test_the_order_of_belief(body: bytes, declared: str | None, charset: str, codes: list[WarningCode]) -> None:
    decoded = encoding.decode(body, declared=declared, html=True)
    assert (decoded.charset, [notice.code for notice in decoded.notices]) == (charset, codes)
    if len(body) > 5:
        assert "Füße – ok" in decoded.text
    assert not decoded.text.startswith("\ufeff")


@pytest.mark.parametrize(("html", "charset"), [(True, "windows-1252"), (False, "utf-8")])
def test_plain_ascii_needs_no_warning(html: bool, charset: str) -> None:
    assert encoding.decode(b"plain words", declared=None, html=html) == encoding.Decoded("plain words", charset)


def test_a_header_that_the_bytes_speak_against_stands_with_a_warning() -> None:
    decoded = encoding.decode(UTF8, declared="windows-1252", html=True)
    assert decoded.charset == "windows-1252"
    assert [notice.code for notice in decoded.notices] == [CONFLICT]


def test_what_no_text_may_hold_is_replaced_one_for_one() -> None:
    decoded = encoding.decode(b"a\x00b\x1bc\td\x0ce", declared=None, html=False)
    assert decoded.text == "a\ufffdb\ufffdc\td\x0ce"
    assert [notice.code for notice in decoded.notices] == [WarningCode.TEXT_REPAIRED]


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7\n1 0 obj",
        b"PK\x03\x04" + b"\x14\x00\x06\x00" * 20,
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"GIF89a" + bytes(20),
        b"\xff\xd8\xff\xe0" + bytes(20),
        b"\x7fELF\x02\x01\x01" + bytes(50),
        b"\x1f\x8b\x08" + zlib.compress(b"text " * 500),
        zlib.compress(bytes(range(256)) * 40 + b"more text of all kinds " * 99) * 9,
        "no mark".encode("utf-16le"),
        "no \x01 mark of order".encode("utf-16le"),
        "no mark of order".encode("utf-32le"),
        "\ufeffwith one".encode("utf-32le"),
        bytes(100),
    ],
)
def test_binary_bytes_are_refused(body: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        encoding.decode(body, declared=None, html=True)
    assert caught.value.reason is Reason.BINARY
    assert body[:2] != b"\x1f\x8b" or "packed with gzip: unpack it" in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\ufeff".encode("utf-16le")])
def test_bytes_without_a_character_to_read_are_refused(body: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        encoding.decode(body, declared=None, html=False)
    assert caught.value.reason is Reason.EMPTY


def test_more_bytes_than_a_document_may_have_are_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        encoding.decode(b"a" * (encoding.MOST_BYTES + 1), declared=None, html=False)
    assert caught.value.reason is Reason.TOO_LARGE


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "utf-16", "shift_jis", "latin1", "iso-2022-jp", "junk"])
)
def test_any_bytes_are_text_or_refused(body: bytes, declared: str | None) -> None:
    try:
        text = encoding.decode(body, declared=declared, html=True).text
    except DocumentError:
        return
    assert "\0" not in text
    text.encode("utf-8")  # no lone surrogate
