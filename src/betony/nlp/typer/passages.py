"""What the typer is given."""

from __future__ import annotations

from typing import NamedTuple


class Passage(NamedTuple):
    """A paragraph, list item, table row or heading."""

    text: str
    is_heading: bool = False
    headings: tuple[str, ...] = ()
    """The headings it stands under, outermost first, the title left out; of a heading, itself last."""
    hint: str | None = None
    """The type that other evidence (a heading the vocabulary knows, the publisher's markup) speaks for."""
