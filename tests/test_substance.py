"""Pages that hold no document, and short ones that do."""

from __future__ import annotations

import pytest

from betony.errors import DocumentError, Reason
from betony.model import Block, BlockKind, Document, Head, Layer, Link
from betony.substance import refuse_empty_pages


def page(title: str, *paragraphs: str, furniture: str = "Home | Search | Contact") -> Document:
    """A page with its title as heading, and a line of furniture above it."""
    text, blocks = "", []
    for kind, layer, words in (
        (BlockKind.PARAGRAPH, Layer.FURNITURE, furniture),
        (BlockKind.HEADING, Layer.BODY, title),
        *((BlockKind.PARAGRAPH, Layer.BODY, words) for words in paragraphs),
    ):
        if words:
            blocks.append(Block(kind, len(text), len(text) + len(words), int(kind is BlockKind.HEADING), layer))
            text += words + "\n\n"
    return Document(text, tuple(blocks), "text/html", head=Head(title=title))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("500 - The request timed out.", "The web server failed to respond within the specified time."),
        ("Page not found", "If you typed the web address, check it is correct."),
        ("404", "Sorry."),
        ("Error 403: Forbidden", "You do not have permission to view this directory or page."),
        ("Temporary service interruption", "Please try again later. We are sorry for the inconvenience caused."),
        ("Service unavailable", "Back soon."),
        ("We're sorry, something went wrong", "Try again."),
        ("Sorry, there is a problem with the service", "Try again later."),
        ("We are experiencing technical difficulties", "Our engineers have been told."),
        ("Just a moment...", "Checking your browser before accessing the site."),
        ("Guidance", "You need to enable JavaScript to run this app."),
        ("Sign in", "Email address. Password. Forgotten your password?"),
        ("Search results", "No results found. Try fewer words."),
        ("Index of /files", "Parent directory"),
        ("Coming soon", "Our new website."),
        ("", ""),
    ],
)
def test_no_document(title: str, body: str) -> None:
    with pytest.raises(DocumentError) as caught:
        refuse_empty_pages(page(title, body), "page.html")
    assert caught.value.reason is Reason.NOT_A_DOCUMENT
    assert caught.value.document == "page.html"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Laser clearing of the tear duct", "This guidance has been withdrawn."),
        ("Tear duct surgery", "This guidance has been updated and replaced by NICE guideline NG9001."),
        ("Preventing errors in medicines administration", "Two people check every dose of an opioid."),
        (
            "500 mg paracetamol tablets for adults",
            "Take one or two tablets up to four times in a day, no more than eight.",
        ),
        ("Search and rescue dogs: bites", "Wash the wound."),
        ("Signs of sepsis", "Log in the chart the time of each sign. Call for help when the second one shows."),
    ],
)
def test_short_documents_are_documents(title: str, body: str) -> None:
    refuse_empty_pages(page(title, body), "page.html")


def test_a_list_of_links_is_no_document() -> None:
    words = [f"Guideline number {i} on something or other" for i in range(30)]
    document = page("All guidance", *words)
    links = [Link(b.start, b.end, "/x") for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    with pytest.raises(DocumentError, match="list of links"):
        refuse_empty_pages(
            Document(document.text, document.blocks, "text/html", head=document.head, links=tuple(links)), "list.html"
        )
