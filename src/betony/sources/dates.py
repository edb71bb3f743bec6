"""When something was retrieved, as those who keep pages write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_WAYBACK = re.compile(r"\d{14}")


def retrieval(written: str) -> str:
    """A time as ISO 8601 writes it, which stays as it is; web archives' fourteen digits and the dates of mail and HTTP
    become such a time in UTC. ValueError where it is none of these: the order of captures stands on it."""
    if _WAYBACK.fullmatch(written):
        return _told(datetime.strptime(written, "%Y%m%d%H%M%S").replace(tzinfo=UTC))
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return of_mail(written)
    return written


def of_mail(written: str) -> str:
    """A date of mail (RFC 5322) in UTC, which a zone of `-0000` means too; ValueError where it is none."""
    try:
        read = parsedate_to_datetime(written)
        return _told(read if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{written!r} is no time; write it as 2026-10-01T09:00:00Z") from error


def _told(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
