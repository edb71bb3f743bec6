"""Where the sections that are scored come from: records written earlier, or the gold texts structured now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from betony import gold
from betony.errors import DocumentError, UsageError, said
from betony.gold import View
from betony.model import Capture, SectionType
from betony.pipeline import structure

_ENDS = (".nohead.txt", ".txt", ".html", ".json")


@dataclass(frozen=True, slots=True)
class Predicted:
    """One section of a record; half-open code-point offsets into the record's text."""

    start: int
    end: int
    type: SectionType
    confidence: float
    """Of a section without one, whose type its words state, 1.0."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What is scored of a record."""

    document: str
    """The id of the gold document that the record was made of."""
    sections: tuple[Predicted, ...]
    text: str | None
    """The record's text; None where the record was cut down to its sections."""


def structured(
    folder: Path,
    documents: Iterable[str],
    view: View,
    *,
    on_failure: Callable[[str, str], None] = lambda _uri, _message: None,
) -> Iterator[Prediction]:
    """The gold documents, structured here and now; what cannot be is told to `on_failure` by name with the reason."""
    for document in documents:
        path = folder / f"{document}{view.suffix}"
        try:
            record = structure([Capture(path.read_bytes(), path.as_posix())])
        except OSError as error:
            raise UsageError(said(error), document=str(path)) from error
        except DocumentError as error:
            on_failure(path.as_posix(), error.what)
            continue
        sections = tuple(Predicted(s.start, s.end, s.type, _sure(s.confidence)) for s in record.sections)
        yield Prediction(document, sections, record.text)


def from_records(path: Path) -> Iterator[Prediction]:
    """The records of a JSON Lines file, or of all `*.json` below a folder; UsageError where one is no record.

    The file name in a record's `source.uri` says which gold document it was made of.
    """
    for where, text in _documents(path):
        try:
            yield _prediction(json.loads(text))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"holds no record: {type(error).__name__}: {error}"
            raise UsageError(what, document=where, advice="make records with: betony ingest GOLD --out FILE") from error


def _documents(path: Path) -> Iterator[tuple[str, str]]:
    try:
        if path.is_dir():
            for file in sorted(path.rglob("*.json")):
                yield str(file), file.read_text("utf-8")
            return
        with path.open(encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{path}, line {number}", line
    except (OSError, UnicodeDecodeError) as error:
        what = said(error) if isinstance(error, OSError) else str(error).lower()
        raise UsageError(what, document=str(path), advice="name a JSON Lines file or a folder") from error


def _prediction(record: Mapping[str, Any]) -> Prediction:
    sections = tuple(
        Predicted(s["start"], s["end"], _type(s["type"]), _sure(s.get("confidence"))) for s in record["sections"]
    )
    if any(not 0 <= section.start <= section.end for section in sections):
        raise ValueError("a section ends before it starts")
    return Prediction(_stem(record["source"]["uri"]), sections, record.get("text"))


def _stem(uri: str) -> str:
    name = uri.rstrip("/").rsplit("/", 1)[-1]
    for end in _ENDS:
        name = name.removesuffix(end)
    return name


def _type(name: str) -> SectionType:
    """A type that a newer version added is read as `other`."""
    return SectionType(name) if name in set(SectionType) else SectionType.OTHER


def _sure(confidence: float | None) -> float:
    return 1.0 if confidence is None else float(confidence)


def is_known(folder: Path, document: str) -> bool:
    """Whether the gold folder labels the document."""
    return (folder / f"{document}{gold.SUFFIX}").is_file()
