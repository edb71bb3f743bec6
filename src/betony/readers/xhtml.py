"""Words of XHTML that stand between `<![CDATA[` and `]]>`: a reader of HTML takes them for a remark."""

from __future__ import annotations

import re
from html import escape

from betony.model import Capture

_OPENS, _SHUTS = "<![CDATA[", "]]>"
_UNREAD = re.compile(r"<(/?)(?:script|style)\b([^<>]{0,2000})>", re.IGNORECASE)


def is_xhtml(capture: Capture) -> bool:
    """Whether the page came as XHTML: what calls itself so and came as HTML is read as HTML by browsers too."""
    stated = (capture.media_type or "").lower()
    return stated.startswith("application/xhtml+xml") or (not stated and capture.uri.lower().endswith(".xhtml"))


def written_out(page: str) -> str:
    """The page with those words as text, outside scripts and styles."""
    out: list[str] = []
    at, in_script = 0, False
    while (start := page.find(_OPENS, at)) >= 0:
        end = page.find(_SHUTS, start)
        if end < 0:
            break
        for tag in _UNREAD.finditer(page, at, start):
            in_script = not tag[1] and not tag[2].endswith("/")
        words = page[start + len(_OPENS) : end]
        out += [page[at:start], page[start : end + len(_SHUTS)] if in_script else escape(words, quote=False)]
        at = end + len(_SHUTS)
    return "".join([*out, page[at:]])
