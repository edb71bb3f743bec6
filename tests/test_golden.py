"""Every sample's record equals the golden file of its first part's name; `--regen` writes them anew, and fails."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from betony import identity, sources
from betony.model import Capture
from betony.pipeline import structure
from betony.record import Record, evidences, rehashed
from tests.conftest import ROOT, SAMPLES

GOLDEN = Path(__file__).parent / "golden"


@cache
def products() -> dict[str, tuple[Capture, ...]]:
    """The captures of each sample record, by the path of its golden file."""
    found = list(sources.discover([str(SAMPLES)]))
    assert all(isinstance(item, Capture | sources.Skipped) for item in found), found
    groups = identity.group(item for item in found if isinstance(item, Capture))
    captures = [tuple(capture for capture, _ in members) for members in groups.values()]
    return {golden_name(record(members)): members for members in captures}


@cache
def record(captures: tuple[Capture, ...]) -> Record:
    return structure(captures)


def golden_name(made: Record) -> str:
    """`samples/nice/page.html` → `nice/page.json`; a line of a file keeps its number."""
    name = made.parts[0].uri.removeprefix("samples/").replace("#", "-")
    return str(Path(name).with_suffix("")) + ".json" if "#" not in made.parts[0].uri else f"{name}.json"


def plain(made: Record) -> dict[str, Any]:
    """The record as JSON without what another version of the rules would change."""
    values: dict[str, Any] = made.model_dump(mode="json", exclude={"processing"})
    return values


def names() -> list[str]:
    return sorted(products())


@pytest.mark.parametrize("name", names())
def test_record_equals_its_golden(name: str, request: pytest.FixtureRequest) -> None:
    made = plain(record(products()[name]))
    path = GOLDEN / name
    if request.config.getoption("--regen"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"wrote {path.relative_to(ROOT)}; read it, then run again without --regen")
    assert path.exists(), f"no golden file for {name}: run with --regen, read what it wrote, commit it"
    assert made == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("name", names())
def test_every_quote_stands_in_the_text(name: str) -> None:
    made = record(products()[name])
    assert made.quality.coverage == 1.0
    for evidence in evidences(made):
        assert made.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("name", names())
def test_what_is_hashed_has_its_names_in_order(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = record(products()[name])
    monkeypatch.setattr("betony.record.canonical", rfc8785.dumps)
    assert rehashed(made).content_hash == made.content_hash


def test_a_worker_writes_a_record_as_the_store_would() -> None:
    for captures in products().values():
        written = record(captures).model_dump_json()
        assert written == json.dumps(json.loads(written), ensure_ascii=False, separators=(",", ":"))


def test_no_golden_without_a_sample() -> None:
    there = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*.json")}
    assert there <= set(names())


def test_the_samples_are_many_and_varied() -> None:
    assert sum(len(captures) for captures in products().values()) >= 20
    assert len(products()) >= 16


def test_every_publisher_has_a_sample_or_is_known_by_its_host_alone() -> None:
    made = {record(captures).id.split(":")[0] for captures in products().values()}
    assert {"nice", "govuk", "nhs", "cdc", "who", "sign"} <= made


def test_regeneration_is_off(request: pytest.FixtureRequest) -> None:
    assert not request.config.getoption("--regen"), "goldens were written, not compared"
