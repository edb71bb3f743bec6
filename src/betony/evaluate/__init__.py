"""How well sections are typed: records scored against a folder in the gold format (`betony.gold`)."""

from __future__ import annotations

from betony.evaluate.predictions import Predicted, Prediction, from_records, structured
from betony.evaluate.score import DocumentScore, Evaluation, TypeScore, evaluate

__all__ = [
    "DocumentScore",
    "Evaluation",
    "Predicted",
    "Prediction",
    "TypeScore",
    "evaluate",
    "from_records",
    "structured",
]
