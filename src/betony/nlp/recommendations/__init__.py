"""betony_recommendations: what to do, how strongly, for whom.

`gathering` puts the blocks of a section together, by `numbers` and `leads`, less the `asides`; what they recommend is read
`of_entry` or, where nothing but a paragraph holds them together, `of_sentence`. How strongly is for `betony.nlp.strength`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Block, BlockKind, Fact, Section, SectionType
from betony.nlp import carry, lists
from betony.nlp.broken_off import without_cut_fields
from betony.nlp.heading_words import gives_reasons
from betony.nlp.looks import has_any
from betony.nlp.recommendations import (
    addressed,
    conditions_above,
    graded_below,
    groups_above,
    in_tables,
    run_together_rows,
)
from betony.nlp.recommendations.asides import heads_grades
from betony.nlp.recommendations.behind_reasons import with_those_behind_reasons
from betony.nlp.recommendations.document import About, is_in_chapter, other_chapters, repeated
from betony.nlp.recommendations.entry import Entry, Number, has_decimals, pieces_of
from betony.nlp.recommendations.gathering import entries_of, own_blocks
from betony.nlp.recommendations.its_own import its_own
from betony.nlp.recommendations.leads import without_aims
from betony.nlp.recommendations.line_numbers import cut_by, places
from betony.nlp.recommendations.numbers import (
    heads_statements,
    is_statement,
    recommendation_number,
    statement_number,
)
from betony.nlp.recommendations.of_entry import facts_of, is_unnumbered_statement
from betony.nlp.recommendations.research import asked_of_reviews, asks_stakeholders, is_lone_question
from betony.nlp.recommendations.under_verdicts import with_verdict
from betony.nlp.strength.instructions import is_instruction
from betony.nlp.strength.reading import read

_SECTIONS = frozenset({SectionType.RECOMMENDATIONS, SectionType.RESEARCH})
_BY_WORDS = ("typer", "words", "none")
"""How a section is known whose heading does not say that it recommends: its numbers alone prove nothing."""
_ADDRESSING = (
    "are for ",
    "is for ",
    "ommendations for ",
    "dvice for ",
    "ctions for ",
    "ction for ",
    "uidance for ",
    "apply ",
    "applies ",
    "relate ",
    "relates ",
)
"""Letters without one of which no line tells for whom recommendations are."""
_LAST_COLUMNS = (" Grade\n", " Category\n", " Class\n", " Strength\n")
"""Letters without one of which no line heads a table whose last column holds grades."""
_MANY = 4
"""Entries for each numbered one, from which on the numbers may be those of notes."""
_LOST = 2
"""Paragraphs below the only number that tell what to do, from which on they have lost numbers of their own."""
_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.TABLE_ROW})


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
    passages = list(its_own(text, sections, lists.within(blocks, sections, _SECTIONS, _TEXT_KINDS)))
    passages = with_those_behind_reasons(text, blocks, sections, passages)
    passages, codes = run_together_rows.apart(text, passages) if has_any(text, _LAST_COLUMNS) else (passages, {})
    gathered, decimals = _gathered(text, blocks, sections, passages)
    lead = text[:4000].lower()
    about = About(
        "technology appraisal" in lead and "guideline" not in lead[:1500], "interventional procedure" in lead, decimals
    )
    found, above = _recommended(text, sections, gathered, about)
    found = in_tables.with_grades(text, blocks, found)
    found = run_together_rows.with_grades(found, codes)
    found = graded_below.with_grades(text, (inside for _, inside in passages if inside), found)
    # Where markup shows the paragraphs no number of a line stands in them.
    numbers = () if any(block.xpath for block in blocks) else places(text)
    found = [fact for fact in found if not cut_by(numbers, fact.spans)]
    found = without_cut_fields(text, blocks, found)
    found = addressed.with_those(text, blocks, sections, found) if "hat action" in text else found
    found = conditions_above.with_those_above(text, blocks, found) if has_any(text, conditions_above.SIGNS) else found
    found = groups_above.with_those_above(text, blocks, sections, found)
    found = addressed.taken_up(text, found) if "They " in text else found
    found = addressed.by_line(text, blocks, sections, found) if has_any(text, _ADDRESSING) else found
    return [
        replace(fact, spans=(*fact.spans, above[fact.spans[0]])) if fact.spans[0] in above else fact for fact in found
    ]


def _gathered(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], passages: Sequence[tuple[Section, list[Block]]]
) -> tuple[list[tuple[Section, list[Entry]]], bool]:
    """What may be one recommendation each, by section, and whether the document numbers them as `1.2.3`."""
    gathered = [
        (section, list(entries_of(text, without_aims(text, section, inside, blocks), section)))
        for section, inside in passages
        if not (
            is_lone_question(text, section)
            or asks_stakeholders(text, section)
            or asked_of_reviews(text, section)
            or heads_grades(text, section)
        )
    ]
    for entry in (entry for _, entries in gathered for entry in entries if entry.kind == "quality_statement"):
        entry.kind = "recommendation" if _asks_for_action(text, entry) else entry.kind
    for entry in _numbered_notes(text, [entry for _, entries in gathered for entry in entries]):
        entry.number, entry.decimal = None, False
    decimals = has_decimals(entry for _, entries in gathered for entry in entries)
    if decimals and (others := other_chapters(text, sections)):
        gathered = [
            (section, [one for one in entries if not is_in_chapter(one, others)]) for section, entries in gathered
        ]
        decimals = has_decimals(entry for _, entries in gathered for entry in entries)
    if decimals and (lost := _with_lost_numbers(text, gathered)):
        return lost, False
    if decimals and (again := repeated(text, (entry for _, entries in gathered for entry in entries))):
        gathered = [(section, [entry for entry in entries if entry is not again]) for section, entries in gathered]
        decimals = False
    return gathered, decimals


def _numbered_notes(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries whose numbers are those of notes or headings, "1.23 Potassium": few among many without a number, most of which
    tell nothing to do."""
    numbered = [entry for entry in entries if entry.decimal]
    if not numbered or len(numbered) * _MANY > len(entries):
        return []
    silent = [entry for entry in numbered if read(pieces_of(text, entry)) is None]
    return numbered if len(silent) * 2 > len(numbered) else []


def _asks_for_action(text: str, entry: Entry) -> bool:
    """Whether a numbered statement recommends, as societies count their key action statements: it tells what to do, in a document
    that names no standard of quality."""
    return not ("uality standard" in text or "uality statement" in text) and read(pieces_of(text, entry)) is not None


def _with_lost_numbers(
    text: str, gathered: Sequence[tuple[Section, list[Entry]]]
) -> list[tuple[Section, list[Entry]]] | None:
    """The entries of a document whose capture has kept the first number alone, so that each further paragraph below it that
    opens with what to do stands for itself; None where the capture has lost none."""
    numbered = [(section, entry) for section, entries in gathered for entry in entries if entry.decimal]
    if len(numbered) != 1:
        return None
    section, first = numbered[0]
    own = own_blocks(text, first)
    if sum(map(is_instruction, (lists.words(text, block) for block in first.blocks[own:]))) < _LOST:
        return None
    below = list(entries_of(text, first.blocks[own:], section))
    first.blocks = first.blocks[:own]
    return [
        (at, [one for entry in entries for one in ([entry, *below] if entry is first else [entry])])
        for at, entries in gathered
    ]


def _recommended(
    text: str, sections: Sequence[Section], gathered: Sequence[tuple[Section, list[Entry]]], about: About
) -> tuple[list[Fact], dict[tuple[int, int], tuple[int, int]]]:
    """What the entries recommend; and of the words of those whose number stands above them, where it stands."""
    found: list[Fact] = []
    above: dict[tuple[int, int], tuple[int, int]] = {}
    pending: Number | None = None
    number: Number | None = None
    of_action = False
    apart = any(is_statement(text, section) for section, _ in gathered)
    before = {section.start: above_it for above_it, section in pairwise(sections)} if apart else {}
    for section, entries in gathered:
        said = is_statement(text, section)
        pending = statement_number(text, section) or (pending if said else None)
        if said and pending is None and section.start in before:  # whatever the heading right above is for
            pending = statement_number(text, before[section.start])
        asked = number if number and addressed.says_action(text, section) else None
        number = recommendation_number(text, section) or (
            number if number and addressed.says_who(text, section) else None
        )
        ruled = (
            section.rule not in _BY_WORDS
            or not has_decimals(entries)
            or any(read(pieces_of(text, entry)) for entry in entries)
        )
        if heads_statements(text, section) and not pending and not any(entry.number for entry in entries):
            for entry in entries:
                if is_unnumbered_statement(text, entry):
                    entry.kind = "quality_statement"
        stated = False
        reasons = section.heading is not None and gives_reasons(text[slice(*section.heading)])
        for entry in entries:
            if entry.decimal and not ruled:
                continue
            heads = not apart or said  # the words of a statement have a heading of their own
            if pending and heads and entry.number is None and entry.blocks[0].kind is not BlockKind.HEADING:
                entry.take(pending)
                of_action = of_action or _asks_for_action(text, entry)  # where one recommends so do those behind it
                entry.kind, pending = "recommendation" if of_action else "quality_statement", None
            if said and stated and entry.kind != "quality_statement" and entry.number is None:
                continue  # its rationale, whose heading is lost
            stated = stated or entry.kind == "quality_statement"
            if headed := entry.number is None and entry.blocks[0].kind is not BlockKind.HEADING:
                entry.take(number)
            recommended = with_verdict(text, section, list(facts_of(text, entry, section, about)))
            if reasons:  # what a study should be like belongs to what is asked above
                recommended = [fact for fact in recommended if entry.number or fact.value.endswith("?")]
            if recommended or (entry.number and not headed):
                number = None  # it is given once, and not past another number
            if asked and recommended:  # the number above who should act and what they should do
                recommended[0] = replace(recommended[0], detail={**recommended[0].detail, "number": asked[0]})
                above[recommended[0].spans[0]], asked = asked[1], None
            if entry.number_span:
                above |= dict.fromkeys((fact.spans[0] for fact in recommended), entry.number_span)
            found.extend(recommended)
    return found, above
