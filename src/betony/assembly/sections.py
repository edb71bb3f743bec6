"""The sections of a record, each with a name that stays while its heading does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from betony import record as r
from betony.lines import heading_end
from betony.model import Section
from betony.text import clean, slug

_NUMBER = re.compile(r"^(?:section\s+|chapter\s+)?(\d{1,3}(?:\.\d{1,3})*)\.?\s", re.IGNORECASE)

_LONGEST_SLUG = 80


def sections_of(text: str, found: Sequence[Section]) -> list[r.SectionRecord]:
    """The sections as the record shows them; their ids are made of their headings, below their parents' ids."""
    ids: list[str] = []
    taken: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    for section in found:
        parent = ids[section.parent] if section.parent is not None else None
        start, end = section.heading or (section.start, section.start)
        heading = text[start : heading_end(text, start, end)]
        own = _short_slug(heading) or section.type.value
        path = f"{parent}/{own}" if parent else own
        taken[path] = taken.get(path, 0) + 1
        while (name := path if taken[path] == 1 else f"{path}~{taken[path]}") in taken and name != path:
            taken[path] += 1
        taken.setdefault(name, 1)
        ids.append(name)
        number = _NUMBER.match(heading)
        rows.append(
            {
                "id": name,
                "type": section.type,
                "subtype": section.subtype,
                "heading": {"text": heading, "start": start, "end": start + len(heading)} if heading else None,
                "level": section.level,
                "parent": parent,
                "number": number[1] if number else None,
                "start": section.start,
                "end": section.end,
                "text": text[end : section.end].strip(),
                "layer": section.layer,
                "basis": section.basis,
                "rule": section.rule,
                "confidence": section.confidence,
                "xpath": section.xpath,
            }
        )
    return _SECTIONS.validate_python(rows)


_SECTIONS = TypeAdapter(list[r.SectionRecord])
"""Checks all sections of a record in one call; a call for each takes half as long again."""


@lru_cache(maxsize=4096)  # the same headings stand on most pages of a publisher
def _short_slug(heading: str) -> str:
    """The heading's slug, cut at a word within 80 characters."""
    whole = slug(clean(heading))
    return whole if len(whole) <= _LONGEST_SLUG else whole[:_LONGEST_SLUG].rsplit("-", 1)[0]
