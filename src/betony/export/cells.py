"""Text in spreadsheets' cells."""

from __future__ import annotations

_STARTS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection), and the same in full width."""


def inert(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if text[:1] in _STARTS_FORMULA or text.lstrip()[:1] in _STARTS_FORMULA else text
