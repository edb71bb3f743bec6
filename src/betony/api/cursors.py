"""Cursors: the place in a list after which its next page begins, opaque to whoever holds one."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence

from betony.errors import UsageError


def encode(place: Sequence[str | int]) -> str:
    """The cursor of a place."""
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def decode(cursor: str, kinds: Sequence[type]) -> list[str | int]:
    """The place that a cursor means, of values of these kinds; UsageError where it is no cursor of such a list."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        place = None
    if not isinstance(place, list) or [type(value) for value in place] != list(kinds):
        raise UsageError(f"cursor {cursor[:40]!r} is none of this list", advice="take it from `next`, and as it is")
    if any(isinstance(value, int) and not -(2**63) <= value < 2**63 for value in place):
        raise UsageError(f"cursor {cursor[:40]!r} is none of this list", advice="take it from `next`, and as it is")
    return place
