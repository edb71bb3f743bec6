"""A record by itself, with its style inside and nothing to load: as a notebook shows it, and as one file."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from betony.report import assets, facts, passages
from betony.report.templating import render

if TYPE_CHECKING:
    from betony.record import Record


def fragment(record: Record) -> str:
    """The record as a piece of HTML for a notebook; its ids are its own, so that many can be shown at once."""
    digest = hashlib.sha256(f"{record.id} {record.content_hash}".encode("utf-8", "replace")).hexdigest()
    return render("fragment.html", style=_style(), **_values(record, f"b{digest[:8]}-"))


def page(record: Record) -> str:
    """The record as a page of one file. Its policy (CSP) allows the one style sheet inside and nothing else."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return render("alone.html", style=style, policy=policy, **_values(record, ""))


def _style() -> str:
    return assets.load("record.css").body.decode()


def _values(record: Record, prefix: str) -> dict[str, Any]:
    values = record.model_dump(mode="json")
    groups = facts.groups(values)
    sections = passages.sections(values, (fact for group in groups for fact in group.facts))
    return {"record": values, "groups": groups, "sections": sections, "prefix": prefix, "links": None, "known": {}}
