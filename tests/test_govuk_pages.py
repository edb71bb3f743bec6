"""GOV.UK's guidance as its site renders it: the document stands in the element that also holds its list of contents."""

from __future__ import annotations

import json

from betony.model import Capture, Layer
from betony.pipeline import structure

URL = "https://www.gov.uk/guidance/managing-winter-sickness-in-care-homes"
PAGE = b"""<!DOCTYPE html><html lang="en"><head><title>Managing winter sickness in care homes - GOV.UK</title>
<meta property="og:site_name" content="GOV.UK"></head><body>
<div id="global-cookie-message" class="gem-c-cookie-banner"><h2>Cookies on GOV.UK</h2><p>We use cookies.</p></div>
<header role="banner"><a href="/">GOV.UK</a></header>
<div class="gem-c-breadcrumbs govuk-breadcrumbs"><ol><li><a href="/">Home</a></li></ol></div>
<main role="main" id="content" class="govuk-main-wrapper detailed-guide" lang="en">
<div class="gem-c-heading"><span class="gem-c-heading__context">Guidance</span>
<h1 class="gem-c-heading__text">Managing winter sickness in care homes</h1></div>
<div class="gem-c-metadata"><dl><dt>From:</dt><dd><a href="/government/organisations/health-agency">Health Agency</a></dd>
<dt>Published</dt><dd>1 July 2013</dd>
<dt>Last updated</dt><dd>4 May 2024 &mdash; <a href="#history">See all updates</a></dd></dl></div>
<div class="gem-c-single-page-notification-button"><button>Get emails about this page</button></div>
<section class="gem-c-notice" aria-label="Notice" role="region"><h2>This guidance was withdrawn on
<time datetime="2024-06-05">5 June 2024</time></h2><div class="gem-c-govspeak"><p>The advice is out of date.</p></div></section>
<section class="gem-c-devolved-nations"><h2>Applies to England and Wales</h2></section>
<div id="contents" class="gem-c-contents-list-with-body"><div class="responsive-bottom-margin">
<nav aria-label="Contents" class="gem-c-contents-list"><h2>Contents</h2><ol><li><a href="#act">What to do</a></li></ol></nav>
<div class="gem-c-govspeak govuk-govspeak"><div class="govspeak"><h2 id="act">What to do</h2>
<p>Care home managers must tell their local health protection team about an outbreak within 24 hours.</p>
<ol class="steps"><li><p>Isolate residents who are ill.</p></li><li><p>Do not admit new residents.</p></li></ol></div></div></div></div>
<div class="gem-c-published-dates" id="history"><h2>Updates to this page</h2>Published 1 July 2013<br>Last updated 4 May 2024
<a href="#full">+ show all updates</a><div id="full"><ol><li><time datetime="2024-05-04">4 May 2024</time>
<p>Updated the advice on visits.</p></li><li><time datetime="2013-07-01">1 July 2013</time><p>First published.</p></li></ol></div></div>
<div class="gem-c-signup-link"><h2>Sign up for emails or print this page</h2><a href="/email">Get emails</a></div>
<div class="gem-c-contextual-footer"><h2>Explore the topic</h2><ul><li><a href="/health">Health protection</a></li></ul></div>
</main><div class="gem-c-feedback"><h2>Is this page useful?</h2></div><footer><p>Crown copyright</p></footer></body></html>"""


def test_the_document_is_body_and_what_leads_elsewhere_is_not() -> None:
    record = structure([Capture(PAGE, "page.html", url=URL)])
    body = "\n".join(section.text for section in record.sections if section.layer is Layer.BODY)
    headings = [section.heading.text for section in record.sections if section.heading and section.layer is Layer.BODY]
    assert "Isolate residents who are ill." in body
    assert headings[1:] == [
        "This guidance was withdrawn on 5 June 2024",
        "What to do",
        "Updates to this page",
    ]
    assert "Applies to England and Wales" in body
    assert not [words for words in ("Get emails", "Health protection", "useful", "cookies") if words in body]


def test_its_facts_are_read_where_the_page_prints_them() -> None:
    record = structure([Capture(PAGE, "page.html", url=URL)])
    assert (record.status.currency, record.dates.withdrawn and record.dates.withdrawn.value) == (
        "withdrawn",
        "2024-06-05",
    )
    assert record.dates.published is not None
    assert record.dates.published.value == "2013-07-01"
    assert record.dates.modified is not None
    assert record.dates.modified.value == "2024-05-04"
    assert [(creator.name, creator.evidence[0].quote) for creator in record.creators] == [
        ("Health Agency", "Health Agency")
    ]
    assert record.jurisdictions == ["England", "Wales"]
    assert [item.text for item in record.recommendations][1:] == [
        "Isolate residents who are ill.",
        "Do not admit new residents.",
    ]


def test_an_element_that_holds_the_document_is_no_menu_whatever_it_is_called() -> None:
    words = b"<p>Residents who are ill should stay in their rooms until two days after they are well.</p>" * 30
    html = (
        b"""<html lang="en"><body><main><h1>Winter sickness</h1><div class="gem-c-contents-list"><ul><li>
<a href="#a">What to do</a></li></ul><h2 id="a">What to do</h2>%s</div><p>Last updated 4 May 2024</p></main></body></html>"""
        % words
    )
    record = structure([Capture(html, "page.html", url=URL)])
    assert (
        sum(section.text.count("stay in their rooms") for section in record.sections if section.layer is Layer.BODY)
        == 30
    )


def test_the_bodies_of_the_content_api_are_creators_too() -> None:
    bodies = [
        {
            "title": "Department of Health and Social Care",
            "base_path": "/government/organisations/department-of-health",
        },
        {"title": "Health Agency", "base_path": "/government/organisations/health-agency"},
    ]
    item = {
        "base_path": "/guidance/rest",
        "document_type": "detailed_guide",
        "title": "Rest",
        "links": {"organisations": bodies},
        "details": {"body": "<p>Rest when you are tired.</p>"},
    }
    record = structure([Capture(json.dumps(item).encode(), "rest.json")])
    assert [creator.name for creator in record.creators] == ["Department of Health and Social Care", "Health Agency"]
    assert all(creator.evidence[0].quote == creator.name for creator in record.creators)


def test_what_replaced_it_has_the_address_that_it_is_linked_to() -> None:
    notice = b'<p>It has been replaced by <a href="/guidance/winter-sickness-two">Winter sickness: managing outbreaks</a>.</p>'
    html = PAGE.replace(b"<p>The advice is out of date.</p>", notice)
    [relation] = structure([Capture(html, "page.html", url=URL)]).relations
    assert (relation.type, relation.target.label) == ("is_replaced_by", "Winter sickness: managing outbreaks")
    assert relation.target.url == "https://www.gov.uk/guidance/winter-sickness-two"
