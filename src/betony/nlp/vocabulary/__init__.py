"""The words that the components go by, as data: one TOML file a subject, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read(name: str) -> dict[str, Any]:
    """The vocabulary file `<name>.toml`."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))
