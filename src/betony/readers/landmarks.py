"""What an element's name and attributes say about its layer: the document's own, or the page's around it."""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import IntEnum
from itertools import accumulate

from lxml import etree


class Mark(IntEnum):
    """What an attribute says about its element."""

    NOTHING = 0
    FURNITURE = 1
    """Page furniture wherever it stands."""
    AROUND = 2
    """Page furniture, unless it stands inside the content: there a header is the document's own."""
    HIDDEN = 3
    """Not shown; furniture too, unless it is a part of the page that only opens on demand."""


_ROLES = {
    "navigation": Mark.FURNITURE, "search": Mark.FURNITURE, "menu": Mark.FURNITURE, "menubar": Mark.FURNITURE,
    "toolbar": Mark.FURNITURE, "complementary": Mark.FURNITURE, "dialog": Mark.FURNITURE,
    "alertdialog": Mark.FURNITURE, "banner": Mark.FURNITURE, "contentinfo": Mark.FURNITURE,
}  # fmt: skip
_HIDDEN_WORDS = frozenset(
    (
        "hidden", "element-invisible", "u-hidden", "is-hidden", "d-none", "assistive-text", "show-for-sr", "a11y-hidden",
        "off-screen", "offscreen", "wb-inv", "wb-invisible",
    )
)  # fmt: skip
_HIDDEN_WORD = re.compile(
    r"(?:[\w-]+[-_])?(?:visually[-_]?hidden|sr-only|screen-?reader(?:-(?:text|only))?)(?:-focusable)?", re.IGNORECASE
)
"""What only a screen reader says; design systems put their own name before it."""
_FURNITURE_WORDS = re.compile(
    r"(?:^|[-_\s])(?:breadcrumbs?|cookies?(?!-policy)|skip-?(?:link|nav|to|main|content)s?|skiplinks?|pagination|pager"
    r"|prev-next|back-to-top|social(?:-?(?:media|links|share|sharing|icons))?|share(?:-?(?:links|buttons?|tools|this))"
    r"|shar(?:e|ing)-tools|share(?=\s|$)|toolbar|table-of-contents|toc|(?:in|on)-page-nav|on-this-page|jump-(?:menu|links)|section-links|addthis|signup-banner"
    r"|(?:search|searchbar|site-search)-?(?:form|box|bar)|searchbar|phase-banner|feedback(?=\s|$)|(?:page|site|user)-?feedback|report-(?:a-)?problem|pagedetails)(?:$|[-_\s])",
    re.IGNORECASE,
)
_AROUND_WORD = re.compile(
    r"(?:(?:site|page|global|main|top|primary|secondary|left|right|side|sub|local|nhs|nhsuk|govuk|info)[-_]?)?"
    r"(?:header|footer|nav|navbar|navigation|menu|masthead|sidebar|side-bar|topnav|banner|col[-_]secondary|aside)"
    r"(?:[-_]?(?:wrap|wrapper|container|inner|links|content|bar|box|\d{1,3}))?",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_OPENS = re.compile(r"accordion|panel|collaps|expand|tab-?pane|details|reveal|toggle", re.IGNORECASE)
_LARGE = re.compile(r"(?:^|\s)d-none(?=\s).*\sd-(?:sm|md|lg|xl|xxl)-(?!none)[a-z-]+", re.DOTALL)
_SMALL = re.compile(r"(?:^|\s)d-(?:sm|md|lg|xl|xxl)-none(?:\s|$)")
"""How Bootstrap's pages say that an element shows on large screens alone, or on small ones."""
_BREADCRUMB = re.compile(r"breadcrumb|^(?:main |site |global )?(?:menu|navigation)$|pagination", re.IGNORECASE)


def of_words(value: str) -> Mark:
    """What a class or id attribute says."""
    words = value.lower().split()
    if not _HIDDEN_WORDS.isdisjoint(words) or any(map(_HIDDEN_WORD.fullmatch, words)):
        return Mark.HIDDEN
    if _FURNITURE_WORDS.search(value):
        return Mark.FURNITURE
    return Mark.AROUND if any(map(_AROUND_WORD.fullmatch, words)) else Mark.NOTHING


def of_style(value: str) -> Mark:
    """What a style attribute says."""
    return Mark.HIDDEN if _INVISIBLE.search(value) else Mark.NOTHING


def of_role(value: str) -> Mark:
    """What a role attribute says."""
    return _ROLES.get(value.strip().lower(), Mark.NOTHING)


def of_label(value: str) -> Mark:
    """What an aria-label attribute says."""
    return Mark.FURNITURE if _BREADCRUMB.search(value) else Mark.NOTHING


def _of_hidden(value: str) -> Mark:
    return Mark.NOTHING if value.lower() == "until-found" else Mark.HIDDEN


def _of_aria_hidden(value: str) -> Mark:
    return Mark.HIDDEN if value.strip().lower() == "true" else Mark.NOTHING


RULES = {
    "class": of_words,
    "id": of_words,
    "style": of_style,
    "role": of_role,
    "aria-label": of_label,
    "hidden": _of_hidden,
    "aria-hidden": _of_aria_hidden,
}


_CONTROLLED = etree.XPath("//@aria-controls")


def controlled(root: etree._Element) -> frozenset[str]:
    """The ids of the elements that something on the page opens."""
    values = _CONTROLLED(root)
    return (
        frozenset(word for value in values for word in str(value).split()) if isinstance(values, list) else frozenset()
    )


def opens_on_demand(element: etree._Element, controlled: frozenset[str]) -> bool:
    """Whether a hidden element is the closed part of an accordion or tab, which a reader can open, or hidden on small
    screens alone, where no other stands beside it that is hidden on the large ones.

    `controlled` holds the ids that the page's own buttons and headings open.
    """
    return (
        element.get("role") == "tabpanel"
        or _is_for_large_screens(element)
        or (element.get("id") or "") in controlled
        or (element.get("class") is not None and _OPENS.search(element.get("class", "")) is not None)
    )


def _is_for_large_screens(element: etree._Element) -> bool:
    if not _LARGE.search(element.get("class") or ""):
        return False
    beside = (element.getprevious(), element.getnext())
    return not any(other is not None and _SMALL.search(other.get("class") or "") for other in beside)


def heads_the_document(element: etree._Element) -> bool:
    """Whether a header holds the page's main heading rather than the site's logo."""
    for heading in element.iter("h1"):
        text = "".join(heading.itertext()).strip()
        linked = "".join("".join(link.itertext()) for link in heading.iter("a")).strip()
        if text and text != linked and heading.getparent() is not None:
            return next(heading.iterancestors("a"), None) is None
    return False


def text_holders(root: etree._Element) -> frozenset[etree._Element]:
    """The elements that hold most of the page's paragraphs, by length: each holds the one in the middle, so they are
    ancestors of it, from some one upwards. None on a page with little text.
    """
    lengths = [(paragraph, _length(paragraph)) for paragraph in root.iter("p")]
    total = sum(length for _, length in lengths)
    if total <= SOME_TEXT:
        return frozenset()
    before = accumulate(length for _, length in lengths)
    middle = next(paragraph for (paragraph, _), sofar in zip(lengths, before, strict=True) if sofar * 2 >= total)
    above = list(middle.iterancestors())
    first = bisect_right(above, total / 2, key=lambda element: sum(map(_length, element.iter("p"))))
    return frozenset(above[first:])


def _length(paragraph: etree._Element) -> int:
    return len(etree.tostring(paragraph, method="text", encoding="utf-8", with_tail=False))


SOME_TEXT = 2_000
"""Bytes of paragraphs; of a page with fewer any part, such as a banner, may hold the most."""
_LOOKED_AT = 400
"""Elements of an aside that are looked at; a longer one is no box of links."""
_UNLINKED = 100
"""Characters outside links and headings after which it is none either."""


def only_leads_on(aside: etree._Element) -> bool:
    """Whether an aside within the content holds little but links to other pages, and headings over them."""
    linked = free = 0
    within: set[etree._Element] = set()
    for count, element in enumerate(aside.iter(etree.Element)):
        if count > _LOOKED_AT or free > _UNLINKED:
            return False
        parent = element.getparent()
        if element.tag in ("a", "h1", "h2", "h3", "h4", "h5", "h6") or parent in within:
            within.add(element)
            if element.tag == "a" and not (element.get("href") or "#").startswith("#"):
                linked += len("".join(element.itertext()).strip())
        else:
            free += len((element.text or "").strip())
        if parent not in within and element is not aside:
            free += len((element.tail or "").strip())
    return linked > 0 and 2 * free <= linked
