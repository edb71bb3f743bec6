"""Where NICE keeps a page says what it is: indicators with a title in their address, products out of force, drafts in chapters."""

from __future__ import annotations

import pytest

from betony import publishers
from betony.model import Capture, Head, PageKind
from betony.pipeline import structure
from betony.record import Record

SITE = "https://www.nice.org.uk"


def page(place: str, header: str, content: str, *, menu: tuple[str, ...] = (), retrieved: str | None = None) -> Capture:
    """A page in the markup of NICE's site: breadcrumbs, the header with its metadata, the chapters' menu, the content."""
    chapters = "".join(f'<li class="stacked-nav__list-item"><a href="{at}"><span>{at}</span></a></li>' for at in menu)
    html = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Chest steam | NICE</title>
<meta name="DC.Publisher" content="NICE"></head><body><header><a href="/">NICE</a></header><main>
<nav aria-label="Breadcrumbs"><ol class="breadcrumbs"><li class="breadcrumbs__crumb"><a href="/">Home</a></li></ol></nav>
<div class="page-header" id="content-start"><h1 class="page-header__heading">Steam for the chest in adults</h1>
<ul class="page-header__metadata">{header}</ul></div>
<div class="grid"><section aria-label="Chapters">
<nav aria-label="Chapter pages" class="stacked-nav"><ul class="stacked-nav__list">{chapters}</ul></nav></section>
<section>{content}</section></div></main><footer><p>Footer</p></footer></body></html>"""
    return Capture(html.encode(), f"{place.rpartition('/')[2]}.html", url=f"{SITE}/{place}", retrieved_at=retrieved)


def chapter(number: str, title: str, paragraphs: dict[str, str]) -> str:
    """A chapter of a document that the site converted, whose numbered paragraphs are articles with a heading each."""
    numbered = "".join(
        f'<article class="numbered-paragraph" id="0-1-{at}"><h3>{at}</h3><div><p>{words}</p></div></article>'
        for at, words in paragraphs.items()
    )
    return f'<div class="chapter" title="{number} {title}"><h2 class="title"><a id="x"></a>{number} {title}</h2>{numbered}</div>'


def made(*captures: Capture) -> Record:
    assert len({publishers.by_id("nice").canonical(str(capture.url)) for capture in captures}) == len(captures)
    return structure(list(captures))


HEADER = "<li>{kind}</li><li>{reference}</li><li>Published:<time datetime='2022-08-03'>&nbsp;3 August 2022</time></li>"
INDICATOR = HEADER.format(kind="NICE indicator", reference="IND9032")
APPRAISAL = HEADER.format(kind="Technology appraisal guidance", reference="TA9031")
CHECKED = "<p>We checked this guidance in May 2019. We found no new evidence that affects the recommendations.</p>"


def test_an_indicator_and_its_chapters_are_one_record() -> None:
    own = "indicators/ind9032-steam-for-the-chest-in-adults"
    menu = (f"/{own}", f"/{own}/chapter/rationale", f"/{own}/chapter/specification")
    record = made(
        page(f"{own}/chapter/specification", INDICATOR, "<h2>Specification</h2><p>Numerator: adults.</p>", menu=menu),
        page(f"{own}/chapter/rationale", INDICATOR, "<h2>Rationale</h2><p>Steam may soothe.</p>", menu=menu),
        page(own, INDICATOR, "<p>The percentage of adults who were offered steam.</p>", menu=menu),
    )
    assert (record.id, record.identifier, record.document_type) == ("nice:ind9032", "IND9032", "indicator")
    assert record.page_kind is PageKind.OVERVIEW
    assert [str(part.url).rpartition("/")[2] for part in record.parts] == ["ind9032", "rationale", "specification"]
    assert record.dates.published is not None
    assert record.dates.published.value == "2022-08-03"
    assert not [warning for warning in record.quality.warnings if warning.code == "chapter_missing"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("indicators/ind9032-steam", "indicators/IND9032-steam-for-adults/"),
        ("indicators/ind9032-steam/chapter/rationale", "indicators/ind9032/chapter/Rationale"),
        ("guidance/ta9031", "guidance/terminated/TA9031"),
        ("guidance/ng9/chapter/context", "guidance/retired/ng9/chapter/Context"),
    ],
)
def test_a_new_title_or_stage_is_no_new_page(first: str, second: str) -> None:
    nice = publishers.by_id("nice")
    assert nice.canonical(f"{SITE}/{first}") == nice.canonical(f"{SITE}/{second}")


@pytest.mark.parametrize(("stage", "currency"), [("retired", "withdrawn"), ("terminated", "terminated")])
def test_a_product_out_of_force_is_known_by_its_place(stage: str, currency: str) -> None:
    record = made(page(f"guidance/{stage}/ta9031", APPRAISAL, "<p>Evidence-based advice on steam.</p>"))
    assert (record.id, record.page_kind) == ("nice:ta9031", PageKind.OVERVIEW)
    assert (record.status.code, record.status.currency, record.status.rule) == ("retired", currency, "page kind")


def test_a_statement_from_before_does_not_put_it_in_force_again() -> None:
    record = made(page("guidance/retired/ta9031", APPRAISAL, CHECKED))
    assert record.status.currency == "withdrawn"
    [conflict] = [warning for warning in record.quality.warnings if warning.code == "conflict"]
    assert "checked_no_update" in conflict.message
    assert made(page("guidance/ta9031", APPRAISAL, CHECKED)).status.currency == "checked_no_update"


def test_what_replaced_it_says_more_than_its_place() -> None:
    words = "<p>This guidance has been replaced by NICE technology appraisal guidance 9044.</p>"
    record = made(page("guidance/retired/ta9031", APPRAISAL, words))
    assert record.status.currency == "replaced"
    assert record.status.evidence


def test_the_chapters_of_a_draft_are_one_document_in_its_order() -> None:
    own = "guidance/indevelopment/gid-hte99033/documents/draft-guidance"
    menu = (f"/{own}", f"/{own}/chapter/the-technologies", f"/{own}/chapter/committee-discussion")
    header = "<li>In development GID-HTE99033</li><li>Expected publication date: TBC</li>"
    record = made(
        page(
            f"{own}/chapter/committee-discussion", header, chapter("3", "Discussion", {"3.1": "It heard."}), menu=menu
        ),
        page(
            f"{own}/chapter/the-technologies",
            header,
            chapter("2", "The technologies", {"2.1": "Steam devices can be used at home.", "2.2": "There are 3."}),
            menu=menu,
        ),
        page(
            own,
            header,
            chapter("1", "Recommendations", {"1.1": "Offer steam to adults.", "1.2": "Do not offer cold steam."}),
            menu=menu,
        ),
    )
    assert record.id == f"nice:{own}"
    assert (record.page_kind, record.status.currency) == (PageKind.CONSULTATION, "in_consultation")
    assert [str(part.url).removeprefix(f"{SITE}/{own}") for part in record.parts] == [
        "",
        "/chapter/the-technologies",
        "/chapter/committee-discussion",
    ]
    found = [(item.number, item.text, item.strength.direction) for item in record.recommendations if item.strength]
    assert found == [("1.1", "Offer steam to adults.", "for"), ("1.2", "Do not offer cold steam.", "against")]


def test_a_document_of_a_project_is_not_out_for_consultation_because_it_is_a_document() -> None:
    record = made(page("guidance/indevelopment/gid-ta99034/documents/final-scope", "", "<p>The remit is steam.</p>"))
    assert (record.page_kind, record.status.currency) == (PageKind.RESOURCE, "in_development")


def test_an_indicator_leads_to_its_chapters() -> None:
    own = "indicators/ind9032-steam"
    there = f"/{own}/chapter/rationale"
    elsewhere = "/indicators/ind9033-sleep/chapter/rationale"
    overview = page(own, INDICATOR, "<p>Steam.</p>", menu=(f"/{own}", there, elsewhere))
    leads = publishers.by_id("nice").leads(str(overview.url), overview.body)
    assert leads.documents == (f"{SITE}{there}",)


def test_an_older_chapter_that_the_overview_no_longer_names_is_for_a_person_to_look_at() -> None:
    own = "guidance/ta9031"
    kept, gone = f"{own}/chapter/Recommendations", f"{own}/chapter/1-Recommendations"
    words = "<h2>Recommendations</h2><p>Offer steam to adults with a tight chest.</p>"
    captures = [
        page(own, APPRAISAL, CHECKED, menu=(f"/{own}", f"/{kept}"), retrieved="2026-03-02T09:00:05Z"),
        page(kept, APPRAISAL, words, menu=(f"/{own}", f"/{kept}"), retrieved="2026-03-02T09:00:00Z"),
        page(gone, APPRAISAL, words, menu=(f"/{own}", f"/{gone}"), retrieved="2025-01-07T09:00:00Z"),
    ]
    (warning,) = (one for one in made(*captures).quality.warnings if one.code == "chapter_unlisted")
    assert warning.level == "review"
    assert f"{SITE}/{gone.lower()}" in warning.message
    of_one_visit = [*captures[:2], page(gone, APPRAISAL, words, retrieved="2026-03-02T08:59:00Z")]
    assert "chapter_unlisted" not in {one.code for one in made(*of_one_visit).quality.warnings}
    assert "chapter_unlisted" not in {one.code for one in made(*captures[:2]).quality.warnings}


SUMMARY = b"""<!DOCTYPE html><html lang="en-GB"><head><title>%s | CKS | NICE</title></head><body>
<main><div class="page-header"><h1>%s</h1><p>Last revised in March 2026</p></div>
<nav aria-label="Cough chapters"><ul><li><a href="/topics/cough/">Summary</a></li><li><a href="/topics/cough/management/">
Management</a><ul><li><a href="/topics/cough/management/acute-cough/">Acute cough</a></li></ul></li></ul></nav>
<h2>%s</h2><ul><li>%s</li></ul></main></body></html>"""
TOPIC = "https://cks.nice.org.uk/topics/cough"


def test_a_clinical_knowledge_summary_is_a_topic_with_its_chapters() -> None:
    overview = SUMMARY % (b"Cough | Topics A to Z", b"Cough", b"Summary", b"A cough clears the airways.")
    chapter_title = b"Scenario: Acute cough | Management | Cough"
    scenario = SUMMARY % (
        chapter_title,
        b"Cough: Scenario: Acute cough",
        b"How should I manage acute cough?",
        b"Do not offer an oral antibiotic to people who are well.",
    )
    record = made(
        Capture(scenario, "b.html", url=f"{TOPIC}/management/acute-cough/"),
        Capture(overview, "a.html", url=f"{TOPIC}/"),
    )
    assert (record.id, record.page_kind) == ("cks:topics/cough", PageKind.OVERVIEW)
    assert record.title is not None
    assert record.title.value == "Cough"
    assert [str(part.url) for part in record.parts] == [TOPIC, f"{TOPIC}/management/acute-cough"]
    [advice] = record.recommendations
    assert advice.text == "Do not offer an oral antibiotic to people who are well."
    leads = publishers.by_id("cks").leads(f"{TOPIC}/", overview)
    assert leads.documents == (f"{TOPIC}/management/", f"{TOPIC}/management/acute-cough/")


def test_what_a_clinical_knowledge_summary_says_under_headings_of_its_own() -> None:
    html = b"""<html lang="en"><body><main><h1>Cough: Background</h1>
<h2>Have I got the right topic?</h2><p>This topic covers cough in adults.</p>
<h2>How up-to-date is this topic?</h2><p>Last revised in March 2026.</p>
<h2>Scenario: acute cough</h2><p>Offer honey.</p><h3>Basis for recommendation</h3><p>Experts agree.</p></main></body></html>"""
    record = structure([Capture(html, "a.html", url=f"{TOPIC}/background-information/")])
    types = {section.heading.text: section.type for section in record.sections if section.heading}
    assert types["Have I got the right topic?"] == "scope"
    assert types["How up-to-date is this topic?"] == "status"
    assert types["Basis for recommendation"] == "discussion"


def test_the_title_of_a_chapter_names_its_topic() -> None:
    title = publishers.by_id("cks").title
    assert title(Head("Scenario: Acute cough | Management | Cough | CKS | NICE")) == "Cough"
    assert title(Head("Cough | Topics A to Z | CKS | NICE")) == "Cough"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://bnf.nice.org.uk/drugs/paracetamol/", PageKind.DOCUMENT),
        ("https://bnfc.nice.org.uk/treatment-summaries/fever/", PageKind.DOCUMENT),
        ("https://bnf.nice.org.uk/about/", PageKind.OTHER),
        ("https://cks.nice.org.uk/about/", PageKind.OTHER),
        ("https://cks.nice.org.uk/topics/", PageKind.OTHER),
    ],
)
def test_what_stands_on_the_other_sites_of_nice(url: str, kind: PageKind) -> None:
    publisher = publishers.of_address(url)
    assert publisher.page(publisher.canonical(url)).kind is kind


def test_pages_of_the_oldest_site_are_told_apart_by_their_number() -> None:
    publisher = publishers.by_id("nice")
    one = publisher.canonical("http://www.nice.org.uk/guidance/index.jsp?action=download&r=true&o=99001")
    other = publisher.canonical("http://www.nice.org.uk/guidance/index.jsp?action=byID&o=99002&textonly=true")
    assert (one, other) == (
        "https://www.nice.org.uk/guidance/index.jsp?o=99001",
        "https://www.nice.org.uk/guidance/index.jsp?o=99002",
    )
    assert publisher.canonical("http://www.nice.org.uk/newsroom/list.jsp?textonly=true").endswith("/newsroom/list.jsp")


def test_a_manual_below_the_older_root_is_the_one_below_the_newer() -> None:
    publisher = publishers.by_id("nice")
    address = publisher.canonical("https://www.nice.org.uk/article/pmg99/chapter/Introduction")
    assert (address, publisher.page(address).reference) == (
        "https://www.nice.org.uk/process/pmg99/chapter/introduction",
        "PMG99",
    )


@pytest.mark.parametrize("place", ["csgheel", "guidance/csgheel", "guidance/csgheelcare"])
def test_guidance_whose_address_has_letters_for_a_number_is_a_product(place: str) -> None:
    content = "<p>This guidance covers heel services.</p><p>Last reviewed: 24 March 2004</p>"
    record = made(page(place, "", content))
    assert (record.page_kind, record.document_type) == (PageKind.OVERVIEW, "cancer_service_guideline")


def test_what_lies_below_guidance_without_a_number_is_a_resource() -> None:
    record = made(
        page("guidance/csgheel/evidence/heel-services-the-manual2", "", "<p>This manual covers heel services.</p>")
    )
    assert record.page_kind is PageKind.RESOURCE


def test_a_chapter_alone_has_its_own_heading_as_the_title_of_its_part() -> None:
    words = chapter("1", "Recommendations", {"1.1": "Offer steam to adults."})
    record = made(page("guidance/ta9031/chapter/1-recommendations", APPRAISAL, words))
    assert record.title is not None
    assert (record.title.value, record.parts[0].title) == ("Steam for the chest in adults", "1 Recommendations")


def test_a_team_of_the_publisher_is_no_other_developer() -> None:
    for team, creators in (("NICE Guideline Updates Team", []), ("National Heel Centre", ["National Heel Centre"])):
        record = made(page("guidance/ta9031", APPRAISAL, f"<h2>Process</h2><p>Developer: {team}</p>"))
        assert [creator.name for creator in record.creators] == creators


def test_what_an_appraisal_decides_is_read_where_the_address_alone_tells_that_it_is_one() -> None:
    words = (
        b"1 Recommendations\n\n1.1 Wax is not recommended for sore heels.\n\n1.2 Heel cups are recommended when the following "
        b"criteria are met.\n\n1.3 People having wax that is not recommended in 1.1 should be able to go on."
    )
    found = []
    for address in ("ta9031", "ng9031"):
        place = f"{SITE}/guidance/{address}/chapter/1-recommendations"
        record = structure([Capture(words, "a.txt", url=place, media_type="text/plain")])
        found.append([one.outcome for one in record.recommendations])
    assert found == [["not_recommended", "optimised", None], [None, None, None]]


def test_a_topic_that_is_weighed_against_others_is_a_project() -> None:
    record = made(page("guidance/prioritisation/gid-ta99001", "", "<p>Status: Topic prioritisation</p>"))
    assert (record.identifier, record.page_kind) == ("GID-TA99001", PageKind.IN_DEVELOPMENT)


def test_guidance_published_at_the_address_of_its_project_is_no_draft() -> None:
    words = "<p>This guideline covers steam.</p><h2>Your responsibility</h2><p>Staff should use their judgement.</p>"
    record = made(page("guidance/indevelopment/gid-ng99035", "<li>Guidance</li>", words))
    assert (record.status.code, record.status.currency, record.page_kind) == ("unknown", "unknown", PageKind.OVERVIEW)
    assert [(item.code, item.evidence[0].quote) for item in record.quality.warnings if item.code == "conflict"] == [
        ("conflict", "Your responsibility")
    ]


def test_a_project_goes_on_when_its_consultation_is_over() -> None:
    words = "<p>The consultation on the draft guideline has now closed. We are reading the comments.</p>"
    project = made(page("guidance/indevelopment/gid-ng99035", "", words))
    assert (project.status.code, project.status.currency, project.status.notice) == ("draft", "in_development", None)
    consultation = made(page("consultations/99035/1/advice", "", words))
    assert (consultation.status.code, consultation.status.currency) == ("unknown", "unknown")


def test_a_draft_whose_consultation_is_over_is_the_consultations_page() -> None:
    words = "<p>The consultation period has now closed.</p><p>This guideline may change after consultation.</p>"
    record = made(page("guidance/ng99035/documents/heel-consultation", "", words))
    assert (record.status.code, record.status.currency) == ("draft", "in_development")
    assert record.page_kind is PageKind.CONSULTATION
    assert [item.quote for item in record.status.evidence] == [
        "The consultation period has now closed.",
        "This guideline may change after consultation.",
    ]


def test_a_manual_says_what_those_must_do_who_take_part() -> None:
    words = (
        "<h1>4 Appeals</h1><h2>4.1 The scope of an appeal</h2><p>Companies must not lobby the committee. Companies should rest. Companies need to rest. "
        "The committee is responsible for the date. Appeals should be short. You should wait. "
        "An appeal must be brought against advice. Appeals must be sent in writing to heels@heel.org. The panel may rest.</p>"
    )
    manual = made(page("process/pmg99/chapter/appeals", "", words))
    assert {section.type for section in manual.sections if section.heading} == {"development"}
    assert [(duty.actor, duty.modality, duty.recipient) for duty in manual.responsibilities] == [
        ("Companies", "must_not", None),
        ("Companies", "should", None),
        ("The committee", "responsible", None),
        (None, "must", "heels@heel.org"),
    ]


@pytest.mark.parametrize(
    ("place", "told", "published"),
    [
        ("guidance/ipg99050", "on steam for coughs in May 2031.", "2031-05"),
        ("guidance/ipg99050", "on steam for coughs, in May, 2031.It replaces earlier advice.", "2031-05"),
        ("guidance/ipg99050", "on steam for coughs in May 2031. NICE is currently updating this guidance.", None),
        ("guidance/ipg99050", "on steam for coughs (IPG949) in May 2031.", None),
        ("guidance/ipg99050", "on steam for coughs.", None),
        ("guidance/indevelopment/gid-ipg99050", "on steam for coughs in May 2031.", None),
    ],
)
def test_the_lead_of_guidance_in_force_says_when_it_was_issued(place: str, told: str, published: str | None) -> None:
    lead = "The National Institute for Health and Care Excellence (NICE) issued full guidance to the NHS in England "
    record = made(page(place, "", f"<p>{lead}{told}</p><p>Steam is warm.</p>"))
    date = record.dates.published
    assert (date and date.value) == published
    assert date is None or date.evidence[0].quote.startswith(lead)


def test_of_a_topic_that_was_not_selected_no_guidance_is_to_come() -> None:
    fields = "<p>Status:</p><p>Topic selection</p><p>Decision:</p><p>Not selected</p><p>It is not for guidance.</p>"
    record = made(page("guidance/indevelopment/gid-ipg99036", "", fields))
    assert (record.status.code, record.status.currency, record.status.notice) == (
        "unknown",
        "unknown",
        "Decision:\n\nNot selected",
    )


def test_quality_statements_without_numbers() -> None:
    words = """<h2>Quality statements</h2><p>These quality statements are from the standard on steam.</p>
<h2>Quality statements</h2><p>Patients are met with patience.</p><p>Patients experience follow-up by the same nurse.</p>"""
    record = made(page("guidance/cg99037/chapter/quality-statements", "", words))
    assert [(item.kind, item.number, item.population, item.text) for item in record.recommendations] == [
        ("quality_statement", None, "Patients", "Patients are met with patience."),
        ("quality_statement", None, "Patients", "Patients experience follow-up by the same nurse."),
    ]


def test_information_for_the_public_recommends_nothing_and_says_who_should_do_what() -> None:
    words = """<h2>Questions you might ask about steam</h2><p>Your doctor should explain the risks of steam.</p>
<p>You should be part of all decisions.</p><p>How long does it last?</p>"""
    record = made(page("guidance/ng99038/ifp/chapter/steam", "", words))
    assert record.recommendations == []
    assert [(item.actor, item.action) for item in record.responsibilities] == [
        ("Your doctor", "explain the risks of steam"),
        (None, "You be part of all decisions"),
    ]
    assert {str(section.type) for section in record.sections if section.layer == "body"} == {"summary"}


def test_a_manual_tells_how_guidance_is_made_whatever_its_chapters_are_called() -> None:
    words = """<h2>4.1 Recommendations</h2><p>The committee should agree what to recommend.</p>
<h2>4.2 Transfer to the static list</h2><p>Guidance is placed on the static list when no research is likely.</p>"""
    record = made(page("process/pmg9904/chapter/developing-steam", "", words))
    assert record.recommendations == []
    assert [
        str(section.type) for section in record.sections if section.heading and section.heading.text[:1] == "4"
    ] == [
        "development",
        "development",
    ]
    assert record.status.currency == "unknown"


def test_the_address_says_what_a_chapter_without_headings_is_for() -> None:
    words = "1.1.1\nExplain to people with a cough how steam works.\nSteam often helps.\nCoughs may last for weeks.\n"
    bare = {
        place: made(Capture(words.encode(), "chapter.txt", url=f"{SITE}/guidance/ng9031/chapter/{place}"))
        for place in ("recommendations", "1-Guidance", "context")
    }
    types = {place: [section.type for section in record.sections] for place, record in bare.items()}
    assert types["recommendations"] == types["1-Guidance"] == ["recommendations"]
    assert [rule.rule for rule in bare["recommendations"].sections] == ["address"]
    assert all(section.rule != "address" for section in bare["context"].sections)


def test_a_chapter_on_implementation_without_headings_recommends_nothing() -> None:
    words = "4.1\nWhen NICE recommends steam as an option, the NHS must make sure it is available within the period below.\n"
    record = made(Capture(words.encode(), "chapter.txt", url=f"{SITE}/guidance/ta9031/chapter/4-Implementation"))
    assert [(section.type, section.rule) for section in record.sections] == [("implementation", "address")]
    assert record.recommendations == []
    assert [(duty.actor, duty.generic) for duty in record.responsibilities] == [("the NHS", True)]


def test_a_chapter_without_headings_keeps_what_is_no_part_of_its_text_apart() -> None:
    words = "1.1.1\n\nExplain to people with a cough how steam works.\n\nBack to top\n"
    record = made(Capture(words.encode(), "chapter.txt", url=f"{SITE}/guidance/ng9031/chapter/recommendations"))
    assert [(section.type, section.rule) for section in record.sections] == [
        ("recommendations", "address"),
        ("furniture", "layer"),
    ]


def test_headings_say_more_than_the_address_of_their_chapter() -> None:
    words = "Context\n\nSteam is old.\n\nRecommendations\n\n1.1.1 Offer steam to adults with a cough.\n"
    record = made(Capture(words.encode(), "chapter.txt", url=f"{SITE}/guidance/ng9031/chapter/recommendations"))
    assert [section.rule for section in record.sections if section.rule == "address"] == []
    assert [recommendation.number for recommendation in record.recommendations] == ["1.1.1"]


@pytest.mark.parametrize(
    ("place", "line", "title"),
    [
        ("guidance/ta9031/resources/review-decision-december-2028", "Review decision - December 2028", True),
        ("guidance/ta9031/evidence/static-list-review-april-2036-2432", "Static List Review – April 2036", True),
        ("guidance/ta9031/resources/letter-to-the-firm-2432", "Review decision - December 2028", False),
        ("guidance/ta9031", "Review decision - December 2028", False),
    ],
)
def test_the_first_line_of_a_resource_is_its_title_where_its_address_says_the_same(
    place: str, line: str, title: bool
) -> None:
    text = f"{line}\n\nReview of steam for the chest\n\nThe review was put off for a year."
    record = structure([Capture(text.encode(), "a.txt", url=f"{SITE}/{place}", media_type="text/plain")])
    assert (record.title.value if record.title else None) == (line if title else None)


def test_codes_below_their_heading_on_a_page_at_the_address_of_a_procedure() -> None:
    words = "Steam for coughs is warm.\n\nCoding recommendations\n\nX58.1 Steaming of chest"
    found = {
        place: [code.code for code in made(Capture(words.encode(), "a.txt", url=f"{SITE}/guidance/{place}")).codes]
        for place in ("ipg99051", "ng99051")
    }
    assert found == {"ipg99051": ["X58.1"], "ng99051": []}


def test_an_extract_is_of_the_type_of_its_reference() -> None:
    words = "Care of coughs\n\nSteam is warm."
    record = made(Capture(words.encode(), "a.txt", url="http://publications.nice.org.uk/care-of-coughs-cg951"))
    assert (record.identifier, record.document_type) == ("CG951", "clinical_guideline")


def test_what_stands_between_recommendations_and_the_first_heading_recommends() -> None:
    words = (
        "1.1\n\nSteam can be used as an option for coughs in adults.\n\nThis procedure should only be done as part of formal research.\n\n"
        "What this means in practice\n\nThere is enough evidence on the safety and efficacy of this procedure."
    )
    places = ("chapter/1-Recommendations", "chapter/2-The-procedure")
    found = {place: made(Capture(words.encode(), "a.txt", url=f"{SITE}/guidance/ipg99052/{place}")) for place in places}
    assert [
        [section.type for section in record.sections if not section.heading and "formal research" in section.text]
        for record in found.values()
    ] == [["recommendations"], ["procedure"]]


def test_letters_of_projects_say_what_is_to_come() -> None:
    nice = publishers.by_id("nice")
    assert nice.document_type("GID-MT920") == "medical_technologies_guidance"
    assert nice.document_type("GID-QSD9") == "quality_standard"
    assert nice.document_type("GID-HUB9") is None


def test_a_hub_and_an_old_indicator_have_places_of_their_own() -> None:
    nice = publishers.by_id("nice")
    hub = nice.page(f"{SITE}/hub/indevelopment/gid-hub10093")
    assert (hub.reference, hub.kind, hub.standing) == ("GID-HUB10093", PageKind.IN_DEVELOPMENT, None)
    old = nice.page(f"{SITE}/standards-and-indicators/qofindicators/the-percentage-of-patients-with-heels")
    assert (old.kind, old.document_type) == (PageKind.DOCUMENT, "indicator")
    assert nice.page(f"{SITE}/standards-and-indicators").kind is PageKind.OTHER


def test_a_statement_of_an_old_quality_standard_is_a_document() -> None:
    nice = publishers.by_id("nice")
    old = nice.page(f"{SITE}/guidance/qualitystandards/heels/waxing.jsp")
    assert (old.kind, old.document_type) == (PageKind.DOCUMENT, "quality_standard")
    assert nice.page(f"{SITE}/guidance/qualitystandards/heels.jsp").kind is PageKind.OTHER


def test_a_final_draft_is_in_no_consultation() -> None:
    nice = publishers.by_id("nice")
    final = nice.page(f"{SITE}/guidance/indevelopment/gid-ta10958/documents/final-draft-guidance")
    assert (final.kind, final.standing) == (PageKind.RESOURCE, "in_development")
    first = nice.page(f"{SITE}/guidance/indevelopment/gid-ta10958/documents/draft-guidance-consultation")
    assert (first.kind, first.standing) == (PageKind.CONSULTATION, "in_consultation")
