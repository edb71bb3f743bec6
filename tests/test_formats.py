"""PDF, Word and GOV.UK's JSON: the same guidance gives the same record, and hostile files a named end."""

from __future__ import annotations

import contextlib
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from betony import product, publishers, readers
from betony.errors import DocumentError, Reason
from betony.model import BlockKind, Capture, Document, Layer
from betony.pipeline import structure
from betony.record import Record
from betony.text import squeeze
from tests import hostile, writing
from tests.hostile import pdfs, words
from tests.writing import Item, docx, pdf

SAMPLES = (
    "nice/ng9001-recommendations.html",
    "nice/ipg9002-overview.html",
    "nice/qs9006-overview.html",
    "nice/ta9005-recommendations.html",
)
WRITERS: dict[str, Callable[[list[Item]], bytes]] = {
    "tagged.pdf": lambda items: pdf.write(items, tagged=True),
    "untagged.pdf": lambda items: pdf.write(items, tagged=False),
    "word.docx": docx.write,
}


def record(body: bytes, uri: str) -> Record:
    return structure([Capture(body, uri, url=writing.URL)])


def read(body: bytes, uri: str) -> Document:
    return readers.read(Capture(body, uri), publishers.UNKNOWN)


def shape(found: Record) -> dict[str, Any]:
    """What must not depend on the format, page furniture apart."""
    return {
        "sections": [
            (s.type, s.level, s.heading.text if s.heading else None, squeeze(s.text))
            for s in found.sections
            if s.layer is Layer.BODY
        ],
        "recommendations": [r.model_dump(exclude={"evidence", "section"}) for r in found.recommendations],
        "responsibilities": [(r.actor, r.modality, r.action) for r in found.responsibilities],
        "codes": [(c.system, c.code) for c in found.codes],
    }


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_record_that_html_gives(sample: str, name: str) -> None:
    items = writing.sample(sample)
    assert shape(record(WRITERS[name](items), name)) == shape(record(writing.html(items), "page.html"))


@pytest.mark.parametrize("tagged", [True, False])
def test_evidence_of_a_pdf_names_its_page(tagged: bool) -> None:
    pages = ["First page. " * 20, "Second page. " * 20, "Third page. " * 20]
    writer = pdf.Writer(tagged=tagged)
    for i, text in enumerate(pages):
        if i:
            writer.pages.append(pdf.Page())
        writer.add([Item("h2", f"Chapter {i + 1}"), Item("p", text.strip())])
    document = read(writer.bytes(), "a.pdf")
    assert [page for _, page in document.pages] == [1, 2, 3]
    assert all(document.text[start:].startswith(f"Chapter {page}") for start, page in document.pages)
    joined = product.join([document, read(b"No pages.", "a.txt")])
    assert joined.pages[-1] == (len(document.text) + 2, 0)
    found = structure([Capture(pdf.write(writing.sample(SAMPLES[0]), tagged=tagged), "a.pdf", url=writing.URL)])
    numbers = {r.number: r.evidence[0].page for r in found.recommendations if r.evidence}
    assert (numbers["1.1.1"], numbers["1.5.4"]) == (1, max(page or 0 for page in numbers.values()))
    assert numbers["1.5.4"] == 3


@pytest.mark.parametrize("tagged", [True, False])
def test_running_heads_and_page_numbers_are_furniture_and_part_nothing(tagged: bool) -> None:
    items = [Item("h1", "Ears"), *[Item("p", f"Paragraph {i} says something about ears. " * 9) for i in range(30)]]
    document = read(pdf.write(items, tagged=tagged, running="Ears: a guide"), "a.pdf")
    outside = [document.text[b.start : b.end] for b in document.blocks if b.layer is Layer.FURNITURE]
    count = len({page for _, page in document.pages})
    assert count > 2
    assert outside == [line for i in range(count) for line in ("Ears: a guide", f"Page {i + 1} of {count}")]
    inside = " ".join(document.text[b.start : b.end] for b in document.blocks if b.layer is Layer.BODY)
    assert squeeze(inside) == squeeze(" ".join(item.text for item in items))


def test_a_ruled_table_is_a_table() -> None:
    rows = [Item("row", "Age\tDose"), Item("row", "Under 12\t5 mg"), Item("row", "Over 12\t10 mg")]
    document = read(pdf.write([Item("p", "Doses by age."), *rows], tagged=False), "a.pdf")
    assert [table.rows for table in document.tables] == [(("Age", "Dose"), ("Under 12", "5 mg"), ("Over 12", "10 mg"))]
    assert "Under 12\t5 mg\nOver 12\t10 mg" in document.text


def test_a_table_without_rules_is_found_by_its_columns() -> None:
    rows = [Item("row", f"{name}\t{dose} mg\tdaily") for name, dose in (("Aspirin", 75), ("Iron", 200), ("Zinc", 45))]
    document = read(pdf.write([Item("p", "Doses."), *rows], tagged=False, ruled=False), "a.pdf")
    assert [table.rows for table in document.tables] == [tuple(tuple(row.text.split("\t")) for row in rows)]


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "Give treatment to those who need it. Those who refuse treat-",
                "ment may come to the follow-",
                "up visit.",
            ),
            "Give treatment to those who need it. Those who refuse treatment may come to the follow-up visit.",
        ),
        (
            ("Ask about the treat-", "ment and the hydra-", "tion of heels."),
            "Ask about the treatment and the hydration of heels.",
        ),
        (("Offer a long-", "term cream and a well-", "being plan."), "Offer a long-term cream and a well-being plan."),
    ],
)
def test_a_hyphen_at_a_lines_end_goes_only_where_it_cuts_a_word(
    tagged: bool, lines: tuple[str, ...], expected: str
) -> None:
    writer = pdf.Writer(tagged=tagged)
    owner = writer._element("P", 0)
    for line in lines:
        writer._text(writer._line(14.0), line, 72.0, 11.0, bold=False, owner=owner)
    assert read(writer.bytes(), "a.pdf").text == expected


def test_items_whose_signs_are_drawn_are_items_each() -> None:
    writer = pdf.Writer(tagged=False)
    for x, said in (
        (72.0, "Look out for:"),
        (96.0, "a rash"),
        (96.0, "a cough that"),
        (96.0, "lasts"),
        (72.0, "Then rest."),
    ):
        page = writer._line(14.0)
        writer._text(page, said, x, 11.0, bold=False, owner=0)
        if said.startswith("a "):
            page.out.append(f"82 {page.y + 2:.1f} 3.5 3.5 re f")
    document = read(writer.bytes(), "a.pdf")
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "Look out for:"),
        (BlockKind.LIST_ITEM, "a rash"),
        (BlockKind.LIST_ITEM, "a cough that lasts"),
        (BlockKind.PARAGRAPH, "Then rest."),
    ]


def test_a_sentence_goes_on_at_the_same_height_of_the_next_page() -> None:
    writer = pdf.Writer(tagged=False)
    for x, said in ((72.0, "Use oil at room"), (72.0, "temperature.")):
        if writer.pages[0].out:
            writer.pages.append(pdf.Page())
        writer.pages[-1].y = 400.0
        writer._text(writer.pages[-1], said, x, 11.0, bold=False, owner=0)
    assert read(writer.bytes(), "a.pdf").text == "Use oil at room temperature."


def test_a_number_at_a_lines_start_within_a_sentence_begins_nothing() -> None:
    lines = (
        "1.8.1 Adults should have access to a podiatrist, with a review each year (see",
        "1.9.2 and 1.9.3), to keep moving.",
        "1.8.2 Offer insoles.",
    )
    writer = pdf.Writer(tagged=False)
    for line in lines:
        writer._text(writer._line(14.0), line, 72.0, 11.0, bold=False, owner=0)
    assert read(writer.bytes(), "a.pdf").text.split("\n\n") == [f"{lines[0]} {lines[1]}", lines[2]]


def test_pages_that_show_something_and_say_nothing_are_told() -> None:
    image = "q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    writer = pdf.Writer(tagged=False)
    for drawn in ("", image, "90 90 200 200 re f", "", image):
        writer.pages.append(pdf.Page(out=[drawn]))
    writer.add([Item("p", "Cream the heel.")])
    document = read(writer.bytes(), "a.pdf")
    assert document.text == "Cream the heel."
    assert [(notice.level, notice.message.rpartition("only ")[2]) for notice in document.notices] == [
        ("review", "images, which nothing here reads: 3"),
        ("info", "drawings, which nothing here reads: 4"),
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    writer = pdf.Writer(tagged=False)
    page = writer.pages[0]
    for x, name in ((60.0, "left"), (320.0, "right")):
        for i in range(20):
            page.y = 700.0 - 14 * i
            writer._text(page, f"Line {i} of the {name} column goes on and on", x, 11.0, bold=False, owner=0)
    text = read(writer.bytes(), "a.pdf").text
    assert text.index("Line 19 of the left") < text.index("Line 0 of the right")


def _turned(words: str, degrees: int, x: float, y: float, size: float = 11.0) -> str:
    """The command that draws words which run up, down or across the page."""
    along, up = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return f"BT /F0 {size} Tf {along:.4f} {up:.4f} {-up:.4f} {along:.4f} {x} {y} Tm ({words}) Tj ET"


@pytest.mark.parametrize(("degrees", "x", "step"), [(90, 100, 15), (270, 500, -15), (180, 500, 0)])
def test_a_page_that_lies_on_its_side_is_read_upright(degrees: int, x: int, step: int) -> None:
    lines = ["Wash the ear with lukewarm water twice a day, and", "dry it with care."]
    writer = pdf.Writer(tagged=False)
    writer.pages[0].out += [
        _turned(line, degrees, x + i * step, 400 + (0 if step else 15 * i)) for i, line in enumerate(lines)
    ]
    assert read(writer.bytes(), "a.pdf").text == " ".join(lines)


@pytest.mark.parametrize(
    ("words", "degrees", "x"), [("Copied from an example library", 90, 40), ("DRAFT COPY", 45, 150)]
)
def test_what_runs_beside_or_across_the_words_of_a_page_stands_apart_and_whole(
    words: str, degrees: int, x: int
) -> None:
    writer = pdf.Writer(tagged=False)
    lines = [f"Line {i} of a long text on ears goes on and on, and" for i in range(20)]
    for line in lines:
        writer._text(writer._line(14.0), line, 72.0, 11.0, bold=False, owner=0)
    writer.pages[0].out.append(_turned(words, degrees, x, 500, 30.0))
    document = read(writer.bytes(), "a.pdf")
    assert document.text == f"{' '.join(lines)}\n\n{words}"
    assert [block.layer for block in document.blocks] == [Layer.BODY, Layer.FURNITURE]


def test_what_lies_off_the_page_is_furniture() -> None:
    writer = pdf.Writer(tagged=False)
    page = writer.pages[0]
    for y, line in (
        (900.0, "Leaflet 7 for the printer"),
        (700.0, "Wash the ear twice a day, and"),
        (686.0, "dry it with care."),
    ):
        page.y = y
        writer._text(page, line, 72.0, 11.0, bold=False, owner=0)
    document = read(writer.bytes(), "a.pdf")
    assert [(block.layer, document.text[block.start : block.end]) for block in document.blocks] == [
        (Layer.BODY, "Wash the ear twice a day, and dry it with care."),
        (Layer.FURNITURE, "Leaflet 7 for the printer"),
    ]


def test_heads_of_columns_that_run_upwards_are_words_in_their_row() -> None:
    writer = pdf.Writer(tagged=False)
    page = writer.pages[0]
    page.out += [_turned("Adults", 90, 200, 600), _turned("Children", 90, 260, 600)]
    for y, row in ((580.0, ("Drops", "Yes", "No")), (566.0, ("Oil", "No", "No"))):
        page.y = y
        for x, cell in zip((72.0, 195.0, 255.0), row, strict=True):
            writer._text(page, cell, x, 11.0, bold=False, owner=0)
    words = read(writer.bytes(), "a.pdf").text.split()
    assert words == ["Adults", "Children", "Drops", "Yes", "No", "Oil", "No", "No"]


_AT = "/Type /Annot /Rect [72 600 300 620] /F 4"


@pytest.mark.parametrize(
    ("note", "named"),
    [
        ("/Subtype /Widget /FT /Tx /T (dose) /V (2 mg)", "values of form fields on page 1"),
        ("/Subtype /Text /Contents (Ask Ana.)", "comments on page 1"),
        ("/Subtype /FreeText /Contents (Only for adults.)", "words written over the page on page 1"),
        ("/Subtype /Stamp /Name /Draft", "stamps on page 1"),
        ("/Subtype /StrikeOut", "lines through words on page 1"),
        ("/Subtype /Widget /FT /Tx /T (dose)", None),
        ("/Subtype /Text", None),
        ("/Subtype /Link /Contents (more)", None),
    ],
)
def test_what_lies_over_a_page_of_a_pdf_is_told(note: str, named: str | None) -> None:
    body = pdf.write([Item("p", "Wash the hands before you touch the wound.")], tagged=False)
    document = read(
        body.replace(b"/StructParents 0", f"/StructParents 0 /Annots [<< {_AT} {note} >>]".encode()), "a.pdf"
    )
    assert document.text.startswith("Wash the hands before you touch the wound.")
    assert [notice.message.partition(": ")[2] for notice in document.notices] == ([named] if named else [])


def test_a_word_files_title_language_and_footer_are_kept() -> None:
    items = [Item("h1", "Ears"), Item("h2", "Care"), Item("p", "Wash.")]
    body = docx.write(items, title="About ears", footer="Page foot")
    document = read(body, "a.docx")
    assert (document.head.title, document.head.language) == ("About ears", "en-GB")
    assert [(b.kind, b.level, b.layer) for b in document.blocks] == [
        (BlockKind.HEADING, 1, Layer.BODY),
        (BlockKind.HEADING, 2, Layer.BODY),
        (BlockKind.PARAGRAPH, 0, Layer.BODY),
        (BlockKind.PARAGRAPH, 0, Layer.FURNITURE),
    ]


def test_files_are_known_by_their_signature_whatever_they_are_called() -> None:
    items = [Item("p", "Wash your ears.")]
    for body, kind in ((pdf.write(items, tagged=True), "application/pdf"), (docx.write(items), readers.DOCX)):
        for stated in (None, "application/octet-stream", "text/html"):
            assert readers.media_type(Capture(body, "download", media_type=stated)) == kind


def test_text_saved_under_a_pages_name_keeps_its_lines() -> None:
    text = b"Heel care\n\n1.1 Offer wax to adults.\n\n1.2 Offer oil to children.\n"
    document = read(text, "https://www.who.int/heels/index.html")
    assert [document.text[b.start : b.end] for b in document.blocks] == text.decode().rstrip().split("\n\n")
    assert readers.media_type(Capture(b"<p>1 < 2", "index.html")) == "text/html"


_LEVELS = ("%1", "%1.%2", "%1.%2.%3", "(%4)")
_NUMBERED = {
    "word/numbering.xml": "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    "<w:abstractNum w:abstractNumId='4'>"
    + "".join(
        f"<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{'lowerLetter' if level == 3 else 'decimal'}'/>"
        + (f"<w:pStyle w:val='Heading{level + 1}'/>" if level < 2 else "")
        + f"<w:lvlText w:val='{pattern}'/></w:lvl>"
        for level, pattern in enumerate(_LEVELS)
    )
    + "</w:abstractNum><w:abstractNum w:abstractNumId='5'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='4'/></w:num>"
    "<w:num w:numId='8'><w:abstractNumId w:val='5'/></w:num></w:numbering>",
    "word/_rels/document.xml.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    + "".join(
        f"<Relationship Id='{name}' Target='{name}.xml' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
        f"relationships/{name}'/>"
        for name in ("styles", "numbering")
    )
    + "</Relationships>",
}


@pytest.mark.parametrize("name", ["policy.pdf", "policy.docx"])
@pytest.mark.parametrize("stated", [None, "application/pdf"])
def test_a_page_that_came_in_place_of_a_file_is_read_as_the_page_it_is(name: str, stated: str | None) -> None:
    page = b"<!DOCTYPE html><html lang=en><body><main><h1>Cough</h1><p>Offer honey to adults.</p></main></body></html>"
    record = structure([Capture(page, name, media_type=stated)])
    assert record.title is not None
    assert record.title.value == "Cough"
    sign_in = page.replace(b"Cough", b"Sign in").replace(b"Offer honey to adults.", b"Forgotten your password?")
    with pytest.raises(DocumentError, match="sign-in page"):
        structure([Capture(sign_in, name, media_type=stated)])


def test_numbers_that_word_makes_across_levels_are_text_and_those_of_lists_are_not() -> None:
    def paragraph(words: str, style: str = "", number: int = 0, level: int = 0) -> str:
        look = f'<w:pStyle w:val="{style}"/>' if style else ""
        if number:
            look += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p><w:pPr>{look}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"

    members = docx.parts(
        paragraph("Recommendations", "Heading1")
        + paragraph("Dry ears", "Heading2")
        + paragraph("Offer drops to adults.", number=7, level=2)
        + paragraph("Do not rinse the ear.", number=7, level=2)
        + paragraph("in a cold room", number=7, level=3)
        + paragraph("Wet ears", "Heading2")
        + paragraph("Dry the ear.", number=7, level=2)
        + paragraph("A plain list", number=8)
    )
    for level in (1, 2):
        members["word/styles.xml"] = members["word/styles.xml"].replace(
            f'<w:name w:val="heading {level}"/>',
            f'<w:name w:val="heading {level}"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>',
        )
    document = read(docx.pack(members | _NUMBERED), "a.docx")
    assert [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks] == [
        ("heading", "1 Recommendations"),
        ("heading", "1.1 Dry ears"),
        ("paragraph", "1.1.1 Offer drops to adults."),
        ("paragraph", "1.1.2 Do not rinse the ear."),
        ("paragraph", "(a) in a cold room"),
        ("heading", "1.2 Wet ears"),
        ("paragraph", "1.2.1 Dry the ear."),
        ("list_item", "A plain list"),
    ]


def test_a_cell_of_two_paragraphs_in_a_word_file_stays_a_cell() -> None:
    cells = "<w:tc><w:p><w:r><w:t>Offer it.</w:t></w:r></w:p><w:p><w:r><w:t>Ask again.</w:t></w:r></w:p></w:tc>"
    table = docx.body([Item("row", "Who\tWhat"), Item("row", "Nurses\tX")])
    content = table.replace("<w:tc>" + docx.body([Item("p", "X")]) + "</w:tc>", cells)
    assert "Ask again." in content
    document = read(docx.pack(docx.parts(content)), "a.docx")
    assert [table.rows for table in document.tables] == [(("Who", "What"), ("Nurses", "Offer it. Ask again."))]
    assert document.text == "Who\tWhat\nNurses\tOffer it. Ask again."


@pytest.mark.parametrize(("module", "uri", "extra"), [("pdf", "a.pdf", "pdf"), ("docx", "a.docx", "docx")])
def test_a_missing_part_is_named_with_its_cure(
    monkeypatch: pytest.MonkeyPatch, module: str, uri: str, extra: str
) -> None:
    for name in ("pypdfium2", "mammoth", f"betony.readers.{module}"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, f"betony.readers.{module}")
    monkeypatch.delattr(readers, module, raising=False)
    items = [Item("p", "Wash your ears.")]
    with pytest.raises(DocumentError, match=rf"pip install 'betony\[{extra}\]'") as caught:
        read(pdf.write(items, tagged=True) if extra == "pdf" else docx.write(items), uri)
    assert caught.value.reason is Reason.UNSUPPORTED


KILLS_ITS_READER = {pdfs.forms_draw_forms}
"""pdfium itself ends the process: the supervisor's task, which sets the document aside by name."""
SAID = {
    pdfs.behind_a_password: (Reason.UNSUPPORTED, "encrypted"),
    pdfs.scanned: (Reason.NOT_A_DOCUMENT, "only images"),
    pdfs.thousands_of_pages: (Reason.TOO_LARGE, "4,000 pages"),
    words.behind_a_password: (Reason.UNSUPPORTED, "encrypted"),
    words.billion_laughs: (Reason.MALFORMED, "document type"),
    words.zip_bomb: (Reason.TOO_LARGE, "unpack"),
    words.deep_tables: (Reason.TOO_DEEP, "nested"),
}


def _called(make: Callable[[], bytes]) -> str:
    return f"{make.__module__.rpartition('.')[2]}.{make.__name__}"


@pytest.mark.parametrize("make", [*pdfs.NAMED, *words.NAMED], ids=_called)
def test_a_hostile_file_ends_in_its_words_or_a_named_reason(
    make: Callable[[], bytes], request: pytest.FixtureRequest
) -> None:
    if make is words.as_much_text_as_may_be and not request.config.getoption("--long"):
        pytest.skip("takes long: run with --long")
    found = hostile.outcome(make, "a.pdf" if make.__module__.endswith("pdfs") else "a.docx")
    if make in KILLS_ITS_READER:
        assert found.reason in ("died", "out_of_memory")
        return
    assert found.reason in {"text", *(reason.value for reason in Reason)} - {"defect"}, found
    assert found.seconds < hostile.SECONDS
    assert found.megabytes * 1e6 < hostile.MEMORY
    assert "root:" not in found.text
    if found.reason == "text":
        assert pdfs.MARK in found.text
    if make in SAID:
        reason, said = SAID[make]
        assert found.reason == reason.value
        assert said in found.message


PAGE = {
    "content_id": "c",
    "base_path": "/guidance/ears",
    "document_type": "detailed_guide",
    "schema_name": "detailed_guide",
    "locale": "en",
    "title": "Care of ears",
    "description": "How to care for ears.",
    "first_published_at": "2020-03-02T09:00:00Z",
    "public_updated_at": "2021-04-05T09:00:00Z",
    "details": {
        "body": "<h2>Wash</h2><p>Wash <b>weekly.</div><h3>Soap</h3><p>Use little.",
        "headers": [{"text": "Wash", "level": 2, "headers": [{"text": "Soap", "level": 3}]}],
        "change_history": [{"public_timestamp": "2021-04-05T09:00:00Z", "note": "Added soap."}],
        "national_applicability": {
            "england": {"label": "England", "applicable": True},
            "wales": {"label": "Wales", "applicable": False, "alternative_url": "https://gov.wales/ears"},
        },
    },
}


def govuk(page: dict[str, Any]) -> Document:
    return readers.read(Capture(json.dumps(page).encode(), "ears.json"), publishers.by_id("govuk"))


def test_govuk_json_reads_as_its_page() -> None:
    document = govuk(PAGE)
    assert document.text.split("\n\n") == [
        "Care of ears",
        "How to care for ears.",
        "Applies to England",
        "Guidance for Wales",
        "Published 2 March 2020",
        "Last updated 5 April 2021",
        "5 April 2021: Added soap.",
        "Wash",
        "Wash weekly.",
        "Soap",
        "Use little.",
    ]
    assert {block.layer for block in document.blocks} == {Layer.BODY}
    head = readers.read_head(Capture(json.dumps(PAGE).encode(), "ears.json"))
    assert (head.canonical, head.language) == ("https://www.gov.uk/guidance/ears", "en")
    assert head.get("dcterms.issued") == "2020-03-02T09:00:00Z"
    assert document.head.canonical == head.canonical


def test_the_parts_of_a_guide_are_sections_with_their_own_below() -> None:
    parts = [{"title": "Daily", "slug": "d", "body": "<p>Rinse.</p><h2>How</h2><p>Gently.</p>"}]
    document = govuk({**PAGE, "document_type": "guide", "schema_name": "guide", "details": {"parts": parts}})
    assert _headings(document) == [(1, "Care of ears"), (2, "Daily"), (3, "How")]


def test_a_withdrawn_page_says_so_in_its_text() -> None:
    notice = {"explanation": "<p>Out of date.</p>", "withdrawn_at": "2022-01-09T10:00:00Z"}
    found = structure([Capture(json.dumps({**PAGE, "withdrawn_notice": notice}).encode(), "ears.json")])
    assert found.text.startswith("This guidance was withdrawn on 9 January 2022\n\nOut of date.")
    assert (found.id, found.status.currency) == ("govuk:guidance/ears", "withdrawn")


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ({**PAGE, "schema_name": "gone", "document_type": "gone"}, Reason.NOT_A_DOCUMENT),
        ({**PAGE, "schema_name": "redirect", "document_type": "redirect"}, Reason.NOT_A_DOCUMENT),
        ({**PAGE, "schema_name": "placeholder_topic"}, Reason.NOT_A_DOCUMENT),
        ({"some": "other JSON"}, Reason.UNSUPPORTED),
    ],
)
def test_json_without_a_page_is_refused_by_name(page: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(DocumentError) as caught:
        govuk(page)
    assert caught.value.reason is reason


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b'{"document_type": 1, "content_id": [], "details": 7}'])
def test_broken_json_ends_by_name(body: bytes) -> None:
    readers.read_head(Capture(body, "a.json"))
    with contextlib.suppress(DocumentError):
        read(body, "a.json")


def test_real_govuk_heading_trees_are_as_listed(shared: Path) -> None:
    listed = 0
    for path in sorted((shared / "govuk").glob("*.json")):
        page = json.loads(path.read_bytes())
        if headers := page["details"].get("headers"):
            document = govuk(page)
            assert [entry for entry in _headings(document) if entry[0] > 1] == list(_flat(headers)), path.name
            listed += 1
    assert listed >= 7


def test_real_withdrawals_are_read(shared: Path) -> None:
    withdrawn = 0
    for path in sorted((shared / "govuk").glob("*.json")):
        if json.loads(path.read_bytes()).get("withdrawn_notice"):
            found = structure([Capture(path.read_bytes(), path.name)])
            assert (found.status.code, found.dates.withdrawn is not None) == ("retired", True), path.name
            withdrawn += 1
    assert withdrawn >= 2


def _headings(document: Document) -> list[tuple[int, str]]:
    return [
        (block.level, squeeze(document.text[block.start : block.end]))
        for block in document.blocks
        if block.kind is BlockKind.HEADING
    ]


def _flat(headers: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
    for header in headers:
        yield header["level"], squeeze(header["text"])
        yield from _flat(header.get("headers", []))
