"""The parts of a Markdown text that are no lines of prose: front matter, code, tables, comments, addresses of links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from betony.model import Block, BlockKind, Layer

_LINE = re.compile(r"[^\n]+")
_FENCE = re.compile(r"[ \t]{0,12}(?P<sign>`{3,}|~{3,})(?P<more>[^`\n]*)$")
_RULE = re.compile(r"[ \t]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$")
"""The line below the names of a table's columns."""
_CELL_ENDS = re.compile(r"(?<!\\)\|")
_BAR = re.compile(r"[ \t]{0,40}(?<!\\)\|[ \t]{0,40}\r?")
DEFINITION = re.compile(
    r"[ ]{0,3}\[(?P<name>[^\[\]\n^][^\[\]\n]{0,120})\]:[ \t]{1,8}<?(?P<address>[^\s<>]{1,2000})>?"
    r"(?:[ \t]+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?[ \t]*\r?$"
)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}:\S|[/#.]|www\.|[^\s/]{1,80}\.[a-z]{2,10}(?:/|$)", re.IGNORECASE)


class Kind(Enum):
    FRONT_MATTER = auto()
    CODE = auto()
    TABLE = auto()
    COMMENT = auto()
    DEFINITION = auto()


@dataclass(frozen=True, slots=True)
class Island:
    """A stretch of whole lines, the blocks it is made of, and which signs in it are no words."""

    kind: Kind
    start: int
    end: int
    blocks: tuple[Block, ...]
    marks: tuple[tuple[int, int], ...] = ()
    cells: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Of a table the places of each row's cells."""
    ruled: bool = False
    """The first row of the table is marked as the names of its columns."""


_Line = tuple[int, int]


def islands(text: str, front_matter_ends: int = 0) -> list[Island]:
    """The islands of a text, in order."""
    found: list[Island] = []
    if front_matter_ends:
        found.append(_whole(Kind.FRONT_MATTER, 0, front_matter_ends))
    lines = [match.span() for match in _LINE.finditer(text, front_matter_ends) if not match.group().isspace()]
    fences = _fences(text, lines)
    i = 0
    while i < len(lines):
        island, i = _at(text, lines, fences, i)
        if island:
            found.append(island)
    return found


def _at(text: str, lines: Sequence[_Line], fences: dict[int, int], i: int) -> tuple[Island | None, int]:
    """The island that begins with a line, if one does, and the number of the line behind it."""
    start, end = lines[i]
    if i in fences:
        return _code(text, lines[i], lines[fences[i]]), fences[i] + 1
    if text.startswith("<!--", _first(text, start, end)):
        shut = text.find("-->", start)
        last = next((j for j in range(i, len(lines)) if lines[j][1] >= shut + 3), i) if shut >= 0 else i
        if shut >= 0 and not text[shut + 3 : lines[last][1]].strip():
            return _whole(Kind.COMMENT, _first(text, start, end), shut + 3), last + 1
    elif i + 1 < len(lines) and "|" in text[start:end] and _rules(text, lines[i], lines[i + 1]):
        last = i + 2
        while last < len(lines) and "|" in text[slice(*lines[last])] and _adjoin(text, lines[last - 1], lines[last]):
            last += 1
        return _table(text, lines[i], lines[i + 2 : last], lines[i + 1]), last
    elif "|" in text[start:end] and (last := _end_of_rows(text, lines, i)) > i:
        return _table(text, lines[i], lines[i + 1 : last]), last
    elif is_definition(text[start:end]):
        return _whole(Kind.DEFINITION, _first(text, start, end), start + len(text[start:end].rstrip())), i + 1
    return None, i + 1


def is_definition(line: str) -> bool:
    """Whether a line says where a link leads that the text names in brackets: `[1]: https://example.org`."""
    match = DEFINITION.match(line) if "]:" in line else None
    return match is not None and _ADDRESS.match(match["address"]) is not None


def _fences(text: str, lines: Sequence[_Line]) -> dict[int, int]:
    """The lines that open code, and the line that closes each; what nothing closes is no code."""
    found: dict[int, int] = {}
    if "```" not in text and "~~~" not in text:
        return found
    opened: tuple[int, str] | None = None
    for i, (start, end) in enumerate(lines):
        fence = _FENCE.match(text[start:end].rstrip())
        if fence is None:
            continue
        if opened is None:
            opened = i, fence["sign"]
        elif fence["sign"].startswith(opened[1]) and not fence["more"].strip():
            found[opened[0]] = i
            opened = None
    return found


def _code(text: str, above: _Line, below: _Line) -> Island:
    """Code is one block, its fences no words."""
    start = _first(text, *above)
    end = below[0] + len(text[slice(*below)].rstrip())
    blank = not text[above[1] : below[0]].strip()
    marks = () if blank else ((start, above[1]), (below[0], end))
    return Island(Kind.CODE, start, end, (Block(BlockKind.PARAGRAPH, start, end),), marks)


def _rules(text: str, above: _Line, line: _Line) -> bool:
    """Whether a line below one with cells is the rule of a table with as many columns."""
    words = text[slice(*line)]
    if "-" not in words or not _adjoin(text, above, line) or not _RULE.match(words):
        return False
    return len(_cells(text, *above)) == len(_cells(text, *line)) and ("|" in words)


def _adjoin(text: str, above: _Line, below: _Line) -> bool:
    return text[above[1] : below[0]].count("\n") == 1


def barred(text: str) -> list[Island]:
    """The tables alone, of a text that is otherwise no Markdown."""
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    found: list[Island] = []
    i = 0
    while i < len(lines):
        last = _end_of_rows(text, lines, i) if "|" in text[slice(*lines[i])] else i
        if last > i:
            found.append(_table(text, lines[i], lines[i + 1 : last]))
        i = max(last, i + 1)
    return found


_FEWEST_COLUMNS = 3
"""Bars that do not shut the row on either side may part two names, or the parts of a title, as well."""
_A_CELL = 30
"""Characters of a cell that is no entry of a menu."""
_ROWS_OF_ENTRIES = 3
"""Rows from which on short cells make a table as well."""


def _end_of_rows(text: str, lines: Sequence[_Line], first: int) -> int:
    """Behind the last of the rows of a table without a rule, from the first on: bars part each into as many cells. The first itself
    where there is none."""
    start, end = lines[first]
    words = text[start:end].strip()
    cells = _cells(text, start, end)
    shut = len(words) > 1 and words[0] == "|" == words[-1]
    if len(cells) < (_FEWEST_COLUMNS - shut):
        return first
    longest = max(close - begin for begin, close in cells)
    at = first + 1
    while at < len(lines) and "|" in text[slice(*lines[at])] and _adjoin(text, lines[at - 1], lines[at]):
        own = _cells(text, *lines[at])
        if len(own) != len(cells) or (at + 1 < len(lines) and _rules(text, lines[at], lines[at + 1])):
            break
        longest = max(longest, *(close - begin for begin, close in own))
        at += 1
    rows = at - first
    return at if rows > 1 and (longest >= _A_CELL or rows >= _ROWS_OF_ENTRIES) else first


def _table(text: str, first: _Line, others: Sequence[_Line], rule: _Line | None = None) -> Island:
    """Each row is a block, that of the columns' names with the rule below it; the bars between cells are no words."""
    rows = [first, *others]
    ends = [rule[1] if rule else first[1], *(end for _, end in others)]
    blocks = tuple(
        Block(BlockKind.TABLE_ROW, _first(text, *row), row[0] + len(text[row[0] : end].rstrip()))
        for row, end in zip(rows, ends, strict=True)
    )
    marks = [mark for row in rows for mark in _bars(text, *row)]
    if rule:
        marks.append((first[1], blocks[0].end))
    cells = tuple(tuple(_cells(text, *row)) for row in rows)
    return Island(Kind.TABLE, blocks[0].start, blocks[-1].end, blocks, tuple(sorted(marks)), cells, rule is not None)


def _bars(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The bars of a row, each with the white space beside it."""
    for match in _BAR.finditer(text, _first(text, start, end), end):
        yield match.span()


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places of a row's cells, those at its edges only where no bar shuts them."""
    places = []
    at = start
    for match in _CELL_ENDS.finditer(text, start, end):
        places.append((at, match.start()))
        at = match.end()
    places.append((at, end))
    if len(places) > 1 and not text[slice(*places[0])].strip():
        places = places[1:]
    if len(places) > 1 and not text[slice(*places[-1])].strip():
        places = places[:-1]
    return places


def _first(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def _whole(kind: Kind, start: int, end: int) -> Island:
    """What no reader of the page sees, as one block."""
    return Island(kind, start, end, (Block(BlockKind.PARAGRAPH, start, end, layer=Layer.FURNITURE),))
