"""What a page says of itself: title, identity, dates, standing, relations, codes and definitions."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import spacy

from betony import nlp
from betony.model import Basis, Block, BlockKind, Capture, Document, Fact, Layer, Section, SectionType
from betony.nlp import actors, carry, codes, dates, definitions, identity, phrases, relations, status, title, vocabulary
from betony.pipeline import structure
from tests import cases, reading
from tests.conftest import SAMPLES

SEED = SAMPLES / "nice" / "percutaneous-mitral-valve-leaflet-repair.txt"
FLOOR = 0.98
MODULES = (
    "abbreviations", "appendices", "chapters", "codes", "contents", "cues", "dates", "definitions", "drafts", "flattened", "history", "identity", "imprint",
    "keepers", "key_events", "phrases", "recommendations.graded_runs", "recommendations.line_numbers", "references", "relations", "results", "run_together",
    "sentences", "status", "subject", "title", "when",
)  # fmt: skip
"""Those whose patterns search whole passages; what reads clauses is held to linear time as a whole, with its cases."""


NOT_YET = {
    "dates": {"but not in a sentence", "minor maintenance", "update entry about a link", "comments to be received"},
    "status": {
        "still current",
        "field not taken up",
        "rescinded",
        "a year that is not that of the check",
        "a check, and what is planned of a part",
    },
    "identity": {
        "who it is for, behind a lead and in a second sentence",
        "the name of a series over the date of issue",
    },
    "relations": {
        "part replaced by a part",
        "one recommendation of many",
        "a part that a single recommendation elsewhere updates",
    },
}
"""Cases, by their titles, that do not come out as they are written: each known, and none that is not."""


@pytest.mark.parametrize("name", reading.READERS)
def test_the_cases_come_out_as_they_are_written(name: str) -> None:
    wrong = reading.wrong(name)
    assert {case.title for case, _ in wrong} == NOT_YET.get(name, set()), [(case.title, got) for case, got in wrong]
    assert len(wrong) <= (1 - FLOOR) * len(cases.read(name))


def test_the_seed_says_what_it_is() -> None:
    doc = nlp.load()(SEED.read_text("utf-8"))
    found = {kind: carry.facts(doc, kind) for kind in ("title", "publisher", "document_type", "jurisdiction", "status")}
    assert {kind: [fact.value for fact in facts] for kind, facts in found.items()} == {
        "title": ["Percutaneous mitral valve leaflet repair for mitral regurgitation"],
        "publisher": ["nice"],
        "document_type": ["interventional_procedures_guidance"],
        "jurisdiction": ["England", "Wales", "Scotland", "Northern Ireland"],
        "status": ["update_in_progress"],
    }
    detail = found["status"][0].detail
    assert detail["checked"] == {"value": "2018-12", "precision": "month", "text": "December 2018"}
    assert detail["notice"].startswith("We checked this guidance in December 2018 and we are updating it. See the")
    assert carry.facts(doc, "identifier", "date", "relation", "code", "definition") == []


def test_the_newest_of_the_entries_that_their_dates_head_is_the_last_change() -> None:
    words = ("Update information", "April 2030", "We removed the advice on foot baths.",
             "May 2031", "We updated the advice on urea cream.")  # fmt: skip
    text = "\n\n".join(words)
    spans = [(text.index(one), text.index(one) + len(one)) for one in words]
    blocks = [
        Block(BlockKind.HEADING if i in (0, 1, 3) else BlockKind.PARAGRAPH, *span) for i, span in enumerate(spans)
    ]
    sections = [
        Section(SectionType.STATUS, start, end, 1, Layer.BODY, Basis.EXPLICIT, "test", heading=heading)
        for start, end, heading in (
            (spans[0][0], spans[0][1], spans[0]),
            (spans[1][0], spans[2][1], spans[1]),
            (spans[3][0], spans[4][1], spans[3]),
        )
    ]
    (fact,) = dates.find(text, blocks, sections)[0]
    assert (fact.detail["field"], fact.value) == ("modified", "2031-05")


def test_the_date_of_a_check_moves_with_its_fact() -> None:
    text = "\n\n  We checked this guidance in December 2018 and we are updating it."
    blocks = reading.page(text)[1]
    found = nlp.analyse(Document(text, tuple(blocks), "text/plain"))
    (fact,) = (fact for fact in found.facts if fact.kind == "status")
    assert text[slice(*fact.detail["checked_span"])] == "December 2018"


@pytest.mark.parametrize("name", reading.READERS)
def test_every_fact_points_at_words(name: str) -> None:
    for case in cases.read(name):
        text, blocks, sections = reading.page(case.text)
        found: list[Fact] = [
            *title.find(text, blocks)[0],
            *identity.find(text, blocks, sections)[0],
            *dates.find(text, blocks, sections)[0],
            *status.find(text, blocks, sections)[0],
            *relations.find(text, blocks, sections),
            *codes.find(text, blocks),
            *definitions.find(text, blocks, sections),
        ]
        for fact in found:
            assert fact.spans
            assert all(0 <= start < end <= len(text) for start, end in fact.spans)
        for fact in found:
            if fact.kind == "date":
                start, end = fact.spans[0]
                assert fact.detail["text"] in text[start:end]
            if fact.kind == "status":
                assert fact.detail["notice"] == text[slice(*fact.spans[0])]


NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys(nlp.PIPELINE, ("betony_blocks", "betony_sections"))
NEEDS |= {"betony_blocks": ()} | dict.fromkeys(
    ("betony_headings", "betony_sections", "betony_title", "betony_codes"), ("betony_blocks",)
)
"""What the README says that each component needs before it."""


@pytest.mark.parametrize("name", nlp.PIPELINE)
def test_a_component_works_behind_what_it_needs_alone(name: str) -> None:
    pipeline = spacy.blank("en")
    for before in (*NEEDS[name], name):
        pipeline.add_pipe(before)
    for text in ("", "We checked this guidance in December 2018. The OPCS-4 code is K35.5."):
        assert pipeline(text).text == text


@pytest.mark.parametrize(("name", "needed"), [(name, needed) for name in NEEDS for needed in NEEDS[name]])
def test_a_component_says_what_it_needs(name: str, needed: str) -> None:
    pipeline = spacy.blank("en")
    for before in NEEDS[name]:
        if before == needed:
            break
        pipeline.add_pipe(before)
    pipeline.add_pipe(name)
    with pytest.raises(ValueError, match=f"add '{needed}'"):
        pipeline("We checked this guidance in December 2018. The OPCS-4 code is K35.5.")


def test_abbreviations_are_read_where_they_are_expanded() -> None:
    text = "Care of chronic kidney disease (CKD) and non-small-cell lung cancer (NSCLC). See table (2B). CKD (CKD) is common."
    found = definitions.find(text, [])
    assert [(fact.detail["term"], fact.value) for fact in found] == [
        ("CKD", "chronic kidney disease"),
        ("NSCLC", "non-small-cell lung cancer"),
    ]


def test_a_number_in_a_name_has_no_letter_in_its_abbreviation() -> None:
    (found,) = definitions.find("Widgets of the class II blue ring (BR) and type III red hat wearers (RHW).", [])[1:]
    assert (found.detail["term"], found.value) == ("RHW", "red hat wearers")
    (found,) = definitions.find("Ask about angled II ring benders (ARBs).", [])
    assert (found.detail["term"], found.value) == ("ARBs", "angled II ring benders")


def test_abbreviations_are_read_off_a_list_with_signs_of_equality() -> None:
    text = (
        "Summary\n\n• MHR = Meadow Health Room\n• RHW = Red Hat Wearers\n• TLC = Tender care\n\nBMI = weight / height"
    )
    found = definitions.find(*reading.page(text))
    assert [(fact.detail["term"], fact.value) for fact in found] == [
        ("MHR", "Meadow Health Room"),
        ("RHW", "Red Hat Wearers"),
        ("TLC", "Tender care"),
    ]


def test_no_small_word_opens_the_long_form_of_an_abbreviation() -> None:
    (found,) = definitions.find("Go to the nearest Accident and Emergency (A&E).", [])
    assert (found.detail["term"], found.value) == ("A&E", "Accident and Emergency")


def test_the_last_of_several_terms_ends_where_all_of_them_are_spoken_of() -> None:
    text = (
        "Heels and wax\n\nCase definition\n\nYoung wax\n\nWax that is soft to the touch.\n\nOld wax\n\nWax that breaks when it is bent."
        "\n\nIt may smell of honey.\n\nBesides these definitions, the term 'lost wax' is often used to describe wax that"
        " nobody can find. It has no smell.\n\nWax is sold by weight."
    )
    assert _expanded(text) == {
        "Young wax": "Wax that is soft to the touch.",
        "Old wax": "Wax that breaks when it is bent. It may smell of honey.",
        "lost wax": "wax that nobody can find",
    }


def test_a_definition_ends_where_the_next_term_is_lost() -> None:
    text = "Terms used\n\nOld wax\n\nWax that breaks.\n\nIt smells.\n\n\nA balm of fat and oil that is used at night."
    assert _expanded(text) == {"Old wax": "Wax that breaks. It smells."}


@pytest.mark.parametrize("end", ["\n\nYoung wax\n\nThe term is used to", "\n\nYoung wa"])
def test_a_definition_ends_before_the_term_with_which_the_page_is_cut_off(end: str) -> None:
    text = "Terms used\n\nHeel\n\nThe back of the foot.\n\nOld wax\n\nWax that breaks.\n\nIt smells." + end
    assert _expanded(text)["Old wax"] == "Wax that breaks. It smells."


def test_a_bracket_may_define_what_is_done_with_the_noun_before_it() -> None:
    text = "Offer wax to people with severe cracks (defined as 3 or more). See those who need long treatment with balm (defined as 4 courses)."
    assert _expanded(text) == {"severe cracks": "3 or more"}


def test_what_stands_before_a_colon_and_has_a_verb_is_no_term() -> None:
    text = "Definitions\n\nThe balms are of two kinds: those with wax and those without.\n\nWax that is soft: a wax that can be bent."
    assert _expanded(text) == {"Wax that is soft": "a wax that can be bent."}
    assert _expanded("Definitions\n\nLiving will: what somebody wishes to be done later.").keys() == {"Living will"}


def _expanded(text: str) -> dict[str, str]:
    return {str(fact.detail["term"]): fact.value for fact in definitions.find(*reading.page(text))}


@pytest.mark.parametrize(
    ("text", "term", "value"),
    [
        ("Seen in red heel trials [RHTs] of late.", "RHTs", "red heel trials"),
        ("An estimated heel width (eHW) is used.", "eHW", "estimated heel width"),
        ("People with overgrown toenails (OGT) rest.", "OGT", "overgrown toenails"),
        ("Deep heelblister of the sole (HBS) is rare.", "HBS", "heelblister of the sole"),
        ("Pedotherapy (PT) helps.", "PT", "Pedotherapy"),
        ("They are called Cosmetic Heel Cards or (CHC).", "CHC", "Cosmetic Heel Cards"),
        ("dual-energy X-ray heelometry (DEXH)", "DEXH", "dual-energy X-ray heelometry"),
        ("The Heel Response Criteria (HeRC) are met.", "HeRC", "Heel Response Criteria"),
        (
            "Ask the Soles and Heelcare products Regulatory Agency (SHRA).",
            "SHRA",
            "Soles and Heelcare products Regulatory Agency",
        ),
        ("The College of Heels & Toes (CHT) agrees.", "CHT", "College of Heels & Toes"),
        ("The Bureau of Heels' (BOH) report", "BOH", "Bureau of Heels"),
        ("the Bureau of Toes's (BOT) report", "BOT", "Bureau of Toes"),
        ('"Heel of unknown cause" (HUC) is seen.', "HUC", "Heel of unknown cause"),
        ("The HEAT (Heel Exercise and Training) study", "HEAT", "Heel Exercise and Training"),
        ("*HW = heel width.", "HW", "heel width"),
        ("Heel angiography, HT angle (HTA), is old. The heel toe angle (HTA) is new.", "HTA", "heel toe angle"),
        ("Look at the HT angle (HTA).", "HTA", "HT angle"),
        ("Given intravenously or intravenous (IV).", "IV", "intravenous"),
        ("Slow-acting antiheel drugs (or SAADs) failed.", "SAADs", "Slow-acting antiheel drugs"),
        ("The mean heel width or MHW for short (in mm) is told.", "MHW", "mean heel width"),
        ("Heel UK (formerly Heel Advice Service, or HEAS) helps.", "HEAS", "Heel Advice Service"),
        ("Use plain aqueous wax (PAW, Waxo) at night.", "PAW", "plain aqueous wax"),
        ("Heel crack disease type 2 (HCD 2; also known as split) is rare.", "HCD 2", "Heel crack disease type 2"),
        ("The heel review group's (HRG's) report", "HRG", "heel review group"),
        ("Offer dynamic heel gap disinfection (DGD).", "DGD", "dynamic heel gap disinfection"),
        ("Give sulcal dry-heel wax balms (SDHWs).", "SDHWs", "sulcal dry-heel wax balms"),
        ("Treat dry heel pain syndromes (DHPs).", "DHPs", "dry heel pain syndromes"),
        ("Another interheelin 23 (IH) balm is used.", "IH", "interheelin"),
        ("Use the Heel Response Criteria (HeRC; a response is a gain of 2).", "HeRC", "Heel Response Criteria"),
        ("Give fludar plus cyclo and ritux (FCR).", "FCR", "fludar plus cyclo and ritux"),
        ("Use a ring-in-ring clog insert (RiR‑CI).", "RiR‑CI", "ring-in-ring clog insert"),
        ("A human heel growth factor receptor 2 (HHR2) test.", "HHR2", "human heel growth factor receptor 2"),
        ("Heel E virus ribonucleic acid (HEV RNA) is found.", "HEV RNA", "Heel E virus ribonucleic acid"),
        (
            "The Care Home Heel Hygiene and Laundry Handbook (CH HHLH).",
            "CH HHLH",
            "Care Home Heel Hygiene and Laundry Handbook",
        ),
        ("The Heel Agency / World Boot Office (HA / WBO) advises.", "HA / WBO", "Heel Agency / World Boot Office"),
        (
            "Tell the Department for Heels, Feet and Rural Affairs (Dhfra).",
            "Dhfra",
            "Department for Heels, Feet and Rural Affairs",
        ),
        ("Abbreviation: HDA=US Heel and Drug Administration.", "HDA", "US Heel and Drug Administration"),
        (
            "'Each LHMDT [local clinic heel multidisciplinary team] meets.'",
            "LHMDT",
            "local clinic heel multidisciplinary team",
        ),
    ],
)
def test_an_abbreviation_may_take_letters_from_inside_the_words(text: str, term: str, value: str) -> None:
    assert _expanded(text) == {term: value}


@pytest.mark.parametrize(
    "text",
    [
        "Ask about heels (see NICE). Heels of patients (UK) are cared for.",
        "Sandford (SD): Heel Press. In a shop in Sandford (SD) we asked.",
        "Socks warm the heels. [SH]",
        "Heelless shoes of a kind that is inner (IV) may rub; an intervention (IV) helps.",
        "Impairment of the heel [I-A], toe-predominant blister syndrome (BS-D)",
        "Our technology appraisal 901 (TA901)",
        "The Meadow Society of Heelology (SEH) agrees.",
        "Jo Field (chair of the heel group), MD (medical lead), RD (resigned)",
        "The mean was MW = 5, and HC = heavy boots.",
        "Those with overgrown heels) or toes (OGT)",
        "Wear boots (or SAADs). The heel is seen (HeRC; a gain of 2).",
        "Each LHMDT (local clinic heel multidisciplinary team) meets.",
        "The LHMD [local clinic heel multidisciplinary team] and the LMX [local clinic heel team]",
        "Begin with plus cream (PLC)",
        "Offer chemobalm (CHOP, once a day).",
        "The wax of Clark and Brown (CB, 2014) helps.",
        "Offer balm (cream, heel oil and plain wax) or (CHOPW).",
        "Acquired without dry gap disease (WGX), such as non–acquired immune gap sign (AIGS)",
        "Offer drying heel gap or toe disinfection (DGD).",
        "HW – heel width\n\nOffer wax.\n\nHC – heel creams",
        "Tell the Department for Heels (Dhfra), take balm (Waxol) and the pain scale (Heel)",
        "Give the heel conjugate (HCV) vaccines, or see the sacral neurobalm (SNS) studies.",
        "A human heel growth receptor factor 2 (HHR2), or human heel receptor 3 (HHR2)",
    ],
)
def test_words_that_no_abbreviation_is_made_of_define_none(text: str) -> None:
    assert _expanded(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Key: HW = heel width; HCs = heel creams",
        "Abbreviations: HW, heel width; HCs, heel creams.",
        "Abbreviations: HW: heel width; HCs: heel creams",
        "HW, heel width; HCs, heel creams.",
        "Some short forms are explained below.\n\nHW – heel width\n\nHCs – heel creams.",
        "HW = heel width HCs = heel creams",
        "Care of heels\n\nHeels are cared for.\n\nGlossary\n\nAbbreviations used: HW, heel width; HCs, heel creams",
        "# Care of heels\n\nHeels are cared for.\n\n## Abbreviations\n\n- HW heel width\n- HCs  heel creams",
        "Care of heels\n\nHeels are cared for.\n\n2. Definitions\n\nHW - heel width\n\nHCs - heel creams\n\n3.1 Before creaming\n\nCheck the heel first.",
        "# Care of heels\n\nHeels are cared for.\n\n## Abbreviations\n\n- HW, heel width\n- HCs, heel creams",
        "# Care of heels\n\nHeels are cared for.\n\n## Recommendations\n\nUse cream.\n\n### Abbreviations\n\n- HW, heel width\n- HCs, heel creams",
    ],
)
def test_a_list_of_abbreviations_expands_each(text: str) -> None:
    assert _expanded(text) == {"HW": "heel width", "HCs": "heel creams"}


def test_a_line_of_abbreviations_ends_at_its_stop() -> None:
    assert _expanded("Abbreviation: HW, heel width. Treated – the heel has been waxed.") == {"HW": "heel width"}
    assert _expanded("Abbreviations: HW, heel width; HCs, heel creams. Used below.") == {
        "HW": "heel width",
        "HCs": "heel creams",
    }


def test_what_a_sign_of_equality_expands_holds_no_other() -> None:
    assert _expanded("NEX = nose, ear, heel NGT = nasogastric tube") == {"NGT": "nasogastric tube"}
    text = "# Heels\n\n## Abbreviations\n\nNEX = nose, ear, heel NGT = nasogastric tube"
    assert _expanded(text) == {"NGT": "nasogastric tube"}


def test_a_list_that_parts_its_abbreviations_by_commas_alone_is_left() -> None:
    assert _expanded("Abbreviations: HW, heel width, HC, heel cream, TB, toe balm.") == {}


@pytest.mark.parametrize(
    ("text", "term", "value"),
    [
        (
            "Cracks that pass from boots to heels are known as bootcracks.",
            "bootcracks",
            "Cracks that pass from boots to heels",
        ),
        (
            "Badly cracked (grade II). This is defined as 3 cracks or more.",
            "Badly cracked (grade II)",
            "3 cracks or more",
        ),
        ("Walkers have wax and a scan (together known as heel care).", "heel care", "wax and a scan"),
        ("Heels crack. For these purposes, 'waxing' includes the use of balm.", "waxing", "the use of balm"),
        (
            "For the purpose of this document, “walking clubs” will refer to clubs that walk in schools.",
            "walking clubs",
            "clubs that walk in schools",
        ),
    ],
)
def test_a_sentence_may_say_what_a_name_is_given_to(text: str, term: str, value: str) -> None:
    assert _expanded(text) == {term: value}


@pytest.mark.parametrize(
    "text",
    [
        "This is known as wax. Heels that are cold are known as icy.",
        "Walkers with cracked heels are known as good customers.",
        "The result of the trials of wax is known as promising.",
        "Old boots of leather are known as a cause of cracks.",
        "Heels are dry. This is defined as bad by walkers.",
        "Nurses and midwives (together known as staff) have wax (together known as balm).",
        "For these purposes, waxing includes balm. Nobody will refer to wax as balm.",
    ],
)
def test_a_sentence_that_gives_no_name_defines_none(text: str) -> None:
    assert _expanded(text) == {}


def test_a_sentence_may_say_how_a_term_is_used() -> None:
    text = (
        "The term 'close contact' is used in this guideline to mean anyone who lives in the same home. The term is old."
    )
    (found,) = definitions.find(text, [])
    assert (found.detail["term"], found.value) == ("close contact", "anyone who lives in the same home")


@pytest.mark.parametrize(
    "text",
    [
        "This quality standard covers ear care for adults. For more information see the topic overview.\n\nWhy it is needed",
        "You can now comment on this draft guidance.\n\nHow to comment",
        "Quality statement 3: Ear wax removal\n\nRationale\n\nEar wax is common.",
        "Status In progress\n\nDeveloped As CG\n\nProvisional Schedule",
        "Our site > Illnesses > Measles > Testing\n\nTesting for measles is offered to everyone.",
        "Page 2 of 31 Hand Washing Policy\n\nAll staff wash their hands.",
        "Anytown University NHS Foundation Trust\n\nA sign hangs on the door of the room.",
        "Navigation\n\nA sign hangs on the door of the room.",
        "Course Navigation\n\nA sign hangs on the door of the room.",
        "Page 1\n\nA sign hangs on the door of the room.",
        "wounds_care.pdf\n\nA sign hangs on the door of the room.",
        "Example: wounds\n\nA sign hangs on the door of the room.",
        "Meadow Care Portal\n\nA sign hangs on the door of the room.",
        "Back to all leaflets\n\nA sign hangs on the door of the room.",
        "This site is intended for nurses only\n\nA sign hangs on the door of the room.",
    ],
)
def test_a_first_line_that_is_no_title_is_none(text: str) -> None:
    assert title.find(*reading.page(text)[:2]) == ([], [])


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Guideline:Care of wounds", "Care of wounds"),
        ("HealthWiki - Care of wounds", "Care of wounds"),
        ("Care of wounds – CareWiki", "Care of wounds"),
        ("Guideline: care of wounds", "Guideline: care of wounds"),
        ("Page 12 - Care of wounds", "Care of wounds"),
        ("Wikis for nurses: care of wounds", "Wikis for nurses: care of wounds"),
    ],
)
def test_a_title_goes_without_what_a_wiki_prints_around_it(printed: str, value: str) -> None:
    (found,), _ = title.find(*reading.page(f"# {printed}\n\nA wound is looked at every day.")[:2])
    assert (found.value, found.spans[0][1] - found.spans[0][0]) == (value, len(value))


def test_a_title_goes_without_the_mark_of_its_heading() -> None:
    text = "# Care of wounds\n\n## Diagnosis\n\nA wound is looked at every day."
    (found,), _ = title.find(*reading.page(text)[:2])
    assert (found.value, text[slice(*found.spans[0])]) == ("Care of wounds", "Care of wounds")


def test_a_title_may_name_a_body() -> None:
    text = "Handbook of the Anytown NHS Foundation Trust nurses\n\nA sign hangs on the door of the room."
    (found,), _ = title.find(*reading.page(text)[:2])
    assert found.value == "Handbook of the Anytown NHS Foundation Trust nurses"


def test_terms_under_their_own_headings_are_expanded() -> None:
    text = (
        "Terms used in this guideline\n\nActive monitoring\n\nRegular checks of symptoms without treatment, as agreed with"
        " the person.\n\nCrisis\n\nA time of sudden and serious worsening of what a person has."
    )
    found = definitions.find(*reading.page(text))
    assert [fact.detail["term"] for fact in found] == ["Active monitoring", "Crisis"]


@pytest.mark.parametrize(
    "filler",
    [
        " ",
        "\n",
        "a",
        "A",
        "1",
        ".",
        "(",
        "[",
        "-",
        "’",
        ",",
        "\t",
        "•",
        "this ",
        "This guidance ",
        "1 May ",
        "and ",
        "TA1 ",
        "update ",
        "section 1, ",
    ],
)
def test_every_pattern_is_linear_on_a_hundred_kilobytes(filler: str, pytestconfig: pytest.Config) -> None:
    """On fifteen without `--long`: the patterns are many."""
    size = 100_000 if pytestconfig.getoption("--long") else 15_000
    short, long = (filler * size)[: size // 10], (filler * size)[:size]
    for name, pattern in _patterns():
        once = _seconds(pattern, short)
        assert once < 1, f"{name} takes {once:.1f} s on {len(short)} of {filler!r}"
        whole = _seconds(pattern, long)
        assert whole < max(0.125, 30 * once), f"{name} takes {whole:.1f} s on {size} of {filler!r}"


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(nlp.__path__, "betony.nlp."):
        name = module.name.removeprefix("betony.nlp.")
        if name in MODULES or name.partition(".")[0] in MODULES:
            for constant, value in vars(importlib.import_module(module.name)).items():
                if constant != "_CLASS":  # cuts vocabulary, never a page
                    yield from ((f"{module.name}.{constant}", pattern) for pattern in _within(value))
    words = {name: vocabulary.read(name) for name in ("status", "relations", "dates", "identity", "codes")}
    said = [pattern for rule in words["status"]["rules"] for pattern in rule["patterns"]]
    said += [words["status"][name]["pattern"] for name in ("looked", "partial", "pointer")]
    said += words["status"]["settled"].values()
    said += [entry["pattern"] for entry in words["dates"]["sentences"]]
    said += [words["relations"]["stop"].strip(), words["codes"]["none"], *words["dates"]["history"].values()]
    said += [pattern.removeprefix("^") for name in ("types", "developed") for pattern in words["identity"][name]]
    yield from ((pattern, phrases.pattern(pattern)) for pattern in said)


def _within(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif hasattr(value, "cache_info") and not inspect.signature(value).parameters and value is not nlp.load:
        yield from _within(value())
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _within(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _within(item)


@pytest.mark.parametrize(
    ("text", "term", "value"),
    [
        ("'Bad heels' is used to denote heels with cracks.", "Bad heels", "heels with cracks"),
        (
            "Wash them. “Heel failure” refers to a heel that bears no weight.",
            "Heel failure",
            "a heel that bears no weight",
        ),
        ("The term heel shock is used in this guideline to refer to sudden pain.", "heel shock", "sudden pain"),
        ("In this guideline, heel staff refers to nurses and hygienists.", "heel staff", "nurses and hygienists"),
        ("For the purpose of this guidance, a bad heel is defined as one that cracks.", "bad heel", "one that cracks"),
        ("Wax it. An adequate heel is defined as one that bears weight.", "adequate heel", "one that bears weight"),
        ("The phrase 'hard heels' encompasses the sole as well.", "hard heels", "the sole as well"),
        ("We use the phrase 'low boots' to cover those without laces.", "low boots", "those without laces"),
        ("In this guidance 'old heels' are heels of 60 years and over.", "old heels", "heels of 60 years and over"),
        ("For the purposes of this guidance, walkers are people who walk.", "walkers", "people who walk"),
        ("For the purposes of this guidance young walkers refers to all who walk.", "young walkers", "all who walk"),
        ("For the purposes of this guideline, the term 'school' covers all schools.", "school", "all schools"),
        (
            "1.3 For the purposes of this guidance, risks of falls are gout, wax and ice.",
            "risks of falls",
            "gout, wax and ice",
        ),
        ("Severe dryness is defined as a score of 10 or more.", "Severe dryness", "a score of 10 or more"),
        ("Heel loss refers to the lasting loss of heels.", "Heel loss", "the lasting loss of heels"),
        ("Be aware that heel loss refers to any loss of wax, but wax it.", "heel loss", "any loss of wax"),
        ("Heel stop is when a person no longer feels heels.", "Heel stop", "when a person no longer feels heels"),
        ("Fast waxing in this guideline refers to the use of wax.", "Fast waxing", "the use of wax"),
        ("Heel rot is the name given to a group of cracks.", "Heel rot", "a group of cracks"),
        (
            "In this guideline, 'dry' in recommendations refers to 'dry at night' unless otherwise stated.",
            "dry",
            "dry at night",
        ),
        ("'Hard dryness' is when heels crack often.", "Hard dryness", "when heels crack often"),
        ("In this guideline, heel staff refers to nurses unless otherwise specified.", "heel staff", "nurses"),
        ("Throughout this guidance 'low wax' is used to denote a lack of wax.", "low wax", "a lack of wax"),
        ("'Hard gout' refers to a width of less than 1.73 m.", "Hard gout", "a width of less than 1.73 m"),
        ("'Hard gout' refers to any of these:\n\n- cracks\n\n- sores.", "Hard gout", "any of these:\ncracks\nsores."),
        (
            "Long waxing is defined as at least 71.9 hours and short waxing as at most 3 hours.",
            "Long waxing",
            "at least 71.9 hours",
        ),
        ("Dryness is a term used to describe a lack of wax in heels.", "Dryness", "a lack of wax in heels"),
        ("‘Dryness’ is a term commonly used to describe a lack of wax.", "Dryness", "a lack of wax"),
        (
            "In this standards document, heel care refers predominantly to wax shops.",
            "heel care",
            "predominantly to wax shops",
        ),
        (
            "For the purposes of this guideline, dryness is defined as less than 0.8 g of wax\nSymptoms of dryness",
            "dryness",
            "less than 0.8 g of wax",
        ),
        (
            "The Heel Executive defines heel related injury as:\n\n“Any event in which a heel cracks. This is rare.” (Wax)",
            "heel related injury",
            "Any event in which a heel cracks",
        ),
        ("The Heel Board defines dry heels as “heels without wax”.", "dry heels", "heels without wax"),
        ("The guideline on gout explains that dry gout refers to the lack of wax.", "dry gout", "the lack of wax"),
        ("Heel gap closure is the term used for a hold of heels.", "Heel gap closure", "a hold of heels"),
        (
            "Hard gout is defined as a lack of wax and basic needs such as a home or balm.",
            "Hard gout",
            "a lack of wax and basic needs such as a home or balm",
        ),
        (
            "Dry gout is defined as pain and loss of wax as a response to cold.",
            "Dry gout",
            "pain and loss of wax as a response to cold",
        ),
        (
            "A waxer is defined as a friend and neighbour as well as any paid worker.",
            "waxer",
            "a friend and neighbour as well as any paid worker",
        ),
        (
            "'Heel hold' means holding a heel unless specified in the plan that it is sore.",
            "Heel hold",
            "holding a heel unless specified in the plan that it is sore",
        ),
        ("'Heel hold' means holding a heel unless stated.", "Heel hold", "holding a heel"),
    ],
)
def test_terms_that_a_sentence_explains(text: str, term: str, value: str) -> None:
    assert _expanded(text) == {term: value}


@pytest.mark.parametrize(
    "text",
    [
        "Wax law refers to a duty that waxers have.",
        "Wax labelling refers to the risk of gout.",
        "Heeler refers to a trial that ended early.",
        "Waxing is when errors with heels are rare.",
        "'Dusk' is when wax should be put on.",
        "'Winter' is when gout is most common.",
        "Sam is the name given to the boy in this case.",
        "Balmol is the name given to a wax by Heelco.",
        "Dryness is the name given to this by many walkers.",
        "Waxer is a term used for a woman in the past.",
        "The walker, who wears boots, defines pain as “what hurts me now”.",
        "The Heel Board defines this as “heels without wax”.",
        "Smith defines dry heels as “heels without wax”.",
        "For the purposes of this guideline, heels are waxed by nurses and\nDoctors of walkers",
    ],
)
def test_a_sentence_that_only_sounds_like_a_meaning_defines_nothing(text: str) -> None:
    assert _expanded(text) == {}


def test_what_a_term_refers_to_is_its_meaning_in_a_chapter_of_terms() -> None:
    text = (
        "# Care of heels\n\nHeels are cared for.\n\n## {}\n\nHeel loss refers to the lasting loss of heels. Wax helps."
    )
    assert _expanded(text.format("Definitions")) == {"Heel loss": "the lasting loss of heels"}
    assert _expanded(text.format("Heel loss")) == {"Heel loss": "the lasting loss of heels"}
    text = "# Care of heels\n\nHeels are cared for.\n\n## {}\n\nHeel loss is when heels are lost. Wax helps."
    assert _expanded(text.format("Definitions")) == {"Heel loss": "when heels are lost"}
    assert _expanded(text.format("Causes")) == {}


def test_a_term_with_its_abbreviation_is_defined_and_expanded() -> None:
    assert _expanded("  • Hard heel (HH) is defined as one that cracks. It is rare.") == {
        "Hard heel": "one that cracks",
        "HH": "Hard heel",
    }


def test_a_definition_ends_where_another_begins() -> None:
    text = (
        "The term 'adults' is used to describe people who are aged 18 or older, and 'children' those who are younger. "
        "'Walkers' describes those who walk. The chapter 'Walking' describes the way."
    )
    assert _expanded(text) == {"adults": "people who are aged 18 or older", "Walkers": "those who walk"}
    text = 'The term "often" is defined as "on most days of the week" whereas "rarely" means "less than once a week".'
    assert _expanded(text)["often"] == "on most days of the week"
    text = '"Often" means on most days of the week, whereas "rarely" means less than once a week.'
    assert _expanded(text)["Often"] == "on most days of the week"


def test_an_entry_of_a_list_of_terms_may_be_a_sentence() -> None:
    text = (
        "Terms used in this guideline\n\nHeel-holding (HH) is the stopping of all heels. It is rare.\n\n"
        "A heel hold disorder (HHD) refers to heels that are held for long.\n\nBalm (BM) is bad in winter."
    )
    assert _expanded(text) == {
        "Heel-holding": "the stopping of all heels. It is rare.",
        "heel hold disorder": "heels that are held for long.",
        "HH": "Heel-holding",
        "HHD": "heel hold disorder",
        "BM": "Balm",
    }
    assert "Heel care" not in _expanded("Introduction\n\nHeel care (HC) is a part of all care. Heels (HE) are the end.")


def test_ages_and_scopes_that_a_sentence_defines() -> None:
    assert _expanded("In this guideline, children and young people are defined as aged up to 18 years.") == {
        "children and young people": "aged up to 18 years"
    }
    assert _expanded("It is about falls in older people. Older people are those aged 65 years and over.") == {
        "Older people": "those aged 65 years and over"
    }
    assert _expanded("This standard covers the care of heel loss, defined as any lasting loss, in adults.") == {
        "heel loss": "any lasting loss"
    }
    for text in (
        "Most at risk are those aged 65 and over.",
        "The walkers are those aged 65 and over.",
        "Older people are those aged 65, and they walk.",
        "In frail walkers, defined as those who rest, in towns, heels crack.",
        "This guideline covers care of heels in towns, defined as walking, in adults.",
        "In this guideline, levels of proof are defined as follows. They are three.",
    ):
        assert _expanded(text) == {}, text


def test_brackets_behind_a_noun_define_it() -> None:
    text = "People with severe cracks (defined as 3 or more (on either heel)) rest. For an adequate response (defined as no crack) wait."
    assert _expanded(text) == {"severe cracks": "3 or more (on either heel)", "adequate response": "no crack"}
    assert _expanded("Bunion (bent toe) is defined as a bend of 15 degrees.") == {"Bunion": "a bend of 15 degrees"}
    assert _expanded("'Young walkers' refers mainly to those aged 10 to 18.") == {
        "Young walkers": "mainly to those aged 10 to 18"
    }
    for other in (
        "The severity of relapse (defined as mild or severe) was noted.",
        "People with walkers and runners (defined as those who move) rest.",
        "A crack (defined as in the trial) is open. A scale (defined as follows) is used.",
    ):
        assert _expanded(other) == {}, other


def test_a_list_below_definitions_gives_its_terms() -> None:
    text = "Babies and young walkers are defined as follows:\n\n- babies: under 1 year\n- young walkers: 12 to 18 years"
    assert _expanded(text) == {"babies": "under 1 year", "young walkers": "12 to 18 years"}
    text = "In this statement the term 'new balms' covers these groups:\n\n- balms of this year\n\n- waxes.\n\nRest."
    assert _expanded(text) == {"new balms": "these groups:\nbalms of this year\nwaxes."}
    assert _expanded("In this statement the term 'new balms' covers these groups:\n\nOffer balm to all.") == {}


def test_a_list_below_a_sentence_that_defines_gives_its_terms() -> None:
    text = "In this guideline the following definitions are used.\n\n- Walkers: women who walk.\n\n- Wax (soft): what is spread.\n\nRest."
    assert _expanded(text) == {"Walkers": "women who walk.", "Wax (soft)": "what is spread."}


def test_a_table_and_what_stands_below_one_define_nothing() -> None:
    own = "Care of heels\n\nHeels are cared for.\n\nDefinitions\n\nHard heel: a heel that cracks at its rim.\n\n"
    assert _expanded(f"{own}Source: Walker A, Care of the heel, 2008.") == {
        "Hard heel": "a heel that cracks at its rim."
    }
    assert _expanded(f"{own}Table 2: Factors that harden the heel") == {"Hard heel": "a heel that cracks at its rim."}
    told = f"{own}The guidance uses the term 'sores' rather than 'cracks' as: most sores heal and are soft."
    assert _expanded(told) == {"Hard heel": "a heel that cracks at its rim."}
    two = "Care of heels\n\nHeels are cared for.\n\nDefinitions\n\nKind of wax\tBalms of the spring alone{}\n\nRest."
    assert _expanded(two.format("")) == {"Kind of wax": "Balms of the spring alone"}
    assert _expanded(two.format("\tWaxes of the winter")) == {}


def test_an_entry_that_leads_to_another_defines_nothing() -> None:
    text = "Care of heels\n\nHeels are cared for.\n\nGlossary\n\nClog: a wooden shoe\n\nSensitivity analysis: See Uncertainty"
    assert _expanded(text) == {"Clog": "a wooden shoe"}


def test_terms_told_one_behind_the_other_end_where_the_next_begins() -> None:
    text = "In this guidance, the term 'walkers' means those under 12; 'runners' means those who run; and 'adults' means the rest."
    assert _expanded(text) == {"walkers": "those under 12"}


def test_words_that_an_abbreviation_stands_for_may_hold_a_colon() -> None:
    text = "Care of heels\n\nHeels are cared for.\n\nAbbreviations\n\nHAND, Heels and Nails: Daily\n\nHW, heel width"
    assert _expanded(text) == {"HAND": "Heels and Nails: Daily", "HW": "heel width"}


def test_a_heading_on_a_span_of_time_is_none_of_terms() -> None:
    text = "Care of heels\n\nHeels are cared for.\n\n{}\n\nHeel class\n\nA class that is held for walkers each week."
    assert _expanded(text.format("Terms used in this guideline")) == {
        "Heel class": "A class that is held for walkers each week."
    }
    assert _expanded(text.format("In the near term")) == {}


def test_a_definition_runs_through_its_list() -> None:
    text = (
        "Heel care is defined as help at home for adults who:\n\n- cannot bend\n\n- have hard heels.\n\nHelp is free."
    )
    assert _expanded(text) == {"Heel care": "help at home for adults who:\ncannot bend\nhave hard heels."}
    assert _expanded("Levels are defined as follows:\n\n- A is good\n\n- B is less.") == {}
    assert _expanded("Heel care is defined as help at home for:\n\nAdults cannot bend.") == {}


def test_a_definition_may_be_a_list_alone_or_an_item() -> None:
    text = "A dry heel is defined as:\n\n- a heel that cracks or\n\n- a heel that hurts.\n\nHelp is free."
    assert _expanded(text) == {"dry heel": "a heel that cracks or\na heel that hurts."}
    text = "- A dry heel is defined as:\n\n    - a heel that cracks.\n\n- Offer wax."
    assert _expanded(text) == {"dry heel": "a heel that cracks."}
    assert _expanded("A dry heel is defined as:\n\nHelp is free.") == {}
    text = "In this guideline:\n\n- 'Walkers' refers to all who walk. They may run.\n\n- 'Waxers' often wax."
    assert _expanded(text) == {"Walkers": "all who walk"}
    text = "- oil hurts. For the purpose of this guidance, sore heels are defined as heels that hurt at night\n\n  or\n\n- wax hurts."
    assert _expanded(text) == {"sore heels": "heels that hurt at night"}


def test_an_abbreviation_may_stand_before_another_name() -> None:
    assert _expanded("Offer a heel wax rub (HWR or 'wax rub') to walkers.") == {"HWR": "heel wax rub"}
    assert _expanded("Offer a heel wax rub (OIL or 'wax rub') to walkers.") == {}


def test_what_means_that_explains_a_term_only_where_it_was_quoted() -> None:
    assert _expanded("Some are for 'off-heel' use. Off-heel means that the cream is put elsewhere.") == {
        "Off-heel": "the cream is put elsewhere"
    }
    assert _expanded("Ask about 'pain'. Hard skin means that the heel cracks. This means that walkers rest.") == {}


def test_a_list_that_its_lead_says_defines_gives_its_terms() -> None:
    text = "This guideline uses the following terms:\n\n- children: aged 5 to 11\n- Hard heel: a heel that cracks.\n\nOffer wax: twice."
    assert _expanded(text) == {"children": "aged 5 to 11", "Hard heel": "a heel that cracks."}


def test_what_is_settled_for_the_purposes_of_a_document_defines_nothing() -> None:
    assert (
        _expanded("For the purposes of this guideline, costs are not counted at all. They are, for its purposes, wax.")
        == {}
    )
    assert (
        _expanded("For the purposes of this guideline, costs are assumed to be low. Wax for the purposes of this club.")
        == {}
    )


def test_a_list_of_abbreviations_may_stand_below_a_sentence_without_a_colon() -> None:
    items = "\n\n- HCW – heel care worker\n- TCW – toe care worker\n\nRest."
    expected = {"HCW": "heel care worker", "TCW": "toe care worker"}
    assert _expanded("Some of the abbreviations used are defined below" + items) == expected
    others = "\n\n- HCW – washes heels\n- TCW – toe care worker\n\nRest."
    assert _expanded("The abbreviations are of no use here." + others) == {}


def test_an_abbreviation_of_a_name_may_pass_over_one_of_its_words() -> None:
    assert _expanded("The Waxes and Heelcare Products Regulatory Agency (WHRA) warned.") == {
        "WHRA": "Waxes and Heelcare Products Regulatory Agency"
    }
    assert _expanded("The Committee of Heel Products for Walker Use (CWHP) agreed.") == {}
    assert _expanded("The Heel Products Agency (HA) and the Wax Heel Agency Office (WHO) met.") == {}


def test_a_word_with_a_hyphen_is_expanded_whole_where_its_first_letter_fits() -> None:
    assert _expanded("Use a wrist-worn heel alarm (WHA).") == {"WHA": "wrist-worn heel alarm"}
    assert _expanded("Give an anti-tumour heel factor (THF).") == {"THF": "tumour heel factor"}


def test_what_a_sentence_says_of_others_words_defines_nothing() -> None:
    assert _expanded("This means that heels crack. Wax is used to mean well. The report refers to heels.") == {}
    assert _expanded("This is defined as harm. Walkers who limp were seen. People are defined as walkers.") == {}
    assert _expanded("Table 2 refers to the heels. The latter refers to the cracks. Dryness refers to cracks.") == {}
    assert _expanded("How the walker refers to the heel matters. Guidance refers to the law.") == {}


def test_terms_run_in_with_what_they_mean_are_read_where_several_stand_under_their_heading() -> None:
    terms = (
        "Heel decision A paper signed by a walker aged 18 or over.",
        "Waxer A nurse who waxes heels.",
        "Walkers People aged 11 years or over.",
    )
    heading = "Terms used in this guideline"
    assert _expanded("\n\n".join([heading, *terms])) == {
        "Heel decision": "A paper signed by a walker aged 18 or over.",
        "Waxer": "A nurse who waxes heels.",
        "Walkers": "People aged 11 years or over.",
    }
    assert _expanded("\n\n".join([heading, *terms[:2]])) == {}


def test_what_one_thing_is_makes_no_terms_of_the_headings_below() -> None:
    text = "\n\n".join(
        [
            "Managing a run of sore heels",
            "Definition of a run of sore heels",
            "A run is what two walkers have who share one boot.",
            "Reporting a run of sore heels",
            "If a walker has sore heels, walkers must call the office at once.",
            "Boot management plan",
            "To be ready for a run, walkers must have a plan for boots.",
        ]
    )
    found = definitions.find(*reading.page(text))
    assert "Boot management plan" not in {fact.detail["term"] for fact in found}
    assert "Reporting a run of sore heels" not in {fact.detail["term"] for fact in found}


def test_a_word_that_brackets_or_quotation_marks_explain_is_a_term() -> None:
    text = (
        "Do not walk far often ('often' means most days). Balm-free means 'plain'; it is the usual bandage.\n\n"
        "This means 'stop now'. A red light means 'stop'. Doing so means 'no change'. The heel ('back') means much."
    )
    found = definitions.find(*reading.page(text))
    assert [(fact.detail["term"], fact.value) for fact in found] == [("often", "most days"), ("Balm-free", "plain")]


def test_those_who_work_for_the_publisher_are_no_clinicians() -> None:
    named = ("NICE staff", "the NICE project team who made it", "nursing staff", "NICE guidance and staff")
    assert [actors.kinds(phrase) for phrase in named] == [
        ("publisher",),
        ("publisher",),
        ("clinician",),
        ("clinician",),
    ]


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("youth practitioners", ("other",)),
        ("housing professionals", ("other",)),
        ("nurse practitioners", ("clinician",)),
        ("health and social care professionals", ("clinician",)),
    ],
)
def test_a_practitioner_of_another_trade_is_no_clinician(phrase: str, kinds: tuple[str, ...]) -> None:
    assert actors.kinds(phrase) == kinds


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("Adult and paediatric heel teams", ("clinician",)),
        ("Child and adolescent heel services (CAHS)", ("provider",)),
        ("patient and carer representatives", ("other",)),
        ("adults and their nurses", ("patient", "clinician")),
        ("the child or a nurse", ("patient", "clinician")),
        ("child or parent", ("patient",)),
        ("National Health Service (NHS) England and, if needed, the walking clinics", ("commissioner", "provider")),
        ("heel marrow waxing (HMW) nurses", ("clinician",)),
        ("general practitioners (GPs) or first waxers", ("clinician",)),
        ("the National Health Service (NHS)", ("provider",)),
    ],
)
def test_whom_a_service_is_for_and_the_short_form_within_its_name_tell_no_kind(
    phrase: str, kinds: tuple[str, ...]
) -> None:
    assert actors.kinds(phrase) == kinds


def test_what_a_document_means_by_a_term_of_its_own() -> None:
    text = (
        "The term 'rest home' in this guideline refers to all 4 kinds of care.\n\n"
        "For the purposes of this guideline, the term 'college' covers schools and colleges.\n\n"
        "1.2 Best heel care is defined as a full trial of, and if wanted, more of the balm."
    )
    found = definitions.find(*reading.page(text))
    assert [fact.detail["term"] for fact in found] == ["rest home", "college", "Best heel care"]


def test_a_footnote_explains_the_words_that_bear_its_mark() -> None:
    page = "Most dry heels (or 'mild dryness'[1]) heal. Others hurt[2].\n\n[1] Mild dryness means stage 1 or 2.\n\n"
    assert _expanded(f"{page}[2] Pain means pain at night.") == {"Mild dryness": "stage 1 or 2"}


def test_terms_stand_above_what_they_mean_where_there_are_no_blank_lines() -> None:
    lines = (
        "Quality statement 5: Heels",
        "Source guidance",
        "Gout: diagnosis and care. NICE guideline CG903 (2034), recommendations 1.2.8 and 1.2.9",
        "Definitions of terms used in this quality statement",
        "Heel status",
        "One of: dry, none known or unable to tell. [NICE's guideline on gout, recommendation 1.2.1]",
    )
    record = structure([Capture("\n".join(lines).encode(), "heels.txt")])
    assert [(entry.term, entry.text) for entry in record.definitions] == [("Heel status", lines[-1])]


@pytest.mark.parametrize(("confidence", "found"), [(0.5, ["HCD"]), (0.95, [])])
def test_abbreviations_stand_in_what_the_typer_hardly_takes_for_references(confidence: float, found: list[str]) -> None:
    text = "The following are looked for:\n\n- heel crack disease (HCD)"
    block = Block(BlockKind.PARAGRAPH, 0, len(text))
    section = Section(
        SectionType.REFERENCES, 0, len(text), 1, Layer.BODY, Basis.INFERRED, "typer", confidence=confidence
    )
    facts = definitions.find(text, [block], [section])
    assert [fact.detail["term"] for fact in facts] == found
