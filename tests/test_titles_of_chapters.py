"""The title of a product where a chapter of it prints it above its own heading."""

from __future__ import annotations

from betony.model import Capture
from betony.pipeline import structure
from betony.record import Record

TEXT = "2031 surveillance of heel care (NICE guideline NG9001)\n\nMethods\n\nThe check of heel care had three steps.\n"


def read(chapter: str, text: str = TEXT) -> Record:
    url = f"https://www.nice.org.uk/guidance/ng9001/resources/2031-surveillance-of-heel-care/chapter/{chapter}"
    return structure([Capture(text.encode(), "page.txt", url=url, media_type="text/plain")])


def test_the_line_above_the_chapter_is_the_title() -> None:
    record = read("Methods")
    assert record.title is not None
    assert record.title.value == "2031 surveillance of heel care"
    assert [part.title for part in record.parts] == ["Methods"]


def test_a_heading_that_the_address_does_not_name_says_nothing_of_the_line_above() -> None:
    assert read("How-we-decided").title is None


def test_a_chapter_that_repeats_its_own_heading_has_no_other_title() -> None:
    assert read("Methods", "Methods\n\nMethods\n\nThe check of heel care had three steps.\n").title is None


def test_a_chapter_is_called_what_its_first_line_and_its_address_say() -> None:
    text = (
        "Advice\n\nNICE is unable to recommend wax.\n\nInformation\n\nTrusts should follow the advice on decisions.\n"
    )
    assert [part.title for part in read("Advice", text).parts] == ["Advice"]
    assert [part.title for part in read("Methods", text).parts] == ["Information"]


def test_a_heading_below_prose_is_no_title_of_the_chapter() -> None:
    lead = (
        "This check covers the care of heels in people who walk, whatever they walk on, and of those who care for them."
    )
    record = read("Introduction", f"{lead}\n\nWhy this check is needed\n\nHeels crack when nobody looks after them.\n")
    assert [part.title for part in record.parts] == [None]
    assert [section.heading and section.heading.text for section in record.sections] == [
        None,
        "Why this check is needed",
    ]


def test_a_question_above_the_line_that_the_address_goes_by_is_no_title() -> None:
    text = "Do you sell boots?\n\nWhat boot sellers need to do\n\nYou are responsible for the heels of all who buy your boots from you.\n"

    def titled(slug: str) -> str | None:
        url = f"https://www.hse.gov.uk/boots/{slug}.htm"
        record = structure([Capture(text.encode(), "page.txt", url=url, media_type="text/plain")])
        return record.title.value if record.title else None

    assert titled("what-sellers-need-to-do") == "What boot sellers need to do"
    assert titled("do-you-sell-boots") == "Do you sell boots?"
    assert titled("index") == "Do you sell boots?"
