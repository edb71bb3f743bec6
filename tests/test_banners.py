"""What of plain text is the site's: banners, menus, forms; and what only looks like it."""

from betony import lines
from betony.model import Layer
from betony.nlp import banners, headings
from betony.nlp.passages import is_date, is_field


def furniture(text: str) -> list[str]:
    """The lines of the text that are the site's."""
    blocks = banners.without(text, lines.blocks(text))
    return [text[block.start : block.end] for block in blocks if block.layer is Layer.FURNITURE]


def test_what_a_site_says_of_itself_above_the_title_is_not_the_pages() -> None:
    banner = "We put small files called cookies on your device so that the service works for you."
    assert furniture(f"Skip to main content\n\n{banner}\n\nNettle rash in adults\n\nIt itches.") == [
        "Skip to main content",
        banner,
    ]


def test_cookies_below_the_first_words_of_a_page_are_the_pages() -> None:
    assert furniture("Eating well\n\nEat fruit in the place of cookies and cake.") == []


def test_a_menu_is_known_by_most_of_its_entries() -> None:
    assert furniture("Home\nConditions\nSign in\nNews\nNettle rash is common.") == [
        "Home",
        "Conditions",
        "Sign in",
        "News",
    ]


def test_an_entry_within_a_list_of_the_page_is_the_pages() -> None:
    assert furniture("The service offers:\n\nadvice\nhelp\ntransport\nmeals\n\nCall us.") == []


def test_links_that_ran_into_one_another_are_a_menu() -> None:
    assert furniture("PrintShareDownload guidance\nNettle rash is common.") == ["PrintShareDownload guidance"]


def test_what_a_form_asks_is_the_forms() -> None:
    text = "• Question on Consultation\n\n    Is the draft clear to you?\n\nThe draft is about nettle rash."
    assert furniture(text) == ["• Question on Consultation", "Is the draft clear to you?"]


def test_a_date_is_no_heading() -> None:
    text = "Nettle rash\n\nUpdated March 2021\n\nNettle rash is common in spring, and goes by itself."
    found = headings.find(text, lines.blocks(text), plain=True)
    assert [text[b.start : b.end] for b in found if b.kind == "heading"] == ["Nettle rash"]
    assert is_date("Updated March 2021")
    assert not is_date("March is when nettles grow")


def test_a_field_is_a_name_with_its_value() -> None:
    assert is_field("Policy number: 6")
    assert not is_field("Nettle rash is common in spring")
