"""Recommendations."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from lxml import html

from betony.model import Basis, Block, BlockKind, Capture, Fact, Layer, Section, SectionType
from betony.nlp import recommendations
from betony.nlp.arrangements import arrangement
from betony.nlp.recommendations import research
from betony.nlp.strength import statements
from betony.pipeline import structure
from betony.record import Recommendation
from tests import cases, scores


@pytest.mark.parametrize("case", cases.read("recommendations"), ids=lambda case: case.title)
def test_the_recommendations_of_a_passage(case: cases.Case) -> None:
    outcome = scores.result("recommendations", case)
    assert (outcome.missed, outcome.false) == ((), ())


@pytest.mark.parametrize("worst", scores.WORST)
def test_recommendations_take_time_in_proportion(worst: str) -> None:
    assert scores.is_in_proportion("recommendations", worst)


def test_evidence_is_the_blocks_and_the_text_has_a_line_an_item() -> None:
    text = "1.2.3 Offer:\n\n- rest\n\n- water. [2018]"
    starts = [text.index(words) for words in ("1.2.3", "- rest", "- water")]
    ends = [text.index("\n"), text.index("rest") + 4, len(text)]
    kinds = [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]
    blocks = [Block(kind, start, end) for kind, start, end in zip(kinds, starts, ends, strict=True)]
    (fact,) = recommendations.find(text, blocks, [_section(SectionType.RECOMMENDATIONS, text)])
    assert fact.value == "Offer:\nrest\nwater."
    assert fact.spans == tuple(zip(starts, ends, strict=True))
    assert fact.detail["number"] == "1.2.3"
    assert fact.detail["label"] == {"text": "[2018]", "years": [2018], "new": False, "amended": False}


def test_lines_below_a_colon_stay_items_of_their_own() -> None:
    lines = (
        "1.1 Offer a review to:",
        "people who have had more than one stay in a year",
        "adults who live alone and take more than four medicines.",
    )
    text = "\n".join(lines)
    blocks = [Block(BlockKind.PARAGRAPH, text.index(line), text.index(line) + len(line)) for line in lines]
    (fact,) = recommendations.find(text, blocks, [_section(SectionType.RECOMMENDATIONS, text)])
    assert fact.value.splitlines() == ["Offer a review to:", *lines[1:]]


def test_what_a_heading_names_ends_with_its_section() -> None:
    text = "People with gout\n\n1.1.1 Offer wax.\n\n1.2.1 Offer oil."
    starts = [0, text.index("1.1.1"), text.index("1.2.1")]
    ends = [text.index("\n"), text.index("wax.") + 4, len(text)]
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    blocks = [Block(kind, start, end) for kind, start, end in zip(kinds, starts, ends, strict=True)]
    headed = Section(
        SectionType.RECOMMENDATIONS, 0, ends[1], 1, Layer.BODY, Basis.EXPLICIT, "test", heading=(0, ends[0])
    )
    of_next_part = Section(SectionType.RECOMMENDATIONS, starts[2], ends[2], 1, Layer.BODY, Basis.EXPLICIT, "test")
    first, second = recommendations.find(text, blocks, [headed, of_next_part])
    assert first.detail["population"] == "People with gout"
    assert [text[start:end] for start, end in first.spans] == ["1.1.1 Offer wax.", "People with gout"]
    assert second.detail["population"] is None


@pytest.mark.parametrize("layer", list(Layer))
def test_only_the_body_recommends(layer: Layer) -> None:
    text = "Offer rest to adults with fever."
    section = Section(SectionType.RECOMMENDATIONS, 0, len(text), 1, layer, Basis.EXPLICIT, "test")
    found = recommendations.find(text, [Block(BlockKind.PARAGRAPH, 0, len(text))], [section])
    assert bool(found) == (layer is Layer.BODY)


def test_a_quality_statement_takes_the_number_of_its_heading() -> None:
    text = "Quality statement 2: Early review\n\nAdults with gout have a review within 4 weeks."
    end = text.index("\n")
    blocks = [Block(BlockKind.HEADING, 0, end), Block(BlockKind.PARAGRAPH, end + 2, len(text))]
    section = Section(
        SectionType.RECOMMENDATIONS, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test", heading=(0, end)
    )
    (fact,) = recommendations.find(text, blocks, [section])
    assert (fact.detail["kind"], fact.detail["number"]) == ("quality_statement", "2")
    assert fact.value == "Adults with gout have a review within 4 weeks."
    assert [text[start:end] for start, end in fact.spans] == [fact.value, "Quality statement 2"]


@pytest.mark.parametrize(
    ("heading", "number"),
    [("Recommendation 2", "2"), ("Recommendation 2.1.3", "2.1.3"), ("Guideline Statement 2", "2")],
)
def test_a_heading_that_is_nothing_but_a_number_gives_it_to_the_first_below_it_that_recommends(
    heading: str, number: str
) -> None:
    paragraphs = (
        heading,
        "Heels crack in the cold.",
        "Offer a balm. Show how to use it.",
        "Offer warm socks to everybody as well.",
    )
    text = "\n\n".join(paragraphs)
    places = [(text.index(words), text.index(words) + len(words)) for words in paragraphs]
    kinds = [BlockKind.HEADING, *[BlockKind.PARAGRAPH] * 3]
    blocks = [Block(kind, *place) for kind, place in zip(kinds, places, strict=True)]
    section = Section(
        SectionType.RECOMMENDATIONS, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test", heading=places[0]
    )
    found = recommendations.find(text, blocks, [section])
    assert [(fact.detail["number"], fact.value) for fact in found] == [(number, paragraphs[2]), (None, paragraphs[3])]


def test_more_research_before_use_is_use_in_research_only() -> None:
    words = "The heel boot shows promise, but more research is recommended before it is used in people with gout."
    assert arrangement(words, procedures=True) == "research_only"


def test_a_heading_that_is_printed_twice_is_no_quality_statement() -> None:
    name = "Quality statement 2: Early review"
    text = f"{name}\n\n{name}\n\nAdults with gout have a review within 4 weeks."
    starts = [0, len(name) + 2, 2 * len(name) + 4]
    ends = [len(name), 2 * len(name) + 2, len(text)]
    kinds = [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    blocks = [Block(kind, start, end) for kind, start, end in zip(kinds, starts, ends, strict=True)]
    section = Section(
        SectionType.RECOMMENDATIONS, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test", heading=(0, len(name))
    )
    (fact,) = recommendations.find(text, blocks, [section])
    assert fact.value == "Adults with gout have a review within 4 weeks."


def test_ng100_gives_its_46_recommendations(shared: Path) -> None:
    page = html.fromstring((shared / "nice" / "ng100-recommendations.html").read_bytes())
    expected = {}
    for element in page.xpath('//*[@class="recommendation_text"]'):
        number, _, words = _words(element.text_content()).partition(" ")
        label = re.search(r"\[[^\]]*\d{4}\]", words)
        assert label is not None
        expected[number] = (_bare(words[: label.start()]), label[0])
    found = {fact.detail["number"]: fact for fact in _of_page(page)}
    assert {number: (_bare(fact.value), fact.detail["label"]["text"]) for number, fact in found.items()} == expected
    assert len(found) == 46
    against = {number for number, fact in found.items() if fact.detail["strength"]["direction"] == "against"}
    assert against == {"1.5.1", "1.5.3", "1.9.5", "1.10.6"}
    conditional = {n for n, fact in found.items() if fact.detail["strength"]["code"] == "conditional"}
    assert conditional == {"1.1.3", "1.2.2", "1.4.2", "1.6.1", "1.6.3", "1.8.3", "1.9.2", "1.9.4"}


def _of_page(page: html.HtmlElement) -> list[Fact]:
    kinds = {"p": BlockKind.PARAGRAPH, "li": BlockKind.LIST_ITEM} | dict.fromkeys(["h3", "h4", "h5"], BlockKind.HEADING)
    text, blocks = "", []
    for element in page.xpath(
        '//div[@title="Recommendations"]//*[self::p or self::li or self::h3 or self::h4 or self::h5]'
    ):
        if element.tag == "p" and element.getparent().tag == "li" and element.getparent()[0] is element:
            continue
        words = _words(element[0].text_content() if element.tag == "li" and len(element) else element.text_content())
        if words:
            text += "\n\n" if text else ""
            blocks.append(Block(kinds[element.tag], len(text), len(text) + len(words)))
            text += words
    return recommendations.find(text, blocks, [_section(SectionType.RECOMMENDATIONS, text)])


def _words(text: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", text).strip()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _section(type_: SectionType, text: str) -> Section:
    return Section(type_, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test")


def test_a_numbered_part_of_the_discussion_recommends_nothing() -> None:
    text = "3 Committee discussion\n\nTreatment pathway\n\n3.2 Services should offer a review to adults with gout every year."
    heading, below, words = (0, text.index("\n")), text.index("Treatment"), text.index("3.2")
    kinds = (BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH)
    ends = (heading[1], text.index("\n", below), len(text))
    blocks = [Block(kind, start, end) for kind, start, end in zip(kinds, (0, below, words), ends, strict=True)]
    chapter = Section(SectionType.DISCUSSION, 0, ends[0], 1, Layer.BODY, Basis.EXPLICIT, "test", heading=heading)
    part = Section(
        SectionType.RECOMMENDATIONS, below, len(text), 2, Layer.BODY, Basis.EXPLICIT, "test", heading=(below, ends[1])
    )
    assert recommendations.find(text, blocks, [chapter, part]) == []
    assert len(recommendations.find(text, blocks, [part])) == 1


def test_a_title_in_a_list_heads_what_stands_below_it_and_ends_the_list_before() -> None:
    pieces = [
        (BlockKind.LIST_ITEM, 1, "Take the History"),
        (BlockKind.PARAGRAPH, 0, "Ask about the following:"),
        (BlockKind.LIST_ITEM, 2, "Rash"),
        (BlockKind.LIST_ITEM, 2, "Fever"),
        (BlockKind.LIST_ITEM, 1, "Consider Heel Aspiration"),
        (BlockKind.PARAGRAPH, 0, "Nurses should wash the heel."),
        (BlockKind.LIST_ITEM, 1, "Wash Hands"),
        (BlockKind.LIST_ITEM, 1, "Wear Clean Socks Daily"),
        (BlockKind.PARAGRAPH, 0, "Ask a nurse about creams."),
    ]
    text = "\n\n".join(words for _, _, words in pieces)
    blocks = [Block(kind, text.index(words), text.index(words) + len(words), level) for kind, level, words in pieces]
    found = recommendations.find(text, blocks, [_section(SectionType.RECOMMENDATIONS, text)])
    assert [fact.value for fact in found] == [
        "Ask about the following:\nRash\nFever",
        "Nurses should wash the heel.",
        "Wash Hands",
        "Wear Clean Socks Daily",
        "Ask a nurse about creams.",
    ]


@pytest.mark.parametrize(
    "explained",
    [
        "<p>Definitions:</p><p>Strong: nurses should follow it in each case they see.</p>",
        "<h4>Grading of Recommendations</h4><p>Strong: nurses should follow it in each case they see.</p>",
        "<p><b>Definitions</b></p><h4>Levels</h4><p>Nurses should follow a strong one in each case.</p>",
    ],
)
def test_what_grades_mean_is_no_recommendation(explained: str) -> None:
    page = f"<main><h1>Heels</h1><h2>Major Recommendations</h2><p>Nurses should wash each heel daily (strong).</p>{explained}</main>"
    record = structure([Capture(page.encode(), "a.html", media_type="text/html")])
    assert [one.text for one in record.recommendations] == ["Nurses should wash each heel daily (strong)."]


def test_a_heading_that_grades_one_recommendation_leads_to_it() -> None:
    page = (
        "<main><h1>Heels</h1><h2>Major Recommendations</h2><h3>Strength of Recommendation: Weak</h3>"
        "<p>Nurses should wash each heel daily.</p></main>"
    )
    record = structure([Capture(page.encode(), "a.html", media_type="text/html")])
    assert [one.text for one in record.recommendations] == ["Nurses should wash each heel daily."]


def test_what_a_page_compares_is_recommended_by_others() -> None:
    page = (
        "<main><h1>Heel scans compared</h1><h2>Areas of Difference</h2><h3>Scans</h3><p>The Heel Society recommends a scan "
        "each year.</p><h2>Comparison of Recommendations</h2><p>The Sole Society does not recommend scans.</p></main>"
    )
    assert structure([Capture(page.encode(), "a.html", media_type="text/html")]).recommendations == []


def test_a_heading_decides_about_what_its_recommendations_name() -> None:
    page = (
        "<main><h1>Heel scanners</h1><h2>1 Recommendations</h2><h3>Can only be used in research</h3><p>1.4 More research is "
        "needed on 5 heel scanners.</p><p>1.5 Access to the scanners should be through companies.</p><p>1.6 Companies should "
        "send data in a form that can be used for decisions.</p></main>"
    )
    record = structure([Capture(page.encode(), "a.html", media_type="text/html")])
    assert [one.arrangement for one in record.recommendations] == ["research_only", None, None]
    assert record.recommendations[0].evidence[-1].quote == "Can only be used in research"


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("General questions to consider in the consultation", 0),
        ("Questions for stakeholders", 0),
        ("Consultation questions", 0),
        ("Research questions", 1),
        ("Key questions", 1),
        ("Research questions from stakeholders", 1),
    ],
)
def test_what_stakeholders_are_asked_is_no_research(heading: str, count: int) -> None:
    question = "Which of the proposed measures are the most useful to nurses?"
    text = f"{heading}\n\n{question}"
    section = _section(SectionType.RESEARCH, text)._replace(heading=(0, len(heading)))
    blocks = [
        Block(BlockKind.HEADING, 0, len(heading)),
        Block(BlockKind.PARAGRAPH, len(heading) + 2, len(text)),
    ]
    assert len(recommendations.find(text, blocks, [section])) == count


def test_a_statement_may_name_its_group_at_length() -> None:
    group = "People with " + "swollen, painful and reddened " * 7 + "heels"
    wording = statements.read(f"{group} are offered balm.")
    assert wording is not None
    assert wording.population == group


def test_workers_in_care_are_those_a_statement_is_about() -> None:
    wording = statements.read("Outdoor workers found to be at raised risk of gout have a plan.")
    assert wording is not None
    assert (wording.actor, wording.population) == (None, "Outdoor workers found to be at raised risk of gout")


@pytest.mark.parametrize("actor", ["Nurses caring for adults at risk of falls", "Practitioners identified as leads"])
def test_those_who_care_for_people_at_risk_act(actor: str) -> None:
    wording = statements.read(f"{actor} have a list of clinics.")
    assert wording is not None
    assert wording.actor == actor


_ACTIONS = ("Nurses should wash heels.", "Clinicians may recommend balm to adults.", "No recommendation can be made on socks.")  # fmt: skip


@pytest.mark.parametrize(
    ("word", "last", "kinds"),
    [
        ("Statement", "They crack.", ["recommendation"] * 3),
        ("Statement", "This is a quality standard.", ["quality_statement"] * 3),
        ("Quality statement", "They crack.", ["quality_statement"] * 3),
    ],
)
def test_statements_that_headings_count_recommend_where_they_are_none_of_quality(
    word: str, last: str, kinds: list[str]
) -> None:
    text = "\n\n".join([*(f"{word} {n}\n\n{said}" for n, said in zip(("1", "2a", "2b"), _ACTIONS, strict=True)), last])
    places = [
        (text.index(f"{word} {n}"), text.index(said)) for n, said in zip(("1", "2a", "2b"), _ACTIONS, strict=True)
    ]
    blocks, sections = [], []
    for (start, at), said in zip(places, _ACTIONS, strict=True):
        blocks += [Block(BlockKind.HEADING, start, at - 2), Block(BlockKind.PARAGRAPH, at, at + len(said))]
        sections.append(
            Section(
                SectionType.RECOMMENDATIONS, start, at + len(said), 1, Layer.BODY, Basis.EXPLICIT, "test",
                heading=(start, at - 2),
            )
        )  # fmt: skip
    found = recommendations.find(text, blocks, sections)
    assert [fact.detail["kind"] for fact in found] == kinds
    assert [fact.detail["number"] for fact in found] == ["1", "2a", "2b"]


def test_past_the_items_that_one_item_of_a_list_names_the_list_goes_on() -> None:
    lines = {
        "Include the following outcomes for heel care:": 1,
        "The heel is dry.": 2,
        "Offer balm to adults with cracks.": 1,
    }
    text = "\n".join(lines)
    blocks = [
        Block(BlockKind.LIST_ITEM, text.index(line), text.index(line) + len(line), level=level)
        for line, level in lines.items()
    ]
    found = recommendations.find(text, blocks, [_section(SectionType.RECOMMENDATIONS, text)])
    assert [fact.value for fact in found] == ["Offer balm to adults with cracks."]


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("Grading of the strength of recommendations", 0),
        ("Heel Institute quality rating of the strength of evidence", 0),
        ("Criteria for recommendation rating", 0),
        ("Wax (strength of recommendation B)", 1),
        ("Grading of tumours", 1),
    ],
)
def test_nothing_is_recommended_below_a_heading_on_how_recommendations_are_graded(heading: str, count: int) -> None:
    text = f"{heading}\n\nThe reasons should be told clearly."
    end = text.index("\n")
    blocks = [Block(BlockKind.HEADING, 0, end), Block(BlockKind.PARAGRAPH, end + 2, len(text))]
    section = Section(
        SectionType.RECOMMENDATIONS, 0, len(text), 1, Layer.BODY, Basis.EXPLICIT, "test", heading=(0, end)
    )
    assert len(recommendations.find(text, blocks, [section])) == count


_OUT_OF_ORDER = (
    "  • sore heels\nThese recommendations on checks apply to people who have a nettle rash. If the check shows that the itch comes from "
    "something else, see the guidelines on dry heels in walkers and cracked heels and toes in runners for advice on balm.\n"
    "  • sore toes\n  • itching at night\n1.1 Checks of itching heels in people with a nettle rash\n1.1.2\n  • family support\n"
    "Checks apply to newly seen people, those with a worse itch and those needing regular review of their balm. The gap between planned "
    "reviews will be set by the person's own situation (for example, their age, rash and kind of balm) but should not be longer than 3 years.\n"
    "  • grip strength\n1.1.3\n  • use of shop-bought and other balms and creams.\n"
    "Making decisions using guidelines explains how we use words to show the strength (or certainty) of our recommendations, and has "
    "information about balms (including off-label use), rules, standards and laws (including on consent and capacity), and safety.\n"
    "  • rash and pictures (if taken)\nRecommendations\n  • memory"
)


@pytest.mark.parametrize("seed", range(12))
def test_a_number_alone_on_its_line_in_a_list_in_any_order_leaves_every_quote_true(seed: int) -> None:
    rows = _OUT_OF_ORDER.split("\n")
    words = "\n".join(random.Random(seed).sample(rows, len(rows)) if seed else rows)  # noqa: S311 - the order of lines
    record = structure(
        [Capture(words.encode(), "page.txt", url="https://www.nice.org.uk/guidance/cg9148/chapter/1-Guidance")]
    )
    assert record.quality.coverage == 1.0
    assert seed or record.recommendations
    assert all(
        one.quote and record.text[one.start : one.end] == one.quote
        for recommendation in record.recommendations
        for one in recommendation.evidence
    )


@pytest.mark.parametrize(
    ("end", "population", "condition"),
    [
        ("Offer wax to adults with sore he", None, None),
        ("Offer wax to adults with gout if any of the cracks", "adults with gout", None),
        ("Offer wax to adults with gout if it helps.", "adults with gout", "if it helps"),
    ],
)
def test_what_reaches_the_end_of_a_capture_that_breaks_off_is_not_told_whole(
    end: str, population: str | None, condition: str | None
) -> None:
    last = _of_a_long_page(end)[-1]
    assert (last.number, last.population, last.condition) == ("1.1.20", population, condition)


def test_what_markup_shows_whole_is_told_whole_though_no_stop_ends_it() -> None:
    filling = "".join(f"<p>1.1.{i} Keep the wax dry and out of the sun until it is used.</p>" for i in range(1, 20))
    page = f"<main><h1>Recommendations</h1>{filling}<p>1.1.20 Wax is not recommended</p><p>1.1.21 Offer balm to adults with gout</p></main>"
    url = "https://www.nice.org.uk/guidance/ng999/chapter/recommendations"
    record = structure([Capture(page.encode(), "page.html", url=url)])
    assert [(row.number, row.population) for row in record.recommendations[-2:]] == [
        ("1.1.20", None),
        ("1.1.21", "adults with gout"),
    ]


def test_a_capture_that_breaks_off_before_it_says_what_to_do_recommends_nothing_there() -> None:
    assert _of_a_long_page("The heel team should either include or have")[-1].number == "1.1.19"


def _of_a_long_page(end: str) -> list[Recommendation]:
    """The recommendations of a page of some length that ends so."""
    filling = "".join(f"1.1.{i} Keep the wax dry and out of the sun until it is used.\n\n" for i in range(1, 20))
    text = f"Recommendations\n\n{filling}1.1.20 {end}"
    return structure([Capture(text.encode(), "wax.txt", url="https://www.nice.org.uk/guidance/ng999")]).recommendations


def test_the_questions_on_which_evidence_was_reviewed_ask_for_no_research() -> None:
    lead = "The key questions were established as part of the scope. They were the starting point for the reviews:"
    asked = "1. What are the best ways to wax the heels of adults?\n\n2. How well does balm work in adults with gout?"
    section = Section(SectionType.RESEARCH, 0, 400, 1, Layer.BODY, Basis.EXPLICIT, "heading", (0, 13))
    assert research.asked_of_reviews(f"Key questions\n\n{lead}\n\n{asked}", section)
    assert not research.asked_of_reviews(f"Key questions\n\nResearch is needed:\n\n{asked}", section)
