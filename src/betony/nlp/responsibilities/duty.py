"""One duty as a sentence states it."""

from __future__ import annotations

import re
from dataclasses import dataclass

THEY = re.compile(r"(?:They|These\s+(?:bodies|organisations))$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty in one sentence; spans are offsets into the sentence, `action` may have several pieces."""

    modality: str
    term: str
    action: tuple[tuple[int, int], ...]
    actor: tuple[int, int] | None = None
    recipient: tuple[int, int] | None = None
    condition: tuple[int, int] | None = None
    rule: str = "modal"
    closing: tuple[int, int] | None = None
    """The condition at the end of a sentence that opens with one: "Once it is sold, tell the office if it fails"."""
