"""betony_status: whether the guidance stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from betony.model import Basis, Block, Fact, Notice, Section, SectionType
from betony.nlp import carry, cues, elided
from betony.nlp.looks import has_any
from betony.nlp.sentences import sentences
from betony.nlp.status.another import is_on_another
from betony.nlp.status.beside import is_below_a_part, replaced_below
from betony.nlp.status.by_title import updated_by_title
from betony.nlp.status.decisions import from_decision
from betony.nlp.status.header import among_fields, from_fields, from_label
from betony.nlp.status.passage import of_passage
from betony.nlp.status.statement import Statement
from betony.nlp.status.taken import best_of, conflicts
from betony.nlp.status.wording import WORDS
from betony.nlp.stems import Places, Stems, places_in

_STEMS = Stems(WORDS["stems"])
_SKIPPED = frozenset(
    {
        SectionType.EVIDENCE,
        SectionType.RESEARCH,
        SectionType.LEGAL,
        SectionType.CODING,
        SectionType.DEFINITIONS,
        SectionType.RECOMMENDATIONS,
        SectionType.PROCEDURE,
        SectionType.IMPLEMENTATION,
        SectionType.DEVELOPMENT,
    }
)
"""Sections whose words are about care, or about how the document was made, not about its standing."""
_LEAD = 8
"""Passages at the head of a page, in which a notice may stand whatever the section: a stub's heading is "Guidance"."""


@Language.component("betony_status", requires=["doc.spans"], assigns=["doc.spans"])
def status(doc: Doc) -> Doc:
    """Add the fact `status`."""
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
    """The guidance's standing as the text states it (none where it states none), and statements it did not follow; `reference` is
    its own, where its address tells it; `places` are those of stems in the text, where somebody has looked."""
    found = list(statements(text, blocks, sections, reference, places or Places(text)))
    if not found:
        return [], []
    best = best_of(text, blocks, found)
    return [_fact(text, best)], conflicts(best, found)


def statements(
    text: str, blocks: Sequence[Block], sections: Sequence[Section], reference: str | None, places: Places
) -> Iterator[Statement]:
    """Everything that the page says of its own standing, in the order of the text."""
    if (fields := from_fields(text, places)) is not None:
        yield from fields
        return
    lead = min(_LEAD, len(blocks))
    for i, block in enumerate(blocks[:lead]):
        yield from from_label(text, block)
        if printed := among_fields(text, blocks, i):
            yield printed
    runs = [range(max(run.start, lead), run.stop) for run in cues.outside(blocks, sections, _SKIPPED)]
    proposes = any(_PROPOSES.match(text, block.start, block.end) for block in blocks[:lead])
    for i in cues.around(blocks, [range(lead), *runs], places.spans(_STEMS)):
        if (decided := from_decision(text, blocks, i, reference)) and not is_on_another(
            text, *decided.spans[0], reference
        ):
            yield decided
        if elided.is_own(text, blocks, sections, i) and (said_of_it := _without_subject(text, blocks[i])):
            yield said_of_it
        if below := replaced_below(text, blocks, i):
            yield below
        if named := updated_by_title(text, blocks, i):
            yield named
        if _RELATED.match(text, blocks[i].start, blocks[i].end):
            continue
        for said in of_passage(text, blocks[i].start, blocks[i].end, reference):
            if said.currency == "static_list" and (proposes or (_only_should(text, said) and _consults(text))):
                continue
            if not is_below_a_part(text, blocks, i, said):
                yield said


_PROPOSES = re.compile(r"(?:Review\s)?[Pp]roposal\sto\s(?:move|transfer|add|place)\b")
"""The heading of what only proposes to change the standing, of this guidance and perhaps of others beside it."""
_RELATED = re.compile(
    r"[\s•*|-]{0,4}(?:Related|Terminated|Suspended|Proposed|In[- ]development|Discontinued)\s(?:[\w-]{1,20}\s){0,3}(?:guidance|guidelines?|appraisals?|standards?|procedures?)\b[^:.\n]{0,40}:\s"
)
"""How an entry begins that lists what there is on related topics, and tells how each stands."""


def _consults(text: str) -> bool:
    """Whether a paper asks to be consulted on, or tells of no decision."""
    return has_any(text, ("consult on this proposal", "consult on the proposal")) or "ecision" not in text


def _only_should(text: str, said: Statement) -> bool:
    """Whether it says no more than what should become of the guidance."""
    start, end = said.spans[0]
    return " should " in text[start:end] and not has_any(text[start:end], ("agreed", "decided", "ecision"))


def _without_subject(text: str, block: Block) -> Statement | None:
    """What a notice says that begins with its verb, "Updated and replaced by NICE guideline NG1", where it names what stands instead."""
    said = elided.passive(text, block.start, block.end)
    if said is None or not (said["replaced"] or said["part"]) or not _INSTEAD.match(text, said.end(), block.end):
        return None
    currency = "partially_replaced" if said["part"] else "replaced"
    start, end = sentences(text, block.start, block.end)[0]
    return Statement(currency, ((start, end),), f"says:{currency}")


_INSTEAD = re.compile(
    r"\s(?:(?:the|our|a)\s)?(?:new\s|updated\s)?(?:[A-Z]|guid|technology|interventional|medical|quality|public|clinical)"
)
"""How what stands instead begins, behind "replaced by"."""


def _fact(text: str, statement: Statement) -> Fact:
    checked = statement.checked
    start, end = statement.spans[0]
    detail = {
        "notice": text[start:end],
        "checked": None
        if checked is None
        else {"value": checked.value, "precision": checked.precision, "text": text[checked.start : checked.end]},
        "checked_span": None if checked is None else [checked.start, checked.end],
    }
    return Fact("status", statement.currency, statement.spans, Basis.EXPLICIT, statement.rule, detail=detail)
