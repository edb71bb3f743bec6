"""Parts of a page that open on demand: which titles of accordions, tabs and details are headings of what they open."""

from __future__ import annotations

import re

from lxml import etree

from betony.readers import headings
from betony.readers.landmarks import only_leads_on

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST = 120
_MOST_WITHIN = 60
"""Elements within a title; what holds more is no title."""
_CLIMBED = 6
"""Levels that are looked up, and down, from a title."""
_ENDS = frozenset(("main", "article", "body", "html"))
_APART = frozenset((*_HEADINGS, "details", "summary", "button", "nav", "footer", "header", "aside", "form"))
"""With what a further part may begin: the one before it is over."""
_PARTS = ("accordion", "collaps", "expand", "panel-heading", "panel-title", "card-header", "toggle", "disclosure")
_COMMAND = re.compile(
    r"(?:show|hide|view|expand|collapse|toggle|menu|print|text description|transcript|download)\b"
    r"|(?:see|read|open|close|share|search|less|next|previous|back|request|report)(?:$| (?:all|more|less|this|page|menu|sections?"
    r"|panel|details|to (?:top|start|contents|search|results)|site|an? (?:problem|error|issue|mistake|copy|correction)|on|via|by|full)\b)"
    r"|more(?: \S+)?$",
    re.IGNORECASE,
)
"""The words on a button that name what it does, and not what it opens, as `Report side effects` or `Back pain` do."""
_ASKS = (".//input", ".//select", ".//textarea")


def titles_a_part(element: etree._Element) -> bool:
    """Whether a button, tab or summary is the title of the part of the page that it opens."""
    for count, child in enumerate(element.iterdescendants(etree.Element)):
        if count > _MOST_WITHIN or child.tag in _HEADINGS or child.get("role") == "heading":
            return False
    words = _words(element)
    if not 1 < len(words) <= _LONGEST or _COMMAND.match(words) or words.endswith((".", ";", ",")):
        return False
    return element.tag == "summary" or (_opens_something(element) and _opened(element) is not None)


def _words(element: etree._Element) -> str:
    """What an element says; nothing where that is longer than any title."""
    pieces, length = [], 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece.strip())
        if length > _LONGEST:
            return ""
    return " ".join("".join(pieces).split())


def is_heading(title: etree._Element) -> bool:
    """Whether the title of a part is a heading: it does not say itself what to do, and what follows the part is no text,
    which would stand below it."""
    if headings.instructs(_words(title)):
        return False
    part = title.getparent() if title.tag == "summary" else _opened(title)
    return part is not None and _over_after(part)


def _opens_something(element: etree._Element) -> bool:
    if element.get("aria-expanded") is not None and element.get("aria-controls") is not None:
        return True
    node: etree._Element | None = element
    for _ in range(3):
        if node is None:
            break
        named = (node.get("class") or "").lower()
        if any(part in named for part in _PARTS):
            return True
        node = node.getparent()
    return False


def _opened(element: etree._Element) -> etree._Element | None:
    """What stands right behind the title, or behind wrappers that hold nothing else, if it is text and no menu."""
    node: etree._Element | None = element
    for _ in range(_CLIMBED):
        if node is None or node.tag in _ENDS:
            return None
        following, free = _next(node)
        if following is not None:
            is_text = (
                following.tag not in ("li", "button", "nav", "form", *_HEADINGS) and following.get("role") != "tab"
            )
            asks = any(following.find(path) is not None for path in _ASKS)
            return following if is_text and not asks and not only_leads_on(following) else None
        node = node.getparent()
        if not free or node is None or (node.text and not node.text.isspace()) or _holds_more_words(node):
            return None
    return None


def _holds_more_words(node: etree._Element) -> bool:
    """Whether more than one of an element's children hold text."""
    return sum(_says_something(child) for child in node.iterchildren(etree.Element)) > 1


def _next(node: etree._Element) -> tuple[etree._Element | None, bool]:
    """The next sibling that says something, and whether no bare words stand before it."""
    following: etree._Element | None = node
    while following is not None:
        if following.tail and not following.tail.isspace():
            return None, False
        following = following.getnext()
        if following is not None and isinstance(following.tag, str) and _says_something(following):
            return following, True
    return None, True


def _says_something(element: etree._Element) -> bool:
    return any(not words.isspace() for words in element.itertext())


def _over_after(part: etree._Element) -> bool:
    """Whether nothing but a further part, a heading or the end of the content follows a part."""
    node: etree._Element | None = part
    for _ in range(_CLIMBED):
        if node is None or node.tag in _ENDS or node.get("role") in ("main", "tabpanel"):
            return True
        following, free = _next(node)
        if not free:
            return False
        if following is not None:
            return _begins_apart(following)
        node = node.getparent()
    return False


def _begins_apart(element: etree._Element) -> bool:
    for _ in range(_CLIMBED):
        if element.tag in _APART or element.get("role") in ("heading", "tab"):
            return True
        if element.text and not element.text.isspace():
            return False
        first = next((child for child in element.iterchildren(etree.Element) if _says_something(child)), None)
        if first is None:
            return False
        element = first
    return False
