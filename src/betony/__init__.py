"""betony: published health guidance as structured, traceable, versioned JSON records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from betony.errors import BetonyError
    from betony.library import Library
    from betony.record import Record

__all__ = ["BetonyError", "Library", "Record", "__version__", "open", "structure"]
__version__ = "0.1.0"


def structure(source: bytes | Path, *, url: str | None = None, media_type: str | None = None) -> Record:
    """The record of one document, from its bytes or its file; its side file counts where it has one.

    Runs here, without a store, child processes or limits. BetonyError where the source holds no document.
    """
    from dataclasses import replace  # noqa: PLC0415 - `import betony` is to cost nothing

    from betony import pipeline, sources  # noqa: PLC0415 - as above
    from betony.model import Capture  # noqa: PLC0415 - as above

    capture = Capture(source, "-") if isinstance(source, bytes) else sources.only(str(source))
    given: dict[str, Any] = {"url": url, "media_type": media_type}
    return pipeline.structure([replace(capture, **{name: value for name, value in given.items() if value})])


def open(store: str | Path = "betony.db") -> Library:
    """A store by path or address, to read its records; a context manager. StoreError where it cannot be used."""
    from betony.library import Library  # noqa: PLC0415 - as above

    return Library(str(store))


def __getattr__(name: str) -> Any:
    if name == "Record":
        from betony.record import Record  # noqa: PLC0415 - pydantic takes a tenth of a second to import

        return Record
    if name == "Library":
        from betony.library import Library  # noqa: PLC0415 - as above

        return Library
    if name == "BetonyError":
        from betony.errors import BetonyError  # noqa: PLC0415 - as above

        return BetonyError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
