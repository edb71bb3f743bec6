"""Stems that are looked for together are found where each is found by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from betony.nlp.stems import Stems, one_by_one


def test_stems_of_any_length_are_found_in_the_order_of_the_text() -> None:
    text = "😀 Reviewed in 2031; it was reviewed and updated. No date."
    stems = ("20", "review", "Review", "eviewed", "pdat", "date", "withdrawn")
    assert Stems(stems).positions(text) == one_by_one(text, stems) == [2, 3, 14, 27, 28, 41, 42, 52]


def test_of_a_stem_that_shares_a_sign_with_itself_the_first_counts() -> None:
    assert Stems((" means ",)).positions("it means means means it") == [2, 14]


@given(
    st.text(alphabet="ab ’😀\ud800", max_size=40),
    st.lists(st.text(alphabet="ab ’", min_size=1, max_size=8), max_size=12),
)
def test_they_are_found_as_one_by_one(text: str, stems: list[str]) -> None:
    assert Stems(stems).positions(text) == one_by_one(text, dict.fromkeys(stems))
