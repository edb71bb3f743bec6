"""The API does what it says: schemathesis asks what its description allows, and what it does not.

Here in its short form; `python -m tests.bench.serving --schemathesis 600` asks for ten minutes, over HTTP.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.generation.modes import GenerationMode

from betony.api import application
from betony.store import Store
from tests.stores import goldens, put


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_it_does_what_its_description_says(tmp_path: Path, mode: GenerationMode) -> None:
    name = str(tmp_path / "s.db")
    with Store.open(name, create=True) as store:
        for golden in goldens()[:6]:
            put(store, golden)
    with Store.open(name, writable=False, readers=8, seconds=30) as store:
        described = schemathesis.openapi.from_asgi("/api/v1/openapi.json", application(store))
        asked = 0
        for found in described.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            if mode is GenerationMode.NEGATIVE and "parameters" not in operation.definition.raw:
                continue  # there is nothing to get wrong

            @settings(max_examples=2, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
            @given(case=operation.as_strategy(mode))
            def ask(case: schemathesis.Case[Any]) -> None:
                nonlocal asked
                asked += 1
                case.call_and_validate()

            ask()
    assert asked >= 24
