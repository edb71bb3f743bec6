"""betony_title: the title of the guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from betony import publishers
from betony.lines import heading_end
from betony.model import Basis, Block, BlockKind, Fact, Layer, Notice, WarningCode
from betony.nlp import actors, carry, heading_words, imprint, phrases, references, vocabulary
from betony.nlp.title import layouts, masthead
from betony.nlp.title.cut_off import is_cut
from betony.nlp.title.tail import without_site
from betony.nlp.title.taken_up import is_taken_up
from betony.nlp.title.whole import printed_whole

_LEAD_BLOCKS = 12
_LONGEST = 700
_HEAD = 3000
"""Characters at the head of the text in which a field names the title."""
_SHARED = 0.7
"""Of a title's words as many stand again in the citation below it: spellings differ."""
_MARK = re.compile(r"#{1,6}[ \u00a0]{1,3}(?=\S)")
"""What marks a heading in Markdown, which is read as plain text."""
_WIKI = re.compile(
    r"(?:Article|Book|Category|Draft|Guidance|Guideline|Help|Page|Portal|Project|Template|Topic|User):(?=[^\s\d])"
    r"|[A-Z]\w{0,12}?(?<=[Ww])iki\w{0,12}(?::(?=\S)|\s?[|:–—-]\s)"
)
"""What a wiki prints before the title of a page: a namespace, with no space behind its colon, or its own name."""
_FOR_READERS = re.compile(r"For (?P<who>(?!(?:your?|our|my)\b)[^:;,.?!|\n]{3,60})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"\d{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d:\s(?P<title>[A-Z][^\n]{8,250})")
"""How an entry of a list of news begins too, of which there are several."""
_WORD = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_UNFINISHED = re.compile(r"(?:\b(?:on|of|for|the|and|or|to|with|by|an?)|,|…|\.\.\.)$")
"""How a first line ends that is not the whole title."""
_NO_NAME = re.compile(
    r"(?:To|Dear|(?:Suggested\s|Draft\s)?[Rr]emit:?)\s|This\s(?:guidance|guideline|standard|document|advice)\s(?:has|is|was|updates|replaces|partially|should|covers)\b"
)
"""How a letter opens, the task of a project, or what is said of the document: none is its name."""
_PROMPT = re.compile(
    r"(?:Download|Cover\sof|Page\s\d{1,4}\s[-–—|:]|(?:ARCHIVED|WITHDRAWN)\s?[–—:-]|\[Withdrawn\])\s(?=[A-Z])"
    rf"|{layouts.OF_A_BOOK}"
)
"""What a site that keeps others' documents prints before a title, or says of its picture; a stamp on the document; the label of the
links from page to page of a book."""
_KIND_FIRST = re.compile(r"(?:[A-Z][\w-]{1,20}\s){1,3}[Cc]onsultation\s[Dd]ocument\s[–—:-]\s(?=\w)")
"""The kind of a draft, before a dash and what the draft is of."""
_FILE = re.compile(r"[^/\n]{1,150}\.(?:pdf|docx?|pptx?|odt|rtf|txt|html?)", re.IGNORECASE)
"""The name of a file, which a site that keeps others' documents prints above them."""
_PERSON = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss)\.?\s)?[A-Z][\w’'-]{1,30}(?:\s[A-Z][\w’'.-]{0,30}){1,2}")
_POST = re.compile(
    r"[\w ,&’'()/-]{0,60}\b(?:Manager|Director|Officer|Lead|Consultant|Professor|Nurse|Chair|Chairman|Adviser|Advisor|Editor|Registrar"
    r"|Fellow|Analyst|Coordinator|Administrator|Secretary|President)\b[\w ,&’'()/-]{0,60}"
)
_IN_CAPITALS = re.compile(r"\s[-–—|]\s(?P<again>[A-Z][A-Z\s&,’'-]{3,120})$")
"""A series or a subject in capitals behind a title."""
_TWICE = re.compile(r"(?P<words>(?:[\w&’'-]{1,20}\s){3,8})(?P=words)", re.IGNORECASE)
"""A cover page that is read as one line: the publisher's name in capitals, and once more."""
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
"""Letters that tell a word by its beginning, whatever its ending."""
_LISTING = re.compile(r"(?P<name>[a-z][^\n·…|]{12,200}?)(?P<more>\s·\s[^\n]{0,300}|\s?(?:…|\.\.\.))?")
"""A title in small letters, as a site that keeps others' documents lists them; behind a point how the document begins."""
_FEWEST_LISTED = 4
_UNMARKED = "unmarked line"
"""The rule by which a first line is the title that no sign before it and no line drawn below it marks."""
_OFTEN_RIGHT = 0.6
"""How often it is: on 38 captures of many publishers, none seen before, 23 were."""
_MANY = 0.2
_MARKED_NEAR = 1500
"""Characters of a page of which a marked title stands; further down the mark is of a table's column, or of a part."""
_ABBREVIATION = re.compile(r"\s?\([A-Z]{2,8}\)$")
_ENDS_THERE = re.compile(r"\s{0,3}(?:[©®.|]|\n|$)")
_LISTED_NEAR = 700
"""Characters below a listing in which the document prints the title."""
_ENUMERATED = re.compile(r",\s")
_MANY_NAMED = 2
_OF_WHAT = re.compile(r"\s(?:for|in|of|on|to|after|before|during|as|at|with)\s")
_BRACKETED = re.compile(r"\([^()]{0,80}\)")
"""A lead that lists several medicines and tells only in its next sentence what they are for names no title."""
_MONTH_AND_YEAR = re.compile(r"[\s,]{0,4}(?:\bin,?\s[A-Z][a-z]+,?\s\d{4}\s{0,2})?\.?\s{0,2}$")


@Language.component("betony_title", requires=["doc.user_data"], assigns=["doc.spans"])
def title(doc: Doc) -> Doc:
    """Add the fact `title`."""
    type_ = carry.media_type(doc)
    given = type_.endswith("json")  # a publisher's own data says which line is the title
    plain, site_first = type_ == "text/plain", carry.site_first(doc)
    facts, notices = find(carry.text(doc), carry.blocks(doc), plain=plain, given=given, site_first=site_first)
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str, blocks: Sequence[Block], *, plain: bool = False, given: bool = False, site_first: bool = False
) -> tuple[list[Fact], list[Notice]]:
    """The title as printed at the head of the page; else, inferred, the subject that the lead names.

    In `plain` text, which shows no type sizes, a line that nothing marks as the title is inferred to be it. Where it is
    `given`, the heading of the first rank is the title, whatever stands below. Where `site_first`, the first line of such a text
    names a part of the site.

    A heading that names the site or a kind of section is no title: the next one of its rank is looked at. Where no heading
    is marked, the line below a field that says so is the title, or a first line that the line below it cites. A title
    inferred from a lead begins with a capital whatever the lead has; its evidence is the lead's own words. `first` in the
    detail: no header stands above it.
    """
    sources = (
        _behind_its_day(text, blocks) if plain else (),
        _below_a_trail(text, blocks) if plain else (),
        _in_a_layout(text, blocks) if plain else (),
        _below_a_masthead(text, blocks, site_first=site_first) if plain else (),
        _headings(text, blocks, given=given),
        _imprinted(text),
        _decided(text, blocks),
        _labelled(text),
        _cited_line(text, blocks),
        _listed(text, blocks),
    )
    for start, end, rule in chain.from_iterable(sources):
        value = " ".join(text[start:end].split())
        detail = {"first": _names_the_site(text[:start]) and not _stands_over_a_header(text, end)}
        if rule == _UNMARKED and plain:
            return [Fact("title", value, ((start, end),), Basis.INFERRED, rule, _OFTEN_RIGHT, detail=detail)], []
        told = "heading" if rule == _UNMARKED else rule
        return [Fact("title", value, ((start, end),), Basis.EXPLICIT, told, detail=detail)], []
    for block in blocks[:_LEAD_BLOCKS]:
        for pattern in _leads():
            find_ = pattern.match if pattern.pattern.startswith("(?#start)") else pattern.search
            if match := find_(text, block.start, block.end):
                return _inferred(text, *match.span("subject"))
    return [], []


def _headings(text: str, blocks: Sequence[Block], *, given: bool) -> Iterator[tuple[int, int, str]]:
    for i, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block.level == 1 and block.layer is Layer.BODY:
            mark = _MARK.match(text, block.start, block.end)
            end = heading_end(text, block.start, block.end)
            rule = "heading" if mark or end < block.end else _UNMARKED
            start, end = _without_tail(text, mark.end() if mark else block.start, end)
            if site := _WIKI.match(text, start, end):
                start = site.end()
            if prompt := _PROMPT.match(text, start, end):
                start = prompt.end()
            start, end = layouts.of_a_cell(text, start, end, blocks[i + 1 :])
            if (kind := _KIND_FIRST.match(text, start, end)) and (below := _printed_again(text, kind.end(), end)):
                start, end = below
            words = " ".join(text[start:end].split())
            if not mark and layouts.is_one_of_several(text, block, blocks[i + 1 :]):
                return
            if (
                _UNFINISHED.search(words)
                or (not mark and _is_broken(text, words, blocks[i + 1 : i + 2]))
                or _NO_NAME.match(words)
                or _is_a_persons(text, words, blocks[i + 1 : i + 2])
            ):
                return
            if _is_no_title(words) or (not mark and block.xpath is None and _is_a_sites(text, words, blocks, i)):
                continue
            if mark and block.start > _MARKED_NEAR:
                continue
            if not mark and block.xpath is None and not given:
                start, end = printed_whole(text, words, blocks[i + 1 :]) or (start, end)
                if words == text[start:end]:
                    own = without_site(text, words, blocks[i + 1 :])
                    start, end = start + own[0], start + own[1]
            yield start, end, rule


def _below_a_masthead(text: str, blocks: Sequence[Block], *, site_first: bool) -> Iterator[tuple[int, int, str]]:
    """The title below lines that no sign marks and that name the publisher, the kind of document or its number."""
    if (
        not blocks
        or _MARK.match(text, blocks[0].start)
        or heading_end(text, blocks[0].start, blocks[0].end) < blocks[0].end
        or imprint.issued(text)
    ):
        return
    if found := (masthead.below_site(text, blocks) if site_first else None) or masthead.title_below(text, blocks):
        words = " ".join(text[slice(*found)].split())
        if not (_is_no_title(words) or _is_a_persons(text, words, blocks[1:2])):
            yield *_without_tail(text, *found), _UNMARKED


def _behind_its_day(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """The title that a first line has behind the day of the page: "17 March 2031: Cracked heels - situation in Northtown"."""
    first = next((i for i, block in enumerate(blocks) if block.layer is Layer.BODY), None)
    dated = _DAY_FIRST.fullmatch(text, blocks[first].start, blocks[first].end) if first is not None else None
    if dated and first is not None and masthead.may_be_a_title(text, dated.span("title"), blocks[first + 1 :]):
        others = (_DAY_FIRST.match(text, block.start, block.end) for block in blocks[first + 1 :])
        if not any(others):
            yield *dated.span("title"), _UNMARKED


def _below_a_trail(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    if found := masthead.below_a_trail(text, blocks):
        yield *_without_tail(text, *found), _UNMARKED


def _in_a_layout(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    found = layouts.find(text, blocks)
    if found and not _is_section(" ".join(text[slice(*found)].split())):
        yield *found, _UNMARKED


def _stands_over_a_header(text: str, end: int) -> bool:
    """Whether the line below names the type of the document and its reference, which stand below a product's title."""
    return _header_below().match(text, end) is not None


@cache
def _header_below() -> re.Pattern[str]:
    letters = "|".join(vocabulary.read("types"))
    return phrases.pattern(rf" (?:NICE )?{{type_name}} (?:\[|Reference number: ?)?(?-i:{letters})\d{{1,4}}\b")


def _printed_again(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the words stand again below, with a capital, on a line of their own."""
    found = text.find(f"\n{text[start].upper()}{text[start + 1 : end]}\n", end, end + _LISTED_NEAR)
    return (found + 1, found + 1 + end - start) if found >= 0 else None


def _is_broken(text: str, words: str, below: Sequence[Block]) -> bool:
    """Whether a line of print is broken within a word whose letters stand again below: "Care of h", "heels"."""
    return bool(below) and words[-2:-1] == " " and words[-1].islower() and text[below[0].start] == words[-1]


def _is_no_title(words: str) -> bool:
    return (
        words.strip(" .:?").lower() in masthead.sites()
        or _label_alone().fullmatch(words) is not None
        or references.alone(words.strip(" []()")) is not None
        or _is_section(words)
        or _is_line(words)
    )


def _is_a_sites(text: str, words: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a first line that nothing marks as a title is an address, a body's name, a slogan, the heading of a list, or
    one word of which the page says nothing more."""
    if (
        _unmarked().match(words)
        or masthead.names_a_body(words)
        or _TWICE.match(words)
        or (_is_for_readers(words) and (words[len("For ") :].isupper() or _is_over_a_line(text, blocks, at)))
    ):
        return True
    below = text[blocks[at].end :]
    if _is_foreign(words) and not _is_foreign(below[:_MARKED_NEAR]):
        return True
    if (
        blocks[at + 1 : at + 2]
        and blocks[at + 1].kind is BlockKind.LIST_ITEM
        and not _bears_a_reference(text, blocks[at])
    ):
        return True
    if not is_taken_up(words, below) or publishers.of_name(_ABBREVIATION.sub("", words)):
        return True
    if is_cut(words, below) and not printed_whole(text, words, blocks[at + 1 :]):
        return True
    if blocks[at + 1 : at + 2] and _below_site().match(text, blocks[at + 1].start, blocks[at + 1].end):
        return True
    alone = _LONG_WORD.fullmatch(words)
    return alone is not None and words[:_STEM].lower() not in text[blocks[at].end :].lower()


def _bears_a_reference(text: str, line: Block) -> bool:
    """Whether the line ends with the reference of a document, as the title above a list of fields may: "Dry heels (PH29)"."""
    tail = _tail().search(text, line.start, line.end)
    return tail is not None and line.start < tail.start() and references.alone(tail.group().strip(" ()[]")) is not None


def _is_for_readers(words: str) -> bool:
    """Whether the line says no more than for whom the page, or this print of it, is: "For HEEL NURSES"."""
    said = _FOR_READERS.fullmatch(words)
    return said is not None and bool(actors.kinds(said["who"]))


def _is_over_a_line(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a line that may be a title stands below, and no prose."""
    below = blocks[at + 1 : at + 2]
    return bool(below) and not text[below[0].start : below[0].end].rstrip().endswith(".")


def _is_foreign(words: str) -> bool:
    """Whether many letters of the line are none of English: a site's own line in the language of its readers."""
    letters = [letter for letter in words if letter.isalpha()]
    return sum(not letter.isascii() for letter in letters) > len(letters) * _MANY


def _is_a_persons(text: str, words: str, below: Sequence[Block]) -> bool:
    """Whether the words are somebody's name: what the person does stands on the line below."""
    return (
        _PERSON.fullmatch(words) is not None
        and bool(below)
        and _POST.fullmatch(text, below[0].start, below[0].end) is not None
    )


def _is_line(words: str) -> bool:
    """Whether a first line is a lead, a header's line, a field or a chapter's heading rather than the product's title."""
    return (
        not any(map(str.isalpha, words))
        or words[:2].islower()
        or _FILE.fullmatch(words) is not None
        or _line().match(words) is not None
        or _sentence().match(words) is not None
        or any(lead.search(words) for lead in _leads())
    )


def _names_the_site(text: str) -> bool:
    """Whether the lines are no more than names of sites and of kinds of page, as above a chapter's heading."""
    return all(line.strip(" .:?").lower() in masthead.sites() for line in text.splitlines() if line.strip())


def _is_section(words: str) -> bool:
    reading = heading_words.read(words)
    return reading is not None and reading.rule == f"heading:{heading_words.normalise(words)}"


def _imprinted(text: str) -> Iterator[tuple[int, int, str]]:
    """The title on the first page of a document made for print."""
    if issued := imprint.issued(text):
        yield *issued, "imprint"
    elif (printed := imprint.find(text)) and printed.title:
        yield *printed.title, "imprint"


_DECISION = re.compile(
    r"(?:(?P<letters>[A-Z]{2,5})\d{1,4}\s)?[A-Z][^\n]{9,300}?:\s(?P<review>[Rr]eview\s)?(?:decision|proposal)(?:\sconsultation)?(?:\s[-–—]\s[A-Z][a-z]{2,8}\s(?:19|20)\d\d)?(?=\n|$)"
)
"""The title of a paper on what becomes of guidance: its title, with its reference or without, and what was decided or is proposed."""


def _decided(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """The first line of a paper that tells what was decided on the guidance, or is proposed, that the line names."""
    found = _DECISION.match(text, blocks[0].start) if blocks else None
    if found and (references.document_type(found["letters"]) if found["letters"] else found["review"]):
        yield found.start(), found.end(), _UNMARKED


def _labelled(text: str) -> Iterator[tuple[int, int, str]]:
    """The line below a field "Guideline title" at the head of the page, or what a form has behind "Title:"."""
    for field in (_label().search(text, 0, _HEAD), _in_a_form().search(text, 0, _HEAD)):
        if field:
            yield *field.span("value"), "field"


def _cited_line(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    if len(blocks) < 2 or blocks[0].kind is BlockKind.HEADING or blocks[0].end - blocks[0].start > _LONGEST:
        return
    if text.startswith("This ", blocks[0].start):
        return  # what the document says of itself, perhaps twice in almost the same words
    below = blocks[1]
    if below.kind is BlockKind.HEADING:
        below = blocks[2] if len(blocks) > 2 else below
    cited = text[below.start : below.end]
    if _is_no_title(" ".join(text[blocks[0].start : blocks[0].end].split())):
        return
    words = _WORD.findall(text[blocks[0].start : blocks[0].end].lower())
    shared = set(_WORD.findall(cited.lower()))
    if words and _YEAR.search(cited) and sum(word in shared for word in words) >= _SHARED * len(words):
        yield blocks[0].start, blocks[0].end, "first line"


def _listed(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int, str]]:
    """What a listing in small letters names, as the document prints it: as far as it is sure to be the whole title."""
    if not blocks or not (listing := _LISTING.fullmatch(text, blocks[0].start, blocks[0].end)):
        return
    words = listing["name"].split()
    if len(words) < _FEWEST_LISTED or _UNFINISHED.search(listing["name"]) or (listing["more"] or "·").strip()[0] != "·":
        return
    printed = re.compile(r"\s{1,3}".join(map(re.escape, words)) + r"\b", re.IGNORECASE)
    found = printed.search(text, listing.end(), listing.end() + _LISTED_NEAR)
    if found and found.group()[0].isupper() and (listing["more"] or _ENDS_THERE.match(text, found.end())):
        yield *_without_tail(text, *found.span()), "listing"


def _without_tail(text: str, start: int, end: int) -> tuple[int, int]:
    while (tail := _tail().search(text, start, end)) and tail.start() > start:
        end = tail.start()
    if (again := _IN_CAPITALS.search(text, start, end)) and again.start() > start:
        before = text[start : again.start()].lower()
        if all(word.lower() in before for word in _WORD.findall(again["again"])):
            end = again.start()
    return start, end


def _inferred(text: str, start: int, end: int) -> tuple[list[Fact], list[Notice]]:
    if tail := _MONTH_AND_YEAR.search(text, max(start, end - 40), end):
        end = tail.start()
    start, end = _without_tail(text, start, end)
    words = " ".join(text[start:end].split())
    if len(_ENUMERATED.findall(words)) >= _MANY_NAMED and not _OF_WHAT.search(_BRACKETED.sub("", words)):
        return [], []
    fact = Fact("title", words[:1].upper() + words[1:], ((start, end),), Basis.INFERRED, "lead", 0.9)
    notice = Notice(
        WarningCode.TITLE_INFERRED, "no title is printed; it was taken from the lead", spans=((start, end),)
    )
    return [fact], [notice]


@cache
def _leads() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_started(lead).replace(" ", r"\s{1,3}")) for lead in vocabulary.read("titles")["leads"])


def _started(lead: str) -> str:
    """The lead's pattern; one that must stand at the start of its passage says so in a comment, for `match`."""
    return "(?#start)" + lead[1:] if lead.startswith("^") else lead


@cache
def _line() -> re.Pattern[str]:
    return phrases.pattern(vocabulary.read("titles")["line"])


@cache
def _unmarked() -> re.Pattern[str]:
    return phrases.pattern(vocabulary.read("titles")["unmarked"])


@cache
def _below_site() -> re.Pattern[str]:
    return phrases.pattern(vocabulary.read("titles")["below_site"])


@cache
def _sentence() -> re.Pattern[str]:
    return phrases.pattern(vocabulary.read("titles")["sentence"])


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(vocabulary.read("titles")["labels"])
    return re.compile(
        rf"^[ \t]{{0,9}}(?i:{labels})[ \t]?:?[ \t]?\n\s{{0,9}}(?P<value>\S[^\n]{{3,250}}?)[ \t.]{{0,9}}$", re.MULTILINE
    )


@cache
def _label_alone() -> re.Pattern[str]:
    return re.compile(rf"(?i:{'|'.join(vocabulary.read('titles')['labels'])})\s?:?")


@cache
def _in_a_form() -> re.Pattern[str]:
    """A field with its value on the same line, up to the next field where a form was read as one line."""
    fields = "|".join(vocabulary.read("titles")["fields"])
    return re.compile(
        r"(?:^|(?<=[A-Z]{3} ))Title: ?(?P<value>[A-Z0-9][^\n:]{6,200}?)"
        rf"(?=[ .]{{0,3}}(?:\n|\s(?:{fields})\b))",
        re.MULTILINE,
    )


@cache
def _tail() -> re.Pattern[str]:
    letters = "|".join(vocabulary.read("types"))
    words = vocabulary.read("titles")["tail"].replace("{letters}", letters)
    return re.compile(words.replace("{type_name}", f"(?i:{phrases.type_names()})"))
