"""In a document of a form each field stands once, in whatever order; labels that are no form's fields may come again."""

from __future__ import annotations

import numpy as np
import pytest

from betony.nlp.typer import once
from betony.nlp.typer.features import Floats, Ints

LABELS = "abcx"
FIELDS = np.array([True, True, True, False])


def step() -> Floats:
    return np.full((4, 4), 0.05, np.float32) + np.eye(4, dtype=np.float32) * 0.8


def scored(*passages: dict[str, float]) -> Floats:
    return np.array([[passage.get(label, -8.0) for label in LABELS] for passage in passages], np.float32)


def numbered(labels: str) -> Ints:
    return np.array([LABELS.index(label) for label in labels])


def settled(first: str, *passages: dict[str, float]) -> str:
    found = once.settled(scored(*passages), numbered(first), step(), FIELDS)
    return "".join(LABELS[i] for i in found)


def test_of_two_runs_the_one_whose_words_say_more_keeps_the_field() -> None:
    clear, unclear = {"a": 0.0}, {"a": 0.0, "c": -1.0}
    assert settled("aaba", clear, clear, {"b": 0.0}, unclear) == "aabc"
    assert settled("abaa", unclear, {"b": 0.0}, clear, clear) == "cbaa"


def test_what_stands_between_two_halves_of_a_field_joins_them_where_its_words_say_little() -> None:
    clear = {"a": 0.0}
    assert settled("aabaa", clear, clear, {"b": 0.0, "a": -1.0}, clear, clear) == "aaaaa"


@pytest.mark.parametrize(("labels", "again"), [("abc", False), ("aab", False), ("aba", True), ("xax", False)])
def test_a_field_stands_again_where_another_parts_it(labels: str, again: bool) -> None:
    assert once.repeats(numbered(labels), FIELDS) is again


def test_what_is_no_field_may_stand_twice() -> None:
    assert settled("xax", {"x": 0.0}, {"a": 0.0}, {"x": 0.0, "b": -1.0}) == "xax"


def test_a_reading_without_repeats_stays() -> None:
    assert settled("abc", {"a": 0.0}, {"b": 0.0}, {"c": 0.0}) == "abc"


def test_passages_outside_the_run_of_a_field_are_less_like_it_and_all_else_stays() -> None:
    scores = scored({"a": 0.0}, {"b": 0.0}, {"x": 0.0})
    change = once.apart(scores, numbered("abx"), FIELDS) - scores
    assert change.tolist() == [[0, -20, 0, 0], [-20, 0, 0, 0], [-20, -20, 0, 0]]


@pytest.mark.parametrize(
    ("labels", "is_one"),
    [("abc", True), ("cab", True), ("a", True), ("x", False), ("abcx", False), ("ab" * 7, False)],
)
def test_a_document_of_a_form_shows_its_fields_and_nearly_nothing_else(labels: str, is_one: bool) -> None:
    assert once.is_of_a_form(numbered(labels), FIELDS) is is_one
