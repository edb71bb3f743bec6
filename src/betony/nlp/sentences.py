"""The sentences of a stretch of text, by punctuation."""

from __future__ import annotations

import re

_END = re.compile(
    r"(?<![A-Z])(?<!\b[Nn]o)(?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bcf)(?<!\bDr)(?<!\bMr)(?<!\bMrs)"
    r"(?<!\bProf)(?<!\bSt)(?<!\bal)(?<!\bapprox)(?<!\bp)(?<!\bpp)(?<!\bvol)(?<!\bed)(?<!\beds)(?<!\bJan)"
    r"(?<!\bFeb)(?<!\bMar)(?<!\bApr)(?<!\bJun)(?<!\bJul)(?<!\bAug)(?<!\bSept)(?<!\bSep)(?<!\bOct)(?<!\bNov)"
    r"(?<!\bDec)[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\Wa-z_]|\s*$)"
    r"|(?<=[A-Z]{2})[.!?][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\Wa-z_]|\s*$)"
    r"|\n(?=\s*\n)"
)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Half-open spans of the sentences within text[start:end], without white space at their ends.

    A sentence ends at `.`, `!` or `?` before white space and a capital, digit or bracket, unless an abbreviation
    stands there, and at a blank line.
    """
    spans: list[tuple[int, int]] = []
    at = start
    for match in _END.finditer(text, start, end):
        _append(spans, text, at, match.end())
        at = match.end()
    _append(spans, text, at, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    body = text[start:end]
    stripped = body.strip()
    if stripped:
        left = start + len(body) - len(body.lstrip())
        spans.append((left, left + len(stripped)))
