"""Stems that are looked for together are found where each is found by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from betony.nlp import cues
from betony.nlp.stems import Places, Stems


def test_stems_of_any_length_are_found_in_the_order_of_the_text() -> None:
    text = "😀 Reviewed in 2031; it was reviewed and updated. No date."
    stems = Stems(("20", "review", "Review", "eviewed", "pdat", "date", "withdrawn"))
    assert Places(text).spans(stems) == [(2, 8), (3, 10), (14, 16), (27, 33), (28, 35), (41, 45), (42, 46), (52, 56)]


def test_of_a_stem_that_shares_a_sign_with_itself_the_first_counts() -> None:
    assert Places("it means means means it").spans(Stems((" means ",))) == [(2, 9), (14, 21)]


def test_stems_that_somebody_adds_later_are_found_too() -> None:
    places = Places("Heels are pressed.")
    assert places.spans(Stems(("eels are",))) == [(1, 9)]
    assert places.spans(Stems(("re pressed",))) == [(7, 17)]


@given(
    st.text(alphabet="ab ’😀\ud800", max_size=40),
    st.lists(st.text(alphabet="ab ’", min_size=1, max_size=8), max_size=12),
)
def test_they_are_found_as_one_by_one(text: str, stems: list[str]) -> None:
    found = Places(text).spans(Stems(stems))
    assert [start for start, _ in found] == cues.positions(text, dict.fromkeys(stems))
    assert all(text[start:end] in stems for start, end in found)
