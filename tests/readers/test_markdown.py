"""Markdown: its signs are told from its words, and nothing of the text is lost."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betony.model import BlockKind, Capture, Document, Layer
from betony.nlp import bare
from betony.pipeline import structure
from betony.publisher import Publisher
from betony.readers import read
from betony.record import Record

FRONT = "---\ntitle: Sore ankles\ndate: 2024-03-12\nlastmod: '2024-05-02'\nlang: en-GB\ntags: [ankle]\n---\n"


def document(text: str, name: str = "a.md") -> Document:
    return read(Capture(text.encode(), name), Publisher())


def record(text: str, name: str = "a.md") -> Record:
    return structure([Capture(text.encode(), name)])


def shown(found: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, found.text[block.start : block.end]) for block in found.blocks if block.layer is Layer.BODY]


def words(found: Document) -> list[str]:
    """The words of the blocks as rules read them."""
    read_ = bare.without_marks(found).document
    return [read_.text[block.start : block.end] for block in read_.blocks if block.layer is Layer.BODY]


def test_front_matter_is_about_the_document_and_no_part_of_it() -> None:
    made = record(FRONT + "\nThis guideline is for staff who treat sore ankles.\n")
    assert made.title is not None
    assert (made.title.value, made.title.basis) == ("Sore ankles", "given")
    assert made.dates.published is not None
    assert made.dates.published.value == "2024-03-12"
    assert made.dates.modified is not None
    assert made.dates.modified.value == "2024-05-02"
    assert made.language == "en-GB"
    assert [section.layer for section in made.sections] == ["furniture", "body"]
    assert made.text.startswith(FRONT)


def test_front_matter_gives_the_address() -> None:
    made = record("---\ntitle: Ankles\ncanonical: https://clinic.example.org/ankles\n---\n\nRest the ankle.\n")
    assert made.url == "https://clinic.example.org/ankles"


@pytest.mark.parametrize(
    "text", ["---\n\nA rule above words.\n\n---\n", "--- draft ---\nname: x\n---\n", "---\nkey: value\nand no end\n"]
)
def test_a_rule_above_a_text_opens_no_front_matter(text: str) -> None:
    assert "".join(part for _, part in shown(document(text, "a.txt"))).startswith("---")


def test_tables_of_bars_are_tables() -> None:
    found = document("# Doses\n\n| Drug | Dose |\n|---|:--:|\n| **Oxan** | 1 g |\n| Plim \\| Plom | |\nAfter it.\n")
    (table,) = found.tables
    assert (table.header, table.rows) == (("Drug", "Dose"), (("Oxan", "1 g"), ("Plim | Plom", "")))
    assert [kind for kind, _ in shown(found)] == ["heading", "table_row", "table_row", "table_row", "paragraph"]
    assert words(found)[1:] == ["Drug\tDose", "Oxan\t1 g", "Plim | Plom", "After it."]


def test_a_line_with_a_bar_and_no_rule_below_is_no_table() -> None:
    assert document("Home | About | Contact\n\nWords.\n").tables == ()


def test_the_rule_of_a_table_shows_markdown_in_plain_text() -> None:
    found = document("Doses\n\nDrug | Dose\n--- | ---\nOxan | 1 g\n", "doses.txt")
    (table,) = found.tables
    assert (table.header, table.rows) == (("Drug", "Dose"), (("Oxan", "1 g"),))


def test_rows_of_bars_without_a_rule_are_a_table_of_plain_text() -> None:
    text = "Doses\n\nDrug | Dose | Why\nOxan | 1 g | It works in most people with gout.\n\nWords *as they are*.\n"
    found = document(text, "doses.txt")
    (table,) = found.tables
    assert (table.header, table.rows) == (
        (),
        (("Drug", "Dose", "Why"), ("Oxan", "1 g", "It works in most people with gout.")),
    )
    assert words(found)[1:] == [
        "Drug\tDose\tWhy",
        "Oxan\t1 g\tIt works in most people with gout.",
        "Words *as they are*.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Home | About | Contact\nNews | Jobs | Help\n\nWords.\n",
        "Heel pain | Advice\nHeel pain | Advice and more of it for those who walk\n",
        "One | two | three stand here in a long line of words.\nOne | two stand here.\n",
    ],
)
def test_menus_titles_and_rows_of_other_widths_are_no_table(text: str) -> None:
    assert document(text, "page.txt").tables == ()


@pytest.mark.parametrize("row", ["a|b|c\n", "a|b\n---|---\n", "|\n", "|"])
def test_tables_take_time_in_proportion(row: str) -> None:
    """Where the time grows with the square, ten times as many rows take a hundred times as long."""

    def seconds(characters: int) -> float:
        text = row * (characters // len(row))
        started = time.process_time()
        document(text, "rows.txt")
        return time.process_time() - started

    few = max(seconds(20_000) for _ in range(2))
    assert min(seconds(200_000) for _ in range(2)) < max(1, 30 * few)


def test_code_is_one_block_without_headings() -> None:
    found = document("# Run\n\n```sh\n# a remark\n- make all\n```\n\nWords.\n")
    assert shown(found)[1:] == [("paragraph", "```sh\n# a remark\n- make all\n```"), ("paragraph", "Words.")]
    assert words(found)[1] == "# a remark\n- make all"


def test_a_fence_that_nothing_closes_opens_no_code() -> None:
    assert ("heading", "# Aims") in shown(document("```\n\n# Aims\n\nWords.\n"))


def test_what_a_heading_is_called_behind_it_is_no_word_of_it() -> None:
    made = record("# Ankles\n\n## Your responsibility {#duty .wide}\n\nStaff should wash their hands.\n")
    heading = made.sections[-1].heading
    assert heading is not None
    assert heading.text == "## Your responsibility"
    assert made.sections[-1].type == "responsibilities"
    assert made.sections[-1].text == "Staff should wash their hands."


def test_links_lead_where_the_text_says_and_their_addresses_are_no_words() -> None:
    text = (
        "# Ankles\n\nSee [the *old* guideline][1], [NG9002](https://a.example.org/ng9002 'it') and [Doses].\n\n"
        "![A foot](foot.png)\n\n[1]: https://b.example.org/old\n[doses]: <https://b.example.org/doses>\n"
    )
    found = document(text)
    assert [(text[link.start : link.end], link.url) for link in found.links] == [
        ("the *old* guideline", "https://b.example.org/old"),
        ("NG9002", "https://a.example.org/ng9002"),
        ("Doses", "https://b.example.org/doses"),
    ]
    assert words(found)[1:] == ["See the old guideline, NG9002 and Doses.", "A foot"]


def test_stress_hides_no_instruction() -> None:
    made = record(
        "# Ankles\n\n## Recommendations\n\n1.1 Do **not** offer _X-rays_.\n\n1.2 **Consider** a splint[^a].\n\n[^a]: Or two.\n"
    )
    found = [(rec.number, rec.text, rec.strength) for rec in made.recommendations]
    assert [(number, text, said and said.code, said and said.direction) for number, text, said in found] == [
        ("1.1", "Do not offer X-rays.", "strong", "against"),
        ("1.2", "Consider a splint.", "conditional", "for"),
    ]
    assert made.recommendations[0].evidence[0].quote.endswith("Do **not** offer _X-rays_.")


@pytest.mark.parametrize(
    "words_", ["p*<0.05 and q*", "2 * 3 * 4", "a_b_c", "snake_case_name", "* a\n* b", "f(x)[0](y z)", "[a] and (b)"]
)
def test_signs_that_are_words_stay(words_: str) -> None:
    assert "\n".join(words(document(words_))) == words_


def test_comments_are_seen_by_nobody() -> None:
    found = document("# Ankles\n\n<!-- to do:\n\nask Ana -->\n\nWords.\n")
    assert shown(found)[1:] == [("paragraph", "Words.")]


def test_a_quotation_reads_on() -> None:
    assert words(document("# Ankles\n\n> Staff must\n"))[1:] == ["Staff must"]


_PIECES = [
    "a",
    "b c",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "]",
    "](http://x.y/)",
    "[1]: http://z\n",
    "|",
]
_PIECES += [
    "|---|\n",
    "---\n",
    "k: v\n",
    "# ",
    "{#i}",
    "> ",
    "<!-- ",
    " -->",
    "\\",
    "![",
    "(",
    ")",
    "[^1]",
    "é",
    "~~",
    "\r\n",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_blocks_tile_any_markdown_and_signs_lie_within_them(text: str) -> None:
    if not text.strip():
        return
    found = document(text)
    at = 0
    for block in found.blocks:
        assert at <= block.start < block.end
        assert not text[at : block.start].strip()
        at = block.end
    assert not text[at:].strip()
    read_ = bare.without_marks(found)
    last = 0
    for start, end in found.marks:
        assert last <= start < end
        last = end
    assert len(read_.document.blocks) == len(found.blocks)
    for one, other in zip(read_.document.blocks, found.blocks, strict=True):
        own = read_.document.text[one.start : one.end]
        start, end = read_.place(one.start, one.end)
        assert own == own.strip() != ""
        assert other.start <= start < end <= other.end
        for i in range(one.start, one.end):
            assert read_.document.text[i] in ("\t", text[read_.place(i, i + 1)[0]])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_sections_tile_any_markdown_and_evidence_quotes_it(body: str) -> None:
    text = f"# Falls\n\nDo **not** offer rest.\n\n{body}"
    record = structure([Capture(text.encode(), "falls.md")]).model_dump(mode="json")
    at = 0
    for section in record["sections"]:
        assert section["start"] >= at
        assert not text[at : section["start"]].strip()
        at = section["end"]
    assert not text[at:].strip()
    for quote, start, end in _quotes(record):
        assert text[start:end] == quote


def _quotes(value: object) -> Iterator[tuple[str, int, int]]:
    if isinstance(value, dict):
        if value.get("quote") is not None and value.get("start") is not None:
            yield value["quote"], value["start"], value["end"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _quotes(one)
