"""Cursors: the place in a list after which its next page begins, opaque to whoever holds one."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from http import HTTPStatus

from betony.api.problems import ProblemError


def encode(place: Sequence[str | int]) -> str:
    """The cursor of a place."""
    return base64.urlsafe_b64encode(json.dumps(list(place)).encode()).decode().rstrip("=")


def decode(cursor: str, kinds: Sequence[type]) -> list[str | int]:
    """The place that a cursor means, of values of these kinds; a problem 404 where no page begins there."""
    try:
        place = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        place = None
    if (
        not isinstance(place, list)
        or [type(value) for value in place] != list(kinds)
        or any(isinstance(value, int) and not 0 <= value < 2**31 for value in place)
    ):
        detail = f"no page begins at the cursor {cursor[:40]!r}: take it from `next`, and as it is"
        raise ProblemError(HTTPStatus.NOT_FOUND, "unknown-cursor", detail)
    return place
