"""A clause of a sentence and the modal words that rule it, as offsets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal expression of a sentence; offsets into the sentence."""

    start: int
    end: int
    modality: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Subject, modal words and what follows them; offsets into the sentence, None or equal where there is nothing."""

    subject: tuple[int, int]
    modal: Modal
    rest: tuple[int, int]
    condition: tuple[int, int] | None
