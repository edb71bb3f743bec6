"""From HTML text to a tree of elements, without what lxml loses at its limits."""

from __future__ import annotations

import re
import threading

from lxml import etree

from betony.errors import DocumentError, Reason
from betony.text import repair

DEEPEST = 500
"""Depth from which the second reading is flattened; lxml's own trees go down 2,048 levels."""

_LIMITS = frozenset(("ERR_RESOURCE_LIMIT", "ERR_NO_MEMORY", "ERR_INTERNAL_ERROR"))
_UNREAD = frozenset(("script", "style", "template", "title"))
_BREAKING = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "td",
        "th", "tr", "ul",
    )
)  # fmt: skip


_ENTITIES = re.compile(
    rb"(?:\s|<\?xml[^>]*>|<!--(?:(?!-->).)*-->)*<!DOCTYPE[^>\[]*\[[^\]]*<!ENTITY", re.IGNORECASE | re.DOTALL
)
"""A page that declares entities of its own, as only XML can."""
_PROLOGUE = 20_000


_OWN = threading.local()


def own_parser() -> etree.HTMLParser:
    """This thread's parser: making one takes a tenth of the time of a page, and its log is that of its last page."""
    if not hasattr(_OWN, "parser"):
        _OWN.parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser: etree.HTMLParser = _OWN.parser
    return parser


def parse(markup: bytes) -> tuple[etree._Element, bool]:
    """The root of a page given in UTF-8, and whether it took a second reading to have it whole.

    lxml stops at its limits and returns what it has read so far without a word; only its log tells. The same parser
    has no such limit where it builds no tree but reports tag by tag, which is also some hundred times faster on a
    deep page than a soup; so the second reading builds the tree here, flat from a depth on.
    """
    if _ENTITIES.match(markup, 0, _PROLOGUE):
        markup = _expanded(markup)
    parser = own_parser()
    root = _run(markup, parser)
    if not _hit_a_limit(parser):
        # None is what lxml returns, whatever its stubs say, for a page that holds neither tag nor text.
        return (etree.Element("html") if root is None else _with_the_rest(root)), False
    flat = _Flat()
    parser = etree.HTMLParser(  # type: ignore[call-overload] # the stub asks for a base class that only stubs have
        target=flat, encoding="utf-8", huge_tree=True
    )
    _run(markup, parser)
    return (_soup(markup) if _hit_a_limit(parser) else flat.page()), True


def _with_the_rest(root: etree._Element) -> etree._Element:
    """The root with what the page holds after `</html>`: browsers show it, libxml2 makes further roots of it."""
    rest = list(root.itersiblings())
    if rest:
        body = root.find("body")
        for more in rest:
            more.tag = "div"
            (root if body is None else body).append(more)
    return root


def _soup(markup: bytes) -> etree._Element:
    """The page as BeautifulSoup reads it, flat from a depth on: the net under both readings.

    DocumentError where it finds no more than they did.
    """
    from bs4 import BeautifulSoup  # noqa: PLC0415 - takes longer to import than most pages to read, and few need it
    from bs4.element import NavigableString, Tag  # noqa: PLC0415 - as above

    flat = _Flat()
    above: list[Tag] = []
    for node in BeautifulSoup(markup, "lxml", from_encoding="utf-8").descendants:
        while above and node.parent is not above[-1]:
            flat.end(above.pop().name)
        if isinstance(node, Tag):
            flat.start(
                node.name,
                {name: " ".join(value) if isinstance(value, list) else value for name, value in node.attrs.items()},
            )
            above.append(node)
        elif type(node) is NavigableString:  # comments and the like are kinds of it
            flat.data(node)
    for tag in reversed(above):
        flat.end(tag.name)
    flat.close()
    page = flat.page()
    if not "".join(page.itertext()).strip():
        raise DocumentError("the page cannot be parsed whole", reason=Reason.MALFORMED, advice="save it again")
    return page


def _expanded(markup: bytes) -> bytes:
    """The page with the entities that it declares in their places; DocumentError where they lead out of it or blow up.

    A reader of HTML would drop the declarations, and with them whatever they hold.
    """
    parser = etree.XMLParser(encoding="utf-8", resolve_entities="internal", load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(markup, parser)
    except etree.LxmlError as error:
        message = f"the page declares entities, and they cannot be followed: {error}"
        raise DocumentError(message[:300], reason=Reason.MALFORMED) from error
    return etree.tostring(root, encoding="utf-8", method="html")


def _run(markup: bytes, parser: etree.HTMLParser) -> etree._Element:
    try:
        return etree.fromstring(markup, parser)
    except etree.LxmlError as error:
        raise DocumentError(f"the page cannot be parsed: {error}", reason=Reason.MALFORMED) from error


def _hit_a_limit(parser: etree.HTMLParser) -> bool:
    log = parser.error_log
    return bool(log) and any(entry.type_name in _LIMITS or entry.level_name == "FATAL" for entry in log)


class _Flat:
    """Builds a tree from the parser's reports in which nothing is deeper than DEEPEST.

    Of elements below that only their text and the breaks between them are kept.
    """

    def __init__(self) -> None:
        self.root = etree.Element("html")
        self.depth = 0
        self.unread_from: int | None = None
        self.text: list[str] = []
        self.open: list[list[etree._Element]] = [[self.root]]  # each with the last of its children, once it has one

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.unread_from is not None:
            return
        if tag in _UNREAD:
            self.unread_from = self.depth
        elif self.depth <= DEEPEST:
            element = _element(tag, attributes)
            self._add(element)
            self.open.append([element])
        elif tag in _BREAKING:
            self._add(etree.Element("div"))

    def end(self, tag: str) -> None:
        if self.unread_from is None:
            if self.depth <= DEEPEST:
                self._settle()
                self.open.pop()
            elif tag in _BREAKING:
                self._add(etree.Element("div"))
        elif self.unread_from == self.depth:
            self.unread_from = None
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.unread_from is None:
            self.text.append(text)

    def close(self) -> None:
        self._settle()

    def page(self) -> etree._Element:
        pages = self.root.findall("html")
        return pages[0] if len(pages) == len(self.root) == 1 else self.root

    def _add(self, element: etree._Element) -> None:
        self._settle()
        here = self.open[-1]
        here[0].append(element)
        here[1:] = [element]

    def _settle(self) -> None:
        """Puts the text that has come since the last element where it belongs."""
        if not self.text:
            return
        text = repair("".join(self.text).replace("\f", " "))[0]
        self.text.clear()
        here = self.open[-1]
        if len(here) == 2:
            here[1].tail = text
        else:
            here[0].text = text


def _element(tag: str, attributes: dict[str, str]) -> etree._Element:
    try:
        element = etree.Element(tag)
    except ValueError:  # a name that XML does not allow
        element = etree.Element("span")
    for name, value in attributes.items():
        try:
            element.set(name, value)
        except ValueError:  # nor such an attribute; no rule looks at one
            continue
    return element
