"""From bytes to text: which encoding a document is in, and what no text may hold."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

import webencodings

from betony.errors import DocumentError, Reason
from betony.model import Notice, WarningCode, WarningLevel
from betony.text import repair

MOST_BYTES = 50_000_000
PRESCAN = 1024
"""How far the HTML standard looks for a declaration before it begins to parse."""
_LATE = 200_000
"""How far a declaration is looked for that the standard finds while it parses."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be"))
_UNICODE = ("utf-8", "utf-16le", "utf-16be")
_UTF32_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_SIGNATURES = (
    b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"GIF87a", b"GIF89a", b"\xff\xd8\xff",
    b"\x7fELF", b"MZ\x90\x00", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!\x1a", b"BZh9", b"\xfd7zXZ", b"RIFF",
    b"\x00asm", b"OggS", b"ID3", b"wOFF", b"wOF2", b"II*\x00", b"MM\x00*", b"\x28\xb5\x2f\xfd", b"SQLite format 3\x00",
)  # fmt: skip
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\x1b") + b"\x7f"
_UNREPAIRED = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r")
_SPACE = b"\t\n\f\r "
_CHARSET = re.compile(
    rb"charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r ;\"'][^\t\n\f\r ;]*))", re.I
)
_LATE_META = re.compile(rb"<meta[\t\n\f\r /][^>]{0,500}?charset", re.I)
_RAW = re.compile(rb"script|style|title|textarea|xmp|iframe|noembed|noframes")
"""Elements whose content is no markup."""
_XML_ENCODING = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document's text, and the encoding it was in."""

    text: str
    charset: str
    """Lower-case name as the WHATWG gives it: `utf-8`, `windows-1252`."""
    notices: tuple[Notice, ...] = ()
    utf8: bytes | None = field(default=None, compare=False)
    """The text in UTF-8, where that is what the bytes are."""


def decode(body: bytes, *, declared: str | None, html: bool) -> Decoded:
    """The bytes as text without a leading BOM; DocumentError where they are none.

    `declared` is what an HTTP header or a side file says. A BOM is believed before it, bytes that cannot be what it
    says are read as what they can be, and either is told in a notice.
    """
    if len(body) > MOST_BYTES:
        raise DocumentError(
            f"the document has {len(body):,} bytes", reason=Reason.TOO_LARGE, advice=f"at most {MOST_BYTES:,} are read"
        )
    if not body or body.isspace():
        raise DocumentError("the document is empty", reason=Reason.EMPTY)
    unclean = any(map(body.__contains__, _UNREPAIRED))
    text, charset, notices = _read(body, _lookup(declared), html=html, unclean=unclean)
    if not text or text.isspace():
        raise DocumentError("the document is empty", reason=Reason.EMPTY)
    repaired = 0 if charset in _UNICODE else text.count("\ufffd")  # no other encoding has it: a byte was none
    # Multi-byte encodings may hold control bytes inside a character, and surrogates are told by no single byte.
    doubtful = unclean or charset not in ("utf-8", "windows-1252") or b"\xed" in body
    if doubtful:
        text, more = repair(text)
        repaired += more
    if repaired:
        notices.append(text_repaired(repaired))
    # Without a BOM, a notice, or the sign that stands for a character cut off at the end nothing was changed.
    plain = charset == "utf-8" and not (doubtful or notices or text[-1] == "\ufffd" or body.startswith(codecs.BOM_UTF8))
    return Decoded(text, charset, tuple(notices), body if plain else None)


def text_repaired(count: int) -> Notice:
    """The notice that characters were replaced."""
    return Notice(WarningCode.TEXT_REPAIRED, f"{count:,} characters that no text may hold were replaced by U+FFFD")


def prescan(body: bytes) -> str | None:
    """The encoding that the start of an HTML page declares, by the HTML standard's prescan; None if none."""
    head = body[:PRESCAN]
    if label := _Prescan(head).run():
        return label
    match = _XML_ENCODING.match(head)
    return _html_name(match[1]) if match else None


def declared_late(body: bytes) -> str | None:
    """The encoding that a meta element past the prescan declares, where a browser would change to it; None if none."""
    head = body[:_LATE]
    return _Prescan(head).run(parsing=True) if _LATE_META.search(head) else None


def _read(body: bytes, declared: str | None, *, html: bool, unclean: bool) -> tuple[str, str, list[Notice]]:
    if body.startswith(_UTF32_BOMS):
        raise _binary("it is UTF-32")
    for bom, charset in _BOMS:
        if body.startswith(bom):
            conflict = (
                declared is not None
                and declared != charset
                and not (
                    declared == "utf-16le" and charset == "utf-16be"  # the label `utf-16` names either order
                )
            )
            text = _unicode(body[len(bom) :], charset)
            return text, charset, [_conflict(declared, charset)] if conflict else []
    if declared in ("utf-16le", "utf-16be"):
        text = _unicode(body, declared)
        if text.count("\ufffd") + text.count("\0") <= len(text) // 20:
            return text, declared, []
    if unclean and (wide := _wide(body)):
        notice = _conflict(declared, wide) if declared else _guessed(wide, "every second byte is zero")
        return _unicode(body, wide), wide, [notice]
    _refuse_binary(body, unclean=unclean)
    utf8 = _utf8(body)
    if declared is not None:
        return _declared(body, declared, utf8)
    meta = prescan(body) or declared_late(body) if html else None
    return _undeclared(body, meta, utf8, html=html)


def _declared(body: bytes, declared: str, utf8: str | None) -> tuple[str, str, list[Notice]]:
    """By a header or side file, unless the bytes cannot be that."""
    if declared == "utf-8":
        return _meant_as_utf8(body, utf8)
    text = _strict(body, declared)
    if text is None:
        if utf8 is not None:
            return utf8, "utf-8", [_conflict(declared, "utf-8")]
        return (*_replacing(body, declared), [])
    if utf8 is not None and not utf8.isascii():
        # The header's word stands, as the contract has it; a reader is told that the bytes speak for UTF-8.
        return text, declared, [_conflict("utf-8, by its bytes,", declared)]
    return text, declared, []


def _undeclared(body: bytes, meta: str | None, utf8: str | None, *, html: bool) -> tuple[str, str, list[Notice]]:
    """By the bytes, then by the page's own declaration, else as browsers do."""
    if utf8 is not None:
        if not utf8.isascii():
            return utf8, "utf-8", [_conflict(meta, "utf-8")] if meta not in (None, "utf-8") else []
        if meta not in (None, "utf-8"):
            return (*_replacing(body, meta), [])
        # Where a page is plain ASCII nothing hangs on the name; browsers call it windows-1252.
        return utf8, meta or ("windows-1252" if html else "utf-8"), []
    if meta == "utf-8":
        return _meant_as_utf8(body, utf8)
    if meta is not None:
        return (*_replacing(body, meta), [])
    text, valid, broken = _lenient_utf8(body)
    if valid >= 20 * broken:
        return text, "utf-8", [_guessed("utf-8", f"of its {valid + broken} long characters {broken} are broken")]
    return (*_replacing(body, "windows-1252"), [_guessed("windows-1252", "it is not valid UTF-8")])


def _meant_as_utf8(body: bytes, utf8: str | None) -> tuple[str, str, list[Notice]]:
    if utf8 is not None:
        return utf8, "utf-8", []
    text, valid, broken = _lenient_utf8(body)
    if valid >= broken:
        return text, "utf-8", [text_repaired(broken)]
    return (*_replacing(body, "windows-1252"), [_conflict("utf-8", "windows-1252")])


def _utf8(body: bytes) -> str | None:
    """The bytes as UTF-8, or None. A character cut off at the very end does not count against them."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            return body[: error.start].decode("utf-8") + "\ufffd"
    return _with_surrogates(body, "utf-8")


def _unicode(body: bytes, charset: str) -> str:
    """The bytes in a form of Unicode, lone surrogates kept for `repair` to replace and count."""
    text = _with_surrogates(body, charset)
    return body.decode(charset, "replace") if text is None else text


def _with_surrogates(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset, "surrogatepass")
    except UnicodeDecodeError:
        return None


def _lenient_utf8(body: bytes) -> tuple[str, int, int]:
    """The bytes as UTF-8 with U+FFFD for what is none, and how many long characters are valid and how many broken."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    long = len(text) - len(text.encode("ascii", "ignore"))
    return text, long - broken, broken


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return _codec(charset).decode(body, "strict")[0]
    except UnicodeError:
        return None


def _replacing(body: bytes, charset: str) -> tuple[str, str]:
    return _codec(charset).decode(body, "replace")[0], charset


def _codec(charset: str) -> codecs.CodecInfo:
    encoding = webencodings.lookup(charset)
    assert encoding is not None, charset  # noqa: S101 - only names that a lookup gave come here
    return encoding.codec_info


def _lookup(label: str | None) -> str | None:
    encoding = webencodings.lookup(label) if label else None
    return encoding.name if encoding else None


def _html_name(label: bytes) -> str | None:
    """The encoding that a label in a page means; a page that can be read this far is in no UTF-16."""
    name = _lookup(label.decode("latin-1"))
    if name in ("utf-16le", "utf-16be"):
        return "utf-8"
    return "windows-1252" if name == "x-user-defined" else name


def _wide(body: bytes) -> str | None:
    """The UTF-16 that bytes without a mark of order are in, where it is beyond doubt; None if they are in none."""
    start = body[:PRESCAN]
    units = len(start) // 2
    if units < _FEWEST_UNITS:
        return None
    for charset, high, low in (("utf-16le", start[1::2], start[::2]), ("utf-16be", start[::2], start[1::2])):
        if b"\0" not in low and high.count(0) * 4 >= units * 3:
            words = _unicode(start, charset).encode("utf-8", "replace")
            return None if any(map(words.__contains__, _CONTROLS)) else charset
    return None


_FEWEST_UNITS = 8
"""Fewer characters are too few to tell an encoding by their zeros."""
_GZIP = b"\x1f\x8b"


def _refuse_binary(body: bytes, *, unclean: bool) -> None:
    if body.startswith(_GZIP):
        raise _binary("it is packed with gzip: unpack it")
    if body.startswith(_SIGNATURES) or b"%PDF-" in body[:1024].lstrip()[:5]:
        raise _binary("it begins as an archive, image, PDF or program does")
    if not unclean:
        return
    controls = len(body) - len(body.translate(None, _CONTROLS))
    if controls * 4 > len(body):
        raise _binary(f"{controls / len(body):.0%} of its bytes are control characters")
    # Compressed data holds one control in ten bytes; text of any encoding hardly one.
    if controls * 20 > len(body) > 512 and _utf8(body) is None:
        raise _binary(f"{controls / len(body):.0%} of its bytes are control characters and it is not UTF-8")


def _binary(why: str) -> DocumentError:
    return DocumentError(f"the document is no text: {why}", reason=Reason.BINARY)


def _conflict(declared: str | None, used: str) -> Notice:
    return Notice(
        WarningCode.ENCODING_CONFLICT, f"the encoding should be {declared} and was read as {used}", WarningLevel.REVIEW
    )


def _guessed(charset: str, why: str) -> Notice:
    return Notice(
        WarningCode.ENCODING_GUESSED, f"nothing declares the encoding; {why}: read as {charset}", WarningLevel.REVIEW
    )


class _Prescan:
    """The HTML standard's "prescan a byte stream to determine its encoding".

    With `parsing` it knows what else a parser knows: what stands in a script or a title is no markup.
    """

    def __init__(self, head: bytes) -> None:
        self.head = head
        self.at = 0

    def run(self, *, parsing: bool = False) -> str | None:
        head = self.head
        lower = head.lower() if parsing else b""
        while (opened := head.find(b"<", self.at)) >= 0:
            self.at = opened
            after = head[self.at + 1 : self.at + 6].lower()
            if after.startswith(b"!--"):
                # `<!-->` is a comment of its own: its two hyphens are both start and end.
                end = head.find(b"-->", self.at + 2)
                if end < 0:
                    return None
                self.at = end + 3
            elif after.startswith(b"meta") and after[4:5] in (b"\t", b"\n", b"\f", b"\r", b" ", b"/"):
                self.at += 5
                if charset := self._meta():
                    return charset
            elif after[:1].isalpha() or (after[:1] == b"/" and after[1:2].isalpha()):
                self._tag(lower)
            elif after[:1] in (b"!", b"/", b"?"):
                end = head.find(b">", self.at)
                if end < 0:
                    return None
                self.at = end + 1
            else:
                self.at += 1
        return None

    def _tag(self, lower: bytes) -> None:
        """Go past a tag; with the page in lower case, past the content of an element that holds no markup too."""
        head, opened = self.head, self.at
        while self.at < len(head) and head[self.at] not in b"\t\n\f\r >":
            self.at += 1
        name = head[opened + 1 : self.at].lower()
        while self._attribute():
            pass
        if lower and _RAW.fullmatch(name):
            end = lower.find(b"</" + name, self.at)
            self.at = len(head) if end < 0 else end

    def _meta(self) -> str | None:
        seen: set[bytes] = set()
        pragma = False
        needs_pragma: bool | None = None
        charset: str | None = None
        while attribute := self._attribute():
            name, value = attribute
            if name in seen:
                continue
            seen.add(name)
            if name == b"http-equiv":
                pragma = pragma or value == b"content-type"
            elif name == b"content" and charset is None:
                if found := _charset_in(value):
                    charset, needs_pragma = found, True
            elif name == b"charset":
                charset, needs_pragma = _html_name(value), False
        if needs_pragma is None or (needs_pragma and not pragma) or self.at >= len(self.head):
            return None
        return charset

    def _attribute(self) -> tuple[bytes, bytes] | None:
        """The next attribute in lower case, or None at the end of the tag."""
        head, length = self.head, len(self.head)
        while self.at < length and head[self.at] in b"\t\n\f\r /":
            self.at += 1
        if self.at >= length or head[self.at] == 0x3E:
            return None
        start = self.at
        while self.at < length and (head[self.at] not in b"\t\n\f\r />=" or self.at == start):
            self.at += 1
        name = head[start : self.at].lower()
        self._skip_space()
        if self.at >= length or head[self.at] != 0x3D:
            return name, b""
        self.at += 1
        self._skip_space()
        return name, self._value()

    def _value(self) -> bytes:
        head, length = self.head, len(self.head)
        if self.at >= length:
            return b""
        quote = head[self.at : self.at + 1]
        if quote in (b'"', b"'"):
            end = head.find(quote, self.at + 1)
            start, self.at = self.at + 1, (length if end < 0 else end + 1)
            return head[start : length if end < 0 else end].lower()
        start = self.at
        while self.at < length and head[self.at] not in b"\t\n\f\r >":
            self.at += 1
        return head[start : self.at].lower()

    def _skip_space(self) -> None:
        while self.at < len(self.head) and self.head[self.at] in _SPACE:
            self.at += 1


def _charset_in(content: bytes) -> str | None:
    """The encoding named in a meta element's content, as in `text/html; charset=utf-8`."""
    match = _CHARSET.search(content)
    return _html_name(match[1] or match[2] or match[3] or b"") if match else None
