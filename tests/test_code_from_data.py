"""Nothing that is read can run as code."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path

import numpy as np
import pytest

from betony.nlp.typer.model import Typer
from tests.conftest import ROOT

_RUNS_DATA = re.compile(
    r"\bimport pickle|\bpickle\.|\bmarshal\.|\bshelve\.|yaml\.load\(|\beval\(|\bexec\(|allow_pickle=True"
)


def _sources() -> list[Path]:
    return [*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")]


def test_no_module_reads_data_by_a_way_that_can_run_it() -> None:
    found = [str(path.relative_to(ROOT)) for path in _sources() if _RUNS_DATA.search(path.read_text("utf-8"))]
    assert found == []


class Marker:
    """What a tampered file would have a careless reader call."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (Path.write_text, (Path(PLACE[0]), "ran"))  # type: ignore[return-value] # as pickle takes it


PLACE = [""]


def test_a_model_file_with_code_in_it_is_refused(tmp_path: Path) -> None:
    PLACE[0] = str(tmp_path / "ran")
    assert pickle.loads(pickle.dumps(Marker())) == 3  # noqa: S301 - the test's own, to show that it would run
    (tmp_path / "ran").unlink()
    np.savez(tmp_path / "model.npz", meta=np.array([Marker()], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        Typer.load(tmp_path / "model.npz")
    assert not (tmp_path / "ran").exists()


def test_every_flow_and_task_keeps_no_result() -> None:
    """Prefect would keep it as a pickle."""
    decorators = 0
    for path in (ROOT / "flows").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            for decorator in getattr(node, "decorator_list", []):
                if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") in ("flow", "task"):
                    decorators += 1
                    kept = [one.value for one in decorator.keywords if one.arg == "persist_result"]
                    assert [ast.unparse(value) for value in kept] == ["False"], f"{path.name}:{decorator.lineno}"
    assert decorators > 4
