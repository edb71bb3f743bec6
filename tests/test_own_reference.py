"""What a page says of its own document by the reference that its address has."""

from __future__ import annotations

import pytest

from betony import structure

OWN = "https://www.nice.org.uk/guidance/ng912"


def _told(text: str, url: str = OWN) -> tuple[list[tuple[str, str | None]], str]:
    record = structure(text.encode(), url=url, media_type="text/plain")
    return [(str(one.type), one.target.id) for one in record.relations], str(record.status.currency)


@pytest.mark.parametrize(
    ("text", "relation", "currency"),
    [
        ("NG912 has been replaced by NG934.", ("is_replaced_by", "nice:ng934"), "replaced"),
        ("NICE guideline NG912 was updated and replaced by NG934.", ("is_replaced_by", "nice:ng934"), "replaced"),
        ("CG907 and NG912 have been replaced by NG934.", ("is_replaced_by", "nice:ng934"), "replaced"),
        ("NG934 updates and replaces NG912.", ("is_replaced_by", "nice:ng934"), "unknown"),
        ("NG905 has been replaced by NG912.", ("replaces", "nice:ng905"), "unknown"),
        ("NG905 has been updated by NG912.", ("updates", "nice:ng905"), "unknown"),
        ("The NICE guideline on cracked heels (NG912) replaces NG905.", ("replaces", "nice:ng905"), "unknown"),
    ],
)
def test_a_page_may_name_its_own_document(text: str, relation: tuple[str, str], currency: str) -> None:
    assert _told(text) == ([relation], currency)


@pytest.mark.parametrize(
    "text",
    [
        "NG905 has been replaced by NG906.",
        "NG912 and NG913 are cited by NG905, which replaces NG904.",
        "TA905 on heels in NG912 replaces TA904.",
        "NG906 has been withdrawn.",
        "The addendum to NICE guideline NG912 updates the recommendations on wax in NG905.",
    ],
)
def test_what_is_said_of_other_documents_is_not_its_own(text: str) -> None:
    assert _told(text) == ([], "unknown")


def test_a_withdrawal_names_the_document() -> None:
    text = "NICE guideline NG912 was withdrawn in May 2031."
    assert _told(text)[1] == "withdrawn"
    withdrawn = structure(text.encode(), url=OWN, media_type="text/plain").dates.withdrawn
    assert withdrawn is not None
    assert withdrawn.value == "2031-05"
    other = structure(b"NG906 was withdrawn in May 2031.", url=OWN, media_type="text/plain")
    assert other.dates.withdrawn is None


def test_an_indicator_replaces_another() -> None:
    url = "https://www.nice.org.uk/indicators/ind976-heels/chapter/indicator"
    assert _told("Indicator IND976 updates and replaces IND904.", url)[0] == [("replaces", "nice:ind904")]
