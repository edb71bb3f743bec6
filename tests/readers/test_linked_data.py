"""JSON-LD of a page's head."""

from __future__ import annotations

import pytest

from betony.model import Capture
from betony.readers import head, linked_data


def test_the_page_speaks_for_itself() -> None:
    script = '{"@type": "MedicalWebPage", "name": "Ear wax", "datePublished": "2024-05", "publisher": {"name": "NHS"}}'
    assert linked_data.read(script) == [("jsonld.name", "Ear wax"), ("jsonld.datepublished", "2024-05")]


def test_the_site_and_the_publisher_do_not_speak_for_the_page() -> None:
    script = '{"@graph": [{"@type": "WebSite", "name": "The site"}, {"@type": "Article", "headline": "The page"}]}'
    assert linked_data.read(script) == [("jsonld.headline", "The page")]


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, "null", '{"@type": 3}', '{"@type": "Article", "name": 5}'])
def test_what_is_no_linked_data_says_nothing(script: str) -> None:
    assert linked_data.read(script) == []


def test_it_stands_among_the_meta_of_the_head() -> None:
    page = b'<html><head><script type="application/ld+json">{"@type":"Article","dateModified":"2020-01-02"}</script></head>'
    assert head.read(Capture(page, "page.html")).get("jsonld.datemodified") == "2020-01-02"
