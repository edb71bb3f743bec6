"""What a page's JSON-LD says of the page itself: the plain values of its article or page, by schema.org's names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_LONGEST = 200_000
"""Characters of a script that are still read."""
_PAGES = ("WebPage", "Article", "Report", "MedicalGuideline", "FAQPage", "TechArticle", "CreativeWork")
"""Types, or ends of types (MedicalWebPage, NewsArticle), that stand for the page rather than for its site or publisher."""


def read(script: str) -> list[tuple[str, str]]:
    """Name and value as `jsonld.datepublished`, in order; none where the script is no JSON, or speaks of other things."""
    if len(script) > _LONGEST:
        return []
    try:
        data = json.loads(script)
    except (ValueError, RecursionError):  # written by hand on many a site; the page itself is not worse for it
        return []
    return [
        (f"jsonld.{name.lower()}", value.strip())
        for thing in _pages(data, depth=3)
        for name, value in thing.items()
        if isinstance(value, str) and not name.startswith("@") and value.strip()
    ]


def _pages(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data[:50]:
            yield from _pages(item, depth - 1)
    elif isinstance(data, dict) and depth:
        types = data.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and name.endswith(_PAGES) for name in names):
            yield data
        for key in ("@graph", "mainEntity"):
            if key in data:
                yield from _pages(data[key], depth - 1)
