"""The trained typer that ships, and how its opinions and the rules' make a type."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from betony import lines
from betony.model import Block, BlockKind, SectionType
from betony.nlp import headings, sections
from betony.nlp.opinions import TYPES, Opinions, best
from betony.nlp.typer import Passage, Typer, context, one_core
from betony.nlp.typer.features import Floats
from betony.nlp.typer.shipped import load
from betony.nlp.typer.words import hashed, joined, words

PROSE = {
    "references": "Marsh T, Ojo B, Lindqvist P. Bracing after wrist fracture: a cohort study. J Inj Care 2011;14(2):88-95.",
    "responsibilities": "This guidance does not override the responsibility of professionals to make decisions "
    "appropriate to the circumstances of each patient, in consultation with the patient and their carers.",
    "development": "Members of the guideline development group declared their financial interests at each meeting.",
}

ADVICE = (
    "Offer adults with persistent hip pain a supervised exercise programme before any injection.",
    "Consider a course of physiotherapy for people whose pain has lasted for more than 3 months.",
    "Do not offer imaging unless the result would change the treatment.",
    "Refer people with night pain or weight loss within 2 weeks.",
)


@pytest.mark.parametrize("kind", PROSE)
def test_a_passage_tells_what_it_is_for(kind: str) -> None:
    typer = load()
    probabilities = typer.read([Passage(PROSE[kind])]).probabilities[0]
    assert typer.types[int(probabilities.argmax())] == kind


def test_probabilities_are_probabilities() -> None:
    reading = load().read([Passage(text) for text in PROSE.values()])
    assert np.allclose(reading.probabilities.sum(axis=1), 1, atol=1e-3)
    assert 0 <= reading.ordered <= 1


def test_of_nothing_there_is_no_opinion() -> None:
    assert load().read([]).probabilities.shape[0] == 0


def test_a_model_is_its_bytes(tmp_path: Path) -> None:
    load().save(tmp_path / "one.npz")
    again = Typer.load(tmp_path / "one.npz")
    again.save(tmp_path / "two.npz")
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def typed(text: str) -> list[str]:
    found, _ = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    return [section.type.value for section in found]


def test_an_unknown_heading_is_read_by_the_words_under_it() -> None:
    text = "Overview\n\nThis guideline covers hip pain in adults.\n\nWhat our readers ought to attempt\n\n"
    assert typed(text + "\n\n".join(ADVICE))[-1] == "recommendations"


def test_of_one_line_out_of_its_context_it_is_not_sure() -> None:
    assert load().read([Passage(ADVICE[0])]).probabilities.max() < 0.5


def test_a_known_heading_stands_against_a_doubtful_word() -> None:
    assert typed(f"References\n\n{PROSE['references']}\n\nOffer to send reprints.") == ["references"]


def test_a_heading_outvoted_by_its_words_is_reported() -> None:
    block = Block(BlockKind.HEADING, 0, 10, 2)
    body = Block(BlockKind.PARAGRAPH, 12, 60)
    certain = np.array([[type_ is SectionType.REFERENCES for type_ in TYPES]] * 2, np.float32)
    opinions = Opinions.of_blocks([block, body], certain)
    weights = opinions.of([block, body])
    assert best(weights)[0] is SectionType.REFERENCES


def found_in(text: str) -> tuple[list[str], list[str]]:
    """Types and codes of warnings of a plain text."""
    sections_, notices = sections.find(text, headings.find(text, lines.blocks(text), plain=True), typer=load())
    return [section.type.value for section in sections_], [notice.code.value for notice in notices]


def test_a_misleading_heading_is_outvoted_and_reported() -> None:
    text = "Committee members\n\n" + "\n\n".join(ADVICE * 4)
    types, warnings = found_in(text)
    assert types == ["recommendations"]
    assert warnings == ["conflict"]


def test_a_heading_that_fits_is_not_reported() -> None:
    assert found_in("Recommendations\n\n" + "\n\n".join(ADVICE)) == (["recommendations"], [])


@pytest.mark.parametrize(
    ("line", "furniture"),
    [
        ("ISBN: 978-1-4731-9999-9", True),
        ("Skip to main content", True),
        ("This page was last updated:", True),
        ("Next page 2 The procedure", True),
        ("Hip pain", False),
        ("The next page tells how to lift.", False),
    ],
)
def test_lines_of_the_site_are_furniture(line: str, furniture: bool) -> None:
    text = f"Recommendations\n\n{ADVICE[0]}\n\n{line}\n\n{ADVICE[1]}"
    assert ("furniture" in found_in(text)[0]) is furniture


@pytest.mark.parametrize("line", ["Updated Jan. 30, 2023", "Page last reviewed: 4 March 2025", "Next review: May 2027"])
def test_a_date_and_what_it_is_of_is_the_standing(line: str) -> None:
    text = f"Recommendations\n\n{ADVICE[0]}\n\n{ADVICE[1]}\n\n{line}"
    assert found_in(text)[0] == ["recommendations", "status"]


def test_what_replaces_what_does_not_belong_to_the_process_above() -> None:
    text = "Guideline development process\n\nHow we develop guidelines\n\nThis guideline updates and replaces guideline 12."
    assert found_in(text)[0] == ["development", "status"]


PASSAGES = (
    "Offer low-dose aspirin\u00a0(75 mg);\u2003don\u2019t repeat it.",
    "",
    "\u2013 -",
    "electroencephalographically, otorhinolaryngologist; \u00e9lan na\u00efve a a\0 \x1c a",
    " ".join(f"word{i}" for i in range(90)),
)


def test_each_word_of_a_passage_has_its_hash_however_often_it_was_met() -> None:
    expected = [[hashed(word) for word in text.replace("-", " ").split() or [text]] for text in PASSAGES]
    for _ in range(2):
        found = words(PASSAGES, joined(PASSAGES), head=56, tail=8)
        assert found.length.tolist() == list(map(len, expected))
        assert found.hashes.tolist() == [
            h for row in expected for h in (row if len(row) <= 64 else row[:56] + row[-8:])
        ]


def test_words_that_crowd_one_another_out_keep_their_hashes() -> None:
    many = [f"w{i:x}" for i in range(70_000)]
    for some in (many, many[:100]):
        assert words([whole := " ".join(some)], joined([whole]), head=len(some), tail=0).hashes.tolist() == list(
            map(hashed, some)
        )


def test_headings_looked_at_once_a_path_give_the_scores_of_looking_at_them_in_every_passage() -> None:
    random = np.random.default_rng(3)
    typer = load()
    labels, passages, paths = len(typer.labels), 40, 5
    path_of = random.integers(0, paths, passages)
    scores, measures, flags, inner, outer = (
        random.random((rows, columns), dtype=np.float32)
        for rows, columns in ((passages, labels), (passages, 9), (passages, 3), (paths, labels), (paths, labels))
    )
    each = context.forward(typer.network, context.inputs(scores, measures, inner[path_of], outer[path_of], flags))[0]
    once = context.scores(typer.network, *typer.first, context.seen(scores, measures, flags, inner, outer, path_of))
    assert np.allclose(each, once, atol=1e-3)
    assert np.abs(each).max() > 1


def threads() -> list[int]:
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


def test_a_document_is_typed_on_one_core_and_the_rest_of_the_process_keeps_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    during: list[int] = []
    look = context.scores

    def looking(*given: Any) -> Floats:
        during.extend(threads())
        return look(*given)

    typer = load()
    monkeypatch.setattr(context, "scores", looking)
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        typer.read([Passage(ADVICE[0])])
        assert threads() == before
    assert during == [1] * len(before)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system does not fork")
def test_a_child_forked_while_a_page_is_typed_types_its_own() -> None:
    with one_core.on_one_core(), ThreadPoolExecutor(1) as another:
        child = another.submit(_typed_in_a_child).result(timeout=60)
    assert child == 0


def _typed_in_a_child() -> int:
    child = os.fork()
    if not child:
        signal.alarm(30)
        load().read([Passage(ADVICE[0])])
        os._exit(0)
    return os.waitpid(child, 0)[1]
