"""What Word shows and mammoth passes over, put where mammoth reads it: fields, formulas, boxes, breaks, hidden words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from lxml import etree
from mammoth.docx.dingbats import dingbats

from betony.model import Notice, WarningCode, WarningLevel
from betony.readers.docx_members import DOCUMENT, Members

_TEXTS = (DOCUMENT, "word/footnotes.xml", "word/endnotes.xml")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_V = "{urn:schemas-microsoft-com:vml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DIAGRAMS = "word/diagrams/data"
_NOTES = ("footnote", "endnote")
_COMMENTS = "word/comments.xml"
_POINTERS = {f"{_W}hyperlink", f"{_A}hlinkClick", f"{_A}blip", f"{_V}imagedata"}
_TARGETS = (f"{_R}id", f"{_R}embed", f"{_R}link")
_TRACKED = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_ALTERNATIVE = re.compile("\ufdd0([^\ufdd0\ufdd1]*)\ufdd1")
"""What stands for a picture on its way through mammoth, between characters that no text may hold."""
_OF_NO_FONT = range(0x20, 0xD800)
"""Characters that are the same in every font."""
_WRAPPER = f"{_W}smartTag"
"""What mammoth looks into without asking what it is."""


def put_in_reach(members: Members) -> None:
    """Changes the texts of a Word file so that mammoth passes over nothing that Word shows as words."""
    for name in _TEXTS:
        root = members.tree(name)
        if root is None:
            continue
        # Where a link or the sign of a note leads nowhere mammoth gives up the whole file.
        targets = _targets(members, name)
        cut = [_cut_loose(element, targets) for element in root.iter(*_POINTERS)]
        cut += [_drop_lost_notes(members, root, kind) for kind in _NOTES]
        # A box stands twice, for new programs and for old ones; the one that is not read is not to be counted either.
        changed = cut + [_choose(element) for element in list(root.iter(f"{_MC}AlternateContent"))]
        changed += [_RULES[str(element.tag)](element) for element in list(root.iter(*_RULES))]
        if any(changed):
            members.mark_changed(name)


def left_out(members: Members) -> Iterator[Notice]:
    """What Word shows as words and nothing here reads."""
    document = members.tree(DOCUMENT)
    if document is not None and next(document.iter(f"{_W}altChunk"), None) is not None:
        yield _missing("a document that is embedded in the Word file")
    diagrams = (members.tree(name) for name in members.archive.namelist() if name.startswith(_DIAGRAMS))
    if any(words.text for diagram in diagrams if diagram is not None for words in diagram.iter(f"{_A}t")):
        yield _missing("the words of a diagram")
    comments = members.tree(_COMMENTS)
    if comments is not None and any(words.text for words in comments.iter(f"{_W}t")):
        yield _missing("comments")
    if document is not None and next(document.iter(*_TRACKED), None) is not None:
        yield Notice(
            WarningCode.CONFLICT,
            "changes are tracked in the file, and it is read as if all were accepted: what they delete is left out",
            WarningLevel.REVIEW,
        )


def _missing(what: str) -> Notice:
    return Notice(WarningCode.TRUNCATED, f"missing, for nothing here reads it: {what}", WarningLevel.REVIEW)


def with_pictures(source: str) -> str:
    """The HTML that mammoth has made, with pictures in the places of what stands for them."""
    return _ALTERNATIVE.sub(lambda found: f'<img alt="{escape(unescape(found[1]))}">', source)


def _targets(members: Members, name: str) -> frozenset[str]:
    """The names under which a text's links and pictures have their addresses."""
    folder, _, file = name.rpartition("/")
    related = members.tree(f"{folder}/_rels/{file}.rels")
    return frozenset() if related is None else frozenset(entry.get("Id") or "" for entry in related)


def _cut_loose(pointer: etree._Element, targets: frozenset[str]) -> bool:
    """Takes away what points to no address."""
    lost = [name for name in _TARGETS if pointer.get(name) and pointer.get(name) not in targets]
    for name in lost:
        del pointer.attrib[name]
    return bool(lost)


def _choose(alternatives: etree._Element) -> bool:
    """Leaves one of several forms of the same: the last, which mammoth reads, unless words stand in another alone."""
    choice, last = alternatives.find(f"{_MC}Choice"), alternatives.find(f"{_MC}Fallback")
    if choice is None or (last is not None and _has_words(last)):
        for other in alternatives.findall(f"{_MC}Choice"):
            alternatives.remove(other)
        return False
    if not _has_words(choice):
        return False
    for other in list(alternatives):
        if other is not choice:
            alternatives.remove(other)
    choice.tag = alternatives.tag = _WRAPPER
    return True


def _drop_lost_notes(members: Members, root: etree._Element, kind: str) -> bool:
    """Takes away the signs of notes that the file does not hold."""
    signs = list(root.iter(f"{_W}{kind}Reference"))
    if not signs:
        return False
    notes = members.tree(f"word/{kind}s.xml")
    known = set() if notes is None else {note.get(f"{_W}id") for note in notes.iter(f"{_W}{kind}")}
    lost = [sign for sign in signs if sign.get(f"{_W}id") not in known]
    for sign in lost:
        sign.tag = _WRAPPER
    return bool(lost)


def _has_words(element: etree._Element) -> bool:
    if any(text.text for text in element.iter(f"{_W}t", f"{_M}t")):
        return True
    return any(map(_alternative, element.iter(f"{_W}drawing"))) or any(
        path.get("string") for path in element.iter(f"{_V}textpath")
    )


def _look_into(element: etree._Element) -> bool:
    element.tag = _WRAPPER
    return True


def _look_into_ruby(ruby: etree._Element) -> bool:
    """Base, then what stands above it, which the file has the other way round."""
    for above in ruby.findall(f"{_W}rt"):
        ruby.append(above)
        above.tag = _WRAPPER
    return _look_into(ruby)


def _space(element: etree._Element) -> bool:
    """A break of the page or the line parts the words beside it."""
    if element.tag == f"{_W}br" and element.get(f"{_W}type") in (None, "textWrapping"):
        return False
    element.tag = f"{_W}tab"
    element.attrib.clear()
    return True


def _spell(symbol: etree._Element) -> bool:
    """A sign of a font that mammoth does not know: its character, or U+FFFD where only the font knows which it is."""
    font, char = symbol.get(f"{_W}font"), symbol.get(f"{_W}char") or ""
    try:
        code = int(char, 16)
    except ValueError:
        return False
    if (font, code) in dingbats or (font, code & 0xFF) in dingbats:
        return False
    symbol.tag = f"{_W}t"
    symbol.attrib.clear()
    symbol.text = chr(code) if code in _OF_NO_FONT else "\ufffd"
    return True


def _strike(mark: etree._Element) -> bool:
    """Hidden words, and those with two lines through them, as words that are struck out."""
    properties = mark.getparent()
    if properties is None or mark.get(f"{_W}val") in ("false", "0") or properties.find(f"{_W}strike") is not None:
        return False
    etree.SubElement(properties, f"{_W}strike")
    return True


def _leave_sign(checkbox: etree._Element) -> bool:
    """A box to tick stays the sign that it is printed as."""
    properties = checkbox.getparent()
    if properties is not None:
        properties.remove(checkbox)
    return True


def _show_drawing(drawing: etree._Element) -> bool:
    """The text boxes of a drawing stand behind it, and behind one without a picture what is said in its place."""
    boxes = list(drawing.iter(f"{_W}txbxContent"))
    words = "" if _is_picture(drawing) else _alternative(drawing)
    parent = drawing.getparent()
    if parent is None or not (boxes or words):
        return False
    if boxes:
        picture = etree.Element(f"{_W}pict")
        picture.extend(boxes)
        parent.insert(parent.index(drawing) + 1, picture)
    if words:
        text = etree.Element(f"{_W}t")
        text.text = f"\ufdd0{words}\ufdd1"
        parent.insert(parent.index(drawing) + 1, text)
    return True


def _is_picture(drawing: etree._Element) -> bool:
    return any(picture.get(name) for picture in drawing.iter(f"{_A}blip") for name in _TARGETS)


def _alternative(drawing: etree._Element) -> str:
    """What is said in place of a drawing."""
    said = drawing.find(f"*/{_WP}docPr")
    if said is None:
        return ""
    return (said.get("descr") or "").strip() or (said.get("title") or "").strip()


def _write_along(path: etree._Element) -> bool:
    """Words that are drawn as a picture, as those of a text box."""
    words = path.get("string")
    if not words or path.getparent() is None:
        return False
    path.tag = f"{_V}textbox"
    path.attrib.clear()
    run = etree.SubElement(etree.SubElement(etree.SubElement(path, f"{_W}txbxContent"), f"{_W}p"), f"{_W}r")
    etree.SubElement(run, f"{_W}t").text = words
    return True


def _draw_as_shape(element: etree._Element) -> bool:
    element.tag = f"{_V}shape"
    return True


def _write_out(formula: etree._Element) -> bool:
    """A formula as words in one line."""
    words = _in_one_line(formula)
    formula[:] = []
    formula.tag = f"{_W}r"
    etree.SubElement(formula, f"{_W}t").text = words
    return bool(words)


_SIGNED = {f"{_M}{name}" for name in ("t", "num", "den", "d", "nary", "rad")}


def _in_one_line(formula: etree._Element) -> str:
    """The formula's words with the signs that Word draws: lines of fractions, brackets, roots, sums."""
    out: list[str] = []
    for event, element in etree.iterwalk(formula, events=("start", "end"), tag=_SIGNED):
        kind = str(element.tag).removeprefix(_M)
        if event == "start":
            if kind == "t":
                out.append(element.text or "")
            out.append("/" if kind == "den" else "")
        if kind in ("num", "den") and _is_compound(element):
            out.append("(" if event == "start" else ")")
        elif kind == "d":
            out.append(_sign(element, "dPr/begChr", "(") if event == "start" else _sign(element, "dPr/endChr", ")"))
        elif event == "start" and kind in ("nary", "rad"):
            out.append("√" if kind == "rad" else _sign(element, "naryPr/chr", "∫"))
    return "".join(out)


def _is_compound(part: etree._Element) -> bool:
    words = "".join(text.text or "" for text in part.iter(f"{_M}t")).strip()
    return not words.replace(" ", "").replace(".", "").isalnum()


def _sign(element: etree._Element, path: str, usual: str) -> str:
    found = element.find("/".join(f"{_M}{step}" for step in path.split("/")))
    return usual if found is None else found.get(f"{_M}val") or ""


_RULES: dict[str, Callable[[etree._Element], bool]] = {
    **dict.fromkeys((f"{_W}fldSimple", f"{_W}dir", f"{_W}bdo", f"{_W}rubyBase", f"{_M}oMathPara"), _look_into),
    f"{_W}ruby": _look_into_ruby,
    **dict.fromkeys((f"{_W}br", f"{_W}cr", f"{_W}ptab"), _space),
    **dict.fromkeys((f"{_W}vanish", f"{_W}dstrike"), _strike),
    f"{_W14}checkbox": _leave_sign,
    f"{_W}sym": _spell,
    f"{_W}drawing": _show_drawing,
    f"{_V}textpath": _write_along,
    **dict.fromkeys([f"{_V}{name}" for name in ("oval", "line", "polyline", "arc", "curve")], _draw_as_shape),
    f"{_M}oMath": _write_out,
}
