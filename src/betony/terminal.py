"""Lines as they are told: plain to programs and pipes; to a terminal aligned, and wrapped to its window."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_REMOVED, _ADDED = re.compile(r"\[-.*?-\]"), re.compile(r"\{\+.*?\+\}")
_NARROWEST = 24
"""Columns that words must have beside a label and a tag; where there are fewer, the tag stands behind the words."""
_LONGEST_BAR = 40


def line(text: str) -> str:
    """Words from a document or a file name as one harmless line: no line ends, no terminal codes."""
    return _CONTROL.sub(" ", text).encode("utf-8", "replace").decode()


class Line(NamedTuple):
    """One line as it is told; a terminal may need several rows for it."""

    depth: int
    words: str
    style: str = ""
    """How the words look on a terminal: a style of rich's, or `diff`."""
    label: str = ""
    """What the words are; on a terminal a column of its own, as wide as its neighbours need."""
    between: str = ": "
    """What stands between label and words where they are plain."""
    tag: str = ""
    """What is concluded of the words: in brackets behind them; on a terminal a column of its own."""
    marks: tuple[tuple[int, int], ...] = ()
    """Half-open offsets of words within the words that stand out."""
    share: float | None = None
    """From 0 to 1, drawn as a bar behind the words, on a terminal alone."""
    series: tuple[float, ...] = ()
    """Numbers from 0 up, drawn as columns behind the words, on a terminal alone: the latest where there is no room."""

    @property
    def plain(self) -> str:
        """The line as a program or a pipe gets it."""
        label = f"{line(self.label)}{self.between}" if self.label else ""
        tag = f" [{line(self.tag)}]" if self.tag else ""
        words = line(self.words).strip() if self.share is not None or self.series else line(self.words)
        return "  " * self.depth + label + words + tag


def show(lines: Iterable[Line]) -> None:
    """Prints lines: aligned and wrapped to the window on a terminal, plain otherwise.

    Without colour or any other code where NO_COLOR is set (https://no-color.org).
    """
    if not sys.stdout.isatty():
        for one in lines:
            sys.stdout.write(one.plain + "\n")
        return
    from rich.console import Console  # noqa: PLC0415 - only where there is a terminal to draw on

    console = Console(highlight=False, color_system=None if os.environ.get("NO_COLOR") else "auto")
    for _, together in groupby(lines, _kind):
        for row in _rows(console, list(together)):
            console.print(row, soft_wrap=True)


def _kind(one: Line) -> tuple[bool, bool, int]:
    """Lines of one kind are neighbours: of labels, those of one depth; of tags alone, of any."""
    return bool(one.label), bool(one.tag), one.depth if one.label else 0


def _rows(console: Console, lines: list[Line]) -> Iterator[Text]:
    from rich.cells import cell_len  # noqa: PLC0415 - as above

    width = console.width
    labels = max(cell_len(line(one.label)) for one in lines)
    labels += 2 if labels else 0
    tags = max(cell_len(line(one.tag)) for one in lines)
    widest = max(2 * one.depth + labels + cell_len(line(one.words)) for one in lines)
    deepest = max(2 * one.depth for one in lines)
    column = min(widest, width - tags - 2) if tags else width
    if column - deepest - labels < _NARROWEST:
        column = width
    for one in lines:
        yield from _wrapped(console, one, labels, column)


def _wrapped(console: Console, one: Line, labels: int, column: int) -> Iterator[Text]:
    """One line, as many rows as it needs; a tag that has no column stands behind the words."""
    from rich.text import Text  # noqa: PLC0415 - as above

    indent = " " * (2 * one.depth)
    own_column = column < console.width
    words = _words(one)
    if one.tag and not own_column:
        words.append(f" [{line(one.tag)}]")
    room = max(column - len(indent) - labels, 1)
    if one.share is not None:
        words.append(_bar(console, one.share, room - words.cell_len - 2))
    if one.series:
        words.append(_columns(console, one.series, room - words.cell_len - 2))
    for number, row in enumerate(words.wrap(console, room) or [words]):
        row.rstrip()
        label = line(one.label) if number == 0 else ""
        made = Text(indent)
        made.append(label + " " * (labels - Text(label).cell_len), "dim")
        made.append_text(row)
        if number == 0 and one.tag and own_column:
            made.append(" " * (column + 2 - made.cell_len) + line(one.tag), "dim")
        made.rstrip()
        yield made


def _words(one: Line) -> Text:
    from rich.text import Text  # noqa: PLC0415 - as above

    words, at = Text("", "" if one.style == "diff" else one.style), 0
    for start, end in one.marks:
        words.append(line(one.words[at:start])).append(line(one.words[start:end]), "bold")
        at = end
    words.append(line(one.words[at:]))
    if one.style == "diff":
        words.highlight_regex(_REMOVED, "red")
        words.highlight_regex(_ADDED, "green")
    return words


def _bar(console: Console, share: float, room: int) -> str:
    """A bar of whole cells: as long as the share is large, one cell at least where there is anything."""
    cell = "■" if console.encoding.lower().startswith("utf") else "#"
    longest = min(room, _LONGEST_BAR)
    return "  " + cell * max(round(share * longest), 1 if share > 0 else 0) if longest > 0 else ""


def _columns(console: Console, series: tuple[float, ...], room: int) -> str:
    """A column for each number, as high as the number is against the greatest; none for nothing."""
    heights = "▁▂▃▄▅▆▇█" if console.encoding.lower().startswith("utf") else ".:-=+*%@"
    shown, most = series[-room:] if room > 0 else (), max(series)
    drawn = (heights[max(round(number / most * 8), 1) - 1] if number > 0 else " " for number in shown)
    return "  " + "".join(drawn)
