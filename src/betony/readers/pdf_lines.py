"""The lines of a PDF page that carries no tags: columns told apart, fragments side by side put together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from betony.readers.pdf_pages import Fragment, Page
from betony.readers.pdf_words import same_line


@dataclass(slots=True)
class Line:
    """Fragments on one base line, left to right, cut where the gap is wide."""

    cells: list[list[Fragment]]
    page: int
    left: float
    """The left edge of the column it stands in."""
    right: float
    signed: bool = False
    """Whether the sign of a list is drawn before it."""

    @property
    def fragments(self) -> list[Fragment]:
        return [fragment for cell in self.cells for fragment in cell]

    @property
    def x0(self) -> float:
        return self.cells[0][0].x0

    @property
    def x1(self) -> float:
        return max(fragment.x1 for fragment in self.cells[-1])

    @property
    def y(self) -> float:
        return self.cells[0][0].y

    @property
    def size(self) -> float:
        """The size most of its characters have."""
        sizes: Counter[float] = Counter()
        for fragment in self.fragments:
            sizes[fragment.size] += len(fragment.text.strip())
        return max(sizes.items(), key=lambda item: (item[1], item[0]))[0]

    @property
    def bold(self) -> bool:
        return all(fragment.bold for fragment in self.fragments if fragment.text.strip())

    @property
    def text(self) -> str:
        return " ".join("".join(fragment.text for fragment in cell).strip() for cell in self.cells)


def lines(page: Page, fragments: Iterable[Fragment]) -> list[Line]:
    """The fragments as lines in reading order: down the page, of two clear columns the left one first."""
    solid = [fragment for fragment in fragments if fragment.text.strip()]
    gutter = _gutter(page, solid)
    if gutter is None:
        return _stacked(page, solid)
    found: list[Line] = []
    for wide, region in _bands(solid, gutter):
        if wide:
            found += _stacked(page, region)
            continue
        left = [fragment for fragment in region if fragment.x1 <= gutter]
        found += _stacked(page, left)
        found += _stacked(page, [fragment for fragment in region if fragment.x1 > gutter])
    return found


def _stacked(page: Page, fragments: list[Fragment]) -> list[Line]:
    if not fragments:
        return []
    left, right = min(f.x0 for f in fragments), max(f.x1 for f in fragments)
    rows: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (f.y, f.x0)):
        if rows and same_line(rows[-1][0], fragment) and not _overlaps(rows[-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    signs = sorted(page.signs, key=itemgetter(1))
    return [Line(_cells(row), page.number, left, right, _is_signed(row, signs)) for row in rows]


def _is_signed(row: Sequence[Fragment], signs: Sequence[tuple[float, float]]) -> bool:
    """Whether a sign is drawn a little left of the words, on their line; the signs are in order from the top."""
    x, y, size = min(f.x0 for f in row), row[0].y, row[0].size
    first = bisect_left(signs, y - size, key=itemgetter(1))
    last = bisect_right(signs, y, key=itemgetter(1))
    return any(x - 3 * size <= sign <= x for sign, _ in signs[first:last])


def _overlaps(row: Sequence[Fragment], fragment: Fragment) -> bool:
    """Whether the row has words at that place already: two lines set very close."""
    return any(
        min(f.x1, fragment.x1) - max(f.x0, fragment.x0) > max(f.size, fragment.size) and abs(f.y - fragment.y) > 1
        for f in row[-20:]
    )


def _cells(row: list[Fragment]) -> list[list[Fragment]]:
    row.sort(key=lambda f: f.x0)
    cells = [[row[0]]]
    edge = row[0].x1
    for fragment in row[1:]:
        if fragment.x0 - edge > 1.0 * max(fragment.size, 6):
            cells.append([])
        cells[-1].append(fragment)
        edge = max(edge, fragment.x1)
    return cells


_STEP = 3.0


def _gutter(page: Page, fragments: Sequence[Fragment]) -> float | None:
    """Where two columns of prose part, or None where it is not clear that there are two."""
    if len(fragments) < 16:
        return None
    left, right = min(f.x0 for f in fragments), max(f.x1 for f in fragments)
    width = right - left
    best, crossed = None, 0.15 * sum(len(f.text) for f in fragments)
    at = left + 0.35 * width
    while at <= left + 0.65 * width:
        crossing = sum(len(f.text) for f in fragments if f.x0 < at < f.x1)
        if crossing < crossed:
            best, crossed = at, crossing
        at += _STEP
    if best is None:
        return None
    sides = [f for f in fragments if f.x1 <= best], [f for f in fragments if f.x0 >= best]
    return best if all(_is_prose(page, side, width) for side in sides) and _side_by_side(*sides) else None


def _is_prose(page: Page, side: list[Fragment], width: float) -> bool:
    """Whether the side is a column of running lines: many, and most of them nearly as wide as the column."""
    rows = [row for row in _stacked(page, side) if len(row.text) > 3]
    if len(rows) < 6:
        return False
    edge = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    filled = sum(row.x1 - row.x0 > 0.65 * edge for row in rows)
    return edge > 0.3 * width and filled >= 0.5 * len(rows)


def _side_by_side(left: Sequence[Fragment], right: Sequence[Fragment]) -> bool:
    top = max(min(f.y for f in side) for side in (left, right))
    bottom = min(max(f.y for f in side) for side in (left, right))
    return bottom - top > 60


def _bands(fragments: Sequence[Fragment], gutter: float) -> list[tuple[bool, list[Fragment]]]:
    """The page cut into what runs across both columns and what does not, from top to bottom."""
    wide_rows = sorted(f.y for f in fragments if f.x0 < gutter < f.x1)
    bands: list[tuple[bool, list[Fragment]]] = []
    for fragment in sorted(fragments, key=lambda f: (f.y, f.x0)):
        wide = any(abs(fragment.y - y) <= 1 for y in wide_rows)
        if not bands or bands[-1][0] != wide:
            bands.append((wide, []))
        bands[-1][1].append(fragment)
    return bands
