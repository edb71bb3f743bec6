"""What Word shows and mammoth passes over, put where mammoth reads it: fields, formulas, boxes, breaks, hidden words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
_DIAGRAMS = "word/diagrams/data"
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
        # A box stands twice, for new programs and for old ones; the one that is not read is not to be counted either.
        changed = [_choose(element) for element in list(root.iter(f"{_MC}AlternateContent"))]
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


def _missing(what: str) -> Notice:
    return Notice(WarningCode.TRUNCATED, f"missing, for nothing here reads it: {what}", WarningLevel.REVIEW)


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


def _has_words(element: etree._Element) -> bool:
    return any(text.text for text in element.iter(f"{_W}t", f"{_M}t"))


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


def _lift_boxes(drawing: etree._Element) -> bool:
    """Text boxes stand behind the drawing that holds them."""
    boxes = list(drawing.iter(f"{_W}txbxContent"))
    parent = drawing.getparent()
    if not boxes or parent is None:
        return False
    picture = etree.Element(f"{_W}pict")
    picture.extend(boxes)
    parent.insert(parent.index(drawing) + 1, picture)
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
    f"{_W}drawing": _lift_boxes,
    **dict.fromkeys([f"{_V}{name}" for name in ("oval", "line", "polyline", "arc", "curve")], _draw_as_shape),
    f"{_M}oMath": _write_out,
}
