"""Text-fragment links: addresses that open the publisher's page at the words.

The form is that of the WICG's URL Fragment Text Directives: `#:~:text=[prefix-,]start[,end][,-suffix]`. A term must
stand inside one block of the page and at the bounds of words; a browser takes the first match.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

_WHOLE = 12
"""Words up to which a passage is named whole; a longer one by its first and last words."""
_FIRST, _MOST = 5, 14
"""Words of a passage's beginning or end that are tried first, and at most."""
_BEFORE = 6
"""Words before a passage that tell it from one that reads the same."""


def link(record: Mapping[str, Any], start: int, end: int) -> str | None:
    """The address of the words at these offsets of the record's text, or None where the page has none."""
    part = next((part for part in record["parts"] if part["start"] <= start < part["end"]), None)
    url = (part and part["url"]) or record["url"]
    if url is None:
        return None
    first, last = (part["start"], part["end"]) if part else (0, len(record["text"]))
    directive = text_directive(record["text"][first:last], start - first, end - first)
    return f"{url}{'' if '#' in url else '#'}:~:{directive}" if directive else str(url)


def text_directive(page: str, start: int, end: int) -> str:
    """The `text=…` that a browser finds at these offsets of a page's text, not before; empty where there are no words."""
    start, end = _whole_words(page, start, end)
    blocks = [(start + found.start(), start + found.end()) for found in re.finditer(r"[^\n\t\f]+", page[start:end])]
    blocks = [(a, b) for a, b in blocks if page[a:b].strip() and re.search(r"\w", page[a:b])]
    if not blocks:
        return ""
    first, last = _words(page, *blocks[0]), _words(page, *blocks[-1])
    if len(blocks) == 1 and len(first) <= _WHOLE:
        begin, stop = first[0][0], first[-1][1]
        return "text=" + _before(page, begin, stop) + _encoded(page[begin:stop])
    begin = first[0][0]
    stop = _unique(page, first, begin)
    tail = _tail(page, last, stop)
    if tail is None:  # too short behind its own beginning: named whole
        stop = first[-1][1]
        return "text=" + _before(page, begin, stop) + _encoded(page[begin:stop])
    return "text=" + _before(page, begin, stop) + _encoded(page[begin:stop]) + "," + _encoded(page[slice(*tail)])


def _whole_words(page: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and page[start - 1].isalnum() and page[start].isalnum():
        start -= 1
    while 0 < end < len(page) and page[end].isalnum() and page[end - 1].isalnum():
        end += 1
    return start, end


def _words(page: str, start: int, end: int) -> list[tuple[int, int]]:
    return [(start + found.start(), start + found.end()) for found in re.finditer(r"\S+", page[start:end])]


def _at(page: str, term: str, start: int) -> int:
    """Where a browser would find the term, from there on: in any case, at the bounds of words."""
    found = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE).search(page, start)
    return found.start() if found else -1


def _unique(page: str, words: list[tuple[int, int]], begin: int) -> int:
    """The end of the fewest first words that stand nowhere before."""
    most = min(len(words), _MOST)
    for number in range(min(_FIRST, most), most + 1):
        stop = words[number - 1][1]
        if _at(page, page[begin:stop], 0) == begin:
            return stop
    return words[min(_FIRST, most) - 1][1]


def _tail(page: str, words: list[tuple[int, int]], behind: int) -> tuple[int, int] | None:
    """The fewest last words that stand nowhere between the beginning and the end."""
    rest = [word for word in words if word[0] >= behind]
    if not rest:
        return None
    for number in range(min(_FIRST, len(rest)), min(_MOST, len(rest)) + 1):
        begin, stop = rest[-number][0], rest[-1][1]
        if _at(page, page[begin:stop], behind) == begin:
            return begin, stop
    return rest[-min(_FIRST, len(rest))][0], rest[-1][1]


def _before(page: str, begin: int, stop: int) -> str:
    """A `prefix-,` of the words in front, only where the same words stand earlier on the page."""
    if _at(page, page[begin:stop], 0) == begin:
        return ""
    block = max(page.rfind(sign, 0, len(page[:begin].rstrip())) for sign in "\n\t\f") + 1
    words = _words(page, block, begin)[-_BEFORE:]
    return _encoded(page[words[0][0] : words[-1][1]]) + "-," if words else ""


def _encoded(words: str) -> str:
    """Percent-encoded, the directive's own signs `-` `,` `&` among them."""
    return quote(words, safe="").replace("-", "%2D")
