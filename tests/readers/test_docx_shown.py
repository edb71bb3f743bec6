"""What Word shows in ways of its own stands in the text: fields, formulas, boxes, breaks. All files are synthetic."""

from __future__ import annotations

import pytest

from betony.errors import DocumentError
from betony.model import Capture, WarningCode
from betony.publisher import Publisher
from betony.readers import docx
from tests.readers.pages import blocks
from tests.writing import Item
from tests.writing import docx as word

_NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_BOX = f"<w:txbxContent>{word.body([Item('p', 'Cool the skin.')])}</w:txbxContent>"
_NEW = f"<w:drawing><wp:inline><wps:wsp><wps:txbx>{_BOX}</wps:txbx></wps:wsp></wp:inline></w:drawing>"
_OLD = f"<w:pict><v:oval><v:textbox>{_BOX}</v:textbox></v:oval></w:pict>"


def _run(words: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def _sign(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


CASES = {
    "a field's words": (
        _run("Table ") + f'<w:fldSimple w:instr="SEQ Table">{_run("4")}</w:fldSimple>' + _run(": doses"),
        ["p Table 4: doses"],
    ),
    "words set in the other direction": (f'<w:bdo w:val="rtl">{_run("ab")}</w:bdo><w:dir>{_run("c")}</w:dir>', ["p abc"]),
    "a formula in one line": (
        _run("Rate = ")
        + f"<m:oMath><m:f><m:num><m:d><m:e>{_sign('140 − age')}</m:e></m:d>{_sign(' × weight')}</m:num>"
        f"<m:den>{_sign('72')}</m:den></m:f>{_sign(' + ')}<m:rad><m:e>{_sign('k')}</m:e></m:rad></m:oMath>",
        ["p Rate = ((140 − age) × weight)/72 + √k"],
    ),
    "a formula of its own": (
        f"<m:oMathPara><m:oMath><m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=''/></m:dPr><m:e>{_sign('x')}</m:e></m:d>"
        "</m:oMath></m:oMathPara>",
        ["p [x"],
    ),
    "what stands above a character": (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{_run('kan')}</w:rt><w:rubyBase>{_run('漢')}</w:rubyBase></w:ruby></w:r>",
        ["p 漢kan"],
    ),
    "breaks part words": (
        _run("one") + '<w:r><w:br w:type="page"/></w:r>' + _run("two") + "<w:r><w:cr/></w:r>" + _run("three"),
        ["p one two three"],
    ),
    "hidden and struck-out words hold no more": (
        _run("Give 20") + _run("40", "<w:vanish/>") + _run("60", "<w:dstrike/>") + _run("80", "<w:strike/>")
        + _run(" mg.", '<w:vanish w:val="0"/>'),
        ["p Give 20 mg.", "- p 406080"],
    ),
    "a box to tick": (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>"
        + _run("☒") + "</w:sdtContent></w:sdt>" + _run(" Consent"),
        ["p ☒ Consent"],
    ),
    "a sign by its font's place or its own": (
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Arial" w:char="2264"/><w:sym w:font="Ours" w:char="F041"/></w:r>'
        + _run("40"),
        ["p ≥≤\ufffd40"],
    ),
    "a text box that only new programs know": (f"<w:r>{_NEW}</w:r>" + _run("Above."), ["p Above.", "p Cool the skin."]),
    "a text box in a shape of old programs": (f"<w:r>{_OLD}</w:r>" + _run("Above."), ["p Above.", "p Cool the skin."]),
    "a text box in both forms stands once": (
        f"<w:r><mc:AlternateContent><mc:Choice>{_NEW}</mc:Choice><mc:Fallback>{_OLD}</mc:Fallback></mc:AlternateContent></w:r>",
        ["p Cool the skin."],
    ),
    "a text box whose old form is a mere picture": (
        f"<w:r><mc:AlternateContent><mc:Choice>{_NEW}</mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>",
        ["p Cool the skin."],
    ),
    "a link that leads nowhere": (
        _run("Ask ") + f'<w:hyperlink r:id="rId77">{_run("a nurse")}</w:hyperlink>' + _run("."),
        ["p Ask a nurse."],
    ),
    "a picture that is not in the file": (
        _run("Heels.") + '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="A &quot;dry&quot; heel &lt; 1 cm"/>'
        '<a:graphic><a:graphicData><a:blip r:embed="rId78"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>',
        ["p Heels.", 'img A "dry" heel < 1 cm'],
    ),
    "a drawing by its title": (
        '<w:r><w:drawing><wp:anchor><wp:docPr id="1" name="x" descr=" " title="How to cream a heel"/></wp:anchor></w:drawing></w:r>',
        ["img How to cream a heel"],
    ),
    "a drawing without words": ('<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1"/></wp:inline></w:drawing></w:r>', []),
    "the sign of a note that is not in the file": (
        _run("Heels") + '<w:r><w:footnoteReference w:id="9"/></w:r>' + _run(" crack."),
        ["p Heels crack."],
    ),
    "words that are drawn as a picture": (
        '<w:r><w:pict><v:shape><v:textpath string="Draft"/></v:shape></w:pict></w:r>' + _run("Above."),
        ["p Above.", "p Draft"],
    ),
}  # fmt: skip


def _read(paragraphs: str, styles: dict[str, str] | None = None) -> list[str]:
    members = word.parts(paragraphs)
    names = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMES.items())
    members["word/document.xml"] = f"<w:document {names}><w:body>{paragraphs}</w:body></w:document>"
    for key, name in (styles or {}).items():
        style = f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style></w:styles>'
        members["word/styles.xml"] = members["word/styles.xml"].replace("</w:styles>", style)
    return blocks(docx.read(Capture(word.pack(members), "a.docx"), Publisher()))


@pytest.mark.parametrize("name", CASES)
def test_what_word_shows(name: str) -> None:
    content, expected = CASES[name]
    assert _read(f"<w:p>{content}</w:p>") == expected


def test_a_table_of_contents_is_furniture() -> None:
    def paragraph(style: str, words: str) -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(words)}</w:p>'

    content = paragraph("TOCHeading", "Contents") + paragraph("TOC1", "Scope 3") + paragraph("TOC2", "Doses 5")
    styles = {"TOCHeading": "TOC Heading", "TOC1": "toc 1", "TOC2": "toc 2"}
    found = _read(content + paragraph("Heading1", "Scope") + paragraph("", "For adults."), styles)
    assert found == ["- p Contents", "- p Scope 3", "- p Doses 5", "h1 Scope", "p For adults."]


def test_what_is_not_read_is_told() -> None:
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    diagram = f"<d xmlns:a='{drawing[1:-1]}'><a:t>Rest</a:t></d>"
    members = word.parts(word.body([Item("p", "Wash.")]) + "<w:altChunk/>") | {"word/diagrams/data1.xml": diagram}
    document = docx.read(Capture(word.pack(members), "a.docx"), Publisher())
    assert [(notice.code, notice.message) for notice in document.notices] == [
        (WarningCode.TRUNCATED, "missing, for nothing here reads it: a document that is embedded in the Word file"),
        (WarningCode.TRUNCATED, "missing, for nothing here reads it: the words of a diagram"),
    ]


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom"])
def test_changes_that_are_tracked_and_comments_are_told(change: str) -> None:
    content = word.body([Item("p", "Wash.")]).replace("<w:r>", f'<w:{change} w:id="1" w:author="A"/><w:r>')
    comment = f"<w:comments xmlns:w='{_NAMES['w']}'><w:comment w:id='0'>{word.body([Item('p', 'Why?')])}</w:comment></w:comments>"
    document = docx.read(
        Capture(word.pack(word.parts(content) | {"word/comments.xml": comment}), "a.docx"), Publisher()
    )
    assert document.text == "Wash."
    assert [(notice.code, notice.message.partition(",")[0]) for notice in document.notices] == [
        (WarningCode.TRUNCATED, "missing"),
        (WarningCode.CONFLICT, "changes are tracked in the file"),
    ]


def test_a_broken_file_is_refused_without_names_of_programs() -> None:
    members = word.parts(word.body([Item("p", "Wash.")]))
    related = members["word/_rels/document.xml.rels"].replace("Target=", "Goal=")
    with pytest.raises(DocumentError, match="the Word file is broken") as caught:
        docx.read(Capture(word.pack(members | {"word/_rels/document.xml.rels": related}), "a.docx"), Publisher())
    assert "Error" not in str(caught.value)
