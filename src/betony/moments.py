"""Moments as people write them: a date, a time, or a number of days back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from betony.errors import UsageError


def moment(written: str, option: str) -> str:
    """A date, a time, or a number of days back (`30d`), as the first moment of it in UTC."""
    try:
        if written.removesuffix("d").isdecimal() and written.endswith("d"):
            read = datetime.now(UTC) - timedelta(days=int(written[:-1]))
        else:
            read = datetime.fromisoformat(written)
        aware = read if read.tzinfo else read.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (ValueError, OverflowError):
        advice = "write a date such as 2026-10-01, or days back such as 30d"
        raise UsageError(f"{option} {written!r} is no date", advice=advice) from None
