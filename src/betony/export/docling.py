"""Records as DoclingDocument (docling-core's schema, version 1.8): what tools that read documents read.

Every word of the text is in an item, in reading order, menus and footers on the layer `furniture`. Each section is a
group named by its type and id. Offsets are left out: an item has no place for them but its `meta`, which Docling's own
exports to Markdown print among the words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from betony.export import documents
from betony.export.formats import is_folder
from betony.export.identifiers import address
from betony.export.rows import span

SUFFIX = ".docling.json"
_MEDIA_TYPES = frozenset(
    (
        *("text/html", "text/plain", "text/markdown", "application/json", "application/pdf"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
)
"""Docling refuses a document of a type that it does not know."""
_ROOT = {"name": "_root_", "label": "unspecified"}
_BLOCK = re.compile(r"\S(?:.*?\S)??(?=\s*?\n\n|\s*\Z)", re.DOTALL)


def write(records: Iterable[str], out: str, *, complete: bool = True) -> int:
    """Writes one document a line, or a file each in a folder; how many records."""
    if is_folder(out):
        return documents.write_folder(records, out, _text, SUFFIX, complete=complete)
    return documents.write(records, out, _text)


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(document(record), ensure_ascii=False)


def document(record: Mapping[str, Any]) -> dict[str, Any]:
    """One record as a DoclingDocument."""
    tree = _Tree()
    for section in record["sections"]:
        layer = "furniture" if section["layer"] == "furniture" else "body"
        group = tree.group("#/body", "section", f"{section['type']}: {section['id']}", layer)
        for item in _items(record, section):
            if "data" in item:
                tree.add("tables", group, layer, **item)
            elif "lines" in item:
                listed = tree.group(group, "list", "list", layer)
                for line in item["lines"]:
                    marks = {"enumerated": False, "marker": ""}
                    tree.add("texts", listed, layer, label="list_item", orig=line, text=line, **marks)
            else:
                tree.add("texts", group, layer, orig=item["text"], **item)
    source = record["source"]
    media_type = source["media_type"].partition(";")[0].strip()
    origin = {
        "mimetype": media_type if media_type in _MEDIA_TYPES else "application/octet-stream",
        "binary_hash": int(source["sha256"][:16], 16),
        "filename": source["uri"].rpartition("/")[2] or source["uri"],
    }
    url = address(record["url"])
    return {
        "schema_name": "DoclingDocument",
        "version": "1.8.0",
        "name": record["title"]["value"] if record["title"] else record["id"],
        "origin": {**origin, "uri": url} if url else origin,
        "furniture": {"self_ref": "#/furniture", "children": [], "content_layer": "furniture", **_ROOT},
        "body": {"self_ref": "#/body", "children": tree.children["#/body"], "content_layer": "body", **_ROOT},
        "groups": tree.items["groups"],
        "texts": tree.items["texts"],
        "pictures": [],
        "tables": tree.items["tables"],
        "key_value_items": [],
        "form_items": [],
        "pages": {},
    }


class _Tree:
    """Items in flat lists that refer to each other by their place, as Docling keeps them."""

    def __init__(self) -> None:
        self.items: dict[str, list[dict[str, Any]]] = {"groups": [], "texts": [], "tables": []}
        self.children: dict[str, list[dict[str, str]]] = {"#/body": []}

    def add(self, kind: str, parent: str, layer: str, **values: Any) -> str:
        """Appends an item below its parent; its reference."""
        reference = f"#/{kind}/{len(self.items[kind])}"
        self.children[reference] = []
        self.children[parent].append({"$ref": reference})
        place = {"self_ref": reference, "parent": {"$ref": parent}, "children": self.children[reference]}
        self.items[kind].append({**place, "content_layer": layer, **values})
        return reference

    def group(self, parent: str, label: str, name: str, layer: str) -> str:
        """Appends an empty group; its reference."""
        return self.add("groups", parent, layer, label=label, name=name)


def _items(record: Mapping[str, Any], section: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a section holds, in reading order."""
    title = record["title"] and span(record["title"])
    plain = record["source"]["media_type"].startswith("text/plain")
    start, heading = section["start"], section["heading"]
    if heading:
        is_title = title is not None and heading["start"] <= title[0] and title[1] <= heading["end"]
        kind = {"label": "title"} if is_title else {"label": "section_header", "level": section["level"]}
        yield {**kind, "text": record["text"][heading["start"] : heading["end"]]}
        start = heading["end"]
    tables = [(place, table["header"]) for table in record["tables"] if (place := span(table))]
    for found in _BLOCK.finditer(record["text"][: section["end"]], start):
        block = found[0]
        header = next((one for (a, b), one in tables if a <= found.start() and found.end() <= b), None)
        if "\t" in block and header is not None:
            yield {"label": "table", "data": _grid(block, header)}
        elif "\n" in block and "\t" not in block and not plain:
            yield {"lines": block.split("\n")}
        else:
            yield {"label": "text", "text": block}


def _grid(block: str, header: list[str]) -> dict[str, Any]:
    rows = [line.split("\t") for line in block.split("\n")]
    cells = [
        {
            "text": text,
            "start_row_offset_idx": row,
            "end_row_offset_idx": row + 1,
            "start_col_offset_idx": column,
            "end_col_offset_idx": column + 1,
            "column_header": row == 0 and bool(header) and rows[0] == header,
        }
        for row, line in enumerate(rows)
        for column, text in enumerate(line)
    ]
    return {"table_cells": cells, "num_rows": len(rows), "num_cols": max(map(len, rows))}
