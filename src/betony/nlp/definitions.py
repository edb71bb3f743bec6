"""betony_definitions: terms that the guidance explains, and abbreviations where it first expands them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import carry, cues, headings

_ABBREVIATION = re.compile(r"\((?P<short>[A-Z][A-Za-z0-9&/-]{1,9})\)")
_PARTS = re.compile(r"[^\s()\[\],;:/‑-]+")
"""The words of a long form; the parts of "non-small-cell" count each."""
_LIST_SIGN = re.compile(r"[\s•*·]+")
_TERM = re.compile(r"(?P<term>[A-Z][^\n:.;–]{1,70}?)(?::\s|\s[–—]\s|\t)(?P<text>\S[^\n]{10,})")
_USED = re.compile(
    r"he\sterm\s['‘“\"](?P<term>[^'‘’“”\"\n]{2,60})['’”\"]\s(?:is\sused\s(?:in\s[\w ]{3,40}\s|here\s|throughout\s)?to\s(?:mean|describe|refer\sto)"
    r"|means|refers\sto|describes|includes)\s(?P<text>\S[^.\n]{5,400})(?=\.(?:\s|$))"
)
_EQUATED = re.compile(
    r"(?:^[ \t]{0,9}(?:[•*·-][ \t]{1,4})?[A-Z][A-Za-z0-9&/-]{1,9}[ \t]=[ \t][A-Z][A-Za-z ,&’'()-]{4,100}(?:\n(?:[ \t]{0,9}\n){0,2}|\Z)){3,40}",
    re.MULTILINE,
)
"""A list of three abbreviations or more, each with a sign of equality and what it stands for."""
_SMALL = frozenset({"and", "of", "the", "for", "in", "to", "with", "a", "an", "by", "on", "or", "de"})
_JOINING = _SMALL - {"in", "on", "a", "an", "de"}
"""Small words that open no long form: they join it to what stands before."""
_COUNT = re.compile(r"[IVX]{1,4}|\d{1,3}")
"""A number in a name, which its abbreviation leaves out: "angiotensin II receptor blockers (ARBs)"."""
_TERMS = re.compile(r"terms?\b|definition|glossary|abbreviation", re.IGNORECASE)
_OWN_NAMES = frozenset({"NICE"})
"""A publisher's own name is no term of its guidance."""
_FEWEST_EQUATED = 3
_FEWEST_PAIRS = 2
_LONGEST_TERM = 70
_SKIPPED = frozenset({SectionType.FURNITURE, SectionType.REFERENCES, SectionType.LEGAL})


@Language.component("betony_definitions", requires=["doc.spans"], assigns=["doc.spans"])
def definitions(doc: Doc) -> Doc:
    """Add facts of the kind definition."""
    carry.add_facts(doc, find(carry.text(doc), carry.blocks(doc), carry.sections(doc)))
    return doc


def find(text: str, blocks: Sequence[Block], sections: Sequence[Section] = ()) -> list[Fact]:
    """The terms explained in sections of definitions, then those that a sentence explains, then abbreviations at their
    first expansion in the text."""
    found = [fact for section in sections for fact in _of_section(text, blocks, section, sections)]
    found.extend(_said(text, sections))
    listed = list(_equated(text))
    found.extend(listed)
    found.extend(_abbreviations(text, sections, {str(fact.detail["term"]) for fact in listed}))
    return found


def _said(text: str, sections: Sequence[Section]) -> Iterator[Fact]:
    """The terms whose use a sentence tells: "the term 'X' is used to mean …"."""
    skipped = [(section.start, section.end) for section in sections if section.type in _SKIPPED]
    for at in cues.positions(text, ("he term ",)):
        match = _USED.match(text, at)
        if match and not any(start <= at < end for start, end in skipped):
            yield _fact(text, match.span("term"), match.span("text"), "sentence")


def _equated(text: str) -> Iterator[Fact]:
    """The abbreviations of a list that gives each as "TLC = …"."""
    if text.count(" = ") < _FEWEST_EQUATED:
        return
    for run in _EQUATED.finditer(text):
        for line in re.finditer(r"(?P<term>[A-Z][\w&/-]*) = (?P<text>[^\n]+)", run.group()):
            at = run.start()
            term, meaning = line.span("term"), line.span("text")
            yield _fact(text, (at + term[0], at + term[1]), (at + meaning[0], at + meaning[1]), "list")


def _of_section(text: str, blocks: Sequence[Block], section: Section, sections: Sequence[Section]) -> Iterator[Fact]:
    if section.type is not SectionType.DEFINITIONS:
        return
    own = [block for block in blocks if section.start <= block.start and block.end <= section.end]
    if (
        section.heading
        and section.heading[1] - section.heading[0] > 1
        and not _TERMS.search(text, *section.heading)
        and _is_below_terms(text, section, sections)
    ):
        body = [block for block in own if block.start >= section.heading[1]]
        if body:
            yield _fact(text, section.heading, (body[0].start, body[-1].end), "heading")
        return
    if section.rule == "typer" and not (section.heading and _TERMS.search(text, *section.heading)):
        return
    pairs = list(_pairs(text, own))
    if len(pairs) >= _FEWEST_PAIRS:
        for term, meaning in pairs:
            yield _fact(text, (term.start, term.end), (meaning.start, meaning.end), "pair")
        return
    for block in own:
        if block.kind is BlockKind.HEADING:
            continue
        sign = _LIST_SIGN.match(text, block.start, block.end)
        match = _TERM.fullmatch(text, sign.end() if sign else block.start, block.end)
        if match:
            yield _fact(text, match.span("term"), match.span("text"), "line")


def _pairs(text: str, blocks: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Terms each with the one item below it, as a page's list of definitions gives them."""
    kinds = [block.kind for block in blocks]
    for i in range(len(blocks) - 1):
        term, meaning = blocks[i], blocks[i + 1]
        if kinds[i] is BlockKind.PARAGRAPH and kinds[i + 1] is BlockKind.LIST_ITEM:
            alone = i + 2 == len(blocks) or kinds[i + 2] is not BlockKind.LIST_ITEM
            if alone and term.end - term.start <= _LONGEST_TERM and text[term.end - 1] not in ".:;?":
                yield term, meaning


def _is_below_terms(text: str, section: Section, sections: Sequence[Section]) -> bool:
    parent = sections[section.parent] if section.parent is not None and section.parent < len(sections) else None
    return parent is not None and parent.heading is not None and bool(_TERMS.search(text, *parent.heading))


def _fact(text: str, term: tuple[int, int], meaning: tuple[int, int], rule: str) -> Fact:
    words = text[slice(*term)].strip()
    value = " ".join(text[slice(*meaning)].split())
    name = headings.normalise(words) if rule == "heading" and words[:1].isdigit() else " ".join(words.split())
    return Fact("definition", value, (term, meaning), Basis.EXPLICIT, rule, detail={"term": name})


def _abbreviations(text: str, sections: Sequence[Section], known: set[str]) -> Iterator[Fact]:
    skipped = [(section.start, section.end) for section in sections if section.type in _SKIPPED]
    for match in _ABBREVIATION.finditer(text):
        short = match["short"]
        if short in known or short in _OWN_NAMES or sum(char.isupper() for char in short) < 2:
            continue
        if any(start <= match.start() < end for start, end in skipped):
            continue
        start = _expansion(text, match.start(), short)
        if start is not None:
            known.add(short)
            long = (start, match.start() - 1)
            value = " ".join(text[slice(*long)].split()).strip("'‘’")
            span = (start, match.end())
            yield Fact("definition", value, (span,), Basis.EXPLICIT, "abbreviation", detail={"term": short})


def _expansion(text: str, bracket: int, short: str) -> int | None:
    """Where the words begin whose initials the abbreviation before the bracket stands for; None where none fit.

    Every letter of the abbreviation must begin a word, in order, small words aside; one that joins opens no
    long form; a final small s is a plural.
    """
    letters = [char.lower() for char in short if char.isalnum()]
    if letters[-1] == "s" and short.endswith("s"):
        letters.pop()
    words = list(_PARTS.finditer(text, max(0, bracket - 30 - 15 * len(letters)), bracket))
    if not words or text[words[-1].end() : bracket].strip(" \u00a0") or text[bracket - 1] not in " \u00a0":
        return None
    at = len(words) - 1
    start = None
    for i, letter in reversed(list(enumerate(letters))):
        while at >= 0 and not (_begins(words[at].group(), letter) and (i or words[at].group() not in _JOINING)):
            passed = words[at].group()
            if (passed.lower() not in _SMALL and not _COUNT.fullmatch(passed)) or "\n" in text[
                words[at].end() : bracket
            ]:
                return None
            at -= 1
        if at < 0:
            return None
        start = words[at].start()
        at -= 1
    return start if start is not None and "\n" not in text[start:bracket] else None


def _begins(word: str, letter: str) -> bool:
    return word.lstrip("'‘“\"").lower().startswith(letter)
