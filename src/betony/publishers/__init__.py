"""The publishers that betony knows: those of this package, found by walking it, and those of installed packages."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import urlsplit

from lxml import etree

from betony import plugins
from betony.errors import UsageError
from betony.model import Head, SectionType
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
        for wrong in _mistakes(added):
            advice = "mend the package that adds it, or uninstall it"
            raise UsageError(wrong, document=f"{plugins.PUBLISHERS} {name!r}", advice=advice)
        found[added.id] = added()
    return dict(sorted(found.items()))


def _mistakes(added: object) -> Iterator[str]:
    """What would make a publisher of a package go by unheard, or fail every document."""
    if not (isinstance(added, type) and issubclass(added, Publisher)):
        yield "is no subclass of betony.publisher.Publisher"
        return
    if not _ID.fullmatch(added.id) or added.id == Publisher.id:
        yield f"its id {added.id!r} cannot stand in the ids of records: small letters, digits and hyphens, and not 'web'"
    for attribute in ("hosts", "names", "site_names", "untrusted_meta"):
        if isinstance(getattr(added, attribute), str):
            yield f"its {attribute} are one text, and are to be several: (…,)"
    for host in added.hosts:
        if not _HOST.fullmatch(host):
            yield f"its host {host!r} is none: a host's name stands alone and in small letters, as guidance.example.org"
    for heading, type_ in added.headings.items():
        if type_ not in tuple(SectionType):
            yield f"its heading {heading!r} is of no type of sections: {type_!r} (known: {', '.join(SectionType)})"
    for attribute in ("content", "furniture"):
        if path := getattr(added, attribute):
            try:
                etree.XPath(path)
            except etree.XPathError as error:
                yield f"its {attribute} is no XPath: {path!r}: {error}"
    for attribute in ("bodies", "terms_end"):
        try:
            re.compile(getattr(added, attribute))
        except re.error as error:
            yield f"its {attribute} is no pattern: {getattr(added, attribute)!r}: {error}"


_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_HOST = re.compile(r"[^A-Z/:@\s]+")


def by_id(identifier: str) -> Publisher:
    """The publisher of that id, in any case; UsageError with the known ids where there is none."""
    try:
        return every()[identifier.lower()]
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
