"""Where a capture breaks off in the middle of a sentence: what reaches its end is not told whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from betony.model import Block, BlockKind, Fact
from betony.nlp import lists
from betony.nlp.clauses.signs import FINITE

_STOPS = ".!?:;)]\"”’'"
_CAPTURED = 900
"""Characters of a text that may be the beginning of a longer one."""
_SAYS_NOTHING = re.compile(
    r"(?:\s(?:either|both|or|and|have|has|include|also|always|only|provide|offer|give|use|consider|ensure|not|to|the|an?|that))+"
)
"""What stands behind the words that recommend where the page ends before it says what."""

_VERB = re.compile(rf"{FINITE.pattern}|\bbe\b")
"""A verb of what is recommended: "that wax be used"."""
_MORE_BEGUN = re.compile(r",?\s(?:or|and)(?:\s(?:who|whose|whom|in|with|the|an?|have|has|had|are|is|to|for))*$")
"""What opens a further member of what was told, and is cut there: "whose heels do not heal, or whose"."""


_HARDLY_BEGUN = re.compile(r"(?:only\s)?(?:if|when|unless|until|once)\s[\w’-]{1,12}")
"""A condition of which no more than its first word is left: "unless i"."""
_OFFERED = re.compile(
    r"\sbe\s(?:\w+ly\s)?(?:offered|given|provided|prescribed|shown|told)\s(?:(?:an?|the|their)\s)?[\w‑-]+"
)
"""What is offered, of which no more than a word is left, and perhaps not the whole of it: "should be offered a multicom"."""
_ABOUT = re.compile(r"[^.;:]{0,160}?\s(?:about|that|how|what|whether|of)\s(?:(?:an?|the|their)\s)?[\w‑-]+")
"""What somebody is told, of which no more is left: "Advise partners about the r"."""
_TELLING = frozenset({"advise", "inform", "tell", "ask", "warn", "remind", "reassure"})


def _is_barely_begun(term: str, behind: str) -> bool:
    """Whether of what is offered or told the page has no more than its first word, which may be cut."""
    return _OFFERED.fullmatch(behind) is not None or (term.lower() in _TELLING and _ABOUT.fullmatch(behind) is not None)


def breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a long capture ends in the middle of its last paragraph, text[start:end]: what its last sentence asks is not told whole."""
    return len(text) > _CAPTURED and text[end - 1] not in _STOPS and not lists.bullet(text[start:end])


def without_cut_fields(text: str, blocks: Sequence[Block], found: Sequence[Fact]) -> list[Fact]:
    """The recommendations of a capture that breaks off, the last one without an actor, a condition or a group that reaches its end;
    left out where it ends before it says what to do. Where markup shows the paragraphs they are whole, and so are items."""
    if not found or any(block.xpath for block in blocks):
        return list(found)
    *others, last = found
    if blocks[-1].kind is BlockKind.LIST_ITEM:
        condition = last.detail["condition"]
        if last.spans[-1][1] == len(text.rstrip()) and condition and _HARDLY_BEGUN.fullmatch(condition):
            return [*others, replace(last, detail={**last.detail, "condition": None})]
        return list(found)
    if last.spans[-1][1] != len(text.rstrip()) or not breaks_off(text, *last.spans[-1]):
        return list(found)
    term = str(last.detail["strength"]["term"] or "")
    behind = last.value.partition(term)[2] if term else ""
    if term and _is_barely_begun(term, behind):
        return others
    if term and (_SAYS_NOTHING.fullmatch(behind) or (behind.startswith(" that ") and not _VERB.search(behind))):
        return others
    cut = [name for name in ("actor", "condition", "population") if _reaches_end(last.value, last.detail[name])]
    return [*others, replace(last, detail={**last.detail, **dict.fromkeys(cut)}) if cut else last]


def _reaches_end(words: str, told: str | None) -> bool:
    """Whether what is told on one line ends where the words do, but for the first word or two of more of the same."""
    return told is not None and "\n" not in told and _MORE_BEGUN.sub("", words).endswith(told.rstrip(","))
