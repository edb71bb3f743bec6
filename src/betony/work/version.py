"""Which version of betony does the work of a run."""

from __future__ import annotations

import importlib

from betony import __version__, ruleset

STRUCTURE = "betony.pipeline:structure"
"""What makes a record of its captures, unless somebody says otherwise."""


def processing(structure: str) -> tuple[str, str, str | None] | None:
    """The version that would do the work now, to tell what it has done already; None where it does not say."""
    if structure == STRUCTURE:
        return __version__, ruleset.digest(), ruleset.model()  # what reads documents is for the workers to import
    module = importlib.import_module(structure.partition(":")[0])
    tell = getattr(module, "processing", None)
    if tell is None:
        return None
    made = tell()
    return made.pipeline, made.ruleset, made.model
