"""What a page of a draft says of the guidance in force is no date of the draft."""

from __future__ import annotations

from betony.model import Capture
from betony.pipeline import structure
from betony.record import Dates

PAGE = """Heel pain in adults: update

In development [GID-NG19001]

{words}
"""
TOLD = "Update information\n\nMarch 2031: We updated the recommendations on wax.\n\nThis guideline was last updated in March 2031."
PROJECT = "https://www.nice.org.uk/guidance/indevelopment/gid-ng19001"
CONSULTATION = "https://www.nice.org.uk/guidance/ng9001/consultation/html-content"
GUIDANCE = "https://www.nice.org.uk/guidance/ng9001"


def dates(url: str, words: str = TOLD) -> Dates:
    page = PAGE.format(words=words)
    return structure([Capture(page.encode(), "page.txt", url=url, media_type="text/plain")]).dates


def test_when_the_guidance_in_force_was_changed_is_no_date_of_its_draft() -> None:
    assert dates(PROJECT).modified is None
    assert dates(CONSULTATION).modified is None


def test_a_label_of_the_page_is_its_own() -> None:
    told = dates(PROJECT, "Last updated: 4 May 2031").modified
    assert told is not None
    assert told.value == "2031-05-04"


def test_of_the_guidance_itself_it_is_one() -> None:
    told = dates(GUIDANCE).modified
    assert told is not None
    assert told.value == "2031-03"
