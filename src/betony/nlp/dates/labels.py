"""Dates behind the labels that pages print: "Last updated: 6 May 2031"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from betony.model import Block, BlockKind
from betony.nlp import cues, lists, phrases, when
from betony.nlp.dates.consultations import opening_and_closing
from betony.nlp.dates.found import WORDS, Found
from betony.nlp.dates.revisions import latest, revised
from betony.nlp.looks import has_any
from betony.nlp.when import Reading, When

_PAGE_LABEL = re.compile(
    r"This consultation (?:close|end)|(?:This )?(?:[Pp]age|[Mm]edia|[Cc]ontent)\s(?:was\s)?(?:last|first|review)|(?:Last|Next)\s(?:updated?|modified|reviewed|review)\b[^.:]{0,12}:"
)
"""Labels that stand at the foot of a page, whatever the section above them is for."""
_RESERVED = re.compile(
    r"©[^\n]{0,160}\breserved\.(?:\s{1,3}Subject\sto\sNotice\sof\srights(?:\s\([^()\n]{5,160}\))?\.)?\s{1,3}Last\s(?:modified|updated|reviewed)\b"
)
"""A copyright line with a label behind it."""
_PAGE_STARTS = frozenset("TPpMmCcLN")
"""The letters with which a label of the page begins."""
_HEADER_LONGEST = 300
_LABEL_LONGEST = 60
"""A block longer than a header's line has no label but at its beginning."""


def page_labels(text: str, blocks: Sequence[Block], runs: Sequence[range]) -> list[int]:
    """The blocks outside the runs that begin with a label of the page."""
    between = (i for run in cues.between(runs, len(blocks)) for i in run)
    return [
        i
        for i in between
        if (text[blocks[i].start] in _PAGE_STARTS and _PAGE_LABEL.match(text, blocks[i].start, blocks[i].end))
        or (text[blocks[i].start] == "©" and _RESERVED.match(text, blocks[i].start, blocks[i].end))
    ]


def labelled(text: str, blocks: Sequence[Block], i: int, places: Sequence[int] | None = None) -> Iterator[Found]:
    """The dates behind the block's labels; `places` are where the stems of labels begin in it, if that is known."""
    block = blocks[i]
    if itself := _withdrawn_before(text, block):
        yield itself
    if lost := _WITHDRAWN_ON.fullmatch(text, block.start, block.end):
        yield Found("withdrawn", "sentence", lost.span(), None)
        return
    reach = block.end if block.end - block.start <= _HEADER_LONGEST else block.start + _LABEL_LONGEST
    if places and places[0] >= reach:
        return
    begin = max(block.start, places[0] - _LABEL_LONGEST) if places else block.start
    matches = list(_labels().finditer(text, begin, reach))
    leads = bool(matches) and not text[block.start : matches[0].start("label")].strip("•*|-– \t")
    for n, match in enumerate(matches):
        field = _fields()[" ".join(match["label"].lower().split())]
        limit = min(matches[n + 1].start("label") if n + 1 < len(matches) else block.end, match.end() + 80)
        before = text[block.start : match.start("label")].rstrip()
        first = not before.strip("•*|-– \t") or before.endswith("|")
        if _OTHERS_LABEL.search(before):
            continue
        header = match["label"][0].isupper() and (before[-1:] in ("]", ")", "•", "·") or _DATE_END.search(before))
        goes_on = n > 0 and leads and _GOES_ON.search(before)
        if first or header or goes_on or (match["colon"] or "").startswith(":"):
            yield from _valued(text, blocks, i, match, field, limit)


def _withdrawn_before(text: str, block: Block) -> Found | None:
    """The date of "It was withdrawn in August 2031", right behind a sentence that says so of the document."""
    at = text.find("It was ", block.start, block.end)
    told = _IT_WAS_WITHDRAWN.match(text, at, block.end) if at >= 0 else None
    day = when.at(text, told.end(), block.end) if told else None
    if told is None or not isinstance(day, When):
        return None
    before = phrases.pattern(WORDS["notice"]["withdrawn"]).search(text, max(at - _NOTICE_BEFORE, 0), at)
    return Found("withdrawn", "sentence", told.span(), day) if before else None


_IT_WAS_WITHDRAWN = re.compile(r"It\swas\s(?:formally\s|permanently\s)?withdrawn(?=\s(?:in|on)\s)")
_NOTICE_BEFORE = 160


def _valued(
    text: str, blocks: Sequence[Block], i: int, match: re.Match[str], field: str, limit: int
) -> Iterator[Found]:
    block = blocks[i]
    label = " ".join(match["label"].lower().split())
    colon = match["colon"] is not None
    first = not text[block.start : match.start("label")].strip(" \t•*|-–")
    if label in WORDS["leading"] and not (first and colon and _is_among_reviews(text, block)):
        return
    start = match.end()
    empty = not text[start:limit].strip(" \t\n|.*")
    if empty and limit == block.end:
        if _IN_CELL.search(text, block.start, match.start("label")):
            return
        if not (first or colon):
            return
        below = blocks[i + 1] if i + 1 < len(blocks) else None
        if (
            below is not None
            and below.end - below.start <= 80
            and (block.kind is not BlockKind.HEADING or label in _ALONE)
        ):
            at = below.start + lists.bullet(text[below.start : below.end])
            if at > below.start and _comes_again(text, blocks, i):
                return
            value = when.at(text, at, below.end)
            if value is not Reading.NOTHING:
                start, limit, empty = at, below.end, False
    if field == "consultation":
        yield from opening_and_closing(text, match.span("label"), start, limit, strict=not colon)
        return
    value = latest(text, start, limit) if field == "modified" else when.at(text, start, limit)
    value = when.month_first(text, start, limit) if label in _AMERICAN else value
    span = match.span("label")
    if isinstance(value, When):
        if not colon and _OF_WHAT_FOLLOWS.match(text, value.end, block.end):
            return
        if first or colon or label not in WORDS["weak"] or _HEADER.search(text[block.start : match.start("label")]):
            yield Found(field, f"label:{label}", span, value)
            if label.startswith(("date released", "published", "first")):
                yield from revised(text, value.end, max(limit, block.end if start < block.end else limit))
        return
    ended = _ENDED.match(text, *span)
    announced = colon or ended or label in _ALONE or (first and label not in WORDS["weak"])
    if announced and (value is Reading.UNREADABLE or (empty and colon) or ended):
        yield Found(field, f"label:{label}", span, None)


def _is_among_reviews(text: str, block: Block) -> bool:
    """Whether the header beside the block tells of reviews, as it does of what is out: elsewhere a publication may be planned."""
    around = text[max(block.start - _HEADER_LONGEST, 0) : block.end + _HEADER_LONGEST]
    return "eview" in around and not has_any(around, ("(planned)", "in development", "in preparation"))


def _comes_again(text: str, blocks: Sequence[Block], i: int) -> bool:
    """Whether another block has no other words than blocks[i], as the label of each of several that a page lists."""
    words = text[blocks[i].start : blocks[i].end].strip()
    same = (one for one in blocks if text.startswith(words, one.start) and text[one.start : one.end].strip() == words)
    return next(same, None) is not None and next(same, None) is not None


_AMERICAN = frozenset({"content current as of"})
"""Labels of publishers who write the month first."""
_HEADER = re.compile(r"[\])]\s*$|\b(?:19|20)\d\d\s*(?:[,;•·|(–—-]\s*)?$")
_GOES_ON = re.compile(r"\b(?:19|20)\d\d\s?[,;•·|(–—-]$")
"""What stands before a further label where a line begins with one: `Published May 2020, updated June 2021`."""
_DATE_END = re.compile(r"\b(?:19|20)\d\d\.?$|:$|\breserved\.$|\bNotice\sof\srights(?:\s\([^()\n]{5,160}\))?\.$")
"""What stands before a label that follows another one's value on the same line, or a copyright."""
_WITHDRAWN_ON = re.compile(r"This\s(?:publication|guidance|page|document)\swas\swithdrawn\son[\s.]*")
"""A notice whose day the capture has lost."""
_OF_WHAT_FOLLOWS = re.compile(
    r",\s(?:the|its|an?|our|this|these)\s(?=[^\n]*\s[a-z])|\s(?:figures|data|numbers|estimates|statistics|guidance|reports?)\s[a-z]"
)
"""What stands behind a date that is that of another document: "Published in June 2031, the heel plan asks for"."""
_IN_CELL = re.compile(r"\w\s?\|\s?$")
"""What stands before the last cell of a row, which holds what the row gives and announces nothing: "Status | Suspended |"."""
_ENDED = re.compile(r"This\sconsultation\s(?:ended|closed)\son\b")
_ALONE = frozenset(
    {
        "date released",
        "date issued",
        "date published",
        "published",
        "last updated",
        "last reviewed",
        "publication date",
        "expected publication",
    }
)
_OTHERS_LABEL = re.compile(
    r"\b(?:leaflet|scope|draft|summary|report|article|paper|protocol|scoping|decision|evidence\sreview)s?$",
    re.IGNORECASE,
)
"""What stands before the label of another document's date: "Patient leaflet published:", "Decision publication date:"."""


@cache
def _fields() -> dict[str, str]:
    return {name: field for field, names in WORDS["labels"].items() for name in names}


@cache
def _labels() -> re.Pattern[str]:
    longest_first = sorted(_fields(), key=len, reverse=True)
    names = phrases.word_of(
        (re.escape(name).replace(r"\ ", r"\s") for name in longest_first),
        behind=r"(?:(?<![\w-].)|(?<=[12][09]\d\d[A-Z]))",
    )
    return re.compile(rf"(?P<label>{names})(?![\w-])\s{{0,2}}(?P<colon>[:|–—](?:\s{{0,2}}\|)?|-(?=\s))?")
