"""The short form of the fuzzing: pages and texts put together at random are read whole, or named to be no document."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


@pytest.mark.skipif(importlib.util.find_spec("atheris") is not None, reason="the fuzzer is installed")
def test_without_the_fuzzer_it_says_so() -> None:
    command = [sys.executable, "-m", "tests.robustness.fuzz", "--seconds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "betony[fuzz]" in done.stderr
