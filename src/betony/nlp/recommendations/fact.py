"""A recommendation as a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from betony.model import Basis, Fact
from betony.nlp import grades
from betony.nlp.arrangements import arrangement, outcome
from betony.nlp.recommendations.document import About
from betony.nlp.recommendations.research import asked_of, is_for_research
from betony.nlp.strength.printed import as_printed
from betony.nlp.strength.wording import Wording


def made(
    kind: str,
    number: str | None,
    words: str,
    spans: tuple[tuple[int, int], ...],
    wording: Wording | None,
    label: grades.Label | None,
    about: About,
    before: grades.Grade | None = None,
) -> Fact:
    """The fact, with what its words say besides: grade, outcome and arrangement; `before` is a grade printed before them."""
    grade = None if "\n" in words and _has_several(words) else grades.grade(words)
    grade = grade or before
    decided = outcome(words, appraisal=about.appraisal) if kind == "recommendation" else None
    arranged = arrangement(words, procedures=about.procedures) if kind == "recommendation" and not decided else None
    if kind == "recommendation" and not (decided or arranged) and is_for_research(words):
        kind = "research_recommendation"
    if wording is None and words.endswith("?"):
        wording = Wording("none", None, None, population=asked_of(words))
    wording = as_printed(wording or Wording("none", None, None), grade)
    detail: dict[str, Any] = {
        "kind": kind,
        "number": number,
        "actor": wording.actor,
        "condition": wording.condition,
        "population": wording.population,
        "strength": {"code": wording.code, "term": wording.term, "direction": wording.direction},
        "arrangement": arranged,
        "outcome": decided,
        "grade": {"system": grade.system, "code": grade.code} if grade else None,
        "label": {"text": label.text, "years": list(label.years), "new": label.new, "amended": label.amended}
        if label
        else None,
    }
    rule = f"wording:{wording.term.lower()}" if wording.term else f"wording:{wording.code}"
    return Fact("recommendation", words, spans, Basis.EXPLICIT, rule, detail=detail)


def graded(fact: Fact, grade: grades.Grade, *apart: tuple[int, int]) -> Fact:
    """The fact with a grade, which may stand apart from its words, and the strength that it says."""
    strength = fact.detail["strength"]
    wording = as_printed(Wording(strength["code"], strength["term"], strength["direction"]), grade)
    detail = {
        **fact.detail,
        "grade": {"system": grade.system, "code": grade.code},
        "strength": {**strength, "code": wording.code},
    }
    return replace(fact, spans=(*fact.spans, *apart), detail=detail)


def _has_several(words: str) -> bool:
    """Whether lines of the words print different grades."""
    return len({grades.grade(line) for line in words.split("\n")} - {None}) > 1
