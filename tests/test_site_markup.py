"""Pages in the markup that publishers' sites have: which words are theirs, which are the site's, and when they were written."""

from __future__ import annotations

import pytest

from betony import publishers
from betony.model import Capture, Layer, PageKind
from betony.pipeline import structure
from betony.record import Record


def made(url: str, main: str, *, head: str = "", lang: str = "en") -> Record:
    page = f"<!DOCTYPE html><html lang={lang}><head><title>Cough</title>{head}</head><body><main>{main}</main></body></html>"
    return structure([Capture(page.encode(), "page.html", url=url)])


def meta(**named: str) -> str:
    """Meta elements; in names `__` stands for a colon and `_0_` for a hyphen."""
    return "".join(
        f'<meta property="{name.replace("__", ":").replace("_0_", "-")}" content="{content}">'
        for name, content in named.items()
    )


def given(head: str) -> dict[str, str]:
    record = made("https://www.example.org/cough", "<h1>Cough</h1><p>Rest at home.</p>", head=head)
    return {name: date.value for name, date in record.dates if date}


def of_layer(record: Record, layer: Layer) -> str:
    return "\n".join(section.text for section in record.sections if section.layer == layer)


@pytest.mark.parametrize(
    ("head", "dates"),
    [
        (
            meta(cdc__first_published="Mar. 14, 2020", cdc__last_updated="August 2, 2024, 01:00 PM")
            + meta(cdc__last_reviewed="Aug. 11, 2024", article__published_time="2025-01-02"),
            {"published": "2020-03-14", "modified": "2024-08-02", "last_reviewed": "2024-08-11"},
        ),
        (
            meta(govuk__first_0_published_0_at="2021-03-04T10:00:00Z")
            + meta(govuk__updated_0_at="2025-06-04", govuk__public_0_updated_0_at="2024-05-04T10:00:00+01:00"),
            {"published": "2021-03-04", "modified": "2024-05-04"},
        ),
        (meta(citation_publication_date="2013/09/26"), {"published": "2013-09-26"}),
        (meta(article__published_time="no date", datepublished="5 May 2021"), {"published": "2021-05-05"}),
        (
            '<script type="application/ld+json">{"@type":"MedicalWebPage","datePublished":"2023-07-20T12:00:00.0000000+00:00",'
            '"dateModified":"2024-01","lastReviewed":"2023-12-01"}</script>',
            {"published": "2023-07-20", "modified": "2024-01", "last_reviewed": "2023-12-01"},
        ),
        (meta(datepublished="02/08/2024"), {}),
        (meta(datepublished="31 February 2024"), {}),
        (meta(datepublished="2024/13/01"), {}),
    ],
)
def test_dates_of_a_head_in_numbers_and_in_words(head: str, dates: dict[str, str]) -> None:
    assert given(head) == dates


def test_a_date_in_words_that_the_page_prints_too_is_no_conflict() -> None:
    record = made(
        "https://www.cdc.gov/cough/index.html",
        "<h1>Cough</h1><p>Rest at home.</p><p>Page last reviewed: August 11, 2024</p>",
        head=meta(cdc__last_reviewed="August 11, 2024"),
    )
    assert record.dates.last_reviewed is not None
    assert record.dates.last_reviewed.basis == "explicit"
    assert "conflict" not in {warning.code for warning in record.quality.warnings}


@pytest.mark.parametrize(
    ("host", "printed", "value"),
    [
        ("www.cdc.gov", "03/09/2024", "2024-03-09"),
        ("www.cdc.gov", "March 9, 2024", "2024-03-09"),
        ("www.cdc.gov", "19/3/2024", "2024-03-19"),
        ("www.nhs.uk", "03/09/2024", "2024-09-03"),
        ("www.example.org", "03/09/2024", "2024-09-03"),
    ],
)
def test_numbers_of_a_date_stand_in_the_order_of_the_publishers_country(host: str, printed: str, value: str) -> None:
    record = made(f"https://{host}/cough", f"<h1>Cough</h1><p>Rest at home.</p><p>Page last reviewed: {printed}</p>")
    assert record.dates.last_reviewed is not None
    assert (record.dates.last_reviewed.value, record.dates.last_reviewed.text) == (value, printed)


def test_a_list_of_definitions_defines_its_terms() -> None:
    terms = (
        "<dl><dt>Sprain</dt><dd>An injury of a ligament.</dd><dt>Splint</dt><dd>A firm support of a joint.</dd></dl>"
    )
    record = made("https://www.example.org/cough", f"<h1>Cough</h1><p>Rest at home.</p><h2>Terms used here</h2>{terms}")
    assert [(found.term, found.text) for found in record.definitions] == [
        ("Sprain", "An injury of a ligament."),
        ("Splint", "A firm support of a joint."),
    ]


def test_a_date_before_a_link_to_what_changed() -> None:
    details = "<dl><dt>Updated:</dt><dd>5 April 2023 - <a href='/u'>See all updates</a></dd></dl>"
    record = made("https://www.gov.uk/guidance/cough", f"<h1>Cough</h1>{details}<p>Rest at home.</p>")
    assert record.dates.modified is not None
    assert record.dates.modified.value == "2023-04-05"


def test_the_date_under_a_canadian_page() -> None:
    dated = '<dl id="wb-dtmd"><dt>Date modified:&#32;</dt><dd><time property="dateModified">2023-06-19</time></dd></dl>'
    record = made("https://www.canada.ca/en/cough.html", f"<h1>Cough</h1><p>Rest at home.</p>{dated}")
    assert record.dates.modified is not None
    assert (record.dates.modified.value, record.dates.modified.basis) == ("2023-06-19", "explicit")


MANUAL = "https://www.gov.uk/guidance/vaccine-handling"


def test_a_manual_and_its_sections_are_one_record() -> None:
    overview = """<html lang=en><head><title>Vaccine handling - Guidance - GOV.UK</title><meta name="govuk:format" content="manual"></head>
<body><main><h1>Vaccine handling</h1><p>How to handle vaccines.</p><ul><li><a href="/guidance/vaccine-handling/transport">Transport</a></li>
<li><a href="/guidance/vaccine-handling/fridges">Fridges</a></li></ul><a href="/guidance/vaccine-handling/updates">See all updates</a></main></body></html>"""
    section = """<html lang=en><head><title>{0} - Vaccine handling - Guidance - GOV.UK</title><meta name="govuk:format" content="manual_section">
</head><body><main><h1>Vaccine handling</h1><form class="gem-c-search"><label>Search this manual</label></form>
<h2>{0}</h2><p>Staff must keep vaccines cold.</p></main></body></html>"""
    record = structure(
        [
            Capture(section.format("Fridges").encode(), "b.html", url=f"{MANUAL}/fridges"),
            Capture(overview.encode(), "a.html", url=MANUAL),
            Capture(section.format("Transport").encode(), "c.html", url=f"{MANUAL}/transport"),
        ]
    )
    assert (record.id, record.page_kind, record.document_type) == (
        "govuk:guidance/vaccine-handling",
        PageKind.OVERVIEW,
        "manual",
    )
    assert record.title is not None
    assert record.title.value == "Vaccine handling"
    assert [str(part.url).removeprefix(MANUAL) for part in record.parts] == ["", "/transport", "/fridges"]
    assert "chapter_missing" not in {warning.code for warning in record.quality.warnings}
    assert "Search this manual" in of_layer(record, Layer.FURNITURE)
    govuk = publishers.by_id("govuk")
    assert govuk.leads(MANUAL, overview.encode()).documents == (f"{MANUAL}/transport", f"{MANUAL}/fridges")
    assert govuk.page(f"{MANUAL}/updates").kind is PageKind.HISTORY


@pytest.mark.parametrize(
    ("path", "named", "kind"),
    [
        ("/government/news/new-vaccine", "", PageKind.OTHER),
        ("/government/organisations/health-agency", "", PageKind.OTHER),
        ("/government/consultations/cough", "", PageKind.CONSULTATION),
        ("/government/publications/cough/cough-a-plan", "html_publication", PageKind.DOCUMENT),
        ("/guidance/cough", "detailed_guide", PageKind.DOCUMENT),
        ("/cough", "press_release", PageKind.OTHER),
        ("/cough", "closed_consultation", PageKind.CONSULTATION),
    ],
)
def test_what_a_page_of_govuk_is(path: str, named: str, kind: PageKind) -> None:
    head = f'<meta name="govuk:format" content="{named}">' if named else ""
    record = made(f"https://www.gov.uk{path}", "<h1>Cough</h1><p>Staff must rest.</p>", head=head)
    assert (record.page_kind, record.document_type) == (kind, named or None)


@pytest.mark.parametrize(
    ("url", "furniture"),
    [
        (
            "https://www.cdc.gov/cough",
            '<div class="dfe-block dfe-block--keep_reading">Keep Reading: <a href=/b>Colds</a></div>',
        ),
        (
            "https://www.cdc.gov/cough",
            '<div class="row last-reviewed-row"><p>Content source: Center for Coughs</p></div>',
        ),
        ("https://www.cdc.gov/cough", '<div class="cdc-page-title-bar__item--language"><a href=/es>Español</a></div>'),
        (
            "https://www.who.int/cough",
            '<div class="sf-related"><h3>Related</h3><ul><li><a href=/c>Colds</a></li></ul></div>',
        ),
        ("https://www.example.org/cough", '<div class="ct__share share">Tweet Mail Print</div>'),
        (
            "https://www.example.org/cough",
            '<section class="pagedetails"><h2>Page details</h2><p>Report a mistake</p></section>',
        ),
        ("https://www.example.org/cough", '<div class="page-feedback"><p>Was this of use to you?</p></div>'),
        ("https://www.example.org/cough", '<div class="on-page-nav"><ul><li><a href=#a>Care</a></li></ul></div>'),
        ("https://www.example.org/cough", '<h3 class="wb-inv">Language selection</h3>'),
        ("https://www.example.org/cough", '<p class="hse-u-visually-hidden">Warning</p>'),
        ("https://www.example.org/cough", '<div class="ds_feedback"><p>Was it of use?</p></div>'),
        ("https://www.gov.uk/cough", "<h2>Sign up for emails or print this page</h2>"),
    ],
)
def test_what_is_the_sites_does_not_count_as_the_documents_text(url: str, furniture: str) -> None:
    words = "<h2>Care</h2><p>Rest at home until you are well, and drink as much as you like.</p>"
    record = made(url, f"<h1>Cough</h1>{words}{furniture}")
    whole = made(url, f"<h1>Cough</h1>{words}")
    assert record.text_hash == whole.text_hash
    assert len(record.text) > len(whole.text)


def test_two_links_to_places_on_the_page_are_its_contents() -> None:
    page = '<h2>On this page</h2><ul><li><a href="#a">Care</a></li><li><a href="#b">Cure</a></li></ul>'
    record = made(
        "https://www.example.org/cough",
        f"<h1>Cough</h1>{page}<h2 id=a>Care</h2><p>Rest.</p><h2 id=b>Cure</h2><p>Wait.</p>",
    )
    assert of_layer(record, Layer.FURNITURE).splitlines()[-1] == "Cure"


def test_what_stands_under_a_heading_behind_unseen_words_tells_what_it_is_for() -> None:
    label = '<label><span class="visually-hidden">Show this section</span></label>'
    care = f"<h2>Room 9</h2>{label}<p>Staff must rest at home until they are well, and must not come to work.</p>"
    record = made("https://www.example.org/cough", f"<h1>Cough</h1><p>Cough is common in winter.</p>{care}")
    [heading] = [section for section in record.sections if section.heading and section.heading.text == "Room 9"]
    [rest] = [section for section in record.sections if "Staff must rest" in section.text]
    assert heading.type == rest.type != "other"
    assert not {"empty_section", "type_unknown"} & {warning.code for warning in record.quality.warnings}


@pytest.mark.parametrize("words", ["Tue, 05/10/2021 - 12:00", "Tuesday 5 October 2021", "Tue 5 Oct 2021 - 09:30"])
def test_dates_with_a_weekday_and_a_time_behind(words: str) -> None:
    field = f"<div><div>Date published</div><div>{words}</div></div>"
    record = made("https://www.example.org/cough", f"<h1>Cough</h1>{field}<p>Rest at home.</p>")
    assert record.dates.published is not None
    assert record.dates.published.value == "2021-10-05"
