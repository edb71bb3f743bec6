"""GOV.UK's JSON: what stands in fields that no rule names is read too, and what is no word of the page is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from betony import publishers, readers
from betony.errors import DocumentError, Reason
from betony.model import BlockKind, Capture, Document, Layer

STAMP = "2024-01-02T10:00:00.000+00:00"


def read(details: Any, **fields: Any) -> Document:
    page = {"base_path": "/ears", "document_type": "guide", "title": "Care of ears", "details": details, **fields}
    return readers.read(Capture(json.dumps(page).encode(), "ears.json"), publishers.by_id("govuk"))


def shown(document: Document) -> list[str]:
    """The blocks below the title; `#` for each level of a heading, `-` for an item, `~` for furniture."""
    signs = {BlockKind.LIST_ITEM: "- "}
    return [
        ("~ " if block.layer is Layer.FURNITURE else "")
        + (f"{'#' * block.level} " if block.kind is BlockKind.HEADING else signs.get(block.kind, ""))
        + document.text[block.start : block.end]
        for block in document.blocks[1:]
    ]


def html(words: str) -> list[dict[str, str]]:
    return [
        {"content_type": "text/govspeak", "content": words},
        {"content_type": "text/html", "content": f"<p>{words}</p>"},
    ]


def test_a_service_says_what_to_do_before_and_beside_it() -> None:
    details = {
        "downtime_message": "Closed on Sunday.",
        "introductory_paragraph": html("Order drops here."),
        "more_information": html("Have your card ready."),
        "other_ways_to_apply": html("You can also write."),
        "start_button_text": "Start now",
        "transaction_start_link": "https://example.org/drops",
        "what_you_need_to_know": html("You must be 16."),
        "variants": [{"title": "Drops for one ear", "slug": "one", "more_information": html("Say which ear.")}],
    }
    assert shown(read(details)) == [
        "Order drops here.",
        "Have your card ready.",
        "You must be 16.",
        "You can also write.",
        "Closed on Sunday.",
        "~ Start now",
        "## Drops for one ear",
        "Say which ear.",
    ]


def test_steps_are_sections_with_their_paragraphs_and_links() -> None:
    contents = [
        {"type": "paragraph", "text": "You must ask a nurse."},
        {
            "type": "list",
            "style": "choice",
            "contents": [{"text": "Ask a nurse", "href": "/ask"}, {"text": "Buy drops", "context": "From £3"}],
        },
    ]
    steps = [{"title": "Have your ears looked at", "logic": "and", "optional": False, "contents": contents}]
    document = read({"step_by_step_nav": {"title": "Care of ears", "introduction": html("Begin."), "steps": steps}})
    assert shown(document) == [
        "Begin.",
        "## Have your ears looked at",
        "You must ask a nurse.",
        "- Ask a nurse",
        "- Buy drops",
        "From £3",
    ]
    assert [link.url for link in document.links] == ["https://www.gov.uk/ask"]


def test_questions_and_outcomes_are_sections_and_their_options_a_list() -> None:
    yes = {"label": "Yes", "slug": "yes", "next_node": "rest"}
    nodes = [
        {"kind": "question", "slug": "sore", "title": "Is the ear sore?", "body": html("Touch it."), "options": [yes]},
        {"kind": "outcome", "slug": "rest", "title": "Rest", "body": "<h2>How</h2><p>Lie down.</p>", "options": []},
    ]
    assert shown(read({"body": html("Find out."), "nodes": nodes})) == [
        "Find out.",
        "## Is the ear sore?",
        "Touch it.",
        "- Yes",
        "## Rest",
        "### How",
        "Lie down.",
    ]


def test_what_a_manual_a_part_and_an_attachment_say_besides_is_read() -> None:
    child = {"title": "Drops", "base_path": "/drops", "section_id": "E1", "description": "How to give drops."}
    note = {"title": "Drops", "base_path": "/drops", "published_at": STAMP, "change_note": "Added soap."}
    details = {
        "attachments": [
            {"title": "A form", "url": "https://example.org/form.pdf", "content_type": "application/pdf"},
            {"title": "A letter", "url": "/letter", "content": "<p>Dear nurse.</p>"},
        ],
        "change_notes": [note],
        "child_section_groups": [{"title": "Chapters", "child_sections": [child]}],
        "parts": [{"title": "Daily", "slug": "daily", "body": "<p>Rinse.</p>", "summary": "In short: rinse."}],
    }
    assert shown(read(details)) == [
        "## Daily",
        "Rinse.",
        "In short: rinse.",
        "## Chapters",
        "- Drops",
        "How to give drops.",
        "## A letter",
        "Dear nurse.",
        "- A form",
        "- Drops",
        "Added soap.",
    ]


def test_an_attachment_that_the_list_of_documents_leaves_out_is_named() -> None:
    attachments = [{"title": "A form", "url": "/a"}, {"title": "A letter", "url": "/b"}]
    documents = ["<section><h3><a href='/a'>A form</a></h3></section>"]
    assert shown(read({"documents": documents, "attachments": attachments})) == ["### A form", "- A letter"]


def test_plain_words_are_paragraphs_and_a_picture_is_its_alternative_text() -> None:
    details = {
        "ways_to_respond": {"email": "ears@example.org", "postal_address": "Ears\n1 High Street\n\nBy hand too"},
        "image": {"alt_text": "An ear.", "url": "https://example.org/ear.jpeg", "content_type": "image/jpeg"},
        "steps": [{"drawing": {"alt_text": "A drop.", "url": "https://example.org/drop.jpeg"}}],
        "note": "若耳朵痛",
        "dose": "less than < 5 drops",
        "calendar": [{"title": "Ear day", "date": "03/03/2024"}],
        "external_related_links": [{"title": "Noses", "url": "https://example.org/noses"}],
    }
    assert shown(read(details)) == [
        "ears@example.org",
        "Ears 1 High Street",
        "By hand too",
        "~ An ear.",
        "A drop.",
        "若耳朵痛",
        "less than < 5 drops",
        "- Ear day",
        "03/03/2024",
        "~ - Noses",
    ]


@pytest.mark.parametrize(
    "details",
    [
        {"public_timestamp": STAMP, "updated": STAMP, "closing": "2024-01-02 10:00:00"},
        {"tags": {"policies": ["ear-care"]}, "metadata": {"alert_type": "ear-alert", "case_state": "open"}},
        {"government": {"title": "2024 government", "slug": "g"}, "emphasised_organisations": ["Ears and eyes"]},
        {
            "image_url": "https://example.org/two words",
            "link": "/ears",
            "owner": "569a9ee5-c195-4b7f-b9dc-edc17a09113f",
        },
        {"headers": [{"text": "How to rinse", "id": "how"}], "header_links": [{"title": "How to rinse", "href": "#h"}]},
        {"change_note": "Added soap.", "change_history": []},
        {"maximum": 7, "political": True, "body": None, "parts": [], "rule": "-- --"},
    ],
)
def test_what_is_no_word_of_the_page_stays_out(details: dict[str, Any]) -> None:
    assert shown(read(details)) == (["Added soap."] if "change_note" in details else [])


@pytest.mark.parametrize(
    "details",
    [{"body": {"text": "Rinse both ears."}}, {"parts": ["Rinse both ears."]}, "Rinse both ears.", ["Rinse both ears."]],
)
def test_a_known_field_that_is_built_otherwise_is_read_as_an_unknown_one(details: Any) -> None:
    assert [words.removeprefix("- ") for words in shown(read(details))] == ["Rinse both ears."]


def test_fields_nested_without_end_are_refused_by_name() -> None:
    details: Any = "Rinse both ears."
    for _ in range(600):
        details = {"more": details}
    with pytest.raises(DocumentError) as caught:
        read(details)
    assert caught.value.reason is Reason.TOO_DEEP
