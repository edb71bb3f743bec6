"""Word files: mammoth makes HTML of them, and the HTML reader reads that."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from xml.parsers.expat import ExpatError

import mammoth
from lxml import etree

from betony.errors import DocumentError, Reason
from betony.model import Block, Capture, Document, Head
from betony.publisher import Publisher
from betony.readers import docx_numbers, docx_shown, html
from betony.readers.docx_members import Members
from betony.text import collapse, repair

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_MEMBERS = 5_000
MOST_BYTES = 100_000_000
MOST_RATIO = 200
MOST_XML = 30_000_000
MOST_ELEMENTS = 200_000
"""Of one part's XML: some five hundred pages. mammoth takes 60 microseconds and a kilobyte for each."""
_RATIO_FROM = 1_000_000
"""Smaller members may be packed as tightly as they like."""

_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='caption'] => p:fresh
p[style-name='Caption'] => p:fresh
p[style-name='TOC Heading'] => nav > p:fresh
p[style-name^='toc '] => nav > p:fresh
p[style-name='table of figures'] => nav > p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='List Bullet'] => ul > li:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Number'] => ol > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
"""
_SOLE_PARAGRAPH = re.compile(r"(<t[dh][^<>]*>)<p>([^<]*(?:<(?!/?(?:p|t[dh])>)[^<]*)*)</p>(</t[dh]>)")
"""In a cell, where every Word file has one: only several of them tell a layout from a table."""
_HEADING_TAG = re.compile(r"(</?h)([1-5])(?=[ >])(?! class=\"title\")")
_TITLE_TAG = '<h1 class="title">'
_ENTITY = (b"<!DOCTYPE", b"<!ENTITY", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_AROUND = re.compile(r"word/(header|footer)\d*\.xml$")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read(capture: Capture, publisher: Publisher) -> Document:
    """The text of a Word file, by its styles: headings, lists, tables, footnotes.

    Page headers and footers, tables of contents and hidden words are furniture. Numbers that Word makes itself across levels (`1.2.3`) are text, those of
    plain lists are not, as on a web page; comments and deleted words are left out, tracked insertions are not. DocumentError
    where the file is broken, encrypted, not Word, or unpacks to more than it may.
    """
    with _archive(capture.body) as archive:
        about = _head(archive)
        around = list(_around(archive))
        members = Members(capture.body, archive)
        docx_shown.put_in_reach(members)
        docx_numbers.put_in(members)
        body = _convert(members.packed())
        notices = tuple(docx_shown.left_out(members))
    page = _page(body, about, around)
    document = html.read(replace(capture, body=page.encode(), media_type="text/html", charset="utf-8"), publisher)
    return replace(
        document,
        media_type=MEDIA_TYPE,
        charset=None,
        head=about,
        blocks=tuple(_without_path(block) for block in document.blocks),
        notices=(*document.notices, *notices),
    )


def _archive(body: bytes) -> zipfile.ZipFile:
    """The file's archive, opened only after a look at what it says it unpacks to."""
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(
            "it is an old or encrypted Word file",
            reason=Reason.UNSUPPORTED,
            advice="save it as .docx without a password",
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise DocumentError(f"the Word file is broken: {error}", reason=Reason.MALFORMED) from error
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    tight = any(
        member.file_size > _RATIO_FROM and member.file_size > MOST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    text = archive.NameToInfo.get("word/document.xml")
    if len(members) > MOST_MEMBERS or total > MOST_BYTES or tight or (text and text.file_size > MOST_XML):
        raise DocumentError(
            f"the Word file would unpack to {len(members):,} members and {total:,} bytes",
            reason=Reason.TOO_LARGE,
            advice=f"at most {MOST_MEMBERS:,} members, {MOST_BYTES:,} bytes, {MOST_XML:,} of them text, are read",
        )
    if text is None:
        raise DocumentError("the file holds no Word document", reason=Reason.UNSUPPORTED)
    if any(member.flag_bits & 1 for member in members):
        raise DocumentError(
            "the Word file is encrypted", reason=Reason.UNSUPPORTED, advice="save it without a password"
        )
    _refuse_xml(archive)
    return archive


def _refuse_xml(archive: zipfile.ZipFile) -> None:
    """Refuses XML that is too much, or declares entities: Word never does, only who wants to blow up its reader."""
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            content = _member(archive, member.filename)
            if content.count(b"<") - content.count(b"</") > MOST_ELEMENTS:
                raise DocumentError(
                    "the Word file's XML has too many elements",
                    reason=Reason.TOO_LARGE,
                    advice=f"at most {MOST_ELEMENTS:,} are read; split it, or save it as PDF",
                )
            if any(mark in content for mark in _ENTITY):
                raise DocumentError("the Word file's XML declares a document type", reason=Reason.MALFORMED)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error) as error:
        raise DocumentError(f"the Word file is broken in {name}: {error}", reason=Reason.MALFORMED) from error


def _convert(body: bytes) -> str:
    """The main text as HTML; with a title of its own style, every other heading a level down."""
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(body),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
            ignore_empty_paragraphs=True,
        )
    except RecursionError as error:
        raise DocumentError("the Word file is nested deeper than it can be followed", reason=Reason.TOO_DEEP) from error
    except ExpatError as error:
        raise DocumentError(
            f"the Word file is broken: its XML ends or breaks off: {error}", reason=Reason.MALFORMED
        ) from error
    except (LookupError, ValueError, TypeError, AttributeError, OSError, zipfile.BadZipFile) as error:
        # mammoth has no errors of its own: a file that breaks the format ends in one of these.
        raise DocumentError(
            f"the Word file is broken: it lacks or misplaces a part that it names ({str(error)[:100]})",
            reason=Reason.MALFORMED,
            advice="open it in Word and save it anew",
        ) from error
    source = docx_shown.with_pictures(_SOLE_PARAGRAPH.sub(r"\1\2\3", str(result.value)))
    if _TITLE_TAG not in source:
        return source
    return _HEADING_TAG.sub(_deeper, _unmarked_title(source)).replace("<h0>", "<h1>").replace("</h0>", "</h1>")


def _unmarked_title(source: str) -> str:
    """The title under a tag of its own, so that its level stays."""
    return re.sub(r'<h1 class="title">(.*?)</h1>', r"<h0>\1</h0>", source)


def _deeper(match: re.Match[str]) -> str:
    return f"{match[1]}{int(match[2]) + 1}"


def _page(body: str, about: Head, around: list[tuple[str, str]]) -> str:
    language = f' lang="{escape(about.language)}"' if about.language else ""
    header, footer = (
        "".join(f"<p>{escape(words)}</p>" for edge, words in around if edge == kind) for kind in ("header", "footer")
    )
    return (
        f'<!DOCTYPE html><html{language}><head><meta charset="utf-8"></head><body><header>{header}</header>'
        f"<main>{body}</main><footer>{footer}</footer></body></html>"
    )


def _around(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The paragraphs of the page headers and footers, each once."""
    seen: set[tuple[str, str]] = set()
    for name in sorted(archive.namelist()):
        match = _AROUND.match(name)
        root = _xml(archive, name) if match else None
        if match is None or root is None:
            continue
        for paragraph in root.iter(f"{_W}p"):
            words = "".join(
                (element.text or "") if element.tag == f"{_W}t" else " "
                for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
            )
            entry = (match[1], repair(collapse(words).strip())[0])
            if entry[1] and entry not in seen:
                seen.add(entry)
                yield entry


def _head(archive: zipfile.ZipFile) -> Head:
    core = _xml(archive, "docProps/core.xml")
    title = core.findtext(f"{_DC}title") if core is not None else None
    language = core.findtext(f"{_DC}language") if core is not None else None
    if not language and (styles := _xml(archive, "word/styles.xml")) is not None:
        mark = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
        language = mark.get(f"{_W}val") if mark is not None else None
    return Head(title=_clean(title), language=_clean(language))


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of a member, or None where it is missing or broken."""
    if name not in archive.NameToInfo:
        return None
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        return etree.fromstring(_member(archive, name), parser)
    except (etree.LxmlError, ValueError):
        return None


def _clean(words: str | None) -> str | None:
    return repair(collapse(words).strip())[0] or None if words else None


def _without_path(block: Block) -> Block:
    return replace(block, xpath=None)
