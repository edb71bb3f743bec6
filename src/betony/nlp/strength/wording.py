"""What the words of a recommendation say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What the words of a recommendation say; every string is verbatim, white-space runs as one space."""

    code: str
    term: str | None
    direction: str | None
    actor: str | None = None
    condition: str | None = None
    population: str | None = None
