"""The words that the components go by, as data: one TOML file a subject, read once.

Packages may add to it (see `betony.plugins`): words to a list, entries to a table; what is one value theirs replaces.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from betony import plugins


@cache
def read(name: str) -> dict[str, Any]:
    """The vocabulary file `<name>.toml`, with what installed packages add to it."""
    words = tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
    for added in plugins.vocabularies(name):
        words = _joined(words, tomllib.loads(added))
    return words


def _joined(ours: Any, theirs: Any) -> Any:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return {**ours, **{key: _joined(ours[key], value) if key in ours else value for key, value in theirs.items()}}
    if isinstance(ours, list) and isinstance(theirs, list):
        return [*ours, *(item for item in theirs if item not in ours)]
    return theirs
