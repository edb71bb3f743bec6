"""Why a recommendation was made: the section that says so, by its place, by the numbers that it names, by its topic."""

from __future__ import annotations

import pytest

from betony.model import Capture
from betony.pipeline import structure

ADDRESS = "https://www.nice.org.uk/guidance/ng9098/chapter/recommendations"


def read(content: str) -> dict[str | None, str | None]:
    page = f"<main><h1>Sore heels</h1>{content}</main>"
    record = structure([Capture(page.encode(), "a.html", url=ADDRESS, media_type="text/html")])
    return {one.number: one.rationale for one in record.recommendations}


def test_reasons_below_the_recommendations_of_their_section() -> None:
    assert read("""<h2>1 Recommendations</h2><p>1.1 Offer wax.</p><p>1.2 Do not offer balm.</p>
<h3>Why the committee made these recommendations</h3><p>Wax works in trials, and balm does not.</p>""") == {
        "1.1": "1-recommendations/why-the-committee-made-these-recommendations",
        "1.2": "1-recommendations/why-the-committee-made-these-recommendations",
    }


def test_why_it_has_been_said_of_a_technology() -> None:
    assert read("""<h2>Recommendations</h2><p>1.1 NICE recommends waxumab as an option for gout.</p>
<h2>Why has NICE said this?</h2><p>Wax works in trials.</p>""") == {"1.1": "why-has-nice-said-this"}


def test_what_they_mean_in_practice_may_stand_between_recommendations_and_reasons() -> None:
    page = """<h2>1 Recommendation</h2><p>1.1 Waxumab can be used as an option for gout.</p>
<h2>{}</h2><p>It must be funded.</p><h2>Why this recommendation was made</h2><p>Wax works in trials.</p>"""
    assert read(page.format("What this means in practice")) == {"1.1": "why-this-recommendation-was-made"}
    assert read(page.format("Glossary")) == {"1.1": None}


def test_why_a_question_for_research_is_important() -> None:
    page = """<main><h1>Sore heels</h1><h2>2 Research recommendations</h2><h3>2.1 Paring</h3>
<p>What is the effect of paring in adults?</p><h3>Why this is important</h3><p>Few studies look at paring.</p>
<h3>2.2 Taping</h3><p>Does taping speed the healing of cracks?</p><h3>Why this is important</h3><p>Nobody has looked.</p></main>"""
    record = structure([Capture(page.encode(), "a.html", url=ADDRESS, media_type="text/html")])
    assert [one.rationale for one in record.recommendations] == [
        "2-research-recommendations/why-this-is-important",
        "2-research-recommendations/why-this-is-important~2",
    ]


def test_each_group_has_the_reasons_right_below_it() -> None:
    assert read("""<h2>Recommendations</h2><h3>1.1 Washing</h3><p>1.1.1 Wash heels.</p>
<h4>Why the committee made the recommendation</h4><p>Clean heels heal.</p><p>1.1.2 Avoid tight shoes.</p>
<h3>1.2 Waxing</h3><p>1.2.1 Offer wax.</p>""") == {
        "1.1.1": "recommendations/1-1-washing/why-the-committee-made-the-recommendation",
        "1.1.2": None,
        "1.2.1": None,
    }


def test_recommendations_go_on_behind_the_reasons_with_the_next_number_alone() -> None:
    page = """<h2>Recommendations</h2><h3>1.1 Washing</h3><p>1.1.1 Wash heels.</p>
<h4>Why the committee made these recommendations</h4><p>Clean heels heal.</p><p>{} Avoid tight shoes.</p>"""
    assert list(read(page.format("1.1.2"))) == ["1.1.1", "1.1.2"]
    assert list(read(page.format("1.1.4"))) == ["1.1.1"]


def test_reasons_that_name_the_numbers_they_are_of() -> None:
    assert read("""<h2>Recommendations</h2><h3>1.1 Washing</h3><p>1.1.1 Wash heels.</p><p>1.1.2 Avoid tight shoes.</p>
<h3>1.2 Waxing</h3><p>1.2.1 Offer wax.</p><p>1.2.10 Offer balm.</p><h2>Rationale and impact</h2>
<p>These sections explain why the committee made the recommendations.</p><h3>Washing and waxing</h3>
<p>Recommendations 1.1.2 and 1.2.1 to 1.2.9</p><p>The evidence showed that wax helps dry heels.</p>""") == {
        "1.1.1": None,
        "1.1.2": "rationale-and-impact/washing-and-waxing",
        "1.2.1": "rationale-and-impact/washing-and-waxing",
        "1.2.10": None,
    }


def test_reasons_to_which_a_sentence_leads_by_their_heading() -> None:
    lead = (
        "For a short explanation of why the committee made the recommendation, see the rationale and impact section on"
    )
    assert read(f"""<h2>Recommendations</h2><h3>1.1 Washing</h3><p>1.1.1 Wash heels.</p>
<p>{lead} clean heels.</p><p>1.1.2 Avoid tight shoes.</p><h2>Rationale and impact</h2><h3>Clean heels</h3>
<p>The committee agreed that the evidence showed clean heels to heal sooner.</p>""") == {
        "1.1.1": "rationale-and-impact/clean-heels",
        "1.1.2": None,
    }


def test_the_reasons_of_one_page_say_nothing_of_what_another_recommends() -> None:
    pages = {
        "quality-statements": "<h2>Quality statements</h2><p>Statement 2 Adults with sores are offered balm.</p>",
        "x": "<h3>Rationale</h3><p>Wax helps in trials, as the evidence showed.</p>",
    }
    address = "https://www.nice.org.uk/guidance/qs9098/chapter"
    record = structure(
        [
            Capture(f"<main>{words}</main>".encode(), place, url=f"{address}/{place}", media_type="text/html")
            for place, words in pages.items()
        ]
    )
    assert [(one.number, one.rationale) for one in record.recommendations] == [("2", None)]


def test_the_reasons_of_a_statement_are_not_those_of_the_list_above_it() -> None:
    assert read("""<h2>List of quality statements</h2><p>Statement 8 Adults with sores are offered balm.</p>
<h2>Quality statement 9: Wax</h2><p>Adults with cracks are offered wax.</p><h2>Rationale</h2><p>Wax helps.</p>""") == {
        "8": None,
        "9": "rationale",
    }


PLAIN = """Recommendations for research

The committee made the following recommendations for research.

1 Paring

What is the effect of paring in adults?

Why this is important

Few studies look at paring. A study should compare it with wax in adults with cracks.

2 Training of nurses

Does training speed the healing of cracks?

Why this is important

Nobody has looked at training, and it is costly."""


@pytest.mark.parametrize("text", [PLAIN, PLAIN.replace("\n\n", "\n")], ids=["blank lines", "none"])
def test_reasons_stand_below_the_question_that_they_are_of(text: str) -> None:
    record = structure([Capture(text.encode(), "a.txt", url=ADDRESS, media_type="text/plain")])
    topics = ("1-paring", "2-training-of-nurses")
    assert [(one.number, one.section, one.rationale) for one in record.recommendations] == [
        (
            topic[0],
            f"recommendations-for-research/{topic}",
            f"recommendations-for-research/{topic}/why-this-is-important",
        )
        for topic in topics
    ]
    assert {section.type for section in record.sections} == {"research"}


def test_a_topic_of_research_may_have_a_number_of_two_parts() -> None:
    text = (
        PLAIN.replace("Recommendations for", "4 Recommendations for")
        .replace("1 Par", "4.1 Par")
        .replace("2 Tr", "4.2 Tr")
    )
    record = structure([Capture(text.encode(), "a.txt", url=ADDRESS, media_type="text/plain")])
    assert [one.number for one in record.recommendations] == ["4.1", "4.2"]
    assert [one.rationale and one.rationale.split("/")[1] for one in record.recommendations] == [
        "4-1-paring",
        "4-2-training-of-nurses",
    ]


def test_questions_without_topics_each_have_their_own_reasons() -> None:
    text = """Recommendations for research

What is the effect of paring in adults?

Why this is important

Few studies look at paring.

Does taping speed the healing of cracks?

Why this is important

Nobody has looked at taping, and it is costly."""
    record = structure([Capture(text.encode(), "a.txt", url=ADDRESS, media_type="text/plain")])
    why = "recommendations-for-research/why-this-is-important"
    assert [one.rationale for one in record.recommendations] == [why, f"{why}~2"]


def test_a_numbered_recommendation_below_reasons_is_kept() -> None:
    text = f"{PLAIN}\n\n1.2.3 Offer wax to adults with cracks.\n\n1.2.4 Do not offer balm."
    record = structure([Capture(text.encode(), "a.txt", url=ADDRESS, media_type="text/plain")])
    assert [one.number for one in record.recommendations] == ["1", "2", "1.2.3", "1.2.4"]
