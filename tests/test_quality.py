"""Section types on the made-up set stay as good as they are."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path

import pytest

from betony import gold
from betony.gold import View
from betony.model import SectionType
from tests.quality import __main__ as command
from tests.quality import abstracts, floor, source

ADVICE = "make gold/ and the floor anew: python -m tests.quality --update"


@cache
def measured() -> floor.Figures:
    return floor.measure()


def test_no_figure_is_below_its_floor() -> None:
    assert floor.shortfalls(measured(), floor.read()) == []


def test_the_floor_was_measured_on_this_set() -> None:
    assert floor.read()["digest"] == measured()["digest"], ADVICE


def test_the_gold_folder_is_what_the_sources_say() -> None:
    standing = {path.name: path.read_text("utf-8") for path in source.GOLD.iterdir()}
    assert standing == source.every_file(), ADVICE


def test_the_set_is_wide_enough() -> None:
    sources = [source.read(path) for path in source.SOURCES.glob("*.md")]
    assert len(sources) >= 24
    types = {passage.type for one in sources for passage in one.passages}
    assert types == set(SectionType) - {SectionType.OTHER}
    assert sum(all(not passage.heading for passage in one.passages) for one in sources) >= 5


@pytest.mark.parametrize("view", [View.TXT, View.NOHEAD])
def test_labels_lie_on_their_words(view: View) -> None:
    for path in source.SOURCES.glob("*.md"):
        labelled = gold.read(source.GOLD, path.stem, view)
        words = [passage.text for passage in source.read(path).passages if passage.text]
        assert [labelled.text[segment.start : segment.end] for segment in labelled.segments] == words


def figures(**changed: float) -> floor.Figures:
    one = dict.fromkeys((*floor.HIGH, *floor.LOW), 0.5)
    return {"digest": "d", "nohead": {**one, **changed}, "txt": dict(one)}


def test_worse_is_lower_or_of_errors_higher() -> None:
    assert floor.shortfalls(figures(accuracy=0.6, pk=0.4), figures()) == []
    assert floor.shortfalls(figures(accuracy=0.4), figures()) == ["nohead accuracy: 0.4, the floor is 0.5"]
    assert floor.shortfalls(figures(pk=0.6), figures()) == ["nohead pk: 0.6, the floor is 0.5"]


def test_an_update_raises_the_floor_and_lowers_it_only_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    standing = tmp_path / "floor.json"
    now = figures()
    monkeypatch.setattr(floor, "measure", lambda: copy.deepcopy(now))
    monkeypatch.setattr(floor, "read", lambda path=standing: json.loads(path.read_text()) if path.exists() else {})
    write = floor.write
    monkeypatch.setattr(floor, "write", lambda figures, *, lower: write(figures, standing, lower=lower))
    monkeypatch.setattr(source, "write", lambda: None)

    assert command.main(["--update"]) == 0
    now["nohead"]["accuracy"] = 0.7
    assert command.main(["--update"]) == 0
    now["nohead"]["accuracy"] = 0.6
    assert command.main([]) == 1
    assert command.main(["--update"]) == 1
    assert "--lower lowers it" in capsys.readouterr().err
    assert json.loads(standing.read_text())["nohead"]["accuracy"] == 0.7
    assert command.main(["--update", "--lower"]) == 0
    assert json.loads(standing.read_text())["nohead"]["accuracy"] == 0.6
    with pytest.raises(SystemExit):
        command.main(["--lower"])


MADE_UP = [
    {"sentences": ["Falls are common.", "We asked forty wards.", "Falls went down."], "labels": ["b", "m", "r"]},
    {"sentences": ["Falls cost much.", "We counted them.", "They went down by half."], "labels": ["b", "m", "r"]},
]


def test_the_typer_learns_a_benchmark_of_abstracts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for part, times in (("train", 20), ("test", 1)):
        text = "\n".join(json.dumps(value) for value in MADE_UP * times)
        (tmp_path / f"{part}.jsonl").write_text(text, "utf-8")
    abstracts.main([str(tmp_path)])
    printed = capsys.readouterr().out
    assert "test: 2 abstracts, 6 sentences; learned from 40 abstracts" in printed
    assert "accuracy (micro F1) 1.0000, macro F1 1.0000" in printed


def test_an_f1_is_of_what_was_wanted_and_what_was_said() -> None:
    found = abstracts.figures(["a", "a", "b", "c"], ["a", "b", "b", "b"])
    assert found.accuracy == 0.5
    assert {label: round(value, 3) for label, value in found.f1.items()} == {"a": 0.667, "b": 0.5, "c": 0.0}
