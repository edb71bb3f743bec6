"""Duties in a table of roles: who it is in one column, what they are responsible for in the next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from betony import lines
from betony.model import Basis, Block, Fact, Layer, Section
from betony.nlp import actors, cells
from betony.nlp.responsibilities.facts import in_passage
from betony.nlp.responsibilities.places import EITHER, LAID_DOWN, STRICT
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
    """The duties of the rows below a head that calls its two columns so, in the sections that may state duties.

    A sentence that says itself who must do what is read as anywhere else; of the others the first cell names who acts,
    and the head of the second is the `term`.
    """
    for run in lines.row_runs(text, blocks):
        head, *rows = [list(cells.of_row(text, row)) for row in run]
        if run[0].layer is not Layer.BODY or not _heads(text, head):
            continue
        section = next((one for one in sections if one.start <= run[0].start < one.end), None)
        if section is not None and section.type in EITHER - LAID_DOWN:
            for row in rows:
                if len(row) == len(head):
                    yield from _of_row(text, row, head[1], section)


def _heads(text: str, row: Sequence[tuple[int, int]]) -> bool:
    if len(row) != 2:
        return False
    who, what = (text[start:end].strip() for start, end in row)
    return _WHO.fullmatch(who) is not None and _WHAT.fullmatch(what) is not None


def _of_row(text: str, row: Sequence[tuple[int, int]], term: tuple[int, int], section: Section) -> Iterator[Fact]:
    (start, end), (left, right) = row
    actor = squeeze(text[start:end])
    kinds = actors.kinds(actor)
    if not actor or len(actor) > _LONGEST_ACTOR or actor[-1] in ".:;" or (section.type in STRICT and not kinds):
        return
    for first, last in sentences(text, left, right):
        said = text[first:last].rstrip(" .;")
        if duties(text[first:last]):
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
                "actor_kinds": list(kinds),
                "modality": modality,
                "term": squeeze(text[slice(*named)]),
                "recipient": None,
                "condition": None,
                "generic": False,
            },
        )
