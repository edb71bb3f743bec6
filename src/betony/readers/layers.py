"""Whether an element is the document's own or the page's around it, by what it is and where it stands."""

from __future__ import annotations

from lxml import etree

from betony.model import Layer
from betony.readers import landmarks
from betony.readers.elements import Role
from betony.readers.landmarks import Mark
from betony.readers.passage import BODY, FURNITURE


class Layers:
    """The layers of one page's elements, and what has to be known of the page to tell them."""

    def __init__(
        self, root: etree._Element, content: frozenset[etree._Element], named: frozenset[etree._Element]
    ) -> None:
        self.content = content
        """Elements that hold the document; where there are any, all outside them is furniture."""
        self.named = named
        """Elements that the publisher's own rules name as furniture."""
        self.landmarks = 0
        """How many elements told their layer by what they are."""
        self._root = root
        self._marks: dict[tuple[str, str], Mark] = {}
        self._controlled: frozenset[str] | None = None
        """Ids of elements that something on the page opens, once they were asked for."""
        self._text_holders: frozenset[etree._Element] | None = None
        """The elements that hold most of the page's paragraphs, once they were asked for."""

    def of(
        self, element: etree._Element, role: int, around: Layer, *, inside: bool, controls: bool
    ) -> tuple[Layer, bool]:
        """The layer of an element that stands in the layer `around`, and whether it stands inside the content.

        `inside` says whether what is around it does, `controls` that it is a button and no heading.
        """
        furniture, tag = around is FURNITURE, element.tag
        if role in (Role.AROUND, Role.STRUCK):
            furniture = True
            self.landmarks += tag == "nav"
        elif controls:
            furniture = True
        elif role == Role.EDGE and not inside:
            self.landmarks += 1
            furniture = furniture or not (tag == "header" and landmarks.heads_the_document(element))
        elif role == Role.EDGE and tag == "aside" and not furniture:
            furniture = landmarks.only_leads_on(element)
        if not furniture and tag not in ("html", "body"):
            furniture = self._marked(element, inside=inside)
        if role == Role.CONTENT:
            inside = True
            if tag == "main" and not self.content:
                furniture = False
        if element in self.content:
            furniture, inside = False, True
        if element in self.named:
            furniture = True
        return FURNITURE if furniture else BODY, inside

    def _marked(self, element: etree._Element, *, inside: bool) -> bool:
        """Whether an attribute makes the element furniture."""
        marks = self._marks
        for attribute in element.items():
            name, value = attribute
            rule = landmarks.RULES.get(name)
            if rule is None:
                continue
            mark = marks.get(attribute)
            if mark is None:
                mark = marks[attribute] = rule(value)
            if mark is Mark.HIDDEN:
                if self._controlled is None:
                    self._controlled = landmarks.controlled(self._root)
                if not landmarks.opens_on_demand(element, self._controlled):
                    return True
            elif mark is Mark.FURNITURE:
                if name == "role" or not self._is_the_document(element, value):
                    self.landmarks += name == "role"
                    return True
            elif mark is Mark.AROUND and not inside and not self._is_the_document(element, value):
                self.landmarks += 1
                return True
        return False

    def _is_the_document(self, element: etree._Element, called: str) -> bool:
        """Whether what is called like a menu or a banner heads the document, or holds most of its paragraphs: `with-toc`.

        What is said of cookies may be longer than a short document.
        """
        if landmarks.heads_the_document(element):
            return True
        if "cookie" in called.lower():
            return False
        if self._text_holders is None:
            self._text_holders = landmarks.text_holders(self._root)
        return element in self._text_holders
