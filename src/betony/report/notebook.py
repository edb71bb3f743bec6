"""A record as a notebook shows it: the markup of its page, with its style inside and nothing to load."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from betony.report import assets, facts, passages
from betony.report.templating import render

if TYPE_CHECKING:
    from betony.record import Record


def html(record: Record) -> str:
    """The record as a fragment of HTML that stands by itself; ids are its own, so that many can be shown at once."""
    values = record.model_dump(mode="json")
    groups = facts.groups(values)
    prefix = hashlib.sha256(f"{record.id} {record.content_hash}".encode("utf-8", "replace")).hexdigest()[:8]
    return render(
        "notebook.html",
        style=assets.load("record.css").body.decode(),
        record=values,
        groups=groups,
        sections=passages.sections(values, (fact for group in groups for fact in group.facts)),
        prefix=f"b{prefix}-",
        links=None,
        known={},
    )
