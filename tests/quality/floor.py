"""The figures below which quality must not fall."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from betony import gold
from betony.evaluate import evaluate, structured
from betony.gold import View
from tests.quality.source import GOLD, HERE

FLOOR = HERE / "floor.json"
VIEWS = (View.NOHEAD, View.TXT)
HIGH = ("accuracy", "macro_f1", "section_f1", "typed_accuracy")
"""Figures that are better the higher they are."""
LOW = ("pk", "windowdiff", "ece", "other_share")
"""Figures that are better the lower they are."""
_STEP = 1000
"""Floors are kept to three digits, rounded to the lenient side: the last digits may differ between machines."""

Figures = dict[str, Any]


def measure(folder: Path = GOLD) -> Figures:
    """The digest of the set, and its figures in each view."""
    found: Figures = {"digest": gold.digest(folder)}
    for view in VIEWS:
        evaluation = evaluate(folder, structured(folder, gold.ids(folder), view), view)
        found[view.value] = {name: _floor(name, getattr(evaluation, name)) for name in (*HIGH, *LOW)}
    return found


def _floor(name: str, value: float | None) -> float | None:
    if value is None:
        return None
    return (math.floor if name in HIGH else math.ceil)(round(value * _STEP, 6)) / _STEP


def shortfalls(measured: Mapping[str, Any], floor: Mapping[str, Any]) -> list[str]:
    """Every figure that is worse than its floor, in words; a figure that is no longer there is worse."""
    found = []
    for view in VIEWS:
        for name, wanted in floor.get(view.value, {}).items():
            value = measured[view.value].get(name)
            sign = 1 if name in HIGH else -1
            if wanted is not None and (value is None or sign * value < sign * wanted):
                found.append(f"{view} {name}: {value}, the floor is {wanted}")
    return found


def read(path: Path = FLOOR) -> Figures:
    found: Figures = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def write(measured: Figures, path: Path = FLOOR, *, lower: bool = False) -> list[str]:
    """Makes what was measured the floor; leaves it, and says what is worse, where a figure is and `lower` is not set."""
    worse = shortfalls(measured, read(path))
    if not worse or lower:
        path.write_text(json.dumps(measured, indent=1) + "\n", "utf-8")
    return worse
