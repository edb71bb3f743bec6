"""The house's rules: import directions, and a schema in step with the model."""

from __future__ import annotations

import subprocess
import sys

import betony
from tests.conftest import ROOT


def test_imports_point_downward() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_betony_imports_nothing_heavy() -> None:
    code = "import sys, betony; print([m for m in ('spacy', 'sqlalchemy', 'prefect', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_public_surface_is_small() -> None:
    assert len(betony.__all__) <= 10
