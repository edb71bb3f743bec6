"""HTML pages as Documents: every visible block in reading order, none of it lost."""

from __future__ import annotations

from lxml import etree

from betony import collector
from betony.errors import DocumentError, Reason
from betony.model import Capture, Document, Notice, WarningCode
from betony.publisher import Publisher
from betony.readers import encoding, furniture, headings, landmarks, main_text, markup, unseen, xhtml
from betony.readers.elements import STRUCK
from betony.readers.head import absolute, base_of, looks_like_html, of_root, saved_from
from betony.readers.passage import BODY, Passage, lay_out, to_links, to_tables
from betony.readers.walk import Walk

__all__ = ["looks_like_html", "read"]

_MAIN_BY_ROLE = etree.XPath("//*[@role='main']")


def read(capture: Capture, publisher: Publisher) -> Document:
    """The page as a Document; DocumentError where it is none."""
    with collector.at_rest():
        return _read(capture, publisher)


def _read(capture: Capture, publisher: Publisher) -> Document:
    decoded = encoding.decode(capture.body, declared=capture.charset, html=True)
    text, utf8 = decoded.text, decoded.utf8
    if "<![CDATA[" in text and xhtml.is_xhtml(capture):
        text, utf8 = xhtml.written_out(text), None
    if utf8 is None or b"\f" in utf8:
        text = text.replace("\f", " ")  # white space that no well-formed page may hold
        utf8 = text.encode("utf-8")
    root, again = markup.parse(utf8)
    _open_shadows(root)
    notices = list(decoded.notices)
    if again:
        notices.append(Notice(WarningCode.FALLBACK_PARSER, "the page is nested deeper than the usual parser follows"))
    about = of_root(
        root, capture.url, saved_from(text)
    )  # the walk drops what is no text: the head's scripts and the title among it
    content = _content(root, publisher)
    notices += unseen.notices(utf8, root, content)
    named = _beside_the_text(root, _elements(root, publisher.furniture))
    walk = Walk(root, content=content, furniture=named)
    if content and not any(passage.layer is BODY for passage in walk.passages):
        content = frozenset()  # an empty frame that scripts were to fill; what there is stands around it
        walk = Walk(root, furniture=named)
    if not any(passage.layer is BODY for passage in walk.passages) and _is_struck_out(root):
        raise DocumentError(
            "all that it says is struck out",
            reason=Reason.NOT_A_DOCUMENT,
            document=capture.uri,
            advice="give the version that holds, or accept the changes that are tracked in it",
        )
    if walk.repaired:
        notices.append(encoding.text_repaired(walk.repaired))
    passages = headings.join_numbers(walk.passages)
    headings.promote(passages)
    if not content:
        kept = None if again else main_text.judge(text, len(walk.elements))
        notices += furniture.judge(passages, landmarks=walk.layers.landmarks, kept=kept)
    canonical, blocks = lay_out(passages, _no_path if again else _Paths(root).of)
    base = base_of(root, capture.url or about.canonical)
    linked = [passage for passage in passages if passage.links]
    addresses = {href: absolute(href, base) for href in _hrefs(linked)}
    return Document(
        text=canonical,
        blocks=blocks,
        media_type=capture.media_type or "text/html",
        charset=decoded.charset,
        head=about,
        links=to_links(linked, addresses),
        tables=to_tables(walk.grids),
        notices=tuple(notices),
    )


def _is_struck_out(root: etree._Element) -> bool:
    """Whether most letters of a page stand in what holds no more."""
    struck = [
        element for element in root.iter(*STRUCK) if not any(above.tag in STRUCK for above in element.iterancestors())
    ]
    return 2 * sum(map(_letters, struck)) > _letters(root) if struck else False


def _letters(element: etree._Element) -> int:
    return sum(len("".join(words.split())) for words in element.itertext())


def _open_shadows(root: etree._Element) -> None:
    """Templates that a browser shows, as parts of the page: what programs that save a page make of its components."""
    for template in list(root.iter("template")):
        if template.get("shadowrootmode") or template.get("shadowroot"):
            template.tag = "div"


def _content(root: etree._Element, publisher: Publisher) -> frozenset[etree._Element]:
    """The elements that hold the document: as the publisher's rules say, else the main landmarks."""
    if publisher.content and (named := _elements(root, publisher.content)):
        return named
    return frozenset(root.iter("main")) or _only_elements(_MAIN_BY_ROLE(root))


def _elements(root: etree._Element, path: str) -> frozenset[etree._Element]:
    return _only_elements(root.xpath(path)) if path else frozenset()


def _beside_the_text(root: etree._Element, named: frozenset[etree._Element]) -> frozenset[etree._Element]:
    """The elements without those that hold most of the page's paragraphs: a site that calls its parts anew, or wraps the
    document in one that was a menu, would take it away whole.
    """
    if all(next(element.iterdescendants("p"), None) is None for element in named):
        return named
    return named - landmarks.text_holders(root)


def _only_elements(found: object) -> frozenset[etree._Element]:
    return (
        frozenset(item for item in found if isinstance(item, etree._Element))
        if isinstance(found, list)
        else frozenset()
    )


def _hrefs(linked: list[Passage]) -> set[str]:
    return {href for passage in linked for _, _, href in passage.links or ()}


def _no_path(_: etree._Element) -> None:
    """Where elements of a page stand whose tree is not the usual parser's: nobody could follow the path."""


class _Paths:
    """The XPaths of a page's elements as libxml2 writes them: `/html/body/section[2]/h3`.

    libxml2 itself counts all that stand before an element anew for every one.
    """

    def __init__(self, root: etree._Element) -> None:
        self.known = {root: f"/{root.tag!s}"}
        """The paths of the root and of elements above those that were asked for."""
        self.places: dict[etree._Element, int] = {}
        """The place of an element that has siblings of the same name among them."""

    def of(self, element: etree._Element) -> str:
        above = element.getparent()
        if above is None:
            return self.known[element]
        path = self.known.get(above) or self._learnt(above)
        name: str = element.tag  # type: ignore[assignment] # as that of every element
        place = self.places.get(element)
        if place is None:
            alike = list(above.iterchildren(name))
            if len(alike) == 1:
                return f"{path}/{name}"
            self.places.update(zip(alike, range(1, len(alike) + 1), strict=True))
            place = self.places[element]
        return f"{path}/{name}[{place}]"

    def _learnt(self, element: etree._Element | None) -> str:
        """The path of an element, known from now on, as are those of all above it."""
        chain = []
        while element is not None and element not in self.known:
            chain.append(element)
            element = element.getparent()
        for child in reversed(chain):
            self.known[child] = self.of(child)
        return self.known[chain[0]]
