"""The trained typer that ships in the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from betony.nlp.typer.model import Typer


@cache
def load() -> Typer:
    """The shipped typer, read once a process."""
    with as_file(files("betony.nlp.typer") / "model.npz") as path:
        return Typer.load(path)
