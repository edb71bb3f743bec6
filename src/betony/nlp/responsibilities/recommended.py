"""What a body recommends on a page without recommendations of its own: "CDC recommends that adults with cracks rest"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Basis, Block, BlockKind, Fact, Section, SectionType
from betony.nlp import actors, lists
from betony.nlp.broken_off import breaks_off
from betony.nlp.clauses.doers import is_passive
from betony.nlp.clauses.trailing import trailing
from betony.nlp.sentences import sentences
from betony.nlp.strength import complements
from betony.text import squeeze

_SECTIONS = frozenset(
    {
        SectionType.SUMMARY,
        SectionType.PROCEDURE,
        SectionType.SCOPE,
        SectionType.STATUS,
        SectionType.EVIDENCE,
        SectionType.OTHER,
    }
)
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_RECOMMENDS = re.compile(
    r"(?:(?:Therefore|However|Because|Given|Based\son|To|In|For|As)\b[^;:.]{0,240}?,\s)?"
    r"(?:(?:[Tt]he\s)?(?!NICE\b|FDA\b|EMA\b|EPA\b)[A-Z]{3,8}(?:/[A-Z]{2,8})?|(?:[Tt]he\s)?[A-Z][^,;:.()]{5,100}\s\([A-Z]{2,8}\)|[Tt]his\s(?:guidance|guideline))\s"
    r"(?:(?:also|currently|now|strongly|therefore)\s)?(?P<term>recommends(?P<against>\sagainst)?(?P<that>\sthat)?)\s"
)
"""Who recommends, by a short form, by a name or as the page's own guidance."""
_ACTION = re.compile(
    r"(?:routine(?:ly)?\s)?(?!(?:according|including|following|using)\b)[a-z]{3,}ing\s"
    r"|(?:(?!(?:of|for|in|with|by|to|and|or)\b)[\w-]+\s){0,4}(?:vaccination|immuni[sz]ation|screening|testing|treatment|prophylaxis|isolation)\b"
)
"""What is recommended where no clause says it: "expanding the tests", "yearly vaccination"."""
_MODAL = re.compile(r"(?:should|must)\s")


def recommended(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """The duties that a body states by recommending them, each with its sentence; none where the page has a section of
    recommendations, of which such sentences only tell."""
    if " recommends " not in text or any(section.type is SectionType.RECOMMENDATIONS for section in sections):
        return
    for _, inside in lists.within(blocks, sections, _SECTIONS, _KINDS):
        for block in inside:
            for start, end in sentences(text, block.start, block.end):
                last = end == len(text.rstrip())
                if " recommends " in text[start:end] and not (last and breaks_off(text, start, end)):
                    yield from _of_sentence(text, start, end)


def _of_sentence(text: str, start: int, end: int) -> Iterator[Fact]:
    sentence = text[start:end]
    said = _RECOMMENDS.match(sentence)
    if said is None or sentence.endswith((":", "?")):
        return
    whole = len(sentence.rstrip(" ."))
    if said["that"]:
        told = complements.told(sentence, said.end("term") - len(said["that"]))
        who = told.actor or told.population
        at = sentence.find(who, said.end()) if who else -1
        if who is None or at < 0:
            return
        begin = at + len(who) + 1
        modal = _MODAL.match(sentence, begin)
        begin = modal.end() if modal else begin
    elif _ACTION.match(sentence, said.end()):
        who, begin = None, said.end()
    else:
        return
    tail = trailing(sentence, begin, whole)
    action = squeeze(sentence[begin : tail[0] if tail else whole]).rstrip(" ,")
    if who and (passive := is_passive(f" {action}")):
        who, action = None, f"{who} {action}" if passive else action
    if not action:
        return
    yield Fact(
        kind="responsibility",
        value=action,
        spans=((start, end),),
        basis=Basis.EXPLICIT,
        rule="duty:recommends",
        detail={
            "actor": who,
            "actor_kinds": list(actors.kinds(who)) if who else [],
            "modality": "should_not" if said["against"] else "should",
            "term": squeeze(said["term"]),
            "recipient": None,
            "condition": squeeze(sentence[slice(*tail)]) if tail else None,
            "generic": False,
        },
    )
