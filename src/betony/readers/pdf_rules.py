"""Tables drawn with ruled lines: which grid the lines make, and which words stand in which cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from betony.readers.pdf_pages import Fragment, Page, Rule

_NEAR = 3.0
"""Points; lines no farther apart are one."""
_MOST_RULES = 2_000
_MOST_CELLS = 10_000
_SHORTEST = 6.0


@dataclass(slots=True)
class Grid:
    """A ruled table: its edges from left to right and from top to bottom, and the rules that part its cells."""

    page: int
    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]
    fragments: list[Fragment] = field(default_factory=list)

    def holds(self, fragment: Fragment) -> bool:
        middle = (fragment.x0 + fragment.x1) / 2
        return self.xs[0] <= middle <= self.xs[-1] and self.ys[0] <= fragment.y - fragment.size / 4 <= self.ys[-1]

    def rows(self) -> list[list[list[Fragment]]]:
        """The fragments of each cell, row by row; a cell that spans others stands where it begins."""
        owner = self._owners()
        cells: dict[tuple[int, int], list[Fragment]] = {}
        for fragment in self.fragments:
            row = _slot(self.ys, fragment.y - fragment.size / 4)
            column = _slot(self.xs, min(fragment.x0 + fragment.size / 2, (fragment.x0 + fragment.x1) / 2))
            cells.setdefault(owner[row, column], []).append(fragment)
        columns = len(self.xs) - 1
        starts = set(owner.values())
        return [
            [cells.get((row, column), []) for column in range(columns) if (row, column) in starts]
            for row in range(len(self.ys) - 1)
        ]

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each place of the grid the first place of the cell it is part of: no rule parts the two."""
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        down = [[rule for rule in self.down if abs(rule.x0 - x) <= _NEAR] for x in self.xs]
        across = [[rule for rule in self.across if abs(rule.y0 - y) <= _NEAR] for y in self.ys]
        for row in range(len(self.ys) - 1):
            middle = (self.ys[row] + self.ys[row + 1]) / 2
            for column in range(len(self.xs) - 1):
                centre = (self.xs[column] + self.xs[column + 1]) / 2
                here = (row, column)
                if column and not any(r.y0 - _NEAR <= middle <= r.y1 + _NEAR for r in down[column]):
                    here = owner[row, column - 1]
                elif row and not any(r.x0 - _NEAR <= centre <= r.x1 + _NEAR for r in across[row]):
                    here = owner[row - 1, column]
                owner[row, column] = here
        return owner


def grids(page: Page) -> list[Grid]:
    """The ruled tables of the page, from top to bottom; at least two rows and two columns make one."""
    rules = [rule for rule in page.rules if max(rule.x1 - rule.x0, rule.y1 - rule.y0) >= _SHORTEST]
    if not 4 <= len(rules) <= _MOST_RULES:
        return []
    found = []
    for group in _connected(rules):
        down = [rule for rule in group if rule.x1 - rule.x0 < rule.y1 - rule.y0]
        across = [rule for rule in group if rule.x1 - rule.x0 >= rule.y1 - rule.y0]
        xs, ys = _places(rule.x0 for rule in down), _places(rule.y0 for rule in across)
        if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
            continue
        found.append(Grid(page.number, xs, ys, across, down))
    for fragment in page.fragments:
        home = next((grid for grid in found if grid.holds(fragment)), None)
        if home is not None and fragment.text.strip() and not fragment.artifact:
            home.fragments.append(fragment)
    return sorted((grid for grid in found if _is_table(grid)), key=lambda grid: grid.ys[0])


def _is_table(grid: Grid) -> bool:
    """Whether words stand in at least two rows and two columns: a frame round a text is no table."""
    rows = {_slot(grid.ys, f.y - f.size / 4) for f in grid.fragments}
    columns = {_slot(grid.xs, f.x0 + f.size / 2) for f in grid.fragments}
    return len(rows) > 1 and len(columns) > 1


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """The rules in groups of those that touch, found by sweeping from top to bottom."""
    parent = list(range(len(rules)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rules)), key=lambda i: rules[i].y0)
    live: list[int] = []
    for i in order:
        rule = rules[i]
        live = [j for j in live if rules[j].y1 >= rule.y0 - _NEAR]
        for j in live:
            if rules[j].x0 - _NEAR <= rule.x1 and rule.x0 - _NEAR <= rules[j].x1:
                parent[root(i)] = root(j)
        live.append(i)
    groups: dict[int, list[Rule]] = {}
    for i in range(len(rules)):
        groups.setdefault(root(i), []).append(rules[i])
    return [group for group in groups.values() if len(group) >= 4]


def _places(values: Iterable[float]) -> list[float]:
    """The values in order, those that are near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _slot(edges: Sequence[float], value: float) -> int:
    """Between which two edges the value lies; the first or last pair for what lies outside."""
    for i in range(1, len(edges) - 1):
        if value < edges[i]:
            return i - 1
    return len(edges) - 2
