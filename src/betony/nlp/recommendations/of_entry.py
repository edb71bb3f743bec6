"""What a gathered entry recommends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from betony.model import BlockKind, Fact, Section, SectionType
from betony.nlp import grades, lists
from betony.nlp.looks import has_any
from betony.nlp.recommendations.asides import is_gone, is_plan, opens_aside
from betony.nlp.recommendations.document import About
from betony.nlp.recommendations.entry import Entry, pieces_of
from betony.nlp.recommendations.fact import graded, made
from betony.nlp.recommendations.leads import before_lead
from betony.nlp.recommendations.of_sentence import by_sentence
from betony.nlp.recommendations.research import asks, asks_with_items
from betony.nlp.sentences import sentences
from betony.nlp.strength import signposts, statements
from betony.nlp.strength.reading import read, sentence_wording
from betony.nlp.strength.unknown_verbs import read_unknown
from betony.text import squeeze

_COMMITTEE_WORK = re.compile(
    r"(?:(?:When|In|Before|After|During)\b[^.;]{3,100},\s)?[Tt]he\s(?:\w+\s){0,3}[Cc]ommittee\s"
    r"(?!(?:recommends|was|advises|supports)\b)(?:will|may|can|does|\w+s)\s",
    re.DOTALL,
)
"""How a paragraph on what a committee does as a rule begins: what it has decided is told otherwise."""

_COMMITTEE_VIEW = re.compile(
    r"[Tt]he\s(?:[Aa]dvisory\s)?[Cc]ommittee\s(?:also\s|further\s)?(?:considered|concluded|noted|agreed|advised)\sthat\s(?=[^.;]{3,200}?\s(?:should|must)\s)"
)
"""Whose view a numbered paragraph gives of what should be done: "The committee considered that clinics should audit"."""


_LEADS_ELSEWHERE = re.compile(
    r"(?:For\s(?:recommendations|guidance|advice|information|(?:more|further)\s\w+)\b[^.]{3,300}?,?\ssee\s|See\s(?:also\s)?)"
)
"""How a sentence behind a label begins that is no more of what the label closes: "For recommendations on wax, see"."""
_TAKES_UP = re.compile(r"\b[Tt]h(?:is|ese)\s(?:decisions?|choices?)\s(?:should|must)\b")
"""What says nothing without the sentence before it: "this decision should be made jointly"."""
_BODY = re.compile(r"The\s(?:[A-Z][\w’'-]+\s|(?:of|and|for|the|on|in)\s){2,9}(?=(?:recommends|suggests)\b)")
"""Whose numbered recommendation it is: "The American College of Physicians recommends"."""
_UNDER_WAY = re.compile(
    r"There\s(?:is|are)\s(?:[\w-]+\s){0,5}?ongoing\s(?:[\w-]+\s){0,2}?(?:stud(?:y|ies)|trials?|research)\b"
    r"|(?:The\s)?[^.;:]{3,120}?\s(?:trial|study)(?:\s(?:of|on|in|for)\s[^.;:]{3,80}?)?\sis\s(?:(?:now|currently|still)\s)?(?:closed|under\sway|ongoing|recruiting|in\sprogress|complete)\b"
)
"""What studies there are already: "There are a number of ongoing studies"."""
_UNDECIDED = re.compile(
    r"No\s(?:\w+\s)?recommendation\s(?:can|could|is|was)\s(?:be\s)?(?:made|possible|given)\b"
    r"|(?:There\sis\s(?:currently\s)?insufficient\sevidence|(?:The\s)?[Ee]vidence\sis\s(?:currently\s)?insufficient)\sto\srecommend\b"
)
"""What stands under a number where those who wrote it could not decide."""


def facts_of(text: str, entry: Entry, section: Section, about: About) -> Iterator[Fact]:
    """What the entry recommends: one fact, or one a sentence where nothing but its block holds it together."""
    research = section.type is SectionType.RESEARCH
    if entry.number is None and len(entry.blocks) == 1 and entry.kind != "quality_statement":
        if not about.decimals and _decides_on_a_plan(text, entry):
            yield from _behind_a_plan(text, entry, entry.kind, about)
            return
        recommended = list(by_sentence(text, entry.blocks[0], research=research, about=about))
        if recommended:
            yield from _to_end_of_item(text, entry, _up_to_label(text, entry, recommended))
        else:
            yield from _by_label(text, entry, about)
        return
    if entry.number is None and entry.kind != "quality_statement":
        entry.skip = before_lead(text, entry)
        first = entry.blocks[0]
        told = replace(first, end=first.start + entry.skip)
        yield from by_sentence(text, told, research=research, about=about) if entry.skip else ()
    pieces = pieces_of(text, entry)
    if entry.kind == "quality_statement" and pieces[-1].endswith(("]", "].")):
        pieces[-1] = _TAKEN_OVER.sub("", pieces[-1])
    pieces, label = _less_label(pieces)
    whole = "\n".join(pieces)
    kind = "research_recommendation" if research else entry.kind
    if is_plan(whole) and entry.number and len(entry.blocks) == 1:
        yield from _behind_a_plan(text, entry, kind, about)
        return
    if not whole or is_plan(whole) or (entry.number is None and about.decimals and not (label or grades.grade(whole))):
        return
    if entry.kind == "quality_statement" and (
        _PLACEHOLDER.match(whole) or (not entry.number_span and whole[:1].islower())
    ):
        return  # nor is it one that something is told of: "Quality statement 2 replaces …"
    if asks_with_items(pieces) or asks(whole, research):
        wording = None
    else:
        counted = entry.decimal and kind == "recommendation" and _is_prose(whole, entry.number)
        unknown = read_unknown(pieces) if counted else None
        said = pieces[:-1] if len(pieces) > 1 and opens_aside(pieces[-1]) else pieces
        wording = statements.read(whole) if entry.kind == "quality_statement" else unknown or read(said)
    if wording is None and entry.number and (view := _COMMITTEE_VIEW.match(pieces[0])):
        wording = read([pieces[0][view.end() :], *pieces[1:]])
    if wording is None and _is_named(text, entry) and (body := _BODY.match(pieces[0])):
        wording = read([f"The Panel {pieces[0][body.end() :]}", *pieces[1:]])
    if (wording is None or wording.code == "none") and (is_gone(whole) or _DEFINES.match(whole)):
        return
    if (wording is None or wording.code == "none") and _UNDER_WAY.match(whole):
        return
    if entry.decimal and not label and whole.isalpha():
        return  # a chapter named by a word that may be an instruction: "7.0 Discharge"
    if wording is None and not (
        kind == "quality_statement"
        or label
        or (entry.decimal and _is_prose(whole, entry.number) and not _COMMITTEE_WORK.match(whole))
        or (entry.number and (_UNDECIDED.match(whole) or (_is_named(text, entry) and grades.grade(whole))))
        or asks(whole, research)
    ):
        return
    if wording is None and entry.decimal:
        wording = signposts.read(pieces[0])
    spans = tuple((block.start, block.end) for block in entry.blocks)
    if entry.number is None:
        start, end = spans[0]
        # A number that none of the others is like may be all that its line holds; then the words stand below it.
        spans = ((start + entry.skip, end), *spans[1:]) if start + entry.skip < end else spans[1:]
    yield made(kind, entry.number, whole, spans, wording, label, about)


def _less_label(pieces: Sequence[str]) -> tuple[list[str], grades.Label | None]:
    """The pieces without the label that closes them, and the label; a sentence below the list that it ends stays, and what leads
    elsewhere does not."""
    left = list(pieces)
    label, last = grades.label(left[-1]), len(left) - 1
    if label is None and last > 1 and left[-1][:1].isupper():
        label, last = grades.label(left[-2]), last - 1
        if label and _LEADS_ELSEWHERE.match(left[-1]):
            left.pop()
    if label:
        left[last] = left[last][: label.start].rstrip()
    return [piece for piece in left if piece], label


def _is_named(text: str, entry: Entry) -> bool:
    """Whether the word itself stands before the number: "Recommendation 3.1"."""
    return text.startswith("Recommendation ", entry.blocks[0].start)


def _up_to_label(text: str, entry: Entry, recommended: Sequence[Fact]) -> Sequence[Fact]:
    """What the sentences of a paragraph recommend; all its words as one where its first alone does and a label, "[2015]", ends it."""
    block = entry.blocks[0]
    begin = block.start + entry.skip
    if len(recommended) > 1 or recommended[0].spans[0][0] != begin or not text.endswith("]", begin, block.end):
        return recommended
    label = grades.label(text[begin : block.end])
    if label is None:
        return recommended
    whole = squeeze(text[begin : begin + label.start])
    return [replace(recommended[0], value=whole, spans=((begin, block.end),))]


def _to_end_of_item(text: str, entry: Entry, recommended: Sequence[Fact]) -> Sequence[Fact]:
    """What an item of a list recommends; all its words where its first sentence alone does, for the others tell how or why: "Offer
    wax. This may include a home visit"."""
    block = entry.blocks[0]
    if len(recommended) != 1 or block.kind is not BlockKind.LIST_ITEM:
        return recommended
    begin, end = recommended[0].spans[0]
    if begin != block.start + lists.bullet(text[block.start : block.end]) or recommended[0].detail["label"]:
        return recommended
    whole = recommended[0].value
    for behind in sentences(text, end, block.end):
        words = squeeze(text[slice(*behind)])
        if opens_aside(words) or _LEADS_ELSEWHERE.match(words) or not words[:1].isupper() or words[-1] not in ".;)":
            break
        whole, end = f"{whole} {words}", behind[1]
    found = replace(recommended[0], value=whole, spans=((begin, end),))
    printed = None if found.detail["grade"] else grades.grade(whole)
    return [graded(found, printed) if printed else found]


def _by_label(text: str, entry: Entry, about: About) -> Iterator[Fact]:
    """The paragraph as one recommendation where nothing but its label, "[2015]", says that it is one."""
    block = entry.blocks[0]
    found = text[block.start + entry.skip : block.end].rstrip()
    if block.kind is not BlockKind.PARAGRAPH or not found.endswith(("]", "].")):
        return
    words = squeeze(found)
    label = grades.label(words)
    said = words[: label.start].rstrip() if label else ""
    if label and _is_prose(said) and not (is_plan(said) or is_gone(said)):
        yield made(entry.kind, None, said, ((block.start + entry.skip, block.end),), None, label, about)


def _decides_on_a_plan(text: str, entry: Entry) -> bool:
    """Whether the paragraph tells of the guidance, and of a decision that is to be made all the same."""
    block = entry.blocks[0]
    if not has_any(text[block.start : block.end], ("decision", "choice")):
        return False
    words = pieces_of(text, entry)[0]
    return is_plan(words) and _TAKES_UP.search(words) is not None


def _behind_a_plan(text: str, entry: Entry, kind: str, about: About) -> Iterator[Fact]:
    """What a paragraph recommends behind its first sentence, which tells of the guidance: that it is not intended to
    affect treatment that has begun; "For children, this decision should be made jointly". The text is the whole paragraph, without
    which nobody could tell what decision it is, and which is about others too: whom the sentence is for is its condition."""
    block = entry.blocks[0]
    for start, end in sentences(text, block.start + entry.skip, block.end)[1:]:
        words = squeeze(text[start:end])
        wording = sentence_wording(words)
        if wording and wording.code in ("must", "strong") and not is_plan(words):
            whole = squeeze(text[block.start + entry.skip : block.end])
            of_some = (f"For {wording.population}", f"In {wording.population}")
            limit = next(filter(words.startswith, of_some), None) if wording.population else None
            told = replace(wording, population=None, condition=wording.condition or limit)
            yield made(kind, entry.number, whole, ((block.start, block.end),), told, None, about)
            return


def is_unnumbered_statement(text: str, entry: Entry) -> bool:
    """Whether the entry, which no number opens, says what is so of a group or of those who act, as a quality statement does."""
    words = "\n".join(pieces_of(text, entry))
    told = statements.read(words) if entry.blocks[0].kind is not BlockKind.HEADING else None
    return told is not None and bool(told.population or told.actor) and read([words]) is None


_DEFINES = re.compile(
    r"(?:For\sthe\spurposes?\sof\sthis\s\w+,?\s)?[^.:;]{3,100}?\s(?:is|are)\sdefined\sas\b|For\sthe\spurposes?\sof\sthis\s\w+,?\s[^.:;]{3,100}?\s(?:is|are|means?|refers?\sto)\b"
)
"""How a paragraph begins that only says what a word of the others means."""
_TAKEN_OVER = re.compile(r"\s\[This\s(?:quality\s)?statement\sis\s(?:taken\s)?from\s[^\[\]]{10,600}\]\.?$")
"""Where else a quality statement is printed, told in brackets behind it."""
_PLACEHOLDER = re.compile(r"[(\[]placeholder[)\]]", re.IGNORECASE)
"""What stands where a statement is to come when there is evidence for one."""


def _is_prose(words: str, number: str | None = None) -> bool:
    """Whether the words are a sentence, not the name of a section; so is a short line with a full stop behind a number of three
    parts."""
    last, count = words.rstrip()[-1:], len(words.split())
    deep = number is not None and number.count(".") > 1
    led = ":\n" in words  # a list whose last item has no stop
    return ((last in (".", ":", ")", "]") or led) and count > 5) or (deep and last == "." and count > 2)
