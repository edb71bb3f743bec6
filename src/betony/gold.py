"""The gold format: a folder of documents whose passages are labelled, which `evaluate` scores against.

Each document of the folder is a few files that share a stem, its id:

    <id>.gold.json    the labels
    <id>.txt          the text, each heading on a line of its own
    <id>.nohead.txt   the same text without the headings of its sections
    <id>.html         the same text with markup (wanted only by the view `html`)

Texts are UTF-8 and are read without changing their line ends. `<id>.gold.json` holds at least

    {"id": "<id>", "title": "…", "segments": [
        {"type": "scope", "boilerplate": false, "txt": [133, 427], "nohead": [108, 402]}, …]}

`type` is a section's type; `txt` and `nohead` are half-open offsets into the two texts, in Unicode code points. A
segment is a section's own words, without its heading. What lies in no segment, in one of type `other`, or in one marked
`boilerplate` is not scored. Segments may nest: the innermost counts. Further members, of the document or of a segment,
are left alone. One view may be missing where nobody asks for it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from betony.errors import UsageError, said

if TYPE_CHECKING:
    from betony.model import SectionType

SUFFIX = ".gold.json"
_ADVICE = "betony.gold describes the format"


class View(StrEnum):
    """In which of its forms a gold document is read."""

    NOHEAD = "nohead"
    """Plain text without headings: content alone."""
    TXT = "txt"
    """Plain text with headings."""
    HTML = "html"
    """The page with its markup; its labels are those of `txt`, laid over it word by word."""

    @property
    def suffix(self) -> str:
        """What the names of this view's files end in."""
        return {View.NOHEAD: ".nohead.txt", View.TXT: ".txt", View.HTML: ".html"}[self]

    @property
    def labelled(self) -> View:
        """The view whose offsets the labels give."""
        return View.NOHEAD if self is View.NOHEAD else View.TXT


@dataclass(frozen=True, slots=True)
class Segment:
    """One labelled passage: half-open code-point offsets; `type` is None where the passage is not scored."""

    start: int
    end: int
    type: SectionType | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One gold document in one view."""

    id: str
    title: str
    path: Path
    """The file that is structured; of the view `html` the page."""
    text: str
    """The text that the segments' offsets count in; of the view `html` that of `txt`."""
    segments: tuple[Segment, ...]


def ids(folder: Path) -> list[str]:
    """The ids of the folder's documents in order; UsageError where there is none."""
    if not folder.is_dir():
        raise UsageError("is no folder", document=str(folder), advice="name a folder in the gold format")
    found = sorted(path.name.removesuffix(SUFFIX) for path in folder.glob(f"*{SUFFIX}"))
    if not found:
        raise UsageError(f"holds no document with labels (looked for *{SUFFIX})", document=str(folder), advice=_ADVICE)
    return found


def read(folder: Path, document: str, view: View = View.NOHEAD) -> Labelled:
    """One document of the folder; UsageError where a file is missing or breaks the format."""
    path = folder / f"{document}{SUFFIX}"
    try:
        labels = json.loads(_text(path))
        name = str(labels["id"])
        text = _text(folder / f"{name}{view.labelled.suffix}")
        segments = tuple(_segment(item, view.labelled, len(text)) for item in labels["segments"])
        return Labelled(name, str(labels.get("title") or ""), folder / f"{name}{view.suffix}", text, segments)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"breaks the gold format: {type(error).__name__}: {error}"
        raise UsageError(what, document=str(path), advice=_ADVICE) from error


def _text(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise UsageError(said(error), document=str(path), advice=_ADVICE) from error


def _segment(item: Mapping[str, Any], view: View, length: int) -> Segment:
    start, end = item[view.value]
    if not 0 <= start <= end <= length:
        raise ValueError(f"segment {start}-{end} does not lie in the text's {length} characters")
    from betony.model import SectionType  # noqa: PLC0415 - the command line names the views and is to answer at once

    type_ = SectionType(item["type"])
    return Segment(start, end, None if item["boilerplate"] or type_ is SectionType.OTHER else type_)


def digest(folder: Path) -> str:
    """sha256 over names and bytes of the folder's labels and plain texts: which set a figure was measured on."""
    found = hashlib.sha256()
    for document in ids(folder):
        for suffix in (SUFFIX, View.TXT.suffix, View.NOHEAD.suffix):
            path = folder / f"{document}{suffix}"
            body = path.read_bytes() if path.exists() else b""
            found.update(f"{path.name}\0{len(body)}\0".encode() + body)
    return found.hexdigest()
