"""Cursors: the place in a list after which its next page begins, opaque to whoever holds one."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any


def encode(place: Sequence[str | int]) -> str:
    """The cursor of a place."""
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def decode(cursor: str, *kinds: type) -> tuple[Any, ...] | None:
    """The place that a cursor means, of values of these kinds; None where it is no cursor of such a list."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(place, list) or [type(value) for value in place] != list(kinds):
        return None
    if any(isinstance(value, int) and not 0 <= value < 2**31 for value in place):
        return None
    return tuple(place)
