"""What replaces and updates what, laid out as a graph: the older at the left, what came of it at the right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from betony.store import Catalogued, Related

_OLD_FIRST = {
    "is_replaced_by": "replaced by",
    "is_partially_replaced_by": "partly replaced by",
    "is_updated_by": "updated by",
}
_NEW_FIRST = {
    "replaces": "replaced by",
    "partially_replaces": "partly replaced by",
    "updates": "updated by",
}
_RANK = ("replaced by", "partly replaced by", "updated by")
"""Of two things said of the same pair, the first is shown."""
WIDTH, HEIGHT, GAP, SPACE = 290, 56, 150, 14
"""Of a node, and between nodes; in pixels of the drawing."""
MOST = 400
"""Nodes that are drawn; the table below the drawing names all."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One document that came after another."""

    old: str
    new: str
    words: str
    draft: bool
    """Whether it is only planned."""


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the graph, by id or, without one, by the words that name it."""

    name: str
    title: str
    known: bool
    """Whether the store holds it."""
    status: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with its line."""

    tie: Tie
    path: str
    x: int
    y: int
    """Where its words stand."""


@dataclass(frozen=True, slots=True)
class Graph:
    """All that is drawn, and how large it is."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    left_out: int
    """Nodes beyond `MOST`."""


def ties(relations: Iterable[Related]) -> list[Tie]:
    """Each pair of documents once, in order, with the strongest that either says of it."""
    found: dict[tuple[str, str], Tie] = {}
    for relation in relations:
        target = relation.target_id or relation.target_label or relation.target_url
        words = _OLD_FIRST.get(relation.type) or _NEW_FIRST.get(relation.type)
        if not target or not words or target == relation.record_id:
            continue
        ends = (relation.record_id, target) if relation.type in _OLD_FIRST else (target, relation.record_id)
        tie = Tie(*ends, words, relation.draft)
        there = found.get(ends)
        if there is None or (tie.draft, _RANK.index(tie.words)) < (there.draft, _RANK.index(there.words)):
            found[ends] = tie
    return [found[ends] for ends in sorted(found)]


def draw(found: list[Tie], catalogue: Mapping[str, Catalogued], labels: Mapping[str, str]) -> Graph:
    """The ties as a graph, one family of documents below another; `labels` name what the catalogue does not hold."""
    nodes: dict[str, Node] = {}
    top, width, left_out = 0, 0, 0
    for family in _families(found):
        if len(nodes) + len(family) > MOST:
            left_out += len(family)
            continue
        columns: dict[int, list[str]] = {}
        for name, column in sorted(_columns(family, found).items()):
            columns.setdefault(column, []).append(name)
        for column, names in columns.items():
            for row, name in enumerate(names):
                place = column * (WIDTH + GAP), top + row * (HEIGHT + SPACE)
                nodes[name] = _node(name, catalogue.get(name), labels, *place)
                width = max(width, place[0] + WIDTH)
        top += max(map(len, columns.values())) * (HEIGHT + SPACE) + SPACE
    edges = tuple(_edge(tie, nodes[tie.old], nodes[tie.new]) for tie in found if tie.old in nodes)
    return Graph(tuple(nodes.values()), edges, width, top, left_out)


def _node(name: str, record: Catalogued | None, labels: Mapping[str, str], x: int, y: int) -> Node:
    title = (record.title if record else labels.get(name)) or name
    return Node(name, title, record is not None, record.status_code if record else "unknown", x, y)


def _families(found: list[Tie]) -> list[list[str]]:
    """The documents that ties connect, family by family, the largest first."""
    near: dict[str, list[str]] = {}
    for tie in found:
        near.setdefault(tie.old, []).append(tie.new)
        near.setdefault(tie.new, []).append(tie.old)
    seen: set[str] = set()
    families = []
    for name in sorted(near):
        if name in seen:
            continue
        family, ahead = [], [name]
        seen.add(name)
        while ahead:
            one = ahead.pop()
            family.append(one)
            ahead += [other for other in near[one] if other not in seen]
            seen.update(near[one])
        families.append(sorted(family))
    return sorted(families, key=lambda family: (-len(family), family))


def _columns(family: list[str], found: list[Tie]) -> dict[str, int]:
    """How many documents came before each at most; where documents name each other in a circle, no further."""
    members = set(family)
    own = [tie for tie in found if tie.old in members]
    column = dict.fromkeys(family, 0)
    for _ in family[1:]:
        moved = False
        for tie in own:
            if column[tie.new] <= column[tie.old] < len(family) - 1:
                column[tie.new] = column[tie.old] + 1
                moved = True
        if not moved:
            break
    used = {place: number for number, place in enumerate(sorted(set(column.values())))}
    return {name: used[place] for name, place in column.items()}


def _edge(tie: Tie, old: Node, new: Node) -> Edge:
    """A curve from the right side of the older to the left side of the newer."""
    x1, y1, x2, y2 = old.x + WIDTH, old.y + HEIGHT // 2, new.x - 6, new.y + HEIGHT // 2
    bend = max(40, abs(x2 - x1) // 2)
    path = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return Edge(tie, path, (x1 + x2) // 2, (y1 + y2) // 2 - 5)
