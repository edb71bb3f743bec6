"""Duties."""

from __future__ import annotations

import pytest

from betony import nlp
from betony.model import Capture, Fact
from betony.nlp import carry
from betony.nlp.responsibilities.sentence import duties
from betony.pipeline import structure
from tests import cases, scores
from tests.conftest import SAMPLES

SEED = SAMPLES / "nice" / "percutaneous-mitral-valve-leaflet-repair.txt"


@pytest.fixture(scope="module")
def seed() -> tuple[str, list[Fact]]:
    text = SEED.read_text("utf-8")
    doc = nlp.load()(text)
    return doc.text, carry.facts(doc, "responsibility")


def test_the_seed_states_eight_duties_in_order(seed: tuple[str, list[Fact]]) -> None:
    _, found = seed
    assert [(fact.detail["actor"], fact.detail["modality"], fact.detail["term"]) for fact in found] == [
        ("healthcare professionals", "expected", "are expected to"),
        ("healthcare professionals", "responsible", "individual responsibility"),
        (None, "should", "should"),
        ("Commissioners and/or providers", "responsible", "have a responsibility to"),
        (None, "should_not", "Nothing … should"),
        ("Providers", "should", "should"),
        ("Commissioners and providers", "responsible", "have a responsibility to"),
        ("Commissioners and providers", "should", "should"),
    ]
    assert [fact.value for fact in found] == [
        "take this guidance fully into account, and specifically any special arrangements relating to the introduction"
        " of new interventional procedures",
        "make decisions appropriate to the circumstances of the individual patient, in consultation with the patient"
        " and/or guardian or carer",
        "All problems (adverse events) related to a medicine or medical device used for treatment or in a procedure be"
        " reported using the Yellow Card Scheme",
        "implement the guidance, in their local context",
        "be interpreted in a way that would be inconsistent with compliance with those duties",
        "ensure that governance structures are in place to review, authorise and monitor the introduction of new"
        " devices and procedures",
        "promote an environmentally sustainable health and care system",
        "assess and reduce the environmental impact of implementing NICE recommendations wherever possible",
    ]


def test_the_seed_names_conditions_recipients_and_kinds(seed: tuple[str, list[Fact]]) -> None:
    _, found = seed
    assert [fact.detail["condition"] for fact in found] == ["When exercising their judgement", *[None] * 7]
    assert [fact.detail["recipient"] for fact in found] == [
        None,
        None,
        "the Medicines and Healthcare products Regulatory Agency",
        *[None] * 5,
    ]
    assert [fact.detail["actor_kinds"] for fact in found] == [
        ["clinician"],
        ["clinician"],
        [],
        ["commissioner", "provider"],
        [],
        ["provider"],
        ["commissioner", "provider"],
        ["commissioner", "provider"],
    ]
    assert all(fact.detail["generic"] for fact in found)


def test_every_duty_of_the_seed_points_at_its_sentence(seed: tuple[str, list[Fact]]) -> None:
    text, found = seed
    for fact in found:
        ((start, end),) = fact.spans
        assert text[start:end].endswith(".")
        assert fact.detail["actor"] is None or fact.detail["actor"] in text[start:end]


@pytest.mark.parametrize("case", cases.read("responsibilities"), ids=lambda case: case.title)
def test_the_duties_of_a_sentence(case: cases.Case) -> None:
    outcome = scores.result("responsibilities", case)
    assert (outcome.missed, outcome.false) == ((), ())


@pytest.mark.parametrize("worst", scores.WORST)
def test_duties_take_time_in_proportion(worst: str) -> None:
    assert scores.is_in_proportion("responsibilities", worst)


@pytest.mark.parametrize("space", ["\u00a0", "\t"])
def test_any_white_space_may_stand_before_who_acts(space: str) -> None:
    (duty,) = duties(f"All incidents should be reported{space}by the healthcare provider within a day.")
    assert duty.actor is not None


def test_a_table_of_roles_says_who_does_what() -> None:
    page = """<main><h1>Heel policy</h1><h2>Roles and responsibilities</h2><table>
<tr><th>Role</th><th>Responsibilities</th></tr>
<tr><td>Chief Nurse</td><td>Reports to the Board each year. Must not delegate the report.</td></tr>
<tr><td>Ward managers</td><td>Training. All staff must wear shoes.</td></tr></table>
<table><tr><th>Drug</th><th>Amount of it</th></tr><tr><td>Wax</td><td>Five grams every day.</td></tr></table>
<h2>How this policy was developed</h2><table><tr><th>Role</th><th>Duties</th></tr><tr><td>Chair</td><td>Leads all the meetings.</td></tr></table>
<h2>Creams</h2><table><tr><th>Name</th><th>Responsibilities</th></tr><tr><td>Urea</td><td>Softens the skin of heels.</td></tr></table></main>"""
    record = structure([Capture(page.encode(), "a.html")])
    assert [(one.actor, one.modality, one.term, one.action) for one in record.responsibilities] == [
        ("Chief Nurse", "responsible", "Responsibilities", "Reports to the Board each year"),
        ("Chief Nurse", "must_not", "Must not", "delegate the report"),
        ("All staff", "must", "must", "wear shoes"),
    ]
    for one in record.responsibilities:
        said = " ".join(evidence.quote for evidence in one.evidence)
        assert one.term in said
        assert str(one.actor) in said


def test_what_is_listed_below_a_role_is_its_duty_where_a_heading_calls_it_so() -> None:
    page = """<main><h1>Heel policy</h1><h2>4. Duties and responsibilities</h2><h3>4.1 Ward managers</h3>
<ul><li>Ensure that all socks are dry</li><li>Wax</li><li>Responsible for checking taps.</li><li>Heels are warm.</li></ul>
<p>Training</p><ul><li>Wash all heels daily.</li></ul>
<h2>Nurse responsibilities</h2><ol><li>To wash all heels daily.</li><li>Review date: June 2030</li></ol>
<h2>Scope</h2><h3>Nurses</h3><ul><li>Wash each heel with care.</li></ul></main>"""
    record = structure([Capture(page.encode(), "a.html")])
    assert [(one.actor, one.modality, one.term, one.action) for one in record.responsibilities] == [
        ("Ward managers", "responsible", "Duties", "Ensure that all socks are dry"),
        ("Ward managers", "responsible", "Responsible for", "checking taps"),
        ("Nurse", "responsible", "responsibilities", "wash all heels daily"),
    ]
    for one in record.responsibilities:
        said = " ".join(evidence.quote for evidence in one.evidence)
        assert one.term in said
        assert str(one.actor) in said


def test_roles_before_colons_head_the_lines_below() -> None:
    page = """<main><h1>Heel policy</h1><h2>Duties of staff</h2><p>Doctors:</p><ul><li>Check each heel daily</li></ul>
<p>Nurses:</p><ul><li>Wash the heels daily</li><li>Must dry the heels.</li></ul><p>Wax:</p><ul><li>Keep wax in the dark</li></ul></main>"""
    record = structure([Capture(page.encode(), "a.html")])
    assert [(one.actor, one.action) for one in record.responsibilities] == [
        ("Doctors", "Check each heel daily"),
        ("Nurses", "Wash the heels daily"),
        ("Nurses", "dry the heels"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The doctor must refer patients to a clinic.\n\nThey must bring a list.",
        "Managers must send the forms.\n\nThey should have two signatures.",
    ],
)
def test_they_may_be_others_where_no_reader_is_spoken_to(said: str) -> None:
    page = f"Heel policy\n\nThis policy is about heels.\n\nResponsibilities\n\n{said}"
    assert len(structure([Capture(page.encode(), "wax.txt")]).responsibilities) == 1


def test_those_whom_a_paragraph_goes_on_about_that_begins_with_they() -> None:
    page = (
        "Heel care: information for the public\n\nYour care\n\nYour nurse should talk with you about wax.\n\nThey should offer you"
        " advice about a balm before ordering it.\n\nWhen you meet with a doctor, they should make sure that the room is warm.\n\n"
        "They should ask you which wax you prefer. They should also write it down.\n\nWax can crack in the cold.\n\nThey should buy more."
    )
    record = structure(
        [Capture(page.encode(), "wax.txt", url="https://www.nice.org.uk/guidance/cg976/ifp/chapter/your-care")]
    )
    assert [(duty.actor, duty.action) for duty in record.responsibilities] == [
        ("Your nurse", "talk with you about wax"),
        ("Your nurse", "offer you advice about a balm before ordering it"),
        ("a doctor", "make sure that the room is warm"),
        ("a doctor", "ask you which wax you prefer"),
        ("a doctor", "also write it down"),
    ]


def test_every_piece_of_what_nobody_is_to_do_holds_words() -> None:
    (duty,) = duties("No balm should be used when another is at hand.")
    assert duty.action == ((3, 7), (15, 22))
