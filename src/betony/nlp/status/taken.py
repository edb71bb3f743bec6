"""Which of several statements of a page is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from betony.model import Block, Notice, WarningCode, WarningLevel
from betony.nlp import key_events
from betony.nlp.looks import has_any
from betony.nlp.status.statement import OUT_OF_FORCE, Statement

ORDER = (
    "in_consultation",
    "replaced",
    "withdrawn",
    "temporarily_withdrawn",
    "terminated",
    "discontinued",
    "suspended",
    "deferred",
    "delayed",
    "awaiting_development",
    "in_development",
    "partial_update_in_progress",
    "update_in_progress",
    "under_review",
    "partially_replaced",
    "static_list",
    "checked_no_update",
    "current",
    "unknown",
)
"""Which statement wins where a page makes several: the field "Status", then the newest of those dated, then this order."""
_COMPATIBLE = {"current", "checked_no_update", "partially_replaced", "static_list"}
"""What does not contradict another statement about guidance in force."""
_INTERRUPTED = {"suspended", "deferred", "delayed", "awaiting_development"}
"""Standings of a project that end when work on it goes on."""
AFTER_CONSULTATION = "says:in_consultation, which is over"
"""The rule for a draft that the page says was consulted on."""
_IS_OVER = re.compile(r"onsultation\b[^.\n]{0,100}?\s(?:has|is)\s(?:now\s)?(?:closed|ended|over)\b")
"""What a sentence says of a consultation that is over; the line "This consultation ended on" stands on the pages of its draft."""
_OUTDATED = re.compile(r"\bno\slonger\s(?:current|valid|in\sforce|in\suse)\b")


def best_of(text: str, blocks: Sequence[Block], found: Sequence[Statement]) -> Statement:
    """The statement that is followed, of at least one."""
    best = min(
        found,
        key=lambda said: (_rank(said), text[said.spans[0][1] - 1] != ".", _is_reason(text[slice(*said.spans[0])])),
    )
    return _after_consultation(text, found, best) or _goes_on(text, blocks, best) or best


def _is_reason(words: str) -> bool:
    """Whether the words only tell why a document is out of force: "The guidance is no longer valid"."""
    return _OUTDATED.search(words) is not None and not has_any(words, ("withdrawn", "eplaced", "uperseded", "retired"))


def _goes_on(text: str, blocks: Sequence[Block], best: Statement) -> Statement | None:
    """What a timeline tells whose newest row says that work goes on, of a project that one of its older rows calls interrupted."""
    if best.currency not in _INTERRUPTED or best.rule == "field":
        return None
    newest = key_events.goes_on(text, blocks, best.spans[0][0])
    return newest and Statement("in_development", (newest[0],), "timeline", None, newest[1].value)


def _is_over(best: Statement, other: Statement) -> bool:
    """Whether the other statement only tells of an interruption before the row of a timeline that was taken."""
    return best.rule == "timeline" and other.currency in _INTERRUPTED and "" < other.dated < best.dated


def _after_consultation(text: str, found: Sequence[Statement], best: Statement) -> Statement | None:
    """What a page says that calls its document a draft and tells that the consultation on it is over: it is still in development."""
    if best.rule != "says:in_consultation":
        return None
    unknown = (said for said in found if said.rule == "says:unknown")
    over = next((said for said in unknown if _IS_OVER.search(text, *said.spans[0])), None)
    return over and Statement("in_development", (*over.spans, *best.spans), AFTER_CONSULTATION)


def _rank(statement: Statement) -> tuple[bool, int, bool, str, int]:
    order = ORDER.index(statement.currency)
    if statement.currency == "unknown":
        return statement.rule != "field", 99, True, "", order
    retired = order < ORDER.index("discontinued")
    newest = "".join(chr(255 - ord(sign)) for sign in statement.dated)
    if statement.currency in OUT_OF_FORCE:
        return statement.rule != "field", min(map(ORDER.index, OUT_OF_FORCE)), not statement.dated, "", order
    return statement.rule != "field", order if retired else 99, not statement.dated, newest, order


def conflicts(best: Statement, found: Sequence[Statement]) -> list[Notice]:
    """A warning of each statement that was not followed, although it says something else."""
    told = set(best.spans)
    return [
        _conflict(best, other)
        for other in found
        if _contradict(best, other) and told.isdisjoint(other.spans) and not _is_over(best, other)
    ]


def _contradict(best: Statement, other: Statement) -> bool:
    if other.currency in (best.currency, "unknown") or {other.currency, best.currency} <= {
        "update_in_progress",
        "partial_update_in_progress",
    }:
        return False
    if {other.currency, best.currency} <= OUT_OF_FORCE:
        return False
    return not (other.currency in _COMPATIBLE and best.currency != "checked_no_update")


def _conflict(best: Statement, other: Statement) -> Notice:
    return Notice(
        WarningCode.CONFLICT,
        f"status: the page also says {other.currency}; {best.currency} was taken",
        WarningLevel.REVIEW,
        other.spans,
    )
