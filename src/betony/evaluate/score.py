"""Records against gold: every document scored, and all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from betony import gold
from betony.errors import UsageError
from betony.evaluate import measures
from betony.evaluate.characters import NO_TYPE, TYPES, UNSCORED, Characters, compare, lines
from betony.evaluate.predictions import Prediction, is_known
from betony.gold import Labelled, View

WORST = 10
NO_NAME = "none"
"""What a confusion table calls characters that lie in no section."""


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One type's characters: precision, recall and F1; None where nothing stands to be divided by."""

    precision: float | None
    recall: float | None
    f1: float | None
    gold: int
    predicted: int


@dataclass(frozen=True, slots=True)
class Bin:
    """One tenth of confidence: how many characters, how sure on average, how many of them right."""

    above: float
    upto: float
    characters: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's figures; `mistake` is the commonest one: gold type, predicted type, characters."""

    id: str
    title: str
    path: str
    characters: int
    accuracy: float | None
    pk: float | None
    windowdiff: float | None
    section_f1: float | None
    mistake: tuple[str, str, int] | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the sections of a set of records are typed.

    Figures are over the non-space characters of all documents together that the gold labels, unless said otherwise;
    what the gold leaves unlabelled, calls `other` or marks as boilerplate counts nowhere. None: nothing to measure.
    """

    view: View
    gold_digest: str
    """Of the gold folder (`betony.gold.digest`)."""
    documents: int
    characters: int
    accuracy: float | None
    """The share of characters with the gold type."""
    macro_f1: float | None
    """The mean F1 of the types that the gold holds."""
    pk: float | None
    """The mean over documents; lower is better."""
    windowdiff: float | None
    """The mean over documents; lower is better."""
    section_f1: float | None
    """Exact matches of first line, last line and type, neighbours of one type taken together."""
    ece: float | None
    """Expected calibration error over the characters that were given a type other than `other`."""
    other_share: float | None
    """The share of body characters typed `other`."""
    typed_accuracy: float | None
    """The share right of the body characters that were given another type."""
    types: dict[str, TypeScore]
    """By type, of those that the gold or the records hold."""
    calibration: tuple[Bin, ...]
    confusion: dict[str, dict[str, int]]
    """Characters by gold type and predicted type (`none`: in no section)."""
    worst: tuple[DocumentScore, ...]
    """The documents with the lowest accuracy, worst first."""
    without_record: tuple[str, ...]
    """Gold documents that no record was made of."""
    shown: tuple[Characters, ...] = field(default=(), repr=False)
    """The characters of the worst documents, in their order."""

    def as_json(self) -> dict[str, Any]:
        """All figures as plain JSON values."""
        names = [name for name in self.__dataclass_fields__ if name != "shown"]
        return {name: _plain(getattr(self, name)) for name in names}


def evaluate(
    folder: Path,
    predictions: Iterable[Prediction],
    view: View = View.NOHEAD,
    *,
    limit: int | None = None,
    on_done: Callable[[int], None] = lambda _count: None,
) -> Evaluation:
    """Scores the predictions against the gold folder; those of other documents are passed over.

    `limit` ends it after that many documents; `on_done` is told after each how many are done. UsageError where the
    folder is not in the gold format, where nothing matches it, and where a record's text is not that of the view.
    """
    known = gold.ids(folder)
    tally = _Tally()
    for prediction in predictions:
        if not is_known(folder, prediction.document):
            continue
        labelled = gold.read(folder, prediction.document, view)
        _refuse_other_text(labelled, prediction, view)
        tally.add(labelled, compare(labelled, prediction, by_words=view is View.HTML))
        on_done(len(tally.seen))
        if limit and len(tally.seen) >= limit:
            break
    if not tally.seen:
        raise UsageError(
            "no record matches a document of the gold folder",
            document=str(folder),
            advice="a record's source.uri ends in the name of the gold document's file",
        )
    missing = () if limit else tuple(sorted(set(known) - set(tally.seen)))
    return tally.evaluation(view, gold.digest(folder), missing)


def _refuse_other_text(labelled: Labelled, prediction: Prediction, view: View) -> None:
    if view is View.HTML:
        wrong = prediction.text is None
    else:
        wrong = prediction.text is not None and len(prediction.text) != len(labelled.text)
    if wrong:
        raise UsageError(
            f"the record's text is not that of the view {view}",
            document=labelled.id,
            advice="name with --view what the records were made of",
        )


@dataclass(slots=True)
class _Tally:
    """Sums over documents, while they are read."""

    seen: list[str] = field(default_factory=list)
    table: NDArray[np.int64] = field(default_factory=lambda: np.zeros((len(TYPES), NO_TYPE + 1), np.int64))
    bins: NDArray[np.float64] = field(default_factory=lambda: np.zeros((measures.BINS, 3)))
    errors: list[tuple[float, float]] = field(default_factory=list)
    hits: int = 0
    runs: int = 0
    """Of gold and records together."""
    worst: list[tuple[DocumentScore, Characters]] = field(default_factory=list)

    def add(self, labelled: Labelled, characters: Characters) -> None:
        self.seen.append(labelled.id)
        table = measures.confusion(characters)
        self.table += table
        self.bins += measures.reliability(characters)
        scored = np.where(characters.gold == UNSCORED, UNSCORED, characters.predicted)
        ours, theirs = lines(characters, characters.gold), lines(characters, scored)
        error = measures.boundary_errors(ours, theirs)
        if error:
            self.errors.append(error)
        one, other = measures.runs(ours), measures.runs(theirs)
        self.hits += len(one & other)
        self.runs += len(one) + len(other)
        found = _document(labelled, table, error, _share(2 * len(one & other), len(one) + len(other)))
        if found.characters:
            self.worst = sorted([*self.worst, (found, characters)], key=_badness)[:WORST]

    def evaluation(self, view: View, digest: str, missing: tuple[str, ...]) -> Evaluation:
        types = _types(self.table)
        f1 = [score.f1 for score in types.values() if score.gold and score.f1 is not None]
        held_back = measures.abstention(self.table)
        return Evaluation(
            view=view,
            gold_digest=digest,
            documents=len(self.seen),
            characters=int(self.table.sum()),
            accuracy=_share(int(np.trace(self.table)), int(self.table.sum())),
            macro_f1=_share(sum(f1), len(f1)),
            pk=_share(sum(error[0] for error in self.errors), len(self.errors)),
            windowdiff=_share(sum(error[1] for error in self.errors), len(self.errors)),
            section_f1=_share(2 * self.hits, self.runs),
            ece=measures.expected_calibration_error(self.bins),
            other_share=held_back.other_share,
            typed_accuracy=held_back.typed_accuracy,
            types=types,
            calibration=tuple(_bin(i, *row) for i, row in enumerate(self.bins.tolist())),
            confusion=_named(self.table),
            worst=tuple(score for score, _ in self.worst),
            without_record=missing,
            shown=tuple(characters for _, characters in self.worst),
        )


def _document(
    labelled: Labelled, table: NDArray[np.int64], error: tuple[float, float] | None, section_f1: float | None
) -> DocumentScore:
    total = int(table.sum())
    wrong = table.copy()
    np.fill_diagonal(wrong, 0)
    gold_code, code = divmod(int(wrong.argmax()), wrong.shape[1])
    count = int(wrong.max())
    return DocumentScore(
        id=labelled.id,
        title=labelled.title,
        path=str(labelled.path),
        characters=total,
        accuracy=_share(int(np.trace(table)), total),
        pk=error and error[0],
        windowdiff=error and error[1],
        section_f1=section_f1,
        mistake=(name(gold_code), name(code), count) if count else None,
    )


def _badness(scored: tuple[DocumentScore, Characters]) -> tuple[float, str]:
    return scored[0].accuracy or 0.0, scored[0].id


def _types(table: NDArray[np.int64]) -> dict[str, TypeScore]:
    """By type in the order of their names, of those that occur."""
    found = {}
    for code in sorted(range(len(TYPES)), key=name):
        right, gold_count, predicted = int(table[code, code]), int(table[code].sum()), int(table[:, code].sum())
        if gold_count or predicted:
            found[name(code)] = TypeScore(
                precision=_share(right, predicted),
                recall=_share(right, gold_count),
                f1=_share(2 * right, gold_count + predicted),
                gold=gold_count,
                predicted=predicted,
            )
    return found


def _bin(place: int, characters: float, confidence: float, right: float) -> Bin:
    return Bin(
        above=place / measures.BINS,
        upto=(place + 1) / measures.BINS,
        characters=int(characters),
        confidence=_share(confidence, characters),
        accuracy=_share(right, characters),
    )


def _named(table: NDArray[np.int64]) -> dict[str, dict[str, int]]:
    return {
        name(row): {name(column): int(count) for column, count in enumerate(table[row]) if count}
        for row in sorted(range(len(TYPES)), key=name)
        if table[row].any()
    }


def name(code: int) -> str:
    """A type's name, or `none` for the code of no section."""
    return NO_NAME if code == NO_TYPE else TYPES[code].value


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, type(None))) else asdict(value)
