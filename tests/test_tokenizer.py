"""betony's tokenizer gives spaCy's own tokens, whatever it remembers of texts before."""

from __future__ import annotations

import random
import re
import string
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from betony.identity import identify
from betony.model import Capture
from betony.nlp.tokenizer import LONGEST_RUN, GuardedTokenizer, guard
from betony.readers import read
from tests.conftest import ROOT

Tokens = list[tuple[str, int, bool]]

WORDS = (
    "guidance",
    "e.g.",
    "U.S.",
    "10mg",
    "see(1)",
    "www.nice.org.uk/ng1",
    "a-b",
    "don’t",
    "high-risk,",
    "é",
    "3.5%.",
)
WHITE_SPACE = (" ", "  ", "\n", "\n\n", "\t", "\u00a0", " \n ", "\u00a0 ")


@pytest.fixture(scope="module")
def guarded() -> Language:
    nlp = spacy.blank("en")
    guard(nlp)
    return nlp


@pytest.fixture(scope="module")
def stock() -> Language:
    return spacy.blank("en")


def tokens(doc: Doc) -> Tokens:
    return [(token.text, token.idx, bool(token.whitespace_)) for token in doc]


def test_every_sample_has_the_tokens_of_spacy(guarded: Language, stock: Language) -> None:
    samples = [path for path in sorted((ROOT / "samples").rglob("*")) if path.suffix in (".html", ".txt")]
    assert samples
    for path in samples:
        capture = Capture(path.read_bytes(), path.name)
        text = read(capture, identify(capture).publisher).text
        assert tokens(guarded.make_doc(text)) == tokens(stock.make_doc(text)), path
        assert guarded.make_doc(text).text == text


def test_words_with_a_mark_behind_them_are_cut_as_spacy_cuts_them(guarded: Language, stock: Language) -> None:
    for first in (*string.ascii_letters, "Mr", "ca", "Ph", "vs"):
        for last in ("ab", "nt", "ms", "kg", "am", "pm", "xd", "Oo"):
            for mark in ("", *string.punctuation, "…", "’s", "'s"):
                word = f"{first}{last}{mark}"
                assert tokens(guarded.make_doc(word)) == tokens(stock.make_doc(word)), word


def test_words_with_marks_on_both_sides_are_cut_as_spacy_cuts_them(guarded: Language, stock: Language) -> None:
    words = ("ab", "AB", "Ab", "dont", "Mr", "Co", "id", "xD", "x", "word")
    marks = ("", ",", ".", ":", ")", "]", '"', "),", ").", ");", "].", '",', '".', '."', "):", "..", "?!")
    for before in ("", "(", "[", '"', "([", "'"):
        for word in (*words, *(f"{one}-{other}" for one in words for other in words)):
            runs = " ".join(f"{before}{word}{behind}" for behind in marks)
            assert tokens(guarded.make_doc(runs)) == tokens(stock.make_doc(runs)), runs


@pytest.mark.parametrize("seed", range(20))
def test_special_cases_marks_and_white_space_mixed_at_random(guarded: Language, stock: Language, seed: int) -> None:
    """Run by run: in a whole text spaCy may give up a smiley for one that reaches over the space before it."""
    text = mixed(sorted(stock.Defaults.tokenizer_exceptions), seed)
    runs = re.findall(r"\S+ ?|\s+", text)
    assert [token.text for token in guarded.make_doc(text)] == [
        token.text for run in runs for token in stock.make_doc(run)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_short_forms_marks_and_white_space_mixed_at_random(guarded: Language, stock: Language, seed: int) -> None:
    forms = sorted(case for case in stock.Defaults.tokenizer_exceptions if re.search(r"[^\W\d_]{2}|\w\.", case))
    text = mixed(forms, seed)
    assert tokens(guarded.make_doc(text)) == tokens(stock.make_doc(text))


def test_a_smiley_is_one_token_whatever_stands_before_the_space(guarded: Language) -> None:
    assert [token.text for token in guarded.make_doc("( =(V_V")] == ["(", "=(", "V_V"]


def mixed(special_cases: list[str], seed: int) -> str:
    """A text of the special cases, words, marks and white space in any order, with and without a space between."""
    draw = random.Random(seed)  # noqa: S311 - made-up text, no secret
    pieces = [*special_cases, *WORDS, *string.punctuation, *WHITE_SPACE]
    return "".join(piece + draw.choice(("", " ", " ", "\n")) for piece in draw.choices(pieces, k=400))


def test_a_run_without_white_space_is_cut_into_pieces(guarded: Language) -> None:
    run = "ab(" * LONGEST_RUN
    doc = guarded.make_doc(f"Before {run} after.")
    assert doc.text == f"Before {run} after."
    assert max(len(token) for token in doc) == LONGEST_RUN
    tokenizer = guarded.tokenizer
    assert isinstance(tokenizer, GuardedTokenizer)
    assert max(map(len, tokenizer._known)) <= LONGEST_RUN


def test_a_special_case_that_comes_later_counts_for_words_met_before() -> None:
    nlp = spacy.blank("en")
    guard(nlp)
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, GuardedTokenizer)
    assert [token.text for token in nlp.make_doc("gimme soap")] == ["gimme", "soap"]
    tokenizer.add_special_case("gimme", [{"ORTH": "gim"}, {"ORTH": "me"}])
    assert [token.text for token in nlp.make_doc("gimme soap")] == ["gim", "me", "soap"]
    assert [token.text for token in nlp.make_doc("(gimme), soap")] == ["(", "gim", "me", ")", ",", "soap"]


def test_what_is_met_in_a_memory_zone_is_met_again_behind_it(guarded: Language) -> None:
    text = "Zonulin (1234-77) is met here."
    with guarded.memory_zone():
        first = tokens(guarded.make_doc(text))
    assert tokens(guarded.make_doc(text)) == first


def test_it_goes_on_when_it_remembers_no_more(monkeypatch: pytest.MonkeyPatch, stock: Language) -> None:
    monkeypatch.setattr("betony.nlp.tokenizer.MOST_WORDS", 3)
    nlp = spacy.blank("en")
    guard(nlp)
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, GuardedTokenizer)
    for text in ("One (two) three, four.", "Five (six) seven, eight: one (two)."):
        assert tokens(nlp.make_doc(text)) == tokens(stock.make_doc(text))
    assert len(tokenizer._known) < 6


def test_it_is_saved_and_loaded_with_its_pipeline(guarded: Language, tmp_path: Path) -> None:
    guarded.to_disk(tmp_path / "pipeline")
    again = spacy.blank("en")
    guard(again)
    again.from_disk(tmp_path / "pipeline")
    assert isinstance(again.tokenizer, GuardedTokenizer)
    assert tokens(again.make_doc("Loaded again, e.g. here.")) == tokens(guarded.make_doc("Loaded again, e.g. here."))
