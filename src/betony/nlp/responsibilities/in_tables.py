"""Duties in a table of roles: who it is in one column, what they are responsible for in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony.model import Basis, Block, BlockKind, Fact, Layer, Section
from betony.nlp import actors, cells
from betony.nlp.responsibilities.facts import in_passage
from betony.nlp.responsibilities.sentence import duties
from betony.nlp.sentences import sentences
from betony.text import squeeze

_WHO = re.compile(
    r"(?:(?:Job\s|Staff\s)?(?:Roles?|Posts?|Titles?|Positions?|Groups?)|Who|Name/Role|Job\stitle/role|Responsible\spersons?)",
    re.IGNORECASE,
)
_WHAT = re.compile(
    r"(?:(?:Key\s|Main\s|Specific\s)?(?:Responsibilit(?:y|ies)|Dut(?:y|ies)|Accountabilit(?:y|ies))|Dut(?:y|ies)\sand\sresponsibilit(?:y|ies)|Is\sresponsible\sfor|Responsible\sfor)",
    re.IGNORECASE,
)
_RULED = re.compile(r"(?P<term>(?:Must|Should)(?:\snot)?)\s")
"""How a sentence begins that leaves out who acts, since the first column says so."""
_LONGEST_ACTOR = 120
_SHORTEST_ACTION = 3
"""Words; fewer name a task and tell nobody what to do."""


def find(text: str, blocks: Sequence[Block], sections: Sequence[Section]) -> Iterator[Fact]:
    """The duties of the rows below a head that calls its two columns so.

    A sentence that says itself who must do what is read as anywhere else; of the others the first cell names who acts,
    and the head of the second is the `term`.
    """
    head: list[tuple[int, int]] = []
    above: Block | None = None
    for block in blocks:
        if block.kind is BlockKind.TABLE_ROW and block.layer is Layer.BODY:
            row = list(cells.of_row(text, block))
            if above is None or above.kind is not BlockKind.TABLE_ROW:
                head = row if _heads(text, row) else []
            elif head and len(row) == len(head):
                section = next((one for one in sections if one.start <= block.start < one.end), None)
                yield from _of_row(text, row, head[1], section)
        above = block


def _heads(text: str, row: Sequence[tuple[int, int]]) -> bool:
    if len(row) != 2:
        return False
    who, what = (text[start:end].strip() for start, end in row)
    return _WHO.fullmatch(who) is not None and _WHAT.fullmatch(what) is not None


def _of_row(
    text: str, row: Sequence[tuple[int, int]], term: tuple[int, int], section: Section | None
) -> Iterator[Fact]:
    (start, end), (left, right) = row
    actor = squeeze(text[start:end])
    if not actor or len(actor) > _LONGEST_ACTOR or actor[-1] in ".:;":
        return
    for first, last in sentences(text, left, right):
        said = text[first:last].rstrip(" .;")
        if duties(text[first:last]):
            if section is not None:
                yield from in_passage(text, first, last, (), section)
            continue
        ruled = _RULED.match(said)
        named = (first, first + ruled.end("term")) if ruled else term
        action = said[ruled.end() :] if ruled else said
        if len(action.split()) < _SHORTEST_ACTION:
            continue
        modality = ruled["term"].lower().replace(" ", "_") if ruled else "responsible"
        yield Fact(
            kind="responsibility",
            value=squeeze(action),
            spans=((first, last), (start, end)) if ruled else ((first, last), (start, end), term),
            basis=Basis.EXPLICIT,
            rule="duty:table",
            detail={
                "actor": actor,
                "actor_kinds": list(actors.kinds(actor)),
                "modality": modality,
                "term": squeeze(text[slice(*named)]),
                "recipient": None,
                "condition": None,
                "generic": False,
            },
        )
