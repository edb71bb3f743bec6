"""Blocks of PDF pages that carry no tags, by size, weight and place of their lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from betony.model import BlockKind, Layer
from betony.readers.compose import Piece
from betony.readers.pdf_lines import Line, lines
from betony.readers.pdf_pages import Fragment, Page
from betony.readers.pdf_rules import Grid, grids
from betony.readers.pdf_words import Words

_SIGN = re.compile(r"(?:[•◦▪▫‣⁃●○■□\uf0b7\uf0a7\uf06f]\s*|[·∙–—*-]\s+|o\s+)(?=\S)")
_SIGN_ALONE = re.compile(r"[•◦▪▫‣⁃●○■□·∙–—*\uf0b7\uf0a7\uf06f-]$|o$")
_LABEL = re.compile(r"(?:\(?[a-z]{1,3}\)|\(?\d{1,2}\)|\d{1,2}\.)\s+(?=\S)")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})+\.?(?=\s|$)")
_NUMBER_WITHIN = re.compile(r"\d{1,3}(?:\.\d{1,3})+[ ,;)\]]+[a-z]")
"""A number that is spoken of: its sentence goes on in small letters."""
_NUMBER_ALONE = re.compile(r"(?:\d{1,3}\.?)+$|\(?[a-z0-9]{1,3}[.)]$")
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*$")
_LEADER = re.compile(r"(?:\.\s?){5,}\s*\d{1,4}$|…+\s*\d{1,4}$")
_PAGE_NUMBER = re.compile(r"^\d{1,4}\b|\b\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?$")
_LONGEST_HEADING = 300


@dataclass(slots=True)
class _Group:
    """Lines that make one block, or a ruled table between them."""

    lines: list[Line] = field(default_factory=list)
    grid: Grid | None = None
    kind: BlockKind = BlockKind.PARAGRAPH
    hang: float | None = None
    """Of a list item or numbered paragraph, where its words begin, right of its sign or number."""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Style:
    """What is usual in the document."""

    size: float
    """The size that most of its characters have."""
    pitch: float
    """The usual distance of base lines within a paragraph, in units of the size."""
    headings: tuple[tuple[float, bool], ...]
    """Sizes and weights of headings, the highest first."""


def read(pages: Sequence[Page], known: frozenset[str]) -> list[Piece]:
    """The blocks of the pages in reading order, by their layout alone; artifacts are left out."""
    placed = [(page, grids(page)) for page in pages]
    laid = [(page, tables, _free_lines(page, tables)) for page, tables in placed]
    every = [line for _, _, found in laid for line in found]
    size, pitch = _usual_size(every), _usual_pitch(every)
    groups: list[_Group] = []
    for _, tables, found in laid:
        _gather(groups, tables, found, pitch)
    groups = _rows_of_columns(groups)
    _mark_unsigned_items(groups)
    _mark_headings(groups, size)
    style = Style(size, pitch, _ranks(groups))
    return list(_pieces(groups, style, known))


def furniture(page: Page, found: Iterable[Fragment], known: frozenset[str]) -> Iterator[Piece]:
    """One piece for each line of what is page furniture."""
    for line in lines(page, found):
        yield _piece([line], BlockKind.PARAGRAPH, 0, known, layer=Layer.FURNITURE)


def _free_lines(page: Page, tables: Sequence[Grid]) -> list[Line]:
    inside = {id(fragment) for grid in tables for fragment in grid.fragments}
    return lines(page, (f for f in page.fragments if not f.artifact and id(f) not in inside))


def _usual_size(every: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in every:
        for fragment in line.fragments:
            sizes[fragment.size] += len(fragment.text.strip())
    return max(sizes.items(), key=lambda item: (item[1], -item[0]))[0] if sizes else 10.0


def _usual_pitch(every: Sequence[Line]) -> float:
    """The least distance that is common among lines of one size below each other."""
    gaps: Counter[float] = Counter()
    for above, below in pairwise(every):
        if above.page == below.page and above.size == below.size and 0 < below.y - above.y < 2.5 * above.size:
            gaps[round((below.y - above.y) / above.size, 1)] += 1
    common = [gap for gap, count in gaps.items() if count >= 0.15 * gaps.total()]
    return min(common, default=1.3)


def _gather(groups: list[_Group], tables: Sequence[Grid], found: Sequence[Line], pitch: float) -> None:
    waiting = list(tables)
    first = True
    for line in found:
        while waiting and waiting[0].ys[0] < line.y - 0.5 * line.size:
            groups.append(_Group(grid=waiting.pop(0)))
        last = groups[-1] if groups else None
        if last is None or last.grid is not None or _begins(last, line, pitch, new_page=first):
            groups.append(_new_group(line))
        else:
            last.lines.append(line)
        first = False
    groups += [_Group(grid=grid) for grid in waiting]


def _new_group(line: Line) -> _Group:
    text = line.text
    kind, hang = BlockKind.PARAGRAPH, None
    if line.signed:
        kind, hang = BlockKind.LIST_ITEM, line.x0
    elif _SIGN.match(text) or (not line.bold and _LABEL.match(text)):
        kind, hang = BlockKind.LIST_ITEM, line.x0 + 0.5 * line.size
    elif _NUMBER.match(text):
        hang = line.x0
    if hang is not None and len(line.cells) > 1:
        hang = line.cells[1][0].x0
    return _Group([line], kind=kind, hang=hang)


def _begins(group: _Group, line: Line, pitch: float, *, new_page: bool) -> bool:
    """Whether the line begins a block of its own after the group's last line."""
    last, text = group.lines[-1], line.text
    if line.signed or _SIGN.match(text) or (_LABEL.match(text) and not line.bold):
        return True
    if _NUMBER.match(text) and not (_NUMBER_WITHIN.match(text) and not _ENDS.search(last.text)):
        return True
    if abs(line.size - last.size) > 0.06 * last.size or _changes_weight(group, line):
        return True
    if new_page or line.y < last.y:
        # A new page or column: the words go on where the sentence is open.
        return bool(_ENDS.search(last.text)) or (not text[:1].islower() and not last.text.endswith((",", "-", "\x02")))
    if line.y - last.y > max(1.25 * pitch, pitch + 0.2) * line.size:
        return True
    if group.hang is not None and group.kind is BlockKind.LIST_ITEM and line.x0 < group.hang - 0.7 * line.size:
        return True
    return _had_room(last, line) and (bool(_ENDS.search(last.text)) or text[:1].isupper())


def _changes_weight(group: _Group, line: Line) -> bool:
    """Whether bold lines end or begin here: not within a line, where only a few words are bold."""
    if group.lines[-1].bold == line.bold:
        return False
    return all(above.bold for above in group.lines) or (line.bold and not group.lines[-1].fragments[-1].bold)


def _had_room(above: Line, below: Line) -> bool:
    """Whether the first word of the line would have found room on the line above."""
    width = above.x1 - above.x0
    word = below.text.split(" ", 1)[0]
    return above.x1 + width / max(len(above.text), 1) * (len(word) + 2) < above.right


_ALIGNED = 4.0


def _rows_of_columns(groups: list[_Group]) -> list[_Group]:
    """Runs of lines whose wide gaps are aligned become rows of a table that has no rules."""
    marked: list[_Group] = []
    run: list[_Group] = []
    for group in [*groups, _Group()]:
        cells = group.lines[0].cells if len(group.lines) == 1 else []
        columns = [cell[0].x0 for cell in cells]
        labelled = bool(cells) and bool(_NUMBER_ALONE.match(_text(cells[0])) or _SIGN_ALONE.match(_text(cells[0])))
        fits = len(columns) > 1 and not (labelled and len(columns) == 2)
        if run and fits and _share_columns(columns, [cell[0].x0 for cell in run[-1].lines[0].cells]):
            run.append(group)
            continue
        if len(run) > 2:
            for row in run:
                row.kind = BlockKind.TABLE_ROW
        marked += run
        run = [group] if fits else []
        if not fits:
            marked.append(group)
    return [group for group in marked if group.lines or group.grid]


def _share_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    shared = sum(any(abs(a - b) <= _ALIGNED for b in other) for a in one)
    return shared >= 2 and shared >= min(len(one), len(other)) - 1


def _text(cell: Iterable[Fragment]) -> str:
    return "".join(fragment.text for fragment in cell).strip()


def _mark_unsigned_items(groups: Sequence[_Group]) -> None:
    """Makes list items of paragraphs set in under words that announce a list: their signs are drawn, not written."""
    above: _Group | None = None
    for group in groups:
        if above and group.lines and group.kind is BlockKind.PARAGRAPH and above.lines:
            gain = group.lines[0].x0 - above.lines[0].x0
            announced = above.kind is BlockKind.PARAGRAPH and above.text.endswith(":") and gain > group.lines[0].size
            goes_on = above.kind is BlockKind.LIST_ITEM and above.hang is None and abs(gain) < 2
            if announced or goes_on:
                group.kind = BlockKind.LIST_ITEM
        above = group


def _mark_headings(groups: Sequence[_Group], size: float) -> None:
    for i, group in enumerate(groups):
        if group.grid or group.kind is not BlockKind.PARAGRAPH or not any(c.isalpha() for c in group.text):
            continue
        line, text = group.lines[0], group.text
        larger = line.size >= 1.08 * size and len(text) <= _LONGEST_HEADING
        alone = len(group.lines) <= 3 and len(text) <= 150 and i + 1 < len(groups)
        heavy = alone and all(row.bold for row in group.lines) and line.size >= 0.9 * size
        if (larger and not text.rstrip().endswith((",", ";"))) or (heavy and not text.endswith((".", ",", ";", "!"))):
            group.kind = BlockKind.HEADING


def _ranks(groups: Iterable[_Group]) -> tuple[tuple[float, bool], ...]:
    kinds = {(group.lines[0].size, group.lines[0].bold) for group in groups if group.kind is BlockKind.HEADING}
    return tuple(sorted(kinds, reverse=True))


def _pieces(groups: Sequence[_Group], style: Style, known: frozenset[str]) -> Iterator[Piece]:
    depths = _depths(groups)
    table = 0
    last: _Group | None = None
    for group in groups:
        if group.grid is not None:
            table += 1
            yield from _table(group.grid, table, known)
        elif group.kind is BlockKind.TABLE_ROW:
            table += last is None or last.kind is not BlockKind.TABLE_ROW
            yield _row(group.lines[0].cells, group.lines[0].page, table, known)
        else:
            level = 0
            if group.kind is BlockKind.HEADING:
                level = min(6, 1 + style.headings.index((group.lines[0].size, group.lines[0].bold)))
            elif group.kind is BlockKind.LIST_ITEM:
                level = depths[_indent(group)]
            layer = Layer.FURNITURE if _LEADER.search(group.text) else Layer.BODY
            yield _piece(group.lines, group.kind, level, known, layer=layer)
        last = group


def _depths(groups: Iterable[_Group]) -> dict[int, int]:
    """For each indentation of list items in the document how deep it is."""
    found: dict[int, int] = {}
    depth, edge = 0, -100
    for indent in sorted({_indent(group) for group in groups if group.kind is BlockKind.LIST_ITEM}):
        depth += indent - edge > 6
        edge = indent if indent - edge > 6 else edge
        found[indent] = depth
    return found


def _indent(group: _Group) -> int:
    return round(group.lines[0].x0 - group.lines[0].left)


def _piece(
    found: Sequence[Line], kind: BlockKind, level: int, known: frozenset[str], *, layer: Layer = Layer.BODY
) -> Piece:
    words = Words(known)
    drop = kind is BlockKind.LIST_ITEM
    for line in found:
        for i, cell in enumerate(line.cells):
            for fragment in cell:
                if drop and fragment.text.strip():
                    # The sign of a list is drawn, as a browser draws it; the block's kind says it.
                    fragment.text, drop = _without_sign(fragment.text), False
                if fragment.text:
                    words.add(fragment)
            if layer is Layer.FURNITURE and i + 1 < len(line.cells):
                words.add_text(" ")
    return Piece(kind, [words.take()], found[0].page, level, layer)


def _without_sign(text: str) -> str:
    bare = text.strip()
    if _SIGN_ALONE.match(bare):
        return ""
    match = _SIGN.match(bare)
    return bare[match.end() :] if match else text


def _row(
    cells: Iterable[Sequence[Fragment]], page: int, table: int, known: frozenset[str], *, header: bool = False
) -> Piece:
    runs = []
    for cell in cells:
        words = Words(known)
        for fragment in cell:
            words.add(fragment)
        runs.append(words.take())
    return Piece(BlockKind.TABLE_ROW, runs, page, table=(table,), header=header)


def _table(grid: Grid, table: int, known: frozenset[str]) -> Iterator[Piece]:
    for i, cells in enumerate(grid.rows()):
        inside = [fragment for cell in cells for fragment in cell if fragment.text.strip()]
        header = i == 0 and bool(inside) and all(fragment.bold for fragment in inside)
        ordered = [sorted(cell, key=lambda f: (round(f.y), f.x0)) for cell in cells]
        yield _row(ordered, grid.page, table, known, header=header)


def running(pages: Sequence[Page]) -> None:
    """Marks as artifacts what stands in the margin of page after page, or at its very edge in small type."""
    margin: dict[tuple[str, int], set[int]] = {}
    placed: list[tuple[Page, list[Fragment], tuple[str, int], str]] = []
    laid = [(page, lines(page, (f for f in page.fragments if not f.artifact))) for page in pages]
    size = _usual_size([line for _, found in laid for line in found])
    for page, on_page in laid:
        for line in on_page:
            if 0.12 * page.height < line.y < 0.88 * page.height:
                continue
            text = _PAGE_NUMBER.sub("#", line.text) if line.size < 1.08 * size else line.text
            key = (text, round(line.y / 4))
            placed.append((page, line.fragments, key, line.text))
            margin.setdefault(key, set()).add(page.number)
    enough = max(2, 0.4 * len(pages))
    for page, found, (words, place), text in placed:
        seen = set().union(*(margin.get((words, near), set()) for near in (place - 1, place, place + 1)))
        edge = not 0.07 * page.height < found[0].y < 0.93 * page.height
        number = re.fullmatch(r"(?:page\s+)?(\d{1,4})(?:\s+(?:of|/)\s+\d{1,4})?", text.strip(), re.IGNORECASE)
        small = edge and max(fragment.size for fragment in found) < 0.9 * size and len(text) < 120
        if len(seen) >= enough or small or (number and int(number[1]) == page.number):
            for fragment in found:
                fragment.artifact = True
