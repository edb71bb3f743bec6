"""The day that a title opens or closes with, or that stands right above or below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import NamedTuple

from betony.model import Block
from betony.nlp import when
from betony.nlp.dates.header import APPOINTMENT
from betony.nlp.title import layouts
from betony.nlp.when import When

_DAY = r"(?:\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d|[A-Z][a-z]{2,8}\s\d{1,2},\s(?:19|20)\d\d)"
_BLOCKS = 5
"""Blocks at the head of a page among which its title stands."""
_LONGEST = 200
_TITLE_LONGEST = 300
_END = re.compile(r"[\s.)]{0,3}")
_BESIDE = 3
"""Blocks above and below a day in which it is said what took place on it."""
_PROSE = 60
"""Characters from which on a block is prose."""


class Dated(NamedTuple):
    """A date of the document that its title, or a line beside it, gives."""

    field: str
    span: tuple[int, int]
    """The words that give it."""
    day: When


def find(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day by the title; what is told of a meeting or of several documents has days of its own."""
    return next(filter(None, (rule(text, blocks) for rule in _RULES)), None)


def _closes_or_below(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day that closes the title, "Alert - Sore heels - 22 March 2033", or that stands alone as the next line below the lines of
    the title, a month below a line with its number. Where the lines below call it that of an update, the page was changed on it."""
    for i, block in enumerate(blocks[:_BLOCKS]):
        line = text[block.start : block.end]
        if len(line) > _TITLE_LONGEST or _EVENT.search(line):
            return None
        closes = _CLOSES.fullmatch(text, block.start, block.end)
        sign = _LIST_SIGN.match(text, block.start, block.end)
        at = closes.start("day") if closes else sign.end() if sign else block.start
        day = when.at(text, at, block.end) if closes or i else None
        if isinstance(day, When) and day.start == at and _END.fullmatch(text, day.end, block.end):
            if i and _OF_ANOTHER_KIND.search(text, blocks[i - 1].start, blocks[i - 1].end):
                return None
            if _is_of_a_sample(text, blocks, i):
                return None
            numbered = i and _A_NUMBER.search(text, blocks[i - 1].start, blocks[i - 1].end)
            told = day.precision == "day" or (numbered and not closes and day.precision == "month")
            if not told or not _stands_once(text, blocks, i):
                return None
            return Dated("modified" if _is_of_update(text, blocks, i, day) else "published", (at, day.end), day)
        if line.rstrip().endswith((".", ":", ";", ",", "?")):
            return None
    return None


_CLOSES = re.compile(
    r"(?![^\n]{0,180}?(?:\b[Cc]onsultation|\b(?:19|20)\d\d\s[-–—]))[^\n]{10,180}?"
    r"(?:(?<!\bDay)(?<!Week)(?<!Month)\s[-–—]|\b(?:[Uu]pdate|[Ee]dition|[Vv]ersion|[Rr]evision|[Aa]ssessment|[Aa]lert|(?:[Ii]nterim|[Ll]iving|[Rr]apid|[Tt]echnical|[Pp]osition|[Cc]onsensus|[Jj]oint)\s(?:guidance|guideline|statement|report)|public\shealth\snotice),)"
    rf"\s(?P<day>{_DAY})"
)
"""A title with a day behind a dash, or behind a comma after what the document is: "Sore heels - 1st update, 19 May 2035"."""
_OF_ANOTHER_KIND = re.compile(
    r"(?:\bdue(?:\sfor\sreview)?|\bexpiry|\bexpires|\bdeadline(?:\sfor\s\w+)?|\bcomes?\sinto\sforce|\bin\sforce\sfrom|\beffective\s(?:date|from)|\bstart\sdate"
    r"|\bclosing\sdate(?:\sfor\s\w+)?|\bnext\s(?:review|clinic|meeting|update|date)|\bvalid\s(?:from|until|to)|\bdate|\buntil|\bfor\scomments|\bfor\sbids|\bevening)$",
    re.IGNORECASE,
)
"""A line that says of what else the day below it is: "Document due for review", "Comes into force"."""
_LIST_SIGN = re.compile(r"[-•]\n")
"""The sign of a list alone on the line over the day."""
_A_NUMBER = re.compile(r"\b(?:Volume|Vol|Number|No|Report|Issue)\b.{0,40}\d")
_EVENT = re.compile(
    r"\b(?:meetings?|minutes|agenda|webinars?|conferences?|workshops?|seminars?|hearings?(?!\s(?:loss|aids?|impair\w*|tests?|screen\w*|problems?|difficult\w*|in))|events?|inspections?|visits?|courses?|news|blogs?)\b",
    re.IGNORECASE,
)
"""Words of what takes place on a day, or of what is dated one by one."""
_UPDATE_LONGEST = 60
_UPDATE = re.compile(r"[Uu]pdated?\b|[Rr]evis(?:ed|ion)\b")


def _is_of_update(text: str, blocks: Sequence[Block], i: int, day: When) -> bool:
    """Whether a line below calls the day that of an update: "May 9, 2034 update"."""
    words = text[day.start : day.end]
    return any(
        one.end - one.start <= _UPDATE_LONGEST
        and words in text[one.start : one.end]
        and _UPDATE.search(text, one.start, one.end)
        for one in blocks[i + 1 : i + 1 + _BESIDE]
    )


def _with_a_clock(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day of a line that gives the time of day and the zone as well, right below a title: "March 9, 2035, 11:00 AM ET"."""
    for i, block in enumerate(blocks[:_CLOCK_BLOCKS]):
        timed = _CLOCK.fullmatch(text, block.start, block.end) if i else None
        if timed is None:
            continue
        beside = blocks[i - 1 : i + 1 + _BESIDE]
        if any(_BODY.fullmatch(text, one.start, one.end) for one in blocks[:i]):
            return None
        if not _may_be_title(text, blocks[i - 1]) or any(_CALL.search(text, one.start, one.end) for one in beside):
            return None
        day = when.at(text, block.start, block.end)
        once = isinstance(day, When) and _stands_once(text, blocks, i)
        return Dated("published", (block.start, day.end), day) if once and isinstance(day, When) else None
    return None


_CLOCK_BLOCKS = 12
_CLOCK = re.compile(
    rf"{_DAY}(?:,|\sat)?\s{{1,2}}\d{{1,2}}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?\s\(?(?:[A-Z]{{1,3}}T|UTC|GMT|Eastern(?:\sTime)?)\)?"
)
_CALL = re.compile(
    r"\b(?:webinar|webcast|calls?\b(?!\sfor)|dial|join|register|registration|presenters?|speakers?|conference|meeting|hearing|session|will\sbe\sheld|may\sattend|public\scomments?|deadline|offline|maintenance|due\sby)\b",
    re.IGNORECASE,
)
"""Words of what begins at a time of day, and is no document."""
_BODY = re.compile(
    r"(?<![^\n])(?:[A-Z][\w-]{1,30}\s){0,5}(?:Committee|Panel|Council|Board)(?:\s(?:on|for|of)\s[^\n]*)?"
)
"""A line that names a body, which meets at a time of day."""


def _opens(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day with which the first line opens, "17 March 2031: Sore heels in the north", or that is all of it, above the title."""
    if len(blocks) <= _TITLE_AND_ONE:
        return None
    first = _OPENS.fullmatch(text, blocks[0].start, blocks[0].end)
    if first is None or _EVENT.search(text, blocks[0].start, blocks[0].end):
        return None
    alone = first["title"] is None
    if alone and (not _may_be_title(text, blocks[1]) or _OF_SITE.match(text, blocks[1].start)):
        return None
    day = when.at(text, blocks[0].start, first.end("day"))
    if not isinstance(day, When) or any(_OPENS_LINE.match(text, one.start, one.end) for one in blocks[1:]):
        return None
    prose = any(one.end - one.start >= _PROSE for one in blocks[1 + alone : 2 + alone + _BESIDE])
    return Dated("published", (blocks[0].start, day.end), day) if prose and _stands_once(text, blocks, 0) else None


_TITLE_AND_ONE = 1
_OPENS = re.compile(
    rf"(?P<day>{_DAY})(?:\s?:\s(?P<title>(?!(?:We|This|These|It|Our|The\s(?:page|guid\w+)|Please|Deadline|Closing)\b)(?!\w{{2,12}}ed\b)[A-Z][^\n]{{8,180}}(?<![.:;,?])))?"
)
_OF_SITE = re.compile(r"(?:Today|Home|Menu|Search|Skip|Updated|Last|Log|Sign)\b")
"""How a line of the site begins, below the day on which the page was looked at."""
_OPENS_LINE = re.compile(rf"[\s•*|-]{{0,4}}{_DAY}(?:\s?[:–—-]|\s*$)")
"""How an entry begins where there are several."""


def _may_be_title(text: str, block: Block) -> bool:
    line = text[block.start : block.end].rstrip()
    return 8 <= len(line) <= _LONGEST and line[-1:] not in ".:;,?" and line[0].isupper() and not _EVENT.search(line)


def _of_citation(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day in the line that tells how to cite the page, by its own title or below the word for it: "Heel Centre. Sore heels in the
    north, 9 October 2037. Oldham: HC; 2037."."""
    for i, block in enumerate(blocks[:_CITATION_BLOCKS]):
        cited = _CITATION.fullmatch(text, block.start, block.end) if i and block.end - block.start <= 600 else None
        if cited is None:
            continue
        title = text[blocks[0].start : blocks[0].end].strip()
        named = title in cited["title"] or _CITE.fullmatch(text, blocks[i - 1].start, blocks[i - 1].end)
        day = when.at(text, cited.start("day"), block.end)
        if named and isinstance(day, When) and day.value.startswith(cited["year"]):
            return Dated("published", (day.start, day.end), day)
        return None
    return None


_CITATION_BLOCKS = 8
_CITE = re.compile(r"(?:Suggested\s)?(?:Cite(?:\sas)?|Citation(?:\sLink)?)\s?:?", re.IGNORECASE)
_CITATION = re.compile(
    rf"[A-Z][^.\n]{{3,80}}\.\s(?P<title>[^\n]{{8,400}}?)[,.]\s(?P<day>{_DAY})\.\s[A-Z][\w ]{{2,30}}:\s[A-Z][^.;\n]{{1,60}};\s(?P<year>(?:19|20)\d\d)\.?"
)


def _of_citation_by_year(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The year with which the line ends that tells how to cite the page by its own title: "Heel Centre. Sore heels in the north. Oldham:
    HC; 2037."."""
    above = takewhile(lambda one: not _REFERENCES.fullmatch(text, one.start, one.end), blocks[1:_CITATION_BLOCKS])
    for block in above:
        cited = _CITED_BY_YEAR.fullmatch(text, block.start, block.end) if block.end - block.start <= 600 else None
        if cited:
            year = when.at(text, cited.start("year"), cited.end("year"))
            named = _as_cited(cited["title"]) == _as_cited(text[blocks[0].start : blocks[0].end])
            return Dated("published", cited.span("year"), year) if named and isinstance(year, When) else None
    return None


_REFERENCES = re.compile(r"(?:References?|Sources?|Bibliography)\s?:?", re.IGNORECASE)
_CITED_BY_YEAR = re.compile(
    r"(?!(?:This|The|It)\s[^.\n]{0,60}\b(?:replaces|supersedes|updates|is)\s)[A-Z][^.\n]{3,80}\.\s(?P<title>[^\n]{8,400}?)\.\s[A-Z][\w ]{2,30}:\s[A-Z][^.;\n]{1,60};\s(?P<year>(?:19|20)\d\d)\.?"
)
_YEAR_BEHIND = re.compile(r",?\s\(?(?:19|20)\d\d\)?$")
_DASH = re.compile(r"\s?[–—-]\s?")


def _as_cited(title: str) -> str:
    """The title without the year behind it, and its dashes alike: a citation may leave out the one and print others."""
    return _YEAR_BEHIND.sub("", _DASH.sub("-", " ".join(title.split()))).casefold()


def _above_a_salutation(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day alone on the line over "Dear Colleague" of the only letter on the page."""
    letters = [i for i, block in enumerate(blocks) if _SALUTATION.match(text, block.start, block.end)]
    if len(letters) != 1 or not 0 < letters[0] <= _SALUTATION_BLOCKS:
        return None
    above = blocks[letters[0] - 1]
    if _is_of_a_sample(text, blocks, letters[0] - 1):
        return None
    if letters[0] > 1 and _DAYS_LABEL.fullmatch(text, blocks[letters[0] - 2].start, blocks[letters[0] - 2].end):
        return None
    day = when.at(text, above.start, above.end)
    if not isinstance(day, When) or day.precision != "day" or not _END.fullmatch(text, day.end, above.end):
        return None
    alone = _WEEKDAY.fullmatch(text, above.start, day.start)
    return Dated("published", (day.start, day.end), day) if alone else None


_WEEKDAY = re.compile(r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s)?")
_DAYS_LABEL = re.compile(
    r"(?:(?:Last|Next|Page|First|Review|Updated?|Revised|Expir\w{1,4}|Withdrawn|Deadline|Closing|Due|Valid|Meeting)\b[^\n]{0,40}|[^\n]{2,40}:)"
)
"""A line that says of what the day below it is."""


def _is_of_a_sample(text: str, blocks: Sequence[Block], day: int) -> bool:
    """Whether blocks[day], over a salutation, is the day of a letter that the page only shows."""
    over_a_letter = any(_SALUTATION.match(text, one.start, one.end) for one in blocks[day + 1 : day + 2])
    above = blocks[max(day - _BESIDE, 0) : day]
    return over_a_letter and any(_SAMPLE.search(text, one.start, one.end) for one in above)


_SAMPLE = re.compile(r"\b(?:[Ss]ample|[Tt]emplate|[Mm]odel|[Ee]xample|[Aa]nnex|[Aa]ppendix|[Tt]ext\sof)\b")
"""What stands over a letter that others are to send, or that another sent."""
_SALUTATION_BLOCKS = 40
"""Blocks at the head of a letter, those to whom it goes among them."""
_SALUTATION = re.compile(r"Dear\s(?:[A-Z]\w|[Aa]ll\b|[Cc]olleague|[Ff]riend)")


def _of_news(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day below the title of news: "News", "Wax is recalled", "14 Feb 2037"."""
    line = layouts.day_of_news(text, blocks)
    days = when.find(text, line.start, line.end) if line else []
    day = days[0] if len(days) == 1 else None
    return Dated("published", (day.start, day.end), day) if day and day.precision == "day" else None


def _of_edition(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The year behind the name of the guideline of which a page is a part: "II. Summary", "Guideline for Wax in Walkers (2037)"."""
    span = layouts.year_of_edition(text, blocks)
    year = when.at(text, *span) if span else None
    return Dated("published", (year.start, year.end), year) if isinstance(year, When) else None


def _over_a_citation(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day between the title and the words for how to cite the page: "05/18/1990 SUGGESTED CITATION". Who cites so writes the
    month first."""
    span = layouts.day_of_citation(text, blocks)
    day = when.month_first(text, *span) if span else None
    return Dated("published", (day.start, day.end), day) if isinstance(day, When) else None


def _of_version(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The year or the month behind the number of the version, right below the title: "Wax for walkers", "Version 3, 2034."."""
    lines = [i for i, block in enumerate(blocks) if _VERSION.fullmatch(text, block.start, block.end)]
    if lines != [1] or not _may_be_title(text, blocks[0]):
        return None
    numbered = _VERSION.fullmatch(text, blocks[1].start, blocks[1].end)
    day = when.at(text, numbered.start("day"), blocks[1].end) if numbered else None
    return Dated("published", (blocks[1].start, day.end), day) if isinstance(day, When) else None


_VERSION = re.compile(r"Version\s\d{1,2}(?:\.\d{1,2})?,\s(?P<day>(?:(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d)\.?")


def _in_a_catalogue(text: str, blocks: Sequence[Block]) -> Dated | None:
    """The day or month in the source of a catalogue's entry: "Northtown: Heel Office, Publication No. 94-117, 2034 Mar; :1-14"."""
    source = layouts.source_in_catalogue(text, blocks)
    found = list(_YEAR_FIRST.finditer(text, source.start, source.end)) if source else []
    day = when.at(text, *found[0].span("day")) if len(found) == 1 else None
    return Dated("published", (day.start, day.end), day) if isinstance(day, When) else None


_YEAR_FIRST = re.compile(r",\s(?P<day>(?:19|20)\d\d\s[A-Z][a-z]{2}(?:\s\d{1,2})?);")
_RULES: tuple[Callable[[str, Sequence[Block]], Dated | None], ...] = (
    _closes_or_below,
    _with_a_clock,
    _opens,
    _of_citation,
    _of_citation_by_year,
    _above_a_salutation,
    _of_news,
    _over_a_citation,
    _of_edition,
    _of_version,
    _in_a_catalogue,
)


def _stands_once(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether no other line of the page is a day or a month alone or closes with a day, and text follows that is no meeting's."""
    beside = blocks[max(i - _BESIDE, 0) : i + 1 + _BESIDE]
    if i + 1 == len(blocks) or any(APPOINTMENT.match(text, one.start, one.end) for one in beside):
        return False
    others = (block for n, block in enumerate(blocks) if n != i and block.end - block.start <= _LONGEST)
    return not any(_DATED_LINE.fullmatch(text, block.start, block.end) for block in others)


_DATED_LINE = re.compile(
    r"(?:[-•]\n)?(?:[^\n]{10,180}?\s[-–—]\s)?(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:\d{1,2},\s)?(?:19|20)\d\d[\s.)]{0,3}"
)
