"""When to ask again: what `Retry-After` says, else a growing, scattered wait. Waits are moments to come, never sleeps."""

from __future__ import annotations

import random
from datetime import UTC
from email.utils import parsedate_to_datetime

TRIES = 3
"""So often an address is asked in one round."""
LONGEST = 7 * 86_400.0
"""Seconds beyond which a server's wish to be left alone is cut short."""
_FIRST = 2.0
_LONGEST_OWN = 600.0

PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses that may be over by themselves."""
BUSY = frozenset((429, 503))
"""Of those the ones that speak for the whole host."""


def wait_asked(value: str | None, now: float) -> float | None:
    """Seconds from `now` (since 1970) that a `Retry-After` asks for; None where it asks for nothing that makes sense."""
    words = (value or "").strip()
    if not words:
        return None
    try:
        seconds = float(words) if words.replace(".", "", 1).isdecimal() and words.isascii() else _until(words, now)
    except (ValueError, OverflowError, TypeError):
        return None
    return min(seconds, LONGEST) if seconds is not None and seconds >= 0 else None


def _until(words: str, now: float) -> float:
    moment = parsedate_to_datetime(words)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, aware.timestamp() - now)


def own_wait(tries: int, chance: random.Random) -> float:
    """Seconds to wait after so many failed tries: doubling, and scattered so that failures do not come back together."""
    return min(_FIRST * 2.0 ** (tries - 1), _LONGEST_OWN) * chance.uniform(0.5, 1.5)
