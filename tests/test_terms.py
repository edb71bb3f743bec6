"""Whose a document is and under what terms, as it says itself."""

from __future__ import annotations

import pytest

from betony import publishers, terms
from betony.model import Basis, Capture, License
from betony.pipeline import structure
from betony.publisher import Publisher
from betony.record import Record

GUIDANCE = "Rest for tiredness\n\nThis guideline covers rest for adults who are tired.\n\n"


def record_of(words: str, license: License | None = None) -> Record:
    body = f"{GUIDANCE}{words}\n".encode()
    return structure([Capture(body, "page.txt", media_type="text/plain", license=license)])


@pytest.mark.parametrize(
    ("words", "text", "attribution", "url"),
    [
        (
            "© Institute of Rest 2016. All rights reserved. It may be copied for private study.",
            "© Institute of Rest 2016. All rights reserved. It may be copied for private study.",
            "© Institute of Rest 2016",
            None,
        ),
        (
            "© Crown copyright 2022\n\nThis publication is licensed under the terms of the Open Government Licence v3.0."
            " See https://www.example.org/open-government-licence/version/3.",
            "This publication is licensed under the terms of the Open Government Licence v3.0."
            " See https://www.example.org/open-government-licence/version/3.",
            "© Crown copyright 2022",
            "https://www.example.org/open-government-licence/version/3",
        ),
        (
            "Copyright © 2020 Institute of Rest",
            "Copyright © 2020 Institute of Rest",
            "Copyright © 2020 Institute of Rest",
            None,
        ),
        (
            "© NICE 2031. All rights reserved. Subject to Notice of rights (https://rest.example/terms). Rest for tiredness (NG931)",
            "© NICE 2031. All rights reserved. Subject to Notice of rights (https://rest.example/terms).",
            "© NICE 2031",
            None,
        ),
        (
            "© NICE 2031. All rights reserved. Subject to Notice of rights. Rest for tiredness NICE Pathways",
            "© NICE 2031. All rights reserved. Subject to Notice of rights.",
            "© NICE 2031",
            None,
        ),
    ],
)
def test_terms_are_taken_as_they_stand(words: str, text: str, attribution: str, url: str | None) -> None:
    record = record_of(words)
    assert (record.license.text, record.license.attribution, record.license.url) == (text, attribution, url)
    assert record.license.basis is Basis.EXPLICIT
    assert record.license.evidence
    assert all(record.text[each.start : each.end] == each.quote for each in record.license.evidence)


def test_terms_end_with_the_words_that_a_publisher_ends_them_with(monkeypatch: pytest.MonkeyPatch) -> None:
    run_on = "© Institute of Rest 2031. All rights reserved. Here end our terms. Rest for tiredness"
    monkeypatch.setattr(terms, "_last_words", terms._last_words.__wrapped__)  # kept for the process otherwise
    assert record_of(run_on).license.text == run_on
    rest = type("Rest", (Publisher,), {"id": "rest", "terms_end": r"Here end our terms\."})()
    known = {**publishers.every(), "rest": rest}
    monkeypatch.setattr(publishers, "every", lambda: known)
    assert record_of(run_on).license.text == run_on.removesuffix(" Rest for tiredness")


@pytest.mark.parametrize(
    "words",
    [
        "The picture is available from a library under a Creative Commons licence.",
        "Copyright is held by nobody.",
        "The © sign stands before a name.",
        "(c) The number of adults who rested in 2016.",
    ],
)
def test_what_speaks_of_something_else_states_no_terms(words: str) -> None:
    assert record_of(words).license.text is None
    assert record_of(words).license.basis is None


def test_the_side_file_goes_first() -> None:
    record = record_of("© Institute of Rest 2016. All rights reserved.", license=License(text="Free for all"))
    assert (record.license.text, record.license.basis) == ("Free for all", Basis.GIVEN)
