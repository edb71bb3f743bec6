"""Addresses into records' ids."""

from __future__ import annotations

import pytest

from betony import identity, publishers
from betony.model import Basis, Capture, PageKind
from betony.pipeline import structure
from betony.publisher import canonical_address


def placed(url: str) -> tuple[str, str, PageKind]:
    """Record id, canonical address and role of the page at the address."""
    publisher = publishers.of_address(url)
    address = publisher.canonical(url)
    page = publisher.page(address)
    return publisher.record_id(page), address, page.kind


@pytest.mark.parametrize(
    "url",
    [
        "https://www.nice.org.uk/guidance/ipg309",
        "http://www.nice.org.uk/guidance/IPG309",
        "https://nice.org.uk:443/guidance/IPG309/",
        "https://www.nice.org.uk/guidance/ipg309?tab=evidence",
        "https://www.nice.org.uk/Guidance/IPG309?utm_source=mail#top",
    ],
)
def test_all_forms_of_an_address_are_one_record(url: str) -> None:
    assert placed(url) == ("nice:ipg309", "https://www.nice.org.uk/guidance/ipg309", PageKind.OVERVIEW)


@pytest.mark.parametrize(
    ("url", "record_id", "kind"),
    [
        ("https://www.nice.org.uk/guidance/TA001", "nice:ta1", PageKind.OVERVIEW),
        ("https://www.nice.org.uk/guidance/ng100/chapter/Recommendations", "nice:ng100", PageKind.CHAPTER),
        ("https://www.nice.org.uk/guidance/ng100/history", "nice:guidance/ng100/history", PageKind.HISTORY),
        ("https://www.nice.org.uk/guidance/indevelopment/GID-IPG10088", "nice:gid-ipg10088", PageKind.IN_DEVELOPMENT),
        ("https://www.nice.org.uk/guidance/topic-selection/gid-ta99945", "nice:gid-ta99945", PageKind.IN_DEVELOPMENT),
        (
            "https://www.nice.org.uk/guidance/ta99/consultation/html-content-2",
            "nice:guidance/ta99/consultation/html-content-2",
            PageKind.CONSULTATION,
        ),
        (
            "http://www.nice.org.uk/guidance/gid-tag999/documents/splints-appraisal-consultation-document-2",
            "nice:guidance/gid-tag999/documents/splints-appraisal-consultation-document-2",
            PageKind.CONSULTATION,
        ),
        (
            "https://nice.org.uk/guidance/gid-mt999/documents/html-content",
            "nice:guidance/gid-mt999/documents/html-content",
            PageKind.RESOURCE,
        ),
        ("https://nice.org.uk/guidance/gid-mt999/about", "nice:guidance/gid-mt999/about", PageKind.OTHER),
        ("http://nice.org.uk/CG099NICEguideline", "nice:cg99", PageKind.OVERVIEW),
        ("https://www.nice.org.uk/ipg309", "nice:ipg309", PageKind.OVERVIEW),
        (
            "https://www.nice.org.uk/guidance/ng100/resources/2019-exceptional-surveillance-of-rest-1/chapter/evidence",
            "nice:guidance/ng100/resources/2019-exceptional-surveillance-of-rest-1",
            PageKind.SURVEILLANCE,
        ),
        ("https://www.nice.org.uk/news/feature/sleep", "nice:news/feature/sleep", PageKind.OTHER),
        (
            "http://publications.nice.org.uk/rest-for-adults-qs999",
            "nice:publications.nice.org.uk/rest-for-adults-qs999",
            PageKind.DOCUMENT,
        ),
        (
            "https://pathways.nice.org.uk/pathways/rest",
            "nice:pathways.nice.org.uk/pathways/rest",
            PageKind.DOCUMENT,
        ),
        (
            "http://publications.nice.org.uk/rest-for-adults-ph999/1-recommendations",
            "nice:publications.nice.org.uk/rest-for-adults-ph999",
            PageKind.CHAPTER,
        ),
        ("http://publications.nice.org.uk/about", "nice:publications.nice.org.uk/about", PageKind.OTHER),
        ("https://www.nhs.uk/conditions/zika-virus/", "nhs:conditions/zika-virus", PageKind.DOCUMENT),
        ("https://clinic.example.org/a/b?page=2", "web:clinic.example.org/a/b?page=2", PageKind.DOCUMENT),
        (
            "https://nice.org.uk.mirror.example/guidance/ng1",
            "web:nice.org.uk.mirror.example/guidance/ng1",
            PageKind.DOCUMENT,
        ),
    ],
)
def test_addresses_make_ids(url: str, record_id: str, kind: PageKind) -> None:
    assert (placed(url)[0], placed(url)[2]) == (record_id, kind)


@pytest.mark.parametrize(
    "urls",
    [
        ("https://library.nhs.uk/document?id=1", "https://library.nhs.uk/document?id=2"),
        ("https://east.nhs.uk/policies/rest", "https://west.nhs.uk/policies/rest"),
        ("https://www.nhs.uk/policies/rest", "https://west.nhs.uk/policies/rest"),
        ("https://review2010.nice.org.uk/index.html", "https://review2011.nice.org.uk/index.html"),
        ("https://www.cdc.gov/rest/index.html", "https://archive.cdc.gov/rest/index.html"),
    ],
)
def test_other_hosts_and_queries_are_other_records(urls: tuple[str, str]) -> None:
    assert placed(urls[0])[0] != placed(urls[1])[0]


def test_a_trust_is_not_the_nhs_website() -> None:
    assert publishers.of_address("https://east.nhs.uk/policies/rest").id != "nhs"


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.england.nhs.uk/publication/rest", "NHS England"),
        ("https://publications.aap.org/rest/article/1", "American Academy of Pediatrics"),
        ("https://www.canada.ca/en/public-health/services/rest.html", "Government of Canada"),
        ("https://hiqa.ie/rest", "Health Information and Quality Authority"),
        ("https://england.nhs.uk.mirror.example/rest", ""),
        ("https://notcanada.ca/rest", ""),
    ],
)
def test_a_publisher_is_known_by_its_host(address: str, publisher: str) -> None:
    assert publishers.of_address(address).name == publisher


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        ("GID-IPG10088", "interventional_procedures_guidance"),
        ("GID-TAG360", "technology_appraisal_guidance"),
        ("GID-SGWAVE0738", "safe_staffing_guideline"),
        ("GID-XY12", None),
        ("TA1", "technology_appraisal_guidance"),
    ],
)
def test_the_letters_of_a_reference_tell_the_type(reference: str, kind: str | None) -> None:
    assert publishers.by_id("nice").document_type(reference) == kind


@pytest.mark.parametrize(
    ("address", "text", "kind", "quoted"),
    [
        ("https://www.gov.uk/guidance/heels", "Guidance\n\nCare of heels\n\nHeels ache.", "guidance", "Guidance"),
        ("https://www.gov.uk/guidance/heels", "Guidance on heels\n\nHeels ache.", None, None),
        (
            "https://www.ecdc.europa.eu/en/heels",
            "Rapid risk assessment: sore heels\n\nRisk assessment\n\nHeels ache.",
            "rapid_risk_assessment",
            "Rapid risk assessment",
        ),
        (
            "https://www.acog.org/heels",
            "Opinions\n\nCommittee Opinion\n\nHeels\n\nOn heels.\n\nMore\n\nYet more\n\nCommittee Opinion\n\nToes",
            None,
            None,
        ),
        (
            "https://www.rcog.org.uk/heels",
            "Cracked heels (Green-top Guideline No. 46a)\n\nPublished: 12/05/2031\n\nHeels ache.",
            "green_top_guideline",
            "Green-top Guideline",
        ),
        ("https://www.rcog.org.uk/heels", "Heels, and what (Green-top Guideline) says\n\nHeels ache.", None, None),
        (
            "https://www.who.int/heels",
            "Wax for heels\n\nGuidance summary*\n\nHeels ache.",
            "guidance_summary",
            "Guidance summary",
        ),
        (
            "https://www.hse.ie/heels",
            "Unfortunately, you are using an outdated browser. The list of supported browsers:\n\n  1. Chrome\n  2. Edge\n  3. Opera"
            "\n  4. Safari\n  5. Firefox\n\nHSE National Policy\n\nHSE National Heel Policy\n\nTopic: Heels\n\nHeels ache.",
            "hse_national_policy",
            "HSE National Policy",
        ),
        (
            "https://www.uspreventiveservicestaskforce.org/heels",
            "Heel board\n\n" + 9 * "DRAFT\n\n" + "Draft Recommendation Statement\n\nHeels ache.",
            "draft_recommendation_statement",
            "Draft Recommendation Statement",
        ),
        (
            "https://www.uspreventiveservicestaskforce.org/heels",
            "Archived Final Recommendation Statement\n\nCracked Heels: Screening, May 2033\n\nHeels ache.",
            "final_recommendation_statement",
            "Final Recommendation Statement",
        ),
        (
            "https://www.who.int/heels",
            "Care of boots\n\nWHO/HWX technical notes on boots in floods\n\nBoots leak.",
            "technical_note",
            "technical note",
        ),
        ("https://www.who.int/heels", "WHO/HWX technical notes on boots\n\nNote 1: socks\n\nNote 2: wax", None, None),
        ("https://example.org/heels", "Guidance\n\nCare of heels\n\nHeels ache.", None, None),
    ],
)
def test_a_publisher_prints_the_type_by_the_title(
    address: str, text: str, kind: str | None, quoted: str | None
) -> None:
    record = structure([Capture(text.encode(), "heels.txt", url=address)])
    ground = record.provenance.document_type
    assert (record.document_type, ground and ground.evidence[0].quote) == (kind, quoted)


def test_credentials_ports_and_tracking_are_no_part_of_an_address() -> None:
    address = canonical_address("HTTPS://me:secret@Example.ORG:8443//a//b/?utm_medium=x&b=2&a=1#frag")
    assert address == "https://example.org/a/b?a=1&b=2"


def test_what_names_no_host_is_no_address() -> None:
    place = identity.identify(Capture(b"Some words.", "a.txt", "www.nhs.uk/conditions/x/", media_type="text/plain"))
    assert (place.url, place.rule) == (None, "digest")


def test_the_old_form_of_an_nhs_address_is_the_same_record() -> None:
    assert placed("http://www.nhs.uk/Conditions/zika-virus/Pages/Introduction.aspx")[0] == "nhs:conditions/zika-virus"
    assert placed("http://www.nhs.uk/conditions/zika-virus/Pages/Treatment.aspx") == (
        "nhs:conditions/zika-virus",
        "https://www.nhs.uk/conditions/zika-virus/pages/treatment.aspx",
        PageKind.CHAPTER,
    )


@pytest.mark.parametrize(
    ("words", "address", "kind"),
    [
        ("Status: In progress\nID number: 99", None, PageKind.IN_DEVELOPMENT),
        ("The draft guideline is out for consultation with stakeholders.", None, PageKind.CONSULTATION),
        (
            "The draft guideline is out for consultation with stakeholders.",
            "https://www.nice.org.uk/guidance/ng999/documents/html-content",
            PageKind.CONSULTATION,
        ),
        (
            "The draft guideline is out for consultation with stakeholders.",
            "https://www.nice.org.uk/guidance/indevelopment/gid-ng99999",
            PageKind.IN_DEVELOPMENT,
        ),
        ("This guideline covers rest. We checked it in May 2018 and we are updating it.", None, PageKind.DOCUMENT),
    ],
)
def test_where_no_address_tells_the_words_do(words: str, address: str | None, kind: PageKind) -> None:
    record = structure([Capture(words.encode(), "page.txt", url=address, media_type="text/plain")])
    assert record.page_kind is kind
    assert record.parts[0].page_kind is kind
    if record.provenance.page_kind and record.provenance.page_kind.basis is Basis.INFERRED:
        assert record.provenance.page_kind.evidence == record.status.evidence


@pytest.mark.parametrize(
    ("place", "currency"),
    [
        ("guidance/indevelopment/gid-ta99999", "in_development"),
        ("guidance/awaiting-development/gid-ta99999", "awaiting_development"),
        ("guidance/discontinued/gid-ta99999", "discontinued"),
        ("guidance/topic-selection/gid-ta99999", "unknown"),
        ("consultations/9999/1/recommendations", "in_consultation"),
        ("guidance/ng999", "unknown"),
    ],
)
def test_a_place_says_how_its_project_stands(place: str, currency: str) -> None:
    capture = Capture(
        b"Rest for tiredness", "page.txt", url=f"https://www.nice.org.uk/{place}", media_type="text/plain"
    )
    assert structure([capture]).status.currency == currency


@pytest.mark.parametrize(
    ("top", "basis"),
    [
        ("Hand hygiene", Basis.INFERRED),
        ("# Hand hygiene", Basis.EXPLICIT),
        ("#   Hand hygiene", Basis.EXPLICIT),
        ("Hand hygiene\n============", Basis.EXPLICIT),
        ("Guideline title\nHand hygiene", Basis.EXPLICIT),
    ],
)
def test_a_first_line_that_nothing_marks_is_the_title_by_inference_alone(top: str, basis: Basis) -> None:
    record = structure([Capture(f"{top}\n\nHand hygiene keeps staff well. Wash with soap.\n".encode(), "a.txt")])
    assert record.title is not None
    assert (record.title.value, record.title.basis) == ("Hand hygiene", basis)
    assert (record.title.confidence is None) is (basis is Basis.EXPLICIT)


@pytest.mark.parametrize(
    ("url", "top", "title"),
    [
        ("http://www.who.int/heels/care/en/", "Heels and toes\n\nWax for walkers", "Wax for walkers"),
        ("http://www.who.int/heels/care/en/index2.html", "Heels and toes\n\nWax for walkers", "Wax for walkers"),
        ("http://www.who.int/heels/care/en/", "Wax for walkers\n\n8 January 2033", "Wax for walkers"),
        ("http://www.who.int/mediacentre/wax/en/", "Wax for walkers\n\nHeels and toes", "Wax for walkers"),
        ("https://www.who.int/heels/care", "Wax for walkers\n\nHeels and toes", "Wax for walkers"),
    ],
)
def test_old_pages_of_the_who_are_headed_by_a_part_of_its_site(url: str, top: str, title: str) -> None:
    words = f"{top}\n\nWalkers have sore heels and toes. Wax for walkers is cheap and keeps them dry.\n"
    record = structure([Capture(words.encode(), "a.txt", url=url, media_type="text/plain")])
    assert record.title is not None
    assert (record.title.value, record.title.basis) == (title, Basis.INFERRED)


@pytest.mark.parametrize(
    ("place", "printed", "identifier"),
    [
        ("rest-for-adults-ta901", "", "TA901"),
        ("rest-for-adults-ta901", "TA902\n\n", "TA902"),
        ("rest-for-adults-xq901", "", None),
        ("about", "", None),
    ],
)
def test_an_extract_bears_the_reference_of_its_address_where_it_prints_none(
    place: str, printed: str, identifier: str | None
) -> None:
    words = f"NICE technology appraisal guidance\n\n{printed}Rest for adults\n\nThis is an extract from the guidance.\n"
    capture = Capture(words.encode(), "a.txt", url=f"http://publications.nice.org.uk/{place}", media_type="text/plain")
    record = structure([capture])
    assert (record.id, record.identifier) == (f"nice:publications.nice.org.uk/{place}", identifier)
