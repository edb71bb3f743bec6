"""The recipe of the shipped typer measured by cross-validation, split by who developed the documents.

    python -m tests.quality.folds ../shared/data/gold [--models FOLDER] [--only N] [--report FILE]

trains the typer as often as there are folds, each time without the organisations of one fold, types that fold's documents
in five views and prints one table of figures over all documents: without headings, without headings and in another order,
as plain text and as pages with headings, and with every heading replaced by a paraphrase. Trained models are kept in the
folder, and taken from there the next time. Training takes three to four minutes of processor time a fold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from betony import gold, readers, training
from betony.evaluate import Evaluation, Predicted, Prediction, evaluate
from betony.gold import View
from betony.identity import identify
from betony.model import Capture
from betony.nlp import headings, sections
from betony.nlp.typer import Typer
from betony.nlp.typer.config import read
from betony.nlp.typer.corpus import Example, folds

FOLDS = 5
PARAPHRASES = Path(__file__).parent / "paraphrases.toml"


def predicted(path: Path, document: str, typer: Typer) -> Prediction:
    """The sections that the pipeline makes of the file: its own stages, as far as sections need them."""
    capture = Capture(path.read_bytes(), path.as_posix())
    read_as = readers.read(capture, identify(capture).publisher)
    plain = read_as.media_type == "text/plain"
    blocks = headings.find(read_as.text, read_as.blocks, read_as.parts, plain=plain)
    found, _ = sections.find(read_as.text, blocks, read_as.parts, read_as.head.language, typer)
    spans = tuple(Predicted(s.start, s.end, s.type, 1.0 if s.confidence is None else s.confidence) for s in found)
    return Prediction(document, spans, read_as.text)


def shuffle(source: Path, target: Path, document: str) -> None:
    """The document with its sections in another order, drawn from its id, without headings."""
    labels = json.loads((source / f"{document}{gold.SUFFIX}").read_text("utf-8"))
    text = _text(source / f"{document}.nohead.txt")
    segments = [s for s in labels["segments"] if s["nohead"][1] > s["nohead"][0]]
    random.Random(labels["id"]).shuffle(segments)  # noqa: S311 - an order, no secret
    out = labels["title"] + "\n"
    for segment in segments:
        body = text[slice(*segment["nohead"])]
        segment["nohead"] = [len(out), len(out) + len(body)]
        out += body + "\n"
    _write(target, document, labels | {"segments": segments}, ".nohead.txt", out)


def paraphrase(source: Path, target: Path, document: str) -> None:
    """The document with every heading replaced by one that says the same in other words."""
    labels = json.loads((source / f"{document}{gold.SUFFIX}").read_text("utf-8"))
    text = _text(source / f"{document}.txt")
    by_heading = tomllib.loads(PARAPHRASES.read_text("utf-8"))
    segments = sorted(labels["segments"], key=lambda s: s["txt"][0])
    out, at = "", 0
    for segment in segments:
        start, end = segment["txt"]
        out += re.sub(r"\S.*\S", lambda match: by_heading.get(match.group(), match.group()), text[at:start])
        segment["txt"] = [len(out), len(out) + end - start]
        out += text[start:end]
        at = end
    _write(target, document, labels | {"segments": segments}, ".txt", out + text[at:])


def _text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _write(folder: Path, document: str, labels: dict[str, Any], suffix: str, text: str) -> None:
    (folder / f"{document}{gold.SUFFIX}").write_text(json.dumps(labels, ensure_ascii=False), "utf-8")
    (folder / f"{document}{suffix}").write_text(text, "utf-8", newline="")


def _model(path: Path, learned: Sequence[Example], log: Callable[[str], None]) -> Typer:
    """The model of that file, trained on those documents if it is not there yet."""
    if not path.exists():
        training.fit(learned, read(), log).save(path)
    return Typer.load(path)


VIEWS: dict[str, tuple[View, Callable[[Path, Path, str], None] | None]] = {
    "no headings": (View.NOHEAD, None),
    "no headings, shuffled": (View.NOHEAD, shuffle),
    "headings (.txt)": (View.TXT, None),
    "headings (.html)": (View.HTML, None),
    "headings paraphrased": (View.TXT, paraphrase),
}


def _evaluated(name: str, folder: Path, models: dict[str, Typer]) -> Evaluation:
    view, varied = VIEWS[name]
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) if varied else folder
        for document in models if varied else ():
            varied and varied(folder, source, document)

        def predictions() -> Iterator[Prediction]:
            for document, typer in models.items():
                yield predicted(source / f"{document}{view.suffix}", document, typer)

        return evaluate(source, predictions(), view)


_COLUMNS = ("accuracy", "macro_f1", "pk", "windowdiff", "section_f1", "ece", "other_share", "typed_accuracy")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--models", type=Path, default=Path("folds"), help="where the folds' models are kept")
    parser.add_argument("--only", type=int, action="append", help="this fold alone (0 to 4); may be given again")
    parser.add_argument("--train", action="store_true", help="train only")
    parser.add_argument("--view", action="append", choices=VIEWS, help="this view alone; may be given again")
    parser.add_argument("--report", type=Path, help="write every figure there, as JSON")
    chosen = parser.parse_args(arguments)
    chosen.models.mkdir(parents=True, exist_ok=True)
    examples = training.examples(chosen.gold)
    fold_of = folds([example.group for example in examples], FOLDS)
    models: dict[str, Typer] = {}
    for fold in chosen.only or range(FOLDS):
        learned = [example for example, its in zip(examples, fold_of, strict=True) if its != fold]
        typer = _model(chosen.models / f"fold{fold}.npz", learned, lambda words: print(words, file=sys.stderr))
        models |= {e.id: typer for e, its in zip(examples, fold_of, strict=True) if its == fold}
    if chosen.train:
        return 0
    print(f"{'':24}" + "".join(f"{name:>15}" for name in _COLUMNS), flush=True)
    figures = {}
    for name in chosen.view or VIEWS:
        found = _evaluated(name, chosen.gold, models)
        figures[name] = found.as_json()
        print(f"{name:24}" + "".join(f"{getattr(found, column):15.4f}" for column in _COLUMNS), flush=True)
    if chosen.report:
        chosen.report.write_text(json.dumps(figures, indent=1), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
