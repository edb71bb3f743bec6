"""Groups and conditions of composed sentences: whole, or not given at all where nobody can tell their end."""

from __future__ import annotations

import pytest

from betony.nlp.strength import statements
from betony.nlp.strength.reading import read
from tests.composed import Composed, sentences

_COUNT = 400
_ALL_GIVEN = 0.85
"""Share of the groups that are found; those that are not stand in sentences whose end nobody can tell."""


def _said(composed: Composed) -> tuple[str | None, str | None]:
    wording = statements.read(composed.sentence) if composed.statement else read([composed.sentence])
    return (wording.population, wording.condition) if wording else (None, None)


@pytest.mark.parametrize("composed", list(sentences(_COUNT)), ids=lambda composed: composed.sentence)
def test_what_is_given_is_whole(composed: Composed) -> None:
    population, condition = _said(composed)
    assert population in (composed.group, None)
    assert condition == composed.condition


def test_most_groups_are_given() -> None:
    found = [_said(composed)[0] is not None for composed in sentences(_COUNT)]
    assert sum(found) / len(found) >= _ALL_GIVEN
