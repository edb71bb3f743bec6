"""Pieces for search and retrieval: inside one section, no longer than asked, all of the text, and readable elsewhere."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betony.export import write
from betony.export.chunks import SHAPES, chunks, pieces


@given(st.text("ab .\n\t", max_size=400), st.integers(1, 60))
def test_pieces_hold_every_word_and_none_is_too_long(text: str, longest: int) -> None:
    found = list(pieces(text, 0, len(text), longest))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
    assert all(0 < b - a <= longest and text[a:b] == text[a:b].strip() for a, b in found)
    assert all(b <= c for (_, b), (c, _) in pairwise(found))


def test_a_long_section_is_cut_at_the_best_place_there_is() -> None:
    text = "One two three four.\n\nFive six. Seven eight nine ten eleven twelve thirteen."
    assert [text[a:b] for a, b in pieces(text, 0, len(text), 36)] == [
        "One two three four.",
        "Five six. Seven eight nine ten",
        "eleven twelve thirteen.",
    ]


@pytest.mark.parametrize("longest", [120, 2_000])
def test_pieces_of_all_samples_stay_in_their_section(records: list[dict[str, Any]], longest: int) -> None:
    for record in records:
        made = list(chunks(record, longest))
        sections = {section["id"]: section for section in record["sections"]}
        for chunk in made:
            told = chunk["metadata"]
            section = sections[told["section"]]
            assert section["start"] <= told["start"] < told["end"] <= section["end"]
            assert record["text"][told["start"] : told["end"]] == chunk["text"]
            assert len(chunk["text"]) <= longest
            assert (told["status"], told["section_type"]) == (record["status"]["code"], section["type"])
            assert told.get("license") == record["license"]["text"]
            assert all(isinstance(value, str | int | float | bool) for value in told.values())
        body = [section for section in record["sections"] if section["layer"] == "body"]
        whole = "".join(record["text"][one["start"] : one["end"]] for one in body)
        assert "".join("".join(one["text"].split()) for one in made) == "".join(whole.split())


def documents(lines: list[str], shape: str, folder: Path) -> list[dict[str, Any]]:
    write("chunks", lines, str(folder / "chunks.jsonl"), shape=shape)
    return [json.loads(line) for line in (folder / "chunks.jsonl").read_text("utf-8").split("\n")[:-1]]


FIELDS = {
    "plain": {"id", "text", "metadata"},
    "langchain": {"id", "page_content", "metadata", "type"},  # langchain_core.documents.Document
    "llama-index": {"id_", "text", "metadata", "class_name"},  # llama_index.core.schema.TextNode
    "haystack": {"id", "content", "meta"},  # haystack.Document
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_line_has_the_fields_that_its_reader_documents(shape: str, lines: list[str], tmp_path: Path) -> None:
    assert {frozenset(line) for line in documents(lines, shape, tmp_path)} == {frozenset(FIELDS[shape])}


def test_langchain_takes_the_lines_as_documents(lines: list[str], tmp_path: Path) -> None:
    reader = pytest.importorskip("langchain_core.documents", reason="36 MB and 12 packages; not in the extra test")
    made = documents(lines, "langchain", tmp_path)
    read = [reader.Document(**line) for line in made]
    assert [(one.id, one.page_content, one.metadata) for one in read] == [
        (line["id"], line["page_content"], line["metadata"]) for line in made
    ]


def test_llama_index_takes_the_lines_as_nodes(lines: list[str], tmp_path: Path) -> None:
    reader = pytest.importorskip("llama_index.core.schema", reason="78 MB and 27 packages; not in the extra test")
    made = documents(lines, "llama-index", tmp_path)
    read = [reader.TextNode.from_dict(line) for line in made]
    assert [(one.node_id, one.get_content(), one.metadata) for one in read] == [
        (line["id_"], line["text"], line["metadata"]) for line in made
    ]


def test_haystack_takes_the_lines_as_documents(lines: list[str], tmp_path: Path) -> None:
    reader = pytest.importorskip("haystack", reason="35 MB and 14 packages; not in the extra test")
    made = documents(lines, "haystack", tmp_path)
    read = [reader.Document.from_dict(line) for line in made]
    assert [(one.id, one.content, one.meta) for one in read] == [
        (line["id"], line["content"], line["meta"]) for line in made
    ]
