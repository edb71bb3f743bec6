"""The language pipeline: a Document in, typed sections and facts out; the only room that knows spaCy."""

from __future__ import annotations

import importlib
from functools import cache

import spacy
from spacy.language import Language

from betony.model import Block, Document, Fact, Findings, Notice, Section, WarningCode
from betony.nlp import bare, carry, windows
from betony.nlp.tokenizer import guard

PIPELINE = (
    "betony_blocks",
    "betony_headings",
    "betony_sections",
    "betony_responsibilities",
    "betony_recommendations",
    "betony_identity",
    "betony_title",
    "betony_dates",
    "betony_status",
    "betony_relations",
    "betony_codes",
    "betony_definitions",
)
"""The components in order, each in the module of its name."""
MOST_STRINGS = 200_000
"""Words in the vocabulary, at some 400 bytes each, with which the pipeline is made anew: outside a memory zone spaCy forgets
none, and each document brings its own names and numbers. It takes a third of a second, once in some thousand documents."""


@cache
def load() -> Language:
    """betony's pipeline, the same at each call until it has met `MOST_STRINGS` words; needs no downloaded model."""
    nlp = spacy.blank("en")
    nlp.max_length = 2 * windows.LONGEST
    # A word's shape, whether it is a stop word …: worked out for each new word, and asked for by no component here.
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # spaCy's own stub lacks it
    guard(nlp)
    for name in PIPELINE:
        importlib.import_module(f"betony.nlp.{name.removeprefix('betony_')}")
        nlp.add_pipe(name)
    return nlp


def analyse(document: Document) -> Findings:
    """The typed sections and the facts of one document, with offsets into its text; of signs that are no words none is read."""
    if document.marks:
        words = bare.without_marks(document)
        return words.put_back(_analyse(words.document))
    return _analyse(document)


def _pipeline() -> Language:
    """The pipeline, made anew where it has met so many words that they would fill the memory in the end."""
    vocab = load().vocab
    if len(vocab.strings) > MOST_STRINGS and not vocab.in_memory_zone:  # type: ignore[attr-defined]  # spaCy's own stub lacks it
        load.cache_clear()
    return load()


def _analyse(document: Document) -> Findings:
    nlp = _pipeline()
    sections: list[Section] = []
    facts: list[Fact] = []
    notices: list[Notice] = []
    first = document.blocks[0].start if document.blocks else 0
    for blocks in windows.windows(document):
        start, end = blocks[0].start, blocks[-1].end
        text = document.text[start:end]
        doc = nlp.make_doc(text)
        doc.user_data[carry.TEXT] = text
        doc.user_data[carry.PARTS] = [0, *(part - start for part in document.parts if start < part < end)]
        doc.user_data[carry.SERIES] = windows.series(document, start, end)
        doc.user_data[carry.DOCUMENT_TYPE] = document.document_type
        doc.user_data[carry.REFERENCE] = document.reference
        doc.user_data[carry.SITE_FIRST] = document.site_first
        doc.user_data[carry.MEDIA_TYPE] = document.media_type
        doc.user_data[carry.LANGUAGE] = document.head.language
        carry.set_blocks(doc, [_moved(block, -start) for block in blocks])
        doc = nlp(doc)
        windows.append(
            sections,
            [carry.shifted_section(section, start) for section in carry.sections(doc)],
            goes_on=start not in document.parts,
        )
        found = carry.facts(doc)
        facts.extend(carry.shifted(fact, start) for fact in found if start == first or not windows.is_of_the_head(fact))
        notices.extend(
            carry.shifted(notice, start)
            for notice in carry.notices(doc)
            if start == first or notice.code is not WarningCode.TITLE_INFERRED
        )
    return Findings(tuple(sections), tuple(facts), tuple(notices))


def _moved(block: Block, by: int) -> Block:
    if by == 0:
        return block
    return Block(block.kind, block.start + by, block.end + by, block.level, block.layer, block.hint, block.xpath)
