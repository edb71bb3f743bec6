"""The trained typer in use: the one that ships in the package, if no other was chosen."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from betony.nlp.typer.model import Typer

_chosen: list[Typer] = []


def load() -> Typer:
    """The chosen typer, else the shipped one."""
    return _chosen[-1] if _chosen else _shipped()


def use(typer: Typer | None) -> None:
    """Use another typer in this process from now on; None goes back to the shipped one."""
    _chosen[:] = [typer] if typer is not None else []


@cache
def _shipped() -> Typer:
    """Read once a process."""
    with as_file(files("betony.nlp.typer") / "model.npz") as path:
        return Typer.load(path)
