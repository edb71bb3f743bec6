"""Records as JSON Lines."""

from __future__ import annotations

from collections.abc import Iterable

from betony.export.files import writing

# Line ends to str.splitlines() and to some readers of JSON Lines, though not to JSON.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def write(records: Iterable[str], out: str) -> int:
    """Writes one record a line to a file, or to standard output for `-`; how many there were."""
    count = 0
    with writing(out) as file:
        for record in records:
            file.write(line(record))
            count += 1
    return count


def line(text: str) -> bytes:
    """JSON text as one line, whoever splits it."""
    return text.translate(_LINE_ENDS).encode() + b"\n"
