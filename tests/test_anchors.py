"""Links to a page's own parts, told from lines of the page."""

from __future__ import annotations

from betony import lines
from betony.nlp import anchors, headings, sections

LINKS = "Background\nKey dates\nThe balm\nWhat the maker sent\nRelated guidance"
PART = "The ministry has asked the office to look at nettle balm, and the office has asked its makers."


def links(text: str) -> list[str]:
    blocks = lines.blocks(text)
    return [text[blocks[i].start : blocks[i].end] for i in anchors.to_parts(text, blocks)]


def test_lines_whose_first_stands_again_right_below_them_are_links() -> None:
    assert links(f"Nettle balm\n\n{LINKS}\n\nBackground\n\n{PART}") == LINKS.splitlines()
    assert links(f"Nettle balm\n\n{LINKS}\n\nKey dates\n\n{PART}") == []


def test_signs_before_the_lines_make_no_difference() -> None:
    listed = "\n".join(f"  • {line}" for line in LINKS.splitlines())
    assert len(links(f"{listed}\n\nBackground\n\n{PART}")) == 5


def test_a_few_lines_or_sentences_are_no_links() -> None:
    few = "\n".join(LINKS.splitlines()[:4])
    assert links(f"{few}\n\nBackground\n\n{PART}") == []
    said = LINKS.replace("The balm", "The balm is green.")
    assert links(f"{said}\n\nBackground\n\n{PART}") == []


def test_links_are_furniture_and_the_part_is_not() -> None:
    text = f"Nettle balm: draft\n\n{LINKS}\n\nBackground\n\n{PART}"
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True))
    assert [section.type.value for section in found] == ["summary", "furniture", "summary"]
