"""PDFs made to harm their reader."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable

from tests.writing import Item
from tests.writing.pdf import assemble, write

MARK = "SENTINEL words that must not be lost."
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {0} 0 R"
    " /Resources << /Font << /F0 4 0 R >> {1} >> >>"
)
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_HELLO = f"BT /F0 12 Tf 72 700 Td ({MARK}) Tj ET".encode()


def _one_page(stream: bytes, *, keys: str = "", resources: str = "", more: tuple[str, ...] = ()) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format(5, resources),
        _FONT,
        f"<< /Length {len(stream)} {keys} >>",
        *more,
    ]
    return assemble(objects, {5: stream})


def flate_bomb() -> bytes:
    return _one_page(zlib.compress(_HELLO + b" " * 600_000_000, 9), keys="/Filter /FlateDecode")


def nested_flate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(b" " * 1_000_000) for _ in range(2_000)) + packer.flush()
    return _one_page(zlib.compress(zlib.compress(body, 9), 9), keys="/Filter [/FlateDecode /FlateDecode /FlateDecode]")


def many_operators() -> bytes:
    return _one_page(zlib.compress(_HELLO + b"\nBT /F0 1 Tf (a) Tj ET" * 2_000_000, 9), keys="/Filter /FlateDecode")


def many_characters() -> bytes:
    body = _HELLO + b"\nBT /F0 8 Tf 10 10 Td (" + b"abcdefgh " * 900_000 + b") Tj ET"
    return _one_page(zlib.compress(body, 9), keys="/Filter /FlateDecode")


def many_lines() -> bytes:
    drawn = b"".join(b"%d 0 m %d 842 l S 0 %d m 595 %d l S\n" % (i, i, i, i) for i in range(1, 590))
    return _one_page(zlib.compress(_HELLO + b"\n" + drawn * 12, 9), keys="/Filter /FlateDecode")


def deep_graphics_states() -> bytes:
    return _one_page(b"q " * 500_000 + _HELLO)


def deep_arrays() -> bytes:
    return _one_page(b"[" * 500_000 + _HELLO)


def form_draws_itself() -> bytes:
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >> /Length 5 >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format(5, "/XObject << /X 6 0 R >>"),
        _FONT,
        f"<< /Length {len(_HELLO) + 6} >>",
        form,
    ]
    return assemble(objects, {5: _HELLO + b" /X Do", 6: b"/X Do"})


def forms_draw_forms() -> bytes:
    """Each form draws the next one ten times: a billion laughs in pictures."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format(5, "/XObject << /X 6 0 R >>"),
        _FONT,
        f"<< /Length {len(_HELLO) + 6} >>",
    ]
    streams = {5: _HELLO + b" /X Do"}
    for i in range(9):
        body = b"/X Do " * 10 if i < 8 else _HELLO
        objects.append(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F0 4 0 R >>"
            f" /XObject << /X {7 + i} 0 R >> >> /Length {len(body)} >>"
        )
        streams[6 + i] = body
    return assemble(objects, streams)


def deep_page_tree() -> bytes:
    depth = 3_000
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    for i in range(depth):
        parent = f"/Parent {1 + i} 0 R" if i else ""
        objects.append(f"<< /Type /Pages /Kids [{3 + i} 0 R] /Count 1 {parent} >>")
    number = len(objects) + 1
    page = _PAGE.format(number + 2, "").replace("4 0 R", f"{number + 1} 0 R")
    objects.append(page.replace("/Parent 2", f"/Parent {number - 1}"))
    objects += [_FONT, f"<< /Length {len(_HELLO)} >>"]
    return assemble(objects, {number + 2: _HELLO})


def looping_page_tree() -> bytes:
    tree = "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>"
    return assemble(["<< /Type /Catalog /Pages 2 0 R >>", tree], {})


def boundless_page_count() -> bytes:
    return _one_page(_HELLO).replace(b"/Count 1 ", b"/Count 2147483647 ")


def thousands_of_pages() -> bytes:
    count = 4_000
    kids = " ".join(["3 0 R"] * count)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += [_PAGE.format(5, ""), _FONT, f"<< /Length {len(_HELLO)} >>"]
    return assemble(objects, {5: _HELLO})


def deep_structure() -> bytes:
    return _structured(2_000)


def looping_structure() -> bytes:
    return _structured(0)


def _structured(depth: int) -> bytes:
    """A tagged page; its tree is a chain of that depth, or bites its own tail."""
    first = 7
    text = f"BT /P << /MCID 0 >> BDC /F0 12 Tf 72 700 Td ({MARK}) Tj EMC ET".encode()
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format(5, "").replace("/Type /Page ", "/Type /Page /StructParents 0 "),
        _FONT,
        f"<< /Length {len(text)} >>",
        f"<< /Type /StructTreeRoot /K {first} 0 R /ParentTree << /Nums [0 [{first + depth} 0 R]] >> >>",
    ]
    for i in range(depth):
        parent = first + i - 1 if i else 6
        objects.append(f"<< /Type /StructElem /S /Div /P {parent} 0 R /K {first + i + 1} 0 R >>")
    parent = first + depth - 1 if depth else first
    kids = "0" if depth else f"[0 {first} 0 R {first} 0 R]"
    objects.append(f"<< /Type /StructElem /S /P /P {parent} 0 R /Pg 3 0 R /K {kids} >>")
    return assemble(objects, {5: text})


def xref_loop() -> bytes:
    whole = _one_page(_HELLO)
    start = whole.rindex(b"startxref\n") + 10
    place = whole[start:].split(b"\n")[0]
    return whole.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Prev " + place + b" >>")


def cut_in_half() -> bytes:
    whole = write([Item("p", "Words. " * 400)], tagged=True)
    return whole[: len(whole) // 2]


def noise_with_a_header() -> bytes:
    return b"%PDF-1.7\n" + random.Random(3).randbytes(200_000)  # noqa: S311 - noise


def changed_bytes() -> bytes:
    chance = random.Random(5)  # noqa: S311 - noise
    whole = bytearray(write([Item("h1", "Ears"), Item("p", "Words. " * 400)], tagged=True))
    for _ in range(200):
        whole[chance.randrange(len(whole))] = chance.randrange(256)
    return bytes(whole)


def behind_a_password() -> bytes:
    whole = _one_page(_HELLO)
    lock = (
        b"/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"
        b" /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]"
    )
    return whole.replace(b"/Root 1 0 R", b"/Root 1 0 R " + lock)


def scanned() -> bytes:
    image = b"\x80" * 100
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.format(5, "/XObject << /I 6 0 R >>"),
        _FONT,
        "<< /Length 28 >>",
        "<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Length 100 >>",
    ]
    return assemble(objects, {5: b"q 595 0 0 842 0 0 cm /I Do Q", 6: image})


def empty_page() -> bytes:
    return _one_page(b"")


def huge_page() -> bytes:
    return _one_page(_HELLO).replace(b"[0 0 595 842]", b"[0 0 1e30 1e3]")


NAMED: tuple[Callable[[], bytes], ...] = (
    flate_bomb, nested_flate_bomb, many_operators, many_characters, many_lines, deep_graphics_states, deep_arrays,
    form_draws_itself, forms_draw_forms, deep_page_tree, looping_page_tree, boundless_page_count, thousands_of_pages,
    deep_structure, looping_structure, xref_loop, cut_in_half, noise_with_a_header, changed_bytes, behind_a_password,
    scanned, empty_page, huge_page,
)  # fmt: skip
