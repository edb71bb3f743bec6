"""The body of real pages that lost their landmarks: never worse than what trafilatura alone makes of them."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.bench import extraction


def test_the_body_without_landmarks_is_no_worse_than_trafilatura_alone(shared: Path) -> None:
    pytest.importorskip("trafilatura")
    ways = extraction.extractors()
    parts: dict[str, list[extraction.Case]] = {}
    for case in extraction.cases(shared):
        if case.part.endswith((": main", ": content")):
            parts.setdefault(case.part, []).append(case)
    for part, cases in parts.items():
        f1 = {
            name: statistics.mean(extraction.score(way(case.body), case.truth)[2] for case in cases)
            for name, way in ways.items()
        }
        assert min(f1["ours"], f1["ours without"]) >= max(f1[name] for name in ways if name.startswith("traf")), part
