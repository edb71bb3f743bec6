"""The document this project began with gives the record that its contract works out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from betony.model import Capture
from betony.pipeline import structure
from betony.record import Record
from betony.text import squeeze
from tests.conftest import SAMPLES

SEED = SAMPLES / "nice" / "percutaneous-mitral-valve-leaflet-repair.txt"


@pytest.fixture(scope="module")
def seed() -> Record:
    return structure([Capture(SEED.read_bytes(), "seed.txt")])


def test_the_seed_has_the_sections_of_the_contract(seed: Record) -> None:
    found = [(s.start, s.type.value, s.heading.text if s.heading else None) for s in seed.sections]
    assert found == [
        (0, "summary", None),
        (218, "procedure", None),
        (724, "coding", "Coding and clinical classification codes for this guidance."),
        (785, "status", "Is this guidance up to date?"),
        (947, "development", "Guidance development process"),
        (1033, "responsibilities", "Your responsibility"),
        (2575, "furniture", None),
    ]


def test_title_publisher_and_type_of_the_seed_are_as_the_contract_says(seed: Record) -> None:
    assert seed.title is not None
    assert seed.title.value == "Percutaneous mitral valve leaflet repair for mitral regurgitation"
    assert seed.title.basis == "inferred"
    assert seed.publisher is not None
    assert seed.publisher.id == "nice"
    assert seed.document_type == "interventional_procedures_guidance"
    assert seed.provenance.document_type is not None
    assert seed.provenance.document_type.basis == "explicit"
    assert seed.identifier is None
    assert seed.id == f"sha256:{seed.source.sha256[:16]}"
    assert seed.jurisdictions == ["England", "Wales", "Scotland", "Northern Ireland"]
    assert seed.text == SEED.read_text("utf-8")
    assert len(seed.text) == 2633


def test_the_seed_is_being_updated(seed: Record) -> None:
    assert (seed.status.code, seed.status.currency) == ("active", "update_in_progress")
    assert seed.status.checked is not None
    assert (seed.status.checked.value, seed.status.checked.precision) == ("2018-12", "month")
    assert seed.status.notice == seed.text[815:945]
    assert squeeze(seed.status.notice) == (
        "We checked this guidance in December 2018 and we are updating it. "
        "See the guidance in development page for progress on the update."
    )


def test_what_it_says_of_itself(seed: Record) -> None:
    assert seed.quality.coverage == 1.0
    assert {warning.code.value for warning in seed.quality.warnings} == {
        "identifier_unknown",
        "url_unknown",
        "title_inferred",
        "empty_section",
    }


def test_given_its_address_it_has_the_publishers_reference() -> None:
    made = structure([Capture(SEED.read_bytes(), "seed.txt", url="https://www.nice.org.uk/guidance/IPG309")])
    assert (made.id, made.identifier) == ("nice:ipg309", "IPG309")
    assert made.provenance.identifier is not None
    assert made.provenance.identifier.basis == "given"


def test_the_side_file_gives_no_address() -> None:
    side = json.loads(Path(SEED.with_suffix(".source.json")).read_text("utf-8"))
    assert "url" not in side
    assert side["synthetic"] is False


DUTIES = [
    ("healthcare professionals", "expected", "are expected to"),
    ("healthcare professionals", "responsible", "individual responsibility"),
    (None, "should", "should"),
    ("Commissioners and/or providers", "responsible", "have a responsibility to"),
    (None, "should_not", "Nothing"),
    ("Providers", "should", "should"),
    ("Commissioners and providers", "responsible", "have a responsibility to"),
    ("Commissioners and providers", "should", "should"),
]


def test_who_must_do_what(seed: Record) -> None:
    found = [(duty.actor, duty.modality, duty.term) for duty in seed.responsibilities]
    assert [(actor, modality) for actor, modality, _ in found] == [(actor, modality) for actor, modality, _ in DUTIES]
    assert all(duty[2].lower().startswith(term[2].lower().split()[0]) for duty, term in zip(found, DUTIES, strict=True))
