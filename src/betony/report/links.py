"""How pages refer to each other: by relative files in a folder, by paths on a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from betony.export.files import safe_name


class Links(Protocol):
    """The address of every page, as seen from the page that is being made."""

    def index(self) -> str:
        """The list of records."""

    def record(self, record_id: str) -> str:
        """One record."""

    def difference(self, record_id: str, before: int, after: int) -> str:
        """Two versions of a record, by number."""

    def timeline(self) -> str:
        """The dates of all records."""

    def succession(self) -> str:
        """What replaces and updates what."""

    def runs(self) -> str:
        """The runs, and what is in quarantine."""

    def run(self, number: int) -> str:
        """One run."""

    def asset(self, name: str) -> str:
        """A style sheet or script."""


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of files that a browser opens without a server. Names are made of digests: no id leaves the folder."""

    up: str = ""
    """The way to the top of the folder, such as `../`."""

    def index(self) -> str:
        return f"{self.up}index.html"

    def record(self, record_id: str) -> str:
        return f"{self.up}records/{safe_name(record_id)}.html"

    def difference(self, record_id: str, before: int, after: int) -> str:
        return f"{self.up}differences/{safe_name(record_id)}-{before}-{after}.html"

    def timeline(self) -> str:
        return f"{self.up}timeline.html"

    def succession(self) -> str:
        return f"{self.up}succession.html"

    def runs(self) -> str:
        return f"{self.up}runs.html"

    def run(self, number: int) -> str:
        return f"{self.up}runs/{number}.html"

    def asset(self, name: str) -> str:
        return f"{self.up}assets/{name}"


@dataclass(frozen=True, slots=True)
class Paths:
    """A server. Ids are queries, not steps of a path: a browser would take `..` in a path for a step up."""

    root: str = "/"

    def index(self) -> str:
        return self.root

    def record(self, record_id: str) -> str:
        return f"{self.root}record?{urlencode({'id': record_id})}"

    def difference(self, record_id: str, before: int, after: int) -> str:
        return f"{self.root}difference?{urlencode({'id': record_id, 'before': before, 'after': after})}"

    def timeline(self) -> str:
        return f"{self.root}timeline"

    def succession(self) -> str:
        return f"{self.root}succession"

    def runs(self) -> str:
        return f"{self.root}runs"

    def run(self, number: int) -> str:
        return f"{self.root}run?number={number}"

    def asset(self, name: str) -> str:
        return f"{self.root}assets/{name}"
