"""Writes a Word file: the few parts that one cannot do without."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

from tests.writing import Item

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = {"h1": "Title", "h2": "Heading1", "h3": "Heading2", "h4": "Heading3", "li": "ListBullet"}
_NAMES = {
    "Title": "Title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "ListBullet": "List Bullet",
}


def write(items: Sequence[Item], *, title: str = "", footer: str = "") -> bytes:
    """The items as a Word file; h1 in the style of a title, h2 as heading 1, and so on."""
    return pack(parts(body(items), title=title, footer=footer))


def body(items: Sequence[Item]) -> str:
    """The items as Word's XML."""
    out: list[str] = []
    for item, above in zip(items, ["", *(item.tag for item in items)], strict=False):
        if above == "row" != item.tag:
            out.append("</w:tbl>")
        if item.tag == "row":
            out.append("" if above == "row" else "<w:tbl>")
            cells = "".join(f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in item.text.split("\t"))
            out.append(f"<w:tr>{cells}</w:tr>")
        else:
            out.append(_paragraph(item.text, _STYLES.get(item.tag, "")))
    return "".join(out) + ("</w:tbl>" if items and items[-1].tag == "row" else "")


def parts(content: str, *, title: str = "", footer: str = "") -> dict[str, str]:
    """The members of a Word file with that content."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in _NAMES.items()
    )
    found = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="s1" '
        f'Type="{_R}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/>'
        f"</w:rPr></w:rPrDefault></w:docDefaults>{styles}</w:styles>",
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{content}</w:body></w:document>',
    }
    if footer:
        found["word/footer1.xml"] = f'<w:ftr xmlns:w="{_W}">{_paragraph(footer)}</w:ftr>'
    if title:
        found["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></cp:coreProperties>'
        )
    return found


def pack(members: Mapping[str, str | bytes]) -> bytes:
    """A zip file of the members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _paragraph(words: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'
