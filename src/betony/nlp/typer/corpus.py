"""Labelled documents to learn from, and the many forms in which they are met."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TITLE = "Title"
OWN = "x:"
"""What the labels of our own sections begin with; the others are fields of a form."""
GRADED = "NEATS"
_APART = frozenset({"IOM Care Need", "IOM Domain", "FDA Warning/Regulatory Alert"})
_SAME = {"Other Disease/Condition(s) Addressed": "Disease/Condition(s)"}


@dataclass(frozen=True, slots=True)
class Segment:
    """Lines that one field or section holds."""

    label: str
    type: str
    lines: tuple[str, ...]
    heading: str | None = None
    over: str | None = None
    """The heading above the heading."""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled document: its segments in their order."""

    id: str
    group: str
    """Who made it; documents of one group are never split between training and test."""
    title: str
    segments: tuple[Segment, ...]
    in_order: bool = False
    """Its segments follow the order of the form that the ordered chain learns."""
    made_up: bool = False


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line that holds something: where its words begin, and they."""
    at = 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            yield at + len(raw) - len(raw.lstrip()), words
        at += len(raw)


def gold(folder: Path) -> list[Example]:
    """The documents of a folder in the gold format: `<id>.gold.json` beside `<id>.nohead.txt`."""
    return [_gold(path) for path in sorted(folder.glob("*.gold.json"))]


def _gold(path: Path) -> Example:
    data = json.loads(path.read_text("utf-8"))
    with path.with_name(f"{data['id']}.nohead.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    spans = sorted((s for s in data["segments"] if s["nohead"][1] > s["nohead"][0]), key=lambda s: s["nohead"][0])
    segments = []
    before = tuple(line for _, line in lines_of(text[: spans[0]["nohead"][0]])) if spans else ()
    if before:
        segments.append(Segment(TITLE, "summary", before))
    for span in spans:
        lines = tuple(line for _, line in lines_of(text[slice(*span["nohead"])]))
        if lines:
            segments.append(Segment(label_of(span), span["type"], lines, span.get("field"), span.get("section")))
    in_order = all("field" in span for span in spans)
    return Example(
        data["id"], data.get("developer") or data["id"], data.get("title") or "", tuple(segments), in_order=in_order
    )


def label_of(span: dict[str, Any]) -> str:
    """The latent label of a gold segment: its form's field, a few rare ones joined; without one, our own of its type."""
    if "field" not in span:
        return OWN + str(span["type"])
    name = _SAME.get(span["field"], span["field"])
    return GRADED if span["type"] == "other" and name not in _APART else name


def folds(groups: Sequence[str], k: int) -> list[int]:
    """A fold for each document, whole groups together, the folds about equally large."""
    sizes = [0] * k
    fold_of: dict[str, int] = {}
    for name, n in sorted(Counter(groups).items(), key=lambda item: (-item[1], item[0])):
        fold_of[name] = min(range(k), key=lambda i: (sizes[i], i))
        sizes[fold_of[name]] += n
    return [fold_of[name] for name in groups]


@dataclass(frozen=True, slots=True)
class Variation:
    """In what forms a document is met while learning: shares of each; `training.cfg` gives them and their meaning."""

    order: dict[str, float]
    headings: dict[str, float]
    lost: float
    mixed: float
    lent: float
    misleading: float

    def arrange(self, segments: int, has_title: bool, draw: random.Random) -> tuple[list[int], bool]:
        """Which segments stand in which order, and whether that is still the form's order."""
        head = [0] if has_title else []
        body = list(range(len(head), segments))
        if not body:
            return head, True
        kind = draw.choices(list(self.order), list(self.order.values()))[0]
        if kind in ("shuffled", "scraps"):
            draw.shuffle(body)
        if kind == "moved" and len(body) > 2:
            cuts = sorted(draw.sample(range(1, len(body)), min(draw.randint(2, 6), len(body) - 1)))
            pieces = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
            draw.shuffle(pieces)
            body = [i for piece in pieces for i in piece]
        if kind == "thinned":
            share = draw.choice((0.1, 0.3, 0.5))
            body = [i for i in body if draw.random() > share] or body
        if kind == "scraps":
            body = body[: draw.randint(2, 25)]
        if kind == "piece":
            at = draw.randrange(len(body))
            body = body[at : at + draw.randint(2, 25)]
            head = head if draw.random() < 0.5 else []
        return head + body, kind not in ("shuffled", "scraps", "moved")
