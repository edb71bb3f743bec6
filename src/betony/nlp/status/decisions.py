"""What was decided: below "Review decision", and of which document a page tells that begins with a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from betony.model import Block, BlockKind
from betony.nlp import phrases, references
from betony.nlp.status.statement import Statement
from betony.nlp.status.wording import WORDS


def from_decision(text: str, blocks: Sequence[Block], i: int, reference: str | None) -> Statement | None:
    """What was decided, behind "Review decision:" or in the first paragraphs below a line that says no more than "Surveillance
    decision"; what it names by a reference is the page's own, where its address has one."""
    label = _DECISION_LABEL.match(text, blocks[i].start, blocks[i].end)
    label = label or _line_above(text, blocks, i)
    if not label:
        return None
    at = max(label.end(), blocks[i].start)
    further = label.end() < blocks[max(i - 1, 0)].start
    for currency, pattern in _decisions():
        if further and currency != "partial_update_in_progress":
            continue  # behind another decision nobody can tell which of several documents is meant as a whole
        if found := pattern.match(text, at, blocks[i].end):
            if reference and (found.groupdict().get("named") or reference) != reference:
                continue
            if _LISTED.search(found.group()) and not _is_list_item(blocks[i + 1 : i + 2]):
                continue
            stop = found.end() + text.startswith(".", found.end(), blocks[i].end)
            still = _STILL_CURRENT.match(text, stop, blocks[i].end) if currency == "checked_no_update" else None
            stop = still.end() if still else stop
            start = label.start("label") if label.end() > blocks[i].start else at
            return Statement(currency, ((start, stop),), "decision")
    return None


_FURTHEST = 3
"""Blocks from the line "Decision" to the last one that is read as what was decided."""


def _line_above(text: str, blocks: Sequence[Block], i: int) -> re.Match[str] | None:
    """The line "Surveillance decision" over blocks[i], be it with another paragraph between them."""
    for above in reversed(blocks[max(0, i - _FURTHEST) : i]):
        if line := _DECISION_LINE.fullmatch(text, above.start, above.end):
            return line
        if above.kind is not BlockKind.PARAGRAPH:
            return None
    return None


def _is_list_item(below: Sequence[Block]) -> bool:
    return bool(below) and below[0].kind is BlockKind.LIST_ITEM


_LISTED = re.compile(r"\bthe\sfollowing\s(?:NICE\s)?guidelines\b")
"""Several documents, which the page names below: where the list is lost, nobody can tell which."""
_STILL_CURRENT = re.compile(r"\s{1,3}(?:The\s)?[Pp]ublished\sguidance\s(?:is\s|remains\s)?(?:still\s)?current\.?")
"""What is said besides where nothing is to be updated."""
_DECISION_LABEL = re.compile(r"[ \t•|*-]{0,6}(?P<label>Review\s[Dd]ecision)\s?[:–-]?\s{0,4}")
_DECISION_LINE = re.compile(
    r"[ \t•|*-]{0,6}(?P<label>(?:(?!Provisional|Draft|Proposed)[A-Z\d][\w ]{1,40}\s)?[Dd]ecision)\s?:?\s{0,4}"
)


@cache
def _decisions() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = WORDS["named"]["pattern"]
    later = "(?: at (?:this|the present) time| at present| for now)?"
    ends = r"(?=[.;,](?!\d)|\s[–—-]\s|\s(?:because|but)\b|\s*$)"
    return tuple(
        (currency, phrases.pattern(f"(?:{words.replace('{named}', named)}){later}{ends}"))
        for currency, words in WORDS["decision"].items()
    )


def decided_of(text: str) -> str | None:
    """The one document that the first lines name of a page that tells what was decided of it; one that lists several has none."""
    if _DECISION.match(text):
        first = references.find(text, 0, _REFERENCE_LONGEST)
        return first[0].id if first and first[0].start == 0 else None
    if _REVIEW.match(text) is None:
        return None
    named = {reference.id for reference in references.find(text, 0, _LINES_LONGEST)}
    return named.pop() if len(named) == 1 else None


_DECISION = re.compile(r"[^\n]{3,400}?\b[Dd]ecision\b")
"""How a page begins that tells what was decided of the guidance that its first line names."""
_REVIEW = re.compile(r"(?:[A-Z][\w ]{0,40}\s)?(?:[Rr]eview|[Dd]ecision)\b[^\n]{0,60}\n")
_REFERENCE_LONGEST = 80
_LINES_LONGEST = 400


def is_decided_on(text: str, start: int, verb: int) -> bool:
    """Whether the verb's subject is the reference that the page's first line begins with, on a page that tells a decision on it."""
    start = so.end() if (so := _SO.match(text, start, verb)) else start
    named = references.find(text, start, verb)
    if named and (some := _ADVICE_OF.match(text, start, verb)) and some.end() == named[0].start:
        return decided_of(text) in {one.id for one in named} and not _ANOTHER_CLAUSE.search(text, some.end(), verb)
    if len(named) != 1 or named[0].start != start or not _TITLE_OF_IT.fullmatch(text, named[0].end, verb):
        return False
    return named[0].id == decided_of(text)


_SO = re.compile(r"(?:(?:Consequently|Therefore|Accordingly|As\sa\sresult|Hence|So),?\s)?")
_ADVICE_OF = re.compile(r"(?:The|the)\s(?:recommendations?|guidance|advice)\s(?:from|in|of)\s(?:NICE\s)?")
"""What a decision may be on that moves the advice of several documents at once: "the recommendations from TA1, TA2 and TA3"."""
_ANOTHER_CLAUSE = re.compile(r"[.;:]\s|,\s(?:which|but|while|whereas)\b")
_TITLE_OF_IT = re.compile(r"[\])]?(?:\s?[;:,–-]\s[^.;:\n]{3,200})?\s*")
"""What may stand between a reference and its verb: the title, "TA1; Heel cream" was moved."""
