"""Typing the passages of guidance by their words, their neighbours and the whole document; numpy and the standard library only."""

from .model import Reading, Typer
from .passages import Passage

__all__ = ["Passage", "Reading", "Typer"]
