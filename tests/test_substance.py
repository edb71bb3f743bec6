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
        ("Sorry, you have been blocked", "This action triggered our security solution. Cloudflare Ray ID: 1a2b."),
        ("example.org | 522: Connection timed out", "The origin web server timed out, so nothing can be shown here."),
        ("", "Request unsuccessful. Incapsula incident ID: 1-2."),
        ("Request Rejected", "The requested URL was rejected. Your support ID is: 12345."),
        ("Pardon Our Interruption", "Something about your browser made us think you were a bot, as bots are quick."),
        ("Error 503 Backend fetch failed", "Guru Meditation: XID: 1."),
        ("403 ERROR", "The request could not be satisfied. There might be too much traffic, or a setting is wrong."),
        ("Error establishing a database connection", ""),
        ("", "There has been a critical error on this website."),
        (
            "Oops! We can't find the page you want",
            "Try the index from A to Z, or look for it with the search field above.",
        ),
        ("Leaflet not found", "It is not in our database."),
        ("We value your privacy", "We and our partners store things on your device. Accept all. Reject all."),
        ("NHS login", "To access this service you need to log in with your NHS login."),
        ("Your session has expired", "Log in again."),
        ("Loading...", "Loading..."),
        ("Please wait", "Please wait while your request is being verified."),
        ("Moved", "This page has moved. Click here to go to it."),
        ("Guide", "Your browser does not support frames."),
        ("Guide", "This page uses frames, but your browser shows none."),
        ("Redirecting", "If you are not redirected automatically, follow the link."),
        ("301 Moved Permanently", "The document has moved here."),
        ("429 Too Many Requests", "nginx"),
        ("410 Gone", "The requested resource is no longer available on this server."),
        ("We'll be back soon!", "We are performing some maintenance at the moment."),
        ("Your browser is not supported", "Please upgrade to a modern browser to use this site."),
        ("Human Verification", "Confirm you are human before you go on."),
        ("This site can't be reached", "example.org took too long to respond. ERR_CONNECTION_TIMED_OUT"),
        ("Fehler 404", "Seite nicht gefunden."),
        ("", ""),
    ],
)
def test_a_page_without_substance_is_no_document(title: str, body: str) -> None:
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
        ("Tear duct probes", "This guidance has been withdrawn. It is no longer available and should not be used."),
        ("Referral to tear clinics", "Clinics should accept all referrals from opticians within a day."),
        ("Screening of newborns in Wales", "This service is not available in the north of the country until May."),
        (
            "Reporting an incident",
            "You need to log in to the reporting service and give the incident ID in the first line.",
        ),
        ("An error in a syringe label", "An error occurred in the printing of labels. Return any syringe of lot 7."),
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
