"""Which publisher or record a person or program means."""

from __future__ import annotations

import re
from contextlib import suppress
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


def a_type(store: Store, written: str | None) -> str | None:
    """A document type, written with blanks or as in the record; UsageError where nothing in the store is of it: an
    empty list would say so only to those who know how it is written."""
    if written is None:
        return None
    name = re.sub(r"[\s-]+", "_", written.strip().lower())
    if next(store.listed(document_type=name, limit=1), None) is None:
        there = sorted({row.document_type for row in store.listed() if row.document_type})
        advice = f"there are: {', '.join(there)}" if there else "no record in the store has a type"
        raise UsageError(f"no record is of the type {written!r}", advice=advice)
    return name


def known(store: Store, written: str) -> str | None:
    """The id of the record of that id, alias or reference, or of the page at that address as a browser shows it."""
    return store.known(written) or next(filter(None, map(store.known, _addressed(written))), None)


def record_called(store: Store, written: str) -> str:
    """As `known`, or the beginning of just one id; UsageError, with names that come close, where there is none."""
    return known(store, written) or store.find(written)


_ADDRESS = re.compile(r"(?P<scheme>https?://)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#].*)?)", re.IGNORECASE)


def _addressed(written: str) -> list[str]:
    """The names that a record may have which holds the page of that address; none where it is no address."""
    match = _ADDRESS.fullmatch(written.strip())
    if match is None or not (match["scheme"] or "/" in match["rest"]):
        return []
    from betony import publishers  # noqa: PLC0415 - of a name that is known nobody asks

    names: list[str] = []
    with suppress(ValueError):  # no address after all
        for scheme in (match["scheme"] or "https://", "http://"):
            url = scheme + match["rest"]
            publisher = publishers.of_address(url)
            canonical = publisher.canonical(url)
            page = publisher.page(canonical)
            names += [publisher.record_id(page), page.product, canonical]
    return names
