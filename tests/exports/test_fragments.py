"""Text fragments open the page at the words: checked by a matcher that follows the WICG's algorithm."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

import pytest

from betony.export.fragments import link, text_directive
from betony.export.rows import span


def found_at(page: str, directive: str) -> tuple[int, int] | None:
    """Where a browser that follows the WICG's algorithm would highlight: the first match, in any case, at word bounds."""
    terms = re.fullmatch(r"text=(?:([^,]*)-,)?([^,]*)(?:,([^,-]*))?(?:,-([^,]*))?", directive)
    assert terms is not None, directive
    prefix, start, end, suffix = (unquote(term) if term else None for term in terms.groups())
    assert suffix is None
    assert start
    at = 0
    while True:
        begin = _find(page, start, at)
        if begin < 0:
            return None
        before = page[:begin].rstrip()
        if prefix is None or before.lower().endswith(prefix.lower()):
            stop = begin + len(start)
            if end is None:
                return begin, stop
            last = _find(page, end, stop)
            if last >= 0:
                return begin, last + len(end)
        at = begin + 1


def _find(page: str, term: str, at: int) -> int:
    assert not re.search(r"[\n\t\f]", term), "a term stands inside one block"
    found = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE).search(page, at)
    return found.start() if found else -1


PAGE = (
    "Offer tea - or coffee, if asked & thirsty.\n\nOffer tea, always.\n\nDo not offer tea to people who are asleep, "
    "people who have just had some, people who have left, and people who ask for something else.\n"
    "a biscuit\na cake\n\nOffer tea, always."
)


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        (
            "Offer tea - or coffee, if asked & thirsty.",
            "text=Offer%20tea%20%2D%20or%20coffee%2C%20if%20asked%20%26%20thirsty.",
        ),
        ("ffer tea - or coffe", "text=Offer%20tea%20%2D%20or%20coffee"),
        ("a biscuit\na cake", "text=a%20biscuit,a%20cake"),
        (
            "Do not offer tea to people who are asleep, people who have just had some, people who have left, and "
            "people who ask for something else.",
            "text=Do%20not%20offer%20tea%20to,who%20ask%20for%20something%20else.",
        ),
        ("thirsty.\n\nOffer", "text=thirsty.,Offer"),
    ],
)
def test_a_directive_names_the_words(words: str, directive: str) -> None:
    start = PAGE.index(words)
    assert text_directive(PAGE, start, start + len(words)) == directive


def test_words_that_stand_twice_are_told_apart_by_what_is_before_them() -> None:
    first, second = (found.start() for found in re.finditer("Offer tea, always", PAGE))
    assert "-," not in text_directive(PAGE, first, first + 17)
    directive = text_directive(PAGE, second, second + 17)
    assert directive == "text=a%20cake-,Offer%20tea%2C%20always"
    assert found_at(PAGE, directive) == (second, second + 17)


def test_signs_alone_have_no_directive() -> None:
    assert text_directive("• – •", 0, 5) == ""


def test_links_of_all_samples_lead_to_their_own_words(records: list[dict[str, Any]]) -> None:
    led = missed = 0
    for record in records:
        for item in (*record["sections"], *record["recommendations"], *record["responsibilities"]):
            place = span(item)
            if record["url"] is None or place is None:
                continue
            part = next(one for one in record["parts"] if one["start"] <= place[0] < one["end"])
            address, sign, directive = str(link(record, *place)).partition("#:~:")
            assert address == part["url"]
            page = record["text"][part["start"] : part["end"]]
            found = found_at(page, directive) if sign else None
            close = found is not None and abs(found[0] + part["start"] - place[0]) <= 3  # a bullet in front is no word
            led, missed = led + close, missed + (not close)
    assert led > 300
    assert missed <= 0.01 * led
