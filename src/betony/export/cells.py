"""Text in spreadsheets' cells."""

from __future__ import annotations

import re

_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), and the same in full width."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST, _KEPT = 32_767, 32_700
"""UTF-16 units that a workbook's cell can hold, and those kept of a longer text, with room to say so."""


def inert(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if {text[:1], text.lstrip()[:1]} & _STARTS_FORMULA else text


def legal(text: str) -> str:
    """The text with U+FFFD for what XML forbids."""
    return _NOT_XML.sub("\ufffd", text)


def fitting(text: str) -> str:
    """The text as a workbook can hold it: U+FFFD for what XML forbids, and its end said where it is too long."""
    plain = legal(text)
    if len(plain.encode("utf-16-le")) // 2 <= _LONGEST:
        return plain
    kept = plain.encode("utf-16-le")[: 2 * _KEPT].decode("utf-16-le", "ignore")
    return f"{kept} … [{len(plain) - len(kept):,} more characters on the publisher's page]"
