"""The short form of the fuzzing: pages and texts put together at random are read whole, or named to be no document; whatever is
found in them points at its words."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betony.errors import DocumentError
from betony.model import Capture
from betony.nlp.responsibilities.sentence import duties
from betony.nlp.strength.reading import sentence_wording
from betony.pipeline import structure
from tests import cases
from tests.conftest import ROOT
from tests.robustness.fuzz import KINDS, TOKENS, Kind, check, seeds

PIECES = st.lists(st.sampled_from(TOKENS) | st.text(max_size=8), max_size=40)


@settings(max_examples=300)
@given(PIECES, st.sampled_from(KINDS))
def test_pieces_of_pages(pieces: list[str], kind: Kind) -> None:
    check("".join(pieces).encode("utf-8", "surrogatepass"), kind)


@settings(max_examples=300)
@given(st.binary(max_size=200), st.sampled_from(range(len(KINDS))))
def test_any_bytes_are_a_document_or_refused(body: bytes, number: int) -> None:
    check(body, KINDS[number])


SEEDS = seeds()


@settings(max_examples=60)
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_samples_cut_and_mixed(name: str, data: st.DataObject) -> None:
    body = SEEDS[name][1:]
    cut = data.draw(st.integers(0, len(body)))
    piece = data.draw(st.sampled_from(TOKENS)).encode("utf-8", "replace")
    check(body[:cut] + piece + body[cut + data.draw(st.integers(0, 300)) :], KINDS[SEEDS[name][0]])


WORDS = sorted(
    {part for name in cases.names() for case in cases.read(name) for part in (case.text, *case.text.split("\n"))}
)
"""The texts of all cases and their lines, so that any rule may meet what it was not made for."""
JOINTS = ("\n", "\n\n", " ", "\n• ", "\n- ", " | ", "\n| ", "\n1.2.3 ", "\n1.2.3\n", ":\n", ". ", "; ")
PLACES = (
    None,
    "https://www.nice.org.uk/guidance/ng901/chapter/recommendations",
    "https://www.nice.org.uk/guidance/qs901/chapter/Quality-statements",
    "https://www.nice.org.uk/guidance/ta901/resources/review-decision-march-2031",
    "https://www.nice.org.uk/guidance/indevelopment/gid-ta10999",
)


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS) | st.sampled_from(TOKENS), st.sampled_from(JOINTS)), max_size=14),
    st.sampled_from(PLACES),
    st.sampled_from(("text/plain", "text/html")),
)
def test_facts_found_in_cases_mixed(pieces: list[tuple[str, str]], url: str | None, media_type: str) -> None:
    body = "".join(word + joint for word, joint in pieces).encode("utf-8", "replace")
    capture = Capture(body, "input", url=url, media_type=media_type)
    try:
        record = structure([capture])
    except DocumentError:
        return
    evidence = list(_evidence(record.model_dump()))
    assert all(record.text[one["start"] : one["end"]] == one["quote"] != "" for one in evidence)
    assert structure([capture]) == record


def _evidence(found: object) -> Iterator[dict[str, Any]]:
    """Whatever in the record says where its words stand."""
    if isinstance(found, dict):
        if {"start", "end", "quote"} <= found.keys():
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _evidence(one)


@pytest.mark.skipif(importlib.util.find_spec("atheris") is not None, reason="the fuzzer is installed")
def test_without_the_fuzzer_it_says_so() -> None:
    command = [sys.executable, "-m", "tests.robustness.fuzz", "--seconds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "betony[fuzz]" in done.stderr


SENTENCES = sorted({line for text in WORDS for line in text.split("\n") if 20 < len(line) < 400})
BREAKS = (
    "; ;",
    "; or",
    "; and",
    ",",
    "if",
    "when",
    ", or",
    ", and",
    "as it may",
    "not to",
    "who",
    "will",
    "(",
    ")",
    ":",
    "with",
    "WHO",
    '"',
)
"""What no writer puts between words, and every pattern of a sentence may meet there."""


def test_sentences_with_signs_where_none_belong(request: pytest.FixtureRequest) -> None:
    dice = random.Random(7)  # noqa: S311 - it guards no secret
    for _ in range(500_000 if request.config.getoption("--long") else 20_000):
        words = dice.choice(SENTENCES).split(" ")
        for _ in range(dice.randrange(1, 7)):
            at = dice.randrange(len(words) + 1)
            words[at : at + (dice.random() < 0.3)] = [dice.choice(BREAKS)]
        broken = " ".join(words)
        sentence_wording(broken)
        spans = [span for duty in duties(broken) for span in duty.action]
        assert all(0 <= start < end <= len(broken) for start, end in spans), broken
