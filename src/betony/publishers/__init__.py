"""The publishers that betony knows: those of this package, found by walking it, and those of installed packages."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache, lru_cache
from urllib.parse import urlsplit

from betony import plugins
from betony.errors import UsageError
from betony.model import Head
from betony.publisher import Publisher

UNKNOWN = Publisher()
"""Answers for every page of which no publisher is known."""


@cache
def every() -> dict[str, Publisher]:
    """All publishers by id, in order of id. One of an installed package stands for betony's own of the same id."""
    found: dict[str, Publisher] = {}
    for module in pkgutil.iter_modules(__path__):
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Publisher) and value is not Publisher:
                found[value.id] = value()
    for name, added in plugins.loaded(plugins.PUBLISHERS):
        if not (isinstance(added, type) and issubclass(added, Publisher)):
            raise UsageError(f"{plugins.PUBLISHERS} {name!r} is no subclass of betony.publisher.Publisher")
        found[added.id] = added()
    return dict(sorted(found.items()))


def by_id(identifier: str) -> Publisher:
    """The publisher of that id; UsageError with the known ids where there is none."""
    try:
        return every()[identifier]
    except KeyError:
        raise UsageError(f"no publisher is called {identifier!r}", advice=f"known: {', '.join(every())}") from None


def of_address(url: str | None) -> Publisher:
    """The publisher whose host serves the address, else the unknown one."""
    return _of_host((urlsplit(url).hostname or "").rstrip(".") if url else "")


@lru_cache(maxsize=1024)  # every link of a page asks, and most lead to the same few hosts
def _of_host(host: str) -> Publisher:
    return next((publisher for publisher in every().values() if publisher.owns(host)), UNKNOWN)


def of_head(head: Head) -> Publisher:
    """The publisher that the page's head names, else the unknown one: for pages that came without an address."""
    names = {
        value for key, value in head.meta if key in ("dc.publisher", "dcterms.publisher", "dc.creator", "og:site_name")
    }
    return next((known for known in every().values() if not names.isdisjoint(known.site_names)), UNKNOWN)


def of_name(name: str) -> Publisher | None:
    """The publisher that calls itself so."""
    for publisher in every().values():
        if name in publisher.names:
            return publisher
    return None
