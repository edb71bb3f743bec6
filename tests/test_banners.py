"""What of plain text is the site's: banners, menus, forms; and what only looks like it."""

import time

import pytest

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


def test_what_leads_past_the_top_of_a_page_is_the_sites_with_all_above_it() -> None:
    bar = ["Accessibility tools", "To learn how they work, read this.", "Link to our maps", "Return to the homepage"]
    assert furniture("\n".join(bar) + "\n\nNettle rash in adults\n\nIt itches.") == bar
    assert furniture("Nettle rash in adults\n\nIt itches.\n\nReturn to the homepage") == []


def test_names_of_pages_that_ran_into_one_another_at_the_top_are_a_menu() -> None:
    menu = (
        "How we look after skin Which rashes are common? Creams and how to spread them Plants that sting Plants that burn"
        " Animals with stings Rashes in small children Rashes in the old How to visit us How to write to us"
    )
    assert furniture(f"{menu}\n\nNettle rash\n\nIt itches.") == [menu]
    prose = menu.replace("Plants that sting", "plants that sting.")
    assert furniture(f"{prose}\n\nNettle rash\n\nIt itches.") == []
    assert furniture(f"Nettle rash\n\n{menu}") == []


def test_numbers_and_signs_at_the_top_are_no_title() -> None:
    text = "27\n\nNettle rash in adults\n\nOverview\n\nIt itches."
    assert furniture(text) == ["27"]
    assert headings.find(text, lines.blocks(text), plain=True)[1].level == 1
    assert furniture("<<\n\nNettle rash in adults\n\nIt itches.") == ["<<"]
    assert furniture("Nettle rash in adults\n\n27\n\nIt itches.") == ["27"]
    assert furniture("19/04/2024\n\nNettle rash in adults") == []


def test_what_a_keeper_of_documents_writes_around_one_is_not_the_documents() -> None:
    around = ["14", "Nettle rash in adults, an extract · Nettle rash 2", "• Upload", "ann", "• View", "Embed Size (px)"]
    text = "\n\n".join(
        ["14", "Nettle rash in adults", *around[1:], "Transcript", "Nettle rash in adults", "It itches."]
    )
    assert furniture(text) == [*around, "Transcript"]


def test_the_extract_above_a_document_is_not_its_name() -> None:
    extract = "Nettle rash, an extract. " * 20
    text = f"14\n{extract}\n\nNETTLE RASH POLICY\n\n• Upload\n\n3 views\n\nTranscript\n\nIt itches."
    assert "NETTLE RASH POLICY" not in furniture(text)
    assert extract.strip() in furniture(text)


def test_buttons_and_counts_in_a_row_are_a_keepers_where_no_line_begins_the_document() -> None:
    row = ["Date posted: 14 May", "Category:", "Upload: ann-of-the-ward", "View: 40 times"]
    assert furniture("\n".join(["Nettle rash", "", *row, "It itches."])) == row
    assert furniture("Nettle rash\n\n12 views\n\nIt itches.") == []


def test_a_line_above_each_number_of_a_page_is_a_running_header() -> None:
    text = "Nettle rash\n\nThe ward's guide\nPage 1 of 9\nIt itches.\n\nThe ward's guide\nPage 2 of 9\nIt goes."
    assert furniture(text) == ["The ward's guide", "Page 1 of 9", "The ward's guide", "Page 2 of 9"]
    assert furniture("Nettle rash\n\nThe ward's guide\nPage 1 of 9\nIt itches.") == ["Page 1 of 9"]


def test_a_bar_of_links_is_a_menu() -> None:
    bar = "Big letters | Accessibility | Site map | Help"
    assert furniture(f"{bar}\n\nNettle rash\n\nIt itches.") == [bar]
    assert furniture("Plant | Itches | Help | Burns\n\nNettle rash") == []


def test_a_title_among_lines_of_a_menu_is_the_pages() -> None:
    text = "Home\nSign in\nNettle rash in small children\n\nSearch\n\nMenu\n\nIt itches."
    assert furniture(text) == ["Home", "Sign in"]


def test_a_transcript_on_the_page_of_its_maker_stays() -> None:
    text = "A talk on nettle rash\n\nDr Dock tells us why it itches.\n\nTranscript\n\nGood evening."
    assert furniture(text) == []


def test_a_name_with_the_address_of_its_site_above_a_page_is_the_sites() -> None:
    header = "The rash ward - https://www.rash.example -"
    assert furniture(f"{header}\n\nNettle rash\n\nIt itches.") == [header]
    assert furniture("Read more at https://www.rash.example/nettles today\n\nNettle rash") == []


def test_headers_with_the_number_of_their_page_are_no_words_of_the_document() -> None:
    text = "Page 1: Rash in adults\n\nIt itches.\n\nPage 2: Rash in adults\n\nIt goes.\n\nRash in adults Page 2 of 9"
    assert furniture(text) == ["Page 1: Rash in adults", "Page 2: Rash in adults", "Rash in adults Page 2 of 9"]
    assert furniture("The rash\n\nPage 1: the form\n\nFill it in as shown on page 2 of 9") == []


def test_a_table_of_contents_is_known_by_its_pages() -> None:
    table = ["Who gets a rash 2", "3", "What helps", "5", "Annex: creams and balms", "11"]
    assert furniture("\n".join(["Nettle rash", "Contents", *table, "It itches where the leaf was."])) == table
    chapters = [f"{n}.0 Of the plant {name} {2 * n}" for n, name in enumerate("ABCDEF", 1)]
    assert furniture("\n\n".join(["Nettle rash", *chapters, "It itches."])) == chapters
    assert furniture("Nettle rash\n\nContents\n\nOne tube of cream\n\nTwo gloves\n\nWash them.") == []


def test_many_lines_with_rising_pages_are_a_table_of_contents() -> None:
    names = ["Plants", "Men", "Women", "Children", "Dogs and cats", "Creams", "Balms", "Whom to ask", "What to read"]
    table = [f"{name} {page // 2 + 3}" for page, name in enumerate(names)]
    assert furniture("\n\n".join(["Nettle rash", *table, "It itches."])) == table
    assert furniture("\n\n".join(["Nettle rash", *table[:6], "It itches."])) == []
    weeks = [f"Week {n} {n + 3}" for n in range(1, 10)]
    assert furniture("\n\n".join(["Nettle rash", *weeks, "It itches."])) == []


def test_figures_of_a_table_are_no_table_of_contents() -> None:
    rows = ["1 Men 12", "2 Women 9", "3 Children 4", "4 Dogs 3", "5 Cats 1"]
    assert furniture("\n".join(["Nettle rash", "How often it was seen", *rows])) == []


def test_a_table_of_contents_that_became_one_line_is_known() -> None:
    led = "2 Nettle rash Contents Who gets it...1 What helps...4 What does not...6 Whom to ask...9"
    assert furniture(f"Nettle rash\n\n{led}\n\nIt itches.") == [led]
    names = " ".join(f"Of the {n} plants and trees" for n in ("Great", "Small", "Tall", "Old", "New", "Red", "Green"))
    table = f"3 Nettle rash Contents {names} Whom to ask What to read When it was written"
    assert furniture(f"Nettle rash\n\n{table}\n\n4 {names} Gardens Woods And so on\n\nIt itches.") == [
        table,
        f"4 {names} Gardens Woods And so on",
    ]
    assert furniture(f"Nettle rash\n\n{names} Gardens Woods And so on") == []


def test_a_line_that_goes_on_below_is_no_heading_whatever_it_says() -> None:
    text = "Clinical recommendations\non the care of skin that\nwas stung by nettles\n\nIt itches where the leaf was."
    assert not [b for b in headings.find(text, lines.blocks(text), plain=True) if b.kind == "heading"]


def test_a_number_heads_nothing() -> None:
    text = "Nettle rash in adults.\n\nIt is common in May.\n\n2\n\nIt goes by itself, within a day or two."
    assert not [
        b
        for b in headings.find(text, lines.blocks(text), plain=True)
        if text[b.start : b.end] == "2" and b.kind == "heading"
    ]


def test_a_date_is_no_heading() -> None:
    text = "Nettle rash\n\nUpdated March 2021\n\nNettle rash is common in spring, and goes by itself."
    found = headings.find(text, lines.blocks(text), plain=True)
    assert [text[b.start : b.end] for b in found if b.kind == "heading"] == ["Nettle rash"]
    assert is_date("Updated March 2021")
    assert not is_date("March is when nettles grow")


def test_a_field_is_a_name_with_its_value() -> None:
    assert is_field("Policy number: 6")
    assert not is_field("Nettle rash is common in spring")


@pytest.mark.parametrize(
    "lines",
    [
        ["1. First dose at age 2", "2. Second dose at age 4", "3. Third dose at age 6", "4. Fourth at age 8", "5. Last at age 9"],
        ["1.1.1 Wash it at week 2", "1.1.2 Wash it at week 4", "1.1.3 Dry it at week 6", "1.1.4 Oil it at week 8", "1.1.5 Stop at week 9"],
        ["1 Smith J, Nettles, page 4", "2 Jones K, Rash, page 5", "3 Hall B, Balm, page 9", "4 May C, Men, page 10", "5 Poe D, Dogs, page 20"],
        ["Red skin 0", "Itching 1", "Blisters 2", "Swelling 2", "Pain 2", "Heat 3", "Fever 3", "Stings in the mouth 3"],
        ["Balm content", "Mint balm 40", "Nettle balm 100", "Dock balm 20"],
        ["Box contents", "Gloves 10", "Balms 5", "Towels 20"],
        ["Look at page 2 of 4", "The form for a child is at page 3 of 4", "Keep it."],
        ["Page 1: write the name.", "Page 2: write the balm.", "Page 3: write whom to call."],
        ["Upload the form to the record", "Download the leaflet and hand it out", "Keep a copy."],
    ],
)  # fmt: skip
def test_steps_doses_and_scores_that_end_in_rising_numbers_are_the_documents(lines: list[str]) -> None:
    assert furniture("\n".join(["Nettle rash", "", "Do as follows.", "", *lines, "", "It goes after a day."])) == []


def test_what_is_said_below_a_table_of_contents_is_none_of_it() -> None:
    table = ["What is it 1", "What helps 2", "Whom to ask 5"]
    said = ["Cool the skin to 20", "Give balm up to a dose of 10", "Look again on day 2", "Wash it."]
    assert furniture("\n".join(["Nettle rash", "Contents", *table, *said])) == table


def test_a_table_of_contents_without_a_name_may_stand_below_a_preface_where_its_names_come_again() -> None:
    names = ["Plants", "Men", "Women", "Children", "Dogs and cats", "Creams", "Balms", "Whom to ask", "What to read"]
    table = [f"{name} {page + 3}" for page, name in enumerate(names)]
    preface = ["Nettle rash", "Thanks are due to many.", *table]
    assert furniture("\n\n".join([*preface, "It itches."])) == []
    assert furniture("\n\n".join([*preface, *(part for name in names for part in (name, "It itches."))])) == table


def test_biscuits_at_the_top_are_no_cookies_of_a_site() -> None:
    assert furniture("Cookies and cakes in diabetes\n\nLimit cookies and cakes to one a week.\n\nEat fruit.") == []
    assert furniture("We use cookies to make this site work.\n\nDiabetes\n\nEat fruit.") == [
        "We use cookies to make this site work."
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Week 1\n",
        "Page 7 of 999\n",
        "Contents\nRash 1\n",
        "12 contents\n",
        "Page 1: rash\n",
        "1.1 Rash 1\n",
        "Rash ... 4\n",
    ],
)
def test_many_lines_of_a_kind_take_no_more_time_than_others(line: str) -> None:
    text = "Nettle rash\n\nIt itches.\n\n" + line * 5_000
    blocks = lines.blocks(text)
    start = time.process_time()
    banners.without(text, blocks)
    assert time.process_time() - start < 2


def test_sentences_above_a_line_that_might_begin_a_document_are_the_documents() -> None:
    said = [
        "Wash the skin at once.",
        "Put balm on the skin twice a day.",
        "Call for help if it swells.",
        "Rest for a day.",
    ]
    assert furniture("\n".join(["Nettle rash", "3 views", *said, "Full text", "It itches."])) == ["3 views"]
    assert furniture("\n".join(["Nettle rash", "3 views", "Do not rub the skin.", "2 downloads", "It itches."])) == [
        "3 views",
        "2 downloads",
    ]


HEAD = "Nettle rash in adults (NR12)"
FOOT = "© Herb Office 2024. All rights reserved. Page 2 of 9"


def test_a_running_head_below_the_foot_of_a_page_is_no_part_of_the_text() -> None:
    text = f"Nettle rash\n\n{FOOT}\n\n{HEAD}\n\nIt itches."
    assert HEAD in furniture(text)
    assert HEAD not in furniture(f"Read also\n\n{HEAD}\n\nIt itches.")
    assert furniture(f"{FOOT}\n\nNettle rash in adults\n\nIt itches.") == [FOOT]


def test_a_running_head_may_fill_two_lines_and_be_cut_at_the_end_of_the_text() -> None:
    lines_ = "Nettle rash in adults and in the children whom\nthey look after (NR12)"
    text = f"{FOOT}\n\n{lines_}\n\nIt itches.\n\n{FOOT}\n\nNettle rash in adults and in the chil"
    assert "\n".join(furniture(text)).endswith("Nettle rash in adults and in the chil")
    assert "they look after (NR12)" in "\n".join(furniture(text))
    assert furniture(f"{FOOT}\n\nNettle rash in adults and in the chil") == [FOOT]


def test_a_table_of_contents_that_the_capture_has_cut_is_one_to_its_end() -> None:
    table = "Overview ...... 4\n\nWhom it is for ...... 5"
    assert furniture(f"It itches.\n\n{table}\n\nWhat nurs")[-1] == "What nurs"
    assert furniture("It itches.\n\nWhat nurses see ..........") == ["What nurses see .........."]
    assert furniture(f"{'It itches, and nurses see it. ' * 8}\n\nNext ..........") == ["Next .........."]
    assert "Nurses see it daily." not in furniture(f"It itches.\n\n{table}\n\nNurses see it daily.")
    assert furniture("It itches.\n\nAnd it goes...") == []
