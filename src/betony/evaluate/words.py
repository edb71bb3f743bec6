"""An evaluation as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from betony.evaluate.score import DocumentScore, Evaluation

OVERALL = (
    ("accuracy", "characters with the right type"),
    ("macro_f1", "mean F1 of the types"),
    ("pk", "boundary error, lower is better"),
    ("windowdiff", "boundary error, lower is better"),
    ("section_f1", "sections exactly right"),
    ("ece", "calibration error, lower is better"),
    ("other_share", "body characters typed other"),
    ("typed_accuracy", "right, of body characters typed otherwise"),
)
"""The figures over all documents, in the order they are shown, each with what it means."""


def lines(evaluation: Evaluation) -> Iterator[str]:
    """Types, figures and the worst documents."""
    yield f"{'type':18} precision  recall     f1   gold chars"
    for name, score in evaluation.types.items():
        shares = "   ".join(figure(share, 3) for share in (score.precision, score.recall, score.f1))
        yield f"{name:18}     {shares}   {score.gold:10,}"
    yield ""
    yield headline(evaluation)
    for name, meaning in OVERALL:
        yield f"{name:18} {figure(getattr(evaluation, name))}  {meaning}"
    if evaluation.without_record:
        yield f"{len(evaluation.without_record):,} gold documents have no record, {evaluation.without_record[0]} first"
    yield ""
    yield "worst documents"
    yield from (_worst(score) for score in evaluation.worst)


def headline(evaluation: Evaluation) -> str:
    """What was scored."""
    noun = "document" if evaluation.documents == 1 else "documents"
    return f"{evaluation.documents:,} {noun}, view {evaluation.view}"


def _worst(score: DocumentScore) -> str:
    return f"  {figure(score.accuracy)}  {score.path}" + (f"  ({mistake(score)})" if score.mistake else "")


def mistake(score: DocumentScore) -> str:
    """The commonest mistake in a document, in words; empty where there is none."""
    if score.mistake is None:
        return ""
    gold, predicted, count = score.mistake
    return f"{count:,} characters of {gold} typed {predicted}"


def figure(share: float | None, digits: int = 4) -> str:
    """A share with so many digits; a dash for none, as wide."""
    return "-".ljust(digits + 2) if share is None else f"{share:.{digits}f}"
