"""The guidance that a document of one's own cites: references in its words, and links that lead to publishers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from betony import publishers, readers
from betony.model import Capture, Document
from betony.nlp import references

_ID_COLUMNS = ("id", "identifier", "reference", "guidance", "code", "url")


class Citation(BaseModel):
    """One document of a publisher that is cited, at its first mention."""

    id: str
    """The id that its record has."""
    words: str
    place: int
    """Where it is first cited: the offset in code points into the canonical text; of a table the row, from 1."""
    certain: bool = True
    """False where nothing but a link to a publisher's site says that it may be guidance."""


class Citations(BaseModel):
    """All that a document cites, each once, in order of first mention."""

    found: list[Citation]


def cited(captures: Sequence[Capture]) -> Citations:
    """The citations of the one document; DocumentError where it cannot be read."""
    (capture,) = captures
    document = readers.read(capture, publishers.UNKNOWN)
    found = sorted([*_references(document.text), *_links(document)], key=lambda one: (one.place, not one.certain))
    first: dict[str, Citation] = {}
    for one in found:
        if one.id not in first or (one.certain and not first[one.id].certain):
            first[one.id] = one
    return Citations(found=list(first.values()))


def _references(text: str) -> Iterator[Citation]:
    for reference in references.find(text, 0, len(text)):
        words = text[reference.start : reference.end]
        yield Citation(id=reference.id, words=words, place=reference.start)


def _links(document: Document) -> Iterator[Citation]:
    for link in document.links:
        found = _of_address(link.url)
        if found:
            record_id, certain = found
            words = document.text[link.start : link.end]
            yield Citation(id=record_id, words=words, place=link.start, certain=certain)


def _of_address(url: str | None) -> tuple[str, bool] | None:
    """The id that an address gives, where a known publisher's site is there, and whether it holds a reference."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    publisher = publishers.of_address(url)
    if not publisher.hosts:
        return None
    page = publisher.page(publisher.canonical(url))
    return publisher.record_id(page), page.reference is not None


def tabled(text: str) -> Citations:
    """The ids and references of a CSV table, each once: of the column that is called so, else of every cell that holds
    one.
    """
    rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text.partition("\n")[0])))
    heads = [cell.strip().lower() for cell in rows[0]] if rows else []
    column = next((heads.index(name) for name in _ID_COLUMNS if name in heads), None)
    found: dict[str, Citation] = {}
    for number, row in enumerate(rows, start=1):
        if column is not None and number > 1 and column < len(row) and row[column].strip():
            cells, whole = [row[column].strip()], True
        elif column is None:
            cells, whole = [cell.strip() for cell in row], False
        else:
            continue
        for cell in cells:
            for name, certain in _of_cell(cell, whole=whole):
                found.setdefault(name, Citation(id=name, words=cell, place=number, certain=certain))
    return Citations(found=list(found.values()))


def _delimiter(heads: str) -> str:
    """What stands between the cells: spreadsheets write semicolons where a comma is the sign of decimals."""
    return next((sign for sign in (";", "\t") if sign in heads and "," not in heads), ",")


def _of_cell(cell: str, *, whole: bool) -> Iterator[tuple[str, bool]]:
    """The documents that a cell names; a `whole` one is a name by itself, whatever it looks like."""
    if address := _of_address(cell):
        yield address
    elif reference := references.alone(cell):
        yield reference.id, True
    elif found := references.find(cell, 0, len(cell)):
        yield from ((reference.id, True) for reference in found)
    elif cell and (whole or cell.partition(":")[0] in publishers.every()):
        yield cell, True
