"""Titles that no sign marks in plain text, told by what a site prints around them: the way to the page, a menu, the kind of
document over it and its day below it, or how the page is to be cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from betony import publishers
from betony.model import Block, BlockKind, Layer
from betony.nlp.passages import is_date
from betony.nlp.title import masthead
from betony.nlp.title.taken_up import is_taken_up, taken_up_of
from betony.text import squeeze

_TOP = 12
"""Blocks at the top of a page in which such a title stands."""


def find(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the title stands by the first layout that fits, or None."""
    body = [block for block in blocks if block.layer is Layer.BODY]
    found = (layout(text, body) for layout in _LAYOUTS)
    return next(((block.start, block.end) for block in found if block), None)


def _words(text: str, block: Block) -> str:
    return squeeze(text[block.start : block.end])


def _printed_thrice(text: str, body: Sequence[Block]) -> Block | None:
    """The first line of a page, where the next two say the same: a site gives its title, the way to it, and the title again. It may
    end as a sentence does: "Sore heels? Read this before you walk."."""
    first = [_words(text, block) for block in body[:_TIMES]]
    if len(first) < _TIMES or len(set(first)) > 1 or not first[0][:1].isupper() or masthead.is_masthead(first[0]):
        return None
    return body[0] if len(first[0]) <= _LINE_LONGEST and len(first[0].split()) >= _FEWEST_WORDS else None


_TIMES = 3
_LINE_LONGEST = 120
_FEWEST_WORDS = 3


def _last_step(text: str, body: Sequence[Block]) -> Block | None:
    """The line below the numbered steps of the way to the page, the last of which says the same: "1. Heels", "2. Wax", "3. Wax for
    sore heels", "Wax for sore heels"."""
    number = 0
    for step, below in pairwise(body[:_TOP]):
        if _is_heading(step):
            return None
        found = _STEP.fullmatch(text, step.start, step.end)
        number = number + 1 if found and int(found["number"]) == number + 1 else 0
        if found and number >= _FEWEST_STEPS and squeeze(found["step"]) == _words(text, below):
            return below
    return None


def _is_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level == 1


_STEP = re.compile(r"(?P<number>\d{1,2})\.\s(?P<step>[^\n]{2,250})")
_FEWEST_STEPS = 3


def _of_its_menu(text: str, body: Sequence[Block]) -> Block | None:
    """The line over the day of the last update, below the menu of a part of the site that has it among its entries."""
    if not body or not _MENU.match(text, body[0].start, body[0].end):
        return None
    entries: set[str] = set()
    for entry, below in pairwise(body[1:_ENTRIES]):
        words = _words(text, entry)
        if len(words) > _LINE_LONGEST:
            return None
        if _UPDATED.match(text, below.start, below.end) and is_date(_words(text, below)):
            return entry if words in entries else None
        entries.add(words)
    return None


_MENU = re.compile(r"In\sthis\ssection\s?:")
_ENTRIES = 80
_UPDATED = re.compile(r"(?:Last\s(?:updated|reviewed|modified)|Updated|Published)\b")


def _under_its_kind(text: str, body: Sequence[Block]) -> Block | None:
    """The line between the kind of what a site publishes and its day: "News", "Wax is recalled", "14 Feb 2037"."""
    found = _kind_and_title(text, body)
    return found[1] if found else None


def news(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the page says over its title and its day that it is news, or None."""
    found = _kind_and_title(text, [block for block in blocks if block.layer is Layer.BODY])
    return (found[0].start, found[0].end) if found and _words(text, found[0]).lower() in _NEWS else None


def day_of_news(text: str, blocks: Sequence[Block]) -> Block | None:
    """The line with the day of a page that says over its title that it is news, or None."""
    told = news(text, blocks)
    return next((block for block in blocks if told and block.start > told[1] and _is_day(text, block)), None)


def _is_day(text: str, block: Block) -> bool:
    return block.end - block.start <= _DAY_LONGEST and is_date(_words(text, block))


def _kind_and_title(text: str, body: Sequence[Block]) -> tuple[Block, Block] | None:
    """The two lines over the only day of a page; one with several days lists several such."""
    for i, (kind, title, day, below) in enumerate(zip(body[:_TOP], body[1:], body[2:], body[3:], strict=False)):
        named = _words(text, kind)
        if not _stands_over_a_title(named):
            continue
        above = body[i - 1] if i and _is_heading(body[i - 1]) else None
        if above and named.lower() not in _NEWS and is_taken_up(_words(text, above), text[below.start :]):
            return None  # the kind of what stands above it
        days = [block for block in body if _is_day(text, block)]
        prose = below.end - below.start >= _PROSE and text[below.end - 1] in ".:"
        return (kind, title) if days == [day] and prose and masthead.is_like_a_title(_words(text, title)) else None
    return None


def _stands_over_a_title(words: str) -> bool:
    """Whether the line is the kind of what stands below it, and not of what stands above."""
    named = words.lower().removeprefix("archived ")
    return named in _NEWS or (named.endswith("recommendation statement") and masthead.names_a_body(named))


_NEWS = frozenset({"news", "news story", "press release"})
_DAY_LONGEST = 60
_PROSE = 40


def _over_its_citation(text: str, body: Sequence[Block]) -> Block | None:
    """The line right over the words for how to cite the page, behind which it stands again: "1990 wax guidelines", "05/18/1990
    SUGGESTED CITATION Heel Centre. 1990 wax guidelines."."""
    found = _title_and_citation(text, body)
    return found[0] if found else None


def day_of_citation(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the day stands between the title and the words for how to cite the page, or None."""
    found = _title_and_citation(text, [block for block in blocks if block.layer is Layer.BODY])
    return found[1].span("day") if found and found[1]["day"] else None


def _title_and_citation(text: str, body: Sequence[Block]) -> tuple[Block, re.Match[str]] | None:
    for block in body[:_TOP]:
        cited = _CITATION.match(text, block.end)
        if cited and block.end - block.start <= _LINE_LONGEST:
            named = f". {_words(text, block)}".casefold() in squeeze(cited["cited"]).casefold()
            return (block, cited) if named else None
    return None


_CITATION = re.compile(
    r"\s{1,4}(?:(?P<day>\d{1,2}/\d{1,2}/(?:19|20)\d\d)\s{1,4})?(?:SUGGESTED\sCITATION|Suggested\s[Cc]itation)\s?:?\s{1,4}(?P<cited>(?:[^\n]|\n(?!\s)){20,400})"
)


def _under_a_numbered_part(text: str, body: Sequence[Block]) -> Block | None:
    """The line with a guideline's name and year below the heading of a part of it: "II. Summary", "Guideline for Wax (2037)"."""
    if len(body) <= 1 or not _NUMBERED_PART.fullmatch(text, body[0].start, body[0].end):
        return None
    return body[1] if _GUIDELINE.fullmatch(text, body[1].start, body[1].end) else None


def year_of_edition(text: str, blocks: Sequence[Block]) -> tuple[int, int] | None:
    """Where the year stands behind the name of a guideline that a page gives below the heading of a part of it, or None."""
    named = _under_a_numbered_part(text, [block for block in blocks if block.layer is Layer.BODY])
    return (named.end - len("2037)"), named.end - 1) if named else None


_NUMBERED_PART = re.compile(r"[IVX]{1,5}\.\s[A-Z][^\n.]{3,100}")
_GUIDELINE = re.compile(r"(?:Guidelines?|Guidance|Recommendations)\s(?:for|on)\s[^\n.]{10,200}\s\((?:19|20)\d\d\)")


def _below_a_site_name(text: str, body: Sequence[Block]) -> Block | None:
    """The line over the day of a page and below the name of its site, of which the page says next to nothing, while it goes on about
    all that the line names: "Greater Northtown and Boot Health", "Wax for cracked heels", "Updated May 2037"."""
    if len(body) <= _ENOUGH:
        return None
    site, title, day = body[:_ENOUGH]
    name = _words(text, site)
    if not _is_day(text, day) or not _SITE_NAME.fullmatch(name) or not masthead.is_like_a_title(_words(text, title)):
        return None
    of_site, in_site = taken_up_of(name, text[title.end :])
    of_title, in_title = taken_up_of(_words(text, title), text[day.end :])
    sure = in_site >= _FEWEST_WORDS and of_site <= 1 < in_title == of_title
    return title if sure and len(text) - day.end >= _TELLING else None


def _in_a_catalogue(text: str, body: Sequence[Block]) -> Block | None:
    """The line of a catalogue's entry between the name of its search and those who wrote it, without its stop: "Boot Library Search",
    "Waxing heels in winter.", "Heeler AB; Walker C"."""
    if len(body) <= _ENOUGH:
        return None
    search, title, authors = body[:_ENOUGH]
    named = _SEARCH.fullmatch(text, search.start, search.end) and _AUTHORS.fullmatch(text, authors.start, authors.end)
    words = _words(text, title)
    if not named or not words.endswith(".") or not masthead.is_like_a_title(words[:-1]):
        return None
    return replace(title, end=title.end - 1)


def source_in_catalogue(text: str, blocks: Sequence[Block]) -> Block | None:
    """The line of a catalogue's entry, below those who wrote what it lists, that tells where that was published and when."""
    body = [block for block in blocks if block.layer is Layer.BODY]
    return body[_ENOUGH] if _in_a_catalogue(text, body) else None


_SEARCH = re.compile(r"[\w-]{2,20}\s(?:[\w-]{2,20}\s)?[Ss]earch")
_AUTHORS = re.compile(r"[A-Z][\w’-]{1,20}\s[A-Z]{1,3}(?:[;,]\s[A-Z][\w’-]{1,20}\s[A-Z]{1,3}){0,20}")


def _of_a_toolbox(text: str, body: Sequence[Block]) -> Block | None:
    """The line over the prose of a page of a toolbox, whose name and a button to keep the page stand over it: "Cracked heels toolbox",
    "Download page", "Where walkers wax their heels themselves"."""
    if len(body) <= _ENOUGH:
        return None
    toolbox, button, title = body[:_ENOUGH]
    if not _TOOLBOX.fullmatch(text, toolbox.start, toolbox.end) or not _BUTTON.fullmatch(
        text, button.start, button.end
    ):
        return None
    below = body[_ENOUGH]
    prose = below.end - below.start >= _PROSE and text[below.end - 1] in ".:"
    return title if prose and masthead.is_like_a_title(_words(text, title)) else None


_TOOLBOX = re.compile(r"[A-Z][\w\s-]{5,100}\s[Tt]oolbox")
_BUTTON = re.compile(r"(?:Download|Print|Save)\s(?:this\s)?[Pp]age")


def _under_an_appendix(text: str, body: Sequence[Block]) -> Block | None:
    """The line below the only letter of an appendix at the head of a page: "Appendix D", "Recommendations for Waxing"."""
    lettered = [i for i, block in enumerate(body) if _APPENDIX.fullmatch(text, block.start, block.end)]
    if len(lettered) != 1 or not 0 <= lettered[0] <= _TOP - _ENOUGH or lettered[0] + 1 >= len(body):
        return None
    title = body[lettered[0] + 1]
    headed = any(_may_head(text, block) for block in body[: lettered[0]])
    return title if not headed and masthead.is_like_a_title(_words(text, title)) else None


def _may_head(text: str, block: Block) -> bool:
    words = _words(text, block)
    over = masthead.is_masthead(words) or publishers.of_name(words) is not None or _SITE_MENU.match(words)
    return not over and (_is_heading(block) or masthead.is_like_a_title(words))


_SITE_MENU = re.compile(r"[A-Z]{2,8}\sHome\b")


def _in_quotation_marks(text: str, body: Sequence[Block]) -> Block | None:
    """The only line at the head of a page that is all in quotation marks and names guidance, less its marks, where no line over it
    looks like a title: "“Guidelines for the Waxing of Cracked Heels”"."""
    quoted = [i for i, block in enumerate(body[:_TOP]) if _QUOTED.fullmatch(text, block.start, block.end)]
    if len(quoted) != 1 or any(masthead.is_like_a_title(_words(text, block)) for block in body[: quoted[0]]):
        return None
    block = body[quoted[0]]
    title = replace(block, start=block.start + 1, end=block.end - 1)
    return title if masthead.is_like_a_title(_words(text, title)) else None


_QUOTED = re.compile(
    r"[\"“](?=[^\n]{0,200}\b(?:Guidelines?|Guidance|Recommendations|Statement|Standards?|Policy|Protocol)\b)[A-Z][^\"“”\n]{10,250}[\"”]"
)
_APPENDIX = re.compile(r"(?:Appendix|Annex)\s(?:[A-Z]|\d{1,2})")


def is_one_of_several(text: str, line: Block, below: Sequence[Block]) -> bool:
    """Whether a first line is no title but the first of a page's parts, whose headings differ in their last word alone: "Wax and
    walking", "Wax and running", "Wax and resting"."""
    first = _WITH_ANOTHER.fullmatch(text, line.start, line.end)
    if first is None:
        return False
    headings = (block for block in below if block.kind is BlockKind.HEADING)
    others = (_WITH_ANOTHER.fullmatch(text, block.start, block.end) for block in headings)
    return len({other["other"] for other in others if other and other["what"] == first["what"]}) >= _OTHERS


_WITH_ANOTHER = re.compile(r"(?P<what>[A-Z][^\n.:;,]{2,60}?\sand)\s(?P<other>[a-z-]{3,20})")
_OTHERS = 2


def of_a_cell(text: str, start: int, end: int, below: Sequence[Block]) -> tuple[int, int]:
    """A title without the bar of the cell that it stands in; where a catalogue lists it by its subject, "Heels - Guideline for the
    Care of |", the line below that has it in order."""
    bar = _BAR.search(text, start, end)
    if bar is None or "|" in text[start : bar.start()]:
        return start, end
    listed = _BY_SUBJECT.fullmatch(text, start, bar.start())
    if listed:
        ordered = squeeze(f"{listed['kind']} {listed['subject']}").casefold()
        for block in below[:_TOP]:
            if squeeze(_BAR.sub("", _words(text, block))).casefold() == ordered:
                return block.start, block.end
    return start, bar.start()


_BAR = re.compile(r"\s{1,3}[|]\s{0,3}$")
_BY_SUBJECT = re.compile(r"(?P<subject>[^|\n]{3,150}?)\s[-–—]\s(?P<kind>[^|\n]{5,150}\s(?:of|in|for|with))")
OF_A_BOOK = (
    r"(?:Book\straversal\slinks\sfor|Links\sde\spassagem\sdo\slivro\spara|Enlaces\stransversales\sde\sBook\spara"
    r"|Liens\stransversaux\sde\slivre\spour)\s(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}\.?\s)?(?=[A-Z])"
)
"""What a site prints over the links from page to page of a book, before the title of the page and its number, in the language of its
own words."""


_ENOUGH = 3
_TELLING = 800
"""Characters below a line of which a few words may well come again; a shorter page proves nothing."""
_SITE_NAME = re.compile(r"[A-Z][\w’&-]{2,20}(?:\s(?:(?:and|of|for|the|&)\s){0,2}[A-Z][\w’&-]{2,20}){2,7}")
_LAYOUTS: tuple[Callable[[str, Sequence[Block]], Block | None], ...] = (
    _printed_thrice,
    _last_step,
    _of_its_menu,
    _under_its_kind,
    _over_its_citation,
    _under_a_numbered_part,
    _below_a_site_name,
    _in_a_catalogue,
    _of_a_toolbox,
    _under_an_appendix,
    _in_quotation_marks,
)
