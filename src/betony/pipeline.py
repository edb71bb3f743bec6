"""The whole middle: captures of one product in, one record out."""

from __future__ import annotations

from collections.abc import Sequence

from betony.model import Capture
from betony.record import Record


def structure(captures: Sequence[Capture]) -> Record:
    """The record of one product from all current captures of its pages.

    Pure: depends on nothing but the captures and this version of betony. DocumentError where they hold no document.
    """
    raise NotImplementedError
