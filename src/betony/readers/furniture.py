"""Which blocks of a page without landmarks are furniture: judged by their links, their length, and a second judge."""

from __future__ import annotations

import re
from enum import Enum, auto
from itertools import pairwise

from betony.model import Notice, WarningCode
from betony.readers.main_text import Kept
from betony.readers.passage import BODY, FURNITURE, HEADING, TABLE_ROW, Passage

SHORT_PAGE = 300
"""Pages with fewer characters are not worth a guess."""
LONG_RUN = 6
"""So many short links in a row are a menu, even between paragraphs."""
TELLING = 35
"""A passage of so many characters is met once on a page; what is shorter may stand in a menu and in the text."""
LEAST_KEPT = 0.5
"""A second judge that kept a smaller share of the paragraphs has missed the document."""
MOST_CUT = 0.1
"""What follows the first menu is the document's own where it is a larger share of it: links may stand in its midst."""

_LEGAL = re.compile(
    r"(?:©|\(c\)\s|copyright\b|all rights reserved)"
    r"|^(?:privacy(?: policy| notice)?|cookies(?: policy)?|terms(?: and conditions| of use)?"
    r"|accessibility(?: statement)?"
    r"|site ?map|contact us|about us|log ?in|sign (?:in|up)"
    r"|print(?: this page)?|share(?: this)?|back to top|top of page)\W*$",
    re.IGNORECASE,
)
_OF_A_SITE = re.compile(r"\b(?:cookies?|JavaScript|browser)\b", re.IGNORECASE)
_SENTENCE_END = (".", "?", "!", ":", ";", ".)", "]")


class Look(Enum):
    """What a block looks like by itself."""

    TEXT = auto()
    LINKS = auto()
    LEGAL = auto()
    HEADING = auto()
    UNCLEAR = auto()


def judge(passages: list[Passage], *, landmarks: int, kept: Kept | None = None) -> list[Notice]:
    """Sets the layer of each body passage; the notice says that it was a guess.

    The document reaches from its first heading or paragraph to its last; menus in between are told by their length.
    Where a second judge says what it `kept`, the document begins there, and the first menu after it ends it. What that
    judge left out in between stays: it drops lists, small tables and headings that are the document's.
    """
    body = [passage for passage in passages if passage.layer is BODY]
    if sum(len(passage.text) for passage in body) < SHORT_PAGE:
        return []
    looks = [look(passage) for passage in body]
    texts = [index for index, seen in enumerate(looks) if seen is Look.TEXT]
    if not texts:
        return [] if landmarks else [_guessed(0)]
    own = first, last = _start(body, looks, texts[0]), _end(body, looks, texts[-1], _parted(passages))
    if kept is not None and (span := _kept_span(body, looks, kept)):
        first, menu = _start(body, looks, span[0]), _menu_after(looks, span[1])
        above = range(own[0], first)
        if all(
            looks[index] in (Look.TEXT, Look.HEADING) and not _OF_A_SITE.search(body[index].text) for index in above
        ):
            first = own[0]  # nothing there looks like a site's
        if _weight(body, looks, menu + 1, last) < MOST_CUT * _weight(body, looks, first, menu):
            last = min(last, menu)
    judged = {*range(first), *range(last + 1, len(body)), *_menus(body, looks, first, last)}
    for index in judged:
        body[index].layer = FURNITURE
    return [_guessed(len(judged), second=own != (first, last))] if judged or not landmarks else []


def _weight(body: list[Passage], looks: list[Look], first: int, last: int) -> int:
    """How many characters of paragraphs stand from the first to the last passage, both included."""
    return sum(len(body[index].text) for index in range(first, last + 1) if looks[index] is Look.TEXT)


def _kept_span(body: list[Passage], looks: list[Look], kept: Kept) -> tuple[int, int] | None:
    """The first and the last of the passages that the second judge kept; None where it lost too much to be believed.

    Only passages of some length tell where: a word of a menu stands somewhere in every text.
    """
    told = [index for index, passage in enumerate(body) if len(passage.text) >= TELLING and kept.holds(passage.text)]
    if not told or sum(len(body[index].text) for index in told) < LEAST_KEPT * _weight(body, looks, 0, len(body) - 1):
        return None
    return told[0], told[-1]


def _menu_after(looks: list[Look], last_kept: int) -> int:
    """The last block before the first menu or legal line below what was kept, and before the headings over it."""
    end = last_kept
    while end + 1 < len(looks) and looks[end + 1] not in (Look.LINKS, Look.LEGAL):
        end += 1
    while end > last_kept and looks[end] is Look.HEADING:
        end -= 1
    return end


def look(passage: Passage) -> Look:
    """What a block looks like by itself."""
    text = passage.text
    if passage.kind is HEADING:
        return Look.HEADING
    linked = sum(end - start for start, end, _ in passage.links or ()) / len(text)
    if len(text) < 250 and _LEGAL.search(text):
        return Look.LEGAL
    if linked >= 0.6 and len(text) < 150:
        return Look.LINKS
    if linked < 0.5 and (len(text) >= 80 or (len(text) >= 35 and text.endswith(_SENTENCE_END))):
        return Look.TEXT
    return Look.TEXT if passage.kind is TABLE_ROW and linked < 0.5 else Look.UNCLEAR


def _start(body: list[Passage], looks: list[Look], first_text: int) -> int:
    """Where the document begins: its main heading, else the headings right above its first paragraph."""
    for index, passage in enumerate(body):
        # A main heading may come after a banner's sentence, but hardly after the document's own text.
        if passage.kind is HEADING and passage.level == 1 and not _is_linked(passage):
            if sum(seen is Look.TEXT for seen in looks[:index]) <= 3:
                return index
            break
    start = first_text
    while start and looks[start - 1] in (Look.HEADING, Look.UNCLEAR) and not _is_linked(body[start - 1]):
        start -= 1
    return start


def _parted(passages: list[Passage]) -> frozenset[Passage]:
    """The headings that stand behind what the page itself marks as furniture."""
    return frozenset(
        below for above, below in pairwise(passages) if below.kind is HEADING and above.layer is not below.layer
    )


def _end(body: list[Passage], looks: list[Look], last_text: int, parted: frozenset[Passage]) -> int:
    """Where the document ends: with its last paragraph and what of its kind follows, be it short and under headings of
    its own, up to the first link, legal line, or heading that furniture parts from it. A heading over nothing but those
    is theirs."""
    end = last_text
    for index in range(last_text + 1, len(looks)):
        if looks[index] is Look.UNCLEAR:
            end = index
        elif looks[index] is not Look.HEADING or _is_linked(body[index]) or body[index] in parted:
            break
    return end


def _menus(body: list[Passage], looks: list[Look], first: int, last: int) -> list[int]:
    """Runs of short links between paragraphs, each with the heading over it."""
    found: list[int] = []
    index = first
    while index <= last:
        stop = index
        while stop <= last and looks[stop] is Look.LINKS:
            stop += 1
        run = range(index, stop)
        if len(run) >= LONG_RUN and _is_menu([body[at] for at in run]):
            above = index - 1
            if above >= first and looks[above] is Look.HEADING and body[above].level > 1:
                found.append(above)
            found += run
        index = max(stop, index + 1)
    return found


def _is_menu(run: list[Passage]) -> bool:
    """Whether a run of links leads to other pages. A list of what the page itself holds repeats its headings."""
    within = sum("#" in href for passage in run for _, _, href in passage.links or ())
    return within <= len(run) // 2 and sum(len(passage.text) for passage in run) < 45 * len(run)


def _is_linked(passage: Passage) -> bool:
    return bool(passage.links) and sum(end - start for start, end, _ in passage.links or ()) > len(passage.text) / 2


def _guessed(count: int, *, second: bool = False) -> Notice:
    by = "links, length and trafilatura" if second else "links and length"
    return Notice(
        WarningCode.LAYER_GUESSED,
        f"no landmark holds the page's content; {count:,} blocks were judged to be furniture by {by}",
    )
