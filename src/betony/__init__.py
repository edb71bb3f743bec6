"""betony: published health guidance as structured, traceable, versioned JSON records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from betony.errors import BetonyError
    from betony.record import Record

__all__ = ["BetonyError", "Record", "__version__", "structure"]
__version__ = "0.1.0"


def structure(source: bytes | Path, *, url: str | None = None, media_type: str | None = None) -> Record:
    """The record of one document, from its bytes or its file; its side file counts where it has one.

    Runs here, without a store, child processes or limits. BetonyError where the source holds no document.
    """
    from dataclasses import replace  # noqa: PLC0415 - `import betony` is to cost nothing

    from betony import pipeline  # noqa: PLC0415 - as above
    from betony.model import Capture  # noqa: PLC0415 - as above

    capture = Capture(source, "-") if isinstance(source, bytes) else _only_capture(Path(source))
    given = {"url": url, "media_type": media_type}
    return pipeline.structure([replace(capture, **{name: value for name, value in given.items() if value})])


def _only_capture(path: Path) -> Any:
    from betony import sources  # noqa: PLC0415 - as above
    from betony.errors import SourceError, UsageError  # noqa: PLC0415 - as above
    from betony.model import Capture  # noqa: PLC0415 - as above

    found = [item for item in sources.discover([str(path)]) if isinstance(item, Capture | sources.Failure)]
    if len(found) != 1:
        raise UsageError(f"holds {len(found)} documents, not one", document=str(path), advice="use betony ingest")
    if isinstance(found[0], sources.Failure):
        failure = found[0]
        raise SourceError(failure.message, document=failure.uri, reason=failure.reason, advice=failure.advice)
    return found[0]


def __getattr__(name: str) -> Any:
    if name == "Record":
        from betony.record import Record  # noqa: PLC0415 - pydantic takes a tenth of a second to import

        return Record
    if name == "BetonyError":
        from betony.errors import BetonyError  # noqa: PLC0415 - as above

        return BetonyError
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
