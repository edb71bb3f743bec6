"""Pages made to break their reader end in a whole record or under a name, in a worker with 30 s and 2 GB."""

from __future__ import annotations

import pytest

from tests.robustness.hostile import CASES, Hostile, outcomes


@pytest.mark.timeout(200)
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.uri}: {case.name}")
def test_it_ends_whole_or_under_a_name(case: Hostile, request: pytest.FixtureRequest) -> None:
    if not case.short and not request.config.getoption("--long"):
        pytest.skip("takes long: run with --long, or python -m tests.robustness.hostile")
    ((_, outcome),) = outcomes([case])
    assert outcome.fits(case), outcome
