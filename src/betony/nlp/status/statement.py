"""What one passage says of the standing of the page's own document."""

from __future__ import annotations

from dataclasses import dataclass

from betony.nlp import when

OUT_OF_FORCE = {"withdrawn", "replaced"}
"""What is replaced may be called withdrawn as well; the statement with a date says more."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one passage says of the page's own document."""

    currency: str
    spans: tuple[tuple[int, int], ...]
    rule: str
    checked: when.When | None = None
    dated: str = ""
    """The date under which it stands, ISO, or empty."""
