"""A store as other programs read it: typed records, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from betony.record import Record
from betony.store import Filters, Hit, Store


class Library:
    """An open store, for reading alone. Use it as a context manager, or close it."""

    def __init__(self, name: str) -> None:
        self._store = Store.open(name, writable=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the store."""
        self._store.close()

    def __len__(self) -> int:
        """How many records there are."""
        return self._store.sizes()["records"]

    def record(self, name: str) -> Record:
        """The record of that id, alias or reference; UsageError, with names that come close, where there is none."""
        return Record.model_validate_json(self._store.json(self._store.find(name)))

    def records(
        self,
        *,
        publisher: str | None = None,
        document_type: str | None = None,
        status: str | None = None,
        current: bool = False,
    ) -> Iterator[Record]:
        """The records that have what is asked for, in order of id; `status` is a code or a currency.

        `current` leaves out what is withdrawn, replaced, off its publisher's site or only a draft.
        """
        asked = self._store.filtered_json(
            publisher=publisher, document_type=document_type, status=status, current=current
        )
        for line in asked:
            yield Record.model_validate_json(line)

    def __iter__(self) -> Iterator[Record]:
        """All records, in order of id."""
        return self.records()

    def search(
        self,
        query: str,
        *,
        section_type: str | None = None,
        publisher: str | None = None,
        status: str | None = None,
        current: bool = False,
        limit: int = 20,
    ) -> list[Hit]:
        """The sections that hold what is asked for, the best first; words, "phrases", and -not."""
        return self._store.search(query, Filters(section_type, publisher, status, current), limit)
