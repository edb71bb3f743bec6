"""When a project came to stand as it does now: what the timeline of its page says of its status."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from betony.model import Block
from betony.nlp import when
from betony.nlp.stems import Places, Stems
from betony.nlp.when import When

_OPENED = re.compile(r"(?:Key events\b[^\n]{0,60}|Timeline):?")
"""The line above the rows of a timeline."""
_OPENINGS = Stems(("Key events", "Timeline"))
_GOES_ON = "In progress"
_NAMES = (
    "In progress", "Suspended", "Discontinued", "Awaiting development", "Schedule affected by COVID-19", "Terminated", "Deferred", "Delayed",
    "Paused", "Proposed", "Referred",
)  # fmt: skip
_TOLD = re.compile(rf"[\s|:–-]{{1,5}}(?P<name>{'|'.join(_NAMES)})(?=\s?(?:[.,:;|]|$))")
"""How a row goes on behind its date that tells a status."""
_STATUS = re.compile(r"(?:[|•*-]\s)?Status\s?[\s:|•-]{1,8}(?P<name>[A-Z][^\n|.]{2,40})")
"""What the page says of its status today; on the line itself or on the one below."""

_SHORT = 60


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    span: tuple[int, int]
    day: When


def status_changed(text: str, blocks: Sequence[Block], places: Places) -> tuple[tuple[int, int], When] | None:
    """The words and the day of the row with which the status began that the project has now.

    None where the newest of these rows tells another status than the page gives as that of today.
    """
    if not places.spans(_OPENINGS):
        return None
    opened = next((i for i, block in enumerate(blocks) if _OPENED.fullmatch(text, block.start, block.end)), None)
    if opened is None:
        return None
    rows = [row for i in range(opened + 1, len(blocks)) if (row := _row(text, blocks, i))]
    rows.sort(key=lambda row: row.day.value, reverse=True)
    newest = [row for row in rows if row.day.value == rows[0].day.value]
    today = _today(text, blocks[:opened])
    now = next((row for row in newest if today is None or today.startswith(row.name)), None)
    if now is None:
        return None
    for row in rows[len(newest) :]:
        if row.name != now.name:
            break
        now = row
    return now.span, now.day


def goes_on(text: str, blocks: Sequence[Block], before: int) -> tuple[tuple[int, int], When] | None:
    """The words and the day of the newest row that tells a status, where it tells that work goes on and is newer than the row of the
    same timeline that holds text[before]."""
    opened = next((i for i, block in enumerate(blocks) if _OPENED.fullmatch(text, block.start, block.end)), None)
    if opened is None or blocks[opened].end > before:
        return None
    rows = [row for i in range(opened + 1, len(blocks)) if (row := _row(text, blocks, i))]
    days = (when.at(text, block.start, block.end) for block in reversed(blocks[opened + 1 :]) if block.start <= before)
    told = next((day for day in days if isinstance(day, When)), None)
    newest = max(rows, key=lambda row: row.day.value, default=None)
    if newest is None or told is None or newest.name != _GOES_ON or newest.day.value <= told.value:
        return None
    return (newest.day.start, newest.span[1]), newest.day


def _row(text: str, blocks: Sequence[Block], i: int) -> _Row | None:
    """The status that a row tells, on one line or with its date on a line of its own."""
    start, end = blocks[i].start, blocks[i].end
    start += len(text[start:end]) - len(text[start:end].lstrip("| "))
    if not text[start:end][:1].isalnum():
        return None
    day = when.at(text, start, end)
    if not isinstance(day, When) or day.precision == "year":
        return None
    alone = not text[day.end : end].strip(" |:") and i + 1 < len(blocks)
    told = _TOLD.match(text, day.end, blocks[i + 1].end if alone else end)
    return _Row(told["name"], told.span("name"), day) if told else None


def _today(text: str, blocks: Sequence[Block]) -> str | None:
    for block in blocks:
        if block.end - block.start <= _SHORT and (named := _STATUS.match(text, block.start)):
            return named["name"]
    return None
