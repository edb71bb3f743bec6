"""What lies over the pages of a PDF and is no part of their words: fields of forms, comments, stamps, lines through words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pypdfium2.raw as pdfium

from betony.model import Notice, WarningCode, WarningLevel

_MOST = 2_000
"""Annotations of a page that are looked at; links are among them."""
_KINDS = {
    pdfium.FPDF_ANNOT_WIDGET: ("values of form fields", b"V"),
    pdfium.FPDF_ANNOT_TEXT: ("comments", b"Contents"),
    pdfium.FPDF_ANNOT_HIGHLIGHT: ("comments", b"Contents"),
    pdfium.FPDF_ANNOT_UNDERLINE: ("comments", b"Contents"),
    pdfium.FPDF_ANNOT_FREETEXT: ("words written over the page", b"Contents"),
    pdfium.FPDF_ANNOT_STAMP: ("stamps", None),
    pdfium.FPDF_ANNOT_STRIKEOUT: ("lines through words", None),
    pdfium.FPDF_ANNOT_REDACT: ("marks of what is to be blacked out", None),
}
"""What it is called, and where its words are, without which it is none; None where it counts whatever it holds."""
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_NAMED = 20


def on_page(page: Any) -> set[str]:
    """What lies over a page, by what it is called; `page` is pdfium's handle."""
    found: set[str] = set()
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
        note = pdfium.FPDFPage_GetAnnot(page, i)
        if not note:
            continue
        try:
            name, key = _KINDS.get(pdfium.FPDFAnnot_GetSubtype(note), ("", None))
            if name and not pdfium.FPDFAnnot_GetFlags(note) & _UNSEEN and (key is None or _says(note, key)):
                found.add(name)
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return found


def unread(pages: Iterable[tuple[int, set[str]]]) -> list[Notice]:
    """A warning for each kind of what lies over pages, with their numbers."""
    by_name: dict[str, list[int]] = {}
    for number, names in pages:
        for name in names:
            by_name.setdefault(name, []).append(number)
    return [_missing(name, by_name) for name in sorted(by_name)]


def _missing(name: str, pages: Mapping[str, list[int]]) -> Notice:
    numbers = pages[name]
    listed = ", ".join(map(str, numbers[:_NAMED])) + (" and more" if len(numbers) > _NAMED else "")
    return Notice(
        WarningCode.TRUNCATED,
        f"missing, for nothing here reads it: {name} on page{'s' if len(numbers) > 1 else ''} {listed}",
        WarningLevel.REVIEW,
    )


def _says(note: Any, key: bytes) -> bool:
    # The size is in bytes of UTF-16, the end of the string among them.
    return bool(pdfium.FPDFAnnot_GetStringValue(note, key, None, 0) > 2)
