"""Scores against gold small enough to check by hand, and against the tool that everybody's figures come from."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from betony import cli, gold
from betony.errors import UsageError
from betony.evaluate import Evaluation, Predicted, Prediction, evaluate, from_records, measures, structured
from betony.evaluate import page as pages
from betony.evaluate.characters import overlay, paint
from betony.gold import View
from betony.model import Capture, SectionType
from betony.pipeline import structure

Passages = Sequence[tuple[str, str]]

GOLD: Passages = (("scope", "Adults."), ("recommendations", "Offer rest.\nAvoid heat."), ("legal", "(c) 2020"))
"""Type and words of each passage; 7 + 10 + 10 + 7 characters that are no spaces, on 4 lines."""


def label(folder: Path, passages: Passages, document: str = "one", *, boilerplate: bool = False) -> str:
    """Writes a gold document of the passages, a line feed between them, in both views; its text."""
    text = "\n".join(words for _, words in passages)
    segments = [
        {"type": type_, "boilerplate": boilerplate, "txt": span, "nohead": span}
        for (type_, _), span in zip(passages, spans(passages), strict=True)
    ]
    labels = {"id": document, "title": f"The <b>title</b> of {document}", "segments": segments}
    (folder / f"{document}.gold.json").write_text(json.dumps(labels))
    for view in (View.TXT, View.NOHEAD):
        (folder / f"{document}{view.suffix}").write_text(text, newline="")
    return text


def spans(passages: Passages) -> list[list[int]]:
    found, at = [], 0
    for _, words in passages:
        found.append([at, at + len(words)])
        at += len(words) + 1
    return found


def predicted(passages: Passages, document: str = "one", confidence: float = 1.0) -> Prediction:
    """A record whose sections are the passages."""
    sections = (
        Predicted(start, end, SectionType(type_), confidence)
        for (type_, _), (start, end) in zip(passages, spans(passages), strict=True)
    )
    return Prediction(document, tuple(sections), "\n".join(words for _, words in passages))


def scored(folder: Path, passages: Passages, confidence: float = 1.0) -> Evaluation:
    label(folder, GOLD)
    return evaluate(folder, [predicted(passages, confidence=confidence)])


def test_a_perfect_record(tmp_path: Path) -> None:
    found = scored(tmp_path, GOLD)
    assert (found.accuracy, found.macro_f1, found.section_f1) == (1.0, 1.0, 1.0)
    assert (found.pk, found.windowdiff, found.ece, found.other_share) == (0.0, 0.0, 0.0, 0.0)
    assert found.characters == 34
    assert found.worst[0].mistake is None


def test_one_line_of_another_type(tmp_path: Path) -> None:
    wrong = (("scope", "Adults."), ("recommendations", "Offer rest."), ("scope", "Avoid heat."), ("legal", "(c) 2020"))
    found = scored(tmp_path, wrong)
    assert found.accuracy == (34 - 10) / 34
    assert found.types["scope"].precision == 7 / 17
    assert found.types["scope"].recall == 1.0
    assert found.types["recommendations"].recall == 10 / 20
    assert found.macro_f1 == pytest.approx((1 + 2 * 10 / 30 + 2 * 7 / 24) / 3)
    assert found.section_f1 == 2 * 2 / (3 + 4)  # scope and legal, of 3 sections and 4
    assert found.confusion["recommendations"] == {"recommendations": 10, "scope": 10}
    assert found.worst[0].mistake == ("recommendations", "scope", 10)


def test_what_is_typed_other_and_what_nobody_typed(tmp_path: Path) -> None:
    label(tmp_path, GOLD)
    record = predicted([("other", "Adults."), ("recommendations", "Offer rest.")])
    found = evaluate(tmp_path, [Prediction("one", record.sections, None)])
    assert found.other_share == 7 / 34
    assert found.typed_accuracy == 1.0
    assert found.accuracy == 10 / 34
    assert found.confusion["legal"] == {"none": 7}
    assert found.ece == 0.0  # `other` and nothing claim nothing


def test_confidence_is_weighed_by_characters(tmp_path: Path) -> None:
    label(tmp_path, GOLD)
    sections = (
        Predicted(0, 7, SectionType.SCOPE, 0.9),  # 7 right
        Predicted(8, 31, SectionType.LEGAL, 0.6),  # 20 wrong
        Predicted(32, 40, SectionType.LEGAL, 0.6),  # 7 right
    )
    found = evaluate(tmp_path, [Prediction("one", sections, None)])
    assert found.ece == pytest.approx((abs(7 * 0.9 - 7) + abs(27 * 0.6 - 7)) / 34)
    sixth = found.calibration[5]
    assert (sixth.above, sixth.upto, sixth.characters) == (0.5, 0.6, 27)


def test_boilerplate_other_and_unlabelled_text_count_nowhere(tmp_path: Path) -> None:
    label(tmp_path, GOLD, boilerplate=True)
    label(tmp_path, [("other", "Whatever."), ("scope", "Adults.")], "two")
    found = evaluate(tmp_path, [predicted(GOLD), predicted([("legal", "Whatever."), ("scope", "Adults.")], "two")])
    assert (found.documents, found.characters, found.accuracy) == (2, 7, 1.0)


def test_boundary_errors_by_hand() -> None:
    gold_lines, lines = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 1, 1])
    # k is 6 / 2 / 2, at least 2: 4 places; boundaries after line 3 and after line 2
    # gold 0 1 1 0 boundaries in the windows, predicted 1 1 0 0
    assert measures.boundary_errors(gold_lines, lines) == (2 / 4, 2 / 4)
    twice = np.array([0, 0, 0, 1, 0, 0])
    # predicted 0 1 2 1
    assert measures.boundary_errors(gold_lines, twice) == (1 / 4, 2 / 4)
    assert measures.boundary_errors(gold_lines[:2], lines[:2]) is None


def test_the_innermost_of_nested_spans_wins() -> None:
    assert paint(6, [(2, 4), (0, 5)]).tolist() == [1, 1, 0, 0, 1, -1]


def test_labels_go_over_to_the_same_words_spaced_differently() -> None:
    owner = paint(11, [(0, 5), (6, 11)])
    assert overlay(owner, "Adult rests", "Adult\n\nrests").tolist() == [0] * 5 + [-1, -1] + [1] * 5
    assert overlay(owner, "Adult rests", "The rests").tolist() == [-1] * 4 + [1] * 5


def test_documents_that_no_record_was_made_of_are_named(tmp_path: Path) -> None:
    label(tmp_path, GOLD)
    label(tmp_path, GOLD, "two")
    found = evaluate(tmp_path, [predicted(GOLD, "two"), predicted(GOLD, "elsewhere")])
    assert found.documents == 1
    assert found.without_record == ("one",)


def test_a_folder_that_breaks_the_format_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no folder"):
        gold.ids(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="holds no document with labels"):
        gold.ids(tmp_path)
    text = label(tmp_path, GOLD)
    (tmp_path / "one.nohead.txt").write_text(text[:-1])
    with pytest.raises(UsageError, match=r"one\.gold\.json: breaks the gold format: .*segment 32-40"):
        gold.read(tmp_path, "one")
    (tmp_path / "one.nohead.txt").unlink()
    with pytest.raises(UsageError, match=r"one\.nohead\.txt: no such file"):
        gold.read(tmp_path, "one")


def test_records_of_another_view_are_refused(tmp_path: Path) -> None:
    label(tmp_path, GOLD)
    record = predicted(GOLD)
    with pytest.raises(UsageError, match="not that of the view nohead"):
        evaluate(tmp_path, [Prediction("one", record.sections, "Heading\n" + (record.text or ""))])


def test_the_digest_follows_every_byte(tmp_path: Path) -> None:
    label(tmp_path, GOLD)
    before = gold.digest(tmp_path)
    (tmp_path / "one.txt").write_text("Adult. ", newline="")
    assert gold.digest(tmp_path) != before


def test_the_page_holds_words_and_runs_nothing(tmp_path: Path) -> None:
    evil = (("scope", "<script>alert(1)</script>"), ("legal", "Be \"quoted\" & 'safe'."))
    label(tmp_path, evil)
    found = evaluate(tmp_path, [predicted([("legal", evil[0][1]), ("legal", evil[1][1])])])
    html = pages.html(found, tmp_path / "out" / "page.html")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "The &lt;b&gt;title&lt;/b&gt;" in html
    assert "scope, typed legal" in html
    assert 'href="../one.nohead.txt"' in html
    assert "default-src &#x27;none&#x27;" in html
    assert not re.search(r"\sstyle=|\son\w+=|https?://|unsafe-", html)


@pytest.mark.parametrize("view", list(View))
def test_the_figures_are_those_of_the_scoring_tool(view: View, shared: Path, tmp_path: Path) -> None:
    tool = shared.parent / "tools" / "score_sections.py"
    if not tool.is_file():
        pytest.skip("the scoring tool is not beside this checkout")
    folder, lines = shared / "gold", tmp_path / "records.jsonl"
    smallest = sorted(folder.glob("*.nohead.txt"), key=lambda path: path.stat().st_size)[:4]
    with lines.open("w", encoding="utf-8") as out:
        for path in smallest:
            source = path.with_name(path.name.removesuffix(".nohead.txt") + view.suffix)
            out.write(structure([Capture(source.read_bytes(), f"gold/{source.name}")]).model_dump_json() + "\n")
    command = [sys.executable, str(tool), str(folder), str(lines), "--view", view.value, "--json"]
    expected = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    found = evaluate(folder, from_records(lines), view)
    assert expected.pop("f1") == {name: score.f1 for name, score in found.types.items() if score.gold}
    assert expected == {name: getattr(found, name) for name in expected}


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, ["evaluate", *args])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


WORDS: Passages = (
    ("status", "We checked this guidance in May 2024 and found no new evidence."),
    ("procedure", "A thin wire is passed into the vein under local anaesthetic."),
)


def test_the_command_reads_the_gold_texts_itself(tmp_path: Path) -> None:
    label(tmp_path, WORDS)
    code, out, err = run(str(tmp_path), "--page", str(tmp_path / "page.html"))
    assert code == 0, err
    assert "1 document, view nohead" in out
    assert "one.nohead.txt" in out
    assert (tmp_path / "page.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_the_command_takes_records_and_gives_json(tmp_path: Path) -> None:
    text = label(tmp_path, WORDS)
    label(tmp_path, WORDS, "two")
    record = structure([Capture(text.encode(), "in/one.txt")]).model_dump_json()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.json").write_text(record)
    (tmp_path / "records.jsonl").write_text(record + "\n")
    printed = [run(str(tmp_path), str(tmp_path / name), "--view", "txt", "--json") for name in ("out", "records.jsonl")]
    assert printed[0] == printed[1]
    code, out, err = printed[0]
    assert code == 0, err
    figures = json.loads(out)
    assert figures["documents"] == 1
    assert figures["without_record"] == ["two"]
    assert figures["accuracy"] == evaluate(tmp_path, structured(tmp_path, ["one"], View.TXT), View.TXT).accuracy


def test_a_document_that_cannot_be_read_is_named_and_the_rest_scored(tmp_path: Path) -> None:
    label(tmp_path, WORDS)
    label(tmp_path, [("scope", " ")], "two")
    code, out, err = run(str(tmp_path))
    assert code == 1
    assert "1 document, " in out
    assert re.search(r"two\.nohead\.txt: set aside: .+", err)


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ("missing.jsonl", "no such file or directory"),
        ("broken.jsonl", "broken.jsonl, line 1: holds no record"),
        ("other.jsonl", "no record matches a document of the gold folder"),
    ],
)
def test_records_that_are_none_make_the_call_wrong(tmp_path: Path, records: str, message: str) -> None:
    label(tmp_path, WORDS)
    (tmp_path / "broken.jsonl").write_text('{"sections": []}\n')
    (tmp_path / "other.jsonl").write_text('{"source": {"uri": "in/other.txt"}, "sections": []}\n')
    code, out, err = run(str(tmp_path), str(tmp_path / records))
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_a_wrong_folder_or_page_makes_the_call_wrong(tmp_path: Path) -> None:
    for arguments, message in (
        ((str(tmp_path / "nowhere"),), "nowhere: is no folder"),
        ((str(tmp_path),), "holds no document with labels (looked for *.gold.json)"),
        ((str(tmp_path), "--page", str(tmp_path / "no" / "page.html")), "its folder does not exist"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, ""), arguments
        assert message in err
        assert len(err.splitlines()) == 1
