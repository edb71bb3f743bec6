"""What each element of HTML does to the text around it."""

from __future__ import annotations


class Role:
    """What an element does to the text around it. Elements without a role are inline.

    Plain numbers, no enum: looking up a member takes ten times as long before Python 3.12, and every tag asks for some.
    """

    BLOCK = 1
    HEADING = 2
    LIST = 3
    ITEM = 4
    TERM = 5
    DETAIL = 6
    TABLE = 7
    ROW = 8
    CELL = 9
    CAPTION = 10
    BREAK = 11
    IMAGE = 12
    AROUND = 13
    """A block of page furniture."""
    CONTROL = 14
    """Furniture within a line: a button, a choice, what stands in for a frame."""
    LINK = 15
    CONTENT = 16
    EDGE = 17
    """A header, footer or aside: furniture outside the content, the document's own inside it."""
    PRE = 18
    SUMMARY = 19
    """The title of details, which a reader opens."""
    STRUCK = 20
    """Words within a line that hold no more."""


INLINE = 0
UNREAD = ("script", "style", "template", "title", "desc", "metadata", "annotation", "annotation-xml")
"""Never text."""
STRUCK = ("del", "s", "strike")
ROLES: dict[str, int] = {
    **dict.fromkeys(
        (
            "html", "head", "body", "p", "div", "section", "address", "blockquote", "center", "details",
            "fieldset", "legend", "figure", "figcaption", "form", "hr", "hgroup", "dl", "dir", "frameset",
            "optgroup", "option", "thead", "tbody", "tfoot", "colgroup", "foreignobject", "multicol", "listing",
        ),
        Role.BLOCK,
    ),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Role.HEADING),
    **dict.fromkeys(("ul", "ol", "menu"), Role.LIST),
    **dict.fromkeys(("nav", "search", "dialog", "noscript", "noframes"), Role.AROUND),
    **dict.fromkeys(
        (
            "select", "button", "textarea", "datalist",
            "iframe", "object", "video", "audio", "canvas", "noembed", "applet",
        ),
        Role.CONTROL,
    ),
    **dict.fromkeys(("main", "article"), Role.CONTENT),
    **dict.fromkeys(("header", "footer", "aside"), Role.EDGE),
    **dict.fromkeys(("td", "th"), Role.CELL),
    **dict.fromkeys(("pre", "xmp", "plaintext"), Role.PRE),
    **dict.fromkeys(STRUCK, Role.STRUCK),
    "summary": Role.SUMMARY,
    "li": Role.ITEM,
    "dt": Role.TERM,
    "dd": Role.DETAIL,
    "table": Role.TABLE,
    "tr": Role.ROW,
    "caption": Role.CAPTION,
    "br": Role.BREAK,
    "input": Role.BREAK,  # a box that parts the words beside it
    "img": Role.IMAGE,
    "a": Role.LINK,
}  # fmt: skip
