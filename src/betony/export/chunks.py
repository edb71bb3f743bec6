"""Pieces of sections for search and retrieval: a line of JSON each, in the shape that a framework's Document reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from betony.export import headings, jsonl
from betony.export.files import writing
from betony.export.fragments import link

MAX_CHARS = 2_000
"""About 400 words: what embedding models of 512 tokens take whole."""
_CUTS = tuple(re.compile(pattern) for pattern in (r"\n{2,}", r"\n", r"(?<=[.!?;:])\s+", r"\s+"))
"""Where a section that is too long may be cut, the best place first: block, line, sentence, word."""


def write(
    records: Iterable[str], out: str, *, max_chars: int = MAX_CHARS, shape: str = "plain", furniture: bool = False
) -> int:
    """Writes the pieces of every record; how many pieces."""
    count = 0
    with writing(out) as file:
        for record in records:
            for chunk in chunks(json.loads(record), max_chars, furniture=furniture):
                file.write(jsonl.line(json.dumps(SHAPES[shape](chunk), ensure_ascii=False)))
                count += 1
    return count


def chunks(
    record: Mapping[str, Any], max_chars: int = MAX_CHARS, *, furniture: bool = False
) -> Iterator[dict[str, Any]]:
    """The pieces of one record: `id`, `text` and flat `metadata`, in reading order.

    No piece holds words of two sections, none is longer than `max_chars`, and together they hold every word of the body
    (with `furniture`, of the whole text). `metadata` leaves out what is unknown, for vector stores refuse nulls; its
    `start` and `end` are offsets into the record's text, whose slice is the piece.
    """
    above = headings.paths(record)
    document = _known(
        record_id=record["id"],
        title=record["title"] and record["title"]["value"],
        publisher=record["publisher"] and record["publisher"]["id"],
        document_type=record["document_type"],
        page_kind=record["page_kind"],
        language=record["language"],
        status=record["status"]["code"],
        currency=record["status"]["currency"],
        notice=record["status"]["notice"],
        published=record["dates"]["published"] and record["dates"]["published"]["value"],
        modified=record["dates"]["modified"] and record["dates"]["modified"]["value"],
        license=record["license"]["text"],
        license_url=record["license"]["url"],
        attribution=record["license"]["attribution"],
        content_hash=record["content_hash"],
    )
    for section in record["sections"]:
        if section["layer"] == "furniture" and not furniture:
            continue
        for number, (start, end) in enumerate(pieces(record["text"], section["start"], section["end"], max_chars), 1):
            yield {
                "id": f"{record['id']}#{section['id']}" + (f":{number}" if number > 1 else ""),
                "text": record["text"][start:end],
                "metadata": {
                    **document,
                    **_known(
                        section=section["id"],
                        section_type=section["type"],
                        headings=" › ".join(above[section["id"]]) or None,
                        part=number,
                        start=start,
                        end=end,
                        url=link(record, start, end),
                    ),
                },
            }


def pieces(text: str, start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """The span in as few pieces as its best cuts allow, none longer than that, none beginning or ending in space."""
    while start < end:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        stop = end if end - start <= longest else _cut(text, start, start + longest)
        kept = start + len(text[start:stop].rstrip())
        if kept > start:
            yield start, kept
        start = stop


def _cut(text: str, start: int, limit: int) -> int:
    """The last place up to `limit` where the best kind of cut falls in the piece's second half; else the limit."""
    for pattern in _CUTS:
        places = [found.start() for found in pattern.finditer(text, start, limit + 1) if found.start() <= limit]
        if places and places[-1] - start >= (limit - start) // 2:
            return places[-1]
    return limit


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _langchain(chunk: dict[str, Any]) -> dict[str, Any]:
    return {"id": chunk["id"], "page_content": chunk["text"], "metadata": chunk["metadata"], "type": "Document"}


def _llama_index(chunk: dict[str, Any]) -> dict[str, Any]:
    return {"id_": chunk["id"], "text": chunk["text"], "metadata": chunk["metadata"], "class_name": "TextNode"}


def _haystack(chunk: dict[str, Any]) -> dict[str, Any]:
    return {"id": chunk["id"], "content": chunk["text"], "meta": chunk["metadata"]}


SHAPES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "plain": dict,
    "langchain": _langchain,
    "llama-index": _llama_index,
    "haystack": _haystack,
}
"""A line's shape, by who reads it: their own documents' fields, so that `Document(**line)`, `TextNode.from_dict(line)`
and `Document.from_dict(line)` take it as it is."""
