"""Blocks into typed sections."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import betony
from betony import lines
from betony.model import Basis, Block, BlockKind, Capture, Layer, Section, SectionType
from betony.nlp import cutting, headed, heading_words, headings, sections
from betony.nlp.opinions import NO_DUTY, OVERSTATED, TYPES, Opinions
from betony.nlp.outline import Node
from betony.nlp.passages import judge
from betony.nlp.tempered import tempered
from betony.nlp.typer import Typer
from betony.nlp.typer.shipped import load
from betony.pipeline import structure
from tests import cases


def read(text: str, typer: Typer | None = None) -> list[tuple[str, str | None]]:
    """Type and heading of each section of a plain text."""
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=typer)
    return [(s.type.value, text[slice(*s.heading)] if s.heading else None) for s in found]


@pytest.mark.parametrize("case", cases.read("headings"), ids=lambda case: case.title)
def test_lines_that_stand_and_read_like_headings_are_headings(case: cases.Case) -> None:
    blocks = headings.find(case.text, lines.blocks(case.text), plain=True)
    found = [case.text[block.start : block.end] for block in blocks if block.kind is BlockKind.HEADING]
    assert found == list(case.expected)


LEAD = """The National Institute for Health and Care Excellence (NICE) has issued full guidance to the NHS in England \
on laser clearing of the tear duct.

A blocked tear duct makes the eye water. In this procedure a thin fibre is passed into the duct and a laser opens it.
"""


def test_a_lead_is_told_apart_by_what_it_says() -> None:
    assert read(LEAD) == [("summary", None), ("procedure", None)]


def test_the_order_of_the_lead_does_not_matter() -> None:
    first, second = LEAD.strip().split("\n\n")
    assert read(f"{second}\n\n{first}") == [("procedure", None), ("summary", None)]


def test_what_stands_below_terms_used_is_a_term_whatever_its_words_are_like() -> None:
    text = "Terms used\n\nNosebleed\n\nBleeding from inside the nose."
    above, heading = Block(BlockKind.HEADING, 0, 10), Block(BlockKind.HEADING, 12, 21)
    terms = Node([above], Layer.BODY, heading=above, type=SectionType.DEFINITIONS, basis=Basis.EXPLICIT)
    term = Node([heading, Block(BlockKind.PARAGRAPH, 23, len(text))], Layer.BODY, heading=heading, parent=terms)
    weights = dict.fromkeys(TYPES, 0.001) | {SectionType.PROCEDURE: 0.999}
    headed.set_type(text, term, Opinions(), weights)
    assert term.type is SectionType.DEFINITIONS


@pytest.mark.parametrize(
    ("outvoted", "type_"), [(SectionType.RECOMMENDATIONS, SectionType.RECOMMENDATIONS), (None, SectionType.PROCEDURE)]
)
def test_a_lead_below_recommendations_does_not_decide_what_its_sections_are_for(
    outvoted: SectionType | None, type_: SectionType
) -> None:
    text = "Recommendations\n\n1.2 Cracks\n\n1.2.1\n\nWax for adults with cracks."
    above, heading = Block(BlockKind.HEADING, 0, 15), Block(BlockKind.HEADING, 17, 27)
    lead = Node([above], Layer.BODY, heading=above, type=SectionType.SUMMARY, outvoted=outvoted)
    below = [Block(BlockKind.PARAGRAPH, 29, 34), Block(BlockKind.PARAGRAPH, 36, len(text))]
    section = Node([heading, *below], Layer.BODY, heading=heading, parent=lead)
    weights = dict.fromkeys(TYPES, 0.001) | {SectionType.PROCEDURE: 0.999}
    headed.set_type(text, section, Opinions(), weights)
    assert section.type is type_


def cut(text: str, heading_level: int, *, in_a_form: bool) -> list[str]:
    """The types of what stands below a heading of development, of whose second passage the typer says that it is evidence."""
    blocks = lines.blocks(text)
    heading = replace(blocks[0], kind=BlockKind.HEADING, level=heading_level)
    node = Node(
        [heading, *blocks[1:]], Layer.BODY, heading=heading, type=SectionType.DEVELOPMENT, rule="heading.review"
    )
    likely = {SectionType.DEVELOPMENT: 1, SectionType.EVIDENCE: 2}
    said = np.array([[0.8 if likely.get(type_) == min(i, 2) else 0.01 for type_ in TYPES] for i in range(len(blocks))])
    said[0] = said[1]
    opinions = Opinions.of_blocks(blocks, said.astype(np.float32), in_a_form=in_a_form)
    return [piece.type.value for piece in cutting.cut(text, node, opinions)]


def test_in_a_form_a_line_within_a_field_does_not_head_the_fields_that_follow() -> None:
    text = "Peer review\n\nTen nurses read the draft.\n\nNettles have stung many."
    assert cut(text, 0, in_a_form=True) == ["development", "evidence"]
    assert cut(text, 0, in_a_form=False) == ["development"]
    assert cut(text, 2, in_a_form=True) == ["development"]


def test_lines_of_a_draft_are_its_standing() -> None:
    text = (
        "Nettle rash\n\nThis document has been prepared for consultation with those who care for people it stings.\n\n"
    )
    asked = "The committee is interested in receiving comments on the following questions."
    assert read(text + asked)[-1] == ("status", None)


def test_guidance_by_ultrasound_is_no_document() -> None:
    assert read("The needle is passed into the cyst under ultrasound guidance.") == [("procedure", None)]


def test_a_line_that_reads_like_the_heading_above_it_is_its_text_where_words_turn_below() -> None:
    text = "Guidance development process\n\nHow we develop our advice\n\n"
    assert read(text + "This guidance replaces what we said in May.")[0][1] == "Guidance development process"
    assert [heading for _, heading in read(text + "We ask ten nurses, and weigh what they say.")] == [
        "Guidance development process",
        "How we develop our advice",
    ]


def test_a_second_half_of_the_title_does_not_say_what_the_lead_is_for() -> None:
    text = "Nettle rash in adults\n\nItching, and its treatment\n\nThis guideline covers the rash that nettles leave."
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    assert [section.type.value for section in found] == ["summary", "summary"]


def test_a_heading_over_words_that_the_capture_has_cut_is_one() -> None:
    lead = "Overview\n\nThe rash goes by itself.\n\nWhat nurses see\n\n"
    cut = "Most people come on the day on which they were stung, and say that it itches more than they think it ought to, and"
    assert read(f"{lead}{cut} that they")[-1][1] == "What nurses see"
    assert read(f"{lead}{cut[:60]}")[-1][1] == "Overview"


def test_items_that_say_nothing_stay_with_the_passage_above_them() -> None:
    text = "Nurses are responsible for the ward.\n\n  • Quux frobnicates the grault, and garply is waldo with the fred and plugh."
    assert read(text) == [("responsibilities", None)]


def test_known_headings_type_their_sections() -> None:
    text = "Overview\n\nIt covers adults.\n\nYour responsibility\n\nTake it into account."
    assert read(text) == [("summary", "Overview"), ("responsibilities", "Your responsibility")]


def test_a_heading_printed_twice_is_one_section() -> None:
    text = "Overview\n\nOverview\n\nIt covers adults."
    assert read(text) == [("summary", "Overview")]


def test_a_line_with_only_the_publishers_name_is_furniture() -> None:
    text = "Overview\n\nIt covers adults.\n\n  • National Institute for Health and Care Excellence (NICE)"
    assert read(text)[-1] == ("furniture", None)


def test_an_unknown_heading_under_a_known_one_takes_its_type() -> None:
    text = "1 Recommendations\n\nDo this.\n\n1.1 Shared decisions\n\nOffer a talk, with enough time to think about it."
    assert read(text) == [("recommendations", "1 Recommendations"), ("recommendations", "1.1 Shared decisions")]


UNKNOWN = """Overview

It covers adults.

Quuxery of this paper

The grault frobnicates the waldo, and the garply plughs.

The corge is thud.

The waldo is fred.

This publication is licensed under the Open Government Licence.

We checked this guidance in May 2021 and we are updating it.
"""


def test_below_a_heading_that_says_nothing_passages_are_told_apart() -> None:
    assert read(UNKNOWN)[1:] == [("other", "Quuxery of this paper"), ("legal", None), ("status", None)]


def test_a_common_word_types_a_heading_and_makes_none() -> None:
    numbered = (
        "1. Overview\n\nIt covers adults.\n\n6. Training\n\nStaff are taught each year, and a list is kept of them."
    )
    assert read(numbered)[-1] == ("implementation", "6. Training")
    listed = "1. Overview\n\nIt covers these:\n\n- Training\n- Referral"
    assert read(listed) == [("summary", "1. Overview")]


def test_what_cannot_be_told_is_other_and_warned_of() -> None:
    text = "Zweckbestimmung\n\nQuux frobnicates the grault, and the garply is waldo."
    found, notices = sections.find(text, headings.find(text, lines.blocks(text), plain=True))
    assert [s.type for s in found if not s.heading] == [SectionType.OTHER]
    assert "type_unknown" in {notice.code for notice in notices}


def test_the_form_of_a_consultation_is_furniture() -> None:
    text = "How are you taking part in this consultation?\n\nYou must be signed in to answer questions\n\n"
    assert read(text + "Status\n\nThe content on this page is not current guidance.")[0] == ("furniture", None)


def test_a_section_goes_on_behind_each_piece_of_furniture() -> None:
    text, blocks = "", []
    for words, kind, layer in (
        ("Your responsibility", BlockKind.HEADING, Layer.BODY),
        ("Bear it in mind.", BlockKind.PARAGRAPH, Layer.BODY),
        ("Print", BlockKind.PARAGRAPH, Layer.FURNITURE),
        ("A blood vessel is opened by a surgeon.", BlockKind.PARAGRAPH, Layer.BODY),
        ("Share", BlockKind.PARAGRAPH, Layer.FURNITURE),
        ("We checked this guidance in May 2020.", BlockKind.PARAGRAPH, Layer.BODY),
    ):
        blocks.append(Block(kind, len(text), len(text) + len(words), 2, layer))
        text += words + "\n\n"
    found, _ = sections.find(text, blocks)
    types = ["responsibilities", "furniture", "responsibilities", "furniture", "responsibilities"]
    assert [section.type.value for section in found] == types
    assert [section.heading is None for section in found] == [False, True, True, True, True]


def test_a_list_stays_with_the_line_that_announces_it() -> None:
    text = "This guideline covers the waldo. It is given:\n\n  • when a blade is passed into the duct\n  • when the duct is opened"
    assert read(text) == [("summary", None)]


def test_the_rest_of_a_sentence_stays_with_its_beginning() -> None:
    text = "Plughs\n\nWe checked this guidance in May 2021, for the waldo\n\nwhich is a common condition, had changed."
    assert read(text)[1:] == [("status", None)]


def test_short_lines_between_finished_sentences_are_headings() -> None:
    text = """Plughs
A plugh is a grault that the waldo frobnicates at night.
Types of plugh
A plugh may be a garply, and then the corge is seldom thud.
Preventing plughs
Keep the waldo dry, and wash the garply after it was used.
"""
    assert read(text)[2:] == [("procedure", "Types of plugh"), ("recommendations", "Preventing plughs")]


def test_a_known_heading_between_long_lines_is_one_though_none_ends_a_sentence() -> None:
    waldo = "The waldo of the garply with the corge, the grault and the plugh beside the thud"
    text = f"Plughs\nOverview\n{waldo}\nSymptoms\n{waldo}\nTreatment\n{waldo}"
    assert read(text)[-2:] == [("procedure", "Symptoms"), ("recommendations", "Treatment")]


def test_a_number_of_several_parts_makes_a_heading_of_a_short_line() -> None:
    text = (
        "2.1 Aims\nThe waldo aims to be fred.\n2.2 Main plughs\nThe plughs of the waldo are these:\n- garply\n- corge"
    )
    assert [heading for _, heading in read(text)] == ["2.1 Aims", "2.2 Main plughs"]


def test_recommendations_go_on_below_a_heading_where_their_numbers_do() -> None:
    text = (
        "Recommendations\n\n1.1 Plughs\n\nImplementation tools for waldos\n\n"
        "1.1.1 The grault of the plugh has a waldo for the corge.\n\n1.1.2 Tools for the garply put the thud into practice."
    )
    assert read(text)[-1] == ("recommendations", "Implementation tools for waldos")
    assert read(text.replace("1.1.1", "").replace("1.1.2", ""))[-1][0] == "implementation"


def test_a_heading_whose_number_the_recommendations_below_go_on_with_is_theirs_whatever_it_says() -> None:
    text = (
        "Recommendations\n\n1.1 Related information\n\n1.1.1\n\nGive people with waldos the plugh's leaflet.\n\n"
        "1.1.2\n\nOffer them a garply."
    )
    assert read(text)[-1] == ("recommendations", "1.1 Related information")
    assert read(text.replace("1.1.1", "").replace("1.1.2", ""))[-1][0] == "references"


@pytest.mark.parametrize("heading", ["Training", "Adverse events", "Symptoms and signs", "Terms used", "Waldo tools"])
def test_a_heading_without_a_number_among_recommendations_names_what_they_are_about(heading: str) -> None:
    text = (
        f"Recommendations\n\n1.1 Plughs\n\n{heading}\n\n1.1.1 Offer a garply to people with waldos.\n\n"
        "1.1.2 Do not offer a corge.\n\n1.2 Quuxery\n\n1.2.1 Give people with quuxes a leaflet."
    )
    assert read(text) == [
        ("recommendations", "Recommendations"),
        ("recommendations", "1.1 Plughs"),
        ("recommendations", heading),
        ("recommendations", "1.2 Quuxery"),
    ]


def test_a_numbered_recommendation_may_say_what_the_guideline_covers() -> None:
    text = (
        "Recommendations\n\n1.1 Plughs\n\n1.1.1 Use this with any waldo. This guideline covers the full range of waldos.\n\n"
        "1.1.2 Offer a garply."
    )
    assert read(text) == [("recommendations", "Recommendations"), ("recommendations", "1.1 Plughs")]


def test_a_part_that_holds_only_headings_over_its_numbers_recommends() -> None:
    markup = "<h2>1.1 Waldo policy</h2><h3>Safeguarding</h3><p>1.1.1 {words}</p>"
    page = "<html><body><h1>Recommendations</h1>" + markup + "</body></html>"

    def types(words: str) -> list[str]:
        made = betony.structure(page.format(words=words).encode(), media_type="text/html")
        return [section.type.value for section in made.sections]

    assert types("Offer a garply to people with waldos.") == ["recommendations"] * 3
    assert types("The waldo was first kept safe in the old law.") != ["recommendations"] * 3


def test_a_heading_without_a_number_over_no_number_says_what_its_section_is_for() -> None:
    text = (
        "Recommendations\n\n1.1 Plughs\n\n1.1.1 Offer a garply to people with waldos.\n\n"
        "Training\n\nThe slides for a course on waldos can be had from the shop."
    )
    assert read(text)[-1][0] != "recommendations"


def test_the_first_numbered_part_of_recommendations_is_none_of_the_scope_printed_before_it() -> None:
    text = (
        "Recommendations\n\nWho does this guideline cover?\n\nPeople with waldos and those who care for them at home.\n\n"
        "1.1 Telling people about waldos\n\n1.1.1 When telling people about waldos, speak of the garply.\n\n"
        "1.1.2 Consider a corge for people with waldos."
    )
    assert read(text)[-1] == ("recommendations", "1.1 Telling people about waldos")


def test_a_line_in_capitals_heads_a_page_and_no_table() -> None:
    text = "Waldo policy\n\nRELATED SITES\nThe grault of the plugh, and the garply of the corge"
    assert read(text)[-1] == ("references", "RELATED SITES")
    table = "RT + 5-FU\nThe grault of the plugh\n" + "LEVEL B\nThe garply of the corge\n" * 40
    assert {heading for _, heading in read(table)} <= {None, "RT + 5-FU"}


def test_on_a_page_of_terms_the_headings_are_terms() -> None:
    text = "Glossary\n\nAbstract\n\nWhat a plugh says in short.\n\nScope\n\nWhom a plugh is for.\n\nReferences\n\nThe book of plughs."
    assert [type_ for type_, _ in read(text)] == ["definitions", "definitions", "definitions", "references"]


def test_a_heading_that_tells_says_nothing_of_the_part_beside_it() -> None:
    text = "2.1 Aims\n\nThe waldo is fred.\n\n2.2 Quuxery\n\nThe grault frobnicates the garply."
    assert read(text)[1] != ("scope", "2.2 Quuxery")


def test_a_short_line_below_the_title_is_not_its_lead() -> None:
    text = "Waldo guide\n\nVersion control by the plugh\n\nThis guideline covers the waldo."
    assert read(text)[0] == ("summary", "Waldo guide")


MANUAL = """NICE process and methods

3 Reviewing what is known

3.1 Evidence

The team asks the committee which questions matter, and the committee names experts. Guidance on the topic is looked \
through first.

3.2 Recommendations

The committee words each recommendation together, and the editor reads it before the meeting ends.
"""


def test_in_a_manual_the_parts_of_guidance_are_what_it_is_about() -> None:
    assert {type_ for type_, _ in read(MANUAL, load())} == {"furniture", "development"}
    alone = MANUAL.removeprefix("NICE process and methods\n\n")
    assert ("recommendations", "3.2 Recommendations") in read(alone, load())


def test_a_heading_held_with_a_gap_is_outvoted_by_words_that_are_for_something_else() -> None:
    text = """Plugh grumbles

What are grumble panels?

The guideline was sent to stakeholders in draft, and their comments were considered by the development group before it was \
signed off. Members of the group declared their interests at each of the six meetings, and the literature search was \
repeated before the last of them.
"""
    assert ("procedure", "What are grumble panels?") in read(text)
    found, notices = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    assert found[-1].type is SectionType.DEVELOPMENT
    assert found[-1].confidence is not None
    assert [notice.code.value for notice in notices] == ["conflict"]


def test_what_stands_right_below_a_known_heading_is_its_own() -> None:
    text = "Plugh policy\n\nPolicy Statement\n\nGuidelines are developed so that every waldo is fed."
    assert read(text, load())[-1] == ("summary", "Policy Statement")


def test_lines_of_what_a_document_says_of_itself_are_its_status() -> None:
    text = "Title: Feeding Plughs\n\nAuthors Name: Jo Waldo, Matron\n\nUnique Identifier: 44B\n\nScope\n\nAll wards."
    assert read(text) == [("status", None), ("scope", "Scope")]


def test_a_heading_may_stand_below_a_date() -> None:
    text = "Managing plughs\n\nUpdated 21 February 2024\n\nAdvice for all waldos\n\nKeep the garply well aired, and wash it."
    assert read(text)[1:] == [("status", None), ("recommendations", "Advice for all waldos")]


def test_an_index_and_the_way_from_the_first_page_are_furniture() -> None:
    for line in ("A B C D E F G H I J K L M N HOME", "home » waldos & plughs » if you are a plugh"):
        assert read(f"{line}\n\nAsk your doctor what is planned.")[0] == ("furniture", None)


def test_where_no_word_speaks_of_a_duty_the_typer_hardly_tells_one() -> None:
    text = "Staff must tell the waldo.\n\nThe plugh is a college."
    even = np.full((2, len(TYPES)), 1 / len(TYPES), np.float32)
    duty, none = tempered(text, lines.blocks(text), even) * len(TYPES)
    at = TYPES.index(SectionType.RESPONSIBILITIES)
    assert np.isclose(duty[at], OVERSTATED[SectionType.RESPONSIBILITIES])
    assert np.isclose(none[at], duty[at] * NO_DUTY)
    assert np.isclose(none[TYPES.index(SectionType.SUMMARY)], 1)


KINDS = st.sampled_from(list(BlockKind))
LAYERS = st.sampled_from(list(Layer))
WORDS = st.sampled_from(
    ["Overview", "1.2 Assessment", "We checked this in May 2020.", "xyz", "Scope", "A long line " * 9]
)


@given(st.lists(st.tuples(KINDS, LAYERS, st.integers(0, 6), WORDS), max_size=30), st.integers(0, 30))
def test_sections_tile_any_blocks(parts: list[tuple[BlockKind, Layer, int, str]], second_page: int) -> None:
    text, blocks = "", []
    for kind, layer, level, words in parts:
        blocks.append(Block(kind, len(text), len(text) + len(words.strip()), level, layer))
        text += words.strip() + "\n\n"
    pages = (0, *(block.start for block in blocks[second_page : second_page + 1] if block.start))
    found, _ = sections.find(text, headings.find(text, blocks, pages, plain=True), pages)
    covered = [(s.start, s.end) for s in found]
    assert covered == sorted(covered)
    at = 0
    for i, section in enumerate(found):
        assert not text[at : section.start].strip()
        assert at <= section.start < section.end
        assert (section.type is SectionType.FURNITURE) == (section.layer is Layer.FURNITURE)
        assert_parent_stands_before(found, i, section)
        at = section.end
    assert not text[at:].strip()


def assert_parent_stands_before(found: list[Section], place: int, section: Section) -> None:
    if section.parent is None:
        assert section.level >= 1
    else:
        assert section.parent < place
        assert found[section.parent].level < section.level


def typed(text: str) -> list[tuple[str, str | None]]:
    return read(text, load())


@pytest.mark.parametrize("case", cases.read("sections"), ids=lambda case: case.title)
def test_pages_make_typed_sections(case: cases.Case) -> None:
    name = "page.html" if case.text.startswith("<") else "page.txt"
    record = structure([Capture(case.text.encode(), name)])
    found = [f"{s.type.value} | {s.heading.text if s.heading else '-'}" for s in record.sections]
    assert found == list(case.expected)


def test_a_heading_over_a_number_of_the_chapters_names_a_part_of_it() -> None:
    chapter = (
        "3 Committee considerations\n\nThe evidence\n\n3.1 The office read nine studies of nettles, and weighed them."
    )
    found, _ = sections.find(chapter, headings.find(chapter, lines.blocks(chapter), plain=True), typer=load())
    assert [(section.type.value, section.level) for section in found] == [("discussion", 1), ("discussion", 2)]
    other = chapter.replace("3.1", "4.1")
    assert typed(other)[-1] == ("evidence", "The evidence")


def test_what_a_part_comes_to_may_stand_between_its_heading_and_the_number() -> None:
    text = (
        "3 Committee discussion\n\nThe nurses spoke first, and then all others did.\n\nThe condition\n\n"
        "Nettle rash wears people down more than it seems to\n\n3.1 Nurses said that the rash keeps people awake for a week."
    )
    assert {type_ for type_, _ in typed(text)} == {"discussion"}


def test_what_is_said_of_all_its_paragraphs_may_stand_between_a_part_of_a_part_and_their_numbers() -> None:
    text = (
        "Recommendations\n\n1.1 All recommendations\n\nPrinciples of care\n\n"
        "For advice on the handling of nettles, see the guideline on nettles.\n\n1.1.1\n\nOffer balm to adults with a rash."
    )
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    assert [section.level for section in found] == [1, 2, 3]


def test_more_research_among_recommendations_stays_research() -> None:
    text = (
        "1 Recommendations\n\n1.1 Use balm with special arrangements for consent.\n\nMore research\n\n"
        "1.2 Further research should report how long the rash lasts."
    )
    assert typed(text)[-1] == ("research", "More research")


def test_what_a_committee_has_weighed_is_discussion_though_it_was_a_procedure() -> None:
    text = "3.1\nThe office did a quick review of what is published on this procedure, which was discussed by the committee."
    assert typed(text) == [("discussion", None)]


def test_the_items_of_a_list_go_with_the_line_that_announces_them_though_no_heading_does() -> None:
    text = (
        "Guideline development process\n\nHow we develop our guidelines\n\n"
        "This guideline replaces what we said on:\n\n  • nettle rash in adults\n  • nettle rash in children"
    )
    assert [type_ for type_, _ in typed(text)] == ["development", "status"]


def test_a_title_printed_twice_says_once_what_the_chapter_is_for() -> None:
    title = "Quality statement 4: Balm for all"
    text = f"{title}\n{title}\nQuality statement\nPeople with nettle rash are offered balm.\nRationale\nBalm cools the skin, and people sleep."
    assert typed(text)[0] == ("recommendations", title)


def test_the_entry_of_a_history_is_no_title() -> None:
    text = (
        "May 2021: We added what the balm costs.\n\nMinor changes since publication\n\nJune 2022: We corrected a word."
    )
    assert [type_ for type_, _ in typed(text)] == ["status", "status"]


def test_a_draft_says_that_it_is_one() -> None:
    notice = "Note that this document is not the Office's final guidance on balm. The recommendations in section 2 may change after consultation."
    assert [type_ for type_, _ in typed(f"Nettle balm: draft\n\nThe Office was asked to look at balm.\n\n{notice}")][
        -1
    ] == "status"


def test_what_follows_an_aside_below_a_heading_may_go_on_with_the_section() -> None:
    text = (
        "Key points from the evidence\n\nKey points from the evidence\n\nThe content of this summary was up to date in May 2013. See the office's pages for what "
        "changed since.\n\nBalm is a herb that is naturally found in wet meadows. It is rubbed on the skin where nettles stung.\n\n"
        "No good studies of it in children were found. One small study of 19 children had mixed results, and nurses should weigh them."
    )
    assert [type_ for type_, _ in typed(text)] == ["evidence", "status", "evidence"]


def test_the_name_of_a_series_for_the_public_leads_about_the_site() -> None:
    text = (
        "Information for the public\n\nYour care\n\nYou should be told what the balm does, and what else could be done. "
        "You should be asked what matters to you."
    )
    assert typed(text)[0] == ("furniture", None)
    below = "Nettle rash\n\nIt itches.\n\nInformation for the public\n\nThe office has produced information for the public on balm."
    assert typed(below)[-1] == ("references", "Information for the public")


def test_a_heading_with_which_the_words_below_agree_is_not_outvoted() -> None:
    text = (
        "The office has issued full guidance on freezing nettle warts.\n\nDescription\n\nA nettle wart is a small tumour of the "
        "skin, and warts of the palm and of the sole are the two most common ones to trouble gardeners. One in a thousand gets "
        "one each year, and untreated it lasts for four to six months.\n\nWarts on the sole often follow those of the palm. "
        "Half of all gardeners with one will get another within five years, and most often on the same foot."
    )
    blocks = headings.find(text, lines.blocks(text), plain=True)
    said = np.full((len(blocks), len(TYPES)), 0.001, np.float32)
    said[:, TYPES.index(SectionType.RECOMMENDATIONS)] = 0.98
    opinions = Opinions.of_blocks(blocks, said)
    node = Node(blocks[1:], Layer.BODY, heading=blocks[1])
    headed.set_type(text, node, opinions, opinions.of(blocks[2:]))
    assert node.type is SectionType.PROCEDURE
    silent = text.replace("tumour", "growth")
    blocks = headings.find(silent, lines.blocks(silent), plain=True)
    node = Node(blocks[1:], Layer.BODY, heading=blocks[1])
    opinions = Opinions.of_blocks(blocks, said)
    headed.set_type(silent, node, opinions, opinions.of(blocks[2:]))
    assert node.type is SectionType.RECOMMENDATIONS


def test_a_field_of_a_document_is_no_heading() -> None:
    text = (
        "Review decision:\n\nThe guidance will be partially updated.\n\nNext review: To be scheduled\n\n"
        "This guidance is for all those who weed gardens. It may also be of interest to their neighbours."
    )
    assert typed(text) == [("status", None), ("scope", None)]


def test_a_chapter_on_a_procedure_begins_with_what_it_is_done_for() -> None:
    indications = "Balm is used for gardeners over 40 with nettle warts, and for all people who were stung twice."
    text = f"2 The procedure\n\n2.1 Indications\n\n2.1.1 {indications}\n\n2.2 Efficacy\n\n2.2.1 In 90 gardeners the wart was gone."
    assert typed(text)[1:] == [("procedure", "2.1 Indications"), ("evidence", "2.2 Efficacy")]
    assert ("scope", "Indications") in typed(f"Balm\n\nIndications\n\n{indications}")


def test_what_stands_between_the_title_and_the_lead_names_the_document_once_more() -> None:
    text = (
        "Nettle rash - green balm: appraisal consultation document\n\nAppraisal Consultation Document\n\n"
        "Lodenamide balm for the relief of nettle rash in gardeners who have had at least one other balm\n\n"
        "The ministry has asked the office to appraise green balm and to give guidance on its use in gardens and hedges."
    )
    assert [type_ for type_, _ in typed(text)] == ["summary", "status", "summary"]


@pytest.mark.parametrize(
    ("line", "guessed", "type_"),
    [
        ("Green balm for gardeners", SectionType.RECOMMENDATIONS, "summary"),
        ("Jo Waldo and Pat Fred", SectionType.DEVELOPMENT, "development"),
        ("Version three of nine", SectionType.STATUS, "status"),
        ("Green balm", SectionType.RECOMMENDATIONS, "recommendations"),
    ],
)
def test_lines_below_a_title_may_name_it_once_more_or_say_who_wrote_it(
    line: str, guessed: SectionType, type_: str
) -> None:
    text = f"Nettle rash\n\n{line}\n\nThe office has read what is known of green balm, and tells it here to those who weed."
    blocks = lines.blocks(text)
    said = np.full((3, len(TYPES)), 0.01, np.float32)
    said[0:3, TYPES.index(SectionType.SUMMARY)] = (0.9, 0.01, 0.9)
    said[1, TYPES.index(guessed)] = 0.2
    node = Node(list(blocks), Layer.BODY, heading=blocks[0], is_title=True, leads=True)
    pieces = cutting.cut(text, node, Opinions.of_blocks(blocks, said, threshold=0.3))
    assert next(piece.type.value for piece in pieces if blocks[1] in piece.blocks) == type_


def test_a_kind_of_draft_alone_on_a_line_is_status_and_within_a_sentence_is_not() -> None:
    draft = judge("Interventional procedures consultation document")
    assert draft is not None
    assert draft.type is SectionType.STATUS
    said = judge("In response to the appraisal consultation document, the committee heard from two gardeners.")
    assert said is not None
    assert said.type is SectionType.DISCUSSION


@pytest.mark.parametrize(
    ("passage", "type_"),
    [
        ("This guideline will update NICE guideline ZZ9.", "status"),
        ("This guideline will shortly be checked to see if it needs updating.", "status"),
        ("The guidance on nettle balm remains current, and should be read beside the guideline.", "status"),
        ("The process the office will follow after the consultation period is summarised below.", "status"),
        ("The committee will meet again to weigh what gardeners wrote.", "status"),
        ("The guidance is for all those with a garden.", "scope"),
        ("The office recommends green balm as a possible treatment for people who were stung.", "recommendations"),
        ("The guidance complements and supports what the office says on docks.", "references"),
    ],
)
def test_what_a_page_says_of_its_standing_its_readers_and_its_neighbours(passage: str, type_: str) -> None:
    judgement = judge(passage)
    assert judgement is not None
    assert judgement.type.value == type_


@pytest.mark.parametrize(
    "passage",
    [
        "Feet should be checked to see whether they were stung.",
        "After the consultation the nurse rubs balm on the skin.",
        "The dose remains current practice in most gardens.",
    ],
)
def test_words_of_care_say_nothing_of_a_pages_standing(passage: str) -> None:
    judgement = judge(passage)
    assert judgement is None or judgement.type is not SectionType.STATUS


@pytest.mark.parametrize(
    ("heading", "type_"),
    [
        ("Resource impact statement", "implementation"),
        ("Implementation strategy for nettle balm", "implementation"),
        ("Diversity, equality and language", "responsibilities"),
    ],
)
def test_headings_of_what_stands_beside_a_guideline(heading: str, type_: str) -> None:
    reading = heading_words.read(heading)
    assert reading is not None
    assert reading.whole
    assert reading.type.value == type_


def test_a_phrase_counts_behind_an_aside_too() -> None:
    text = (
        "Nettle balm: draft\n\nOFFICE FOR NETTLES\n\nConsultation document\n\n12 - Green balm for nettle rash\n\n"
        "The office is looking at green balm, and its committee has read what is known of it and asked nurses who use it.\n\n"
        "This document has been prepared for public consultation. It tells what the committee made of the studies."
    )
    assert typed(text)[-1][0] == "status"


@pytest.mark.parametrize("part", ["Clinical management", "Equality"])
def test_parts_of_a_discussion_are_discussion_whatever_they_are_called(part: str) -> None:
    said = "Green balm is an option for people with nettle rash who were stung at least twice and who have had no other balm than the one their nurse makes"
    text = (
        f"3 Committee discussion\n\nThe committee read what the maker sent.\n\n{part}\n\n{said}\n\n"
        "3.1 Offer balm soon, nurses said, and rub it on the skin twice. Balm of dock is offered first, and green balm is "
        "given where that did not help. People should be told how to rub it."
    )
    assert {type_ for type_, _ in typed(text)} == {"discussion"}
    apart = text.replace("3 Committee discussion", "3 Recommendations")
    assert {type_ for type_, _ in typed(apart)} != {"discussion"}


def test_what_a_site_offers_its_readers_to_do_is_furniture() -> None:
    text = "Nettle balm\n\nRegister an interest in this guideline\n\nThis guideline covers nettle rash in gardeners."
    assert "furniture" in {type_ for type_, _ in typed(text)}


def test_a_form_for_reporting_problems_recommends_nothing() -> None:
    advice = "Report a problem with the pump to its maker."
    form = "Report a problem or mistake on this page\n\nPlease select all that apply:\n\nYou will not receive a reply. For enquiries, contact us.\n"
    record = structure([Capture(f"Nettle pumps\n\nRecommendations\n\n{advice}\n\n{form}".encode(), "a.txt")])
    assert [recommendation.text for recommendation in record.recommendations] == [advice]


def test_a_heading_that_says_all_and_heads_nothing_is_text() -> None:
    page = (
        "<main><h1>Ear wax</h1><p>This guidance is for clinics.</p><h2>Applies to England and Wales</h2>"
        "<h2>Recommendations</h2><h3>Do not use cotton buds in the ear</h3><h3>Dose</h3><p>Use two drops of oil.</p>"
        "<h3>Do not use ear candles at home</h3><p>They burn people.</p></main>"
    )
    record = structure([Capture(page.encode(), "a.html")])
    headings = [section.heading.text for section in record.sections if section.heading]
    assert headings == ["Ear wax", "Recommendations", "Dose", "Do not use ear candles at home"]
    assert "Do not use cotton buds in the ear" in [recommendation.text for recommendation in record.recommendations]
    assert record.jurisdictions == ["England", "Wales"]
    assert not [warning for warning in record.quality.warnings if warning.code == "empty_section"]


@pytest.mark.parametrize(
    ("heading", "type_"),
    [
        ("Correction", "status"),
        ("Who does this guideline cover?", "scope"),
        ("What is this guidance about?", "summary"),
        ("Why is this guidance being produced?", "development"),
        ("2.2 Marketing authorisation indication", "procedure"),
        ("What is a waldo?", "procedure"),
    ],
)
def test_a_heading_that_asks_of_the_document_is_told_from_one_that_asks_of_its_topic(heading: str, type_: str) -> None:
    reading = heading_words.read(heading)
    assert reading is not None
    assert reading.type == type_


def test_an_item_is_not_cut_from_the_list_that_recommends() -> None:
    text = (
        "1 Draft recommendations\n\n1.1\n\nHeel waxing can be used with special arrangements for clinical governance, consent and "
        "audit.\n\n1.2\n\nClinicians wanting to wax heels should:\n\n• Inform the clinical governance leads in their healthcare "
        "organisation.\n\n• Ensure that people understand how safe it is.\n\n• Audit and review clinical outcomes of everyone having "
        "the procedure. The main outcomes can be entered into NICE's interventional procedure outcomes audit tool (for use at local "
        "discretion).\n\n• Discuss the outcomes of the procedure during their annual appraisal to reflect, learn and improve.\n\n1.3\n\n"
        "Healthcare organisations should:\n\n• Ensure systems are in place that support clinicians to collect and report data."
    )
    assert typed(text) == [("recommendations", "1 Draft recommendations")]


def test_a_last_line_that_breaks_off_in_a_publisher_s_name_is_furniture() -> None:
    text = (
        "1 Guidance\n\n1.1 Nurses should use wax in adults with gout.\n\n  • National Institute for Health and Care E"
    )
    record = structure(
        [Capture(text.encode(), "wax.txt", url="https://www.nice.org.uk/guidance/ipg971/chapter/1-guidance")]
    )
    assert [section.layer for section in record.sections] == [Layer.BODY, Layer.FURNITURE]
    assert [row.text for row in record.recommendations] == ["Nurses should use wax in adults with gout."]
