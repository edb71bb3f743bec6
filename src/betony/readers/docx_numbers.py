"""Numbers that Word makes itself (`1.1`, `1.1.1`) put into the text where Word prints them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from betony.readers.docx_members import DOCUMENT, Members

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = f"{_W}val"
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_PATTERN = 60
_MOST_LETTERS = 780
"""The largest number that Word itself shows in letters; in Roman ones it stops not much later."""
_NUMBERING, _STYLES = "word/numbering.xml", "word/styles.xml"


@dataclass(frozen=True, slots=True)
class Level:
    """How the paragraphs of one level of a scheme are numbered."""

    pattern: str
    """As Word has it: `%1.%2` for the number of the level above and its own."""
    shape: str
    start: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """The schemes of a file that number across levels, and what uses them; a plain list's scheme is none of them."""

    schemes: dict[str, dict[int, Level]]
    by_id: dict[str, str]
    """From a number id, which paragraphs and styles name, to a scheme."""
    by_style: dict[str, tuple[str, int]]
    """From a paragraph style to its number id and level."""


def put_in(members: Members) -> None:
    """Puts the numbers of paragraphs into their text. Lists keep theirs to themselves, as on a web page.

    Only schemes that number across levels count: by `1.2.3` a recommendation is cited, by `3.` or a bullet nothing is.
    ECMA-376, part 1, 17.9.
    """
    document, numbers = members.tree(DOCUMENT), members.tree(_NUMBERING)
    if document is None or numbers is None:
        return
    numbering = _numbering(numbers, members.tree(_STYLES))
    if not numbering.schemes or not _number(document, numbering):
        return
    # What is text now must not come again as a list.
    for scheme in numbers.findall(f"{_W}abstractNum"):
        if scheme.get(f"{_W}abstractNumId") in numbering.schemes:
            numbers.remove(scheme)
    for number in numbers.findall(f"{_W}num"):
        if number.get(f"{_W}numId") in numbering.by_id:
            numbers.remove(number)
    members.mark_changed(DOCUMENT)
    members.mark_changed(_NUMBERING)


def _numbering(numbers: etree._Element, styles: etree._Element | None) -> Numbering:
    schemes: dict[str, dict[int, Level]] = {}
    linked: dict[str, tuple[str, int]] = {}
    for scheme in numbers.findall(f"{_W}abstractNum"):
        name = scheme.get(f"{_W}abstractNumId") or ""
        levels = dict(_levels(scheme))
        if any(len(_PLACE.findall(level.pattern)) > 1 for level in levels.values()):
            schemes[name] = levels
            for element in scheme.findall(f"{_W}lvl"):
                if style := _value(element, "pStyle"):
                    linked[style] = name, _whole(element.get(f"{_W}ilvl"), 0)
    by_id = {
        number.get(f"{_W}numId") or "": name
        for number in numbers.findall(f"{_W}num")
        if (name := _value(number, "abstractNumId") or "") in schemes
    }
    by_style: dict[str, tuple[str, int]] = {}
    for entry in styles.findall(f"{_W}style") if styles is not None else ():
        identity = entry.get(f"{_W}styleId") or ""
        named = _value(entry, f"pPr/{_W}numPr/{_W}numId")
        if named in by_id:
            level = _value(entry, f"pPr/{_W}numPr/{_W}ilvl")
            by_style[identity] = named, linked[identity][1] if identity in linked else _whole(level, 0)
    return Numbering(schemes, by_id, by_style)


def _levels(scheme: etree._Element) -> Iterator[tuple[int, Level]]:
    for element in scheme.findall(f"{_W}lvl"):
        place = _whole(element.get(f"{_W}ilvl"), 0)
        shape = _value(element, "numFmt") or "decimal"
        pattern = _value(element, "lvlText") or ""
        if place < _LEVELS and shape in _SHAPES and len(pattern) <= _LONGEST_PATTERN:
            yield place, Level(pattern, shape, _whole(_value(element, "start"), 1))


def _number(document: etree._Element, numbering: Numbering) -> bool:
    """Puts each paragraph's number before its text; whether any had one."""
    counts: dict[str, dict[int, int]] = {}
    found = False
    for paragraph in document.iter(f"{_W}p"):
        number, place = _asked(paragraph, numbering)
        scheme = numbering.by_id.get(number or "")
        level = numbering.schemes[scheme].get(place) if scheme is not None else None
        if scheme is None or level is None:
            continue
        levels, count = numbering.schemes[scheme], counts.setdefault(scheme, {})
        for above in range(place):
            if above in levels:
                count.setdefault(above, levels[above].start)
        count[place] = count[place] + 1 if place in count else level.start
        for below in [known for known in count if known > place]:
            del count[below]
        words = _PLACE.sub(lambda match: _shown(int(match[1]) - 1, levels, count), level.pattern).strip()  # noqa: B023 - called at once
        if words and any(text.text and text.text.strip() for text in paragraph.iter(f"{_W}t")):
            paragraph.insert(1 if paragraph.find(f"{_W}pPr") is not None else 0, _run(f"{words} "))
            found = True
    return found


def _asked(paragraph: etree._Element, numbering: Numbering) -> tuple[str | None, int]:
    """The number id and the level of a paragraph: its own, else its style's."""
    number = _value(paragraph, f"pPr/{_W}numPr/{_W}numId")
    level = _value(paragraph, f"pPr/{_W}numPr/{_W}ilvl")
    style = numbering.by_style.get(_value(paragraph, f"pPr/{_W}pStyle") or "")
    if number is None and style is not None:
        return style[0], style[1] if level is None else _whole(level, 0)
    return number, _whole(level, 0)


def _shown(place: int, levels: dict[int, Level], count: dict[int, int]) -> str:
    return _SHAPES[levels[place].shape](count[place]) if place in levels and place in count else ""


def _letters(number: int) -> str:
    """Word's letters: a to z, then aa to zz."""
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number <= _MOST_LETTERS:
        return str(number)
    signs = ((500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
    out = ""
    for value, sign in (*signs, (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        out += sign * (number // value)
        number %= value
    return out


_SHAPES: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}


def _run(words: str) -> etree._Element:
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = words
    return run


def _value(element: etree._Element, path: str) -> str | None:
    found = element.find(f"{_W}{path}")
    return found.get(_VALUE) if found is not None else None


def _whole(value: str | None, otherwise: int) -> int:
    """A small number as Word writes it; `otherwise` where it is none."""
    return int(value[:6]) if value is not None and value.isascii() and value.isdigit() else otherwise
