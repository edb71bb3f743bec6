"""The labels of real pages hold addresses, digests, offsets and types, and the runner reads only the text they are of."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import pytest

from betony.model import SectionType
from tests.real_pages import __main__ as runner

TYPES = {each.value for each in SectionType}


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("nice", 40),
        ("nice_unseen", 20),
        ("others", 20),
        ("unlike", 40),
        ("first_sight", 50),
        ("second_sight", 30),
        ("third_sight", 25),
        ("fourth_sight", 20),
        ("fifth_sight", 70),
        ("sixth_sight", 30),
        ("seventh_sight", 50),
        ("eighth_sight", 50),
    ],
)
def test_labels_are_offsets_and_types_and_no_words(name: str, least: int) -> None:
    pages = json.loads(runner.LABELS.with_stem(name).read_text(encoding="utf-8"))
    assert len(pages) >= least
    assert len({page["name"] for page in pages}) == len(pages)
    for page in pages:
        assert set(page) == {"name", "address", "sha256", "characters", "sections"}
        at = 0
        for start, end, *types in page["sections"]:
            assert at <= start < end <= page["characters"]
            assert types
            assert TYPES.issuperset(types)
            at = end


def test_what_is_absent_or_another_text_is_skipped_with_its_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Is this guidance up to date?\n\nWe checked this guidance in May 2018 and we are updating it.\n"
    pages = [
        {"name": name, "address": "https://www.nice.org.uk/guidance/ipg999", "sha256": digest, "sections": sections}
        for name, digest, sections in (
            ("here", hashlib.sha256(text.encode()).hexdigest(), [[0, len(text) - 1, "status"]]),
            ("absent", "0" * 64, []),
            ("other", "0" * 64, []),
        )
    ]
    (tmp_path / "labels.json").write_text(json.dumps(pages), "utf-8")
    for name in ("here", "other"):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    monkeypatch.setattr(sys, "argv", ["real_pages", str(tmp_path), "--labels", str(tmp_path / "labels.json")])
    runner.main()
    printed = capsys.readouterr().out
    assert f"skipped absent: {tmp_path / 'absent.txt'} is not there" in printed
    assert "skipped other: its text is not the one that was labelled" in printed
    assert "as labelled: characters 1.0000, sections 1.0000 (1 of 1)" in printed
