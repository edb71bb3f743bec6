"""Which of the addresses that are found belong to a source, in limits that a person sets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from typing import Any

from betony import fetch
from betony.fetch import Refused


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a source reaches."""

    max_pages: int | None = None
    """So many addresses at most."""
    same_host: bool = False
    """Only addresses of the hosts that were named."""
    match: tuple[str, ...] = ()
    """Only addresses that fit one of these patterns, with `*` for any characters."""
    links: bool = False
    """Whether pages that were named are lists: their links are fetched, not they."""
    publisher: str | None = None
    """Who published what is fetched, where the address does not say."""
    full_days: float = 30
    """Days after which a page is fetched whole even if the server says that it did not change."""

    def admits(self, url: str, hosts: Iterable[str]) -> str | None:
        """Why a document is left out; None where it is not."""
        if self.same_host and fetch.parse(url).host not in set(hosts):
            return "it is on another host"
        if self.match and not any(fnmatchcase(url, pattern) for pattern in self.match):
            return f"it does not match {' or '.join(self.match)}"
        return None

    def as_options(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def of_options(cls, options: dict[str, Any]) -> Scope:
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in options.items() if name in known}
        return cls(**{**values, "match": tuple(values.get("match", ()))})


def usable(urls: Iterable[str]) -> list[tuple[str, str]]:
    """The addresses that may be asked for, each once, in one spelling, with its host."""
    found: dict[str, str] = {}
    for url in urls:
        try:
            address = fetch.parse(url)
        except Refused:
            continue  # a page may link to anything
        found[str(address)] = address.host
    return list(found.items())
