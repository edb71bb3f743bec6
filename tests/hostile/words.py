"""Word files made to harm their reader."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

from tests.writing.docx import pack, parts

MARK = "SENTINEL words that must not be lost."
_TEXT = f"<w:p><w:r><w:t>{MARK}</w:t></w:r></w:p>"


def _with(declaration: str, content: str) -> bytes:
    members = parts(content)
    members["word/document.xml"] = f'<?xml version="1.0"?>{declaration}' + members["word/document.xml"]
    return pack(members)


def _said(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>{_TEXT}"


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    return _with(f"<!DOCTYPE w [{entities}]>", _said("&a9;"))


def quadratic_blow_up() -> bytes:
    return _with(f'<!DOCTYPE w [<!ENTITY a "{"x" * 100_000}">]>', _said("&a;" * 20_000))


def external_entity() -> bytes:
    return _with('<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>', _said("&a;"))


def external_document_type() -> bytes:
    return _with('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/x.dtd">', _TEXT)


def entity_in_utf16() -> bytes:
    members: dict[str, str | bytes] = {**parts(_TEXT)}
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY a "b">]>' + str(members["word/document.xml"])
    members["word/document.xml"] = text.encode("utf-16")
    return pack(members)


def entity_in_properties() -> bytes:
    members = parts(_TEXT, title="x")
    declaration = '<!DOCTYPE c [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    members["docProps/core.xml"] = declaration + members["docProps/core.xml"]
    return pack(members)


def zip_bomb() -> bytes:
    return pack({**parts(_TEXT), "word/media/image1.bmp": bytes(400_000_000)})


def text_bomb() -> bytes:
    return pack(parts(_TEXT + f"<w:p><w:r><w:t>{'a' * 60_000_000}</w:t></w:r></w:p>"))


def many_members() -> bytes:
    return pack({**parts(_TEXT), **{f"word/media/{i}": b"" for i in range(20_000)}})


def lying_size() -> bytes:
    whole = bytearray(pack(parts(_TEXT + f"<w:p><w:r><w:t>{'a' * 300_000}</w:t></w:r></w:p>")))
    at = 0
    while (at := whole.find(b"PK\x01\x02", at)) >= 0:
        whole[at + 24 : at + 28] = (100).to_bytes(4, "little")
        at += 4
    return bytes(whole)


def as_much_text_as_may_be() -> bytes:
    chance = random.Random(11)  # noqa: S311 - so that it does not pack too well
    runs = (f"<w:p><w:r><w:t>{chance.getrandbits(256):x}</w:t></w:r></w:p>" for _ in range(65_000))
    return pack(parts(_TEXT + "".join(runs)))


def empty_paragraphs() -> bytes:
    return pack(parts(_TEXT + "<w:p/>" * 2_000_000))


def deep_tables() -> bytes:
    depth = 3_000
    return pack(parts("<w:tbl><w:tr><w:tc>" * depth + _TEXT + "</w:tc></w:tr></w:tbl>" * depth))


def deep_elements() -> bytes:
    depth = 200_000
    return pack(parts(_TEXT + "<w:sdt>" * depth + "</w:sdt>" * depth))


def many_attributes() -> bytes:
    attributes = " ".join(f'a{i}="1"' for i in range(300_000))
    return pack(parts(f"<w:p {attributes}/>{_TEXT}"))


def wide_table() -> bytes:
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{_TEXT}</w:tc>"
    return pack(parts(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"))


def wrong_checksum() -> bytes:
    whole = bytearray(pack(parts(_TEXT)))
    at = whole.index(b"word/document.xml") + 60
    whole[at] ^= 0xFF
    return bytes(whole)


def not_xml() -> bytes:
    return pack({**parts(_TEXT), "word/document.xml": "\x00\x01 no XML at all"})


def broken_styles() -> bytes:
    return pack({**parts(_TEXT), "word/styles.xml": "<w:styles"})


def missing_styles() -> bytes:
    members = parts(_TEXT)
    del members["word/styles.xml"]
    return pack(members)


def cut_in_half() -> bytes:
    whole = pack(parts(_TEXT * 500))
    return whole[: len(whole) // 2]


def behind_a_password() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_096)


def names_that_point_outside() -> bytes:
    return pack({**parts(_TEXT), "../../../tmp/outside.xml": "<a/>", "/etc/passwd": "x"})


def image_from_elsewhere() -> bytes:
    out = io.BytesIO(pack(parts(_TEXT)))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/media/image1.png", b"\x89PNG" + bytes(1_000))
    return out.getvalue()


NAMED: tuple[Callable[[], bytes], ...] = (
    billion_laughs, quadratic_blow_up, external_entity, external_document_type, entity_in_utf16, entity_in_properties,
    zip_bomb, text_bomb, many_members, lying_size, as_much_text_as_may_be, empty_paragraphs, deep_tables, deep_elements,
    many_attributes,
    wide_table, wrong_checksum, not_xml, broken_styles, missing_styles, cut_in_half, behind_a_password,
    names_that_point_outside, image_from_elsewhere,
)  # fmt: skip
