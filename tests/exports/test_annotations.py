"""W3C Web Annotations: what the model's standard asks of each, and that the selectors select."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from betony.export.web_annotations import annotate


def test_every_selector_selects_the_words(records: list[dict[str, Any]]) -> None:
    for record in records:
        for one in annotate(record):
            text = one["target"][0]
            position, quotation = text["selector"]
            assert (position["type"], quotation["type"]) == ("TextPositionSelector", "TextQuoteSelector")
            assert 0 <= position["start"] < position["end"] <= len(record["text"])
            assert record["text"][position["start"] : position["end"]] == quotation["exact"]
            around = quotation["prefix"] + quotation["exact"] + quotation["suffix"]
            assert record["text"].index(around) <= position["start"]
            assert len(quotation["prefix"]) <= 32 >= len(quotation["suffix"])


def test_every_annotation_has_what_the_model_asks(records: list[dict[str, Any]]) -> None:
    ids = set()
    for record in records:
        for one in annotate(record):
            assert one["type"] == "Annotation"
            assert one["target"]
            assert one["motivation"] == "classifying"
            for body in one["body"]:
                assert (body["type"], body["format"]) == ("TextualBody", "text/plain")
                assert isinstance(body["value"], str)
            for target in one["target"]:
                assert target["type"] == "SpecificResource"
                assert urlsplit(target["source"]).scheme in ("urn", "http", "https")
            ids.add(one["id"])
            if record["url"]:
                page = one["target"][1]
                assert page["id"] == f"{page['source']}#{page['selector'][1]['value']}"
                assert page["selector"][1]["value"].startswith(":~:text=")
            else:
                assert len(one["target"]) == 1
    assert len(ids) == sum(1 for record in records for _ in annotate(record))


def test_every_section_and_fact_of_the_seed_is_annotated(records: list[dict[str, Any]]) -> None:
    seed = next(record for record in records if record["id"] == "sha256:09aeb5ae6a52a55d")
    kinds = [one["body"][0]["value"] for one in annotate(seed)]
    assert kinds[:7] == [f"section:{section['type']}" for section in seed["sections"]]
    assert kinds[7:9] == ["title", "status"]
    assert kinds.count("responsibility") == 8
