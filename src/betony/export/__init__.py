"""Records in other forms, one module a format: a pure function from records as JSON to what is written."""

from __future__ import annotations

from betony.export.formats import FORMATS, Format, check, write

__all__ = ["FORMATS", "Format", "check", "write"]
