"""betony_identity: who publishes the guidance, what type of guidance it is, its reference and where it applies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from betony import publishers
from betony.model import Basis, Block, BlockKind, Fact, Layer, Notice, Section, WarningCode, WarningLevel
from betony.nlp import anothers, carry, imprint, phrases, references, results, vocabulary
from betony.nlp.below_headings import under
from betony.nlp.identity import joint_makers
from betony.nlp.identity.audience import audience
from betony.nlp.identity.jurisdictions import jurisdictions
from betony.nlp.stems import Places, Stems, places_in
from betony.nlp.title import layouts, masthead

_WORDS = vocabulary.read("identity")
_HEAD = 12
"""Blocks at the top of a page in which its header and lead stand."""
_SUMMARY = Stems(("NGC summary", "National Guideline Clearinghouse", "ECRI Institute"))
"""Words of a page that summarises another publisher's guideline."""
_STATEMENT_LONGEST = 1500
_LOGO_TOP, _LOGO_FOOT = 3, 6
"""Blocks at the top and the foot of a page where a logo's line stands; elsewhere a name alone is an item of a list."""
_TYPE_TOP = 3
"""Blocks at the top of a page where a type alone on its line is the page's own; further down a header goes on below it."""
_HEADER_LINE = re.compile(
    r"(?:Published|Issued|Issue\sdate|Last\supdated|Reference|Date|[\[(]?[A-Z]{2,5}\s?\d)|©|(?:www\.)?nice\.org"
)
_ABBREVIATED = re.compile(r"\s?\([A-Z]{2,8}\)\s?$")
_ASKS_FOR = re.compile(
    r"(?:Corporate\s)?(?:Authors?|Source|Sources|Developers?|Creators?|Organi[sz]ations?|Contributors?|Endorsed\sby|Accredited\sby)(?:\(s\))?\s?:?\s?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"Reference(?:\snumber)?\s{0,2}:\s{0,2}(?P<reference>(?:GID-)?[A-Z]{2,5}\d{1,5})\b")
_REGISTERED = re.compile(
    r"(?:(?:Document|Policy|Guideline|Procedure|Protocol|PGD|SOP)\s)?(?:[Rr]eference|Ref\.?)(?:\s(?:number|[Nn]o\.?))?\s{0,2}[:\t|]\s{0,3}"
    r"(?P<reference>[A-Z]{2,8}(?:[-/][A-Z]{1,8}){0,3}[-/]\d{1,5}(?:/(?:19|20)?\d\d)?)\s?"
)
_APPROVED = re.compile(
    r"(?:(?:NHS\sEngland\s)?(?:Publishing|Publications?)\s(?:(?:approvals?|[Gg]ateway)\s)?|(?:NHS\sEngland\s|DH\s)?Gateway\s)[Rr]eference(?:\s[Nn]umber|\sNo\.?)?(?:\s?:\s{0,3}|\s)(?P<reference>[A-Z]{0,4}\d{3,8}(?:_[a-z\d]{1,4})?)\s?"
)
"""The number under which a body lets a letter go out."""
_OF_THE_WHO = re.compile(
    r"^WHO\sreference\snumber\s?:\s(?P<reference>WHO/[A-Z]{2,6}(?:/[A-Z]{2,6}){0,3}/\d{2,4}\.\d{1,3}(?:\sRev\.?\s?\d)?)\s{0,3}$",
    re.MULTILINE,
)
_ALONE = re.compile(r"[\[(]?(?P<letters>[A-Z]{2,5})\s?0*(?P<number>\d{1,4})[\])]?")
_SERIES = re.compile(
    r"(?:A national clinical guideline\s)?(?P<letters>SIGN)\s(?:(?:[Gg]uideline|[Pp]ublication)\s)?(?:[Nn]o\.?\s)?(?P<number>\d{2,3})(?=\s?[:|–-]|\s[A-Z]|$)"
)
"""A number in the series of another publisher than the one whose types have letters."""
_SUFFIX = re.compile(r"[\[(](?P<letters>[A-Z]{2,5})0*(?P<number>\d{1,4})[\])]\s*$")
_ABOUT_ANOTHER = re.compile(
    r"(?:Proposed|Planned|Suggested)\s(?:changes|amendments|updates?|revisions?)\s|(?:Changes|Amendments|Comments|Consultation|Response)\s(?:to|on)\s"
)
"""How the title of a document about another one opens, whose reference stands at its end."""
_ADDRESS = re.compile(
    r"(?:[A-Z][\w ]{3,60}\s)?(?:(?:Published|Issued):?\s[\w ]{6,20}\s)?(?:https?://)?(?:www\.|guidance\.)?nice\.org\.uk/(?:guidance/)?(?P<letters>[a-z]{2,4})(?P<number>\d{1,4})"
)
"""The address that a printed guideline bears under its name and date."""
_GENERIC = {"NG"}
"""A header may call every guideline a "NICE guideline": the letters of the reference tell more."""
_TITLE_SHORTEST, _TITLE_LONGEST = 12, 250
_NAME_LONGEST = 60
"""Characters of a line that may be a heading."""


@Language.component("betony_identity", requires=["doc.spans"], assigns=["doc.spans"])
def identity(doc: Doc) -> Doc:
    """Add facts of the kinds publisher, identifier, document_type, developed_as, page_kind, jurisdiction, audience and creator."""
    facts, notices = find(carry.text(doc), carry.blocks(doc), carry.sections(doc), places_in(doc))
    carry.add_facts(doc, facts)
    carry.add_notices(doc, notices)
    return doc


def find(
    text: str, blocks: Sequence[Block], sections: Sequence[Section] = (), places: Places | None = None
) -> tuple[list[Fact], list[Notice]]:
    """Who publishes the text and who developed it, what type and reference it has, where and for whom it applies.

    A page that summarises another publisher's document is that publisher's in nothing but its creators. A reference counts
    as the page's own in its header only, or where the lead says when it was published. `places` are those of stems in the text,
    where somebody has looked.
    """
    places = places or Places(text)
    summary = bool(places.spans(_SUMMARY))
    told_of = anothers.sections(text, sections)
    header = [block for block in blocks[:_HEAD] if not any(one.start <= block.start < one.end for one in told_of)]
    identifiers = [] if summary else _own_references(text, header)
    facts = [] if summary else [*_publisher(text, blocks, identifiers[:1]), *identifiers[:1]]
    if not summary:
        facts += _type(text, blocks, identifiers[:1], spoken=any(fact.kind == "publisher" for fact in facts))
        facts += _developed_as(text, header)
    facts += _page_kind(text, blocks)
    facts += jurisdictions(text, blocks, places)
    facts += audience(text, blocks, sections, places)
    facts += _creators(text, blocks, sections, places, summary=summary)
    return facts, [_conflict(identifiers[0], other) for other in identifiers[1:] if other.value != identifiers[0].value]


def _own_references(text: str, header: Sequence[Block]) -> list[Fact]:
    """The references of the header, the surest first; those of the series with letters before any other publisher's."""
    found: list[Fact] = []
    for read in (_identifiers, _registered, _printed_by_the_title, _in_a_catalogue):
        found = found or list(read(text, header))
    return found


def _conflict(chosen: Fact, other: Fact) -> Notice:
    message = f"identifier: the header also names {other.value}; {chosen.value} was taken"
    return Notice(WarningCode.CONFLICT, message, WarningLevel.REVIEW, other.spans)


def _publisher(text: str, blocks: Sequence[Block], identifiers: Sequence[Fact]) -> Iterator[Fact]:
    """The publisher by its own sentences, then by the reference in the header, then by a line that is its name alone."""
    speaking = publishers.by_id(_WORDS["speaks"])
    if speaking.id.upper() in text or any(name in text for name in speaking.names):
        for pattern, anchored in _publisher_patterns(speaking.id, speaking.names):
            for i, block in enumerate(blocks):
                find_ = pattern.match if anchored else pattern.search
                match = find_(text, block.start, min(block.end, block.start + _STATEMENT_LONGEST))
                if match and not (i and _OVER_A_TITLE.match(text, match.end())):
                    yield Fact("publisher", speaking.id, (match.span("name"),), Basis.EXPLICIT, "statement")
                    return
    for identifier in identifiers:
        if identifier.rule in ("header", "lead", "cover", "imprint"):
            yield Fact("publisher", references.PUBLISHER, identifier.spans, Basis.INFERRED, "reference", 0.95)
            return
    for i in (*range(len(blocks))[:_LOGO_TOP], *range(len(blocks))[-_LOGO_FOOT:]):
        block = blocks[i]
        if block.end - block.start < 120 and not (i and _is_field(text, blocks[i - 1])):
            name = _ABBREVIATED.sub("", text[block.start : block.end].strip("•* \t\n\u00a0"))
            if publisher := publishers.of_name(name):
                at = text.index(name, block.start)
                yield Fact("publisher", publisher.id, ((at, at + len(name)),), Basis.INFERRED, "logo", 0.9)
                return


_OVER_A_TITLE = re.compile(r"\s[-–—]\s(?![A-Z]{2,4}\d)")
"""Behind "NICE guideline" below the first line: the title of what another's page tells of."""


def _is_field(text: str, block: Block) -> bool:
    """Whether the line asks for a name, "Authors:", or is what the name is for, "WHO:": the one below it is no logo."""
    if block.end - block.start > _NAME_LONGEST:
        return False
    return text[block.end - 1] == ":" or _ASKS_FOR.fullmatch(text, block.start, block.end) is not None


def _identifiers(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    """References in the header, the surest first: a label, then a type with it, a line of its own, the title's tail.

    `head` holds the header's blocks, less those on another document.
    """
    if label := _LABEL.search(text):
        letters = re.match(r"GID|[A-Z]+", label["reference"])
        if letters and (letters.group() == "GID" or references.document_type(letters.group())):
            value = re.sub(r"(?<=[A-Z])0+(?=\d)", "", label["reference"])
            yield Fact("identifier", value, (label.span("reference"),), Basis.EXPLICIT, "label")
    for block in head:
        if old := _MENU_CODE.match(text, block.start, block.end):
            yield Fact("identifier", old["reference"], (old.span("reference"),), Basis.EXPLICIT, "label")
    for block in head:
        named = text.find("GID-", block.start, block.end) >= 0
        if named and (project := references.project().match(text, block.start, block.end)):
            yield Fact(
                "identifier", project["reference"].upper(), (project.span("reference"),), Basis.EXPLICIT, "header"
            )
    for rule, pattern in (("header", _header()), ("line", _ALONE), ("title", _SUFFIX)):
        for i, block in enumerate(head):
            if block.end - block.start > 200 or (rule == "title" and block.kind is not BlockKind.HEADING and i > 1):
                continue
            find_ = {"line": pattern.fullmatch, "header": pattern.match, "title": pattern.search}[rule]
            match = find_(text, block.start, block.end)
            if rule == "title" and (
                _ABOUT_ANOTHER.match(text, block.start, block.end) or _stands_below_prose(head[:i])
            ):
                continue
            if rule == "header" and match and _TOLD_OF.match(text, match.end(), block.end):
                continue
            if match and references.document_type(match["letters"]):
                span = (match.start("letters"), match.end("number"))
                value = f"{match['letters']}{int(match['number'])}"
                yield Fact("identifier", value, (span,), Basis.EXPLICIT, rule)
    for block in head[:_LOGO_TOP]:
        if (series := _SERIES.match(text, block.start, block.end)) and not _TOLD_OF.match(
            text, series.end(), block.end
        ):
            value = f"{series['letters']} {int(series['number'])}"
            yield Fact(
                "identifier", value, ((series.start("letters"), series.end("number")),), Basis.EXPLICIT, "series"
            )
    for block in head:
        yield from _named_line(text, block)
    if printed := imprint.find(text):
        yield Fact("identifier", printed.identifier, (printed.reference,), Basis.EXPLICIT, "imprint")
    if running := _running_title(text, head):
        yield running
    for block in head:
        opened = _lead_reference(text, block)
        if opened:
            span = (opened.start, opened.end)
            yield Fact("identifier", opened.identifier, (span,), Basis.EXPLICIT, "lead")


_MENU_CODE = re.compile(r"[\s•*|-]{0,4}NICE\s(?:identity|ID|id)\scode\s?[:|]\s{0,3}(?P<reference>NM\d{1,3})\b")
"""The reference that an indicator had in the old menu of them."""
_OLD_LETTERS = {"NM": "IND"}
"""Letters of old, and those in use for the same type."""


_NUMBER_BELOW = re.compile(
    r"(?:[A-Z]{2,6}|Document|Policy)\s(?:Number|Reference)\s{1,3}(?P<reference>[A-Z]{2,6}/(?:19|20)\d\d/\d{1,4})\s?$",
    re.MULTILINE,
)


def _registered(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    """The number under which a body that has no series of letters keeps the document: "Reference number: HEEL-014", or below a line
    "HXA Number", or below how it stands: "CURRENT", "ID: 3147"."""
    for above, block in pairwise(head):
        numbered = _OF_A_COLLECTION.fullmatch(text, block.start, block.end)
        if numbered and text[above.start : above.end].strip(" |") in _STANDINGS:
            yield Fact("identifier", numbered["reference"], (numbered.span("reference"),), Basis.EXPLICIT, "label")
            return
    for block in head:
        short = block.end - block.start <= _NAME_LONGEST
        kept = _REGISTERED.fullmatch(text, block.start, block.end) if short else None
        kept = kept or (_APPROVED.fullmatch(text, block.start, block.end) if short else None)
        kept = kept or (_NUMBER_BELOW.match(text, block.start) if short else None)
        if kept := kept or _OF_THE_WHO.search(text, block.start, block.end):
            yield Fact("identifier", kept["reference"], (kept.span("reference"),), Basis.EXPLICIT, "label")
            return
    closing = list(_CLOSES.finditer(text)) if "\nSIGN " in text else []
    if len(closing) == 1 and (closing[0]["isbn"] or ("sign.ac.uk" in text and not text[closing[0].end() :].strip())):
        yield Fact(
            "identifier", closing[0]["reference"], (closing[0].span("reference"),), Basis.EXPLICIT, "closing line"
        )


_CLOSES = re.compile(
    r"^(?P<reference>SIGN \d{1,3}), (?:[A-Z][a-z]{2,8} )?(?:19|20)\d\d$(?P<isbn>\s{1,4}ISBN\s)?", re.MULTILINE
)
"""The line with number and date that closes the page of a guideline of the Scottish network, over its ISBN or at the very end of a
page that names the site: "SIGN 944, May 2031". Elsewhere it may be another's."""
_OF_A_COLLECTION = re.compile(r"ID:\s(?P<reference>\d{2,6})[\s|]{0,3}")
_STANDINGS = frozenset(vocabulary.read("status")["among_fields"])
"""How a collection's header says, over the number that it keeps the document by, how the document stands: "CURRENT", "ID: 3147"."""


_YEARLY = re.compile(r"[^\n]{3,240}\((?P<reference>[A-Z]{2,8}/(?:19|20)\d\d/\d{1,4})\)\.?")
_OF_A_SERIES = re.compile(
    r"[^\n]{3,240}\((?P<reference>(?!(?:Replaces|Supersedes|Updates)\b)(?:[A-Z][\w-]{1,20}\s){1,3}(?:Guideline|Statement|Bulletin|Opinion|Paper|Circular|Alert)\s(?:No\.?|Number)\s?\d{1,4}[a-z]?)\)"
)
_RELEASED = re.compile(
    r"(?P<reference>[A-Z]{1,4}(?:19|20)\d\d-\d{1,4})\s{1,3}(?:Date\s)?(?:[Rr]eleased|[Ii]ssued|[Pp]ublished)\s?:?\s(?=\d|[A-Z][a-z]{2,8}\s\d)"
)
_NOT_ITS_OWN = re.compile(
    r"\b(?:supersed|replac|updat|withdr|cancel|correct(?:s|ion\sto)\b|amend|relat|refer|see\b|response|comment|summar|issued\b|accord|under\b|audit\sof|leaflet\son|lessons\sfrom|learning\sfrom|case\slaw)",
    re.IGNORECASE,
)
"""Words of a line whose bracket holds the reference of another document."""
_TITLE_TOP = 2
"""Blocks at the top of a page that are the title, or the second line of it."""


def _printed_by_the_title(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    """The reference with its year, or the number in a series, at the title's end: "Wax digest (HWD/2031/03)", "Cracked heels (Blue
    Guideline No. 46a)"; or the number in front of the date of issue: "F2031-17 Date released: May 2031"."""
    for i, block in enumerate(head):
        for pattern in (_YEARLY, _OF_A_SERIES) if i < _TITLE_TOP else ():
            at_end = pattern.fullmatch(text, block.start, block.end)
            if at_end and not _NOT_ITS_OWN.search(text, block.start, at_end.start("reference")):
                value = " ".join(at_end["reference"].split())
                yield Fact("identifier", value, (at_end.span("reference"),), Basis.EXPLICIT, "title")
                return
        if released := _RELEASED.match(text, block.start, block.end):
            yield Fact("identifier", released["reference"], (released.span("reference"),), Basis.EXPLICIT, "label")
            return


def _in_a_catalogue(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    """The number of what a catalogue lists, in its source: "Heel Office, DHW (HEELS) Publication No. 94-117, 2034 Mar; :1-14"."""
    source = layouts.source_in_catalogue(text, head)
    found = list(_PUBLICATION.finditer(text, source.start, source.end)) if source else []
    if len(found) == 1:
        value = " ".join(found[0].group().split())
        yield Fact("identifier", value, (found[0].span(),), Basis.EXPLICIT, "catalogue")


_PUBLICATION = re.compile(
    r"(?<![\w-])(?:[A-Z]{2,6}\s\([A-Z]{2,8}\)|[A-Z]{2,8})\sPublication\sNo\.\s\d[\d-]{2,10}(?![\w-])"
)
_CHAPTER = re.compile(
    r"(?P<said>This\s(?:[A-Z]{2,6}\s)?chapter)\shas\snot\s(?:yet\s)?been\s(?:updated|revised|reviewed)\b"
)
_OF_A_BOOK = re.compile(layouts.OF_A_BOOK)
_CHAPTER_TITLE = re.compile(r"Chapter\s(?P<number>\d{1,3})(?:\s?[:.–—-]\s?[A-Z]|:\s[a-z])")
_FROM_A_GUIDELINE = re.compile(
    r"(?P<title>[A-Z][^\n]{2,120}?)\sfrom\sthe\s[A-Z][^\n]{10,250}?\s(?:guideline|handbook|manual)s?\."
)
"""A line below the title that says of which guideline the page is a part: "Wax from the Heel Care (2031) guideline."."""
_PARTS_BELOW = re.compile(r"^(?:\d{1,2}\.|Chapter\s\d{1,2})\s", re.MULTILINE)
"""Numbered parts below, as a document has that stands whole on its page."""
_CHAPTERS_BELOW = re.compile(r"^Chapter\s(?P<number>\d{1,3})\b", re.MULTILINE)
"""The titles of the chapters of a document that stands whole on its page."""


def _page_kind(text: str, blocks: Sequence[Block]) -> Iterator[Fact]:
    """What the page says that it is: a chapter, "This chapter has not yet been updated", or a numbered one between whose book's pages
    links lead; news; or a list of what was found."""
    body = [block for block in blocks[: 2 * _HEAD] if block.layer is Layer.BODY][:_HEAD]
    counted = results.counted(text)
    if counted and any(
        block.start <= counted[0] and block.end - block.start <= _NAME_LONGEST
        for block in blocks
        if block.end >= counted[1]
    ):
        yield Fact("page_kind", "other", (counted,), Basis.EXPLICIT, "list of results")
        return
    if told := layouts.news(text, blocks):
        yield Fact("page_kind", "other", (told,), Basis.EXPLICIT, "news")
        return
    of_a_book = _OF_A_BOOK.match(text, body[0].start, body[0].end) if body else None
    if of_a_book and of_a_book["number"]:
        yield Fact("page_kind", "chapter", (of_a_book.span(),), Basis.EXPLICIT, "navigation")
        return
    for i, block in enumerate(body):
        said = _CHAPTER.match(text, block.start, block.end)
        if said and not _PARTS_BELOW.search(text, block.end):
            yield Fact("page_kind", "chapter", (said.span("said"),), Basis.EXPLICIT, "statement")
            return
        taken = _FROM_A_GUIDELINE.fullmatch(text, block.start, block.end) if i else None
        if taken and taken["title"] == text[body[0].start : body[0].end].strip():
            yield Fact("page_kind", "chapter", (taken.span(),), Basis.EXPLICIT, "statement")
            return
        first = all(masthead.names_a_body(text[above.start : above.end]) for above in body[:i])
        named = _CHAPTER_TITLE.match(text, block.start, block.end) if first else None
        if named and all(one["number"] == named["number"] for one in _CHAPTERS_BELOW.finditer(text)):
            yield Fact("page_kind", "chapter", (named.span(),), Basis.EXPLICIT, "title")
            return


def _named_line(text: str, block: Block) -> Iterator[Fact]:
    """The reference of a line that is the publisher's name for the document ("NICE clinical guideline 901") or its address."""
    if cover := _cover_line(text, block):
        yield Fact("identifier", cover.identifier, ((cover.start, cover.end),), Basis.EXPLICIT, "cover")
    if block.end - block.start > _NAME_LONGEST * 2:
        return
    if address := _ADDRESS.fullmatch(text, block.start, block.end):
        letters = address["letters"].upper()
        if references.document_type(letters):
            value = f"{letters}{int(address['number'])}"
            yield Fact(
                "identifier", value, ((address.start("letters"), address.end("number")),), Basis.EXPLICIT, "address"
            )
    elif text.startswith("NICE ", block.start, block.end):
        found = references.find(text, block.start, block.end)
        if found and (found[0].start, found[0].end) == (block.start, block.end):
            yield Fact("identifier", found[0].identifier, ((block.start, block.end),), Basis.EXPLICIT, "cover")


def _cover_line(text: str, block: Block) -> references.Reference | None:
    """The reference on the cover of a booklet, in front of who developed it."""
    if not text.startswith("NICE ", block.start, block.end):
        return None
    run = _RUN_TOGETHER.search(text, block.start, min(block.end, block.start + _NAME_LONGEST))
    found = references.find(text, block.start, run.end() if run else min(block.end, block.start + _NAME_LONGEST))
    if found and found[0].start == block.start and _DEVELOPED.match(text, found[0].end, block.end):
        return found[0]
    return None


def _running_title(text: str, head: Sequence[Block]) -> Fact | None:
    """The reference behind the title where it is printed again, as at the head of each page: "Care of heels (NG901)"."""
    for block in head[1:]:
        match = _SUFFIX.search(text, block.start, block.end) if block.end - block.start <= _TITLE_LONGEST else None
        if match is None or not references.document_type(match["letters"]):
            continue
        title = " ".join(text[block.start : match.start()].split())
        first = " ".join(text[head[0].start : head[0].end].split())
        if len(title) >= _TITLE_SHORTEST and first.startswith(title):
            value = f"{match['letters']}{int(match['number'])}"
            span = (match.start("letters"), match.end("number"))
            return Fact("identifier", value, (span,), Basis.EXPLICIT, "running title")
    return None


def _lead_reference(text: str, block: Block) -> references.Reference | None:
    found = references.find(text, block.start, min(block.end, block.start + 90))
    if found and found[0].start == block.start and _OPENING.match(text, found[0].end, block.end):
        return found[0]
    return None


def _is_programme(text: str, match: re.Match[str], block: Block) -> bool:
    """Whether the name of a type is in the plural and no reference stands behind it: it names a programme then."""
    return match["type"].lower().endswith(_PLURALS) and not _REFERRED.match(text, match.end(), block.end)


_TOLD_OF = re.compile(
    r"\s(?:has|have|had|is|was|are|were|will|can|may|should|must|does|recommends?|covers?|sets|states?|says?|includes?|describes?|advises?"
    r"|suggests?|replaces|updates)\b"
)
"""How a sentence about a reference goes on: no header says anything of it."""
_QUOTED = re.compile(rf"\s?[\[(]?[A-Z]{{2,4}}\d{{1,4}}[\])]?{_TOLD_OF.pattern}")
"""What stands behind the type in such a sentence: "NICE clinical guideline CG901 states:"."""
_RUN_TOGETHER = re.compile(r"\d(?=Developed by|Issue)")
_DEVELOPED = re.compile(r"\s?(?:\([^()]{1,60}\)\s?)?(?:Developed by|Issue date|Issued:)\s")
"""What stands behind the reference on a cover."""
_PLURALS = ("standards", "guidelines", "summaries", "briefings", "appraisals", "topics", "indicators", "procedures")
_REFERRED = re.compile(r"\s?(?:[\[(]?[A-Z]{2,4}\d|Published|Issued)")
_OPENING = re.compile(r"\son\s[^.\n]{3,200}?\swas\s(?:first\s)?published\s(?:in|on)\s")


def _type(text: str, blocks: Sequence[Block], identifiers: Sequence[Fact], *, spoken: bool) -> Iterator[Fact]:
    """The type in the header, then what the text says of itself, then the letters of the reference.

    `spoken` tells that the publisher whose types these are is known to speak: other pages describe its types too.
    """
    for i, block in enumerate(blocks[:_HEAD]):
        match = _typed_header().match(text, block.start, block.end)
        if match and match.end() == block.end and i >= _TYPE_TOP and not _is_header(text, blocks[i + 1 : i + 2]):
            continue
        if match and _QUOTED.match(text, match.end(), block.end):
            continue
        letters = references.letters_of(match["type"]) if match else None
        printed = references.document_type(letters) if letters and letters not in _GENERIC else None
        over_dates = match and i < _TYPE_TOP and match.end() == block.end and _is_header(text, blocks[i + 1 : i + 2])
        if match and printed and (over_dates or not _is_programme(text, match, block)):
            yield Fact("document_type", printed, (match.span("type"),), Basis.EXPLICIT, "header")
            return
    for identifier in identifiers:
        prefix = re.sub(r"\d", "", identifier.value)
        if named := references.document_type(_OLD_LETTERS.get(prefix, prefix)):
            yield Fact("document_type", named, identifier.spans, Basis.INFERRED, "reference", 0.95)
            return
    for words in _WORDS["types"]:
        for block in blocks:
            if block.end - block.start > 1500:
                continue
            match = phrases.first(words, text, block.start, block.end)
            letters = references.letters_of(match["type"]) if match else None
            if match and not (spoken or _speaks_of_itself(match)):
                continue
            if match and letters and (kind := references.document_type(letters)):
                yield Fact("document_type", kind, (match.span("type"),), Basis.EXPLICIT, "statement")
                return


_DEVELOPED_AS = re.compile(r"^[•* \t-]{0,4}Developed\s[Aa]s:?\s{1,3}(?P<letters>[A-Z]{2,5})\s*$", re.MULTILINE)


def _developed_as(text: str, head: Sequence[Block]) -> Iterator[Fact]:
    """The type as which a project's page says that the guideline is developed: "Developed as: CG"."""
    for block in head:
        said = _DEVELOPED_AS.search(text, block.start, block.end) if "Developed" in text else None
        letters = said["letters"] if said else ""
        if said and (named := _WORDS["developed_as"].get(letters) or references.document_type(letters)):
            yield Fact("developed_as", named, (said.span("letters"),), Basis.EXPLICIT, "developed as")
            return


def _is_header(text: str, below: Sequence[Block]) -> bool:
    return bool(below) and _HEADER_LINE.match(text, below[0].start, below[0].end) is not None


def _speaks_of_itself(match: re.Match[str]) -> bool:
    """Whether the words are of this document: those on all documents of a type stand in catalogues of others, too."""
    told = match.group().lower()
    return told.startswith("this") or ("nice" in told and not match["type"].lower().endswith(_PLURALS))


def _stands_below_prose(above: Sequence[Block]) -> bool:
    """Whether a paragraph stands among the blocks above, so that a heading below it names a part of the page alone."""
    return any(
        block.kind is BlockKind.PARAGRAPH and block.layer is Layer.BODY and block.end - block.start > _PROSE
        for block in above
    )


_PROSE = 200
"""Characters beyond which a block is neither a title nor a field of the header."""


_MADE = Stems(("evelope", "ommissioned", "repared", "roduced", "ritten", "orked "))


def _creators(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], places: Places, *, summary: bool
) -> Iterator[Fact]:
    told = list(under(text, blocks, sections, frozenset(_WORDS["developers"])))
    if not told and summary:
        told = _first_run(text, blocks)
    named: set[str] = set()
    for block in told:
        for start, end in _lines(text, block):
            for left, right in _names(text, start, end):
                value = " ".join(text[left:right].split())
                if value not in named:
                    named.add(value)
                    yield Fact("creator", value, ((left, right),), Basis.EXPLICIT, "developer")
    if not told:
        for start, end in joint_makers.find(text, blocks) or joint_makers.listed(text, blocks):
            named.add(value := " ".join(text[start:end].split()))
            yield Fact("creator", value, ((start, end),), Basis.EXPLICIT, "jointly")
    if told or named or not places.spans(_MADE):
        return
    for words in _WORDS["developed"]:
        for block in blocks:
            match = phrases.first(words, text, block.start, min(block.end, block.start + 1500))
            if match and match["name"] not in {"NICE", *(n for p in publishers.every().values() for n in p.names)}:
                yield Fact(
                    "creator", " ".join(match["name"].split()), (match.span("name"),), Basis.EXPLICIT, "statement"
                )
                return
    for block in blocks:
        said = _OF_ITS_SHORT_NAME.search(text, block.start, min(block.end, block.start + _STATEMENT_LONGEST))
        if said and re.search(_A_DOCUMENT + re.escape(f"({said['short']})"), text):
            yield Fact("creator", " ".join(said["name"].split()), (said.span("name"),), Basis.EXPLICIT, "statement")
            return


_OF_ITS_SHORT_NAME = re.compile(
    r"\bThis\s(?P<short>[A-Z]{2,6})\s(?:was|has\sbeen)\s(?:developed|produced|prepared|written)\sby\s(?:the\s)?"
    r"(?P<name>[A-Z][\w&’'-]*(?:\s(?:(?:and|for|of|in|&|on)\s(?:the\s)?)?[A-Z][\w&’'-]*){1,9})"
)
"""A sentence that calls the document by the letters of its name: "This HWS was developed by the Heel Office"."""
_A_DOCUMENT = r"\b(?:standard|guidance|guideline|framework|toolkit|statement|policy|protocol|specification)s?\s"
"""What a document is that is given such letters: "a heel wax standard (HWS)"."""


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names on a line, each less the kind of body printed behind it; a page may have run several lines together."""
    for kind in _kind().finditer(text, start, end):
        if kind.start() > start:
            yield start, kind.start()
        start = kind.end() + len(text[kind.end() : end]) - len(text[kind.end() : end].lstrip())
    if start < end:
        yield start, end


def _first_run(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The first lines in a row that end in the kind of a body: developers stand before endorsers."""
    run: list[Block] = []
    for block in blocks:
        if block.end - block.start < 400 and _kind().search(text, block.start, block.end):
            run.append(block)
        elif run:
            break
    return run


def _lines(text: str, block: Block) -> Iterator[tuple[int, int]]:
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        if line.strip():
            left = at + len(line) - len(line.lstrip())
            yield left, at + len(line.rstrip())
        at += len(line) + 1


@cache
def _publisher_patterns(identifier: str, names: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], bool], ...]:
    every = "(?:" + "|".join(map(re.escape, names)).replace(r"\ ", " ") + ")"
    return tuple(
        (
            re.compile(
                words.removeprefix("^")
                .replace("{name}", every)
                .replace("{id}", identifier.upper())
                .replace(" ", r"\s{1,3}")
            ),
            words.startswith("^"),
        )
        for words in _WORDS["publisher"]
    )


@cache
def _typed_header() -> re.Pattern[str]:
    return phrases.pattern(r"(?:NICE )?(?P<type>{type_name})(?= ?(?:\[|\(|Published|Issued|[A-Z]{2,4}\d|$))")


@cache
def _header() -> re.Pattern[str]:
    letters = "|".join(vocabulary.read("types"))
    return phrases.pattern(
        rf"(?:NICE )?{{type_name}} ?[\[(]?(?P<letters>(?-i:{letters}))0*(?P<number>\d{{1,4}})[\])]?(?= |$|\))"
    )


@cache
def _kind() -> re.Pattern[str]:
    kinds = "|".join(re.escape(kind) for kind in sorted(_WORDS["kinds"], key=len, reverse=True))
    return re.compile(rf"\s-{{1,2}}\s(?:{kinds})(?:\s\[[^\]]{{2,12}}\])?(?=\s{{1,3}}[A-Z]|\s*$)")
