"""An evaluation as one HTML page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

import numpy as np

from betony.evaluate.characters import TYPES, UNSCORED, Characters
from betony.evaluate.score import NO_NAME, DocumentScore, Evaluation, name
from betony.evaluate.words import OVERALL, figure, headline, mistake

_STEPS = 10
"""Of colour in the confusion table."""


def html(evaluation: Evaluation, at: Path | None = None) -> str:
    """The page: figures, types, calibration, confusion, and the worst documents with their text.

    Links to documents are relative to `at`, the file that the page is written to; without it there are none. All words
    of documents are escaped, and the page's own policy (CSP) allows one style sheet, its own, and nothing else.
    """
    style = files("betony.evaluate").joinpath("page.css").read_text("utf-8")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    title = f"Section types: {headline(evaluation)}"
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>",
            *_figures(evaluation),
            *_types(evaluation),
            *_confusion(evaluation),
            *_calibration(evaluation),
            *_worst(evaluation, at),
            "</main>\n</body>\n</html>\n",
        )
    )


def _digest(style: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _figures(evaluation: Evaluation) -> Iterator[str]:
    rows = [[key, figure(getattr(evaluation, key)), meaning] for key, meaning in OVERALL]
    yield from _table("Figures", ("figure", "value", "meaning"), rows, words=(0, 2))
    missing = evaluation.without_record
    if missing:
        yield f"<p>{len(missing):,} gold documents have no record: {escape(', '.join(missing[:20]))}"
        yield f"{' …' if len(missing) > 20 else ''}</p>"
    yield f"<p>Gold set <code>{escape(evaluation.gold_digest)}</code>, {evaluation.characters:,} characters scored.</p>"


def _types(evaluation: Evaluation) -> Iterator[str]:
    rows = [
        [key, *(figure(share, 3) for share in (s.precision, s.recall, s.f1)), f"{s.gold:,}", f"{s.predicted:,}"]
        for key, s in evaluation.types.items()
    ]
    header = ("type", "precision", "recall", "F1", "gold characters", "typed so")
    yield from _table("Types", header, rows, words=(0,))


def _calibration(evaluation: Evaluation) -> Iterator[str]:
    rows = [
        [f"{b.above:.1f} to {b.upto:.1f}", f"{b.characters:,}", figure(b.confidence, 3), figure(b.accuracy, 3)]
        for b in evaluation.calibration
    ]
    yield from _table("Calibration", ("confidence", "characters", "mean confidence", "share right"), rows, words=(0,))


def _table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], words: Sequence[int]) -> Iterator[str]:
    yield f'<h2>{escape(title)}</h2>\n<div class="wide"><table>\n<thead><tr>'
    yield "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header) + "</tr></thead>\n<tbody>"
    for row in rows:
        yield f"<tr>{''.join(_cell(cell, number=place not in words) for place, cell in enumerate(row))}</tr>"
    yield "</tbody></table></div>"


def _cell(words: str, *, number: bool) -> str:
    return f'<td class="number">{escape(words)}</td>' if number else f"<td>{escape(words)}</td>"


def _confusion(evaluation: Evaluation) -> Iterator[str]:
    """Rows are gold types; colour is the share of the row."""
    columns = [*evaluation.types]
    if any(NO_NAME in row for row in evaluation.confusion.values()):
        columns.append(NO_NAME)
    yield "<h2>Confusion</h2>\n<p>Rows: the gold type. Columns: the type given. Characters, coloured by share of the row.</p>"
    yield '<div class="wide"><table class="heat">\n<thead><tr><td></td>'
    yield (
        "".join(f'<th scope="col"><span>{escape(column)}</span></th>' for column in columns) + "</tr></thead>\n<tbody>"
    )
    for gold, row in evaluation.confusion.items():
        total = sum(row.values())
        cells = "".join(_heat(row.get(column, 0), total, right=column == gold) for column in columns)
        yield f'<tr><th scope="row">{escape(gold)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _heat(count: int, total: int, *, right: bool) -> str:
    if not count:
        return "<td></td>"
    step = min(_STEPS, 1 + int(count / total * _STEPS))
    kind = "right" if right else "wrong"
    return f'<td class="{kind} heat-{step}" title="{count / total:.1%}">{count:,}</td>'


def _worst(evaluation: Evaluation, at: Path | None) -> Iterator[str]:
    yield "<h2>Worst documents</h2>\n<ol>"
    for score in evaluation.worst:
        yield f'<li><a href="#{quote(score.id)}">{figure(score.accuracy)} {escape(score.title or score.id)}</a> {escape(mistake(score))}</li>'
    yield "</ol>\n<p>The bar beside a passage has the colour of its gold type, the ground that of the type given. "
    yield "Passages typed wrongly say both; grey passages are not scored.</p>"
    yield '<p class="legend">'
    yield from (f'<span class="{_class(type_)}">{type_}</span>' for type_ in TYPES)
    yield "</p>"
    for score, characters in zip(evaluation.worst, evaluation.shown, strict=True):
        yield from _document(score, characters, at)


def _document(score: DocumentScore, characters: Characters, at: Path | None) -> Iterator[str]:
    yield f'<section id="{escape(score.id)}">\n<h3>{escape(score.title or score.id)}</h3>'
    figures = ((key, getattr(score, key)) for key in ("accuracy", "pk", "windowdiff", "section_f1"))
    yield f"<p>{_link(score.path, at)}: {', '.join(f'{key} {figure(value)}' for key, value in figures)}</p>"
    yield "<details><summary>Text</summary>"
    for start, end, gold, given in passages(characters):
        words = escape(characters.text[start:end].strip("\n"))
        if gold == UNSCORED:
            yield f'<div class="passage unscored">{words}</div>'
            continue
        label = name(gold) if gold == given else f"{name(gold)}, typed {name(given)}"
        state = "right" if gold == given else "wrong"
        yield f'<div class="passage {state} {_class(name(given))} gold-{name(gold)}"><b>{escape(label)}</b>{words}</div>'
    yield "</details>\n</section>"


def passages(characters: Characters) -> Iterator[tuple[int, int, int, int]]:
    """Start, end, gold code and predicted code of each run of characters that agree in both; spaces follow the word."""
    places = np.flatnonzero(characters.solid)
    gold = characters.gold[places]
    given = np.where(gold == UNSCORED, UNSCORED, characters.predicted[places])
    turns = np.flatnonzero((gold[1:] != gold[:-1]) | (given[1:] != given[:-1])) + 1
    firsts = [0, *turns.tolist()] if len(places) else []
    ends = [*(int(places[i]) for i in firsts[1:]), len(characters.text)]
    for first, end in zip(firsts, ends, strict=False):
        yield int(places[first]), end, int(gold[first]), int(given[first])


def _class(type_: str) -> str:
    return f"is-{type_}"


def _link(path: str, at: Path | None) -> str:
    if at is None:
        return escape(path)
    try:
        relative = os.path.relpath(path, at.parent)
    except ValueError:  # on another drive
        return escape(path)
    return f'<a href="{quote(Path(relative).as_posix())}">{escape(path)}</a>'
