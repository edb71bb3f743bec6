"""Where a section stands: the headings above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def paths(record: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """For each section's id the headings from the top down to its own; a part that goes on has its parent's."""
    found: dict[str, tuple[str, ...]] = {}
    for section in record["sections"]:
        above = found.get(section["parent"], ())
        own = section["heading"]
        found[section["id"]] = (*above, own["text"]) if own else above
    return found
