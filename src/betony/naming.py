"""Which publisher a person or program means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from betony.errors import UsageError

if TYPE_CHECKING:
    from betony.store import Store


def publisher_id(store: Store, written: str | None) -> str | None:
    """A publisher's id, written in any case; UsageError where the store has nothing of it and betony does not know it:
    an empty list would say that nothing is so."""
    if written is None:
        return None
    for name in (written, written.lower()):
        if next(store.listed(publisher=name, limit=1), None) is not None:
            return name
    from betony import publishers  # noqa: PLC0415 - hardly anyone asks for one that the store has nothing of

    known = publishers.every()
    if written.lower() not in known:
        raise UsageError(f"no publisher is called {written!r}", advice=f"known: {', '.join(known)}")
    return written.lower()
