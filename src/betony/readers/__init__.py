"""From raw bytes to a Document, by media type."""

from __future__ import annotations

from betony.model import Capture, Document, Head
from betony.publisher import Publisher


def head(capture: Capture) -> Head:
    """What the page says about itself; bounded work, whatever the bytes."""
    raise NotImplementedError


def read(capture: Capture, publisher: Publisher) -> Document:
    """The capture as a Document; DocumentError where it is none."""
    raise NotImplementedError
