"""betony_recommendations: what to do, how strongly, for whom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import dropwhile
from operator import attrgetter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import carry, grades, lists, phrases, vocabulary
from betony.nlp.arrangements import arrangement, outcome
from betony.nlp.graded_runs import apart
from betony.nlp.history import is_entry
from betony.nlp.line_numbers import cut_by, places
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.strength.instructions import sees_somebody
from betony.nlp.strength.printed import as_printed
from betony.nlp.strength.reading import read, sentence_wording, without_open_end
from betony.nlp.strength.verbs import starts_with_verb
from betony.nlp.strength.wording import Wording
from betony.text import squeeze

_DECIMAL = re.compile(
    r"(?!0)(?P<number>\d{1,3}(?:\.\d{1,3}){1,4})\.?(?=\s|$|[A-Z][a-z])"
    r"(?!\s(?:m[Ll]|[mk]?g|m?cg|mmol|units?|litres?|[ck]?m|mm|million|billion|per\s?cent|times|hours?|days?|weeks?|months?|years?)\b)[)|\s]*"
)
_COUNTED = re.compile(
    r"(?:(?P<statement>(?:Quality\s+)?[Ss]tatement)\s+(?P<of>\d{1,2})|(?:Recommendation"
    r"|Rec\.?)\s+(?P<rec>\d{1,3}(?:\.\d{1,3})*[a-z]?)"
    r"|(?P<r>R\d{1,3}(?:\.\d{1,3})*)|(?P<plain>\d{1,3})(?=[.)]\s))[.:)]*(?:\s+|$)"
)
_COUNTED_ITEM = re.compile(r"\d{1,2}[.)]\s{1,4}[a-z]")
_NUMBER_STARTS = frozenset("0123456789QSsR")
_SENTENCE_ENDS = frozenset(".:;,])")
"""How the words of a recommendation in a list end, unlike a line of a list of contents."""
_START = attrgetter("start")
_HEADING_WORDS = 8
_NUMBER_LONGEST = 60
"""Characters that hold a number and the word before it."""
_STATEMENT_HEADING = re.compile(r"(?:quality\s+)?statement\s+(\d{1,2})\b", re.IGNORECASE)
_SECTIONS = frozenset({SectionType.RECOMMENDATIONS, SectionType.RESEARCH})
_BY_WORDS = ("typer", "words", "none")
"""How a section is known whose heading does not say that it recommends: its numbers alone prove nothing."""
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.TABLE_ROW})
_CUES = (
    "should", "must", "recommend", "suggest", "could ", "might ", "advise", "indicated", "preferred", "support", "encourages",
    "need ", "ought", "shall", "required", "unable to", "terminated", "insufficient", "is needed",
)  # fmt: skip
"""Letters without one of which no sentence recommends but by its verb, or by what may or can be done."""
_MAY = tuple(
    f"may {verb}"
    for verb in ("be ", "consider", "offer", "use", "choose", "prescribe", "start", "give", "refer", "supply", "perform", "also")
)  # fmt: skip
_CAN = tuple(f"can {verb}" for verb in ("be ", "consider", "use", "offer", "choose", "prescribe"))
_COMMITTEE_WORK = re.compile(
    r"(?:(?:When|In|Before|After|During)\b[^.;]{3,100},\s)?[Tt]he\s(?:\w+\s){0,3}[Cc]ommittee\s"
    r"(?!(?:recommends|was|advises|supports)\b)(?:will|may|can|does|\w+s)\s",
    re.DOTALL,
)
"""How a paragraph on what a committee does as a rule begins: what it has decided is told otherwise."""
_HOW_TO_READ = re.compile(
    r"(?:This|These|The)\s(?:figures?|tables?|schedules?|charts?|algorithms?|diagrams?|recommendations?|footnotes?|notes?)\s"
    r"(?:should|must)\sbe\s(?:read|viewed|interpreted|used)\s(?:with|alongside|together|in\sconjunction)\b",
    re.IGNORECASE,
)
_USE_OF_ITSELF = re.compile(
    r"\b(?:should|must|may|can|need\sto|are\s(?:asked|encouraged|advised)\sto)\s(?:(?:also|always|only|\w+ly)\s)?"
    r"(?:use|read|follow|apply|consult|adopt|adapt|interpret|be\s(?:\w+ly\s)?(?:used|read|followed|applied|adopted|adapted|interpreted))\s"
    r"(?:this|these|the\spresent)\s(?:[\w-]+\s){0,2}(?:guidance|guidelines?|documents?|polic(?:y|ies)|protocols?|toolkit|publication|standards?|handbook)\b",
    re.IGNORECASE,
)
"""How the document itself is to be used: no recommendation on care."""
_VIEWED = re.compile(
    r"\b(?:should|must)\s(?:not|never)\s(?:\w+ly\s)?be\s(?:\w+ly\s)?(?:viewed|seen|regarded|perceived|taken|interpreted|construed|understood)\sas\b"
)
"""How something is not to be thought of, which asks for no care."""
_SAYS = re.compile(r"\b(?:states?|says?|recommends?|advises?|suggests?)(?:\sthat)?\s?:$")
_QUESTION = re.compile(
    r"(?:What|Which|How|Does|Do|Is|Are|In|For|Can|Could|Should|When|Who|Among)\b.{15,}\?$", re.DOTALL
)
_CHAPTER = re.compile(
    r"(\d{1,2})\s+(?:(?:The\s)?[Cc]ommittee(?:'s|’s)?\s(?:discussion|considerations?|comments)|(?:The\s|Clinical\s)?[Ee]vidence\b"
    r"|Information\sabout\b|The\s(?:condition|technology|procedure)\b)"
)
"""The heading of a numbered chapter that does not recommend."""
_INSUFFICIENT = re.compile(r"\b(?:evidence\s+is\s+insufficient|insufficient\s+evidence)\b", re.IGNORECASE)
_RUBRIC = re.compile(
    r"(?:(?:Level|Class|Grade|Category)\s[\w-]{1,4}\s(?:recommendations?|statements?)\s?[.:]\s{1,3})(?:\(\d\)\s)?"
    r"(?!Recommendations?\b)(?=\S)"
)
"""What stands before the recommendations of a grade, in the same passage."""
_TELLS = re.compile(r"(?<!\b[Yy]ou\s)(?<!\b[Yy]ou\salso\s)\b(?:may|might|could|will|would|does|did)\s?:$")
"""A lead whose items say what something does: "The medicine may:"."""
_AIMS = re.compile(
    r"\b(?:aims?|designed|intended|meant|hopes?|seeks?|here)\s(?:is\s|are\s)?to\s?:$"
    r"|\b(?:aims?|purposes?|objectives?|goals?)\b[^.;:]{0,80}\s(?:is|are)(?:\sto)?\s?:$"
)
"""A lead whose items are what a document is for."""
_ANNOUNCES = re.compile(
    r"\b(?:includes?|contains?|covers?|makes?|gives?)\s(?:\w+\s){0,2}recommendations?\s(?:to|on|about|for|that)\s?:$"
)
"""A lead whose items say in short what is recommended elsewhere: "This guideline includes recommendations to:"."""
_THINGS = re.compile(
    r"\b[Tt]he\s(?:following|next)\s(?:[\w-]+\s){0,3}?(?:areas?|topics|competenc(?:es|ies)|competencies|subjects|themes|modules|units|domains|headings|sections"
    r"|chapters|questions|skills|objectives|outcomes|roles|examples|studies|documents|definitions|terms|abbreviations)\b"
)
_ASKED = (
    "should",
    "must",
    "recommend",
    "need",
    "required",
    "advise",
    "suggest",
    "ensure",
    "consider",
    "essential",
    "important",
    "asked",
)
_OPENS_LIST = re.compile(r"(?:If|When|For|In|Before|After|During|Once|Where|As)\b")
_RUBRIC_STARTS = frozenset("LCG")
_NUMBERED_CELL = re.compile(
    r"(?:Recommendation|Statement)\s\d{1,3}[a-z]?(?:\.\d{1,2})?[.:]?\s|\d{1,2}\.\d{1,2}(?:\.\d{1,2})?\s"
)
_PAST = re.compile(
    r"\b(?:was|were|had)\s+(?:\w+\s+)?(?:recommended|advised|suggested|offered|given|used|asked)\b", re.IGNORECASE
)
_OF_WORDS = re.compile(r"\bthe\s(?:word|term|wording)s?\s['‘“\"]")
"""What speaks of the words of recommendations recommends nothing."""
_LACKS_ITEMS = re.compile(
    r"\bfollowing\b[^.;]{0,60}:$|\b(?:that|to|of|by|with|for|in|on|if|when|where|unless|who|are|is|be|you|we|as|only|includes?|including"
    r"|these|women|patients|people)\s?:$",
    re.IGNORECASE,
)
"""A lead that says nothing without the items that the page lost or another section holds."""
_KEPT = re.compile(
    r"(?:Please\s)?(?:[Gg]et|[Dd]ownload|[Ff]ind|[Aa]ccess|[Vv]iew|[Oo]rder|[Oo]pen|[Pp]rint)\b[^.;]{0,80}\shere\s?[.:]?$"
)
"""What says where something is kept: "Download the form here"."""
_COMMENT_SIGNS = ("omments", "takeholder")
_COMMENTS = re.compile(
    r"\b(?:mak(?:e|ing)|submit(?:ting)?|send(?:ing)?|pass(?:ing)?|return(?:ing)?)\s(?:\w+\s){0,3}comments\b|\bregister(?:ed)?\s(?:as\s(?:a\s)?)?stakeholder"
)
"""What those are told who wish to comment on a draft."""
_CLASS = re.compile(r"[A-Z][\w ]{2,30}\s[–—-]\s(?:may|can|should|must|is|are)\s")
"""What explains a class that a list uses: "Restricted - may be used by specialists only"."""
_CUT_OFF = re.compile(
    r"\b(?:that|which|who|whose|the|an?|of|to|and|or|with|for|in|by|from|than|their|your|its|is|are|be|any|if|when|before|after|until|about|into|on|as)$"
    r"|\bbe\s\w{3,15}\s[A-Z]$"
)
"""How a sentence ends that the capture has cut off, at the end of the page."""
_GRADE_FIRST = re.compile(r"[(\[][^)\]]{1,40}[)\]]\.?\s{1,3}(?=[A-Z])")
"""A grade in brackets that the next sentence follows without a stop."""
_BRACKETS = re.compile(r"(?:[(\[][^)\]]{1,150}[)\]][\s.,;]{0,3}){1,3}")
_ASIDE_LONGEST = 60
"""Characters that hold the words by which an aside is known."""
_CELL_SHORTEST = 40
"""A shorter cell names a recommendation, and is none."""
_MOST_BLOCKS = 30
"""No recommendation runs over more blocks than this."""


@dataclass(slots=True)
class Entry:
    """The blocks of one recommendation while they are being gathered; `number` as printed."""

    blocks: list[Block]
    number: str | None = None
    kind: str = "recommendation"
    decimal: bool = False
    skip: int = 0
    """How many characters of the first block are number and bullet."""


@Language.component("betony_recommendations", requires=["doc.spans"], assigns=["doc.spans"])
def recommendations(doc: Doc) -> Doc:
    """Add the facts `recommendation`."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc), carry.sections(doc)))
    return doc


def find(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> list[Fact]:
    """The recommendations of the body, in order: of its `recommendations` and `research` sections, and none of others.

    Spans are half-open code-point offsets into `text`. `value` holds the words between number and label, items one a
    line. In a document that numbers its recommendations (`1.2.3`), words without a number recommend only with a label.
    """
    gathered = [
        (section, list(_entries(text, _without_aims(text, section, inside, blocks), section)))
        for section, inside in lists.within(blocks, sections, _SECTIONS, _TEXT_KINDS)
        if not _is_lone_question(text, section)
    ]
    if "uality standard" not in text and "uality statement" not in text:
        for entry in (entry for _, entries in gathered for entry in entries if entry.kind == "quality_statement"):
            if read(_pieces(text, entry)):
                entry.kind = "recommendation"
    decimals = _has_decimals(entry for _, entries in gathered for entry in entries)
    if decimals and (others := _other_chapters(text, sections)):
        gathered = [(section, [one for one in entries if not _is_in(one, others)]) for section, entries in gathered]
        decimals = _has_decimals(entry for _, entries in gathered for entry in entries)
    lead = text[:4000].lower()
    about = About(
        "technology appraisal" in lead and "guideline" not in lead[:1500], "interventional procedure" in lead, decimals
    )
    found: list[Fact] = []
    pending: str | None = None
    for section, entries in gathered:
        pending = _statement_number(text, section) or (pending if _is_statement(text, section) else None)
        ruled = (
            section.rule not in _BY_WORDS
            or not _has_decimals(entries)
            or any(read(_pieces(text, entry)) for entry in entries)
        )
        for entry in entries:
            if entry.decimal and not ruled:
                continue
            if pending and entry.number is None and entry.blocks[0].kind is not BlockKind.HEADING:
                entry.number, entry.kind, pending = pending, "quality_statement", None
            found.extend(_facts(text, entry, section, about))
    # Where markup shows the paragraphs no number of a line stands in them.
    numbers = () if any(block.xpath for block in blocks) else places(text)
    return [fact for fact in found if not cut_by(numbers, fact.spans)]


def _without_aims(text: str, section: Section, own: list[Block], blocks: Sequence[Block]) -> list[Block]:
    """The section's own blocks, less the items at their start that say what the document is for: a list without a heading
    may begin, and its lead stand, in the section before."""
    if section.heading is not None or not own or own[0].kind is not BlockKind.LIST_ITEM:
        return own
    lead = bisect_left(blocks, own[0].start, key=_START) - 1
    while lead > 0 and blocks[lead].kind is BlockKind.LIST_ITEM:
        lead -= 1
    if lead < 0 or not _AIMS.search(text, blocks[lead].start, blocks[lead].end):
        return own
    return list(dropwhile(lambda block: block.kind is BlockKind.LIST_ITEM, own))


def _has_decimals(entries: Iterable[Entry]) -> bool:
    return any(entry.decimal for entry in entries)


def _is_lone_question(text: str, section: Section) -> bool:
    """Whether the section is a guideline's own question, in a document that recommends no research."""
    return (
        section.type is SectionType.RESEARCH
        and section.heading is not None
        and text[slice(*section.heading)].strip().lower() == "question"
        and not has_any(text, ("esearch recommendation", "ecommendations for research"))
    )


def _other_chapters(text: str, sections: Sequence[Section]) -> frozenset[str]:
    """The numbers of the chapters whose headings say that they do not recommend, whatever stands further down in them."""
    found = (_CHAPTER.match(text, *section.heading) for section in sections if section.heading)
    return frozenset(match[1] for match in found if match)


def _is_in(entry: Entry, chapters: frozenset[str]) -> bool:
    return entry.decimal and entry.number is not None and entry.number.partition(".")[0] in chapters


@dataclass(frozen=True, slots=True)
class About:
    """What the document as a whole tells about its recommendations."""

    appraisal: bool
    procedures: bool
    decimals: bool


def _statement_number(text: str, section: Section) -> str | None:
    if section.heading is None:
        return None
    match = _STATEMENT_HEADING.match(text[slice(*section.heading)])
    return match[1] if match else None


def _is_statement(text: str, section: Section) -> bool:
    return section.heading is not None and text[slice(*section.heading)].strip().lower() in (
        "quality statement",
        "statement",
    )


def _entries(text: str, blocks: Sequence[Block], section: Section) -> Iterator[Entry]:
    """The blocks of a section gathered into what may be one recommendation each."""
    own = (block for block in blocks if not _is_heading_of(text, block, section))
    blocks = _rejoined(text, [piece for block in own for piece in _numbered_cells(text, block)])
    i = 0
    while i < len(blocks):
        block = blocks[i]
        entry = _numbered(text, block)
        if entry is None or block.kind is BlockKind.HEADING:
            entry = None if block.kind is BlockKind.HEADING and not _reads_as_one(text, block, entry) else entry
        if entry is not None:
            i = _gather(text, blocks, i + 1, entry)
            if _heads_others(text, entry):
                yield from _entries(text, entry.blocks[1:], section)
            else:
                yield entry
            continue
        i += 1
        if block.kind is BlockKind.HEADING or _is_aside(text, block):
            continue
        if _names_things(text, block):
            while i < len(blocks) and (blocks[i].kind is BlockKind.LIST_ITEM or _is_counted(text, blocks[i])):
                i += 1
            continue
        entry = Entry([block])
        if text[block.end - 1] == ":":
            end = i + lists.items_after(text, blocks, i - 1)
            while i < len(blocks) and (_completes(text, blocks[i]) or (i < end and _numbered(text, blocks[i]) is None)):
                entry.blocks.append(blocks[i])
                i += 1
            if _is_anothers(text[block.start : block.end]) or _ANNOUNCES.search(text, block.start, block.end):
                continue
            if (
                len(entry.blocks) > 1
                and read([lists.words(text, block)]) is None
                and not _opens_list(lists.words(text, block))
            ):
                if _AIMS.search(text, block.start, block.end) or _TELLS.search(text, block.start, block.end):
                    continue
                yield from (_numbered(text, one) or Entry([one]) for one in entry.blocks)
                continue
        yield entry


def _is_heading_of(text: str, block: Block, section: Section) -> bool:
    """Whether the block is the section's heading, or its words once more, as pages print them twice."""
    if section.heading is None:
        return False
    start, end = section.heading
    return block.start == start or (
        block.end - block.start == end - start and text[block.start : block.end] == text[start:end]
    )


def _rejoined(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with sentences whole that a hard line break cut in two.

    Below a colon lines without marks are items, and each stays one, up to the line that ends a sentence.
    """
    joined: list[Block] = []
    among_items = False
    for block in blocks:
        if joined and not among_items and lists.runs_on(text, joined[-1], block):
            joined[-1] = replace(joined[-1], end=block.end)
        else:
            joined.append(block)
        last = text[block.end - 1]
        among_items = last == ":" or (among_items and last not in ".!?")
    return joined


def _numbered_cells(text: str, block: Block) -> Iterator[Block]:
    """The block itself; of a row of a table the cells that are a numbered recommendation, and no others."""
    if block.kind is not BlockKind.TABLE_ROW:
        yield block
        return
    at = block.start
    for cell in text[block.start : block.end].split("\t"):
        if _NUMBERED_CELL.match(cell) and len(cell) > _CELL_SHORTEST:
            yield Block(BlockKind.PARAGRAPH, at, at + len(cell.rstrip()))
        at += len(cell) + 1


def _reads_as_one(text: str, block: Block, entry: Entry | None) -> bool:
    """Whether what was taken for a heading is a numbered recommendation after all."""
    words = text[block.start : block.end]
    return (
        entry is not None and entry.decimal and bool(grades.label(words) or (words.endswith(".") and len(words) > 40))
    )


def _numbered(text: str, block: Block) -> Entry | None:
    """The entry that a number at the start of the block opens."""
    words = text[block.start : block.start + _NUMBER_LONGEST]
    begin = lists.bullet(words)
    if words[begin : begin + 1] not in _NUMBER_STARTS or is_entry(words):
        return None
    if match := _DECIMAL.match(words, begin):
        if begin and text[block.end - 1] not in _SENTENCE_ENDS:
            return None  # a line of the page's contents
        return Entry([block], match["number"], decimal=True, skip=match.end())
    if match := _COUNTED.match(words, begin):
        if match["statement"]:
            return Entry([block], match["of"], "quality_statement", skip=match.end())
        return Entry([block], match["rec"] or match["r"] or match["plain"], skip=match.end())
    return None


def _completes(text: str, item: Block) -> bool:
    """Whether an item that is counted, "1. keep a plan", goes on with the sentence of its lead."""
    return _COUNTED_ITEM.match(text, item.start) is not None


def _gather(text: str, blocks: Sequence[Block], at: int, entry: Entry) -> int:
    """Add the blocks that belong to a numbered entry; returns where the next one may start.

    Its list items do; where a label ends a recommendation, so does all up to the label, unless another number, a
    heading or an aside comes first.
    """
    if at < len(blocks) and not _own_words(text, entry) and blocks[at].kind is not BlockKind.HEADING:
        entry.blocks.append(blocks[at])
        at += 1
    labelled = grades.label(lists.words(text, entry.blocks[-1])) is not None
    until_label = at if labelled else _label_ahead(text, blocks, at)
    while at < len(blocks) and len(entry.blocks) < _MOST_BLOCKS:
        block = blocks[at]
        if block.kind is BlockKind.HEADING or _numbered(text, block):
            break
        goes_on = text[entry.blocks[-1].end - 1] == ":" and text[block.start].islower()
        if at >= until_label and (labelled or not (block.kind is BlockKind.LIST_ITEM or goes_on)):
            break
        count = max(lists.items_after(text, blocks, at - 1), 1) if goes_on else 1
        for item in blocks[at : at + count]:
            if _numbered(text, item):
                break
            entry.blocks.append(item)
            at += 1
    return at


def _label_ahead(text: str, blocks: Sequence[Block], at: int) -> int:
    """Just past the block whose label ends the recommendation; `at` where none does."""
    for i in range(at, min(at + _MOST_BLOCKS, len(blocks))):
        block = blocks[i]
        if block.kind is BlockKind.HEADING or _numbered(text, block) or _is_aside(text, block):
            return at
        if grades.label(lists.words(text, block)):
            return i + 1
    return at


def _is_counted(text: str, block: Block) -> bool:
    entry = _numbered(text, block)
    return entry is not None and not entry.decimal


def _names_things(text: str, block: Block) -> bool:
    """Whether the last sentence of a paragraph announces a list of areas, skills or questions, and asks nothing."""
    if not has_any(text[block.start : block.end], ("he following", "he next")):
        return False
    last = sentences(text, block.start, block.end)[-1]
    said = _THINGS.search(text, *last)
    return said is not None and not has_any(text[slice(*last)], _ASKED)


def _heads_others(text: str, entry: Entry) -> bool:
    """Whether a counted line, "7. Treatment intensity", is the heading of a list in which each item recommends."""
    own = _own_words(text, entry)
    if entry.decimal or entry.kind != "recommendation" or len(entry.blocks) < 2 or not own:
        return False
    if own[-1] in ".:;,?" or len(own.split()) > _HEADING_WORDS or read([squeeze(own)]):
        return False
    items = [block for block in entry.blocks[1:] if block.level <= entry.blocks[1].level]
    leads = next((i for i, block in enumerate(items, 1) if text[block.end - 1] == ":"), len(items))
    return all(block.kind is BlockKind.LIST_ITEM and read([lists.words(text, block)]) for block in items[:leads])


def _own_words(text: str, entry: Entry) -> str:
    first = entry.blocks[0]
    return text[first.start + entry.skip : first.end].strip()


def _pieces(text: str, entry: Entry) -> list[str]:
    pieces = [lists.words(text, block) for block in entry.blocks]
    if entry.skip:
        pieces[0] = squeeze(_own_words(text, entry))
    return pieces


def _opens_list(words: str) -> bool:
    return _OPENS_LIST.match(words) is not None


def _after_rubric(text: str, start: int) -> int:
    rubric = _RUBRIC.match(text, start) if text[start : start + 1] in _RUBRIC_STARTS else None
    return rubric.end() if rubric else start


def _is_aside(text: str, block: Block) -> bool:
    return _after_rubric(text, block.start) == block.start and _opens_aside(
        text[block.start : block.start + _ASIDE_LONGEST].lstrip("[(•- ")
    )


def _opens_aside(words: str) -> bool:
    """Whether the words lead elsewhere instead of recommending; to see a doctor is advice."""
    opening = words[:_ASIDE_LONGEST]
    return bool(_HOW_TO_READ.match(opening)) or (opening.lower().startswith(_asides()) and not sees_somebody(words, 0))


@cache
def _asides() -> tuple[str, ...]:
    return tuple(vocabulary.read("recommendations")["aside"]["openings"])


def _facts(text: str, entry: Entry, section: Section, about: About) -> Iterator[Fact]:
    """What the entry recommends: one fact, or one a sentence where nothing but its block holds it together."""
    research = section.type is SectionType.RESEARCH
    if entry.number is None and len(entry.blocks) == 1:
        yield from _by_sentence(text, entry.blocks[0], research=research, about=about)
        return
    if entry.number is None:
        entry.skip = _before_lead(text, entry)
    pieces = _pieces(text, entry)
    label = grades.label(pieces[-1])
    if label:
        pieces[-1] = pieces[-1][: label.start].rstrip()
    pieces = [piece for piece in pieces if piece]
    whole = "\n".join(pieces)
    if not whole or _is_plan(whole) or (entry.number is None and about.decimals and not label):
        return
    wording = None if entry.kind == "quality_statement" else read(pieces)
    kind = "research_recommendation" if research else entry.kind
    if wording is None and not (
        kind == "quality_statement"
        or label
        or (entry.decimal and _is_prose(whole) and not _COMMITTEE_WORK.match(whole))
        or _asks(whole, research)
    ):
        return
    spans = tuple((block.start, block.end) for block in entry.blocks)
    if entry.number is None:
        spans = ((spans[0][0] + entry.skip, spans[0][1]), *spans[1:])
    yield _made(kind, entry.number, whole, spans, wording, label, about)


def _before_lead(text: str, entry: Entry) -> int:
    """How many characters of the first block only tell something before its last sentence, which leads the list
    and says itself when to do it."""
    first = entry.blocks[0]
    spans = sentences(text, first.start, first.end)
    if len(spans) < 2 or text[first.end - 1] != ":":
        return entry.skip
    told = [squeeze(text[start:end]) for start, end in spans[:-1]]
    lead = squeeze(text[slice(*spans[-1])])
    if any(sentence_wording(one) for one in told) or not (_opens_list(lead) and sentence_wording(lead)):
        return entry.skip
    return spans[-1][0] - first.start


def _by_sentence(text: str, block: Block, *, research: bool, about: About) -> Iterator[Fact]:
    label = grades.label(text[block.start : block.end])
    if about.decimals and not label and not research:
        return
    begin = _after_rubric(text, block.start + lists.bullet(text[block.start : block.end]))
    end = block.start + label.start if label else block.end
    cut = len(text.rstrip()) if not label else -1
    for start, stop, graded in _with_grades(text, _grades_apart(text, apart(text, sentences(text, begin, end)))):
        sentence = squeeze(text[start:stop])
        if (
            not (research or _may_recommend(sentence))
            or _opens_aside(sentence)
            or _is_of_words(sentence)
            or is_entry(sentence)
        ):
            continue
        if _USE_OF_ITSELF.search(sentence) or _VIEWED.search(sentence):
            continue
        if (has_any(sentence, _COMMENT_SIGNS) and _COMMENTS.search(sentence)) or _KEPT.match(sentence):
            continue
        if _CLASS.match(sentence) or (stop == cut and _CUT_OFF.search(sentence)):
            continue
        wording = None if sentence[-1] == "?" or _is_past(sentence) else sentence_wording(sentence)
        wording = wording and without_open_end(wording, sentence)
        if wording and sentence[-1] == ":" and _LACKS_ITEMS.search(sentence):
            continue
        if research and not (_asks(sentence, research=True) or (wording and _is_research(sentence))):
            continue
        words = squeeze(text[start:graded]) if graded > stop else sentence
        if wording and _is_fragment(words, wording, block):
            continue
        if wording and not research and _is_faint(words, wording, about):
            wording = None
        if (wording is None and not (research or _is_decision(words, about))) or _is_plan(words):
            continue
        kind = "research_recommendation" if research else "recommendation"
        yield _made(kind, None, words, ((start, graded),), wording, label, about)


def _is_of_words(sentence: str) -> bool:
    return has_any(sentence, ("word", "term")) and _OF_WORDS.search(sentence) is not None


def _is_anothers(lead: str) -> bool:
    """Whether a lead says what others advise ("The Department's guidance states that:")."""
    said = _SAYS.search(lead)
    return said is not None and not _own_voice().search(lead, 0, said.start())


@cache
def _own_voice() -> re.Pattern[str]:
    return phrases.pattern(r"(?:\b(?:we|committee|NICE|group|panel)\b|{self})")


def _is_decision(words: str, about: About) -> bool:
    """Whether the words decide without recommending: an appraisal's outcome, or that the evidence is insufficient."""
    return bool(
        outcome(words, appraisal=about.appraisal)
        or ("nsufficient" in words and grades.grade(words) and _INSUFFICIENT.search(words))
    )


def _made(
    kind: str,
    number: str | None,
    words: str,
    spans: tuple[tuple[int, int], ...],
    wording: Wording | None,
    label: grades.Label | None,
    about: About,
) -> Fact:
    grade = grades.grade(words) if len({grades.grade(line) for line in words.split("\n")} - {None}) < 2 else None
    decided = outcome(words, appraisal=about.appraisal) if kind == "recommendation" else None
    arranged = arrangement(words, procedures=about.procedures) if kind == "recommendation" and not decided else None
    wording = as_printed(wording or Wording("none", None, None), grade)
    detail: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "actor": wording.actor,
        "condition": wording.condition,
        "population": wording.population,
        "strength": {"code": wording.code, "term": wording.term, "direction": wording.direction},
        "arrangement": arranged,
        "outcome": decided,
        "grade": {"system": grade.system, "code": grade.code} if grade else None,
        "label": {"text": label.text, "years": list(label.years), "new": label.new, "amended": label.amended}
        if label
        else None,
    }
    rule = f"wording:{wording.term.lower()}" if wording.term else f"wording:{wording.code}"
    return Fact("recommendation", words, spans, Basis.EXPLICIT, rule, detail=detail)


def _is_past(words: str) -> bool:
    """Whether the words tell what was recommended or done before."""
    return has_any(words, ("was ", "were ", "had ")) and bool(_PAST.search(words))


def _is_fragment(words: str, wording: Wording, block: Block) -> bool:
    """Whether an instruction is no more than a heading or a table's cell ("Target population")."""
    if not words.lower().startswith((wording.term or "-").lower().split()[0]):
        return len(words.split()) < 3
    count = len(words.split())
    if words.endswith(("…", "...")):
        return True
    whole = block.kind is BlockKind.LIST_ITEM or words[-1] in ".;:,)]"
    return count < (2 if block.kind is BlockKind.LIST_ITEM else 5) or (count < 6 and not whole)


def _is_faint(words: str, wording: Wording, about: About) -> bool:
    """Whether the words recommend too little to do so without a number: what can be used, what evidence supports."""
    if wording.code != "none" and not (wording.term or "").startswith(("can", "could")):
        return False
    return not (
        arrangement(words, procedures=about.procedures)
        or outcome(words, appraisal=about.appraisal)
        or grades.grade(words)
        or "case for adopt" in words
    )


def _grades_apart(text: str, spans: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """The sentences, less the grades at their start, which are the last words of the one before and stand apart; in a
    paragraph that begins with a grade each is of the sentence behind it."""
    if len(spans) < 2 or text[spans[0][0]] in "([":
        return spans
    apart: list[tuple[int, int]] = []
    for start, end in spans:
        first = _GRADE_FIRST.match(text, start, end) if text[start] in "([" else None
        if first and grades.grade(first.group()):
            apart += [(start, start + len(first.group().rstrip())), (first.end(), end)]
        else:
            apart.append((start, end))
    return apart


def _with_grades(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """The sentences, each with where it ends together with the bracketed grade that follows it."""
    joined = [(*span, span[1]) for span in spans[:1]]
    for start, end in spans[1:]:
        if text[start] in "([" and _BRACKETS.fullmatch(text, start, end) and grades.grade(text[start:end]):
            at = _graded(text, joined)
            joined[at:] = [(*joined[at][:2], end)]
        else:
            joined.append((start, end, end))
    return joined


def _graded(text: str, spans: Sequence[tuple[int, int, int]]) -> int:
    """Which of the sentences before a bracketed grade it is of: the last that recommends, where the very last does not."""
    for back in (1, 2):
        if back <= len(spans):
            start, end, graded = spans[-back]
            if graded == end and _may_recommend(text[start:end]) and sentence_wording(squeeze(text[start:end])):
                return len(spans) - back
    return len(spans) - 1


def _may_recommend(words: str) -> bool:
    """A cheap look that passes every sentence that could recommend."""
    return (
        has_any(words, _CUES)
        or ("may " in words and has_any(words, _MAY))
        or ("can " in words and has_any(words, _CAN))
        or starts_with_verb(words)
    )


def _asks(words: str, research: bool) -> bool:
    return research and bool(_QUESTION.match(words))


def _is_research(words: str) -> bool:
    return bool(re.search(r"\b(?:research|stud(?:y|ies)|trials?|investigat\w+|evaluat\w+)\b", words, re.IGNORECASE))


def _is_prose(words: str) -> bool:
    """Whether the words are a sentence, not the name of a section."""
    return words.rstrip()[-1] in ".:)]" and len(words.split()) > 5


def _is_plan(words: str) -> bool:
    low = words[:200].lower()
    return low.startswith(("nice ", "this recommendation", "these recommendations", "this guid")) and any(
        plan in low for plan in vocabulary.read("recommendations")["aside"]["plans"]
    )
