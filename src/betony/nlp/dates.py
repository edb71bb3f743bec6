"""betony_dates: when the guidance was published, updated, reviewed, withdrawn, and when it will be."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Notice, Section, SectionType, WarningCode, WarningLevel
from betony.nlp import (
    anothers,
    carry,
    cues,
    header_dates,
    key_events,
    listed_updates,
    lists,
    phrases,
    references,
    subject,
    title_dates,
    vocabulary,
    when,
)
from betony.nlp.drafts import lists_drafts
from betony.nlp.looks import has_any
from betony.nlp.results import lists_results
from betony.nlp.sentences import sentences
from betony.nlp.stems import Places, Stems, places_in
from betony.nlp.when import Reading, When

_WORDS = vocabulary.read("dates")
_STEMS = Stems((
    "ublished", "ublication", "ssued", "ssue date", "eleased", "pdated", "odified", "mended", "eviewed", "review", "Review", "ithdr", "erminated",
    "iscontinued", "uspended", "tatus changed", "xpected", "nticipated", "onsultation", "losing date", "omments", "losed", "evised", "Date", "static list", "xpire", "current as of", "scheduled update", "Post", "osted", "xpiry", "Draft guidance", "etired", "rchived", "onsulting on", "ast update", "dded on", "odification", "up-to-date", "up to date", "content update", "rticle date", "omment until",
))  # fmt: skip
_CENTURIES = ("19", "20")
_SKIPPED = frozenset(
    {
        SectionType.EVIDENCE,
        SectionType.RESEARCH,
        SectionType.LEGAL,
        SectionType.CODING,
        SectionType.DISCUSSION,
        SectionType.RECOMMENDATIONS,
        SectionType.DEFINITIONS,
        SectionType.PROCEDURE,
        SectionType.RESPONSIBILITIES,
    }
)
"""Sections in which a date is one of a study, a label or a law."""
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
RANK = {"label": 0, "sentence": 1, "timeline": 2, "history": 3, "title": 4}
"""Which source wins where two give the same field: a printed label, then a sentence, a timeline, the update history."""
_ROW_LONGEST = 120
_ROW = re.compile(
    r"[\s|:–-]{1,5}(?P<what>(?!(?:[\w-]{1,30}\s){0,3}(?:[Ss]cope|[Tt]opic)\b)(?:[\w-]{1,30}\s){0,4}?[Cc]onsultation|Draft\sguidance)(?::?\s\d)?[\s.|]{0,3}"
)
"""What a row of a timeline calls a consultation on a draft."""


@dataclass(frozen=True, slots=True)
class _Found:
    field: str
    rule: str
    span: tuple[int, int]
    """The words that announce the date."""
    date: When | None
    """None where the date is announced and cannot be read."""


@dataclass(frozen=True, slots=True)
class _Round:
    """A consultation on a draft, with the words that name it."""

    span: tuple[int, int]
    opens: When
    closes: When


@Language.component("betony_dates", requires=["doc.spans"], assigns=["doc.spans"])
def dates(doc: Doc) -> Doc:
    """Add facts of the kind date."""
    facts, notices = find(carry.text(doc), carry.blocks(doc), carry.sections(doc), carry.reference(doc), places_in(doc))
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str,
    blocks: Sequence[Block],
    sections: Sequence[Section] = (),
    reference: str | None = None,
    places: Places | None = None,
) -> tuple[list[Fact], list[Notice]]:
    """The dates that the page states of itself, one a field, and warnings of those it lost or that disagree; `reference` is the
    document's own, where its address tells it; `places` are those of stems in the text, where somebody has looked."""
    if lists_results(text):
        return [], []
    runs = cues.outside(blocks, sections, _SKIPPED, anothers.sections(text, sections))
    places = places or Places(text)
    labels = cues.around(blocks, runs, places.spans(_STEMS))
    centuries = cues.holding(text, blocks, runs, _CENTURIES)
    found: list[_Found] = []
    rounds: list[_Round] = []
    for i in sorted({*labels, *_page_labels(text, blocks, runs)}):
        if row := _round(text, blocks[i]):
            rounds.append(row)
            continue
        found.extend(_labelled(text, blocks, i, labels.get(i)))
        if i in labels and i in centuries:
            found.extend(_said(text, blocks[i], centuries[i]))
    if rounds:
        last = max(rounds, key=lambda row: row.closes.value)
        found.append(_Found("consultation_opens", "timeline", last.span, last.opens))
        found.append(_Found("consultation_closes", "timeline", last.span, last.closes))
    if changed := key_events.status_changed(text, blocks, places):
        found.append(_Found("status_changed", "timeline", *changed))
    found.extend(_history(text, blocks, sections, centuries))
    if listed := listed_updates.newest(text, places):
        found.append(_Found("modified", "history", *listed))
    found.extend(_in_place_of_another(text, blocks))
    found.extend(_withdrawn_by_name(text, blocks, reference))
    found.extend(_of_header(text, blocks, found))
    if any(item.field.startswith("consultation") for item in found) and lists_drafts(text):
        found = [item for item in found if not item.field.startswith("consultation")]
    return _settle(text, found)


_STILL_TO_COME = ("consultation_opens", "consultation_closes", "expected", "next_review")
_LEAD = 6
"""Blocks at the top of a page in which it says of itself when it was published, whatever the section is for."""
_IN_PLACE = re.compile(r"\swas\s(?:first\s)?(?P<done>published|issued)(?=\s(?:in|on)\s)")
_REPLACES = re.compile(r",?\s(?:and\s(?:it\s)?|which\s)?(?:partially\s)?(?:updates\sand\s)?replaces\s")


def _in_place_of_another(text: str, blocks: Sequence[Block]) -> Iterator[_Found]:
    """When the page's own document was published, as it says in one with what it replaces: "IPG2 was published in June 2031 and
    replaces IPG1"."""
    for block in blocks[:_LEAD]:
        if not has_any(text[block.start : block.end], (" replaces ", "\nreplaces ")):
            continue
        for start, end in sentences(text, block.start, min(block.end, block.start + _NOTICE_LONGEST)):
            told = _IN_PLACE.search(text, start, end)
            day = when.at(text, told.end(), end) if told else None
            if not told or not isinstance(day, When) or not _REPLACES.match(text, day.end, end):
                continue
            if subject.of(text, start, told.start()).own or subject.is_own_name(text, start, told.end() + 4):
                yield _Found("published", "sentence", told.span("done"), day)


_NOTICE_LONGEST = 1500
_WENT = re.compile(
    r"\s(?:was|were|has\sbeen)\s(?:formally\s|permanently\s)?(?P<done>withdrawn|retired|archived)(?=\s(?:in|on)\s)"
)


def _withdrawn_by_name(text: str, blocks: Sequence[Block], reference: str | None) -> Iterator[_Found]:
    """When the page's own document was withdrawn, as its first lines say of it by the `reference` that its address has."""
    for block in blocks[:_LEAD] if reference else ():
        if not has_any(text[block.start : block.end], (" withdrawn ", " retired ", " archived ")):
            continue
        for start, end in sentences(text, block.start, min(block.end, block.start + _NOTICE_LONGEST)):
            told = _WENT.search(text, start, end)
            day = when.at(text, told.end(), end) if told else None
            if told and isinstance(day, When) and subject.is_named(text, start, told.start(), reference):
                yield _Found("withdrawn", "sentence", told.span("done"), day)


def _of_header(text: str, blocks: Sequence[Block], found: Sequence[_Found]) -> Iterator[_Found]:
    """What the first lines say of the document's dates where no full label does."""
    if not any(item.field == "published" for item in found):
        for span, day in header_dates.published(text, blocks):
            yield _Found("published", "label:date", span, day)
    if not any(item.field == "published" and item.date for item in found):
        for span, day in header_dates.issued(text, blocks):
            yield _Found("published", "sentence", span, day)
        if numbered := header_dates.in_a_series(text, blocks):
            yield _Found("published", "label:number", *numbered)
        elif dated := header_dates.dateline(text, blocks):
            yield _Found("published", "sentence:dateline", *dated)
        elif (beside := title_dates.find(text, blocks)) and all(
            item.date is None or item.date.value != beside.day.value for item in found if item.field in _STILL_TO_COME
        ):
            yield _Found(beside.field, "title", beside.span, beside.day)
    if not any(item.field == "next_review" for item in found):
        since = next((item.date.value for item in found if item.field == "published" and item.date), None)
        for span, day, issued in header_dates.next_review(text, blocks, since):
            yield _Found("next_review", "label:review", span, day)
            if issued and since is None:
                yield _Found("published", "label:issued", (issued.start, issued.end), issued)


def _round(text: str, block: Block) -> _Round | None:
    """The consultation that a row of a timeline names; one on a scope is none."""
    if block.end - block.start > _ROW_LONGEST or not text[block.start].isdigit():
        return None
    days = when.pair(text, block.start, block.end)
    row = _ROW.fullmatch(text, days[1].end, block.end) if isinstance(days, tuple) else None
    return _Round(row.span("what"), *days) if row and isinstance(days, tuple) else None


def _page_labels(text: str, blocks: Sequence[Block], runs: Sequence[range]) -> list[int]:
    """The blocks outside the runs that begin with a label of the page."""
    between = (i for run in cues.between(runs, len(blocks)) for i in run)
    return [
        i
        for i in between
        if (text[blocks[i].start] in _PAGE_STARTS and _PAGE_LABEL.match(text, blocks[i].start, blocks[i].end))
        or (text[blocks[i].start] == "©" and _RESERVED.match(text, blocks[i].start, blocks[i].end))
    ]


_HEADER_REACH = 600
"""A label further down belongs to no header; where it comes again with another date, each date is that of what is listed."""


def _settle(text: str, found: Sequence[_Found]) -> tuple[list[Fact], list[Notice]]:
    facts: list[Fact] = []
    notices: list[Notice] = []
    for field in dict.fromkeys(item.field for item in found):
        own = sorted(
            (item for item in found if item.field == field), key=lambda item: RANK[item.rule.partition(":")[0]]
        )
        read = _last_of_line(text, [(item, item.date) for item in own if item.date is not None])
        if not read:
            message = f"{field}: a date is announced but its words are lost or cannot be read"
            notices.append(Notice(WarningCode.DATE_UNREADABLE, message, spans=(own[0].span,)))
            continue
        first, date = read[0]
        if field == "published" and first.rule.startswith("label") and first.span[0] > _HEADER_REACH:
            same = [item.span for item, value in read if item.rule == first.rule and value.value != date.value]
            if same:
                message = f"{field}: documents listed on the page have dates of their own; none was taken"
                notices.append(Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, (first.span, *same)))
                continue
        facts.append(_fact(text, first, date))
        for other, value in read[1:]:
            if not (
                value.value.startswith(date.value) or date.value.startswith(value.value)
            ) and not other.rule.startswith("history"):
                message = f"{field}: the page also gives {value.value}; {date.value} was taken"
                span = (min(other.span[0], value.start), max(other.span[1], value.end))
                notices.append(Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, (span,)))
    return facts, notices


def _last_of_line(text: str, read: Sequence[tuple[_Found, When]]) -> Sequence[tuple[_Found, When]]:
    """The dates of one field; of several changes that one line tells with labels the last alone: "updated June 2031; last updated May
    2033"."""
    if not read or read[0][0].field != "modified" or not read[0][0].rule.startswith("label"):
        return read
    end = text.find("\n", read[0][0].span[0])
    line = [
        (item, date)
        for item, date in read
        if item.rule.startswith("label") and read[0][0].span[0] <= item.span[0] < (end if end >= 0 else len(text))
    ]
    done = [
        (item, date)
        for item, date in line
        if not _IS_PLANNED.search(text, max(item.span[0] - 10, 0), item.span[0])
        and not _AS_PLANNED.match(text, date.end)
    ]
    last = max(done, key=lambda one: one[1].value, default=line[0])
    return [last, *(one for one in read if one not in line)]


_IS_PLANNED = re.compile(r"(?:[Nn]ext|[Tt]o\sbe|[Pp]lanned)\s$")
"""What stands before the label of a change that is still to come: "Next revised: May 2035"."""
_AS_PLANNED = re.compile(r"\s\((?:planned|expected|provisional|due)\)")
"""And what stands behind its date."""


def _fact(text: str, found: _Found, date: When) -> Fact:
    detail = {"field": found.field, "precision": date.precision, "text": text[date.start : date.end]}
    basis = Basis.INFERRED if found.rule in ("history", "title") else Basis.EXPLICIT
    span = (
        (min(found.span[0], date.start), max(found.span[1], date.end)) if _near(found, date) else (date.start, date.end)
    )
    confidence = 0.8 if basis is Basis.INFERRED else None
    return Fact("date", date.value, (span,), basis, found.rule, confidence, detail)


def _near(found: _Found, date: When) -> bool:
    return date.start - found.span[1] < 60


def _labelled(text: str, blocks: Sequence[Block], i: int, places: Sequence[int] | None = None) -> Iterator[_Found]:
    """The dates behind the block's labels; `places` are where the stems of labels begin in it, if that is known."""
    block = blocks[i]
    if itself := _withdrawn_before(text, block):
        yield itself
    if lost := _WITHDRAWN_ON.fullmatch(text, block.start, block.end):
        yield _Found("withdrawn", "sentence", lost.span(), None)
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


def _withdrawn_before(text: str, block: Block) -> _Found | None:
    """The date of "It was withdrawn in August 2031", right behind a sentence that says so of the document."""
    at = text.find("It was ", block.start, block.end)
    told = _IT_WAS_WITHDRAWN.match(text, at, block.end) if at >= 0 else None
    day = when.at(text, told.end(), block.end) if told else None
    if told is None or not isinstance(day, When):
        return None
    before = phrases.pattern(_WORDS["notice"]["withdrawn"]).search(text, max(at - _NOTICE_BEFORE, 0), at)
    return _Found("withdrawn", "sentence", told.span(), day) if before else None


_IT_WAS_WITHDRAWN = re.compile(r"It\swas\s(?:formally\s|permanently\s)?withdrawn(?=\s(?:in|on)\s)")
_NOTICE_BEFORE = 160


def _valued(
    text: str, blocks: Sequence[Block], i: int, match: re.Match[str], field: str, limit: int
) -> Iterator[_Found]:
    block = blocks[i]
    label = " ".join(match["label"].lower().split())
    colon = match["colon"] is not None
    first = not text[block.start : match.start("label")].strip(" \t•*|-–")
    if label in _WORDS["leading"] and not (first and colon and _is_among_reviews(text, block)):
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
        yield from _range(text, match.span("label"), start, limit, strict=not colon)
        return
    value = _latest(text, start, limit) if field == "modified" else when.at(text, start, limit)
    value = when.month_first(text, start, limit) if label in _AMERICAN else value
    span = match.span("label")
    if isinstance(value, When):
        if not colon and _OF_WHAT_FOLLOWS.match(text, value.end, block.end):
            return
        if first or colon or label not in _WORDS["weak"] or _HEADER.search(text[block.start : match.start("label")]):
            yield _Found(field, f"label:{label}", span, value)
            if label.startswith(("date released", "published", "first")):
                yield from _revised(text, value.end, max(limit, block.end if start < block.end else limit))
        return
    ended = _ENDED.match(text, *span)
    announced = colon or ended or label in _ALONE or (first and label not in _WORDS["weak"])
    if announced and (value is Reading.UNREADABLE or (empty and colon) or ended):
        yield _Found(field, f"label:{label}", span, None)


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
_REVISION = re.compile(
    r"[(;]\s{0,2}(?P<word>revised|updated|reaffirmed|reviewed|last\supdated|amended)\s(?:in\s|on\s)?"
)
_AND_AGAIN = re.compile(r",\s{1,3}(?:and\s{1,3})?|\s{1,3}and\s{1,3}")
"""What stands between the dates of several revisions; the last one counts."""
_CUT_OFF = re.compile(
    r"(?:,\s{1,3}(?:and\s{1,3})?|\s{1,3}and\s{1,3})(?:\d{1,2}\s)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s*$"
)
"""A further date whose year the line has lost."""


def _revised(text: str, start: int, limit: int) -> Iterator[_Found]:
    """What stands in brackets behind a date of release: `2011 May (revised 2013 Aug)`."""
    for match in _REVISION.finditer(text, start, min(limit, start + 80)):
        value = _latest(text, match.end(), limit)
        field = "last_reviewed" if match["word"] in ("reaffirmed", "reviewed") else "modified"
        if isinstance(value, When):
            yield _Found(field, f"label:{match['word']}", match.span("word"), value)
        elif value is Reading.UNREADABLE:
            yield _Found(field, f"label:{match['word']}", match.span("word"), None)


def _latest(text: str, start: int, limit: int) -> When | Reading:
    """The date at `start`; of several revisions in a row the last."""
    value = when.at(text, start, limit)
    if isinstance(value, When):
        for later in when.find(text, value.end, limit):
            if not _AND_AGAIN.fullmatch(text, value.end, later.start) or later.value < value.value:
                break
            value = later
        if _CUT_OFF.match(text, value.end, limit):
            return Reading.UNREADABLE
    return value


def _range(text: str, span: tuple[int, int], start: int, limit: int, *, strict: bool) -> Iterator[_Found]:
    ends = when.pair(text, start, limit)
    if isinstance(ends, tuple):
        yield _Found("consultation_opens", "label:consultation", span, ends[0])
        yield _Found("consultation_closes", "label:consultation", span, ends[1])
    elif _COUNTED.match(text, start, limit):
        return
    elif ends is Reading.UNREADABLE or (when.at(text, start, limit) is Reading.UNREADABLE and not strict):
        yield _Found("consultation_opens", "label:consultation", span, None)
        yield _Found("consultation_closes", "label:consultation", span, None)


_COUNTED = re.compile(r"\s{0,3}\d{1,2}\s{0,3}(?:[.;|\n]|$)")
"""Which of several consultations it is, and no date: "Consultation: 1"."""


def _said(text: str, block: Block, centuries: Sequence[int]) -> Iterator[_Found]:
    """What sentences say that hold a year; `centuries` are where one may begin in the block."""
    years = [at for at in centuries if at > block.start and _YEAR.match(text, at - 1, block.end)]
    if not years or block.end - block.start < 25 or not has_any(text[block.start : block.end], _VERBS):
        return
    for start, end in cues.sentences_at(text, block, years):
        words = text[start:end]
        if posted := _on_a_day(text, start, end):
            yield posted
            continue
        if not has_any(words, _VERBS) or not has_any(words, _NOUNS):
            continue
        low = words.lower()
        for field, signs, wording in _sentences():
            if not has_any(low, signs):
                continue
            for match in phrases.pattern(wording).finditer(text, start, end):
                if field == "consultation":
                    yield from _range(text, match.span(), match.end(), end, strict=True)
                    continue
                value = when.at(text, match.end(), end)
                if (
                    isinstance(value, When)
                    and not references.find(text, start, match.end())
                    and not _OF_IT.search(text, max(start, match.start() - _OF_IT_LONGEST), match.start())
                    and not _OF_ANOTHER.match(text, value.end, end)
                ):
                    yield _Found(field, "sentence", match.span(), value)
                    if field == "published" and (more := _AND_UPDATED.match(text, value.end, end)):
                        later = when.at(text, more.end(), end)
                        if isinstance(later, When):
                            yield _Found("modified", "sentence", more.span("words"), later)
                    break


def _on_a_day(text: str, start: int, end: int) -> _Found | None:
    """The day with which a sentence opens that says what was done on it: "On May 3, 2031, this report was posted online"."""
    day = when.at(text, start + len("On "), end) if text.startswith("On ", start) else None
    if not isinstance(day, When) or day.precision != "day":
        return None
    done = phrases.pattern(_WORDS["done_on_a_day"]["published"]).match(text, day.end, end)
    return _Found("published", "sentence", (start, done.end()), day) if done else None


_YEAR = re.compile(r"\s(?:19|20)\d\d\b")
_OTHERS_LABEL = re.compile(
    r"\b(?:leaflet|scope|draft|summary|report|article|paper|protocol|scoping|decision|evidence\sreview)s?$",
    re.IGNORECASE,
)
"""What stands before the label of another document's date: "Patient leaflet published:", "Decision publication date:"."""
_OF_ANOTHER = re.compile(r"\s(?:article|issue|edition|paper|report|meeting|newsletter|bulletin|review)\b")
"""What stands behind a date that is another's: "in the March 2031 article"."""
_OF_IT_LONGEST = 40
_OF_IT = re.compile(
    r"\b(?:versions?|editions?|drafts?|summary|summaries|scope|report|correction|corrigendum|erratum|review|protocol|leaflet|translation"
    r"|supplement|announcement|release|article|paper|response|comments?|commentary|letter)\s(?:of|to|for|on|about)\s(?:the\s|our\s)?$"
)
"""What else than the document itself was published: "the patient version of this guideline"."""
_VERBS = (
    "published", "issued", "released", "updated", "amended", "revised", "withdr", "retired", "archived", "review", "expected", "due ", "planned",
    "scheduled", " clos", " end", " expire", "check", "received", "submit", "onsultation", "onsulting", "static list", " added on ", " posted ", "send ", "Send ", "eturn ", "et us have", "omment until", "omments until", "omments through",
)  # fmt: skip
_NOUNS = (
    "uid",
    "tandard",
    "dvice",
    "ocument",
    "ublication",
    "pprais",
    "pdate",
    "onsult",
    "omment",
    "topic",
    "summary",
    "briefing",
    "page",
    "olicy",
    "alert",
    "terms of",
)
_AND_UPDATED = re.compile(
    r",?\s(?:and\s)?(?:was\s)?(?P<words>(?:last\s|most\srecently\s|subsequently\s)?(?:updated|amended|revised))(?=\s(?:in|on)\s)"
)
_ENTRY = re.compile(
    r"(?P<lead>(?:In|On|As\sof)\s)?(?P<date>(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:19|20)\d\d)(?:\s?[:–—-]|(?(lead),?|(?!)))\s"
)
_ENTRY_ALONE = re.compile(r"(?:\d{1,2}\s)?[A-Z][a-z]{2,8}\s(?:19|20)\d\d:?")
_HISTORY_HEADING = re.compile(
    r"(?:Updates?|Changes|Amendments|(?:Update|Revision|Version|Change)\s(?:information|history))\b"
)
_ENTRY_LEAD = 19
"""As many characters stand before an entry's year, at most."""


def _history(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], centuries: Mapping[int, Sequence[int]]
) -> Iterator[_Found]:
    """The newest entry of the update history that changed the guidance, the one that ended it and the one of its publication;
    `centuries` are the blocks in which a year may stand, with where it begins."""
    newest: _Found | None = None
    gone: _Found | None = None
    begun: _Found | None = None
    headings = [s.heading for s in sections if s.heading and not _ENTRY_ALONE.fullmatch(text, *s.heading)]
    for i, years in centuries.items():
        if years[0] - blocks[i].start > _ENTRY_LEAD or not (entry := _entry(text, blocks, headings, i)):
            continue
        days, told = entry
        if first := _first_of_all(text, days, told):
            begun = first if begun is None else begun
            continue
        date = when.at(text, *days)
        if isinstance(date, When) and (withdrawn := phrases.pattern(_WORDS["history"]["withdrawn"]).match(text, *told)):
            gone = _Found("withdrawn", "history", withdrawn.span(), date)
            continue
        done = phrases.pattern(_WORDS["history"]["done"]).search(text, *told) or _done_below(text, blocks, i, told)
        minor = phrases.pattern(_WORDS["history"]["minor"]).search(text, *told)
        if minor and not (done and done.start() < minor.start() and minor.group().lower() == "replaces"):
            continue
        if (
            done
            and isinstance(date, When)
            and (newest is None or newest.date is None or date.value > newest.date.value)
        ):
            newest = _Found("modified", "history", done.span(), date)
    yield from filter(None, (newest, gone, begun))


def _done_below(text: str, blocks: Sequence[Block], i: int, told: tuple[int, int]) -> re.Match[str] | None:
    """What an entry that ends with "We have:" says in the list below it that was done to the document."""
    if text[told[1] - 1] != ":" or not _WE_HAVE.fullmatch(text, *told):
        return None
    for block in blocks[i + 1 : i + _LIST_LONGEST]:
        if block.kind is BlockKind.HEADING or _ENTRY.match(text, block.start, block.end):
            return None
        if done := _ITEM_DONE.match(text, block.start, block.end):
            return done
        if not _ITEM.match(text, block.start, block.end):
            return None
    return None


_WE_HAVE = re.compile(r"We\s(?:have|also|have\salso)\s?:")
_LIST_LONGEST = 12
_ITEM = re.compile(r"[\s•*·–-]{0,6}(?:$|(?:and|or)$|[a-z])")
"""A line of a list that goes on with the sentence above it: its sign, "and", or words that begin small."""
_ITEM_DONE = re.compile(
    r"[\s•*·–-]{0,6}(?:updated|amended|changed|revised|added|removed|clarified|corrected|reworded|replaced|withdrawn|made)\s(?!no\b)"
)


def _first_of_all(text: str, days: tuple[int, int], told: tuple[int, int]) -> _Found | None:
    """The entry with which a history began: "May 2031: This guideline was published."."""
    date = when.at(text, *days)
    published = phrases.pattern(_WORDS["history"]["published"]).match(text, *told)
    return (
        _Found("published", "history:published", published.span(), date)
        if published and isinstance(date, When)
        else None
    )


def _entry(
    text: str, blocks: Sequence[Block], headings: Sequence[tuple[int, int]], i: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The date of an entry of the update history that begins with the block, and what it tells: on the same line, or in
    the block below where the date stands alone under a heading of such a history. `headings` are those that are no such
    date, in order."""
    block = blocks[i]
    if entry := _ENTRY.match(text, block.start, block.end) or _own_entry().match(text, block.start, block.end):
        # "In May 2031, …" dates its own sentence, "May 2031: …" all that follows.
        first = sentences(text, entry.end(), block.end)[:1] if entry["lead"] else ()
        return entry.span("date"), (entry.end(), first[0][1] if first else block.end)
    if i + 1 == len(blocks) or not _ENTRY_ALONE.fullmatch(text, block.start, block.end):
        return None
    over = bisect_left(headings, (block.start,))
    if over and _HISTORY_HEADING.match(text, *headings[over - 1]):
        return (block.start, block.end), (blocks[i + 1].start, blocks[i + 1].end)
    return None


@cache
def _own_entry() -> re.Pattern[str]:
    """How an entry begins that says only the year, and that it was this document that was updated in it."""
    return phrases.pattern(r"(?P<lead>In )(?P<date>(?:19|20)\d\d),? (?={self} (?:was|has been) )")


@cache
def _fields() -> dict[str, str]:
    return {name: field for field, names in _WORDS["labels"].items() for name in names}


@cache
def _labels() -> re.Pattern[str]:
    longest_first = sorted(_fields(), key=len, reverse=True)
    names = phrases.word_of(
        (re.escape(name).replace(r"\ ", r"\s") for name in longest_first),
        behind=r"(?:(?<![\w-].)|(?<=[12][09]\d\d[A-Z]))",
    )
    return re.compile(rf"(?P<label>{names})(?![\w-])\s{{0,2}}(?P<colon>[:|–—](?:\s{{0,2}}\|)?|-(?=\s))?")


@cache
def _sentences() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Of each pattern its field, and in lower case what every match of it holds a piece of."""
    return tuple((entry["field"], tuple(entry["cues"]), entry["pattern"]) for entry in _WORDS["sentences"])
