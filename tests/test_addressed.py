"""Recommendations told in parts, each under a question: for whom, who acts, what they do."""

from __future__ import annotations

import pytest

from betony.model import Capture
from betony.pipeline import structure
from betony.record import Record

WHO = "<h4>Who should take action?</h4><ul><li>Local authorities.</li><li>Town planners.</li></ul>"
WHOM = "<h4>Whose health will benefit?</h4><p>Adults who live in towns.</p>"
WHAT = "<h4>What action should they take?</h4><ul><li>Make paths that are lit.</li><li>Nurses should walk.</li></ul>"
ADDRESS = "https://www.nice.org.uk/guidance/ph9099/chapter/1-recommendations"


def read(*parts: str) -> Record:
    page = f"<h2>Recommendations</h2><h3>Recommendation 1 Walking in towns</h3>{''.join(parts)}"
    return structure([Capture(page.encode(), "a.html", url=ADDRESS, media_type="text/html")])


def test_who_acts_and_for_whom_is_told_above() -> None:
    record = read(WHOM, WHO, WHAT)
    made = [(one.actor, one.population) for one in record.recommendations]
    assert made == [
        ("Local authorities\nTown planners", "Adults who live in towns"),
        ("Nurses", "Adults who live in towns"),
    ]


def test_what_is_told_above_is_evidence_as_well() -> None:
    record = read(WHO, WHAT)
    quotes = [[" ".join(one.quote.split()) for one in made.evidence] for made in record.recommendations]
    assert quotes == [
        ["Make paths that are lit.", "Local authorities. Town planners.", "Recommendation 1"],
        ["Nurses should walk."],
    ]


def test_the_number_above_the_questions_is_that_of_what_is_to_be_done_first() -> None:
    assert [
        one.number for one in read(WHOM, WHO, WHAT, "<h3>Recommendation 2 Cycling</h3>", WHO, WHAT).recommendations
    ] == [
        "1",
        None,
        "2",
        None,
    ]


def test_a_title_behind_a_colon_may_begin_in_lower_case() -> None:
    page = f"<h2>Recommendations</h2><h3>Recommendation 3: paths and planning</h3>{WHO}{WHAT}"
    record = structure([Capture(page.encode(), "a.html", url=ADDRESS, media_type="text/html")])
    assert [one.number for one in record.recommendations] == ["3", None]


@pytest.mark.parametrize(
    "parts",
    [
        (WHAT,),
        (WHO, "<h3>Recommendation 2 Cycling</h3>", WHAT),
        (WHO, "<h4>Evidence</h4><p>Studies were few and small.</p>", WHAT),
        (WHO.replace("Town planners", "Those who plan what is to be built in a town, " * 10), WHAT),
    ],
)
def test_nobody_is_named_where_nothing_says_so(parts: tuple[str, ...]) -> None:
    assert [one.actor for one in read(*parts).recommendations] == [None, "Nurses"]


def test_a_line_above_recommendations_says_who_is_to_act_until_the_next_one() -> None:
    page = """<h2>1 Recommendations</h2><h3>1.1 Walking</h3>
<p>The following recommendations are for directors of public health.</p><p>1.1.1 Build paths.</p>
<p>1.1.2 Nurses should walk.</p><p>These recommendations are for trainers and heads of organisations:</p>
<p>1.1.3 Teach staff to walk.</p><p>These recommendations are for managing sore feet.</p><p>1.1.4 Offer wax.</p>
<h3>1.2 Running</h3><p>1.2.1 Do not run.</p>"""
    record = structure([Capture(page.encode(), "a.html", url=ADDRESS, media_type="text/html")])
    assert [(one.number, one.actor) for one in record.recommendations] == [
        ("1.1.1", "directors of public health"),
        ("1.1.2", "Nurses"),
        ("1.1.3", "trainers and heads of organisations"),
        ("1.1.4", None),
        ("1.2.1", None),
    ]


def test_they_are_those_of_the_sentence_before_and_this_is_nobody() -> None:
    what = """<h4>What action should they take?</h4><ul><li>Nurses should talk to adults. They should explain why.
This should include advice on shoes.</li><li>They should write it down.</li></ul>"""
    assert [one.actor for one in read(WHO, what).recommendations] == ["Nurses", "Nurses", None, None]


def test_the_words_that_name_them_are_evidence_of_they_as_well() -> None:
    what = """<h4>What action should they take?</h4><ul><li>Make paths that are lit. They should be wide.</li>
<li>Mend the paths. They should sweep them.</li></ul>"""
    for one in read(WHO, what).recommendations:
        words = " ".join(" ".join(part.quote for part in one.evidence).split())
        assert all(name in words for name in (one.actor or "").split("\n"))
