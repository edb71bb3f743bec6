"""Headings that the page shows without marking them, and numbers that stand apart from their text."""

from __future__ import annotations

import re

from lxml import etree

from betony.readers.passage import BODY, HEADING, PARAGRAPH, TABLE_ROW, Passage

LONGEST = 120
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")

_BOLD = frozenset(("b", "strong"))
_LEANING = frozenset(("i", "em"))
_SHELLS = frozenset(("span", "font", "a", "br", "sup", "sub", "small", "big", "img", "cite", "abbr"))
_WORDS = frozenset(("heading", "subheading", "sub-heading", "section-heading", "section-title", "subtitle"))
_CLASS = re.compile(r"(?:[a-z]+-)?heading(?:-+(?:x?[lms]|\d))?|h[1-6]", re.IGNORECASE)
_UNFINISHED = (".", ";", ",", "!")
_FINISHED = (".", ":", ";", "?", "!", ")", "]")
_FLOAT = re.compile(r"(?:table|figure|box|fig\.)\s+\w+", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}\.?")

_INSTRUCTS = re.compile(
    r"(?:do not|don['’]t|never|always|offer|give|consider|refer|use|avoid|start|stop|advise|ask|assess|check|measure|monitor"
    r"|discuss|ensure|tell|treat|prescribe|record|review|seek|take|make sure)(?! (?:of|in|for|and|or|with|to|on)\b)(?:\s+\S+){2}",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 24
_DEEPEST = 6
_NUMBERED = (PARAGRAPH, HEADING)

BELOW = 0
"""The level of a heading that stands one below whatever heading is above it."""
UNDERLINED_BOLD, BOLD, UNDERLINED, LEANING, RUN_IN = 1, 2, 3, 4, 5
"""Styles from the strongest to the weakest; the last, the bold first line of a paragraph, is never the page's title."""


def style(element: etree._Element, text: str) -> int:
    """How the whole text of an element is set off; 0 where it is not, or reads as a sentence."""
    if not may_be(text):
        return 0
    if element.tag == "dt" and "accordion" in _classes_above(element):
        return BOLD
    classes = element.get("class")
    if classes and any(word in _WORDS or _CLASS.fullmatch(word) for word in classes.lower().split()):
        return BOLD
    return _emphasis(element)


def _classes_above(element: etree._Element) -> str:
    above = element.getparent()
    return ((above.get("class") if above is not None else None) or "").lower()


def may_be(text: str) -> bool:
    """Whether words that are set off do not read as a sentence."""
    return 1 < len(text) <= LONGEST and not text.endswith(_UNFINISHED)


def instructs(text: str) -> bool:
    """Whether words of some length say what to do: set above what explains them, they are still more than a heading."""
    return _INSTRUCTS.match(text) is not None


def _emphasis(element: etree._Element) -> int:
    """The style that covers all text below the element."""
    if (text := element.text) and not text.isspace():
        return 0
    weakest = 0
    for child in element:
        if (tail := child.tail) and not tail.isspace():
            return 0
        found = _style_below(child)
        if found == 0:
            return 0
        weakest = max(weakest, found) if found > 0 else weakest
    return weakest


def _style_below(child: etree._Element) -> int:
    """The style of an element and the chain of only children below it; -1 where it holds no text."""
    bold = underlined = leaning = False
    while True:
        tag = child.tag
        if tag in _BOLD:
            bold = True
        elif tag == "u":
            underlined = True
        elif tag in _LEANING:
            leaning = True
        elif tag not in _SHELLS:
            return 0
        look = child.get("style")
        if look:
            underlined = underlined or "underline" in look
            bold = bold or "bold" in look
        text = child.text  # asked once: each time the parser's words are made Python's anew
        inner = child[0] if len(child) else None
        if (
            (text and not text.isspace())
            or inner is None
            or len(child) > 1
            or ((tail := inner.tail) and not tail.isspace())
        ):
            break
        child = inner
    if not (text and text.strip()) and not len(child):
        return -1
    if bold:
        return UNDERLINED_BOLD if underlined else BOLD
    return UNDERLINED if underlined else LEANING if leaning else 0


def promote(passages: list[Passage]) -> None:
    """Makes headings of the paragraphs that are set off as such and have something under them."""
    base = 0
    stronger: set[int] = set()
    below: dict[int, int] = {}
    """The levels of the headings that stand below another, by how deep in the page they do: parts beside each other are alike."""
    for index, passage in enumerate(passages):
        if passage.kind is HEADING:
            if passage.level == BELOW:
                depth = 0 if passage.element is None else sum(1 for _ in passage.element.iterancestors())
                passage.level = below.setdefault(depth, min(base + 1, _DEEPEST))
                stronger.clear()
            elif passage.layer is BODY:
                base = passage.level
                stronger.clear()
                if below:
                    below = {depth: level for depth, level in below.items() if level <= base}
        elif passage.style and _has_content(passages, index):
            stronger.add(passage.style)
            passage.kind = HEADING
            lowest = 2 if passage.style == RUN_IN else 1
            passage.level = max(base + sum(known <= passage.style for known in stronger), lowest)


def _has_content(passages: list[Passage], index: int) -> bool:
    """Whether what follows a set-off paragraph can be what it heads."""
    passage = passages[index]
    linked = passage.links and passage.links[0][0] == 0 and passage.links[-1][1] == len(passage.text)
    if linked and any(href != "#" for _, _, href in passage.links or ()):
        return False
    if index + 1 == len(passages):
        return False
    following = passages[index + 1]
    if following.layer is not passage.layer or (following.kind is HEADING and not following.style):
        return False
    if passage.style == RUN_IN and following.kind is PARAGRAPH and not following.text.endswith(_FINISHED):
        return False  # a name above an address
    return not (following.kind is TABLE_ROW and _FLOAT.match(passage.text))


def is_number(text: str) -> bool:
    """Whether the text is a paragraph's number (`1.2.3`) and nothing else."""
    return len(text) < _LONGEST_NUMBER and _NUMBER.fullmatch(text) is not None


def join_numbers(passages: list[Passage]) -> list[Passage]:
    """The passages with each number that stood in an element of its own put before the text it numbers."""
    numbers = {
        passage
        for passage in passages
        if len(passage.text) < _LONGEST_NUMBER
        and passage.text[0].isdigit()
        and passage.kind in _NUMBERED
        and is_number(passage.text)
    }
    if not numbers:
        return passages
    kept: list[Passage] = []
    number: Passage | None = None
    for passage in passages:
        if number is not None:
            if passage.layer is number.layer and passage.kind in _NUMBERED:
                shift = len(number.text) + 1
                passage.text = f"{number.text} {passage.text}"
                shifted = [(start + shift, end + shift, href) for start, end, href in passage.links or ()]
                passage.links = [*(number.links or ()), *shifted] or None
            else:
                kept.append(number)
            number = None
        if passage in numbers:
            number = passage
        else:
            kept.append(passage)
    if number is not None:
        kept.append(number)
    return kept
